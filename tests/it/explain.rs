//! `kutip explain`: what it says of passages, and of what is no passage.

use crate::support::{Folder, NEWS, QUOTED, Ran};
use serde_json::Value;

/// Where the words that all records of [`NEWS`] quote stand in one of them, as typed.
fn quoted(line: usize) -> String {
    let record: Value = serde_json::from_str(NEWS.lines().nth(line - 1).unwrap()).unwrap();
    let start = record["text"].as_str().unwrap().find(QUOTED).unwrap();
    format!("news.jsonl:{line}:{start}..{}", start + QUOTED.len())
}

fn record(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn a_shared_quotation_is_confirmed() {
    let folder = Folder::with_news();
    let (a, b) = (quoted(1), quoted(2));
    let page = folder.run(&["explain", &a, &b]).expect(0).stdout;
    assert!(page.starts_with("confirmed: both are in one claim\n"), "{page}");
    for line in ["1 quotation", "candidate: yes", "--among", "ratio 1, at least 0.5"] {
        assert!(page.contains(line), "{line} in:\n{page}");
    }
    let told = record(&folder.run(&["explain", &a, &b, "--format", "jsonl"]).expect(0));
    let claims = folder.run(&["claims", "news.jsonl", "-f", "jsonl", "-q"]).expect(0).stdout;
    assert!(claims.contains(told["claims"]["both"][0]["id"].as_str().unwrap()), "{told}");
    assert_eq!(told["among"], false);
}

#[test]
fn the_batch_decides_as_a_run_does() {
    let folder = Folder::in_project();
    let found = folder.run(&["claims", "testdata/newsroom", "-f", "jsonl", "-q"]).expect(0).stdout;
    let claims: Vec<Value> =
        found.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for status in ["confirmed", "suggested"] {
        let claim = claims.iter().rfind(|claim| claim["status"] == status).unwrap();
        let place = |at: usize| {
            let o = &claim["occurrences"][at];
            let path = o["path"].as_str().unwrap();
            format!("{path}:{}..{}", o["byte_start"], o["byte_end"])
        };
        let args = ["explain", &place(0), &place(1), "-f", "jsonl", "--among", "testdata/newsroom"];
        let told = record(&folder.run(&args).expect(0));
        assert_eq!(told["outcome"], status, "{told}");
        let both = told["claims"]["both"].as_array().unwrap();
        assert!(both.iter().any(|c| c["id"] == claim["id"]), "{told}");
        let open = |w: &&Value| w["open"] == true;
        let first = told["judgement"].as_array().unwrap().iter().find(open).unwrap();
        assert_eq!(first["status"], status);
    }
}

#[test]
fn an_unlike_pair_names_what_failed() {
    let folder = Folder::with_news();
    let page =
        folder.run(&["explain", &quoted(1), "Harga cabai rawit turun tajam sejak pekan lalu"]);
    let page = page.expect(0).stdout;
    assert!(page.starts_with("neither confirmed nor suggested: "), "{page}");
    assert!(page.contains("at least 0.95 FAILED"), "{page}");
}

#[test]
fn what_is_no_passage_is_refused() {
    let folder = Folder::with(&[
        ("news.jsonl", NEWS),
        ("a.txt", "Menteri: “Kami tidak punya pilihan lain.”\n\n – \n\nHarga naik."),
    ]);
    let good = "news.jsonl:1:0..56";
    for (bad, expect) in [
        (
            "a.txt:0..999",
            "a.txt: a range outside the text: expected bytes within 0..65, got 0..999",
        ),
        (
            "a.txt:10..20",
            "a.txt: a range that cuts a character: expected the boundary of a character, got 10",
        ),
        ("a.txt:20..20", "a.txt: an empty passage: expected START below END, got 20..20"),
        ("a.txt:47..51", "a.txt: an empty passage: expected words, got none in 47..51"),
        ("a.txt", "a.txt: names no passage: expected a part of this file"),
        ("a.txt:1:0..9", "a.txt: no such article: expected no line"),
        ("missing.txt:0..9", "missing.txt: cannot read"),
        ("news.jsonl:0..9", "news.jsonl: names no article: expected one article, got 3 records"),
        (
            "news.jsonl:9:0..9",
            "news.jsonl: no such article: expected a line with an article, from 1 to 3, got 9",
        ),
        ("", "an empty passage: expected words, got none"),
        (good, "news.jsonl:1:0..56: the same passage twice"),
        ("./news.jsonl:1:0..56", "news.jsonl:1: the same passage twice"),
    ] {
        let ran = folder.run(&["explain", good, bad]).expect(2);
        assert!(ran.stderr.starts_with(&format!("error: {expect}")), "{bad}: {}", ran.stderr);
        assert!(ran.stderr.contains("\nhint: "), "{bad}: {}", ran.stderr);
        assert_eq!(ran.stdout, "", "{bad}");
    }
}

#[test]
fn what_cannot_be_read_among_the_others_is_named() {
    let folder = Folder::with_news();
    let ran = folder.run(&["explain", &quoted(1), &quoted(3), "--among", "missing.txt"]).expect(1);
    assert!(ran.stderr.contains("missing.txt: cannot read"), "{}", ran.stderr);
    assert!(ran.stdout.starts_with("confirmed"), "{}", ran.stdout);
}
