//! In which rows do two articles stand side by side?

use crate::assemble::longest_increasing;
use crate::span::ByteSpan;
use ahash::AHashMap;

/// A part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Segment {
    /// The site's own.
    Furniture(ByteSpan),
    /// In this article alone.
    Own(ByteSpan),
    /// In both.
    Shared {
        /// The claim, from 0.
        number: usize,
        /// Which of its occurrences.
        occurrence: usize,
        /// With the punctuation around it.
        span: ByteSpan,
    },
}

/// Segments of both articles that stand next to each other: one shared passage, or what is before it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub a: Vec<Segment>,
    pub b: Vec<Segment>,
}

/// An article in segments, in text order. `shared` has the occurrences with the numbers of their
/// claims and their own; of two that overlap, the one that begins first is shown.
pub(super) fn segments(
    text: &str,
    paragraphs: &[ByteSpan],
    furniture: &[ByteSpan],
    mut shared: Vec<(ByteSpan, usize, usize)>,
) -> Vec<Segment> {
    shared.sort_unstable();
    let mut segments = Vec::new();
    for &paragraph in paragraphs {
        let here = shared.iter().filter(|(span, ..)| paragraph.contains(*span)).peekable();
        if furniture.contains(&paragraph) {
            segments.push(Segment::Furniture(paragraph));
            continue;
        }
        let mut from = paragraph.start;
        for &(span, number, occurrence) in here {
            let span = with_punctuation(text, span, paragraph);
            if span.start < from {
                continue;
            }
            segments.extend(own(text, ByteSpan { start: from, end: span.start }));
            segments.push(Segment::Shared { number, occurrence, span });
            from = span.end;
        }
        segments.extend(own(text, ByteSpan { start: from, end: paragraph.end }));
    }
    segments
}

/// What is no mere punctuation.
fn own(text: &str, span: ByteSpan) -> Option<Segment> {
    span.of(text).contains(char::is_alphanumeric).then_some(Segment::Own(span))
}

/// With the marks that touch the span on either side.
fn with_punctuation(text: &str, span: ByteSpan, paragraph: ByteSpan) -> ByteSpan {
    let is_mark = |c: &char| !c.is_alphanumeric() && !c.is_whitespace();
    let before = &text[paragraph.start as usize..span.start as usize];
    let after = &text[span.end as usize..paragraph.end as usize];
    let len = |marks: usize| marks as u32;
    let n_before = before.chars().rev().take_while(is_mark).map(char::len_utf8).sum();
    let n_after = after.chars().take_while(is_mark).map(char::len_utf8).sum();
    ByteSpan { start: span.start - len(n_before), end: span.end + len(n_after) }
}

/// The rows of two articles. As many shared passages as the order of both allows stand in rows of
/// their own; the others stand where their article has them.
pub(super) fn rows(a: Vec<Segment>, b: Vec<Segment>) -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut from_a, mut from_b) = (0, 0);
    for (at_a, at_b) in longest_increasing(&pairs(&a, &b)) {
        let before = Row { a: a[from_a..at_a].to_vec(), b: b[from_b..at_b].to_vec() };
        let shared = Row { a: vec![a[at_a]], b: vec![b[at_b]] };
        rows.extend([before, shared]);
        (from_a, from_b) = (at_a + 1, at_b + 1);
    }
    rows.push(Row { a: a[from_a..].to_vec(), b: b[from_b..].to_vec() });
    rows.retain(|row| *row != Row::default());
    rows
}

/// The first places of each claim that has some in both, by place in A.
fn pairs(a: &[Segment], b: &[Segment]) -> Vec<(usize, usize)> {
    let in_b = first_places(b);
    let mut pairs: Vec<(usize, usize)> = (first_places(a).into_iter())
        .filter_map(|(number, at)| Some((at, *in_b.get(&number)?)))
        .collect();
    pairs.sort_unstable();
    pairs
}

/// Where each claim stands first.
fn first_places(segments: &[Segment]) -> AHashMap<usize, usize> {
    let mut places = AHashMap::new();
    for (at, segment) in segments.iter().enumerate() {
        if let Segment::Shared { number, .. } = segment {
            places.entry(*number).or_insert(at);
        }
    }
    places
}
