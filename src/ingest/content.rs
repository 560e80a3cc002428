//! What do these bytes hold: an article, records, or something that is no text at all?
//!
//! The name decides between plain text, JSON Lines and tables where it has a known extension;
//! otherwise the first lines tell JSON Lines, and `--delimiter` a table. Formats that would be read as
//! nonsense are refused by name.

use super::blocks::{BlockEnd, Blocks, Unit};
use super::stream::{Compression, Rewound};
use super::table::{Delimiter, Expect, Table};
use super::{Options, Origin, records};
use crate::error::{Error, ErrorKind};
use encoding_rs::Encoding;
use serde::de::IgnoredAny;
use serde_json::error::Category;
use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

/// How many of the first bytes the format and the charset are told by.
pub const HEAD_BYTES: usize = 8 << 10;

/// How documents stand in a file.
#[derive(Debug, Clone)]
pub enum Format {
    /// The file is one article.
    Plain,
    /// Each line is a JSON object.
    JsonLines,
    /// Each row but the first is an article.
    Table(Arc<Table>),
    /// Each row is a record.
    Parquet,
}

impl Format {
    /// Whether the file is one article.
    pub fn is_plain(&self) -> bool {
        matches!(self, Format::Plain)
    }
}

/// Names without their compression's extension that a directory's files may end in.
pub const EXTENSIONS: [&str; 8] =
    ["txt", "text", "jsonl", "ndjson", "json", "csv", "tsv", "parquet"];

/// Extensions of compressed files.
const COMPRESSED: [&str; 4] = ["gz", "zst", "bz2", "xz"];

/// The extension of a path in lower case, without that of a compression: "a.JSONL.gz" has "jsonl".
pub fn extension(path: &Path) -> Option<String> {
    let lower = |p: &Path| p.extension().map(|e| e.to_string_lossy().to_lowercase());
    match lower(path) {
        Some(e) if COMPRESSED.contains(&e.as_str()) => lower(&path.with_extension("")),
        other => other,
    }
}

/// The format of `text`, of which nothing is taken.
pub fn format(
    text: &mut Rewound,
    utf16: Option<&'static Encoding>,
    options: &Options,
    origin: &Origin,
) -> Result<Format, Error> {
    if let Some(delimiters) = delimiters(origin.path, options) {
        let expect = Expect { delimiters: &delimiters, fields: &options.fields, utf16 };
        return Ok(Format::Table(Arc::new(Table::of(text, expect, origin)?)));
    }
    let named = match extension(Path::new(origin.path)).as_deref() {
        Some("txt" | "text") => return Ok(Format::Plain),
        Some("jsonl" | "ndjson" | "json") => Some(Format::JsonLines),
        _ => None,
    };
    let head = text.peek(HEAD_BYTES);
    if named.is_none() && utf16.is_none() {
        refuse_nul(head, origin)?;
    }
    // Only what may be JSON is read further: the first line of anything else may have no end.
    if !decode_loosely(head, utf16).trim_start_matches(is_blank_char).starts_with(['{', '[']) {
        return Ok(named.unwrap_or(Format::Plain));
    }
    match shape(&first_lines(text, utf16), named.is_some()) {
        Shape::Format(format) => Ok(named.unwrap_or(format)),
        Shape::Array => Err(one_value(origin, "an array", "jq -c '.[]'")),
        Shape::Object => Err(one_value(origin, "an object of several lines", "jq -c .")),
    }
}

/// What may stand between the fields of the table that `path` is; `None` of what is no table.
///
/// A table is what is named as one and, where a delimiter is given, what has no other known name.
pub fn delimiters(path: &str, options: &Options) -> Option<Vec<Delimiter>> {
    let given = options.delimiter.map(|delimiter| vec![delimiter]);
    match extension(Path::new(path)).as_deref() {
        Some("csv") => given.or_else(|| Some(Delimiter::OF_CSV.to_vec())),
        Some("tsv") => given.or_else(|| Some(Delimiter::OF_TSV.to_vec())),
        Some(other) if EXTENSIONS.contains(&other) => None,
        _ => given,
    }
}

fn one_value(origin: &Origin, got: &str, command: &str) -> Error {
    let cause = format!("expected JSON Lines, one object a line, got {got}");
    let hint = format!("convert it to JSON Lines: `{}`", origin.run(command));
    Error::new(ErrorKind::Input, origin.path, "one JSON value", cause).hint(hint)
}

