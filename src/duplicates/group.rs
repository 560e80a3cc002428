//! Which documents do shared bands join, directly or through others?

use super::anchor::Compared;
use super::{DuplicateParams, Sketches};
use crate::error::Result;
use rayon::prelude::*;
use std::sync::Mutex;

/// Documents that shared bands join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// At least two, ascending.
    pub docs: Vec<u32>,
    /// Pairs of them that share a band, once for each band.
    pub n_pairs: u64,
}

impl Group {
    /// What its documents are compared by.
    pub fn compared(&self, params: &DuplicateParams) -> Compared {
        Compared::of(self.docs.len() as u64, self.n_pairs, params)
    }
}

/// Groups of the documents that `is_taken` names; by their first document.
pub fn by_bands(sketches: &Sketches, is_taken: &[bool]) -> Result<Vec<Group>> {
    let n_taken = is_taken.iter().filter(|is_taken| **is_taken).count();
    let joined = Mutex::new(Joined::new(sketches.len()));
    (0..sketches.n_bands()).into_par_iter().try_for_each(|band| {
        let mut joins = Joins { joined: &joined, waiting: Vec::new() };
        let table_bytes = sketches.room().table_bytes(n_taken as u64);
        let n_parts = n_parts(n_taken, table_bytes);
        (0..n_parts).try_for_each(|part| {
            let mut first_of = FirstOf::with_capacity(n_taken / n_parts as usize);
            sketches.each_key(band, |doc, key| {
                if key % n_parts == part && is_taken[doc as usize] {
                    let (first, n_before) = first_of.find_or_insert(key, doc);
                    joins.add(Join { first, doc, n_before });
                }
            })
        })
    })?;
    let joined = joined.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    Ok(joined.groups())
}

/// One group of all documents that `is_taken` names.
pub fn of_all(is_taken: &[bool]) -> Group {
    let docs = (0..).zip(is_taken).filter(|(_, is_taken)| **is_taken).map(|(doc, _)| doc);
    Group { docs: docs.collect(), n_pairs: 0 }
}

/// In how many parts the keys of a band are looked at, so that the tables of all threads fit: a power
/// of two.
fn n_parts(n: usize, table_bytes: u64) -> u64 {
    let n_threads = rayon::current_num_threads();
    let all = (n_threads * FirstOf::n_slots(n) * size_of::<Slot>()) as u64;
    all.div_ceil(table_bytes.max(1)).next_power_of_two()
}

/// A document that has a key which others had before.
struct Join {
    first: u32,
    doc: u32,
    /// How many others; 0 where `doc` is the first.
    n_before: u32,
}

/// The joins of one band, many of which are taken in at a time.
struct Joins<'j> {
    joined: &'j Mutex<Joined>,
    waiting: Vec<Join>,
}

impl Joins<'_> {
    fn add(&mut self, join: Join) {
        if 0 < join.n_before {
            self.waiting.push(join);
        }
        if self.waiting.len() == Self::AT_ONCE {
            self.take_in();
        }
    }

    const AT_ONCE: usize = 1 << 12;

    fn take_in(&mut self) {
        let mut joined = self.joined.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.waiting.drain(..).for_each(|join| joined.join(&join));
    }
}

impl Drop for Joins<'_> {
    fn drop(&mut self) {
        self.take_in();
    }
}

/// The first document of each key, and how many have it: open addressing, at most half full at first.
/// The keys are hashes already, by their upper bits; the lower ones tell the part that a key is of.
struct FirstOf {
    slots: Vec<Slot>,
    n_taken: usize,
    shift: u32,
}

#[derive(Clone, Copy)]
struct Slot {
    key: u64,
    first: u32,
    /// 0 where the place is free.
    n_docs: u32,
}

const FREE: Slot = Slot { key: 0, first: 0, n_docs: 0 };

/// Bytes that are held while one band of `n` documents is looked at.
pub fn band_bytes(n: usize) -> usize {
    FirstOf::n_slots(n) * size_of::<Slot>()
}

impl FirstOf {
    fn n_slots(n: usize) -> usize {
        (2 * n).next_power_of_two().max(2)
    }

    fn with_capacity(n: usize) -> Self {
        Self::with_slots(Self::n_slots(n))
    }

