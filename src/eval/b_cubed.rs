//! Do the confirmed claims hold together what belongs together? B-cubed (Bagga and Baldwin 1998,
//! "Entity-based cross-document coreferencing using the vector space model"), extended to passages
//! in several clusters (Amigó, Gonzalo, Artiles and Verdejo 2009, "A comparison of extrinsic
//! clustering evaluation metrics based on formal constraints", section 5).
//!
//! The items are the places of the truth's occurrences, a place once. Their true clusters are the
//! truth's claims, their found clusters the confirmed claims that match them; a place that no
//! confirmed claim matches is a cluster of its own, as a partition has it. So nothing found has
//! precision 1 and the recall of single places. Claims that only one outlet (or document, with
//! [`Scope::AllOutlets`](super::Scope)) carries are left out: they are nobody's to find.

use super::place::Place;
use super::scene::Scene;
use super::truth::TrueClaim;
use super::{Trust, f1, milli};
use crate::fixed::Milli;
use crate::span::ByteSpan;
use std::collections::BTreeMap;

/// The measures, each 0 to 1; `None` without an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BCubed {
    /// Number of places.
    pub n: usize,
    /// How far what is found together belongs together.
    pub precision: Option<Milli>,
    /// How far what belongs together is found together.
    pub recall: Option<Milli>,
    /// Harmonic mean of the two.
    pub f1: Option<Milli>,
}

/// A place, with its clusters in ascending order.
#[derive(Default)]
struct Item {
    truth: Vec<usize>,
    found: Vec<usize>,
}

/// Precision, recall and F1 of the confirmed claims.
pub(super) fn score(scene: &Scene<'_>) -> BCubed {
    let items = items(scene);
    let found: Vec<&[usize]> = items.iter().map(|item| item.found.as_slice()).collect();
    let truth: Vec<&[usize]> = items.iter().map(|item| item.truth.as_slice()).collect();
    let precision = agreement(&found, &truth);
    let recall = agreement(&truth, &found);
    let mean = precision.zip(recall).map(|(precision, recall)| f1(precision, recall));
    BCubed {
        n: items.len(),
        precision: precision.map(milli),
        recall: recall.map(milli),
        f1: mean.map(milli),
    }
}

fn items(scene: &Scene<'_>) -> Vec<Item> {
    let mut items: BTreeMap<(&str, ByteSpan), Item> = BTreeMap::new();
    for (claim_idx, claim) in scene.truth.claims.iter().enumerate() {
        if !is_carried(claim, |a, b| scene.are_apart(a, b)) {
            continue;
        }
        for (occurrence_idx, occurrence) in claim.occurrences.iter().enumerate() {
            let place = &occurrence.place;
            let item = items.entry((&place.doc, place.span)).or_default();
            let at = scene.at(claim_idx, occurrence_idx).iter();
            let confirmed = at.filter(|&&at| scene.is_trusted(at, Trust::Confirmed));
            item.truth.push(claim_idx);
            item.found.extend(confirmed.map(|at| at.claim_idx));
        }
    }
    let n_found = scene.found.claims.len();
    let items = items.into_values().enumerate().map(|(idx, mut item)| {
        item.truth.dedup();
        item.found.sort_unstable();
        item.found.dedup();
        if item.found.is_empty() {
            item.found.push(n_found + idx);
        }
        item
    });
    items.collect()
}

/// Whether two occurrences are apart. To be apart is to be of different classes (outlets or
/// documents), so the first occurrence is apart from some other one if any two are.
fn is_carried(claim: &TrueClaim, are_apart: impl Fn(&Place, &Place) -> bool) -> bool {
    let mut places = claim.occurrences.iter().map(|occurrence| &occurrence.place);
    places.next().is_some_and(|first| places.any(|place| are_apart(first, place)))
}

/// How far items that share a cluster of `of` share one of `in_other` too: the mean over the items
/// of the mean over all that share a cluster with it, itself among them, of
/// `min(shared in of, shared in in_other) / shared in of` (Amigó et al.).
fn agreement(of: &[&[usize]], in_other: &[&[usize]]) -> Option<f64> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (item, clusters) in of.iter().enumerate() {
        for &cluster in *clusters {
            members.entry(cluster).or_default().push(item);
        }
    }
    let of_item = |item: usize| {
        let mut others: Vec<usize> = of[item].iter().flat_map(|c| &members[c]).copied().collect();
        others.sort_unstable();
        others.dedup();
        let agreements = others.iter().map(|&other| {
            let n_shared = n_common(of[item], of[other]);
            n_shared.min(n_common(in_other[item], in_other[other])) as f64 / n_shared as f64
        });
        agreements.sum::<f64>() / others.len() as f64
    };
    (!of.is_empty()).then(|| (0..of.len()).map(of_item).sum::<f64>() / of.len() as f64)
}

fn n_common(a: &[usize], b: &[usize]) -> usize {
    a.iter().filter(|cluster| b.binary_search(cluster).is_ok()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_as_worked_out_by_hand() {
        for (what, of, in_other, expect) in [
            ("the same", [&[1][..], &[1], &[2]], [&[7][..], &[7], &[8]], 1.0),
            // Two of the three that are together belong together: 2/3, 2/3, 1/3.
            ("one too many", [&[1], &[1], &[1]], [&[7], &[7], &[8]], 5.0 / 9.0),
            ("each alone", [&[1], &[2], &[3]], [&[7], &[7], &[7]], 1.0),
            // The first two share two clusters and one other: 1/2 with themselves and each other.
            ("twice together", [&[1, 2], &[1, 2], &[3]], [&[7], &[7], &[8]], 2.0 / 3.0),
            ("twice together in both", [&[1, 2], &[1, 2], &[3]], [&[7, 9], &[7, 9], &[8]], 1.0),
        ] {
            let found = agreement(&of, &in_other).unwrap();
            assert!((found - expect).abs() < 1e-12, "{what}: {found}");
        }
        assert_eq!(agreement(&[], &[]), None);
    }
}
