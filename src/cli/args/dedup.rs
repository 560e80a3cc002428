//! What can be typed after `kutip dedup`?

use super::plan::size;
use super::{BatchTyped, PageTyped, above_0_to_1};
use crate::duplicates::Measure;
use crate::shingle::Shingling;
use clap::builder::{NonEmptyStringValueParser, PossibleValue};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

pub(super) const EXIT: &str = "\
--help says what is compared. Exit codes: 0 done, 1 done but something could not be read, 2 could \
not run.";

pub(super) const AFTER_HELP: &str = "\
Examples:
  kutip dedup batch.jsonl -o kept.jsonl
  kutip dedup batch.jsonl -o kept.jsonl --removed removed.jsonl --clusters clusters.jsonl
  kutip dedup articles/ --keep longest --threshold 0.8 > kept.jsonl
  kutip dedup batch.jsonl --measure containment --threshold 0.9 --no-loss > kept.jsonl
  kutip dedup train.jsonl --against test.jsonl --exact -o clean.jsonl

What is compared are the texts' runs of three words, whatever their case,
punctuation and white space; of shorter texts the single words, of texts
without a word the characters. The measure is exact, never an estimate. A
removed record reaches --threshold with the record that is kept in its place,
not with some record between. --removed says what words that one lacks.

At the default threshold two records are one that share about six tenths of
their text: a copy that was cut, reworded here and there, or updated. Ask for
0.8 where only slight changes are to count, and where records are written on
one template; for --no-loss where nothing may go that is said once only.

