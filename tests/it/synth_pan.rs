//! `kutip synth --pan`: a corpus of reused passages comes as asked for, the same every time.

use crate::support::{Folder, Ran};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const SMALL: [&str; 6] = ["synth", "--docs", "10", "--words", "100..400", "--pan"];

/// All files below a folder, by their paths in it.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

#[test]
fn the_layout_is_that_of_pan() {
    let folder = Folder::with(&[]);
    folder.run(&[&SMALL[..], &["c"]].concat()).expect(0);
    assert_eq!(folder.names(), ["c"], "nothing is left beside");
    let files = files(&folder.at("c"));
    let n_in = |dir: &str| files.keys().filter(|name| name.starts_with(dir)).count();
    assert_eq!((n_in("susp/suspicious-document"), n_in("src/source-document")), (10, 10));
    for dir in ["01-no-reuse", "02-verbatim", "03-shuffled", "04-substituted", "05-paraphrased"] {
        assert_eq!(n_in(dir), 2, "{dir}");
    }
    assert_eq!(files.len(), 31);
    let pairs = String::from_utf8(files["pairs"].clone()).unwrap();
    for (line, number) in pairs.lines().zip(1..) {
        let (suspicious, source) = line.split_once(' ').unwrap();
        assert_eq!(suspicious, format!("suspicious-document{number:05}.txt"));
        assert!(files.contains_key(&format!("src/{source}")));
        let name = format!(
            "{}-{}.xml",
            suspicious.trim_end_matches(".txt"),
            source.trim_end_matches(".txt")
        );
        assert_eq!(files.keys().filter(|file| file.ends_with(&name)).count(), 1, "{name}");
    }
}

#[test]
fn the_same_bytes_for_the_same_seed() {
    let folder = Folder::with(&[]);
    let corpus = |args: &[&str], threads: &str| {
        let mut command = folder.kutip(&[&SMALL[..], args].concat());
        Ran::of(command.env("RAYON_NUM_THREADS", threads)).expect(0);
        files(&folder.at(args[0]))
    };
    let one = corpus(&["a"], "1");
    assert!(corpus(&["b", "--seed", "1", "--language", "id"], "3") == one);
    assert!(corpus(&["c", "--seed", "2"], "1") != one);
    assert!(corpus(&["d", "--language", "en"], "1") != one);
}

#[test]
fn what_is_made_up_can_be_measured() {
    let folder = Folder::with(&[]);
    folder.run(&[&SMALL[..], &["c", "--language", "en"]].concat()).expect(0);
    // A detector that finds all: the truth with the detections' name.
    fs::create_dir(folder.at("found")).unwrap();
    for (idx, (name, text)) in files(&folder.at("c")).into_iter().enumerate() {
        if name.ends_with(".xml") {
            let text = String::from_utf8(text).unwrap();
            let text = text.replace("name=\"plagiarism\"", "name=\"detected-plagiarism\"");
            fs::write(folder.at(&format!("found/{idx}.xml")), text).unwrap();
        }
    }
    let told =
        folder.run(&["eval", "passages", "--truth", "c", "--found", "found"]).expect(0).stdout;
    for kind in ["All", "02-verbatim", "03-shuffled", "04-substituted", "05-paraphrased"] {
        let row = told.lines().find(|line| line.starts_with(kind)).unwrap();
        assert_eq!(row.matches("1.0000").count(), 4, "{told}");
    }
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    let folder = Folder::with(&[("full/a.txt", ""), ("file", "")]);
    for (args, expect) in [
        (&["--pan", "c", "-o", "x"][..], "--output: does not go with --pan: "),
        (&["--pan", "c", "--truth", "x"], "--truth: does not go with --pan: "),
        (&["--pan", "c", "--copies", "0.5"], "--copies: does not go with --pan: "),
        (&["--pan", "c", "--edits", "case"], "--edits: does not go with --pan: "),
        (&["--pan", "c", "--template", "0.5"], "--template: does not go with --pan: "),
        (&["--pan", "c", "--largest", "5"], "--largest: does not go with --pan: "),
        (&["--pan", "c", "--scripts", "han"], "--scripts: does not go with --pan: "),
        (
            &["--pan", "c", "--words", "99..200"],
            "--words: too short: with --pan expected 100 at least",
        ),
        (&["--pan", "c", "--language", "la"], "possible values: id, en"),
        (&["--language", "en"], "--language: not understood: "),
        (&["--pan", "full"], "full: cannot write: expected a new or an empty folder"),
        (&["--pan", "file"], "file: cannot write: not a directory"),
        (&["--pan", "no/c"], "hint: the folder no does not exist: create it first"),
    ] {
        let ran = folder.run(&[&["synth", "--docs", "5"], args].concat()).expect(2);
        assert!(ran.stderr.contains(expect), "{}", ran.stderr);
        assert_eq!((ran.stdout.as_str(), folder.names().len()), ("", 2));
    }
    fs::create_dir(folder.at("empty")).unwrap();
    folder.run(&[&SMALL[..], &["empty"]].concat()).expect(0);
}
