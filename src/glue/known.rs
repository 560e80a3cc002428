//! How likely is this word in text of this language, by the background and the batch?

use super::batch::BatchCounts;
use crate::background::Background;
use crate::fixed::ln;

/// Worth of a word that is met once in e^7 (1,100) words, before its letters.
const WORTH: i64 = 7_000;
/// Worth of each letter: long words hardly ever meet by chance.
const LETTER: i64 = 500;
/// Cost of a word that only another language's table has.
const FOREIGN: i64 = 3_000;
/// ln of an unknown word's probability, before its letters, and what each of them takes off.
const UNKNOWN: i64 = -14_000;
const UNKNOWN_LETTER: i64 = 1_000;
/// Worth of "di", "dan", "yang" and their like.
const COMMON_WORTH: i64 = 3_500;

/// The background counts as much as a batch of so many words.
const BACKGROUND_WORDS: u64 = 200_000;
/// A single letter is a word where it makes up this much of running text: English "a".
const LETTER_PER_BILLION: u32 = 5_000_000;
/// Least length of a piece that only the batch or another language knows, of the parts of
/// "CamelCase", and of what follows an acronym.
pub(super) const PIECE_LETTERS: usize = 4;

/// The words that may be pieces of a token.
#[derive(Debug)]
pub(super) struct Known<'b> {
    background: &'b Background,
    batch: &'b BatchCounts,
    language: Option<&'b str>,
    /// Without a table of the language only changes of case can show a cut.
    pub(super) has_table: bool,
    /// ln of the number of words that background and batch count together, in billionths of the
    /// background's.
    ln_total: i64,
}

impl<'b> Known<'b> {
    pub(super) fn new(
        background: &'b Background,
        language: Option<&'b str>,
        batch: &'b BatchCounts,
    ) -> Self {
        let has_table = background.frequency(language, 0).is_some();
        let n_listed = if has_table { 1_000_000_000 } else { 0 };
        let ln_total = ln(n_listed + per_billion(batch.n_words())).0;
        Known { background, batch, language, has_table, ln_total }
    }

    /// ln of the probability of a word that may be a piece; `None` for an unknown one.
    pub(super) fn ln(&self, hash: u64, n_letters: usize) -> Option<i64> {
        let n_documents = self.batch.n_documents(hash);
        let listed = |language| self.background.frequency(language, hash).filter(|f| f.listed);
        if let Some(found) = listed(self.language) {
            let usual = 1 < n_letters || LETTER_PER_BILLION <= found.per_billion;
            let n = u64::from(found.per_billion) + per_billion(n_documents);
            return usual.then(|| ln(n).0 - self.ln_total);
        }
        // Words of the batch are no proof where any language may be met: German is full of words
        // that are made of words.
        if n_letters < PIECE_LETTERS || self.language.is_none() {
            return None;
        }
        if 2 <= n_documents {
            return Some(ln(per_billion(n_documents)).0 - self.ln_total);
        }
        let foreign = listed(None).filter(|_| self.has_table)?;
        Some(ln(foreign.per_billion.into()).0 - ln(1_000_000_000).0 - FOREIGN)
    }

    /// What a piece adds: how much commoner it is than a string of its length is by chance.
    pub(super) fn worth(&self, hash: u64, n_letters: usize) -> i64 {
        let ln = self.ln(hash, n_letters).unwrap_or(ln_unknown(n_letters));
        ln + WORTH + LETTER * n_letters as i64
    }

    pub(super) fn is_common(&self, hash: u64, n_letters: usize) -> bool {
        COMMON_WORTH <= self.worth(hash, n_letters)
    }

    /// The worth of a token as the one word that a table or several documents have.
    pub(super) fn worth_as_one(&self, hash: u64, n_letters: usize) -> Option<i64> {
        self.is_one(hash).then(|| self.worth(hash, n_letters))
    }

    /// Whether a table or several documents have the token as one word.
    pub(super) fn is_one(&self, hash: u64) -> bool {
        2 <= self.batch.n_documents(hash)
            || self.background.frequency(None, hash).is_some_and(|found| found.listed)
    }
}

pub(super) fn ln_unknown(n_letters: usize) -> i64 {
    UNKNOWN - UNKNOWN_LETTER * n_letters as i64
}

/// A count of the batch in the unit of the background.
fn per_billion(n: u64) -> u64 {
    n.saturating_mul(1_000_000_000 / BACKGROUND_WORDS)
}