/// The first two lines that are not blank, trimmed; empty where there are no such lines.
#[derive(Default)]
struct Opening {
    first: String,
    second: String,
}

/// The opening of `text`, of which nothing is taken. Few blank lines are read beside the two.
fn first_lines(text: &mut Rewound, utf16: Option<&'static Encoding>) -> Opening {
    let unit = Unit::of(utf16);
    let (mut opening, mut n_blank) = (Opening::default(), 0);
    let (mut read, mut error) = (Vec::new(), None);
    let mut blocks = Blocks::new(&mut *text, unit, records::SIZES);
    while opening.second.is_empty() && n_blank <= HEAD_BYTES {
        let Some(block) = blocks.next(Vec::new()) else { break };
        for line in unit.lines(block.bytes()) {
            let decoded = decode_loosely(line, utf16);
            let shown = decoded.trim_matches(is_blank_char);
            match shown {
                "" => n_blank += line.len(),
                _ if opening.first.is_empty() => opening.first = shown.to_owned(),
                _ => {
                    opening.second = shown.to_owned();
                    break;
                }
            }
        }
        read.extend_from_slice(block.bytes());
        match block.end {
            BlockEnd::Feed => {}
            BlockEnd::Input | BlockEnd::Inside => break,
            BlockEnd::Broken(broken) => error = Some(broken),
        }
    }
    read.extend_from_slice(blocks.carry());
    text.put_back(read, error);
    opening
}

fn decode_loosely<'b>(line: &'b [u8], utf16: Option<&'static Encoding>) -> Cow<'b, str> {
    match utf16 {
        Some(encoding) => encoding.decode_without_bom_handling(line).0,
        None => String::from_utf8_lossy(line),
    }
}

/// Whether a text says nothing: white space and byte order marks.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_blank_char)
}

