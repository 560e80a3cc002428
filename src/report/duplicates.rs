//! How are duplicates written? The kept records byte for byte; a JSON object a line for each removed
//! record and for each cluster.

mod annotated;
mod columns;
mod without;

pub use annotated::write_annotated;

use super::SCHEMA_VERSION;
use super::jsonl::{Decimal, write_line};
use super::summary::Found;
use crate::document::Document;
use crate::duplicates::{
    Duplicate, DuplicateCluster, DuplicateParams, Measure, Search, unique_text,
};
use crate::error::Result;
use crate::fixed::Milli;
use crate::hash::content_id;
use crate::ingest::{Location, Store, Table};
use serde::Serialize;
use serde_json::value::RawValue;
use std::io::{self, Write};

/// What was read, and which of it is the same again.
#[derive(Debug, Clone, Copy)]
pub struct DuplicateReport<'r> {
    /// Where the documents are: first those that were to be cleaned, then those compared with.
    pub locations: &'r [Location],
    /// Number of those that were to be cleaned.
    pub n_own: usize,
    /// Reads them again.
    pub store: &'r Store,
    /// The table that those to be cleaned are rows of, and are written as; `None` for JSON Lines.
    pub table: Option<&'r Table>,
    /// Indices are those of the locations.
    pub clusters: &'r [DuplicateCluster],
    /// How they were compared.
    pub measure: Measure,
    /// Records and files that could not be read.
    pub n_rejects: usize,
}

impl DuplicateReport<'_> {
    /// What the summary says of it.
    pub fn found(&self, params: &DuplicateParams, temp_bytes: u64) -> Found {
        let removed = self.n_removed();
        let banding = match params.search {
            Search::Bands(banding) => Some(banding),
            Search::All => None,
        };
        Found::Duplicates {
            kept: self.n_own - removed,
            removed,
            clusters: self.clusters.len(),
            bands: banding.map(|banding| banding.bands),
            rows: banding.map(|banding| banding.rows),
            temp_bytes,
        }
    }

    fn n_removed(&self) -> usize {
        self.clusters.iter().map(|cluster| cluster.members.len()).sum()
    }

    /// The removed documents in the order of the input, each with the document kept in its place.
    fn removals(&self) -> Vec<(Duplicate, u32)> {
        let of = |cluster: &'_ DuplicateCluster| {
            let kept = cluster.kept as u32;
            cluster.members.iter().map(move |&member| (member, kept)).collect::<Vec<_>>()
        };
        let mut removals: Vec<(Duplicate, u32)> = self.clusters.iter().flat_map(of).collect();
        removals.sort_unstable_by_key(|(member, _)| member.doc);
        removals
    }

    /// Where the kept records are, in the order of the input.
    fn kept(&self) -> impl Iterator<Item = Location> {
        let mut is_kept = vec![true; self.n_own];
        let removed = self.clusters.iter().flat_map(|cluster| &cluster.members);
        removed.for_each(|member| is_kept[member.doc] = false);
        let kept = self.locations.iter().zip(is_kept).filter(|(_, is_kept)| *is_kept);
        kept.map(|(location, _)| *location)
    }

    /// The id of a cluster.
    fn id(&self, cluster: &DuplicateCluster) -> io::Result<String> {
        let docs = std::iter::once(cluster.kept).chain(cluster.members.iter().map(|m| m.doc));
        let names = docs.map(|doc| Ok(self.document(doc)?.name()));
        Ok(id_of(&names.collect::<io::Result<Vec<String>>>()?))
    }

    /// A document, read again.
    pub(super) fn document(&self, doc: usize) -> io::Result<Document> {
        again(self.store.document(self.locations[doc]))
    }

    /// A document's record, and of a text file one that has its path and text.
    fn record(&self, doc: usize) -> io::Result<String> {
        match again(self.store.record(self.locations[doc]))? {
            Some(record) => Ok(record),
            None => Ok(serde_json::to_string(&TextRecord::of(&self.document(doc)?))?),
        }
    }

    fn rule(&self) -> &'static str {
        match self.measure {
            Measure::Jaccard => "jaccard",
            Measure::Containment => "containment",
        }
    }
}

/// What names a cluster, from the names of its documents, the kept one first.
fn id_of(names: &[String]) -> String {
    content_id(names.join("\n").as_bytes())
}

/// What was read again, or why it was not.
fn again<T>(read: Result<T>) -> io::Result<T> {
    read.map_err(io::Error::other)
}

/// An article of a text file.
#[derive(Serialize)]
struct TextRecord<'r> {
    path: &'r str,
    text: &'r str,
}

