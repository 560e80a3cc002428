//! Where does an article come from again, once it has been scanned?
//!
//! Records of a regular file are read from it at their place; what cannot be read twice (standard
//! input, pipes) and what would take too long to (compressed records, rows of Parquet) waits in a
//! [`spool`](super::spool).

use super::article::{Article, Location};
use super::content::Format;
use super::one_form::OneForm;
use super::paths::{Input, Place};
use super::spool::Held;
use super::stream::Compression;
use super::{Meter, Options, Origin, Table, record, records, table};
use crate::document::{Document, Fields, Source};
use crate::error::{Error, ErrorKind, Result, reason};
use encoding_rs::{Encoding, UTF_8};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// How an input can be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Again {
    /// It need not be.
    Never,
    /// As often as you like, while the file is as it was.
    FromFile(Stamp),
    /// Not at all: its bytes are to be held.
    FromSpool,
}

/// A file, and what tells that it has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Names need not be UTF-8.
    path: PathBuf,
    n_bytes: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(path: &Path) -> Option<Stamp> {
        let data = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        Some(Stamp { path: path.to_owned(), n_bytes: data.len(), modified: data.modified().ok() })
    }
}

impl From<&Input> for Again {
    fn from(input: &Input) -> Self {
        match &input.place {
            Place::File(path) => Stamp::of(path).map_or(Again::FromSpool, Again::FromFile),
            Place::Stdin => Again::FromSpool,
        }
    }
}

impl Again {
    /// Whether the text's bytes are to be held.
    pub fn needs_spool(&self, format: &Format, compression: Option<Compression>) -> bool {
        let is_packed = !format.is_plain() && compression.is_some();
        *self == Again::FromSpool || *self != Again::Never && is_packed
    }
}

/// Where the articles of one input are.
#[derive(Debug)]
pub(super) struct Stored {
    path: String,
    /// `None` of an input that could not be read.
    format: Option<Format>,
    utf16: Option<&'static Encoding>,
    bytes: Bytes,
    /// The Parquet file itself: what is held is made of it.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code))]
    parquet: Option<Stamp>,
    /// Of its text, as it was read first.
    pub checksum: u64,
}

#[derive(Debug)]
enum Bytes {
    /// Of an input without an article that is asked for again.
    None,
    Held(Held),
    /// Opened when it was scanned; so many files at most.
    Open(File, Stamp),
    /// To be opened by its path.
    Closed(Stamp),
}

impl Bytes {
    fn stamp(&self) -> Option<&Stamp> {
        match self {
            Bytes::Open(_, stamp) | Bytes::Closed(stamp) => Some(stamp),
            Bytes::None | Bytes::Held(_) => None,
        }
    }
}

/// Files that are kept open: fewer than systems allow to a process.
const MAX_OPEN: u32 = 48;

