//! Who speaks in a headline in Title Case, where verbs have capitals like names?
//!
//! "…, Governor Says", "…, Kata Gubernur": the last clause is nothing but the verb and an office, an
//! organisation or a name that speaks elsewhere in the article.

use super::lexicon::Class;
use super::name::{self, opens_office};
use super::phrase::Subject;
use super::speaker::Attribution;
use super::words::{Gap, Word};
use std::ops::Range;

/// Letters of a word that Title Case may leave in lower case.
const SMALL: usize = 4;
/// Words of the speaker at most.
const LONGEST: usize = 5;

/// The speaker that the last clause of a headline names.
pub(super) fn speaker(text: &str, words: &[Word]) -> Option<Attribution> {
    let large = |w: &&Word| SMALL < w.span.len();
    if !words.iter().filter(large).all(|w| w.capital) {
        return None;
    }
    let start = words.iter().rposition(|w| Gap::Comma <= w.gap)?;
    if !(Gap::Comma..=Gap::Dash).contains(&words[start].gap) {
        return None;
    }
    let subject = if words[start].is(Class::SpeechInverted) {
        start + 1..words.len()
    } else {
        let verb = (start + 1..words.len()).find(|&i| says(text, &words[i]))?;
        let closes = words.get(verb + 1).is_none_or(|w| w.is(Class::End));
        start..if closes { verb } else { start }
    };
    is_speaker(text, words, &subject)
        .then(|| Attribution::of(text, words, Subject::Phrase(subject)))
}

/// Whether the word is an English verb of saying in the present, as headlines have it: in the past it
/// may be a participle ("Army Told To Leave").
fn says(text: &str, word: &Word) -> bool {
    let form = word.span.of(text);
    word.capital
        && word.classes.any(&[Class::SpeechEither, Class::SpeechDirect])
        && (form.ends_with('s') || form == "Say")
}

fn is_speaker(text: &str, words: &[Word], subject: &Range<usize>) -> bool {
    let part = |w: &Word| w.capital && !w.classes.any(&[Class::End, Class::Pronoun]);
    let spaced = || words[subject.clone()].iter().skip(1).all(|w| w.gap == Gap::Space);
    let office = || words[subject.clone()].iter().any(|w| opens_office(w) || w.is(Class::Title));
    (1..=LONGEST).contains(&subject.len())
        && words[subject.clone()].iter().all(part)
        && spaced()
        && (office() || name::speaks(text, words, subject))
}
