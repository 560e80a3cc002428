//! Which n-grams does a text have? Sets of hashed shingles, and how far two such sets agree.

use crate::fixed::Milli;
use crate::hash::{hash64, hash64_of};

/// The distinct shingles of one text: sorted, unique 64-bit hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShingleSet(Vec<u64>);

impl ShingleSet {
    fn from_hashes(mut hashes: Vec<u64>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        ShingleSet(hashes)
    }

    /// Shingles of `n` consecutive words. A text of fewer words has one shingle, of all of them;
    /// no words, no shingles.
    pub fn of_words(words: &[u64], n: usize) -> Self {
        if words.is_empty() {
            return ShingleSet::default();
        }
        let n = n.min(words.len());
        Self::from_hashes(words.windows(n).map(|w| hash64_of(w.iter().copied())).collect())
    }

    /// Shingles of `n` consecutive words of a text. One of fewer words has those of its single
    /// words, and one without a word those of its code points: short texts are neither lost nor all
    /// alike. White space alone has none.
    pub fn of_text(text: &str, words: &[u64], n: usize) -> Self {
        match words.len() {
            0 => Self::of_chars(text.trim(), 1),
            few if few < n => Self::of_words(words, 1),
            _ => Self::of_words(words, n),
        }
    }

    /// Shingles of `n` consecutive code points. A text of fewer has one shingle, the text itself;
    /// an empty text has none.
    pub fn of_chars(text: &str, n: usize) -> Self {
        if text.is_empty() {
            return ShingleSet::default();
        }
        let mut bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        bounds.push(text.len());
        let n = n.min(bounds.len() - 1);
        let hashes = bounds.windows(n + 1).map(|w| hash64(&text.as_bytes()[w[0]..w[n]])).collect();
        Self::from_hashes(hashes)
    }

    /// The hashes, ascending.
    pub fn hashes(&self) -> &[u64] {
        &self.0
    }

    /// Exact Jaccard similarity, 0 to 1; two empty sets have 0.
    pub fn jaccard(&self, other: &ShingleSet) -> Milli {
        let common = self.n_common(other);
        Milli::ratio(common as i64, (self.0.len() + other.0.len() - common) as i64)
    }

    /// Share of these shingles that the other set has, 0 to 1; of no shingles 0.
    pub fn containment(&self, other: &ShingleSet) -> Milli {
        Milli::ratio(self.n_common(other) as i64, self.0.len() as i64)
    }

    fn n_common(&self, other: &ShingleSet) -> usize {
        let (mut i, mut j, mut n) = (0, 0, 0);
        while i < self.0.len() && j < other.0.len() {
            let (a, b) = (self.0[i], other.0[j]);
            n += usize::from(a == b);
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        n
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn short_texts_keep_a_shingle() {
        for (words, n, expect) in [(0, 3, 0), (1, 3, 1), (2, 3, 1), (3, 3, 1), (5, 3, 3)] {
            let words: Vec<u64> = (0..words).collect();
            assert_eq!(ShingleSet::of_words(&words, n).hashes().len(), expect);
        }
        for (text, expect) in [("", 0), ("é", 1), ("ééééé", 1), ("abcdef", 2), ("aaaaaaaa", 1)]
        {
            assert_eq!(ShingleSet::of_chars(text, 5).hashes().len(), expect, "{text}");
        }
    }

    proptest! {
        #[test]
        fn jaccard_equals_that_of_hash_sets(a in ".{0,40}", b in ".{0,40}", n in 1usize..6) {
            let grams = |text: &str| -> HashSet<String> {
                let chars: Vec<char> = text.chars().collect();
                if chars.is_empty() { return HashSet::new() }
                chars.windows(n.min(chars.len())).map(|w| w.iter().collect()).collect()
            };
            let (x, y) = (grams(&a), grams(&b));
            let expect = Milli::ratio(x.intersection(&y).count() as i64, x.union(&y).count() as i64);
            prop_assert_eq!(ShingleSet::of_chars(&a, n).jaccard(&ShingleSet::of_chars(&b, n)), expect);
        }
    }
}