impl TextRecord<'_> {
    /// As the file has it: offsets count from its first byte.
    fn of(document: &Document) -> TextRecord<'_> {
        TextRecord { path: &document.source.path, text: &document.text }
    }

    /// What an article says: a byte-order mark is the file's.
    fn without_mark(document: &Document) -> TextRecord<'_> {
        let text = document.text.strip_prefix('\u{feff}').unwrap_or(&document.text);
        TextRecord { text, ..TextRecord::of(document) }
    }
}

/// Writes the records that no other stands for, in the order of the input.
pub fn write_kept(report: &DuplicateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    if let Some(table) = report.table {
        writeln!(out, "{}", table.header())?;
    }
    let of_text =
        |document: &Document| Ok(serde_json::to_vec(&TextRecord::without_mark(document))?);
    report.store.copy(report.kept(), report.table.is_some(), out, of_text)?;
    again(report.store.check_unchanged())
}

/// Writes them as a Parquet file, where all inputs are such files with the same columns.
pub fn write_kept_table(report: &DuplicateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    report.store.copy_rows(&mut report.kept(), out)
}

#[derive(Serialize)]
struct RemovedRecord<'r> {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    doc: String,
    kept: String,
    jaccard: Decimal,
    containment: Decimal,
    rule: &'static str,
    /// What the kept record lacks.
    unique_text: Vec<UniqueText<'r>>,
    record: &'r RawValue,
}

#[derive(Serialize)]
struct UniqueText<'r> {
    byte_start: u32,
    byte_end: u32,
    text: &'r str,
}

/// Writes the removed records, in the order of the input, each with what is kept in its place.
pub fn write_removed(report: &DuplicateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (duplicate, kept) in report.removals() {
        let doc = duplicate.doc;
        let (removed, kept) = (report.document(doc)?, report.document(kept as usize)?);
        let unique = unique_text(&removed.text, &kept.text).into_iter().map(|span| UniqueText {
            byte_start: span.start,
            byte_end: span.end,
            text: span.of(&removed.text),
        });
        let record = RemovedRecord {
            record_type: "removed",
            schema_version: SCHEMA_VERSION,
            doc: removed.name(),
            kept: kept.name(),
            jaccard: Decimal(duplicate.jaccard),
            containment: Decimal(duplicate.containment),
            rule: report.rule(),
            unique_text: unique.collect(),
            record: &RawValue::from_string(report.record(doc)?)?,
        };
        write_line(&record, out)?;
    }
    again(report.store.check_unchanged())
}

#[derive(Serialize)]
struct ClusterRecord {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    id: String,
    kept: String,
    rule: &'static str,
    members: Vec<MemberRecord>,
}

#[derive(Serialize)]
struct MemberRecord {
    doc: String,
    path: String,
    line: Option<u64>,
    jaccard: Decimal,
    containment: Decimal,
}

#[derive(Serialize)]
struct ClusterSummary {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    documents: usize,
    kept: usize,
    removed: usize,
    clusters: usize,
    rejects: usize,
}

/// Writes each cluster, by its kept record in the order of the input, the kept one first among its
/// members; then a summary.
pub fn write_clusters(report: &DuplicateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    for cluster in report.clusters {
        let one = Duplicate { doc: cluster.kept, jaccard: Milli::ONE, containment: Milli::ONE };
        let members = std::iter::once(&one).chain(&cluster.members);
        let members: Vec<MemberRecord> =
            members.map(|m| member(report, m)).collect::<io::Result<_>>()?;
        let names: Vec<String> = members.iter().map(|member| member.doc.clone()).collect();
        let record = ClusterRecord {
            record_type: "duplicates",
            schema_version: SCHEMA_VERSION,
            id: id_of(&names),
            kept: members[0].doc.clone(),
            rule: report.rule(),
            members,
        };
        write_line(&record, out)?;
    }
    let summary = ClusterSummary {
        record_type: "summary",
        schema_version: SCHEMA_VERSION,
        documents: report.n_own,
        kept: report.n_own - report.n_removed(),
        removed: report.n_removed(),
        clusters: report.clusters.len(),
        rejects: report.n_rejects,
    };
    write_line(&summary, out)?;
    again(report.store.check_unchanged())
}

fn member(report: &DuplicateReport<'_>, member: &Duplicate) -> io::Result<MemberRecord> {
    let document = report.document(member.doc)?;
    Ok(MemberRecord {
        doc: document.name(),
        path: document.source.path,
        line: document.source.line,
        jaccard: Decimal(member.jaccard),
        containment: Decimal(member.containment),
    })
}
