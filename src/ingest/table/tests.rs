//! Tables against the csv crate, which reads them whole, and every bad row by name.

use super::*;
use crate::document::Document;
use crate::error::ErrorKind;
use crate::ingest::article::Part;
use crate::ingest::blocks::Sizes;
use crate::ingest::stream::Rewound;
use crate::ingest::{Article, Batch, Location, Options, Origin, Store, content, read};
use proptest::prelude::*;
use std::fs;

/// Reads `bytes` as if a file named `path` held them, in blocks of so many bytes.
fn read_as(path: &str, bytes: &[u8], options: &Options, sizes: Sizes) -> Batch {
    let mut text = Rewound::new(Box::new(bytes));
    let (mut part, origin) = (Part::new(None), Origin::new(path));
    let utf16 = crate::ingest::charset::utf16(text.peek(content::HEAD_BYTES));
    match content::format(&mut text, utf16, options, &origin) {
        Ok(content::Format::Table(table)) => {
            let of = |article: Article| article.document(&options.fields);
            let most = (sizes, u64::MAX);
            assert!(read_first(text, (&table, utf16), &origin, most, &of, &mut part));
        }
        Ok(format) => panic!("{format:?} is no table"),
        Err(error) => part.batch.rejects.push(crate::ingest::Reject::input(error, path)),
    }
    part.batch
}

const SMALL: Sizes = Sizes { block_bytes: 4, line_bytes: 1 << 20 };

fn read_csv(text: &str) -> Batch {
    let options = Options::default();
    let batch = read_as("a.csv", text.as_bytes(), &options, crate::ingest::records::SIZES);
    assert_eq!(read_as("a.csv", text.as_bytes(), &options, SMALL), batch, "in small blocks");
    batch
}

fn texts(batch: &Batch) -> Vec<&str> {
    batch.documents.iter().map(|document| document.text.as_str()).collect()
}

fn lines(batch: &Batch) -> Vec<u64> {
    batch.documents.iter().filter_map(|document| document.source.line).collect()
}

fn errors(batch: &Batch) -> Vec<String> {
    let first_line = |error: String| error.lines().next().unwrap_or("").to_owned();
    batch.rejects.iter().map(|reject| first_line(reject.error.to_string())).collect()
}

fn utf16(text: &str) -> [Vec<u8>; 2] {
    let of = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    [of(u16::to_le_bytes), of(u16::to_be_bytes)]
}

#[test]
fn rows_in_every_dress() {
    for (text, expect, at) in [
        ("id,text\n1,Satu\n2,Dua\n", vec!["Satu", "Dua"], vec![2, 3]),
        ("id,text\r\n1,Satu\r\n2,Dua", vec!["Satu", "Dua"], vec![2, 3]),
        // Rows of old Macs are all of one line.
        ("id,text\r1,Satu\r2,Dua\r", vec!["Satu", "Dua"], vec![1, 1]),
        ("\u{feff}id,text\n1,Satu\n\n\r\n2,Dua\n\n", vec!["Satu", "Dua"], vec![2, 5]),
        ("\u{feff}\n\n\"id\",\"text\"\n1,Satu\n", vec!["Satu"], vec![4]),
        (
            "id,text\n1,\"a,\r\n\"\"b\"\"\"\n2,\u{feff}c\n",
            vec!["a,\r\n\"b\"", "\u{feff}c"],
            vec![2, 4],
        ),
        // As every reader takes it: quotes count where a field begins.
        ("id,text\n1,a \"b, c\"\n", vec![], vec![]),
        ("id,text\n1,a \"b\" c\n2,\"d\" e\n", vec!["a \"b\" c", "d e"], vec![2, 3]),
        ("id,text,\n1,Satu,\n", vec!["Satu"], vec![2]),
        ("text\nSatu\n\"\"\n \nDua", vec!["Satu", "Dua"], vec![2, 5]),
        ("id,text\n", vec![], vec![]),
        ("id,text", vec![], vec![]),
        ("id;text\n1;a, b\n", vec!["a, b"], vec![2]),
        ("id|text\n1|a, b\n", vec!["a, b"], vec![2]),
        ("id\ttext\n1\ta, b\n", vec!["a, b"], vec![2]),
        // A known name decides before the number of columns.
        ("a;b,c,text,e;d\n1;2,3,4,5;6\n", vec!["4"], vec![2]),
        ("a,b;isi;c,d\n1,2;isi;4,5\n", vec!["isi"], vec![2]),
    ] {
        let batch = read_csv(text);
        assert_eq!((texts(&batch), lines(&batch)), (expect.clone(), at), "{text:?}");
        assert_eq!(batch.n_bytes, text.len() as u64);
        for bytes in utf16(text) {
            let batch = read_as("a.csv", &bytes, &Options::default(), SMALL);
            assert_eq!(texts(&batch), expect, "{text:?} in UTF-16");
            assert_eq!(batch.n_bytes, bytes.len() as u64);
            assert!(batch.documents.iter().all(|d| d.source.encoding.starts_with("UTF-16")));
        }
    }
}

