//! How is a passage shown whose wording the other article has otherwise?

use super::PLAIN;
use crate::claim::{Claim, Edit, Status};
use crate::report::screen::Flow;
use crate::report::text::{ADDED, REMOVED};
use crate::span::ByteSpan;
use crate::text::tokenize::tokenize;
use std::ops::Range;

/// Adds an occurrence as its article has it, `span` with the punctuation around it. Words that only
/// article A has (side 0) are `[-so-]`, those that only B has `{+so+}`.
pub(super) fn push(
    claim: &Claim,
    occurrence: usize,
    side: usize,
    span: ByteSpan,
    text: &str,
    flow: &mut Flow,
) {
    let own = claim.occurrences[occurrence].span;
    let marked = match claim.status {
        // Where nearly all differs, marks hide the words.
        Status::Suggested => Vec::new(),
        _ => marked(claim, occurrence, own.of(text)).unwrap_or_default(),
    };
    let (style, open, close) = [(REMOVED, "[-", "-]"), (ADDED, "{+", "+}")][side];
    let mut shown = Shown { flow, after_space: true };
    let mut from = span.start as usize;
    for words in marked {
        let (start, end) = (own.start as usize + words.start, own.start as usize + words.end);
        shown.push(PLAIN, &text[from..start]);
        shown.push(style, &format!("{open}{}{close}", &text[start..end]));
        from = end;
    }
    shown.push(PLAIN, &text[from..span.end as usize]);
}

/// Bytes of a wording that the other article's lacks. `None` where its words cannot be told: some were
/// taken apart for comparison, and are one word here.
fn marked(claim: &Claim, occurrence: usize, exact: &str) -> Option<Vec<Range<usize>>> {
    let own = &claim.occurrences[occurrence];
    let is_reference = own.doc == claim.occurrences[claim.representative].doc;
    if is_reference && !own.edits.iter().all(|edit| matches!(edit, Edit::Same(_))) {
        // It is compared with its own article's wording only.
        return None;
    }
    let edits = match is_reference {
        false => &own.edits,
        true => &claim.occurrences[partner(claim)?].edits,
    };
    let tokens = tokenize(exact);
    let (mut at, mut marked) = (0, Vec::new());
    for edit in edits {
        let (words, is_own) = match edit {
            Edit::Same(words) => (words, false),
            Edit::Removed(words) if is_reference => (words, true),
            Edit::Added(words) if !is_reference => (words, true),
            _ => continue,
        };
        let here = tokens.get(at..at + tokenize(words).len())?;
        if let ([first, ..], [.., last], true) = (here, here, is_own) {
            marked.push(first.span.start as usize..last.span.end as usize);
        }
        at += here.len();
    }
    (at == tokens.len()).then_some(marked)
}

/// The occurrence of the other article that is most like the representative.
pub(super) fn partner(claim: &Claim) -> Option<usize> {
    let doc = claim.occurrences[claim.representative].doc;
    let others = claim.occurrences.iter().enumerate().filter(|(_, other)| other.doc != doc);
    others.min_by_key(|(_, other)| n_changed(&other.edits)).map(|(occurrence, _)| occurrence)
}

/// Words that only one of two wordings has.
fn n_changed(edits: &[Edit]) -> usize {
    let words = |edit: &Edit| match edit {
        Edit::Same(_) => 0,
        Edit::Removed(words) | Edit::Added(words) => tokenize(words).len(),
    };
    edits.iter().map(words).sum()
}

/// Text in pieces that touch as in the article.
struct Shown<'f> {
    flow: &'f mut Flow,
    after_space: bool,
}

impl Shown<'_> {
    fn push(&mut self, style: anstyle::Style, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.after_space && !text.starts_with(char::is_whitespace) {
            self.flow.glue();
        }
        self.flow.push(style, text);
        self.after_space = text.ends_with(char::is_whitespace);
    }
}
