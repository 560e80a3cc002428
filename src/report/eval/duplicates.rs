//! How is it shown how good found duplicates are? As lines to read, or as one record.

use crate::eval::duplicates::PartitionAgreement;
use crate::report::SCHEMA_VERSION;
use crate::report::jsonl::{Decimal, write_line};
use serde::Serialize;
use std::io::{self, Write};

/// Writes the measures as lines to read.
pub fn write_text(found: &PartitionAgreement, out: &mut dyn Write) -> io::Result<()> {
    let decimal = |share: crate::fixed::Milli| format!("{:.3}", share.0 as f64 / 1000.0);
    writeln!(out, "Documents        {:>9}", found.n_documents)?;
    writeln!(out, "True pairs       {:>9}", found.n_true)?;
    writeln!(out, "Found pairs      {:>9}", found.n_found)?;
    writeln!(out, "Both             {:>9}", found.n_both)?;
    writeln!(out)?;
    for (name, share) in [
        ("Precision", found.precision()),
        ("Recall", found.recall()),
        ("F1", found.f1()),
        ("Adjusted Rand", found.adjusted_rand),
        ("B-cubed precision", found.b_cubed_precision),
        ("B-cubed recall", found.b_cubed_recall),
    ] {
        writeln!(out, "{name:<20}{:>6}", decimal(share))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Record {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    documents: u64,
    true_pairs: u64,
    found_pairs: u64,
    both: u64,
    precision: Decimal,
    recall: Decimal,
    f1: Decimal,
    adjusted_rand: Decimal,
    b_cubed_precision: Decimal,
    b_cubed_recall: Decimal,
}

/// Writes the measures as one JSON object.
pub fn write_jsonl(found: &PartitionAgreement, out: &mut dyn Write) -> io::Result<()> {
    let record = Record {
        record_type: "partition-agreement",
        schema_version: SCHEMA_VERSION,
        documents: found.n_documents,
        true_pairs: found.n_true,
        found_pairs: found.n_found,
        both: found.n_both,
        precision: Decimal(found.precision()),
        recall: Decimal(found.recall()),
        f1: Decimal(found.f1()),
        adjusted_rand: Decimal(found.adjusted_rand),
        b_cubed_precision: Decimal(found.b_cubed_precision),
        b_cubed_recall: Decimal(found.b_cubed_recall),
    };
    write_line(&record, out)
}
