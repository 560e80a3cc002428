//! What can be typed after `kutip claims`?

use super::{BatchTyped, PageTyped, at_least_1};
use crate::filter::AskedOutlet;
use crate::provenance::{Person, Window};
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

pub(super) const EXIT: &str = "\
Exit codes: 0 done, 1 done but something could not be read, 2 could not run.";

pub(super) const AFTER_HELP: &str = "\
Examples:
  kutip claims articles/                         claim cards in the terminal
  kutip claims articles/ | less                  page by page
  kutip claims a.txt b.txt --min-outlets 1       also what one outlet repeats
  kutip claims archive/ --speaker Blinken        where a person is quoted
  kutip claims news.jsonl.gz -o claims.jsonl     a JSON record for each claim
  kutip claims news.jsonl.gz -o claims.csv       a row for each article's wording
  kutip claims articles/ --html report.html      a page to look at, beside the cards
  kutip claims news.jsonl --field text=content   the articles' text is in \"content\"
  zcat *.gz | kutip claims - --rejects bad.jsonl keep what could not be read

Exit codes:
  0  done; also when who reads the output wants no more
  1  done, but some files or records could not be read: they are named on stderr
  2  could not run: a wrong option, no input, nothing that can be read, or an
     output that cannot be written
  130, 143  interrupted (Ctrl-C), terminated: files that were to be written stay
     as they were

Environment:
  NO_COLOR           no colours
  COLUMNS            the width of the cards
  RAYON_NUM_THREADS  as --threads, which goes first";

/// The command line of `kutip claims`.
#[derive(Debug, Args)]
pub struct ClaimsTyped {
    /// Files, folders, globs, or - for standard input
    ///
    /// A text file is an article; so is a line of JSON Lines, and a row of .csv, .tsv and Parquet. All
    /// may be compressed, but for Parquet.
    #[arg(value_name = "PATH", required = true, value_parser = NonEmptyStringValueParser::new())]
    pub paths: Vec<String>,

    /// What to write: cards to read, or a format for programs [default: by -o's name, else text]
    ///
    /// Without this option -o FILE decides: JSON Lines for .jsonl, .ndjson and .json, their own
    /// formats for .csv, .jsonld and .graphml, compressed or not, and cards for every other name.
    /// The fields of the JSON Lines are those of `kutip schema`.
    #[arg(long, short, value_enum)]
    pub format: Option<Format>,

    /// Write the claims to FILE instead of standard output
    ///
    /// FILE appears when it is whole, and stays as it was if the run fails. A name in .gz, .zst,
    /// .bz2 or .xz is compressed.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Show only claims that at least N outlets carry
    ///
    /// An article of an unknown outlet counts as one more outlet. 1 shows also what several
    /// articles of one outlet say alike.
    #[arg(long, value_name = "N", default_value = "2", value_parser = at_least_1)]
    pub min_outlets: usize,

    /// Take the owners of outlets from FILE before those that kutip knows
    ///
    /// An outlet a line: its name or its domain, a tab, the owner; - for an owner says that none is
    /// known. Outlets of one owner are never independent of each other.
    #[arg(long, value_name = "FILE")]
    pub owners: Option<String>,

    /// Take for one claim only what is published within DAYS of its earliest article; 36h for hours
    ///
    /// For reuse within a news cycle: what comes back later, as an anniversary or a phrase, begins
    /// another claim, which needs --min-outlets of its own. An article is left out of a claim only
    /// where its date is surely too late: a day without a zone may be up to 50 hours long. Undated
    /// articles stay, with most of the others.
    #[arg(long, value_name = "DAYS", value_parser = window)]
    pub window: Option<Window>,

    /// Show only claims of the speaker NAME
    ///
    /// Blinken finds "Antony Blinken" and "Menteri Luar Negeri AS Antony Blinken", and "Antony
    /// Blinken" finds "Blinken": all words of NAME are in the name that the claim or one of its
    /// occurrences gives, or all words of that name in NAME. Case, accents and titles do not matter.
    /// May be given again, for claims of either.
    #[arg(long, value_name = "NAME", value_parser = person)]
    pub speaker: Vec<Person>,

    /// Show only claims that the outlet NAME carries, with all outlets that carry them too
    ///
    /// Kompas and kompas.com are one, as in the claims. May be given again, for claims of either.
    #[arg(long, value_name = "NAME", value_parser = outlet)]
    pub outlet: Vec<AskedOutlet>,

    /// Keep to the decisions in FILE: which passages are the same, are not, or are not to be shown
    ///
    /// JSON Lines: {"decision":"same","passages":["…","…"]}, also not-same of two, and split or hide of
    /// one. A passage is named as in the JSON Lines and in the CSV, by its words, so that decisions
    /// hold for later runs with more or other articles. Those that do nothing are told on stderr.
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<String>,

    /// The page beside the output.
    #[command(flatten)]
    pub page: PageTyped,

    /// What every run over a batch may be told.
    #[command(flatten)]
    pub batch: BatchTyped,
}

/// How claims are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Cards to read
    Text,
    /// A JSON record for each claim
    Jsonl,
    /// A row for each article's wording, for spreadsheets
    Csv,
    /// Linked data: Web Annotation, schema.org and PROV in one JSON-LD document
    Jsonld,
    /// A graph of claims, outlets, owners and agencies
    Graphml,
}

fn person(typed: &str) -> Result<Person, String> {
    Person::parse(typed).ok_or_else(|| "expected a name, as Blinken".to_owned())
}

fn outlet(typed: &str) -> Result<AskedOutlet, String> {
    AskedOutlet::parse(typed).ok_or_else(|| "expected an outlet's name, as kompas.com".to_owned())
}

fn window(typed: &str) -> Result<Window, String> {
    let expect = "expected a number of days from 1, as 7, or of hours, as 36h";
    Window::parse(typed).ok_or_else(|| expect.to_owned())
}
