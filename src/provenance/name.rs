//! Which part of a speaker's phrase is a personal name?
//!
//! A title is cut off only where the phrase's own form shows where the name begins ("Kombes …",
//! "… (BMKG) …", "Menteri Luar Negeri AS …"), or the rest of the article does: a word that
//! speaks by itself there is no part of a title. Else the whole phrase stands.

use super::calendar;
use super::lexicon::{Class, classes};
use super::words::{Gap, Word, floor, words as words_in};
use crate::span::ByteSpan;
use memchr::memmem;
use std::ops::Range;

/// The span of the name in a phrase: without its title where that can be told, else all of it
/// but a word that points back ("kementerian itu"). A bracket that it opens, it closes.
pub(super) fn name(text: &str, words: &[Word], phrase: Range<usize>) -> ByteSpan {
    let start = name_start(text, words, &phrase).unwrap_or(phrase.start);
    let points_back = start + 1 < phrase.end && is_lower(&words[phrase.end - 1], Class::Deictic);
    let last = phrase.end - 1 - usize::from(points_back);
    let span = ByteSpan { start: words[start].span.start, end: words[last].span.end };
    let open = span.of(text).matches('(').count() > span.of(text).matches(')').count();
    let closes = open && text[span.end as usize..].starts_with(')');
    ByteSpan { start: span.start, end: span.end + u32::from(closes) }
}

/// Whether the phrase is an office with an acronym ("Menlu AS") or its name speaks elsewhere in the article.
pub(super) fn speaks(text: &str, words: &[Word], phrase: &Range<usize>) -> bool {
    let heard = |i: usize| {
        let found = evidence(text, &words[i]);
        is_plain(text, &words[i]) && !found.is_place && (found.is_named || found.is_surname())
    };
    let office = opens_office(&words[phrase.start]);
    office && words[phrase.clone()].iter().any(|w| w.is_acronym(text))
        || phrase.clone().any(heard)
        || 2 <= phrase.len() && is_heard(text, words, phrase)
}

/// Whether the whole phrase speaks elsewhere in the article, perhaps as part of a longer one: "kata
/// koordinator Jaring Anggaran Pesisir".
fn is_heard(text: &str, words: &[Word], phrase: &Range<usize>) -> bool {
    let (first, last) = (&words[phrase.start], &words[phrase.end - 1]);
    let whole = ByteSpan { start: first.span.start, end: last.span.end };
    uses(text, whole).into_iter().any(|span| {
        let near = floor(text, (span.start as usize).saturating_sub(REACH));
        let lead = words_in(text, ByteSpan::new(near, span.start as usize));
        let verb = lead.iter().rev().take(LEAD).position(|w| w.classes.any(&SAYS_BEFORE));
        let spaced = |n: usize| lead.iter().rev().take(n).all(|w| w.gap == Gap::Space);
        let (_, right) = neighbours(text, span);
        verb.is_some_and(spaced) || classes(right).any(&SAYS_BEHIND)
    })
}

fn name_start(text: &str, words: &[Word], phrase: &Range<usize>) -> Option<usize> {
    let first = &words[phrase.start];
    let titled =
        words[phrase.clone()].iter().any(|w| w.classes.any(&[Class::Office, Class::Title]));
    after_honorific(text, words, phrase).or_else(|| {
        if first.is(Class::Unit) || first.capital && !titled {
            return None;
        }
        by_evidence(text, words, phrase)
            .or_else(|| after_bracket(text, words, phrase))
            .or_else(|| after_acronym(text, words, phrase))
            .or_else(|| after_title(text, words, phrase))
            .or_else(|| after_part(text, words, phrase))
    })
}

/// "direktur Carnegie Moscow Center (Rusia) Dmitry Trenin".
fn after_bracket(text: &str, words: &[Word], phrase: &Range<usize>) -> Option<usize> {
    let start = phrase.clone().skip(1).rev().find(|&i| words[i].gap == Gap::Close)?;
    is_bare_name(text, words, start..phrase.end).then_some(start)
}

/// "Kapolda Metro Jaya Irjen Fadil Imran": a rank or a form of address precedes the name.
fn after_honorific(text: &str, words: &[Word], phrase: &Range<usize>) -> Option<usize> {
    let rank = phrase.clone().rev().find(|&i| words[i].is(Class::Honorific))?;
    let start = (rank + 1..phrase.end).find(|&i| !words[i].is_acronym(text))?;
    let named = (start..phrase.end).all(|i| words[i].capital || is_particle_at(words, i));
    (named && is_plain(text, &words[start])).then_some(start)
}