    fn with_slots(n_slots: usize) -> Self {
        FirstOf { slots: vec![FREE; n_slots], n_taken: 0, shift: u64::BITS - n_slots.ilog2() }
    }

    /// The first document of a key, and how many others had it before `doc`.
    fn find_or_insert(&mut self, key: u64, doc: u32) -> (u32, u32) {
        // A part may have more keys than its share.
        if self.slots.len() <= self.n_taken + self.n_taken / 3 {
            self.grow();
        }
        let at = self.place(key);
        let slot = &mut self.slots[at];
        if slot.n_docs == 0 {
            *slot = Slot { key, first: doc, n_docs: 1 };
            self.n_taken += 1;
            return (doc, 0);
        }
        let n_before = slot.n_docs;
        slot.n_docs = slot.n_docs.saturating_add(1);
        (slot.first, n_before)
    }

    /// Where a key is, or belongs.
    fn place(&self, key: u64) -> usize {
        let mut at = (key >> self.shift) as usize;
        while self.slots[at].n_docs != 0 && self.slots[at].key != key {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    fn grow(&mut self) {
        let mut larger = Self::with_slots(2 * self.slots.len());
        larger.n_taken = self.n_taken;
        for slot in self.slots.iter().filter(|slot| slot.n_docs != 0) {
            let at = larger.place(slot.key);
            larger.slots[at] = *slot;
        }
        *self = larger;
    }
}

/// Disjoint sets with path halving (Tarjan and van Leeuwen, "Worst-case analysis of set union
/// algorithms", 1984). The smaller number is the root, so that the order of joins tells nothing.
struct Joined {
    parents: Vec<u32>,
    /// By document, pairs that it is in with others that were there before.
    n_pairs: Vec<u32>,
    is_joined: Vec<bool>,
}

impl Joined {
    fn new(n: usize) -> Self {
        Joined { parents: (0..n as u32).collect(), n_pairs: vec![0; n], is_joined: vec![false; n] }
    }

    fn root(&mut self, mut of: u32) -> u32 {
        while self.parents[of as usize] != of {
            let parent = self.parents[of as usize];
            self.parents[of as usize] = self.parents[parent as usize];
            of = self.parents[of as usize];
        }
        of
    }

    fn join(&mut self, &Join { first, doc, n_before }: &Join) {
        let n_pairs = &mut self.n_pairs[doc as usize];
        *n_pairs = n_pairs.saturating_add(n_before);
        self.is_joined[first as usize] = true;
        self.is_joined[doc as usize] = true;
        let (a, b) = (self.root(first), self.root(doc));
        self.parents[a.max(b) as usize] = a.min(b);
    }

    fn groups(mut self) -> Vec<Group> {
        let joined = |&doc: &u32| self.is_joined[doc as usize];
        let mut docs: Vec<u32> = (0..self.parents.len() as u32).filter(joined).collect();
        docs.iter().for_each(|&doc| self.parents[doc as usize] = self.root(doc));
        let root = |doc: &u32| self.parents[*doc as usize];
        docs.par_sort_unstable_by_key(|doc| (root(doc), *doc));
        let group = |docs: &[u32]| Group {
            docs: docs.to_vec(),
            n_pairs: docs.iter().map(|&doc| u64::from(self.n_pairs[doc as usize])).sum(),
        };
        docs.chunk_by(|a, b| root(a) == root(b)).map(group).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn the_table_counts_as_a_map_does(
            keys in proptest::collection::vec(0u64..40, 0..200), capacity in 0usize..8,
        ) {
            let (mut table, mut map) = (FirstOf::with_capacity(capacity), HashMap::new());
            for (doc, key) in (0..).zip(keys) {
                let key = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
                let (first, n_before) = map.entry(key).or_insert((doc, 0));
                prop_assert_eq!(table.find_or_insert(key, doc), (*first, *n_before));
                *n_before += 1;
            }
        }
    }

    #[test]
    fn tables_are_cut_until_they_fit() {
        let whole = rayon::current_num_threads() as u64 * band_bytes(1000) as u64;
        for (table_bytes, expect) in [(whole, 1), (whole - 1, 2), (whole / 4, 4), (0, whole)] {
            assert_eq!(n_parts(1000, table_bytes), expect.next_power_of_two(), "{table_bytes}");
        }
    }
}
