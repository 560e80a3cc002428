//! JSON Lines: one record a line.
//!
//! Blocks of lines are read one after another, each while the lines of the one before become
//! articles, many at a time.

use super::article::{Article, Location, Part};
use super::blocks::{Block, BlockEnd, Blocks, Sizes, Unit};
use super::stream::Rewound;
use super::{Origin, Reject, TOO_LONG_BYTES, charset, content};
use crate::error::{Error, ErrorKind};
use encoding_rs::Encoding;
use rayon::prelude::*;
use std::borrow::Cow;

/// As much as stays in a processor's cache between its being read and its being looked into.
pub(super) const SIZES: Sizes = Sizes { block_bytes: 1 << 20, line_bytes: TOO_LONG_BYTES };
/// Bytes that one thread takes at a time.
const PART_BYTES: usize = 1 << 17;

/// Adds the articles of `text` to `part`. Each line becomes an article or a reject, but for blank
/// ones. Where `part` holds bytes, those of the text are added.
pub fn read<T: Send>(
    text: Rewound,
    utf16: Option<&'static Encoding>,
    origin: &Origin,
    sizes: Sizes,
    of: &(impl Fn(Article) -> Result<T, Error> + Sync),
    part: &mut Part<T>,
) {
    read_first(text, utf16, origin, (sizes, u64::MAX), of, part);
}

/// As [`read`], until that many bytes are reached at the end of a block; gives whether that is all.
pub fn read_first<T: Send>(
    text: Rewound,
    utf16: Option<&'static Encoding>,
    origin: &Origin,
    (sizes, most_bytes): (Sizes, u64),
    of: &(impl Fn(Article) -> Result<T, Error> + Sync),
    part: &mut Part<T>,
) -> bool {
    let lines = Lines { origin, utf16, unit: Unit::of(utf16), line_bytes: sizes.line_bytes };
    let mut blocks = Blocks::new(text, lines.unit, sizes);
    let mut at = At { line: 1, byte: 0 };
    let mut ahead = blocks.next(Vec::new());
    let mut spare = Vec::new();
    while let Some(mut block) = ahead {
        let (next, (read, behind)) =
            rayon::join(|| blocks.next(spare), || lines.articles(&block, at, of));
        let is_wanted = part.extend(read, block.bytes());
        let end = std::mem::replace(&mut block.end, BlockEnd::Feed);
        if let BlockEnd::Broken(error) = end {
            part.batch.rejects.push(lines.broken(&block, at, &error));
        }
        at = behind;
        (ahead, spare) = (next, block.into_buffer());
        let has_more = ahead.as_ref().is_some_and(|block| !block.bytes().is_empty());
        if !is_wanted || has_more && most_bytes <= at.byte {
            return false;
        }
    }
    true
}

/// A place in a text.
#[derive(Debug, Clone, Copy)]
struct At {
    /// Number of the line, from 1.
    line: u64,
    byte: u64,
}

impl At {
    fn behind(self, unit: Unit, bytes: &[u8]) -> At {
        At { line: self.line + unit.n_feeds(bytes), byte: self.byte + bytes.len() as u64 }
    }
}

/// How lines are written, and whose they are.
struct Lines<'o, 'p> {
    origin: &'o Origin<'p>,
    utf16: Option<&'static Encoding>,
    unit: Unit,
    line_bytes: u64,
}

/// What lines became, in their order.
type Read<T> = Vec<Result<T, Box<Reject>>>;

impl Lines<'_, '_> {
    /// What a block holds, less the part of a line that it breaks off in, and the place behind it.
    fn articles<T: Send>(
        &self,
        block: &Block,
        at: At,
        of: &(impl Fn(Article) -> Result<T, Error> + Sync),
    ) -> (Read<T>, At) {
        let (mut bytes, mut at) = (block.bytes(), at);
        if block.is_rest {
            let rest = self.unit.lines(bytes).next().unwrap_or_default();
            bytes = &bytes[rest.len()..];
            at = at.behind(self.unit, rest);
        }
        if matches!(block.end, BlockEnd::Broken(_)) {
            bytes = &bytes[..bytes.len() - self.last_part(bytes).len()];
        }
        let mut parts: Vec<(At, &[u8])> = Vec::new();
        for part in self.unit.parts(bytes, PART_BYTES) {
            parts.push((at, part));
            at = at.behind(self.unit, part);
        }
        let read = |(at, part)| self.part_articles(part, at, of);
        (parts.into_par_iter().flat_map_iter(read).collect(), at)
    }

    fn part_articles<T>(
        &self,
        part: &[u8],
        mut at: At,
        of: &impl Fn(Article) -> Result<T, Error>,
    ) -> Read<T> {
        let mut read = Vec::new();
        for line in self.unit.lines(part) {
            match self.article(line, at, of) {
                Ok(None) => {}
                Ok(Some(article)) => read.push(Ok(article)),
                Err(reject) => read.push(Err(reject)),
            }
            at = At { line: at.line + 1, byte: at.byte + line.len() as u64 };
        }
        read
    }

    /// The article in `line`; `None` in a blank one.
    fn article<T>(
        &self,
        line: &[u8],
        at: At,
        of: &impl Fn(Article) -> Result<T, Error>,
    ) -> Result<Option<T>, Box<Reject>> {
        let record = self.unit.without_feed(line);
        let has_no_end = record.len() == line.len() && self.line_bytes == line.len() as u64;
        if has_no_end || self.line_bytes < line.len() as u64 {
            return Err(Box::new(self.reject(too_long(self.line_bytes), at.line, Vec::new())));
        }
        let article = || {
            let decoded = decode(record, self.utf16, self.origin)?;
            if content::is_blank(&decoded) {
                return Ok(None);
            }
            let location = Location::of_record(self.origin.number, at.line, at.byte, record);
            of(Article::of_record(&decoded, location, self.utf16, self.origin)).map(Some)
        };
        article().map_err(|error| Box::new(self.reject(error, at.line, record.to_vec())))
    }

    /// The reject of a block that breaks off.
    fn broken(&self, block: &Block, at: At, error: &std::io::Error) -> Reject {
        let last = self.last_part(block.bytes());
        let n_before = block.bytes().len() - last.len();
        let line = at.behind(self.unit, &block.bytes()[..n_before]).line;
        // Of a line that is too long nothing is kept.
        let is_rest = block.is_rest && n_before == 0;
        let record = if is_rest { Vec::new() } else { last.to_vec() };
        self.reject(self.origin.unreadable(error), line, record)
    }

    /// What follows the last line feed.
    fn last_part<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let last = self.unit.lines(bytes).last().unwrap_or_default();
        if self.unit.without_feed(last).len() < last.len() { &[] } else { last }
    }

    fn reject(&self, mut error: Error, line: u64, record: Vec<u8>) -> Reject {
        error.place = format!("{}:{line}", self.origin.path);
        Reject { error, path: self.origin.path.to_owned(), line: Some(line), record }
    }
}

fn too_long(line_bytes: u64) -> Error {
    let cause = format!("expected a line below {line_bytes} bytes, got a longer one");
    Error::new(ErrorKind::Record, "", "line too long", cause)
        .hint("JSON Lines have one article a line; split the record")
}

/// A line as text.
pub(super) fn decode<'l>(
    line: &'l [u8],
    utf16: Option<&'static Encoding>,
    origin: &Origin,
) -> Result<Cow<'l, str>, Error> {
    if utf16.is_some() {
        return Ok(charset::decode(line, utf16, origin)?.0);
    }
    let text = std::str::from_utf8(line).map_err(|_| charset::not_utf8(line, origin))?;
    Ok(Cow::Borrowed(text))
}
