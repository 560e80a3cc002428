//! Which n-grams does a text have? Sets of hashed shingles, and how far two such sets agree.

use crate::fixed::Milli;
use crate::hash::hash64;

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
        let mut hashes = Vec::new();
        word_shingles(words, n, &mut hashes);
        Self::from_hashes(hashes)
    }

    /// The shingles of [`text_shingles`].
    pub fn of_text(text: &str, words: &[u64], n: usize) -> Self {
        let mut hashes = Vec::new();
        text_shingles(text, words, n, &mut hashes);
        Self::from_hashes(hashes)
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

    /// How many hashes the set has in each of [`Profile`]'s parts.
    pub fn profile(&self) -> Profile {
        let mut parts = [0u16; PARTS];
        for hash in &self.0 {
            let part = &mut parts[(hash >> (u64::BITS - PARTS.ilog2())) as usize];
            *part = part.saturating_add(1);
        }
        Profile { parts, n: self.0.len() }
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

const PARTS: usize = 256;

/// A set's size, in all and by the first bits of its hashes: bounds what it has in common with
/// another in a fraction of the time that counting takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    parts: [u16; PARTS],
    n: usize,
}

impl Profile {
    /// No less than the exact Jaccard similarity of the two sets.
    pub fn most_jaccard(&self, other: &Profile) -> Milli {
        let shared: u32 =
            self.parts.iter().zip(&other.parts).map(|(&a, &b)| u32::from(a.min(b))).sum();
        let smaller = self.n.min(other.n);
        // A part that overflows is counted too small: then only the sizes tell.
        let overflows = smaller >= usize::from(u16::MAX);
        let common = if overflows { smaller } else { smaller.min(shared as usize) };
        Milli::ratio(common as i64, (self.n + other.n - common) as i64)
    }
}

/// Adds the hashes of the shingles of `n` consecutive words of a text to `out`, in text order, each
/// as often as it stands there.
///
/// A text of fewer words has those of its single words, and one without a word those of its code
/// points: short texts are neither lost nor all alike. White space alone has none.
pub fn text_shingles(text: &str, words: &[u64], n: usize, out: &mut Vec<u64>) {
    match words.len() {
        0 => out.extend(ShingleSet::of_chars(text.trim(), 1).0),
        few if few < n => word_shingles(words, 1, out),
        _ => word_shingles(words, n, out),
    }
}

fn word_shingles(words: &[u64], n: usize, out: &mut Vec<u64>) {
    if !words.is_empty() {
        out.extend(words.windows(n.min(words.len())).map(combine));
    }
}

/// One hash of hashes in order. The words' are well mixed, so that a turn, an exclusive or and a
/// multiplication a word are enough; its values are fixed for good (see the tests).
fn combine(words: &[u64]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let turned = |hash: u64, word: &u64| (hash.rotate_left(29) ^ word).wrapping_mul(ODD);
    let hash = words.iter().fold(0, turned);
    hash ^ (hash >> 32)
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

    #[test]
    fn the_order_counts_and_the_hash_never_changes() {
        let hashes = |words: &[u64]| ShingleSet::of_words(words, 5).hashes().to_vec();
        assert_eq!(hashes(&[1, 2, 3, 4, 5]), [17_250_188_716_329_774_271]);
        assert_ne!(hashes(&[1, 2, 3, 4, 5]), hashes(&[1, 2, 3, 5, 4]));
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
            let (a, b) = (ShingleSet::of_chars(&a, n), ShingleSet::of_chars(&b, n));
            prop_assert_eq!(a.jaccard(&b), expect);
            prop_assert!(a.profile().most_jaccard(&b.profile()) >= expect);
        }
    }
}
