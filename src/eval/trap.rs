//! How many traps are taken? Passages that look alike, brought together although they do not make
//! the same statement.
//!
//! A found claim takes a trap if it matches both its passages. A trap whose passages match two
//! occurrences of one claim of the truth is none, and is left out; so is one whose documents are
//! not apart (see [`Scope`](super::Scope)).

use super::found::FoundClaim;
use super::place::Place;
use super::scene::Scene;
use super::truth::Trap;
use super::{Share, Trust};
use std::collections::BTreeMap;

/// How many traps of a kind are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traps {
    /// What makes the passages look alike; `None` for all traps together.
    pub kind: Option<String>,
    /// Taken by confirmed claims.
    pub confirmed: Share,
    /// Taken by suggested claims, whether or not a confirmed one takes them too.
    pub suggested: Share,
}

/// A trap taken.
#[derive(Debug)]
pub struct Taken<'e> {
    /// The trap.
    pub trap: &'e Trap,
    /// The first claim that takes it: a confirmed one where there is one.
    pub claim: &'e FoundClaim,
}

/// Traps taken, by kind in alphabetical order, then all.
pub(super) fn score(scene: &Scene<'_>) -> Vec<Traps> {
    let mut kinds: BTreeMap<&str, (Share, Share)> = BTreeMap::new();
    let mut all = (Share::default(), Share::default());
    for trap in real(scene) {
        let [confirmed, suggested] =
            [Trust::Confirmed, Trust::Suggested].map(|trust| takes(scene, trap, trust).is_some());
        for shares in [kinds.entry(&trap.kind).or_default(), &mut all] {
            shares.0.count(confirmed);
            shares.1.count(suggested);
        }
    }
    let row = |kind, (confirmed, suggested)| Traps { kind, confirmed, suggested };
    let rows = kinds.into_iter().map(|(kind, shares)| row(Some(kind.to_owned()), shares));
    rows.chain([row(None, all)]).collect()
}

/// The traps taken, in the truth's order.
pub(super) fn taken<'e>(scene: &Scene<'e>) -> Vec<Taken<'e>> {
    let taken = |trap| {
        let claim = takes(scene, trap, Trust::Confirmed)
            .or_else(|| takes(scene, trap, Trust::Suggested))?;
        Some(Taken { trap, claim })
    };
    real(scene).filter_map(taken).collect()
}

fn takes<'e>(scene: &Scene<'e>, trap: &Trap, trust: Trust) -> Option<&'e FoundClaim> {
    let (a, b) = (scene.matching(&trap.a), scene.matching(&trap.b));
    scene.joining(&a, &b, trust).map(|claim_idx| &scene.found.claims[claim_idx])
}

/// The traps that are traps and count.
fn real<'e>(scene: &Scene<'e>) -> impl Iterator<Item = &'e Trap> {
    let is_true = |trap: &Trap| {
        scene.truth.claims.iter().any(|claim| {
            let stands_at =
                |place: &Place| claim.occurrences.iter().any(|o| o.place.matches(place));
            stands_at(&trap.a) && stands_at(&trap.b)
        })
    };
    let traps = scene.truth.traps.iter();
    traps.filter(move |trap| scene.are_apart(&trap.a, &trap.b) && !is_true(trap))
}
