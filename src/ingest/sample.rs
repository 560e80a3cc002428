//! How much do the named paths hold? A part of them is read, and the rest is taken to be like it.
//!
//! Of several inputs each has its share of what is read; where there are too many for that, some are
//! read that stand evenly among them. Of many records the beginning is read, a plain text whole.

use super::article::Part;
use super::content::Format;
use super::paths::{self, Found, Input, Place};
use super::stream::Rewound;
use super::{
    Article, Batch, Meter, Options, Origin, Reject, content, json_lines, plain, records, stream,
    table,
};
use crate::error::{Error, ErrorKind, Result};
use rayon::prelude::*;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::atomic::{AtomicU64, Ordering};

/// What a part of the inputs tells of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample<T> {
    /// What was made of the part that was read.
    pub batch: Batch<T>,
    /// Whether that part is all: the figures below are counts then, and else estimates.
    pub is_whole: bool,
    /// Files that the paths lead to.
    pub n_files: usize,
    /// Articles in them.
    pub n_articles: u64,
    /// Bytes of their text, after decompression.
    pub n_bytes: u64,
    /// Of these bytes, those that [`super::scan`] holds in a temporary file.
    pub n_held_bytes: u64,
}

/// Bytes of an input that are read at least, unless it has fewer: what is read ahead of them counts
/// little beside.
const LEAST_BYTES: u64 = 1 << 20;

/// Reads about `n_bytes` of text, and keeps what `of` makes of each article.
///
/// # Errors
///
/// [`ErrorKind::Usage`] for an input that can be read only once.
pub fn sample<T: Send>(
    paths: &[String],
    options: &Options,
    n_bytes: u64,
    of: impl Fn(Article) -> Result<T> + Sync,
) -> Result<Sample<T>> {
    let found = paths::find(paths);
    let mut batch = Batch { skipped: found.skipped, ..Batch::default() };
    let mut files = Vec::new();
    for found in found.inputs {
        match found {
            Found::Input(input) => files.push((size_of(&input)?, input)),
            Found::Missing(reject) => batch.rejects.push(reject),
        }
    }
    let sizes: Vec<u64> = files.iter().map(|(size, _)| *size).collect();
    let look = |(idx, most_bytes): (usize, u64)| {
        let (size, input) = &files[idx];
        Looked::into(input, *size, (options, most_bytes), &of)
    };
    let looked: Vec<Looked<T>> = choose(&sizes, n_bytes).into_par_iter().map(look).collect();
    Ok(Sample::of(batch, looked, &sizes))
}

/// Bytes of a file, as it is stored.
fn size_of(input: &Input) -> Result<u64> {
    let once = || {
        let cause = "it can be read only once, and a plan reads it before the run does";
        Error::new(ErrorKind::Usage, &input.path, "cannot be planned", cause)
            .hint("save it to a file")
    };
    match &input.place {
        Place::Stdin => Err(once()),
        Place::File(path) => match fs::metadata(path) {
            Ok(data) if data.is_file() => Ok(data.len()),
            Ok(_) => Err(once()),
            // Why it cannot be read is told where it is opened.
            Err(_) => Ok(0),
        },
    }
}

/// Which inputs of those sizes are looked into, ascending, and how many bytes of each are to be read.
fn choose(sizes: &[u64], n_bytes: u64) -> Vec<(usize, u64)> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    if sizes.iter().sum::<u64>() <= n_bytes {
        // What the small ones leave is enough for the large ones.
        order.sort_by_key(|&idx| sizes[idx]);
    } else {
        // However soon it ends, what was taken stands evenly (van der Corput's sequence).
        order.sort_by_key(|&idx| (idx as u64).reverse_bits());
    }
    let (mut left_bytes, mut chosen) = (n_bytes, Vec::new());
    for (n_before, &idx) in order.iter().enumerate() {
        let share_bytes = (left_bytes / (order.len() - n_before) as u64).max(LEAST_BYTES);
        chosen.push((idx, share_bytes));
        left_bytes = left_bytes.saturating_sub(sizes[idx].min(share_bytes));
        if left_bytes == 0 {
            break;
        }
    }
    chosen.sort_unstable();
    chosen
}

