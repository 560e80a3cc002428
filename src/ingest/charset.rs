//! In which charset are these bytes, and what do they say?
//!
//! Valid UTF-8 is UTF-8. UTF-16 is told by its byte order mark, or by NULs that stand only where
//! the high halves of its units are. What is mostly valid UTF-8 is damaged UTF-8, and an error:
//! reading it in another charset would garble every letter that is not ASCII. The rest is guessed
//! by chardetng and must decode without an error.

use super::Origin;
use crate::error::{Error, ErrorKind};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// How much of a text the guess of its charset looks at, from its first non-ASCII byte.
const SAMPLE_BYTES: usize = 1 << 20;

/// Of a UTF-16 text's code units, one in this many at least has a zero high byte: even scripts
/// without Latin letters have spaces, digits or line ends as often as that.
const UNITS_PER_NUL: usize = 32;

/// UTF-16 in one of its byte orders, where bytes that begin with `head` are in it.
pub fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => utf16_without_mark(head),
    }
}

fn utf16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    // An odd head is a whole text, of which UTF-16 has none.
    let (units, []) = head.as_chunks::<2>() else { return None };
    let n_big = units.iter().filter(|u| u[0] == 0).count();
    let n_little = units.iter().filter(|u| u[1] == 0).count();
    let (encoding, n_nuls) = match (n_big, n_little) {
        (0, n @ 1..) => (UTF_16LE, n),
        (n @ 1.., 0) => (UTF_16BE, n),
        _ => return None,
    };
    let is_obvious = units.len() <= n_nuls * 2
        || units.len() <= n_nuls * UNITS_PER_NUL && !is_utf8_with_nuls(head);
    (is_obvious && is_text_in(encoding, head)).then_some(encoding)
}

/// Whether all is well but for the NULs: text of one-byte units with a stray NUL in it.
fn is_utf8_with_nuls(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The head may end inside a character.
        Err(e) if e.error_len().is_none() => return is_utf8_with_nuls(&head[..e.valid_up_to()]),
        Err(_) => return false,
    };
    !text.contains(|c: char| c != '\0' && is_odd_control(c))
}

fn is_text_in(utf16: &'static Encoding, head: &[u8]) -> bool {
    let text = utf16.decode_without_bom_handling(head).0;
    // The head may end inside a surrogate pair.
    let text = text.strip_suffix('\u{fffd}').unwrap_or(&text);
    !text.contains(|c| c == '\u{fffd}' || is_odd_control(c))
}

fn is_odd_control(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
}

/// The text of `bytes` and the WHATWG name of its charset. Errors have no place yet.
pub fn decode<'b>(
    bytes: &'b [u8],
    utf16: Option<&'static Encoding>,
    origin: &Origin,
) -> Result<(Cow<'b, str>, &'static str), Error> {
    let charset = match (utf16, std::str::from_utf8(bytes)) {
        (Some(utf16), _) => utf16,
        (None, Ok(_)) if is_iso_2022_jp(bytes) => ISO_2022_JP,
        (None, Ok(text)) => return Ok((Cow::Borrowed(text), UTF_8.name())),
        (None, Err(_)) => legacy_charset(bytes).ok_or_else(|| not_utf8(bytes, origin))?,
    };
    decode_as(charset, bytes, origin).map(|text| (Cow::Owned(text), charset.name()))
}

/// The charset of bytes that are not valid UTF-8; `None` where they are damaged UTF-8.
fn legacy_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let is_damaged_utf8 = bytes.starts_with(b"\xef\xbb\xbf") || is_mostly_utf8(bytes);
    (!is_damaged_utf8).then(|| guess(bytes))
}