/// "Menteri Luar Negeri AS Antony Blinken": two or three plain words behind an acronym that
/// belongs to an office.
fn after_acronym(text: &str, words: &[Word], phrase: &Range<usize>) -> Option<usize> {
    let acronym = phrase.clone().rev().find(|&i| words[i].is_acronym(text))?;
    let tail = acronym + 1..phrase.end;
    let office = words[phrase.start].is(Class::Office);
    let placed = || tail.clone().any(|i| evidence(text, &words[i]).is_place);
    (office && tail.len() <= 3 && is_bare_name(text, words, tail.clone()) && !placed())
        .then_some(tail.start)
}

/// "Secretary of State Antony Blinken", "Presiden Joko Widodo", "Menteri Luar Negeri Rusia Sergei
/// Lavrov": these offices precede the name directly, or with what they are of between.
fn after_title(text: &str, words: &[Word], phrase: &Range<usize>) -> Option<usize> {
    let titles = [Class::Title, Class::StateOffice];
    // "Direktur Jenderal" leads to a field, not to a name.
    let completes = |i: usize| phrase.start < i && words[i - 1].is(Class::Ranked);
    let title = phrase.clone().find(|&i| words[i].classes.any(&titles) && !completes(i))?;
    let start = tail_start(text, words, phrase).filter(|&start| title < start)?;
    let before = &words[start - 1];
    let known = before.is(Class::Title) || 2 <= phrase.end - start;
    let placed = before.classes.any(&[Class::Connector, Class::PlaceHead, Class::Unit]);
    (known && phrase.end - start <= 4 && !placed).then_some(start)
}

/// "Gubernur Jawa Tengah Ganjar Pranowo", "Kepala Dinas Kesehatan …": any office, behind a part of
/// its own name that is no part of a person's. What a place's generic name leads to may be a place.
fn after_part(text: &str, words: &[Word], phrase: &Range<usize>) -> Option<usize> {
    let start = tail_start(text, words, phrase).filter(|&start| phrase.start < start)?;
    let before = &words[start - 1];
    let part = before.is(Class::UnitPart) && !before.is(Class::PlaceHead) && before.capital;
    let office = words[phrase.start].is(Class::Office);
    (office && part && (2..=3).contains(&(phrase.end - start))).then_some(start)
}

/// Where the run of plain capitals starts that ends the phrase.
fn tail_start(text: &str, words: &[Word], phrase: &Range<usize>) -> Option<usize> {
    let names = |i: &usize| is_plain(text, &words[*i]) || is_particle_at(words, *i);
    (phrase.start..phrase.end).rev().take_while(names).last()
}

/// A word of the phrase that speaks by itself elsewhere in the article belongs to the name. As
/// the last word it is a surname, and given names lead to it; else the name starts with it.
fn by_evidence(text: &str, words: &[Word], phrase: &Range<usize>) -> Option<usize> {
    let last = phrase.end - 1;
    let names = |i: usize| is_plain(text, &words[i]) || is_particle_at(words, i);
    let first = (phrase.start..=last).rev().take_while(|&i| names(i)).last()?;
    let people = |i: usize| Some(evidence(text, &words[i])).filter(|found| !found.is_place);
    let named = (first..=last).find(|&i| people(i).is_some_and(|found| found.is_named));
    if let Some(start) = named.filter(|&start| start < last) {
        return Some(start);
    }
    if named.is_none() && !people(last)?.is_surname() {
        return None;
    }
    let mut start = last;
    while first < start && !stands_apart(text, &words[start - 1], &words[start]) {
        start -= 1;
    }
    // A longer run holds more than given names: "Sekretaris Pers Gedung Putih Jen Psaki". One
    // word alone may be a country, "Presiden Rusia", unless people are named so.
    match phrase.end - start {
        1 => (first < last || named.is_some()).then_some(start),
        2 | 3 => Some(start),
        _ => Some(phrase.end - 2),
    }
}

/// What the rest of the article tells of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    /// It stands alone behind a verb of saying, "kata Blinken": countries hardly do.
    pub is_named: bool,
    /// It stands alone before one: "Blinken mengatakan", but also "Rusia mengatakan".
    is_subject: bool,
    /// Things happen in it or go to it.
    pub is_place: bool,
    /// It stands inside a run of capitals: "Presiden Rusia Vladimir Putin".
    is_inner: bool,
}

impl Evidence {
    fn is_surname(self) -> bool {
        self.is_subject && !self.is_inner
    }
}

/// Bytes of the article on either side that are searched for evidence, and uses looked at: an
/// article's length, and a bound for texts of any length.
const NEAR: usize = 8 << 10;
const MAX_USES: usize = 16;
/// Bytes beside a use that are read, and words before it that may hold its verb.
const REACH: usize = 48;
const LEAD: usize = 4;

