//! Whether the records that the program writes are what its schema says.

use crate::support::{Folder, NEWS, QUOTED};
use serde_json::Value;

/// All records of one run: claims, articles and summary from one file, rejects from another.
fn records(folder: &Folder, paths: &[&str]) -> Vec<Value> {
    let args = ["claims", "-o", "claims.jsonl", "--rejects", "bad.jsonl", "--quiet"];
    folder.run(&[&args[..], paths].concat()).expect(1);
    let lines = folder.read("claims.jsonl") + &folder.read("bad.jsonl");
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_record_is_as_kutip_schema_says() {
    let bad = "{\"text\": \"tanpa akhir\n{\"url\": 1}\n";
    let folder = Folder::with(&[("news.jsonl", NEWS), ("bad-news.jsonl", bad)]);
    let schema = folder.run(&["schema"]).expect(0).stdout;
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let records = records(&folder, &["news.jsonl", "bad-news.jsonl", "missing.txt"]);
    for record in &records {
        let errors: Vec<String> = validator
            .iter_errors(record)
            .map(|e| format!("{e} at {}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}\n{record}");
    }
    let types: Vec<&str> = records.iter().map(|r| r["type"].as_str().unwrap()).collect();
    let n_claims = types.iter().filter(|t| **t == "claim").count();
    assert!(1 <= n_claims, "{types:?}");
    assert_eq!(types[n_claims..n_claims + 3], ["article"; 3]);
    assert_eq!(types[n_claims + 3..], ["summary", "reject", "reject", "reject"]);
}

#[test]
fn a_summary_of_what_was_left_out_is_as_kutip_schema_says() {
    let folder = Folder::with(&[("news.jsonl", NEWS)]);
    let schema = folder.run(&["schema"]).expect(0).stdout;
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let records = records(&folder, &["news.jsonl", "missing.txt", "--speaker", "Lavrov"]);
    let summary = records.iter().find(|r| r["type"] == "summary").unwrap();
    assert_eq!(summary["claims"]["left_out"], 1);
    assert!(validator.is_valid(summary), "{summary}");
}

#[test]
fn the_quotation_is_found_with_all_its_outlets() {
    let folder = Folder::with(&[("news.jsonl", NEWS)]);
    let records = records(&folder, &["news.jsonl", "missing.txt"]);
    let claim = records
        .iter()
        .find(|r| r["text"].as_str().is_some_and(|text| text.contains(QUOTED)))
        .unwrap_or_else(|| panic!("{records:#?}"));
    assert_eq!(claim["status"], "confirmed");
    assert_eq!(claim["counts"]["outlets"], 3);
    assert_eq!(claim["counts"]["unknown_outlets"], 0);
    let occurrences = claim["occurrences"].as_array().unwrap();
    let news: Vec<Value> = NEWS.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for occurrence in occurrences {
        let line = occurrence["line"].as_u64().unwrap() as usize;
        let text = news[line - 1]["text"].as_str().unwrap();
        let at = |field: &str| occurrence[field].as_u64().unwrap() as usize;
        assert_eq!(text[at("byte_start")..at("byte_end")], *occurrence["exact"].as_str().unwrap());
    }
    let first = claim["first_seen"]["occurrence"].as_u64().unwrap() as usize;
    assert_eq!(occurrences[first]["outlet"], "Kabar");
}
