//! Where do lines end, in one-byte units or in those of UTF-16?
//!
//! Records are read many at a time, and cut in the raw bytes before any decoding, so that a record
//! that cannot be decoded is lost alone. Where one ends [`Cut`] tells: at a line feed, or elsewhere.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::io::{self, Read};

/// What tells where records end.
pub trait Cut {
    /// Where the last record that ends in `bytes` does. What is before `from` was given before.
    fn last_end(&mut self, bytes: &[u8], from: usize) -> Option<usize>;

    /// Where all records ended that did so since this was asked, if they are noted.
    fn take_ends(&mut self) -> Vec<usize> {
        Vec::new()
    }
}

/// How a line feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `0A`: UTF-8 and every charset that contains ASCII.
    Byte,
    /// `0A 00` at an even offset.
    Utf16Le,
    /// `00 0A` at an even offset.
    Utf16Be,
}

impl Unit {
    /// The unit of a stream in `utf16`, or in bytes.
    pub fn of(utf16: Option<&'static Encoding>) -> Unit {
        match utf16 {
            Some(e) if e == UTF_16LE => Unit::Utf16Le,
            Some(e) if e == UTF_16BE => Unit::Utf16Be,
            _ => Unit::Byte,
        }
    }

    /// Its length.
    pub fn n_bytes(self) -> usize {
        if self == Unit::Byte { 1 } else { 2 }
    }

    /// One byte for each whole unit: itself where it is ASCII, and else one that is not.
    pub fn narrow(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        let narrow = |high: u8, low: u8| if high == 0 && low.is_ascii() { low } else { u8::MAX };
        match self {
            Unit::Byte => Cow::Borrowed(bytes),
            Unit::Utf16Le => bytes.chunks_exact(2).map(|pair| narrow(pair[1], pair[0])).collect(),
            Unit::Utf16Be => bytes.chunks_exact(2).map(|pair| narrow(pair[0], pair[1])).collect(),
        }
    }

    fn is_feed(self, pair: &[u8]) -> bool {
        pair == if self == Unit::Utf16Le { b"\n\0" } else { b"\0\n" }
    }

    /// Where the first line of `bytes` ends, behind its feed.
    fn first_end(self, bytes: &[u8]) -> Option<usize> {
        if self == Unit::Byte {
            return memchr::memchr(b'\n', bytes).map(|at| at + 1);
        }
        bytes.chunks_exact(2).position(|pair| self.is_feed(pair)).map(|at| 2 * at + 2)
    }

    /// Where the last feed of `bytes` from `from` on ends.
    fn last_feed_end(self, bytes: &[u8], from: usize) -> Option<usize> {
        if self == Unit::Byte {
            return memchr::memrchr(b'\n', &bytes[from..]).map(|at| from + at + 1);
        }
        let from = from / 2;
        let mut pairs = bytes.chunks_exact(2).skip(from);
        pairs.rposition(|pair| self.is_feed(pair)).map(|at| 2 * (from + at) + 2)
    }

    /// The lines of `bytes`, each with its line feed; the last may have none.
    pub fn lines(self, mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
        std::iter::from_fn(move || {
            let end = self.first_end(bytes).unwrap_or(bytes.len());
            let (line, rest) = bytes.split_at(end);
            bytes = rest;
            (!line.is_empty()).then_some(line)
        })
    }

    /// The number of line feeds.
    pub fn n_feeds(self, bytes: &[u8]) -> u64 {
        let n = match self {
            Unit::Byte => memchr::memchr_iter(b'\n', bytes).count(),
            _ => bytes.chunks_exact(2).filter(|pair| self.is_feed(pair)).count(),
        };
        n as u64
    }

    /// Bytes of the line ends that `bytes` begins with.
    pub fn n_blank(self, bytes: &[u8]) -> usize {
        let is_end = |unit: &[u8]| matches!(&*self.narrow(unit), b"\n" | b"\r");
        bytes.chunks(self.n_bytes()).take_while(|unit| is_end(unit)).count() * self.n_bytes()
    }

    /// A line without its line feed.
    pub fn without_feed(self, line: &[u8]) -> &[u8] {
        match line.len().checked_sub(self.n_bytes()) {
            Some(at) if self.first_end(&line[at..]).is_some() => &line[..at],
            _ => line,
        }
    }

