//! What could not be read, and why? Told on stderr, and kept byte for byte for `--rejects`.

use super::SCHEMA_VERSION;
use super::jsonl::write_line;
use super::screen::escape_line;
use crate::error::{Error, ErrorKind};
use crate::ingest::Reject;
use serde::Serialize;
use std::io::{self, Write};

/// How many errors of one kind are told one by one.
const MAX_TOLD: usize = 20;

#[derive(Serialize)]
struct RejectRecord<'r> {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    path: &'r str,
    line: Option<u64>,
    what: &'r str,
    cause: &'r str,
    #[serde(flatten)]
    record: Record<'r>,
}

/// The rejected bytes, as text where they are text.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Record<'r> {
    Record(&'r str),
    RecordBase64(String),
}

/// Writes a JSON object a line for each reject, in order.
pub fn write(rejects: &[Reject], out: &mut dyn Write) -> io::Result<()> {
    rejects.iter().try_for_each(|reject| {
        let record = match std::str::from_utf8(&reject.record) {
            Ok(text) => Record::Record(text),
            Err(_) => Record::RecordBase64(base64(&reject.record)),
        };
        let record = RejectRecord {
            record_type: "reject",
            schema_version: SCHEMA_VERSION,
            path: &reject.path,
            line: reject.line,
            what: &reject.error.what,
            cause: &reject.error.cause,
            record,
        };
        write_line(&record, out)
    })
}

/// Tells of each reject in a line, `path:line: what: cause`, in order.
///
/// A kind's hint follows its first error only; after 20 of a kind the others are only counted.
pub fn tell(rejects: &[Reject], out: &mut dyn Write) -> io::Result<()> {
    let mut kinds: Vec<Kind<'_>> = Vec::new();
    for Reject { error, .. } in rejects {
        let kind = kind_of(error, &mut kinds);
        kind.n_errors += 1;
        if kind.n_errors <= MAX_TOLD {
            tell_error(&Error { hint: None, ..error.clone() }, out)?;
            if let Some(hint) = error.hint.as_deref().filter(|_| !kind.hinted) {
                kind.hinted = true;
                writeln!(out, "hint: {}", escape_line(hint))?;
            }
        }
    }
    for kind in kinds.iter().filter(|kind| MAX_TOLD < kind.n_errors) {
        let n_more = kind.n_errors - MAX_TOLD;
        writeln!(out, "and {n_more} more: {}", escape_line(kind.what))?;
    }
    Ok(())
}

/// Writes an error as people read it: nothing of what it quotes reaches the terminal as a command.
pub fn tell_error(error: &Error, out: &mut dyn Write) -> io::Result<()> {
    // Line by line: the hint is a line of its own, but a cause with line breaks is one line.
    let flat = Error {
        place: escape_line(&error.place).into_owned(),
        what: escape_line(&error.what).into_owned(),
        cause: escape_line(&error.cause).into_owned(),
        hint: error.hint.as_deref().map(|hint| escape_line(hint).into_owned()),
        ..error.clone()
    };
    writeln!(out, "{flat}")
}

/// Errors that are one to the reader.
struct Kind<'r> {
    error: ErrorKind,
    what: &'r str,
    n_errors: usize,
    hinted: bool,
}

/// The kind of an error, new where there is none yet. Kinds are few: they are texts of this crate.
fn kind_of<'k, 'r>(error: &'r Error, kinds: &'k mut Vec<Kind<'r>>) -> &'k mut Kind<'r> {
    let found = kinds.iter().position(|kind| kind.error == error.kind && kind.what == error.what);
    let idx = found.unwrap_or_else(|| {
        kinds.push(Kind { error: error.kind, what: &error.what, n_errors: 0, hinted: false });
        kinds.len() - 1
    });
    &mut kinds[idx]
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= chunk.len() { digit as char } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reject(path: &str, line: u64, what: &str, hint: Option<&str>, record: &[u8]) -> Reject {
        let mut error = Error::new(ErrorKind::Record, format!("{path}:{line}"), what, "as it is");
        error.hint = hint.map(str::to_owned);
        Reject { error, path: path.to_owned(), line: Some(line), record: record.to_vec() }
    }

    fn told(rejects: &[Reject]) -> String {
        let mut out = Vec::new();
        tell(rejects, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_each_a_hint_a_kind_and_then_a_count() {
        let mut all: Vec<Reject> =
            (1..=23).map(|n| reject("a.jsonl", n, "no text", Some("name it"), b"")).collect();
        all.push(reject("b.jsonl", 9, "not JSON", None, b""));
        let told = told(&all);
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), 20 + 1 + 1 + 1);
        assert_eq!(
            lines[..3],
            ["a.jsonl:1: no text: as it is", "hint: name it", "a.jsonl:2: no text: as it is"]
        );
        assert_eq!(lines[21..], ["b.jsonl:9: not JSON: as it is", "and 3 more: no text"]);
    }

    #[test]
    fn a_hostile_name_stays_on_its_line() {
        let all = [reject("a\nb\u{1b}[2J", 1, "no text", None, b"")];
        assert_eq!(told(&all), "a b\\u{1b}[2J:1: no text: as it is\n");
    }

    #[test]
    fn bytes_are_kept() {
        let mut out = Vec::new();
        write(
            &[reject("a", 1, "w", None, b"{\"a\":"), reject("a", 2, "w", None, b"\xff\n")],
            &mut out,
        )
        .unwrap();
        let expect = concat!(
            r#"{"type":"reject","schema_version":1,"path":"a","line":1,"what":"w","cause":"as it is","record":"{\"a\":"}"#,
            "\n",
            r#"{"type":"reject","schema_version":1,"path":"a","line":2,"what":"w","cause":"as it is","record_base64":"/wo="}"#,
            "\n"
        );
        assert_eq!(String::from_utf8(out).unwrap(), expect);
    }

    #[test]
    fn base64_of_rfc_4648() {
        for (bytes, expect) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), expect);
        }
    }
}
