//! What can be typed? Names, help and value parsers only: what it all means is in
//! [`super::config`].

mod compare;
mod eval;
mod page;
mod passages;
mod plan;
mod synth;

pub use compare::CompareTyped;
pub use eval::EvalPassagesTyped;
pub use page::PageTyped;
pub use passages::{PassagesFormat, PassagesTyped};
pub use plan::{PlanFormat, PlanTyped};
pub use synth::SynthTyped;

use crate::duplicates::Measure;
use crate::filter::AskedOutlet;
use crate::ingest::Delimiter;
use crate::provenance::{Edge, Person, Window};
use crate::shingle::Shingling;
use clap::builder::{NonEmptyStringValueParser, PossibleValue};
use clap::{Args, Parser, Subcommand, ValueEnum, value_parser};
use clap_complete::Shell;
use plan::size;
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
    #[command(after_help = CLAIMS_EXIT, after_long_help = CLAIMS_AFTER_HELP)]
    Claims(ClaimsTyped),
    /// Show what articles took from each other: passages of many sentences, word for word or rewritten
    #[command(after_help = passages::EXIT, after_long_help = passages::AFTER_HELP)]
    Passages(PassagesTyped),
    /// Remove articles that are the same again, each removal proved on the texts
    #[command(after_help = DEDUP_EXIT, after_long_help = DEDUP_AFTER_HELP)]
    Dedup(DedupTyped),
    /// Say before a long `kutip dedup` what it will find and what it will cost
    #[command(after_help = plan::EXIT, after_long_help = plan::AFTER_HELP)]
    Plan(PlanTyped),
    /// Show two articles side by side: what both say, and what only one does
    #[command(after_help = compare::EXIT, after_long_help = compare::AFTER_HELP)]
    Compare(CompareTyped),
    /// Show why two passages are taken for one claim, or are not
    #[command(after_help = EXPLAIN_EXIT, after_long_help = EXPLAIN_AFTER_HELP)]
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

const CLAIMS_EXIT: &str = "\
Exit codes: 0 done, 1 done but something could not be read, 2 could not run.";

const CLAIMS_AFTER_HELP: &str = "\
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
    /// Blinken finds "Antony Blinken" and "Menteri Luar Negeri AS Antony Blinken": all words of NAME
    /// are in the name that the claim or one of its occurrences gives. Case, accents and titles do
    /// not matter. May be given again, for claims of either.
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

const DEDUP_EXIT: &str = "\
--help says what is compared. Exit codes: 0 done, 1 done but something could not be read, 2 could \
not run.";

const DEDUP_AFTER_HELP: &str = "\
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

