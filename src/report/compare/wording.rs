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
    let is_reference = occurrence == claim.representative;
    let edits = match is_reference {
        false => &claim.occurrences[occurrence].edits,
        true => {
            let doc = claim.occurrences[occurrence].doc;
            &claim.occurrences.iter().find(|other| other.doc != doc)?.edits
        }
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
