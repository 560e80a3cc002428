//! Which rows does a table have, and what becomes of them?

use super::{Delimiter, Table};
use crate::error::Error;
use crate::ingest::article::{Article, Location, Part};
use crate::ingest::blocks::{Block, BlockEnd, Blocks, Cut, Sizes, Unit};
use crate::ingest::records::{self, At, PART_BYTES, Read, Records, SIZES, decode, reject};
use crate::ingest::stream::Rewound;
use crate::ingest::{Origin, Reject};
use csv_core::ReadRecordResult;
use encoding_rs::Encoding;
use std::io::Read as _;

/// Adds the articles of `text` to `part`. Each row but the first becomes an article or a reject.
/// Where `part` holds bytes, those of the text are added.
pub fn read<T: Send>(
    text: Rewound,
    (table, utf16): (&Table, Option<&'static Encoding>),
    origin: &Origin,
    of: &(impl Fn(Article) -> Result<T, Error> + Sync),
    part: &mut Part<T>,
) {
    read_first(text, (table, utf16), origin, (SIZES, u64::MAX), of, part);
}

/// As [`read`], until that many bytes are reached at the end of a block; gives whether that is all.
pub fn read_first<T: Send>(
    mut text: Rewound,
    (table, utf16): (&Table, Option<&'static Encoding>),
    origin: &Origin,
    (sizes, most_bytes): (Sizes, u64),
    of: &(impl Fn(Article) -> Result<T, Error> + Sync),
    part: &mut Part<T>,
) -> bool {
    let unit = Unit::of(utf16);
    let mut header = vec![0; table.n_header_bytes];
    // They were looked at before, and cannot fail.
    if text.read_exact(&mut header).is_err() {
        return true;
    }
    part.extend(Vec::new(), &header);
    let rows = Rows { table, origin, utf16, unit, row_bytes: sizes.line_bytes };
    let blocks = Blocks::new(text, RowEnds::new(table.delimiter, unit), sizes);
    records::read(blocks, &rows, At::START.behind(unit, &header), most_bytes, of, part)
}

/// Finds where rows end.
#[derive(Debug)]
pub(super) struct RowEnds {
    reader: csv_core::Reader,
    unit: Unit,
    ends: Vec<usize>,
    /// Whether a row ended in a carriage return that was the last of what was seen: a line feed
    /// behind it belongs to it.
    is_behind_return: bool,
    /// For fields, which nobody looks at here.
    scratch: Vec<u8>,
}

impl RowEnds {
    /// At the beginning of a row.
    pub fn new(delimiter: Delimiter, unit: Unit) -> Self {
        let (reader, scratch) = (delimiter.reader(), vec![0; SCRATCH_BYTES]);
        RowEnds { reader, unit, ends: Vec::new(), is_behind_return: false, scratch }
    }
}

const SCRATCH_BYTES: usize = 1 << 14;

impl Cut for RowEnds {
    fn last_end(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        let narrow = self.unit.narrow(&bytes[from..]);
        let mut at = 0;
        if self.is_behind_return && !narrow.is_empty() {
            self.is_behind_return = false;
            let n_feeds = usize::from(narrow[0] == b'\n');
            self.ends.push(from + n_feeds * self.unit.n_bytes());
        }
        while at < narrow.len() {
            let (found, n_read, ..) =
                self.reader.read_record(&narrow[at..], &mut self.scratch, &mut [0; 64]);
            at += n_read;
            if found != ReadRecordResult::Record {
                continue;
            }
            let n_feeds = match (narrow[at - 1], narrow.get(at)) {
                (b'\r', None) => {
                    self.is_behind_return = true;
                    continue;
                }
                (b'\r', Some(b'\n')) => 1,
                _ => 0,
            };
            self.ends.push(from + (at + n_feeds) * self.unit.n_bytes());
        }
        self.ends.last().copied()
    }

    fn take_ends(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.ends)
    }
}

/// How rows are written, and whose they are.
struct Rows<'o, 'p> {
    table: &'o Table,
    origin: &'o Origin<'p>,
    utf16: Option<&'static Encoding>,
    unit: Unit,
    row_bytes: u64,
}

impl Records for Rows<'_, '_> {
    fn articles<T: Send>(
        &self,
        block: &Block,
        at: At,
        of: &(impl Fn(Article) -> Result<T, Error> + Sync),
        take: impl FnMut(Read<T>) -> bool,
    ) -> At {
        let bytes = block.bytes();
        let mut ends = block.ends.clone();
        let has_tail = ends.last().is_none_or(|&end| end < bytes.len());
        if has_tail && !matches!(block.end, BlockEnd::Broken(_)) {
            ends.push(bytes.len());
        }
        let is_rest = usize::from(block.is_rest && !ends.is_empty());
        let start = if is_rest == 1 { ends[0] } else { 0 };
        let (parts, behind) =
            self.parts(bytes, start, &ends[is_rest..], at.behind(self.unit, &bytes[..start]));
        let n_rows = |(_, _, ends): &RowsAt| ends.len() as u64;
        let read = |(at, start, ends): RowsAt| self.part_articles(bytes, start, ends, at, of);
        records::in_turns(parts, n_rows, read, take);
        behind
    }

    fn last_part<'b>(&self, block: &'b Block) -> &'b [u8] {
        let last = &block.bytes()[block.ends.last().copied().unwrap_or(0)..];
        let is_rest = block.is_rest && block.ends.is_empty();
        if is_rest { last } else { &last[self.unit.n_blank(last)..] }
    }

    fn origin(&self) -> &Origin<'_> {
        self.origin
    }

    fn unit(&self) -> Unit {
        self.unit
    }
}