Kept records come out byte for byte in the order of the input; of text files,
{\"path\",\"text\"}. Of tables with one header the output is that table; where
it is named .jsonl, and for --removed, a row is an object. The records of --removed and --clusters are those of
`kutip schema`.

Exit codes:
  0  done; also when who reads the output wants no more
  1  done, but some files or records could not be read: they are named on stderr
  2  could not run: a wrong option, no input, nothing that can be read, or an
     output that cannot be written
  130, 143  interrupted (Ctrl-C), terminated: files that were to be written stay
     as they were";

/// The command line of `kutip dedup`.
#[derive(Debug, Args)]
pub struct DedupTyped {
    /// Files, folders, globs, or - for standard input
    ///
    /// A line of JSON Lines is an article; so is a row of .csv, .tsv and Parquet, and a text file. All
    /// may be compressed, but for Parquet.
    #[arg(value_name = "PATH", required = true, value_parser = NonEmptyStringValueParser::new())]
    pub paths: Vec<String>,

    /// Write the kept records to FILE instead of standard output
    ///
    /// FILE appears when it is whole, after all other outputs, and stays as it was if the run fails.
    /// A name in .gz, .zst, .bz2 or .xz is compressed. A name in .parquet asks for a Parquet file,
    /// where all inputs are such files with the same columns.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Write the removed records to FILE, each with the record kept in its place and the scores
    #[arg(long, value_name = "FILE")]
    pub removed: Option<PathBuf>,

    /// Write the clusters to FILE: the kept record and those that it stands for
    #[arg(long, value_name = "FILE")]
    pub clusters: Option<PathBuf>,

    /// The page beside the output.
    #[command(flatten)]
    pub page: PageTyped,

    /// Write all records to the output, each with what became of it in a field `kutip`
    ///
    /// The field has the cluster's id, whether the record would be kept, and if not the record kept
    /// in its place with the scores. A table has columns kutip_cluster, kutip_kept, kutip_of, kutip_jaccard
    /// and kutip_containment instead. What the record or table has under these names is replaced.
    #[arg(long)]
    pub annotate: bool,

    /// Also remove what is in these files or folders already; nothing of them is written
    ///
    /// For an archive, or for test data that training data must not hold. All of it is compared
    /// with, whatever --since and --until say.
    #[arg(long, value_name = "PATH", value_parser = NonEmptyStringValueParser::new())]
    pub against: Vec<String>,

    /// What is a duplicate.
    #[command(flatten)]
    pub alike: AlikeTyped,

    /// Which of several like records to keep: first, longest, earliest, or priority:FILE
    ///
    /// longest is the one of most words, with --shingle char:N of most characters in words. earliest is
    /// the one published first. FILE names outlets, one a line, the best first. What
    /// neither has a date nor is named comes last. By containment longer records are kept before
    /// shorter ones, whatever else is asked for.
    #[arg(long, value_name = "WHICH", default_value = "first", value_parser = keep)]
    pub keep: KeepTyped,

    /// Keep what has any words that the record kept in its place lacks
    #[arg(long)]
    pub no_loss: bool,

    /// Hold no more than so much of the records in memory, as 512MiB or 8GiB
    ///
    /// What does not fit goes to --temp-dir; the result is the same. Only the shingles of records that
    /// are compared with each other must fit: of one group of like records, and by containment or
    /// with --exact of all. On top come records that are megabytes long while they are read, some three
    /// times their size for each thread, and some 30 MB where the output is Parquet.
    #[arg(long, value_name = "SIZE", default_value = "2GiB", value_parser = size)]
    pub memory: u64,

    /// Keep temporary data in DIR instead of the system's folder
    ///
    /// What memory does not hold; and as plain text compressed lines, rows of Parquet and what comes
    /// through a pipe, for the run reads them twice. It has no name there, and is gone when the run
    /// ends, however it ends.
    #[arg(long, value_name = "DIR")]
    pub temp_dir: Option<PathBuf>,

    /// Go on from what a run that was stopped has left in DIR, and leave there what is done
    ///
    /// Give it from the first run on. It refuses inputs and options that are not those of the run
    /// that was stopped, and a DIR that another run is using. At the end DIR is emptied, and removed
    /// where nothing else is in it.
    #[arg(long, value_name = "DIR")]
    pub resume: Option<PathBuf>,

    /// What every run over a batch may be told.
    #[command(flatten)]
    pub batch: BatchTyped,
}

/// What is a duplicate, and how surely it is found.
#[derive(Debug, Args)]
pub struct AlikeTyped {
    /// What is compared: word:N or char:N, runs of so many words or characters
    #[arg(long, value_name = "RUN", default_value = "word:3", value_parser = shingling)]
    pub shingle: Shingling,

    /// How alike two records are
    #[arg(long, value_enum, default_value = "jaccard")]
    pub measure: Measure,

    /// Remove what reaches this value of the measure with a kept record, above 0 to 1
    #[arg(long, value_name = "T", default_value = "0.45", value_parser = above_0_to_1)]
    pub threshold: f64,

    /// Find at least this share of the pairs that are as alike as --threshold
    ///
    /// More alike pairs are found oftener. More recall costs time and memory. By containment all are
    /// found.
    #[arg(long, value_name = "R", default_value = "0.99", value_parser = above_0_to_1)]
    pub recall: f64,

    /// Find all pairs, at several times the cost
    #[arg(long, conflicts_with = "recall")]
    pub exact: bool,
}

/// Which of several like records to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeepTyped {
    /// The first of the input.
    First,
    /// The one of most words.
    Longest,
    /// The one published first.
    Earliest,
    /// By a list of outlets in a file.
    Priority(String),
}

fn keep(typed: &str) -> Result<KeepTyped, String> {
    match typed.split_once(':') {
        None if typed == "first" => Ok(KeepTyped::First),
        None if typed == "longest" => Ok(KeepTyped::Longest),
        None if typed == "earliest" => Ok(KeepTyped::Earliest),
        Some(("priority", file)) if !file.is_empty() => Ok(KeepTyped::Priority(file.to_owned())),
        _ => Err("expected first, longest, earliest or priority:FILE".to_owned()),
    }
}

fn shingling(typed: &str) -> Result<Shingling, String> {
    let run = typed.split_once(':').and_then(|(unit, n)| Some((unit, n.parse().ok()?)));
    match run {
        Some(("word", n @ 1..=32)) => Ok(Shingling::Words(n)),
        Some(("char", n @ 1..=32)) => Ok(Shingling::Chars(n)),
        _ => Err("expected word:N or char:N with N from 1 to 32, as word:5".to_owned()),
    }
}

impl ValueEnum for Measure {
    fn value_variants<'a>() -> &'a [Self] {
        &[Measure::Jaccard, Measure::Containment]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Measure::Jaccard => {
                PossibleValue::new("jaccard").help("Shared runs over all runs of both")
            }
            Measure::Containment => PossibleValue::new("containment")
                .help("Shared runs over those of the record removed: finds excerpts"),
        })
    }
}
