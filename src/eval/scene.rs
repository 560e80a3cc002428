//! What stands where? The truth's passages and the found ones, laid over each other once for all
//! measures.

use super::found::{Found, FoundOccurrence};
use super::place::{Place, file_name};
use super::truth::{TrueClaim, Truth};
use super::{Scope, Trust};
use crate::claim::Grade;
use crate::error::{Error, ErrorKind, Result};
use crate::text::tokenize::tokenize;
use ahash::AHashMap;
use std::collections::BTreeMap;
use std::iter;

/// A found occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    /// Index of its claim.
    pub claim_idx: usize,
    /// Its index among the claim's occurrences.
    pub occurrence_idx: usize,
}

/// A graded pair that counts.
pub(super) struct GradedPair<'e> {
    pub claim: &'e TrueClaim,
    pub claim_idx: usize,
    /// Indices among the claim's occurrences.
    pub sides: (usize, usize),
    pub grade: Grade,
}

/// Truth and found claims, laid over each other.
pub(super) struct Scene<'e> {
    pub truth: &'e Truth,
    pub found: &'e Found,
    pub scope: Scope,
    /// By claim and occurrence of the truth: the found occurrences that match it, ascending.
    at: Vec<Vec<Vec<At>>>,
    /// By found claim and occurrence: the claims of the truth that it matches, ascending.
    stated: Vec<Vec<Vec<usize>>>,
    by_doc: ByDoc<'e>,
    /// The words of each document's outlet, where the truth names it.
    outlets: AHashMap<&'e str, Vec<u64>>,
}

type ByDoc<'e> = AHashMap<&'e str, Vec<(At, &'e Place)>>;

impl<'e> Scene<'e> {
    pub fn new(truth: &'e Truth, found: &'e Found, scope: Scope) -> Self {
        let by_doc = by_doc(found);
        let at: Vec<Vec<Vec<At>>> = (truth.claims.iter())
            .map(|claim| claim.occurrences.iter().map(|o| matching(&by_doc, &o.place)).collect())
            .collect();
        let stated = stated(found, &at);
        Scene { truth, found, scope, at, stated, by_doc, outlets: outlets(truth) }
    }

    /// The found occurrences that match an occurrence of the truth, ascending.
    pub fn at(&self, claim_idx: usize, occurrence_idx: usize) -> &[At] {
        &self.at[claim_idx][occurrence_idx]
    }

    /// The found occurrences that match a place, ascending.
    pub fn matching(&self, place: &Place) -> Vec<At> {
        matching(&self.by_doc, place)
    }

    pub fn occurrence(&self, at: At) -> &'e FoundOccurrence {
        &self.found.claims[at.claim_idx].occurrences[at.occurrence_idx]
    }

    /// Whether a claim of that trust is found there.
    pub fn is_trusted(&self, at: At, trust: Trust) -> bool {
        trust.includes(self.found.claims[at.claim_idx].status)
    }

    /// The first found claim of that trust that stands on both sides.
    pub fn joining(&self, a: &[At], b: &[At], trust: Trust) -> Option<usize> {
        let on_b = |claim_idx: usize| {
            let at = b.partition_point(|at| at.claim_idx < claim_idx);
            b.get(at).is_some_and(|at| at.claim_idx == claim_idx)
        };
        let mut trusted = a.iter().filter(|&&at| self.is_trusted(at, trust));
        trusted.find(|at| on_b(at.claim_idx)).map(|at| at.claim_idx)
    }

    /// Whether one claim of the truth stands at both found occurrences.
    pub fn is_true(&self, a: At, b: At) -> bool {
        let of = |at: At| &self.stated[at.claim_idx][at.occurrence_idx];
        of(a).iter().any(|claim_idx| of(b).binary_search(claim_idx).is_ok())
    }

    /// The claims of the truth that stand at a found occurrence, ascending.
    pub fn stated(&self, at: At) -> &[usize] {
        &self.stated[at.claim_idx][at.occurrence_idx]
    }

    /// Whether two places count as a pair: their documents differ, and so do their outlets or
    /// outlets do not matter.
    pub fn are_apart(&self, a: &Place, b: &Place) -> bool {
        let outlet = |place: &Place| self.outlets.get(place.doc.as_str());
        let is_one_outlet = || outlet(a).is_some() && outlet(a) == outlet(b);
        a.doc != b.doc && (self.scope == Scope::AllOutlets || !is_one_outlet())
    }

    /// The graded pairs that count, in the truth's order.
    pub fn graded_pairs(&self) -> impl Iterator<Item = GradedPair<'e>> {
        let of_claim = |(claim_idx, claim): (usize, &'e TrueClaim)| {
            let pairs = claim.pairs.iter().filter(|(a, b, _)| {
                self.are_apart(&claim.occurrences[*a].place, &claim.occurrences[*b].place)
            });
            pairs.map(move |&(a, b, grade)| GradedPair { claim, claim_idx, sides: (a, b), grade })
        };
        self.truth.claims.iter().enumerate().flat_map(of_claim)
    }

    /// The first found claim of that trust that joins a graded pair.
    pub fn joins(&self, pair: &GradedPair<'_>, trust: Trust) -> Option<usize> {
        let (a, b) = pair.sides;
        self.joining(self.at(pair.claim_idx, a), self.at(pair.claim_idx, b), trust)
    }
}

