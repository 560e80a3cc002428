//! Which runs of words stand in several places?
//!
//! Asked by all that compares wordings without aligning them: candidates, stories and formulas. Most
//! runs stand in one place only, and tell nothing of any other.

use super::{Wording, WordingId};
use crate::hash::hash64_of;
use rayon::prelude::*;
use std::ops::Range;

/// Words of a run.
pub const RUN_WORDS: usize = 3;

/// The number of a run that stands in one place only.
pub const ALONE: u32 = u32::MAX;

/// The runs of [`RUN_WORDS`] words that stand in several places, numbered in the order of their
/// hashes.
#[derive(Debug, Default)]
pub struct Runs {
    /// Of one wording after the other, by where a run starts; [`ALONE`] where it stands nowhere else.
    numbers: Vec<u32>,
    /// Where each wording's are, and the end of the last.
    starts: Vec<usize>,
    n_runs: usize,
}

/// Runs that are sorted at once: a bound for the memory of a large batch.
const PART: usize = 1 << 23;

/// A run's hash, and where it starts.
type Posting = (u64, u32, u32);

impl Runs {
    /// Numbers them.
    pub(super) fn find(wordings: &[Wording]) -> Runs {
        let mut starts = Vec::with_capacity(wordings.len() + 1);
        let mut n_all = 0;
        for wording in wordings {
            starts.push(n_all);
            n_all += (wording.words.len() + 1).saturating_sub(RUN_WORDS);
        }
        starts.push(n_all);
        let mut runs = Runs { numbers: vec![ALONE; n_all], starts, n_runs: 0 };
        let n_parts = n_all.div_ceil(PART).max(1);
        for part in 0..n_parts {
            runs.number(wordings, |hash| (hash as u128 * n_parts as u128) >> 64 == part as u128);
        }
        runs
    }

    /// Numbers those whose hash is of one part; parts come in the order of the hashes.
    fn number(&mut self, wordings: &[Wording], is_here: impl Fn(u64) -> bool + Sync) {
        let postings = |(id, wording): (usize, &Wording)| {
            let all = (0..).zip(hashes(wording)).collect::<Vec<(u32, u64)>>().into_iter();
            let here = all.filter(|&(_, hash)| is_here(hash));
            here.map(move |(at, hash)| (hash, id as u32, at))
        };
        let mut postings: Vec<Posting> =
            wordings.par_iter().enumerate().flat_map_iter(postings).collect();
        postings.par_sort_unstable();
        let is_several = |same: &[Posting]| {
            same[0].1 != same[same.len() - 1].1 || 1 < wordings[same[0].1 as usize].places.len()
        };
        for same in postings.chunk_by(|a, b| a.0 == b.0).filter(|same| is_several(same)) {
            for &(_, wording, at) in same {
                self.numbers[self.starts[wording as usize] + at as usize] = self.n_runs as u32;
            }
            self.n_runs += 1;
        }
    }

    /// The numbers of a wording's runs, by where they start.
    pub fn of(&self, wording: WordingId) -> &[u32] {
        &self.numbers
            [Range { start: self.starts[wording.idx()], end: self.starts[wording.idx() + 1] }]
    }

    /// How many have a number.
    pub fn len(&self) -> usize {
        self.n_runs
    }

    /// Whether no run stands in several places.
    pub fn is_empty(&self) -> bool {
        self.n_runs == 0
    }
}

fn hashes(wording: &Wording) -> impl Iterator<Item = u64> + '_ {
    wording.words.windows(RUN_WORDS).map(|run| hash64_of(run.iter().map(|w| u64::from(w.0))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::tests::fold;

    #[test]
    fn runs_of_several_places_have_numbers() {
        let folded = fold(&[
            "Rusia tidak punya pilihan lain. Harga gandum naik tajam.",
            "Mereka tidak punya pilihan lain. Harga gandum naik tajam.",
        ]);
        let alone = |id: u32| -> Vec<bool> {
            folded.runs.of(WordingId(id)).iter().map(|&run| run == ALONE).collect()
        };
        assert_eq!(alone(0), [true, false, false]);
        assert_eq!(alone(1), [false, false], "one wording in two places");
        assert_eq!(folded.runs.of(WordingId(0))[1..], folded.runs.of(WordingId(2))[1..]);
        assert_eq!(folded.runs.len(), 4);
    }
}
