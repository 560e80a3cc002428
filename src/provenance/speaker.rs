//! Who says it, by the words around a quotation or in a statement?
//!
//! A verb of saying stands beside its speaker; which side depends on the verb, and the table of
//! verbs says so. The speaker of a quotation is looked for behind it (`"…," kata X`), then
//! between it and the quotation before (`"…," kata X. "…"`), then before it (`X mengatakan,
//! "…"`, `X: "…"`). The first verb found decides: where it names only a pronoun nobody is named,
//! rather than somebody guessed.

use super::Speaker;
use super::lexicon::{Class, classes};
use super::name;
use super::phrase::{self, Subject};
use super::words::{Gap, Word, floor, is_double_quote, words};
use crate::span::ByteSpan;

/// Bytes beside a quotation, and of a statement, that are read: several times what an
/// attribution takes, and a bound for texts of any shape.
const REACH: usize = 600;

/// The speaker of a quotation: `quotation` is the text between its marks, `sentence` the sentence
/// around it with its attribution, `paragraph` the paragraph around that. `None` where nobody is
/// named, or only a pronoun.
pub fn of_quotation(
    text: &str,
    quotation: ByteSpan,
    sentence: ByteSpan,
    paragraph: ByteSpan,
) -> Option<Speaker> {
    let opening = opening_mark(text, quotation, paragraph);
    behind(text, quotation, paragraph)
        .or_else(|| between(text, opening, paragraph))
        .or_else(|| ahead(text, opening, sentence))
        .and_then(Attribution::speaker)
}

/// The speaker of a statement in the article's own words: "menurut X, …", "X mengatakan bahwa
/// …", "…, kata X". Quoted words in the sentence are passed over.
pub fn of_statement(text: &str, sentence: ByteSpan) -> Option<Speaker> {
    let end = floor(text, (sentence.end as usize).min(sentence.start as usize + 4 * REACH));
    let words = words(text, ByteSpan::new((sentence.start as usize).min(end), end));
    (0..words.len())
        .filter(|&i| !words[i].quoted && is_verb_form(&words[i]))
        .find_map(|verb| in_statement(text, &words, verb))
        .or_else(|| headed(text, &words))
        .and_then(Attribution::speaker)
}

/// "Blinken: …", as headlines have it: an office, or a name that speaks elsewhere in the article.
fn headed(text: &str, words: &[Word]) -> Option<Attribution> {
    let colon = words.iter().position(|w| w.gap == Gap::Colon)?;
    match phrase::ending(text, &words[..colon])? {
        Subject::Phrase(phrase) if phrase.start == 0 && name::speaks(text, words, &phrase) => {
            Some(Attribution::of(text, words, Subject::Phrase(phrase)))
        }
        _ => None,
    }
}

/// What a verb of saying tells: a speaker, or `None` for a pronoun.
struct Attribution(Option<Speaker>);

impl Attribution {
    fn of(text: &str, words: &[Word], subject: Subject) -> Self {
        let Subject::Phrase(phrase) = subject else {
            return Attribution(None);
        };
        let span = name::name(text, words, phrase);
        let name = span.of(text);
        // "according to Blinken's office": not he.
        let possessive = name.ends_with("'s") || name.ends_with("’s");
        Attribution((!possessive).then(|| Speaker { name: name.to_owned(), span }))
    }

    fn speaker(self) -> Option<Speaker> {
        self.0
    }
}

/// Verbs that the speaker follows.
const NAME_FOLLOWS: [Class; 3] = [Class::SpeechInverted, Class::SpeechEither, Class::According];
/// Verbs that the speaker precedes, before a statement and before a quotation.
const NAME_PRECEDES: [Class; 2] = [Class::SpeechDirect, Class::SpeechEither];
const NAME_PRECEDES_QUOTE: [Class; 3] =
    [Class::SpeechDirect, Class::SpeechEither, Class::SpeechAct];

/// Whether the word is written as a verb: in lower case, or at the start of a sentence.
fn is_verb_form(word: &Word) -> bool {
    !word.capital || Gap::Quote <= word.gap
}

/// The phrase behind the verb at `verb`; "to" of "according to" is part of the verb.
fn subject_after(text: &str, words: &[Word], verb: usize) -> Option<Subject> {
    let to = words.get(verb + 1).is_some_and(|w| w.span.of(text) == "to");
    phrase::after(text, words, verb + 1 + usize::from(to))
}

fn in_statement(text: &str, words: &[Word], verb: usize) -> Option<Attribution> {
    let word = &words[verb];
    let subject = if word.is(Class::According) {
        subject_after(text, words, verb)
    } else if (Gap::Comma..Gap::Stop).contains(&word.gap) && word.classes.any(&NAME_FOLLOWS) {
        subject_after(text, words, verb).filter(|subject| ends_clause(words, subject))
    } else if word.classes.any(&NAME_PRECEDES) {
        phrase::before(text, words, verb)
    } else {
        None
    };
    Some(Attribution::of(text, words, subject?))
}

/// Whether nothing but a mark or a closed-class word comes after the phrase: ", jelas Blinken
/// keliru" says that he is wrong, not that he says so.
fn ends_clause(words: &[Word], subject: &Subject) -> bool {
    let Subject::Phrase(phrase) = subject else {
        return true;
    };
    words.get(phrase.end).is_none_or(|w| w.gap != Gap::Space || w.is(Class::End))
}

