//! How is it shown how good found duplicates are? As lines to read, or as records: one of
//! all documents, and one for each group of the copies that the truth tells of.

use crate::eval::Share;
use crate::eval::copies::{Band, CopyRecall, Undergone};
use crate::eval::duplicates::{DuplicateEvaluation, PartitionAgreement};
use crate::fixed::Milli;
use crate::report::SCHEMA_VERSION;
use crate::report::jsonl::{Decimal, write_line};
use crate::report::screen::escape_line;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes the measures as lines to read.
pub fn write_text(found: &DuplicateEvaluation, out: &mut dyn Write) -> io::Result<()> {
    agreement(&found.agreement, out)?;
    let CopyRecall { by_jaccard, by_edit, by_containment, look_alikes } = &found.copies;
    table("Copies found, by Jaccard similarity", by_jaccard, band_label, out)?;
    table("Copies found, by edit", by_edit, undergone_label, out)?;
    table("Excerpts found, by containment", by_containment, band_label, out)?;
    table("Look-alikes taken, by edit", look_alikes, undergone_label, out)
}

/// A row for each group; nothing where there is none.
fn table<G>(
    title: &str,
    groups: &BTreeMap<G, Share>,
    label: impl Fn(&G) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    if groups.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    for (group, share) in groups {
        let Share { n_right, n } = *share;
        let value = decimal(share.value().unwrap_or_default());
        writeln!(out, "  {:<16}{n_right:>9} of {n:<9}{value:>6}", label(group))?;
    }
    Ok(())
}

fn band_label(band: &Band) -> String {
    let hundredths = |Milli(n): Milli| format!("{}.{:02}", n / 1000, n % 1000 / 10);
    format!("{} to {}", hundredths(band.from()), hundredths(band.to()))
}

fn undergone_label(undergone: &Undergone) -> String {
    match undergone {
        Undergone::One(edit) => escape_line(edit).into_owned(),
        Undergone::Several => SEVERAL.to_owned(),
    }
}

const SEVERAL: &str = "several";

fn decimal(Milli(n): Milli) -> String {
    format!("{:.3}", n as f64 / 1000.0)
}

fn agreement(found: &PartitionAgreement, out: &mut dyn Write) -> io::Result<()> {
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

#[derive(Serialize)]
struct GroupRecord<'r> {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    by: &'static str,
    from: Option<Decimal>,
    to: Option<Decimal>,
    edit: Option<&'r str>,
    right: usize,
    of: usize,
    share: Option<Decimal>,
}

/// Writes the measures as JSON Lines.
pub fn write_jsonl(found: &DuplicateEvaluation, out: &mut dyn Write) -> io::Result<()> {
    write_line(&agreement_record(&found.agreement), out)?;
    let CopyRecall { by_jaccard, by_edit, by_containment, look_alikes } = &found.copies;
    for (band, &share) in by_jaccard {
        write_line(&band_record("jaccard", *band, share), out)?;
    }
    for (undergone, &share) in by_edit {
        write_line(&edit_record(COPIES, undergone, share), out)?;
    }
    for (band, &share) in by_containment {
        write_line(&band_record("containment", *band, share), out)?;
    }
    for (undergone, &share) in look_alikes {
        write_line(&edit_record("look-alikes", undergone, share), out)?;
    }
    Ok(())
}

const COPIES: &str = "copies";

fn band_record(by: &'static str, band: Band, share: Share) -> GroupRecord<'static> {
    let (from, to) = (Some(Decimal(band.from())), Some(Decimal(band.to())));
    GroupRecord { by, from, to, ..group_record(COPIES, share) }
}

fn edit_record<'r>(
    record_type: &'static str,
    undergone: &'r Undergone,
    share: Share,
) -> GroupRecord<'r> {
    let edit = match undergone {
        Undergone::One(edit) => edit,
        Undergone::Several => SEVERAL,
    };
    GroupRecord { edit: Some(edit), ..group_record(record_type, share) }
}

/// A record of a group that is not yet named.
fn group_record<'r>(record_type: &'static str, share: Share) -> GroupRecord<'r> {
    GroupRecord {
        record_type,
        schema_version: SCHEMA_VERSION,
        by: "edit",
        from: None,
        to: None,
        edit: None,
        right: share.n_right,
        of: share.n,
        share: share.value().map(Decimal),
    }
}

fn agreement_record(found: &PartitionAgreement) -> Record {
    Record {
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
    }
}
