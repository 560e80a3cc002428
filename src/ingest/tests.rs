//! The whole of reading, from paths to documents, and every bad input by name.

use super::*;
use blocks::Sizes;
use proptest::prelude::*;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;

/// Reads `bytes` as if a file named `path` held them.
fn read_as(path: &str, bytes: &[u8]) -> Batch {
    read_with(path, bytes, &Options::default())
}

fn read_with(path: &str, bytes: &[u8], options: &Options) -> Batch {
    let of = |article: Article| article.document(&options.fields);
    let stream = || Box::new(io::Cursor::new(bytes.to_vec()));
    let never = (Again::Never, (options, None));
    let batch = read_stream(stream(), Origin::new(path), never, &of, None).0.batch;
    // The texts alone are the same, and so is what is wrong.
    let of = |article: Article| article.with_text(&options.fields, str::to_owned);
    let spool = Arc::new(Spool::new(None));
    let again = (Again::FromSpool, (options, Some(&spool)));
    let scanned = read_stream(stream(), Origin::new(path), again, &of, None).0.batch;
    assert_eq!(scanned.documents, texts(&batch));
    assert_eq!((&scanned.rejects, scanned.n_bytes), (&batch.rejects, batch.n_bytes));
    batch
}

/// What `scan` gives, with all that was made of the articles, in the order of their places.
pub fn scan_all<T: Send>(
    paths: &[String],
    options: &Options,
    of: impl Fn(Article) -> Result<T, Error> + Sync,
) -> (Vec<T>, Batch<()>, Store) {
    let taken = Mutex::new(Vec::new());
    let of = |article: Article| Ok((article.location, of(article)?));
    let take = |read| {
        taken.lock().unwrap().extend(read);
        Ok(())
    };
    let (batch, store) = scan(paths, options, of, take).unwrap();
    let mut taken: Vec<(Location, T)> = taken.into_inner().unwrap();
    taken.sort_unstable_by_key(|(location, _)| *location);
    (taken.into_iter().map(|(_, made)| made).collect(), batch, store)
}

fn texts(batch: &Batch) -> Vec<&str> {
    batch.documents.iter().map(|d| d.text.as_str()).collect()
}

/// `place: what: cause` of each reject.
fn errors(batch: &Batch) -> Vec<String> {
    let first_line = |r: &Reject| r.error.to_string().lines().next().unwrap_or("").to_owned();
    batch.rejects.iter().map(first_line).collect()
}

fn hint(batch: &Batch) -> &str {
    batch.rejects[0].error.hint.as_deref().unwrap_or("")
}

/// A fresh directory with the given files in it.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read_in(folder: &Path, names: &[&str]) -> Batch {
    let paths: Vec<String> =
        names.iter().map(|name| folder.join(name).to_str().unwrap().to_owned()).collect();
    read(&paths, &Options::default())
}

/// Paths of the documents (with `:line`), without the folder.
fn places(batch: &Batch, folder: &Path) -> Vec<String> {
    let prefix = format!("{}/", folder.display());
    batch.documents.iter().map(|d| d.source.place().replace(&prefix, "")).collect()
}

fn compressed(compression: Option<stream::Compression>, bytes: &[u8]) -> Vec<u8> {
    use stream::Compression::*;
    match compression {
        None => bytes.to_vec(),
        Some(Gzip) => {
            let mut out = flate2::write::GzEncoder::new(Vec::new(), Default::default());
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        }
        Some(Zstd) => {
            let mut out = zstd::Encoder::new(Vec::new(), 1).unwrap();
            // As the command writes it.
            out.include_checksum(true).unwrap();
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        }
        Some(Bzip2) => {
            let mut out = bzip2::write::BzEncoder::new(Vec::new(), Default::default());
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        }
        Some(Xz) => {
            let mut out = liblzma::write::XzEncoder::new(Vec::new(), 0);
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        }
    }
}

const COMPRESSIONS: [stream::Compression; 4] = [
    stream::Compression::Gzip,
    stream::Compression::Zstd,
    stream::Compression::Bzip2,
    stream::Compression::Xz,
];

const TWO_RECORDS: &str = "{\"text\": \"Satu.\", \"url\": \"https://warta.example/1\"}\n\
                           {\"isi\": \"Dua.\", \"judul\": \"Kedua\"}";

/// Bytes that no compression makes smaller, as text.
fn noise(n_bytes: usize) -> String {
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        char::from(
            b"abcdefghijklmnopqrstuvwxyz 0123456789ABCDEFGHIJKLMNOP\"["
                [(state >> 58) as usize % 55],
        )
    };
    (0..n_bytes).map(|_| next()).collect::<String>().replace('"', "q")
}

#[test]
fn every_compression_with_every_format() {
    let article = "\u{feff}Judul\r\n\r\nIsi berita “di sini”.\r\n";
    for compression in [None].into_iter().chain(COMPRESSIONS.map(Some)) {
        for (name, text) in [("a.txt", article), ("a", article), ("a.gz", article)] {
            let batch = read_as(name, &compressed(compression, text.as_bytes()));
            assert_eq!((texts(&batch), errors(&batch)), (vec![article], vec![]), "{compression:?}");
            assert_eq!((batch.n_files, batch.n_bytes), (1, text.len() as u64));
            assert_eq!(batch.documents[0].fields, Default::default());
        }
        for name in ["a.jsonl", "a.ndjson.xz", "a.JSON", "-", "a"] {
            let batch = read_as(name, &compressed(compression, TWO_RECORDS.as_bytes()));
            assert_eq!((texts(&batch), errors(&batch)), (vec!["Satu.", "Dua."], vec![]), "{name}");
            assert_eq!(batch.documents[1].fields.title.as_deref(), Some("Kedua"));
            assert_eq!(batch.documents[1].source.line, Some(2));
            assert_eq!(batch.n_bytes, TWO_RECORDS.len() as u64);
        }
    }
}

