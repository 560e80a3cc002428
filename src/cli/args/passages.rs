//! What can be typed after `kutip passages`?

use super::BatchTyped;
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

pub(super) const EXIT: &str = "\
Exit codes: 0 done, 1 done but something could not be read, 2 could not run.";

pub(super) const AFTER_HELP: &str = "\
Examples:
  kutip passages articles/                         what any two of them share
  kutip passages new.jsonl --against archive.jsonl what the new ones took from the archive
  kutip passages susp/ --against src/ --format pan -o found/

A passage is longer than a sentence: at least 20 words that stand, in their
order or another, word for word or rewritten, in both articles. What several
outlets say in a sentence is what `kutip claims` shows.

The records are those of `kutip schema`. --format pan writes a folder with an
XML file for each article that is asked about, as the PAN competitions on text
alignment have it, offsets in code points; `kutip eval passages` measures it.

Exit codes:
  0  done; also when who reads the output wants no more
  1  done, but some files or records could not be read: they are named on stderr
  2  could not run: a wrong option, no input, nothing that can be read, or an
     output that cannot be written
  130, 143  interrupted (Ctrl-C), terminated: files that were to be written stay
     as they were";

/// The command line of `kutip passages`.
#[derive(Debug, Args)]
pub struct PassagesTyped {
    /// Files, folders, globs, or - for standard input
    ///
    /// A text file is an article; so is a line of JSON Lines, and a row of .csv, .tsv and Parquet. All
    /// may be compressed, but for Parquet.
    #[arg(value_name = "PATH", required = true, value_parser = NonEmptyStringValueParser::new())]
    pub paths: Vec<String>,

    /// Compare with the articles in these files or folders, and not with each other
    ///
    /// May be given again. All of it is compared with, whatever --since and --until say.
    #[arg(long, value_name = "PATH", value_parser = NonEmptyStringValueParser::new())]
    pub against: Vec<String>,

    /// What to write: JSON Lines, or a folder of PAN XML
    #[arg(long, short, value_enum, default_value = "jsonl")]
    pub format: PassagesFormat,

    /// Write the passages to FILE instead of standard output; with --format pan a new folder
    ///
    /// It appears when it is whole. A file whose name ends in .gz, .zst, .bz2 or .xz is compressed.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// What every run over a batch may be told.
    #[command(flatten)]
    pub batch: BatchTyped,
}

/// How passages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PassagesFormat {
    /// A JSON object a line: each passage, then one summary
    Jsonl,
    /// A folder with an XML file for each article
    Pan,
}
