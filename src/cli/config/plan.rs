//! What does the command line of `kutip plan` mean?

use super::{duplicate_params, options, room};
use crate::cli::args::{PlanFormat, PlanTyped};
use crate::duplicates::{DuplicateParams, Room};
use crate::error::Result;
use crate::ingest;

/// What `kutip plan` is to do.
#[derive(Debug)]
pub struct PlanConfig {
    /// Where the articles are.
    pub inputs: Vec<String>,
    /// How to read them.
    pub options: ingest::Options,
    /// What would be a duplicate.
    pub params: DuplicateParams,
    /// The threshold as it was typed.
    pub threshold: f64,
    /// The recall as it was typed.
    pub recall: f64,
    /// How much memory may be taken.
    pub room: Room,
    /// Number of threads; `None` leaves it to rayon, and so to `RAYON_NUM_THREADS`.
    pub n_threads: Option<usize>,
    /// How to write the plan.
    pub format: PlanFormat,
}

/// The meaning of what was typed.
///
/// Errors where no banding of a signature finds as much as `--recall` asks.
pub fn plan(typed: PlanTyped) -> Result<PlanConfig> {
    Ok(PlanConfig {
        params: duplicate_params(&typed.alike, false)?,
        threshold: typed.alike.threshold,
        recall: typed.alike.recall,
        inputs: typed.paths,
        options: ingest::Options { fields_only: true, ..options(&typed.field, typed.delimiter)? },
        room: room(typed.memory, None)?,
        n_threads: typed.threads.map(usize::from),
        format: typed.format,
    })
}
