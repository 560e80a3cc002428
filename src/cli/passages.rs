//! `kutip passages`: from the articles to the passages that they share.

use super::Exit;
use super::args::PassagesFormat;
use super::config::PassagesConfig;
use super::console::tell;
use super::left_out::Gate;
use super::progress::Progress;
use super::run::{check_something_was_read, exit, stage_to, use_threads, write_to};
use crate::document::Document;
use crate::error::Result;
use crate::ingest::{self, Batch, Options};
use crate::pipeline::{self, StageTime};
use crate::report::output::{Output, is_stdout, publish};
use crate::report::summary::{self, Found, Summary};
use crate::report::{passages, rejects};
use rayon::prelude::*;
use std::time::Instant;

/// Reads the articles, finds the passages, and writes what was asked for.
pub fn run(config: &PassagesConfig) -> Result<Exit> {
    let start = Instant::now();
    let prepare = |path: &Option<_>| path.as_deref().map(Output::prepare).transpose();
    let output = Output::prepare(&config.output)?;
    let (rejects, stats) = (prepare(&config.rejects)?, prepare(&config.stats)?);
    use_threads(config.n_threads)?;

    let progress = Progress::new(config.summary);
    let (mut batch, against) = read(config, progress);
    let read = StageTime { name: "ingest", secs: start.elapsed().as_secs_f64() };
    tell(|out| rejects::tell(&batch.rejects, out));
    write_to(rejects, |out| rejects::write(&batch.rejects, out))?;
    check_something_was_read(&batch)?;

    let gate = Gate::of(&config.period);
    let documents = std::mem::take(&mut batch.documents).into_par_iter();
    let documents: Vec<Document> = documents.filter(|document| gate.admits(document)).collect();
    let left_out = gate.left_out(documents.len())?;
    let finding = progress.stage("find");
    let (report, mut stages) = pipeline::find_passages(documents, against);
    drop(finding);
    let writing = Instant::now();
    let shown = progress.writing("write", is_stdout(&config.output));
    let n_rejects = batch.rejects.len();
    let staged = output.stage(|out| passages::write(&report, n_rejects, out))?;
    drop(shown);
    let written = staged.written();
    stages.insert(0, read);
    stages.push(StageTime { name: "write", secs: writing.elapsed().as_secs_f64() });

    let found = Found::Passages { passages: report.passages.len() };
    let secs = start.elapsed().as_secs_f64();
    let n_documents = report.documents.len();
    let summary = Summary { left_out, ..Summary::of(&batch, n_documents, found, stages, secs) };
    let stats = stage_to(stats, |out| summary::write_stats(&summary, out))?;
    publish(stats.into_iter().chain([staged]))?;
    if config.summary {
        tell(|out| summary::tell(&summary, out));
    }
    Ok(exit(written, &batch))
}

/// The articles that are asked about, and those that they are compared with.
fn read(config: &PassagesConfig, progress: Progress) -> (Batch, Vec<Document>) {
    let options = Options { meter: progress.meter(), ..config.options.clone() };
    let _shown = progress.reading("scan", &options.meter);
    let mut batch = ingest::read(&config.inputs, &options);
    let against = match config.against.is_empty() {
        true => Batch::default(),
        false => ingest::read(&config.against, &options),
    };
    batch.n_files += against.n_files;
    batch.n_bytes += against.n_bytes;
    batch.rejects.extend(against.rejects);
    batch.skipped.extend(against.skipped);
    (batch, against.documents)
}
