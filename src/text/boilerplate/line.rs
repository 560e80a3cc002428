//! What does a paragraph look like?

use super::Page;
use crate::hash::{hash64, hash64_of};
use crate::span::ByteSpan;
use crate::text::Paragraph;
use crate::text::paragraph::{is_blank, is_dash, is_full_stop, is_terminal, last_mark};
use crate::text::sentence::{WORD, count_units};

/// What is asked of a paragraph.
pub(super) struct Line {
    /// Of its text in lower case, with single spaces.
    pub hash: u64,
    /// Its length.
    pub n_units: u32,
    pub ending: Ending,
    /// Whether it starts like an item of a list: "1.", "•".
    pub is_item: bool,
    /// Whether it starts with a number, as rows of tables and of tickers do.
    pub is_row: bool,
    /// Whether it is a row of short parts: "Beranda | Dunia | Bola".
    pub is_menu: bool,
    /// Whether all of it stands in brackets: "(red/red)".
    pub is_note: bool,
    /// Whether it tells of the article and is no part of it: a date, an author, a credit.
    pub is_about: bool,
    /// Whether it is the page's headline.
    pub is_title: bool,
    /// Whether it may hold a date: four digits or more.
    pub has_date: bool,
    /// Whether it holds the outlet's name.
    pub names_outlet: bool,
    pub lead_in: Option<LeadIn>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// No sentence-final punctuation.
    Open,
    /// A question or exclamation mark, as sentences and titles have it.
    Marked,
    /// A full stop: running prose.
    Stop,
    /// A colon.
    Colon,
}

/// "Baca juga: …", "BACA JUGA >> …"
pub(super) struct LeadIn {
    /// Of the words before the mark.
    pub prefix: u64,
    /// Of the words after it.
    pub rest: u64,
    /// Units after it.
    pub n_rest: u32,
}

impl Line {
    /// Whether it is at most so many words long.
    pub fn is_within(&self, n_words: usize) -> bool {
        self.n_units as usize <= n_words * WORD
    }

    /// Whether it is running prose.
    pub fn is_prose(&self) -> bool {
        self.ending == Ending::Stop
    }
}

/// The lines of a page.
pub(super) fn lines(page: &Page, paragraphs: &[Paragraph]) -> Vec<Line> {
    let title = page.title.map(hash_words);
    let about = Cover::of(page.about);
    let line = |paragraph: &Paragraph| {
        let inside = paragraph.span.of(page.text);
        let hash = hash_words(inside);
        Line {
            hash,
            n_units: count_units(inside) as u32,
            ending: ending(inside),
            is_item: is_item(inside),
            is_row: inside.starts_with(|c: char| c.is_numeric()),
            is_menu: is_menu(inside),
            is_note: inside.starts_with('(') && inside.ends_with(')'),
            is_about: about.meets(paragraph.span),
            is_title: title == Some(hash),
            has_date: 4 <= inside.bytes().filter(u8::is_ascii_digit).count(),
            names_outlet: page.outlet.is_some_and(|outlet| names(inside, outlet)),
            lead_in: lead_in(inside),
        }
    };
    paragraphs.iter().map(line).collect()
}

/// Spans, and how far those up to each of them reach.
struct Cover(Vec<(u32, u32)>);

impl Cover {
    fn of(spans: &[ByteSpan]) -> Self {
        let mut spans = spans.to_vec();
        spans.sort_unstable();
        let mut reach = 0;
        let spans = spans.iter().map(|span| {
            reach = reach.max(span.end);
            (span.start, reach)
        });
        Cover(spans.collect())
    }

    /// Whether one of the spans shares a byte with `span`.
    fn meets(&self, span: ByteSpan) -> bool {
        let n_before = self.0.partition_point(|&(start, _)| start < span.end);
        n_before.checked_sub(1).is_some_and(|last| span.start < self.0[last].1)
    }
}

/// Fewest letters of an outlet's name that tell it: "detik", not "BBC" in "subbcode".
const MIN_OUTLET: usize = 5;

/// Whether the outlet's name stands in `text`, in whatever case and spacing.
fn names(text: &str, outlet: &str) -> bool {
    let squeezed = || -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    MIN_OUTLET <= outlet.len() && squeezed().contains(outlet)
}

/// "1. …", "2) …", "• …"
fn is_item(text: &str) -> bool {
    let after_number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = after_number.len() < text.len() && after_number.starts_with(['.', ')']);
    let is_bulleted = text.starts_with(['-', '–', '—', '•', '*', '·', '▪', '●']);
    (is_numbered || is_bulleted) && text.contains(char::is_alphabetic)
}

/// Fewest parts of a menu.
const MIN_PARTS: usize = 3;

/// Most words of a part of a menu set apart by bars, as links are.
const MAX_BAR_PART: usize = 8 * WORD;

/// The same for parts set apart by dashes, slashes or gaps, which other lines have too.
const MAX_GAP_PART: usize = 3 * WORD;

