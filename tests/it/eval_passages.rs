//! How good found passages are, by annotations of a PAN corpus.

use crate::support::Folder;
use serde_json::Value;

fn document(name: &str, features: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document reference=\"{name}.txt\">\n{features}</document>\n"
    )
}

fn feature(attributes: &str, this: (u64, u64), source: &str, that: (u64, u64)) -> String {
    format!(
        "<feature {attributes} this_offset=\"{}\" this_length=\"{}\" source_reference=\"{source}.txt\" \
         source_offset=\"{}\" source_length=\"{}\" />\n",
        this.0, this.1, that.0, that.1
    )
}

const DETECTED: &str = "name=\"detected-plagiarism\"";

/// Two pairs with a case each and a clean one; the first case is found in two halves, the second
/// with as much again in the suspicious document alone, and in the clean pair something is found.
fn corpus() -> Folder {
    let case = "name=\"plagiarism\" type=\"artificial\" obfuscation=\"x\"";
    let a = feature(case, (10, 100), "source-1", (0, 100));
    let b = feature(case, (0, 100), "source-2", (50, 100));
    let halves = feature(DETECTED, (10, 50), "source-1", (0, 50))
        + &feature(DETECTED, (60, 50), "source-1", (50, 50));
    let long = feature(DETECTED, (0, 200), "source-2", (50, 100));
    let wrong = feature(DETECTED, (0, 20), "source-3", (0, 20));
    Folder::with(&[
        ("truth/01-no-reuse/suspicious-3-source-3.xml", &document("suspicious-3", "")),
        ("truth/02-verbatim/suspicious-1-source-1.xml", &document("suspicious-1", &a)),
        ("truth/03-odd/suspicious-2-source-2.xml", &document("suspicious-2", &b)),
        ("truth/pairs", "suspicious-1.txt source-1.txt\n"),
        ("found/1.xml", &document("suspicious-1", &halves)),
        ("found/2.xml", &document("suspicious-2", &long)),
        ("found/deep/3.XML", &document("suspicious-3", &wrong)),
    ])
}

const ARGS: [&str; 6] = ["eval", "passages", "--truth", "truth", "--found", "found"];

#[test]
fn a_corpus_measured_by_hand() {
    let folder = corpus();
    // Precision (1 + 1 + 2/3 + 0) / 4, recall 1, granularity 3/2, plagdet .8 / log2(2.5).
    insta::assert_snapshot!(folder.run(&ARGS).expect(0).stdout, @r"
    Texts                 3
      clean               1, 1 with detections
    Cases                 2, 2 found
    Detections            4
      in clean            1
      elsewhere           0

                                  cases  found  plagdet  precision  recall   gran.
    All                               2      2   0.6052     0.6667  1.0000  1.5000
    01-no-reuse                       0      0        -     0.0000       -  1.0000
    02-verbatim                       1      1   0.6309     1.0000  1.0000  2.0000
    03-odd                            1      1   0.8000     0.6667  1.0000  1.0000
    ");
    let jsonl = folder.run(&[&ARGS[..], &["--format", "jsonl", "-o", "m.jsonl"]].concat());
    assert_eq!(jsonl.expect(0).stdout, "");
    let records: Vec<Value> =
        folder.read("m.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let schema: Value = serde_json::from_str(&folder.run(&["schema"]).expect(0).stdout).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    assert!(records.iter().all(|record| schema.is_valid(record)), "{records:?}");
    assert_eq!(records.len(), 4);
    assert_eq!(records[0]["plagdet"], 0.6052);
    assert_eq!(records[0]["clean"], serde_json::json!({"texts": 1, "taken": 1, "detections": 1}));
    assert_eq!((&records[1]["recall"], &records[1]["precision"]), (&Value::Null, &0.0.into()));
}

#[test]
fn what_cannot_be_measured_is_an_error_with_the_way_out() {
    let folder = corpus();
    let jsonl = ("passages.jsonl", "{\"type\":\"passage\"}\n");
    let broken = document("suspicious-1", "<feature name='plagiarism' source_reference='s'/>");
    let other = Folder::with(&[
        jsonl,
        ("empty/a.txt", ""),
        ("broken/a.xml", &broken),
        ("latin/a.xml", ""),
        ("other/a.xml", &document("b", &feature(DETECTED, (0, 9), "c", (0, 9)))),
    ]);
    std::fs::write(other.at("latin/a.xml"), b"<document reference='\xe9'/>").unwrap();
    let at = |name: &str| other.at(name).to_str().unwrap().to_owned();
    for (truth, found, expect) in [
        (
            "truth",
            at("passages.jsonl"),
            "passages.jsonl: no XML: expected a folder with files named .xml, got a file\nhint: `kutip passages --format pan` writes such a folder",
        ),
        (
            "truth",
            at("empty"),
            "empty: no XML: expected a folder with files named .xml, got one without\nhint: ",
        ),
        ("truth", at("missing"), "missing: cannot read: no such file or directory"),
        (
            "truth",
            at("latin"),
            "a.xml: cannot decode the text: expected UTF-8\nhint: convert it: `iconv",
        ),
        (
            "truth",
            at("other"),
            "--found: nothing to compare: expected detections in texts of the truth, got others, the first in b.txt and c.txt",
        ),
        (
            &at("broken"),
            "found".to_owned(),
            "a.xml:3: not an annotation of PAN: expected an attribute this_offset, got none\nhint: see",
        ),
    ] {
        let ran = folder.run(&["eval", "passages", "--truth", truth, "--found", &found]).expect(2);
        assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains(expect), "{}", ran.stderr);
        assert_eq!(ran.stdout, "");
    }
}
