//! Which noun phrase stands beside a verb of saying?
//!
//! A phrase is read from capitals, punctuation and closed-class words: it starts with a capital
//! or with an office, and ends at a preposition, a comma or a number. A name set beside an
//! office between commas is the phrase in the office's place.

use super::calendar;
use super::clause::{before_comma, clause_subject};
use super::lexicon::Class;
use super::name::{evidence, is_lower, is_plain, is_titled_name, opens_office, reads_as_office};
use super::role::{is_any, may_say, with_place};
use super::words::{Gap, Word};
use std::ops::Range;

/// Whom a verb of saying gives as the speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    /// A noun phrase, as indices of words.
    Phrase(Range<usize>),
    /// He or she, who is named elsewhere.
    Pronoun,
    /// Somebody else who is not named here: "they", "that man".
    Unnamed,
}

impl Subject {
    /// Whom a pronoun, or a word that points back, stands for.
    pub(super) fn stand_in(word: &Word) -> Subject {
        if word.is(Class::Personal) { Subject::Pronoun } else { Subject::Unnamed }
    }
}

/// Words of one phrase at most: "Kepala Pusat Pemantauan dan Evaluasi …" runs to ten or so.
pub(super) const MAX_WORDS: usize = 14;

/// Lower-case words that may lead to a phrase's capitals: "juru bicara", "pengamat politik".
pub(super) const MAX_LOWER: usize = 8;

/// What ends a phrase in lower case.
pub(super) const STOPS: [Class; 5] =
    [Class::End, Class::Pronoun, Class::SpeechDirect, Class::SpeechEither, Class::SpeechAct];

/// The phrase that starts at word `from`, as after "kata" and "menurut".
pub(super) fn after(text: &str, words: &[Word], from: usize) -> Option<Subject> {
    let mut start = from;
    // "said the harbour master": the office may come last.
    let definite = is_lower(words.get(start)?, Class::Determiner);
    while words.get(start)?.any_gap_space(&[Class::Determiner, Class::Document]) {
        start += 1;
    }
    let first = &words[start];
    if first.gap != Gap::Space || first.quoted || first.is_number(text) {
        return None;
    }
    if first.is(Class::Pronoun) || first.is(Class::Deictic) {
        return Some(Subject::stand_in(first));
    }
    let end = grow(text, words, start, definite);
    let end = with_place(text, words, start..end, is_any(text, words, from));
    let phrase = apposed_name(text, words, start..end)
        .unwrap_or_else(|| start..with_acronym(text, words, &(start..end)));
    // "kata seorang pengungsi", "said the volcanologist": an article makes any noun a role.
    let role = start < end && words[from..start].iter().all(|w| w.is(Class::Determiner));
    let said = is_phrase(words, &phrase) || from < start && role && may_say(words, &phrase);
    said.then_some(Subject::Phrase(phrase))
}

/// The phrase that ends before word `until`, as before "mengatakan" and "said".
pub(super) fn before(text: &str, words: &[Word], until: usize) -> Option<Subject> {
    let mut end = until;
    while 0 < end && words[end].gap == Gap::Space && is_lower(&words[end - 1], Class::Adverb) {
        end -= 1;
    }
    let end = before_time(text, words, end);
    match words.get(end)?.gap {
        Gap::Space | Gap::Open => ending_at(text, words, end),
        Gap::Close => ending_at(text, words, bracket_start(words, end)?),
        Gap::Comma => before_comma(text, words, end),
        _ => None,
    }
}

/// The end of the subject before a time: "Rusia pada Jumat (7/1/2022) mengatakan".
fn before_time(text: &str, words: &[Word], end: usize) -> usize {
    let joined = |at: usize| 0 < at && matches!(words[at].gap, Gap::Space | Gap::Open);
    let is_time = |at: usize| words[at].is_number(text) || is_calendar(text, words, at);
    let mut at = match bracket_start(words, end).filter(|_| words[end].gap == Gap::Close) {
        Some(open) if words[open].is_number(text) => open,
        _ => end,
    };
    let before_words = at;
    let mut dated = at < end;
    while joined(at) && is_time(at - 1) {
        at -= 1;
        dated |= is_calendar(text, words, at);
    }
    if at < before_words && joined(at) && is_lower(&words[at - 1], Class::Preposition) {
        at -= 1;
    }
    if dated { at } else { end }
}

