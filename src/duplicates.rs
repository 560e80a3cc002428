//! Which articles are the same article again? Every removal is proved on the texts.
//!
//! ```text
//! text ─ sketch ─▶ shingle sum, band keys          what is remembered of each while all are read
//!          sketches, bands                          where: in memory, and beyond it on disk
//!          copies ─▶ documents of equal shingles     one of them stands for all
//!          group ─▶ documents that bands join       only these are read again
//!          batch ─▶ their shingles                  as many at a time as memory holds
//!          anchor ─▶ clusters                       the best first: like an anchor? else an anchor
//! ```
//!
//! MinHash signatures cut into bands only propose: documents that share a band are compared on
//! their shingles, exactly. A document is removed where it reaches the threshold with a document
//! that is kept, its *anchor*; likeness is never handed on along a chain.

mod anchor;
mod bands;
mod batch;
mod checkpoint;
mod copies;
mod cost;
mod group;
mod keep;
mod prefix;
mod sketch;
mod sketches;
#[cfg(test)]
mod tests;
mod unique;

pub use checkpoint::{read_clusters, write_clusters};
pub use cost::{Load, MemoryCost};
pub use keep::{Keep, Outlets};
pub use sketch::{Sketch, Sketcher};
pub use sketches::{Room, Sketches};
pub use unique::unique_text;

use crate::document::Document;
use crate::error::Result;
use crate::fixed::Milli;
use crate::lsh::Banding;
use crate::shingle::Shingling;
use anchor::Candidate;
use copies::Copies;
use group::Group;
use rayon::prelude::*;

/// Length of signatures, at most.
pub const SIGNATURE: usize = 256;

/// When two documents are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuplicateParams {
    /// What is compared.
    pub shingling: Shingling,
    /// How it is compared.
    pub measure: Measure,
    /// Least value of the measure, above 0.
    pub threshold: Milli,
    /// Which pairs are compared.
    pub search: Search,
    /// Whether a document stays that has any [`unique_text`] beside the one that would be kept.
    pub no_loss: bool,
}

/// How alike two documents are, by their sets of shingles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Shared shingles over all shingles of both.
    Jaccard,
    /// Shared shingles over those of the document that would be removed: an excerpt of a kept
    /// document has 1. Of two documents the one with more shingles is kept.
    Containment,
}

/// Which pairs are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// Those whose MinHash signatures share a band; for Jaccard similarity only.
    Bands(Banding),
    /// All that can reach the threshold.
    All,
}

/// Documents that are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateCluster {
    /// The document that is kept, as an index into the documents.
    pub kept: usize,
    /// The documents that it stands for, ascending.
    pub members: Vec<Duplicate>,
}

/// A document that another stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duplicate {
    /// As an index into the documents.
    pub doc: usize,
    /// Exact Jaccard similarity with the kept document's shingles.
    pub jaccard: Milli,
    /// Share of this document's shingles that the kept document has.
    pub containment: Milli,
}

impl DuplicateParams {
    /// Band keys of a document.
    fn n_bands(&self) -> usize {
        match self.search {
            Search::Bands(banding) => banding.bands,
            Search::All => 0,
        }
    }
}

impl Measure {
    fn of(self, duplicate: Duplicate) -> Milli {
        match self {
            Measure::Jaccard => duplicate.jaccard,
            Measure::Containment => duplicate.containment,
        }
    }
}

/// The texts of the documents that sketches were made of.
pub trait Texts: Sync {
    /// What `of` makes of the text of a document.
    fn with_text<T>(&self, doc: usize, of: impl FnOnce(&str) -> T) -> Result<T>;
}

impl Texts for [Document] {
    fn with_text<T>(&self, doc: usize, of: impl FnOnce(&str) -> T) -> Result<T> {
        Ok(of(&self[doc].text))
    }
}

/// The clusters of two documents and more, by the kept document, ascending. A document without a
/// shingle is like none.
///
/// Of like documents that one is kept whose sketch has the lowest [`Sketch::preference`], and of
/// several the first. A document that is there for reference is kept before all others and stands
/// for others, and is never a member. Errors are those of `texts`, of a temporary folder that is full,
/// and of memory that does not hold what is to be compared.
pub fn find_duplicates(
    mut sketches: Sketches,
    texts: &(impl Texts + ?Sized),
    params: &DuplicateParams,
) -> Result<Vec<DuplicateCluster>> {
    let copies = Copies::find(&sketches, params.no_loss);
    let groups = match params.search {
        Search::Bands(_) => group::by_bands(&sketches, copies.is_first())?,
        Search::All => vec![group::of_all(copies.is_first())],
    };
    sketches.drop_keys();
    let sketcher = Sketcher::new(params);
    let mut found = Vec::new();
    for batch in batch::of_groups(&groups, &sketches, params) {
        let batch = batch?;
        let candidates = batch::read(batch, texts, params, &sketcher)?;
        let clusters = |(group, candidates): (&Group, Vec<Candidate>)| {
            anchor::clusters(candidates, group.compared(params), &sketches, texts, params)
        };
        let clusters = batch.par_iter().zip(candidates).map(clusters);
        found.extend(clusters.collect::<Result<Vec<_>>>()?.concat());
    }
    let mut clusters = copies.add_to(found);
    for cluster in &mut clusters {
        cluster.members.retain(|member| !sketches.is_reference(member.doc));
    }
    clusters.retain(|cluster| !cluster.members.is_empty());
    Ok(clusters)
}
