//! What have two wordings in common at most?

use crate::wording::{Word, WordId, Wording};

/// What two wordings share, in any order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Common {
    /// Their stems, each as often as both have it.
    pub n_stems: usize,
    /// What these weigh at most, in thousandths of a nat.
    pub mass: i64,
}

/// Finds what one wording shares with many others.
pub(super) struct Overlap {
    /// The stem of each word.
    stems: Vec<WordId>,
    /// How often the one wording has each stem, and the most that it weighs there.
    one: Vec<(u32, u32)>,
    /// Memory for the stems that another has too.
    taken: Vec<WordId>,
}

impl Overlap {
    pub(super) fn of(words: &[Word]) -> Overlap {
        let stems = words.iter().map(|word| word.stem).collect();
        Overlap { stems, one: vec![(0, 0); words.len()], taken: Vec::new() }
    }

    /// Compares with `one`, whose words weigh `weights`, for as long as `compare` runs.
    pub(super) fn with(
        &mut self,
        one: &Wording,
        weights: &[u32],
        compare: impl FnOnce(&mut Overlap),
    ) {
        for (word, &weight) in one.words.iter().zip(weights) {
            let (n, most) = &mut self.one[self.stems[word.idx()].idx()];
            *n += 1;
            *most = weight.max(*most);
        }
        compare(self);
        one.words.iter().for_each(|word| self.one[self.stems[word.idx()].idx()] = (0, 0));
    }

    /// What another wording, whose words weigh `weights`, has in common with the one.
    pub(super) fn common(&mut self, other: &Wording, weights: &[u32]) -> Common {
        let mut mass = 0;
        for (word, &weight) in other.words.iter().zip(weights) {
            let stem = self.stems[word.idx()];
            let (left, most) = &mut self.one[stem.idx()];
            // Which of several equal stems correspond is not known: all of them count.
            mass += i64::from(weight.min(*most));
            if 0 < *left {
                *left -= 1;
                self.taken.push(stem);
            }
        }
        let n_stems = self.taken.len();
        self.taken.drain(..).for_each(|stem| self.one[stem.idx()].0 += 1);
        Common { n_stems, mass }
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
        let weights = [7; 9];
        let shared = |overlap: &mut Overlap, a: usize, b: usize| {
            let mut n_stems = 0;
            overlap.with(&folded.wordings[a], &weights, |o| {
                let common = o.common(&folded.wordings[b], &weights);
                assert!(7 * common.n_stems as i64 <= common.mass);
                n_stems = common.n_stems;
            });
            n_stems
        };
        let pairs = [(0, 1), (1, 0), (1, 2), (0, 2), (0, 0)];
        assert_eq!(pairs.map(|(a, b)| shared(&mut overlap, a, b)), [3, 3, 1, 0, 5]);
    }
}
