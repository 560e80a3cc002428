//! What did a reader decide of passages, and what does it mean for a batch?
//!
//! Decisions name passages by their words ([`passage_key`]), so that they hold wherever these stand:
//! in another order of the files, among more articles, on a page with other furniture.

mod rulings;

use crate::error::{Error, ErrorKind, Result};
use crate::hash::content_id;
use crate::text::tokenize::{normalize_into, tokenize};
use ahash::AHashMap;
pub use rulings::{Apart, Outcome, Rulings};
use serde::Deserialize;

/// What names a passage: 32 hex digits, from its normalised words alone.
///
/// The words are taken together, since what a scraper glued is taken apart as the batch tells; only
/// numbers stay apart: "3,5" is not "35". Signs are no words: "-5" is "5" and "€500" is "$500", as they
/// are for the whole of kutip.
pub fn passage_key(passage: &str) -> String {
    let mut words = String::with_capacity(passage.len());
    let mut after_number = false;
    for token in tokenize(passage) {
        let word = token.span.of(passage);
        let is_number = word.starts_with(char::is_numeric);
        if after_number && is_number {
            words.push(' ');
        }
        normalize_into(word, &mut words);
        after_number = is_number;
    }
    content_id(words.as_bytes())
}

/// A file of decisions, none of which contradicts another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    path: String,
    list: Vec<Decision>,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its line in the file, from 1.
    pub line: u64,
    /// What is decided.
    pub kind: DecisionKind,
    /// The keys of its passages: two of `Same` and `NotSame`, which differ, one of the others.
    pub passages: Vec<String>,
}

/// What can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionKind {
    /// Two passages are one claim.
    Same,
    /// No claim has both.
    NotSame,
    /// The passage is in no claim with others.
    Split,
    /// Claims that have it are not shown.
    Hide,
}

impl DecisionKind {
    /// As files have it.
    pub fn name(self) -> &'static str {
        match self {
            DecisionKind::Same => "same",
            DecisionKind::NotSame => "not-same",
            DecisionKind::Split => "split",
            DecisionKind::Hide => "hide",
        }
    }

    fn n_passages(self) -> usize {
        match self {
            DecisionKind::Same | DecisionKind::NotSame => 2,
            DecisionKind::Split | DecisionKind::Hide => 1,
        }
    }
}

/// What became of the decisions in one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// The file.
    pub path: String,
    /// Decisions that had an effect.
    pub n_applied: usize,
    /// The others, by line.
    pub idle: Vec<Idle>,
    /// Claims that are not shown.
    pub n_hidden: usize,
}

/// A decision without effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idle {
    /// Its line.
    pub line: u64,
    /// What it decides.
    pub kind: DecisionKind,
    /// Why it has none.
    pub reason: IdleReason,
}

/// Why a decision has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdleReason {
    /// No article has this passage.
    NoArticle(String),
    /// This passage stands only in what is no evidence: site furniture, or the head of an article.
    NoEvidence(String),
    /// `Same`: one claim has both without it, and no other has either.
    OneAlready,
    /// `Same`: too few articles or outlets carry what it makes, or they are too far apart.
    NotShown,
    /// `NotSame`: nothing would join the two.
    NothingJoins,
    /// `Split`: no other wording matches the passage.
    NothingMatches,
    /// `Hide`: no claim has the passage.
    NoClaim,
}

#[derive(Deserialize)]
struct DecisionLine {
    decision: DecisionKind,
    passages: Vec<String>,
}

const HINT: &str = "write {\"decision\":\"hide\",\"passages\":[\"…\"]} with the passage of an occurrence in \
                    `kutip claims --format jsonl`; same and not-same have two, split and hide one";

