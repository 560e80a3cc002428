//! JSON Lines: one record a line.

use super::lines::{LineEnd, Unit, read_line, without_feed};
use super::stream::Rewound;
use super::{Batch, Options, Origin, Reject, TOO_LONG_BYTES, charset, content, record};
use crate::document::{Document, Source};
use crate::error::{Error, ErrorKind};
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;
use std::io;

/// Adds the records of `text` to `batch`. Each line becomes a document or a reject, but for blank
/// ones.
pub fn read(
    text: Rewound,
    utf16: Option<&'static Encoding>,
    origin: &Origin,
    options: &Options,
    batch: &mut Batch,
) {
    read_below(TOO_LONG_BYTES, text, utf16, origin, options, batch);
}

pub(super) fn read_below(
    too_long_bytes: u64,
    mut text: Rewound,
    utf16: Option<&'static Encoding>,
    origin: &Origin,
    options: &Options,
    batch: &mut Batch,
) {
    let unit = Unit::of(utf16);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let end = read_line(&mut text, unit, too_long_bytes, &mut line);
        batch.n_bytes += line.len() as u64;
        let place = RecordPlace { origin, number, utf16 };
        match end {
            Err(error) => {
                let error = origin.unreadable(&error);
                return batch.rejects.push(place.reject(error, line));
            }
            Ok(LineEnd::Input) if line.is_empty() => return,
            Ok(LineEnd::TooLong) => {
                batch.rejects.push(place.reject(too_long(too_long_bytes), Vec::new()));
                match skip_line(&mut text, unit, too_long_bytes, &mut line) {
                    Ok(n_bytes) => batch.n_bytes += n_bytes,
                    Err(error) => {
                        let error = origin.unreadable(&error);
                        return batch.rejects.push(place.reject(error, Vec::new()));
                    }
                }
            }
            Ok(end) => match place.document(without_feed(&line, unit, end), options) {
                Ok(None) => {}
                Ok(Some(read)) => {
                    batch.documents.push(read.document);
                    batch.records.extend(read.record);
                }
                Err(error) => {
                    let record = without_feed(&line, unit, end).to_vec();
                    batch.rejects.push(place.reject(error, record));
                }
            },
        }
    }
}

/// Reads to the end of a line; gives the number of bytes.
fn skip_line(
    text: &mut Rewound,
    unit: Unit,
    too_long_bytes: u64,
    line: &mut Vec<u8>,
) -> io::Result<u64> {
    let mut n_bytes = 0;
    loop {
        line.clear();
        let end = read_line(text, unit, too_long_bytes, line)?;
        n_bytes += line.len() as u64;
        if end != LineEnd::TooLong {
            return Ok(n_bytes);
        }
    }
}

fn too_long(too_long_bytes: u64) -> Error {
    let cause = format!("expected a line below {too_long_bytes} bytes, got a longer one");
    Error::new(ErrorKind::Record, "", "line too long", cause)
        .hint("JSON Lines have one article a line; split the record")
}

/// A line that was read.
struct Read {
    document: Document,
    /// See [`Batch::records`].
    record: Option<Vec<u8>>,
}

/// Where a record stands and how it is written.
struct RecordPlace<'o, 'p> {
    origin: &'o Origin<'p>,
    number: u64,
    utf16: Option<&'static Encoding>,
}

impl RecordPlace<'_, '_> {
    /// The document in `line`, and its record where it is asked for; `None` in a blank one.
    fn document(&self, line: &[u8], options: &Options) -> Result<Option<Read>, Error> {
        let line = self.decode(line)?;
        if content::is_blank(&line) {
            return Ok(None);
        }
        let (fields, text) = record::parse(&line, &options.fields, self.origin)?;
        if TOO_LONG_BYTES <= text.len() as u64 {
            return Err(too_long(TOO_LONG_BYTES));
        }
        let encoding = self.utf16.unwrap_or(UTF_8).name();
        let source =
            Source { path: self.origin.path.to_owned(), line: Some(self.number), encoding };
        let record = || line.strip_prefix('\u{feff}').unwrap_or(&line).as_bytes().to_vec();
        let record = options.with_records.then(record);
        Ok(Some(Read { document: Document { source, fields, text }, record }))
    }

    fn decode<'l>(&self, line: &'l [u8]) -> Result<Cow<'l, str>, Error> {
        if self.utf16.is_some() {
            return Ok(charset::decode(line, self.utf16, self.origin)?.0);
        }
        let text = std::str::from_utf8(line).map_err(|_| charset::not_utf8(line, self.origin))?;
        Ok(Cow::Borrowed(text))
    }

    fn reject(&self, mut error: Error, record: Vec<u8>) -> Reject {
        error.place = format!("{}:{}", self.origin.path, self.number);
        Reject { error, path: self.origin.path.to_owned(), line: Some(self.number), record }
    }
}
