//! The command: what is typed (`args`), what it means (`config`), and one file per command.

mod args;
mod claims;
mod compare;
mod config;
mod console;
mod dedup;
mod eval;
mod explain;
mod held;
mod interrupt;
mod left_out;
mod passage;
mod passages;
mod plan;
mod print;
mod progress;
mod resume;
mod run;
mod same_file;
mod synth;

use crate::error::Result;
use crate::report::rejects::tell_error;
use args::{Command, EvalTyped, Typed};
use clap::Parser;
use std::process::ExitCode;

/// How a run ended, as scripts learn it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// All that was asked for was done.
    Done = 0,
    /// Done, but some files or records could not be read.
    DoneWithRejects = 1,
    /// A wrong option, nothing that can be read, or an output that cannot be written.
    CouldNotRun = 2,
}

/// Runs the command with the process's arguments.
pub fn main() -> ExitCode {
    interrupt::watch();
    let exit = match Typed::try_parse() {
        Ok(typed) => run(typed).unwrap_or_else(|error| {
            console::tell(|out| out.write_all(b"error: ").and_then(|()| tell_error(&error, out)));
            Exit::CouldNotRun
        }),
        Err(answer) => show(&answer),
    };
    ExitCode::from(exit as u8)
}

fn run(typed: Typed) -> Result<Exit> {
    match typed.command {
        Command::Claims(typed) => claims::run(&config::claims(typed)?),
        Command::Passages(typed) => passages::run(&config::passages(typed)?),
        Command::Dedup(typed) => dedup::run(&config::dedup(typed)?),
        Command::Plan(typed) => plan::run(&config::plan(typed)?),
        Command::Compare(typed) => compare::run(&config::compare(typed)?),
        Command::Explain(typed) => explain::run(&config::explain(typed)?),
        Command::Eval(EvalTyped::Claims(typed)) => eval::claims(&config::eval_claims(typed)?),
        Command::Eval(EvalTyped::Duplicates(typed)) => {
            eval::duplicates(&config::eval_duplicates(typed)?)
        }
        Command::Eval(EvalTyped::Passages(typed)) => eval::passages(&typed),
        Command::Synth(typed) => synth::run(config::synth(typed)?),
        Command::Schema => print::schema(),
        Command::Completions { shell } => print::completions(shell),
        Command::Man { command } => print::man(&command),
    }
}

/// Shows what clap answers in the command's stead: help, the version, or what was typed wrongly.
fn show(answer: &clap::Error) -> Exit {
    // Nobody may be listening, and there is nothing else to do.
    let _ = answer.print();
    if answer.use_stderr() { Exit::CouldNotRun } else { Exit::Done }
}