impl Decisions {
    /// Reads JSON Lines; blank lines and further fields are passed over. `path` is how messages name
    /// the file.
    ///
    /// Errors on the first line that is no decision, and where two cannot both be kept.
    pub fn parse(text: &str, path: &str) -> Result<Decisions> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut decisions = Decisions { path: path.to_owned(), list: Vec::new() };
        for (line, record) in (1..).zip(text.lines()).filter(|(_, l)| !l.trim().is_empty()) {
            let decision = read(line, record).map_err(|cause| {
                let place = format!("{path}:{line}");
                Error::new(ErrorKind::Usage, place, "no decision", cause).hint(HINT)
            })?;
            decisions.list.push(decision);
        }
        decisions.check()?;
        Ok(decisions)
    }

    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The decisions, by line.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.list.iter()
    }

    /// How messages name the file.
    pub fn path(&self) -> &str {
        &self.path
    }

    fn of(&self, kind: DecisionKind) -> impl Iterator<Item = &Decision> {
        self.list.iter().filter(move |decision| decision.kind == kind)
    }

    /// No two may contradict each other: what is the same, by whatever way, cannot be not the same,
    /// nor be split.
    fn check(&self) -> Result<()> {
        let mut groups = Groups::default();
        for same in self.of(DecisionKind::Same) {
            groups.join(&same.passages[0], &same.passages[1]);
        }
        for parted in self.of(DecisionKind::NotSame) {
            let root = groups.root(&parted.passages[0]);
            if root == groups.root(&parted.passages[1]) {
                let joining = self.of(DecisionKind::Same);
                let joining = joining.filter(|same| groups.root(&same.passages[0]) == root);
                return Err(self.contradiction(parted, joining.map(|same| same.line).collect()));
            }
        }
        for split in self.of(DecisionKind::Split) {
            let mut same = self.of(DecisionKind::Same);
            if let Some(same) = same.find(|same| same.passages.contains(&split.passages[0])) {
                return Err(self.contradiction(split, vec![same.line]));
            }
        }
        Ok(())
    }

    fn contradiction(&self, decision: &Decision, lines: Vec<u64>) -> Error {
        let numbers: Vec<String> = lines.iter().map(u64::to_string).collect();
        let (s, numbers) = (if lines.len() == 1 { "" } else { "s" }, numbers.join(", "));
        let (kind, path) = (decision.kind.name(), &self.path);
        let what = format!("contradicts line{s} {numbers}");
        let cause = format!("expected decisions that can all be kept, got {kind} here, same there");
        let error = Error::new(ErrorKind::Usage, format!("{path}:{}", decision.line), what, cause);
        error.hint("take out the line that does not hold")
    }
}

