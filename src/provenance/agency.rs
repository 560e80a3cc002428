//! Which wire services and other outlets does a text credit, and where?
//!
//! A credit is a construction, not a mention: a cue before the name ("dilansir AFP", "Sumber
//! AFP", "according to Reuters"), a verb of reporting behind it ("Reuters reported", "situs
//! berita Axios melaporkan"), a bracket at the start or end of a line ("JAKARTA (ANTARA) -"), or a
//! part of a byline ("By Newsdesk, with Reuters").
//! Names of `data/agencies.tsv` and those of the batch's outlets count in any of these; other outlets
//! where the cue takes nothing else, or where a word says what they are.

use super::AgencyCredit;
use super::lexicon::{Class, classes, table_rows};
use super::phrase::is_calendar;
use super::words::{Gap, Word, floor, words};
use crate::span::ByteSpan;
use crate::text::domain;
use crate::text::tokenize::normalize;
use ahash::{AHashMap, AHashSet};
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
    KNOWN.by_spelling.iter().map(|(spelling, name)| (*name, spelling.as_str()))
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
            .or_else(|| self.speaking(words, at))
            .or_else(|| self.bracketed(line, word))
            .or_else(|| self.in_byline(line, words, at))
    }

    /// The agency that says something itself, as the whole subject of the verb at `verb`: "Reuters
    /// said", not "a Reuters cameraman said".
    fn speaking(&self, words: &[Word], verb: usize) -> Option<AgencyCredit> {
        const SAYS: [Class; 2] = [Class::SpeechDirect, Class::SpeechEither];
        if words[verb].capital || !words[verb].classes.any(&SAYS) || words[verb].gap != Gap::Space {
            return None;
        }
        let start = words[..verb].iter().rposition(|w| !w.capital || w.gap != Gap::Space)?;
        let start = start + usize::from(!words[start].capital);
        let leads = start.checked_sub(1).map(|before| &words[before]);
        let alone = words[start].gap != Gap::Space
            || leads.is_some_and(|w| {
                w.classes.any(&[Class::End, Class::Adverb, Class::Press, Class::Filler])
            });
        let credit = self.known_credit(words, start).filter(|_| alone && start < verb)?;
        (credit.span.end == words[verb - 1].span.end).then_some(credit)
    }

    /// A part of a byline: "By Newsdesk, with Reuters", "Penulis: Redaksi | Antara", "By Reuters".
    fn in_byline(&self, line: ByteSpan, words: &[Word], at: usize) -> Option<AgencyCredit> {
        let led = at.checked_sub(1).map(|before| &words[before])?;
        let byline = line.len() <= MAX_BYLINE && words[0].is(Class::LabelAuthor);
        if !byline || !words[at].capital {
            return None;
        }
        let credit = self.known_credit(words, at)?;
        let next = words.partition_point(|word| word.span.start < credit.span.end);
        // "Wartawan AFP tewas": a sentence, not a label.
        let whole = words.get(next).is_none_or(|word| word.gap != Gap::Space);
        let joined = !led.capital && led.classes.any(&[Class::Filler, Class::Connector]);
        let part = words[at].gap != Gap::Space || joined || at == 1;
        (whole && part).then_some(credit)
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

    /// "(AFP)", "(ANTARA/…)", "(Warta/AFP)" at the start of a line, at its end or before a dateline's
    /// dash.
    fn bracketed(&self, line: ByteSpan, word: &Word) -> Option<AgencyCredit> {
        if word.gap < Gap::Open {
            return None;
        }
        let start = word.span.start as usize;
        let (before, inside) = self.text[line.start as usize..start].rsplit_once('(')?;
        let first = inside.trim().is_empty() || inside.ends_with('/') && !inside.contains(')');
        let (name, len) = self.known_prefix(&self.text[start..line.end as usize])?;
        let rest =
            &self.text[start + len..floor(self.text, (line.end as usize).min(start + len + 64))];
        let close = rest.find(')')?;
        let part = rest[..close].trim_start();
        let photo = PHOTO.iter().find_map(|photo| part.strip_prefix(photo)).unwrap_or(part);
        let is_part = photo.is_empty() || photo.starts_with('/');
        let behind = rest[close + 1..].trim_start().trim_start_matches('.');
        let at_edge = before.trim().is_empty()
            || behind.trim().is_empty()
            || behind.starts_with(['-', '–', '—']);
        let span = ByteSpan::new(start, start + len);
        (first && is_part && at_edge).then(|| AgencyCredit { name: name.to_owned(), span })
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

/// What an agency's pictures are credited to: "(ANTARA FOTO/…)".
const PHOTO: [&str; 6] = ["FOTO", "Foto", "PHOTO", "Photo", "via Getty Images", "Images"];

/// Bytes of a byline at most.
const MAX_BYLINE: usize = 120;

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

/// Names that count as an agency's or outlet's wherever a credit can stand.
#[derive(Default)]
pub(super) struct Names<'n> {
    /// By spelling, as listed or in capitals.
    by_spelling: AHashMap<String, &'n str>,
    /// The first word of each.
    first_words: AHashSet<String>,
}

impl<'n> Names<'n> {
    /// Each with one of its spellings.
    pub(super) fn of(names: impl Iterator<Item = (&'n str, &'n str)> + Clone) -> Self {
        let first_words = names.clone().map(|(_, spelling)| first_word(spelling)).collect();
        let listed = names.clone().map(|(name, spelling)| (spelling.to_owned(), name));
        let mut by_spelling: AHashMap<String, &'n str> = listed.collect();
        for (name, spelling) in names {
            by_spelling.entry(spelling.to_uppercase()).or_insert(name);
        }
        Names { by_spelling, first_words }
    }

    /// The name of the longest spelling that `text` starts with, and its length.
    pub(super) fn prefix(&self, text: &str) -> Option<(&'n str, usize)> {
        if !self.first_words.contains(&first_word(text)) {
            return None;
        }
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(1);
        let ends: Vec<usize> = ends.take_while(|&end| end <= LONGEST).collect();
        let is_end = |end: &&usize| !text[**end..].starts_with(char::is_alphanumeric);
        let mut ends = ends.iter().rev().filter(is_end);
        ends.find_map(|&end| Some((*self.by_spelling.get(&text[..end])?, end)))
    }
}

/// Bytes of a spelling at most.
const LONGEST: usize = 64;

fn first_word(text: &str) -> String {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(text.len());
    normalize(&text[..end])
}

/// The agencies of the table.
static KNOWN: LazyLock<Names<'static>> = LazyLock::new(|| {
    let rows: Vec<_> = table_rows(include_str!("../../data/agencies.tsv")).collect();
    Names::of(rows.iter().flat_map(|cells| {
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
        let mut failed = Vec::new();
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
            // An agency that says something itself.
            ("Antara put the rise at 1.8 metres above the usual level.", vec!["Antara"]),
            ("Reuters said the talks would go on.", vec!["Reuters"]),
            ("Kedua pihak sepakat, dan AFP menyebut pertemuan itu singkat.", vec!["AFP"]),
            ("Kantor berita Xinhua menyatakan jalan itu ditutup.", vec!["Xinhua"]),
            ("Meanwhile the BBC says the road is closed.", vec!["BBC"]),
            ("A Reuters cameraman said the road was closed.", vec![]),
            ("Direktur Antara mengatakan jalan itu ditutup.", vec![]),
            ("Ketua RT menyebut jalan itu ditutup.", vec![]),
            ("Pilihan di antara keduanya disebut sulit.", vec![]),
            ("Officials put the toll at 40, AP photographs show.", vec![]),
            // Bylines, pictures and initials.
            ("By Newsdesk, with Reuters", vec!["Reuters"]),
            ("By Redaksi and AFP", vec!["AFP"]),
            ("Oleh: Redaksi Malam | Antara", vec!["Antara"]),
            ("By Reuters", vec!["Reuters"]),
            ("Pewarta: Antara, AFP", vec!["Antara", "AFP"]),
            ("Additional reporting by AFP", vec!["AFP"]),
            ("Oleh sebab itu Antara dan Pulau Sagara dihubungkan jembatan.", vec![]),
            ("By the time AFP arrived, the hall was empty.", vec![]),
            ("Nelayan menarik perahu. (ANTARA FOTO/pool)", vec!["ANTARA"]),
            ("Rescuers at the quay. (AP Photo)", vec!["AP"]),
            ("Rescuers at the quay. (AFP via Getty Images)", vec!["AFP"]),
            ("Hujan turun di sana. (HC/Antara)", vec!["Antara"]),
            ("Hujan turun di sana (AFP Street) pagi ini.", vec![]),
            ("Hujan turun. (ANT)", vec!["ANT"]),
            ("Demikian dikutip dari laporan Reuters, Kamis.", vec!["Reuters"]),
            ("Hujan turun, lapor AFP mengutip pejabat setempat.", vec!["AFP"]),
            ("utang kepada juragan.Beberapa keluarga menjual mesin.", vec![]),
            ("Dia berpesan kepada warga.Me lain tidak.", vec![]),
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
            if spans != expect {
                failed.push(format!("{text:?}: {expect:?}, not {spans:?}"));
            }
        }
        assert!(failed.is_empty(), "{}", failed.join("\n"));
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
