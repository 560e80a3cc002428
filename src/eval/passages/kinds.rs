//! Which kinds of reuse are found? PAN's annotations, measured over all cases and by kind.
//!
//! * *Kind* of a case: the name of the folder that its file lies in, where that begins with two digits
//!   and a hyphen (`02-no-obfuscation`, as in the corpora since 2012); else its `type` and `obfuscation`
//!   (`artificial/high`), one alone where the other is not there, `-` where neither is.
//! * *Text*: what a file of the truth is about. Where its name is that of its suspicious document, a
//!   hyphen and a source (`suspicious-document00001-source-document00002.xml`), this pair, else the
//!   suspicious document with any source. A text is of the kinds of its cases, and of that of its folder.
//! * *Clean*: a text without a case. What was detected in it is false.
//! * *Precision by kind*: of the detections in texts of that kind, where none of these is of another kind
//!   too; else it cannot be said which detections are that kind's, and there is none.

use super::pan;
use super::{PassagePair, Score, Shares};
use crate::error::{Error, ErrorKind, Result};
use ahash::{AHashMap, AHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// What a truth says: one annotation after the other is [added](Self::add).
#[derive(Debug, Default)]
pub struct PassageTruth {
    cases: Vec<PassagePair>,
    /// Of each case.
    kinds: Vec<String>,
    seen: AHashSet<PassagePair>,
    texts: AHashMap<Text, About>,
    suspicious: AHashSet<String>,
    n_without_source: u64,
}

/// What a detector says: one annotation after the other is [added](Self::add).
#[derive(Debug, Default)]
pub struct FoundPassages {
    detections: Vec<PassagePair>,
    seen: AHashSet<PassagePair>,
}

/// What a file of the truth is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Text {
    suspicious: String,
    /// Its source's name without the extension, where it is about one source.
    source: Option<String>,
}

/// What the truth says of a text.
#[derive(Debug, Default)]
struct About {
    /// Of its cases and of its folder.
    kinds: BTreeSet<String>,
    has_cases: bool,
}

/// How good detections are, of all cases and by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageEvaluation {
    /// Of all.
    pub all: Score,
    /// By kind, in the order of their names.
    pub kinds: Vec<(String, Score)>,
    /// Suspicious documents, or pairs of them with a source.
    pub n_texts: u64,
    /// Of those without a case.
    pub clean: Clean,
    /// Detections in texts of which the truth says nothing.
    pub n_elsewhere: u64,
    /// Cases without a source, which are left out.
    pub n_without_source: u64,
}

/// What was detected where nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clean {
    /// Texts without a case.
    pub n_texts: u64,
    /// Those of them with a detection.
    pub n_taken: u64,
    /// Detections in them.
    pub n_detections: u64,
}

/// The feature of a truth.
const CASE: &str = "plagiarism";
/// The feature of a detector's output.
const DETECTION: &str = "detected-plagiarism";
/// What PAN's sources are named. They have annotations too, of where they come from.
const SOURCE_NAME: &str = "source-";

impl PassageTruth {
    /// Adds what the XML file of that name and text says.
    pub fn add(&mut self, text: &str, path: &str) -> Result<()> {
        let annotations = pan::parse(text, path, CASE)?;
        self.n_without_source += annotations.n_without_source;
        if annotations.passages.is_empty() && annotations.document.starts_with(SOURCE_NAME) {
            return Ok(());
        }
        let folder = folder_kind(path);
        self.suspicious.insert(annotations.document.clone());
        let about = self.texts.entry(Text::of(path, annotations.document)).or_default();
        about.kinds.extend(folder.map(str::to_owned));
        about.has_cases |= !annotations.passages.is_empty();
        for annotation in annotations.passages {
            let kind = folder.map_or_else(|| annotated_kind(&annotation), str::to_owned);
            about.kinds.insert(kind.clone());
            if self.seen.insert(annotation.pair.clone()) {
                self.cases.push(annotation.pair);
                self.kinds.push(kind);
            }
        }
        Ok(())
    }

    /// Whether the document of that name is one of the suspicious ones.
    pub fn is_suspicious(&self, document: &str) -> bool {
        self.suspicious.contains(document)
    }

