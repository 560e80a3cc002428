//! Which columns does a table have, and what separates them?

use super::rows::RowEnds;
use super::{Delimiter, Row, Table};
use crate::error::{Error, ErrorKind};
use crate::ingest::blocks::{Cut, Unit};
use crate::ingest::fields::{FieldMap, Role};
use crate::ingest::record::listed;
use crate::ingest::records::decode;
use crate::ingest::stream::Rewound;
use crate::ingest::{Origin, content};
use encoding_rs::Encoding;

/// Bytes that a header row may have.
const TOO_LONG_BYTES: usize = 1 << 20;

/// What is asked of a table before its rows are read.
#[derive(Debug, Clone, Copy)]
pub struct Expect<'e> {
    /// What may be between the fields.
    pub delimiters: &'e [Delimiter],
    /// One of its names for texts must be a column's.
    pub fields: &'e FieldMap,
    pub utf16: Option<&'static Encoding>,
}

impl Table {
    /// The table that `text` is, of which nothing is taken.
    ///
    /// Of several delimiters that one is taken which makes the most columns with a text among them,
    /// and the first of those.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`] where it has no header row with a column of texts.
    pub(in crate::ingest) fn of(
        text: &mut Rewound,
        expect: Expect,
        origin: &Origin,
    ) -> Result<Table, Error> {
        let mut best: Option<Table> = None;
        for &delimiter in expect.delimiters {
            let row = header_row(text, delimiter, expect.utf16, origin)?;
            let names = names(&row.header, delimiter).ok_or_else(|| not_closed(origin))?;
            let table = Table::new(row, delimiter, names, expect.fields);
            let worth = |table: &Table| (table.has_text(), table.names.len());
            if best.as_ref().is_none_or(|best| worth(best) < worth(&table)) {
                best = Some(table);
            }
        }
        let table = best.ok_or_else(|| no_header(origin))?;
        if table.has_text() { Ok(table) } else { Err(no_text(&table, expect.fields, origin)) }
    }

    fn has_text(&self) -> bool {
        self.columns(Role::Text).next().is_some()
    }
}

/// The first row that says something.
fn header_row(
    text: &mut Rewound,
    delimiter: Delimiter,
    utf16: Option<&'static Encoding>,
    origin: &Origin,
) -> Result<Row, Error> {
    let unit = Unit::of(utf16);
    let mut n_peeked = content::HEAD_BYTES;
    loop {
        let head = text.peek(n_peeked);
        let n_head = head.len();
        let n_mark = n_mark_bytes(head, unit);
        let mut rows = RowEnds::new(delimiter, unit);
        rows.last_end(head, n_mark);
        let first_end = rows.take_ends().first().copied();
        let is_all = n_head < n_peeked;
        if first_end.is_some() || is_all {
            let row = &head[..first_end.unwrap_or(n_head)];
            return row_of(row, n_mark, utf16, origin).map_err(|error| {
                // What there is may be only what was read before it broke off.
                let broken = if first_end.is_none() { text.take_error() } else { None };
                broken.map_or(error, |broken| origin.unreadable(&broken))
            });
        }
        if TOO_LONG_BYTES <= n_head {
            return Err(too_long(origin));
        }
        n_peeked *= 2;
    }
}

/// The header in the bytes up to its end, of which the first `n_mark` are a byte-order mark.
fn row_of(
    bytes: &[u8],
    n_mark: usize,
    utf16: Option<&'static Encoding>,
    origin: &Origin,
) -> Result<Row, Error> {
    let unit = Unit::of(utf16);
    if utf16.is_none() {
        content::refuse_nul(bytes, origin)?;
    }
    let (mark, row) = bytes.split_at(n_mark);
    let row = unit.without_feed(&row[unit.n_blank(row)..]);
    if row.is_empty() {
        return Err(no_header(origin));
    }
    let decoded = decode(row, utf16, origin).map_err(|error| Error {
        kind: ErrorKind::Input,
        place: origin.path.into(),
        ..error
    })?;
    let mark = if mark.is_empty() { "" } else { "\u{feff}" };
    Ok(Row { header: format!("{mark}{decoded}"), n_bytes: bytes.len() })
}

fn n_mark_bytes(head: &[u8], unit: Unit) -> usize {
    let mark: &[u8] = match unit {
        Unit::Byte => b"\xef\xbb\xbf",
        Unit::Utf16Le => b"\xff\xfe",
        Unit::Utf16Be => b"\xfe\xff",
    };
    if head.starts_with(mark) { mark.len() } else { 0 }
}

/// The fields of a header row; `None` where a quote is not closed.
fn names(header: &str, delimiter: Delimiter) -> Option<Vec<String>> {
    let row = header.trim_start_matches('\u{feff}');
    let mut cells = super::cells::Cells::default();
    cells.fill(row, delimiter).then(|| cells.iter().map(str::to_owned).collect())
}

/// Names as JSON strings. One that is there already gets a number behind it: an object has each name
/// once.
pub(super) fn keys(names: &[String]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for name in names {
        let numbered = (2..).map(|n| format!("{name}_{n}"));
        let json = |name: String| serde_json::Value::String(name).to_string();
        let mut candidates = std::iter::once(name.clone()).chain(numbered).map(json);
        keys.extend(candidates.find(|key| !keys.contains(key)));
    }
    keys
}

fn input(what: &str, cause: String, origin: &Origin) -> Error {
    Error::new(ErrorKind::Input, origin.path, what, cause)
}

fn no_header(origin: &Origin) -> Error {
    let cause = "expected the names of the columns in the first row, got nothing".to_owned();
    input("an empty table", cause, origin).hint("leave it out")
}

fn not_closed(origin: &Origin) -> Error {
    let cause = "expected a `\"` that ends the name before the input does, got none".to_owned();
    input("no header row", cause, origin)
        .hint("the first row names the columns; a quote inside a name is written twice")
}

fn too_long(origin: &Origin) -> Error {
    let cause = format!("expected a first row below {TOO_LONG_BYTES} bytes, got a longer one");
    input("no header row", cause, origin)
        .hint("the first row names the columns; look for a `\"` that is not closed")
}

fn no_text(table: &Table, fields: &FieldMap, origin: &Origin) -> Error {
    let expected = listed(fields.names(Role::Text).map(|name| name.name.as_str()));
    let cause = format!("expected a column {expected}, got {}", table.shown());
    input("no text column", cause, origin).hint(
        "name the column that holds the text: `--field text=NAME`; what separates them: \
         `--delimiter CHAR`",
    )
}
