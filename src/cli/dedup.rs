//! `kutip dedup`: a batch without the articles that are in it again.

use super::Exit;
use super::config::DedupConfig;
use super::console::tell;
use super::run::{check_something_was_read, exit, stage_to, use_threads, write_to};
use crate::duplicates::{Sketch, Sketcher, Sketches, Texts, find_duplicates};
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::{self, Article, Batch, Location, Reject, Store};
use crate::pipeline::StageTime;
use crate::report::duplicates::{self, DuplicateReport, write_annotated, write_kept};
use crate::report::output::{Output, publish};
use crate::report::rejects;
use crate::report::summary::{self, Summary};
use rayon::prelude::*;
use std::sync::{Mutex, PoisonError};
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
    let Scanned { batch, store, locations, sketches } = scan(config, rejected)?;
    timed("scan", start);

    let finding = Instant::now();
    let (n_own, n_spilled_bytes) = (sketches.n_own(), sketches.n_spilled_bytes());
    let articles = Articles { store: &store, locations: &locations };
    let clusters_found = find_duplicates(sketches, &articles, &config.params)?;
    timed("find", finding);

    let writing = Instant::now();
    let report = DuplicateReport {
        locations: &locations,
        n_own,
        store: &store,
        clusters: &clusters_found,
        measure: config.params.measure,
        n_rejects: batch.rejects.len(),
    };
    let removed = stage_to(removed, |out| duplicates::write_removed(&report, out))?;
    let clusters = stage_to(clusters, |out| duplicates::write_clusters(&report, out))?;
    let write = if config.annotate { write_annotated } else { write_kept };
    let kept = kept.stage(|out| write(&report, out))?;
    let written = kept.written();
    timed("write", writing);

    let secs = start.elapsed().as_secs_f64();
    let found = report.found(&config.params, n_spilled_bytes);
    let summary = Summary::of(&batch, n_own, found, stages, secs);
    let stats = stage_to(stats, |out| summary::write_stats(&summary, out))?;
    // Who waits for what is kept finds the rest there too.
    publish([stats, removed, clusters, Some(kept)].into_iter().flatten())?;
    if config.summary {
        tell(|out| summary::tell(&summary, out));
    }
    Ok(exit(written, &batch))
}

/// What is known of the articles when all are read: first of those to be cleaned, then of those to be
/// compared with.
struct Scanned {
    batch: Batch<()>,
    store: Store,
    /// Where each stands.
    locations: Vec<Location>,
    sketches: Sketches,
}

/// Errors where nothing is to be cleaned, and where something cannot be read that is to be compared
/// with: what it holds would pass for clean.
fn scan(config: &DedupConfig, rejected: Option<Output>) -> Result<Scanned> {
    let sketches = Sketches::new(&config.params, config.room.clone());
    let taken = Mutex::new((Vec::new(), sketches));
    let (mut batch, mut store) = scan_paths(&config.inputs, None, config, &taken)?;
    let first = store.n_inputs();
    let (against, other) = scan_paths(&config.against, Some(first), config, &taken)?;
    store.append(other);
    let n_rejects = batch.rejects.len();
    batch.rejects.extend(against.rejects);
    tell(|out| rejects::tell(&batch.rejects, out));
    write_to(rejected, |out| rejects::write(&batch.rejects, out))?;
    check_something_was_read(&batch)?;
    check_against(config, &batch.rejects[n_rejects..], against.documents.len())?;
    batch.n_files += against.n_files;
    batch.n_bytes += against.n_bytes;
    batch.skipped.extend(against.skipped);
    let (mut locations, mut sketches) = taken.into_inner().unwrap_or_else(PoisonError::into_inner);
    if !locations.is_sorted() {
        let mut order: Vec<u32> = (0..locations.len() as u32).collect();
        order.par_sort_unstable_by_key(|&doc| locations[doc as usize]);
        sketches.arrange(&order);
        locations.par_sort_unstable();
    }
    Ok(Scanned { batch, store, locations, sketches })
}

fn check_against(config: &DedupConfig, rejects: &[Reject], n_articles: usize) -> Result<()> {
    if let Some(reject) = rejects.iter().find(|reject| reject.line.is_none()) {
        let cause = "it is to be compared with, and cannot be read";
        let error = Error::new(ErrorKind::Input, &reject.path, "not compared", cause);
        return Err(error.hint("the reason is above; leave it out of --against if it may be"));
    }
    if !config.against.is_empty() && n_articles == 0 {
        let cause = "--against has no article to compare with";
        let error = Error::new(ErrorKind::Input, "", "not compared", cause);
        return Err(error.hint("what it names is empty, or all of it was rejected"));
    }
    Ok(())
}

/// Where each article stands, and its sketch.
type Taken = Mutex<(Vec<Location>, Sketches)>;

/// Adds the articles of `paths` to `taken`; those for reference, whose inputs are to have numbers from
/// `first_reference` on, come last.
fn scan_paths(
    paths: &[String],
    first_reference: Option<u32>,
    config: &DedupConfig,
    taken: &Taken,
) -> Result<(Batch<()>, Store)> {
    let sketcher = Sketcher::new(&config.params);
    let (fields, keep) = (&config.options.fields, &config.keep);
    let sketch = |article: Article| {
        let location = article.location;
        let sketch = if keep.needs_document() {
            let document = article.document(fields)?;
            keep.prefer_document(sketcher.sketch(&document.text), &document)
        } else {
            keep.prefer(article.with_text(fields, |text| sketcher.sketch(text))?)
        };
        Ok((location.from_input(first_reference.unwrap_or(0)), sketch))
    };
    ingest::scan(paths, &config.options, sketch, |read| {
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        let (locations, sketches) = &mut *taken;
        read.into_iter().try_for_each(|(location, sketch): (Location, Sketch)| {
            locations.push(location);
            sketches.push(&sketch, first_reference.is_some())
        })
    })
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
