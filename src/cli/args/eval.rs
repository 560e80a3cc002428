//! What can be typed after `kutip eval passages`?

use super::EvalFormat;
use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use std::path::PathBuf;

pub(super) const PASSAGES_AFTER_HELP: &str = "\
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
