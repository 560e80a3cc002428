//! Which words does a script have, and how often does each come? Made-up words, few of them frequent.

use super::random::{Purpose, Random};
use super::script::Script;
use ahash::AHashSet;

/// Common words of a script.
const N_COMMON: usize = 20_000;
/// Words that names are made of.
pub const N_NAMES: usize = 4000;

/// The words of one script: the same for every seed.
#[derive(Debug)]
pub struct Vocabulary {
    /// All words one after the other: the common ones by frequency, then those of names.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Vocabulary {
    /// The words of a script, all different.
    pub fn of(script: Script) -> Self {
        let mut taken = AHashSet::new();
        let mut vocabulary = Vocabulary { text: String::new(), ends: Vec::new() };
        let mut random = Random::new(0, Purpose::Vocabulary, script as u64);
        while vocabulary.ends.len() < N_COMMON + N_NAMES {
            let mut word = String::new();
            for _ in 0..script.n_syllables(vocabulary.ends.len(), &mut random) {
                script.push_syllable(&mut random, &mut word);
            }
            if !taken.contains(&word) {
                vocabulary.text.push_str(&word);
                vocabulary.ends.push(vocabulary.text.len() as u32);
                taken.insert(word);
            }
        }
        vocabulary
    }

    /// A common word by its rank of frequency, from 0.
    pub fn common(&self, rank: usize) -> &str {
        self.word(rank)
    }

    /// A word of names, below [`N_NAMES`].
    pub fn name(&self, idx: usize) -> &str {
        self.word(N_COMMON + idx)
    }

    fn word(&self, idx: usize) -> &str {
        let start = idx.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[idx] as usize]
    }
}

const QUANTILES: usize = 1 << 18;

/// How often each rank comes: the r-th word, from 1, with a chance in proportion to 1 / (r + 2.7), as
/// in running text (Mandelbrot, "An informational theory of the statistical structure of language",
/// 1953). The rarest comes once in about 170,000 words, which the quantiles still tell.
#[derive(Debug)]
pub struct Frequencies(Vec<u16>);

impl Frequencies {
    /// The ranks at equal steps of probability.
    pub fn new() -> Self {
        let weight = |rank: usize| (1u64 << 40) / (10 * rank as u64 + 37);
        let whole: u64 = (0..N_COMMON).map(weight).sum();
        let mut ranks = Vec::with_capacity(QUANTILES);
        let mut below = 0;
        for rank in 0..N_COMMON {
            below += weight(rank);
            let until = u128::from(below) * QUANTILES as u128 / u128::from(whole);
            ranks.resize(until as usize, rank as u16);
        }
        Frequencies(ranks)
    }

    /// The rank of a word of running text.
    pub fn draw(&self, random: &mut Random) -> usize {
        usize::from(random.pick(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_has_its_words() {
        for script in Script::ALL {
            let vocabulary = Vocabulary::of(script);
            assert_eq!(vocabulary.ends.len(), N_COMMON + N_NAMES);
            assert!(!vocabulary.common(0).is_empty() && !vocabulary.name(N_NAMES - 1).is_empty());
        }
    }

    #[test]
    fn few_words_are_frequent_and_none_is_missing() {
        let Frequencies(ranks) = Frequencies::new();
        assert_eq!(ranks.len(), QUANTILES);
        let n_of = |rank: u16| ranks.iter().filter(|&&r| r == rank).count();
        assert!((QUANTILES / 50..QUANTILES / 20).contains(&n_of(0)), "{}", n_of(0));
        assert!(n_of(0) > 2 * n_of(9) && n_of(9) > 5 * n_of(99));
        assert_eq!(ranks.last(), Some(&(N_COMMON as u16 - 1)));
        assert!(ranks.windows(2).all(|pair| pair[1] - pair[0] <= 1));
    }
}
