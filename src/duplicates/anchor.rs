//! Which documents of a group are kept, and which do they stand for?
//!
//! The best document is taken first. Each joins the kept document that it is most like, its
//! *anchor*, or is kept itself. It is compared with all anchors of a small group; of a larger one with
//! those that share bands with it; and where bands name many, as on a common template, with those that
//! share shingles which like sets must share.

use super::prefix::{self, Key, Keys};
use super::{
    Duplicate, DuplicateCluster, DuplicateParams, Measure, Search, Sketches, Texts, unique_text,
};
use crate::error::Result;
use crate::fixed::Milli;
use crate::shingle::ShingleSet;
use ahash::AHashMap;
use std::cmp::Reverse;

/// What the documents of a group are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// Each with all that are kept.
    All,
    /// Those that share a band.
    Bands,
    /// Those that share shingles which like sets must share.
    Prefixes,
}

impl Compared {
    /// What is the least work for a group of `n_docs` documents, of which `n_pairs` share a band.
    pub(super) fn of(n_docs: u64, n_pairs: u64, params: &DuplicateParams) -> Compared {
        if n_docs <= FEW {
            Compared::All
        } else if params.search == Search::All || MANY * n_docs < n_pairs {
            Compared::Prefixes
        } else {
            Compared::Bands
        }
    }
}

/// Documents of a group for which two sets are sooner compared than the bands of one looked up.
const FEW: u64 = 12;
/// As many documents share bands with one, on average, before bands are given up.
pub(super) const MANY: u64 = 100;

/// A document of a group, with what it is compared on.
#[derive(Debug)]
pub struct Candidate {
    pub doc: usize,
    pub shingles: ShingleSet,
    /// One a band, where these are compared by.
    pub band_keys: Box<[u64]>,
}

/// The clusters of `group`.
pub fn clusters(
    mut group: Vec<Candidate>,
    compared: Compared,
    sketches: &Sketches,
    texts: &(impl Texts + ?Sized),
    params: &DuplicateParams,
) -> Result<Vec<DuplicateCluster>> {
    group.sort_by_cached_key(|candidate| {
        let n_first = match params.measure {
            Measure::Jaccard => 0,
            // The larger is never contained in the smaller.
            Measure::Containment => candidate.shingles.hashes().len(),
        };
        let (is_no_reference, preference) = sketches.order(candidate.doc);
        (is_no_reference, Reverse(n_first), preference, candidate.doc)
    });
    let keys = match compared {
        Compared::All => group.iter().map(one_key).collect(),
        Compared::Bands => group.iter().map(band_keys).collect(),
        Compared::Prefixes => prefix::keys(&group, params.measure, params.threshold),
    };
    Anchors { group: &group, texts, params, found: Vec::new() }.take_all(&keys, sketches)
}

