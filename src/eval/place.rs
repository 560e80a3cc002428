//! When are two passages the same place? Where they share more than half of the shorter one.

use crate::span::ByteSpan;

/// A passage of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The document's file name ([`file_name`]).
    pub doc: String,
    /// Where it stands; never empty.
    pub span: ByteSpan,
    /// Its text, as long as `span`.
    pub exact: String,
}

impl Place {
    /// Whether both stand in one document and share more than half of the shorter one's bytes.
    pub fn matches(&self, other: &Place) -> bool {
        let shorter = self.span.len().min(other.span.len());
        self.doc == other.doc && shorter < 2 * self.span.overlap(other.span)
    }

    /// What both cover, in each one's own text; empty where they are apart.
    pub fn common<'p>(&'p self, other: &'p Place) -> (&'p [u8], &'p [u8]) {
        let start = self.span.start.max(other.span.start);
        let end = self.span.end.min(other.span.end);
        (self.bytes(start, end), other.bytes(start, end))
    }

    /// The text between the two starts and between the two ends, of two places that overlap in one
    /// text.
    pub fn gaps<'p>(&'p self, other: &'p Place) -> (&'p str, &'p str) {
        let (first, second) =
            if self.span.start <= other.span.start { (self, other) } else { (other, self) };
        let (shorter, longer) =
            if self.span.end <= other.span.end { (self, other) } else { (other, self) };
        (
            first.text(first.span.start, second.span.start),
            longer.text(shorter.span.end, longer.span.end),
        )
    }

    fn bytes(&self, start: u32, end: u32) -> &[u8] {
        self.exact.as_bytes().get(self.range(start, end)).unwrap_or_default()
    }

    fn text(&self, start: u32, end: u32) -> &str {
        self.exact.get(self.range(start, end)).unwrap_or_default()
    }

    fn range(&self, start: u32, end: u32) -> std::ops::Range<usize> {
        let within = |offset: u32| offset.saturating_sub(self.span.start) as usize;
        within(start)..within(end)
    }
}

/// What a document is compared by: its name after the last `/` or `\`.
pub fn file_name(doc: &str) -> &str {
    doc.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(doc)
}
