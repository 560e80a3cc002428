//! What does the command line of `kutip passages` mean?

use super::{STDOUT, check_outputs, options, period, usage};
use crate::cli::args::{PassagesFormat, PassagesTyped};
use crate::error::Result;
use crate::ingest;
use crate::provenance::Period;
use std::path::{Path, PathBuf};

/// What `kutip passages` is to do.
#[derive(Debug)]
pub struct PassagesConfig {
    /// Where the articles are that are asked about.
    pub inputs: Vec<String>,
    /// Where those are that they are compared with; none: with each other.
    pub against: Vec<String>,
    /// How to read them.
    pub options: ingest::Options,
    /// How to write the passages.
    pub format: PassagesFormat,
    /// Where the passages go.
    pub output: PathBuf,
    /// Where what could not be read goes.
    pub rejects: Option<PathBuf>,
    /// Where the figures of the run go.
    pub stats: Option<PathBuf>,
    /// Of when the articles are to be.
    pub period: Period,
    /// Number of threads; `None` leaves it to rayon.
    pub n_threads: Option<usize>,
    /// Whether progress and summary are told.
    pub summary: bool,
}

/// The meaning of what was typed.
///
/// Errors where options contradict each other or where an output is also an input.
pub fn passages(typed: PassagesTyped) -> Result<PassagesConfig> {
    let output = typed.output.unwrap_or_else(|| PathBuf::from(STDOUT));
    if typed.format == PassagesFormat::Pan && output == Path::new(STDOUT) {
        let error =
            usage(Path::new("--format pan"), "it is a folder, and none is named".to_owned());
        return Err(error.hint("name a new one: -o FOLDER"));
    }
    let outputs = [
        ("--output", Some(&*output)),
        ("--rejects", typed.batch.rejects.as_deref()),
        ("--stats", typed.batch.stats.as_deref()),
    ];
    let inputs: Vec<String> = typed.paths.iter().chain(&typed.against).cloned().collect();
    check_outputs(&inputs, &outputs)?;
    Ok(PassagesConfig {
        inputs: typed.paths,
        against: typed.against,
        options: ingest::Options {
            fields_only: typed.batch.rejects.is_none(),
            ..options(&typed.batch.field, typed.batch.delimiter)?
        },
        format: typed.format,
        output,
        rejects: typed.batch.rejects,
        stats: typed.batch.stats,
        period: period(typed.batch.since, typed.batch.until)?,
        n_threads: typed.batch.threads.map(usize::from),
        summary: !typed.batch.quiet,
    })
}