    /// Cuts `bytes` behind line feeds, into parts of at most `most` bytes unless a line is longer.
    pub fn parts(self, bytes: &[u8], most: usize) -> Vec<&[u8]> {
        let (mut parts, mut rest) = (Vec::new(), bytes);
        while let Some(end) = self.part_end(rest, most) {
            let (part, after) = rest.split_at(end);
            parts.push(part);
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(rest);
        }
        parts
    }

    fn part_end(self, bytes: &[u8], most: usize) -> Option<usize> {
        let within = self.last_feed_end(&bytes[..bytes.len().min(most)], 0);
        within.or_else(|| self.first_end(bytes))
    }
}

/// Lines are records.
impl Cut for Unit {
    fn last_end(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        self.last_feed_end(bytes, from)
    }
}

/// Why a block ends where it does.
#[derive(Debug)]
pub enum BlockEnd {
    /// A record ends here, and another may follow.
    Feed,
    /// The last record is longer than records may be, and goes on in the next block.
    Inside,
    /// The input ends.
    Input,
    /// The input breaks off in the last record.
    Broken(io::Error),
}

/// Records that follow each other.
#[derive(Debug)]
pub struct Block {
    /// The first `n_bytes` are the block's.
    buffer: Vec<u8>,
    n_bytes: usize,
    /// Whether the first record is the rest of one that is too long.
    pub is_rest: bool,
    /// Where records end in it, if that is noted; the last one may have no end.
    pub ends: Vec<usize>,
    /// Why it ends.
    pub end: BlockEnd,
}

impl Block {
    /// Whole records with their ends; the first and the last may be parts, as `is_rest` and
    /// `end` tell.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[..self.n_bytes]
    }

    /// Its memory, for another block.
    pub fn into_buffer(self) -> Vec<u8> {
        self.buffer
    }

    fn append(&mut self, bytes: &[u8]) {
        let end = self.n_bytes + bytes.len();
        self.grow(end);
        self.buffer[self.n_bytes..end].copy_from_slice(bytes);
        self.n_bytes = end;
    }

    fn grow(&mut self, n_bytes: usize) {
        if self.buffer.len() < n_bytes {
            self.buffer.resize(n_bytes, 0);
        }
    }

    /// Reads until there are `n_bytes`; gives why there are fewer.
    fn fill(&mut self, input: &mut impl Read, n_bytes: usize) -> Option<BlockEnd> {
        self.grow(n_bytes);
        while self.n_bytes < n_bytes {
            match input.read(&mut self.buffer[self.n_bytes..n_bytes]) {
                Ok(0) => return Some(BlockEnd::Input),
                Ok(n_read) => self.n_bytes += n_read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Some(BlockEnd::Broken(error)),
            }
        }
        None
    }
}

/// How much is read at once.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Bytes of a block, unless its record is longer.
    pub block_bytes: usize,
    /// Bytes that a record may have, with its end.
    pub line_bytes: u64,
}

/// Reads blocks of records.
#[derive(Debug)]
pub struct Blocks<R, C> {
    input: R,
    cut: C,
    sizes: Sizes,
    /// The beginning of a record that was read with those before it.
    carry: Vec<u8>,
    /// Whether the next block begins inside a record that is too long.
    is_inside: bool,
    has_ended: bool,
}

impl<R: Read, C: Cut> Blocks<R, C> {
    /// Nothing read yet.
    pub fn new(input: R, cut: C, sizes: Sizes) -> Self {
        Blocks { input, cut, sizes, carry: Vec::new(), is_inside: false, has_ended: false }
    }

    /// The next block, in the memory of `buffer`; `None` after the end. Only the last one may be empty.
    pub fn next(&mut self, buffer: Vec<u8>) -> Option<Block> {
        if self.has_ended {
            return None;
        }
        let (is_rest, ends) = (self.is_inside, Vec::new());
        let mut block = Block { buffer, n_bytes: 0, is_rest, ends, end: BlockEnd::Feed };
        block.append(&self.carry);
        self.carry.clear();
        block.end = self.read_records(&mut block);
        block.ends = self.cut.take_ends();
        self.is_inside = matches!(block.end, BlockEnd::Inside);
        self.has_ended = matches!(block.end, BlockEnd::Input | BlockEnd::Broken(_));
        Some(block)
    }

    /// What was read behind the last block.
    pub fn carry(&self) -> &[u8] {
        &self.carry
    }

