//! Who speaks by a role alone, without a name?
//!
//! "the winner of the deciding match", "seorang pengungsi", "analyst at Sekuritas Muara": any noun can
//! be a role, so an article, an office or the verb's place has to show that it is one.

use super::lexicon::Class;
use super::name::{is_lower, opens_office};
use super::phrase::{MAX_LOWER, MAX_WORDS, STOPS, Subject, grow};
use super::words::{Gap, Word};
use std::ops::Range;

/// The role without a name or an article that starts at word `from`, as right behind a quotation and
/// its verb: "kata dokter jaga".
pub(super) fn role_after(text: &str, words: &[Word], from: usize) -> Option<Subject> {
    let first = words.get(from).filter(|w| w.gap == Gap::Space && !w.capital && !w.quoted)?;
    let closed = first.classes.any(&STOPS) || first.is(Class::Adverb) || first.is_number(text);
    let phrase = from..grow(text, words, from, true);
    if closed || phrase.is_empty() || !may_say(words, &phrase) {
        return None;
    }
    let points_back = words[phrase.end - 1].is(Class::Deictic);
    Some(if points_back { Subject::Unnamed } else { Subject::Phrase(phrase) })
}

pub(super) fn may_say(words: &[Word], phrase: &Range<usize>) -> bool {
    !words[phrase.clone()].iter().any(|w| w.is(Class::Document) || w.quoted)
}

/// Whether the word says that any one of a kind is meant: "an analyst", "sebuah bank".
pub(super) fn is_any(text: &str, words: &[Word], at: usize) -> bool {
    let any = |w: &Word| matches!(w.span.of(text), "a" | "an" | "seorang" | "sebuah" | "suatu");
    words.get(at).is_some_and(any)
}

/// The end of a role without a name together with where it is held: "analyst at Sekuritas Muara",
/// "head of a bank in Singapore". Without it, it is nobody's. `anyone`: the role is any of its kind.
pub(super) fn with_place(text: &str, words: &[Word], role: Range<usize>, anyone: bool) -> usize {
    let spaced = |at: usize| words.get(at).filter(|w| w.gap == Gap::Space);
    let named = words[role.clone()].iter().any(|w| w.capital);
    // "said a resident in Sagara" may tell where he said it; "of a bank in Sagara" hardly does.
    let of_any = role.clone().skip(1).any(|i| is_any(text, words, i));
    let says_where = |w: &Word| matches!(w.span.of(text), "in" | "di");
    let preposition = spaced(role.end)
        .filter(|w| is_lower(w, Class::Preposition))
        .is_some_and(|w| of_any || anyone && !says_where(w));
    let place = role.end + 1..words.len().min(role.end + 1 + MAX_LOWER);
    let run = place.take_while(|&i| spaced(i).is_some_and(|w| w.capital)).last();
    run.filter(|_| preposition && !named && !role.is_empty()).map_or(role.end, |last| last + 1)
}

/// A role without a name that is all between `start` and its verb: "the winner of the deciding match
/// said". It opens with an article, or ends in an office: "one survivor told".
pub(super) fn between(words: &[Word], start: usize, verb: usize) -> Option<Subject> {
    const NO_PART: [Class; 7] = [
        Class::Auxiliary,
        Class::Pronoun,
        Class::Document,
        Class::Deictic,
        Class::SpeechDirect,
        Class::SpeechEither,
        Class::According,
    ];
    let end = (start..verb).rev().find(|&i| !is_lower(&words[i], Class::Adverb))? + 1;
    let mut inner = start + 1..=verb;
    let whole = end - start <= MAX_WORDS && inner.all(|i| words[i].gap == Gap::Space);
    let definite = words[start].is(Class::Determiner);
    let role = definite && 2 <= end - start
        || opens_office(&words[end - 1]) && !words[start].classes.any(&[Class::End, Class::Adverb]);
    // "The operator apologised and said" has another verb.
    let broken = |w: &Word| w.quoted || w.classes.any(&NO_PART);
    let role = role && !words[end - 1].classes.any(&[Class::End, Class::Connector]);
    // "one survivor": the first word of several is no pronoun.
    let from = if 2 <= end - start { start + 1 } else { start };
    let stands = whole && role && !words[from..end].iter().any(broken);
    stands.then_some(Subject::Phrase(start + usize::from(definite)..end))
}

/// The role behind a comma that a sentence ends with: "The road is open, the airline said on Monday."
pub(super) fn closing_subject(text: &str, words: &[Word], verb: usize) -> Option<Subject> {
    let start = (0..=verb).rev().find(|&i| words[i].gap != Gap::Space)?;
    let behind = words.get(verb + 1);
    let closes = behind.is_none_or(|w| {
        w.gap != Gap::Space || is_lower(w, Class::Preposition) && w.span.of(text) != "about"
    });
    let opens = (Gap::Comma..=Gap::Dash).contains(&words[start].gap);
    let role_of =
        || words[start].is(Class::Determiner).then(|| between(words, start, verb)).flatten();
    (opens && closes).then(role_of).flatten()
}
