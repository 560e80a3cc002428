//! Text that can be read only once waits in a temporary file.

use crate::support::{Folder, Ran};
use std::fs::{self, File};

/// Records of which every third is there twice.
fn records(n: usize) -> String {
    let text = |k: usize| (0..40).map(|w| format!("kata{} ", (k * 41 + w) * 7919 % 9973)).collect();
    let texts: Vec<String> = (0..n).map(|k| text(if k % 3 == 2 { k - 1 } else { k })).collect();
    texts.iter().map(|text| format!("{{\"text\":\"{text}\"}}\n")).collect()
}

#[test]
fn a_pipe_and_compressed_lines_give_what_a_file_gives() {
    // Several blocks of 1 MiB.
    let text = records(9000);
    let folder = Folder::with(&[("a.jsonl", &text), ("tmp/x", "")]);
    let packed = |name: &str, bytes: Vec<u8>| fs::write(folder.at(name), bytes).unwrap();
    packed("b.jsonl.zst", zstd::encode_all(text.as_bytes(), 1).unwrap());
    folder.run(&["dedup", "a.jsonl", "-o", "a", "--removed", "ra", "-q"]).expect(0);
    for (input, threads) in [("-", "2"), ("b.jsonl.zst", "1"), ("b.jsonl.zst", "2")] {
        let args = ["dedup", input, "-o", "b", "--removed", "rb", "-q", "--temp-dir", "tmp"];
        let mut command = folder.kutip(&[&args[..], &["--threads", threads]].concat());
        Ran::of(command.stdin(File::open(folder.at("a.jsonl")).unwrap())).expect(0);
        assert!(folder.read("a") == folder.read("b"), "{input}");
        let named = |removed: String| removed.replace(&format!("{input}:"), "a.jsonl:");
        assert!(named(folder.read("rb")) == folder.read("ra"), "{input}");
    }
    assert_eq!(fs::read_dir(folder.at("tmp")).unwrap().count(), 1);
}

#[test]
fn many_compressed_files_are_read_again() {
    let folder = Folder::with(&[]);
    let text = records(300);
    let lines: Vec<&str> = text.lines().collect();
    fs::create_dir(folder.at("in")).unwrap();
    for (idx, part) in lines.chunks(3).enumerate() {
        let packed = zstd::encode_all((part.join("\n") + "\n").as_bytes(), 1).unwrap();
        fs::write(folder.at(&format!("in/{idx:03}.jsonl.zst")), packed).unwrap();
    }
    fs::write(folder.at("all.jsonl"), &text).unwrap();
    let kept = |input: &str| folder.run(&["dedup", input, "-q"]).expect(0).stdout;
    assert!(kept("in") == kept("all.jsonl"));
}

#[test]
fn a_folder_without_room_ends_the_run_and_is_named() {
    let folder = Folder::with(&[("a.jsonl", &records(9000))]);
    let piped = |command: &mut std::process::Command| {
        Ran::of(command.stdin(File::open(folder.at("a.jsonl")).unwrap())).expect(2)
    };
    let mut missing = folder.kutip(&["dedup", "-", "-o", "k", "--temp-dir", "no/such"]);
    let ran = piped(&mut missing);
    let expect = "error: no/such: cannot keep temporary data: no such file or directory\n\
                  hint: name a folder with more room with --temp-dir\n";
    assert_eq!(ran.stderr, expect);
    assert!(!folder.at("k").exists());
    // What needs no room runs all the same.
    folder.run(&["dedup", "a.jsonl", "-o", "k", "--temp-dir", "no/such", "-q"]).expect(0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_may_grow_no_more_ends_the_run() {
    let folder = Folder::with(&[("a.jsonl", &records(9000))]);
    // As a full disk: blocks of a kilobyte at most, and an error where the signal is ignored.
    let script = "trap '' XFSZ; ulimit -f 100; exec \"$0\" dedup - -o k --temp-dir . <a.jsonl";
    let mut command = folder.shell(script);
    let ran = Ran::of(&mut command).expect(2);
    assert!(ran.stderr.contains("error: .: cannot keep temporary data: file too large"), "{ran:?}");
    assert_eq!(folder.names(), ["a.jsonl"]);
}
