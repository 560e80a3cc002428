//! `kutip dedup`: what stays, what goes, and whether each removal is proved.

use crate::support::Folder;
use serde_json::Value;
use std::fs;

const RAIN: &str = "Hujan turun sejak pagi di seluruh kota, dan sungai meluap ke jalan raya.";
const SHOUTED: &str = "HUJAN TURUN sejak pagi – di seluruh  kota dan “sungai” meluap ke jalan raya";
const OTHER: &str = "Harga cabai naik di pasar induk sejak pekan lalu karena cuaca buruk.";

/// Records with odd white space, an unknown field, a bad line and a last line without an end.
fn batch() -> String {
    let shouted = serde_json::to_string(SHOUTED).unwrap();
    format!(
        "{{\"id\":\"a\", \"text\":\"{RAIN}\",\"x\": [1,  2]}}\r\n{{\"text\":\"{OTHER}\"}}\nno record\n\n\
         {{ \"text\":{shouted} }}"
    )
}

fn records(jsonl: &str) -> Vec<Value> {
    jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_is_kept_comes_out_byte_for_byte_and_what_goes_is_proved() {
    let folder = Folder::with(&[("b.jsonl", &batch())]);
    let args = ["dedup", "b.jsonl", "-o", "k.jsonl", "--removed", "r.jsonl", "--clusters"];
    let ran = folder.run(&[&args[..], &["c.jsonl", "--rejects", "bad.jsonl"]].concat()).expect(1);
    assert!(ran.stderr.contains("b.jsonl:3: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("kept 2, removed 1 (of 1 cluster)"), "{}", ran.stderr);

    let batch = batch();
    let lines: Vec<&str> = batch.split('\n').collect();
    assert_eq!(folder.read("k.jsonl"), format!("{}\n{}\n", lines[0], lines[1]));
    assert!(folder.read("bad.jsonl").contains("no record"));

    let removed = folder.read("r.jsonl");
    assert!(removed.contains(&format!("\"record\":{}}}\n", lines[4])), "{removed}");
    let removed = &records(&removed)[0];
    for (field, expect) in [("doc", "b.jsonl:5"), ("kept", "a"), ("rule", "jaccard")] {
        assert_eq!(removed[field], expect);
    }
    assert_eq!((&removed["jaccard"], &removed["containment"]), (&1.0.into(), &1.0.into()));

    let clusters = records(&folder.read("c.jsonl"));
    assert_eq!(clusters[0]["members"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&clusters[0]["kept"], &clusters[0]["members"][1]["line"]),
        (&"a".into(), &5.into())
    );
    let counts = ["documents", "kept", "removed", "clusters", "rejects"];
    assert_eq!(counts.map(|c| clusters[1][c].as_u64().unwrap()), [3, 2, 1, 1, 1]);
}

#[test]
fn outputs_keep_to_the_schema() {
    let folder = Folder::with(&[("b.jsonl", &batch())]);
    let args = ["dedup", "b.jsonl", "-q", "-o", "k", "--removed", "r", "--clusters", "c"];
    folder.run(&args).expect(1);
    let schema: Value = serde_json::from_str(&folder.run(&["schema"]).expect(0).stdout).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for record in ["r", "c"].iter().flat_map(|name| records(&folder.read(name))) {
        let errors: Vec<String> = schema.iter_errors(&record).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?} in {record}");
    }
}

#[test]
fn duplicates_are_measured_against_a_truth() {
    let truth = "{\"doc\":\"a\",\"cluster\":1}\n{\"doc\":\"b.jsonl:2\",\"cluster\":2}\n\
                 {\"doc\":\"b.jsonl:5\",\"cluster\":1}\n{\"doc\":\"elsewhere\",\"cluster\":2}\n";
    let folder = Folder::with(&[("b.jsonl", &batch()), ("t.jsonl", truth)]);
    folder.run(&["dedup", "b.jsonl", "-q", "-o", "k", "--clusters", "c.jsonl"]).expect(1);
    let args = ["eval", "duplicates", "--truth", "t.jsonl", "--found", "c.jsonl"];
    insta::assert_snapshot!(folder.run(&args).expect(0).stdout, @r"
    Documents                4
    True pairs               2
    Found pairs              1
    Both                     1

    Precision            1.000
    Recall               0.500
    F1                   0.666
    Adjusted Rand        0.571
    B-cubed precision    1.000
    B-cubed recall       0.750
    ");
    let record = folder.run(&[&args[..], &["--format", "jsonl"]].concat()).expect(0).stdout;
    let record: Value = serde_json::from_str(&record).unwrap();
    assert_eq!((&record["precision"], &record["recall"]), (&1.0.into(), &0.5.into()));
    let schema: Value = serde_json::from_str(&folder.run(&["schema"]).expect(0).stdout).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&record));
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let word = |seed: u32, n: u32| format!("kata{}", (seed * 7919 + n * 104_729) % 997);
    let text = |seed: u32, n_words: u32| -> String {
        let is_changed = |n: u32| (n + seed).is_multiple_of(41);
        let changed = |n: u32| if is_changed(n) { seed % 13 } else { seed % 17 };
        (0..n_words).map(|n| word(changed(n), n)).collect::<Vec<_>>().join(" ")
    };
    let records = (0..300).map(|seed| format!("{{\"text\":\"{}\"}}\n", text(seed, 60 + seed % 5)));
    let folder = Folder::with(&[("b.jsonl", &records.collect::<String>())]);
    let outputs = |threads: &str, keep: &str| {
        let args = ["dedup", "b.jsonl", "-q", "-o", "k", "--removed", "r", "--clusters", "c"];
        folder.run(&[&args[..], &["--threads", threads, "--keep", keep]].concat()).expect(0);
        ["k", "r", "c"].map(|name| folder.read(name))
    };
    for keep in ["first", "longest"] {
        let one = outputs("1", keep);
        assert!(1 < one[1].lines().count() && 1 < one[0].lines().count());
        assert_eq!(outputs("2", keep), one);
        assert_eq!(outputs("7", keep), one);
    }
}

#[test]
fn text_files_become_records() {
    let folder = Folder::with(&[("in/a.txt", RAIN), ("in/b.txt", OTHER), ("in/c.txt", SHOUTED)]);
    let ran = folder.run(&["dedup", "in", "--quiet"]).expect(0);
    let kept = records(&ran.stdout);
    assert_eq!(kept.len(), 2);
    assert_eq!((&kept[0]["path"], &kept[0]["text"]), (&"in/a.txt".into(), &RAIN.into()));
}

#[test]
fn the_longest_may_be_kept() {
    let longer = format!("{RAIN} Warga mengungsi.");
    let batch = format!("{{\"text\":\"{RAIN}\"}}\n{{\"text\":\"{longer}\"}}\n");
    let folder = Folder::with(&[("b.jsonl", &batch)]);
    for (args, line) in [(&["--keep", "longest"][..], 1), (&[], 0)] {
        let args = [&["dedup", "b.jsonl", "-q", "--threshold", "0.7"], args].concat();
        let kept = folder.run(&args).expect(0).stdout;
        assert_eq!(kept.trim_end(), batch.lines().nth(line).unwrap());
    }
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    let folder = Folder::with(&[("b.jsonl", &batch())]);
    let before = fs::read(folder.at("b.jsonl")).unwrap();
    for (args, expect) in [
        (&["-o", "b.jsonl"][..], "b.jsonl: cannot write: --output is also an input"),
        (&["-o", "k", "--clusters", "k"], "--output and --clusters both write there"),
        (&["--threshold", "0"], "expected a number above 0 and up to 1"),
        (&["--threshold", "80%"], "as 0.8"),
        (&["--threshold", "0.01"], "128 minima find at most 0.72"),
    ] {
        let ran = folder.run(&[&["dedup", "b.jsonl"], args].concat()).expect(2);
        assert!(ran.stderr.contains(expect), "{}", ran.stderr);
    }
    assert_eq!(fs::read(folder.at("b.jsonl")).unwrap(), before);
    assert_eq!(folder.names(), ["b.jsonl"]);
}