#[test]
fn all_members_of_a_compressed_file_are_read() {
    let (first, second) = TWO_RECORDS.split_once(' ').unwrap();
    for compression in COMPRESSIONS.map(Some) {
        let mut bytes = compressed(compression, first.as_bytes());
        bytes.extend(compressed(compression, b""));
        bytes.extend(compressed(compression, b" "));
        bytes.extend(compressed(compression, second.as_bytes()));
        let batch = read_as("a.jsonl", &bytes);
        assert_eq!(
            (texts(&batch), errors(&batch)),
            (vec!["Satu.", "Dua."], vec![]),
            "{compression:?}"
        );
    }
}

#[test]
fn a_compressed_file_that_is_cut_off_keeps_the_records_before() {
    let lines: Vec<String> =
        (0..400).map(|i| format!("{{\"text\": \"{i} {}\"}}\n", noise(2000))).collect();
    let json = lines.concat();
    for compression in COMPRESSIONS {
        let mut bytes = compressed(Some(compression), noise(900_000).as_bytes());
        bytes.truncate(bytes.len() - 9);
        let name = compression.name();
        let batch = read_as("a.txt", &bytes);
        assert_eq!(texts(&batch), Vec::<&str>::new(), "{name}");
        let cause =
            format!("a.txt: cut off: expected the end of the {name} data, got the end of the file");
        assert_eq!(errors(&batch), [cause]);
        assert_eq!((batch.rejects[0].error.kind, batch.rejects[0].line), (ErrorKind::Input, None));

        let mut bytes = compressed(Some(compression), json.as_bytes());
        bytes.truncate(bytes.len() - 9);
        let batch = read_as("a.jsonl", &bytes);
        assert!(batch.documents.iter().zip(&lines).all(|(d, line)| line.contains(&d.text)));
        let reject = &batch.rejects[0];
        assert_eq!(batch.rejects.len(), 1, "{name}");
        assert_eq!(reject.line, Some(batch.documents.len() as u64 + 1), "{name}");
        assert_eq!(reject.error.what, "cut off");
        assert_eq!(reject.error.place, format!("a.jsonl:{}", batch.documents.len() + 1));
        // What there is of the last line is not lost either.
        let kept: usize = lines[..batch.documents.len()].iter().map(String::len).sum();
        assert!(json.as_bytes()[kept..].starts_with(&reject.record), "{name}");
        assert_eq!(batch.n_bytes as usize, kept + reject.record.len());
        assert!(hint(&batch).contains(&format!("`{} a.jsonl", compression.command())));
    }
}

#[test]
fn damaged_compressed_data_is_named() {
    for compression in COMPRESSIONS {
        let mut bytes = compressed(Some(compression), noise(50_000).as_bytes());
        let middle = bytes.len() / 2;
        bytes[middle..middle + 64].fill(0xa5);
        let batch = read_as("berita.txt", &bytes);
        assert_eq!(batch.documents.len(), 0);
        let error = &batch.rejects[0].error;
        assert_eq!((batch.rejects.len(), error.what.as_str()), (1, "damaged"), "{error}");
        assert!(error.cause.starts_with(&format!("expected {} data, got ", compression.name())));
    }
    // Only the magic bytes.
    assert_eq!(errors(&read_as("a.jsonl", b"\x1f\x8b\x08")).len(), 1);
}

#[test]
fn windows_that_would_take_much_memory_are_refused() {
    // A zstd frame with a window of 1 GiB and one raw block of five bytes.
    let bytes = b"\x28\xb5\x2f\xfd\x00\xa0\x29\x00\x00Berit";
    let batch = read_as("a b.jsonl.zst", bytes);
    assert_eq!(batch.rejects[0].error.what, "cannot decompress");
    assert!(hint(&batch).contains("`zstd -dc --long=31 'a b.jsonl.zst'`"));
    // The same with a window of 1 MiB.
    let batch = read_as("a.txt", b"\x28\xb5\x2f\xfd\x00\x50\x29\x00\x00Berit");
    assert_eq!(texts(&batch), ["Berit"]);
    // An xz block that asks for a dictionary of 1 GiB; the header's checksum is made right.
    let mut bytes = compressed(Some(stream::Compression::Xz), b"Berita");
    bytes[16] = 36;
    let mut sum = flate2::Crc::new();
    sum.update(&bytes[12..20]);
    bytes[20..24].copy_from_slice(&sum.sum().to_le_bytes());
    let batch = read_as("a.txt.xz", &bytes);
    assert_eq!(batch.rejects[0].error.what, "cannot decompress", "{:?}", errors(&batch));
}

