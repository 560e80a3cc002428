//! `kutip synth`: what is asked for comes, the same every time, and duplicates are measured by it.

use crate::support::Folder;
use serde_json::Value;
use std::collections::HashMap;

fn records(jsonl: &str) -> Vec<Value> {
    jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const SMALL: [&str; 5] = ["synth", "--docs", "300", "--words", "50..200"];

#[test]
fn a_corpus_and_its_truth() {
    let folder = Folder::with(&[]);
    folder.run(&[&SMALL[..], &["-o", "c.jsonl", "--truth", "t.jsonl"]].concat()).expect(0);
    let (corpus, truth) = (records(&folder.read("c.jsonl")), records(&folder.read("t.jsonl")));
    assert_eq!((corpus.len(), truth.len()), (300, 300));
    let by_doc: HashMap<&str, &Value> =
        truth.iter().map(|line| (line["doc"].as_str().unwrap(), line)).collect();
    for (record, line) in corpus.iter().zip(&truth) {
        assert_eq!(record["id"], line["doc"]);
        let (outlet, published) = (&record["outlet"], record["published"].as_str().unwrap());
        assert!(outlet.is_string() && published.starts_with("202") && published.len() == 20);
        let Some(of) = line["of"].as_str() else {
            assert_eq!(line.as_object().unwrap().len(), 2, "{line}");
            continue;
        };
        let source = by_doc[of];
        assert!(source.get("of").is_none());
        assert_eq!(source["cluster"] == line["cluster"], line["edit"] != "numbers");
        assert!((0.0..=1.0).contains(&line["jaccard"].as_f64().unwrap()), "{line}");
    }
    assert_eq!(truth.iter().filter(|line| line["of"].is_string()).count(), 75);
}

#[test]
fn the_same_bytes_for_the_same_seed() {
    let folder = Folder::with(&[]);
    let corpus = |args: &[&str], threads: &str| {
        let mut command = folder.kutip(&[&SMALL[..], args].concat());
        crate::support::Ran::of(command.env("RAYON_NUM_THREADS", threads)).expect(0).stdout
    };
    let one = corpus(&[], "1");
    assert!(one.starts_with("{\"id\":\"d0000000\",\"outlet\":\""), "{one}");
    assert_eq!(corpus(&["--seed", "1"], "3"), one);
    assert_ne!(corpus(&["--seed", "2"], "1"), one);
    folder.run(&[&SMALL[..], &["-o", "c.jsonl.zst", "--truth", "t"]].concat()).expect(0);
    let packed = std::fs::read(folder.at("c.jsonl.zst")).unwrap();
    assert_eq!(zstd::decode_all(&packed[..]).unwrap(), one.as_bytes());
}

#[test]
fn duplicates_are_found_and_measured_by_likeness_and_edit() {
    let folder = Folder::with(&[]);
    folder.run(&[&SMALL[..], &["-o", "c.jsonl", "--truth", "t.jsonl"]].concat()).expect(0);
    let dedup = ["dedup", "c.jsonl", "-q", "-o", "k", "--clusters", "f.jsonl"];
    let params = ["--shingle", "word:5", "--threshold", "0.8"];
    folder.run(&[&dedup[..], &params].concat()).expect(0);
    let args = ["eval", "duplicates", "--truth", "t.jsonl", "--found", "f.jsonl"];
    let table = folder.run(&args).expect(0).stdout;
    for title in ["by Jaccard similarity", "Copies found, by edit", "Look-alikes taken, by edit"] {
        assert!(table.contains(title), "{table}");
    }
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    let found =
        records(&folder.run(&[&args[..], &["--format", "jsonl"]].concat()).expect(0).stdout);
    let schema: Value = serde_json::from_str(&folder.run(&["schema"]).expect(0).stdout).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    assert!(found.iter().all(|record| schema.is_valid(record)), "{found:?}");
    let by = |by: &str| found.iter().filter(|r| r["type"] == "copies" && r["by"] == by).collect();
    let (bands, edits): (Vec<&Value>, Vec<&Value>) = (by("jaccard"), by("edit"));
    let n_copies =
        |groups: &[&Value]| groups.iter().map(|r| r["of"].as_u64().unwrap()).sum::<u64>();
    assert_eq!(n_copies(&bands), n_copies(&edits));
    // What is as alike as the threshold is found, and of what is less alike little.
    for band in bands {
        let (from, to) = (band["from"].as_f64().unwrap(), band["to"].as_f64().unwrap());
        assert!(from < 0.85 || 0.98 < band["share"].as_f64().unwrap(), "{band}");
        assert!(0.75 < to || band["share"].as_f64().unwrap() < 0.5, "{band}");
    }
    assert!(edits.iter().any(|record| record["edit"] == "exact" && record["share"] == 1.0));
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    let folder = Folder::with(&[]);
    for (args, expect) in [
        (&["--docs", "0"][..], "0 is not in 1..=100000000"),
        (&["--docs", "10", "-o", "x", "--truth", "./x"], "--output and --truth both write there"),
        (&["--docs", "10", "-o", "no/x"], "no/x: cannot write: "),
        (&["--docs", "10", "--truth", "no/x"], "no/x: cannot write: "),
        (&["--docs", "10", "--words", "100"], "expected MIN..MAX, as 100..800"),
        (&["--docs", "10", "--words", "10..100"], "expected words of 20 to 5000"),
        (&["--docs", "10", "--words", "300..100"], "as 100..300"),
        (&["--docs", "10", "--copies", "1"], "--copies 1: too many: 10 of 10 records leave 0"),
        (&["--docs", "10", "--copies", "25%"], "expected a number of 0 to 1"),
        (
            &["--docs", "100", "--largest", "40"],
            "--largest 40: cannot be reached: there are 25 copies",
        ),
        (&["--docs", "10", "--edits", "magic"], "possible values: exact, numbers"),
        (
            &["--docs", "10", "--edits", "case", "--scripts", "han"],
            "han of --scripts has no capitals",
        ),
        (&["--docs", "10", "--scripts", "runic"], "expected one of latin, cyrillic"),
        (&["--docs", "10", "--scripts", "han=0.7,thai=0.4"], "the shares make 1.100 in all"),
        (&["--docs", "10", "--scripts", "han,han"], "han is there twice"),
        (&["--docs", "10", "--template", "0"], "expected a number above 0 and up to 1"),
    ] {
        let ran = folder.run(&[&["synth"], args].concat()).expect(2);
        assert!(ran.stderr.contains(expect), "{}", ran.stderr);
        assert_eq!((ran.stdout.as_str(), folder.names().len()), ("", 0));
    }
}

#[test]
fn clusters_are_as_large_as_asked() {
    let folder = Folder::with(&[]);
    let args = ["--docs", "200", "--copies", "0.6", "--largest", "100", "--edits", "prefix"];
    let all = [&["synth"], &args[..], &["-o", "c", "--truth", "t"]].concat();
    folder.run(&all).expect(0);
    let mut sizes: HashMap<String, usize> = HashMap::new();
    for line in records(&folder.read("t")) {
        assert!(line.get("edit").is_none_or(|edit| edit == "prefix"));
        *sizes.entry(line["cluster"].to_string()).or_default() += 1;
    }
    assert_eq!(sizes.values().max(), Some(&100));
}
