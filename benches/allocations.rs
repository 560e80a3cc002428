//! How often does reading ask for memory? Allocations and bytes for each record, of scanning as
//! `kutip dedup` does and of reading as `kutip claims` does.
//!
//! `cargo bench --bench allocations`; `-- FILE` takes another batch than 2,000 made-up records.

#![allow(unsafe_code)] // an allocator cannot be written without
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use kutip::duplicates::{DuplicateParams, Measure, SIGNATURE, Search, Sketcher};
use kutip::fixed::Milli;
use kutip::ingest::{self, Article, Options};
use kutip::lsh::Banding;
use kutip::report;
use kutip::shingle::Shingling;
use kutip::synth::{Edit, Script, Synth, SynthParams};
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

/// The system's allocator, counted.
struct Counting;

static N_ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static N_BYTES: AtomicU64 = AtomicU64::new(0);

fn count(n_bytes: usize) {
    N_ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
    N_BYTES.fetch_add(n_bytes as u64, Ordering::Relaxed);
}

// SAFETY: every call is handed on to the system's allocator as it came, which keeps the contract;
// counting touches no memory but two atomics and allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller's promises are those that the system's allocator asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, n_bytes: usize) -> *mut u8 {
        // What is there already was counted.
        count(n_bytes.saturating_sub(layout.size()));
        // SAFETY: as above; all blocks are the system's.
        unsafe { System.realloc(block, layout, n_bytes) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above; all blocks are the system's.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What `run`, which gives a number of records, asks for.
fn measure(name: &str, run: impl Fn() -> usize) {
    // What threads keep for the next record is there already.
    black_box(run());
    let before = (N_ALLOCATIONS.load(Ordering::Relaxed), N_BYTES.load(Ordering::Relaxed));
    let n_records = black_box(run()) as f64;
    let allocations = (N_ALLOCATIONS.load(Ordering::Relaxed) - before.0) as f64;
    let n_bytes = (N_BYTES.load(Ordering::Relaxed) - before.1) as f64;
    println!(
        "{name:<28} {:>10.2} allocations {:>12.1} bytes a record",
        allocations / n_records,
        n_bytes / n_records
    );
}

fn main() {
    // Cargo passes `--bench`.
    let named = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let made_up = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    let path = named.unwrap_or_else(|| {
        report::synth::write(&Synth::new(corpus()), &mut made_up.as_file(), &mut io::sink())
            .unwrap();
        made_up.path().display().to_string()
    });
    let (paths, options) = ([path], Options::default());
    let banding = Banding::for_recall(SIGNATURE, 0.8, 0.99).unwrap();
    let sketcher = Sketcher::new(&DuplicateParams {
        shingling: Shingling::FIVE_WORDS,
        measure: Measure::Jaccard,
        threshold: Milli(800),
        search: Search::Bands(banding),
        no_loss: false,
    });
    measure("scan, text only", || {
        let of = |article: Article| article.with_text(&options.fields, str::len);
        ingest::scan(&paths, &options, of, |_| Ok(())).unwrap().0.documents.len()
    });
    measure("scan and sketch (dedup)", || {
        let of = |article: Article| article.with_text(&options.fields, |t| sketcher.sketch(t));
        ingest::scan(&paths, &options, of, |_| Ok(())).unwrap().0.documents.len()
    });
    measure("read (claims)", || ingest::read(&paths, &options).documents.len());
}

fn corpus() -> SynthParams {
    SynthParams {
        n_docs: 2000,
        seed: 1,
        n_copies: 500,
        edits: Edit::ALL.to_vec(),
        template: Milli(0),
        largest: 60,
        first: 60,
        words: 100..=800,
        scripts: vec![(Script::Latin, Milli::ONE)],
    }
}
