//! How many stems have two wordings in common?

use crate::wording::{Word, WordId, Wording};

/// Counts the stems that one wording shares with many others, each as often as both have it.
pub(super) struct Overlap {
    /// The stem of each word.
    stems: Vec<WordId>,
    /// How often the one wording has each stem.
    counts: Vec<u32>,
    /// Memory for the stems that another has too.
    taken: Vec<WordId>,
}

impl Overlap {
    pub(super) fn of(words: &[Word]) -> Overlap {
        let stems = words.iter().map(|word| word.stem).collect();
        Overlap { stems, counts: vec![0; words.len()], taken: Vec::new() }
    }

    /// Compares with `one` for as long as `compare` runs.
    pub(super) fn with(&mut self, one: &Wording, compare: impl FnOnce(&mut Overlap)) {
        one.words.iter().for_each(|word| self.counts[self.stems[word.idx()].idx()] += 1);
        compare(self);
        one.words.iter().for_each(|word| self.counts[self.stems[word.idx()].idx()] = 0);
    }

    /// The stems that another wording shares with the one.
    pub(super) fn n_shared(&mut self, other: &Wording) -> usize {
        for word in &other.words {
            let stem = self.stems[word.idx()];
            let left = &mut self.counts[stem.idx()];
            if 0 < *left {
                *left -= 1;
                self.taken.push(stem);
            }
        }
        let n_shared = self.taken.len();
        self.taken.drain(..).for_each(|stem| self.counts[stem.idx()] += 1);
        n_shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::tests::fold;

    #[test]
    fn a_stem_counts_as_often_as_both_have_it() {
        let folded = fold(&[
            "Rusia lawan Rusia lawan Rusia. Rusia membaca lawan Rusia. Mereka baca semua itu.",
        ]);
        let mut overlap = Overlap::of(&folded.words);
        let shared = |overlap: &mut Overlap, a: usize, b: usize| {
            let mut n_shared = 0;
            overlap.with(&folded.wordings[a], |o| n_shared = o.n_shared(&folded.wordings[b]));
            n_shared
        };
        let pairs = [(0, 1), (1, 0), (1, 2), (0, 2), (0, 0)];
        assert_eq!(pairs.map(|(a, b)| shared(&mut overlap, a, b)), [3, 3, 1, 0, 5]);
    }
}
