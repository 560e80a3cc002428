//! What happens to the process: exit codes, messages, and outputs that are whole or not there.

use crate::support::{Folder, NEWS, QUOTED, Ran};
use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::process::Stdio;

#[test]
fn exit_codes_say_how_it_went() {
    let bad = "{\"text\": \"tanpa akhir\n";
    let folder = Folder::with(&[
        ("news.jsonl", NEWS),
        ("mixed.jsonl", &format!("{NEWS}{bad}")),
        ("bad.jsonl", &bad.repeat(3)),
        ("empty/.hidden", ""),
    ]);
    for (args, code) in [
        (&["claims", "news.jsonl"][..], 0),
        (&["claims", "news.jsonl", "--min-outlets", "99"], 0),
        (&["claims", "news.jsonl", "--threads", "1"], 0),
        (&["claims", "mixed.jsonl"], 1),
        (&["claims", "news.jsonl", "missing.txt"], 1),
        (&["claims", "bad.jsonl"], 2),
        (&["claims", "missing.txt"], 2),
        (&["claims", "empty"], 2),
        (&["claims"], 2),
        (&["claims", "news.jsonl", "--min-outlets", "0"], 2),
        (&["claims", "news.jsonl", "--threads", "0"], 2),
        (&["claims", "news.jsonl", "--field", "text"], 2),
        (&["claims", "news.jsonl", "--format", "xml"], 2),
        (&["claim"], 2),
        (&[], 2),
        (&["schema"], 0),
        (&["man"], 0),
        (&["man", "claims"], 0),
        (&["man", "claim"], 2),
        (&["help", "claims"], 0),
        (&["--version"], 0),
    ] {
        let ran = folder.run(args);
        assert_eq!(ran.code, Some(code), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn without_arguments_the_help_is_shown() {
    let ran = Folder::with(&[]).run(&[]).expect(2);
    assert!(ran.stderr.contains("Usage: kutip <COMMAND>"), "{}", ran.stderr);
}

#[test]
fn a_bad_record_is_named_with_its_line_and_kept() {
    let folder = Folder::with(&[("a.jsonl", &format!("{NEWS}{{\"text\": \"tanpa\n"))]);
    let ran = folder.run(&["claims", "a.jsonl", "--rejects", "bad.jsonl"]).expect(1);
    assert!(ran.stderr.lines().any(|line| line.starts_with("a.jsonl:4: ")), "{}", ran.stderr);
    assert!(ran.stderr.contains("1 rejected"), "{}", ran.stderr);
    let reject: serde_json::Value = serde_json::from_str(&folder.read("bad.jsonl")).unwrap();
    assert_eq!(reject["record"], "{\"text\": \"tanpa");
    assert_eq!((&reject["path"], &reject["line"]), (&"a.jsonl".into(), &4.into()));
}

#[test]
fn rejects_are_kept_where_all_is_rejected() {
    let folder = Folder::with(&[("a.jsonl", "{\n")]);
    let ran = folder.run(&["claims", "a.jsonl", "--rejects", "bad.jsonl", "-o", "c.txt"]).expect(2);
    assert!(ran.stderr.contains("error: no article to compare"), "{}", ran.stderr);
    assert_eq!(folder.names(), ["a.jsonl", "bad.jsonl"]);
    assert_eq!(folder.read("bad.jsonl").lines().count(), 1);
}

#[test]
fn a_missing_path_is_named_and_the_rest_is_read() {
    let ran = Folder::with_news().run(&["claims", "missing.txt", "news.jsonl"]).expect(1);
    assert!(ran.stderr.starts_with("missing.txt: cannot read: "), "{}", ran.stderr);
    assert!(ran.stdout.contains(QUOTED));
}

#[test]
fn quiet_leaves_the_errors() {
    let folder = Folder::with_news();
    assert_eq!(folder.run(&["claims", "news.jsonl", "-q"]).expect(0).stderr, "");
    let told = folder.run(&["claims", "news.jsonl"]).expect(0).stderr;
    assert!(told.contains("3 articles, 0 rejected") && told.contains("found 1 "), "{told}");
    let told = folder.run(&["claims", "news.jsonl", "missing.txt", "-q"]).expect(1).stderr;
    assert!(told.starts_with("missing.txt: "), "{told}");
}

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = Folder::with_news();
    for (variables, coloured) in [
        (&[][..], false),
        (&[("CLICOLOR_FORCE", "1")], true),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
    ] {
        let mut command = folder.kutip(&["claims", "news.jsonl"]);
        let ran = Ran::of(command.envs(variables.iter().copied())).expect(0);
        assert_eq!(ran.stdout.contains('\u{1b}'), coloured, "{variables:?}");
    }
}

#[test]
fn cards_fit_the_columns() {
    let folder = Folder::with_news();
    let widest = |columns: &str| {
        let mut command = folder.kutip(&["claims", "news.jsonl"]);
        let ran = Ran::of(command.env("COLUMNS", columns)).expect(0);
        ran.stdout.lines().map(|line| line.chars().count()).max().unwrap()
    };
    let (narrow, default, wide) = (widest("40"), widest("nonsense"), widest("160"));
    assert!(narrow <= 40 && 40 < default && default <= 80 && 80 < wide && wide <= 160);
}

#[test]
fn hostile_articles_cannot_command_the_terminal() {
    let news = NEWS.replace("menahan diri", r"menahan\u001b[2J\u009b2J\u202e diri");
    let folder = Folder::with(&[("a\u{1b}[2J.jsonl", &format!("{news}{{\u{1b}[2J\n"))]);
    let ran = folder.run(&["claims", "a\u{1b}[2J.jsonl"]).expect(1);
    assert!(ran.stdout.contains("\\u{1b}[2J"), "{}", ran.stdout);
    for text in [ran.stdout, ran.stderr] {
        let sent = text.chars().find(|&c| c != '\n' && (c.is_control() || c == '\u{202e}'));
        assert_eq!(sent, None, "{text}");
    }
}

#[test]
fn the_name_of_the_output_decides_the_format() {
    let folder = Folder::with_news();
    let run = |args: &[&str]| {
        folder.run(&[&["claims", "news.jsonl", "-q"], args].concat()).expect(0).stdout
    };
    let (cards, records) = (run(&[]), run(&["--format", "jsonl"]));
    assert!(records.starts_with("{\"type\":\"claim\"") && cards.starts_with("Each claim"));
    for (args, expect) in [
        (&["-o", "out.txt"][..], &cards),
        (&["-o", "out.jsonl"], &records),
        (&["-o", "out.ndjson"], &records),
        (&["-o", "out.jsonl", "--format", "text"], &cards),
    ] {
        assert_eq!(run(args), "");
        assert_eq!(folder.read(args[1]), *expect, "{args:?}");
    }
    run(&["-o", "out.jsonl.gz"]);
    let mut unzipped = String::new();
    let packed = File::open(folder.at("out.jsonl.gz")).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut unzipped).unwrap();
    assert_eq!(unzipped, records);
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let folder = Folder::with_news();
    let run = |args: &[&str]| {
        let all = [&["claims", "news.jsonl", "--format", "jsonl"], args].concat();
        let ran = Ran::of(folder.kutip(&all).env("RAYON_NUM_THREADS", "3"));
        ran.expect(0).stdout
    };
    let expect = run(&[]);
    for threads in ["1", "2", "7"] {
        assert_eq!(run(&["--threads", threads]), expect);
    }
}

#[test]
fn stats_are_for_machines() {
    let folder = Folder::with_news();
    let stats = |args: &[&str]| -> serde_json::Value {
        let all = [&["claims", "news.jsonl", "--stats", "stats.json"], args].concat();
        Ran::of(folder.kutip(&all).env("RAYON_NUM_THREADS", "3")).expect(0);
        serde_json::from_str(&folder.read("stats.json")).unwrap()
    };
    let found = stats(&[]);
    assert_eq!(found["documents"], 3);
    assert_eq!(found["bytes"], NEWS.len());
    assert_eq!(found["threads"], 3, "RAYON_NUM_THREADS is honoured");
    assert!(found["secs"].as_f64().unwrap() < 600.0 && found["stages"].is_array());
    assert_eq!(stats(&["--threads", "2"])["threads"], 2, "--threads goes first");
}

#[test]
fn an_output_that_is_an_input_is_refused() {
    let folder = Folder::with(&[("news/a.jsonl", NEWS)]);
    fs::hard_link(folder.at("news/a.jsonl"), folder.at("twin.jsonl")).unwrap();
    for (flag, output, input) in [
        ("--output", "news/a.jsonl", "news/a.jsonl"),
        ("--output", "news/../news/a.jsonl", "news/a.jsonl"),
        ("--output", "twin.jsonl", "news/a.jsonl"),
        ("--rejects", "news/a.jsonl", "news"),
        ("--stats", "news/a.jsonl", "news/*.jsonl"),
    ] {
        let ran = folder.run(&["claims", input, flag, output]).expect(2);
        let expect = format!("error: {output}: cannot write: {flag} is also an input");
        assert!(ran.stderr.starts_with(&expect), "{}", ran.stderr);
        assert_eq!(folder.read("news/a.jsonl"), NEWS);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_that_is_an_input_is_refused() {
    let folder = Folder::with_news();
    let input = OpenOptions::new().append(true).open(folder.at("news.jsonl")).unwrap();
    let mut command = folder.kutip(&["claims", "news.jsonl"]);
    let child = command.stdout(input).stderr(Stdio::piped()).spawn().unwrap();
    let ran = child.wait_with_output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let expect = "error: standard output: cannot write: it is also an input, by way of news.jsonl\n\
                  hint: redirect it to a file that is not read\n";
    assert_eq!(String::from_utf8(ran.stderr).unwrap(), expect);
    assert_eq!(folder.read("news.jsonl"), NEWS);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_as_standard_input_cannot_be_read_wherever_the_output_goes() {
    let folder = Folder::with_news();
    let (input, output) = (fs::File::open(folder.at(".")), fs::File::create(folder.at("out.txt")));
    let mut command = folder.kutip(&["claims", "-"]);
    command.stdin(input.unwrap()).stdout(output.unwrap()).stderr(Stdio::piped());
    let ran = command.spawn().unwrap().wait_with_output().unwrap();
    let stderr = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(stderr.starts_with("-: cannot read: is a directory"), "{stderr}");
}

#[test]
fn a_new_output_among_the_inputs_is_not_read() {
    let folder = Folder::with(&[("news/a.jsonl", NEWS)]);
    let ran = folder.run(&["claims", "news", "-o", "news/claims.jsonl"]).expect(0);
    assert!(ran.stderr.contains("read 1 file,"), "{}", ran.stderr);
    // The next run would read it.
    folder.run(&["claims", "news", "-o", "news/claims.jsonl"]).expect(2);
}

#[test]
fn two_outputs_may_not_be_one() {
    let folder = Folder::with_news();
    let ran = folder.run(&["claims", "news.jsonl", "-o", "x", "--stats", "./x"]).expect(2);
    assert!(ran.stderr.contains("--output and --stats both write there"), "{}", ran.stderr);
    assert_eq!(folder.names(), ["news.jsonl"]);
}

#[test]
fn an_output_that_cannot_be_written_is_found_out_before_reading() {
    let folder = Folder::with_news();
    for flag in ["--output", "--rejects", "--stats"] {
        let ran =
            folder.run(&["claims", "missing.txt", "news.jsonl", flag, "no/x.jsonl"]).expect(2);
        assert!(ran.stderr.starts_with("error: no/x.jsonl: cannot write: "), "{}", ran.stderr);
        assert!(ran.stderr.contains("hint: the folder no does not exist"), "{}", ran.stderr);
    }
    folder.run(&["claims", "news.jsonl", "-o", "."]).expect(2);
    assert_eq!(folder.names(), ["news.jsonl"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_admits_no_file_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("news.jsonl", NEWS), ("shut/old.txt", "old")]);
    fs::set_permissions(folder.at("shut"), fs::Permissions::from_mode(0o555)).unwrap();
    if File::create(folder.at("shut/probe")).is_ok() {
        return eprintln!("not tested: this user may write in every folder");
    }
    for name in ["shut/new.txt", "shut/old.txt"] {
        let ran = folder.run(&["claims", "news.jsonl", "-o", name]).expect(2);
        assert!(ran.stderr.contains("cannot write: permission denied"), "{}", ran.stderr);
    }
    assert_eq!(folder.read("shut/old.txt"), "old");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_never_looks_like_success() {
    let folder = Folder::with(&[("mixed.jsonl", &format!("{NEWS}{{\n"))]);
    for flag in ["--output", "--rejects", "--stats"] {
        let ran = folder.run(&["claims", "mixed.jsonl", flag, "/dev/full"]).expect(2);
        assert!(ran.stderr.contains("/dev/full: cannot write: no space left"), "{}", ran.stderr);
    }
    for args in [&["claims", "mixed.jsonl"][..], &["schema"], &["man"], &["completions", "bash"]] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = folder.kutip(args);
        let child = command.stdout(full).stderr(Stdio::piped()).spawn().unwrap();
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(2), "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_is_no_failure() {
    let folder = Folder::with(&[("mixed.jsonl", &format!("{NEWS}{{\n"))]);
    for args in [&["claims", "mixed.jsonl"][..], &["schema"], &["completions", "zsh"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = folder.kutip(args);
        let ran = command.stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let ran = ran.wait_with_output().unwrap();
        assert_eq!(ran.status.code(), Some(0), "{args:?}");
        let told = String::from_utf8(ran.stderr).unwrap();
        assert!(!told.lines().any(|line| line.starts_with("error")), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn nobody_listening_on_stderr_is_no_failure_either() {
    let folder = Folder::with(&[("mixed.jsonl", &format!("{NEWS}{}", "{\n".repeat(30)))]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = folder.kutip(&["claims", "mixed.jsonl"]);
    let mut child = command.stdout(Stdio::null()).stderr(writer).spawn().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_directly() {
    let folder = Folder::with_news();
    let made = std::process::Command::new("mkfifo").arg(folder.at("pipe")).status();
    if !made.is_ok_and(|status| status.success()) {
        return eprintln!("not tested: no mkfifo");
    }
    let mut command = folder.kutip(&["claims", "news.jsonl", "--format", "jsonl", "-o", "pipe"]);
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    let read = fs::read_to_string(folder.at("pipe")).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(read.lines().last().unwrap().contains("summary"));
    assert_eq!(folder.names(), ["news.jsonl", "pipe"]);
}

#[test]
fn standard_input_is_read() {
    let folder = Folder::with_news();
    let mut command = folder.kutip(&["claims", "-", "--format", "jsonl"]);
    let ran = Ran::of(command.stdin(File::open(folder.at("news.jsonl")).unwrap())).expect(0);
    assert!(ran.stdout.contains("\"documents\":3"), "{}", ran.stdout);
}

#[test]
fn every_shell_and_every_command_is_described() {
    let folder = Folder::with(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(folder.run(&["completions", shell]).expect(0).stdout.contains("min-outlets"));
    }
    let page = folder.run(&["man", "claims"]).expect(0).stdout;
    assert!(page.contains(".TH kutip-claims 1") && page.contains("min\\-outlets"));
}

#[cfg(unix)]
#[test]
fn standard_input_under_several_names_is_read_once() {
    let folder = Folder::with_news();
    let mut command =
        folder.kutip(&["claims", "-", "/dev/stdin", "/dev/fd/0", "-f", "jsonl", "-q"]);
    command.stdin(std::fs::File::open(folder.at("news.jsonl")).unwrap());
    let ran = Ran::of(&mut command).expect(0);
    let summary: serde_json::Value =
        serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(summary["documents"], 3, "{}", ran.stderr);
}