/// Where the quotation's opening mark starts.
fn opening_mark(text: &str, quotation: ByteSpan, paragraph: ByteSpan) -> usize {
    let start = quotation.start as usize;
    let mark = text[..start].chars().next_back().filter(|&c| is_double_quote(c) || is_single(c));
    (start - mark.map_or(0, char::len_utf8)).max((paragraph.start as usize).min(start))
}

fn is_single(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

/// The attribution behind a quotation: `…," kata X`, `…," X said`.
fn behind(text: &str, quotation: ByteSpan, paragraph: ByteSpan) -> Option<Attribution> {
    let close = quotation.end as usize;
    let limit = floor(text, (paragraph.end as usize).min(close + REACH)).max(close);
    let lead = text[close..limit].find(char::is_alphanumeric)?;
    let (marks, from) = (&text[close..close + lead], close + lead);
    let outside = marks.rfind(is_double_quote).map_or(marks, |at| &marks[at..]);
    if outside.contains(['.', '!', '?', ':', ';', '…']) {
        return None;
    }
    let words = words(text, ByteSpan::new(from, limit));
    // "… the end." A new sentence starts behind a full stop inside the marks.
    if words.first()?.capital && quotation.of(text).ends_with('.') {
        return None;
    }
    let end = (1..words.len()).find(|&i| Gap::Quote <= words[i].gap).unwrap_or(words.len());
    clause(text, &words[..end])
}

/// An attribution that starts its clause: a verb and its speaker, or a speaker and its verb.
fn clause(text: &str, words: &[Word]) -> Option<Attribution> {
    let start = words.iter().take_while(|w| !w.capital && w.is(Class::Adverb)).count();
    let first = words.get(start)?;
    if is_with_pronoun(text, first) {
        return Some(Attribution(None));
    }
    if first.classes.any(&NAME_FOLLOWS) {
        let subject = subject_after(text, words, start);
        return Some(subject.map_or(Attribution(None), |s| Attribution::of(text, words, s)));
    }
    let verb = words.iter().position(|w| !w.capital && w.classes.any(&NAME_PRECEDES_QUOTE))?;
    match phrase::before(text, words, verb)? {
        Subject::Phrase(phrase) => {
            let from_start = words[..phrase.start].iter().all(|w| w.is(Class::Determiner));
            let subject = Subject::Phrase(phrase);
            from_start.then(|| Attribution::of(text, words, subject))
        }
        Subject::Pronoun => (verb <= 2).then_some(Attribution(None)),
    }
}

/// "katanya", "ujarnya": he or she said.
fn is_with_pronoun(text: &str, word: &Word) -> bool {
    let stem = word.span.of(text).strip_suffix("nya");
    stem.is_some_and(|stem| classes(stem).any(&NAME_FOLLOWS))
}

/// The attribution between the quotation before and this one, where it is all that stands there:
/// `"…," kata X. "…"` goes on with X.
fn between(text: &str, opening: usize, paragraph: ByteSpan) -> Option<Attribution> {
    let start = (paragraph.start as usize).max(opening.saturating_sub(REACH));
    let start = floor(text, start).min(opening);
    let (mark, c) = text[start..opening].char_indices().rev().find(|&(_, c)| is_double_quote(c))?;
    let region = ByteSpan::new(start + mark + c.len_utf8(), opening);
    let words = words(text, region);
    let one_clause = words.iter().skip(1).all(|w| w.gap < Gap::Quote);
    one_clause.then(|| clause(text, &words)).flatten()
}

/// The attribution before a quotation in its sentence: the last verb of saying, or a colon.
fn ahead(text: &str, opening: usize, sentence: ByteSpan) -> Option<Attribution> {
    let start = (sentence.start as usize).min(opening);
    let from = floor(text, start.max(opening.saturating_sub(REACH)));
    let words = words(text, ByteSpan::new(from, opening));
    (0..words.len())
        .rev()
        .take_while(|&i| i == words.len() - 1 || words[i + 1].gap < Gap::Stop)
        .filter(|&i| !words[i].quoted && is_verb_form(&words[i]))
        .find_map(|verb| ahead_by_verb(text, &words, verb))
        .or_else(|| before_colon(text, &words, opening))
}

fn ahead_by_verb(text: &str, words: &[Word], verb: usize) -> Option<Attribution> {
    let word = &words[verb];
    if is_with_pronoun(text, word) {
        return Some(Attribution(None));
    }
    let follows = word.is(Class::According) || word.gap != Gap::Space;
    let follows = follows && word.classes.any(&NAME_FOLLOWS);
    let precedes = word.classes.any(&NAME_PRECEDES_QUOTE);
    let after = follows.then(|| subject_after(text, words, verb)).flatten();
    let subject =
        after.or_else(|| precedes.then(|| phrase::before(text, words, verb)).flatten())?;
    Some(Attribution::of(text, words, subject))
}

/// `X: "…"`: the whole clause before the colon is a name of two words or more, or an office.
fn before_colon(text: &str, words: &[Word], opening: usize) -> Option<Attribution> {
    let last = words.last()?;
    let mark = text[last.span.end as usize..opening].trim();
    let clause_start = words.iter().rposition(|w| Gap::Quote <= w.gap)?;
    let ends_in_colon = mark.trim_end_matches(is_single).ends_with([':', '：']);
    if !ends_in_colon || last.quoted {
        return None;
    }
    match phrase::ending(text, words)? {
        Subject::Phrase(phrase) if phrase.start == clause_start && 2 <= phrase.len() => {
            Some(Attribution::of(text, words, Subject::Phrase(phrase)))
        }
        _ => None,
    }
}