#[test]
fn columns_are_found_by_their_names() {
    let text = "ID,media,link,Judul,penulis,tanggal,isi,text,x\n\
                1,Kabar,u,J,\"A, B\",2022-01-08,isi,\" \",x\n\
                ,,,,,,,text,\n";
    let batch = read_csv(text);
    assert_eq!(texts(&batch), ["isi", "text"]);
    let fields = &batch.documents[0].fields;
    let all =
        [&fields.id, &fields.outlet, &fields.url, &fields.title, &fields.author, &fields.published];
    let expect = ["1", "Kabar", "u", "J", "A, B", "2022-01-08"];
    assert_eq!(all.map(|field| field.as_deref().unwrap()), expect);
    assert_eq!(batch.documents[1].fields, Default::default());

    let given = ["text=x".to_owned(), "title=isi".to_owned()];
    let options = Options { fields: FieldMap::parse(&given).unwrap(), ..Options::default() };
    let batch = read_as("a.csv", text.as_bytes(), &options, SMALL);
    assert_eq!((texts(&batch), batch.rejects.len()), (vec!["x"], 1));
    assert_eq!(batch.documents[0].fields.title.as_deref(), Some("isi"));
    // Of two columns of one name the last is tried first, as in an object.
    assert_eq!(texts(&read_csv("text,text\na,b\nc,\n")), ["b", "c"]);
}

#[test]
fn a_delimiter_is_sniffed_or_given() {
    for (name, delimiter, text, expect) in [
        ("a.tsv.gz", None, "id\ttext\n1\tSatu, dua\n", "Satu, dua"),
        ("a.tsv", None, "id,text\n1,Satu\n", "Satu"),
        ("a.CSV", Some("|"), "a,text|text\n1,Satu|Dua\n", "Dua"),
        ("-", Some(","), "id,text\n1,Satu\n", "Satu"),
        ("rows.dat", Some("tab"), "id\ttext\n1\tSatu\n", "Satu"),
        ("rows", Some(" "), "id text\n1 Satu\n", "Satu"),
    ] {
        let delimiter = delimiter.map(|typed| typed.parse().unwrap());
        let options = Options { delimiter, ..Options::default() };
        assert_eq!(texts(&read_as(name, text.as_bytes(), &options, SMALL)), [expect], "{name}");
    }
    let delimiter = Some(",".parse().unwrap());
    let options = Options { delimiter, ..Options::default() };
    for name in ["a.txt", "a.jsonl"] {
        assert!(content::delimiters(name, &options).is_none());
    }
    assert!(content::delimiters("-", &Options::default()).is_none());
}

#[test]
fn a_table_without_a_header_of_use_is_an_error() {
    let long = format!("text,{}", "x".repeat(2 << 20));
    let common = "`text`, `body`, `content`, `isi`, `article`, `isi_berita`, `content_text`, \
                  `article_text`, `article_body`, `articleBody`, `full_text`, `fulltext` and 10 more";
    for (bytes, message) in [
        (
            &b""[..],
            "an empty table: expected the names of the columns in the first row, got nothing",
        ),
        (
            b"\xef\xbb\xbf\r\n\n",
            "an empty table: expected the names of the columns in the first row, got nothing",
        ),
        (
            b"id,judul\n1,a\n",
            &*format!(
                "no text column: expected a column {common}, got `id`, `judul` with `,` between them"
            ),
        ),
        (
            b"a\tb\tc,d\n1\ta\n",
            &format!(
                "no text column: expected a column {common}, got `a`, `b`, `c,d` with tabs between them"
            ),
        ),
        (
            b"id,\"text\n1,a\n",
            "no header row: expected a `\"` that ends the name before the input does, got none",
        ),
        (b"id,text,caf\xe9\n1,a,b\n", "invalid UTF-8: expected UTF-8, got E9 at byte 11"),
        (
            b"id,te\0xt\n1,a\n",
            "looks like binary data: expected text or JSON Lines, got a NUL at byte 5",
        ),
        (
            long.as_bytes(),
            "no header row: expected a first row below 1048576 bytes, got a longer one",
        ),
    ] {
        let batch = read_as("a.csv", bytes, &Options::default(), SMALL);
        assert_eq!(errors(&batch), [format!("a.csv: {message}")]);
        assert_eq!(batch.rejects[0].error.kind, ErrorKind::Input);
        assert!(batch.rejects[0].error.hint.is_some());
    }
}

