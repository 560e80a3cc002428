//! What does a run that was killed leave, and what does the next one make of it?

use crate::support::Folder;
use std::fs;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const OUTPUTS: [&str; 3] = ["kept.jsonl", "removed.jsonl", "clusters.jsonl"];

/// A corpus large enough for every stage to take a while, as `in.jsonl` and `more/b.jsonl`.
fn folder(n_docs: &str) -> Folder {
    let folder = Folder::with(&[]);
    let synth = |seed: &str, path: &str| {
        folder.run(&["synth", "--docs", n_docs, "--seed", seed, "-o", path]).expect(0);
    };
    synth("1", "in.jsonl");
    for name in ["more", "tmp"] {
        fs::create_dir(folder.at(name)).unwrap();
    }
    synth("2", "more/b.jsonl");
    folder
}

const ARGS: [&str; 19] = [
    "dedup",
    "in.jsonl",
    "more",
    "-o",
    OUTPUTS[0],
    "--removed",
    OUTPUTS[1],
    "--clusters",
    OUTPUTS[2],
    "--resume",
    "run",
    "--temp-dir",
    "tmp",
    "--memory",
    "64MiB",
    "--threshold",
    "0.5",
    "--shingle",
    "word:3",
];

fn outputs(folder: &Folder) -> [String; 3] {
    OUTPUTS.map(|name| folder.read(name))
}

fn remove_outputs(folder: &Folder) {
    OUTPUTS.iter().for_each(|name| fs::remove_file(folder.at(name)).unwrap());
}

fn start(folder: &Folder) -> Child {
    folder.kutip(&ARGS).stderr(Stdio::null()).spawn().unwrap()
}

/// Starts runs and kills them at `n` moments that are spread over the time a run takes.
fn kill_at(n: u32, folder: &Folder) {
    let inputs = || (folder.read("in.jsonl"), folder.read("more/b.jsonl"));
    let before = inputs();
    let begun = Instant::now();
    folder.run(&ARGS).expect(0);
    let whole = begun.elapsed();
    let expect = outputs(folder);
    remove_outputs(folder);
    let mut n_left = 0;
    for nth in 0..n {
        // Far from evenly, and never the same.
        let part = (nth * 7919) % 1000;
        let mut run = start(folder);
        std::thread::sleep(whole * part / 1000 + Duration::from_micros(u64::from(nth % 97) * 10));
        run.kill().unwrap();
        run.wait().unwrap();
        for (name, whole) in OUTPUTS.iter().zip(&expect) {
            let is_half = fs::read_to_string(folder.at(name)).is_ok_and(|found| found != *whole);
            assert!(!is_half, "{name} is half-written after kill {nth}");
        }
        assert_eq!(fs::read_dir(folder.at("tmp")).unwrap().count(), 0, "after kill {nth}");
        n_left += usize::from(folder.at("run").exists());
        if nth % 5 == 4 {
            folder.run(&ARGS).expect(0);
            assert!(outputs(folder) == expect, "a run that goes on after kill {nth} differs");
            let names =
                ["clusters.jsonl", "in.jsonl", "kept.jsonl", "more", "removed.jsonl", "tmp"];
            assert_eq!(folder.names(), names, "after the run behind kill {nth}");
            remove_outputs(folder);
        }
    }
    assert!(inputs() == before && 0 < n_left);
}

#[test]
fn killed_at_any_moment_nothing_is_half_written_and_the_next_run_goes_on() {
    kill_at(10, &folder("1500"));
}

/// A soak of minutes, behind its own command: `cargo test --release -- --ignored three_hundred`.
#[test]
#[ignore = "takes minutes"]
fn three_hundred_kills_leave_nothing_half_written() {
    kill_at(300, &folder("20000"));
}

