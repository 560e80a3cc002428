//! How many outlets carry a claim, and how many documents?

use crate::claim::Claim;
use crate::document::DocId;
use crate::provenance::Provenance;
use ahash::AHashSet;

/// Outlets that carry a claim, at most: every document of unknown outlet may be another.
pub fn n_outlets(claim: &Claim, provenances: &[Provenance]) -> usize {
    let (known, unknown) = carriers(claim, provenances);
    known + unknown
}

/// Outlets that may rank a claim: all documents of unknown outlet may be one outlet's, and are no
/// more than that.
pub fn n_independent(claim: &Claim, provenances: &[Provenance]) -> usize {
    let (known, unknown) = carriers(claim, provenances);
    known + unknown.min(1)
}

/// Known outlets, and documents of unknown ones.
fn carriers(claim: &Claim, provenances: &[Provenance]) -> (usize, usize) {
    let of = |doc: DocId| provenances[doc.idx()].outlet.as_ref();
    let docs: AHashSet<DocId> = claim.occurrences.iter().map(|o| o.doc).collect();
    let known: AHashSet<&str> =
        docs.iter().filter_map(|&d| of(d)).map(|o| o.key.as_str()).collect();
    (known.len(), docs.iter().filter(|&&d| of(d).is_none()).count())
}

/// Whether more than one document carries a claim.
pub fn by_several_documents(claim: &Claim) -> bool {
    claim.occurrences.iter().any(|o| o.doc != claim.occurrences[0].doc)
}

/// The claims that so many outlets carry.
pub fn carried_by(
    min_outlets: usize,
    mut claims: Vec<Claim>,
    provenances: &[Provenance],
) -> Vec<Claim> {
    claims.retain(|claim| n_outlets(claim, provenances) >= min_outlets);
    claims
}