/// Whether at least half of what is not ASCII is valid UTF-8. In another charset hardly any is:
/// its bytes would have to follow each other in UTF-8's narrow pattern by chance.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut n_valid, mut n_invalid) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        n_valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_invalid += usize::from(!chunk.invalid().is_empty());
    }
    n_invalid <= n_valid
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let start = Encoding::ascii_valid_up_to(bytes).saturating_sub(2);
    let end = bytes.len().min(start + SAMPLE_BYTES);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[start..end], end == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// ISO-2022-JP hides its letters behind escapes in pure ASCII, which is valid UTF-8.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let end = bytes.len().min(SAMPLE_BYTES);
    if memchr::memmem::find(&bytes[..end], b"\x1b$").is_none() {
        return false;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..end], end == bytes.len());
    detector.guess(None, Utf8Detection::Deny) == ISO_2022_JP
}

/// Decodes without replacing anything; a byte order mark stays as U+FEFF.
fn decode_as(encoding: &'static Encoding, bytes: &[u8], origin: &Origin) -> Result<String, Error> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let n_max = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(n_max.unwrap_or(usize::MAX));
    let (result, n_read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => Ok(text),
        DecoderResult::OutputFull => Err(undecodable(encoding.name(), bytes, n_read, origin)),
        DecoderResult::Malformed(n_bad, n_after) => {
            let at = n_read.saturating_sub(usize::from(n_bad) + usize::from(n_after));
            Err(undecodable(encoding.name(), bytes, at, origin))
        }
    }
}

fn undecodable(name: &str, bytes: &[u8], at: usize, origin: &Origin) -> Error {
    let cause = format!("expected {name}, got {} at byte {at}", shown(bytes, at));
    let hint = format!("name its charset: `{}`", origin.run("iconv -f CHARSET -t UTF-8"));
    Error::new(ErrorKind::Record, "", "cannot decode the text", cause).hint(hint)
}

/// The error of bytes that should be UTF-8 and are not, with the command that repairs them.
pub fn not_utf8(bytes: &[u8], origin: &Origin) -> Error {
    let at = std::str::from_utf8(bytes).err().map_or(0, |e| e.valid_up_to());
    let cause = format!("expected UTF-8, got {} at byte {at}", shown(bytes, at));
    let hint = match legacy_charset(bytes) {
        _ if origin.is_table => "write the column as UTF-8".to_owned(),
        Some(charset) => {
            let command = format!("iconv -f {} -t UTF-8", charset.name());
            format!("convert it, if it is {}: `{}`", charset.name(), origin.run(&command))
        }
        None => {
            let command = origin.run("iconv -f UTF-8 -t UTF-8 -c");
            format!("to drop what is not UTF-8: `{command}`")
        }
    };
    Error::new(ErrorKind::Record, "", "invalid UTF-8", cause).hint(hint)
}