#[test]
fn json_lines_with_every_line_end() {
    let (first, second) = TWO_RECORDS.split_once('\n').unwrap();
    for (text, lines) in [
        (format!("{first}\n{second}\n"), [1, 2]),
        (format!("{first}\r\n{second}\r\n"), [1, 2]),
        (format!("\u{feff}{first}\n\n \t\r\n{second}"), [1, 4]),
        (format!("\n\u{feff}\n{first}\n\u{feff}{second}\n\n"), [3, 4]),
        (format!("  {first}  \n\t{second}"), [1, 2]),
    ] {
        for name in ["a.jsonl", "a"] {
            let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for (bytes, encoding) in
                [(text.as_bytes(), "UTF-8"), (&le, "UTF-16LE"), (&be, "UTF-16BE")]
            {
                let batch = read_as(name, bytes);
                assert_eq!(
                    (texts(&batch), errors(&batch)),
                    (vec!["Satu.", "Dua."], vec![]),
                    "{text:?}"
                );
                let found: Vec<_> =
                    batch.documents.iter().map(|d| d.source.line.unwrap()).collect();
                assert_eq!(found, lines, "{text:?}");
                assert!(batch.documents.iter().all(|d| d.source.encoding == encoding));
            }
        }
    }
}

#[test]
fn an_empty_file_of_lines_holds_no_record() {
    let batch = read_as("a.jsonl", b"");
    assert_eq!(batch, Batch { n_files: 1, ..Batch::default() });
}

#[test]
fn a_hundred_megabytes_in_one_line() {
    let article = "Seratus kata. ".repeat(100 << 20 >> 4);
    let text = format!("{{\"text\": \"{article}\"}}\n{{\"text\": \"Dua.\"}}");
    let batch = read_as("-", text.as_bytes());
    assert_eq!(batch.documents[0].text.len(), article.len());
    assert_eq!((texts(&batch)[1], batch.rejects.len()), ("Dua.", 0));
}

/// Checks that a bad record between two good ones is named, kept, and costs nothing else.
#[track_caller]
fn check_bad(record: &[u8], message: &str, in_hint: &str) {
    let bytes = [b"{\"text\": \"Satu.\"}\n", record, b"\r\n\n{\"text\": \"Dua.\"}"].concat();
    let batch = read_as("a.jsonl", &bytes);
    assert_eq!(texts(&batch), ["Satu.", "Dua."], "{message}");
    assert_eq!(errors(&batch), [format!("a.jsonl:2: {message}")]);
    assert!(hint(&batch).contains(in_hint), "{}", hint(&batch));
    let reject = &batch.rejects[0];
    assert_eq!((reject.error.kind, reject.line), (ErrorKind::Record, Some(2)));
    assert_eq!(reject.record, [record, b"\r"].concat());
}

#[test]
fn what_is_no_json_object_is_named_and_the_others_read() {
    let deep = format!("{{\"text\": {}", "[".repeat(100_000));
    for (record, message, in_hint) in [
        (
            &b"{\"text\": \"ab"[..],
            "not JSON: expected a JSON object, got an error at column 12: EOF while parsing a string",
            "cut off",
        ),
        (
            b"{\"text\": NaN}",
            "not JSON: expected a JSON object, got an error at column 10: expected value",
            "null",
        ),
        (
            b"Menteri berkata",
            "not JSON: expected a JSON object, got an error at column 1: expected value",
            "null",
        ),
        (
            b"{\"text\": \"a\"}{\"text\": \"b\"}",
            "not JSON: expected a JSON object, got an error at column 14: trailing characters",
            "`jq -c . a.jsonl`",
        ),
        (b"[1, 2]", "not a JSON object: expected an object, got an array", "one a line"),
        (b"\"a\"", "not a JSON object: expected an object, got a string", "one a line"),
        (b" null", "not a JSON object: expected an object, got null", "one a line"),
        (b"-1.5", "not a JSON object: expected an object, got a number", "one a line"),
        (
            b"{\"text\": \"Caf\xe9\"}",
            "invalid UTF-8: expected UTF-8, got E9 22 7D 0D at byte 13",
            "iconv -f windows-1252 -t UTF-8 a.jsonl",
        ),
        (
            b"{\"text\": \"\\ud83d\"}",
            "not JSON: expected a JSON object, got an error at column 17: unexpected end of hex escape",
            "pairs",
        ),
        (
            b"{\"text\": \"\\udc00\\u0041\"}",
            "not JSON: expected a JSON object, got an error at column 16: lone leading surrogate in hex escape",
            "pairs",
        ),
        (
            deep.as_bytes(),
            "nested too deeply: expected at most 127 levels, got more at column 136",
            "leave",
        ),
        (
            b"{\"text\": \"a\0b\"}",
            "not JSON: expected a JSON object, got an error at column 12: control character (\\u0000-\\u001F) found while parsing a string",
            "",
        ),
    ] {
        check_bad(record, message, in_hint);
    }
}

#[test]
fn records_without_a_text_are_named_and_the_others_read() {
    let common = "`text`, `body`, `content`, `isi`, `article`, `isi_berita`, `content_text`, \
                  `article_text`, `article_body`, `articleBody`, `full_text`, `fulltext` and 10 more";
    let missing = format!("no text: expected a field {common}, got ");
    for (record, message, in_hint) in [
        (&b"{}"[..], &*format!("{missing}none"), "--field text=NAME"),
        (
            b"{\"a\": 1, \"b\\u001b\": \"c\"}",
            &format!("{missing}`a`, `b\u{fffd}`"),
            "--field text=NAME",
        ),
        (
            b"{\"text\": 5}",
            "text is not a string: expected a string in `text`, got a number",
            "--field text=NAME",
        ),
        (
            b"{\"isi\": [\"a\", \"b\"]}",
            "text is not a string: expected a string in `isi`, got an array",
            "`jq -c '.isi |= join(\"\\n\")'`",
        ),
        (
            b"{\"article\": {\"body\": \"a\"}}",
            "text is not a string: expected a string in `article`, got an object",
            "--field text=article.NAME`; there are `body`",
        ),
        (
            b"{\"text\": \"\"}",
            "empty text: expected an article in `text`, got an empty string",
            "leave it out",
        ),
        (
            b"{\"text\": \" \\n\\ufeff\"}",
            "empty text: expected an article in `text`, got white space only",
            "leave it out",
        ),
        (
            b"{\"body\": null}",
            "empty text: expected an article in `body`, got null",
            "leave it out",
        ),
    ] {
        check_bad(record, message, in_hint);
    }
}

