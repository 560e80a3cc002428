//! Where is a sentence cut that is too long?

use super::{WORD, starting_at, step};
use crate::span::ByteSpan;
use crate::text::paragraph::is_blank;
use crate::text::quotation::Quotation;
use unicode_normalization::char::is_combining_mark;

/// Units outside quotations from which on a sentence is cut: eighty words.
const LONG: usize = 80 * WORD;

/// Where a long sentence may be cut, in units from its start: neither piece gets too short.
const CUTS: std::ops::RangeInclusive<usize> = LONG / 4..=LONG - LONG / 8;

/// End of the first piece of a sentence that is too long: after the last clause within [`CUTS`],
/// else the last comma, else the last space, else the last token. `None` where the sentence is not
/// too long. A quotation counts as a word.
pub(super) fn clause_end(
    text: &str,
    sentence: ByteSpan,
    quotations: &[Quotation],
) -> Option<usize> {
    if most_units(sentence.of(text)) <= LONG {
        return None;
    }
    let (mut at, end) = (sentence.start as usize, sentence.end as usize);
    let mut quotations =
        &quotations[quotations.partition_point(|q| q.outer.start < sentence.start)..];
    let (mut n_units, mut in_word) = (0, false);
    let mut best: Option<(Boundary, usize)> = None;
    while let Some(c) = text[at..end].chars().next() {
        let quotation = starting_at(quotations, at);
        let boundary = match quotation {
            Some(_) => Some((Boundary::Space, at)),
            None => boundary(text, at, c, in_word),
        };
        let in_range = CUTS.contains(&n_units) || CUTS.end() < &n_units && best.is_none();
        best = best.max(boundary.filter(|_| in_range));
        if let Some((quotation, rest)) = quotation {
            (at, quotations, in_word) = (quotation.outer.end as usize, rest, false);
            n_units += WORD;
        } else {
            n_units += step(c, &mut in_word);
            at += c.len_utf8();
        }
        if LONG < n_units
            && let Some((_, cut)) = best
        {
            return Some(cut);
        }
    }
    None
}

/// Units that a text has at most: a word before and after each character that is no ASCII letter or
/// digit.
fn most_units(text: &str) -> usize {
    let n_others = text.bytes().filter(|byte| !byte.is_ascii_alphanumeric()).count();
    WORD * (n_others + 1)
}

/// Where a sentence may be cut, from worst to best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Boundary {
    Token,
    Space,
    Comma,
    Clause,
}

/// The boundary at `c`, which stands at `at`, and the offset to cut at.
fn boundary(text: &str, at: usize, c: char, in_word: bool) -> Option<(Boundary, usize)> {
    let next = at + c.len_utf8();
    let spaced = || text[next..].chars().next().is_none_or(is_blank);
    match c {
        '；' | '：' | '\n' | '\r' | '؛' => Some((Boundary::Clause, next)),
        ';' | ':' | '-' | '‐'..='―' if spaced() => Some((Boundary::Clause, next)),
        '，' | '、' | '،' => Some((Boundary::Comma, next)),
        ',' if spaced() => Some((Boundary::Comma, next)),
        _ if is_blank(c) => Some((Boundary::Space, next)),
        // A vowel sign stays with its letter.
        _ if c.is_alphanumeric() && !in_word && !is_combining_mark(c) => {
            Some((Boundary::Token, at))
        }
        _ => None,
    }
}
