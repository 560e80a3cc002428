//! Who says it, by the words around a quotation or in a statement?
//!
//! A verb of saying stands beside its speaker; which side depends on the verb, and the table of
//! verbs says so. The speaker of a quotation is looked for behind it (`"…," kata X`), then
//! between it and the quotation before (`"…," kata X. "…"`), then before it (`X mengatakan,
//! "…"`, `X: "…"`), and of a quotation that is a sentence of its own in the sentences beside it.
//! The first verb found decides: where it names only a pronoun, who speaks right before may say whose
//! it is (`antecedent`), else nobody is named rather than somebody guessed.

use super::Speaker;
use super::agency;
use super::antecedent;
use super::beside;
use super::clause;
use super::colon;
use super::headline;
use super::lexicon::{Class, classes};
use super::name::{self, is_lower, opens_office};
use super::phrase::{self, Subject};
use super::role;
use super::words::{Gap, Word, end_of_reach, floor, is_double_quote, start_of_reach, words};
use crate::span::ByteSpan;
use crate::text::Paragraph;
use crate::text::paragraph::is_terminal;
use crate::text::tokenize::{normalize, tokenize};
use std::ops::Range;

/// Bytes beside a quotation, and of a statement, that are read: several times what an
/// attribution takes, and a bound for texts of any shape.
pub(super) const REACH: usize = 600;

/// The speaker of a quotation: `quotation` is the text between its marks, `sentence` the sentence
/// around it with its attribution, `until` the text's paragraphs up to the one around that, which is
/// the last. `None` where nobody is named, or only a pronoun that may be anybody's.
pub fn of_quotation(
    text: &str,
    quotation: ByteSpan,
    sentence: ByteSpan,
    until: &[Paragraph],
) -> Option<Speaker> {
    let paragraph = until.last().map_or(sentence, |p| p.span);
    let opening = opening_mark(text, quotation, paragraph);
    behind(text, quotation, paragraph)
        .or_else(|| between(text, opening, paragraph))
        .or_else(|| ahead(text, opening, sentence))
        .or_else(|| beside::attribution(text, quotation, opening, paragraph))
        .and_then(|found| {
            let lead = text[(paragraph.start as usize).min(opening)..opening].trim_end();
            let starts = lead.is_empty() || lead.ends_with(is_terminal);
            let start = if starts { opening } else { opening.min(sentence.start as usize) };
            found.speaker(|| antecedent::before(text, start, until))
        })
}

/// A name's normalised words, the last first.
pub fn reversed_words(name: &str) -> Vec<String> {
    tokenize(name).iter().rev().map(|t| normalize(t.span.of(name))).collect()
}

/// Whether a name says only what somebody is: "Lembaga", "juru bicara", "the minister".
pub fn is_general(name: &str) -> bool {
    let general = |w: &Word| !w.capital || opens_office(w) || w.is(Class::Title);
    words(name, ByteSpan::new(0, name.len())).iter().all(general)
}

/// Whether one name is the other, or its end: "Blinken" and "Antony Blinken". Both reversed.
pub fn same_name(a: &[String], b: &[String]) -> bool {
    !a.is_empty() && !b.is_empty() && a.iter().zip(b).all(|(x, y)| x == y)
}

/// The speaker of a statement in the article's own words: "menurut X, …", "X mengatakan bahwa
/// …", "…, kata X". Quoted words in the sentence are passed over. `until` is as for
/// [`of_quotation`].
pub fn of_statement(text: &str, sentence: ByteSpan, until: &[Paragraph]) -> Option<Speaker> {
    let start = sentence.start as usize;
    let end = end_of_reach(text, start, 4 * REACH, (sentence.end as usize).max(start));
    let words = words(text, ByteSpan::new(start, end));
    (0..words.len())
        .filter(|&i| !words[i].quoted && is_verb_form(&words[i]))
        .find_map(|verb| in_statement(text, &words, verb))
        .or_else(|| colon::headed(text, &words))
        .or_else(|| headline::speaker(text, &words))
        .and_then(|found| found.speaker(|| antecedent::before(text, start, until)))
}