#[test]
fn nesting_outside_the_fields_of_use_is_no_error() {
    let n = 100_000;
    let line = format!("{{\"x\": {}{}, \"text\": \"Satu.\"}}", "[".repeat(n), "]".repeat(n));
    assert_eq!(texts(&read_as("a.jsonl", line.as_bytes())), ["Satu."]);
}

#[test]
fn bad_utf16_records_keep_their_bytes() {
    let mut bytes: Vec<u8> =
        "\u{feff}{\"text\": \"a\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bad = [b'{', 0, 0x00, 0xd8, b'x', 0];
    bytes.extend(bad);
    bytes.extend(b"\n\0{\0");
    let batch = read_as("a.jsonl", &bytes);
    assert_eq!(texts(&batch), ["a"]);
    assert_eq!(batch.rejects[0].record, bad);
    assert_eq!(
        errors(&batch)[0],
        "a.jsonl:2: cannot decode the text: expected UTF-16LE, got 00 D8 78 00 at byte 2"
    );
    assert_eq!(batch.rejects[1].record, b"{\0");
}

#[test]
fn lines_that_are_too_long_are_skipped() {
    let text =
        "{\"text\": \"a\"}\n{\"text\": \"0123456789\"}\n{\"text\": \"b\"}\n{\"text\": \"0123456789";
    let options = Options::default();
    // A block holds them all, and two lines that are too long are in several blocks.
    for block_bytes in [1 << 10, 4] {
        let mut part = Part::new(None);
        let bytes = Rewound::new(Box::new(text.as_bytes()));
        let sizes = Sizes { block_bytes, line_bytes: 16 };
        let of = |article: Article| article.document(&options.fields);
        json_lines::read(bytes, None, &Origin::new("a.jsonl"), sizes, &of, &mut part);
        check_too_long(&part.batch, text);
    }
}

fn check_too_long(batch: &Batch, text: &str) {
    assert_eq!(texts(batch), ["a", "b"]);
    let too_long = "line too long: expected a line below 16 bytes, got a longer one";
    assert_eq!(errors(batch), [format!("a.jsonl:2: {too_long}"), format!("a.jsonl:4: {too_long}")]);
    assert_eq!(batch.n_bytes, text.len() as u64);
}

#[test]
fn fields_are_found_by_their_common_names() {
    let fields = |line: &str| {
        let batch = read_as("a.jsonl", line.as_bytes());
        assert_eq!(errors(&batch), Vec::<String>::new());
        let f = batch.documents[0].fields.clone();
        [f.id, f.outlet, f.url, f.title, f.author, f.published].map(Option::unwrap_or_default)
    };
    for (line, expect) in [
        (r#"{"text": "a"}"#, ["", "", "", "", "", ""]),
        (
            r#"{"_id": {"$oid": "61d8"}, "Source": {"name": "Warta"}, "LINK": "https://w.example",
                "judul": " J ", "authors": ["Redaksi", {"name": "Humas"}, null], "date": 1641600000, "isi": "a"}"#,
            ["61d8", "Warta", "https://w.example", " J ", "Redaksi, Humas", "1641600000"],
        ),
        (
            r#"{"id": 12345678901234567, "outlet": "", "media": "Kabar", "url": " ", "link": "u",
                "title": null, "headline": ["H"], "published": "", "tanggal": {"$date": {"$numberLong": "1641600000000"}}, "text": "a"}"#,
            ["12345678901234567", "Kabar", "u", "H", "", "1641600000000"],
        ),
        // The order of the list decides, then what was written last; odd types are left empty.
        (
            r#"{"doc_id": "b", "id": "a", "title": "x", "title": "y", "source": {"id": 1},
                "url": ["u", "v"], "author": false, "published": 1641600000.5, "text": "a"}"#,
            ["a", "", "", "y", "", "1641600000.5"],
        ),
        // Too long to be kept exactly: two such ids would be one.
        (r#"{"id": 123456789012345678901234567890, "text": "a"}"#, ["", "", "", "", "", ""]),
    ] {
        assert_eq!(fields(&line.replace('\n', "")), expect, "{line}");
    }
}

