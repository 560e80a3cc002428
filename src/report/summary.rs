//! How did the run go? For people on stderr, for programs with `--stats`. The only output that
//! holds times and memory figures.

use super::jsonl::write_line;
use super::screen::escape_line;
use super::{SCHEMA_VERSION, facts};
use crate::claim::{ClaimReport, Status};
use crate::ingest::Batch;
use crate::pipeline::StageTime;
use serde::Serialize;
use std::io::{self, Write};

/// How many of the files passed over are named.
const MAX_NAMED: usize = 3;

/// The figures of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Files read.
    pub n_files: usize,
    /// Their bytes.
    pub n_bytes: u64,
    /// Articles among them.
    pub n_documents: usize,
    /// Files and records that could not be read.
    pub n_rejects: usize,
    /// Files that were passed over.
    pub skipped: Vec<String>,
    /// Articles that were not looked into.
    pub left_out: LeftOut,
    /// What came of them.
    pub found: Found,
    /// How long each stage took, in the order of the stages.
    pub stages: Vec<StageTime>,
    /// How long all of it took, in seconds.
    pub secs: f64,
    /// Number of threads.
    pub n_threads: usize,
    /// Most memory the process held at once; `None` where the system does not tell.
    pub peak_memory_bytes: Option<u64>,
}

/// Articles that are not of the period that was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Published before or after it.
    pub n_outside: usize,
    /// Without a date.
    pub n_undated: usize,
}

impl LeftOut {
    fn tell(self, out: &mut dyn Write) -> io::Result<()> {
        match self.n_outside {
            0 => {}
            n => write!(out, ", of other dates: {n} left out")?,
        }
        match self.n_undated {
            0 => Ok(()),
            n => write!(out, ", undated: {n} left out"),
        }
    }
}

/// What came of the articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Found {
    /// Claims.
    Claims {
        /// Confirmed ones.
        confirmed: usize,
        /// Suggested ones.
        suggested: usize,
        /// Those that only a reader's decisions join.
        decided: usize,
        /// Those that a reader does not want to see.
        hidden: usize,
        /// Those that were not asked for.
        left_out: usize,
    },
    /// Passages that articles share.
    Passages {
        /// All of them.
        passages: usize,
    },
    /// Duplicates.
    Duplicates {
        /// Records that are kept.
        kept: usize,
        /// Records that another stands for.
        removed: usize,
        /// Clusters of two records and more.
        clusters: usize,
        /// Bands that signatures were cut into; `None` where all pairs were searched.
        bands: Option<usize>,
        /// Rows of a band.
        rows: Option<usize>,
        /// Bytes that went to temporary files.
        temp_bytes: u64,
    },
}

impl Found {
    /// The claims of a report.
    pub fn claims(report: &ClaimReport) -> Found {
        Found::Claims {
            confirmed: facts::n_claims(report, Status::Confirmed),
            suggested: facts::n_claims(report, Status::Suggested),
            decided: facts::n_claims(report, Status::Decided),
            hidden: report.decisions.as_ref().map_or(0, |kept| kept.n_hidden),
            left_out: report.n_left_out,
        }
    }

    fn tell(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Found::Claims { confirmed, suggested, decided, hidden, left_out } => {
                let confirmed = counted(*confirmed, "confirmed claim");
                write!(out, "found {confirmed} and {suggested} suggested")?;
                let others = [
                    (decided, "by decision alone"),
                    (hidden, "hidden by decision"),
                    (left_out, "not asked for left out"),
                ];
                let others = others.iter().filter(|(n, _)| **n != 0);
                let others: Vec<String> = others.map(|(n, what)| format!("{n} {what}")).collect();
                match others.is_empty() {
                    true => Ok(()),
                    false => write!(out, " ({})", others.join(", ")),
                }
            }
            Found::Passages { passages } => write!(out, "found {}", counted(*passages, "passage")),
            Found::Duplicates { kept, removed, clusters, temp_bytes, .. } => {
                let clusters = counted(*clusters, "cluster");
                write!(out, "kept {kept}, removed {removed} (of {clusters})")?;
                match temp_bytes {
                    0 => Ok(()),
                    n => write!(out, ", {} on disk meanwhile", bytes(*n)),
                }
            }
        }
    }
}

impl Summary {
    /// The figures of a run of that many seconds; its documents may have left the batch.
    pub fn of<T>(
        batch: &Batch<T>,
        n_documents: usize,
        found: Found,
        stages: Vec<StageTime>,
        secs: f64,
    ) -> Summary {
        Summary {
            n_files: batch.n_files,
            n_bytes: batch.n_bytes,
            n_documents,
            n_rejects: batch.rejects.len(),
            skipped: batch.skipped.clone(),
            left_out: LeftOut::default(),
            found,
            stages,
            secs,
            n_threads: rayon::current_num_threads(),
            peak_memory_bytes: peak_memory_bytes(),
        }
    }
}

