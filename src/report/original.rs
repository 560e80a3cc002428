//! What do the formats need to know of a document's text, worked out once and only when asked for?

use crate::document::Document;
use crate::hash::sha256_hex;
use crate::span::{ByteSpan, CharIndex, Span};
use std::sync::OnceLock;

/// A document with what is asked of its text.
pub(super) struct Original<'r> {
    pub document: &'r Document,
    chars: OnceLock<CharIndex<'r>>,
    line_ends: OnceLock<Vec<usize>>,
    text_sha256: OnceLock<String>,
}

impl<'r> Original<'r> {
    pub fn of(document: &'r Document) -> Self {
        Original {
            document,
            chars: OnceLock::new(),
            line_ends: OnceLock::new(),
            text_sha256: OnceLock::new(),
        }
    }

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
}
