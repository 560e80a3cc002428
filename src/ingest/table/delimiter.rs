//! What may stand between the fields of a row?

use crate::error::{Error, ErrorKind};
use std::fmt;
use std::str::FromStr;

/// The character between two fields: ASCII, and nothing that rows need for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiter(u8);

impl Delimiter {
    /// Those looked for in the header of a `.csv`, the first before the others.
    pub(in crate::ingest) const OF_CSV: [Delimiter; 4] =
        [Delimiter(b','), Delimiter(b';'), Delimiter(b'\t'), Delimiter(b'|')];
    /// Those of a `.tsv`.
    pub(in crate::ingest) const OF_TSV: [Delimiter; 4] =
        [Delimiter(b'\t'), Delimiter(b','), Delimiter(b';'), Delimiter(b'|')];

    /// Its byte.
    pub fn byte(self) -> u8 {
        self.0
    }

    /// A reader at the beginning of a row, with no byte-order mark before it. Making one takes as
    /// long as reading a few rows, and a clone of one reads wrongly (csv-core 0.1.13).
    pub(super) fn reader(self) -> csv_core::Reader {
        let mut reader = csv_core::ReaderBuilder::new().delimiter(self.0).build();
        start(&mut reader);
        reader
    }
}

/// Puts a reader at the beginning of a row, wherever it was.
pub(super) fn start(reader: &mut csv_core::Reader) {
    reader.reset();
    // It would take the row's first character for a byte-order mark; a line feed here says nothing.
    reader.read_record(b"\n", &mut [0], &mut [0]);
}

/// As `--delimiter` takes it: a character, or `tab`.
impl FromStr for Delimiter {
    type Err = Error;

    fn from_str(typed: &str) -> Result<Delimiter, Error> {
        match typed.as_bytes() {
            b"tab" | b"\\t" => Ok(Delimiter(b'\t')),
            [byte @ (b'\t' | b' '..=b'~')] if !byte.is_ascii_alphanumeric() && *byte != b'"' => {
                Ok(Delimiter(*byte))
            }
            _ => {
                let cause = "expected one character such as `;` or `|`, or `tab`";
                Err(Error::new(ErrorKind::Usage, "", "not a delimiter", cause))
            }
        }
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            b'\t' => f.write_str("tabs"),
            byte => write!(f, "`{}`", char::from(byte)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_one_character_of_no_other_use() {
        for (typed, expect) in [
            (",", Some(b',')),
            (";", Some(b';')),
            (" ", Some(b' ')),
            ("tab", Some(b'\t')),
            ("\\t", Some(b'\t')),
            ("\t", Some(b'\t')),
            ("", None),
            (",,", None),
            ("t", None),
            ("0", None),
            ("\"", None),
            ("\n", None),
            ("\r", None),
            ("\0", None),
            ("¦", None),
        ] {
            assert_eq!(typed.parse::<Delimiter>().ok().map(Delimiter::byte), expect, "{typed:?}");
        }
    }
}
