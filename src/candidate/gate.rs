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

    /// Whether anything else ties another wording to the one that has these ties.
    fn are_tied(&self, ties: &Ties, with: WordingId) -> bool;
}

/// Documents, ascending, that have something to do with a wording.
#[derive(Debug, Default)]
pub struct Ties(pub Vec<DocId>);

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

    fn are_tied(&self, _: &Ties, _: WordingId) -> bool {
        true
    }
}
