//! Of several sentences alike in two articles, which correspond? The likest: a match is dropped where
//! each side has a stronger one in a document of the other.

use crate::document::DocId;
use crate::fixed::Milli;
use crate::judge::{Match, Status};
use crate::wording::{WordingId, Wordings};
use ahash::AHashMap;

/// The best match of each wording in each document.
pub(super) struct Partners<'w> {
    wordings: &'w Wordings,
    best: AHashMap<(WordingId, DocId), Rank>,
}

/// Whether a match is confirmed, and its strength.
pub(super) type Rank = (bool, Milli);

/// The best is the greatest.
pub(super) fn rank(m: &Match) -> Rank {
    (m.status == Status::Confirmed, m.strength)
}

impl<'w> Partners<'w> {
    /// Of the matches of a batch.
    pub(super) fn of(matches: &[Match], wordings: &'w Wordings) -> Self {
        let mut partners = Partners { wordings, best: AHashMap::new() };
        for m in matches {
            for (one, other) in [(m.a, m.b), (m.b, m.a)] {
                for doc in partners.docs(other) {
                    let entry = partners.best.entry((one, doc)).or_insert(rank(m));
                    *entry = (*entry).max(rank(m));
                }
            }
        }
        partners
    }

    /// The documents that have a wording.
    pub(super) fn docs(&self, of: WordingId) -> impl Iterator<Item = DocId> + use<'w> {
        self.wordings.get(of).places.iter().map(|p| p.doc)
    }

    /// Whether `m` is the best match of `one` in some document of `other`.
    pub(super) fn is_best(&self, one: WordingId, other: WordingId, m: &Match) -> bool {
        self.docs(other).any(|doc| self.best[&(one, doc)] == rank(m))
    }

    /// Whether a match stays.
    pub(super) fn keep(&self, m: &Match) -> bool {
        self.is_best(m.a, m.b, m) || self.is_best(m.b, m.a, m)
    }
}