impl Stored {
    pub fn new(
        origin: &Origin,
        again: Again,
        form: Option<(Format, Option<&'static Encoding>)>,
        held: Option<Held>,
    ) -> Self {
        let open = |stamp: Stamp| match File::open(&stamp.path) {
            Ok(file) if origin.number < MAX_OPEN => Bytes::Open(file, stamp),
            _ => Bytes::Closed(stamp),
        };
        let (format, utf16) = form.map_or((None, None), |(format, utf16)| (Some(format), utf16));
        let is_plain = format.as_ref().is_none_or(Format::is_plain);
        let parquet = match &again {
            Again::FromFile(stamp) if matches!(format, Some(Format::Parquet)) => {
                Some(stamp.clone())
            }
            _ => None,
        };
        let bytes = match (held, again) {
            (Some(held), _) => Bytes::Held(held),
            // A plain text is opened by its path, to be decompressed and decoded anew.
            (None, Again::FromFile(stamp)) if is_plain => Bytes::Closed(stamp),
            (None, Again::FromFile(stamp)) => open(stamp),
            (None, _) => Bytes::None,
        };
        Stored { path: origin.path.to_owned(), format, utf16, bytes, parquet, checksum: 0 }
    }

    /// Of an input that has no article.
    pub fn nothing() -> Self {
        Stored {
            path: String::new(),
            format: None,
            utf16: None,
            bytes: Bytes::None,
            parquet: None,
            checksum: 0,
        }
    }

    fn table(&self) -> Option<&Arc<Table>> {
        match &self.format {
            Some(Format::Table(table)) => Some(table),
            _ => None,
        }
    }

    fn read(&self, start: u64, out: &mut [u8]) -> io::Result<()> {
        self.read_least(start, out.len(), out).map(drop)
    }

    /// Reads what there is from `start` on, as far as `out` has room; gives how many bytes. Fewer
    /// than `least` are an error.
    fn read_least(&self, start: u64, least: usize, out: &mut [u8]) -> io::Result<usize> {
        let n_read = match &self.bytes {
            Bytes::Open(file, _) => read_at(file, start, out)?,
            Bytes::Closed(stamp) => read_at(&File::open(&stamp.path)?, start, out)?,
            Bytes::None => return Err(io::ErrorKind::NotFound.into()),
            Bytes::Held(held) => held.read_at(start, out).map_err(io::Error::other)?,
        };
        if n_read < least { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(n_read) }
    }
}

/// Fills `out`, or as much of it as the file has from `start` on.
fn read_at(file: &File, start: u64, out: &mut [u8]) -> io::Result<usize> {
    let mut n_read = 0;
    while n_read < out.len() {
        match read_some_at(file, &mut out[n_read..], start + n_read as u64) {
            Ok(0) => break,
            Ok(n) => n_read += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(n_read)
}

#[cfg(unix)]
fn read_some_at(file: &File, out: &mut [u8], start: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, out, start)
}

#[cfg(not(unix))]
fn read_some_at(mut file: &File, out: &mut [u8], start: u64) -> io::Result<usize> {
    use io::{Read, Seek};
    // A handle has one position: another one for each read.
    let mut file = file.try_clone()?;
    file.seek(io::SeekFrom::Start(start))?;
    file.read(out)
}

/// Reads scanned articles again.
#[derive(Debug)]
pub struct Store {
    /// By the number of the input.
    inputs: Vec<Stored>,
    options: Options,
}

impl Store {
    pub(super) fn new(inputs: Vec<Stored>, options: Options) -> Self {
        Store { inputs, options }
    }

    /// Number of its inputs.
    pub fn n_inputs(&self) -> u32 {
        self.inputs.len() as u32
    }

    /// By input, a hash of its text as it was first read, decompressed: of Parquet, of the rows as JSON
    /// Lines. 0 of what could not be opened.
    pub fn checksums(&self) -> Vec<u64> {
        self.inputs.iter().map(|stored| stored.checksum).collect()
    }

    /// Takes in another store: its inputs follow those that are here.
    pub fn append(&mut self, other: Store) {
        self.inputs.extend(other.inputs);
    }

    /// The table that all inputs are rows of, with its header; `None` where none is a table.
    ///
    /// # Errors
    ///
    /// As [`super::check_one_form`], which may not have seen all inputs.
    pub fn table(&self) -> Result<Option<Arc<Table>>> {
        let mut form = OneForm::default();
        for stored in self.inputs.iter().filter(|stored| stored.format.is_some()) {
            form.add(&stored.path, stored.table())?;
        }
        Ok(form.table())
    }

    /// An error where a file is not what it was when it was scanned.
    pub fn check_unchanged(&self) -> Result<()> {
        let is_changed = |stored: &&Stored| {
            let stamp = stored.bytes.stamp();
            stamp.is_some_and(|stamp| Stamp::of(&stamp.path).as_ref() != Some(stamp))
        };
        self.inputs.iter().find(is_changed).map_or(Ok(()), |stored| Err(changed(&stored.path, 0)))
    }

    /// What `of` makes of an article's text.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`] where it is not there any more.
    pub fn with_text<T>(&self, location: Location, of: impl FnOnce(&str) -> T) -> Result<T> {
        if location.line == 0 {
            return Ok(of(&self.plain(location)?.text));
        }
        self.with_record(location, |record, table, origin| match table {
            Some(table) => table::with_text(record, table, of),
            None => record::with_text(record, &self.options.fields, origin, of),
        })
    }

    /// An article with all that its record says. Errors as [`Store::with_text`].
    pub fn document(&self, location: Location) -> Result<Document> {
        if location.line == 0 {
            return self.plain(location);
        }
        let stored = &self.inputs[location.input as usize];
        let (fields, text) = self.with_record(location, |record, table, origin| match table {
            Some(table) => table::parse(record, table),
            None => record::parse(record, &self.options.fields, origin),
        })?;
        let encoding = stored.utf16.unwrap_or(UTF_8).name();
        let source = Source { path: stored.path.clone(), line: Some(location.line), encoding };
        Ok(Document { source, fields, text })
    }

    /// An article's record as a JSON object in UTF-8, without line feed and byte-order mark: that of
    /// JSON Lines as it stands, of a row one of its columns; `None` of a plain text. Errors as
    /// [`Store::with_text`].
    pub fn record(&self, location: Location) -> Result<Option<String>> {
        if location.line == 0 {
            return Ok(None);
        }
        let json = |record: &str, table: Option<&Table>, _: &Origin| match table {
            Some(table) => table::json(record, table),
            None => Ok(record.to_owned()),
        };
        self.with_record(location, json).map(Some)
    }

    /// A record as it stands, in UTF-8, without line feed. Errors as [`Store::with_text`].
    pub fn row(&self, location: Location) -> Result<String> {
        self.with_record(location, |record, _, _| Ok(record.to_owned()))
    }

    /// The Parquet file that a row is in, and its name for messages; an error where it is not
    /// what it was.
    #[cfg(feature = "parquet")]
    pub(super) fn parquet_file(&self, row: Location) -> Result<(&Path, &str)> {
        let Stored { path, parquet, .. } = &self.inputs[row.input as usize];
        match parquet {
            Some(stamp) if Stamp::of(&stamp.path).as_ref() == Some(stamp) => {
                Ok((&stamp.path, path))
            }
            _ => Err(changed(path, 0)),
        }
    }

    /// What `of` makes of a record, which is a row where there is a table; its errors mean that the
    /// record has changed.
    fn with_record<T>(
        &self,
        location: Location,
        of: impl FnOnce(&str, Option<&Table>, &Origin) -> Result<T>,
    ) -> Result<T> {
        let stored = &self.inputs[location.input as usize];
        let mut bytes = vec![0; location.n_bytes as usize];
        stored.read(location.start, &mut bytes).map_err(|error| gone(&stored.path, &error))?;
        let origin = Origin::new(&stored.path);
        let changed = |_| changed(&stored.path, location.line);
        let record = records::decode(&bytes, stored.utf16, &origin).map_err(changed)?;
        let table = stored.table().map(Arc::as_ref);
        // Of a row it would be the first character.
        let n_marks = if table.is_some() { 0 } else { record.len() - unmarked(&record).len() };
        of(&record[n_marks..], table, &origin).map_err(changed)
    }

    /// The article that an input is.
    fn plain(&self, location: Location) -> Result<Document> {
        let stored = &self.inputs[location.input as usize];
        if let Bytes::Held(held) = &stored.bytes {
            let mut text = vec![0; held.n_bytes() as usize];
            held.read_at(0, &mut text)?;
            let text = String::from_utf8(text).map_err(|_| changed(&stored.path, 0))?;
            let source = Source { path: stored.path.clone(), line: None, encoding: UTF_8.name() };
            return Ok(Document { source, fields: Fields::default(), text });
        }
        let file = stored.bytes.stamp().map_or_else(PathBuf::new, |stamp| stamp.path.clone());
        let place = Place::File(file);
        let input = Input { path: stored.path.clone(), place };
        // What was read before is not counted again.
        let options = Options { meter: Meter::default(), ..self.options.clone() };
        let of = |article: Article| article.document(&self.options.fields);
        let mut batch =
            super::read_input(&input, location.input, (&options, None), &of, None).0.batch;
        match (batch.documents.pop(), batch.rejects.pop()) {
            (Some(document), _) => Ok(document),
            (None, Some(reject)) => Err(Error { kind: ErrorKind::Input, ..reject.error }),
            (None, None) => Err(changed(&stored.path, 0)),
        }
    }

    /// Writes records, each with a line feed, byte for byte as they stand in their inputs; of rows,
    /// unless `as_rows`, objects instead, and of a plain text, which has no record, what `of_text`
    /// makes of it.
    pub fn copy(
        &self,
        locations: impl IntoIterator<Item = Location>,
        as_rows: bool,
        out: &mut dyn Write,
        of_text: impl Fn(&Document) -> io::Result<Vec<u8>>,
    ) -> io::Result<()> {
        let mut window = Window { input: 0, start: 0, bytes: Vec::new() };
        for location in locations {
            if self.is_copied(location, as_rows) {
                out.write_all(self.look(&mut window, location)?)?;
            } else if as_rows {
                out.write_all(self.row(location).map_err(io::Error::other)?.as_bytes())?;
            } else {
                let record = match self.record(location).map_err(io::Error::other)? {
                    Some(record) => record.into_bytes(),
                    None => of_text(&self.document(location).map_err(io::Error::other)?)?,
                };
                out.write_all(&record)?;
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Whether the record's bytes are what is written.
    fn is_copied(&self, location: Location, as_rows: bool) -> bool {
        let stored = &self.inputs[location.input as usize];
        location.line != 0 && stored.utf16.is_none() && (as_rows || stored.table().is_none())
    }

    /// The bytes of a record, through a window that moves where it does not show them.
    fn look<'w>(&self, window: &'w mut Window, location: Location) -> io::Result<&'w [u8]> {
        let n_bytes = location.n_bytes as usize;
        if !window.shows(location) {
            let stored = &self.inputs[location.input as usize];
            window.bytes.resize(n_bytes.max(WINDOW_BYTES), 0);
            let n_read = stored
                .read_least(location.start, n_bytes, &mut window.bytes)
                .map_err(|error| io::Error::other(gone(&stored.path, &error)))?;
            window.bytes.truncate(n_read);
            (window.input, window.start) = (location.input, location.start);
        }
        Ok(&window.bytes[(location.start - window.start) as usize..][..n_bytes])
    }
}

/// Bytes that are read for copying at once.
const WINDOW_BYTES: usize = 1 << 18;

/// Part of an input.
struct Window {
    input: u32,
    start: u64,
    bytes: Vec<u8>,
}

impl Window {
    fn shows(&self, record: Location) -> bool {
        let end = record.start + u64::from(record.n_bytes);
        self.input == record.input
            && self.start <= record.start
            && end <= self.start + self.bytes.len() as u64
    }
}

fn unmarked(record: &str) -> &str {
    record.trim_start_matches('\u{feff}')
}

fn gone(path: &str, error: &io::Error) -> Error {
    if let Some(told) = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        return told.clone();
    }
    if error.kind() == io::ErrorKind::UnexpectedEof {
        return changed(path, 0);
    }
    Error::new(ErrorKind::Input, path, "cannot read again", reason(error))
        .hint("it is read twice: leave it where it is until the run ends")
}

pub(super) fn changed(path: &str, line: u64) -> Error {
    let place = if line == 0 { path.to_owned() } else { format!("{path}:{line}") };
    Error::new(
        ErrorKind::Input,
        place,
        "changed",
        "expected what was read before, got something else",
    )
    .hint("it is read twice: leave it as it is until the run ends")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::tests::scan_all;

    fn scanned(paths: &[String]) -> (Vec<(Location, String)>, Store) {
        let options = Options::default();
        let (read, _, store) = scan_all(paths, &options, |article| {
            let text = article.with_text(&options.fields, str::to_owned)?;
            Ok((article.location, text))
        });
        (read, store)
    }

    const LINES: &str = "\u{feff}{\"text\":\"satu\\n\\u00e9\",\"id\":1}\r\n\n{\"x\":2}\n\n{\"isi\":\"dua\"} \n{\"text\":\"tiga\"}";

    #[test]
    fn what_was_scanned_is_read_again_however_it_is_stored() {
        let folder = tempfile::tempdir().unwrap();
        let utf16: Vec<u8> = LINES.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (name, bytes) in [
            ("a.jsonl", LINES.as_bytes().to_vec()),
            ("b.jsonl", zstd::encode_all(LINES.as_bytes(), 1).unwrap()),
            ("c.jsonl", utf16),
            ("d.txt", b"empat".to_vec()),
        ] {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        let (read, store) = scanned(&[folder.path().display().to_string()]);
        assert_eq!(read.len(), 10);
        for (location, text) in &read {
            assert_eq!(&store.with_text(*location, str::to_owned).unwrap(), text);
            assert_eq!(&store.document(*location).unwrap().text, text);
        }
        let records: Vec<Option<String>> =
            read[..3].iter().map(|(location, _)| store.record(*location).unwrap()).collect();
        let expect = [
            "{\"text\":\"satu\\n\\u00e9\",\"id\":1}\r",
            "{\"isi\":\"dua\"} ",
            "{\"text\":\"tiga\"}",
        ];
        assert_eq!(records, expect.map(|record| Some(record.to_owned())));

        let mut copied = Vec::new();
        let locations = read.iter().map(|(location, _)| *location);
        store
            .copy(locations, false, &mut copied, |document| Ok(document.text.clone().into()))
            .unwrap();
        let once = expect.join("\n") + "\n";
        assert_eq!(String::from_utf8(copied).unwrap(), once.repeat(3) + "empat\n");
        store.check_unchanged().unwrap();
    }

    #[test]
    fn a_file_that_changes_in_between_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        fs::write(&path, "{\"text\":\"satu\"}\n{\"text\":\"dua\"}\n").unwrap();
        let (read, store) = scanned(&[path.display().to_string()]);
        fs::write(&path, "{\"text\":\"sa\n").unwrap();
        for result in [
            store.with_text(read[0].0, str::to_owned).map(drop),
            store.document(read[1].0).map(drop),
            store.check_unchanged(),
        ] {
            let error = result.unwrap_err();
            assert!(error.place.contains("a.jsonl") && error.what == "changed", "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf8_are_read_again() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [(&b"a\xff.jsonl"[..], "{\"text\":\"satu\"}"), (b"b\xff.txt", "dua")] {
            fs::write(folder.path().join(std::ffi::OsStr::from_bytes(name)), text).unwrap();
        }
        let (read, store) = scanned(&[folder.path().display().to_string()]);
        let texts: Vec<String> = read
            .iter()
            .map(|(location, _)| store.with_text(*location, str::to_owned).unwrap())
            .collect();
        assert_eq!(texts, ["satu", "dua"]);
        store.check_unchanged().unwrap();
    }
}
