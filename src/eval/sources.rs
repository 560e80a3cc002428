//! Is right what claims say of their sources?
//!
//! Measured for each confirmed claim found that says something of its sources, where the truth does
//! of the claim that most of its occurrences match (the first of those that as many do).
//!
//! * *Omissions*: outlets that are said to leave the claim out, against those that do. They are the
//!   same where their names are spellings of one name.
//! * *Copies*: documents with the one that they have the claim from. A copy of the truth counts where
//!   the found claim has both documents.
//! * *Lines*: the true number of independent lines is that of the found claim's documents, so that a
//!   claim that is found in part is judged on what was found: the groups that the truth's links
//!   leave, the proven ones alone for the upper figure, all for the lower one.

use super::found::{FoundClaim, FoundSources};
use super::scene::{At, Scene};
use super::truth::TrueSources;
use super::{Agreement, Share};
use crate::claim::Status;
use crate::provenance::outlet_key;
use std::collections::{BTreeMap, BTreeSet};

/// What is right of what claims say of their sources.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sources {
    /// Outlets that leave a claim out.
    pub omissions: Agreement,
    /// Documents that have a claim from another.
    pub copies: Agreement,
    /// Claims with the right number of independent lines at least.
    pub lower: Share,
    /// Claims with the right number of independent lines at most.
    pub upper: Share,
    /// Claims with both right.
    pub both: Share,
}

/// Sums over the claims that are judged; `None` where the truth says nothing of sources.
pub(super) fn score(scene: &Scene<'_>) -> Option<Sources> {
    scene.truth.claims.iter().any(|claim| claim.sources.is_some()).then(|| {
        let mut sum = Sources::default();
        for (claim_idx, claim) in scene.found.claims.iter().enumerate() {
            let truth = || scene.truth.claims[matched(scene, claim_idx)?].sources.as_ref();
            let confirmed = (claim.status == Status::Confirmed).then_some(claim);
            if let Some((found, truth)) = confirmed.and_then(|c| c.sources.as_ref().zip(truth())) {
                sum.count(claim, found, truth);
            }
        }
        sum
    })
}

/// The claim of the truth that most occurrences of a found one match.
fn matched(scene: &Scene<'_>, claim_idx: usize) -> Option<usize> {
    let mut n_matches: BTreeMap<usize, usize> = BTreeMap::new();
    for occurrence_idx in 0..scene.found.claims[claim_idx].occurrences.len() {
        for &truth_idx in scene.stated(At { claim_idx, occurrence_idx }) {
            *n_matches.entry(truth_idx).or_default() += 1;
        }
    }
    // Of equals the last is taken: the first of the truth.
    n_matches.into_iter().rev().max_by_key(|(_, n)| *n).map(|(truth_idx, _)| truth_idx)
}

impl Sources {
    fn count(&mut self, claim: &FoundClaim, found: &FoundSources, truth: &TrueSources) {
        let omitted_by = found.omitted_by.iter().map(|outlet| outlet_key(outlet)).collect();
        self.omissions.count(&omitted_by, &truth.omitted_by);
        let docs: BTreeSet<&str> = claim.occurrences.iter().map(|o| &o.place.doc[..]).collect();
        let has_both = |(a, b): &&(String, String)| docs.contains(&a[..]) && docs.contains(&b[..]);
        let copies = truth.copied_from.iter().filter(has_both).cloned().collect();
        self.copies.count(&copied(claim), &copies);
        let upper = found.upper == n_groups(&docs, &truth.proven);
        let links = [&truth.proven[..], &truth.possible].concat();
        let lower = found.lower == n_groups(&docs, &links);
        self.lower.count(lower);
        self.upper.count(upper);
        self.both.count(lower && upper);
    }
}

/// Documents of a found claim, each with the one that it is said to have the claim from.
fn copied(claim: &FoundClaim) -> BTreeSet<(String, String)> {
    let doc = |occurrence: usize| claim.occurrences[occurrence].place.doc.clone();
    let occurrences = claim.occurrences.iter().enumerate();
    occurrences.filter_map(|(copy, o)| Some((doc(copy), doc(o.copied_from?)))).collect()
}

/// Groups of documents that no link joins.
fn n_groups(docs: &BTreeSet<&str>, links: &[(String, String)]) -> usize {
    let mut group: BTreeMap<&str, &str> = docs.iter().map(|&doc| (doc, doc)).collect();
    for (a, b) in links {
        if let (Some(&a), Some(&b)) = (group.get(&a[..]), group.get(&b[..])) {
            group.values_mut().filter(|own| **own == b).for_each(|own| *own = a);
        }
    }
    group.into_values().collect::<BTreeSet<_>>().len()
}
