//! What can be typed after `kutip eval`?

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What to measure.
#[derive(Debug, Subcommand)]
pub enum EvalTyped {
    /// Measure claims: recall, precision, clusters, boundaries, traps, facts, furniture, sources
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
    #[command(after_help = EVAL_EXIT, after_long_help = PASSAGES_AFTER_HELP)]
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
  Sources     what confirmed claims say of theirs: who omits them, who copied
              whom, and how many independent lines there are at least and at
              most. Judged by what the truth says of the claim that most of
              their passages match, of the documents that they have

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
   \"sources\":{\"proven\":[[DOC, DOC]],\"possible\":[[DOC, DOC]],
   \"copied_from\":{DOC: DOC},\"omitted_by\":[OUTLET]}
      of a claim, where the truth says it: documents that surely are or may be
      one source, who has it from whom, and outlets that leave it out. The documents
      carry the claim, the outlets are of article lines and do not
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

const PASSAGES_AFTER_HELP: &str = "\
Examples:
  kutip synth --pan corpus --docs 100 --language en
  kutip eval passages corpus
  kutip eval passages --truth corpus --found what-another-program-found

Measures (Potthast, Stein, Barrón-Cedeño and Rosso 2010), in characters of both passages:
  Precision    of each detection the share that cases have, on average. Only
               cases count that it detects: they overlap in the suspicious
               document and in the source
  Recall       of each case the share that the detections which detect it have,
               on average
  Granularity  detections that detect a case, on average over the cases found
  Plagdet      harmonic mean of precision and recall / log2(1 + granularity)
  A case or a detection that is there twice counts once.

Kinds: a case is of the kind that its file's folder is named after, if that name
begins with two digits and a hyphen (02-no-obfuscation); else of that of its type
and obfuscation (artificial/low). Precision and plagdet of a kind are measured in
the texts of that kind; - where one of these has cases of another kind too, since
it cannot be said then which kind's a detection is. A text is a suspicious
document, or, where the file is named after both, a pair of it and a source
(suspicious-document00001-source-document00002.xml). Clean texts have no case: all
that is detected in them is false.

The truth: files in .xml, at any depth, one for each text:
  <document reference=\"suspicious-document00001.txt\">
    <feature name=\"plagiarism\" type=\"artificial\" obfuscation=\"low\"
      this_offset=\"5\" this_length=\"1000\"
      source_reference=\"source-document00001.txt\"
      source_offset=\"100\" source_length=\"1000\" />
  </document>
Offsets and lengths are in code points. Features of other names are passed over,
and so are cases without a source, which are counted. What was found is written
alike, with features named detected-plagiarism, one file or more for a document.
Documents are compared by file name.

Exit codes:
  0  done; also when who reads the output wants no more
  2  could not run: a wrong option, a file that cannot be read or is not as
     described, two folders that are not of the same documents";

/// The command line of `kutip eval passages`.
#[derive(Debug, Args)]
pub struct EvalPassagesTyped {
    /// A PAN corpus, texts and annotations: the passages are found first, then measured
    ///
    /// Where its annotations are of pairs of documents, as those since 2012, what is found in other
    /// pairs is left out.
    #[arg(
        value_name = "CORPUS",
        required_unless_present = "truth",
        conflicts_with_all = ["truth", "found"],
        value_parser = NonEmptyStringValueParser::new(),
    )]
    pub corpus: Option<String>,

    /// A folder with the annotations of a PAN corpus (see below)
    #[arg(
        long,
        value_name = "DIR",
        requires = "found",
        value_parser = NonEmptyStringValueParser::new(),
    )]
    pub truth: Option<String>,

    /// A folder with what a detector wrote, in the format of PAN
    #[arg(
        long,
        value_name = "DIR",
        requires = "truth",
        value_parser = NonEmptyStringValueParser::new(),
    )]
    pub found: Option<String>,

    /// What to write: a table to read, or JSON Lines
    #[arg(long, short, value_enum, default_value = "text")]
    pub format: EvalFormat,

    /// Write the measures to FILE instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}
