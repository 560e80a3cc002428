//! The words of a wording, as the search for facts reads them.

use crate::span::ByteSpan;
use crate::text::tokenize::{Token, normalize};
use std::ops::Range;

/// Codes of currencies that stand before an amount.
pub(super) const CURRENCIES: [&str; 6] = ["rp", "usd", "idr", "eur", "gbp", "rm"];

/// Words with what stands between them.
pub(super) struct Words<'t> {
    pub text: &'t str,
    pub tokens: &'t [Token],
    /// Normalised.
    pub forms: Vec<String>,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str, tokens: &'t [Token]) -> Self {
        let forms = tokens.iter().map(|t| normalize(t.span.of(text))).collect();
        Words { text, tokens, forms }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The normalised word; empty beyond the last.
    pub(super) fn form(&self, i: usize) -> &str {
        self.forms.get(i).map_or("", String::as_str)
    }

    pub(super) fn written(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |token| token.span.of(self.text))
    }

    /// What stands between the word at `i` and the next; `"\n"`, which joins nothing, behind the last.
    pub(super) fn gap(&self, i: usize) -> &'t str {
        match (self.tokens.get(i), self.tokens.get(i + 1)) {
            (Some(x), Some(y)) if x.span.end <= y.span.start => {
                ByteSpan { start: x.span.end, end: y.span.start }.of(self.text)
            }
            _ => "\n",
        }
    }

    /// What stands before the word at `i`; `"\n"` before the first.
    pub(super) fn gap_before(&self, i: usize) -> &'t str {
        i.checked_sub(1).map_or("\n", |before| self.gap(before))
    }

    /// Whether only white space parts the word at `i` from the next.
    pub(super) fn is_near(&self, i: usize) -> bool {
        i + 1 < self.len() && self.gap(i).chars().all(char::is_whitespace)
    }

    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.written(i).starts_with(char::is_uppercase)
    }

    /// The value of a word of digits alone, at most `most` of them.
    pub(super) fn number(&self, i: usize, most: usize) -> Option<u32> {
        let form = self.form(i);
        let digits = !form.is_empty() && form.bytes().all(|b| b.is_ascii_digit());
        (digits && form.len() <= most.min(9)).then(|| form.parse().ok()).flatten()
    }

    pub(super) fn starts_with_digit(&self, i: usize) -> bool {
        self.form(i).starts_with(|c: char| c.is_ascii_digit())
    }

    /// The currency that is glued to digits: "rp" of "Rp1".
    pub(super) fn glued_currency(&self, i: usize) -> Option<&str> {
        let form = self.form(i);
        let at = form.find(|c: char| c.is_ascii_digit())?;
        Some(&form[..at]).filter(|prefix| CURRENCIES.contains(prefix))
    }

    /// From the first to the last of the words; of none, nothing.
    pub(super) fn span(&self, range: Range<usize>) -> ByteSpan {
        match self.tokens.get(range) {
            Some([first, .., last]) => ByteSpan { start: first.span.start, end: last.span.end },
            Some([only]) => only.span,
            _ => ByteSpan::new(0, 0),
        }
    }
}
