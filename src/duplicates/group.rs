//! Which documents do shared bands join, directly or through others?

use super::Sketch;
use ahash::AHashMap;
use rayon::prelude::*;

/// Groups of at least two of `docs`, which are ascending, each ascending; by their first document.
pub fn by_bands(sketches: &[Sketch], docs: &[usize]) -> Vec<Vec<usize>> {
    let n_bands = docs.first().map_or(0, |&doc| sketches[doc].keys.len());
    let joins: Vec<Vec<(u32, u32)>> =
        (0..n_bands).into_par_iter().map(|band| band_joins(sketches, docs, band)).collect();
    let mut joined = Joined::new(sketches.len());
    joins.iter().flatten().for_each(|&(a, b)| joined.join(a, b));
    let mut members: AHashMap<u32, Vec<usize>> = AHashMap::new();
    for &doc in docs {
        if joined.is_joined[doc] {
            members.entry(joined.root(doc as u32)).or_default().push(doc);
        }
    }
    let mut groups: Vec<_> = members.into_values().collect();
    groups.sort_unstable();
    groups
}

/// Pairs of documents that join all those of one key.
fn band_joins(sketches: &[Sketch], docs: &[usize], band: usize) -> Vec<(u32, u32)> {
    let mut first_of = FirstOf::with_capacity(docs.len());
    let join = |&doc: &usize| {
        let first = first_of.find_or_insert(sketches[doc].keys[band], doc as u32);
        (first != doc as u32).then_some((first, doc as u32))
    };
    docs.iter().filter_map(join).collect()
}

/// The first document of each key: open addressing, at most half full. The keys are hashes already.
struct FirstOf {
    slots: Vec<Slot>,
    shift: u32,
}

type Slot = Option<(u64, u32)>;

/// Bytes that are held while one band of `n` documents is looked at.
pub fn band_bytes(n: usize) -> usize {
    FirstOf::n_slots(n) * size_of::<Slot>()
}

impl FirstOf {
    fn n_slots(n: usize) -> usize {
        (2 * n).next_power_of_two().max(2)
    }

    fn with_capacity(n: usize) -> Self {
        let n_slots = Self::n_slots(n);
        FirstOf { slots: vec![None; n_slots], shift: u64::BITS - n_slots.ilog2() }
    }

    fn find_or_insert(&mut self, key: u64, doc: u32) -> u32 {
        let mut at = (key >> self.shift) as usize;
        loop {
            match self.slots[at] {
                Some((other, first)) if other == key => return first,
                Some(_) => at = (at + 1) & (self.slots.len() - 1),
                None => {
                    self.slots[at] = Some((key, doc));
                    return doc;
                }
            }
        }
    }
}

/// Disjoint sets with path halving (Tarjan and van Leeuwen, "Worst-case analysis of set union
/// algorithms", 1984). The smaller number is the root, so that the order of joins tells nothing.
struct Joined {
    parents: Vec<u32>,
    is_joined: Vec<bool>,
}

impl Joined {
    fn new(n: usize) -> Self {
        Joined { parents: (0..n as u32).collect(), is_joined: vec![false; n] }
    }

    fn root(&mut self, mut of: u32) -> u32 {
        while self.parents[of as usize] != of {
            let parent = self.parents[of as usize];
            self.parents[of as usize] = self.parents[parent as usize];
            of = self.parents[of as usize];
        }
        of
    }

    fn join(&mut self, a: u32, b: u32) {
        self.is_joined[a as usize] = true;
        self.is_joined[b as usize] = true;
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b) as usize] = a.min(b);
    }
}