fn read(line: u64, record: &str) -> std::result::Result<Decision, String> {
    if record.trim_start().starts_with('[') {
        // Which would be read as the fields in order.
        return Err(
            "expected an object, got a list: every decision is a line of its own".to_owned()
        );
    }
    let read: DecisionLine = serde_json::from_str(record).map_err(|error| {
        let text = error.to_string();
        let reason = text.split(" at line ").next().unwrap_or_default();
        format!("expected a decision with its passages, got an error in it: {reason}")
    })?;
    let DecisionLine { decision: kind, passages } = read;
    let (name, expected) = (kind.name(), kind.n_passages());
    if passages.len() != expected {
        let s = if expected == 1 { "" } else { "s" };
        return Err(format!("expected {expected} passage{s} of {name}, got {}", passages.len()));
    }
    let is_key = |key: &String| {
        key.len() == 32 && key.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    if let Some(other) = passages.iter().find(|key| !is_key(key)) {
        return Err(format!("expected 32 hex digits for a passage, got {other:?}"));
    }
    if expected == 2 && passages[0] == passages[1] {
        let twice = "one twice: signs and spaces are no words, and make no other passage";
        return Err(format!("expected two passages of {name}, got {twice}"));
    }
    Ok(Decision { line, kind, passages })
}

/// Passages that are one, by the smallest of their keys.
#[derive(Default)]
struct Groups<'d>(AHashMap<&'d str, &'d str>);

impl<'d> Groups<'d> {
    fn root(&self, key: &'d str) -> &'d str {
        let mut root = key;
        while let Some(&up) = self.0.get(root) {
            root = up;
        }
        root
    }

    fn join(&mut self, a: &'d str, b: &'d str) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            self.0.insert(a.max(b), a.min(b));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_named_by_its_words() {
        let key = passage_key("Rusia dan China tidak punya pilihan lain");
        // Files that readers keep hold these: they may never change.
        assert_eq!(key, "e4ac33092ef987cf7f52fbe78ce9f76f");
        for same in [
            "RUSIA dan China – tidak punya pilihan lain!",
            " Rusia\r\ndan  China, tidak “punya” pilihan lain,",
            "RusiadanChina tidak punya pilihan lain",
        ] {
            assert_eq!(passage_key(same), key, "{same}");
        }
        for (a, b) in [("naik 3,5 persen", "naik 35 persen"), ("tidak punya", "punya")] {
            assert_ne!(passage_key(a), passage_key(b));
        }
        for (a, b) in [
            ("naik 3,5 persen", "naik 3.5 persen"),
            ("tumbuh -5 persen", "tumbuh 5 persen"),
            ("bayar €500", "bayar $500"),
            ("is nowhere near", "is now here near"),
        ] {
            assert_eq!(passage_key(a), passage_key(b));
        }
    }

    /// Decisions of passages named by one digit, which is written 32 times.
    fn parsed(lines: &[(&str, &str)]) -> Result<Decisions> {
        let line = |(kind, passages): &(&str, &str)| {
            let keys = passages.chars().map(|c| format!("\"{}\"", c.to_string().repeat(32)));
            let keys = keys.collect::<Vec<_>>().join(",");
            format!("{{\"decision\":\"{kind}\",\"passages\":[{keys}],\"note\":1}}\n\n")
        };
        Decisions::parse(&lines.iter().map(line).collect::<String>(), "d.jsonl")
    }

    #[test]
    fn decisions_are_read_with_their_lines() {
        let read = parsed(&[("same", "ab"), ("not-same", "ac"), ("split", "d"), ("hide", "a")]);
        let read = read.unwrap();
        let shown: Vec<_> =
            read.iter().map(|d| (d.line, d.kind.name(), d.passages.len())).collect();
        assert_eq!(shown, [(1, "same", 2), (3, "not-same", 2), (5, "split", 1), (7, "hide", 1)]);
        assert!(Decisions::parse("\u{feff}\n \n", "d.jsonl").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_decision_is_named_with_its_line() {
        let check = |text: &str, expect: &str| {
            let error = Decisions::parse(text, "d.jsonl").unwrap_err();
            assert!(error.hint.is_some());
            let error = error.to_string();
            assert!(error.starts_with("d.jsonl:2: no decision: expected "), "{error}");
            assert!(error.contains(expect), "{expect} in {error}");
        };
        check("\n{", "EOF while parsing an object");
        check("\n1", "got an error in it");
        let key = "a".repeat(32);
        check(&format!("\n[\"hide\",[\"{key}\"]]"), "expected an object, got a list");
        let listed = format!("\n [{{\"decision\":\"hide\",\"passages\":[\"{key}\"]}}]");
        check(&listed, "expected an object, got a list: every decision is a line of its own");
        check("\n{\"decision\":\"hide\"}", "missing field `passages`");
        check("\n{\"decision\":\"merge\",\"passages\":[]}", "unknown variant `merge`");
        for (kind, passages, expect) in [
            ("same", "a", "expected 2 passages of same, got 1"),
            ("hide", "ab", "expected 1 passage of hide, got 2"),
            ("not-same", "aa", "got one twice: signs and spaces are no words"),
            ("split", "z", "expected 32 hex digits for a passage, got \"zzz"),
        ] {
            let keys = passages.chars().map(|c| format!("\"{}\"", c.to_string().repeat(32)));
            let keys = keys.collect::<Vec<_>>().join(",");
            check(&format!("\n{{\"decision\":\"{kind}\",\"passages\":[{keys}]}}"), expect);
        }
    }

    #[test]
    fn what_cannot_all_be_kept_is_named_with_all_its_lines() {
        for (lines, expect) in [
            (&[("same", "ab"), ("not-same", "ba")][..], "d.jsonl:3: contradicts line 1: expected"),
            (
                &[("not-same", "ac"), ("same", "ab"), ("same", "de"), ("same", "cb")],
                "d.jsonl:1: contradicts lines 3, 7: expected",
            ),
            (&[("split", "b"), ("same", "ab")], "d.jsonl:1: contradicts line 3: expected"),
        ] {
            let error = parsed(lines).unwrap_err().to_string();
            assert!(error.starts_with(expect), "{error}");
        }
        for lines in [
            &[("same", "ab"), ("not-same", "ac"), ("not-same", "bc")][..],
            &[("hide", "a"), ("same", "ab"), ("same", "ab"), ("split", "c"), ("not-same", "cd")],
        ] {
            parsed(lines).unwrap();
        }
    }
}