#[test]
fn the_text_is_the_first_that_is_not_empty() {
    for (line, expect) in [
        (r#"{"body": "b", "text": "t"}"#, "t"),
        (r#"{"body": "b", "text": "", "content": "c"}"#, "b"),
        (r#"{"text": {"html": "x"}, "isi": "i"}"#, "i"),
        (r#"{"text": "\u201cYa\u201d\r\n\ud83d\ude42\u0000 &amp;"}"#, "“Ya”\r\n🙂\0 &amp;"),
        ("{\"TEXT\": \"\u{feff}a\"}", "\u{feff}a"),
    ] {
        assert_eq!(texts(&read_as("a.jsonl", line.as_bytes())), [expect], "{line}");
    }
}

#[test]
fn given_fields_override() {
    let given = ["text=article.body", "text=a.b", "title=text"].map(str::to_owned);
    let options = Options { fields: FieldMap::parse(&given).unwrap(), ..Options::default() };
    let text = concat!(
        r#"{"article": {"body": "isi"}, "text": "judul", "url": "u"}"#,
        "\n",
        r#"{"a.b": "isi"}"#,
        "\n",
        r#"{"a": {"b": "isi"}, "article": {"body": ""}}"#,
        "\n",
        r#"{"text": "isi"}"#,
        "\n",
        r#"{"article": {"Body": "isi"}}"#
    );
    let batch = read_with("a.jsonl", text.as_bytes(), &options);
    assert_eq!(texts(&batch), ["isi"; 3]);
    assert_eq!(batch.documents[0].fields.title.as_deref(), Some("judul"));
    assert_eq!(batch.documents[0].fields.url.as_deref(), Some("u"));
    assert_eq!(
        errors(&batch),
        [
            "a.jsonl:4: no text: expected a field `article.body`, `a.b`, got `text`",
            "a.jsonl:5: no text: expected a field `article.body`, `a.b`, got `article`",
        ]
    );
}

#[test]
fn one_json_value_over_many_lines_is_one_reject() {
    for (text, got, command) in [
        ("[{\"text\": \"a\"}, {\"text\": \"b\"}]", "an array", "jq -c '.[]'"),
        ("[{\"text\": \"a\"}]\n\n", "an array", "jq -c '.[]'"),
        ("[\n  {\"text\": \"a\"},\n  {\"text\": \"b\"}\n]\n", "an array", "jq -c '.[]'"),
        ("[{\"text\": \"a\"},\n{\"text\": \"b\"}]", "an array", "jq -c '.[]'"),
        ("\n[\r\n{\"text\": \"a\"}\r\n,\r\n{\"text\": \"b\"}\r\n]\n", "an array", "jq -c '.[]'"),
        ("{\n  \"text\": \"a\"\n}\n", "an object of several lines", "jq -c ."),
        ("{\"text\": \"a\",\n \"url\": \"b\"}\n", "an object of several lines", "jq -c ."),
        (
            "\u{feff}{\n\n\"text\":\n\"a\"}\n{\n\"text\": \"b\"}",
            "an object of several lines",
            "jq -c .",
        ),
    ] {
        for name in ["a.json", "a.jsonl", "a"] {
            let batch = read_as(name, text.as_bytes());
            let cause = format!(
                "{name}: one JSON value: expected JSON Lines, one object a line, got {got}"
            );
            assert_eq!((texts(&batch), errors(&batch)), (vec![], vec![cause]), "{text:?}");
            assert_eq!(hint(&batch), format!("convert it to JSON Lines: `{command} {name}`"));
            assert_eq!(batch.rejects[0].error.kind, ErrorKind::Input);
        }
        let batch =
            read_as("a.json.gz", &compressed(Some(stream::Compression::Gzip), text.as_bytes()));
        assert_eq!(
            hint(&batch),
            format!("convert it to JSON Lines: `gzip -dc a.json.gz | {command}`")
        );
    }
}

#[test]
fn a_bad_first_line_does_not_hide_the_format() {
    let good = "{\"text\": \"b\"}";
    for (first, name, n_documents) in [
        // Cut off within a string, and between two fields.
        ("{\"text\": \"a", "-", 1),
        ("{\"text\": \"a\",", "-", 1),
        ("{\"text\": \"a\",", "a.json", 1),
        ("{'text': 'a'}", "-", 1),
        ("{", "a.json", 1),
        ("[\"a\"]", "a.jsonl", 1),
        ("Satu.", "a.jsonl", 1),
    ] {
        let batch = read_as(name, format!("{first}\n{good}\n").as_bytes());
        assert_eq!((batch.documents.len(), batch.rejects.len()), (n_documents, 1), "{first}");
        assert_eq!(batch.rejects[0].record, first.as_bytes());
    }
}

#[test]
fn plain_text_that_looks_a_little_like_json_is_an_article() {
    for text in [
        "{ini} bukan JSON",
        "[JAKARTA] Menteri",
        "[2022]\nBerita",
        "[2022]",
        "\"Ya\"",
        "{",
        "12\n13",
    ] {
        assert_eq!(texts(&read_as("-", text.as_bytes())), [text]);
    }
    // The name decides.
    assert_eq!(texts(&read_as("a.txt", TWO_RECORDS.as_bytes())), [TWO_RECORDS]);
}

#[test]
fn empty_articles_are_rejected_with_their_bytes() {
    let utf16 = b"\xff\xfe \0\n\0";
    for (name, bytes, got) in [
        ("a.txt", &b""[..], "an empty file"),
        ("-", b"", "an empty file"),
        ("a.txt", b" \r\n\t\xc2\xa0", "white space only"),
        ("a", b"\xef\xbb\xbf\n", "white space only"),
        ("a.txt", utf16, "white space only"),
    ] {
        let batch = read_as(name, bytes);
        let cause = format!("{name}: empty text: expected an article, got {got}");
        assert_eq!((texts(&batch), errors(&batch)), (vec![], vec![cause]));
        assert_eq!(
            (&batch.rejects[0].record[..], batch.rejects[0].error.kind),
            (bytes, ErrorKind::Record)
        );
    }
}

#[test]
fn text_in_other_charsets() {
    let text = "\u{feff}Presiden: “Ya, 🙂”\r\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let batch = read_as("a.txt", &compressed(Some(stream::Compression::Gzip), &utf16));
    assert_eq!((texts(&batch), batch.documents[0].source.encoding), (vec![text], "UTF-16BE"));
    assert_eq!(batch.n_bytes, utf16.len() as u64);

    let batch = read_as("a", b"\x93Ya\x94, kata Menteri di S\xe3o Paulo");
    assert_eq!(texts(&batch), ["“Ya”, kata Menteri di São Paulo"]);
    assert_eq!(batch.documents[0].source.encoding, "windows-1252");

    let damaged = "“Ya”, kata “Menteri"
        .as_bytes()
        .split_last()
        .map(|_| b"\xe2\x80\x9cYa\xe2\x80 ok")
        .unwrap();
    let batch = read_as("dir/a b.txt", damaged);
    assert_eq!(
        errors(&batch),
        ["dir/a b.txt: invalid UTF-8: expected UTF-8, got E2 80 20 6F at byte 5"]
    );
    assert_eq!(batch.rejects[0].record, damaged);
    assert!(hint(&batch).contains("`iconv -f UTF-8 -t UTF-8 -c 'dir/a b.txt'`"));
}

#[test]
fn other_formats_are_refused_by_name() {
    let tar = [&[b'a'; 257][..], b"ustar\0"].concat();
    let gzip_twice = compressed(
        Some(stream::Compression::Gzip),
        &compressed(Some(stream::Compression::Gzip), b"a"),
    );
    for (bytes, name) in [
        (&b"%PDF-1.7\n"[..], "a PDF file"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"GIF89a", "a GIF image"),
        (b"PK\x03\x04", "a ZIP file (or .docx, .xlsx, .odt, .epub)"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"{\\rtf1", "an RTF file"),
        (b"\xff\xfe\0\0a\0\0\0", "UTF-32 text"),
        (b"\xef\xbb\xbf \n<!DOCTYPE HTML>", "an HTML page"),
        (b"<html lang=id>", "an HTML page"),
        (b"<?xml version=\"1.0\"?>", "XML"),
        (b"WARC/1.0\r\n", "a WARC file"),
        (&tar, "a tar archive"),
        (&gzip_twice, "compressed data inside compressed data"),
    ] {
        for path in ["a", "a.txt", "a.jsonl.gz", "a.csv"] {
            let batch = read_as(path, bytes);
            assert_eq!(
                errors(&batch),
                [format!("{path}: looks like {name}: expected text or JSON Lines")]
            );
            assert!(!hint(&batch).is_empty() && batch.rejects[0].record.is_empty());
        }
    }
    let far = [b"Berita. ".repeat(5000), vec![0], b"x".to_vec()].concat();
    for (bytes, at) in [(&b"Berita\0Berita"[..], 6), (&far, 40_000)] {
        let batch = read_as("a.txt", bytes);
        let message = format!(
            "a.txt: looks like binary data: expected text or JSON Lines, got a NUL at byte {at}"
        );
        assert_eq!((batch.documents.len(), errors(&batch)), (0, vec![message]));
        assert!(hint(&batch).contains("`tr -d '\\000' <a.txt`"));
    }
}

#[test]
fn directories_are_read_in_order_without_hidden_and_other_files() {
    let folder = folder(&[
        ("b.txt", b"2"),
        ("a/z.TXT", b"1"),
        ("a/README", b"0"),
        ("c.jsonl.gz", &compressed(Some(stream::Compression::Gzip), TWO_RECORDS.as_bytes())),
        ("d.text", b"5"),
        (".hidden.txt", b"x"),
        (".git/x.txt", b"x"),
        ("e.png", b"x"),
        ("a/notes.md", b"x"),
    ]);
    let batch = read_in(folder.path(), &[""]);
    assert_eq!(
        places(&batch, folder.path()),
        ["a/README", "a/z.TXT", "b.txt", "c.jsonl.gz:1", "c.jsonl.gz:2", "d.text"]
    );
    assert_eq!((errors(&batch), batch.n_files), (vec![], 5));
    let skipped: Vec<String> =
        batch.skipped.iter().map(|s| s.replace(folder.path().to_str().unwrap(), "")).collect();
    assert_eq!(
        skipped,
        ["/a/notes.md: not a name of a text file", "/e.png: not a name of a text file"]
    );
    // A hidden directory that is asked for is read.
    assert_eq!(read_in(folder.path(), &[".git"]).documents.len(), 1);
}

#[test]
fn a_file_is_read_once_where_it_comes_first() {
    let folder = folder(&[("a/1.txt", b"1"), ("b.txt", b"2")]);
    let batch = read_in(folder.path(), &["b.txt", "a/../b.txt", "", "a", "a/*.txt", "*.txt"]);
    assert_eq!(
        (places(&batch, folder.path()), errors(&batch)),
        (vec!["b.txt".into(), "a/1.txt".into()], vec![])
    );
    assert_eq!(batch.n_files, 2);
}

#[test]
fn globs() {
    let folder = folder(&[
        ("a/1.txt", b"1"),
        ("a/2.jsonl", b"{\"text\": \"2\"}"),
        ("a/b/3.txt", b"3"),
        ("a/b/4.md", b"4"),
        ("[x].txt", b"5"),
        (".a/6.txt", b"6"),
        ("a/.7.txt", b"7"),
    ]);
    for (pattern, expect) in [
        ("a/*.txt", "a/1.txt"),
        ("a/?.*", "a/1.txt a/2.jsonl:1"),
        ("*/[12]*", "a/1.txt a/2.jsonl:1"),
        // Of a matched directory the texts are read, as if it had been named.
        ("a/*", "a/1.txt a/2.jsonl:1 a/b/3.txt"),
        ("**/*.txt", "[x].txt a/1.txt a/b/3.txt"),
        ("**/b/*", "a/b/3.txt a/b/4.md"),
        ("a/**", "a/1.txt a/2.jsonl:1 a/b/3.txt a/b/4.md"),
        ("a/**/**/3*", "a/b/3.txt"),
        ("a/.*", "a/.7.txt"),
        ("a/../*/1.txt", ""),
        // There is such a file.
        ("[x].txt", "[x].txt"),
        ("[[]x*", "[x].txt"),
    ] {
        let batch = read_in(folder.path(), &[pattern]);
        if expect.is_empty() {
            assert_eq!(places(&batch, folder.path()), ["a/../a/1.txt"]);
        } else {
            assert_eq!(
                (places(&batch, folder.path()).join(" "), errors(&batch)),
                (expect.into(), vec![]),
                "{pattern}"
            );
        }
    }
    for (pattern, message) in [
        ("a/*.csv", "no file: expected files that match, got none"),
        ("nosuch/*", "no file: expected files that match, got none"),
        ("a/[1.txt", "not a glob: invalid range pattern"),
        ("a/**.txt", "not a glob: recursive wildcards must form a single path component"),
    ] {
        let batch = read_in(folder.path(), &[pattern, "a/1.txt"]);
        let place = folder.path().join(pattern).display().to_string();
        assert_eq!(
            (texts(&batch), errors(&batch)),
            (vec!["1"], vec![format!("{place}: {message}")])
        );
    }
}

#[test]
fn what_is_missing_is_named_and_the_run_goes_on() {
    let folder = folder(&[
        ("a.txt", b"1"),
        ("berita.jsonl.gz", b""),
        ("empty/.x", b""),
        ("other/x.md", b""),
    ]);
    for (name, message, in_hint) in [
        ("b.txt", "cannot read: no such file or directory", "check the spelling; `ls "),
        ("Berita.jsonl", "cannot read: no such file or directory", "did you mean `"),
        ("x/b.txt", "cannot read: no such file or directory", "/x is not a directory"),
        ("a.txt/b", "cannot read: not a directory", "/a.txt is not a directory"),
        (
            "empty",
            "no text in this directory: expected files named .txt .text .jsonl .ndjson .json .csv .tsv .parquet (.gz .zst .bz2 .xz) or without extension, got none",
            "hidden",
        ),
        (
            "other",
            "no text in this directory: expected files named .txt .text .jsonl .ndjson .json .csv .tsv .parquet (.gz .zst .bz2 .xz) or without extension, got other names (1), the first x.md",
            "one by one",
        ),
        ("a\0b", "cannot read: file name contained an unexpected NUL byte", ""),
    ] {
        let batch = read_in(folder.path(), &[name, "a.txt"]);
        let place = folder.path().join(name).display().to_string();
        assert_eq!(
            (texts(&batch), errors(&batch)),
            (vec!["1"], vec![format!("{place}: {message}")])
        );
        assert!(hint(&batch).contains(in_hint), "{}", hint(&batch));
        assert_eq!((batch.n_files, batch.rejects[0].error.kind), (1, ErrorKind::Input));
    }
    assert_eq!(
        errors(&read(&[String::new()], &Options::default())),
        ["cannot read: no such file or directory"]
    );
}

#[test]
fn rejects_come_in_the_order_of_the_paths() {
    let folder =
        folder(&[("a.txt", b""), ("b.jsonl", b"x\n{\"text\": \"b\"}\ny"), ("d.txt", b"d")]);
    let batch = read_in(folder.path(), &["b.jsonl", "c.txt", "a.txt", "d.txt"]);
    let names: Vec<_> = batch
        .rejects
        .iter()
        .map(|r| (Path::new(&r.path).file_name().unwrap().to_str().unwrap(), r.line))
        .collect();
    assert_eq!(
        names,
        [("b.jsonl", Some(1)), ("b.jsonl", Some(3)), ("c.txt", None), ("a.txt", None)]
    );
    assert_eq!(texts(&batch), ["b", "d"]);
}

#[test]
fn the_seeds_are_read_byte_for_byte() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds").to_owned();
    let seeds = std::env::var("KUTIP_SEEDS").unwrap_or(default);
    if !Path::new(&seeds).is_dir() {
        return eprintln!("not tested: there is no {seeds}");
    }
    let batch = read(&[seeds], &Options::default());
    assert_eq!((batch.documents.len(), errors(&batch)), (5, vec![]));
    for document in &batch.documents {
        assert_eq!(document.text.as_bytes(), fs::read(&document.source.path).unwrap());
        assert_eq!(document.source.encoding, "UTF-8");
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::process::Command;

    #[test]
    fn pipes_are_read_to_their_end_once() {
        for (text, n_documents) in [(TWO_RECORDS.to_owned(), 2), ("Berita. ".repeat(20_000), 1)] {
            let folder = folder(&[]);
            let pipe = folder.path().join("pipa");
            assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            let writer = {
                let (pipe, text) = (pipe.clone(), text.clone());
                std::thread::spawn(move || {
                    let mut out = fs::OpenOptions::new().write(true).open(pipe).unwrap();
                    // In pieces, as a slow program writes.
                    text.as_bytes().chunks(text.len() / 3).for_each(|c| out.write_all(c).unwrap());
                })
            };
            let batch = read_in(folder.path(), &["pipa", "pipa"]);
            writer.join().unwrap();
            assert_eq!((batch.documents.len(), errors(&batch)), (n_documents, vec![]));
            assert_eq!((batch.n_files, batch.n_bytes), (1, text.len() as u64));
            // In a directory a pipe would make the run wait for ever.
            let batch = read_in(folder.path(), &[""]);
            assert!(batch.skipped[0].ends_with("/pipa: not a regular file"));
        }
    }

    #[test]
    fn links_in_circles_end() {
        let folder = folder(&[("a/1.txt", b"1")]);
        let root = folder.path();
        symlink("..", root.join("a/up")).unwrap();
        symlink("self", root.join("self")).unwrap();
        symlink("a/1.txt", root.join("z.txt")).unwrap();
        // Every directory leads to every other: there are more ways than can be walked.
        for from in 0..12 {
            fs::create_dir(root.join(format!("d{from}"))).unwrap();
            (0..12).for_each(|to| {
                symlink(format!("../d{to}"), root.join(format!("d{from}/{to}"))).unwrap()
            });
        }
        let batch = read_in(root, &["", "**/*.txt"]);
        assert_eq!(places(&batch, root), ["a/1.txt"]);
        let place = root.join("self").display().to_string();
        assert_eq!(
            errors(&batch),
            [format!("{place}: cannot read: too many levels of symbolic links")]
        );
    }

    #[test]
    fn links_to_nothing_say_so() {
        let folder = folder(&[("a.txt", b"1")]);
        symlink("gone", folder.path().join("b.txt")).unwrap();
        for path in ["", "b.txt", "b*"] {
            let batch = read_in(folder.path(), &[path]);
            let message = "cannot read: the link leads to gone, which does not exist";
            let place = folder.path().join("b.txt").display().to_string();
            assert_eq!(errors(&batch), [format!("{place}: {message}")], "{path}");
        }
    }

    #[test]
    fn names_that_are_not_utf8_are_read_and_found() {
        let folder = folder(&[]);
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
        fs::write(folder.path().join(name), "1").unwrap();
        for path in ["", "*", "caf*.txt"] {
            let batch = read_in(folder.path(), &[path]);
            assert_eq!(places(&batch, folder.path()), ["caf\u{fffd}.txt"]);
        }
    }

    #[test]
    fn endless_devices_end() {
        let batch = read(&["/dev/zero".to_owned(), "/dev/null".to_owned()], &Options::default());
        assert_eq!(batch.rejects.len(), 2);
    }
}

/// Bytes that are likelier to be nearly right than any bytes.
fn odd_bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => any::<Vec<u8>>(),
        4 => Just(b"{\"text\": \"Satu\"}".to_vec()),
        4 => Just(b"\n".to_vec()),
        1 => prop::sample::select(vec![
            &b"{"[..], b"[", b"}", b"\"", b",", b":", b" ", b"\r\n", b"\\ud800", b"\\u00e9", b"\xef\xbb\xbf",
            b"\xff\xfe", b"\xfe\xff", b"\0", b"\n\0", b"\0\n", b"{\0", b"NaN", b"\x1f\x8b\x08\0",
            b"\x28\xb5\x2f\xfd", b"BZh91AY&SY", b"\xfd7zXZ\0", b"\x1b$B", b"%PDF-",
        ]).prop_map(<[u8]>::to_vec),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_panic_and_none_are_lost(bytes in odd_bytes(), name in prop::sample::select(vec!["a.jsonl", "a.txt", "-"])) {
        let batch = read_as(name, &bytes);
        let is_whole = batch.rejects.iter().any(|r| r.error.kind == ErrorKind::Input);
        prop_assert!(batch.rejects.iter().all(|r| r.error.place.starts_with(name)));
        if !is_whole && name == "a.txt" {
            prop_assert_eq!(batch.documents.len() + batch.rejects.len(), 1);
        }
        if !is_whole && name == "a.jsonl" {
            check_lines(&batch, &bytes)?;
        }
    }

    #[test]
    fn cut_or_changed_compressed_bytes_never_panic(
        text in odd_bytes(), which in 0usize..4, cut in 0usize..200, change: (prop::sample::Index, u8),
    ) {
        let mut bytes = compressed(Some(COMPRESSIONS[which]), &text);
        let at = change.0.index(bytes.len());
        bytes[at] = change.1;
        bytes.truncate(bytes.len().saturating_sub(cut / 4));
        for name in ["a.jsonl", "a.txt", "-"] {
            read_as(name, &bytes);
        }
    }
}

/// Every line is a document, a reject with the line's bytes, or blank.
fn check_lines(batch: &Batch, bytes: &[u8]) -> Result<(), TestCaseError> {
    prop_assert_eq!(batch.n_bytes, bytes.len() as u64);
    if charset::utf16(&bytes[..bytes.len().min(content::HEAD_BYTES)]).is_some() {
        return Ok(());
    }
    let mut documents = batch.documents.iter().map(|d| d.source.line).peekable();
    let mut rejects = batch.rejects.iter().peekable();
    for (number, line) in (1..).zip(bytes.split(|&b| b == b'\n')) {
        let is_document = documents.next_if_eq(&Some(number)).is_some();
        let reject = rejects.next_if(|r| r.line == Some(number));
        let is_blank = std::str::from_utf8(line).is_ok_and(content::is_blank);
        let n = usize::from(is_document) + usize::from(reject.is_some()) + usize::from(is_blank);
        prop_assert_eq!(n, 1, "line {}", number);
        if let Some(reject) = reject {
            prop_assert_eq!(&reject.record[..], line);
        }
    }
    prop_assert!(documents.next().is_none() && rejects.next().is_none());
    Ok(())
}
