//! Are the right passages brought together? Recall and precision of pairs.

use super::found::FoundClaim;
use super::place::Place;
use super::scene::{At, GradedPair, Scene};
use super::truth::TrueClaim;
use super::{Share, Trust};
use crate::claim::{Grade, Status};
use crate::fixed::Milli;
use crate::span::ByteSpan;
use crate::text::PassageKind;
use ahash::{AHashMap, AHashSet};

/// Grades that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grades {
    /// One grade.
    Only(Grade),
    /// Identical, near-identical and edited: what a reader recognises as the same sentence.
    ToEdited,
    /// All.
    All,
}

impl Grades {
    /// In their order in reports.
    pub const ALL: [Grades; 6] = [
        Grades::Only(Grade::Identical),
        Grades::Only(Grade::NearIdentical),
        Grades::Only(Grade::Edited),
        Grades::Only(Grade::Reworded),
        Grades::ToEdited,
        Grades::All,
    ];

    fn include(self, grade: Grade) -> bool {
        match self {
            Grades::Only(only) => only == grade,
            Grades::ToEdited => grade <= Grade::Edited,
            Grades::All => true,
        }
    }
}

/// How many graded pairs one found claim joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recall {
    /// Which found claims.
    pub trust: Trust,
    /// Which claims of the truth; `None` for both kinds.
    pub kind: Option<PassageKind>,
    /// Which pairs.
    pub grades: Grades,
    /// Those found.
    pub share: Share,
}

/// How many found pairs are true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Precision {
    /// Which found claims.
    pub trust: Trust,
    /// Those true.
    pub share: Share,
    /// Pairs beside them in documents of which the truth says nothing.
    pub n_unjudged: usize,
}

/// Harmonic mean of precision and of the recall of some grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct F1 {
    /// Which found claims.
    pub trust: Trust,
    /// Whose recall.
    pub grades: Grades,
    /// `None` where the truth has no such pair; with nothing found it is zero.
    pub value: Option<Milli>,
}

/// A graded pair that no confirmed claim joins.
#[derive(Debug)]
pub struct Miss<'e> {
    /// The claim of the truth.
    pub claim: &'e TrueClaim,
    /// How alike the two are.
    pub grade: Grade,
    /// Whether a suggested claim joins it.
    pub is_suggested: bool,
    /// One side.
    pub a: &'e Place,
    /// The other.
    pub b: &'e Place,
}

/// A found pair that is not true.
#[derive(Debug)]
pub struct FalsePair<'e> {
    /// The found claim; where several claims of its status have the pair, the first.
    pub claim: &'e FoundClaim,
    /// The lesser likeness of the two to the claim's representative.
    pub grade: Grade,
    /// One side.
    pub a: &'e Place,
    /// The other.
    pub b: &'e Place,
}

