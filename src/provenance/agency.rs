//! Which wire services and other outlets does a text credit, and where?
//!
//! A credit is a construction, not a mention: a cue before the name ("dilansir AFP", "Sumber
//! AFP", "according to Reuters"), a verb of reporting behind it ("Reuters reported", "situs
//! berita Axios melaporkan"), or a bracket at the start or end of a line ("JAKARTA (ANTARA) -").
//! Names of `data/agencies.tsv` and those of the batch's outlets count in any of these; other outlets
//! where the cue takes nothing else, or where a word says what they are.

use super::AgencyCredit;
use super::lexicon::{Class, classes, table_rows};
use super::phrase::is_calendar;
use super::words::{Gap, Word, floor, words};
use crate::span::ByteSpan;
use crate::text::domain;
use crate::text::tokenize::normalize;
use ahash::AHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The credits of a text, in text order, where these are the batch's outlets. A credit does not reach
/// over a line's end.
pub(super) fn credits(text: &str, outlets: &Names<'_>) -> Vec<AgencyCredit> {
    let reader = Reader { text, outlets };
    let mut found = Vec::new();
    for piece in pieces(text) {
        let words = words(text, piece);
        for at in 0..words.len() {
            if let Some(credit) = reader.credit_at(piece, &words, at) {
                found.extend(reader.listed_after(&words, credit.span));
                found.push(credit);
            }
        }
    }
    found.sort_by_key(|credit: &AgencyCredit| (credit.span, credit.name.clone()));
    found.dedup_by_key(|credit| credit.span);
    found
}

/// The usual name of the agency that `text` is, if it is one.
pub(super) fn known(text: &str) -> Option<&'static str> {
    let (name, len) = KNOWN.prefix(text)?;
    (len == text.len()).then_some(name)
}

/// The usual names of the known agencies, each with one of its spellings.
pub(super) fn spellings() -> impl Iterator<Item = (&'static str, &'static str)> {
    KNOWN.0.values().flatten().map(|known| (known.name, known.spelling))
}

/// Bytes of a line that are read at once: longer than any paragraph, and a bound for memory.
const PIECE: usize = 64 << 10;

/// The lines of a text; the longest are cut, behind a sentence where there is one.
fn pieces(text: &str) -> impl Iterator<Item = ByteSpan> + '_ {
    let (mut at, end) = (0, text.len());
    std::iter::from_fn(move || {
        if end <= at {
            return None;
        }
        let limit = floor(text, end.min(at + PIECE));
        let bytes = &text.as_bytes()[at..limit];
        let sentence = || memchr::memmem::rfind(bytes, b". ").filter(|_| limit < end);
        let stop = memchr::memchr(b'\n', bytes).or_else(sentence).map_or(limit, |n| at + n + 1);
        let piece = ByteSpan::new(at, stop);
        at = stop;
        Some(piece)
    })
}

struct Reader<'r> {
    text: &'r str,
    outlets: &'r Names<'r>,
}

