//! `kutip dedup`: a batch without the articles that are in it again.

use super::Exit;
use super::config::{DedupConfig, KeptForm};
use super::console::tell;
use super::run::{check_something_was_read, exit, use_threads, write_to};
use crate::duplicates::{Sketch, Sketcher, Texts, find_duplicates};
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::{self, Article, Batch, Location, Store};
use crate::pipeline::StageTime;
use crate::report::duplicates::{
    self, DuplicateReport, write_annotated, write_kept, write_kept_table,
};
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
    let (mut batch, store) = scan(config, rejected)?;
    timed("scan", start);

    let finding = Instant::now();
    let scanned = std::mem::take(&mut batch.documents);
    let (locations, sketches): (Vec<Location>, Vec<Sketch>) = scanned.into_iter().unzip();
    let n_own = sketches.iter().filter(|sketch| !sketch.is_reference).count();
    let articles = Articles { store: &store, locations: &locations };
    let clusters_found = find_duplicates(&sketches, &articles, &config.params)?;
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
    write_to(removed, |out| duplicates::write_removed(&report, out))?;
    write_to(clusters, |out| duplicates::write_clusters(&report, out))?;
    let write = match config.form {
        KeptForm::Lines => write_kept,
        KeptForm::Annotated => write_annotated,
        KeptForm::Table => write_kept_table,
    };
    let written = kept.write(|out| write(&report, out))?;
    timed("write", writing);

    let secs = start.elapsed().as_secs_f64();
    let found = report.found(&config.params);
    let summary = Summary::of(&batch, n_own, found, stages, secs);
    write_to(stats, |out| summary::write_stats(&summary, out))?;
    if config.summary {
        tell(|out| summary::tell(&summary, out));
    }
    Ok(exit(written, &batch))
}

/// Where each article stands, with its sketch: first those to be cleaned, then those to be compared
/// with.
type Scanned = (Batch<(Location, Sketch)>, Store);

/// Errors where nothing is to be cleaned, and where something cannot be read that is to be compared
/// with: what it holds would pass for clean.
fn scan(config: &DedupConfig, rejected: Option<Output>) -> Result<Scanned> {
    let (mut batch, mut store) = scan_paths(&config.inputs, false, config)?;
    let (against, other) = scan_paths(&config.against, true, config)?;
    let n_rejects = batch.rejects.len();
    batch.rejects.extend(against.rejects);
    tell(|out| rejects::tell(&batch.rejects, out));
    write_to(rejected, |out| rejects::write(&batch.rejects, out))?;
    check_something_was_read(&batch)?;
    if let Some(reject) = batch.rejects[n_rejects..].iter().find(|reject| reject.line.is_none()) {
        let cause = "it is to be compared with, and cannot be read";
        let error = Error::new(ErrorKind::Input, &reject.path, "not compared", cause);
        return Err(error.hint("the reason is above; leave it out of --against if it may be"));
    }
    if !config.against.is_empty() && against.documents.is_empty() {
        let cause = "--against has no article to compare with";
        let error = Error::new(ErrorKind::Input, "", "not compared", cause);
        return Err(error.hint("what it names is empty, or all of it was rejected"));
    }
    let first = store.append(other);
    let there = against.documents.into_iter();
    let moved = |(location, sketch): (Location, Sketch)| (location.from_input(first), sketch);
    batch.documents.extend(there.map(moved));
    batch.n_files += against.n_files;
    batch.n_bytes += against.n_bytes;
    batch.skipped.extend(against.skipped);
    Ok((batch, store))
}

fn scan_paths(paths: &[String], is_reference: bool, config: &DedupConfig) -> Result<Scanned> {
    let sketcher = Sketcher::new(&config.params);
    let (fields, keep) = (&config.options.fields, &config.keep);
    ingest::scan(paths, &config.options, |article: Article| {
        let location = article.location;
        let mut sketch = if keep.needs_document() {
            let document = article.document(fields)?;
            keep.prefer_document(sketcher.sketch(&document.text), &document)
        } else {
            keep.prefer(article.with_text(fields, |text| sketcher.sketch(text))?)
        };
        sketch.is_reference = is_reference;
        Ok((location, sketch))
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