/// The phrase that ends with the last word, as before a colon.
pub(super) fn ending(text: &str, words: &[Word]) -> Option<Subject> {
    ending_at(text, words, words.len())
}

impl Word {
    fn any_gap_space(&self, classes: &[Class]) -> bool {
        self.gap == Gap::Space && self.classes.any(classes)
    }
}

fn is_phrase(words: &[Word], phrase: &Range<usize>) -> bool {
    let words = &words[phrase.clone()];
    let named = words.iter().any(|w| w.capital) || words.first().is_some_and(opens_office);
    // "Menurut Dr." is cut off.
    named && !words.iter().all(|w| w.is(Class::Honorific))
}

/// Where the phrase that starts at `start` ends; `definite` behind an article.
pub(super) fn grow(text: &str, words: &[Word], start: usize, definite: bool) -> usize {
    let office = definite || opens_office(&words[start]) || !words[start].capital;
    // "Indonesia's Meteorology, Climatology and Geophysics Agency"
    let owned = ["'s", "’s"].iter().any(|s| words[start].span.of(text).ends_with(s));
    let mut end = start;
    let mut named = false;
    while end < words.len() && end - start < MAX_WORDS {
        let word = &words[end];
        if start < end && word.gap != Gap::Space {
            let goes_on = |next: &usize| office || owned && in_unit(words, *next);
            match over_mark(words, end).filter(goes_on).filter(|_| named) {
                Some(next) => end = next + 1,
                None => break,
            }
            continue;
        }
        let name = word.capital && !is_calendar(text, words, end);
        // "the Persada Sagara head coach"
        let office_behind = definite && named && word.is(Class::Office);
        if !(name || office_behind || may_continue(text, words, start..end, named, office)) {
            break;
        }
        named |= name;
        end += 1;
    }
    end
}

/// Whether the word is a number inside a name: "SMA Negeri 16 Palembang".
fn is_ordinal(text: &str, words: &[Word], at: usize) -> bool {
    let next = words.get(at + 1).is_some_and(|w| w.capital && w.gap == Gap::Space);
    words[at].is_number(text) && next && !is_calendar(text, words, at + 1)
}

/// Whether the lower-case word at `phrase.end` belongs to the phrase before it.
fn may_continue(
    text: &str,
    words: &[Word],
    phrase: Range<usize>,
    named: bool,
    office: bool,
) -> bool {
    let word = &words[phrase.end];
    if word.is_number(text) {
        return named && office && is_ordinal(text, words, phrase.end);
    }
    if word.capital {
        return false;
    }
    if named {
        let joins = word.is(Class::Particle) || office && word.is(Class::Connector);
        return joins && leads_to_capital(words, phrase.end + 1);
    }
    if word.is(Class::Deictic) {
        return phrase.start < phrase.end;
    }
    // "a spokesperson for the ministry"
    let for_the = || word.is(Class::Connector) && word.is(Class::Preposition);
    let article = || words.get(phrase.end + 1).is_some_and(|w| is_lower(w, Class::Determiner));
    let joins = word.is(Class::Genitive) || word.is(Class::Determiner) || for_the() && article();
    if joins && office && phrase.start < phrase.end && phrase.len() < MAX_LOWER {
        return true;
    }
    let after_deictic = phrase.start < phrase.end && words[phrase.end - 1].is(Class::Deictic);
    !(word.classes.any(&STOPS) || after_deictic || MAX_LOWER <= phrase.len())
}

/// Whether a capital stands at `at`, or behind one connector there: "of the Commons".
fn leads_to_capital(words: &[Word], at: usize) -> bool {
    let next = |at: usize| words.get(at).filter(|w| w.gap == Gap::Space);
    next(at).is_some_and(|w| w.capital)
        || next(at).is_some_and(|w| w.classes.any(&[Class::Connector, Class::Particle]))
            && next(at + 1).is_some_and(|w| w.capital)
}

/// Where an office goes on behind a mark: after a bracket of few words before another capital,
/// "Center (Rusia) Dmitry", or over a list, "Meteorologi, Klimatologi, dan Geofisika".
fn over_mark(words: &[Word], at: usize) -> Option<usize> {
    let near = at..words.len().min(at + MAX_LOWER);
    match words[at].gap {
        Gap::Open => {
            near.skip(1).find(|&i| words[i].gap != Gap::Space).filter(|&i| words[i].capital)
        }
        Gap::Comma => {
            let joint = near.clone().find(|&i| !words[i].capital)?;
            let listed = words[joint].is(Class::Connector)
                && words[at..=joint].iter().all(|w| w.gap <= Gap::Comma);
            let next = words.get(joint + 1)?;
            (listed && next.capital && next.gap == Gap::Space).then_some(joint + 1)
        }
        _ => None,
    }
}

