//! Which documents of a group are kept, and which do they stand for?
//!
//! The best document is taken first. Each joins the kept document that it is most like, its
//! *anchor*, or is kept itself.

use super::prefix::{self, Keys};
use super::{
    Duplicate, DuplicateCluster, DuplicateParams, Measure, Search, Sketch, Texts, shingles,
    unique_text,
};
use crate::error::Result;
use crate::fixed::Milli;
use crate::shingle::{Profile, ShingleSet};
use ahash::AHashMap;
use rayon::prelude::*;
use std::cmp::Reverse;

/// From so many documents on, a group is searched by what must be shared rather than by bands:
/// documents on one template share bands, each with each.
pub(super) const LARGE_GROUP: usize = 200;

/// The clusters of `group`, whose documents are ascending.
pub fn clusters(
    group: Vec<usize>,
    sketches: &[Sketch],
    texts: &(impl Texts + ?Sized),
    params: &DuplicateParams,
) -> Result<Vec<DuplicateCluster>> {
    let set = |doc: usize| Ok((doc, shingles(doc, texts, params.shingling)?));
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
    let is_small = group.len() < LARGE_GROUP && params.search != Search::All;
    let keys = if is_small {
        group.iter().map(|&doc| by_bands(&sketches[doc])).collect()
    } else {
        prefix::keys(&sets, params.measure, params.threshold)
    };
    let mut anchors = Anchors { params, docs: &group, sets: &sets, found: Vec::new() };
    let mut filed = Filed::default();
    for (idx, keys) in keys.iter().enumerate() {
        let is_reference = sketches[group[idx]].is_reference;
        if is_reference || !anchors.join(idx, filed.near(&keys.sought), texts)? {
            filed.add(&keys.filed);
            anchors.add(idx);
        }
    }
    Ok(anchors.clusters())
}

/// Whether a document has text that a kept one lacks.
fn loses(doc: usize, kept: usize, texts: &(impl Texts + ?Sized)) -> Result<bool> {
    let kept = texts.with_text(kept, str::to_owned)?;
    texts.with_text(doc, |text| !unique_text(text, &kept).is_empty())
}

fn by_bands(sketch: &Sketch) -> Keys {
    Keys { filed: sketch.keys.to_vec(), sought: sketch.keys.to_vec() }
}

/// A document that is kept, and what it stands for.
struct Anchor {
    /// In the group.
    idx: usize,
    profile: Profile,
    members: Vec<Duplicate>,
}

struct Anchors<'g> {
    params: &'g DuplicateParams,
    docs: &'g [usize],
    sets: &'g [ShingleSet],
    found: Vec<Anchor>,
}

impl Anchors<'_> {
    fn add(&mut self, idx: usize) {
        let profile = self.sets[idx].profile();
        self.found.push(Anchor { idx, profile, members: Vec::new() });
    }

    /// Makes a document a member of the anchor of `near` that it is most like; gives whether there
    /// is one that may stand for it.
    fn join(&mut self, idx: usize, near: Vec<u32>, texts: &(impl Texts + ?Sized)) -> Result<bool> {
        if near.is_empty() {
            return Ok(false);
        }
        let profile = self.sets[idx].profile();
        let mut reached: Vec<(Milli, Reverse<u32>, Duplicate)> =
            near.into_iter().filter_map(|anchor| self.reach(idx, &profile, anchor)).collect();
        reached.sort_unstable_by_key(|&(score, anchor, _)| Reverse((score, anchor)));
        for (_, Reverse(anchor), duplicate) in reached {
            let Anchor { idx: kept, members, .. } = &mut self.found[anchor as usize];
            let is_lost = || loses(duplicate.doc, self.docs[*kept], texts);
            if !self.params.no_loss || !is_lost()? {
                members.push(duplicate);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How alike a document and an anchor are, where they reach the threshold.
    fn reach(
        &self,
        idx: usize,
        profile: &Profile,
        anchor: u32,
    ) -> Option<(Milli, Reverse<u32>, Duplicate)> {
        let DuplicateParams { measure, threshold, .. } = *self.params;
        let kept = &self.found[anchor as usize];
        let most = self.duplicate(idx, kept.idx, profile.most_common(&kept.profile));
        if measure.of(most) < threshold {
            return None;
        }
        let n_common = self.sets[idx].n_common(&self.sets[kept.idx]);
        let duplicate = self.duplicate(idx, kept.idx, n_common);
        let score = measure.of(duplicate);
        (threshold <= score).then_some((score, Reverse(anchor), duplicate))
    }

    /// What a document is to a kept one, with so many shingles in common.
    fn duplicate(&self, idx: usize, kept: usize, n_common: usize) -> Duplicate {
        let (n, n_kept) = (self.sets[idx].hashes().len(), self.sets[kept].hashes().len());
        Duplicate {
            doc: self.docs[idx],
            jaccard: Milli::ratio(n_common as i64, (n + n_kept - n_common) as i64),
            containment: Milli::ratio(n_common as i64, n as i64),
        }
    }

    fn clusters(self) -> Vec<DuplicateCluster> {
        let docs = self.docs;
        let anchors = self.found.into_iter().filter(|anchor| !anchor.members.is_empty());
        let cluster = |Anchor { idx, members, .. }| DuplicateCluster { kept: docs[idx], members };
        anchors.map(cluster).collect()
    }
}

/// Kept documents by their keys: a chain of them for each.
#[derive(Default)]
struct Filed {
    n_anchors: u32,
    /// By key, the last entry of its chain.
    last: AHashMap<u64, u32>,
    /// An anchor, and the entry before it in the chain.
    entries: Vec<(u32, Option<u32>)>,
    /// By anchor, the search that it was last found in.
    seen: Vec<u32>,
    n_searches: u32,
}

impl Filed {
    /// Files the next anchor.
    fn add(&mut self, keys: &[u64]) {
        for &key in keys {
            let before = self.last.insert(key, self.entries.len() as u32);
            self.entries.push((self.n_anchors, before));
        }
        self.n_anchors += 1;
        self.seen.push(0);
    }

    /// The anchors filed under any of the keys, each once.
    fn near(&mut self, keys: &[u64]) -> Vec<u32> {
        self.n_searches += 1;
        let mut near = Vec::new();
        for key in keys {
            let mut next = self.last.get(key).copied();
            while let Some(entry) = next {
                let (anchor, before) = self.entries[entry as usize];
                if self.seen[anchor as usize] != self.n_searches {
                    self.seen[anchor as usize] = self.n_searches;
                    near.push(anchor);
                }
                next = before;
            }
        }
        near
    }
}