/// What a verb of saying tells.
pub(super) enum Attribution {
    /// Who says it.
    Named(Speaker),
    /// He or she says it, who is named elsewhere.
    Pronoun,
    /// Somebody else who is not named.
    Unnamed,
}

impl Attribution {
    pub(super) fn of(text: &str, words: &[Word], subject: Subject) -> Self {
        let phrase = match subject {
            Subject::Phrase(phrase) => phrase,
            Subject::Pronoun => return Attribution::Pronoun,
            Subject::Unnamed => return Attribution::Unnamed,
        };
        let span = fuller(text, words, &phrase).unwrap_or(name::name(text, words, phrase));
        let name = span.of(text);
        // "according to Blinken's office": not he.
        let possessive = name.ends_with("'s") || name.ends_with("’s");
        if possessive {
            return Attribution::Unnamed;
        }
        Attribution::Named(Speaker { name: name.to_owned(), span })
    }

    /// Who says it, whom `before` tells where it is a pronoun. "Menurut Antara" credits who reported
    /// it, and names nobody who said it.
    fn speaker(self, before: impl FnOnce() -> Option<Speaker>) -> Option<Speaker> {
        let speaker = match self {
            Attribution::Named(speaker) => Some(speaker),
            Attribution::Pronoun => before(),
            Attribution::Unnamed => None,
        };
        speaker.filter(|speaker| agency::known(&speaker.name).is_none())
    }
}

/// Where a role that points back stands in full before: "Kuasa hukum terdakwa" for "kuasa hukum itu".
fn fuller(text: &str, role: &[Word], phrase: &Range<usize>) -> Option<ByteSpan> {
    let last = role.get(phrase.end.checked_sub(1)?)?;
    if phrase.len() < 2 || !is_lower(last, Class::Deictic) {
        return None;
    }
    let role = &role[phrase.start..phrase.end - 1];
    let at = role[0].span.start as usize;
    let before = words(text, ByteSpan::new(start_of_reach(text, 0, REACH, at), at));
    // Not in another's words, and not a headline's.
    let told = |w: &[Word]| {
        let one_line =
            |w: &[Word]| !text[w[0].span.end as usize..w[1].span.start as usize].contains('\n');
        w.iter().all(|word| !word.quoted) && w.windows(2).all(one_line)
    };
    let same = |w: &[Word]| {
        told(w)
            && w.iter()
                .zip(role)
                .all(|(a, b)| normalize(a.span.of(text)) == normalize(b.span.of(text)))
    };
    let start = before.windows(role.len()).rposition(same)?;
    let known = start + role.len();
    let spaced = |i: &usize| before[*i].gap == Gap::Space;
    let capitals = (known..before.len()).take_while(|i| spaced(i) && before[*i].capital).count();
    // Up to a verb of saying: "Kuasa hukum terdakwa membantah".
    let says = |i: &usize| before[*i].classes.any(&NAME_PRECEDES);
    let verb = (known..before.len().min(known + 4)).take_while(spaced).find(says);
    let end = verb.unwrap_or(known + capitals);
    (known < end && told(&before[start..end])).then(|| name::name(text, &before, start..end))
}

/// Verbs that the speaker follows.
const NAME_FOLLOWS: [Class; 3] = [Class::SpeechInverted, Class::SpeechEither, Class::According];
/// Verbs that the speaker precedes.
const NAME_PRECEDES: [Class; 3] = [Class::SpeechDirect, Class::SpeechEither, Class::SpeechAct];

/// Whether the word is written as a verb: in lower case, or at the start of a sentence.
pub(super) fn is_verb_form(word: &Word) -> bool {
    !word.capital || Gap::Quote <= word.gap
}

