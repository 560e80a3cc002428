//! Half-open ranges of a document's original text, in bytes and in code points.

/// A half-open byte range `start..end` of one document's original text.
///
/// Both ends lie on character boundaries. Four bytes each: ingest rejects texts of 4 GiB and more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte; never below `start`.
    pub end: u32,
}

impl ByteSpan {
    /// The range `start..end` of a text; both ends fit 32 bits because every text does.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        ByteSpan { start: start as u32, end: end as u32 }
    }

    /// As a range to index the text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The bytes of `text` that the span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: ByteSpan) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Number of bytes that both cover.
    pub fn overlap(self, other: ByteSpan) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start)) as usize
    }
}

/// A span as it leaves the crate: the byte range with its code-point range beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The bytes.
    pub bytes: ByteSpan,
    /// First code point, counted from the start of the text.
    pub char_start: u32,
    /// One past the last code point.
    pub char_end: u32,
}

/// Converts byte offsets of one text to code-point offsets in O(1): a count every 64 bytes, and a
/// short count from there.
pub struct CharIndex<'t> {
    text: &'t str,
    /// `counts[i]` is the number of code points that start before byte `64 * i`.
    counts: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'t> CharIndex<'t> {
    /// Indexes `text` in one pass.
    pub fn new(text: &'t str) -> Self {
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut n = 0;
        for block in text.as_bytes().chunks(STRIDE) {
            counts.push(n);
            n += count_starts(block);
        }
        CharIndex { text, counts }
    }

    /// The span with both its ranges.
    pub fn span(&self, bytes: ByteSpan) -> Span {
        Span {
            bytes,
            char_start: self.chars_before(bytes.start as usize),
            char_end: self.chars_before(bytes.end as usize),
        }
    }

    fn chars_before(&self, byte: usize) -> u32 {
        let block = (byte / STRIDE).min(self.counts.len().saturating_sub(1));
        match self.counts.get(block) {
            Some(n) => n + count_starts(&self.text.as_bytes()[block * STRIDE..byte]),
            None => 0,
        }
    }
}

/// Number of bytes that start a code point: all but UTF-8 continuation bytes.
fn count_starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_a_plain_count_at_every_boundary() {
        let text = "\u{feff}Ia berkata: “é\u{301}👍🏽 ya”\r\n".repeat(9);
        let index = CharIndex::new(&text);
        for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let span = index.span(ByteSpan::new(byte, text.len()));
            assert_eq!(span.char_start as usize, text[..byte].chars().count(), "at byte {byte}");
            assert_eq!(span.char_end as usize, text.chars().count());
        }
        assert_eq!(CharIndex::new("").span(ByteSpan::new(0, 0)).char_end, 0);
    }

    #[test]
    fn overlap_is_symmetric_and_zero_when_apart() {
        let (a, b, c) = (ByteSpan::new(0, 5), ByteSpan::new(3, 9), ByteSpan::new(5, 6));
        assert_eq!((a.overlap(b), b.overlap(a), a.overlap(c)), (2, 2, 0));
        assert!(b.contains(c) && !a.contains(c));
    }
}
