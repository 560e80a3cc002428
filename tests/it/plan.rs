//! `kutip plan`: what a run will find and cost, said before it.

use crate::support::{Folder, NEWS};
use serde_json::Value;
use std::fs;

/// The page without its last line, which has the time.
fn page(folder: &Folder, args: &[&str]) -> String {
    let args = [&["plan"], args, &["--threads", "2"]].concat();
    let page = folder.run(&args).expect(0).stdout;
    let (page, time) = page.trim_end().rsplit_once('\n').unwrap();
    assert!(time.starts_with("Time  ") && time.ends_with("an estimate"), "{time}");
    page.to_owned()
}

/// The record without its last field, which is the time.
fn record(folder: &Folder, args: &[&str]) -> Value {
    let args = [&["plan"], args, &["--threads", "2", "--format", "jsonl"]].concat();
    let mut record: Value = serde_json::from_str(&folder.run(&args).expect(0).stdout).unwrap();
    let schema: Value = serde_json::from_str(&folder.run(&["schema"]).expect(0).stdout).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = schema.iter_errors(&record).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?} in {record}");
    assert!(0.0 < record["secs"].as_f64().unwrap());
    record.as_object_mut().unwrap().remove("secs");
    record
}

/// Records of which 16 MB are a part, and which compress as text does.
fn large() -> String {
    let word = |n: u32, k: u32| format!("kata{:04} ", (n * 7919 + k * k * 104_729) % 9973);
    let text = |n: u32| (0..120).map(|k| word(n, k)).collect::<String>();
    (0..30_000).map(|n| format!("{{\"text\":\"{}\"}}\n", text(n))).collect()
}