/// The phrase behind the verb at `verb`; "to" of "according to" and "oleh" of "disampaikan oleh" are
/// part of the verb.
pub(super) fn subject_after(text: &str, words: &[Word], verb: usize) -> Option<Subject> {
    let joint = |w: &Word| match w.span.of(text) {
        "to" => words[verb].is(Class::According),
        "oleh" | "by" => words[verb].is(Class::SpeechPassive),
        _ => false,
    };
    let to = words.get(verb + 1).is_some_and(joint);
    phrase::after(text, words, verb + 1 + usize::from(to))
}

/// The phrase that the verb at `verb` has as its subject before it.
fn subject_before(text: &str, words: &[Word], verb: usize) -> Option<Subject> {
    phrase::before(text, words, verb)
        .or_else(|| role::closing_subject(text, words, verb))
        .or_else(|| clause::opening_subject(text, words, verb))
}

pub(super) fn in_statement(text: &str, words: &[Word], verb: usize) -> Option<Attribution> {
    let word = &words[verb];
    let subject = if word.is(Class::According) || is_passive(text, words, verb) {
        subject_after(text, words, verb)
    } else if (Gap::Comma..Gap::Stop).contains(&clause_gap(words, verb))
        && word.classes.any(&NAME_FOLLOWS)
    {
        subject_after(text, words, verb).filter(|subject| ends_clause(words, subject))
    } else if word.classes.any(&NAME_PRECEDES) && !asks_within(text, words, verb) {
        subject_before(text, words, verb)
    } else {
        None
    };
    Some(Attribution::of(text, words, subject?))
}

/// Whether the verb only tells of its noun: "tuntutan jaksa yang meminta sembilan tahun".
fn asks_within(text: &str, words: &[Word], verb: usize) -> bool {
    let before = verb.checked_sub(1).map(|i| words[i].span.of(text));
    words[verb].is(Class::SpeechAct) && matches!(before, Some("yang" | "who"))
}

/// Whether the verb is a passive of saying: "disampaikan"; "made" only of a statement and with "by".
fn is_passive(text: &str, words: &[Word], verb: usize) -> bool {
    let by = || words.get(verb + 1).is_some_and(|w| w.span.of(text) == "by");
    let said = || words[verb.saturating_sub(3)..verb].iter().any(|w| w.is(Class::Document));
    words[verb].is(Class::SpeechPassive) && (words[verb].span.of(text) != "made" || by() && said())
}

/// What separates the verb and the adverbs right before it from the rest: ", begitu kata".
fn clause_gap(words: &[Word], verb: usize) -> Gap {
    let mut at = verb;
    while 0 < at && words[at].gap == Gap::Space && is_lower(&words[at - 1], Class::Adverb) {
        at -= 1;
    }
    words[at].gap
}

/// Whether nothing but a mark or a closed-class word comes after the phrase: ", jelas Blinken
/// keliru" says that he is wrong, not that he says so.
fn ends_clause(words: &[Word], subject: &Subject) -> bool {
    let Subject::Phrase(phrase) = subject else {
        return true;
    };
    let closed = |w: &Word| w.is(Class::End) && !w.is(Class::Auxiliary);
    words.get(phrase.end).is_none_or(|w| w.gap != Gap::Space || closed(w))
}

/// Where the quotation's opening mark starts.
fn opening_mark(text: &str, quotation: ByteSpan, paragraph: ByteSpan) -> usize {
    let start = quotation.start as usize;
    let mark = text[..start].chars().next_back().filter(|&c| is_double_quote(c) || is_single(c));
    (start - mark.map_or(0, char::len_utf8)).max((paragraph.start as usize).min(start))
}