/// The same key for all that have shingles, behind which there may be as many in common as there are.
fn one_key(candidate: &Candidate) -> Keys {
    let n_behind = (candidate.shingles.hashes().len() as u32).checked_sub(1);
    Keys::same(n_behind.map(|n_behind| Key { hash: 0, n_behind }).into_iter().collect())
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
            let n = self.n_shingles(idx);
            let near =
                filed.near(keys.sought(), |sizes, n_common| self.may_reach(n, sizes, n_common));
            if sketches.is_reference(candidate.doc) || !self.join(idx, near)? {
                filed.add(n, keys.filed());
                self.found.push(Anchor { idx, members: Vec::new() });
            }
        }
        let anchors = self.found.into_iter().filter(|anchor| !anchor.members.is_empty());
        let kept = |idx: usize| self.group[idx].doc;
        let cluster = |Anchor { idx, members }| DuplicateCluster { kept: kept(idx), members };
        Ok(anchors.map(cluster).collect())
    }

    fn n_shingles(&self, idx: usize) -> u32 {
        self.group[idx].shingles.hashes().len() as u32
    }

    /// Whether a document of `n` shingles and an anchor of at least `n_kept` can reach the threshold
    /// with at most `n_common` in common.
    fn may_reach(&self, n: u32, n_kept: u32, n_common: u32) -> bool {
        if n_common == Key::ANY {
            return true;
        }
        let (n, n_kept, n_common) = (i64::from(n), i64::from(n_kept), i64::from(n_common));
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

/// Kept documents by their keys. Those of one key and about one size are a chain: what a template
/// gives to all cannot make two documents alike that have much beside it, and then the chain is
/// passed over whole.
#[derive(Default)]
struct Filed {
    /// By key, its last chain.
    last: AHashMap<u64, u32>,
    chains: Vec<Chain>,
    entries: Vec<Entry>,
    /// By anchor, the number of its shingles.
    sizes: Vec<u32>,
    /// By anchor, the search that it was last found in.
    seen: Vec<u32>,
    n_searches: u32,
}

/// The anchors of one key and one [`least_size`].
struct Chain {
    least_size: u32,
    /// The most that follow its key in any of them; see [`Key`].
    most_behind: u32,
    /// Its last entry.
    last: u32,
    /// The chain before of the same key.
    before: Option<u32>,
}

struct Entry {
    anchor: u32,
    /// See [`Key`].
    n_behind: u32,
    /// The entry before in the chain.
    before: Option<u32>,
}

impl Filed {
    /// Files the next anchor, of so many shingles.
    fn add(&mut self, size: u32, keys: &[Key]) {
        let anchor = self.sizes.len() as u32;
        for &Key { hash, n_behind } in keys {
            let last = self.entries.len() as u32;
            let chain =
                Chain { least_size: least_size(size), most_behind: n_behind, last, before: None };
            let before = self.lengthen(hash, chain);
            self.entries.push(Entry { anchor, n_behind, before });
        }
        self.sizes.push(size);
        self.seen.push(0);
    }

    /// Adds a chain of one entry to those of its key; gives the entry that is now before it.
    fn lengthen(&mut self, hash: u64, one: Chain) -> Option<u32> {
        let before = self.last.get(&hash).copied();
        let mut next = before;
        while let Some(at) = next {
            let chain = &mut self.chains[at as usize];
            if chain.least_size == one.least_size {
                chain.most_behind = chain.most_behind.max(one.most_behind);
                return Some(std::mem::replace(&mut chain.last, one.last));
            }
            next = chain.before;
        }
        self.last.insert(hash, self.chains.len() as u32);
        self.chains.push(Chain { before, ..one });
        None
    }

    /// The anchors filed under any of the keys that may reach the threshold, each once:
    /// `may_reach(size, n)` tells whether one of at least that size may that has at most `n` shingles
    /// in common.
    fn near(&mut self, keys: &[Key], may_reach: impl Fn(u32, u32) -> bool) -> Vec<u32> {
        self.n_searches += 1;
        let Filed { last, chains, entries, sizes, seen, n_searches } = self;
        let mut near = Vec::new();
        for key in keys {
            let n_common = |n_behind: u32| n_behind.min(key.n_behind).saturating_add(1);
            let chains = along(chains, last.get(&key.hash).copied(), |chain| chain.before);
            let may_reach_some =
                |chain: &&Chain| may_reach(chain.least_size, n_common(chain.most_behind));
            for chain in chains.filter(may_reach_some) {
                for entry in along(entries, Some(chain.last), |entry| entry.before) {
                    let anchor = entry.anchor as usize;
                    if std::mem::replace(&mut seen[anchor], *n_searches) != *n_searches
                        && may_reach(sizes[anchor], n_common(entry.n_behind))
                    {
                        near.push(entry.anchor);
                    }
                }
            }
        }
        near
    }
}

/// The items of a list from `last` on, each by the one after it.
fn along<T>(
    all: &[T],
    last: Option<u32>,
    before: impl Fn(&T) -> Option<u32>,
) -> impl Iterator<Item = &T> {
    let at = |at: u32| &all[at as usize];
    std::iter::successors(last.map(at), move |item| before(item).map(at))
}

/// The size from which documents count as about as large as one of `size` shingles: an eighth of the
/// power of two below lies between one and the next.
fn least_size(size: u32) -> u32 {
    let step = (size.max(1).ilog2()).saturating_sub(3);
    size >> step << step
}