/// Whether the run of capitals at `at` ends in the generic name of an organisation: "Meteorology,
/// Climatology and Geophysics Agency".
fn in_unit(words: &[Word], at: usize) -> bool {
    let run = words[at..].iter().enumerate().take(MAX_LOWER);
    let mut run = run.take_while(|&(i, w)| w.capital && (i == 0 || w.gap == Gap::Space));
    run.any(|(_, w)| w.is(Class::Unit))
}

/// `end`, or behind the acronym in brackets there, which is what others call an organisation:
/// "Geophysics Agency (BMKG)".
fn with_acronym(text: &str, words: &[Word], phrase: &Range<usize>) -> usize {
    let end = phrase.end;
    let unit = words[phrase.clone()].iter().any(|w| w.is(Class::Unit));
    let acronym = words.get(end).is_some_and(|w| w.gap == Gap::Open && w.is_acronym(text));
    let closed = || text[words[end].span.end as usize..].starts_with(')');
    if unit && acronym && closed() { end + 1 } else { end }
}

/// The name set beside an office between commas: "juru bicara KPK, Budi Prasetyo, …".
fn apposed_name(text: &str, words: &[Word], office: Range<usize>) -> Option<Range<usize>> {
    let start = office.end;
    if !reads_as_office(words, &office) || words.get(start)?.gap != Gap::Comma {
        return None;
    }
    let end = grow(text, words, start, false);
    let alone = || {
        // One word may be a place: "kata Kapolda, Jakarta, Kamis".
        let found = evidence(text, &words[start]);
        end - start == 1 && is_plain(text, &words[start]) && found.is_named && !found.is_place
    };
    (is_titled_name(text, words, start..end) || alone()).then_some(start..end)
}

/// Whether the word is a day of the week, or a month beside a number.
pub(super) fn is_calendar(text: &str, words: &[Word], at: usize) -> bool {
    let word = words[at].span.of(text);
    let number = |i: usize| words.get(i).is_some_and(|w| w.is_number(text));
    3 < word.len() && calendar::weekday(word).is_some()
        || calendar::month(word).is_some() && (number(at + 1) || 0 < at && number(at - 1))
}

/// The index of the word that opens the bracket closed before word `end`.
fn bracket_start(words: &[Word], end: usize) -> Option<usize> {
    (end.saturating_sub(MAX_LOWER)..end).rev().find(|&i| words[i].gap == Gap::Open)
}

/// The phrase whose last word is `end - 1`.
pub(super) fn ending_at(text: &str, words: &[Word], end: usize) -> Option<Subject> {
    let last = words.get(end.checked_sub(1)?)?;
    if last.quoted {
        return None;
    }
    if last.is(Class::Pronoun) && (!last.capital || last.gap != Gap::Space) {
        return Some(Subject::stand_in(last));
    }
    let phrase = definite_start(words, end)
        .unwrap_or_else(|| office_start(text, words, capitals_start(text, words, end), end))
        ..end;
    if let Some(preposition) = preposition_before(words, phrase.start) {
        return clause_subject(text, words, preposition, end);
    }
    if last.is(Class::Deictic) {
        let office = phrase.len() >= 2 && opens_office(&words[phrase.start]);
        return Some(if office { Subject::Phrase(phrase) } else { Subject::Unnamed });
    }
    (!phrase.is_empty()).then_some(Subject::Phrase(phrase))
}

/// The preposition before the phrase that starts at `start`, perhaps with an article between.
fn preposition_before(words: &[Word], start: usize) -> Option<usize> {
    let left =
        |at: usize| words.get(at).filter(|w| w.gap == Gap::Space).and_then(|_| at.checked_sub(1));
    let before = left(start)?;
    let before = if words[before].is(Class::Determiner) { left(before)? } else { before };
    words[before].is(Class::Preposition).then_some(before)
}

