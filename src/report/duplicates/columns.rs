//! How does a row read with other values in some of its columns? The rest stays byte for byte.

use crate::ingest::{Delimiter, Table};
use std::io::{self, Write};

/// Columns that a table is to have: in the place of its own of that name, else at the end of the row.
pub struct Columns<'t, const N: usize> {
    table: &'t Table,
    names: [&'static str; N],
    /// By column of the table, which of `names` it has.
    replaced: Vec<Option<usize>>,
    /// Which of `names` it has not.
    added: Vec<usize>,
}

impl<'t, const N: usize> Columns<'t, N> {
    /// Columns of these names.
    pub fn new(table: &'t Table, names: [&'static str; N]) -> Self {
        let of_name = |own: &String| names.iter().position(|name| name == own);
        let replaced: Vec<Option<usize>> = table.names().iter().map(of_name).collect();
        let added = (0..N).filter(|idx| !replaced.contains(&Some(*idx))).collect();
        Columns { table, names, replaced, added }
    }

    /// Writes the header: a column that is replaced keeps its name as it stands.
    pub fn write_header(&self, out: &mut dyn Write) -> io::Result<()> {
        self.write_longer(self.table.header(), &self.names.map(str::to_owned), out)
    }

    /// Writes a row of the table with these values.
    pub fn write_row(
        &self,
        row: &str,
        values: &[String; N],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if self.added.len() == N {
            return self.write_longer(row, values, out);
        }
        let (fields, end) = match row.strip_suffix('\r') {
            Some(fields) => (fields, "\r"),
            None => (row, ""),
        };
        let delimiter = self.table.delimiter();
        let mut replaced = String::with_capacity(row.len());
        for (idx, field) in self.table.raw_fields(fields).enumerate() {
            if 0 < idx {
                replaced.push(char::from(delimiter.byte()));
            }
            match self.replaced.get(idx).copied().flatten() {
                Some(value) => replaced.push_str(&written(&values[value], delimiter)?),
                None => replaced.push_str(field),
            }
        }
        self.write_longer(&(replaced + end), values, out)
    }

    /// Writes a row with those of the values at its end that have no column.
    fn write_longer(&self, row: &str, values: &[String; N], out: &mut dyn Write) -> io::Result<()> {
        let (fields, end) = match row.strip_suffix('\r') {
            Some(fields) => (fields, "\r\n"),
            None => (row, "\n"),
        };
        let delimiter = self.table.delimiter();
        out.write_all(fields.as_bytes())?;
        for &idx in &self.added {
            write!(out, "{}{}", char::from(delimiter.byte()), written(&values[idx], delimiter)?)?;
        }
        out.write_all(end.as_bytes())
    }
}

/// A value as a field of a row, in quotes where it needs them.
fn written(value: &str, delimiter: Delimiter) -> io::Result<String> {
    if value.is_empty() {
        return Ok(String::new());
    }
    let mut row = csv::WriterBuilder::new()
        .delimiter(delimiter.byte())
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    row.write_record([value])?;
    let mut row = row.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    row.pop();
    String::from_utf8(row).map_err(io::Error::other)
}
