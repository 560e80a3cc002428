//! Where does a line end, in one-byte units or in those of UTF-16?
//!
//! Lines are cut in the raw bytes, before any decoding, so that a line that cannot be decoded is
//! lost alone.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, Read};

/// How a line feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `0A`: UTF-8 and every charset that contains ASCII.
    Byte,
    /// `0A 00` at an even offset.
    Utf16Le,
    /// `00 0A` at an even offset.
    Utf16Be,
}

/// What ended a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// A line feed, the line's last bytes.
    Feed,
    /// The end of the input; an empty line is no line.
    Input,
    /// The line is as long as it may be, and goes on.
    TooLong,
}

impl Unit {
    /// The unit of a stream in `utf16`, or in bytes.
    pub fn of(utf16: Option<&'static Encoding>) -> Unit {
        match utf16 {
            Some(e) if e == UTF_16LE => Unit::Utf16Le,
            Some(e) if e == UTF_16BE => Unit::Utf16Be,
            _ => Unit::Byte,
        }
    }

    fn n_bytes(self) -> usize {
        if self == Unit::Byte { 1 } else { 2 }
    }
}

/// Appends the next line of `input` to the empty `line`, with its line feed. `too_long_bytes` is
/// even.
///
/// On an error `line` holds what was read before it.
pub fn read_line(
    input: &mut impl BufRead,
    unit: Unit,
    too_long_bytes: u64,
    line: &mut Vec<u8>,
) -> io::Result<LineEnd> {
    loop {
        let room = too_long_bytes.saturating_sub(line.len() as u64);
        if room == 0 {
            return Ok(LineEnd::TooLong);
        }
        if input.take(room).read_until(b'\n', line)? == 0 {
            return Ok(LineEnd::Input);
        }
        if line.last() == Some(&b'\n') && is_feed(input, unit, line)? {
            return Ok(LineEnd::Feed);
        }
    }
}

/// Whether the `0A` that ends `line` is (part of) a line feed; reads the rest of it.
fn is_feed(input: &mut impl BufRead, unit: Unit, line: &mut Vec<u8>) -> io::Result<bool> {
    match unit {
        Unit::Byte => Ok(true),
        Unit::Utf16Be => Ok(line.len().is_multiple_of(2) && line[line.len() - 2] == 0),
        Unit::Utf16Le => {
            if line.len().is_multiple_of(2) || input.fill_buf()?.first() != Some(&0) {
                return Ok(false);
            }
            input.consume(1);
            line.push(0);
            Ok(true)
        }
    }
}

/// A line without its line feed.
pub fn without_feed(line: &[u8], unit: Unit, end: LineEnd) -> &[u8] {
    match end {
        LineEnd::Feed => &line[..line.len() - unit.n_bytes()],
        LineEnd::Input | LineEnd::TooLong => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8], unit: Unit, too_long: u64) -> Vec<(Vec<u8>, LineEnd)> {
        // A tiny buffer, so that feeds fall on its edges.
        let mut input = io::BufReader::with_capacity(3, bytes);
        let mut found = Vec::new();
        loop {
            let mut line = Vec::new();
            let end = read_line(&mut input, unit, too_long, &mut line).unwrap();
            if line.is_empty() {
                return found;
            }
            found.push((line, end));
        }
    }

    #[test]
    fn feeds_count_at_even_offsets_only() {
        use LineEnd::*;
        for (bytes, unit, expect) in [
            (&b"a\n\nbc"[..], Unit::Byte, vec![(&b"a\n"[..], Feed), (b"\n", Feed), (b"bc", Input)]),
            // U+010A U+000A U+0A00 in both byte orders.
            (
                b"\x0a\x01\x0a\x00\x00\x0ax\x00",
                Unit::Utf16Le,
                vec![(b"\x0a\x01\x0a\x00", Feed), (b"\x00\x0ax\x00", Input)],
            ),
            (
                b"\x01\x0a\x00\x0a\x0a\x00\x00x",
                Unit::Utf16Be,
                vec![(b"\x01\x0a\x00\x0a", Feed), (b"\x0a\x00\x00x", Input)],
            ),
            // An odd number of bytes.
            (b"a\x00\x0a", Unit::Utf16Le, vec![(b"a\x00\x0a", Input)]),
            (b"\x00a\x00", Unit::Utf16Be, vec![(b"\x00a\x00", Input)]),
        ] {
            let expect: Vec<_> = expect.into_iter().map(|(l, e)| (l.to_vec(), e)).collect();
            assert_eq!(lines(bytes, unit, 1 << 20), expect, "{bytes:?}");
        }
    }

    #[test]
    fn a_line_is_cut_where_it_gets_too_long() {
        use LineEnd::*;
        let expect =
            vec![(b"abcd".to_vec(), TooLong), (b"ef\n".to_vec(), Feed), (b"gh".to_vec(), Input)];
        assert_eq!(lines(b"abcdef\ngh", Unit::Byte, 4), expect);
    }

    #[test]
    fn nothing_is_lost_or_added() {
        use proptest::prelude::*;
        let units = prop_oneof![Just(Unit::Byte), Just(Unit::Utf16Le), Just(Unit::Utf16Be)];
        let bytes = prop::collection::vec(prop_oneof![Just(0u8), Just(b'\n'), any::<u8>()], 0..64);
        proptest!(|(bytes in bytes, unit in units, half in 1u64..20)| {
            let joined: Vec<u8> = lines(&bytes, unit, half * 2).into_iter().flat_map(|l| l.0).collect();
            prop_assert_eq!(joined, bytes);
        });
    }
}
