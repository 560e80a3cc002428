//! Which pairs are worth comparing, for all that is known without a look at their words?

use super::Common;
use crate::document::DocId;
use crate::fixed::Milli;
use crate::wording::WordingId;

/// Tells which pairs are worth comparing.
pub trait Gate: Sync {
    /// Least share of the shorter wording's stems that the two have in common.
    fn least_coverage(&self) -> Milli;

    /// What the two share at least where nothing else ties them, in thousandths of a nat.
    fn least_mass(&self) -> i64;

    /// Whether two wordings may match that share so much, the shorter of `n_words`, and that nothing
    /// else ties.
    fn may_match_alone(&self, common: Common, n_words: usize) -> bool;

    /// What other wordings are tied to one by.
    fn ties(&self, of: WordingId) -> Ties;

    /// Whether anything else ties a wording that stands in `docs`, ascending, to the one that has
    /// these ties.
    fn are_tied(&self, ties: &Ties, docs: impl Iterator<Item = DocId>) -> bool;
}

/// Documents that have something to do with a wording.
#[derive(Debug, Default)]
pub struct Ties {
    /// Ascending.
    docs: Vec<DocId>,
    /// The last bits of their numbers: most other documents are told by these.
    ends: [u64; ENDS / 64],
}

/// How many different ends of numbers are told apart.
const ENDS: usize = 512;

impl Ties {
    /// To these documents, in any order.
    pub fn to(mut docs: Vec<DocId>) -> Ties {
        docs.sort_unstable();
        docs.dedup();
        let mut ends = [0; ENDS / 64];
        for end in docs.iter().map(|doc| doc.idx() % ENDS) {
            ends[end / 64] |= 1 << (end % 64);
        }
        Ties { docs, ends }
    }

    /// Whether `doc` is one of them.
    pub fn has(&self, doc: DocId) -> bool {
        let end = doc.idx() % ENDS;
        self.ends[end / 64] & 1 << (end % 64) != 0 && self.docs.binary_search(&doc).is_ok()
    }
}

/// Every pair that a seed proposes is worth comparing.
#[derive(Debug, Clone, Copy)]
pub struct Open;

impl Gate for Open {
    fn least_coverage(&self) -> Milli {
        Milli(0)
    }

    fn least_mass(&self) -> i64 {
        0
    }

    fn may_match_alone(&self, _: Common, _: usize) -> bool {
        true
    }

    fn ties(&self, _: WordingId) -> Ties {
        Ties::default()
    }

    fn are_tied(&self, _: &Ties, _: impl Iterator<Item = DocId>) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_to_the_documents_given() {
        let ties = Ties::to([7, 3, 7, 600].map(DocId).to_vec());
        let has = [3, 7, 600, 8, 88, 515].map(|doc| ties.has(DocId(doc)));
        assert_eq!(has, [true, true, true, false, false, false]);
    }
}