/// Checks that a bad row between two good ones is named, kept, and costs nothing else.
#[track_caller]
fn check_bad(row: &[u8], message: &str) {
    let bytes = [b"id,text\n1,Satu\n", row, b"\r\n2,Dua\n"].concat();
    for sizes in [SMALL, crate::ingest::records::SIZES] {
        let batch = read_as("a.csv", &bytes, &Options::default(), sizes);
        assert_eq!(texts(&batch), ["Satu", "Dua"], "{message}");
        assert_eq!(errors(&batch), [format!("a.csv:3: {message}")]);
        let reject = &batch.rejects[0];
        assert_eq!((reject.error.kind, reject.line), (ErrorKind::Record, Some(3)));
        assert_eq!(reject.record, [row, b"\r"].concat());
        assert!(reject.error.hint.is_some());
    }
}

#[test]
fn bad_rows_are_named_and_the_others_read() {
    for (row, message) in [
        (&b"x"[..], "wrong number of fields: expected 2 as in the header, got 1"),
        (b"x,y,", "wrong number of fields: expected 2 as in the header, got 3"),
        (
            b"x,\"a\nb\",c,,,,,,,,,,,,,,,,,",
            "wrong number of fields: expected 2 as in the header, got 20",
        ),
        (b"x,", "empty text: expected an article in `text`, got nothing"),
        (b"x,\" \n\"", "empty text: expected an article in `text`, got white space only"),
        (b"x,caf\xe9 d\xe9", "invalid UTF-8: expected UTF-8, got E9 20 64 E9 at byte 5"),
    ] {
        check_bad(row, message);
    }
}

#[test]
fn a_quote_that_is_not_closed_takes_what_follows_and_says_so() {
    let text = "id,text\n1,Satu\n2,\"Dua\n3,Tiga\n4,Empat\n";
    let batch = read_csv(text);
    assert_eq!(texts(&batch), ["Satu"]);
    let message = "quote not closed: expected a `\"` that ends the field before the input does, got \
                   none in 3 lines";
    assert_eq!(errors(&batch), [format!("a.csv:3: {message}")]);
    assert_eq!(batch.rejects[0].record, b"2,\"Dua\n3,Tiga\n4,Empat");
}

#[test]
fn rows_that_are_too_long_are_skipped() {
    let text = "id,text\n1,a\n2,\"0123\n567\n9\"\n3,b\n4,\"0123456789";
    // A block holds them all, and rows that are too long are in several blocks.
    for block_bytes in [1 << 10, 4] {
        let sizes = Sizes { block_bytes, line_bytes: 12 };
        let batch = read_as("a.csv", text.as_bytes(), &Options::default(), sizes);
        assert_eq!((texts(&batch), lines(&batch)), (vec!["a", "b"], vec![2, 6]));
        let too_long = "row too long: expected a row below 12 bytes, got a longer one";
        assert_eq!(errors(&batch), [3, 7].map(|line| format!("a.csv:{line}: {too_long}")));
        assert_eq!(batch.n_bytes, text.len() as u64);
    }
}

#[test]
fn a_compressed_table_that_is_cut_off_keeps_the_rows_before() {
    let noise = |seed: usize| {
        (0..500).map(|n| (seed * n * n) % 997).fold(String::new(), |s, n| s + &n.to_string())
    };
    let rows: String =
        (1..400).map(|n| format!("{n},\"{},\n{}\"\n", noise(n), noise(n + 7))).collect();
    let text = format!("id,text\n{rows}");
    let mut bytes = zstd::encode_all(text.as_bytes(), 1).unwrap();
    bytes.truncate(bytes.len() - 9);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv").display().to_string();
    fs::write(&path, bytes).unwrap();
    let batch = read(&[path], &Options::default());
    let (n, reject) = (batch.documents.len(), &batch.rejects[0]);
    assert!(100 < n && n < 399 && batch.rejects.len() == 1);
    assert_eq!((reject.error.what.as_str(), reject.line), ("cut off", Some(2 * n as u64 + 2)));
    assert!(
        !reject.record.is_empty() && text.contains(std::str::from_utf8(&reject.record).unwrap())
    );
    // The header itself.
    let batch = {
        let path = folder.path().join("b.csv").display().to_string();
        fs::write(&path, b"\x1f\x8b\x08").unwrap();
        read(&[path], &Options::default())
    };
    assert_eq!(batch.rejects[0].error.what, "cut off");
}

