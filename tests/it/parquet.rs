//! `kutip dedup` of Parquet: rows in, rows out, and what is wrong with a file by name.

use crate::support::{Folder, Ran};
use arrow_array::builder::{Int32Builder, ListBuilder, MapBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::*;
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde_json::Value;
use std::collections::HashMap;
use std::fs::{self, File};
use std::sync::Arc;

/// Texts of which each third is there twice.
fn texts(n: usize) -> Vec<String> {
    let text = |k: usize| (0..20).map(|w| format!("kata{k}ke{w} ")).collect();
    (0..n).map(|k| text(if k % 3 == 2 { k - 1 } else { k })).collect()
}

/// A batch with these columns, each of which may be null.
fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    let field =
        |(name, array): &(&str, ArrayRef)| Field::new(*name, array.data_type().clone(), true);
    let fields: Vec<Field> = columns.iter().map(field).collect();
    let metadata = HashMap::from([("made by".to_owned(), "a test".to_owned())]);
    let schema = Schema::new_with_metadata(fields, metadata);
    RecordBatch::try_new(Arc::new(schema), columns.into_iter().map(|(_, a)| a).collect()).unwrap()
}

fn strings(texts: &[String]) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(texts))
}

fn plain(texts: &[String]) -> RecordBatch {
    let ids = Arc::new(Int64Array::from_iter_values(0..texts.len() as i64));
    batch(vec![("id", ids), ("text", strings(texts))])
}

/// Columns of many kinds beside the text.
fn odd(texts: &[String]) -> RecordBatch {
    let n = texts.len();
    let mut tags = ListBuilder::new(StringBuilder::new());
    for idx in 0..n {
        (0..idx % 3).for_each(|_| tags.values().append_value("a \"tag\"\n"));
        tags.append(idx % 5 != 0);
    }
    let times = TimestampMicrosecondArray::from_iter_values(
        (0..n).map(|k| 1_641_600_000_000_000 + k as i64),
    );
    let money = Decimal128Array::from_iter_values((0..n).map(|k| k as i128 * 5));
    let author: ArrayRef = strings(texts);
    let nested =
        StructArray::from(vec![(Arc::new(Field::new("author", DataType::Utf8, true)), author)]);
    let outlets: DictionaryArray<Int32Type> = (0..n).map(|k| ["Kabar", "Warta"][k % 2]).collect();
    batch(vec![
        ("text", strings(texts)),
        ("published", Arc::new(times.with_timezone("UTC"))),
        ("tags", Arc::new(tags.finish())),
        ("price", Arc::new(money.with_precision_and_scale(20, 2).unwrap())),
        ("meta", Arc::new(nested)),
        ("outlet", Arc::new(outlets)),
        ("raw", Arc::new(BinaryArray::from_iter_values((0..n).map(|k| [k as u8, 0xff])))),
        ("seen", Arc::new(Date32Array::from_iter_values(0..n as i32))),
        ("score", Arc::new(Float32Array::from_iter_values((0..n).map(|k| k as f32 / 3.0)))),
    ])
}

fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(100))
        .set_key_value_metadata(Some(vec![KeyValue::new("note".to_owned(), "a b".to_owned())]))
        .build()
}