/// Where a phrase behind an article starts: "the Persada Sagara head coach".
fn definite_start(words: &[Word], end: usize) -> Option<usize> {
    let last = &words[end - 1];
    if !(last.capital || opens_office(last)) {
        return None;
    }
    for at in (end.saturating_sub(MAX_LOWER)..end).rev() {
        let word = &words[at];
        let article = word.is(Class::Determiner) && (!word.capital || word.gap != Gap::Space);
        let inside = word.is(Class::Genitive)
            || at + 1 < end && words[at.saturating_sub(1)].is(Class::Genitive);
        if article && !inside {
            return (at + 1 < end).then_some(at + 1);
        }
        let stops = word.classes.any(&STOPS) || word.is(Class::Adverb);
        let stops = stops && !word.capital && !word.is(Class::Genitive);
        if word.gap != Gap::Space || stops {
            return None;
        }
    }
    None
}

/// Where the run of capitals that ends at `end` starts, over short brackets; `end` where there is
/// none.
fn capitals_start(text: &str, words: &[Word], end: usize) -> usize {
    let mut start = end;
    while 0 < start && end - start < MAX_WORDS {
        let next = match words.get(start).filter(|_| start < end).map(|w| w.gap) {
            None | Some(Gap::Space) => start - 1,
            Some(Gap::Close) => match bracket_start(words, start) {
                // "the (acting) Prime Minister" starts behind the bracket.
                Some(open) if 0 < open && words[open - 1].capital => open - 1,
                _ => break,
            },
            Some(_) => break,
        };
        if !in_capitals(text, words, next, start < end) {
            break;
        }
        start = next;
    }
    within_joint(words, start..end)
}

/// Where the phrase in a run of capitals starts. "Jokowi dan Prabowo mengatakan" are two people,
/// and the one beside the verb is the phrase; articles and connectors start none.
fn within_joint(words: &[Word], run: Range<usize>) -> usize {
    let (mut start, end) = (run.start, run.end);
    if let Some(joint) = run.rev().find(|&i| is_lower(&words[i], Class::Connector)) {
        let one = reads_as_office(words, &(start..joint)) || words[end - 1].is(Class::Unit);
        if !one {
            return list_start(words, joint).unwrap_or(joint + 1);
        }
    }
    let article = |w: &Word| w.is(Class::Determiner) && w.gap != Gap::Space;
    while start + 1 < end && (!words[start].capital || article(&words[start])) {
        start += 1;
    }
    start
}

/// The office that starts a list of capitals ended by the connector at `joint`: "Kepala Dinas
/// Pendidikan, Pemuda, dan Olahraga".
fn list_start(words: &[Word], joint: usize) -> Option<usize> {
    (joint.saturating_sub(MAX_LOWER)..joint)
        .rev()
        .take_while(|&i| words[i].capital && words[i + 1].gap <= Gap::Comma)
        .filter(|&i| opens_office(&words[i]))
        .last()
}

/// Whether the word at `at` goes on with a run of capitals leftwards.
fn in_capitals(text: &str, words: &[Word], at: usize, joined: bool) -> bool {
    let word = &words[at];
    let opens_clause = word.gap != Gap::Space
        && word.classes.any(&[Class::End, Class::Adverb, Class::According, Class::Deictic]);
    if word.capital {
        return !opens_clause && !is_calendar(text, words, at);
    }
    let joins = word.classes.any(&[Class::Particle, Class::Connector]);
    joined && (joins || is_ordinal(text, words, at))
}

/// Where a phrase starts whose capitals start at `capitals`: at the office that leads to them in
/// lower case, "juru bicara Kementerian …", with what it is of before it, "NATO chief …"; else at
/// the capitals.
fn office_start(text: &str, words: &[Word], capitals: usize, end: usize) -> usize {
    let mut start = capitals;
    let mut at = capitals;
    let mut n_between = 0;
    while 0 < at && n_between <= 2 && (at == end || words[at].gap == Gap::Space) {
        at -= 1;
        let word = &words[at];
        let stops = word.classes.any(&STOPS);
        if opens_office(word) {
            start = at;
            n_between = 0;
        } else if word.capital || stops {
            break;
        } else if !word.classes.any(&[Class::UnitPart, Class::Deictic]) {
            n_between += 1;
        }
    }
    let closed = [Class::End, Class::Adverb, Class::Preposition, Class::According, Class::Pronoun];
    let whose = |at: usize| {
        let word = &words[at];
        word.capital && !word.classes.any(&closed) && !is_calendar(text, words, at)
    };
    let led = start < capitals && capitals < end;
    while led && 0 < start && words[start].gap == Gap::Space && whose(start - 1) {
        start -= 1;
    }
    start
}