fn is_blank_char(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

enum Shape {
    Format(Format),
    /// The whole text is a JSON array.
    Array,
    /// The whole text is a JSON object over several lines (or several of them).
    Object,
}

fn shape(opening: &Opening, is_named: bool) -> Shape {
    let Opening { first, second } = opening;
    let is_record = |line: &str| line.starts_with('{') && parse(line).is_none();
    match parse(first) {
        None if first.starts_with('{') => return Shape::Format(Format::JsonLines),
        None if is_array(first, is_named) && second.is_empty() => return Shape::Array,
        // JSON breaks off at the line's end, and goes on in the next line.
        Some(Category::Eof) if !second.is_empty() => {
            let both = parse(&format!("{first}\n{second}"));
            let goes_on = !matches!(both, Some(Category::Syntax | Category::Data));
            match first.as_bytes().first() {
                Some(b'[') if goes_on => return Shape::Array,
                Some(b'{') if goes_on && !is_record(second) => return Shape::Object,
                _ => {}
            }
        }
        _ => {}
    }
    let is_lines = looks_like_record(first) || first.starts_with('{') && is_record(second);
    Shape::Format(if is_lines { Format::JsonLines } else { Format::Plain })
}

/// Whether a complete JSON value is an array; in a file of unknown format only one of objects, for
/// `[2022]` may well be all that an article's first line says.
fn is_array(line: &str, is_named: bool) -> bool {
    let Some(inside) = line.strip_prefix('[') else { return false };
    is_named || inside.trim_start().starts_with('{')
}

/// Whether a line begins as a record does, `{"name":`, even if it is broken further on: reported as
/// a bad record it is of more use than as an article.
fn looks_like_record(line: &str) -> bool {
    let name = line.strip_prefix('{').and_then(|rest| rest.trim_start().strip_prefix('"'));
    let after = name.and_then(|rest| rest.split_once('"'));
    after.is_some_and(|(_, after)| after.trim_start().starts_with(':'))
}

/// `None` for one complete JSON value, otherwise what is wrong with it.
fn parse(text: &str) -> Option<Category> {
    serde_json::from_str::<IgnoredAny>(text).err().map(|e| e.classify())
}

const IMAGE: &str = "recognise its text: `tesseract IMAGE -`";
const TABLE: &str = "convert it to JSON Lines, with DuckDB for example";
const EXTRACT: &str = "extract the article's text first, with trafilatura for example";
const UTF32: &str = "convert it: `iconv -f UTF-32 -t UTF-8`";

/// Formats that are neither text nor JSON Lines: first bytes, name, way out.
const MAGIC: [(&[u8], &str, &str); 23] = [
    (b"%PDF-", "a PDF file", "extract its text: `pdftotext`"),
    (b"\x89PNG", "a PNG image", IMAGE),
    (b"\xff\xd8\xff", "a JPEG image", IMAGE),
    (b"GIF87a", "a GIF image", IMAGE),
    (b"GIF89a", "a GIF image", IMAGE),
    (b"II*\0", "a TIFF image", IMAGE),
    (b"MM\0*", "a TIFF image", IMAGE),
    (
        b"PK\x03\x04",
        "a ZIP file (or .docx, .xlsx, .odt, .epub)",
        "unpack it, or save it as plain text",
    ),
    (b"PK\x05\x06", "an empty ZIP file", "leave it out"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file", "unpack it: `7z x`"),
    (b"Rar!\x1a\x07", "a RAR file", "unpack it: `unrar x`"),
    (b"\x04\x22\x4d\x18", "LZ4 data", "decompress it: `lz4 -dc`"),
    (b"\x1f\x9d", "compress(1) data", "decompress it: `gzip -dc`"),
    (b"ARROW1\0", "an Arrow file", TABLE),
    (b"Obj\x01", "an Avro file", TABLE),
    (b"SQLite format 3\0", "an SQLite database", TABLE),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office file (.doc, .xls)",
        "save it as plain text",
    ),
    (b"{\\rtf", "an RTF file", "save it as plain text"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"WARC/1.", "a WARC file", EXTRACT),
    (b"WARC/0.", "a WARC file", EXTRACT),
    (b"\xff\xfe\0\0", "UTF-32 text", UTF32),
    (b"\0\0\xfe\xff", "UTF-32 text", UTF32),
];

/// Whether bytes that begin with `head` are a Parquet file, encrypted or not. Such a word may well
/// begin a text, which goes on otherwise: in a text is no NUL.
pub fn is_parquet(head: &[u8]) -> bool {
    let is_named = head.starts_with(b"PAR1") || head.starts_with(b"PARE");
    is_named && (head.get(4) == Some(&0x15) || head.get(7) == Some(&0))
}

/// An error where bytes that begin with `head` are in a format that holds no plain text.
pub fn refuse_other_formats(head: &[u8], origin: &Origin) -> Result<(), Error> {
    let Some((name, hint)) = other_format(head) else { return Ok(()) };
    let what = format!("looks like {name}");
    Err(Error::new(ErrorKind::Input, origin.path, what, "expected text or JSON Lines").hint(hint))
}

fn other_format(head: &[u8]) -> Option<(&'static str, &'static str)> {
    if is_parquet(head) {
        return Some(("compressed Parquet", "decompress it first: Parquet is compressed inside"));
    }
    let magic = MAGIC.iter().find(|(magic, ..)| head.starts_with(magic));
    if let Some(&(_, name, hint)) = magic {
        return Some((name, hint));
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let starts = |tag: &[u8]| text.get(..tag.len()).is_some_and(|t| t.eq_ignore_ascii_case(tag));
    if Compression::of(head).is_some() {
        Some(("compressed data inside compressed data", "decompress it once by hand"))
    } else if head.get(257..262) == Some(b"ustar") {
        Some(("a tar archive", "unpack it: `tar -xf`"))
    } else if starts(b"<!doctype html") || starts(b"<html") {
        Some(("an HTML page", EXTRACT))
    } else if starts(b"<?xml") {
        Some(("XML", EXTRACT))
    } else {
        None
    }
}

/// An error where bytes that are not UTF-16 hold a NUL, which no text has.
pub fn refuse_nul(bytes: &[u8], origin: &Origin) -> Result<(), Error> {
    let Some(at) = memchr::memchr(0, bytes) else { return Ok(()) };
    let cause = format!("expected text or JSON Lines, got a NUL at byte {at}");
    let command = if origin.compression.is_some() || origin.path == super::paths::STDIN {
        origin.run("tr -d '\\000'")
    } else {
        format!("tr -d '\\000' <{}", super::paths::shell_quoted(origin.path))
    };
    let hint = format!("leave it out, or drop the NULs: `{command}`");
    Err(Error::new(ErrorKind::Input, origin.path, "looks like binary data", cause).hint(hint))
}
