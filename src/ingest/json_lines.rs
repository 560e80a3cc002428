//! JSON Lines: one record a line.

use super::Origin;
use super::article::{Article, Location, Part};
use super::blocks::{Block, BlockEnd, Blocks, Sizes, Unit};
use super::records::{self, At, PART_BYTES, Read, Records, decode, reject};
use super::stream::Rewound;
use super::{Reject, content};
use crate::error::Error;
use encoding_rs::Encoding;

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
    let blocks = Blocks::new(text, lines.unit, sizes);
    records::read(blocks, &lines, At::START, most_bytes, of, part)
}

/// How lines are written, and whose they are.
struct Lines<'o, 'p> {
    origin: &'o Origin<'p>,
    utf16: Option<&'static Encoding>,
    unit: Unit,
    line_bytes: u64,
}

impl Records for Lines<'_, '_> {
    fn articles<T: Send>(
        &self,
        block: &Block,
        at: At,
        of: &(impl Fn(Article) -> Result<T, Error> + Sync),
        take: impl FnMut(Read<T>) -> bool,
    ) -> At {
        let (mut bytes, mut at) = (block.bytes(), at);
        if block.is_rest {
            let rest = self.unit.lines(bytes).next().unwrap_or_default();
            bytes = &bytes[rest.len()..];
            at = at.behind(self.unit, rest);
        }
        if matches!(block.end, BlockEnd::Broken(_)) {
            bytes = &bytes[..bytes.len() - self.unfed(bytes).len()];
        }
        // Each with its first line, and that behind it.
        let mut parts: Vec<(At, u64, &[u8])> = Vec::new();
        for part in self.unit.parts(bytes, PART_BYTES) {
            let behind = at.behind(self.unit, part);
            parts.push((at, behind.line, part));
            at = behind;
        }
        let n_lines = |(at, behind, _): &(At, u64, &[u8])| behind - at.line;
        records::in_turns(parts, n_lines, |(at, _, part)| self.part_articles(part, at, of), take);
        at
    }

    fn last_part<'b>(&self, block: &'b Block) -> &'b [u8] {
        self.unfed(block.bytes())
    }

    fn origin(&self) -> &Origin<'_> {
        self.origin
    }

    fn unit(&self) -> Unit {
        self.unit
    }
}

impl Lines<'_, '_> {
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
            let hint = "JSON Lines have one article a line; split the record";
            let error = records::too_long("line", self.line_bytes, hint);
            return Err(Box::new(reject(error, self.origin, at.line, Vec::new())));
        }
        let article = || {
            let decoded = decode(record, self.utf16, self.origin)?;
            if content::is_blank(&decoded) {
                return Ok(None);
            }
            let location = Location::of_record(self.origin.number, at.line, at.byte, record);
            of(Article::of_record(&decoded, location, self.utf16, self.origin)).map(Some)
        };
        article().map_err(|error| Box::new(reject(error, self.origin, at.line, record.to_vec())))
    }

    /// What follows the last line feed.
    fn unfed<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let last = self.unit.lines(bytes).last().unwrap_or_default();
        if self.unit.without_feed(last).len() < last.len() { &[] } else { last }
    }
}
