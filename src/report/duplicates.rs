//! How are duplicates written? The kept records byte for byte; a JSON object a line for each removed
//! record and for each cluster, then one summary.
//!
//! Nothing here depends on the time, the machine or the number of threads.

use super::SCHEMA_VERSION;
use super::jsonl::{Decimal, write_line};
use super::summary::Found;
use crate::document::Document;
use crate::duplicates::{Duplicate, DuplicateCluster};
use crate::fixed::Milli;
use crate::hash::content_id;
use crate::ingest::Batch;
use crate::lsh::Banding;
use serde::Serialize;
use serde_json::value::RawValue;
use std::io::{self, Write};

/// What was read, and which of it is the same again.
#[derive(Debug, Clone, Copy)]
pub struct DuplicateReport<'r> {
    /// Read with its records.
    pub batch: &'r Batch,
    /// Indices are those of the batch's documents.
    pub clusters: &'r [DuplicateCluster],
}

impl DuplicateReport<'_> {
    /// What the summary says of it.
    pub fn found(&self, banding: Banding) -> Found {
        let removed = self.n_removed();
        Found::Duplicates {
            kept: self.batch.documents.len() - removed,
            removed,
            clusters: self.clusters.len(),
            bands: banding.bands,
            rows: banding.rows,
        }
    }

    fn n_removed(&self) -> usize {
        self.clusters.iter().map(|cluster| cluster.members.len()).sum()
    }

    /// By document: the document kept in its place, and the scores, where it is removed.
    fn removals(&self) -> Vec<Option<(usize, Duplicate)>> {
        let mut removals = vec![None; self.batch.documents.len()];
        for cluster in self.clusters {
            for &member in &cluster.members {
                removals[member.doc] = Some((cluster.kept, member));
            }
        }
        removals
    }

    /// A document's record, and of a text file one that has its path and text.
    fn record(&self, doc: usize) -> io::Result<Vec<u8>> {
        let record = &self.batch.records[doc];
        if !record.is_empty() {
            return Ok(record.clone());
        }
        let Document { source, text, .. } = &self.batch.documents[doc];
        Ok(serde_json::to_vec(&TextRecord { path: &source.path, text })?)
    }
}

/// An article of a text file.
#[derive(Serialize)]
struct TextRecord<'r> {
    path: &'r str,
    text: &'r str,
}

/// Writes the records that no other stands for, in the order of the input.
pub fn write_kept(report: &DuplicateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (doc, removal) in report.removals().iter().enumerate() {
        if removal.is_none() {
            out.write_all(&report.record(doc)?)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
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

/// The only measure so far.
const RULE: &str = "jaccard";

/// Writes the removed records, in the order of the input, each with what is kept in its place.
pub fn write_removed(report: &DuplicateReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (doc, removal) in report.removals().iter().enumerate() {
        let Some((kept, duplicate)) = removal else { continue };
        let record = String::from_utf8(report.record(doc)?).map_err(io::Error::other)?;
        let record = RemovedRecord {
            record_type: "removed",
            schema_version: SCHEMA_VERSION,
            doc: report.batch.documents[doc].name(),
            kept: report.batch.documents[*kept].name(),
            jaccard: Decimal(duplicate.jaccard),
            containment: Decimal(duplicate.containment),
            rule: RULE,
            record: &RawValue::from_string(record)?,
        };
        write_line(&record, out)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct ClusterRecord<'r> {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    id: String,
    kept: String,
    rule: &'static str,
    members: Vec<MemberRecord<'r>>,
}

#[derive(Serialize)]
struct MemberRecord<'r> {
    doc: String,
    path: &'r str,
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
        let members: Vec<MemberRecord<'_>> = members.map(|m| member(report, m)).collect();
        let names: Vec<&str> = members.iter().map(|member| member.doc.as_str()).collect();
        let record = ClusterRecord {
            record_type: "duplicates",
            schema_version: SCHEMA_VERSION,
            id: content_id(names.join("\n").as_bytes()),
            kept: members[0].doc.clone(),
            rule: RULE,
            members,
        };
        write_line(&record, out)?;
    }
    let n_documents = report.batch.documents.len();
    let summary = ClusterSummary {
        record_type: "summary",
        schema_version: SCHEMA_VERSION,
        documents: n_documents,
        kept: n_documents - report.n_removed(),
        removed: report.n_removed(),
        clusters: report.clusters.len(),
        rejects: report.batch.rejects.len(),
    };
    write_line(&summary, out)
}

fn member<'r>(report: &DuplicateReport<'r>, member: &Duplicate) -> MemberRecord<'r> {
    let document = &report.batch.documents[member.doc];
    MemberRecord {
        doc: document.name(),
        path: &document.source.path,
        line: document.source.line,
        jaccard: Decimal(member.jaccard),
        containment: Decimal(member.containment),
    }
}
