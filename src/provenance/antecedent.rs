//! Whom does "dia", "-nya", "he" or "she" mean beside a verb of saying?
//!
//! Only who speaks right before: `"…," kata X.` and then, be it in the next paragraph, `"…," ujarnya.`
//! A sentence between that tells anything else ends the search: it may be about somebody else.

use super::Speaker;
use super::lexicon::Class;
use super::speaker::{Attribution, REACH, clause, in_statement, is_verb_form, is_with_pronoun};
use super::words::{Gap, Word, floor, is_double_quote, words};
use crate::span::ByteSpan;
use crate::text::Paragraph;

/// Sentences that are looked at, and bytes before the first of them.
const SENTENCES: usize = 8;
const FAR: usize = 4 * REACH;

/// Who speaks right before `at`, where a sentence starts. `until` are the paragraphs up to the one
/// with that sentence, which is the last.
pub(super) fn before(text: &str, at: usize, until: &[Paragraph]) -> Option<Speaker> {
    let (own, earlier) = until.split_last()?;
    let own = ByteSpan::new((own.span.start as usize).min(at), at);
    let near = |p: &&Paragraph| at < p.span.end as usize + FAR;
    let earlier = earlier.iter().rev().take_while(near).filter(|p| !is_aside(text, p));
    let spans = std::iter::once(own).chain(earlier.map(|p| p.span));
    let mut told = spans.flat_map(|span| told(text, span)).take(SENTENCES);
    match told.find(|told| !matches!(told, Attribution::Pronoun))? {
        Attribution::Named(speaker) => Some(speaker).filter(|s| is_one_person(text, s)),
        _ => None,
    }
}

/// Whether a paragraph is a link, a heading or a caption in between: it ends without a mark.
fn is_aside(text: &str, paragraph: &Paragraph) -> bool {
    let line = paragraph.span.of(text).trim_end();
    let open = |c: char| c.is_alphanumeric() || c == ')';
    paragraph.boilerplate || line.ends_with(open) && !line.contains(is_double_quote)
}

/// What each sentence of a paragraph tells of its speaker, the last first.
fn told(text: &str, paragraph: ByteSpan) -> Vec<Attribution> {
    let from = floor(text, paragraph.end.saturating_sub(FAR as u32).max(paragraph.start) as usize);
    let words = words(text, ByteSpan::new(from, paragraph.end as usize));
    // A full stop inside a quotation ends no sentence.
    let starts = |i: &usize| {
        words[*i].gap == Gap::Stop && !(words[*i].quoted && 0 < *i && words[*i - 1].quoted)
    };
    let mut end = words.len();
    let mut found = Vec::new();
    for start in (0..words.len()).rev().filter(starts) {
        // A sentence that the reach cuts in two tells nothing.
        let cut = start == 0 && (paragraph.start as usize) < from;
        found.push(if cut { Attribution::Unnamed } else { says(text, &words[start..end]) });
        end = start;
    }
    found
}

/// Who speaks in a sentence: one without a word of its own, or about "him" or "her", goes on with who
/// spoke before.
fn says(text: &str, sentence: &[Word]) -> Attribution {
    let quoted = sentence.iter().take_while(|w| w.quoted).count();
    let own = &sentence[quoted..];
    let Some(first) = own.first() else {
        return Attribution::Pronoun;
    };
    let end = (1..own.len()).find(|&i| Gap::Quote <= own[i].gap).unwrap_or(own.len());
    let behind = || (0 < quoted).then(|| clause(text, &own[..end])).flatten();
    let verbs =
        || (0..sentence.len()).filter(|&i| !sentence[i].quoted && is_verb_form(&sentence[i]));
    let pronoun = |verb| is_with_pronoun(text, &sentence[verb]).then_some(Attribution::Pronoun);
    behind()
        .or_else(|| verbs().find_map(|v| in_statement(text, sentence, v).or_else(|| pronoun(v))))
        .unwrap_or(match first.is(Class::Personal) {
            true => Attribution::Pronoun,
            false => Attribution::Unnamed,
        })
}

/// Whether the name may be that of one person: no organisation's, and of no group.
fn is_one_person(text: &str, speaker: &Speaker) -> bool {
    let words = words(text, speaker.span);
    let person = [Class::Office, Class::Title, Class::Honorific];
    let unit = words.iter().any(|w| w.is(Class::Unit));
    let acronym = words.len() == 1 && words[0].is_acronym(text);
    let group = words.first().is_some_and(|w| w.span.of(text).eq_ignore_ascii_case("para"));
    !(unit && !words.iter().any(|w| w.classes.any(&person)) || acronym || group)
}
