//! Whether an edited quotation is found in every language, and an unrelated one is not.

use crate::support::Folder;
use serde_json::Value;
use std::path::Path;

/// Per language: traps of office names and of stock phrases that are taken today, of two each.
///
/// A stock phrase of a whole sentence ("did not immediately respond to a request for comment") is
/// taken in every language: two documents are too few to tell it from a claim. So is the name of an
/// office where capitals do not mark it: in scripts without case, and in Russian.
const TODAY: [(&str, u64, u64); 11] = [
    ("en", 0, 2),
    ("id", 0, 2),
    ("ms", 0, 2),
    ("de", 0, 1),
    ("ru", 1, 2),
    ("tr", 0, 2),
    ("ar", 2, 2),
    ("fa", 1, 2),
    ("zh", 2, 2),
    ("ja", 2, 2),
    ("th", 2, 2),
];

/// Most that a language may be behind English, in F1.
const BEHIND: f64 = 0.05;

fn testdata(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/languages");
    folder.join(name).to_str().unwrap().to_owned()
}

/// What `kutip eval claims` says of the claims found in the articles of one language.
fn measured(language: &str) -> Vec<Value> {
    let folder = Folder::with(&[]);
    let articles = testdata(language);
    let truth = testdata(&format!("{language}.truth.jsonl"));
    folder.run(&["claims", &articles, "-q", "-o", "found.jsonl"]).expect(0);
    let eval = ["eval", "claims", "--truth", &truth, "--found", "found.jsonl"];
    let show = ["--format", "jsonl", "--show", "misses"];
    let records = folder.run(&[&eval[..], &show].concat()).expect(0).stdout;
    records.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn find<'v>(records: &'v [Value], wanted: &[(&str, &str)]) -> &'v Value {
    let fits = |r: &&Value| wanted.iter().all(|&(field, value)| r[field] == value);
    records.iter().find(fits).unwrap()
}

fn f1(records: &[Value]) -> f64 {
    let row = [("type", "f1"), ("claims", "confirmed"), ("grade", "identical-to-edited")];
    find(records, &row)["value"].as_f64().unwrap()
}

#[test]
fn edited_quotations_are_found_in_every_language() {
    let english = f1(&measured("en"));
    for (language, names, stock) in TODAY {
        let records = measured(language);
        let misses: Vec<&Value> = records
            .iter()
            .filter(|r| r["type"] == "miss" && r["grade"] != "reworded")
            .map(|r| &r["a"]["exact"])
            .collect();
        let row = [("type", "recall"), ("claims", "confirmed"), ("kind", "quotation")];
        let edited = find(&records, &[&row[..], &[("grade", "edited")]].concat());
        assert_eq!(edited["share"], 1.0, "{language}: {misses:?}");
        assert!(english <= f1(&records) + BEHIND, "{language}: {} of {english}", f1(&records));
        for (trap, today) in [("names", names), ("stock", stock), ("quotes", 0), ("topic", 0)] {
            let taken = find(&records, &[("type", "traps"), ("trap", trap)]);
            let taken = taken["confirmed"]["right"].as_u64().unwrap();
            assert!(taken <= today, "{language}: {taken} of two {trap} traps, {today} before");
        }
    }
}
