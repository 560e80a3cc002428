//! Which documents of a group are kept, and which do they stand for?
//!
//! The best document is taken first. Each joins the kept document that it is most like, its
//! *anchor*, or is kept itself. Where shared bands name few anchors for a document, those are
//! compared with, and nothing else is read; where they name many, as on a common template, all sets
//! are read for the shingles that like sets must share.

use super::prefix::{self, Key, Keys};
use super::{
    Duplicate, DuplicateCluster, DuplicateParams, Measure, Search, Sketch, Texts, unique_text,
};
use crate::error::Result;
use crate::fixed::Milli;
use crate::shingle::ShingleSet;
use ahash::AHashMap;
use rayon::prelude::*;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::VecDeque;
use std::rc::Rc;

/// As many documents share bands with one, on average, before bands are given up.
pub(super) const MANY: usize = 100;

/// The clusters of `group`, whose documents are ascending.
pub fn clusters(
    group: Vec<usize>,
    sketches: &[Sketch],
    texts: &(impl Texts + ?Sized),
    params: &DuplicateParams,
) -> Result<Vec<DuplicateCluster>> {
    if params.search == Search::All || MANY * group.len() < n_band_pairs(&group, sketches) {
        by_prefixes(group, sketches, texts, params)
    } else {
        by_bands(group, sketches, texts, params)
    }
}

/// Pairs of documents that share a band, once for each band.
fn n_band_pairs(group: &[usize], sketches: &[Sketch]) -> usize {
    let mut n_of: AHashMap<u64, usize> = AHashMap::new();
    for key in group.iter().flat_map(|&doc| &sketches[doc].keys) {
        *n_of.entry(*key).or_default() += 1;
    }
    n_of.into_values().map(|n| n * (n - 1) / 2).sum()
}

fn by_bands(
    mut group: Vec<usize>,
    sketches: &[Sketch],
    texts: &(impl Texts + ?Sized),
    params: &DuplicateParams,
) -> Result<Vec<DuplicateCluster>> {
    group.sort_by_key(|&doc| (sketches[doc].order(), doc));
    let keys = |idx: usize| {
        let key = |&hash: &u64| Key { hash, n_behind: Key::ANY };
        let keys: Vec<Key> = sketches[group[idx]].keys.iter().map(key).collect();
        Cow::Owned(Keys { filed: keys.clone(), sought: keys })
    };
    let sets =
        Sets { texts, params, docs: &group, known: AHashMap::new(), oldest: VecDeque::new() };
    Anchors { sets, sketches, found: Vec::new() }.take_all(keys)
}

fn by_prefixes(
    group: Vec<usize>,
    sketches: &[Sketch],
    texts: &(impl Texts + ?Sized),
    params: &DuplicateParams,
) -> Result<Vec<DuplicateCluster>> {
    let set = |doc: usize| Ok((doc, set_of(doc, texts, params)?));
    let mut group: Vec<(usize, ShingleSet)> =
        group.into_par_iter().map(set).collect::<Result<_>>()?;
    group.sort_by_cached_key(|(doc, set)| {
        let n_first = match params.measure {
            Measure::Jaccard => 0,
            // The larger is never contained in the smaller.
            Measure::Containment => set.hashes().len(),
        };
        let (is_no_reference, preference) = sketches[*doc].order();
        (is_no_reference, Reverse(n_first), preference, *doc)
    });
    let (group, sets): (Vec<usize>, Vec<ShingleSet>) = group.into_iter().unzip();
    let keys = prefix::keys(&sets, params.measure, params.threshold);
    let known = sets.into_iter().map(Rc::new).enumerate().collect();
    let sets = Sets { texts, params, docs: &group, known, oldest: VecDeque::new() };
    Anchors { sets, sketches, found: Vec::new() }.take_all(|idx| Cow::Borrowed(&keys[idx]))
}

fn set_of(
    doc: usize,
    texts: &(impl Texts + ?Sized),
    params: &DuplicateParams,
) -> Result<ShingleSet> {
    texts.with_text(doc, |text| ShingleSet::of_text(text, params.shingling))
}

/// The shingles of a group's documents, as far as they are asked for.
struct Sets<'g, T: ?Sized> {
    texts: &'g T,
    params: &'g DuplicateParams,
    docs: &'g [usize],
    /// By index in the group.
    known: AHashMap<usize, Rc<ShingleSet>>,
    /// Of those that were read when they were asked for, the oldest first.
    oldest: VecDeque<usize>,
}

/// Sets that are kept for another document; a few megabytes.
const MAX_KNOWN: usize = 1 << 10;

impl<T: Texts + ?Sized> Sets<'_, T> {
    fn get(&mut self, idx: usize) -> Result<Rc<ShingleSet>> {
        if let Some(set) = self.known.get(&idx) {
            return Ok(set.clone());
        }
        if self.oldest.len() == MAX_KNOWN {
            self.oldest.pop_front().map(|oldest| self.known.remove(&oldest));
        }
        let set = Rc::new(set_of(self.docs[idx], self.texts, self.params)?);
        self.known.insert(idx, set.clone());
        self.oldest.push_back(idx);
        Ok(set)
    }

    /// What a document is to a kept one.
    fn compare(&mut self, idx: usize, kept: usize) -> Result<Duplicate> {
        let (set, kept) = (self.get(idx)?, self.get(kept)?);
        let (jaccard, containment) = set.agreement(&kept);
        Ok(Duplicate { doc: self.docs[idx], jaccard, containment })
    }

    /// Whether a document has text that a kept one lacks.
    fn loses(&self, idx: usize, kept: usize) -> Result<bool> {
        let kept = self.texts.with_text(self.docs[kept], str::to_owned)?;
        self.texts.with_text(self.docs[idx], |text| !unique_text(text, &kept).is_empty())
    }
}

