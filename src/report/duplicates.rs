//! How are duplicates written? The kept records byte for byte; a JSON object a line for each removed
//! record and for each cluster.

use super::SCHEMA_VERSION;
use super::jsonl::{Decimal, write_line};
use super::summary::Found;
use crate::document::Document;
use crate::duplicates::{Duplicate, DuplicateCluster, DuplicateParams, Measure, Search};
use crate::error::Result;
use crate::fixed::Milli;
use crate::hash::content_id;
use crate::ingest::{Location, Store};
use serde::Serialize;
use serde_json::value::RawValue;
use std::io::{self, Write};

/// What was read, and which of it is the same again.
#[derive(Debug, Clone, Copy)]
pub struct DuplicateReport<'r> {
    /// Where the documents are.
    pub locations: &'r [Location],
    /// Reads them again.
    pub store: &'r Store,
    /// Indices are those of the locations.
    pub clusters: &'r [DuplicateCluster],
    /// How they were compared.
    pub measure: Measure,
    /// Records and files that could not be read.
    pub n_rejects: usize,
}

impl DuplicateReport<'_> {
    /// What the summary says of it.
    pub fn found(&self, params: &DuplicateParams) -> Found {
        let removed = self.n_removed();
        let banding = match params.search {
            Search::Bands(banding) => Some(banding),
            Search::All => None,
        };
        Found::Duplicates {
            kept: self.locations.len() - removed,
            removed,
            clusters: self.clusters.len(),
            bands: banding.map(|banding| banding.bands),
            rows: banding.map(|banding| banding.rows),
        }
    }

    fn n_removed(&self) -> usize {
        self.clusters.iter().map(|cluster| cluster.members.len()).sum()
    }

    /// By document: the document kept in its place, and the scores, where it is removed.
    fn removals(&self) -> Vec<Option<(usize, Duplicate)>> {
        let mut removals = vec![None; self.locations.len()];
        for cluster in self.clusters {
            for &member in &cluster.members {
                removals[member.doc] = Some((cluster.kept, member));
            }
        }
        removals
    }

    fn document(&self, doc: usize) -> io::Result<Document> {
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
    fn of(document: &Document) -> TextRecord<'_> {
        TextRecord { path: &document.source.path, text: &document.text }
    }
}

/// Writes the records that no other stands for, in the order of the input.
pub fn write_kept(report: &DuplicateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let removals = report.removals();
    let is_kept =
        |(location, removal): (&Location, _)| Option::is_none(removal).then_some(*location);
    let kept = report.locations.iter().zip(&removals).filter_map(is_kept);
    report.store.copy(kept, out, |document| Ok(serde_json::to_vec(&TextRecord::of(document))?))?;
    again(report.store.check_unchanged())
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
    record: &'r RawValue,
}

/// Writes the removed records, in the order of the input, each with what is kept in its place.
pub fn write_removed(report: &DuplicateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (doc, removal) in report.removals().iter().enumerate() {
        let Some((kept, duplicate)) = removal else { continue };
        let record = RemovedRecord {
            record_type: "removed",
            schema_version: SCHEMA_VERSION,
            doc: report.document(doc)?.name(),
            kept: report.document(*kept)?.name(),
            jaccard: Decimal(duplicate.jaccard),
            containment: Decimal(duplicate.containment),
            rule: report.rule(),
            record: &RawValue::from_string(report.record(doc)?)?,
        };
        write_line(&record, out)?;
    }
    Ok(())
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
        let names: Vec<&str> = members.iter().map(|member| member.doc.as_str()).collect();
        let record = ClusterRecord {
            record_type: "duplicates",
            schema_version: SCHEMA_VERSION,
            id: content_id(names.join("\n").as_bytes()),
            kept: members[0].doc.clone(),
            rule: report.rule(),
            members,
        };
        write_line(&record, out)?;
    }
    let summary = ClusterSummary {
        record_type: "summary",
        schema_version: SCHEMA_VERSION,
        documents: report.locations.len(),
        kept: report.locations.len() - report.n_removed(),
        removed: report.n_removed(),
        clusters: report.clusters.len(),
        rejects: report.n_rejects,
    };
    write_line(&summary, out)
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