fn by_doc(found: &Found) -> ByDoc<'_> {
    let mut by_doc = ByDoc::default();
    for (claim_idx, claim) in found.claims.iter().enumerate() {
        for (occurrence_idx, occurrence) in claim.occurrences.iter().enumerate() {
            let at = At { claim_idx, occurrence_idx };
            by_doc.entry(&occurrence.place.doc).or_default().push((at, &occurrence.place));
        }
    }
    by_doc
}

fn matching(by_doc: &ByDoc<'_>, place: &Place) -> Vec<At> {
    let found = by_doc.get(place.doc.as_str()).into_iter().flatten();
    found.filter(|(_, other)| other.matches(place)).map(|&(at, _)| at).collect()
}

/// [`Scene::stated`] from [`Scene::at`]: the truth's claims are met in order.
fn stated(found: &Found, at: &[Vec<Vec<At>>]) -> Vec<Vec<Vec<usize>>> {
    let mut stated: Vec<Vec<Vec<usize>>> =
        found.claims.iter().map(|claim| vec![Vec::new(); claim.occurrences.len()]).collect();
    for (truth_idx, occurrences) in at.iter().enumerate() {
        for at in occurrences.iter().flatten() {
            let claims = &mut stated[at.claim_idx][at.occurrence_idx];
            if claims.last() != Some(&truth_idx) {
                claims.push(truth_idx);
            }
        }
    }
    stated
}

fn outlets(truth: &Truth) -> AHashMap<&str, Vec<u64>> {
    let named = truth.articles.iter().filter_map(|article| {
        let outlet = article.outlet.as_ref()?.as_ref()?;
        Some((article.doc.as_str(), words(outlet)))
    });
    named.collect()
}

/// The words of a name or a title: what remains when case and punctuation do not matter.
pub(super) fn words(text: &str) -> Vec<u64> {
    tokenize(text).into_iter().map(|token| token.word).collect()
}

/// Checks that truth and found claims are of the same documents and texts.
pub(super) fn check_comparable(truth: &Truth, found: &Found) -> Result<()> {
    let passages = passages(truth);
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for mention in mentions(found) {
        let name = file_name(mention.doc);
        if !truth.knows(name) {
            continue;
        }
        let refuse = |cause: String| {
            let at = format!("{}:{}", found.path, mention.line);
            Error::new(ErrorKind::Input, at, "cannot be compared with the truth", cause)
        };
        let known = *names.entry(name).or_insert(mention.doc);
        if known != mention.doc {
            let docs = format!("{known} and {}", mention.doc);
            return Err(refuse(format!("documents are compared by file name, {docs} share it")));
        }
        let passages = passages.get(name).map_or(&[][..], Vec::as_slice);
        mention.place.map_or(Ok(()), |place| check_text(place, passages)).map_err(refuse)?;
    }
    if names.is_empty() && mentions(found).next().is_some() {
        let cause = "the truth names none of its documents; they are compared by file name";
        return Err(Error::new(ErrorKind::Input, &found.path, "cannot be compared", cause));
    }
    Ok(())
}

/// A document named in the found file, and the passage of it that is given there.
struct Mention<'e> {
    line: u64,
    doc: &'e str,
    place: Option<&'e Place>,
}

fn mentions(found: &Found) -> impl Iterator<Item = Mention<'_>> {
    let of_claims = found.claims.iter().flat_map(|claim| {
        let occurrences = claim.occurrences.iter();
        occurrences.map(|o| Mention { line: claim.line, doc: &o.doc, place: Some(&o.place) })
    });
    let of_articles = found.articles.iter().flat_map(|article| {
        let of = move |place| Mention { line: article.line, doc: &article.doc, place };
        iter::once(of(None)).chain(article.furniture.iter().map(Some).map(of))
    });
    of_claims.chain(of_articles)
}

/// Every passage of the truth, by document.
fn passages(truth: &Truth) -> AHashMap<&str, Vec<&Place>> {
    let of_claims = truth.claims.iter().flat_map(|claim| &claim.occurrences).map(|o| &o.place);
    let of_traps = truth.traps.iter().flat_map(|trap| [&trap.a, &trap.b]);
    let mut by_doc: AHashMap<&str, Vec<&Place>> = AHashMap::new();
    for place in of_claims.chain(of_traps).chain(&truth.furniture) {
        by_doc.entry(&place.doc).or_default().push(place);
    }
    by_doc
}

fn check_text(place: &Place, passages: &[&Place]) -> std::result::Result<(), String> {
    let differing = passages.iter().find(|passage| {
        let (own, other) = place.common(passage);
        own != other
    });
    differing.map_or(Ok(()), |passage| {
        let (own, other) = place.common(passage);
        let shown = |bytes| String::from_utf8_lossy(bytes).chars().take(40).collect::<String>();
        Err(format!(
            "expected {} to have {:?} at byte {}, got {:?}",
            place.doc,
            shown(other),
            place.span.start.max(passage.span.start),
            shown(own)
        ))
    })
}
