//! What does one row say?

use super::Table;
use super::delimiter::{Delimiter, start};
use crate::document::Fields;
use crate::error::{Error, ErrorKind};
use crate::ingest::content::is_blank;
use crate::ingest::fields::Role;
use csv_core::{ReadFieldResult, ReadRecordResult};
use std::cell::Cell;
use std::fmt;

/// The fields and the text of a row. Errors have no place yet.
pub fn parse(row: &str, table: &Table) -> Result<(Fields, String), Error> {
    with_cells(row, table, |cells| {
        let text = text_of(cells, table)?.to_owned();
        Ok((fields(cells, table), text))
    })
}

/// What `of` makes of the same text alone, for which no other field is kept.
pub fn with_text<T>(row: &str, table: &Table, of: impl FnOnce(&str) -> T) -> Result<T, Error> {
    with_cells(row, table, |cells| text_of(cells, table).map(of))
}

/// A row as a JSON object, whose keys are the columns' names.
pub fn json(row: &str, table: &Table) -> Result<String, Error> {
    with_cells(row, table, |cells| {
        let mut object = String::from("{");
        for (key, cell) in table.keys.iter().zip(cells.iter()) {
            let comma = if object.len() == 1 { "" } else { "," };
            let value = serde_json::Value::from(cell);
            object.push_str(&format!("{comma}{key}:{value}"));
        }
        Ok(object + "}")
    })
}

/// The fields of a row as they stand there, quotes and all.
pub fn raw(row: &str, delimiter: Delimiter) -> impl Iterator<Item = &str> {
    let mut reader = delimiter.reader();
    let mut scratch = vec![0; row.len() + 1];
    let mut rest = Some(row);
    std::iter::from_fn(move || {
        let fields = rest.take()?;
        match reader.read_field(fields.as_bytes(), &mut scratch) {
            // A delimiter is ASCII, and so the end of a character.
            (ReadFieldResult::Field { record_end: false }, n_read, _) => {
                rest = Some(&fields[n_read..]);
                Some(&fields[..n_read - 1])
            }
            _ => Some(fields),
        }
    })
}

/// The fields of a row, unquoted.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// All one after the other.
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
    n_cells: usize,
    /// What reads rows with that delimiter.
    reader: Option<(Delimiter, csv_core::Reader)>,
}

impl Cells {
    /// Takes a row apart; gives whether all quotes are closed.
    pub fn fill(&mut self, row: &str, delimiter: Delimiter) -> bool {
        let is_other = |reader: &mut (Delimiter, csv_core::Reader)| reader.0 != delimiter;
        self.reader.take_if(is_other);
        let (_, reader) = self.reader.get_or_insert_with(|| (delimiter, delimiter.reader()));
        start(reader);
        grow(&mut self.bytes, row.len() + 2);
        grow(&mut self.ends, 16);
        let (mut input, mut n_bytes, mut has_end) = (row.as_bytes(), 0, false);
        self.n_cells = 0;
        loop {
            let (bytes, ends) = (&mut self.bytes[n_bytes..], &mut self.ends[self.n_cells..]);
            let (result, n_read, n_written, n_ended) = reader.read_record(input, bytes, ends);
            input = &input[n_read..];
            n_bytes += n_written;
            self.n_cells += n_ended;
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => return true,
                ReadRecordResult::OutputFull => grow(&mut self.bytes, 2 * n_bytes),
                ReadRecordResult::OutputEndsFull => grow(&mut self.ends, 2 * self.n_cells),
                ReadRecordResult::InputEmpty if has_end => return false,
                // It ends the row, unless it is inside quotes.
                ReadRecordResult::InputEmpty => (input, has_end) = (b"\n", true),
            }
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.n_cells).map(|idx| self.get(idx))
    }

    fn get(&self, idx: usize) -> &str {
        let start = if idx == 0 { 0 } else { self.ends[idx - 1] };
        // What is left out of a row is ASCII, so that the rest is UTF-8 as the row is.
        std::str::from_utf8(&self.bytes[start..self.ends[idx]]).unwrap_or_default()
    }
}

fn grow<T: Copy + Default>(buffer: &mut Vec<T>, len: usize) {
    if buffer.len() < len {
        buffer.resize(len, T::default());
    }
}

thread_local! {
    /// A thread's memory for rows: they come by the million.
    static CELLS: Cell<Cells> = Cell::default();
}

/// What `of` makes of the fields of a row, which are as many as the header's.
fn with_cells<T>(
    row: &str,
    table: &Table,
    of: impl FnOnce(&Cells) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut cells = CELLS.take();
    let made = if !cells.fill(row, table.delimiter) {
        Err(not_closed(row))
    } else if cells.n_cells != table.names.len() {
        Err(wrong_number(cells.n_cells, table))
    } else {
        of(&cells)
    };
    CELLS.set(cells);
    made
}

/// The first text that is not empty.
fn text_of<'c>(cells: &'c Cells, table: &Table) -> Result<&'c str, Error> {
    let texts = || table.columns(Role::Text).map(|column| cells.get(column));
    texts()
        .find(|text| !is_blank(text))
        .ok_or_else(|| empty_text(table, texts().all(str::is_empty)))
}

fn fields(cells: &Cells, table: &Table) -> Fields {
    let find = |role| {
        let mut found = table.columns(role).map(|column| cells.get(column));
        found.find(|cell| !is_blank(cell)).map(str::to_owned)
    };
    Fields {
        id: find(Role::Id),
        outlet: find(Role::Outlet),
        url: find(Role::Url),
        title: find(Role::Title),
        author: find(Role::Author),
        published: find(Role::Published),
    }
}

fn error(what: &str, cause: impl fmt::Display) -> Error {
    Error::new(ErrorKind::Record, "", what, cause)
}

fn not_closed(row: &str) -> Error {
    let n_lines = memchr::memchr_iter(b'\n', row.as_bytes()).count() + 1;
    let cause = format!(
        "expected a `\"` that ends the field before the input does, got none in {n_lines} lines"
    );
    error("quote not closed", cause)
        .hint("the row that begins here has the `\"`; inside a field it is written twice")
}

fn wrong_number(n_cells: usize, table: &Table) -> Error {
    let cause = format!("expected {} as in the header, got {n_cells}", table.names.len());
    error("wrong number of fields", cause)
        .hint("a field with a delimiter, a line break or a `\"` in it stands in double quotes")
}

fn empty_text(table: &Table, is_empty: bool) -> Error {
    let names = table.columns(Role::Text).map(|column| table.names[column].as_str());
    let got = if is_empty { "nothing" } else { "white space only" };
    let cause =
        format!("expected an article in {}, got {got}", crate::ingest::record::listed(names));
    error("empty text", cause).hint("leave it out, or name another column: `--field text=NAME`")
}
