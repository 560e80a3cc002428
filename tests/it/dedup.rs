//! `kutip dedup`: what stays, what goes, and whether each removal is proved.

use crate::support::{Folder, Ran};
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

const NO_TEXT: &str = "{\"text\":\n";

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
    assert_eq!(removed["unique_text"], Value::Array(Vec::new()));

    let clusters = records(&folder.read("c.jsonl"));
    assert_eq!(clusters[0]["members"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&clusters[0]["kept"], &clusters[0]["members"][1]["line"]),
        (&"a".into(), &5.into())
    );
    let counts = ["documents", "kept", "removed", "clusters", "rejects"];
    assert_eq!(counts.map(|c| clusters[1][c].as_u64().unwrap()), [3, 2, 1, 1, 1]);
}

#[cfg(target_os = "linux")]
#[test]
fn outputs_are_there_when_all_are_whole() {
    let folder = Folder::with(&[("b.jsonl", &batch()), ("k", "as it was")]);
    for full in ["-o", "--removed", "--clusters", "--stats"] {
        let to = |flag: &'static str, name: &'static str| {
            [flag, if flag == full { "/dev/full" } else { name }]
        };
        let outputs = [to("-o", "k"), to("--removed", "r"), to("--clusters", "c")].concat();
        let args = [&["dedup", "b.jsonl"], &outputs[..], &to("--stats", "s")].concat();
        let ran = folder.run(&args).expect(2);
        assert!(ran.stderr.contains("/dev/full: cannot write: no space"), "{}", ran.stderr);
        assert_eq!(folder.names(), ["b.jsonl", "k"], "{full}");
        assert_eq!(folder.read("k"), "as it was");
    }
}

