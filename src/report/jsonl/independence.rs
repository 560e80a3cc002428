//! The records that say how independent the articles of a claim are.

use super::{SpanRecord, span_record};
use crate::claim::{Claim, CopiedFrom, IndependentLines, Link, Omission};
use crate::report::article::Articles;
use crate::report::labels;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct LinesRecord<'r> {
    lower: usize,
    upper: usize,
    because: Vec<LinkRecord<'r>>,
}

#[derive(Serialize)]
struct LinkRecord<'r> {
    a: usize,
    b: usize,
    strength: &'static str,
    kind: &'static str,
    name: Option<&'r str>,
    words: usize,
    spans: Vec<EvidenceRecord>,
}

#[derive(Serialize)]
struct EvidenceRecord {
    occurrence: usize,
    #[serde(flatten)]
    span: SpanRecord,
}

#[derive(Serialize)]
pub(super) struct OmissionRecord<'r> {
    outlet: &'r str,
    documents: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct CopiedRecord {
    occurrence: usize,
    because: String,
}

pub(super) fn lines_record<'r>(
    lines: &'r IndependentLines,
    claim: &Claim,
    articles: &Articles<'r>,
) -> LinesRecord<'r> {
    LinesRecord {
        lower: lines.lower,
        upper: lines.upper,
        because: lines.because.iter().map(|link| link_record(link, claim, articles)).collect(),
    }
}

fn link_record<'r>(link: &'r Link, claim: &Claim, articles: &Articles<'r>) -> LinkRecord<'r> {
    let evidence = |&(occurrence, span): &(usize, _)| EvidenceRecord {
        occurrence,
        span: span_record(span, &articles.carrying(&claim.occurrences[occurrence]).original),
    };
    LinkRecord {
        a: link.a,
        b: link.b,
        strength: labels::strength(link.strength),
        kind: labels::link(link.kind),
        name: link.name.as_deref(),
        words: link.n_words,
        spans: link.spans.iter().map(evidence).collect(),
    }
}

pub(super) fn omission_record<'r>(
    omission: &'r Omission,
    articles: &Articles<'r>,
) -> OmissionRecord<'r> {
    let name = |&doc: &_| articles.get(doc).original.document.name();
    let mut documents: Vec<String> = omission.documents.iter().map(name).collect();
    documents.sort_unstable();
    OmissionRecord { outlet: &omission.outlet, documents }
}

pub(super) fn copied_record(copied: &CopiedFrom) -> CopiedRecord {
    CopiedRecord { occurrence: copied.occurrence, because: labels::copy_sign(&copied.because) }
}
