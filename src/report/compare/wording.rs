//! How is a text shown of which the other article has some of the words?

use super::{BOTH, PLAIN};
use crate::claim::{Claim, Edit, Status};
use crate::report::screen::Flow;
use crate::report::text::{ADDED, REMOVED};
use crate::span::ByteSpan;
use crate::text::tokenize::tokenize;
use anstyle::Style;
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
    let mark = [(REMOVED, "[-", "-]"), (ADDED, "{+", "+}")][side];
    let at = |words: Range<usize>| own.start as usize + words.start..own.start as usize + words.end;
    push_marked(text, span, marked.into_iter().map(at), mark, flow);
}

/// Adds a text outside of passages. Words in `verbatim` runs are `_so_`.
pub(super) fn push_own(text: &str, span: ByteSpan, verbatim: &[ByteSpan], flow: &mut Flow) {
    let here = verbatim.iter().filter_map(|run| within(text, span, *run));
    push_marked(text, span, here, (BOTH, "_", "_"), flow);
}

/// Whether any word of a text is in a `verbatim` run.
pub(super) fn has_verbatim(text: &str, span: ByteSpan, verbatim: &[ByteSpan]) -> bool {
    verbatim.iter().any(|run| within(text, span, *run).is_some())
}

/// The words of a run that stand in `span`, with the bracket that closes one among them: a run may
/// begin or end in a passage.
fn within(text: &str, span: ByteSpan, run: ByteSpan) -> Option<Range<usize>> {
    let (start, end) = (run.start.max(span.start) as usize, run.end.min(span.end) as usize);
    let words = text.get(start..end)?.trim_end();
    let own = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (end, start) = (start + words.len(), start + words.len() - own.len());
    let is_open = own.matches(')').count() < own.matches('(').count();
    let closes = is_open && text[end..span.end as usize].starts_with(')');
    (!own.is_empty()).then_some(start..end + usize::from(closes))
}

/// Adds a text with words in marks of a style.
fn push_marked(
    text: &str,
    span: ByteSpan,
    marked: impl Iterator<Item = Range<usize>>,
    (style, open, close): (Style, &str, &str),
    flow: &mut Flow,
) {
    let mut shown = Shown { flow, after_space: true };
    let mut from = span.start as usize;
    for words in marked {
        shown.push(PLAIN, &text[from..words.start]);
        shown.push(style, &format!("{open}{}{close}", &text[words.clone()]));
        from = words.end;
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
    fn push(&mut self, style: Style, text: &str) {
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
