//! Who speaks behind a colon, without a verb of saying?
//!
//! `X: "…"` in a text, and `X: …` in headlines, where the words before a colon are more often a topic
//! than a person: the article itself has to show that X speaks.

use super::lexicon::Class;
use super::name::{self, is_bare_name};
use super::phrase::{self, Subject};
use super::speaker::{Attribution, is_single};
use super::words::{Gap, Word};
use std::ops::Range;

/// `X: "…"`: the whole clause before the colon is a name of two words or more, or an office; or a
/// full name set beside an office ends it: `…, the bank's president, X: "…"`.
pub(super) fn before_quotation(text: &str, words: &[Word], opening: usize) -> Option<Attribution> {
    let last = words.last()?;
    let mark = text[last.span.end as usize..opening].trim();
    let clause_start = words.iter().rposition(|w| Gap::Quote <= w.gap)?;
    let ends_in_colon = mark.trim_end_matches(is_single).ends_with([':', '：']);
    if !ends_in_colon || last.quoted {
        return None;
    }
    let whole = |phrase: &Range<usize>| phrase.start == clause_start && 2 <= phrase.len();
    let apposed = |phrase: &Range<usize>| {
        words[phrase.start].gap == Gap::Comma && is_bare_name(text, words, phrase.clone())
    };
    match phrase::ending(text, words)? {
        Subject::Phrase(phrase) if whole(&phrase) || apposed(&phrase) => {
            Some(Attribution::of(text, words, Subject::Phrase(phrase)))
        }
        _ => None,
    }
}

/// "Blinken: …", "…, Kepala BNPB: …", as headlines have it.
pub(super) fn headed(text: &str, words: &[Word]) -> Option<Attribution> {
    let colon = words.iter().position(|w| w.gap == Gap::Colon)?;
    let Subject::Phrase(phrase) = phrase::ending(text, &words[..colon])? else {
        return None;
    };
    let first = &words[phrase.start];
    // Behind a comma an office is no topic: "…, Pelatih: …".
    let behind_comma = first.gap == Gap::Comma;
    let office = behind_comma && first.is(Class::Office);
    let speaks = || name::speaks(text, words, &phrase) || in_own_words(text, words, colon);
    let heads = (phrase.start == 0 || behind_comma) && (office || speaks());
    heads.then(|| Attribution::of(text, words, Subject::Phrase(phrase)))
}

/// Whether what stands behind the colon starts as a person speaks of himself: "Kami …", "We …".
fn in_own_words(text: &str, words: &[Word], colon: usize) -> bool {
    let first_person = |w: &Word| {
        let word = w.span.of(text).to_lowercase();
        matches!(word.as_str(), "saya" | "aku" | "kami" | "i" | "we" | "my" | "our")
    };
    words[colon..].iter().take(3).any(first_person)
}
