//! How is it shown how good found passages are? As a table to read, or as records: one of all, and
//! one for each kind.

use crate::eval::passages::Score;
use crate::eval::passages::kinds::PassageEvaluation;
use crate::fixed::BasisPoints;
use crate::report::SCHEMA_VERSION;
use crate::report::jsonl::write_line;
use crate::report::screen::escape_line;
use serde::{Serialize, Serializer};
use std::io::{self, Write};

/// Columns of the names of kinds.
const NAME: usize = 28;

/// Writes the measures as a table to read.
pub fn write_text(found: &PassageEvaluation, out: &mut dyn Write) -> io::Result<()> {
    let (all, clean) = (&found.all, &found.clean);
    writeln!(out, "Texts         {:>9}", found.n_texts)?;
    writeln!(out, "  clean       {:>9}, {} with detections", clean.n_texts, clean.n_taken)?;
    writeln!(out, "Cases         {:>9}, {} found", all.n_cases, all.n_found)?;
    if 0 < found.n_without_source {
        writeln!(out, "  left out    {:>9} without a source", found.n_without_source)?;
    }
    writeln!(out, "Detections    {:>9}", all.n_detections.unwrap_or_default())?;
    writeln!(out, "  in clean    {:>9}", clean.n_detections)?;
    writeln!(out, "  elsewhere   {:>9}", found.n_elsewhere)?;
    writeln!(
        out,
        "\n{:<NAME$}{:>7}{:>7}{:>9}{:>11}{:>8}{:>8}",
        "", "cases", "found", "plagdet", "precision", "recall", "gran."
    )?;
    row("All", all, out)?;
    found.kinds.iter().try_for_each(|(kind, score)| row(&escape_line(kind), score, out))
}

fn row(name: &str, score: &Score, out: &mut dyn Write) -> io::Result<()> {
    // A long name has its own line, so that columns stay columns.
    let fits = name.chars().count() < NAME;
    if !fits {
        writeln!(out, "{name}")?;
    }
    writeln!(
        out,
        "{:<NAME$}{:>7}{:>7}{:>9}{:>11}{:>8}{:>8}",
        if fits { name } else { "" },
        score.n_cases,
        score.n_found,
        decimal(score.plagdet),
        decimal(score.precision),
        decimal(score.recall),
        decimal(Some(score.granularity)),
    )
}

fn decimal(share: Option<BasisPoints>) -> String {
    match share {
        Some(BasisPoints(n)) => format!("{}.{:04}", n / 10_000, n % 10_000),
        None => "-".to_owned(),
    }
}

/// A number in ten-thousandths, written as a decimal.
struct Decimal(BasisPoints);

impl Serialize for Decimal {
    /// The double nearest to the decimal prints as that decimal again: at most four digits.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Decimal(BasisPoints(n)) = *self;
        serializer.serialize_f64(n as f64 / 10_000.0)
    }
}

#[derive(Serialize)]
struct AllRecord {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    texts: u64,
    clean: CleanRecord,
    cases_without_source: u64,
    detections_elsewhere: u64,
    #[serde(flatten)]
    score: ScoreRecord,
}

#[derive(Serialize)]
struct CleanRecord {
    texts: u64,
    taken: u64,
    detections: u64,
}

#[derive(Serialize)]
struct KindRecord<'r> {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    kind: &'r str,
    #[serde(flatten)]
    score: ScoreRecord,
}

#[derive(Serialize)]
struct ScoreRecord {
    cases: u64,
    found: u64,
    detections: Option<u64>,
    precision: Option<Decimal>,
    recall: Option<Decimal>,
    granularity: Decimal,
    plagdet: Option<Decimal>,
}

/// Writes the measures as JSON Lines.
pub fn write_jsonl(found: &PassageEvaluation, out: &mut dyn Write) -> io::Result<()> {
    write_line(&all_record(found), out)?;
    found.kinds.iter().try_for_each(|(kind, score)| {
        let (record_type, schema_version) = ("passages-by-kind", SCHEMA_VERSION);
        write_line(&KindRecord { record_type, schema_version, kind, score: record(score) }, out)
    })
}

fn all_record(found: &PassageEvaluation) -> AllRecord {
    let clean = found.clean;
    AllRecord {
        record_type: "passages",
        schema_version: SCHEMA_VERSION,
        texts: found.n_texts,
        clean: CleanRecord {
            texts: clean.n_texts,
            taken: clean.n_taken,
            detections: clean.n_detections,
        },
        cases_without_source: found.n_without_source,
        detections_elsewhere: found.n_elsewhere,
        score: record(&found.all),
    }
}

fn record(score: &Score) -> ScoreRecord {
    ScoreRecord {
        cases: score.n_cases,
        found: score.n_found,
        detections: score.n_detections,
        precision: score.precision.map(Decimal),
        recall: score.recall.map(Decimal),
        granularity: Decimal(score.granularity),
        plagdet: score.plagdet.map(Decimal),
    }
}
