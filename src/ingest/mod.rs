//! Which articles do the named paths hold?
//!
//! ```text
//! PATH… ─ paths ─▶ files ─ stream ─▶ bytes ─ content ─▶ plain      one article a file
//!                  (in order)   (decompressed)      ├─▶ json_lines one article a line
//!                                                   ├─▶ table      one article a row
//!                          └ parquet ─▶ rows as lines ─┘
//! ```
//!
//! [`read`] keeps the articles. [`scan`] keeps what is made of each, and where it stands: a
//! [`Store`] reads it again from there. [`sample()`] looks into a part, and says how much all hold.
//!
//! Nothing that is wrong with one input stops the run: it becomes a [`Reject`], and the others are
//! read. A plain text file is held whole; JSON Lines and tables are read in blocks, so that beside the
//! documents no more is held than the longest records. Files are read in parallel, and the result is
//! in the order of the paths, then of the lines, whatever the number of threads.
//!
//! Useful for plain text, JSON Lines, CSV and TSV, compressed or not; in UTF-8 and UTF-16, and plain
//! text in any charset the web knows; and for Parquet. Not for HTML, PDF and the like: those are refused
//! by name, with the command that converts them.

mod ahead;
mod article;
mod blocks;
mod charset;
mod content;
mod fields;
mod json_lines;
mod meter;
mod one_form;
#[cfg(not(feature = "parquet"))]
#[path = "no_parquet.rs"]
mod parquet;
#[cfg(feature = "parquet")]
mod parquet;
mod paths;
mod plain;
mod record;
mod records;
mod sample;
mod spool;
mod state;
mod store;
mod stream;
mod table;
#[cfg(test)]
mod tests;
mod xml;

pub use article::{Article, Location};
pub use fields::FieldMap;
pub use meter::Meter;
pub use one_form::check_one_form;
pub use sample::{Sample, sample};
pub use state::{InputState, states};
pub use store::Store;
pub use table::{Delimiter, Table};
pub use xml::{read_xml, xml_files};

use crate::document::Document;
use crate::error::{Error, ErrorKind};
use article::{Part, Taker};
use content::Format;
use encoding_rs::Encoding;
use paths::{Found, Input, Place};
use rayon::prelude::*;
use spool::{Held, Spool};
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Again, Stored};
use stream::Rewound;

/// How to read records.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which fields of a record hold what.
    pub fields: FieldMap,
    /// What stands between the fields of a table, where its header need not tell. With it, an input
    /// whose name has no known extension is a table.
    pub delimiter: Option<Delimiter>,
    /// What counts the bytes that are read.
    pub meter: Meter,
    /// Where text waits that can be read only once; `None`: where temporary files usually are.
    pub temp_dir: Option<PathBuf>,
    /// Whether records need no other fields than those of `fields`: of Parquet no other columns are
    /// read then.
    pub fields_only: bool,
}

/// Something that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// [`ErrorKind::Input`] for a whole input (or the rest of one), [`ErrorKind::Record`] for one
    /// record.
    pub error: Error,
    /// The path as given or found; `-` for standard input.
    pub path: String,
    /// Line of the record, from 1, for files with many records; its first where it has several.
    pub line: Option<u64>,
    /// The raw bytes of a bad record, in the file's own encoding, after decompression and without
    /// the line feed. Where records break off: what there is of the last. Empty for an input that
    /// cannot be read at all, and for a record of 4 GiB or more.
    pub record: Vec<u8>,
}

/// What was read, and what was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch<T = Document> {
    /// In the order of the paths, then of the lines.
    pub documents: Vec<T>,
    /// In the order of the paths, then of the lines.
    pub rejects: Vec<Reject>,
    /// Number of files (and streams) that could be opened.
    pub n_files: usize,
    /// Bytes read as text, after decompression.
    pub n_bytes: u64,
    /// Files in directories that were passed over, as `path: why`.
    pub skipped: Vec<String>,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Batch {
            documents: Vec::new(),
            rejects: Vec::new(),
            n_files: 0,
            n_bytes: 0,
            skipped: Vec::new(),
        }
    }
}

/// Texts end below this length, so that offsets fit 32 bits; articles and lines that reach it are
/// rejected, so that an endless stream cannot fill the memory either.
const TOO_LONG_BYTES: u64 = 1 << 32;

/// Reads every document of `paths`: files, directories (recursively), globs, `-` for standard
/// input, pipes.
///
/// A file that several paths lead to is read once, where it comes first. Cannot fail: what cannot
/// be read is among the rejects.
pub fn read(paths: &[String], options: &Options) -> Batch {
    read_all(paths, (options, None), &|article: Article| article.document(&options.fields), None).0
}

/// A file, or standard input, that both lists of paths lead to.
pub fn in_both(a: &[String], b: &[String]) -> Option<String> {
    if b.is_empty() {
        return None;
    }
    paths::find(a).first_shared(&paths::find(b)).map(|path| path.display().to_string())
}

