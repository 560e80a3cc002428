//! Which documents of a group are kept, and which do they stand for?
//!
//! The best document is taken first. Each joins the kept document that it is most like, its
//! *anchor*, or is kept itself. Where shared bands name few anchors for a document, those are
//! compared with; where they name many, as on a common template, those that share shingles which like
//! sets must share.

use super::prefix::{self, Key, Keys};
use super::{
    Duplicate, DuplicateCluster, DuplicateParams, Measure, Search, Sketches, Texts, unique_text,
};
use crate::error::Result;
use crate::fixed::Milli;
use crate::shingle::ShingleSet;
use ahash::AHashMap;
use std::cmp::Reverse;

/// As many documents share bands with one, on average, before bands are given up.
pub(super) const MANY: u64 = 100;

/// A document of a group, with what it is compared on.
#[derive(Debug)]
pub struct Candidate {
    pub doc: usize,
    pub shingles: ShingleSet,
    /// One a band.
    pub band_keys: Box<[u64]>,
}

/// The clusters of `group`, of whose documents `n_pairs` share a band.
pub fn clusters(
    mut group: Vec<Candidate>,
    n_pairs: u64,
    sketches: &Sketches,
    texts: &(impl Texts + ?Sized),
    params: &DuplicateParams,
) -> Result<Vec<DuplicateCluster>> {
    let by_prefixes = is_by_prefixes(group.len() as u64, n_pairs, params);
    group.sort_by_cached_key(|candidate| {
        let n_first = match params.measure {
            Measure::Jaccard => 0,
            // The larger is never contained in the smaller.
            Measure::Containment => candidate.shingles.hashes().len(),
        };
        let (is_no_reference, preference) = sketches.order(candidate.doc);
        (is_no_reference, Reverse(n_first), preference, candidate.doc)
    });
    let keys = match by_prefixes {
        true => prefix::keys(&group, params.measure, params.threshold),
        false => group.iter().map(band_keys).collect(),
    };
    Anchors { group: &group, texts, params, found: Vec::new() }.take_all(&keys, sketches)
}

/// Whether the documents of a group are compared by the shingles that like sets must share.
pub(super) fn is_by_prefixes(n_docs: u64, n_pairs: u64, params: &DuplicateParams) -> bool {
    params.search == Search::All || MANY * n_docs < n_pairs
}

fn band_keys(candidate: &Candidate) -> Keys {
    let key = |&hash: &u64| Key { hash, n_behind: Key::ANY };
    Keys::same(candidate.band_keys.iter().map(key).collect())
}

/// A document that is kept, and what it stands for.
struct Anchor {
    /// In the group.
    idx: usize,
    members: Vec<Duplicate>,
}

/// Bytes that are held of each document of a group beside its shingles' hashes.
pub(super) const MEMBER_BYTES: usize = size_of::<Keys>() + size_of::<Candidate>();
/// Bytes that are held of each document that is kept, beside.
pub(super) const ANCHOR_BYTES: usize = size_of::<Anchor>();

struct Anchors<'g, T: ?Sized> {
    group: &'g [Candidate],
    texts: &'g T,
    params: &'g DuplicateParams,
    found: Vec<Anchor>,
}

impl<T: Texts + ?Sized> Anchors<'_, T> {
    /// The clusters of all, by the keys that each is filed under and sought by.
    fn take_all(mut self, keys: &[Keys], sketches: &Sketches) -> Result<Vec<DuplicateCluster>> {
        let mut filed = Filed::default();
        for (idx, (candidate, keys)) in self.group.iter().zip(keys).enumerate() {
            let may_reach = |anchor, n_common| self.may_reach(idx, anchor, n_common);
            let near = filed.near(keys.sought(), may_reach);
            if sketches.is_reference(candidate.doc) || !self.join(idx, near)? {
                filed.add(keys.filed());
                self.found.push(Anchor { idx, members: Vec::new() });
            }
        }
        let anchors = self.found.into_iter().filter(|anchor| !anchor.members.is_empty());
        let kept = |idx: usize| self.group[idx].doc;
        let cluster = |Anchor { idx, members }| DuplicateCluster { kept: kept(idx), members };
        Ok(anchors.map(cluster).collect())
    }

    fn n_shingles(&self, idx: usize) -> i64 {
        self.group[idx].shingles.hashes().len() as i64
    }

    /// Whether a document and an anchor can reach the threshold with at most `n_common` shingles in
    /// common.
    fn may_reach(&self, idx: usize, anchor: u32, n_common: u32) -> bool {
        if n_common == Key::ANY {
            return true;
        }
        let (n, n_kept) = (self.n_shingles(idx), self.n_shingles(self.found[anchor as usize].idx));
        let n_common = i64::from(n_common);
        let most = match self.params.measure {
            Measure::Jaccard => Milli::ratio(n_common, n + n_kept - n_common),
            Measure::Containment => Milli::ratio(n_common, n),
        };
        self.params.threshold <= most
    }

    /// What a document is to a kept one.
    fn compare(&self, idx: usize, kept: usize) -> Duplicate {
        let (candidate, kept) = (&self.group[idx], &self.group[kept]);
        let (jaccard, containment) = candidate.shingles.agreement(&kept.shingles);
        Duplicate { doc: candidate.doc, jaccard, containment }
    }

    /// Whether a document has text that a kept one lacks.
    fn loses(&self, idx: usize, kept: usize) -> Result<bool> {
        let kept = self.texts.with_text(self.group[kept].doc, str::to_owned)?;
        let loses = |text: &str| !unique_text(text, &kept).is_empty();
        self.texts.with_text(self.group[idx].doc, loses)
    }

    /// Makes a document a member of the anchor of `near` that it is most like; gives whether there
    /// is one that may stand for it.
    fn join(&mut self, idx: usize, near: Vec<u32>) -> Result<bool> {
        let DuplicateParams { measure, threshold, no_loss, .. } = *self.params;
        let mut reached: Vec<(Milli, Reverse<u32>, Duplicate)> = Vec::new();
        for anchor in near {
            let duplicate = self.compare(idx, self.found[anchor as usize].idx);
            let score = measure.of(duplicate);
            if threshold <= score {
                reached.push((score, Reverse(anchor), duplicate));
            }
        }
        reached.sort_unstable_by_key(|&(score, anchor, _)| Reverse((score, anchor)));
        for (_, Reverse(anchor), duplicate) in reached {
            if !no_loss || !self.loses(idx, self.found[anchor as usize].idx)? {
                self.found[anchor as usize].members.push(duplicate);
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