#[test]
fn rows_are_objects_with_each_name_once() {
    let table = |header: &str| {
        let mut text = Rewound::new(Box::new(header.as_bytes()));
        let expect =
            Expect { delimiters: &Delimiter::OF_CSV, fields: &FieldMap::default(), utf16: None };
        Table::of(&mut text, expect, &Origin::new("a.csv")).unwrap()
    };
    for (header, row, expect) in [
        ("id,text\n", "1,Satu", r#"{"id":"1","text":"Satu"}"#),
        ("text\n", "\"a\"\"\n\"\r", r#"{"text":"a\"\n"}"#),
        (
            ",text,text,\"x\"\"\",text_2\n",
            "a,b,c,d,e",
            r#"{"":"a","text":"b","text_2":"c","x\"":"d","text_2_2":"e"}"#,
        ),
    ] {
        assert_eq!(json(row, &table(header)).unwrap(), expect);
        assert!(serde_json::from_str::<serde_json::Value>(expect).is_ok());
    }
}

/// A table of any content, with what csv writes between and behind its fields.
#[derive(Debug, Clone)]
struct Written {
    rows: Vec<Vec<String>>,
    delimiter: u8,
    is_crlf: bool,
    is_quoted: bool,
    has_mark: bool,
    has_last_end: bool,
}

impl Written {
    fn text(&self) -> String {
        let style =
            if self.is_quoted { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let end = if self.is_crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new();
        writer.delimiter(self.delimiter).quote_style(style).terminator(end);
        let mut writer =
            writer.from_writer(if self.has_mark { b"\xef\xbb\xbf".to_vec() } else { Vec::new() });
        writer.write_record(["id", "text", "x"]).unwrap();
        self.rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let mut text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        if !self.has_last_end {
            text.truncate(text.trim_end_matches(['\r', '\n']).len());
        }
        text
    }
}

fn written() -> impl Strategy<Value = Written> {
    let piece = prop::sample::select(vec![
        "a", "é", "“Ya”", "🙂", " ", "\"", "\"\"", "\n", "\r", "\r\n", ",", ";", "\t", "|",
        "\u{feff}", "\0", "",
    ]);
    let field = prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat());
    let rows = prop::collection::vec(prop::collection::vec(field, 3), 0..8);
    (rows, prop::sample::select(b",;\t|".to_vec()), any::<[bool; 4]>()).prop_map(
        |(rows, delimiter, [is_crlf, is_quoted, has_mark, has_last_end])| Written {
            rows,
            delimiter,
            is_crlf,
            is_quoted,
            has_mark,
            has_last_end,
        },
    )
}

fn scanned(paths: &[String], options: &Options) -> (Batch<(Location, Document)>, Store) {
    let (documents, batch, store) = crate::ingest::tests::scan_all(paths, options, |article| {
        let location = article.location;
        Ok((location, article.document(&options.fields)?))
    });
    let Batch { rejects, n_files, n_bytes, skipped, .. } = batch;
    (Batch { documents, rejects, n_files, n_bytes, skipped }, store)
}

/// The rows with a text as the csv crate reads them: line, fields.
fn oracle(text: &str, delimiter: u8) -> Vec<(u64, Vec<String>)> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let n_columns = reader.headers().unwrap().len();
    let rows = reader.records().map(Result::unwrap);
    let good = rows.filter(|row| row.len() == n_columns && !content::is_blank(&row[1]));
    // The line that csv tells is that behind the blank lines before.
    good.map(|row| (row.position().unwrap().line(), row.iter().map(str::to_owned).collect()))
        .collect()
}

fn check_written(written: &Written) -> Result<(), TestCaseError> {
    let text = written.text();
    let options = Options {
        delimiter: Some(char::from(written.delimiter).to_string().parse().unwrap()),
        ..Options::default()
    };
    let expect = oracle(&text, written.delimiter);
    for block_bytes in [1, 3, 1 << 20] {
        let sizes = Sizes { block_bytes, line_bytes: 1 << 20 };
        let batch = read_as("a.csv", text.as_bytes(), &options, sizes);
        let found: Vec<&str> = texts(&batch);
        let wanted: Vec<&str> = expect.iter().map(|(_, row)| row[1].as_str()).collect();
        prop_assert_eq!(found, wanted);
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("a.csv", text.clone().into_bytes()),
        ("b.csv", zstd::encode_all(text.as_bytes(), 1).unwrap()),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        check_stored(&[path.display().to_string()], &options, &expect, &text)?;
    }
    Ok(())
}

/// Checks what is read, and read again.
fn check_stored(
    paths: &[String],
    options: &Options,
    expect: &[(u64, Vec<String>)],
    text: &str,
) -> Result<(), TestCaseError> {
    let (batch, store) = scanned(paths, options);
    prop_assert_eq!(batch.documents.len(), expect.len());
    for ((location, document), (_, row)) in batch.documents.iter().zip(expect) {
        prop_assert_eq!(&document.text, &row[1]);
        prop_assert_eq!(&store.document(*location).unwrap(), document);
        prop_assert_eq!(&store.with_text(*location, str::to_owned).unwrap(), &row[1]);
        let record: serde_json::Value =
            serde_json::from_str(&store.record(*location).unwrap().unwrap()).unwrap();
        for (key, cell) in ["id", "text", "x"].iter().zip(row) {
            prop_assert_eq!(record[key].as_str(), Some(cell.as_str()));
        }
    }
    let mut kept = store.table().unwrap().unwrap().header().to_owned() + "\n";
    let locations: Vec<Location> = batch.documents.iter().map(|(location, _)| *location).collect();
    let mut rows = Vec::new();
    store.copy(locations, true, &mut rows, |_| unreachable!("rows are no texts")).unwrap();
    kept.push_str(std::str::from_utf8(&rows).unwrap());
    if batch.rejects.is_empty() {
        let missing = if text.ends_with('\n') { "" } else { "\n" };
        prop_assert_eq!(kept, text.to_owned() + missing);
    }
    Ok(())
}

/// Bytes that are likelier to be nearly a table than any bytes.
fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "b", "text", " ", "\"", "\"\"", "\n", "\n", "\r", "\r\n", ",", ",", ";", "\u{feff}",
        "é", "\0",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_csv_writes_is_read_and_kept(written in written()) {
        check_written(&written)?;
    }

    #[test]
    fn odd_rows_are_those_that_csv_reads(odd in odd_text()) {
        let text = format!("id,text\n{odd}");
        let whole = read_as("a.csv", text.as_bytes(), &Options::default(), crate::ingest::records::SIZES);
        let small = read_as("a.csv", text.as_bytes(), &Options::default(), SMALL);
        prop_assert_eq!(&whole, &small);
        // csv does not tell a quote that is not closed.
        if !whole.rejects.iter().any(|reject| reject.error.what == "quote not closed") {
            let expect = oracle(&text, b',');
            prop_assert_eq!(texts(&whole), expect.iter().map(|(_, row)| row[1].as_str()).collect::<Vec<_>>());
        }
        for bytes in utf16(&text) {
            let batch = read_as("a.csv", &bytes, &Options::default(), SMALL);
            if !text.contains('\0') {
                prop_assert_eq!(texts(&batch), texts(&whole));
                prop_assert_eq!(lines(&batch), lines(&whole));
            }
        }
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, odd in odd_text()) {
        for bytes in [bytes.clone(), [b"text,a\n", &bytes[..]].concat(), [odd.as_bytes(), &bytes[..]].concat()] {
            read_as("a.csv", &bytes, &Options::default(), SMALL);
        }
    }
}

proptest! {
    #[test]
    fn raw_fields_are_the_row_and_say_what_it_says(
        values in prop::collection::vec("[ab,;\"\n\ré ]{0,6}", 1..6), is_quoted: bool, semicolon: bool,
    ) {
        let delimiter: Delimiter = if semicolon { ";" } else { "," }.parse().unwrap();
        let style = if is_quoted { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter.byte()).quote_style(style).from_writer(Vec::new());
        writer.write_record(&values).unwrap();
        let row = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let row = row.trim_end_matches('\n');
        let raw: Vec<&str> = cells::raw(row, delimiter).collect();
        prop_assert_eq!(raw.join(&char::from(delimiter.byte()).to_string()), row);
        let mut cells = cells::Cells::default();
        for (raw, value) in raw.iter().zip(&values) {
            prop_assert!(cells.fill(raw, delimiter));
            prop_assert_eq!(cells.iter().next().unwrap_or_default(), value);
        }
        prop_assert_eq!(raw.len(), values.len());
    }
}
