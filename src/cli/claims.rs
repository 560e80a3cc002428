//! `kutip claims`: from the articles to the claims that several outlets carry.

use super::Exit;
use super::args::Format;
use super::config::ClaimsConfig;
use super::console::{tell, tell_if};
use super::left_out::Gate;
use super::progress::Progress;
use super::run::{check_something_was_read, exit, stage_to, use_threads, write_to};
use crate::claim::ClaimReport;
use crate::document::Document;
use crate::error::Result;
use crate::ingest::{self, Batch, Options};
use crate::pipeline::{self, StageTime};
use crate::report::output::{Output, is_stdout, publish};
use crate::report::summary::{self, Found, Summary};
use crate::report::{filtered, jsonl, rejects, text};
use rayon::prelude::*;
use std::time::Instant;

/// Reads the articles, finds the claims, and writes what was asked for.
pub fn run(config: &ClaimsConfig) -> Result<Exit> {
    let start = Instant::now();
    let outputs = Outputs::prepare(config)?;
    use_threads(config.n_threads)?;

    let progress = Progress::new(config.summary);
    let mut batch = read(config, progress);
    let read = StageTime { name: "ingest", secs: start.elapsed().as_secs_f64() };
    tell(|out| rejects::tell(&batch.rejects, out));
    write_to(outputs.rejects, |out| rejects::write(&batch.rejects, out))?;
    check_something_was_read(&batch)?;

    let gate = Gate::of(&config.period);
    let documents = std::mem::take(&mut batch.documents).into_par_iter();
    let documents: Vec<Document> = documents.filter(|document| gate.admits(document)).collect();
    let left_out = gate.left_out(documents.len())?;
    let finding = progress.stage("find");
    let (mut report, mut stages) = pipeline::find_claims(documents, &config.params);
    drop(finding);
    if !config.filter.is_open() {
        let filtered = config.filter.apply(&mut report);
        tell_if(config.summary, |out| filtered::tell(&filtered, out));
    }
    let writing = Instant::now();
    let shown = progress.writing("write", is_stdout(&config.output));
    let claims =
        outputs.claims.stage(|out| write_claims(&report, batch.rejects.len(), config, out))?;
    drop(shown);
    let written = claims.written();
    stages.insert(0, read);
    stages.push(StageTime { name: "write", secs: writing.elapsed().as_secs_f64() });

    let found = Found::claims(&report);
    let secs = start.elapsed().as_secs_f64();
    let n_documents = report.documents.len();
    let summary = Summary { left_out, ..Summary::of(&batch, n_documents, found, stages, secs) };
    let stats = stage_to(outputs.stats, |out| summary::write_stats(&summary, out))?;
    publish(stats.into_iter().chain([claims]))?;
    tell_if(config.summary, |out| summary::tell(&summary, out));
    Ok(exit(written, &batch))
}

fn read(config: &ClaimsConfig, progress: Progress) -> Batch {
    let options = Options { meter: progress.meter(), ..config.options.clone() };
    let _shown = progress.reading("scan", &options.meter);
    ingest::read(&config.inputs, &options)
}

/// The destinations, tried before anything is read.
struct Outputs {
    claims: Output,
    rejects: Option<Output>,
    stats: Option<Output>,
}

impl Outputs {
    fn prepare(config: &ClaimsConfig) -> Result<Self> {
        let prepare = |path: &Option<_>| path.as_deref().map(Output::prepare).transpose();
        Ok(Outputs {
            claims: Output::prepare(&config.output)?,
            rejects: prepare(&config.rejects)?,
            stats: prepare(&config.stats)?,
        })
    }
}

fn write_claims(
    report: &ClaimReport,
    n_rejects: usize,
    config: &ClaimsConfig,
    out: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    match config.format {
        Format::Text => text::write(report, config.params.min_outlets, config.page, out),
        Format::Jsonl => jsonl::write(report, n_rejects, out),
    }
}