#[test]
fn a_page_says_what_a_run_will_do() {
    let folder = Folder::with_news();
    insta::assert_snapshot!(page(&folder, &["news.jsonl", "--shingle", "word:5", "--threshold", "0.8"]), @r"
    Input       3 records, 860 bytes of text in 1 file (all read)
    Compared    runs of 5 words, Jaccard similarity at least 0.8
    Found by    12 bands of 5 rows, 60 hash functions

    Pairs found, by their Jaccard similarity
      0.40      0.1161
      0.45      0.2002
      0.50      0.3168
      0.55      0.4618
      0.60      0.6214
      0.65      0.7723
      0.70      0.8900
      0.75      0.9612
      0.80      0.9914  --threshold
      0.85      0.9991
      0.90      0.9999
      0.95      0.9999
      1.00      1.0000

    Memory      about 9.0 MB
          9.0 MB the program
       144 bytes records
       288 bytes what they are looked for by
       256 bytes search
       960 bytes shingles of records that are compared
       352 bytes for each of a group of like records that is larger
    Fits        in 2.1 GB
    Disk        at most 860 bytes of kept records
    ");
}

#[test]
fn the_curve_is_that_of_theory_with_the_bands_of_dedup() {
    let folder = Folder::with_news();
    let plan = record(&folder, &["news.jsonl", "--threshold", "0.72"]);
    folder
        .run(&["dedup", "news.jsonl", "--threshold", "0.72", "-o", "k", "--stats", "s.json"])
        .expect(0);
    let stats: Value = serde_json::from_str(&folder.read("s.json")).unwrap();
    assert_eq!((&plan["bands"], &plan["rows"]), (&stats["bands"], &stats["rows"]));
    let (bands, rows) = (plan["bands"].as_i64().unwrap(), plan["rows"].as_i64().unwrap());
    assert_eq!(plan["hash_functions"], bands * rows);
    let curve = plan["curve"].as_array().unwrap();
    let at: Vec<f64> = curve.iter().map(|point| point["jaccard"].as_f64().unwrap()).collect();
    assert_eq!(
        at,
        [0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.72, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0]
    );
    for point in curve {
        let (s, found) = (point["jaccard"].as_f64().unwrap(), point["found"].as_f64().unwrap());
        let expect = 1.0 - (1.0 - s.powi(rows as i32)).powi(bands as i32);
        assert!((found - expect).abs() < 1.01e-4, "{point}");
        assert!(s < 0.72 || 0.99 <= found, "{point}");
    }
}

#[test]
fn what_is_whole_is_counted_and_the_rest_estimated() {
    let large = large();
    let packed = zstd::encode_all(large.as_bytes(), 3).unwrap();
    let folder =
        Folder::with(&[("in/a.jsonl", NEWS), ("large.jsonl", &large), ("t/a.txt", "Satu.")]);
    fs::write(folder.at("t/b.txt"), "Dua.").unwrap();
    // The same as rows.
    let table = large.replace("{\"text\":\"", "\"").replace("\"}\n", "\"\r\n");
    fs::write(folder.at("large.csv"), format!("text\n{table}")).unwrap();
    fs::write(folder.at("large.jsonl.zst"), packed).unwrap();
    let n = |plan: &Value, field: &str| plan[field].as_u64().unwrap();
    for (paths, n_documents, is_counted) in [
        (&["in"][..], 3, true),
        (&["t"], 2, true),
        (&["in", "t"], 5, true),
        (&["large.jsonl"], 30_000, false),
        (&["large.jsonl.zst"], 30_000, false),
        (&["large.csv"], 30_000, false),
        (&["large.jsonl", "in", "t"], 30_005, false),
    ] {
        let plan = record(&folder, paths);
        assert_eq!(plan["counted"], is_counted, "{paths:?}");
        assert!(n(&plan, "documents").abs_diff(n_documents) * 50 <= n_documents, "{plan}");
        assert!(
            n(&plan, "sampled_bytes") <= n(&plan, "bytes") && n(&plan, "sampled_bytes") < 20 << 20
        );
        assert_eq!(is_counted, n(&plan, "sampled_bytes") == n(&plan, "bytes"));
        let is_held = paths[0].ends_with(".zst");
        assert_eq!(is_held, 0 < n(&plan, "temp_bytes"));
        assert!(
            !is_held || n(&plan, "bytes").abs_diff(large.len() as u64) * 50 < large.len() as u64
        );
    }
    assert_eq!(record(&folder, &["in", "t"]), record(&folder, &["in", "t"]));
}

#[test]
fn what_does_not_fit_has_ways_out() {
    let folder = Folder::with(&[("large.jsonl", &large())]);
    let fits = record(&folder, &["large.jsonl", "--memory", "1GiB"]);
    assert_eq!((&fits["fits"], &fits["ways"]), (&true.into(), &Value::Array(Vec::new())));
    for (args, expect) in [
        (
            &["--memory", "64MiB", "--shingle", "char:5", "--exact"][..],
            &[
                "--exact holds all shingles",
                "--recall 0.99 for --exact: ",
                "--memory ",
                "parts of ",
            ][..],
        ),
        (
            &["--memory", "64MiB", "--measure", "containment"],
            &["containment holds all shingles", "--memory ", "parts of "],
        ),
    ] {
        let page = page(&folder, &[&["large.jsonl"], args].concat());
        assert!(page.contains("Fits not    in "), "{page}");
        for expect in expect {
            assert!(page.contains(expect), "{expect} in {page}");
        }
        assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");
    }
}

#[test]
fn more_is_held_where_more_is_asked_for() {
    let folder = Folder::with(&[("large.jsonl", &large())]);
    let memory = |args: &[&str]| {
        let args = [&["large.jsonl", "--threshold"], args].concat();
        record(&folder, &args)["memory_bytes"].as_u64().unwrap()
    };
    let usual = memory(&["0.8"]);
    assert!(memory(&["0.8", "--recall", "0.9"]) < usual && usual < memory(&["0.5"]));
    assert!(usual < memory(&["0.8", "--exact"]));
    assert!(memory(&["0.8", "--exact"]) < memory(&["0.8", "--measure", "containment"]));
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    let folder = Folder::with(&[("news.jsonl", NEWS)]);
    for (args, expect) in [
        (&["--threshold", "0"][..], "expected a number above 0 and up to 1"),
        (&["--memory", "0GB"], "expected a size above 0, got 0"),
        (&["--memory", "1MB"], "--memory: too little: expected at least 64MiB, got 1000000 bytes"),
        (&["--memory", "2G"], "expected a size with its unit, as 512MB or 2GiB"),
        (&["--exact", "--recall", "0.9"], "cannot be used with"),
        (&["--shingle", "word:0"], "expected word:N or char:N"),
        (&["--threshold", "0.01"], "256 minima find at most 0.9237 of the pairs at 0.01"),
        (&["--field", "text"], "text"),
        (&["-"], "-: cannot be planned: it can be read only once"),
    ] {
        let ran = folder.run(&[&["plan", "news.jsonl"], args].concat()).expect(2);
        assert!(ran.stderr.contains(expect), "{}", ran.stderr);
        assert_eq!(ran.stdout, "");
    }
    let ran = folder.run(&["plan", "news.jsonl", "missing.txt"]).expect(1);
    assert!(ran.stderr.starts_with("missing.txt: cannot read"), "{}", ran.stderr);
}

#[test]
fn a_recall_that_cannot_be_reached_names_what_can() {
    let folder = Folder::with_news();
    for command in ["plan", "dedup"] {
        let ran = folder.run(&[command, "news.jsonl", "--threshold", "0.01"]).expect(2);
        let hint = "hint: ask for --recall 0.9236 or less, raise --threshold to 0.018 or more, or find \
                    all pairs with --exact\n";
        assert!(ran.stderr.ends_with(hint), "{}", ran.stderr);
    }
    for args in [
        ["--threshold", "0.01", "--recall", "0.9236"],
        ["--threshold", "0.018", "--recall", "0.99"],
    ] {
        folder.run(&[&["plan", "news.jsonl"], &args[..]].concat()).expect(0);
    }
    folder.run(&["plan", "news.jsonl", "--threshold", "0.017"]).expect(2);
}
