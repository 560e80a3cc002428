//! What do the formats need to know of an article, worked out once and only when asked for?

use crate::claim::{ClaimReport, Occurrence};
use crate::document::Document;
use crate::hash::sha256_hex;
use crate::provenance::Provenance;
use crate::span::{ByteSpan, CharIndex, Span};
use std::cell::OnceCell;

/// The articles of a report, by [`crate::document::DocId`].
pub(super) struct Articles<'r>(Vec<Article<'r>>);

/// One article with what was found out about it.
pub(super) struct Article<'r> {
    pub document: &'r Document,
    pub provenance: &'r Provenance,
    pub language: Option<&'static str>,
    pub furniture: &'r [ByteSpan],
    chars: OnceCell<CharIndex<'r>>,
    line_ends: OnceCell<Vec<usize>>,
    text_sha256: OnceCell<String>,
}

impl<'r> Articles<'r> {
    pub fn of(report: &'r ClaimReport) -> Self {
        let known = report.provenance.iter().zip(&report.languages).zip(&report.furniture);
        Articles(
            report
                .documents
                .iter()
                .zip(known)
                .map(|(document, ((provenance, &language), furniture))| Article {
                    document,
                    provenance,
                    language,
                    furniture,
                    chars: OnceCell::new(),
                    line_ends: OnceCell::new(),
                    text_sha256: OnceCell::new(),
                })
                .collect(),
        )
    }

    /// The article that carries an occurrence.
    pub fn carrying(&self, occurrence: &Occurrence) -> &Article<'r> {
        &self.0[occurrence.doc.idx()]
    }

    pub fn get(&self, doc: crate::document::DocId) -> &Article<'r> {
        &self.0[doc.idx()]
    }

    pub fn iter(&self) -> impl Iterator<Item = &Article<'r>> {
        self.0.iter()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl<'r> Article<'r> {
    /// The span with its code points.
    pub fn span(&self, bytes: ByteSpan) -> Span {
        self.chars.get_or_init(|| CharIndex::new(&self.document.text)).span(bytes)
    }

    /// The text's SHA-256 in hex digits.
    pub fn text_sha256(&self) -> &str {
        self.text_sha256.get_or_init(|| sha256_hex(&self.document.text))
    }

    /// Where a person finds the span: `path:line`, the record's line in a file of records, else
    /// the line of the file that the span begins in.
    pub fn place(&self, span: ByteSpan) -> String {
        let source = &self.document.source;
        let line = source.line.unwrap_or_else(|| self.line(span));
        format!("{}:{line}", source.path)
    }

    /// Line of the text that the span begins in, from 1.
    fn line(&self, span: ByteSpan) -> u64 {
        let ends = self
            .line_ends
            .get_or_init(|| memchr::memchr_iter(b'\n', self.document.text.as_bytes()).collect());
        ends.partition_point(|&end| end < span.start as usize) as u64 + 1
    }

    /// What makes two articles one outlet's; `None` where the outlet is unknown.
    pub fn outlet_key(&self) -> Option<&'r str> {
        self.provenance.outlet.as_ref().map(|outlet| outlet.key.as_str())
    }

    /// When it was published, as far as known.
    pub fn when(&self) -> Option<&'r str> {
        self.provenance.published.as_ref().map(|published| published.when.as_str())
    }
}
