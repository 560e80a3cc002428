//! What can be typed after `kutip compare`?

use crate::ingest::Delimiter;
use clap::Args;
use clap::builder::NonEmptyStringValueParser;

pub(super) const EXIT: &str = "\
--help says how an article is named. Exit codes: 0 done, 1 done but something could not be read, \
2 could not run.";

pub(super) const AFTER_HELP: &str = "\
Examples:
  kutip compare a.txt b.txt
  kutip compare a.txt b.txt --among articles/    with what is known of all articles
  kutip compare news.jsonl:1 news.jsonl:2 | less -R

An article is one of:
  PATH       a text file
  PATH:LINE  a record of JSON Lines or a row, in that line, from 1

  [1]        in both articles, by its place in A; [1?] where it is only suggested
  [-words-]  only A has them
  {+words+}  only B has them
  _words_    both have them, at least five in a row; but no passage
  ·          the site's own: menus, links, requests to subscribe

Exit codes:
  0  done; also when who reads the output wants no more
  1  done, but some files or records of --among could not be read
  2  could not run: a wrong option, an article that is not there or cannot be read

Environment:
  NO_COLOR           no colours
  COLUMNS            the width; below 80 the articles stand one above the other";

/// The command line of `kutip compare`.
#[derive(Debug, Args)]
pub struct CompareTyped {
    /// The first article: PATH, or PATH:LINE
    #[arg(value_name = "A", value_parser = NonEmptyStringValueParser::new())]
    pub a: String,

    /// The second article: PATH, or PATH:LINE
    #[arg(value_name = "B", value_parser = NonEmptyStringValueParser::new())]
    pub b: String,

    /// Compare them as articles of the batch in these files or folders
    ///
    /// How much a word tells, and what is site furniture, depends on all articles of a run. May be
    /// given again.
    #[arg(long, value_name = "PATH", value_parser = NonEmptyStringValueParser::new())]
    pub among: Vec<String>,

    /// Read a field of the records under another name, as in text=body
    #[arg(long, value_name = "ROLE=NAME")]
    pub field: Vec<String>,

    /// Read tables whose fields have this between them: a character such as ; or |, or tab
    #[arg(long, value_name = "CHAR")]
    pub delimiter: Option<Delimiter>,
}
