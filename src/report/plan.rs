//! How is it told what a run of `kutip dedup` would find and cost? As a page to read, or as a record.
//!
//! Besides [`super::summary`] the only output that holds a time: the last line of the page, and the
//! last field of the record.

use super::SCHEMA_VERSION;
use super::jsonl::write_line;
use super::summary::{bytes, counted};
use crate::duplicates::Measure;
use crate::lsh::Banding;
use crate::shingle::Shingling;
use serde::Serialize;
use std::io::{self, Write};

/// What a run would find and cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Files.
    pub n_files: usize,
    /// Records in them.
    pub n_documents: u64,
    /// Bytes of their text, after decompression.
    pub n_bytes: u64,
    /// Bytes that were read.
    pub n_sampled_bytes: u64,
    /// Whether those are all: records and bytes are counts then, and else estimates.
    pub is_whole: bool,
    /// Files and records that could not be read.
    pub n_rejects: usize,
    /// What is compared.
    pub shingling: Shingling,
    /// How it is compared.
    pub measure: Measure,
    /// Least value of the measure.
    pub threshold: f64,
    /// Least share of the pairs that are as alike as the threshold.
    pub recall: f64,
    /// How signatures are cut; `None` where all pairs are found.
    pub banding: Option<Banding>,
    /// What is held at once.
    pub memory: Memory,
    /// Bytes that a record takes beside, while it is compared on its shingles.
    pub candidate_bytes: u64,
    /// Bytes of temporary files.
    pub temp_bytes: u64,
    /// Whether the memory suffices.
    pub fit: Fit,
    /// Threads of the run.
    pub n_threads: usize,
    /// How long it would take, in seconds.
    pub secs: f64,
}

/// Bytes that are held at once, about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Memory {
    /// The program itself.
    pub program: u64,
    /// Records: where they stand, and how long they are.
    pub records: u64,
    /// What they are looked for by, as far as it is not on disk.
    pub keys: u64,
    /// What is looked up.
    pub search: u64,
    /// Shingles of records that are compared.
    pub shingle_sets: u64,
}

impl Memory {
    /// All together.
    pub fn total(&self) -> u64 {
        self.program + self.records + self.keys + self.search + self.shingle_sets
    }
}

/// Whether a run fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// Bytes that there are.
    pub limit_bytes: u64,
    /// Whether they suffice.
    pub fits: bool,
    /// What to change where they do not.
    pub ways: Vec<Way>,
}

/// Something that takes less memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    /// Options, or what to do.
    pub what: String,
    /// Bytes that the run takes then; `None` where it takes what there is.
    pub memory_bytes: Option<u64>,
}

/// A place on the curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
struct Point {
    jaccard: f64,
    /// Share of the pairs so alike that are found, in ten-thousandths, rounded down.
    found: f64,
}

/// The share of pairs that are found, from half the threshold to 1 in steps of .05, and at the
/// threshold.
fn curve(banding: Banding, threshold: f64) -> Vec<Point> {
    let first = ((threshold * 10.0) as u32).clamp(1, 20);
    let mut likenesses: Vec<f64> = (first..=20).map(|step| f64::from(step) / 20.0).collect();
    if !likenesses.contains(&threshold) {
        likenesses.push(threshold);
        likenesses.sort_by(f64::total_cmp);
    }
    let found = |jaccard| (banding.recall(jaccard) * 1e4 + 1e-6).floor() / 1e4;
    likenesses.into_iter().map(|jaccard| Point { jaccard, found: found(jaccard) }).collect()
}

/// Writes a page to read. Its last line alone is not the same every time.
pub fn write_text(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    let about = if plan.is_whole { "" } else { "about " };
    let (files, text) = (counted(plan.n_files, "file"), bytes(plan.n_bytes));
    let read = match plan.is_whole {
        true => "all read".to_owned(),
        false => format!("{} read", bytes(plan.n_sampled_bytes)),
    };
    let records = counted(plan.n_documents as usize, "record");
    writeln!(out, "Input       {about}{records}, {about}{text} of text in {files} ({read})")?;
    let (run, measure) = (run(plan.shingling), measure(plan.measure));
    writeln!(out, "Compared    runs of {run}, {measure} at least {}", plan.threshold)?;
    match plan.banding {
        Some(banding) => write_bands(banding, plan.threshold, out)?,
        None => writeln!(out, "Found       all pairs as alike as that")?,
    }
    write_memory(plan, out)?;
    let meanwhile = match plan.temp_bytes {
        0 => String::new(),
        n => format!(", and {} meanwhile", bytes(n)),
    };
    writeln!(out, "Disk        at most {text} of kept records{meanwhile}")?;
    let threads = counted(plan.n_threads, "thread");
    // Pairs that are compared are not counted, and without bands they may be many.
    let least = if plan.banding.is_some() { "about" } else { "at least" };
    writeln!(out, "Time        {least} {:.2} s here with {threads}, an estimate", plan.secs)
}

