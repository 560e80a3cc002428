//! Which documents have the same shingles? One of them stands for all, and the others need not be
//! read again.
//!
//! Equal numbers and equal sums of 64-bit hashes are taken for equal shingles: of a billion pairs of
//! other documents one agrees by chance with a probability below 1e-10.

use super::{Duplicate, DuplicateCluster, Sketches};
use crate::fixed::Milli;
use ahash::AHashMap;
use rayon::prelude::*;

/// Documents by what they say.
pub struct Copies {
    /// By document, whether it is the best of its text.
    is_first: Vec<bool>,
    /// The others of a text, by the best.
    others: AHashMap<usize, Vec<u32>>,
}

impl Copies {
    /// Documents without shingles are no copies, and none of the firsts. Where nothing may be lost
    /// (see [`super::unique_text`]), no document is a copy: equal shingles may stand in another order.
    pub fn find(sketches: &Sketches, no_loss: bool) -> Self {
        let has_shingles = |&doc: &u32| 0 < sketches.n_shingles(doc as usize);
        let mut docs: Vec<u32> = (0..sketches.len() as u32).filter(has_shingles).collect();
        let text = |doc: u32| (sketches.sum(doc as usize), sketches.n_shingles(doc as usize));
        docs.par_sort_unstable_by_key(|&doc| (text(doc), sketches.order(doc as usize), doc));
        let (mut is_first, mut others) = (vec![false; sketches.len()], AHashMap::new());
        for same in docs.chunk_by(|&a, &b| !no_loss && text(a) == text(b)) {
            is_first[same[0] as usize] = true;
            if 1 < same.len() {
                others.insert(same[0] as usize, same[1..].to_vec());
            }
        }
        Copies { is_first, others }
    }

    /// By document, whether it is the best of its text.
    pub fn is_first(&self) -> &[bool] {
        &self.is_first
    }

    /// The clusters of the firsts with the copies in them, by the kept document; those of copies
    /// alone too.
    pub fn add_to(mut self, mut clusters: Vec<DuplicateCluster>) -> Vec<DuplicateCluster> {
        for cluster in &mut clusters {
            let firsts = std::mem::take(&mut cluster.members);
            for first in firsts {
                let others = self.others.remove(&first.doc).unwrap_or_default();
                cluster.members.push(first);
                cluster
                    .members
                    .extend(others.into_iter().map(|doc| Duplicate { doc: doc as usize, ..first }));
            }
            let others = self.others.remove(&cluster.kept).unwrap_or_default();
            cluster.members.extend(others.into_iter().map(copy));
        }
        let alone = |(kept, others): (usize, Vec<u32>)| DuplicateCluster {
            kept,
            members: others.into_iter().map(copy).collect(),
        };
        clusters.extend(self.others.into_iter().map(alone));
        clusters.iter_mut().for_each(|cluster| cluster.members.sort_unstable_by_key(|m| m.doc));
        clusters.sort_unstable_by_key(|cluster| cluster.kept);
        clusters
    }
}

fn copy(doc: u32) -> Duplicate {
    Duplicate { doc: doc as usize, jaccard: Milli::ONE, containment: Milli::ONE }
}
