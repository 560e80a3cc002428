//! `kutip plan`: what a run of `kutip dedup` would find, and what it would cost.

mod ways;

use super::Exit;
use super::args::PlanFormat;
use super::config::PlanConfig;
use super::console::tell;
use super::run::{check_something_was_read, exit, use_threads};
use crate::duplicates::{DuplicateParams, Load, MemoryCost, Room, Search, Sketcher};
use crate::error::Result;
use crate::ingest::{self, Article, Sample};
use crate::lsh::Banding;
use crate::report::output::Output;
use crate::report::plan::{Fit, Memory, Plan, write_jsonl, write_text};
use crate::report::rejects;
use std::time::Instant;
use ways::ways_out;

/// Text that is read to tell the rest by.
const SAMPLE_BYTES: u64 = 16 << 20;

/// What the program takes beside the records: measured on x86-64 Linux with few of them.
const PROGRAM_BYTES: u64 = 9_000_000;

/// Reads a sample, and writes what it tells of the run.
pub fn run(config: &PlanConfig) -> Result<Exit> {
    use_threads(config.n_threads)?;
    let start = Instant::now();
    let sample = look(config)?;
    let secs = start.elapsed().as_secs_f64();
    tell(|out| rejects::tell(&sample.batch.rejects, out));
    check_something_was_read(&sample.batch)?;

    let plan = planned(config, &sample, secs);
    let written = Output::stdout().write(|out| match config.format {
        PlanFormat::Text => write_text(&plan, out),
        PlanFormat::Jsonl => write_jsonl(&plan, out),
    })?;
    Ok(exit(written, &sample.batch))
}

/// The number of shingles of each article of a sample. They are sketched as `kutip dedup` does, so that
/// it takes as long.
fn look(config: &PlanConfig) -> Result<Sample<u32>> {
    let (sketcher, fields) = (Sketcher::new(&config.params), &config.options.fields);
    ingest::sample(&config.inputs, &config.options, SAMPLE_BYTES, |article: Article| {
        article.with_text(fields, |text| sketcher.sketch(text).n_shingles)
    })
}

fn planned(config: &PlanConfig, sample: &Sample<u32>, secs: f64) -> Plan {
    let n_threads = rayon::current_num_threads();
    let n_shingles: u64 = sample.batch.documents.iter().map(|&n| u64::from(n)).sum();
    let load = Load {
        n_documents: sample.n_articles,
        mean_shingles: n_shingles.div_ceil(sample.batch.documents.len().max(1) as u64),
        n_threads: n_threads as u64,
    };
    let memory = memory(&load, &config.params, &config.room);
    let limit_bytes = config.room.memory_bytes;
    let fits = memory.total() <= limit_bytes;
    let ways = if fits { Vec::new() } else { ways_out(config, &load) };
    let on_disk = MemoryCost::of(&load, &config.params, &config.room).on_disk;
    Plan {
        n_files: sample.n_files,
        n_documents: sample.n_articles,
        n_bytes: sample.n_bytes,
        n_sampled_bytes: sample.batch.n_bytes,
        is_whole: sample.is_whole,
        n_rejects: sample.batch.rejects.len(),
        shingling: config.params.shingling,
        measure: config.params.measure,
        threshold: config.threshold,
        recall: config.recall,
        banding: banding(&config.params),
        fit: Fit { limit_bytes, fits, ways },
        memory,
        temp_bytes: on_disk + sample.n_held_bytes,
        candidate_bytes: MemoryCost::of_candidate(&load),
        n_threads,
        secs: 2.0 * secs * sample.n_bytes as f64 / sample.batch.n_bytes.max(1) as f64,
    }
}

/// What the run holds at most.
fn memory(load: &Load, params: &DuplicateParams, room: &Room) -> Memory {
    let MemoryCost { records, keys, search, shingle_sets, .. } = MemoryCost::of(load, params, room);
    Memory { program: PROGRAM_BYTES, records, keys, search, shingle_sets }
}

fn banding(params: &DuplicateParams) -> Option<Banding> {
    match params.search {
        Search::Bands(banding) => Some(banding),
        Search::All => None,
    }
}