fn write_bands(banding: Banding, threshold: f64, out: &mut dyn Write) -> io::Result<()> {
    let (bands, rows) = (counted(banding.bands, "band"), counted(banding.rows, "row"));
    let functions = counted(banding.k(), "hash function");
    writeln!(out, "Found by    {bands} of {rows}, {functions}\n")?;
    writeln!(out, "Pairs found, by their Jaccard similarity")?;
    for point in curve(banding, threshold) {
        let mark = if point.jaccard == threshold { "  --threshold" } else { "" };
        writeln!(out, "  {:<8}{:>8.4}{mark}", format!("{:.2}", point.jaccard), point.found)?;
    }
    writeln!(out)
}

fn write_memory(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    let memory = &plan.memory;
    writeln!(out, "Memory      about {}", bytes(memory.total()))?;
    for (what, n_bytes) in [
        ("the program", memory.program),
        ("records", memory.records),
        ("what they are looked for by", memory.keys),
        ("search", memory.search),
        ("shingles of records that are compared", memory.shingle_sets),
    ] {
        if 0 < n_bytes {
            writeln!(out, "  {:>10} {what}", bytes(n_bytes))?;
        }
    }
    if plan.banding.is_some() {
        let candidate = bytes(plan.candidate_bytes);
        writeln!(out, "  {candidate:>10} for each of a group of like records that is larger")?;
    }
    write_fit(plan, &plan.fit, out)
}

fn write_fit(plan: &Plan, fit: &Fit, out: &mut dyn Write) -> io::Result<()> {
    let limit = bytes(fit.limit_bytes);
    if fit.fits {
        return writeln!(out, "Fits        in {limit}");
    }
    let why = match plan.banding {
        Some(_) => "",
        None if plan.measure == Measure::Containment => ": containment holds all shingles",
        None => ": --exact holds all shingles",
    };
    writeln!(out, "Fits not    in {limit}{why}. It takes less with")?;
    for way in &fit.ways {
        match way.memory_bytes {
            Some(n_bytes) => writeln!(out, "  {}: about {}", way.what, bytes(n_bytes))?,
            None => writeln!(out, "  {}", way.what)?,
        }
    }
    Ok(())
}

fn run(shingling: Shingling) -> String {
    match shingling {
        Shingling::Words(n) => counted(n, "word"),
        Shingling::Chars(n) => counted(n, "character"),
    }
}

fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Jaccard => "Jaccard similarity",
        Measure::Containment => "containment",
    }
}

#[derive(Serialize)]
struct Record<'p> {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    files: usize,
    documents: u64,
    bytes: u64,
    sampled_bytes: u64,
    counted: bool,
    rejects: usize,
    shingle: String,
    measure: &'static str,
    threshold: f64,
    recall: f64,
    bands: Option<usize>,
    rows: Option<usize>,
    hash_functions: Option<usize>,
    curve: Vec<Point>,
    memory_bytes: u64,
    memory: Memory,
    candidate_bytes: u64,
    memory_limit_bytes: u64,
    fits: bool,
    ways: &'p [Way],
    disk_bytes: u64,
    temp_bytes: u64,
    threads: usize,
    secs: f64,
}

