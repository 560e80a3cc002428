//! `kutip dedup`: a batch without the articles that are in it again.

mod form;
mod scan;

use super::Exit;
use super::config::{DedupConfig, KeptForm};
use super::console::{tell, warn};
use super::left_out::Gate;
use super::progress::Progress;
use super::resume::{Checkpoint, Seen};
use super::run::{exit, stage_to, use_threads};
use crate::duplicates::{DuplicateCluster, Sketches, Texts, find_duplicates};
use crate::error::Result;
use crate::ingest::{Location, Store};
use crate::pipeline::StageTime;
use crate::report::duplicates::{
    self, DuplicateReport, write_annotated, write_kept, write_kept_table,
};
use crate::report::output::{Output, is_stdout, publish};
use crate::report::page;
use crate::report::summary::{self, Summary};
use form::check_form;
use scan::{Scanned, scan};
use std::time::Instant;

/// Reads the records, finds the duplicates, and writes what was asked for.
pub fn run(config: &DedupConfig) -> Result<Exit> {
    let start = Instant::now();
    let prepare = |path: &Option<_>| path.as_deref().map(Output::prepare).transpose();
    let kept = Output::prepare(&config.kept)?;
    let (removed, clusters) = (prepare(&config.removed)?, prepare(&config.clusters)?);
    let html = config.html.as_ref().map(|(path, _)| Output::prepare(path)).transpose()?;
    let (rejected, stats) = (prepare(&config.batch.rejects)?, prepare(&config.batch.stats)?);
    use_threads(config.batch.n_threads)?;
    check_form(config)?;
    let checkpoint =
        config.resume.as_deref().map(|dir| Checkpoint::open(dir, config)).transpose()?;
    let (known, seen) = Known::of(checkpoint.as_ref(), config)?;

    let mut stages = Vec::new();
    let mut timed = |name, since: Instant| {
        stages.push(StageTime { name, secs: since.elapsed().as_secs_f64() });
    };
    let progress = Progress::new(config.batch.summary);
    let gate = Gate::of(&config.batch.period);
    let resumed = Resumed { known, seen, checkpoint: checkpoint.as_ref() };
    let scanned = scan(config, &gate, progress, rejected, resumed)?;
    let left_out = gate.left_out(scanned.n_own)?;
    timed("scan", start);

    let finding = Instant::now();
    let shown = progress.stage("find");
    let Scanned { batch, store, table, locations, n_own, known, seen } = scanned;
    let articles = Articles { store: &store, locations: &locations };
    let (clusters_found, temp_bytes) =
        find(known, &articles, config, (checkpoint.as_ref(), &seen))?;
    drop(shown);
    timed("find", finding);

    let writing = Instant::now();
    let shown = progress.writing("write", is_stdout(&config.kept));
    let report = DuplicateReport {
        locations: &locations,
        n_own,
        store: &store,
        table: table.as_deref(),
        clusters: &clusters_found,
        measure: config.params.measure,
        n_rejects: batch.rejects.len(),
    };
    let removed = stage_to(removed, |out| duplicates::write_removed(&report, out))?;
    let clusters = stage_to(clusters, |out| duplicates::write_clusters(&report, out))?;
    let language = config.html.as_ref().map(|(_, language)| *language).unwrap_or_default();
    let html = stage_to(html, |out| page::duplicates::write(&report, language, out))?;
    let write = match config.kept_form {
        _ if config.annotate => write_annotated,
        KeptForm::Parquet => write_kept_table,
        _ => write_kept,
    };
    let kept = kept.stage(|out| write(&report, out))?;
    drop(shown);
    let written = kept.written();
    timed("write", writing);

    let secs = start.elapsed().as_secs_f64();
    let found = report.found(&config.params, temp_bytes);
    let summary = Summary { left_out, ..Summary::of(&batch, n_own, found, stages, secs) };
    let stats = stage_to(stats, |out| summary::write_stats(&summary, out))?;
    // Who waits for what is kept finds the rest there too.
    publish([stats, removed, clusters, html, Some(kept)].into_iter().flatten())?;
    checkpoint.into_iter().flat_map(Checkpoint::remove).for_each(|error| warn(&error));
    if config.batch.summary {
        tell(|out| summary::tell(&summary, out));
    }
    Ok(exit(written, &batch))
}

/// What is known of the articles before the texts are compared.
enum Known {
    /// Nothing yet.
    Nothing,
    Sketches(Box<Sketches>),
    /// All, from a run that was stopped.
    Clusters(Vec<DuplicateCluster>),
}

impl Known {
    /// What a run that was stopped has left, and what that had read.
    fn of(checkpoint: Option<&Checkpoint>, config: &DedupConfig) -> Result<(Self, Option<Seen>)> {
        let Some(checkpoint) = checkpoint else { return Ok((Known::Nothing, None)) };
        if let Some((clusters, seen)) = checkpoint.clusters()? {
            return Ok((Known::Clusters(clusters), Some(seen)));
        }
        Ok(match checkpoint.sketches(config)? {
            Some((sketches, seen)) => (Known::Sketches(Box::new(sketches)), Some(seen)),
            None => (Known::Nothing, None),
        })
    }
}

/// A run that may go on from one that was stopped.
struct Resumed<'r> {
    known: Known,
    /// What that one had read.
    seen: Option<Seen>,
    checkpoint: Option<&'r Checkpoint>,
}

/// The clusters, and the bytes that went to disk meanwhile.
fn find(
    known: Known,
    articles: &Articles,
    config: &DedupConfig,
    (checkpoint, seen): (Option<&Checkpoint>, &Seen),
) -> Result<(Vec<DuplicateCluster>, u64)> {
    let sketches = match known {
        Known::Clusters(clusters) => return Ok((clusters, 0)),
        Known::Sketches(sketches) => *sketches,
        Known::Nothing => Sketches::new(&config.params, config.room.clone()),
    };
    let temp_bytes = sketches.n_spilled_bytes();
    let clusters = find_duplicates(sketches, articles, &config.params)?;
    let keep = |checkpoint: &Checkpoint| checkpoint.keep_clusters(&clusters, seen);
    checkpoint.map_or(Ok(()), keep)?;
    Ok((clusters, temp_bytes))
}

/// Scanned articles, read again one by one.
struct Articles<'s> {
    store: &'s Store,
    locations: &'s [Location],
}

impl Texts for Articles<'_> {
    fn with_text<T>(&self, doc: usize, of: impl FnOnce(&str) -> T) -> Result<T> {
        self.store.with_text(self.locations[doc], of)
    }
}
