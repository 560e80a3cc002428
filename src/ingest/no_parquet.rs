//! Parquet where kutip is built without it: refused by name.

use super::stream::Rewound;
use super::{Location, Options, Origin, Store};
use crate::error::{Error, ErrorKind, Result};
use std::io::{self, Read, Write};

/// Rows as they would be read.
pub struct Lines {
    /// A JSON object a line.
    pub bytes: Box<dyn Read + Send>,
    /// How many.
    pub n_rows: u64,
}

/// The error of a table.
pub fn lines(_: Rewound, origin: &Origin, _: &Options) -> Result<Lines> {
    Err(refused(ErrorKind::Input, origin.path))
}

/// The error of an output that would be a table.
pub fn check_one_schema(_: &[String]) -> Result<()> {
    Err(refused(ErrorKind::Usage, "--output"))
}

impl Store {
    /// The error of an output that would be a table.
    pub fn copy_rows(
        &self,
        _: &mut dyn Iterator<Item = Location>,
        _: &mut dyn Write,
    ) -> io::Result<()> {
        Err(io::Error::other(refused(ErrorKind::Output, "--output")))
    }
}

fn refused(kind: ErrorKind, place: &str) -> Error {
    let cause = "expected text or JSON Lines, for this kutip was built without Parquet";
    Error::new(kind, place, "a Parquet file", cause)
        .hint("build it with its default features, or convert the file with DuckDB for example")
}
