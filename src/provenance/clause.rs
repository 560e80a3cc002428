//! Which noun phrase is the subject of a verb of saying that does not stand beside it?
//!
//! Behind a preposition's noun, a comma or words of place and time, the subject is what the clause
//! starts with, if that can only be a person, an office or an organisation.

use super::lexicon::Class;
use super::name::{
    evidence, is_bare_name, is_plain, is_titled_name, opens_office, reads_as_office,
};
use super::phrase::{Subject, ending_at, grow};
use super::role;
use super::words::{Gap, Word};

/// The subject of a clause whose verb stands behind a preposition's noun: "Tahir Della dari
/// organisasi … in Germany mengatakan". It starts the clause.
///
/// A role without a name of its own goes on to its place: "the head of the agency in Sagara said".
pub(super) fn clause_subject(
    text: &str,
    words: &[Word],
    preposition: usize,
    end: usize,
) -> Option<Subject> {
    let mut start = (0..=preposition).rev().find(|&i| words[i].gap != Gap::Space)?;
    let definite = words[start].is(Class::Determiner);
    start += usize::from(definite);
    let first = &words[start];
    if first.is(Class::Pronoun) {
        return Some(Subject::stand_in(first));
    }
    let phrase = start..grow(text, words, start, definite);
    let stands = phrase.end <= preposition && words[phrase.end].is(Class::Preposition);
    // "Lavrov melalui juru bicaranya"
    let by_means = || matches!(words[phrase.end].span.of(text), "melalui" | "lewat" | "via");
    let person = is_bare_name(text, words, phrase.clone())
        || opens_office(first)
        || definite && reads_as_office(words, &phrase)
        || stands && phrase.len() == 1 && is_plain(text, first) && by_means();
    let subject = stands && person && !phrase.is_empty() && !first.is(Class::End);
    let unnamed = definite && !words[phrase.clone()].iter().any(|w| w.capital);
    let placed = unnamed
        && phrase.end == preposition
        && words[preposition + 1..end].iter().all(|w| w.capital && w.gap == Gap::Space);
    let phrase = if placed { phrase.start..end } else { phrase };
    subject.then_some(Subject::Phrase(phrase))
}

/// The subject of a verb behind a comma: "Baunov, analis di Carnegie Moscow Center, mengatakan".
pub(super) fn before_comma(text: &str, words: &[Word], end: usize) -> Option<Subject> {
    let inner = (0..end).rev().find(|&i| words[i].gap != Gap::Space)?;
    let apposed = (words[inner].gap == Gap::Comma).then(|| ending_at(text, words, inner)).flatten();
    match apposed {
        None => match ending_at(text, words, end)? {
            Subject::Phrase(phrase) if phrase.start == inner => Some(Subject::Phrase(phrase)),
            _ => None,
        },
        Some(Subject::Phrase(office))
            if reads_as_office(words, &office) && is_titled_name(text, words, inner..end) =>
        {
            Some(Subject::Phrase(inner..end))
        }
        subject => subject,
    }
}

fn is_relative(text: &str, word: &Word) -> bool {
    matches!(word.span.of(text), "yang" | "who")
}

/// The subject that its sentence starts with, before words of place and time that a comma ends:
/// "Retno Marsudi saat ditemui di Jakarta, Senin (10/1/2022), mengatakan".
pub(super) fn opening_subject(text: &str, words: &[Word], verb: usize) -> Option<Subject> {
    let sentence = (0..=verb).rev().find(|&i| words[i].gap == Gap::Stop)?;
    let says = [Class::SpeechDirect, Class::SpeechEither, Class::SpeechAct, Class::SpeechInverted];
    let told = |w: &Word| w.quoted || !w.capital && w.classes.any(&says);
    if words[sentence..verb].iter().any(told) {
        return None;
    }
    if words[verb].gap == Gap::Space && words[sentence].is(Class::Determiner) {
        return role::between(words, sentence, verb);
    }
    let definite = words[sentence].is(Class::Determiner);
    let start = sentence + usize::from(definite);
    let first = words.get(start)?;
    if first.is(Class::Pronoun) {
        return Some(Subject::stand_in(first));
    }
    let phrase = start..grow(text, words, start, definite);
    let next = words.get(phrase.end).filter(|_| phrase.end < verb)?;
    let apart = match words[verb].gap {
        Gap::Comma => next.gap == Gap::Comma || next.gap == Gap::Space && next.is(Class::End),
        // "Kepala Dinas Kesehatan yang hadir di lokasi mengatakan"
        _ => {
            is_relative(text, next) && words[phrase.end..=verb].iter().all(|w| w.gap == Gap::Space)
        }
    };
    let alone = || {
        let found = evidence(text, first);
        phrase.len() == 1 && is_plain(text, first) && (found.is_named || next.gap == Gap::Comma)
    };
    let person = is_bare_name(text, words, phrase.clone())
        || opens_office(first)
        || definite && reads_as_office(words, &phrase)
        || alone();
    let subject = apart && person && !phrase.is_empty() && !first.is(Class::End);
    subject.then_some(Subject::Phrase(phrase))
}
