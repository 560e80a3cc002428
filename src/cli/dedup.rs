//! `kutip dedup`: a batch without the articles that are in it again.

use super::Exit;
use super::config::DedupConfig;
use super::console::tell;
use super::run::{check_something_was_read, exit, use_threads, write_to};
use crate::duplicates::find_duplicates;
use crate::error::Result;
use crate::ingest;
use crate::pipeline::StageTime;
use crate::report::duplicates::{self, DuplicateReport};
use crate::report::output::Output;
use crate::report::rejects;
use crate::report::summary::{self, Summary};
use std::time::Instant;

/// Reads the records, finds the duplicates, and writes what was asked for.
pub fn run(config: &DedupConfig) -> Result<Exit> {
    let start = Instant::now();
    let prepare = |path: &Option<_>| path.as_deref().map(Output::prepare).transpose();
    let kept = Output::prepare(&config.kept)?;
    let (removed, clusters) = (prepare(&config.removed)?, prepare(&config.clusters)?);
    let (rejected, stats) = (prepare(&config.rejects)?, prepare(&config.stats)?);
    use_threads(config.n_threads)?;

    let mut stages = Vec::new();
    let mut timed = |name, since: Instant| {
        stages.push(StageTime { name, secs: since.elapsed().as_secs_f64() });
    };
    let batch = ingest::read(&config.inputs, &config.options);
    timed("ingest", start);
    tell(|out| rejects::tell(&batch.rejects, out));
    write_to(rejected, |out| rejects::write(&batch.rejects, out))?;
    check_something_was_read(&batch)?;

    let finding = Instant::now();
    let clusters_found = find_duplicates(&batch.documents, &config.params);
    timed("find", finding);
    let writing = Instant::now();
    let report = DuplicateReport { batch: &batch, clusters: &clusters_found };
    write_to(removed, |out| duplicates::write_removed(&report, out))?;
    write_to(clusters, |out| duplicates::write_clusters(&report, out))?;
    let written = kept.write(|out| duplicates::write_kept(&report, out))?;
    timed("write", writing);

    let found = report.found(config.params.banding);
    let secs = start.elapsed().as_secs_f64();
    let summary = Summary::of(&batch, batch.documents.len(), found, stages, secs);
    write_to(stats, |out| summary::write_stats(&summary, out))?;
    if config.summary {
        tell(|out| summary::tell(&summary, out));
    }
    Ok(exit(written, &batch))
}
