//! What do the formats need to know of an article, worked out once and only when asked for?

use super::original::Original;
use crate::claim::{ClaimReport, Occurrence};
use crate::provenance::Provenance;
use crate::span::ByteSpan;

/// The articles of a report, by [`crate::document::DocId`].
pub(super) struct Articles<'r>(Vec<Article<'r>>);

/// One article with what was found out about it.
pub(super) struct Article<'r> {
    pub original: Original<'r>,
    pub provenance: &'r Provenance,
    pub language: Option<&'static str>,
    pub furniture: &'r [ByteSpan],
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
                    original: Original::of(document),
                    provenance,
                    language,
                    furniture,
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
    /// What makes two articles one outlet's; `None` where the outlet is unknown.
    pub fn outlet_key(&self) -> Option<&'r str> {
        self.provenance.outlet.as_ref().map(|outlet| outlet.key.as_str())
    }

    /// When it was published, as far as known.
    pub fn when(&self) -> Option<&'r str> {
        self.provenance.published.as_ref().map(|published| published.when.as_str())
    }
}
