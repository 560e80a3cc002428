//! What do records become that follow each other, such as lines?
//!
//! Blocks of records are read one after another, each while the records of the one before become
//! articles, many at a time.

use super::article::{Article, Part};
use super::blocks::{Block, BlockEnd, Blocks, Cut, Sizes, Unit};
use super::stream::Rewound;
use super::{Origin, Reject, TOO_LONG_BYTES, charset};
use crate::error::{Error, ErrorKind};
use encoding_rs::Encoding;
use rayon::prelude::*;
use std::borrow::Cow;
use std::io;

/// As much as stays in a processor's cache between its being read and its being looked into.
pub const SIZES: Sizes = Sizes { block_bytes: 1 << 20, line_bytes: TOO_LONG_BYTES };
/// Bytes that one thread takes at a time.
pub const PART_BYTES: usize = 1 << 17;

/// A place in a text.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// Number of the line, from 1.
    pub line: u64,
    pub byte: u64,
}

impl At {
    /// Where a text begins.
    pub const START: At = At { line: 1, byte: 0 };

    /// The place behind bytes that begin here.
    pub fn behind(self, unit: Unit, bytes: &[u8]) -> At {
        At { line: self.line + unit.n_feeds(bytes), byte: self.byte + bytes.len() as u64 }
    }
}

/// What records became, in their order.
pub type Read<T> = Vec<Result<T, Box<Reject>>>;

/// How records are written, and whose they are.
pub trait Records: Sync {
    /// Gives `take` what a block holds, less the part of a record that it breaks off in, until it wants
    /// no more; gives the place behind the block.
    fn articles<T: Send>(
        &self,
        block: &Block,
        at: At,
        of: &(impl Fn(Article) -> Result<T, Error> + Sync),
        take: impl FnMut(Read<T>) -> bool,
    ) -> At;

    /// What follows the last end of a record.
    fn last_part<'b>(&self, block: &'b Block) -> &'b [u8];

    /// Where they come from.
    fn origin(&self) -> &Origin<'_>;

    /// How a line feed is written.
    fn unit(&self) -> Unit;
}

/// Adds the articles of blocks that begin at `at` to `part`, until `most_bytes` are reached at the
/// end of a block; gives whether that is all. Where `part` holds bytes, those of the text are added.
pub fn read<T: Send>(
    mut blocks: Blocks<Rewound, impl Cut + Send>,
    records: &impl Records,
    mut at: At,
    most_bytes: u64,
    of: &(impl Fn(Article) -> Result<T, Error> + Sync),
    part: &mut Part<T>,
) -> bool {
    let mut ahead = blocks.next(Vec::new());
    let mut spare = Vec::new();
    while let Some(mut block) = ahead {
        let (next, behind) = rayon::join(
            || blocks.next(spare),
            || records.articles(&block, at, of, |read| part.add(read)),
        );
        let is_wanted = part.text(block.bytes());
        let end = std::mem::replace(&mut block.end, BlockEnd::Feed);
        if let BlockEnd::Broken(error) = end {
            part.batch.rejects.push(broken(records, &block, at, &error));
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

/// Gives `take` what becomes of parts of a block: all at once, or of the shortest records so many that
/// what is made of them takes no more than the block does. `n_records` tells how many a part has at most.
pub fn in_turns<P: Send, T: Send>(
    mut parts: Vec<P>,
    n_records: impl Fn(&P) -> u64,
    read: impl Fn(P) -> Vec<Result<T, Box<Reject>>> + Sync,
    mut take: impl FnMut(Read<T>) -> bool,
) {
    while !parts.is_empty() {
        let mut n_left = MOST_RECORDS;
        let fits = |part: &&P| {
            let left = n_left.checked_sub(n_records(part));
            n_left = left.unwrap_or(0);
            left.is_some()
        };
        let n_parts = parts.iter().take_while(fits).count().max(1);
        let rest = parts.split_off(n_parts);
        if !take(parts.into_par_iter().flat_map_iter(&read).collect()) {
            return;
        }
        parts = rest;
    }
}

/// Records that are looked into at once, about: sketches take hundreds of bytes each.
const MOST_RECORDS: u64 = 1 << 13;

/// The reject of a block that breaks off.
fn broken(records: &impl Records, block: &Block, at: At, error: &io::Error) -> Reject {
    let last = records.last_part(block);
    let n_before = block.bytes().len() - last.len();
    let line = at.behind(records.unit(), &block.bytes()[..n_before]).line;
    // Of a record that is too long nothing is kept.
    let is_rest = block.is_rest && n_before == 0;
    let record = if is_rest { Vec::new() } else { last.to_vec() };
    reject(records.origin().unreadable(error), records.origin(), line, record)
}

/// A bad record.
pub fn reject(mut error: Error, origin: &Origin, line: u64, record: Vec<u8>) -> Reject {
    error.place = format!("{}:{line}", origin.path);
    Reject { error, path: origin.path.to_owned(), line: Some(line), record }
}

/// The error of a record, called `name`, that reaches so many bytes.
pub fn too_long(name: &str, most_bytes: u64, hint: &str) -> Error {
    let cause = format!("expected a {name} below {most_bytes} bytes, got a longer one");
    Error::new(ErrorKind::Record, "", format!("{name} too long"), cause).hint(hint)
}

/// A record as text.
pub fn decode<'l>(
    bytes: &'l [u8],
    utf16: Option<&'static Encoding>,
    origin: &Origin,
) -> Result<Cow<'l, str>, Error> {
    if utf16.is_some() {
        return Ok(charset::decode(bytes, utf16, origin)?.0);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| charset::not_utf8(bytes, origin))?;
    Ok(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_records_are_made_a_few_parts_at_a_time() {
        for (n_records, n_parts, expect) in [
            (1, 20, vec![20]),
            (MOST_RECORDS / 2, 5, vec![2, 2, 1]),
            (MOST_RECORDS * 2, 3, vec![1, 1, 1]),
            (7, 0, vec![]),
        ] {
            let (mut sizes, mut made) = (Vec::new(), Vec::new());
            let parts: Vec<usize> = (0..n_parts).collect();
            in_turns(
                parts,
                |_| n_records,
                |part| vec![Ok(part)],
                |read: Read<usize>| {
                    sizes.push(read.len());
                    made.extend(read.into_iter().flatten());
                    true
                },
            );
            assert_eq!((sizes, made), (expect, (0..n_parts).collect()));
        }
        let mut n_taken = 0;
        in_turns(
            vec![1, 2],
            |_| MOST_RECORDS,
            |part| vec![Ok(part)],
            |_| {
                n_taken += 1;
                false
            },
        );
        assert_eq!(n_taken, 1, "nothing is made that nobody takes");
    }
}