#[test]
fn what_a_killed_run_left_is_removed_and_never_read() {
    let left = |name: &str| format!("in/.{name}.kutip-abcdef.tmp");
    let (kept, other) = (left("k.jsonl"), left("other.jsonl"));
    let folder = Folder::with(&[("in/b.jsonl", &batch()), (&kept, NO_TEXT), (&other, NO_TEXT)]);
    let ran = folder.run(&["dedup", "in", "-o", "in/k.jsonl", "--rejects", "bad"]).expect(1);
    assert!(ran.stderr.contains("read 1 file,"), "{}", ran.stderr);
    assert!(!folder.at(&kept).exists() && folder.at(&other).exists());
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
fn an_exact_run_is_a_truth_for_others() {
    let lines = lines_of(&bulletins());
    let folder = Folder::with(&[("b.jsonl", &lines.join("\n"))]);
    let dedup = |clusters: &str, args: &[&str]| {
        let all = ["dedup", "b.jsonl", "-q", "-o", "k", "--clusters", clusters];
        folder.run(&[&all[..], args].concat()).expect(0);
    };
    dedup("exact.jsonl", &["--exact"]);
    dedup("found.jsonl", &["--threshold", "1"]);
    let args = ["eval", "duplicates", "--truth", "exact.jsonl", "--found", "found.jsonl"];
    let table = folder.run(&args).expect(0).stdout;
    for line in ["0.80 to 0.85            0 of 1", "0.95 to 1.00            1 of 1"] {
        assert!(table.contains(line), "{table}");
    }
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
fn a_byte_order_mark_is_no_part_of_an_article() {
    let folder = Folder::with(&[("a.txt", &format!("\u{feff}{RAIN}"))]);
    for args in [&[][..], &["--annotate"]] {
        let kept = folder.run(&[&["dedup", "a.txt", "-q"], args].concat()).expect(0).stdout;
        assert_eq!(records(&kept)[0]["text"], RAIN);
    }
}

#[test]
fn only_a_period_may_be_asked_for() {
    let record = |date: &str, text: &str| format!("{{\"date\":\"{date}\",\"text\":\"{text}\"}}");
    let lines = [
        record("2022-01-08T06:31:00+07:00", RAIN),
        record("2022-01-09", SHOUTED),
        record("2023-05-01", OTHER),
        record("", OTHER),
    ];
    let archive = record("2021-01-01", OTHER);
    let folder = Folder::with(&[("b.jsonl", &lines.join("\n")), ("old.jsonl", &archive)]);
    let run = |args: &[&str]| {
        let ran = folder.run(&[&["dedup", "b.jsonl", "--stats", "s"], args].concat()).expect(0);
        let kept: Vec<String> = ran.stdout.lines().map(str::to_owned).collect();
        let kept: Vec<usize> =
            kept.iter().map(|kept| lines.iter().position(|line| line == kept).unwrap()).collect();
        (kept, ran.stderr)
    };
    for (args, expect, left_out) in [
        (&["--since", "2022"][..], &[0, 2][..], "undated: 1 left out"),
        (&["--since", "2022-01-09"], &[1, 2], "of other dates: 1 left out, undated: 1 left out"),
        (&["--until", "2022-01-08"], &[0], "of other dates: 2 left out, undated: 1 left out"),
        (&["--since", "2022-01-07T23:31:00Z", "--until", "2022-01"], &[0], "undated"),
        (&["--since", "2023", "--against", "old.jsonl"], &[], "of other dates: 2 left out"),
        (&[], &[0, 2], "0 rejected\n"),
    ] {
        let (kept, told) = run(args);
        assert_eq!(kept, expect, "{args:?}");
        assert!(told.contains(left_out), "{told}");
    }
    run(&["--since", "2023"]);
    let stats: Value = serde_json::from_str(&folder.read("s")).unwrap();
    assert_eq!((&stats["outside_period"], &stats["undated"]), (&2.into(), &1.into()));
    assert_eq!(stats["documents"], 1);
    for (args, expect) in [
        (["--since", "2022", "--until", "2021"], "error: --until is before --since: "),
        (["--since", "2024", "--until", "2025"], "leave out all: 3 of other dates, 1 without"),
        (["--since", "8.1.2022", "--until", "2025"], "expected YYYY, YYYY-MM, YYYY-MM-DD"),
    ] {
        let ran = folder.run(&[&["dedup", "b.jsonl"], &args[..]].concat()).expect(2);
        assert!(ran.stderr.contains(expect), "{}", ran.stderr);
    }
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

/// A bulletin and the next day's, an excerpt of the first, and the first again.
fn bulletins() -> [String; 4] {
    let of = |number: &str| {
        format!(
            "Kurs rupiah terhadap dolar ditutup pada {number} di pasar antarbank kemarin sore, kata \
             juru bicara bank sentral dalam keterangan tertulis. Pelaku pasar menunggu rapat \
             dewan gubernur yang berlangsung dua hari dan hasilnya diumumkan besok siang."
        )
    };
    let first = of("15.210");
    let excerpt = first.split(". ").nth(1).unwrap().to_owned();
    [first.clone(), of("15.305"), excerpt, first.to_uppercase()]
}

fn lines_of(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| format!("{{\"text\":{}}}", Value::from(&**text))).collect()
}

#[test]
fn what_would_be_lost_is_told_and_may_be_kept() {
    let lines = lines_of(&bulletins());
    let folder = Folder::with(&[("b.jsonl", &(lines.join("\n") + "\n"))]);
    let run = |threshold: &str, args: &[&str]| {
        let all = ["dedup", "b.jsonl", "-q", "-o", "k", "--removed", "r", "--threshold", threshold];
        folder.run(&[&all[..], args].concat()).expect(0);
        (
            folder.read("k").lines().map(str::to_owned).collect::<Vec<_>>(),
            records(&folder.read("r")),
        )
    };
    let (kept, removed) = run("0.6", &[]);
    assert_eq!(kept, [&lines[0], &lines[2]].map(String::clone));
    let number = &removed[0]["unique_text"][0];
    assert_eq!(number["text"], "305");
    let start = number["byte_start"].as_u64().unwrap() as usize;
    assert_eq!(&bulletins()[1][start..][..3], "305");
    assert_eq!(removed[1]["unique_text"], Value::Array(Vec::new()));

    assert_eq!(run("0.6", &["--no-loss"]).0, lines[..3]);
    // Three-word runs in another order, of which one is no run of five.
    let same = ["x a b p a b q a b y", "x a b q a b p a b y"].map(str::to_owned);
    let other = Folder::with(&[("b.jsonl", &lines_of(&same).join("\n"))]);
    let kept = other.run(&["dedup", "b.jsonl", "-q", "--no-loss"]).expect(0).stdout;
    assert_eq!(kept.lines().count(), 2);
    let (kept, removed) = run("0.6", &["--measure", "containment", "--no-loss"]);
    assert_eq!(kept, lines[..2]);
    assert_eq!(
        (&removed[0]["rule"], &removed[0]["containment"]),
        (&"containment".into(), &1.0.into())
    );
    assert_eq!(
        run("0.9", &["--exact", "--shingle", "char:5"]).0,
        [&lines[0], &lines[2]].map(String::clone)
    );
}

#[test]
fn all_records_may_be_written_with_what_became_of_them() {
    let lines = lines_of(&bulletins());
    let folder = Folder::with(&[("b.jsonl", &lines.join("\r\n"))]);
    let args = ["dedup", "b.jsonl", "-q", "--threshold", "0.6", "--annotate", "--clusters", "c"];
    let annotated = folder.run(&args).expect(0).stdout;
    assert!(annotated.starts_with(&lines[0][..lines[0].len() - 1]), "{annotated}");
    let annotated = records(&annotated);
    assert_eq!(annotated.len(), 4);
    let id = &records(&folder.read("c"))[0]["id"];
    for (record, kept, clustered) in
        [(0, true, true), (1, false, true), (2, true, false), (3, false, true)]
    {
        let note = &annotated[record]["kutip"];
        assert_eq!(note["kept"], kept, "{record}");
        assert_eq!(&note["cluster"] == id, clustered, "{record}");
        assert_eq!(note["of"].is_string(), !kept, "{record}");
        assert_eq!(annotated[record]["text"], bulletins()[record]);
    }
    // Once more, with what was said before in it.
    let again = folder.run(&args).expect(0).stdout;
    fs::write(folder.at("b.jsonl"), &again).unwrap();
    assert_eq!(folder.run(&args).expect(0).stdout, again);
}

#[test]
fn what_another_corpus_holds_is_removed() {
    let lines = lines_of(&bulletins());
    let (shouted, all) = (&lines[3], lines.join("\n"));
    let folder = Folder::with(&[("b.jsonl", &all), ("archive.jsonl", shouted)]);
    let run = |args: &[&str]| {
        let all = ["dedup", "b.jsonl", "-q", "--against", "archive.jsonl", "--removed", "r"];
        let kept = folder.run(&[&all[..], &["--threshold", "0.95"], args].concat());
        let kept = kept.expect(0).stdout;
        kept.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    for search in [&["--exact"][..], &[]] {
        assert_eq!(run(search), lines[1..3], "the first and the last are in the archive");
        for removed in records(&folder.read("r")) {
            assert_eq!(removed["kept"], "archive.jsonl:1");
        }
    }
    let contained = run(&["--measure", "containment"]);
    assert_eq!(contained, lines[1..2], "the excerpt is in what the archive has");
}

#[test]
fn the_earliest_or_the_best_outlet_may_be_kept() {
    let record = |outlet: &str, published: &str| {
        format!("{{\"outlet\":\"{outlet}\",\"date\":\"{published}\",\"text\":\"{RAIN}\"}}")
    };
    let lines = [
        record("Kabar Sagara", ""),
        record("Harian Nusa", "2022-01-08"),
        record("Suara Lembah", "2022-01-08T06:00:00+07:00"),
    ];
    let outlets = "harian-nusa\nSuara Lembah\n";
    let folder = Folder::with(&[("b.jsonl", &lines.join("\n")), ("outlets.txt", outlets)]);
    for (keep, expect) in [("first", 0), ("earliest", 2), ("priority:outlets.txt", 1)] {
        let kept = folder.run(&["dedup", "b.jsonl", "-q", "--keep", keep]).expect(0).stdout;
        assert_eq!(kept.trim_end(), lines[expect], "{keep}");
    }
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    let folder = Folder::with(&[("b.jsonl", &batch()), ("empty.jsonl", "")]);
    let before = fs::read(folder.at("b.jsonl")).unwrap();
    for (args, expect) in [
        (&["-o", "b.jsonl"][..], "b.jsonl: cannot write: --output is also an input"),
        (&["-o", "k", "--clusters", "k"], "--output and --clusters both write there"),
        (&["--threshold", "0"], "expected a number above 0 and up to 1"),
        (&["--threshold", "80%"], "as 0.8"),
        (&["--threshold", "0.01"], "256 minima find at most 0.92"),
        (&["--exact", "--recall", "0.9"], "cannot be used with '--recall <R>'"),
        (&["--shingle", "word:0"], "expected word:N or char:N with N from 1 to 32"),
        (&["--keep", "best"], "expected first, longest, earliest or priority:FILE"),
        (&["--keep", "priority:nowhere"], "nowhere: cannot read"),
        (&["--against", "./b.jsonl"], "b.jsonl: cannot be compared with: it is also"),
        (&["--against", "."], "b.jsonl: cannot be compared with: it is also"),
        (&["--against", "*.jsonl"], "b.jsonl: cannot be compared with: it is also"),
        (&["--against", "empty.jsonl"], "not compared: --against has no article"),
        (&["--against", "nowhere"], "nowhere: not compared: it is to be compared with"),
        (&["--field", "text=x"], "no article to compare"),
    ] {
        let ran = folder.run(&[&["dedup", "b.jsonl"], args].concat()).expect(2);
        assert!(ran.stderr.contains(expect), "{}", ran.stderr);
    }
    assert_eq!(fs::read(folder.at("b.jsonl")).unwrap(), before);
    assert_eq!(folder.names(), ["b.jsonl", "empty.jsonl"]);
}

/// Three rows of which the last is the first again, and one that is bad.
fn table(end: &str) -> [String; 5] {
    [
        "id,isi,\"catatan\"".to_owned(),
        format!("a,\"{RAIN}\",\"dua\nbaris \"\"x\"\"\""),
        format!("b,{},", OTHER.replace(',', ";")),
        "c,pendek".to_owned(),
        format!("d,\"{SHOUTED}\","),
    ]
    .map(|row| row + end)
}

#[test]
fn of_tables_with_one_header_the_output_is_that_table() {
    for (end, mark) in [("\n", ""), ("\r\n", "\u{feff}")] {
        let [header, a, b, bad, d] = table(end);
        let one = format!("{mark}{header}{a}{b}{bad}");
        let two = format!("{header}{d}").trim_end().to_owned();
        let folder = Folder::with(&[("in/1.csv", &one), ("in/2.csv", &two)]);
        let args = ["dedup", "in", "-q", "-o", "k.csv", "--removed", "r", "--rejects", "bad"];
        for threads in ["1", "2"] {
            let ran = folder.run(&[&args[..], &["--threads", threads]].concat()).expect(1);
            assert!(ran.stderr.contains("in/1.csv:5: wrong number of fields"), "{}", ran.stderr);
            assert_eq!(folder.read("k.csv"), format!("{mark}{header}{a}{b}"));
            assert!(folder.read("bad").contains("c,pendek"));
            let removed = &records(&folder.read("r"))[0];
            assert_eq!((&removed["doc"], &removed["kept"]), (&"d".into(), &"a".into()));
            let record = serde_json::json!({"id": "d", "isi": SHOUTED, "catatan": ""});
            assert_eq!(removed["record"], record);
        }
        // What is kept is a table again.
        folder.run(&["dedup", "k.csv", "-q", "-o", "again.csv"]).expect(0);
        assert_eq!(folder.read("again.csv"), folder.read("k.csv"));
    }
}

#[test]
fn rows_are_objects_where_the_output_is_named_so() {
    let [header, a, b, _, d] = table("\n");
    let lines = lines_of(&[RAIN.to_owned()]);
    let folder = Folder::with(&[("1.csv", &[header, a, b, d].concat()), ("2.jsonl", &lines[0])]);
    folder.run(&["dedup", "1.csv", "2.jsonl", "-q", "-o", "k.jsonl"]).expect(0);
    let kept = records(&folder.read("k.jsonl"));
    assert_eq!(kept.len(), 2);
    assert_eq!((&kept[0]["id"], &kept[0]["catatan"]), (&"a".into(), &"dua\nbaris \"x\"".into()));
    let annotated = ["dedup", "1.csv", "2.jsonl", "-q", "-o", "k.jsonl", "--annotate"];
    folder.run(&annotated).expect(0);
    let annotated = records(&folder.read("k.jsonl"));
    assert_eq!(annotated.len(), 4);
    assert_eq!((&annotated[2]["id"], &annotated[2]["kutip"]["of"]), (&"d".into(), &"a".into()));
}

#[test]
fn rows_that_cannot_stand_in_one_table_are_refused_before_the_work() {
    let [header, a, b, ..] = table("\n");
    let csv = [&header[..], &a].concat();
    let other = "id;isi\n1;satu\n";
    let folder =
        Folder::with(&[("1.csv", &csv), ("2.csv", other), ("3.jsonl", &batch()), ("4.txt", RAIN)]);
    let columns = "1.csv has the columns `id`, `isi`, `catatan` with `,` between them";
    for (second, told) in [
        ("2.csv", "and 2.csv has the columns `id`, `isi` with `;` between them"),
        ("3.jsonl", "and 3.jsonl is no table"),
        ("4.txt", "and 4.txt is no table"),
    ] {
        let ran = folder.run(&["dedup", "1.csv", second, "-o", "k"]).expect(2);
        assert!(ran.stderr.contains(&format!("to one table: {columns}, {told}")), "{}", ran.stderr);
        assert!(ran.stderr.contains("hint: name the output .jsonl"), "{}", ran.stderr);
        folder.run(&["dedup", "1.csv", "--against", second, "-q", "-o", "kept.csv"]).expect(
            // The JSON Lines have a bad line.
            i32::from(second == "3.jsonl"),
        );
        fs::remove_file(folder.at("kept.csv")).unwrap();
    }
    for name in ["k.csv", "k.tsv.gz"] {
        let ran = folder.run(&["dedup", "3.jsonl", "-o", name]).expect(2);
        assert!(ran.stderr.contains(&format!("{name}: cannot write: its name is a table's")));
    }
    // What can be read only once is known when it was read.
    let rows = format!("{header}{b}");
    fs::write(folder.at("rows"), &rows).unwrap();
    let piped = |args: &[&str]| {
        let rows = fs::File::open(folder.at("rows")).unwrap();
        Ran::of(
            folder.kutip(&[&["dedup", "-", "--delimiter", ",", "-q"], args].concat()).stdin(rows),
        )
    };
    fs::write(folder.at("5.csv"), "isi\nlima\n").unwrap();
    let told = piped(&["5.csv"]).expect(2).stderr;
    assert!(told.contains("kept records of both to one table: - has the columns"), "{told}");
    assert_eq!(piped(&[]).expect(0).stdout, rows);
}

#[test]
fn a_table_may_be_annotated() {
    let [header, a, b, _, d] = table("\r\n");
    let folder = Folder::with(&[("1.csv", &[&header[..], &a, &b, &d].concat())]);
    let args = ["dedup", "1.csv", "-q", "--annotate", "-o", "k.csv", "--clusters", "c"];
    folder.run(&args).expect(0);
    let id = records(&folder.read("c"))[0]["id"].as_str().unwrap().to_owned();
    let longer = |row: &str, cells: &str| format!("{},{cells}\r\n", row.trim_end());
    let expect = [
        longer(&header, "kutip_cluster,kutip_kept,kutip_of,kutip_jaccard,kutip_containment"),
        longer(&a, &format!("{id},true,,,")),
        longer(&b, ",true,,,"),
        longer(&d, &format!("{id},false,a,1.0,1.0")),
    ];
    assert_eq!(folder.read("k.csv"), expect.concat());
}

#[test]
fn columns_of_an_earlier_annotation_are_replaced() {
    let header = "\"kutip_kept\",id,isi,kutip_of,kutip_cluster,kutip_jaccard\r\n";
    let rows = format!(
        "no,a,\"{RAIN}\",\"x,y\",\"\",0.1\r\nno,b,\"{OTHER}\",,,\r\n\"n\"\"o\",c,\"{RAIN}\",,,\r\n"
    );
    let folder = Folder::with(&[("1.csv", &format!("{header}{rows}"))]);
    let run = |from: &str, to: &str| {
        folder.run(&["dedup", from, "-q", "--annotate", "-o", to, "--clusters", "c"]).expect(0);
        folder.read(to)
    };
    let annotated = run("1.csv", "k.csv");
    let id = records(&folder.read("c"))[0]["id"].as_str().unwrap().to_owned();
    let expect = format!(
        "{},kutip_containment\r\ntrue,a,\"{RAIN}\",,{id},,\r\ntrue,b,\"{OTHER}\",,,,\r\n\
         false,c,\"{RAIN}\",a,{id},1.0,1.0\r\n",
        header.trim_end()
    );
    assert_eq!(annotated, expect);
    assert_eq!(run("k.csv", "again.csv"), annotated, "a second time nothing is another");
    // As records, rows have the field instead.
    let record = &records(&run("k.csv", "k.jsonl"))[2];
    assert_eq!(record["kutip"]["of"], "a");
    assert!(record.as_object().unwrap().keys().eq(["id", "isi", "kutip"]), "{record}");
}

#[test]
fn tables_in_utf16_and_compressed_come_out_in_utf8() {
    let rows = format!("a\t\"{RAIN}\"\t\"dua\nbaris\"\nb\t{OTHER}\t\n");
    let text = format!("\u{feff}id\tisi\tcatatan\n{rows}c\t{SHOUTED}\t");
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = Folder::with(&[]);
    fs::write(folder.at("1.tsv"), utf16).unwrap();
    folder.run(&["dedup", "1.tsv", "-q", "-o", "k.tsv.gz"]).expect(0);
    folder.run(&["dedup", "k.tsv.gz", "-q", "-o", "k.tsv"]).expect(0);
    assert_eq!(folder.read("k.tsv"), format!("\u{feff}id\tisi\tcatatan\n{rows}"));
}