/// A folder where a run was stopped when its sketches, or its clusters, were there.
fn stopped(has_clusters: bool) -> Folder {
    let folder = folder("300");
    // It cannot be written, which is found out last.
    let args: Vec<&str> =
        ARGS.iter().map(|&arg| if arg == OUTPUTS[0] { "/dev/full" } else { arg }).collect();
    folder.run(&args).expect(2);
    if !has_clusters {
        fs::remove_file(folder.at("run/clusters.kutip")).unwrap();
    }
    folder
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_goes_on_from_what_is_there_and_gives_the_same_bytes() {
    for has_clusters in [true, false] {
        let folder = stopped(has_clusters);
        assert!(folder.at("run/sketches.kutip").exists());
        folder.run(&ARGS).expect(0);
        let went_on = outputs(&folder);
        assert!(!folder.at("run").exists());
        folder.run(&ARGS).expect(0);
        assert!(went_on == outputs(&folder));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn another_run_is_refused_by_name() {
    let folder = stopped(true);
    let refused = |change: &[(&str, &str)], expect: &str| {
        let new = |arg: &&'static str| {
            change.iter().find(|(old, _)| old == arg).map_or(*arg, |(_, new)| *new).to_owned()
        };
        let args: Vec<String> = ARGS.iter().map(new).collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let ran = folder.run(&args).expect(2);
        assert!(ran.stderr.contains(expect), "{expect} in {}", ran.stderr);
        assert!(ran.stderr.contains("begin anew with another --resume"), "{}", ran.stderr);
        assert!(!folder.at(OUTPUTS[0]).exists());
    };
    refused(
        &[("0.5", "0.6")],
        "run/clusters.kutip: of another run: --threshold was 0.5, and is 0.6",
    );
    refused(&[("word:3", "word:5")], "of another run: --shingle was word:3, and is word:5");
    refused(&[("word:3", "char:3")], "of another run: --shingle was word:3, and is char:3");
    for (option, expect) in [
        (&["--keep", "longest"][..], "--keep was first, and is longest"),
        (
            &["--keep", "priority:outlets.txt"],
            "--keep was first, and is priority:FILE with 2 outlets",
        ),
        (&["--field", "text=body"], "--field was not given, and is text=body"),
        (&["--field", "title=a", "--field", "id=b"], "and is title=a --field id=b"),
        (&["--since", "2022-01"], "--since was not given, and is 2022-01"),
        (&["--until", "2022-01-08T06:31:00+07:00"], "and is 2022-01-07T23:31:00Z"),
        (&["--delimiter", "tab"], "--delimiter was not given, and is tab"),
        (&["--exact"], "--exact was not given, and is given"),
        (&["--recall", "0.9"], "--recall was 0.99, and is 0.9"),
        (&["--no-loss"], "--no-loss was not given, and is given"),
        (&["--measure", "containment"], "--measure was jaccard, and is containment"),
    ] {
        fs::write(folder.at("outlets.txt"), "Kabar\nWarta\n").unwrap();
        let ran = folder.run(&[&ARGS, option].concat()).expect(2);
        assert!(ran.stderr.contains(expect), "{expect} in {}", ran.stderr);
        fs::remove_file(folder.at("outlets.txt")).unwrap();
    }
    refused(&[("more", "in.jsonl")], "of another run: number of files to clean was 2, and is 1");
    fs::write(folder.at("more/a.jsonl"), "{\"text\":\"satu\"}\n").unwrap();
    refused(&[], "of another run: number of files to clean was 2, and is 3");
    fs::remove_file(folder.at("more/a.jsonl")).unwrap();
    fs::write(folder.at("in.jsonl"), "{\"text\":\"satu\"}\n").unwrap();
    refused(&[], "of other inputs: in.jsonl has changed since");
}

#[cfg(target_os = "linux")]
#[test]
fn a_damaged_checkpoint_is_refused_by_name() {
    for (has_clusters, name) in [(true, "run/clusters.kutip"), (false, "run/sketches.kutip")] {
        let folder = stopped(has_clusters);
        let whole = fs::read(folder.at(name)).unwrap();
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 4;
        for (bytes, expect) in [
            (&whole[..whole.len() - 9], "damaged: it is cut off"),
            (&flipped, "damaged: a checksum differs"),
            (b"{\"text\":\"satu\"}", "not a checkpoint"),
        ] {
            fs::write(folder.at(name), bytes).unwrap();
            let ran = folder.run(&ARGS).expect(2);
            assert!(ran.stderr.contains(&format!("{name}: {expect}")), "{}", ran.stderr);
        }
        fs::write(folder.at(name), whole).unwrap();
        folder.run(&ARGS).expect(0);
    }
}

/// A file with other bytes, but of the same size and time.
#[cfg(target_os = "linux")]
fn change_unseen(path: &std::path::Path, change: impl FnOnce(&mut [u8])) {
    let time = fs::metadata(path).unwrap().modified().unwrap();
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_change_that_neither_size_nor_time_tells_is_found() {
    for has_clusters in [true, false] {
        let folder = stopped(has_clusters);
        let swap = |bytes: &mut [u8]| {
            let at = bytes.len() / 2;
            let letter = (at..).find(|&at| bytes[at].is_ascii_lowercase()).unwrap();
            bytes[letter] ^= 1;
        };
        change_unseen(&folder.at("more/b.jsonl"), swap);
        for threads in ["1", "3"] {
            let ran = folder.run(&[&ARGS[..], &["--threads", threads]].concat()).expect(2);
            let expect = "error: more/b.jsonl: changed: expected the text that the run read which";
            assert!(ran.stderr.contains(expect), "{}", ran.stderr);
            assert!(ran.stderr.contains("begin anew with another --resume"), "{}", ran.stderr);
            assert!(!folder.at(OUTPUTS[0]).exists());
        }
        change_unseen(&folder.at("more/b.jsonl"), swap);
        folder.run(&ARGS).expect(0);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_text_file_is_known_by_its_bytes_too() {
    let folder = Folder::with(&[("a.txt", "hujan turun"), ("b.txt", "banjir")]);
    let run = |kept: &str, code: i32| {
        folder.run(&["dedup", "a.txt", "b.txt", "-o", kept, "--resume", "run"]).expect(code)
    };
    run("/dev/full", 2);
    change_unseen(&folder.at("b.txt"), |bytes| bytes[0] = b'd');
    assert!(run("k", 2).stderr.contains("error: b.txt: changed: "));
    change_unseen(&folder.at("b.txt"), |bytes| bytes[0] = b'b');
    run("k", 0);
}

#[test]
fn what_can_be_read_only_once_cannot_be_resumed() {
    let folder = Folder::with_news();
    let ran = folder.run(&["dedup", "-", "-o", "k", "--resume", "run"]).expect(2);
    assert!(
        ran.stderr.contains("-: cannot be resumed: it can be read only once"),
        "{}",
        ran.stderr
    );
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_cleaned_and_what_is_compared_with_are_told_apart() {
    let folder = folder("300");
    fs::copy(folder.at("in.jsonl"), folder.at("more/c.jsonl")).unwrap();
    folder.run(&["dedup", "more", "-o", "/dev/full", "--resume", "run"]).expect(2);
    // The same files in the same order, as one path.
    let args = ["dedup", "more/b.jsonl", "--against", "more/c.jsonl", "-o", "k", "--resume", "run"];
    let ran = folder.run(&args).expect(2);
    let expect = "of another run: number of files to clean was 2, and is 1";
    assert!(ran.stderr.contains(expect), "{}", ran.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn a_list_of_outlets_is_the_same_in_every_run() {
    let folder = folder("300");
    let outlets: String = (0..20).map(|n| format!("Outlet {n}\n")).collect();
    fs::write(folder.at("outlets.txt"), outlets).unwrap();
    let run = |kept: &str, code: i32| {
        let keep = ["--keep", "priority:outlets.txt", "--resume", "run"];
        folder.run(&[&["dedup", "in.jsonl", "-o", kept], &keep[..]].concat()).expect(code);
    };
    run("/dev/full", 2);
    run("k", 0);
}

#[test]
fn an_output_may_not_have_the_name_of_what_is_left() {
    let folder = Folder::with_news();
    for (flag, name, has_folder) in [
        ("-o", "run/clusters.kutip", false),
        ("-o", "run/clusters.kutip", true),
        ("--removed", "./run/sketches.kutip", true),
        ("--stats", "tmp/../run/lock.kutip", true),
    ] {
        if has_folder {
            fs::create_dir_all(folder.at("run")).unwrap();
            fs::create_dir_all(folder.at("tmp")).unwrap();
        }
        let ran = folder.run(&["dedup", "news.jsonl", flag, name, "--resume", "run"]).expect(2);
        let flag = flag.replace("-o", "--output");
        let expect = format!("{name}: cannot write: {flag} has the name of a file that --resume");
        assert!(ran.stderr.contains(&expect), "{expect} in {}", ran.stderr);
        assert!(ran.stderr.contains("another name or folder"), "{}", ran.stderr);
    }
    folder.run(&["dedup", "news.jsonl", "-o", "run/kept.kutip", "--resume", "run"]).expect(0);
    assert!(folder.at("run/kept.kutip").exists());
}

#[test]
fn folders_that_a_run_made_are_gone_when_it_has_ended() {
    let folder = Folder::with_news();
    fs::create_dir(folder.at("a")).unwrap();
    folder.run(&["dedup", "news.jsonl", "-o", "k", "--resume", "a/b/c"]).expect(0);
    assert_eq!(fs::read_dir(folder.at("a")).unwrap().count(), 0);
    folder.run(&["dedup", "news.jsonl", "-o", "no/k", "--resume", "run"]).expect(2);
    folder.run(&["dedup", "none.jsonl", "-o", "k", "--resume", "run"]).expect(2);
    assert!(!folder.at("run").exists());
}

/// A run that has left all it leaves, and waits for who reads its output.
#[cfg(target_os = "linux")]
fn waiting(folder: &Folder) -> Child {
    let made = std::process::Command::new("mkfifo").arg(folder.at("pipe")).status().unwrap();
    assert!(made.success());
    let args: Vec<&str> =
        ARGS.iter().map(|&arg| if arg == OUTPUTS[0] { "pipe" } else { arg }).collect();
    folder.kutip(&args).stderr(Stdio::piped()).spawn().unwrap()
}

/// Reads what a waiting run writes, when `meanwhile` is done; gives its exit code and stderr.
#[cfg(target_os = "linux")]
fn let_go(folder: &Folder, run: Child, meanwhile: impl FnOnce()) -> (Option<i32>, String) {
    let mut pipe = fs::File::open(folder.at("pipe")).unwrap();
    let begun = Instant::now();
    while !folder.at("run/clusters.kutip").exists() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the run leaves nothing");
        std::thread::sleep(Duration::from_millis(5));
    }
    meanwhile();
    std::io::copy(&mut pipe, &mut std::io::sink()).unwrap();
    let ran = run.wait_with_output().unwrap();
    (ran.status.code(), String::from_utf8(ran.stderr).unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_is_one_runs_at_a_time() {
    let folder = folder("1500");
    let run = waiting(&folder);
    let (code, stderr) = let_go(&folder, run, || {
        let other = ["dedup", "more", "-o", "k", "--resume", "run"];
        let ran = folder.run(&other).expect(2);
        assert!(ran.stderr.contains("run: in use by another run"), "{}", ran.stderr);
        assert!(ran.stderr.contains("give --resume another folder"), "{}", ran.stderr);
        assert!(!folder.at("k").exists());
    });
    assert_eq!(code, Some(0), "{stderr}");
    assert!(!folder.at("run").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_removed_in_the_end_is_a_warning() {
    let folder = folder("1500");
    let run = waiting(&folder);
    let (code, stderr) = let_go(&folder, run, || {
        fs::remove_file(folder.at("run/clusters.kutip")).unwrap();
        fs::create_dir(folder.at("run/clusters.kutip")).unwrap();
    });
    assert_eq!(code, Some(0), "{stderr}");
    let expect = "warning: run/clusters.kutip: cannot be removed: is a directory";
    assert!(stderr.contains(expect), "{stderr}");
    assert!(folder.at(OUTPUTS[1]).exists() && !folder.at("run/sketches.kutip").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_regular_file_is_not_opened() {
    let folder = Folder::with_news();
    let args = ["dedup", "news.jsonl", "-o", "k", "--resume", "run"];
    for name in ["run/clusters.kutip", "run/sketches.kutip", "run/lock.kutip"] {
        fs::create_dir_all(folder.at("run")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.at(name)).status().unwrap();
        assert!(made.success());
        let expect = format!("{name}: in the way of --resume: expected a regular file, got a pipe");
        let ran = folder.run(&args).expect(2);
        assert!(ran.stderr.contains(&expect), "{}", ran.stderr);
        fs::remove_file(folder.at(name)).unwrap();
    }
    folder.run(&args).expect(0);
}
