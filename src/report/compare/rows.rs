//! In which rows do two articles stand side by side?

use crate::assemble::longest_increasing;
use crate::span::ByteSpan;
use ahash::AHashMap;
use std::cmp::Reverse;

/// A part of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// The site's own.
    Furniture(ByteSpan),
    /// Nothing is found for it in the other article.
    Own(ByteSpan),
    /// In both.
    Shared {
        /// The claim whose wording is shown, and then those whose wording overlaps it.
        carried: Vec<Carried>,
        /// With the punctuation around it.
        span: ByteSpan,
    },
}

/// An occurrence that an article has of a claim. Confirmed ones come first, then what begins first,
/// then what is longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Carried {
    pub is_suggested: bool,
    pub start: u32,
    pub end: Reverse<u32>,
    /// The claim, from 0.
    pub number: usize,
    /// Which of its occurrences.
    pub occurrence: usize,
}

impl Carried {
    fn span(&self) -> ByteSpan {
        ByteSpan { start: self.start, end: self.end.0 }
    }
}

/// Segments of both articles that stand next to each other: one shared passage, or what is before it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub a: Vec<Segment>,
    pub b: Vec<Segment>,
}

/// An article in segments, in text order. Of occurrences that overlap, the wording of one is shown
/// with the numbers of all: of a confirmed one before a suggested one.
pub(super) fn segments(
    text: &str,
    paragraphs: &[ByteSpan],
    furniture: &[ByteSpan],
    mut shared: Vec<Carried>,
) -> Vec<Segment> {
    shared.sort_unstable();
    let mut segments = Vec::new();
    for &paragraph in paragraphs {
        if furniture.contains(&paragraph) {
            segments.push(Segment::Furniture(paragraph));
            continue;
        }
        let here = shared.iter().filter(|carried| paragraph.contains(carried.span()));
        let passages = apart(here.copied());
        let starts = passages.iter().skip(1).map(|carried| carried[0].start);
        let mut from = paragraph.start;
        for (carried, until) in passages.iter().zip(starts.chain([paragraph.end])) {
            let span = with_punctuation(text, carried[0].span(), from, until);
            segments.extend(own(text, ByteSpan { start: from, end: span.start }));
            segments.push(Segment::Shared { carried: carried.clone(), span });
            from = span.end;
        }
        segments.extend(own(text, ByteSpan { start: from, end: paragraph.end }));
    }
    segments
}

/// Passages that do not overlap, in text order; each with those after it in rank that overlap it.
fn apart(ranked: impl Iterator<Item = Carried>) -> Vec<Vec<Carried>> {
    let mut passages: Vec<Vec<Carried>> = Vec::new();
    for carried in ranked {
        let overlaps = |passage: &&mut Vec<Carried>| {
            passage[0].start < carried.end.0 && carried.start < passage[0].end.0
        };
        match passages.iter_mut().find(overlaps) {
            None => passages.push(vec![carried]),
            // A claim may have two wordings here.
            Some(passage) if passage.iter().any(|other| other.number == carried.number) => {}
            Some(passage) => passage.push(carried),
        }
    }
    passages.sort_unstable_by_key(|passage| passage[0].start);
    passages
}

/// What is no mere punctuation.
fn own(text: &str, span: ByteSpan) -> Option<Segment> {
    span.of(text).contains(char::is_alphanumeric).then_some(Segment::Own(span))
}

/// With the marks that touch the span on either side, from `from` to `until`. Where the next passage
/// begins at `until`, the marks that open it are its own.
fn with_punctuation(text: &str, span: ByteSpan, from: u32, until: u32) -> ByteSpan {
    let is_mark = |c: &char| !c.is_alphanumeric() && !c.is_whitespace();
    let before = &text[from as usize..span.start as usize];
    let after = &text[span.end as usize..until as usize];
    let len = |marks: usize| marks as u32;
    let n_before = before.chars().rev().take_while(is_mark).map(char::len_utf8).sum();
    let closing = match after.chars().all(|c| is_mark(&c)) {
        true => after.trim_end_matches(OPENING),
        false => after,
    };
    let n_after = closing.chars().take_while(is_mark).map(char::len_utf8).sum();
    ByteSpan { start: span.start - len(n_before), end: span.end + len(n_after) }
}

/// Marks that open what follows, whatever is before them.
const OPENING: [char; 16] =
    ['“', '‘', '«', '‹', '„', '‚', '「', '『', '《', '〈', '【', '(', '（', '[', '¿', '¡'];

/// The rows of two articles. As many shared passages as the order of both allows stand in rows of
/// their own; the others stand where their article has them. `compared` has of each claim the
/// occurrences that are to stand next to each other, of A and of B.
pub(super) fn rows(a: Vec<Segment>, b: Vec<Segment>, compared: &[[usize; 2]]) -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut from_a, mut from_b) = (0, 0);
    for (at_a, at_b) in longest_increasing(&pairs(&a, &b, compared)) {
        let before = Row { a: a[from_a..at_a].to_vec(), b: b[from_b..at_b].to_vec() };
        let shared = Row { a: vec![a[at_a].clone()], b: vec![b[at_b].clone()] };
        rows.extend([before, shared]);
        (from_a, from_b) = (at_a + 1, at_b + 1);
    }
    rows.push(Row { a: a[from_a..].to_vec(), b: b[from_b..].to_vec() });
    rows.retain(|row| *row != Row::default());
    rows
}

/// Where both articles show the wordings of a claim that are compared, by place in A.
fn pairs(a: &[Segment], b: &[Segment], compared: &[[usize; 2]]) -> Vec<(usize, usize)> {
    let (in_a, in_b) = (places(a), places(b));
    let claims = compared.iter().enumerate();
    let mut pairs: Vec<(usize, usize)> = claims
        .filter_map(|(number, [of_a, of_b])| {
            Some((*in_a.get(&(number, *of_a))?, *in_b.get(&(number, *of_b))?))
        })
        .collect();
    pairs.sort_unstable();
    pairs
}

/// Where the wording of each occurrence is shown, by the claim and the occurrence.
pub(super) fn places(segments: &[Segment]) -> AHashMap<(usize, usize), usize> {
    let mut places = AHashMap::new();
    for (at, segment) in segments.iter().enumerate() {
        if let Segment::Shared { carried, .. } = segment {
            places.insert((carried[0].number, carried[0].occurrence), at);
        }
    }
    places
}