/// Verbs of saying before a name, and behind one.
const SAYS_BEFORE: [Class; 3] = [Class::SpeechInverted, Class::SpeechEither, Class::According];
const SAYS_BEHIND: [Class; 2] = [Class::SpeechDirect, Class::SpeechEither];

pub(super) fn evidence(text: &str, word: &Word) -> Evidence {
    let mut found = Evidence::default();
    for span in uses(text, word.span) {
        let (left, right) = neighbours(text, span);
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        let verb_left = classes(left).any(&SAYS_BEFORE);
        let verb_right = classes(right).any(&SAYS_BEHIND);
        found.is_named |= verb_left && !capital(right);
        found.is_subject |= verb_right && !capital(right) && !capital(left);
        found.is_place |= is_locative(left);
        found.is_inner |= capital(left) && capital(right);
    }
    found
}

/// Prepositions of place only: "dari Tokayev" and "from Mr. Blinken" are people.
fn is_locative(word: &str) -> bool {
    matches!(word, "di" | "ke" | "in" | "at")
}

/// Whether `word` is used anywhere without `next` behind it.
fn stands_apart(text: &str, word: &Word, next: &Word) -> bool {
    uses(text, word.span).into_iter().any(|span| neighbours(text, span).1 != next.span.of(text))
}

/// Other uses of the word near it, as whole words.
fn uses(text: &str, own: ByteSpan) -> Vec<ByteSpan> {
    let from = floor(text, (own.start as usize).saturating_sub(NEAR));
    let to = floor(text, own.end as usize + NEAR);
    let needle = own.of(text);
    memmem::find_iter(&text.as_bytes()[from..to], needle)
        .map(move |at| ByteSpan::new(from + at, from + at + needle.len()))
        .filter(move |span| *span != own && is_whole_word(text, *span))
        .take(MAX_USES)
        .collect()
}

fn is_whole_word(text: &str, span: ByteSpan) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '-';
    !text[..span.start as usize].ends_with(joins) && !text[span.end as usize..].starts_with(joins)
}

/// The words before and after `span`, each empty where more than white space lies between.
fn neighbours(text: &str, span: ByteSpan) -> (&str, &str) {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = text[floor(text, start.saturating_sub(REACH))..start].trim_end();
    let behind = text[end..floor(text, end + REACH)].trim_start();
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let left = before.len() - before.trim_end_matches(joins).len();
    let right = behind.len() - behind.trim_start_matches(joins).len();
    (&before[before.len() - left..], &behind[..right])
}

/// Whether the word is in lower case and of the class.
pub(super) fn is_lower(word: &Word, class: Class) -> bool {
    !word.capital && word.is(class)
}

/// Whether the word starts an office or an organisation's name.
pub(super) fn opens_office(word: &Word) -> bool {
    word.classes.any(&[Class::Office, Class::Unit, Class::Honorific])
}

/// Whether the phrase names an office or an organisation rather than a person.
pub(super) fn reads_as_office(words: &[Word], phrase: &Range<usize>) -> bool {
    words[phrase.clone()].iter().any(|w| opens_office(w) || w.is(Class::UnitPart))
}

/// Whether the words can only be a person's name, perhaps behind a rank: "Brigjen Toto Suharyanto".
pub(super) fn is_titled_name(text: &str, words: &[Word], range: Range<usize>) -> bool {
    let rank = words[range.clone()].iter().take_while(|w| w.is(Class::Honorific)).count();
    is_bare_name(text, words, range.start + rank..range.end)
}

/// Whether the words can only be a person's: two to six capitals, no acronym, no office, no
/// part of a place's name.
pub(super) fn is_bare_name(text: &str, words: &[Word], range: Range<usize>) -> bool {
    (2..=6).contains(&range.len())
        && range.clone().all(|i| is_plain(text, &words[i]) || is_particle_at(words, i))
}

/// Whether the word may be part of a personal name by itself.
pub(super) fn is_plain(text: &str, word: &Word) -> bool {
    word.capital
        && !word.is_acronym(text)
        && !word.is(Class::UnitPart)
        && !opens_office(word)
        && calendar::weekday(word.span.of(text)).is_none()
}

/// Whether a particle of names stands at `at`: "bin Salman", "von der Leyen".
pub(super) fn is_particle_at(words: &[Word], at: usize) -> bool {
    let particle = |at: usize| words.get(at).is_some_and(|w| is_lower(w, Class::Particle));
    let capital = |at: usize| words.get(at).is_some_and(|w| w.capital);
    particle(at) && (capital(at + 1) || particle(at + 1) && capital(at + 2))
}
