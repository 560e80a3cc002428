//! Which documents have the same shingles? One of them stands for all, and the others need not be
//! read again.
//!
//! Equal numbers and equal sums of 64-bit hashes are taken for equal shingles: of a billion pairs of
//! other documents one agrees by chance with a probability below 1e-10.

use super::{Duplicate, DuplicateCluster, Sketch};
use crate::fixed::Milli;
use ahash::AHashMap;
use rayon::prelude::*;

/// Documents by what they say.
pub struct Copies {
    /// The best of each text, ascending.
    firsts: Vec<usize>,
    /// The others of a text, by the best.
    others: AHashMap<usize, Vec<usize>>,
}

impl Copies {
    /// Documents without shingles are no copies, and none of the firsts. Where nothing may be lost
    /// (see [`super::unique_text`]), no document is a copy: equal shingles may stand in another order.
    pub fn find(sketches: &[Sketch], no_loss: bool) -> Self {
        let has_shingles = |&doc: &usize| 0 < sketches[doc].n_shingles;
        let mut docs: Vec<usize> = (0..sketches.len()).filter(has_shingles).collect();
        let text = |doc: usize| (sketches[doc].sum, sketches[doc].n_shingles);
        docs.par_sort_unstable_by_key(|&doc| (text(doc), sketches[doc].order(), doc));
        let (mut firsts, mut others) = (Vec::new(), AHashMap::new());
        for same in docs.chunk_by(|&a, &b| !no_loss && text(a) == text(b)) {
            firsts.push(same[0]);
            if 1 < same.len() {
                others.insert(same[0], same[1..].to_vec());
            }
        }
        firsts.sort_unstable();
        Copies { firsts, others }
    }

    /// The best of each text, ascending.
    pub fn firsts(&self) -> &[usize] {
        &self.firsts
    }

    /// The clusters of the firsts with the copies in them, by the kept document; those of copies
    /// alone too.
    pub fn add_to(mut self, mut clusters: Vec<DuplicateCluster>) -> Vec<DuplicateCluster> {
        for cluster in &mut clusters {
            let firsts = std::mem::take(&mut cluster.members);
            for first in firsts {
                let others = self.others.remove(&first.doc).unwrap_or_default();
                cluster.members.push(first);
                cluster.members.extend(others.into_iter().map(|doc| Duplicate { doc, ..first }));
            }
            let others = self.others.remove(&cluster.kept).unwrap_or_default();
            cluster.members.extend(others.into_iter().map(copy));
        }
        let alone = |(kept, others): (usize, Vec<usize>)| DuplicateCluster {
            kept,
            members: others.into_iter().map(copy).collect(),
        };
        clusters.extend(self.others.into_iter().map(alone));
        clusters.iter_mut().for_each(|cluster| cluster.members.sort_unstable_by_key(|m| m.doc));
        clusters.sort_unstable_by_key(|cluster| cluster.kept);
        clusters
    }
}

fn copy(doc: usize) -> Duplicate {
    Duplicate { doc, jaccard: Milli::ONE, containment: Milli::ONE }
}
