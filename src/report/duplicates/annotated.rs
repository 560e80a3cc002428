//! All records, each with what became of it.

use super::columns::Columns;
use super::without::without;
use super::{DuplicateReport, TextRecord, again};
use crate::report::jsonl::Decimal;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

/// The field of a record.
const FIELD: &str = "kutip";

/// The columns of a row instead.
const COLUMNS: [&str; 5] =
    ["kutip_cluster", "kutip_kept", "kutip_of", "kutip_jaccard", "kutip_containment"];

/// What became of a record.
#[derive(Serialize)]
struct Annotation {
    /// The id of its cluster; `None` where nothing is like it.
    cluster: Option<String>,
    kept: bool,
    /// The record that would be kept in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jaccard: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    containment: Option<Decimal>,
}

impl Annotation {
    /// In the order of [`COLUMNS`]; empty where there is nothing to say.
    fn cells(self) -> io::Result<[String; 5]> {
        let score = |score: Option<Decimal>| match score {
            Some(score) => serde_json::to_string(&score),
            None => Ok(String::new()),
        };
        Ok([
            self.cluster.unwrap_or_default(),
            self.kept.to_string(),
            self.of.unwrap_or_default(),
            score(self.jaccard)?,
            score(self.containment)?,
        ])
    }
}

/// Writes all records in the order of the input, each with a last field `kutip` that says what
/// became of it; of a table the rows, each with a column for each of these things. What an earlier run
/// said there is replaced.
pub fn write_annotated(report: &DuplicateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let columns = report.table.map(|table| Columns::new(table, COLUMNS));
    if let Some(columns) = &columns {
        columns.write_header(out)?;
    }
    each_annotation(report, |doc, annotation| match &columns {
        Some(columns) => {
            let row = again(report.store.row(report.locations[doc]))?;
            columns.write_row(&row, &annotation.cells()?, out)
        }
        None => write_record(report, doc, &annotation, out),
    })?;
    again(report.store.check_unchanged())
}

/// Gives `each` the documents that were to be cleaned, in their order.
fn each_annotation(
    report: &DuplicateReport<'_>,
    mut each: impl FnMut(usize, Annotation) -> io::Result<()>,
) -> io::Result<()> {
    let mut clusters: Vec<Option<usize>> = vec![None; report.locations.len()];
    for (idx, cluster) in report.clusters.iter().enumerate() {
        let docs = cluster.members.iter().map(|member| member.doc).chain([cluster.kept]);
        docs.for_each(|doc| clusters[doc] = Some(idx));
    }
    let ids = report.clusters.iter().map(|cluster| report.id(cluster));
    let ids: Vec<String> = ids.collect::<io::Result<_>>()?;
    let mut removals = report.removals().into_iter().peekable();
    for (doc, cluster) in clusters[..report.n_own].iter().enumerate() {
        let removal = removals.next_if(|(member, _)| member.doc == doc);
        let name = |(_, kept)| report.document(kept as usize).map(|document| document.name());
        let annotation = Annotation {
            cluster: cluster.map(|idx| ids[idx].clone()),
            kept: removal.is_none(),
            of: removal.map(name).transpose()?,
            jaccard: removal.map(|(duplicate, _)| Decimal(duplicate.jaccard)),
            containment: removal.map(|(duplicate, _)| Decimal(duplicate.containment)),
        };
        each(doc, annotation)?;
    }
    Ok(())
}

fn write_record(
    report: &DuplicateReport<'_>,
    doc: usize,
    annotation: &Annotation,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut record = match again(report.store.record(report.locations[doc]))? {
        Some(record) => record,
        None => serde_json::to_string(&TextRecord::without_mark(&report.document(doc)?))?,
    };
    // What an earlier run said of it, or of the row that it was, is no longer true.
    for name in COLUMNS.iter().chain([&FIELD]) {
        if let Cow::Owned(rest) = without(&record, name) {
            record = rest;
        }
    }
    // A record is a JSON object with a text in it.
    let (fields, end) = record.split_at(record.rfind('}').unwrap_or(record.len()));
    writeln!(out, "{fields},\"{FIELD}\":{}{end}", serde_json::to_string(annotation)?)
}