fn shown(bytes: &[u8], at: usize) -> String {
    match bytes.get(at..bytes.len().min(at + 4)) {
        None | Some([]) => "the end".to_owned(),
        Some(bytes) => bytes.iter().map(|b| format!("{b:02X}")).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::*;

    fn decoded(bytes: &[u8]) -> Result<(String, &'static str), Error> {
        let (text, charset) = decode(bytes, utf16(bytes), &Origin::new("a.txt"))?;
        Ok((text.into_owned(), charset))
    }

    #[test]
    fn unicode_is_kept_code_point_by_code_point() {
        let text = "\u{feff}Presiden: “Ya”, 🙂\r\n";
        assert_eq!(decoded(text.as_bytes()).unwrap(), (text.to_owned(), "UTF-8"));
        for text in [text, "abc\n", "Ya", "Президент России сказал, что 5", "總統 2022"]
        {
            let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(decoded(&le).unwrap(), (text.to_owned(), "UTF-16LE"));
            assert_eq!(decoded(&be).unwrap(), (text.to_owned(), "UTF-16BE"));
        }
    }

    #[test]
    fn utf16_needs_to_be_obvious() {
        for head in [&b""[..], b"\0", b"\0\0", b"abc", b"a\0\0b", b"\x01\0\x02\0", &[0; 64]] {
            assert_eq!(utf16(head), None, "{head:?}");
        }
        for text in
            ["Berita\0 Berita", "Be\0rita", "“Ya”\0 kata", &("seratus kata ".repeat(9) + "\0 ")]
        {
            assert_eq!(utf16(text.as_bytes()), None, "{text}");
            assert_eq!(utf16(format!("{text} ").as_bytes()), None, "{text}");
        }
        // Cut inside a surrogate pair, as a head may be.
        assert_eq!(utf16(b"a\0b\0c\0\x3d\xd8"), Some(UTF_16LE));
    }

    #[test]
    fn legacy_charsets_are_guessed() {
        for (charset, text) in [
            (WINDOWS_1252, "Menteri Luar Negeri AS: “Café itu dibuka” – naïve, déjà vu, São Paulo"),
            (WINDOWS_1252, "kata Café"),
            (WINDOWS_1251, "Министр иностранных дел России заявил, что войска уйдут через неделю"),
            (KOI8_U, "Министр иностранных дел России заявил, что войска уйдут через неделю"),
            (WINDOWS_1256, "قال وزير الخارجية إن القوات ستغادر البلاد في غضون أسبوع"),
            (WINDOWS_874, "กรุงเทพมหานครเป็นเมืองหลวงและนครที่มีประชากรมากที่สุดของประเทศไทย"),
            (GBK, "外交部长说，军队将在一周内离开该国，局势已经稳定下来。"),
            (BIG5, "外交部長說，軍隊將在一週內離開該國，局勢已經穩定下來。"),
            (SHIFT_JIS, "外務大臣は、軍隊が一週間以内に国を離れると述べた。"),
            (EUC_JP, "外務大臣は、軍隊が一週間以内に国を離れると述べた。"),
            (EUC_KR, "외교부 장관은 군대가 일주일 안에 그 나라를 떠날 것이라고 말했다."),
            (ISO_2022_JP, "外務大臣は、軍隊が一週間以内に国を離れると述べた。"),
        ] {
            let bytes = charset.encode(text).0;
            let found = decoded(&bytes).unwrap_or_else(|e| panic!("{}: {e}", charset.name()));
            assert_eq!(found, (text.to_owned(), charset.name()));
        }
    }

    #[test]
    fn damaged_text_names_the_byte() {
        for (bytes, cause) in [
            (&b"\xef\xbb\xbfabc\xffd"[..], "expected UTF-8, got FF 64 at byte 6"),
            (
                "“Ya”, kata “\u{fffd}”".as_bytes().split_last().unwrap().1,
                "expected UTF-8, got E2 80 at byte 21",
            ),
            (b"\xff\xfea\0\x00\xd8b\0", "expected UTF-16LE, got 00 D8 62 00 at byte 4"),
            (b"\xfe\xff\0a\0", "expected UTF-16BE, got 00 at byte 4"),
        ] {
            let error = decoded(bytes).unwrap_err();
            assert_eq!((error.cause.as_str(), error.kind), (cause, ErrorKind::Record), "{bytes:?}");
            assert!(error.hint.is_some_and(|h| h.contains("iconv -f ") && h.contains("a.txt")));
        }
    }

    #[test]
    fn the_hint_names_the_likely_charset() {
        let hint = |bytes: &[u8]| not_utf8(bytes, &Origin::new("b.jsonl")).hint.unwrap();
        assert!(
            hint(b"{\"isi\": \"Caf\xe9 d\xe9j\xe0 vu\"}")
                .contains("iconv -f windows-1252 -t UTF-8 b.jsonl")
        );
        assert!(
            hint("“é\u{feff}”\u{ff}".as_bytes().split_last().unwrap().1).contains("-c b.jsonl")
        );
    }

    #[test]
    fn any_bytes_decode_or_err() {
        use proptest::prelude::*;
        proptest!(|(bytes: Vec<u8>)| {
            if let Ok((text, "UTF-8")) = decoded(&bytes) {
                prop_assert_eq!(text.as_bytes(), &bytes[..]);
            }
        });
    }
}