/// A document that is kept, and what it stands for.
struct Anchor {
    /// In the group.
    idx: usize,
    members: Vec<Duplicate>,
}

/// Bytes that are held of each document of a group beside its shingles' hashes.
pub(super) const MEMBER_BYTES: usize = size_of::<Keys>() + size_of::<(usize, ShingleSet)>();
/// Bytes that are held of each document that is kept, beside.
pub(super) const ANCHOR_BYTES: usize = size_of::<Anchor>();

struct Anchors<'g, T: ?Sized> {
    sets: Sets<'g, T>,
    sketches: &'g [Sketch],
    found: Vec<Anchor>,
}

impl<'k, T: Texts + ?Sized> Anchors<'_, T> {
    /// The clusters of all, by the keys that each is filed under and sought by.
    fn take_all(mut self, keys: impl Fn(usize) -> Cow<'k, Keys>) -> Result<Vec<DuplicateCluster>> {
        let docs = self.sets.docs;
        let mut filed = Filed::default();
        for (idx, &doc) in docs.iter().enumerate() {
            let keys = keys(idx);
            let may_reach = |anchor, n_common| self.may_reach(idx, anchor, n_common);
            let near = filed.near(&keys.sought, may_reach);
            if self.sketches[doc].is_reference || !self.join(idx, near)? {
                filed.add(&keys.filed);
                self.found.push(Anchor { idx, members: Vec::new() });
            }
        }
        let anchors = self.found.into_iter().filter(|anchor| !anchor.members.is_empty());
        let cluster = |Anchor { idx, members }| DuplicateCluster { kept: docs[idx], members };
        Ok(anchors.map(cluster).collect())
    }

    /// Whether a document and an anchor can reach the threshold with at most `n_common` shingles in
    /// common.
    fn may_reach(&self, idx: usize, anchor: u32, n_common: u32) -> bool {
        if n_common == Key::ANY {
            return true;
        }
        let n_of =
            |idx: usize| self.sets.known.get(&idx).map_or(0, |set| set.hashes().len() as i64);
        let (n, n_kept) = (n_of(idx), n_of(self.found[anchor as usize].idx));
        let n_common = i64::from(n_common);
        let most = match self.sets.params.measure {
            Measure::Jaccard => Milli::ratio(n_common, n + n_kept - n_common),
            Measure::Containment => Milli::ratio(n_common, n),
        };
        self.sets.params.threshold <= most
    }

    /// Makes a document a member of the anchor of `near` that it is most like; gives whether there
    /// is one that may stand for it.
    fn join(&mut self, idx: usize, near: Vec<u32>) -> Result<bool> {
        let DuplicateParams { measure, threshold, no_loss, .. } = *self.sets.params;
        let mut reached: Vec<(Milli, Reverse<u32>, Duplicate)> = Vec::new();
        for anchor in near {
            let duplicate = self.sets.compare(idx, self.found[anchor as usize].idx)?;
            let score = measure.of(duplicate);
            if threshold <= score {
                reached.push((score, Reverse(anchor), duplicate));
            }
        }
        reached.sort_unstable_by_key(|&(score, anchor, _)| Reverse((score, anchor)));
        for (_, Reverse(anchor), duplicate) in reached {
            let Anchor { idx: kept, members } = &mut self.found[anchor as usize];
            if !no_loss || !self.sets.loses(idx, *kept)? {
                members.push(duplicate);
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Kept documents by their keys: a chain of them for each.
#[derive(Default)]
struct Filed {
    n_anchors: u32,
    /// By key, the last entry of its chain.
    last: AHashMap<u64, u32>,
    entries: Vec<Entry>,
    /// By anchor, the search that it was last found in.
    seen: Vec<u32>,
    n_searches: u32,
}

struct Entry {
    anchor: u32,
    /// See [`Key`].
    n_behind: u32,
    /// The entry before in the chain.
    before: Option<u32>,
}

impl Filed {
    /// Files the next anchor.
    fn add(&mut self, keys: &[Key]) {
        for &Key { hash, n_behind } in keys {
            let before = self.last.insert(hash, self.entries.len() as u32);
            self.entries.push(Entry { anchor: self.n_anchors, n_behind, before });
        }
        self.n_anchors += 1;
        self.seen.push(0);
    }

    /// The anchors filed under any of the keys that `may_reach` the threshold with so many shingles
    /// in common, each once.
    fn near(&mut self, keys: &[Key], may_reach: impl Fn(u32, u32) -> bool) -> Vec<u32> {
        self.n_searches += 1;
        let mut near = Vec::new();
        for key in keys {
            let mut next = self.last.get(&key.hash).copied();
            while let Some(entry) = next {
                let Entry { anchor, n_behind, before } = self.entries[entry as usize];
                if self.seen[anchor as usize] != self.n_searches {
                    self.seen[anchor as usize] = self.n_searches;
                    if may_reach(anchor, n_behind.min(key.n_behind).saturating_add(1)) {
                        near.push(anchor);
                    }
                }
                next = before;
            }
        }
        near
    }
}
