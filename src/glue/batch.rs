//! Which words does the batch itself know?

use crate::text::tokenize::Token;
use ahash::AHashMap;

/// In how many documents of a batch each word stands as a token of its own.
///
/// Fold exact copies first: a gluing that is copied looks like a word.
#[derive(Debug, Clone, Default)]
pub struct BatchCounts {
    n_documents: AHashMap<u64, u32>,
    n_words: u64,
}

impl BatchCounts {
    /// Counts one more document.
    pub fn add(&mut self, tokens: &[Token]) {
        let mut words: Vec<u64> = tokens.iter().map(|token| token.word).collect();
        words.sort_unstable();
        words.dedup();
        self.n_words += words.len() as u64;
        for word in words {
            *self.n_documents.entry(word).or_default() += 1;
        }
    }

    /// Sum over all words of their documents.
    pub(super) fn n_words(&self) -> u64 {
        self.n_words
    }

    pub(super) fn n_documents(&self, word: u64) -> u64 {
        self.n_documents.get(&word).copied().unwrap_or(0).into()
    }
}
