//! What can be typed after `kutip explain`?

use crate::ingest::Delimiter;
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

pub(super) const EXIT: &str = "\
--help says how a passage is written. Exit codes: 0 done, 1 done but something could not be read, \
2 could not run.";

pub(super) const AFTER_HELP: &str = "\
Examples:
  kutip explain a.txt:113..167 b.txt:90..151 --among articles/
  kutip explain news.jsonl:1:57..170 news.jsonl:2:54..167
  kutip explain 'Kami minta semua menahan diri' b.txt:90..151

A passage is one of:
  PATH:START..END       bytes of a text file's article; END is not in it
  PATH:LINE:START..END  bytes of the text of a record in that line, from 1
  TEXT                  anything else: an article of its own
  These are path, line, byte_start and byte_end of `kutip claims --format jsonl`.
  What is compared is the sentences and quotations that the passage lies in or
  holds; of several pairs, the likest is shown.

Measures of the judgement:
  ratio            aligned weight, less conflicts, over the lighter wording's own
  coverage         corresponding words over the shorter wording's words
  expect_ln        natural logarithm of how many unrelated pairs would score as high
  plain_share      share of the aligned weight outside names, phrases and numbers
  agreement        how much they share in any order, less conflicts
  shared_coverage  shared stems over the shorter wording's words

Exit codes:
  0  done, whatever became of the pair
  1  done, but some articles of --among could not be read
  2  could not run: a passage that is not there, or is written wrongly";

/// The command line of `kutip explain`.
#[derive(Debug, Args)]
pub struct ExplainTyped {
    /// A passage: PATH:START..END, PATH:LINE:START..END, or a text
    pub a: String,

    /// The passage to compare it with, written alike
    pub b: String,

    /// The other articles of the batch: files, folders, globs, or - for standard input
    ///
    /// Words weigh what they do among all articles that were compared: give those that `kutip
    /// claims` read. Without it the two passages' own files are all.
    #[arg(long, value_name = "PATH", num_args = 1.., value_parser = NonEmptyStringValueParser::new())]
    pub among: Vec<String>,

    /// What to write: a page to read, or a JSON record
    #[arg(long, short, value_enum, default_value = "text")]
    pub format: ExplainFormat,

    /// Read a field of the records under another name, as in text=body
    #[arg(long, value_name = "ROLE=NAME")]
    pub field: Vec<String>,

    /// Read tables whose fields have this between them: a character such as ; or |, or tab
    ///
    /// Without it a .csv or .tsv has that one of , ; | and tab that its header tells. With it, standard
    /// input and files without a known extension are tables too.
    #[arg(long, value_name = "CHAR")]
    pub delimiter: Option<Delimiter>,
}

/// How an explanation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// A page to read
    Text,
    /// A JSON record
    Jsonl,
}
