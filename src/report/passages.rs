//! How are the passages that articles share written? As JSON Lines, each passage, then one summary,
//! with the fields of [`super::schema`]; or as the XML of the PAN competitions, see [`pan`].

use super::jsonl::{Decimal, SpanRecord, span_record, write_line};
use super::original::Original;
use super::{SCHEMA_VERSION, context, labels};
use crate::hash::content_id;
use crate::pipeline::ReuseReport;
use crate::reuse::Reuse;
use crate::span::ByteSpan;
use serde::Serialize;
use std::io::{self, Write};

pub mod pan;

/// Writes a record for each passage, in the report's order, then the summary.
pub fn write(report: &ReuseReport, n_rejects: usize, out: &mut dyn Write) -> io::Result<()> {
    let originals: Vec<Original> = report.documents.iter().map(Original::of).collect();
    for reuse in &report.passages {
        let (a, b) = reuse.docs;
        write_line(&passage(reuse, (&originals[a.idx()], &originals[b.idx()])), out)?;
    }
    let summary = SummaryRecord {
        record_type: "summary",
        schema_version: SCHEMA_VERSION,
        documents: report.documents.len(),
        rejects: n_rejects,
        passages: report.passages.len(),
    };
    write_line(&summary, out)
}

#[derive(Serialize)]
struct PassageRecord<'r> {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    id: String,
    grade: &'static str,
    in_order: bool,
    score: ScoreRecord,
    a: SideRecord<'r>,
    b: SideRecord<'r>,
}

#[derive(Serialize)]
struct ScoreRecord {
    mass: Decimal,
    containment: Decimal,
}

#[derive(Serialize)]
struct SideRecord<'r> {
    doc: String,
    path: &'r str,
    line: Option<u64>,
    encoding: &'static str,
    text_sha256: String,
    #[serde(flatten)]
    span: SpanRecord,
    words: u32,
    exact: &'r str,
    prefix: &'r str,
    suffix: &'r str,
}

#[derive(Serialize)]
struct SummaryRecord {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    documents: usize,
    rejects: usize,
    passages: usize,
}

fn passage<'r>(reuse: &Reuse, (a, b): (&Original<'r>, &Original<'r>)) -> PassageRecord<'r> {
    let exact = |original: &Original<'r>, span: ByteSpan| span.of(&original.document.text);
    PassageRecord {
        record_type: "passage",
        schema_version: SCHEMA_VERSION,
        id: content_id([exact(a, reuse.spans.0), exact(b, reuse.spans.1)].join("\0").as_bytes()),
        grade: labels::grade(reuse.grade),
        in_order: reuse.in_order,
        score: ScoreRecord { mass: Decimal(reuse.mass), containment: Decimal(reuse.containment) },
        a: side(a, reuse.spans.0, reuse.n_words.0),
        b: side(b, reuse.spans.1, reuse.n_words.1),
    }
}

fn side<'r>(original: &Original<'r>, span: ByteSpan, n_words: u32) -> SideRecord<'r> {
    let document = original.document;
    SideRecord {
        doc: document.name(),
        path: &document.source.path,
        line: document.source.line,
        encoding: document.source.encoding,
        text_sha256: original.text_sha256().to_owned(),
        span: span_record(span, original),
        words: n_words,
        exact: span.of(&document.text),
        prefix: context::prefix(&document.text, span),
        suffix: context::suffix(&document.text, span),
    }
}
