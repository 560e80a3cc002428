//! What are the words of a stretch of text, and what stands between them?
//!
//! The attribution rules read words with the punctuation before each: a comma ends a name, a
//! closing bracket may precede one. Case and offsets are kept, unlike in
//! [`crate::text::tokenize`], whose tokens are for comparing.

use super::lexicon::{Class, Classes, classes};
use crate::span::ByteSpan;
use unicode_normalization::char::is_combining_mark;

/// One word with what stands before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Where it stands.
    pub span: ByteSpan,
    /// What separates it from the word before.
    pub gap: Gap,
    /// Whether it stands inside double quotation marks opened in the same stretch.
    pub quoted: bool,
    /// Whether it starts with an upper-case letter.
    pub capital: bool,
    /// What the lexicon knows of it.
    pub classes: Classes,
}

/// What separates two words, from the weakest to the strongest; of several marks the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// White space, or nothing.
    Space,
    /// `)`.
    Close,
    /// `(`.
    Open,
    /// `,` and other marks inside a sentence.
    Comma,
    /// A dash.
    Dash,
    /// `:`.
    Colon,
    /// A double quotation mark.
    Quote,
    /// The end of a sentence, or of the stretch.
    Stop,
}

impl Word {
    /// Whether the lexicon gives it this class.
    pub(super) fn is(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    /// Whether it starts with a digit.
    pub(super) fn is_number(&self, text: &str) -> bool {
        self.span.of(text).starts_with(|c: char| c.is_numeric())
    }

    /// Whether it is two capitals or more and no lower-case letter: an acronym, or a word of a
    /// line in capitals.
    pub(super) fn is_acronym(&self, text: &str) -> bool {
        let word = self.span.of(text);
        word.chars().filter(|c| c.is_uppercase()).count() >= 2
            && !word.chars().any(char::is_lowercase)
    }
}

/// The words inside `within`, in order. The first word's gap is [`Gap::Stop`].
pub(super) fn words(text: &str, within: ByteSpan) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut scan = Scan { gap: Gap::Stop, quoted: false };
    let mut at = within.start as usize;
    let end = within.end as usize;
    while at < end {
        let rest = &text[at..end];
        let len = unglued_len(&rest[..word_len(rest)]);
        if len > 0 {
            found.push(scan.word(text, ByteSpan::new(at, at + len)));
            at += len;
        } else {
            let c = rest.chars().next().unwrap_or(' ');
            let abbreviates = c == '.' && found.last().is_some_and(|w| is_abbreviation(text, w));
            // "pukul 09.15"
            let digit = |c: char| c.is_ascii_digit();
            let abbreviates = abbreviates
                || matches!(c, '.' | ':')
                    && text[..at].ends_with(digit)
                    && rest[1..].starts_with(digit);
            if !abbreviates {
                scan.mark(c);
            }
            at += c.len_utf8();
        }
    }
    found
}

/// What the scan carries from mark to mark.
struct Scan {
    gap: Gap,
    quoted: bool,
}

impl Scan {
    fn word(&mut self, text: &str, span: ByteSpan) -> Word {
        let word = span.of(text);
        Word {
            span,
            gap: std::mem::replace(&mut self.gap, Gap::Space),
            quoted: self.quoted,
            capital: word.starts_with(char::is_uppercase),
            classes: classes(word),
        }
    }

    fn mark(&mut self, c: char) {
        self.quoted = match c {
            '"' => !self.quoted,
            '“' | '„' | '«' => true,
            '”' | '»' => false,
            _ => self.quoted,
        };
        self.gap = self.gap.max(gap_of(c));
    }
}

fn gap_of(c: char) -> Gap {
    match c {
        c if c.is_whitespace() => Gap::Space,
        '\'' | '’' | '‘' | '*' | '@' | '\u{feff}' | '\u{200b}'..='\u{200f}' => Gap::Space,
        ')' | ']' => Gap::Close,
        '(' | '[' => Gap::Open,
        '-' | '–' | '—' | '―' | '−' => Gap::Dash,
        ':' | '：' => Gap::Colon,
        '.' | '!' | '?' | '…' | ';' | '|' | '。' | '！' | '？' | '।' | '؟' => Gap::Stop,
        c if is_double_quote(c) => Gap::Quote,
        _ => Gap::Comma,
    }
}

/// Whether `c` is a double quotation mark of any script.
pub(super) fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』' | '＂')
}

/// Length in bytes of the word that starts `rest`; 0 where none does. Apostrophes and hyphens
/// between two letters or digits belong to the word.
fn word_len(rest: &str) -> usize {
    let mut len = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '\'' | '’' | '-' | '\u{ad}')
            && len == at
            && 0 < at
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let is_mark = || !c.is_ascii() && 0 < at && is_combining_mark(c);
        if !(c.is_alphanumeric() || joins || is_mark()) {
            break;
        }
        len = at + c.len_utf8();
    }
    len
}

