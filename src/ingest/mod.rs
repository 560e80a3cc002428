//! Which articles do the named paths hold?
//!
//! ```text
//! PATH… ─ paths ─▶ files ─ stream ─▶ bytes ─ content ─▶ plain      one article a file
//!                  (in order)   (decompressed)      └─▶ json_lines one article a line
//! ```
//!
//! Nothing that is wrong with one input stops the run: it becomes a [`Reject`], and the others are
//! read. A plain text file is held whole; JSON Lines are read line by line, so that beside the
//! documents no more is held than the longest lines. Files are read in parallel, and the result is
//! in the order of the paths, then of the lines, whatever the number of threads.
//!
//! Useful for plain text and JSON Lines, compressed or not, in any charset the web knows. Not for
//! CSV, HTML, PDF and the like: those are refused by name, with the command that converts them.

mod charset;
mod content;
mod fields;
mod json_lines;
mod lines;
mod paths;
mod plain;
mod record;
mod stream;
#[cfg(test)]
mod tests;

pub use fields::FieldMap;

use crate::document::Document;
use crate::error::{Error, ErrorKind};
use content::Format;
use paths::{Found, Input, Place};
use rayon::prelude::*;
use std::io::{BufRead, Read};
use stream::Rewound;

/// How to read records.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which fields of a JSON record hold what.
    pub fields: FieldMap,
    /// Whether the records are kept beside the documents that they are read as.
    pub with_records: bool,
}

/// Something that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// [`ErrorKind::Input`] for a whole input (or the rest of one), [`ErrorKind::Record`] for one
    /// record.
    pub error: Error,
    /// The path as given or found; `-` for standard input.
    pub path: String,
    /// Line of the record, from 1, for files with a record a line.
    pub line: Option<u64>,
    /// The raw bytes of a bad record, in the file's own encoding, after decompression and without
    /// the line feed. Where JSON Lines break off: what there is of the last line. Empty for an
    /// input that cannot be read at all, and for a line of 4 GiB or more.
    pub record: Vec<u8>,
}

/// What was read, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// In the order of the paths, then of the lines.
    pub documents: Vec<Document>,
    /// Where [`Options::with_records`] asks for them, the documents' records, in the same order: the
    /// line byte for byte, without the line feed and a byte-order mark, and in UTF-8; of a plain text
    /// file, which has no record, nothing.
    pub records: Vec<Vec<u8>>,
    /// In the order of the paths, then of the lines.
    pub rejects: Vec<Reject>,
    /// Number of files (and streams) that could be opened.
    pub n_files: usize,
    /// Bytes read as text, after decompression.
    pub n_bytes: u64,
    /// Files in directories that were passed over, as `path: why`.
    pub skipped: Vec<String>,
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
    let found = paths::find(paths);
    let parts: Vec<Batch> =
        found.inputs.into_par_iter().map(|found| read_found(found, options)).collect();
    let mut batch = Batch { skipped: found.skipped, ..Batch::default() };
    for part in parts {
        batch.documents.extend(part.documents);
        batch.records.extend(part.records);
        batch.rejects.extend(part.rejects);
        batch.n_files += part.n_files;
        batch.n_bytes += part.n_bytes;
    }
    batch
}

/// Reads a UTF-8 file whole, compressed or not; `-` is standard input. A byte-order mark is left out.
pub fn read_text(path: &str) -> Result<String, Error> {
    let place = match path {
        paths::STDIN => Place::Stdin,
        _ => Place::File(path.into()),
    };
    let input = Input { path: path.to_owned(), place };
    let mut origin = Origin::new(path);
    let mut raw = Rewound::new(stream::open(&input).map_err(|e| origin.unreadable(&e))?);
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
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn read_found(found: Found, options: &Options) -> Batch {
    match found {
        Found::Input(input) => read_input(&input, options),
        Found::Missing(reject) => Batch { rejects: vec![reject], ..Batch::default() },
    }
}

fn read_input(input: &Input, options: &Options) -> Batch {
    match stream::open(input) {
        Ok(bytes) => read_stream(bytes, &input.path, options),
        Err(error) => {
            let error = Origin::new(&input.path).unreadable(&error);
            Batch { rejects: vec![Reject::input(error, &input.path)], ..Batch::default() }
        }
    }
}

fn read_stream(bytes: Box<dyn BufRead + '_>, path: &str, options: &Options) -> Batch {
    let mut batch = Batch { n_files: 1, ..Batch::default() };
    let mut origin = Origin::new(path);
    if let Err(error) = read_bytes(bytes, &mut origin, options, &mut batch) {
        batch.rejects.push(Reject::input(error, path));
    }
    batch
}

/// Adds what `bytes` hold to `batch`; an error concerns the whole input.
fn read_bytes(
    bytes: Box<dyn BufRead + '_>,
    origin: &mut Origin,
    options: &Options,
    batch: &mut Batch,
) -> Result<(), Error> {
    let mut raw = Rewound::new(bytes);
    origin.compression = stream::compression(&mut raw);
    let mut text =
        stream::decompress(raw, origin.compression).map_err(|e| origin.unreadable(&e))?;
    content::refuse_other_formats(text.peek(content::HEAD_BYTES), origin)?;
    let utf16 = charset::utf16(text.peek(content::HEAD_BYTES));
    match content::format(&mut text, utf16, origin)? {
        Format::Plain => {
            plain::read(text, utf16, origin, batch)?;
            if options.with_records {
                batch.records.resize(batch.documents.len(), Vec::new());
            }
        }
        Format::JsonLines => json_lines::read(text, utf16, origin, options, batch),
    }
    Ok(())
}

/// Where bytes come from, as far as messages need it.
struct Origin<'p> {
    path: &'p str,
    compression: Option<stream::Compression>,
}

impl<'p> Origin<'p> {
    fn new(path: &'p str) -> Self {
        Origin { path, compression: None }
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
