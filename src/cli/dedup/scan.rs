//! What is known of the articles when all are read?

use super::{Known, Resumed};
use crate::cli::config::{DedupConfig, KeptForm};
use crate::cli::console::tell;
use crate::cli::left_out::Gate;
use crate::cli::progress::Progress;
use crate::cli::resume::Seen;
use crate::cli::run::{check_something_was_read, write_to};
use crate::duplicates::{Sketch, Sketcher, Sketches};
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::{self, Article, Batch, Location, Options, Reject, Store, Table};
use crate::report::output::Output;
use crate::report::rejects;
use rayon::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};

/// What is known of the articles: first of those to be cleaned, then of those to be compared with.
pub struct Scanned {
    pub batch: Batch<()>,
    pub store: Store,
    /// The table whose rows are to be written.
    pub table: Option<Arc<Table>>,
    /// Where each stands.
    pub locations: Vec<Location>,
    /// Number of those to be cleaned.
    pub n_own: usize,
    pub known: Known,
    /// What a later run is to read too.
    pub seen: Seen,
}

/// Reads all, and sketches what is not `known`.
///
/// Errors where nothing is to be cleaned, and where something cannot be read that is to be compared
/// with: what it holds would pass for clean. Where the kept records cannot stand in one file, too.
pub fn scan(
    config: &DedupConfig,
    gate: &Gate,
    progress: Progress,
    rejected: Option<Output>,
    Resumed { known, seen: then, checkpoint }: Resumed,
) -> Result<Scanned> {
    let is_new = matches!(known, Known::Nothing);
    let scan = Scan {
        config,
        progress,
        sketcher: is_new.then(|| Sketcher::new(&config.params)),
        taken: Mutex::new(Taken {
            locations: Vec::new(),
            sketches: Sketches::new(&config.params, config.room.clone()),
        }),
    };
    let (mut batch, mut store) = scan.paths(&config.inputs, Some(gate), 0)?;
    let n_own = scan.n_taken();
    let table = match config.kept_form {
        KeptForm::JsonLines | KeptForm::Parquet => None,
        KeptForm::Table | KeptForm::AsRead => store.table()?,
    };
    let (against, other) = scan.paths(&config.against, None, store.n_inputs())?;
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
    let Taken { locations, sketches } =
        scan.taken.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (locations, sketches) = arranged(locations, sketches);
    let seen = Seen { n_documents: locations.len(), checksums: store.checksums() };
    if let (Some(checkpoint), Some(then)) = (checkpoint, &then) {
        checkpoint.check_same(then, &seen)?;
    }
    let known = match known {
        Known::Nothing => {
            checkpoint.map_or(Ok(()), |checkpoint| checkpoint.keep_sketches(&sketches, &seen))?;
            Known::Sketches(Box::new(sketches))
        }
        known => known,
    };
    Ok(Scanned { batch, store, table, locations, n_own, known, seen })
}

/// In the order of the inputs: several are read at once.
fn arranged(mut locations: Vec<Location>, mut sketches: Sketches) -> (Vec<Location>, Sketches) {
    if !locations.is_sorted() {
        if !sketches.is_empty() {
            let mut order: Vec<u32> = (0..locations.len() as u32).collect();
            order.par_sort_unstable_by_key(|&doc| locations[doc as usize]);
            sketches.arrange(&order);
        }
        locations.par_sort_unstable();
    }
    (locations, sketches)
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

/// Articles as they are read.
struct Scan<'s> {
    config: &'s DedupConfig,
    progress: Progress,
    /// `None` where the sketches are known.
    sketcher: Option<Sketcher>,
    taken: Mutex<Taken>,
}

struct Taken {
    locations: Vec<Location>,
    sketches: Sketches,
}

/// Where an article stands, and its sketch; `None` of what is left out.
type Read = Option<(Location, Option<Sketch>)>;

impl Scan<'_> {
    /// Takes the articles of `paths`, whose inputs are to have numbers from `first_input` on. Without a
    /// `gate` all are there to be compared with.
    fn paths(
        &self,
        paths: &[String],
        gate: Option<&Gate>,
        first_input: u32,
    ) -> Result<(Batch<()>, Store)> {
        let options = Options { meter: self.progress.meter(), ..self.config.batch.options.clone() };
        let name = if gate.is_some() { "scan" } else { "scan --against" };
        let _shown = self.progress.reading(name, &options.meter);
        let gate_of_some = gate.filter(|gate| !gate.is_open());
        let read = |article: Article| -> Result<Read> {
            let location = article.location.from_input(first_input);
            let sketch = self.sketch(article, &options, gate_of_some)?;
            Ok(sketch.map(|sketch| (location, sketch)))
        };
        ingest::scan(paths, &options, read, |read| self.take(read, gate.is_none()))
    }

    /// The sketch of an article, where one is wanted; `None` where it is to be left out.
    fn sketch(
        &self,
        article: Article,
        options: &Options,
        gate: Option<&Gate>,
    ) -> Result<Option<Option<Sketch>>> {
        let (fields, keep) = (&options.fields, &self.config.keep);
        let sketch = |text: &str| self.sketcher.as_ref().map(|sketcher| sketcher.sketch(text));
        if !keep.needs_document() && gate.is_none() {
            let sketch = article.with_text(fields, sketch)?;
            return Ok(Some(sketch.map(|sketch| keep.prefer(sketch))));
        }
        let document = article.document(fields)?;
        if gate.is_some_and(|gate| !gate.admits(&document)) {
            return Ok(None);
        }
        Ok(Some(sketch(&document.text).map(|sketch| keep.prefer_document(sketch, &document))))
    }

    fn take(&self, read: Vec<Read>, is_reference: bool) -> Result<()> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let Taken { locations, sketches } = &mut *taken;
        read.into_iter().flatten().try_for_each(|(location, sketch)| {
            locations.push(location);
            sketch.map_or(Ok(()), |sketch| sketches.push(&sketch, is_reference))
        })
    }

    fn n_taken(&self) -> usize {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).locations.len()
    }
}
