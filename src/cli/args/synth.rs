//! What can be typed after `kutip synth`?

use super::above_0_to_1;
use crate::synth::pan::Language;
use crate::synth::{Edit, Script};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum, value_parser};
use std::ops::RangeInclusive;
use std::path::PathBuf;

pub(super) const EXIT: &str = "\
--help describes the truth. Exit codes: 0 done, 2 could not run.";

pub(super) const AFTER_HELP: &str = "\
Examples:
  kutip synth --docs 10000 --seed 1 -o corpus.jsonl --truth truth.jsonl
  kutip synth --docs 10000 --edits substitution,truncation -o corpus.jsonl.zst
  kutip synth --docs 10000 --template 0.7 --scripts han,arabic=0.2 -o c.jsonl
  kutip synth --docs 50000 --copies 0.5 --largest 5000 -o corpus.jsonl

To measure duplicates by it:
  kutip dedup corpus.jsonl -o kept.jsonl --clusters clusters.jsonl
  kutip eval duplicates --truth truth.jsonl --found clusters.jsonl

To measure reused passages:
  kutip synth --pan corpus --docs 100 --seed 1 --language en
  kutip eval passages --truth corpus --found found

With --pan the texts are of real words, a topic and stock phrases, in pairs of a
suspicious document and a source in the layout of PAN 2013:
  corpus/susp/suspicious-document00001.txt, corpus/src/source-document00001.txt
  corpus/pairs, a line for each pair
  corpus/02-verbatim/suspicious-document00007-source-document00012.xml
      where the passages are, in code points; a folder for what became of them:
  01-no-reuse     nothing is taken, the topic is one
  02-verbatim     white space and quotation marks may differ
  03-shuffled     sentences, or groups of 3 to 8 words, in another order
  04-substituted  10 to 40 % of the words replaced, left out, added, inflected
  05-paraphrased  half of the content words are synonyms, sentences split and
                  joined, clauses turned round and made passive
A fifth of the pairs each. A suspicious document has 1 to 4 passages of its source,
of 30 to 600 words. Another seed gives another corpus, to test what was set on this.

Only what --edits lists is done, and case only to scripts that have capitals. Where
exact is listed, a fifth of the copies are exact. Of the others a fifth undergo
several edits where several are listed: two, or a quarter of them three. A bulletin
(numbers) has no other edit. Boilerplate stands in a fifth of the originals too.

The same options give the same bytes, on every machine. Records come in an order
that tells nothing: an original stands before its copies or after them.

The corpus is JSON Lines with id, outlet, published and text; the truth has a line
for each record:
  {\"doc\":\"d0000003\",\"cluster\":\"c0000003\"}
      an original; its cluster has its number
  {\"doc\":\"d0000012\",\"cluster\":\"c0000003\",\"edit\":\"substitution+case\",
   \"of\":\"d0000003\",\"jaccard\":0.873,\"containment\":0.95}
      a copy: what it underwent, in order, and of what original. jaccard is exact,
      of the shingles of five words that `kutip dedup` compares; containment is
      the share of the copy's that the original has
  {\"doc\":\"d0000020\",\"cluster\":\"c0000020\",\"edit\":\"numbers\",\"of\":…}
      a bulletin, which is alike and no duplicate: a cluster of its own

Exit codes:
  0  done; also when who reads the output wants no more
  2  could not run: a wrong option, or an output that cannot be written";

/// The command line of `kutip synth`.
#[derive(Debug, Args)]
pub struct SynthTyped {
    /// Make up N records; with --pan N pairs of a suspicious document and a source
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=100_000_000))]
    pub docs: u32,

    /// Another number gives another corpus
    #[arg(long, value_name = "S", default_value = "1")]
    pub seed: u64,

    /// Write the corpus to FILE instead of standard output
    ///
    /// FILE appears when it is whole, and stays as it was if the run fails. A name in .gz, .zst,
    /// .bz2 or .xz is compressed.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Write to FILE which records are copies, of what and how alike
    #[arg(long, value_name = "FILE")]
    pub truth: Option<PathBuf>,

    /// Make a corpus of reused passages in DIR, in the layout of PAN (see below)
    ///
    /// DIR is new or empty, and is there when it is whole. Of the other options --docs, --seed,
    /// --words and --language go with it.
    #[arg(long, value_name = "DIR")]
    pub pan: Option<PathBuf>,

    /// The language of --pan's texts [default: id]
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub language: Option<Language>,

    /// Share of the records that are copies, 0 to 1 [default: 0.25]
    #[arg(long, value_name = "SHARE", value_parser = from_0_to_1)]
    pub copies: Option<f64>,

    /// What copies undergo, as case,prefix [default: all]
    #[arg(long, value_enum, value_name = "LIST", value_delimiter = ',')]
    pub edits: Vec<Edit>,

    /// Share of its words that every original has from one common template, above 0 to 1
    ///
    /// Unrelated originals that share a long form. The template's words and the article's own come
    /// in turns; each script has its template.
    #[arg(long, value_name = "SHARE", value_parser = above_0_to_1)]
    pub template: Option<f64>,

    /// Make clusters of 2 to N records, few of them large, and one of N [default: 60]
    ///
    /// Without this option the largest may have fewer.
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(2..=5000))]
    pub largest: Option<u32>,

    /// Words of an original, 20 to 5000 [default: 100..800, with --pan 300..3000]
    ///
    /// About log-normal; the median is the geometric mean of the two. With --pan short and long texts
    /// are more frequent than that.
    #[arg(long, value_name = "MIN..MAX", value_parser = lengths)]
    pub words: Option<RangeInclusive<usize>>,

    /// Other scripts with their shares of the originals, as han,arabic=0.2 [default: latin alone]
    ///
    /// Of a tenth each where none is given; latin has what is left over. Known are latin, cyrillic,
    /// greek, arabic, devanagari, hangul, han and thai.
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = script)]
    pub scripts: Vec<(Script, f64)>,
}