fn write_as(folder: &Folder, name: &str, batch: &RecordBatch, properties: WriterProperties) {
    fs::create_dir_all(folder.at(name).parent().unwrap()).unwrap();
    let file = File::create(folder.at(name)).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

fn write(folder: &Folder, name: &str, batch: &RecordBatch) {
    write_as(folder, name, batch, properties());
}

fn folder(tables: &[(&str, RecordBatch)]) -> Folder {
    let folder = Folder::with(&[]);
    tables.iter().for_each(|(name, batch)| write(&folder, name, batch));
    folder
}

fn read(folder: &Folder, name: &str) -> RecordBatch {
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(File::open(folder.at(name)).unwrap()).unwrap();
    let schema = builder.schema().clone();
    let batches: Vec<RecordBatch> = builder.build().unwrap().map(Result::unwrap).collect();
    arrow_select::concat::concat_batches(&schema, &batches).unwrap()
}

fn records(jsonl: &str) -> Vec<Value> {
    jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Lines with the same texts.
fn lines(texts: &[String]) -> String {
    let line = |(id, text): (usize, &String)| format!("{{\"id\":{id},\"text\":\"{text}\"}}\n");
    texts.iter().enumerate().map(line).collect()
}

#[test]
fn rows_are_records_as_lines_are() {
    let texts = texts(3000);
    let folder = folder(&[("a.parquet", plain(&texts))]);
    fs::write(folder.at("a.jsonl"), lines(&texts)).unwrap();
    let run = |input: &str, threads: &str| {
        let args =
            ["dedup", input, "-q", "--removed", "r", "--clusters", "c", "--threads", threads];
        let kept = folder.run(&args).expect(0).stdout;
        let named = |text: String| text.replace(input, "a.jsonl");
        (kept, named(folder.read("r")), named(folder.read("c")))
    };
    let expect = run("a.jsonl", "2");
    assert!(expect == run("a.parquet", "2") && expect == run("a.parquet", "1"));
    assert!(
        expect.0 == {
            let mut command = folder.kutip(&["dedup", "-", "-q"]);
            Ran::of(command.stdin(File::open(folder.at("a.parquet")).unwrap())).expect(0).stdout
        }
    );
}

#[test]
fn what_is_kept_of_a_table_is_a_table() {
    let texts = texts(1000);
    for table in [plain(&texts), odd(&texts)] {
        let folder = folder(&[("a.parquet", table.clone())]);
        folder.run(&["dedup", "a.parquet", "-q", "-o", "kept.parquet"]).expect(0);
        let kept: Vec<bool> = (0..1000).map(|k| k % 3 != 2).collect();
        let expect = arrow_select::filter::filter_record_batch(&table, &kept.into()).unwrap();
        assert_eq!(read(&folder, "kept.parquet").columns(), expect.columns());
        let metadata = |name: &str| {
            let file = File::open(folder.at(name)).unwrap();
            ArrowReaderMetadata::load(&file, Default::default()).unwrap().metadata().clone()
        };
        let (before, after) = (metadata("a.parquet"), metadata("kept.parquet"));
        let (before, after) = (before.as_ref(), after.as_ref());
        assert_eq!(before.file_metadata().schema_descr(), after.file_metadata().schema_descr());
        assert_eq!(
            before.file_metadata().key_value_metadata(),
            after.file_metadata().key_value_metadata()
        );
        assert_eq!(after.row_groups().len(), 7);
        assert_eq!(
            after.row_group(0).column(0).compression(),
            before.row_group(0).column(0).compression()
        );
        // With two threads and one, and also where all columns are read.
        let bytes = fs::read(folder.at("kept.parquet")).unwrap();
        let args = ["dedup", "a.parquet", "-q", "-o", "kept.parquet", "--threads", "1"];
        folder.run(&[&args[..], &["--removed", "r.jsonl"]].concat()).expect(0);
        assert!(bytes == fs::read(folder.at("kept.parquet")).unwrap());
    }
}

#[test]
fn a_removed_row_is_an_object_with_all_its_columns() {
    let texts = texts(3);
    let folder = folder(&[("a.parquet", odd(&texts))]);
    folder.run(&["dedup", "a.parquet", "-q", "-o", "k.parquet", "--removed", "r"]).expect(0);
    let removed = &records(&folder.read("r"))[0];
    assert_eq!(removed["doc"], "a.parquet:3");
    let mut record = removed["record"].clone();
    assert_eq!(record["score"].take().as_f64().map(|n| (n * 1000.0) as u32), Some(666));
    assert_eq!(
        record,
        serde_json::json!({
            "text": texts[2], "published": "2022-01-08T00:00:00.000002Z",
            "tags": ["a \"tag\"\n", "a \"tag\"\n"], "price": 0.10, "meta": {"author": texts[2]},
            "outlet": "Kabar", "raw": "02ff", "seen": "1970-01-03", "score": null,
        })
    );
}

#[test]
fn texts_are_read_however_they_are_stored() {
    let texts = texts(6);
    let bytes = || texts.iter().map(|text| text.as_bytes());
    let dictionary: DictionaryArray<Int32Type> = texts.iter().map(String::as_str).collect();
    let packed = DictionaryArray::<Int32Type>::new(
        Int32Array::from_iter_values(0..6),
        Arc::new(BinaryArray::from_iter_values(bytes())),
    );
    let columns: [ArrayRef; 8] = [
        strings(&texts),
        Arc::new(LargeStringArray::from_iter_values(&texts)),
        Arc::new(StringViewArray::from_iter_values(&texts)),
        Arc::new(dictionary),
        Arc::new(BinaryArray::from_iter_values(bytes())),
        Arc::new(LargeBinaryArray::from_iter_values(bytes())),
        Arc::new(BinaryViewArray::from_iter_values(bytes())),
        Arc::new(packed),
    ];
    for column in columns {
        let shown = column.data_type().to_string();
        let nested = Field::new("isi", column.data_type().clone(), true);
        let nested = StructArray::from(vec![(Arc::new(nested), column.clone())]);
        let folder = folder(&[
            ("a.parquet", batch(vec![("Body", column)])),
            ("b.parquet", batch(vec![("x", Arc::new(nested))])),
        ]);
        let kept = |args: &[&str]| {
            let kept = folder.run(&[&["dedup", "-q"], args].concat()).expect(0).stdout;
            records(&kept)
        };
        let found: Vec<Value> = kept(&["a.parquet"]).iter().map(|r| r["Body"].clone()).collect();
        let expect: Vec<Value> = [0, 1, 3, 4].map(|k| texts[k].as_str().into()).into();
        assert_eq!(found, expect, "{shown}");
        let inside = kept(&["b.parquet", "--field", "text=x.isi"]);
        let found: Vec<Value> = inside.iter().map(|r| r["x"]["isi"].clone()).collect();
        assert_eq!(found, expect, "{shown}");
    }
}

#[test]
fn a_row_without_a_text_is_rejected_alone() {
    let column = BinaryArray::from_iter([Some(&b"satu"[..]), None, Some(b"\xff\""), Some(b"dua")]);
    let ids = Int64Array::from_iter_values(0..4);
    let table = batch(vec![("text", Arc::new(column)), ("id", Arc::new(ids))]);
    let folder = folder(&[("a.parquet", table)]);
    let args = ["dedup", "a.parquet", "-o", "k.parquet", "--rejects", "bad"];
    let ran = folder.run(&args).expect(1);
    for expect in [
        "a.parquet:2: empty text: ",
        "got null",
        "a.parquet:3: invalid UTF-8: ",
        "write the column as UTF-8",
    ] {
        assert!(ran.stderr.contains(expect), "{}", ran.stderr);
    }
    assert_eq!(
        read(&folder, "k.parquet")["id"].as_primitive::<types::Int64Type>().values(),
        &[0, 3]
    );
    assert!(folder.read("bad").contains("\\\"id\\\":1"), "{}", folder.read("bad"));
    let claims = folder.run(&["claims", "a.parquet", "-q"]).expect(1);
    assert_eq!(claims.stderr.matches("a.parquet:").count(), 2, "{}", claims.stderr);
}

#[test]
fn tables_without_rows_or_columns_are_read() {
    let some = plain(&texts(3));
    let folder =
        folder(&[("in/none.parquet", some.slice(0, 0)), ("in/some.parquet", some.clone())]);
    folder.run(&["dedup", "in", "-q", "-o", "k.parquet"]).expect(0);
    assert_eq!(read(&folder, "k.parquet").columns(), some.slice(0, 2).columns());
    let none = RecordBatch::new_empty(Arc::new(Schema::empty()));
    write(&folder, "none.parquet", &none);
    let numbers = batch(vec![("id", Arc::new(Int32Array::from_iter_values(0..3)))]);
    write(&folder, "numbers.parquet", &numbers);
    for (name, got) in [("none.parquet", "got none"), ("numbers.parquet", "got `id`")] {
        let ran = folder.run(&["dedup", name]).expect(2);
        assert!(ran.stderr.starts_with(&format!("{name}: no text: expected a field `text`")));
        assert!(ran.stderr.contains(got), "{}", ran.stderr);
    }
}

#[test]
fn row_groups_that_are_written_are_held_in_part() {
    let texts = texts(60);
    let noise = |k: usize| {
        let mut state = k as u64 + 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        (0..40_000).map(|_| format!("{:016x}", next())).collect::<String>()
    };
    let notes: Vec<String> = (0..texts.len()).map(noise).collect();
    let rows = batch(vec![("text", strings(&texts)), ("catatan", strings(&notes))]);
    let folder = folder(&[("a.parquet", rows)]);
    folder.run(&["dedup", "a.parquet", "-q", "-o", "k.parquet"]).expect(0);
    let groups = |name: &str| {
        let file = fs::File::open(folder.at(name)).unwrap();
        let file = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        file.metadata().num_row_groups()
    };
    assert_eq!(groups("a.parquet"), 1);
    assert!(1 < groups("k.parquet"), "13 MB in one piece");
    assert_eq!(read(&folder, "k.parquet").num_rows(), 40);
}

#[test]
fn what_an_earlier_annotation_said_of_a_row_is_replaced() {
    let texts = texts(3);
    let said = || strings(&texts.iter().map(|_| "of old".to_owned()).collect::<Vec<_>>());
    let columns =
        vec![("kutip_kept", said()), ("text", strings(&texts)), ("kutip", said()), ("id", said())];
    let folder = folder(&[("a.parquet", batch(columns))]);
    folder.run(&["dedup", "a.parquet", "-q", "--annotate", "-o", "k.jsonl"]).expect(0);
    for (nth, record) in records(&folder.read("k.jsonl")).iter().enumerate() {
        assert!(record.as_object().unwrap().keys().eq(["id", "kutip", "text"]), "{record}");
        assert_eq!(record["kutip"]["kept"], nth < 2);
    }
}

#[test]
fn a_table_is_written_of_tables_with_the_same_columns_alone() {
    let texts = texts(3);
    let folder = folder(&[("a.parquet", plain(&texts)), ("b.parquet", odd(&texts))]);
    fs::write(folder.at("c.jsonl"), lines(&texts)).unwrap();
    let with_fields = |name: &str, change: &dyn Fn(Field) -> Field| {
        let batch = plain(&texts);
        let fields: Vec<Field> =
            batch.schema().fields().iter().map(|field| change(field.as_ref().clone())).collect();
        let columns = batch.columns().to_vec();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap();
        write(&folder, name, &batch);
    };
    with_fields("never_null.parquet", &|field| field.with_nullable(false));
    let mark = || HashMap::from([("PARQUET:field_id".to_owned(), "7".to_owned())]);
    with_fields("marked.parquet", &|field| field.with_metadata(mark()));
    for (inputs, expect) in [
        (&["a.parquet", "c.jsonl"][..], "c.jsonl: no Parquet file: "),
        (&["-"], "-: no Parquet file: expected a file"),
        (&["a.parquet", "b.parquet"], "b.parquet: other columns: "),
        (
            &["a.parquet", "never_null.parquet"],
            "never_null.parquet: other columns: expected the columns of a.parquet, of which number 1 \
             is `id` (Int64, may be null), got `id` (Int64, never null)",
        ),
        (
            &["a.parquet", "marked.parquet"],
            "marked.parquet: other columns: expected the columns of a.parquet, of which number 1 is \
             `id` (Int64), got the same with other metadata",
        ),
        (&["a.parquet", "--annotate"], "k.parquet: cannot write: --annotate"),
    ] {
        let ran = folder.run(&[&["dedup", "-o", "k.parquet"], inputs].concat()).expect(2);
        assert!(ran.stderr.starts_with(&format!("error: {expect}")), "{}", ran.stderr);
        assert!(ran.stderr.contains("hint: "), "{}", ran.stderr);
    }
    let ran = folder.run(&["dedup", "a.parquet", "-o", "k.parquet.gz"]).expect(2);
    assert!(ran.stderr.contains("Parquet is compressed inside"), "{}", ran.stderr);
    let mixed = folder.run(&["dedup", "a.parquet", "c.jsonl", "b.parquet", "-o", "k.jsonl"]);
    mixed.expect(0);
    assert_eq!(records(&folder.read("k.jsonl")).len(), 2);
    write(&folder, "d.parquet", &plain(&[texts[0].clone(), "lain".to_owned()]));
    let both = ["dedup", "a.parquet", "d.parquet", "-q", "-o", "k.parquet"];
    folder.run(&both).expect(0);
    assert_eq!(read(&folder, "k.parquet").num_rows(), 3);
    let against = ["dedup", "d.parquet", "--against", "c.jsonl", "-q", "-o", "k.parquet"];
    folder.run(&against).expect(0);
    assert_eq!(read(&folder, "k.parquet")["text"].as_string::<i32>().value(0), "lain");
}

#[test]
fn what_has_no_json_is_named_where_it_is_needed() {
    let mut numbered = MapBuilder::new(None, Int32Builder::new(), StringBuilder::new());
    for key in 0..3 {
        numbered.keys().append_value(key);
        numbered.values().append_value("x");
        numbered.append(true).unwrap();
    }
    let table = batch(vec![("text", strings(&texts(3))), ("m", Arc::new(numbered.finish()))]);
    let folder = folder(&[("a.parquet", table)]);
    let ran = folder.run(&["dedup", "a.parquet"]).expect(2);
    assert!(
        ran.stderr.starts_with("a.parquet: not as records: expected columns that can be written")
    );
    assert!(ran.stderr.contains("got `m`: "), "{}", ran.stderr);
    folder.run(&["dedup", "a.parquet", "-q", "-o", "k.parquet"]).expect(0);
    assert_eq!(read(&folder, "k.parquet").num_rows(), 2);
}

#[test]
fn times_are_those_of_their_zone() {
    let times = TimestampSecondArray::from_iter_values([0, 1, 2]).with_timezone("Asia/Jakarta");
    let table = batch(vec![("text", strings(&texts(3))), ("published", Arc::new(times))]);
    let folder = folder(&[("a.parquet", table)]);
    let kept = folder.run(&["dedup", "a.parquet", "-q"]).expect(0).stdout;
    assert_eq!(records(&kept)[1]["published"], "1970-01-01T07:00:01+07:00");
}

#[test]
fn a_damaged_file_is_named_and_nothing_panics() {
    let texts = texts(300);
    let folder = folder(&[("a.parquet", odd(&texts))]);
    let whole = fs::read(folder.at("a.parquet")).unwrap();
    let n = whole.len();
    let run = |bytes: &[u8]| {
        fs::write(folder.at("b.parquet"), bytes).unwrap();
        let ran = folder.run(&["dedup", "b.parquet", "-q", "-o", "k.jsonl"]);
        assert!(matches!(ran.code, Some(0..=2)), "{ran:?}");
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        assert!(ran.code == Some(0) || ran.stderr.contains("b.parquet"), "{}", ran.stderr);
        ran
    };
    for cut in [5, 8, 12, n / 2, n - 9, n - 8, n - 4, n - 1] {
        let ran = run(&whole[..cut]).expect(2);
        assert!(ran.stderr.starts_with("b.parquet: damaged: "), "{cut}: {}", ran.stderr);
    }
    let garbage = [&whole[..n - 100], &[0xff; 92], &whole[n - 8..]].concat();
    assert!(run(&garbage).expect(2).stderr.starts_with("b.parquet: damaged: "));
    let encrypted = [b"PARE\x20\0\0\0", &whole[8..n - 4], b"PARE"].concat();
    assert!(run(&encrypted).expect(2).stderr.contains("an encrypted Parquet file"));
    // Whole pages of noise, and single bits everywhere.
    let mut state = 1u64;
    for round in 0..40 {
        let mut bytes = whole.clone();
        for _ in 0..1 + round % 4 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let at = (state >> 33) as usize % n;
            bytes[at] ^= 1 << (state >> 60 & 7);
        }
        run(&bytes);
    }
}
