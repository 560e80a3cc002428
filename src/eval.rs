//! How good are the claims found, measured against what a reader finds? (How good duplicates are is
//! in [`duplicates`], and how good reused passages are in [`passages`].)
//!
//! The found claims are the JSON Lines of `kutip claims`. The truth is JSON Lines too:
//!
//! ```text
//! {"type":"article","doc","outlet","title","author","published","agencies"}
//! {"type":"claim","id","kind","occurrences":[{"key","doc","exact","byte_start","byte_end","speaker"}],
//!  "pairs":[[key, key, grade]],
//!  "sources":{"proven":[[doc, doc]],"possible":[[doc, doc]],"copied_from":{doc: doc},
//!             "omitted_by":[outlet]}}
//! {"type":"trap","trap","a":{"doc","exact","byte_start","byte_end"},"b":{…}}
//! {"type":"furniture","doc","exact","byte_start","byte_end"}
//! ```
//!
//! * An *article* line says what the article itself shows: `null` where it shows nothing, no field
//!   where the truth does not say. `published` is a date, or a date with a time to the minute or
//!   second, with or without a zone: "2022-01-08", "2022-01-08T06:31+07:00".
//! * A *claim* is one statement that several articles carry; `kind` is `quotation` or `statement`.
//!   `speaker` may be `null` or left out, as above. `pairs` grades two occurrences of different
//!   articles: `identical`, `near-identical`, `edited` or `reworded`.
//!   `sources` may be left out: which of the documents that carry it surely are one source and which
//!   may be (no two are linked twice), which has it from which, and which outlets of article lines
//!   cover the story and leave it out.
//! * A *trap* is two passages of different articles that look alike and do not make the same
//!   statement; `trap` names its kind ("names", "furniture").
//! * A *furniture* line is a block of the page that is no part of its article: menus, links to other
//!   articles, requests to subscribe. Where there is one, every document that the truth names has
//!   all of its own.
//! * Offsets are half-open byte ranges of the text, as in the found claims. Further fields are
//!   passed over.
//!
//! # What is measured
//!
//! * *Match*: a found occurrence and a passage of the truth match where they stand in one document
//!   and share more than half of the shorter one's bytes. Documents are compared by file name:
//!   what follows the last `/` or `\` of the name.
//! * *Apart*: by default only documents of different outlets count, as the truth's article lines
//!   name the outlets; an unknown outlet is different from all others. See [`Scope`].
//! * *Recall* ([`pairs`]): of the graded pairs, those of which one found claim matches both sides.
//! * *Precision* ([`pairs`]): of the pairs of occurrences of one found claim in two documents, those
//!   whose sides match two occurrences of one true claim, graded or not. The same two places count
//!   once. Pairs in documents of which the truth says nothing are counted, and not judged.
//! * *B-cubed* ([`b_cubed`]), *boundaries* ([`boundary`]), *traps* ([`trap`]), *facts* on the
//!   articles ([`fact`]), *furniture* ([`furniture`]) and *sources* ([`sources`]): as said there.
//!
//! Useful for comparing two versions of the search on one truth. Not useful for comparing two
//! truths: how many reworded pairs a truth holds decides most of its recall.

pub mod b_cubed;
pub mod boundary;
pub mod copies;
pub mod duplicates;
pub mod fact;
pub mod found;
pub mod furniture;
mod lines;
pub mod pairs;
pub mod passages;
pub mod place;
mod scene;
pub mod sources;
#[cfg(test)]
mod tests;
pub mod trap;
pub mod truth;
mod when;

pub use found::Found;
pub use truth::Truth;

use crate::claim::Status;
use crate::error::Result;
use crate::fixed::Milli;
use scene::Scene;
use std::collections::BTreeSet;

/// Which pairs of documents count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Different documents that are not known to be of one outlet.
    BetweenOutlets,
    /// Different documents.
    AllOutlets,
}

/// Which of the found claims are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Confirmed claims.
    Confirmed,
    /// Suggested claims.
    Suggested,
    /// All.
    Either,
}

impl Trust {
    /// All three, in their order in reports.
    pub const ALL: [Trust; 3] = [Trust::Confirmed, Trust::Suggested, Trust::Either];

    /// What recall is given for: suggestions are only ever taken beside what is confirmed.
    pub const RECALLED: [Trust; 2] = [Trust::Confirmed, Trust::Either];

    /// Whether claims of that status are among them.
    pub fn includes(self, status: Status) -> bool {
        match self {
            Trust::Confirmed => status == Status::Confirmed,
            Trust::Suggested => status == Status::Suggested,
            Trust::Either => true,
        }
    }
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that are right, found, or taken.
    pub n_right: usize,
    /// All that were asked about.
    pub n: usize,
}

impl Share {
    /// The share to the nearest thousandth; `None` of nothing.
    pub fn value(self) -> Option<Milli> {
        Some(Milli(((self.fraction()?) * 1000.0).round() as i64))
    }

