//! How likely is a word of this language to be spelt so?

use crate::fixed::ln;
use crate::hash::word_hash;
use ahash::AHashMap;

/// A letter is expected by so many letters before it, at most.
const CONTEXT_LETTERS: usize = 4;
/// Probabilities have so many bits behind the point.
const BITS: u32 = 31;
/// The ends of a word. Neither is part of a token.
const START: char = '<';
const END: char = '>';

/// The letters of a language's words, as a Markov chain with Witten-Bell smoothing (Witten and
/// Bell, "The zero-frequency problem", IEEE Transactions on Information Theory 37, 1991, method C).
#[derive(Debug, Default)]
pub(super) struct Spelling {
    /// Runs of up to [`CONTEXT_LETTERS`] + 1 letters, by hash.
    runs: AHashMap<u64, Run>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Run {
    /// How often it was met.
    n: u32,
    /// How many different letters, or the word's end, were met after it.
    n_next: u32,
}

impl Spelling {
    pub(super) fn learn<W: AsRef<str>>(words: impl Iterator<Item = W>) -> Spelling {
        let mut spelling = Spelling::default();
        for word in words {
            spelling.add(&Bounded::new(word.as_ref()));
        }
        spelling
    }

    fn add(&mut self, word: &Bounded) {
        self.count(word.run(0, 1));
        for at in 1..word.len() {
            self.count(word.run(at, at));
            for from in word.contexts(at) {
                if self.count(word.run(from, at + 1)) == 1 {
                    self.runs.entry(word.run(from, at)).or_default().n_next += 1;
                }
            }
        }
    }

    fn count(&mut self, run: u64) -> u32 {
        let run = self.runs.entry(run).or_default();
        run.n = run.n.saturating_add(1);
        run.n
    }

    /// How surprising the spelling of `word` (in lower case) is: -ln of its probability, in
    /// thousandths; 0 where no word was learned.
    pub(super) fn surprise(&self, word: &str) -> i64 {
        let word = Bounded::new(word);
        let certain = ln(1 << BITS).0;
        (1..word.len()).map(|at| certain - ln(self.probability(&word, at)).0).sum()
    }

    /// The probability of the letter at `at` after those before it.
    fn probability(&self, word: &Bounded, at: usize) -> u64 {
        let of = |run| self.runs.get(&run).copied().unwrap_or_default();
        let n_letters = of(word.run(at, at)).n_next;
        let mut probability = (1 << BITS) / u64::from(n_letters + 1);
        if n_letters == 0 {
            return 1 << BITS;
        }
        for from in word.contexts(at).rev() {
            let before = of(word.run(from, at));
            if before.n == 0 {
                break;
            }
            let n = u64::from(of(word.run(from, at + 1)).n);
            let (n_before, n_next) = (u64::from(before.n), u64::from(before.n_next));
            probability = ((n << BITS) + n_next * probability) / (n_before + n_next);
        }
        probability.max(1)
    }
}

/// A word with its ends marked, read by letter indices.
struct Bounded {
    text: String,
    /// Byte offset of each letter and of the end.
    at: Vec<usize>,
}

impl Bounded {
    fn new(word: &str) -> Bounded {
        let text: String = [START].into_iter().chain(word.chars()).chain([END]).collect();
        let at = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Bounded { text, at }
    }

    fn len(&self) -> usize {
        self.at.len() - 1
    }

    /// Where the letters start by which the one at `at` is expected; the last has none.
    fn contexts(&self, at: usize) -> std::ops::RangeInclusive<usize> {
        at.saturating_sub(CONTEXT_LETTERS)..=at
    }

    fn run(&self, from: usize, to: usize) -> u64 {
        word_hash(&self.text.as_bytes()[self.at[from]..self.at[to]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::background::Background;

    fn of(language: &str) -> Spelling {
        Spelling::learn(Background::shipped().words(Some(language)))
    }

    #[test]
    fn unseen_words_surprise_less_than_glued_ones() {
        for (language, word, glued) in [
            ("id", "ketidaksinambungan", "tidakpemerintahdan"),
            ("id", "dipertontonkannya", "didugamenyerangke"),
            ("en", "unforgivableness", "thatgovernmentis"),
            ("en", "restructurings", "Moscowsaidthat"),
        ] {
            let spelling = of(language);
            let (word, glued) = (spelling.surprise(word), spelling.surprise(glued));
            assert!(word < glued, "{language}: {word} {glued}");
        }
    }

    #[test]
    fn probabilities_of_all_letters_add_up_to_one() {
        let spelling = Spelling::learn(["anak", "aku", "kata", "éka"].iter());
        for before in ["", "a", "an", "kata", "zz"] {
            let letters = ["a", "n", "k", "u", "t", "é", ""].map(|next| {
                let word = Bounded::new(&format!("{before}{next}"));
                spelling.probability(&word, before.chars().count() + 1)
            });
            // What is left is for a letter never met.
            let unmet = Bounded::new(&format!("{before}x"));
            let unmet = spelling.probability(&unmet, before.chars().count() + 1);
            let sum = letters.iter().sum::<u64>() + unmet;
            assert!(sum.abs_diff(1 << BITS) < 100, "{before}: {sum}");
        }
    }

    #[test]
    fn nothing_surprises_who_knows_nothing() {
        assert_eq!(Spelling::default().surprise("bahwarusia"), 0);
    }
}