/// An error unless the inputs can be written as one Parquet file: they are such files, with the same
/// columns.
pub fn check_one_schema(paths: &[String]) -> Result<(), Error> {
    parquet::check_one_schema(paths)
}

/// Reads every document of `paths` as [`read`] does, and keeps none: what `of` makes of them is given to
/// `take`, as they are read. Several files are read at once: of one file what is first comes first.
/// There is a `()` for each that was taken, and the store reads them again.
///
/// # Errors
///
/// The first that `take` gives, which ends the reading; and [`ErrorKind::Output`] where there is no room
/// for what can be read only once.
pub fn scan<T: Send>(
    paths: &[String],
    options: &Options,
    of: impl Fn(Article) -> Result<T, Error> + Sync,
    take: impl Fn(Vec<T>) -> Result<(), Error> + Sync,
) -> Result<(Batch<()>, Store), Error> {
    let spool = Arc::new(Spool::new(options.temp_dir.as_deref()));
    let (batch, parts) = read_all(paths, (options, Some(&spool)), &of, Some(&take));
    let (mut n_taken, mut stored) = (0, Vec::new());
    for (part, store) in parts {
        part.stopped.map_or(Ok(()), Err)?;
        n_taken += part.n_taken;
        stored.push(store);
    }
    let Batch { rejects, n_files, n_bytes, skipped, .. } = batch;
    let batch = Batch { documents: vec![(); n_taken], rejects, n_files, n_bytes, skipped };
    Ok((batch, Store::new(stored, options.clone())))
}

/// How inputs are read, and where waits what cannot be read again; nothing does where nothing is.
type Reading<'r> = (&'r Options, Option<&'r Arc<Spool>>);

type Parts<'t, T> = Vec<(Part<'t, T>, Stored)>;

/// What all parts hold together, and the parts without it.
fn read_all<'t, T: Send>(
    paths: &[String],
    reading: Reading,
    of: &(impl Fn(Article) -> Result<T, Error> + Sync),
    taker: Option<&'t Taker<'t, T>>,
) -> (Batch<T>, Parts<'t, T>) {
    let found = paths::find(paths);
    reading.0.meter.expect(&found.inputs);
    let inputs: Vec<(u32, Found)> = (0..).zip(found.inputs).collect();
    let mut parts: Parts<T> = inputs
        .into_par_iter()
        .map(|(number, found)| read_found(found, number, reading, of, taker))
        .collect();
    let mut batch = Batch { skipped: found.skipped, ..Batch::default() };
    for (part, _) in &mut parts {
        batch.documents.append(&mut part.batch.documents);
        batch.rejects.append(&mut part.batch.rejects);
        batch.n_files += part.batch.n_files;
        batch.n_bytes += part.batch.n_bytes;
    }
    (batch, parts)
}

/// Reads a UTF-8 file whole, compressed or not; `-` is standard input. A byte-order mark is left out.
pub fn read_text(path: &str) -> Result<String, Error> {
    let place = match path {
        paths::STDIN => Place::Stdin,
        _ => Place::File(path.into()),
    };
    let input = Input { path: path.to_owned(), place };
    let mut origin = Origin::new(path);
    let mut raw =
        Rewound::new(stream::open(&input, &Meter::default()).map_err(|e| origin.unreadable(&e))?);
    origin.compression = stream::compression(&mut raw);
    let mut bytes = Vec::new();
    stream::decompress(raw, origin.compression)
        .and_then(|mut text| text.read_to_end(&mut bytes))
        .map_err(|error| origin.unreadable(&error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let n_lines =
            memchr::memchr_iter(b'\n', &error.as_bytes()[..error.utf8_error().valid_up_to()]);
        let place = format!("{path}:{}", n_lines.count() + 1);
        Error::new(ErrorKind::Input, place, "not UTF-8", "expected JSON Lines in UTF-8")
            .hint("convert it, as by `iconv -f UTF-16 -t UTF-8`; if it is compressed twice, decompress it")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn read_found<'t, T: Send>(
    found: Found,
    number: u32,
    reading: Reading,
    of: &(impl Fn(Article) -> Result<T, Error> + Sync),
    taker: Option<&'t Taker<'t, T>>,
) -> (Part<'t, T>, Stored) {
    match found {
        Found::Input(input) => read_input(&input, number, reading, of, taker),
        Found::Missing(reject) => unread(reject),
    }
}

fn read_input<'t, T: Send>(
    input: &Input,
    number: u32,
    reading: Reading,
    of: &(impl Fn(Article) -> Result<T, Error> + Sync),
    taker: Option<&'t Taker<'t, T>>,
) -> (Part<'t, T>, Stored) {
    match stream::open(input, &reading.0.meter) {
        Ok(bytes) => {
            let origin = Origin { number, file: input.file(), ..Origin::new(&input.path) };
            let again = if reading.1.is_some() { Again::from(input) } else { Again::Never };
            read_stream(bytes, origin, (again, reading), of, taker)
        }
        Err(error) => {
            unread(Reject::input(Origin::new(&input.path).unreadable(&error), &input.path))
        }
    }
}

/// An input that could not be opened.
fn unread<'t, T>(reject: Reject) -> (Part<'t, T>, Stored) {
    let mut part = Part::new(None);
    part.batch = Batch { rejects: vec![reject], ..Batch::default() };
    (part, Stored::nothing())
}

