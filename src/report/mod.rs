//! How does a result reach a reader? As claim cards for people ([`text`]), as a page to look at
//! ([`page`]), as records for programs ([`jsonl`], whose shape [`schema`] states), as rows ([`csv`]),
//! linked data ([`jsonld`]) and a graph ([`graphml`]), as the passages that articles share
//! ([`passages`]), with a word on what could not be read ([`rejects`]) and on the run itself
//! ([`summary`]). How good found claims are is in [`eval`]'s, what two articles share in [`compare`]'s,
//! what became of a pair of passages in [`explain`]'s, what a batch has twice in [`duplicates`]'s, what
//! looking for that will cost in [`plan`]'s, a made-up corpus with its truth in [`synth`]'s, what was
//! asked for in vain in [`filtered`]'s, and which decisions do nothing in [`decisions`]'s.
//!
//! The only home of `Serialize`: the types a result is made of do not know that they are written.
//! Output files hold no times and no memory figures, so that the same articles and parameters give
//! the same bytes; those figures are in [`summary`]'s and [`plan`]'s alone.

mod article;
pub mod both;
pub mod compare;
mod context;
pub mod csv;
pub mod decisions;
pub mod duplicates;
pub mod eval;
mod expectation;
pub mod explain;
mod facts;
pub mod filtered;
pub mod graphml;
mod independence;
pub mod jsonld;
pub mod jsonl;
mod labels;
mod original;
pub mod output;
pub mod page;
pub mod passages;
pub mod plan;
pub mod rejects;
#[cfg(test)]
mod samples;
pub mod schema;
pub mod screen;
pub mod summary;
pub mod synth;
pub mod text;

/// Version of the record formats. Versions 1.x may add fields; what a field means stays.
pub const SCHEMA_VERSION: u32 = 1;