/// Length of the word without what is glued to it, as scraped links leave names: "dilansirAFP" is
/// "dilansir" and "AFP", "BBCpada" is "BBC" and "pada". The other part has to be a known word.
fn unglued_len(word: &str) -> usize {
    // Most words: small letters, perhaps behind a capital.
    let bytes = word.as_bytes();
    if word.is_ascii() && bytes.iter().skip(1).all(u8::is_ascii_lowercase) {
        return word.len();
    }
    let run = |is: fn(char) -> bool| word.len() - word.trim_start_matches(is).len();
    let (lower, upper) = (run(char::is_lowercase), run(char::is_uppercase));
    let known = |part: &str| part.len() > 1 && classes(part) != Classes::default();
    let name_behind = word[lower..].starts_with(char::is_uppercase) && known(&word[..lower]);
    let name_before = word[upper..].starts_with(char::is_lowercase) && known(&word[upper..]);
    match (lower, upper) {
        (2.., _) if name_behind => lower,
        (_, 2..) if name_before => upper,
        _ => word.len(),
    }
}

/// Whether a full stop after the word abbreviates it: an initial, or a title as "Dr." or "H.".
fn is_abbreviation(text: &str, word: &Word) -> bool {
    let letters = word.span.of(text);
    word.capital
        && (letters.chars().count() == 1 || letters.len() <= 4 && word.is(Class::Honorific))
}

/// The largest index of a character boundary that is `at` or less.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The end of at most `most` bytes from `start` and before `end`, so that no word is cut in two.
pub(super) fn end_of_reach(text: &str, start: usize, most: usize, end: usize) -> usize {
    let at = floor(text, end.min(start + most));
    if at == end || !is_inside_word(text, at) {
        return at;
    }
    let kept = text[start..at].trim_end_matches(char::is_alphanumeric).len();
    start + kept
}

/// The start of at most `most` bytes before `end` and from `start` on, so that no word is cut in two.
pub(super) fn start_of_reach(text: &str, start: usize, most: usize, end: usize) -> usize {
    let at = floor(text, start.max(end.saturating_sub(most)));
    if at <= start || !is_inside_word(text, at) {
        return at.max(start);
    }
    end - text[at..end].trim_start_matches(char::is_alphanumeric).len()
}

fn is_inside_word(text: &str, at: usize) -> bool {
    text[..at].ends_with(char::is_alphanumeric) && text[at..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reach_cuts_no_word() {
        let text = "kata Antony Blinken";
        for (most, end) in [(4, 4), (6, 5), (11, 11), (15, 12), (40, 19)] {
            assert_eq!(end_of_reach(text, 0, most, text.len()), end, "{most}");
        }
        for (most, start) in [(7, 12), (9, 11), (14, 5), (16, 4), (40, 0)] {
            assert_eq!(start_of_reach(text, 0, most, text.len()), start, "{most}");
        }
    }

    fn shown(text: &str) -> String {
        words(text, ByteSpan::new(0, text.len()))
            .iter()
            .map(|w| format!("{}{}", mark(w.gap), w.span.of(text)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn mark(gap: Gap) -> &'static str {
        match gap {
            Gap::Space => "",
            Gap::Close => ")",
            Gap::Open => "(",
            Gap::Comma => ",",
            Gap::Dash => "-",
            Gap::Colon => ":",
            Gap::Quote => "\"",
            Gap::Stop => "|",
        }
    }

    #[test]
    fn words_with_the_strongest_mark_before_each() {
        for (text, expect) in [
            ("Oleh karenanya,Wang Yi", "|Oleh karenanya ,Wang Yi"),
            ("“Ya,” kata Ma’ruf Amin.", "|Ya \"kata Ma’ruf Amin"),
            ("Center (Rusia) Dmitry", "|Center (Rusia )Dmitry"),
            ("Kassym-Jomart – Tokayev", "|Kassym-Jomart -Tokayev"),
            ("Dr. H. Hasan. Dia", "|Dr H Hasan |Dia"),
            (
                "dilansirAFP, bahwaRusia, BBCpada iNews PDIs",
                "|dilansir AFP ,bahwa Rusia ,BBC pada iNews PDIs",
            ),
            ("Harry S. Truman", "|Harry S Truman"),
            ("- a-", "|a"),
            ("", ""),
        ] {
            assert_eq!(shown(text), expect, "{text:?}");
        }
    }

    #[test]
    fn quoted_words_are_marked() {
        let text = "a \"b c\" d “e” f";
        let quoted: Vec<bool> =
            words(text, ByteSpan::new(0, text.len())).iter().map(|w| w.quoted).collect();
        assert_eq!(quoted, [false, true, true, false, true, false]);
    }
}