impl Reader<'_> {
    fn credit_at(&self, line: ByteSpan, words: &[Word], at: usize) -> Option<AgencyCredit> {
        let word = &words[at];
        let follows = word.classes.any(&[Class::PressVerb, Class::SourceWord]);
        follows
            .then(|| self.name_after(words, at))
            .flatten()
            .or_else(|| word.is(Class::Reports).then(|| self.name_before(words, at)).flatten())
            .or_else(|| self.bracketed(line, word))
    }

    /// The outlet credited by the cue at `cue`.
    fn name_after(&self, words: &[Word], cue: usize) -> Option<AgencyCredit> {
        let mut at = cue + 1;
        let mut kinds = Kinds { named: words[cue].is(Class::PressVerb), press: false };
        while at < words.len().min(cue + 7) && matches!(words[at].gap, Gap::Space | Gap::Colon) {
            if let Some(credit) = self.known_credit(words, at) {
                return Some(credit);
            }
            let is_glue = |w: &str| at == cue + 1 && is_preposition(w);
            if let Some(span) = domain::glued_at(self.text, words[at].span.start as usize, is_glue)
            {
                return Some(as_written(self.text, span));
            }
            if !kinds.take(&words[at]) {
                break;
            }
            at += 1;
        }
        let run = at..capitals(self.text, words, at);
        let known = run.clone().find_map(|i| self.known_credit(words, i));
        let named = kinds.named && !kinds.press && !run.is_empty();
        known.or_else(|| named.then(|| run_credit(self.text, words, run)).flatten())
    }

    /// The known agencies that a list goes on with behind a credit: "Sumber: Antara, AFP dan AP".
    fn listed_after(&self, words: &[Word], credited: ByteSpan) -> Vec<AgencyCredit> {
        let mut found = Vec::new();
        let mut at = words.partition_point(|w| w.span.start < credited.end);
        while at < words.len() {
            let joint = words[at].is(Class::Connector) && !words[at].capital;
            let next = at + usize::from(joint);
            let joined = joint || words[at].gap == Gap::Comma;
            match self.known_credit(words, next).filter(|_| joined) {
                Some(credit) => {
                    at = words.partition_point(|w| w.span.start < credit.span.end);
                    found.push(credit);
                }
                None => break,
            }
        }
        found
    }

    /// The outlet that the verb of reporting at `verb` has as its subject.
    fn name_before(&self, words: &[Word], verb: usize) -> Option<AgencyCredit> {
        if words[verb].capital {
            return None;
        }
        let near = verb.saturating_sub(7);
        for start in (near..verb).rev() {
            if let Some(credit) = self.known_credit(words, start) {
                return Some(credit);
            }
            if !may_part(self.text, words, start + 1) {
                return None;
            }
            let run = capitals(self.text, words, start);
            if run == verb && has_kind(words, start) {
                return run_credit(self.text, words, start..run);
            }
        }
        None
    }

    /// "(AFP)", "(ANTARA/…)" at the start of a line, at its end or before a dateline's dash.
    fn bracketed(&self, line: ByteSpan, word: &Word) -> Option<AgencyCredit> {
        if word.gap < Gap::Open {
            return None;
        }
        let start = word.span.start as usize;
        let before = self.text[line.start as usize..start].trim_end().strip_suffix('(')?;
        let (name, len) = self.known_prefix(&self.text[start..line.end as usize])?;
        let rest =
            &self.text[start + len..floor(self.text, (line.end as usize).min(start + len + 64))];
        let close = rest.find(')')?;
        let slash = rest.starts_with('/') || close == 0;
        let behind = rest[close + 1..].trim_start().trim_start_matches('.');
        let at_edge = before.trim().is_empty()
            || behind.trim().is_empty()
            || behind.starts_with(['-', '–', '—']);
        let span = ByteSpan::new(start, start + len);
        (slash && at_edge).then(|| AgencyCredit { name: name.to_owned(), span })
    }

    fn known_credit(&self, words: &[Word], at: usize) -> Option<AgencyCredit> {
        let start = words.get(at)?.span.start as usize;
        let reach = floor(self.text, self.text.len().min(start + 64));
        let (name, len) = self.known_prefix(&self.text[start..reach])?;
        let span = ByteSpan::new(start, start + len);
        // "RT 05" is a neighbourhood, "CNN.com" a domain.
        let behind = self.text[start + len..reach].trim_start();
        let other = behind.starts_with(|c: char| c.is_ascii_digit())
            || domain::glued_at(self.text, start, |_| false).is_some();
        let is_whole = known(span.of(self.text)).is_some() || !self.goes_on(words, span);
        (!other && is_whole).then(|| AgencyCredit { name: name.to_owned(), span })
    }

    /// Whether a name may be but the beginning of another: "Lentera" of "Lentera Pagi".
    fn goes_on(&self, words: &[Word], name: ByteSpan) -> bool {
        let next = words.partition_point(|word| word.span.start < name.end);
        words.get(next).is_some_and(|word| word.gap == Gap::Space && word.capital)
            && !is_calendar(self.text, words, next)
    }

    /// The agency or outlet that `text` starts with, and the length of its spelling.
    fn known_prefix(&self, text: &str) -> Option<(&str, usize)> {
        let found = [KNOWN.prefix(text), self.outlets.prefix(text)];
        found.into_iter().flatten().max_by_key(|(_, len)| *len)
    }
}

/// What the words between a cue and a name say of the name.
struct Kinds {
    /// Whatever follows is an outlet's name.
    named: bool,
    /// The press at large was mentioned: only a known name is a credit.
    press: bool,
}

impl Kinds {
    /// Reads one word; `false` where it is none that may stand before the name.
    fn take(&mut self, word: &Word) -> bool {
        self.named |= word.is(Class::Medium) && !word.capital;
        self.press |= word.is(Class::Press);
        word.classes.any(&[Class::Medium, Class::Press, Class::Filler])
    }
}

/// Whether the word at `at` may stand between an agency and its verb, or inside its name.
fn may_part(text: &str, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let small = [Class::Adverb, Class::End, Class::Reports];
    matches!(word.gap, Gap::Space | Gap::Open | Gap::Close)
        && (word.capital || word.is_number(text) || word.classes.any(&small))
}

