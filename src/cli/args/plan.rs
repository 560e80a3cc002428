//! What can be typed after `kutip plan`?

use super::AlikeTyped;
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum, value_parser};

pub(super) const EXIT: &str = "\
--help says what is estimated. Exit codes: 0 done, 1 done but something could not be read, 2 could \
not run.";

pub(super) const AFTER_HELP: &str = "\
Examples:
  kutip plan batch.jsonl.zst
  kutip plan archive/ --threshold 0.7 --recall 0.95 --memory 2GiB
  kutip plan batch.jsonl --exact --format jsonl

The first 16 MB or so of text are read, spread over the inputs. Where that is all,
records and bytes are counts, and else estimates.

The curve is what theory says: of the pairs that are so alike, the share that has a
band in common, 1-(1-s^rows)^bands. What has one is compared on its shingles.

Memory is reckoned from the sizes of what `kutip dedup` holds of each record. The
shingles of like records are held while they are compared: large groups of them
take more, as told. --exact and --measure containment hold those of all records.

Time is that of reading the sample, for all, twice: once to read it and once for the
rest. It is an estimate, and too short where many records are compared: with --exact,
or where large groups are alike.

Where memory does not suffice, parts do: each is cleaned with --against one earlier
part at a time, so that two are held. What goes may then be like a record that goes
in a later step.

Exit codes:
  0  done, whether or not it fits --memory
  1  done, but some files or records could not be read: they are named on stderr
  2  could not run: a wrong option, or nothing that can be read";

/// The command line of `kutip plan`.
#[derive(Debug, Args)]
pub struct PlanTyped {
    /// Files, folders or globs that `kutip dedup` is to read
    #[arg(value_name = "PATH", required = true, value_parser = NonEmptyStringValueParser::new())]
    pub paths: Vec<String>,

    /// What is a duplicate.
    #[command(flatten)]
    pub alike: AlikeTyped,

    /// Plan for so much memory, as 512MiB or 8GiB, and say what to change if that is too little
    #[arg(long, value_name = "SIZE", default_value = "2GiB", value_parser = size)]
    pub memory: u64,

    /// Read a field of the records under another name, as in text=body
    #[arg(long, value_name = "ROLE=NAME")]
    pub field: Vec<String>,

    /// Plan for N threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// What to write: a page to read, or a JSON record
    #[arg(long, short, value_enum, default_value = "text")]
    pub format: PlanFormat,
}

/// How a plan is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// A page to read
    Text,
    /// A JSON record
    Jsonl,
}

const UNITS: [(&str, u64); 9] = [
    ("B", 1),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("KIB", 1 << 10),
    ("MIB", 1 << 20),
    ("GIB", 1 << 30),
    ("TIB", 1 << 40),
];

/// A number of bytes, written with a unit.
pub(super) fn size(typed: &str) -> Result<u64, String> {
    let digits = typed.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = typed[digits.len()..].to_ascii_uppercase();
    let unit = UNITS.iter().find(|(name, _)| *name == unit);
    let number = digits.trim_end().parse::<f64>().ok().filter(|n| n.is_finite());
    match (number, unit) {
        (Some(n), Some((_, bytes))) if 1.0 <= n * *bytes as f64 => Ok((n * *bytes as f64) as u64),
        (Some(n), Some(_)) => Err(format!("expected a size above 0, got {n}")),
        _ => Err("expected a size with its unit, as 512MB or 2GiB".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_a_unit() {
        for (typed, expect) in [
            ("512MB", Some(512_000_000)),
            ("2GiB", Some(2 << 30)),
            ("1.5 kB", Some(1500)),
            ("1b", Some(1)),
            ("0MB", None),
            ("-1GB", None),
            ("2G", None),
            ("512", None),
            ("GB", None),
            ("infGB", None),
            ("1eB", None),
            ("", None),
        ] {
            assert_eq!(size(typed).ok(), expect, "{typed}");
        }
    }
}
