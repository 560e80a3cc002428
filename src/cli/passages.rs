//! `kutip passages`: from the articles to the passages that they share.

use super::Exit;
use super::args::PassagesFormat;
use super::config::PassagesConfig;
use super::held::Held;
use crate::error::Result;
use crate::pipeline::{self, ReuseReport};
use crate::report::output::{Folder, Output, Staged};
use crate::report::passages;
use crate::report::summary::Found;

/// Reads the articles, finds the passages, and writes what was asked for.
pub fn run(config: &PassagesConfig) -> Result<Exit> {
    let destination = Destination::prepare(config)?;
    let mut held = Held::begin(&config.batch)?;
    let (documents, against) = held.read(&config.inputs, &config.against)?;
    let report = held.find(|| pipeline::find_passages(documents, against));
    let staged = held.write(&config.output, |n_rejects| destination.take(&report, n_rejects))?;
    let found = Found::Passages { passages: report.passages.len() };
    held.end(report.documents.len(), found, staged)
}

/// Where the passages go, tried before anything is read.
enum Destination {
    Records(Output),
    Pan(Folder),
}

impl Destination {
    fn prepare(config: &PassagesConfig) -> Result<Self> {
        Ok(match config.format {
            PassagesFormat::Jsonl => Destination::Records(Output::prepare(&config.output)?),
            PassagesFormat::Pan => Destination::Pan(Folder::prepare(&config.output)?),
        })
    }

    /// Writes the passages there; a folder is whole then, a file is to be published.
    fn take(self, report: &ReuseReport, n_rejects: usize) -> Result<Option<Staged>> {
        match self {
            Destination::Records(output) => {
                output.stage(|out| passages::write(report, n_rejects, out)).map(Some)
            }
            Destination::Pan(folder) => passages::pan::write(report, folder).map(|()| None),
        }
    }
}