/// Recall by trust, kind and grades.
pub(super) fn recall(scene: &Scene<'_>) -> Vec<Recall> {
    let kinds = [None, Some(PassageKind::Quotation), Some(PassageKind::Statement)];
    let mut rows = Vec::new();
    for trust in Trust::RECALLED {
        let pairs: Vec<(GradedPair<'_>, bool)> = (scene.graded_pairs())
            .map(|pair| {
                let is_found = scene.joins(&pair, trust).is_some();
                (pair, is_found)
            })
            .collect();
        for kind in kinds {
            for grades in Grades::ALL {
                let asked = pairs.iter().filter(|(pair, _)| {
                    kind.is_none_or(|kind| kind == pair.claim.kind) && grades.include(pair.grade)
                });
                let share = Share::of(asked.map(|(_, is_found)| *is_found));
                rows.push(Recall { trust, kind, grades, share });
            }
        }
    }
    rows
}

/// Two occurrences of a found claim in different documents that count as a pair.
pub(super) struct FoundPair {
    a: At,
    b: At,
    status: Status,
    /// The same for the same two places, in whatever claim.
    places: (u32, u32),
    /// `None` where the truth says nothing of one of the documents.
    is_true: Option<bool>,
}

/// The found pairs that count, in the order found; per status the same two places stand once.
pub(super) fn found(scene: &Scene<'_>) -> Vec<FoundPair> {
    let mut ids = PlaceIds::default();
    let mut seen = AHashSet::new();
    let mut pairs = Vec::new();
    for (claim_idx, claim) in scene.found.claims.iter().enumerate() {
        let places: Vec<(At, &Place, u32)> = (claim.occurrences.iter().enumerate())
            .map(|(occurrence_idx, o)| {
                (At { claim_idx, occurrence_idx }, &o.place, ids.of(&o.place))
            })
            .collect();
        for (idx, &(a, a_place, a_id)) in places.iter().enumerate() {
            for &(b, b_place, b_id) in &places[idx + 1..] {
                let ids = (a_id.min(b_id), a_id.max(b_id));
                let mut is_new = || seen.insert((claim.status == Status::Confirmed, ids));
                if scene.are_apart(a_place, b_place) && is_new() {
                    let is_known =
                        scene.truth.knows(&a_place.doc) && scene.truth.knows(&b_place.doc);
                    let is_true = is_known.then(|| scene.is_true(a, b));
                    pairs.push(FoundPair { a, b, status: claim.status, places: ids, is_true });
                }
            }
        }
    }
    pairs
}

/// Numbers for places, in the order they are met.
#[derive(Default)]
struct PlaceIds<'e>(AHashMap<(&'e str, ByteSpan), u32>);

impl<'e> PlaceIds<'e> {
    fn of(&mut self, place: &'e Place) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry((&place.doc, place.span)).or_insert(next)
    }
}

/// Precision by trust.
pub(super) fn precision(pairs: &[FoundPair]) -> Vec<Precision> {
    let of = |trust: Trust| {
        let mut seen = AHashSet::new();
        let mut row = Precision { trust, share: Share::default(), n_unjudged: 0 };
        let trusted = pairs.iter().filter(|pair| trust.includes(pair.status));
        for pair in trusted.filter(|pair| seen.insert(pair.places)) {
            match pair.is_true {
                Some(is_true) => row.share.count(is_true),
                None => row.n_unjudged += 1,
            }
        }
        row
    };
    Trust::ALL.map(of).into()
}

/// Harmonic means of precision and recall, for all kinds together.
pub(super) fn f1(recall: &[Recall], precision: &[Precision]) -> Vec<F1> {
    let wanted =
        |row: &&Recall| row.kind.is_none() && matches!(row.grades, Grades::ToEdited | Grades::All);
    let mean = |row: &Recall| {
        let precision = precision.iter().find(|precision| precision.trust == row.trust);
        let precision = precision.and_then(|precision| precision.share.fraction());
        let value = row.share.fraction().map(|recall| super::f1(precision.unwrap_or(0.0), recall));
        F1 { trust: row.trust, grades: row.grades, value: value.map(super::milli) }
    };
    recall.iter().filter(wanted).map(mean).collect()
}

/// The graded pairs that no confirmed claim joins.
pub(super) fn misses<'e>(scene: &Scene<'e>) -> Vec<Miss<'e>> {
    let missed = scene.graded_pairs().filter(|pair| scene.joins(pair, Trust::Confirmed).is_none());
    let miss = |pair: GradedPair<'e>| Miss {
        claim: pair.claim,
        grade: pair.grade,
        is_suggested: scene.joins(&pair, Trust::Suggested).is_some(),
        a: &pair.claim.occurrences[pair.sides.0].place,
        b: &pair.claim.occurrences[pair.sides.1].place,
    };
    missed.map(miss).collect()
}

/// The found pairs that are not true.
pub(super) fn false_pairs<'e>(scene: &Scene<'e>, pairs: &[FoundPair]) -> Vec<FalsePair<'e>> {
    let shown = |pair: &FoundPair| {
        let (a, b) = (scene.occurrence(pair.a), scene.occurrence(pair.b));
        FalsePair {
            claim: &scene.found.claims[pair.a.claim_idx],
            grade: a.grade.max(b.grade),
            a: &a.place,
            b: &b.place,
        }
    };
    pairs.iter().filter(|pair| pair.is_true == Some(false)).map(shown).collect()
}
