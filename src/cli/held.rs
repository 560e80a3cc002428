//! A run over articles that are all held in memory, from the first that is read to the summary.

use super::Exit;
use super::config::BatchConfig;
use super::console::{tell, tell_if};
use super::left_out::Gate;
use super::progress::Progress;
use super::run::{check_something_was_read, exit, stage_to, use_threads, write_to};
use crate::document::Document;
use crate::error::Result;
use crate::ingest::{self, Batch, Options};
use crate::pipeline::StageTime;
use crate::report::output::{Output, Staged, Written, is_stdout, publish};
use crate::report::rejects;
use crate::report::summary::{self, Found, LeftOut, Summary};
use rayon::prelude::*;
use std::path::Path;
use std::time::Instant;

/// What is known of the run so far.
pub(super) struct Held<'c> {
    config: &'c BatchConfig,
    start: Instant,
    progress: Progress,
    rejects: Option<Output>,
    stats: Option<Output>,
    /// All that was read; its documents are taken out.
    batch: Batch,
    left_out: LeftOut,
    stages: Vec<StageTime>,
}

impl<'c> Held<'c> {
    /// Tries the outputs that every run may have, before anything is read, and starts the threads.
    pub fn begin(config: &'c BatchConfig) -> Result<Self> {
        let start = Instant::now();
        let prepare = |path: &Option<_>| path.as_deref().map(Output::prepare).transpose();
        let (rejects, stats) = (prepare(&config.rejects)?, prepare(&config.stats)?);
        use_threads(config.n_threads)?;
        let progress = Progress::new(config.summary);
        let (batch, left_out, stages) = (Batch::default(), LeftOut::default(), Vec::new());
        Ok(Held { config, start, progress, rejects, stats, batch, left_out, stages })
    }

    /// The articles of the period in `inputs`, and all of `others`; what cannot be read is told.
    pub fn read(
        &mut self,
        inputs: &[String],
        others: &[String],
    ) -> Result<(Vec<Document>, Vec<Document>)> {
        let options = Options { meter: self.progress.meter(), ..self.config.options.clone() };
        let shown = self.progress.reading("scan", &options.meter);
        self.batch = ingest::read(inputs, &options);
        let others = match others {
            [] => Batch::default(),
            others => ingest::read(others, &options),
        };
        drop(shown);
        self.batch.n_files += others.n_files;
        self.batch.n_bytes += others.n_bytes;
        self.batch.rejects.extend(others.rejects);
        self.batch.skipped.extend(others.skipped);
        self.note("ingest", self.start);
        tell(|out| rejects::tell(&self.batch.rejects, out));
        write_to(self.rejects.take(), |out| rejects::write(&self.batch.rejects, out))?;
        check_something_was_read(&self.batch)?;
        let gate = Gate::of(&self.config.period);
        let documents = std::mem::take(&mut self.batch.documents).into_par_iter();
        let documents: Vec<Document> = documents.filter(|document| gate.admits(document)).collect();
        self.left_out = gate.left_out(documents.len())?;
        Ok((documents, others.documents))
    }

    /// What is found in them, in stages that are timed.
    pub fn find<T>(&mut self, find: impl FnOnce() -> (T, Vec<StageTime>)) -> T {
        let _shown = self.progress.stage("find");
        let (found, stages) = find();
        self.stages.extend(stages);
        found
    }

    /// Writes it; what is not there yet is to be published at the end.
    pub fn write<T>(&mut self, to: &Path, write: impl FnOnce(usize) -> Result<T>) -> Result<T> {
        let start = Instant::now();
        let shown = self.progress.writing("write", is_stdout(to));
        let written = write(self.batch.rejects.len())?;
        drop(shown);
        self.note("write", start);
        Ok(written)
    }

    /// Gives the outputs their names, what was asked for first last, and tells how it went.
    pub fn end(
        self,
        n_documents: usize,
        found: Found,
        staged: impl IntoIterator<Item = Staged>,
    ) -> Result<Exit> {
        let secs = self.start.elapsed().as_secs_f64();
        let of_batch = Summary::of(&self.batch, n_documents, found, self.stages, secs);
        let summary = Summary { left_out: self.left_out, ..of_batch };
        let staged: Vec<Staged> = staged.into_iter().collect();
        let written = staged.last().map_or(Written::Whole, Staged::written);
        let stats = stage_to(self.stats, |out| summary::write_stats(&summary, out))?;
        publish(stats.into_iter().chain(staged))?;
        tell_if(self.config.summary, |out| summary::tell(&summary, out));
        Ok(exit(written, &self.batch))
    }

    fn note(&mut self, name: &'static str, start: Instant) {
        self.stages.push(StageTime { name, secs: start.elapsed().as_secs_f64() });
    }
}