/// Whether a word before `start` says that an outlet's name starts there: "situs berita".
fn has_kind(words: &[Word], start: usize) -> bool {
    let near = start.saturating_sub(3)..start;
    for at in near.rev() {
        let word = &words[at];
        // In a run of capitals it is part of the name: "saluran Channel News".
        let in_name = word.capital && word.gap == Gap::Space;
        let kind = word.classes.any(&[Class::Medium, Class::Filler]);
        if words[at + 1].gap != Gap::Space || in_name || !kind {
            return false;
        }
        if word.is(Class::Medium) {
            return true;
        }
    }
    false
}

/// Names that count as an agency's or outlet's wherever a credit can stand: by the first word of each
/// spelling, the longest spelling first.
#[derive(Default)]
pub(super) struct Names<'n>(AHashMap<String, Vec<Known<'n>>>);

struct Known<'n> {
    name: &'n str,
    spelling: &'n str,
}

impl<'n> Names<'n> {
    /// Each with one of its spellings.
    pub(super) fn of(names: impl IntoIterator<Item = (&'n str, &'n str)>) -> Self {
        let mut by_first: AHashMap<String, Vec<Known<'n>>> = AHashMap::new();
        for (name, spelling) in names {
            by_first.entry(first_word(spelling)).or_default().push(Known { name, spelling });
        }
        for known in by_first.values_mut() {
            known.sort_by_key(|known| (usize::MAX - known.spelling.len(), known.spelling));
        }
        Names(by_first)
    }

    /// The name that `text` starts with, and the length of its spelling: the longest of the
    /// spellings, as listed or in capitals.
    pub(super) fn prefix(&self, text: &str) -> Option<(&'n str, usize)> {
        self.0.get(&first_word(text))?.iter().find_map(|known| {
            let fits = |spelling: &str| {
                let rest = text.strip_prefix(spelling);
                rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            };
            let found = fits(known.spelling) || fits(&known.spelling.to_uppercase());
            found.then_some((known.name, known.spelling.len()))
        })
    }
}

fn first_word(text: &str) -> String {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(text.len());
    normalize(&text[..end])
}

/// The agencies of the table.
static KNOWN: LazyLock<Names<'static>> = LazyLock::new(|| {
    let rows = table_rows(include_str!("../../data/agencies.tsv"));
    Names::of(rows.flat_map(|cells| {
        let (name, further) = (cells[0], cells.get(1).copied());
        let further = further.into_iter().flat_map(|cell| cell.split('|'));
        std::iter::once(name).chain(further).map(move |spelling| (name, spelling))
    }))
});

/// Words of an outlet's name at most: "The New York Times".
const MAX_NAME: usize = 4;

/// The end of the run of capitals that starts at `start`.
fn capitals(text: &str, words: &[Word], start: usize) -> usize {
    (start..words.len().min(start + MAX_NAME))
        .find(|&i| {
            let joined = i == start || words[i].gap == Gap::Space;
            !(joined && is_proper(text, &words[i]) && !is_calendar(text, words, i))
        })
        .unwrap_or(words.len().min(start + MAX_NAME))
}

/// Whether the word is written as a name: a capital at its start or, as in "detikNews", inside.
fn is_proper(text: &str, word: &Word) -> bool {
    word.capital || word.span.of(text).contains(char::is_uppercase)
}

/// The credit of a run of capitals: from "The" in it, and up to an office or an organisation.
fn run_credit(text: &str, words: &[Word], run: Range<usize>) -> Option<AgencyCredit> {
    let (start, end) = (run.start, run.end);
    let organisation = [Class::Office, Class::Unit, Class::UnitPart, Class::Honorific];
    let end = (start..end).find(|&i| words[i].classes.any(&organisation)).unwrap_or(end);
    if start == end {
        return None;
    }
    let start = (start..end).find(|&i| words[i].span.of(text) == "The").unwrap_or(start);
    let first = words[start].span;
    let glue =
        if words[start].capital { 0 } else { domain::glue_len(first.of(text), is_preposition) };
    let span = ByteSpan::new(first.start as usize + glue, words[end - 1].span.end as usize);
    Some(as_written(text, span))
}

/// Whether the word may be glued between a cue and a name: "dilansir daridetikNews".
fn is_preposition(word: &str) -> bool {
    classes(word).has(Class::Filler) && classes(word).has(Class::Preposition)
}

