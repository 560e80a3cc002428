//! What does reading give for each article, and where does it stand?

use super::fields::FieldMap;
use super::spool::Held;
use super::{Batch, Origin, Reject, Table, record, table};
use crate::document::{Document, Source};
use crate::error::Error;
use crate::hash::Checksum;
use encoding_rs::{Encoding, UTF_8};

/// Where an article stands: what it takes to read it again. In the order of the inputs, then of the
/// places in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// Number of the input.
    pub(super) input: u32,
    /// Its first byte, in the input's text after decompression.
    pub(super) start: u64,
    /// Bytes of the record, without its line feed; 0 of an input that is one article.
    pub(super) n_bytes: u32,
    /// Its line, from 1; 0 in an input that is one article.
    pub(super) line: u64,
}

impl Location {
    /// The same place where the inputs have numbers from `first` on.
    pub fn from_input(self, first: u32) -> Location {
        Location { input: self.input + first, ..self }
    }
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Location {
    /// The location of the record `bytes` at `start` in the text. A byte-order mark is none of it.
    pub(super) fn of_record(input: u32, line: u64, start: u64, bytes: &[u8]) -> Location {
        let n_marks = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        // Lines are below 4 GiB.
        let n_bytes = (bytes.len() - n_marks) as u32;
        Location { input, n_bytes, start: start + n_marks as u64, line }
    }

    /// The location of a table's row.
    pub(super) fn of_row(input: u32, line: u64, start: u64, row: &[u8]) -> Location {
        Location { input, n_bytes: row.len() as u32, start, line }
    }

    /// The location of an input that is one article.
    pub(super) fn of_input(input: u32) -> Location {
        Location { input, n_bytes: 0, start: 0, line: 0 }
    }
}

/// An article as it was found, not yet looked into.
#[derive(Debug)]
pub struct Article<'a> {
    /// Where it stands.
    pub location: Location,
    form: Form<'a>,
}

#[derive(Debug)]
enum Form<'a> {
    Record { line: &'a str, encoding: &'static str, origin: &'a Origin<'a> },
    Row { row: &'a str, encoding: &'static str, table: &'a Table, path: &'a str },
    Text(Document),
}

impl<'a> Article<'a> {
    /// A record of JSON Lines; `line` is not blank.
    pub(super) fn of_record(
        line: &'a str,
        location: Location,
        utf16: Option<&'static Encoding>,
        origin: &'a Origin<'a>,
    ) -> Self {
        let encoding = utf16.unwrap_or(UTF_8).name();
        Article { location, form: Form::Record { line, encoding, origin } }
    }

    /// A row of a table.
    pub(super) fn of_row(
        row: &'a str,
        location: Location,
        utf16: Option<&'static Encoding>,
        (table, origin): (&'a Table, &'a Origin<'a>),
    ) -> Self {
        let encoding = utf16.unwrap_or(UTF_8).name();
        Article { location, form: Form::Row { row, encoding, table, path: origin.path } }
    }

    /// A plain text.
    pub(super) fn of_text(document: Document, input: u32) -> Self {
        Article { location: Location::of_input(input), form: Form::Text(document) }
    }

    /// All that it says. Of a table the columns were chosen when its header was read, by the field
    /// map of the [`super::Options`].
    pub fn document(self, fields: &FieldMap) -> Result<Document, Error> {
        let (said, path, encoding) = match self.form {
            Form::Text(document) => return Ok(document),
            Form::Record { line, encoding, origin } => {
                (record::parse(line, fields, origin)?, origin.path, encoding)
            }
            Form::Row { row, encoding, table, path } => (table::parse(row, table)?, path, encoding),
        };
        let source = Source { path: path.to_owned(), line: Some(self.location.line), encoding };
        Ok(Document { source, fields: said.0, text: said.1 })
    }

    /// What `of` makes of its text, for which nothing else is kept.
    pub fn with_text<T>(&self, fields: &FieldMap, of: impl FnOnce(&str) -> T) -> Result<T, Error> {
        match &self.form {
            Form::Text(document) => Ok(of(&document.text)),
            Form::Record { line, origin, .. } => record::with_text(line, fields, origin, of),
            Form::Row { row, table, .. } => table::with_text(row, table, of),
        }
    }
}

/// Who takes what is made of articles, block by block; an error ends the run.
pub(super) type Taker<'t, T> = dyn Fn(Vec<T>) -> Result<(), Error> + Sync + 't;

/// What was read of one input.
pub(super) struct Part<'t, T> {
    /// Of the documents only those that nobody takes.
    pub batch: Batch<T>,
    /// The text's bytes, where they are kept.
    pub held: Option<Held>,
    /// Number of documents that were taken.
    pub n_taken: usize,
    /// Why no more are.
    pub stopped: Option<Error>,
    taker: Option<&'t Taker<'t, T>>,
    checksum: Checksum,
}

impl<'t, T> Part<'t, T> {
    /// Nothing read yet, of an input that could be opened.
    pub fn new(taker: Option<&'t Taker<'t, T>>) -> Self {
        let batch = Batch { n_files: 1, ..Batch::default() };
        Part { batch, held: None, n_taken: 0, stopped: None, taker, checksum: Checksum::default() }
    }

    /// Adds what the next `bytes` of the text hold; gives whether more is wanted.
    pub fn extend(&mut self, read: Vec<Result<T, Box<Reject>>>, bytes: &[u8]) -> bool {
        self.text(bytes) && self.add(read)
    }

    /// Takes in the next bytes of the text; gives whether more is wanted.
    pub fn text(&mut self, bytes: &[u8]) -> bool {
        self.count(bytes);
        self.stopped.is_none() && self.hold(bytes)
    }

    /// Adds what the next bytes of the text hold; gives whether more is wanted.
    pub fn add(&mut self, read: Vec<Result<T, Box<Reject>>>) -> bool {
        for read in read {
            match read {
                Ok(article) => self.batch.documents.push(article),
                Err(reject) => self.batch.rejects.push(*reject),
            }
        }
        self.hand_over()
    }

    /// Counts the next bytes of the text.
    pub fn count(&mut self, bytes: &[u8]) {
        self.batch.n_bytes += bytes.len() as u64;
        self.checksum.add(bytes);
    }

    /// What tells that the text has changed: the hash of all that was counted.
    pub fn checksum(&self) -> u64 {
        self.checksum.value()
    }

    fn hand_over(&mut self) -> bool {
        let Some(taker) = self.taker else { return true };
        let documents = std::mem::take(&mut self.batch.documents);
        self.n_taken += documents.len();
        self.stopped = taker(documents).err();
        self.stopped.is_none()
    }

    /// Keeps bytes that cannot be read again; gives whether there is room for more.
    pub fn hold(&mut self, bytes: &[u8]) -> bool {
        self.stopped = self.held.as_mut().and_then(|held| held.append(bytes).err());
        self.stopped.is_none()
    }
}
