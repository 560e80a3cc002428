//! What can be typed? Names, help and value parsers only: what it all means is in
//! [`super::config`].

mod claims;
mod compare;
mod dedup;
mod eval;
mod explain;
mod page;
mod passages;
mod plan;
mod synth;

pub use claims::{ClaimsTyped, Format};
pub use compare::CompareTyped;
pub use dedup::{AlikeTyped, DedupTyped, KeepTyped};
pub use eval::{
    EvalClaimsTyped, EvalDuplicatesTyped, EvalFormat, EvalPassagesTyped, EvalTyped, Show,
};
pub use explain::{ExplainFormat, ExplainTyped};
pub use page::PageTyped;
pub use passages::{PassagesFormat, PassagesTyped};
pub use plan::{PlanFormat, PlanTyped};
pub use synth::SynthTyped;

use crate::ingest::Delimiter;
use crate::provenance::Edge;
use clap::{Args, Parser, Subcommand, value_parser};
use clap_complete::Shell;
use std::path::PathBuf;

/// Finds what news articles have in common: claims and quotations, and duplicates.
#[derive(Debug, Parser)]
#[command(name = "kutip", version, arg_required_else_help = true, after_help = AFTER_HELP)]
pub struct Typed {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  kutip claims articles/                  claim cards in the terminal
  kutip dedup batch.jsonl -o kept.jsonl   the batch without its duplicates

`kutip help claims` has more, and says what the exit codes mean.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show what several outlets say alike: who said it, who carries it, what each changed
    #[command(after_help = claims::EXIT, after_long_help = claims::AFTER_HELP)]
    Claims(ClaimsTyped),
    /// Show what articles took from each other: passages of many sentences, word for word or rewritten
    #[command(after_help = passages::EXIT, after_long_help = passages::AFTER_HELP)]
    Passages(PassagesTyped),
    /// Remove articles that are the same again, each removal proved on the texts
    #[command(after_help = dedup::EXIT, after_long_help = dedup::AFTER_HELP)]
    Dedup(DedupTyped),
    /// Say before a long `kutip dedup` what it will find and what it will cost
    #[command(after_help = plan::EXIT, after_long_help = plan::AFTER_HELP)]
    Plan(PlanTyped),
    /// Show two articles side by side: what both say, and what only one does
    #[command(after_help = compare::EXIT, after_long_help = compare::AFTER_HELP)]
    Compare(CompareTyped),
    /// Show why two passages are taken for one claim, or are not
    #[command(after_help = explain::EXIT, after_long_help = explain::AFTER_HELP)]
    Explain(ExplainTyped),
    /// Measure what was found against what a reader finds
    #[command(subcommand)]
    Eval(EvalTyped),
    /// Make up a corpus with planted copies, and the truth about it
    #[command(after_help = synth::EXIT, after_long_help = synth::AFTER_HELP)]
    Synth(SynthTyped),
    /// Print the JSON Schema of all records that kutip writes
    Schema,
    /// Print a script that completes kutip's options in a shell
    ///
    /// For bash: kutip completions bash > ~/.local/share/bash-completion/completions/kutip
    Completions {
        /// The shell to write it for
        shell: Shell,
    },
    /// Print a manual page, in the format of man
    ///
    /// To read it: kutip man claims | man -l -
    Man {
        /// The command to print it for, as in `kutip man eval claims` [default: kutip itself]
        command: Vec<String>,
    },
}

/// What every run over a batch may be told.
#[derive(Debug, Args)]
pub struct BatchTyped {
    /// Keep what could not be read in FILE, as JSON Lines
    ///
    /// With the reason and the record byte for byte. FILE is there once all is read, whatever
    /// becomes of the run, and empty if nothing was wrong.
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,

    /// Read a field of the records under another name, as in text=body
    ///
    /// Common names (text, body, content, isi; url, link; title, judul; …) are known without it.
    /// May be given again.
    #[arg(long, value_name = "ROLE=NAME")]
    pub field: Vec<String>,

    /// Leave out articles published before DATE, and those without a date
    ///
    /// DATE is YYYY, YYYY-MM, YYYY-MM-DD (days as the article writes its own date, whatever its
    /// zone), or an instant: 2022-01-08T06:31:00+07:00. What is left out is counted, compared with
    /// nothing, and in no output.
    #[arg(long, value_name = "DATE", value_parser = edge)]
    pub since: Option<Edge>,

    /// Leave out articles published after DATE, and those without a date
    ///
    /// Written as --since is; the year, month or day named is of the period.
    #[arg(long, value_name = "DATE", value_parser = edge)]
    pub until: Option<Edge>,
    /// Read tables whose fields have this between them: a character such as ; or |, or tab
    ///
    /// Without it a .csv or .tsv has that one of , ; | and tab that its header tells. With it, standard
    /// input and files without a known extension are tables too.
    #[arg(long, value_name = "CHAR")]
    pub delimiter: Option<Delimiter>,

    /// Work with N threads [default: one for each processor]
    ///
    /// The result is the same for any number.
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// Write the figures of the run (counts, times, memory) to FILE, as JSON
    #[arg(long, value_name = "FILE")]
    pub stats: Option<PathBuf>,

    /// Do not print progress and summary to stderr
    ///
    /// What could not be read is named there all the same.
    #[arg(long, short)]
    pub quiet: bool,
}

fn edge(typed: &str) -> Result<Edge, String> {
    let expect = "expected YYYY, YYYY-MM, YYYY-MM-DD or an instant, as 2022-01-08T06:31:00+07:00";
    Edge::parse(typed).ok_or_else(|| expect.to_owned())
}

fn above_0_to_1(typed: &str) -> Result<f64, String> {
    match typed.parse() {
        Ok(share) if 0.0 < share && share <= 1.0 => Ok(share),
        Ok(share) => Err(format!("expected a number above 0 and up to 1, got {share}")),
        Err(_) => Err("expected a number above 0 and up to 1, as 0.8".to_owned()),
    }
}

fn at_least_1(typed: &str) -> Result<usize, String> {
    match typed.parse() {
        Ok(0) => Err("expected 1 or more, got 0".to_owned()),
        Ok(n) => Ok(n),
        Err(error) => Err(error.to_string()),
    }
}
