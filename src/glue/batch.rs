//! Which words does the batch itself know?

use crate::text::tokenize::Token;
use ahash::AHashMap;
use rayon::prelude::*;

/// In how many documents of a batch each word stands as a token of its own.
///
/// Fold exact copies first: a gluing that is copied looks like a word.
#[derive(Debug, Clone, Default)]
pub struct BatchCounts {
    n_documents: AHashMap<u64, u32>,
    n_words: u64,
}

impl BatchCounts {
    /// Counts the documents of a batch.
    pub fn of(documents: &[&[Token]]) -> BatchCounts {
        const PART: usize = 512;
        let part = |documents: &[&[Token]]| {
            let mut counts = BatchCounts::default();
            documents.iter().for_each(|tokens| counts.add(tokens));
            counts
        };
        let parts: Vec<BatchCounts> = documents.par_chunks(PART).map(part).collect();
        let mut parts = parts.into_iter();
        let mut all = parts.next().unwrap_or_default();
        for part in parts {
            all.n_words += part.n_words;
            for (word, n) in part.n_documents {
                *all.n_documents.entry(word).or_default() += n;
            }
        }
        all
    }

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
