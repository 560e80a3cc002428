//! Which wordings have which stems?

use super::{RARE_MASS, RARE_SHARE, is_rare};
use crate::condition::{Bound, Condition};
use crate::fixed::Milli;
use crate::weights::Weighted;
use crate::wording::{WordId, Wording, Wordings};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// Stems with their weights.
type Weights = Box<[(WordId, u32)]>;

/// Pairs that share at least [`RARE_MASS`], and [`RARE_SHARE`] of the lighter wording, in stems that few
/// wordings have.
pub(super) struct StemIndex {
    /// Of each wording, the rare ones of its [`stem_weights`].
    rare: Vec<Weights>,
    /// Of each wording, the weight of all its stems.
    own: Vec<u32>,
    /// Of each rare stem, the wordings that have it, ascending, with its weight there.
    postings: Vec<Vec<(u32, u32)>>,
}

impl StemIndex {
    pub(super) fn new(wordings: &Wordings, weights: &[Weighted]) -> StemIndex {
        let is_rare = rare_stems(wordings, weights);
        let stems = |(wording, weighted): (&Wording, &Weighted)| {
            let mut stems = stem_weights(wordings, wording, weighted);
            let own: u32 = stems.iter().map(|stem| stem.1).sum();
            stems.retain(|(stem, _)| is_rare[stem.idx()]);
            (stems.into_boxed_slice(), own)
        };
        let all = wordings.wordings.par_iter().zip(weights);
        let (rare, own): (Vec<Weights>, Vec<u32>) = all.map(stems).unzip();
        let mut postings: Vec<Vec<(u32, u32)>> = vec![Vec::new(); wordings.words.len()];
        for (id, stems) in (0..).zip(&rare) {
            for &(stem, weight) in stems {
                postings[stem.idx()].push((id, weight));
            }
        }
        StemIndex { rare, own, postings }
    }

    pub(super) fn n_wordings(&self) -> usize {
        self.own.len()
    }

    /// The partners of one wording with greater numbers. `shared` holds a zero for each wording,
    /// before and after.
    pub(super) fn partners(&self, id: usize, shared: &mut [u32]) -> Vec<u32> {
        let mut touched = self.share(id, shared);
        touched.retain(|&other| {
            let mass = std::mem::take(&mut shared[other as usize]);
            self.needs(id, other as usize, mass).iter().all(Condition::holds)
        });
        touched
    }

    /// Adds up in `shared` the weight of the rare stems that each wording of a greater number has
    /// in common with one, and returns which have any.
    pub(super) fn share(&self, id: usize, shared: &mut [u32]) -> Vec<u32> {
        let mut touched = Vec::new();
        for &(stem, weight) in &self.rare[id] {
            let list = &self.postings[stem.idx()];
            let after = list.partition_point(|&(other, _)| other as usize <= id);
            for &(other, other_weight) in &list[after..] {
                let sum = &mut shared[other as usize];
                if *sum == 0 {
                    touched.push(other);
                }
                *sum += weight.min(other_weight).max(1);
            }
        }
        touched
    }

    /// What the shared weight of rare stems must be to propose two wordings.
    pub(super) fn needs(&self, a: usize, b: usize, mass: u32) -> [Condition; 2] {
        let lighter = self.own[a].min(self.own[b]);
        let share = Milli::ratio(i64::from(mass), i64::from(lighter));
        [
            Condition::new("rare_mass", Milli(mass.into()), Bound::AtLeast(RARE_MASS)),
            Condition::new("rare_share", share, Bound::AtLeast(RARE_SHARE)),
        ]
    }
}

/// Whether few wordings have each stem.
fn rare_stems(wordings: &Wordings, weights: &[Weighted]) -> Vec<bool> {
    let n_wordings: Vec<AtomicU32> = wordings.words.iter().map(|_| AtomicU32::new(0)).collect();
    let is_rare = |n: &AtomicU32| is_rare(n.load(Ordering::Relaxed) as usize).holds();
    wordings.wordings.par_iter().zip(weights).for_each(|(wording, weighted)| {
        for (stem, _) in stem_weights(wordings, wording, weighted) {
            // What is common is counted no further, lest all threads write to one place.
            let n = &n_wordings[stem.idx()];
            if is_rare(n) {
                n.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    n_wordings.iter().map(is_rare).collect()
}

/// The different stems of a wording with the greatest weight that each has there, ascending.
pub fn stem_weights(
    wordings: &Wordings,
    wording: &Wording,
    weighted: &Weighted,
) -> Vec<(WordId, u32)> {
    let mut phrase_words =
        vec![0u32; weighted.phrase.last().map_or(0, |&last| usize::from(last) + 1)];
    weighted.phrase.iter().for_each(|&p| phrase_words[usize::from(p)] += 1);
    let mut stems: Vec<(WordId, u32)> = (0..wording.words.len())
        .map(|i| {
            let stem = wordings.words[wording.words[i].idx()].stem;
            (stem, weighted.idf[i] / phrase_words[usize::from(weighted.phrase[i])])
        })
        .collect();
    stems.sort_unstable();
    stems.reverse();
    stems.dedup_by_key(|&mut (stem, _)| stem);
    stems.reverse();
    stems
}
