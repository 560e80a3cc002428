//! Which n-grams does a text have? Sets of hashed shingles, and how far two such sets agree.

use crate::fixed::Milli;
use crate::hash::hash64;
use crate::text::tokenize::{each_word, normalize};
use std::cell::Cell;

/// What a text's shingles are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shingling {
    /// Runs of so many words. A text of fewer has its single words, and one without a word its code
    /// points: short texts are neither lost nor all alike. White space alone has none.
    Words(usize),
    /// Runs of so many code points of the normalised words with a space between them. A text of fewer
    /// has one shingle, and one without a word its code points.
    Chars(usize),
}

impl Shingling {
    /// What news is compared by unless something else is asked for.
    pub const FIVE_WORDS: Shingling = Shingling::Words(5);

    /// Adds the hashes of `text`'s shingles to the empty `out`, in text order, each as often as it
    /// stands there.
    pub fn hash(self, text: &str, out: &mut Vec<u64>) {
        match self {
            Shingling::Words(n) => {
                let mut memory = WORDS.take();
                let n_words = words_into(text, &mut memory);
                let words = &memory[..n_words];
                word_shingles(words, if words.len() < n { 1 } else { n }, out);
                WORDS.set(memory);
            }
            Shingling::Chars(n) => {
                let mut plain = String::with_capacity(text.len());
                each_word(text, |span, _| {
                    if !plain.is_empty() {
                        plain.push(' ');
                    }
                    plain.push_str(&normalize(span.of(text)));
                });
                char_shingles(&plain, n, out);
            }
        }
        if out.is_empty() {
            char_shingles(text.trim(), 1, out);
        }
    }
}

/// Writes the words' hashes to the front of `memory`, and gives their number.
///
/// Room is made for short words, and for more where there are more: a long text in long words would
/// otherwise take several times what its words need.
fn words_into(text: &str, memory: &mut Vec<u64>) -> usize {
    let n_expected = text.len() / 4;
    if memory.len() < n_expected {
        memory.resize(n_expected, 0);
    }
    let mut n_words = 0;
    each_word(text, |_, word| {
        if n_words == memory.len() {
            memory.resize((2 * n_words).max(64), 0);
        }
        memory[n_words] = word;
        n_words += 1;
    });
    n_words
}

thread_local! {
    /// A thread's memory for words: texts come by the million.
    static WORDS: Cell<Vec<u64>> = const { Cell::new(Vec::new()) };
}

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

    /// The shingles of a text.
    pub fn of_text(text: &str, shingling: Shingling) -> Self {
        let mut hashes = Vec::new();
        shingling.hash(text, &mut hashes);
        Self::from_hashes(hashes)
    }

    /// Shingles of `n` consecutive code points. A text of fewer has one shingle, the text itself;
    /// an empty text has none.
    pub fn of_chars(text: &str, n: usize) -> Self {
        let mut hashes = Vec::new();
        char_shingles(text, n, &mut hashes);
        Self::from_hashes(hashes)
    }

    /// The hashes, ascending.
    pub fn hashes(&self) -> &[u64] {
        &self.0
    }

    /// Exact Jaccard similarity, 0 to 1; two empty sets have 0.
    pub fn jaccard(&self, other: &ShingleSet) -> Milli {
        self.agreement(other).0
    }

    /// Share of these shingles that the other set has, 0 to 1; of no shingles 0.
    pub fn containment(&self, other: &ShingleSet) -> Milli {
        self.agreement(other).1
    }

    /// Exact Jaccard similarity and containment at once.
    pub fn agreement(&self, other: &ShingleSet) -> (Milli, Milli) {
        let (n, common) = (self.0.len() as i64, self.n_common(other) as i64);
        (Milli::ratio(common, n + other.0.len() as i64 - common), Milli::ratio(common, n))
    }

    /// Whether a shingle's hash is one of the set.
    pub fn contains(&self, hash: u64) -> bool {
        self.0.binary_search(&hash).is_ok()
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

fn char_shingles(text: &str, n: usize, out: &mut Vec<u64>) {
    if text.is_empty() {
        return;
    }
    let mut bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bounds.push(text.len());
    let n = n.min(bounds.len() - 1);
    out.extend(bounds.windows(n + 1).map(|w| hash64(&text.as_bytes()[w[0]..w[n]])));
}

/// One hash for each run of `n` words, from those of the words: a cyclic polynomial, which a step
/// takes from one run to the next (Cohen, "Recursive hashing functions for n-grams", 1997), then
/// mixed. Its values are fixed for good (see the tests).
fn word_shingles(words: &[u64], n: usize, out: &mut Vec<u64>) {
    let n = n.min(words.len());
    let Some((first, rest)) = words.split_at_checked(n).filter(|_| 0 < n) else { return };
    let mut hash = first.iter().fold(0, |hash: u64, word| hash.rotate_left(STEP) ^ word);
    out.reserve(words.len());
    out.push(mixed(hash));
    out.extend(rest.iter().zip(words).map(|(word, gone)| {
        hash = hash.rotate_left(STEP) ^ gone.rotate_left(STEP * n as u32) ^ word;
        mixed(hash)
    }));
}

/// Bits that a word's hash is turned by for each word after it. Odd, so that no two of 64 words are
/// turned alike; of 64 equal words all turns are there, and only their parity would be left.
const STEP: u32 = 11;

fn mixed(hash: u64) -> u64 {
    let hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn memory_for_words_is_as_they_are_many() {
        for (word, n) in
            [("a ", 5000), ("kemerdekaan ", 50_000), ("\u{1f600}", 100), ("\u{56fd}", 900)]
        {
            let text = word.repeat(n);
            let (mut expect, mut memory) = (Vec::new(), Vec::new());
            each_word(&text, |_, word| expect.push(word));
            let n_words = words_into(&text, &mut memory);
            assert_eq!(memory[..n_words], expect);
            let most = (text.len() / 4).max(2 * n_words).max(64);
            assert!(memory.len() <= most, "{} for {n_words} of {word}", memory.len());
        }
    }

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
        assert_eq!(hashes(&[1, 2, 3, 4, 5]), [17_750_736_416_479_921_360]);
        assert_ne!(hashes(&[1, 2, 3, 4, 5]), hashes(&[1, 2, 3, 5, 4]));
    }

    proptest! {
        #[test]
        fn a_step_from_run_to_run_gives_the_hash_of_the_run(
            words in proptest::collection::vec(0u64..4, 0..30), n in 1usize..9,
        ) {
            let mut stepped = Vec::new();
            word_shingles(&words, n, &mut stepped);
            let mut one_by_one = Vec::new();
            let runs = words.windows(n.min(words.len()).max(1));
            runs.for_each(|run| word_shingles(run, n, &mut one_by_one));
            prop_assert_eq!(stepped, one_by_one);
        }

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
        }
    }
}
