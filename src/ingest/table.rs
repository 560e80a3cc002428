//! Tables: CSV, TSV and their kin. A row is an article; the first one names the columns.
//!
//! ```text
//! text ─ header ─▶ Table        the columns, and what separates them
//!      ─ rows ─▶ blocks of rows, cut on one thread ─ cells ─▶ articles, made on all
//! ```
//!
//! What a row is says RFC 4180 as csv-core reads it: a field in double quotes may hold delimiters,
//! line breaks, and quotes written twice; rows end with a line feed, a carriage return or both; lines
//! of nothing are passed over. One reader for the rows' ends and one for their fields, so that the
//! fields are looked into in parallel and a row can be read alone.

mod cells;
mod delimiter;
mod header;
mod rows;
#[cfg(test)]
mod tests;

pub use cells::{json, parse, with_text};
pub use delimiter::Delimiter;
pub use header::Expect;
pub use rows::{read, read_first};

use super::fields::{FieldMap, Role};

/// The columns of a table.
#[derive(Debug, Clone)]
pub struct Table {
    delimiter: Delimiter,
    /// The header row as it stands, in UTF-8, without its line feed; with the byte-order mark.
    header: String,
    /// Bytes up to the end of the header row, in the table's own encoding.
    n_header_bytes: usize,
    /// The columns' names.
    names: Vec<String>,
    /// The same as the keys of JSON objects, all different.
    keys: Vec<String>,
    /// Those of use, each with what it is for, in the order in which they are tried.
    uses: Vec<(Role, usize)>,
}

impl Table {
    fn new(row: Row, delimiter: Delimiter, names: Vec<String>, fields: &FieldMap) -> Table {
        let uses = fields.columns(&names);
        let keys = header::keys(&names);
        let Row { header, n_bytes } = row;
        Table { delimiter, header, n_header_bytes: n_bytes, names, keys, uses }
    }

    /// What stands between the fields.
    pub fn delimiter(&self) -> Delimiter {
        self.delimiter
    }

    /// The header row as it stands, in UTF-8, without its line feed.
    pub fn header(&self) -> &str {
        &self.header
    }

    /// The columns' names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The fields of a row as they stand there, quotes and all.
    pub fn raw_fields<'r>(&self, row: &'r str) -> impl Iterator<Item = &'r str> {
        cells::raw(row, self.delimiter)
    }

    /// Whether the rows of both may stand under one header.
    pub(super) fn is_like(&self, other: &Table) -> bool {
        self.delimiter == other.delimiter && self.names == other.names
    }

    /// The columns for a message.
    pub(super) fn shown(&self) -> String {
        let names = super::record::listed(self.names.iter().map(String::as_str));
        format!("{names} with {} between them", self.delimiter)
    }

    fn columns(&self, role: Role) -> impl Iterator<Item = usize> {
        self.uses.iter().filter(move |(of, _)| *of == role).map(|&(_, column)| column)
    }
}

/// A header row, and how far it reaches.
struct Row {
    header: String,
    n_bytes: usize,
}
