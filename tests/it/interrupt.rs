//! What an interrupted run leaves: nothing half-written, a line that says so, and an exit code.

#![cfg(unix)]

use crate::support::{Folder, NEWS};
use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};

/// Sends a signal, and gives how the process ended and what it told.
fn stopped(mut child: Child, signal: &str) -> (ExitStatus, String) {
    let kill = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let status = child.wait().unwrap();
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    (status, told)
}

/// A process that waits for more of its input.
fn reading(folder: &Folder, args: &[&str]) -> Child {
    let mut command = folder.kutip(args);
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A pipe holds less than that: once it is written, the program has begun to read.
    let news = NEWS.repeat((1 << 20) / NEWS.len());
    child.stdin.as_mut().unwrap().write_all(news.as_bytes()).unwrap();
    child
}

#[test]
fn an_interrupted_run_leaves_what_was_there() {
    let folder = Folder::with(&[("k.jsonl", "as it was")]);
    for (signal, code, how) in [("-INT", 130, "interrupted"), ("-TERM", 143, "terminated")] {
        let args = ["dedup", "-", "-o", "k.jsonl", "--removed", "r.jsonl"];
        let (status, told) = stopped(reading(&folder, &args), signal);
        assert_eq!(status.code(), Some(code), "{told}");
        assert_eq!(told, format!("{how}: nothing was written to k.jsonl, r.jsonl\n"));
        assert_eq!(folder.names(), ["k.jsonl"]);
        assert_eq!(folder.read("k.jsonl"), "as it was");
        let (status, told) = stopped(reading(&folder, &["claims", "-"]), signal);
        assert_eq!(status.code(), Some(code), "{told}");
        assert_eq!(told, format!("{how}: nothing was written to standard output\n"));
    }
}

/// A process that writes to a pipe that nobody empties, and has written all else by then.
fn writing(folder: &Folder) -> Child {
    let args = ["dedup", "news.jsonl", "--removed", "r.jsonl", "--annotate"];
    let mut command = folder.kutip(&args);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    child
}

fn temporary(folder: &Folder) -> Vec<String> {
    folder.names().into_iter().filter(|name| name.starts_with('.')).collect()
}

#[test]
fn a_run_that_is_interrupted_while_it_writes_leaves_no_temporary_file() {
    let folder = Folder::with(&[("news.jsonl", &NEWS.repeat(400))]);
    let child = writing(&folder);
    assert_eq!(temporary(&folder).len(), 1);
    let (status, told) = stopped(child, "-INT");
    assert_eq!(status.code(), Some(130), "{told}");
    let expect = "nothing was written to r.jsonl, and not all to standard output\n";
    assert_eq!(told, format!("interrupted: {expect}"));
    assert_eq!(folder.names(), ["news.jsonl"]);
}

#[test]
fn what_a_killed_run_leaves_the_next_one_removes() {
    let folder = Folder::with(&[("news.jsonl", &NEWS.repeat(400))]);
    let child = writing(&folder);
    let next = ["dedup", "news.jsonl", "-q", "-o", "k", "--removed", "r.jsonl"];
    let left = temporary(&folder);
    assert!(left[0].starts_with(".r.jsonl.kutip-"), "{left:?}");
    // While it runs, its file is its own.
    folder.run(&next).expect(0);
    assert_eq!(temporary(&folder), left);
    let (status, _) = stopped(child, "-KILL");
    assert_eq!((status.code(), temporary(&folder)), (None, left));
    folder.run(&next).expect(0);
    assert_eq!(folder.names(), ["k", "news.jsonl", "r.jsonl"]);
}