/// Writes a record. Its last field alone is not the same every time.
pub fn write_jsonl(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    let record = Record {
        record_type: "plan",
        schema_version: SCHEMA_VERSION,
        files: plan.n_files,
        documents: plan.n_documents,
        bytes: plan.n_bytes,
        sampled_bytes: plan.n_sampled_bytes,
        counted: plan.is_whole,
        rejects: plan.n_rejects,
        shingle: match plan.shingling {
            Shingling::Words(n) => format!("word:{n}"),
            Shingling::Chars(n) => format!("char:{n}"),
        },
        measure: match plan.measure {
            Measure::Jaccard => "jaccard",
            Measure::Containment => "containment",
        },
        threshold: plan.threshold,
        recall: if plan.banding.is_some() { plan.recall } else { 1.0 },
        bands: plan.banding.map(|banding| banding.bands),
        rows: plan.banding.map(|banding| banding.rows),
        hash_functions: plan.banding.map(Banding::k),
        curve: plan.banding.map_or(Vec::new(), |banding| curve(banding, plan.threshold)),
        memory_bytes: plan.memory.total(),
        memory: plan.memory,
        candidate_bytes: plan.candidate_bytes,
        memory_limit_bytes: plan.fit.limit_bytes,
        fits: plan.fit.fits,
        ways: &plan.fit.ways,
        disk_bytes: plan.n_bytes,
        temp_bytes: plan.temp_bytes,
        threads: plan.n_threads,
        secs: plan.secs,
    };
    write_line(&record, out)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A record as it is written.
    pub fn record() -> String {
        let mut out = Vec::new();
        write_jsonl(&sample(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn sample() -> Plan {
        Plan {
            n_files: 2,
            n_documents: 100_272,
            n_bytes: 234_522_995,
            n_sampled_bytes: 17_803_404,
            is_whole: false,
            n_rejects: 0,
            shingling: Shingling::FIVE_WORDS,
            measure: Measure::Jaccard,
            threshold: 0.92,
            recall: 0.99,
            banding: Some(Banding { bands: 4, rows: 5 }),
            memory: Memory {
                program: 9_000_000,
                records: 17_600_000,
                keys: 3_200_000,
                search: 14_200_000,
                shingle_sets: 0,
            },
            candidate_bytes: 3000,
            temp_bytes: 1_600_000,
            fit: Fit {
                limit_bytes: 1 << 25,
                fits: false,
                ways: vec![
                    Way { what: "--threads 1".to_owned(), memory_bytes: Some(33_500_000) },
                    Way { what: "parts of 9 records".to_owned(), memory_bytes: None },
                ],
            },
            n_threads: 2,
            secs: 7.3249,
        }
    }

    fn page(plan: &Plan) -> String {
        let mut out = Vec::new();
        write_text(plan, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_page_says_it_all() {
        insta::assert_snapshot!(page(&sample()), @r"
        Input       about 100272 records, about 234.5 MB of text in 2 files (17.8 MB read)
        Compared    runs of 5 words, Jaccard similarity at least 0.92
        Found by    4 bands of 5 rows, 20 hash functions

        Pairs found, by their Jaccard similarity
          0.45      0.0717
          0.50      0.1192
          0.55      0.1866
          0.60      0.2766
          0.65      0.3894
          0.70      0.5209
          0.75      0.6616
          0.80      0.7956
          0.85      0.9042
          0.90      0.9718
          0.92      0.9864  --threshold
          0.95      0.9973
          1.00      1.0000

        Memory      about 44.0 MB
              9.0 MB the program
             17.6 MB records
              3.2 MB what they are looked for by
             14.2 MB search
              3.0 kB for each of a group of like records that is larger
        Fits not    in 33.6 MB. It takes less with
          --threads 1: about 33.5 MB
          parts of 9 records
        Disk        at most 234.5 MB of kept records, and 1.6 MB meanwhile
        Time        about 7.32 s here with 2 threads, an estimate
        ");
        let exact = Plan { banding: None, is_whole: true, ..sample() };
        let exact = page(&exact);
        for expect in [
            "100272 records, 234.5 MB of text in 2 files (all read)",
            "Found       all pairs",
            "at least 7.32 s",
        ] {
            assert!(exact.contains(expect), "{exact}");
        }
    }

    #[test]
    fn a_record_ends_with_the_time() {
        let mut out = Vec::new();
        write_jsonl(&sample(), &mut out).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert!(
            line.starts_with("{\"type\":\"plan\"") && line.ends_with(",\"secs\":7.3249}\n"),
            "{line}"
        );
        let record: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&record["hash_functions"], &record["fits"]), (&20.into(), &false.into()));
        assert_eq!(record["curve"][0]["jaccard"], 0.45);
    }

    #[test]
    fn the_curve_begins_at_half_the_threshold() {
        let at = |threshold| -> Vec<f64> {
            let curve = curve(Banding { bands: 128, rows: 1 }, threshold);
            curve.iter().map(|point| point.jaccard).collect()
        };
        assert_eq!(at(1.0), [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0]);
        assert_eq!(at(0.03)[..2], [0.03, 0.05]);
        assert_eq!((at(0.8)[0], at(0.8).len()), (0.4, 13));
    }
}