impl ValueEnum for Edit {
    fn value_variants<'a>() -> &'a [Self] {
        &Edit::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(match self {
            Edit::Exact => "Nothing: copies are the same",
            Edit::Numbers => "Every number is another: a bulletin, which is no duplicate",
            Edit::Update => "A tenth to a third of the sentences are new, and one to three added",
            Edit::Substitution => "2 to 20 % of the words are others",
            Edit::Reordering => "Sentences or blocks of them stand in another order",
            Edit::Truncation => "The end is missing, 5 to 60 % of the words",
            Edit::Excerpt => "A passage is left, a third to a twentieth of the words",
            Edit::Insertion => "New sentences in front, up to a quarter of the words",
            Edit::Boilerplate => "One to four furniture sentences, which originals have too",
            Edit::Prefix => "One word in front",
            Edit::Case => "All capitals, or none",
            Edit::Punctuation => "No punctuation",
            Edit::Quotes => "Curly quotation marks, longer dashes",
            Edit::Space => "White space doubled, non-breaking, breaking lines",
        }))
    }
}

impl ValueEnum for Language {
    fn value_variants<'a>() -> &'a [Self] {
        &[Language::Indonesian, Language::English]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.code()).help(match self {
            Language::Indonesian => "Indonesian",
            Language::English => "English",
        }))
    }
}

fn from_0_to_1(typed: &str) -> Result<f64, String> {
    match typed.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        Ok(share) => Err(format!("expected a number of 0 to 1, got {share}")),
        Err(_) => Err("expected a number of 0 to 1, as 0.25".to_owned()),
    }
}

const LENGTHS: RangeInclusive<usize> = 20..=5000;

fn lengths(typed: &str) -> Result<RangeInclusive<usize>, String> {
    let bounds = typed.split_once("..").and_then(|(least, most)| {
        Some((least.parse::<usize>().ok()?, most.parse::<usize>().ok()?))
    });
    let (least, most) = bounds.ok_or("expected MIN..MAX, as 100..800")?;
    if !LENGTHS.contains(&least) || !LENGTHS.contains(&most) {
        return Err(format!("expected words of {} to {}", LENGTHS.start(), LENGTHS.end()));
    }
    if most < least {
        return Err(format!("expected MIN..MAX with MIN up to MAX, as {most}..{least}"));
    }
    Ok(least..=most)
}

/// A script, and its share: a tenth where none is typed.
fn script(typed: &str) -> Result<(Script, f64), String> {
    let (name, share) = match typed.split_once('=') {
        Some((name, share)) => (name, above_0_to_1(share)?),
        None => (typed, 0.1),
    };
    let script = Script::ALL.into_iter().find(|script| script.name() == name);
    let names = || Script::ALL.map(Script::name).join(", ");
    Ok((script.ok_or_else(|| format!("expected one of {}", names()))?, share))
}