/// Rows that one thread takes: where they are, where the first begins, and where each ends.
type RowsAt<'e> = (At, usize, &'e [usize]);

impl Rows<'_, '_> {
    /// The rows from `start` on in parts, and the place behind them.
    fn parts<'e>(
        &self,
        bytes: &[u8],
        mut start: usize,
        ends: &'e [usize],
        mut at: At,
    ) -> (Vec<RowsAt<'e>>, At) {
        let (mut parts, mut first) = (Vec::new(), 0);
        for (idx, &end) in ends.iter().enumerate() {
            if PART_BYTES <= end - start || idx + 1 == ends.len() {
                parts.push((at, start, &ends[first..=idx]));
                at = at.behind(self.unit, &bytes[start..end]);
                (start, first) = (end, idx + 1);
            }
        }
        (parts, at)
    }

    fn part_articles<T>(
        &self,
        bytes: &[u8],
        mut start: usize,
        ends: &[usize],
        mut at: At,
        of: &impl Fn(Article) -> Result<T, Error>,
    ) -> Read<T> {
        let mut read = Vec::new();
        for &end in ends {
            let (blank, row) = bytes[start..end].split_at(self.unit.n_blank(&bytes[start..end]));
            at = at.behind(self.unit, blank);
            if !row.is_empty() {
                read.push(self.article(row, at, of));
            }
            at = at.behind(self.unit, row);
            start = end;
        }
        read
    }

    fn article<T>(
        &self,
        row: &[u8],
        at: At,
        of: &impl Fn(Article) -> Result<T, Error>,
    ) -> Result<T, Box<Reject>> {
        let row = self.unit.without_feed(row);
        if self.row_bytes <= row.len() as u64 {
            let hint = "a `\"` that is not closed makes a row of all that follows";
            let error = records::too_long("row", self.row_bytes, hint);
            return Err(Box::new(reject(error, self.origin, at.line, Vec::new())));
        }
        let article = || {
            let decoded = decode(row, self.utf16, self.origin)?;
            let location = Location::of_row(self.origin.number, at.line, at.byte, row);
            of(Article::of_row(&decoded, location, self.utf16, (self.table, self.origin)))
        };
        article().map_err(|error| Box::new(reject(error, self.origin, at.line, row.to_vec())))
    }
}