fn read_stream<'t, T: Send>(
    bytes: Box<dyn BufRead + Send>,
    mut origin: Origin,
    (again, reading): (Again, Reading),
    of: &(impl Fn(Article) -> Result<T, Error> + Sync),
    taker: Option<&'t Taker<'t, T>>,
) -> (Part<'t, T>, Stored) {
    let mut part = Part::new(taker);
    let read = read_bytes(bytes, &mut origin, (&again, reading), of, &mut part);
    let read = read.map_err(|error| part.batch.rejects.push(Reject::input(error, origin.path)));
    let mut stored = Stored::new(&origin, again, read.ok(), part.held.take());
    stored.checksum = part.checksum();
    (part, stored)
}

/// Adds what `bytes` hold to `part`, and gives their encoding; an error concerns the whole input.
fn read_bytes<T: Send>(
    bytes: Box<dyn BufRead + Send>,
    origin: &mut Origin,
    (again, (options, spool)): (&Again, Reading),
    of: &(impl Fn(Article) -> Result<T, Error> + Sync),
    part: &mut Part<T>,
) -> Result<(Format, Option<&'static Encoding>), Error> {
    let mut raw = Rewound::new(bytes);
    if content::is_parquet(raw.peek(content::HEAD_BYTES)) {
        let rows = rows(raw, origin, options)?;
        let text = stream::beside(rows.bytes).map_err(|e| origin.unreadable(&e))?;
        part.held = spool.cloned().map(Held::new);
        json_lines::read(text, None, origin, records::SIZES, of, part);
        return Ok((Format::Parquet, None));
    }
    let mut text = decompressed(raw, origin)?;
    if origin.compression.is_some() && stream::is_long(&mut text) {
        text = stream::beside(text).map_err(|e| origin.unreadable(&e))?;
    }
    let (utf16, format) = look_into(&mut text, options, origin)?;
    let spool = spool.filter(|_| again.needs_spool(&format, origin.compression));
    part.held = spool.cloned().map(Held::new);
    match &format {
        Format::Plain => plain::read(text, utf16, origin, of, part)?,
        Format::Table(table) => table::read(text, (table, utf16), origin, of, part),
        _ => json_lines::read(text, utf16, origin, records::SIZES, of, part),
    }
    Ok((format, utf16))
}

/// The rows of the table that `raw` is, which `origin` is told.
fn rows(raw: Rewound, origin: &mut Origin, options: &Options) -> Result<parquet::Lines, Error> {
    origin.is_table = true;
    parquet::lines(raw, origin, options)
}

/// The text of `raw`, whose compression `origin` is told.
fn decompressed<'b>(mut raw: Rewound<'b>, origin: &mut Origin) -> Result<Rewound<'b>, Error> {
    origin.compression = stream::compression(&mut raw);
    stream::decompress(raw, origin.compression).map_err(|e| origin.unreadable(&e))
}

/// The encoding and the format of `text`, of which nothing is taken.
fn look_into(
    text: &mut Rewound,
    options: &Options,
    origin: &Origin,
) -> Result<(Option<&'static Encoding>, Format), Error> {
    content::refuse_other_formats(text.peek(content::HEAD_BYTES), origin)?;
    let utf16 = charset::utf16(text.peek(content::HEAD_BYTES));
    Ok((utf16, content::format(text, utf16, options, origin)?))
}

/// Where bytes come from, as far as messages need it.
#[derive(Debug)]
struct Origin<'p> {
    path: &'p str,
    /// Among the inputs of a run.
    number: u32,
    /// The regular file that it is, if it is one.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code))]
    file: Option<&'p Path>,
    compression: Option<stream::Compression>,
    /// Whether its lines are made of rows.
    is_table: bool,
}

impl<'p> Origin<'p> {
    fn new(path: &'p str) -> Self {
        Origin { path, number: 0, file: None, compression: None, is_table: false }
    }

    /// A command line that runs `command` on the input's text: "gzip -dc FILE | command".
    fn run(&self, command: &str) -> String {
        let file = paths::shell_quoted(self.path);
        match self.compression {
            Some(c) => format!("{} {file} | {command}", c.command()),
            None if self.path == paths::STDIN => command.to_owned(),
            None => format!("{command} {file}"),
        }
    }

    /// The error of an input that breaks off or does not open.
    fn unreadable(&self, error: &std::io::Error) -> Error {
        stream::explain(error, self)
    }
}

impl Reject {
    /// A whole input, or the rest of one.
    fn input(error: Error, path: &str) -> Self {
        debug_assert!(error.kind == ErrorKind::Input);
        Reject { error, path: path.to_owned(), line: None, record: Vec::new() }
    }
}