fn as_written(text: &str, span: ByteSpan) -> AgencyCredit {
    AgencyCredit { name: span.of(text).to_owned(), span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let pair = |c: AgencyCredit| (c.name, c.span.of(text).to_owned());
        credits(text, &Names::default()).into_iter().map(pair).collect()
    }

    #[test]
    fn credits_in_their_constructions() {
        for (text, expect) in [
            ("Sumber AFP", vec!["AFP"]),
            ("Sumber: Antara, AFP dan Reuters", vec!["Antara", "AFP", "Reuters"]),
            ("Pernyataan itu disampaikan Blinken sebagaimana dilansir AFP.", vec!["AFP"]),
            ("Rusia pergi, lapor kantor berita AFP, Jumat.", vec!["AFP"]),
            ("seperti dikutip dari kantor berita Rusia TASS, Kamis", vec!["TASS"]),
            ("kata Blinken kepada AFP di Kyiv", vec!["AFP"]),
            ("Blinken told AFP, according to Reuters.", vec!["AFP", "Reuters"]),
            ("Reuters on Friday reported that he left.", vec!["Reuters"]),
            ("The Associated Press reported.", vec!["Associated Press"]),
            ("CGTN pada 7 Januari mengutip pemerintah Kazakh.", vec!["CGTN"]),
            ("Situs berita Axios melaporkan pada 7 Januari.", vec!["Axios"]),
            ("Saluran Channel News melaporkan.", vec!["Channel News"]),
            ("JAKARTA (ANTARA) - Hujan turun.", vec!["ANTARA"]),
            ("SAGARA (Antara/Warta Bahari) - Hujan turun.", vec!["Antara"]),
            ("(Reuters) - Rain fell.", vec!["Reuters"]),
            ("Hujan turun di sana. (AFP)", vec!["AFP"]),
            ("Foto: AFP", vec!["AFP"]),
            ("Melansir The Guardian, Kamis (13/1/2022), hujan turun.", vec!["The Guardian"]),
            ("Dilansir laman Harbour Courier pada Kamis.", vec!["Harbour Courier"]),
            ("Dilansir dari lentera-pagi.example, Kamis.", vec!["lentera-pagi.example"]),
            ("Dilansir dariexpress.co.ukpada Kamis (13/1/2022)", vec!["express.co.uk"]),
            ("Hujan turun, dilansirAFP, Jumat.", vec!["AFP"]),
            // Mentions that credit nobody.
            ("Wartawan AFP tewas dalam serangan itu.", vec![]),
            ("Kantor AFP di Gaza terkena roket.", vec![]),
            ("Perbedaan dikutip antara lain oleh warga.", vec![]),
            ("Dilaporkan dari RT 05 Kelurahan Sagara.", vec![]),
            ("Asosiasi Produsen (AP) menolak aturan itu.", vec![]),
            ("Dilansir media Rusia, Kamis.", vec![]),
            ("Menurut Kementerian Kesehatan, hujan turun.", vec![]),
            ("Sumber Daya Manusia Indonesia", vec![]),
            ("Sumber\nAFP terpisah", vec![]),
            ("", vec![]),
        ] {
            let spans: Vec<String> = found(text).into_iter().map(|(_, span)| span).collect();
            assert_eq!(spans, expect, "{text:?}");
        }
    }

    #[test]
    fn an_agency_has_its_usual_name() {
        for (text, name) in [
            ("dilansir Antara", "ANTARA"),
            ("dilansir REUTERS", "Reuters"),
            ("lapor Associated Press", "AP"),
            ("dilansir CNN Indonesia", "CNN Indonesia"),
        ] {
            assert_eq!(found(text)[0].0, name, "{text:?}");
        }
        assert_eq!(known("ANTARA"), Some("ANTARA"));
        assert_eq!(known("antara"), None);
        assert_eq!(known("AFP TV"), None);
    }

    #[test]
    fn a_long_line_is_read_in_pieces() {
        let text = "dilansir AFP. ".repeat(20_000);
        assert_eq!(found(&text).len(), 20_000);
        assert_eq!(found(&"dilansir".repeat(20_000)).len(), 0);
    }

    proptest! {
        #[test]
        fn credits_agree_with_the_text(parts in prop::collection::vec(prop::sample::select(vec![
            "dilansir", "dari", "Sumber", ":", " ", "\n", "AFP", "Reuters", "(", ")", "-", ",", ".",
            "situs", "berita", "melaporkan", "x.co.id", "The Guardian", "7", "é", "俄", "dan", "/",
        ]), 0..40)) {
            let text = parts.concat();
            let credits = credits(&text, &Names::default());
            for pair in credits.windows(2) {
                prop_assert!(pair[0].span < pair[1].span);
            }
            for credit in credits {
                let written = credit.span.of(&text);
                prop_assert!(written == credit.name || known(written) == Some(&credit.name));
            }
        }

        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,80}") {
            credits(&text, &Names::default());
        }
    }
}
