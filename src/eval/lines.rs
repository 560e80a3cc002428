//! What does a line hold? Reading JSON Lines with errors that name file, line and what was expected.

use crate::error::{Error, ErrorKind, Result};
use crate::eval::place::{Place, file_name};
use crate::span::ByteSpan;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// A kind of file, as its errors describe it.
pub(super) struct Format {
    /// "a truth record".
    pub record: &'static str,
    /// "article, claim and trap lines".
    pub expected: &'static str,
    /// Where the user learns more.
    pub hint: &'static str,
}

impl Format {
    /// Hands every record with its line number (from 1) to `take`; blank lines are passed over.
    ///
    /// Errors on the first line that is no such record or that `take` refuses, and where there is
    /// no record at all.
    pub fn read<T: DeserializeOwned>(
        &self,
        text: &str,
        path: &str,
        mut take: impl FnMut(u64, T) -> std::result::Result<(), String>,
    ) -> Result<()> {
        let mut is_empty = true;
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() {
                continue;
            }
            is_empty = false;
            let record = serde_json::from_str(line).map_err(|error| json_reason(&error));
            record
                .and_then(|record| take(number, record))
                .map_err(|cause| self.refused(path, number, cause))?;
        }
        if is_empty { Err(self.nothing(path, "the file is empty")) } else { Ok(()) }
    }

    /// The error of a line that is no such record.
    pub fn refused(&self, path: &str, number: u64, cause: String) -> Error {
        let what = format!("not {}", self.record);
        Error::new(ErrorKind::Input, format!("{path}:{number}"), what, cause).hint(self.hint)
    }

    /// The error of a file without what it is for.
    pub fn nothing(&self, path: &str, got: &str) -> Error {
        let cause = format!("expected {}, {got}", self.expected);
        Error::new(ErrorKind::Input, path, "nothing to compare", cause).hint(self.hint)
    }
}

/// The reason without serde's line number, which is always 1 here.
fn json_reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or_default();
    match error.column() {
        0 => reason.to_owned(),
        column => format!("{reason}, at column {column}"),
    }
}

/// A passage as both formats write it.
#[derive(Deserialize)]
pub(super) struct PlaceLine {
    doc: String,
    exact: String,
    byte_start: u32,
    byte_end: u32,
}

impl PlaceLine {
    /// The document's name in full.
    pub fn doc(&self) -> &str {
        &self.doc
    }

    /// The passage, if its text is as long as its offsets say.
    pub fn place(self) -> std::result::Result<Place, String> {
        let PlaceLine { doc, exact, byte_start, byte_end } = self;
        BlockLine { exact, byte_start, byte_end }.place(&doc)
    }
}

/// A passage of the document that its record is about.
#[derive(Deserialize)]
pub(super) struct BlockLine {
    exact: String,
    byte_start: u32,
    byte_end: u32,
}

impl BlockLine {
    /// The passage, if its text is as long as its offsets say.
    pub fn place(self, doc: &str) -> std::result::Result<Place, String> {
        let BlockLine { exact, byte_start, byte_end } = self;
        let n_bytes = exact.len();
        if n_bytes == 0 || byte_end.checked_sub(byte_start).map(|n| n as usize) != Some(n_bytes) {
            return Err(format!(
                "expected byte_start and byte_end of the {n_bytes} bytes of exact, \
                 got {byte_start} and {byte_end}"
            ));
        }
        let span = ByteSpan { start: byte_start, end: byte_end };
        Ok(Place { doc: file_name(doc).to_owned(), span, exact })
    }
}

/// Tells a field that is `null` (`Some(None)`) from one that is not there (`None`, by default).
pub(super) fn stated<'de, D, T>(deserializer: D) -> std::result::Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