/// What an input was found to hold.
struct Looked<T> {
    batch: Batch<T>,
    is_whole: bool,
    /// Whether it is one article, however long.
    is_plain: bool,
    is_packed: bool,
    /// As it is stored.
    n_stored_bytes: u64,
    /// Of all its text.
    n_bytes: u64,
    /// In all of it.
    n_articles: u64,
}

impl<T: Send> Looked<T> {
    fn into(
        input: &Input,
        n_stored_bytes: u64,
        (options, most_bytes): (&Options, u64),
        of: &(impl Fn(Article) -> Result<T> + Sync),
    ) -> Self {
        let mut part = Part::new(None);
        let mut origin = Origin { file: input.file(), ..Origin::new(&input.path) };
        let seen = read(input, &mut origin, (options, most_bytes), of, &mut part);
        let seen = seen.unwrap_or_else(|error| {
            part.batch.rejects.push(Reject::input(error, &input.path));
            Seen { format: Format::Plain, part: None }
        });
        let batch = part.batch;
        let is_packed = origin.compression.is_some() || matches!(seen.format, Format::Parquet);
        let n_bytes = match seen.part {
            None => batch.n_bytes,
            Some(_) if !is_packed => n_stored_bytes,
            Some((n_raw, n_text)) => scaled(n_text, n_stored_bytes, n_raw),
        };
        Looked {
            is_whole: seen.part.is_none(),
            is_plain: seen.format.is_plain(),
            is_packed,
            n_stored_bytes,
            n_bytes,
            n_articles: scaled(batch.documents.len() as u64, n_bytes, batch.n_bytes),
            batch,
        }
    }
}

/// What was seen of an input.
struct Seen {
    format: Format,
    /// Bytes that were taken of the file and of its text; `None` where all were.
    part: Option<(u64, u64)>,
}

/// Adds the first articles of an input to `part`; an error concerns all of it.
fn read<T: Send>(
    input: &Input,
    origin: &mut Origin,
    (options, most_bytes): (&Options, u64),
    of: &(impl Fn(Article) -> Result<T> + Sync),
    part: &mut Part<T>,
) -> Result<Seen> {
    let most = (records::SIZES, most_bytes);
    let (n_raw, n_text) = (AtomicU64::new(0), AtomicU64::new(0));
    let raw = stream::open(input, &Meter::default()).map_err(|error| origin.unreadable(&error))?;
    let mut raw = Rewound::new(Box::new(Counted { inner: raw, n_bytes: &n_raw }));
    if content::is_parquet(raw.peek(content::HEAD_BYTES)) {
        let rows = super::rows(raw, origin, options)?;
        let text = Rewound::new(Box::new(BufReader::new(rows.bytes)));
        let is_whole = json_lines::read_first(text, None, origin, most, of, part);
        let n_read = (part.batch.documents.len() + part.batch.rejects.len()) as u64;
        // As if each row took the same of the file.
        let taken = (scaled(size_of(input)?, n_read, rows.n_rows), part.batch.n_bytes);
        return Ok(Seen { format: Format::Parquet, part: (!is_whole).then_some(taken) });
    }
    let text = super::decompressed(raw, origin)?;
    let mut text = Rewound::new(Box::new(Counted { inner: text, n_bytes: &n_text }));
    let (utf16, format) = super::look_into(&mut text, options, origin)?;
    let is_whole = match &format {
        Format::Plain => plain::read(text, utf16, origin, of, part).map(|()| true)?,
        Format::Table(table) => table::read_first(text, (table, utf16), origin, most, of, part),
        _ => json_lines::read_first(text, utf16, origin, most, of, part),
    };
    let taken = (n_raw.into_inner(), n_text.into_inner());
    Ok(Seen { format, part: (!is_whole).then_some(taken) })
}