/// Whether a line is a row of short parts ("Beranda | Dunia | Bola", "Share  Save  Print") or of
/// hashtags. A row of a table has numbers for parts, and of a record labels: "Penulis: A | Foto: B".
fn is_menu(text: &str) -> bool {
    let n_digits = text.bytes().filter(u8::is_ascii_digit).count();
    if 4 <= n_digits || ending(text) == Ending::Stop || text.contains('\n') {
        return false;
    }
    let n_tags = text.split_whitespace().filter(|word| word.starts_with('#')).count();
    let is_bar = |c: char| matches!(c, '|' | '•' | '·' | '»' | '›' | '\t');
    let bars: Vec<&str> = text.split(is_bar).flat_map(|part| part.split("  ")).collect();
    let gaps: Vec<&str> = text
        .split("  ")
        .flat_map(|part| part.split(" / "))
        .flat_map(|part| part.split(" > "))
        .flat_map(|part| split_dashes(part))
        .collect();
    let has_bar = text.contains(is_bar);
    2 <= n_tags && text.split_whitespace().count() <= n_tags + 2
        || has_bar && are_links(&bars, MAX_BAR_PART)
        || are_links(&gaps, MAX_GAP_PART)
}

/// Parts that a dash between spaces sets apart.
fn split_dashes(text: &str) -> Vec<&str> {
    let mut parts = vec![];
    let mut start = 0;
    for (at, dash) in text.char_indices().filter(|&(_, c)| is_dash(c)) {
        let after = at + dash.len_utf8();
        if text[..at].ends_with(' ') && text[after..].starts_with(' ') {
            parts.push(&text[start..at]);
            start = after;
        }
    }
    parts.push(&text[start..]);
    parts
}

fn are_links(parts: &[&str], max_units: usize) -> bool {
    let parts = || parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    let is_short = |part: &str| count_units(part) <= max_units;
    let is_worded = |part: &str| part.contains(char::is_alphabetic);
    let n_labels = parts().filter(|part| part.contains(": ")).count();
    MIN_PARTS <= parts().count() && parts().all(|p| is_short(p) && is_worded(p)) && n_labels < 2
}

pub(super) fn hash_words(text: &str) -> u64 {
    hash64_of(text.split(is_blank).filter(|w| !w.is_empty()).map(hash_word))
}

fn hash_word(word: &str) -> u64 {
    let mut lower = [0; 32];
    match lower.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        Some(lower) => {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            hash64(lower)
        }
        None => hash64(word.to_lowercase().as_bytes()),
    }
}

fn ending(text: &str) -> Ending {
    match last_mark(text) {
        Some('?' | '!' | '？' | '！' | '\u{61f}') => Ending::Marked,
        Some(':' | '：') => Ending::Colon,
        Some(c) if is_terminal(c) || is_full_stop(c) => Ending::Stop,
        _ => Ending::Open,
    }
}

/// At most four words and thirty characters before a first colon or ">>" that is followed by words.
fn lead_in(text: &str) -> Option<LeadIn> {
    let near = |c: &(usize, char)| matches!(c.1, ':' | '：') || text[c.0..].starts_with(">>");
    let (at, mark) = text.char_indices().take(31).find(near)?;
    let n_mark = if mark == '>' { 2 } else { mark.len_utf8() };
    let (prefix, rest) = (text[..at].trim_end(), &text[at + n_mark..]);
    let is_time = prefix.ends_with(char::is_numeric) || rest.starts_with("//");
    let is_words =
        prefix.starts_with(char::is_alphabetic) && !prefix.contains(['.', ',', '?', '!']);
    (is_words && !is_time && count_units(prefix) <= 4 * WORD).then(|| LeadIn {
        prefix: hash_words(prefix),
        rest: hash_words(rest),
        n_rest: count_units(rest) as u32,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_short_parts_are_menus() {
        for (text, expect) in [
            ("Beranda | Dunia | Bola", true),
            ("Share  Save  Print", true),
            ("Bagikan:  Surel · Cetak · Salin Tautan", true),
            ("Nasional - Daerah - Dunia - Opini", true),
            ("Beranda / Daerah / Pesisir", true),
            ("Home » News » Coast", true),
            (
                "Berita lain: Petani Panen Lebih Awal • Festival Layang-Layang Ditunda • Harga Turun",
                true,
            ),
            ("#banjir #tanggul", true),
            ("Tag : #banjir #tanggul", true),
            // Two parts, long ones, a sentence, numbers, labels, a date.
            ("Beranda | Dunia", false),
            ("Warga tidur di balai desa  air belum surut sampai pagi  listrik padam", false),
            ("Ia datang - melihat - menang.", false),
            ("PB Teluk Marasa  3  3  0  9", false),
            ("Penulis: Ani | Editor: Budi | Foto: Cici", false),
            ("Kabar Sagara | Senin | 23/01/2023", false),
            ("Anak-anak naik ke loteng", false),
            ("Nomor #1 di dunia", false),
        ] {
            assert_eq!(is_menu(text), expect, "{text}");
        }
    }

    #[test]
    fn lead_ins_end_with_a_colon_or_angles() {
        let words = |text: &str| lead_in(text).map(|l| (l.prefix, l.n_rest as usize / WORD));
        let prefix = hash_words("baca juga");
        assert_eq!(words("Baca juga: Tiga Kata Ini"), Some((prefix, 3)));
        assert_eq!(words("BACA JUGA >> Dua Kata"), Some((prefix, 2)));
        for text in ["Pukul 08:15", "https://kabar.example", "a > b", "Ia, katanya: tidak", ": x"] {
            assert_eq!(words(text), None, "{text}");
        }
    }

    #[test]
    fn spans_that_meet() {
        let cover = Cover::of(&[ByteSpan::new(20, 30), ByteSpan::new(0, 25), ByteSpan::new(5, 6)]);
        for (start, end, expect) in [(7, 9, true), (29, 40, true), (30, 40, false), (0, 1, true)] {
            assert_eq!(cover.meets(ByteSpan::new(start, end)), expect, "{start}..{end}");
        }
    }
}