fn edge(typed: &str) -> Result<Edge, String> {
    let expect = "expected YYYY, YYYY-MM, YYYY-MM-DD or an instant, as 2022-01-08T06:31:00+07:00";
    Edge::parse(typed).ok_or_else(|| expect.to_owned())
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

const EXPLAIN_EXIT: &str = "\
--help says how a passage is written. Exit codes: 0 done, 1 done but something could not be read, \
2 could not run.";

const EXPLAIN_AFTER_HELP: &str = "\
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

/// What to measure.
#[derive(Debug, Subcommand)]
pub enum EvalTyped {
    /// Measure claims: recall, precision, clusters, boundaries, traps, facts, furniture
    ///
    /// A found passage matches one of the truth if they share more than half of the shorter one,
    /// in documents of one file name.
    #[command(after_help = EVAL_EXIT, after_long_help = EVAL_CLAIMS_AFTER_HELP)]
    Claims(EvalClaimsTyped),
    /// Measure duplicates: precision and recall of pairs, adjusted Rand index, B-cubed
    ///
    /// Where the truth tells of copies, also their recall by likeness and by edit.
    #[command(after_help = EVAL_EXIT, after_long_help = EVAL_DUPLICATES_AFTER_HELP)]
    Duplicates(EvalDuplicatesTyped),
    /// Measure reused passages by PAN's annotations: plagdet, precision, recall, granularity
    ///
    /// Over all cases, and by kind of obfuscation. The measures are those of the PAN competitions.
    #[command(after_help = EVAL_EXIT, after_long_help = eval::PASSAGES_AFTER_HELP)]
    Passages(EvalPassagesTyped),
}

const EVAL_DUPLICATES_AFTER_HELP: &str = "\
Example:
  kutip dedup batch.jsonl -o kept.jsonl --clusters clusters.jsonl
  kutip eval duplicates --truth truth.jsonl --found clusters.jsonl

Measures:
  Precision, recall  pairs of documents in one cluster, found and true
  Adjusted Rand      how the two partitions agree beyond chance (Hubert and
                     Arabie 1985)
  B-cubed            of each document's cluster the share that is its own
                     (Bagga and Baldwin 1998), on average

The truth is JSON Lines, further fields are passed over:
  {\"doc\":\"d1\",\"cluster\":\"c7\"}
      one line a document; documents of one cluster are duplicates
  doc is the record's own id, or path:line where it has none. A document that no
  found cluster names stands alone; one that the truth does not name is not
  judged.
  {\"doc\":\"d2\",\"cluster\":\"c7\",\"of\":\"d1\",\"edit\":\"case\",\"jaccard\":1.0}
      a copy, as `kutip synth --truth` writes it. Copies that one found cluster
      joins with their \"of\" are counted by what they underwent and how alike
      they are, excerpts also by \"containment\". A document whose \"of\" is of
      another cluster is a look-alike, which should not be taken
  what `kutip dedup --exact --clusters` writes
      another run's recall, by how alike each record is to the one kept for it

Exit codes:
  0  done; also when who reads the output wants no more
  2  could not run: a wrong option, a file that cannot be read or has a line that
     is not as described";

/// The command line of `kutip eval duplicates`.
#[derive(Debug, Args)]
pub struct EvalDuplicatesTyped {
    /// Which documents are duplicates, as JSON Lines (see below); - for standard input
    #[arg(long, value_name = "FILE", value_parser = NonEmptyStringValueParser::new())]
    pub truth: String,

    /// What `kutip dedup --clusters` wrote; - for standard input
    #[arg(long, value_name = "FILE", value_parser = NonEmptyStringValueParser::new())]
    pub found: String,

    /// What to write: a table to read, or a JSON record
    #[arg(long, short, value_enum, default_value = "text")]
    pub format: EvalFormat,
}

const EVAL_EXIT: &str = "\
--help describes the measures and the truth. Exit codes: 0 done, 2 could not run.";

const EVAL_CLAIMS_AFTER_HELP: &str = "\
Example:
  kutip claims articles/ -o found.jsonl
  kutip eval claims --truth truth.jsonl --found found.jsonl --show misses

Measures:
  Recall      graded pairs of the truth that one found claim joins. \"With
              suggested\" counts suggested claims beside the confirmed ones
  Precision   pairs of passages of one found claim, in two documents, that match
              two occurrences of one claim of the truth. The same two places
              count once. Pairs in documents that the truth does not name are
              not judged
  B-cubed     whether confirmed claims hold together what belongs together
              (Bagga and Baldwin 1998; Amigó and others 2009 for passages in
              several claims); a place that is not found stands alone
  Boundary    distance of the starts plus distance of the ends, in code points
  Traps       pairs that look alike and are not, joined all the same
  Facts       of the documents and claims found: right where the truth gives
              them, invented where the article shows none. Agencies are
              compared as sets; the found ones are those credited at a passage
  Furniture   what was taken for menus, links to other articles, requests to
              subscribe: in code points that show something, and in blocks, more
              than half of which must be right. Where the truth names no
              furniture, nothing is compared

The truth is JSON Lines, further fields are passed over:
  {\"type\":\"article\",\"doc\",\"outlet\",\"title\",\"author\",\"published\",\"agencies\"}
      what the article itself shows. null: it shows nothing; left out: the truth
      does not say. published is 2022-01-08, 2022-01-08T06:31 or
      2022-01-08T06:31:00, a time also with a zone: 2022-01-08T06:31+07:00
  {\"type\":\"claim\",\"id\",\"kind\",\"occurrences\":[{\"key\",\"doc\",\"exact\",\"speaker\",
   \"byte_start\",\"byte_end\"}],\"pairs\":[[KEY, KEY, GRADE]]}
      a statement of several articles. kind: quotation, statement; speaker as
      above. A pair is of two documents and graded identical, near-identical,
      edited or reworded
  {\"type\":\"trap\",\"trap\",\"a\":{\"doc\",\"exact\",\"byte_start\",\"byte_end\"},\"b\":{…}}
      passages of two documents that do not make the same statement; trap says
      what makes them look alike
  {\"type\":\"furniture\",\"doc\",\"exact\",\"byte_start\",\"byte_end\"}
      a block of the page that is no part of its article and would stand as well
      on another page, or that leads to other pages; no headline, byline, date,
      credit or caption. Where there is one such line, every document that the
      truth names has all of its own
  Offsets are half-open byte ranges of the text, and exact is the text there.

Exit codes:
  0  done; also when who reads the output wants no more
  2  could not run: a wrong option, a file that cannot be read or has a line that
     is not as described, two files that are not of the same documents";

/// The command line of `kutip eval claims`.
#[derive(Debug, Args)]
pub struct EvalClaimsTyped {
    /// What a reader finds, as JSON Lines (see below); - for standard input
    #[arg(long, value_name = "FILE", value_parser = NonEmptyStringValueParser::new())]
    pub truth: String,

    /// What `kutip claims --format jsonl` found; - for standard input
    #[arg(long, value_name = "FILE", value_parser = NonEmptyStringValueParser::new())]
    pub found: String,

    /// What to write: tables to read, or JSON Lines
    #[arg(long, short, value_enum, default_value = "text")]
    pub format: EvalFormat,

    /// Count pairs of documents of one outlet too
    ///
    /// Without it they count neither as missed nor as false. The truth's article lines name the
    /// outlets; an unknown outlet is taken for different from all others.
    #[arg(long)]
    pub all_outlets: bool,

    /// List what is wrong, with the passages
    ///
    /// May be given again, or as misses,false,traps.
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    pub show: Vec<Show>,
}

/// How measures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EvalFormat {
    /// Tables to read
    Text,
    /// A JSON record for each measure
    Jsonl,
}

/// Lists of what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Show {
    /// Pairs of the truth that no confirmed claim joins
    Misses,
    /// Pairs found that are not true
    False,
    /// Traps taken
    Traps,
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
