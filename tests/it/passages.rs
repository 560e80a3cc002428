//! `kutip passages`: what it writes, and what it refuses.

use crate::support::Folder;
use serde_json::Value;
use std::fs;

const FLOOD: &str = "Banjir rob merendam sedikitnya seribu rumah di tiga kelurahan pesisir sejak dini hari. \
    Gelombang menyeret enam puluh meter dermaga tua ke tengah teluk. Kapal ke pulau seberang kini bersandar \
    di pelabuhan perikanan. Ratusan warga mengungsi ke gedung sekolah di atas bukit.";

/// Two articles that share [`FLOOD`], the first behind an é, and one of another matter.
fn articles() -> Folder {
    Folder::with(&[
        ("new/a.txt", &format!("Kafé itu tutup sejak kemarin siang tanpa alasan.\n\n{FLOOD}\n")),
        (
            "old/b.txt",
            &format!("{FLOOD}\n\nHarga cabai di pasar induk naik dua kali lipat lagi.\n"),
        ),
        ("old/c.txt", "Klub sepak bola itu menjual penyerang mudanya kepada tim dari Malaysia.\n"),
    ])
}

fn records(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_passage_with_its_places() {
    let ran = articles().run(&["passages", "new", "old"]).expect(0);
    let records = records(&ran.stdout);
    assert_eq!(records.len(), 2, "{}", ran.stdout);
    let paths = [&records[0]["a"]["path"], &records[0]["b"]["path"]];
    assert!(paths.contains(&&"new/a.txt".into()) && paths.contains(&&"old/b.txt".into()));
    for side in ["a", "b"] {
        let side = &records[0][side];
        assert_eq!(side["exact"], FLOOD);
        let first = if side["path"] == "new/a.txt" { (51, 50) } else { (0, 0) };
        let starts = (side["byte_start"].as_u64().unwrap(), side["char_start"].as_u64().unwrap());
        assert_eq!(starts, first);
    }
    assert_eq!(records[0]["grade"], "identical");
    assert_eq!(records[1]["passages"], 1);
    assert!(ran.stderr.contains("found 1 passage in"), "{}", ran.stderr);
}

#[test]
fn the_same_bytes_for_any_threads_and_order() {
    let folder = Folder::in_project();
    let all = ["testdata/newsroom", "testdata/tuning"];
    let one = folder.run(&["passages", all[0], all[1], "--threads", "1", "-q"]).expect(0);
    let two = folder.run(&["passages", all[1], all[0], "--threads", "2", "-q"]).expect(0);
    assert_eq!(one.stdout, two.stdout);
    assert!(5 < one.stdout.lines().count());
}

#[test]
fn against_others_and_in_the_format_of_pan() {
    let folder = articles();
    folder.run(&["passages", "new", "--against", "old", "-f", "pan", "-o", "found"]).expect(0);
    let xml = fs::read_to_string(folder.at("found/a.xml")).unwrap();
    let (n, bytes) = (FLOOD.chars().count(), "this_offset=\"50\"");
    assert!(xml.contains("<document reference=\"a.txt\">") && xml.contains(bytes), "{xml}");
    let source = format!("this_length=\"{n}\" source_reference=\"b.txt\" source_offset=\"0\"");
    assert!(xml.contains(&source), "{xml}");
    assert_eq!(fs::read_dir(folder.at("found")).unwrap().count(), 1, "none of the others");
    folder
        .run(&["passages", "old", "--against", "new/a.txt", "-f", "pan", "-o", "turned"])
        .expect(0);
    let empty = fs::read_to_string(folder.at("turned/c.xml")).unwrap();
    assert!(empty.contains("reference=\"c.txt\"") && !empty.contains("feature"), "{empty}");
}

#[test]
fn refusals() {
    let folder = articles();
    let twice = folder.at("old/a.txt");
    for (args, told) in [
        (&["passages", "new", "old", "-f", "pan"][..], "it is a folder, and none is named"),
        (&["passages", "new", "old", "-f", "pan", "-o", "old"], "got one with files in it"),
        (&["passages", "new", "-f", "pan", "-o", "new/a.txt"], "is also an input"),
        (&["passages", "new", "-f", "pan", "-o", "no/such"], "the folder no does not exist"),
        (&["passages", "nothing"], "no article to compare"),
    ] {
        let ran = folder.run(args).expect(2);
        assert!(ran.stderr.contains(told), "{args:?}\n{}", ran.stderr);
    }
    fs::copy(folder.at("new/a.txt"), twice).unwrap();
    let ran = folder.run(&["passages", "new", "old", "-f", "pan", "-o", "found"]).expect(2);
    assert!(ran.stderr.contains("would both be \"a.txt\""), "{}", ran.stderr);
    assert!(!folder.at("found").exists());
    let left = fs::read_dir(folder.at(".")).unwrap().count();
    assert_eq!(left, 2, "no stray folder");
}

#[test]
fn a_corpus_is_searched_and_measured() {
    let folder = Folder::with(&[]);
    folder.run(&["synth", "--pan", "corpus", "--docs", "10", "--language", "id"]).expect(0);
    let ran = folder.run(&["eval", "passages", "corpus", "-f", "jsonl"]).expect(0);
    let all = &records(&ran.stdout)[0];
    assert!(all["plagdet"].as_f64().unwrap() > 0.8, "{all}");
    let args =
        ["passages", "corpus/susp", "--against", "corpus/src", "-f", "pan", "-o", "found", "-q"];
    folder.run(&args).expect(0);
    let again = ["eval", "passages", "--truth", "corpus", "--found", "found", "-f", "jsonl"];
    assert_eq!(
        folder.run(&again).expect(0).stdout,
        ran.stdout,
        "no pair beside those of the truth"
    );
    let refused = folder.run(&["eval", "passages", "found"]).expect(2);
    assert!(refused.stderr.contains("no text in this directory"), "{}", refused.stderr);
}