    fn read_records(&mut self, block: &mut Block) -> BlockEnd {
        loop {
            // A long record is read in steps that double, so that its copies take no time.
            let searched = block.n_bytes;
            let wanted = self.sizes.block_bytes.max(2 * searched);
            let end = block.fill(&mut self.input, wanted);
            let cut = self.cut.last_end(block.bytes(), searched);
            if let Some(end) = end {
                return end;
            }
            if let Some(cut) = cut {
                self.carry.extend_from_slice(&block.bytes()[cut..]);
                block.n_bytes = cut;
                return BlockEnd::Feed;
            }
            if block.is_rest || self.sizes.line_bytes <= block.n_bytes as u64 {
                return BlockEnd::Inside;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All lines with their feeds, read in blocks of four bytes.
    fn lines(mut bytes: &[u8], unit: Unit, line_bytes: u64) -> Vec<Vec<u8>> {
        let sizes = Sizes { block_bytes: 4, line_bytes };
        let mut blocks = Blocks::new(&mut bytes, unit, sizes);
        let (mut found, mut buffer): (Vec<Vec<u8>>, _) = (Vec::new(), Vec::new());
        while let Some(block) = blocks.next(buffer) {
            for (idx, line) in unit.lines(block.bytes()).enumerate() {
                match found.last_mut() {
                    Some(last) if idx == 0 && block.is_rest => last.extend(line),
                    _ => found.push(line.to_vec()),
                }
            }
            buffer = block.into_buffer();
        }
        found
    }

    #[test]
    fn feeds_count_at_even_offsets_only() {
        for (bytes, unit, expect) in [
            (&b"a\n\nbc"[..], Unit::Byte, vec![&b"a\n"[..], b"\n", b"bc"]),
            // U+010A U+000A U+0A00 in both byte orders.
            (
                b"\x0a\x01\x0a\x00\x00\x0ax\x00",
                Unit::Utf16Le,
                vec![b"\x0a\x01\x0a\x00", b"\x00\x0ax\x00"],
            ),
            (
                b"\x01\x0a\x00\x0a\x0a\x00\x00x",
                Unit::Utf16Be,
                vec![b"\x01\x0a\x00\x0a", b"\x0a\x00\x00x"],
            ),
            // An odd number of bytes.
            (b"a\x00\x0a", Unit::Utf16Le, vec![b"a\x00\x0a"]),
            (b"\x00a\x00", Unit::Utf16Be, vec![b"\x00a\x00"]),
        ] {
            assert_eq!(lines(bytes, unit, 1 << 20), expect, "{bytes:?}");
            let feeds = |line: &&[u8]| unit.without_feed(line).len() < line.len();
            assert_eq!(unit.n_feeds(bytes), expect.iter().filter(|l| feeds(l)).count() as u64);
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_given_in_parts() {
        let mut bytes = &b"abcdefghijklmnop\nqr"[..];
        let mut blocks =
            Blocks::new(&mut bytes, Unit::Byte, Sizes { block_bytes: 4, line_bytes: 8 });
        let mut found = Vec::new();
        while let Some(block) = blocks.next(Vec::new()) {
            let is_inside = matches!(block.end, BlockEnd::Inside);
            found.push((block.bytes().to_vec(), block.is_rest, is_inside));
        }
        let expect: [(&[u8], bool, bool); 4] = [
            (b"abcdefgh", false, true),
            (b"ijkl", true, true),
            (b"mnop", true, true),
            (b"\nqr", true, false),
        ];
        assert_eq!(found, expect.map(|(bytes, rest, inside)| (bytes.to_vec(), rest, inside)));
    }

    proptest! {
        #[test]
        fn lines_and_parts_are_those_of_the_definition(
            unit in prop_oneof![Just(Unit::Byte), Just(Unit::Utf16Le), Just(Unit::Utf16Be)],
            bytes in prop::collection::vec(prop_oneof![Just(0u8), Just(b'\n'), any::<u8>()], 0..64),
            least in 1usize..20,
        ) {
            let whole: Vec<&[u8]> = unit.lines(&bytes).collect();
            prop_assert_eq!(whole.concat(), &bytes[..]);
            prop_assert!(whole.iter().all(|line| unit.n_feeds(line) <= 1));
            prop_assert_eq!(lines(&bytes, unit, 1 << 20), whole.clone());
            let parts = unit.parts(&bytes, least);
            let of_parts: Vec<&[u8]> = parts.iter().flat_map(|part| unit.lines(part)).collect();
            prop_assert_eq!(of_parts, whole);
        }
    }
}
