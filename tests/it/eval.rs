//! How good the claims found in the newsroom are, and what the measures look like.

use crate::support::Folder;
use serde_json::Value;
use std::path::Path;
use std::sync::OnceLock;

fn testdata(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name).to_str().unwrap().to_owned()
}

/// A folder with the claims of the newsroom in `found.jsonl`.
fn newsroom() -> Folder {
    static FOUND: OnceLock<String> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let args = ["claims", &testdata("newsroom"), "-q", "--format", "jsonl"];
        Folder::with(&[]).run(&args).expect(0).stdout
    });
    Folder::with(&[("empty.jsonl", ""), ("found.jsonl", found)])
}

fn eval(folder: &Folder, args: &[&str]) -> String {
    let truth = testdata("newsroom.truth.jsonl");
    let files = ["eval", "claims", "--truth", &truth, "--found", "found.jsonl"];
    folder.run(&[&files, args].concat()).expect(0).stdout
}

#[test]
fn the_newsroom_measured() {
    let folder = newsroom();
    let text = eval(&folder, &["--format", "jsonl", "--show", "misses,false", "--show", "traps"]);
    let records: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let schema = folder.run(&["schema"]).expect(0).stdout;
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    for record in &records {
        assert!(validator.is_valid(record), "{record}");
    }
    let recall = |grade: &str| {
        let wanted = |r: &&Value| {
            [&r["type"], &r["claims"], &r["kind"], &r["grade"]]
                == ["recall", "confirmed", "all", grade]
        };
        records.iter().find(wanted).unwrap()
    };
    assert_eq!(recall("identical")["share"], 1.0, "{text}");
    assert!(0 < recall("identical")["of"].as_u64().unwrap());
    let compared = &records[0];
    assert_eq!((&compared["documents"], &compared["claims"]), (&12.into(), &31.into()));
    let n_of = |kind: &str| records.iter().filter(|record| record["type"] == kind).count();
    let all = recall("all");
    let missed = all["of"].as_u64().unwrap() - all["right"].as_u64().unwrap();
    assert_eq!(n_of("miss") as u64, missed);
    assert_eq!((n_of("recall"), n_of("precision"), n_of("f1"), n_of("fact")), (36, 3, 4, 5));
}

