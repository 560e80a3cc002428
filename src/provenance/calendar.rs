//! How are dates spelt: months, days of the week, numbers, and the tokens of a line?

use super::lexicon::table_rows;
use ahash::AHashMap;
use jiff::civil::Date;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// A date of the calendar in the years that news can have.
pub(super) fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    let plausible = (1600..=2199).contains(&year);
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    plausible.then(|| Date::new(year as i16, month, day).ok()).flatten()
}

/// The number of a month's name or abbreviation, from 1.
pub(crate) fn month(word: &str) -> Option<u8> {
    CALENDAR.get(word.to_lowercase().as_str()).filter(|e| e.0 == "month").map(|e| e.1)
}

/// The number of a day of the week, from 1 for Monday.
pub(crate) fn weekday(word: &str) -> Option<u8> {
    CALENDAR.get(word.to_lowercase().as_str()).filter(|e| e.0 == "day").map(|e| e.1)
}

static CALENDAR: LazyLock<AHashMap<&'static str, (&'static str, u8)>> = LazyLock::new(|| {
    let rows = table_rows(include_str!("../../data/calendar.tsv"));
    rows.filter_map(|cells| Some((*cells.first()?, cells.get(1)?.parse().ok()?, *cells.get(2)?)))
        .flat_map(|(kind, n, words)| words.split(' ').map(move |word| (word, (kind, n))))
        .collect()
});

/// A number, a word or a mark; white space only separates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'l> {
    /// As written.
    pub text: &'l str,
    /// Where it starts in the line.
    pub start: usize,
}

impl Token<'_> {
    /// The value of a number of `digits` digits.
    pub(super) fn number(&self, digits: RangeInclusive<usize>) -> Option<u32> {
        digits.contains(&self.text.len()).then(|| number(self.text)).flatten()
    }

    pub(super) fn is_mark(&self, marks: &[char]) -> bool {
        self.text.chars().all(|c| marks.contains(&c))
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

pub(super) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let start = line.len() - rest.len();
        let word = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’');
        let len = if first.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
        } else if first.is_alphabetic() {
            rest.find(|c: char| !word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() {
            tokens.push(Token { text: &rest[..len], start });
        }
        rest = &rest[len..];
    }
    tokens
}

pub(super) fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Reads tokens one by one.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t, 'l> {
    /// All tokens of the line.
    pub tokens: &'t [Token<'l>],
    /// The next one to read.
    pub at: usize,
}

impl<'l> Cursor<'_, 'l> {
    pub(super) fn take<T>(&mut self, read: impl Fn(&Token<'l>) -> Option<T>) -> Option<T> {
        let value = read(self.tokens.get(self.at)?)?;
        self.at += 1;
        Some(value)
    }

    pub(super) fn number(&mut self, digits: RangeInclusive<usize>) -> Option<u32> {
        self.take(|token| token.number(digits.clone()))
    }

    pub(super) fn month(&mut self) -> Option<u8> {
        self.take(|token| month(token.text))
    }

    pub(super) fn one_of(&mut self, words: &[&str]) -> Option<&'l str> {
        self.take(|token| {
            words.iter().any(|word| token.text.eq_ignore_ascii_case(word)).then_some(token.text)
        })
    }

    /// Skips any of the words, at most four.
    pub(super) fn skip(&mut self, words: &[&str]) {
        for _ in 0..4 {
            if self.one_of(words).is_none() {
                return;
            }
        }
    }
}