impl<T> Sample<T> {
    /// What was found in some inputs, as all inputs of those sizes are taken to hold it; added to what
    /// the batch has.
    fn of(mut batch: Batch<T>, looked: Vec<Looked<T>>, sizes: &[u64]) -> Self {
        let sum = |of: fn(&Looked<T>) -> u64| looked.iter().map(of).sum::<u64>();
        let n_seen_bytes = sum(|input| input.n_stored_bytes);
        let n_unseen_bytes = sizes.iter().sum::<u64>() - n_seen_bytes;
        let (n_seen, n_unseen) = (looked.len() as u64, (sizes.len() - looked.len()) as u64);
        let by_size = |n: u64| n + scaled(n, n_unseen_bytes, n_seen_bytes);
        let by_number = |n: u64| n + scaled(n, n_unseen, n_seen);
        let of_texts = sum(|input| if input.is_plain { input.n_articles } else { 0 });
        let of_lines = sum(|input| if input.is_plain { 0 } else { input.n_articles });
        let is_held = |input: &Looked<T>| input.is_packed && !input.is_plain;
        let n_held_bytes =
            looked.iter().filter(|input| is_held(input)).map(|input| input.n_bytes).sum();
        let (n_articles, n_bytes) =
            (by_number(of_texts) + by_size(of_lines), by_size(sum(|input| input.n_bytes)));
        let is_whole = n_unseen == 0 && looked.iter().all(|input| input.is_whole);
        for input in looked {
            batch.documents.extend(input.batch.documents);
            batch.rejects.extend(input.batch.rejects);
            batch.n_files += input.batch.n_files;
            batch.n_bytes += input.batch.n_bytes;
        }
        let (n_files, n_held_bytes) = (sizes.len(), by_size(n_held_bytes));
        Sample { batch, is_whole, n_files, n_articles, n_bytes, n_held_bytes }
    }
}

/// `n` times `by` over `of`, rounded down; 0 where that is 0.
fn scaled(n: u64, by: u64, of: u64) -> u64 {
    (u128::from(n) * u128::from(by) / u128::from(of.max(1))) as u64
}

/// A reader that counts the bytes taken of it.
struct Counted<'c, R> {
    inner: R,
    n_bytes: &'c AtomicU64,
}

impl<R: BufRead> Read for Counted<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.inner.read(out)?;
        self.n_bytes.fetch_add(n_bytes as u64, Ordering::Relaxed);
        Ok(n_bytes)
    }
}

impl<R: BufRead> BufRead for Counted<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n_bytes: usize) {
        self.n_bytes.fetch_add(n_bytes as u64, Ordering::Relaxed);
        self.inner.consume(n_bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_input_has_its_share() {
        const MIB: u64 = 1 << 20;
        for (sizes, n_mib, expect) in [
            (&[][..], 16, &[][..]),
            // All is read of all.
            (
                &[10 * MIB, 1, 0, 2 * MIB],
                16,
                &[(0, 14 * MIB - 1), (1, 5 * MIB), (2, 4 * MIB), (3, 8 * MIB - 1)],
            ),
            // A small one leaves its share to the others.
            (
                &[MIB, 100 * MIB, 100 * MIB],
                16,
                &[(0, 16 * MIB / 3), (1, 15 * MIB / 2), (2, 15 * MIB / 2)],
            ),
            // Every second one.
            (&[100 * MIB; 8], 4, &[(0, MIB), (2, MIB), (4, MIB), (6, MIB)]),
        ] {
            let chosen = choose(sizes, n_mib * MIB);
            let read = |&(idx, most): &(usize, u64)| (idx, sizes[idx].min(most));
            let expect: Vec<_> = expect.iter().map(read).collect();
            assert_eq!(chosen.iter().map(read).collect::<Vec<_>>(), expect, "{sizes:?}");
        }
    }
}