#[test]
fn tables_fit_a_terminal() {
    let folder = newsroom();
    let text = eval(&folder, &[]);
    for title in [
        "Recall of pairs",
        "Precision of pairs",
        "B-cubed",
        "Boundary errors",
        "Traps taken",
        "Facts",
        "Furniture",
    ] {
        assert!(text.contains(title), "{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(!text.contains("Missed pairs"));
    assert!(eval(&folder, &["--show", "misses"]).contains("Missed pairs: "));
    let pairs = |text: &str| text.lines().next().unwrap().to_owned();
    assert_ne!(pairs(&text), pairs(&eval(&folder, &["--all-outlets"])));
}

#[test]
fn sources_measured_where_the_truth_has_them() {
    let folder = newsroom();
    let truth = std::fs::read_to_string(testdata("newsroom.truth.jsonl")).unwrap();
    let measured = |sources: &str| {
        let line =
            truth.lines().find(|line| line.contains("menembak mati tanpa peringatan")).unwrap();
        let told = line.strip_suffix('}').unwrap().to_owned() + sources + "}";
        std::fs::write(folder.at("truth.jsonl"), truth.replace(line, &told)).unwrap();
        folder.run(&["eval", "claims", "--truth", "truth.jsonl", "--found", "found.jsonl"])
    };
    let none = measured("").expect(0).stdout;
    assert!(!none.contains("Sources") && !none.contains("Independent lines"), "{none}");
    let text = measured(
        r#","sources":{"proven":[],"possible":[],"copied_from":{},"omitted_by":["Harian Cakrawala"]}"#,
    );
    let text = text.expect(0).stdout;
    let measures = text.split_once("\n\nSources").unwrap().1;
    insta::assert_snapshot!(measures, @"
                                      precision                  recall
      omitted by                       1 of 1    1.000         1 of 1    1.000
      copied from                      0 of 0        –         0 of 0        –

    Independent lines                            right
      at least                         0 of 1    0.000
      at most                          1 of 1    1.000
      both                             0 of 1    0.000
    ");
    let bad = measured(
        r#","sources":{"proven":[["a","b"]],"possible":[],"copied_from":{},"omitted_by":[]}"#,
    );
    let told = "not a truth record: expected proven of documents that carry the claim, got a";
    assert!(bad.expect(2).stderr.contains(told));
}

#[test]
fn found_claims_may_come_compressed_and_by_a_pipe() {
    let folder = newsroom();
    let expect = eval(&folder, &[]);
    let truth = testdata("newsroom.truth.jsonl");
    let packed = zstd::encode_all(folder.read("found.jsonl").as_bytes(), 3).unwrap();
    std::fs::write(folder.at("packed"), packed).unwrap();
    let mut command = folder.kutip(&["eval", "claims", "--truth", &truth, "--found", "-"]);
    let ran =
        crate::support::Ran::of(command.stdin(std::fs::File::open(folder.at("packed")).unwrap()));
    assert_eq!(ran.expect(0).stdout, expect);
}

#[test]
fn what_cannot_be_measured_is_an_error() {
    let folder = newsroom();
    let truth = testdata("newsroom.truth.jsonl");
    let bad = folder.read("found.jsonl") + "{\"type\":\"claim\"}\n";
    std::fs::write(folder.at("bad.jsonl"), &bad).unwrap();
    std::fs::write(folder.at("latin.jsonl"), b"{}\n\xe9\n").unwrap();
    let line = format!(
        "error: bad.jsonl:{}: not a record of kutip claims: missing field",
        bad.lines().count()
    );
    for (truth, found, expect) in [
        (&truth[..], "empty.jsonl", "error: empty.jsonl: nothing to compare: expected claims"),
        ("empty.jsonl", "found.jsonl", "error: empty.jsonl: nothing to compare: expected article"),
        (&truth, "bad.jsonl", &line),
        (&truth, "missing.jsonl", "error: missing.jsonl: cannot read: "),
        (&truth, "latin.jsonl", "error: latin.jsonl:2: not UTF-8: "),
        (&truth, &truth, "not a record of kutip claims: missing field `schema_version`"),
        ("found.jsonl", "found.jsonl", "error: found.jsonl:1: not a truth record: "),
        ("-", "-", "error: standard input: cannot read: --truth and --found"),
    ] {
        let ran = folder.run(&["eval", "claims", "--truth", truth, "--found", found]).expect(2);
        assert!(ran.stderr.contains(expect), "{}", ran.stderr);
        assert_eq!(ran.stdout, "");
    }
    folder.run(&["eval", "claims", "--truth", &truth]).expect(2);
    folder.run(&["eval"]).expect(2);
    assert!(folder.run(&["man", "eval", "claims"]).expect(0).stdout.contains("B\\-cubed"));
    folder.run(&["man", "eval", "claim"]).expect(2);
}

/// What each labelled folder gives: the facts in which it is least right, in thousandths, and traps that
/// are confirmed. A better state may raise the one and lower the other.
const LABELLED: [(&str, u64, u64); 5] = [
    ("newsroom", 900, 0),
    ("tuning", 1000, 2),
    ("scored", 910, 13),
    ("heldout", 900, 9),
    ("blind", 914, 3),
];

#[test]
fn facts_and_traps_of_every_labelled_folder() {
    for (name, least, traps) in LABELLED {
        let folder = Folder::with(&[]);
        folder.run(&["claims", &testdata(name), "-q", "-o", "found.jsonl"]).expect(0);
        let truth = testdata(&format!("{name}.truth.jsonl"));
        let args = ["eval", "claims", "--truth", &truth, "--found", "found.jsonl", "-f", "jsonl"];
        let text = folder.run(&args).expect(0).stdout;
        for line in text.lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            let share = match record["type"].as_str() {
                Some("fact") => &record["share"],
                Some("agencies") => &record["f1"],
                Some("traps") if record["trap"].is_null() => {
                    assert!(
                        record["confirmed"]["right"].as_u64().unwrap() <= traps,
                        "{name}: {line}"
                    );
                    continue;
                }
                _ => continue,
            };
            assert!(least <= (share.as_f64().unwrap() * 1000.0) as u64, "{name}: {line}");
        }
    }
}