pub(super) fn is_single(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

/// The attribution behind a quotation: `…," kata X`, `…," X said`.
fn behind(text: &str, quotation: ByteSpan, paragraph: ByteSpan) -> Option<Attribution> {
    let close = quotation.end as usize;
    let limit = end_of_reach(text, close, REACH, (paragraph.end as usize).max(close));
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
pub(super) fn clause(text: &str, words: &[Word]) -> Option<Attribution> {
    let start = words.iter().take_while(|w| !w.capital && w.is(Class::Adverb)).count();
    let first = words.get(start)?;
    if is_with_pronoun(text, first) {
        return Some(Attribution::Pronoun);
    }
    // "demikian pernyataan resmi BMKG"
    let document = 0 < start && !first.capital && first.is(Class::Document);
    if first.classes.any(&NAME_FOLLOWS) || document || is_passive(text, words, start) {
        let role = || {
            let inverted = first.is(Class::SpeechInverted);
            inverted.then(|| role::role_after(text, words, start + 1)).flatten()
        };
        let subject = subject_after(text, words, start).or_else(role);
        return Some(subject.map_or(Attribution::Unnamed, |s| Attribution::of(text, words, s)));
    }
    // "…," demikian Retno.
    let thus = |w: &Word| matches!(w.span.of(text), "demikian" | "begitu");
    if first.capital && words[..start].last().is_some_and(thus) {
        let subject = phrase::after(text, words, start).filter(|s| ends_clause(words, s))?;
        return Some(Attribution::of(text, words, subject));
    }
    let verb = words.iter().position(|w| !w.capital && w.classes.any(&NAME_PRECEDES))?;
    let from_start =
        |phrase: &Range<usize>| words[..phrase.start].iter().all(|w| w.is(Class::Determiner));
    let subject = match phrase::before(text, words, verb) {
        Some(unnamed @ (Subject::Pronoun | Subject::Unnamed)) => (verb <= 2).then_some(unnamed),
        Some(Subject::Phrase(phrase)) if from_start(&phrase) => Some(Subject::Phrase(phrase)),
        _ => role::between(words, 0, verb),
    };
    Some(Attribution::of(text, words, subject?))
}

/// "katanya", "ujarnya": he or she said.
pub(super) fn is_with_pronoun(text: &str, word: &Word) -> bool {
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
    // A word that the reach cuts in two is no word.
    let cut = text[from..opening].find(char::is_whitespace).unwrap_or(opening - from);
    let from = if start < from { from + cut } else { from };
    let words = words(text, ByteSpan::new(from, opening));
    (0..words.len())
        .rev()
        .take_while(|&i| i == words.len() - 1 || words[i + 1].gap < Gap::Stop)
        .filter(|&i| !words[i].quoted && is_verb_form(&words[i]))
        .find_map(|verb| ahead_by_verb(text, &words, verb))
        .or_else(|| colon::before_quotation(text, &words, opening))
}

fn ahead_by_verb(text: &str, words: &[Word], verb: usize) -> Option<Attribution> {
    let word = &words[verb];
    if is_with_pronoun(text, word) {
        return Some(Attribution::Pronoun);
    }
    let follows = word.is(Class::According) || word.gap != Gap::Space;
    let follows = follows && word.classes.any(&NAME_FOLLOWS) || is_passive(text, words, verb);
    let precedes = word.classes.any(&NAME_PRECEDES);
    let after = follows.then(|| subject_after(text, words, verb)).flatten();
    let subject =
        after.or_else(|| precedes.then(|| subject_before(text, words, verb)).flatten())?;
    Some(Attribution::of(text, words, subject))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraph;
    use proptest::prelude::*;

    /// The speaker of the last quotation in `text`, which is its own sentence and paragraph.
    fn of_last(text: &str) -> Option<Speaker> {
        let (close, _) = text.char_indices().rev().find(|&(_, c)| is_double_quote(c))?;
        let (open, mark) = text[..close].char_indices().rev().find(|&(_, c)| is_double_quote(c))?;
        let all = ByteSpan::new(0, text.len());
        of_quotation(text, ByteSpan::new(open + mark.len_utf8(), close), all, &paragraphs(all))
    }

    fn paragraphs(span: ByteSpan) -> [Paragraph; 1] {
        [Paragraph { span, boilerplate: false }]
    }

    fn check(found: Option<Speaker>, text: &str, expect: Option<&str>) {
        if let Some(speaker) = &found {
            assert_eq!(speaker.span.of(text), speaker.name, "{text:?}");
        }
        assert_eq!(found.map(|s| s.name).as_deref(), expect, "{text:?}");
    }

    #[test]
    fn a_name_is_the_same_with_and_without_its_beginning() {
        for (a, b, same) in [
            ("Blinken", "Antony Blinken", true),
            ("blinken", "BLINKEN", true),
            ("Antony Blinken", "Antony", false),
            ("Kepala BPBD", "Kepala Dinas", false),
            ("", "Blinken", false),
        ] {
            assert_eq!(same_name(&reversed_words(a), &reversed_words(b)), same, "{a} | {b}");
        }
    }

    #[test]
    fn a_general_name_says_only_what_somebody_is() {
        for (name, general) in [
            ("Lembaga", true),
            ("juru bicara", true),
            ("Kepala Dinas", true),
            ("minister", true),
            ("warga setempat", true),
            ("Kepala BPBD", false),
            ("juru bicara KPK", false),
            ("Blinken", false),
            ("mayor of Sagara", false),
        ] {
            assert_eq!(is_general(name), general, "{name}");
        }
    }

    const QUOTATIONS: &[(&str, Option<&str>)] = &[
        // Behind the quotation.
        ("“Sulit,” kata Blinken kepada wartawan, Jumat.", Some("Blinken")),
        ("“Sulit,” ujar Blinken Jumat (7/1/2022).", Some("Blinken")),
        ("\"Sulit,\" ungkap Wang.", Some("Wang")),
        ("\"Sulit\", kata Wang Yi di Beijing.", Some("Wang Yi")),
        ("\"Sulit,\" demikian kata Wang Yi.", Some("Wang Yi")),
        ("«Sulit,» tutur Wang Yi seraya menutup rapat.", Some("Wang Yi")),
        (
            "“Sulit,” ujar Menteri Luar Negeri AS Antony Blinken dalam jumpa pers.",
            Some("Antony Blinken"),
        ),
        (
            "\"Rusia harus pergi,\" kata Alexander Baunov, analis kebijakan luar negeri Rusia \
                 di Carnegie Moscow Center.",
            Some("Alexander Baunov"),
        ),
        ("“Air naik,” kata Kepala BPBD Kota Sagara.", Some("Kepala BPBD Kota Sagara")),
        ("“Air naik,” kata juru bicara kementerian itu, Kamis.", Some("juru bicara kementerian")),
        ("“Air naik,” kata warga setempat.", Some("warga setempat")),
        ("“Air naik,” kata seorang warga di Sagara.", Some("warga")),
        ("“Aman,” kata Gubernur Jawa Barat, Kamis.", Some("Gubernur Jawa Barat")),
        (
            "“Aman,” kata Putra Mahkota Mohammed bin Salman.",
            Some("Putra Mahkota Mohammed bin Salman"),
        ),
        ("“Aman,” kata Kapolri Jenderal Pol. Listyo Sigit Prabowo.", Some("Listyo Sigit Prabowo")),
        ("“Aman,” kata juru bicara KPK, Budi Prasetyo, kepada wartawan.", Some("Budi Prasetyo")),
        (
            "“Aman,” kata Kepala Badan Meteorologi, Klimatologi, dan Geofisika (BMKG) \
                 Dwikorita Karnawati di Jakarta.",
            Some("Dwikorita Karnawati"),
        ),
        ("“Aman,” kata Pak Jokowi.", Some("Jokowi")),
        ("\"Why?\" Blinken asked.", Some("Blinken")),
        ("\"It is hard,\" Mr. Blinken told reporters on Friday.", Some("Blinken")),
        ("\"It is hard,\" said Antony Blinken, who was in Kyiv.", Some("Antony Blinken")),
        ("\"It is hard,\" Secretary of State Antony Blinken said.", Some("Antony Blinken")),
        (
            "\"It is hard,\" said Maria Zakharova, spokeswoman for the ministry.",
            Some("Maria Zakharova"),
        ),
        ("\"It is hard,\" the harbour master said.", Some("harbour master")),
        (
            "\"It is hard,\" the head of the disaster agency told volunteers.",
            Some("head of the disaster agency"),
        ),
        ("\"It is hard,\" wrote the ministry in a statement.", Some("ministry")),
        // A pronoun is nobody.
        ("Blinken tiba. “Sulit,” imbuhnya.", None),
        ("Blinken tiba. “Sulit,” kata dia.", None),
        ("“Sulit,” ucap beliau.", None),
        ("\"It is hard,\" he said.", None),
        ("\"It is hard,\" she told AFP.", None),
        // Between two quotations.
        ("“Sulit,” kata Blinken. “Sangat sulit.”", Some("Blinken")),
        ("“Sulit,” kata Blinken, “sangat sulit.”", Some("Blinken")),
        ("“Sulit,” katanya. “Sangat sulit.”", None),
        ("“Sulit,” kata Blinken. Kota itu sepi. “Sangat sulit.”", None),
        // Before the quotation.
        ("Blinken mengatakan, “Sulit.”", Some("Blinken")),
        ("Dia mengatakan, “Sulit.”", None),
        ("Menurut Blinken, “sulit” sekali.", Some("Blinken")),
        ("Antony Blinken: “Sulit.”", Some("Antony Blinken")),
        ("Baca juga: “Sulit.”", None),
        ("Blinken, yang tiba Jumat, menambahkan, “Sulit.”", Some("Blinken")),
        (
            "Kementerian Luar Negeri Rusia meminta AS untuk meninjau kembali intervensinya, \
                 \"Jika suka sejarah.\"",
            Some("Kementerian Luar Negeri Rusia"),
        ),
        ("Kepala BMKG pada Jumat (7/1/2022) mengatakan, “Aman.”", Some("Kepala BMKG")),
        ("Tony Blair has said he will: \"Go.\"", Some("Tony Blair")),
        // Nobody says it.
        ("“Begitu sulit.”", None),
        ("Banyak media membandingkannya dengan \"revolusi warna\", yang diprovokasi Barat.", None),
        ("Ia hadir. “Sudah selesai.” Blinken mengatakan hal lain.", None),
        ("По словам источника: «трудно».", None),
        ("俄罗斯说：“不行”", None),
        ("قال المتحدث: «لا»", None),
    ];

    #[test]
    fn quotations_and_who_says_them() {
        for (text, expect) in QUOTATIONS {
            check(of_last(text), text, *expect);
        }
    }

    #[test]
    fn statements_and_who_makes_them() {
        for (text, expect) in [
            ("Menurut Blinken, Rusia akan pergi.", Some("Blinken")),
            ("Rusia akan pergi, menurut laporan Reuters.", None),
            ("Blinken mengatakan bahwa Rusia akan pergi.", Some("Blinken")),
            ("Blinken juga kembali menegaskan dukungannya.", Some("Blinken")),
            ("Namun Blinken menyebut hal itu mustahil.", Some("Blinken")),
            ("Rusia akan pergi, kata Blinken.", Some("Blinken")),
            ("Rusia, jelas Blinken tidak senang, akan pergi.", None),
            ("Dia mengatakan CSTO memainkan peran positif.", None),
            ("Ketika dia mengatakan itu, saluran Channel News melaporkan.", None),
            ("Para ahli menyatakan keprihatinan.", Some("Para ahli")),
            (
                "Dalam sebuah artikel, direktur Carnegie Moscow Center (Rusia) Dmitry Trenin \
                 mengatakan Moskow menunggu.",
                Some("Dmitry Trenin"),
            ),
            (
                "Dwikorita Karnawati dari BMKG di Jakarta mengatakan hujan akan turun.",
                Some("Dwikorita Karnawati"),
            ),
            ("Penelitian di Eropa menyebutkan hal serupa.", None),
            (
                "CGTN mengutip pemerintah Kazakh yang mengatakan keadaan aman.",
                Some("pemerintah Kazakh"),
            ),
            ("Menlu AS: Pengaruh Rusia Akan Semakin Kuat", Some("Menlu AS")),
            ("Kronologi Kerusuhan Kazakhstan: Darurat Nasional", None),
            ("Russia will leave, according to Blinken's office.", None),
            ("Russia will leave, according to Antony Blinken.", Some("Antony Blinken")),
            ("The ministry said on Friday that Russia will leave.", Some("ministry")),
            ("A man in Jakarta said so.", Some("man in Jakarta")),
            ("Kementerian itu meminta bantuan.", Some("Kementerian")),
            ("Kami katakan “Blinken mengatakan bohong” berkali-kali.", None),
            ("Hari ini cerah.", None),
            ("", None),
        ] {
            let all = ByteSpan::new(0, text.len());
            check(of_statement(text, all, &paragraphs(all)), text, expect);
        }
    }

    #[test]
    fn the_article_tells_where_a_name_starts() {
        let quote = "“Kami siap,” kata Gubernur Jawa Tengah Ganjar Pranowo di Semarang.";
        for (rest, expect) in [
            ("", "Ganjar Pranowo"),
            ("\n“Ya,” ujar Ganjar.", "Ganjar Pranowo"),
            ("\nPranowo mengatakan ia siap.", "Ganjar Pranowo"),
        ] {
            let text = format!("{quote}{rest}");
            let (open, close) = (3, "“Kami siap,".len());
            let all = ByteSpan::new(0, quote.len());
            let found = of_quotation(&text, ByteSpan::new(open, close), all, &paragraphs(all));
            check(found, &text, Some(expect));
        }
        let text = "“Ya,” kata Presiden Rusia.\nRusia mengatakan siap. Presiden Rusia pergi.";
        let all = ByteSpan::new(0, text.len());
        let found = of_quotation(text, ByteSpan::new(3, 6), all, &paragraphs(all));
        check(found, text, Some("Presiden Rusia"));
    }

    #[test]
    fn every_quotation_of_a_long_paragraph_has_its_speaker() {
        let text = "“a,” kata Menteri Luar Negeri Antony Blinken. ".repeat(2_000);
        let all = ByteSpan::new(0, text.len());
        let of = |at| of_quotation(&text, ByteSpan::new(at + 3, at + 5), all, &paragraphs(all));
        let found = text.match_indices('“').filter_map(|(at, _)| of(at));
        let n = found.count();
        assert_eq!(n, 2_000);
    }

    proptest! {
        #[test]
        fn any_text_gives_a_name_at_its_span(
            parts in prop::collection::vec(prop::sample::select(vec![
                "“", "”", "\"", ",", ".", ":", " ", "\n", "(", ")", "kata ", "mengatakan ", "said ",
                "menurut ", "Menteri ", "Blinken", "Luar Negeri ", "AS ", "yang ", "dan ", "the ",
                "katanya", "7", "Jumat", "é", "俄", "of ", "di ", "juga ", "itu ", "'s",
            ]), 0..40),
            cuts in prop::array::uniform4(0usize..200),
        ) {
            let text = parts.concat();
            let mut at = cuts.map(|cut| floor(&text, cut));
            at.sort_unstable();
            let [outer, start, end, outer_end] = at;
            let quotation = ByteSpan::new(start, end);
            let paragraph = ByteSpan::new(outer, outer_end);
            for found in [
                of_quotation(&text, quotation, paragraph, &paragraphs(paragraph)),
                of_quotation(&text, quotation, quotation, &paragraph::split(&text)),
                of_statement(&text, paragraph, &paragraphs(paragraph)),
            ].into_iter().flatten() {
                prop_assert_eq!(found.span.of(&text), &found.name);
                prop_assert!(!found.name.trim().is_empty());
            }
        }

        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,60}", cut in 0usize..80) {
            let mid = floor(&text, cut);
            let all = ByteSpan::new(0, text.len());
            of_quotation(&text, ByteSpan::new(0, mid), all, &paragraphs(all));
            of_statement(&text, ByteSpan::new(mid, text.len()), &paragraph::split(&text));
        }
    }
}