    /// Whether it is all about pairs of documents, and a detection in none of them.
    pub fn is_beside_its_pairs(&self, detection: &PassagePair) -> bool {
        self.texts.keys().all(|text| text.source.is_some()) && self.text_of(detection).is_none()
    }

    /// The text that a detection is in.
    fn text_of(&self, detection: &PassagePair) -> Option<&Text> {
        let suspicious = detection.suspicious.clone();
        let of_pair = Text { suspicious, source: Some(stem(&detection.source).to_owned()) };
        let of_any = Text { source: None, ..of_pair.clone() };
        [of_pair, of_any].iter().find_map(|text| Some(self.texts.get_key_value(text)?.0))
    }
}

impl FoundPassages {
    /// Adds what the XML file of that name and text says.
    pub fn add(&mut self, text: &str, path: &str) -> Result<()> {
        let annotations = pan::parse(text, path, DETECTION)?;
        if 0 < annotations.n_without_source {
            let cause = "expected detections with a source_reference, got one without";
            let error = Error::new(ErrorKind::Input, path, "not comparable", cause);
            return Err(error.hint("what has no source cannot be measured: leave it out"));
        }
        annotations.passages.into_iter().for_each(|annotation| self.push(annotation.pair));
        Ok(())
    }

    /// Adds a detection.
    pub fn push(&mut self, pair: PassagePair) {
        if self.seen.insert(pair.clone()) {
            self.detections.push(pair);
        }
    }
}

impl Text {
    fn of(path: &str, suspicious: String) -> Text {
        let rest = stem(path).strip_prefix(stem(&suspicious));
        let source = rest.and_then(|rest| rest.strip_prefix('-')).filter(|name| !name.is_empty());
        Text { source: source.map(str::to_owned), suspicious }
    }
}