/// Writes what was read, found, rejected and passed over, and at what cost: two lines.
pub fn tell(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let read = format!("{}, {}", counted(summary.n_files, "file"), bytes(summary.n_bytes));
    write!(out, "read {read}: {}", counted(summary.n_documents, "article"))?;
    write!(out, ", {} rejected", summary.n_rejects)?;
    summary.left_out.tell(out)?;
    writeln!(out, "{}", passed_over(&summary.skipped))?;
    summary.found.tell(out)?;
    write!(out, " in {:.2} s", summary.secs)?;
    if let Some(rate) = bytes_per_sec(summary) {
        write!(out, ", {}/s", bytes(rate as u64))?;
    }
    match summary.peak_memory_bytes {
        Some(peak) => writeln!(out, ", peak memory {}", bytes(peak)),
        None => writeln!(out),
    }
}

/// Writes the summary as one JSON object.
pub fn write_stats(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let record = StatsRecord {
        record_type: "stats",
        schema_version: SCHEMA_VERSION,
        kutip: env!("CARGO_PKG_VERSION"),
        threads: summary.n_threads,
        files: summary.n_files,
        bytes: summary.n_bytes,
        documents: summary.n_documents,
        rejects: summary.n_rejects,
        passed_over: summary.skipped.len(),
        outside_period: summary.left_out.n_outside,
        undated: summary.left_out.n_undated,
        found: summary.found,
        secs: summary.secs,
        bytes_per_sec: bytes_per_sec(summary),
        peak_memory_bytes: summary.peak_memory_bytes,
        stages: summary.stages.iter().map(|s| StageRecord { name: s.name, secs: s.secs }).collect(),
    };
    write_line(&record, out)
}

#[derive(Serialize)]
struct StatsRecord {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    kutip: &'static str,
    threads: usize,
    files: usize,
    bytes: u64,
    documents: usize,
    rejects: usize,
    passed_over: usize,
    outside_period: usize,
    undated: usize,
    #[serde(flatten)]
    found: Found,
    secs: f64,
    bytes_per_sec: Option<f64>,
    peak_memory_bytes: Option<u64>,
    stages: Vec<StageRecord>,
}

#[derive(Serialize)]
struct StageRecord {
    name: &'static str,
    secs: f64,
}

/// Most memory this process has held at once, in bytes, where Linux tells (`VmHWM`).
pub fn peak_memory_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024)
}

fn bytes_per_sec(summary: &Summary) -> Option<f64> {
    (0.0 < summary.secs).then(|| summary.n_bytes as f64 / summary.secs)
}

/// `1 file`, `2 files`.
pub(super) fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// A number of bytes, in powers of a thousand.
pub fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", n as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", n as f64 / 1e6),
        _ => format!("{:.1} GB", n as f64 / 1e9),
    }
}

fn passed_over(skipped: &[String]) -> String {
    if skipped.is_empty() {
        return String::new();
    }
    let named: Vec<_> = skipped.iter().take(MAX_NAMED).map(|name| escape_line(name)).collect();
    let more = if MAX_NAMED < skipped.len() { ", …" } else { "" };
    format!(", {} passed over ({}{more})", counted(skipped.len(), "file"), named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Summary {
        Summary {
            n_files: 5,
            n_bytes: 18_534,
            n_documents: 5,
            n_rejects: 0,
            skipped: Vec::new(),
            left_out: LeftOut::default(),
            found: Found::Claims { confirmed: 1, suggested: 2, decided: 0, hidden: 0, left_out: 0 },
            stages: vec![StageTime { name: "read", secs: 0.25 }],
            secs: 0.5,
            n_threads: 2,
            peak_memory_bytes: Some(14_200_000),
        }
    }

    fn told(summary: &Summary) -> String {
        let mut out = Vec::new();
        tell(summary, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn two_lines_say_it_all() {
        insta::assert_snapshot!(told(&sample()), @r"
        read 5 files, 18.5 kB: 5 articles, 0 rejected
        found 1 confirmed claim and 2 suggested in 0.50 s, 37.1 kB/s, peak memory 14.2 MB
        ");
        let skipped = ["a.jpg", "b\n.pdf", "c", "d"].map(str::to_owned).into();
        let other = Summary {
            n_files: 1,
            n_bytes: 7,
            skipped,
            left_out: LeftOut { n_outside: 2, n_undated: 3 },
            found: Found::Claims {
                confirmed: 1,
                suggested: 2,
                decided: 3,
                hidden: 4,
                left_out: 12,
            },
            secs: 0.0,
            peak_memory_bytes: None,
            ..sample()
        };
        insta::assert_snapshot!(told(&other), @r"
        read 1 file, 7 bytes: 5 articles, 0 rejected, of other dates: 2 left out, undated: 3 left out, 4 files passed over (a.jpg, b .pdf, c, …)
        found 1 confirmed claim and 2 suggested (3 by decision alone, 4 hidden by decision, 12 not asked for left out) in 0.00 s
        ");
    }

    #[test]
    fn stats_are_one_json_object() {
        let mut out = Vec::new();
        write_stats(&sample(), &mut out).unwrap();
        let stats: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(stats["bytes_per_sec"], 37_068.0);
        assert_eq!(stats["stages"][0]["name"], "read");
        assert_eq!(stats["peak_memory_bytes"], 14_200_000);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn linux_tells_the_peak() {
        assert!(1_000_000 < peak_memory_bytes().unwrap());
    }
}
