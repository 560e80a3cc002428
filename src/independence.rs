//! From how many sources do the articles have a claim, who has it from whom, and who leaves it out?
//!
//! Ten outlets that print one dispatch are one source. What two articles show of each other is put
//! down as links, each with its evidence: *proven* ones, which leave no two sources, and *possible*
//! ones. Groups of articles that proven links join are as many as there can be sources at most; groups
//! that any link joins are what is left if all that may be so is so. That a source is nowhere named, and
//! in nobody's words, cannot be known: the lower number is no proof of independence.
//!
//! Three questions of one kind, all about articles and none about words, in linear time of what the
//! articles say: links are a spanning set of each group, never all pairs.

mod copies;
mod links;
mod omission;
mod prose;
mod sources;

use crate::claim::Claim;
use crate::document::Document;
use crate::provenance::Provenance;
use crate::story::Stories;
use crate::text::Article;
use crate::weights::Weighted;
use crate::wording::Wordings;
use omission::Omissions;
use rayon::prelude::*;
use sources::{Carriers, Sources};

/// Everything that is asked.
pub struct Independence<'r> {
    /// By [`crate::document::DocId`].
    pub documents: &'r [Document],
    /// By [`crate::document::DocId`].
    pub articles: &'r [Article],
    /// By [`crate::document::DocId`], owners assigned.
    pub provenances: &'r [Provenance],
    /// Their wordings.
    pub wordings: &'r Wordings,
    /// What these weigh.
    pub weights: &'r [Weighted],
    /// Which articles are of one story.
    pub stories: &'r Stories,
}

impl Independence<'_> {
    /// Fills in, for every claim, its independent lines, who copied it, and who omits it. The claims
    /// are all that were found: what articles share beside a claim shows that they cover its story.
    pub fn settle(&self, claims: &mut [Claim]) {
        let sources = Sources::of(self, claims);
        claims.par_iter_mut().for_each(|claim| {
            let carriers = Carriers::of(claim, &sources);
            let lines = links::lines(&carriers);
            let copied: Vec<_> =
                claim.occurrences.iter().map(|o| copies::copied_from(o, &carriers)).collect();
            claim.lines = Some(lines);
            for (occurrence, copied) in claim.occurrences.iter_mut().zip(copied) {
                occurrence.copied_from = copied;
            }
        });
        let omissions = Omissions::of(self, claims);
        let omitted: Vec<_> =
            (0..claims.len()).into_par_iter().map(|at| omissions.of_claim(at)).collect();
        for (claim, omitted_by) in claims.iter_mut().zip(omitted) {
            claim.omitted_by = omitted_by;
        }
    }
}
