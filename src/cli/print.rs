//! The commands that only print what the program knows of itself.

use super::Exit;
use super::args::Typed;
use crate::error::{Error, ErrorKind, Result};
use crate::report::output::Output;
use crate::report::schema::JSON_SCHEMA;
use clap::CommandFactory;
use clap_complete::Shell;

/// `kutip schema`
pub fn schema() -> Result<Exit> {
    print(JSON_SCHEMA.as_bytes())
}

/// `kutip completions SHELL`
pub fn completions(shell: Shell) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Typed::command(), "kutip", &mut script);
    print(&script)
}

/// `kutip man [COMMAND]…`
pub fn man(names: &[String]) -> Result<Exit> {
    let mut kutip = Typed::command();
    kutip.build(); // gives the subcommands their full names
    let mut described = kutip;
    for name in names {
        let found = described.find_subcommand(name).cloned();
        described = found.ok_or_else(|| unknown(&names.join(" ")))?;
    }
    let mut page = Vec::new();
    let version = concat!("kutip ", env!("CARGO_PKG_VERSION"));
    let rendered = clap_mangen::Man::new(described).source(version).render(&mut page);
    rendered.map_err(|error| Error::new(ErrorKind::Output, "", "cannot write the page", error))?;
    print(&page)
}

fn unknown(name: &str) -> Error {
    Error::new(ErrorKind::Usage, "", "no manual page", format!("kutip has no command {name}"))
        .hint("kutip help lists the commands")
}

fn print(text: &[u8]) -> Result<Exit> {
    Output::stdout().write(|out| out.write_all(text))?;
    Ok(Exit::Done)
}
