//! Who says a quotation that is a sentence of its own, by the sentence beside it?
//!
//! `X mengatakan pertemuan itu lancar. "…"` goes on with X, and `"…" Demikian disampaikan X.` looks
//! back. A quotation that is part of a sentence, as scare quotes are, has its speaker there or
//! nowhere; and a sentence that only tells something names nobody who speaks.

use super::lexicon::Class;
use super::phrase;
use super::speaker::{Attribution, REACH, in_statement, is_verb_form, subject_after};
use super::words::{Gap, Word, end_of_reach, floor, is_double_quote, words};
use crate::span::ByteSpan;
use crate::text::paragraph::is_terminal;

/// The attribution in the sentence before or behind a quotation whose marks are `opening` and
/// behind `quotation`.
pub(super) fn attribution(
    text: &str,
    quotation: ByteSpan,
    opening: usize,
    paragraph: ByteSpan,
) -> Option<Attribution> {
    if !stands_alone(text, quotation, opening, paragraph) {
        return None;
    }
    before(text, opening, paragraph).or_else(|| behind(text, quotation, paragraph))
}

/// Whether the quotation starts and ends a sentence.
fn stands_alone(text: &str, quotation: ByteSpan, opening: usize, paragraph: ByteSpan) -> bool {
    let ahead = text[(paragraph.start as usize).min(opening)..opening].trim_end();
    let starts = ahead.is_empty() || ahead.ends_with(is_terminal);
    let rest = &text[quotation.end as usize..(paragraph.end as usize).max(quotation.end as usize)];
    let rest = rest.trim_start_matches(is_double_quote).trim_start();
    let inside = quotation.of(text).trim_end().ends_with(is_terminal);
    starts && (inside && !rest.starts_with(char::is_lowercase) || rest.starts_with(is_terminal))
}

/// The attribution in the sentence that ends before the quotation.
fn before(text: &str, opening: usize, paragraph: ByteSpan) -> Option<Attribution> {
    let start = (paragraph.start as usize).min(opening);
    let from = floor(text, start.max(opening.saturating_sub(REACH)));
    let words = words(text, ByteSpan::new(from, opening));
    let first = words.iter().rposition(|w| w.gap == Gap::Stop)?;
    // A sentence that the reach cuts in two is none.
    if first == 0 && start < from {
        return None;
    }
    let sentence = &words[first..];
    (0..sentence.len())
        .filter(|&i| !sentence[i].quoted && is_verb_form(&sentence[i]))
        .find_map(|verb| in_statement(text, sentence, verb))
}

/// The attribution in the sentence that starts behind the quotation: "Demikian disampaikan X".
fn behind(text: &str, quotation: ByteSpan, paragraph: ByteSpan) -> Option<Attribution> {
    let close = quotation.end as usize;
    let limit = end_of_reach(text, close, REACH, (paragraph.end as usize).max(close));
    let words = words(text, ByteSpan::new(close, limit));
    let end = (1..words.len()).find(|&i| words[i].gap == Gap::Stop).unwrap_or(words.len());
    let words = &words[..end];
    let verb = words.iter().position(|w| w.classes.any(&SAYS))?;
    let points_back = 0 < verb && verb <= 5 && words[..verb].iter().all(is_small);
    let subject = points_back.then(|| subject_after(text, words, verb)).flatten()?;
    matches!(subject, phrase::Subject::Phrase(_)).then(|| Attribution::of(text, words, subject))
}

const SAYS: [Class; 2] = [Class::SpeechPassive, Class::SpeechInverted];

/// Whether the word only points at what was said.
pub(super) fn is_small(word: &Word) -> bool {
    word.classes.any(&[
        Class::Adverb,
        Class::Deictic,
        Class::Document,
        Class::Determiner,
        Class::Auxiliary,
        Class::End,
    ])
}