/// A file's name without folder and extension.
fn stem(path: &str) -> &str {
    let name = crate::eval::place::file_name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The kind that the folder of a file tells.
fn folder_kind(path: &str) -> Option<&str> {
    let folder = path.rsplit(['/', '\\']).nth(1)?;
    match folder.as_bytes() {
        [b'0'..=b'9', b'0'..=b'9', b'-', _, ..] => Some(folder),
        _ => None,
    }
}

fn annotated_kind(annotation: &pan::Annotation) -> String {
    let told = |name: &Option<String>| name.clone().filter(|name| !name.is_empty());
    match (told(&annotation.reuse_type), told(&annotation.obfuscation)) {
        (Some(reuse_type), Some(obfuscation)) => format!("{reuse_type}/{obfuscation}"),
        (Some(name), None) | (None, Some(name)) => name,
        (None, None) => "-".to_owned(),
    }
}

/// Measures what was found.
///
/// Errors where the truth names no suspicious document, and where nothing was detected but in documents
/// that it does not name.
pub fn evaluate(truth: &PassageTruth, found: &FoundPassages) -> Result<PassageEvaluation> {
    let (cases, detections) = (&truth.cases, &found.detections);
    let texts: Vec<Option<&Text>> = detections.iter().map(|found| truth.text_of(found)).collect();
    let n_elsewhere = texts.iter().filter(|text| text.is_none()).count();
    check_comparable(truth, found, n_elsewhere)?;
    let shares = Shares::of(&Vec::from_iter(cases), &Vec::from_iter(detections));
    let is_clean = |text: &&Text| !truth.texts[*text].has_cases;
    let in_clean: Vec<&Text> = texts.iter().flatten().copied().filter(is_clean).collect();
    Ok(PassageEvaluation {
        all: Score::of(shares.cases.iter().copied(), Some(shares.detections.iter().copied())),
        kinds: by_kind(truth, &shares, &texts),
        n_texts: truth.texts.len() as u64,
        clean: Clean {
            n_texts: truth.texts.values().filter(|about| !about.has_cases).count() as u64,
            n_taken: in_clean.iter().collect::<AHashSet<_>>().len() as u64,
            n_detections: in_clean.len() as u64,
        },
        n_elsewhere: n_elsewhere as u64,
        n_without_source: truth.n_without_source,
    })
}

fn check_comparable(truth: &PassageTruth, found: &FoundPassages, n_elsewhere: usize) -> Result<()> {
    let error = |place: &str, cause: String| {
        let error = Error::new(ErrorKind::Input, place, "nothing to compare", cause);
        Err(error.hint("see `kutip eval passages --help`"))
    };
    if truth.texts.is_empty() {
        return error(
            "--truth",
            "expected suspicious documents, got annotations of sources".into(),
        );
    }
    match found.detections.first() {
        Some(first) if n_elsewhere == found.detections.len() => error(
            "--found",
            format!(
                "expected detections in texts of the truth, got others, the first in {} and {}",
                first.suspicious, first.source
            ),
        ),
        _ => Ok(()),
    }
}

fn by_kind(truth: &PassageTruth, shares: &Shares, texts: &[Option<&Text>]) -> Vec<(String, Score)> {
    let mut kinds: BTreeMap<&str, bool> = BTreeMap::new();
    for about in truth.texts.values() {
        for kind in &about.kinds {
            *kinds.entry(kind).or_insert(true) &= about.kinds.len() == 1;
        }
    }
    let score = |(kind, stands_alone): (&str, bool)| {
        let cases = shares.cases.iter().zip(&truth.kinds);
        let cases = cases.filter(|(_, other)| *other == kind).map(|(case, _)| *case);
        let is_of_kind = |text: &Text| truth.texts[text].kinds.contains(kind);
        let detections = shares.detections.iter().zip(texts);
        let detections = detections.filter(|(_, text)| text.is_some_and(is_of_kind));
        let detections = stands_alone.then(|| detections.map(|(detection, _)| *detection));
        (kind.to_owned(), Score::of(cases, detections))
    };
    kinds.into_iter().map(score).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixed::BasisPoints;

    fn feature(name: &str, kind: &str, source: &str, start: u64, n: u64) -> String {
        format!(
            "<feature name=\"{name}\" {kind} this_offset=\"{start}\" this_length=\"{n}\" \
             source_reference=\"{source}.txt\" source_offset=\"{start}\" source_length=\"{n}\"/>"
        )
    }

    fn case(kind: &str, source: &str, start: u64, n: u64) -> String {
        feature(CASE, kind, source, start, n)
    }

    fn detection(source: &str, start: u64, n: u64) -> String {
        feature(DETECTION, "", source, start, n)
    }

    fn document(name: &str, features: &[String]) -> String {
        format!("<document reference=\"{name}.txt\">{}</document>", features.concat())
    }

    fn truth(files: &[(&str, String)]) -> PassageTruth {
        let mut truth = PassageTruth::default();
        files.iter().for_each(|(path, text)| truth.add(text, path).unwrap());
        truth
    }

    fn found(files: &[String]) -> FoundPassages {
        let mut found = FoundPassages::default();
        files.iter().for_each(|text| found.add(text, "found.xml").unwrap());
        found
    }

    /// Cases, found, detections, precision, recall, granularity, plagdet; -1 where there is none.
    fn figures(score: &Score) -> [i64; 7] {
        let points = |share: Option<BasisPoints>| share.map_or(-1, |points| points.0);
        [
            score.n_cases as i64,
            score.n_found as i64,
            score.n_detections.map_or(-1, |n| n as i64),
            points(score.precision),
            points(score.recall),
            score.granularity.0,
            points(score.plagdet),
        ]
    }

    fn kind(evaluation: &PassageEvaluation, name: &str) -> [i64; 7] {
        figures(&evaluation.kinds.iter().find(|(kind, _)| kind == name).unwrap().1)
    }

    // Two cases of 100 in one document, one found in two halves, one missed; one of another document
    // found with as much again; a clean document with a detection.
    #[test]
    fn documents_with_several_kinds() {
        let (low, high) = ("type=\"artificial\" obfuscation=\"low\"", "type=\"simulated\"");
        let truth = truth(&[
            ("c/a.xml", document("a", &[case(low, "s", 0, 100), case(high, "t", 200, 100)])),
            ("c/b.xml", document("b", &[case(low, "s", 0, 100)])),
            ("c/c.xml", document("c", &[])),
            ("c/d.xml", document("d", &[])),
            ("c/source-1.xml", document("source-1", &[])),
        ]);
        let found = found(&[
            document("a", &[detection("s", 0, 50), detection("s", 50, 50)]),
            document("b", &[detection("s", 0, 200)]),
            document("c", &[detection("t", 0, 9)]),
            document("e", &[detection("t", 0, 9)]),
        ]);
        let evaluation = evaluate(&truth, &found).unwrap();
        // Precision (1 + 1 + .5 + 0 + 0) / 5, recall (1 + 0 + 1) / 3, 3 detections of 2 cases.
        assert_eq!(figures(&evaluation.all), [3, 2, 5, 5000, 6667, 15_000, 4323]);
        assert_eq!(kind(&evaluation, "artificial/low"), [2, 2, -1, -1, 10_000, 15_000, -1]);
        assert_eq!(kind(&evaluation, "simulated"), [1, 0, -1, -1, 0, 10_000, -1]);
        assert_eq!(evaluation.clean, Clean { n_texts: 2, n_taken: 1, n_detections: 1 });
        assert_eq!((evaluation.n_texts, evaluation.n_elsewhere), (4, 1));
    }

    // The same suspicious document stands in pairs of two kinds.
    #[test]
    fn pairs_in_folders_of_kinds() {
        let attributes = "type=\"artificial\" obfuscation=\"none\"";
        let truth = truth(&[
            ("c/01-no-plagiarism/a-u.xml", document("a", &[])),
            ("c/02-no-obfuscation/a-s.xml", document("a", &[case(attributes, "s", 0, 100)])),
            ("c/03-random/a-t.xml", document("a", &[case("", "t", 200, 100)])),
            ("c/03-random/b-t.xml", document("b", &[case("", "t", 0, 100)])),
        ]);
        let found = found(&[
            document("a", &[detection("s", 0, 100), detection("u", 7, 9), detection("t", 0, 10)]),
            document("b", &[detection("t", 0, 100)]),
        ]);
        let evaluation = evaluate(&truth, &found).unwrap();
        assert_eq!(figures(&evaluation.all), [3, 2, 4, 5000, 6667, 10_000, 5714]);
        assert_eq!(kind(&evaluation, "01-no-plagiarism"), [0, 0, 1, 0, -1, 10_000, -1]);
        let whole = [1, 1, 1, 10_000, 10_000, 10_000, 10_000];
        assert_eq!(kind(&evaluation, "02-no-obfuscation"), whole);
        assert_eq!(kind(&evaluation, "03-random"), [2, 1, 2, 5000, 5000, 10_000, 5000]);
        assert_eq!(evaluation.clean, Clean { n_texts: 1, n_taken: 1, n_detections: 1 });
    }

    #[test]
    fn kinds_by_their_attributes() {
        for (attributes, path, expect) in [
            ("type=\"artificial\" obfuscation=\"none\"", "x/a.xml", "artificial/none"),
            ("type=\"simulated\" obfuscation=\"\"", "x/a.xml", "simulated"),
            ("obfuscation=\"random\"", "x/a.xml", "random"),
            ("", "x/a.xml", "-"),
            ("type=\"x\"", "x/2-b/a.xml", "x"),
            ("type=\"x\"", "x\\05-summary\\a.xml", "05-summary"),
            ("type=\"x\"", "07-y/a.xml", "07-y"),
            ("type=\"x\"", "07-a.xml", "x"),
        ] {
            let truth = truth(&[(path, document("a", &[case(attributes, "s", 0, 9)]))]);
            assert_eq!(truth.kinds, [expect], "{path}");
        }
    }

    #[test]
    fn what_cannot_be_compared_is_an_error() {
        let one = || truth(&[("a.xml", document("a", &[case("", "s", 0, 9)]))]);
        let error = |truth: &PassageTruth, found: &FoundPassages| {
            evaluate(truth, found).unwrap_err().to_string()
        };
        let elsewhere = error(&one(), &found(&[document("b", &[detection("s", 0, 9)])]));
        assert!(elsewhere.contains("--found: nothing to compare: expected detections in texts of"));
        let sources = truth(&[("a.xml", document("source-1", &[]))]);
        assert!(error(&sources, &found(&[])).starts_with("--truth: nothing to compare"));
        let mut found = FoundPassages::default();
        let without =
            format!("<document reference=\"a\"><feature name=\"{DETECTION}\"/></document>");
        let error = found.add(&without, "f.xml").unwrap_err().to_string();
        assert!(error.starts_with("f.xml: not comparable: expected detections with"), "{error}");
        assert_eq!(
            evaluate(&one(), &FoundPassages::default()).unwrap().all.plagdet,
            Some(BasisPoints(0))
        );
    }
}
