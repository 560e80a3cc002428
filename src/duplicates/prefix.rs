//! Which shingles must two sets share to reach a threshold?
//!
//! Of n shingles the m that are needed leave n - m out: among any n - m + 1 of them there is one of
//! those that are shared. In an order that all sets have in common, the first n - m + 1 are a set's
//! *prefix*, and like sets share a shingle of their prefixes (Bayardo, Ma and Srikant, "Scaling up
//! all pairs similarity search", 2007). With the rarest first, a prefix holds what is a document's
//! own, however long the template that it is written on.

use super::Measure;
use super::anchor::Candidate;
use crate::fixed::Milli;
use crate::shingle::ShingleSet;
use rayon::prelude::*;

/// Something that like documents have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    pub hash: u64,
    /// How many of the set's shingles follow in the common order: where two sets have this key as
    /// their first in common, they share at most one more than follow in either (Xiao, Wang, Lin and
    /// Yu, "Efficient similarity joins for near duplicate detection", 2008). [`Key::ANY`] tells
    /// nothing.
    pub n_behind: u32,
}

impl Key {
    /// As many as there are.
    pub const ANY: u32 = u32::MAX;
}

/// Shingles under which a document is filed, and those under which it is looked for; in the common
/// order.
#[derive(Debug, Clone)]
pub struct Keys {
    all: Vec<Key>,
    /// The first so many are sought.
    n_sought: usize,
}

impl Keys {
    /// The same ones for both.
    pub fn same(all: Vec<Key>) -> Self {
        let n_sought = all.len();
        Keys { all, n_sought }
    }

    /// Of a document that is kept.
    pub fn filed(&self) -> &[Key] {
        &self.all
    }

    /// Of one that may be like it.
    pub fn sought(&self) -> &[Key] {
        &self.all[..self.n_sought]
    }
}

/// Bytes for a document of so many shingles, at most: their hashes, its keys, and these filed.
pub fn n_bytes(n_shingles: u64, measure: Measure, threshold: Milli) -> u64 {
    let hashes = n_shingles * size_of::<u64>() as u64;
    let keys = match measure {
        Measure::Jaccard => n_shingles * (1000 - threshold.0 as u64) / 1000,
        Measure::Containment => n_shingles,
    };
    // A key takes 16, and as much where it is filed.
    hashes + keys * 32
}

/// The keys of each document: two that reach the threshold have one in common.
pub fn keys(group: &[Candidate], measure: Measure, threshold: Milli) -> Vec<Keys> {
    let counts = Counts::of(group);
    let keys = |candidate: &Candidate| keys_of(&candidate.shingles, &counts, measure, threshold);
    group.par_iter().map(keys).collect()
}

fn keys_of(set: &ShingleSet, counts: &Counts, measure: Measure, threshold: Milli) -> Keys {
    let n = set.hashes().len();
    // The scores are rounded down: `n_needed` shingles are the fewest that reach the threshold.
    let n_needed = (n * threshold.0 as usize).div_ceil(1000).max(1);
    let n_prefix = (n + 1).saturating_sub(n_needed);
    let mut rare_first: Vec<(u8, u64)> =
        set.hashes().iter().map(|&hash| (counts.of_shingle(hash), hash)).collect();
    rare_first.sort_unstable();
    let n_filed = match measure {
        Measure::Jaccard => n_prefix,
        Measure::Containment => n,
    };
    let (mut all, mut n_sought) = (Vec::new(), 0);
    let behind = (0..n as u32).rev();
    for (place, (&(count, hash), n_behind)) in rare_first.iter().zip(behind).enumerate() {
        // What no other document has finds none.
        if place < n_filed && 1 < count {
            all.push(Key { hash, n_behind });
            n_sought += usize::from(place < n_prefix);
        }
    }
    all.shrink_to_fit();
    Keys { all, n_sought }
}

/// In how many sets a shingle is, or more: several may share a counter, which stops at 255.
struct Counts {
    counters: Vec<u8>,
    shift: u32,
}

impl Counts {
    fn of(group: &[Candidate]) -> Self {
        let hashes = || group.iter().flat_map(|candidate| candidate.shingles.hashes());
        let n_shingles = hashes().count();
        let n_counters = (2 * n_shingles).next_power_of_two().max(2);
        let shift = u64::BITS - n_counters.ilog2();
        let mut counts = Counts { counters: vec![0; n_counters], shift };
        for &hash in hashes() {
            let counter = &mut counts.counters[(hash >> shift) as usize];
            *counter = counter.saturating_add(1);
        }
        counts
    }

    fn of_shingle(&self, hash: u64) -> u8 {
        self.counters[(hash >> self.shift) as usize]
    }
}
