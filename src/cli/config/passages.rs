//! What does the command line of `kutip passages` mean?

use super::{BatchConfig, STDOUT, batch, check_outputs, usage};
use crate::cli::args::{PassagesFormat, PassagesTyped};
use crate::error::Result;
use std::path::{Path, PathBuf};

/// What `kutip passages` is to do.
#[derive(Debug)]
pub struct PassagesConfig {
    /// Where the articles are that are asked about.
    pub inputs: Vec<String>,
    /// Where those are that they are compared with; none: with each other.
    pub against: Vec<String>,
    /// How to write the passages.
    pub format: PassagesFormat,
    /// Where the passages go.
    pub output: PathBuf,
    /// What every run over a batch is told.
    pub batch: BatchConfig,
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
        format: typed.format,
        output,
        batch: batch(typed.batch)?,
    })
}