    fn fraction(self) -> Option<f64> {
        (0 < self.n).then(|| self.n_right as f64 / self.n as f64)
    }

    fn count(&mut self, is_right: bool) {
        self.n += 1;
        self.n_right += usize::from(is_right);
    }

    fn of(rights: impl IntoIterator<Item = bool>) -> Share {
        let mut share = Share::default();
        rights.into_iter().for_each(|is_right| share.count(is_right));
        share
    }
}

/// Precision and recall of what is told or taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Of what was told, what is true.
    pub precision: Share,
    /// Of what is true, what was told.
    pub recall: Share,
}

impl Agreement {
    fn count<T: Ord>(&mut self, told: &BTreeSet<T>, truth: &BTreeSet<T>) {
        told.iter().for_each(|one| self.precision.count(truth.contains(one)));
        truth.iter().for_each(|one| self.recall.count(told.contains(one)));
    }
}

/// Harmonic mean of precision and recall; zero where both are.
fn f1(precision: f64, recall: f64) -> f64 {
    let sum = precision + recall;
    if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum }
}

fn milli(fraction: f64) -> Milli {
    Milli((fraction * 1000.0).round() as i64)
}

/// Everything that one comparison tells.
#[derive(Debug)]
pub struct Evaluation<'e> {
    /// Which pairs of documents counted.
    pub scope: Scope,
    /// What was compared.
    pub extent: Extent,
    /// Graded pairs found, by trust, kind and grade.
    pub recall: Vec<pairs::Recall>,
    /// Found pairs that are true, by trust.
    pub precision: Vec<pairs::Precision>,
    /// Harmonic means of the two, by trust and grade.
    pub f1: Vec<pairs::F1>,
    /// Whether claims hold together what belongs together.
    pub b_cubed: b_cubed::BCubed,
    /// How exactly passages are cut, by trust.
    pub boundaries: Vec<boundary::Boundaries>,
    /// Traps taken, by kind, all of them last.
    pub traps: Vec<trap::Traps>,
    /// Facts on articles and claims.
    pub facts: Vec<fact::Fact>,
    /// Agencies that articles credit.
    pub agencies: fact::Agencies,
    /// What was taken for site furniture.
    pub furniture: furniture::Furniture,
    /// What claims say of their sources; `None` where the truth says nothing of any.
    pub sources: Option<sources::Sources>,
    /// Graded pairs that no confirmed claim joins, in the truth's order.
    pub misses: Vec<pairs::Miss<'e>>,
    /// Found pairs that are not true, in the order found.
    pub false_pairs: Vec<pairs::FalsePair<'e>>,
    /// Traps taken, in the truth's order.
    pub traps_taken: Vec<trap::Taken<'e>>,
}

/// How much was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Documents of which the truth says anything.
    pub n_documents: usize,
    /// Claims of the truth.
    pub n_claims: usize,
    /// Graded pairs.
    pub n_pairs: usize,
    /// Graded pairs left out because their documents are of one outlet.
    pub n_pairs_left_out: usize,
    /// Confirmed claims found.
    pub n_confirmed: usize,
    /// Suggested claims found.
    pub n_suggested: usize,
}

/// Measures the found claims.
///
/// Time and memory grow with the pairs of occurrences of each found claim.
///
/// # Errors
///
/// Where the two cannot be compared: they have no document in common, two found documents have one
/// file name, or the texts differ where passages overlap.
pub fn evaluate<'e>(truth: &'e Truth, found: &'e Found, scope: Scope) -> Result<Evaluation<'e>> {
    scene::check_comparable(truth, found)?;
    let scene = Scene::new(truth, found, scope);
    let found_pairs = pairs::found(&scene);
    let recall = pairs::recall(&scene);
    let precision = pairs::precision(&found_pairs);
    Ok(Evaluation {
        scope,
        extent: extent(&scene),
        f1: pairs::f1(&recall, &precision),
        recall,
        precision,
        b_cubed: b_cubed::score(&scene),
        boundaries: boundary::score(&scene),
        traps: trap::score(&scene),
        facts: fact::score(&scene),
        agencies: fact::agencies(&scene),
        furniture: furniture::score(&scene),
        sources: sources::score(&scene),
        misses: pairs::misses(&scene),
        false_pairs: pairs::false_pairs(&scene, &found_pairs),
        traps_taken: trap::taken(&scene),
    })
}

fn extent(scene: &Scene<'_>) -> Extent {
    let n_pairs = scene.truth.claims.iter().map(|claim| claim.pairs.len()).sum();
    let n_of = |status| scene.found.claims.iter().filter(|claim| claim.status == status).count();
    Extent {
        n_documents: scene.truth.n_documents(),
        n_claims: scene.truth.claims.len(),
        n_pairs,
        n_pairs_left_out: n_pairs - scene.graded_pairs().count(),
        n_confirmed: n_of(Status::Confirmed),
        n_suggested: n_of(Status::Suggested),
    }
}
