//! The `kutip` command: see [`kutip::cli`].

fn main() -> std::process::ExitCode {
    kutip::cli::main()
}
