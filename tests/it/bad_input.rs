//! What is told of each kind of bad input, and what is kept: the table at the end of the README, of
//! which each row is run here.

use crate::support::{Folder, Ran};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

const GOOD: &str = "{\"text\":\"Hujan turun sejak pagi di seluruh kota.\"}\n";

const PIPED: &str = "{\"text\":\"Banjir di desa sebelah.\"}\n";

/// A run of `kutip dedup good.jsonl …`.
struct Case {
    /// The first column.
    name: &'static str,
    files: Vec<(&'static str, Vec<u8>)>,
    args: Vec<&'static str>,
    /// What is kept beside the record of `good.jsonl`, where "all" is.
    also_kept: String,
    how: How,
}

/// What a run needs beside files and arguments.
#[derive(PartialEq)]
enum How {
    Plain,
    /// A user whom permissions stop; this name may not be read, or nothing be made in it.
    Shut(&'static str),
    /// A pipe that is read after the file, which changes meanwhile.
    Changing,
    /// Standard input that has this.
    Stdin(&'static str),
    Linux,
}

fn case(name: &'static str, args: &[&'static str]) -> Case {
    let (files, also_kept, how) = (Vec::new(), String::new(), How::Plain);
    Case { name, files, args: args.to_vec(), also_kept, how }
}

fn with(name: &'static str, file: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    Case { files: vec![(file, bytes.into())], ..case(name, &[file]) }
}

/// A line of JSON Lines that is no record.
fn line(name: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    with(name, "a.jsonl", bytes)
}

/// Lines of JSON Lines that are kept, as they are but for what is given.
fn kept(name: &'static str, lines: &str, also_kept: &str) -> Case {
    Case { also_kept: also_kept.to_owned(), ..line(name, lines) }
}

fn paths() -> Vec<Case> {
    let shut =
        |name, file: &'static str| Case { how: How::Shut(file), ..with(name, file, "hujan") };
    vec![
        case("a path that is not there", &["a.txt"]),
        with("a folder without articles", "pictures/a.jpg", "x").of(&["pictures"]),
        case("a glob that matches nothing", &["*.html"]),
        case("a glob that is none", &["a**.txt"]),
        shut("a file without the right to read it", "a.txt"),
        case("two paths to one file", &["./good.jsonl", "*.jsonl"]),
        Case {
            how: How::Stdin(PIPED),
            also_kept: PIPED.to_owned(),
            ..case("standard input twice", &["-", "/dev/stdin"])
        },
        Case { how: How::Changing, ..line("a file that changes while it is read", GOOD) },
    ]
}

impl Case {
    fn of(self, args: &[&'static str]) -> Case {
        Case { args: args.to_vec(), ..self }
    }
}

fn packed() -> Vec<Case> {
    let text = "Satu artikel tentang hujan di kota. ".repeat(400);
    let pack = |name: &str| {
        let mut packed = Vec::new();
        match name {
            "gz" => drop(
                flate2::write::GzEncoder::new(&mut packed, flate2::Compression::fast())
                    .write_all(text.as_bytes()),
            ),
            "bz2" => drop(
                bzip2::write::BzEncoder::new(&mut packed, bzip2::Compression::fast())
                    .write_all(text.as_bytes()),
            ),
            "xz" => drop(liblzma::write::XzEncoder::new(&mut packed, 1).write_all(text.as_bytes())),
            _ => packed = zstd::encode_all(text.as_bytes(), 1).unwrap(),
        }
        packed
    };
    let cut = |name, file: &'static str| {
        let packed = pack(Path::new(file).extension().unwrap().to_str().unwrap());
        with(name, file, &packed[..packed.len() - 12])
    };
    let damaged = |name, file: &'static str| {
        let mut packed = pack(Path::new(file).extension().unwrap().to_str().unwrap());
        let middle = packed.len() / 2;
        packed[middle..middle + 8].copy_from_slice(&[0x5a; 8]);
        with(name, file, packed)
    };
    let mut twice = Vec::new();
    flate2::write::GzEncoder::new(&mut twice, flate2::Compression::fast())
        .write_all(&pack("gz"))
        .unwrap();
    vec![
        cut("gzip that is cut off", "a.txt.gz"),
        cut("zstd that is cut off", "a.txt.zst"),
        cut("bzip2 that is cut off", "a.txt.bz2"),
        cut("xz that is cut off", "a.txt.xz"),
        damaged("gzip that is damaged", "a.txt.gz"),
        damaged("bzip2 that is damaged", "a.txt.bz2"),
        damaged("xz that is damaged", "a.txt.xz"),
        with("gzip in gzip", "a.txt.gz", twice),
    ]
}

fn formats() -> Vec<Case> {
    vec![
        with("PDF, named as text", "a.txt", "%PDF-1.7\n"),
        with("HTML, named as JSON Lines", "a.jsonl", "<!DOCTYPE html><p>Hujan</p>"),
        with("XML", "a.xml", "<?xml version=\"1.0\"?><rss/>"),
        Case {
            also_kept: "{\"path\":\"a.txt\",\"text\":\"{\\\"text\\\":\\\"hujan\\\"}\"}\n"
                .to_owned(),
            ..with("JSON Lines, named as text: an article", "a.txt", "{\"text\":\"hujan\"}")
        },
        with("ZIP, and what is one inside", "a.docx", "PK\x03\x04\x14\0"),
        with("Parquet that is cut off", "a.parquet", "PAR1\x15\x04\x15\x10\x15\x14"),
        with("binary data", "a", "hujan\0\x01\x02turun"),
        with("an empty file", "a.txt", ""),
        with("white space only", "a.txt", " \n\t\n"),
        with("UTF-16 of an odd length", "a.txt", b"\xff\xfeh\0u\0j\0a\0n\0 \0d".to_vec()),
        with("UTF-32", "a.txt", b"\xff\xfe\0\0h\0\0\0".to_vec()),
        with(
            "damaged UTF-8 in a text",
            "a.txt",
            b"Caf\xc3\xa9 \xe2\x80\x9cBali\xe2\x80 buka".to_vec(),
        ),
        line(
            "damaged UTF-8 in a line",
            b"{\"text\":\"Caf\xc3\xa9, h\xc3\xb4tel \xe2\x80\"}".to_vec(),
        ),
        line(
            "a legacy charset in a line",
            b"{\"text\":\"Le caf\xe9 ferm\xe9 \xe0 midi\"}".to_vec(),
        ),
        line("a JSON array", "[{\"text\":\"hujan\"},\n{\"text\":\"banjir\"}]"),
        line("an object of several lines", "{\n  \"text\": \"hujan\"\n}\n"),
    ]
}

fn lines() -> Vec<Case> {
    let deep = format!("{{\"text\":{}\"x\"{}}}", "[".repeat(200), "]".repeat(200));
    vec![
        line("an object that is not closed", "{\"text\":\"hujan\"\n{\"text\":\"banj"),
        line("two objects in a line", "{\"text\":\"hujan\"} {\"text\":\"banjir\"}"),
        line("a comma at the end", "{\"text\":\"hujan\",}"),
        line("single quotes", "{\"id\": 1, 'text': 'hujan'}"),
        line("NaN", "{\"text\":\"hujan\",\"score\":NaN}"),
        line("a line that is no object", "\"hujan\""),
        line("no text", "{\"headline\":\"hujan\",\"url\":\"http://a.example\"}"),
        line("an empty text", "{\"text\":\"\"}"),
        line("a text of white space", "{\"text\":\" \\n\"}"),
        line("null for a text", "{\"text\":null}"),
        line("a number for a text", "{\"text\":17}"),
        line("an object for a text", "{\"text\":{\"plain\":\"hujan\"}}"),
        line("an array for a text", "{\"text\":[\"hujan\",\"banjir\"]}"),
        line("a text that is nested too deeply", deep),
        line("a control character in a string", "{\"text\":\"hu\u{1}jan\"}"),
        line("a NUL in a string", "{\"text\":\"hu\0jan\"}"),
        line("half a surrogate pair", r#"{"text":"hujan \ud83d turun"}"#),
    ]
}

fn odd_but_kept() -> Vec<Case> {
    let same = |name, line: &str| kept(name, line, line);
    let (a, b) = ("{\"text\":\"Banjir di desa.\"}", "{\"text\":\"Kemarau panjang.\"}");
    let long = format!("{{\"text\":\"{}\"}}\n", "Banjir di desa sebelah. ".repeat(100_000));
    vec![
        same("a field that is there twice", "{\"text\":\"hujan\",\"text\":\"Banjir di desa.\"}\n"),
        same("a number for an id", "{\"id\":17,\"text\":\"Banjir di desa.\"}\n"),
        same("an escaped NUL", "{\"text\":\"Banjir\\u0000di desa.\"}\n"),
        same("a line of 2 MB", &long),
        same("CRLF and LF", &format!("{a}\r\n{b}\n")),
        kept("blank lines", &format!("\n{a}\n \t\n\n{b}"), &format!("{a}\n{b}\n")),
        kept(
            "a byte-order mark inside",
            &format!("\u{feff}{a}\n\u{feff}{b}\n"),
            &format!("{a}\n{b}\n"),
        ),
    ]
}

fn options() -> Vec<Case> {
    let against = |name, args: &[&'static str]| with(name, "empty.jsonl", "").of(args);
    vec![
        case("`--threshold 80%`", &["--threshold", "80%"]),
        case("`--threshold 1.5`", &["--threshold", "1.5"]),
        case("`--threshold 0.01`", &["--threshold", "0.01"]),
        case("`--shingle 5`", &["--shingle", "5"]),
        case("`--field body`", &["--field", "body"]),
        case("`--field teks=body`", &["--field", "teks=body"]),
        case("`--field text=body` of records without one", &["--field", "text=body"]),
        case("`--keep best`", &["--keep", "best"]),
        case("`--keep priority:FILE` without that file", &["--keep", "priority:outlets.txt"]),
        case("`--since yesterday`", &["--since", "yesterday"]),
        case("`--since 2022 --until 2021`", &["--since", "2022", "--until", "2021"]),
        case("`--since 2022` of records without a date", &["--since", "2022"]),
        case("`--against` a path that is not there", &["--against", "archive"]),
        against("`--against` what is empty", &["--against", "empty.jsonl"]),
        case("`--against` an input", &["--against", "good.jsonl"]),
        case("`--threads 0`", &["--threads", "0"]),
    ]
}

fn outputs() -> Vec<Case> {
    let shut = with("an output in a folder that admits no file", "shut/old.txt", "x");
    vec![
        case("an output that is an input", &["-o", "good.jsonl"]),
        case("a Parquet output of other inputs", &["-o", "kept.parquet"]),
        case("two outputs in one place", &["-o", "kept.jsonl", "--removed", "./kept.jsonl"]),
        case("an output in a folder that is not there", &["-o", "out/kept.jsonl"]),
        with("an output that is a folder", "out/a.txt", "hujan").of(&["-o", "out"]),
        case(
            "an output named as what `--resume` leaves",
            &["-o", "run/clusters.kutip", "--resume", "run"],
        ),
        with(
            "`--resume` a folder with something else in the place of its files",
            "run/clusters.kutip/a.txt",
            "x",
        )
        .of(&["--resume", "run"]),
        with("`--resume` with a file of another use", "run/lock.kutip", "x")
            .of(&["--resume", "run"]),
        case("`--resume` of standard input", &["-", "--resume", "run"]),
        Case { how: How::Shut("shut"), ..shut.of(&["-o", "shut/kept.jsonl"]) },
        Case { how: How::Linux, ..case("a full disk", &["-o", "/dev/full"]) },
    ]
}

/// A row of the table.
#[derive(Debug, PartialEq)]
struct Row {
    /// A line of stderr; empty where there is none.
    told: String,
    exit: i32,
    kept: String,
}

/// The rows by their first column.
fn rows() -> BTreeMap<String, Row> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let section = readme.split("## Bad input\n").nth(1).expect("a section of that name");
    let section = section.split("\n## ").next().unwrap();
    let is_row = |line: &&str| line.starts_with("| ") && !line.starts_with("| input |");
    section.lines().filter(is_row).map(row).collect()
}

fn row(line: &str) -> (String, Row) {
    let line = line.replace("\\|", "\u{0}");
    let cells: Vec<String> =
        line.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect();
    let [_, name, told, exit, kept, _] = &cells[..] else { panic!("four columns: {line}") };
    let quoted = |mark: &str| told.strip_prefix(mark)?.strip_suffix(mark);
    let told = quoted("``").map(str::trim).or_else(|| quoted("`")).unwrap_or_default().to_owned();
    (name.clone(), Row { told, exit: exit.parse().unwrap(), kept: kept.clone() })
}

#[test]
fn the_table_of_the_readme_is_what_happens() {
    let mut rows = rows();
    let mut wrong = Vec::new();
    let all = [paths(), packed(), formats(), lines(), odd_but_kept(), options(), outputs()];
    for case in all.into_iter().flatten() {
        let row = rows.remove(case.name);
        match run(&case) {
            Some(came) if row.as_ref().is_some_and(|row| came.is_as(row)) => {}
            Some(came) => wrong.push(format!("{}: {row:?}\nis {came:?}", case.name)),
            None => eprintln!("not tested on this system: {}", case.name),
        }
    }
    assert!(wrong.is_empty(), "not as the README says:\n{}", wrong.join("\n\n"));
    let without: Vec<&String> = rows.keys().collect();
    assert!(without.is_empty(), "nothing runs {without:?}");
}

/// What a run came to.
#[derive(Debug)]
struct Came {
    told: Vec<String>,
    exit: i32,
    kept: &'static str,
}

impl Came {
    fn is_as(&self, row: &Row) -> bool {
        let is_told = match row.told.is_empty() {
            true => self.told.is_empty(),
            false => self.told.contains(&row.told),
        };
        is_told && self.exit == row.exit && self.kept == row.kept
    }
}

/// Runs a case; `None` where this system cannot.
fn run(case: &Case) -> Option<Came> {
    let files: Vec<(&str, &str)> = vec![("good.jsonl", GOOD)];
    let folder = Folder::with(&files);
    for (name, bytes) in &case.files {
        let path = folder.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let has_output = case.args.contains(&"-o");
    let output: &[&str] = if has_output { &[] } else { &["-o", "kept.jsonl"] };
    let args = [&["dedup", "good.jsonl", "-q"], &case.args[..], output].concat();
    let before = content(&folder);
    let ran = match case.how {
        How::Plain => folder.run(&args),
        How::Linux if cfg!(target_os = "linux") => folder.run(&args),
        How::Linux => return None,
        How::Stdin(bytes) => run_piped(&folder, &args, bytes),
        How::Shut(name) => run_shut(&folder, name, &args)?,
        How::Changing => run_changing(&folder, &args)?,
    };
    let kept = fs::read_to_string(folder.at("kept.jsonl")).ok();
    let kept = match kept {
        None if content(&folder) == before || case.how == How::Changing => "nothing",
        Some(kept) if kept == GOOD && case.also_kept.is_empty() => "the rest",
        Some(kept) if kept == format!("{GOOD}{}", case.also_kept) => "all",
        _ => "something else",
    };
    let path = fs::canonicalize(folder.at(".")).unwrap().display().to_string();
    let told = ran.stderr.replace(&path, "FOLDER").lines().map(str::to_owned).collect();
    Some(Came { told, exit: ran.code.unwrap(), kept })
}

/// All files with their bytes.
fn content(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for name in folder.names() {
        let bytes = fs::read(folder.at(&name)).unwrap_or_default();
        found.insert(name, bytes);
    }
    found
}

fn run_piped(folder: &Folder, args: &[&str], bytes: &str) -> Ran {
    let (reader, mut writer) = std::io::pipe().unwrap();
    writer.write_all(bytes.as_bytes()).unwrap();
    drop(writer);
    Ran::of(folder.kutip(args).stdin(reader))
}

#[cfg(unix)]
fn run_shut(folder: &Folder, name: &str, args: &[&str]) -> Option<Ran> {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.at(name);
    let is_folder = path.is_dir();
    let mode = if is_folder { 0o555 } else { 0 };
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    let is_stopped = match is_folder {
        true => fs::write(path.join("probe"), "x").is_err(),
        false => fs::read(&path).is_err(),
    };
    is_stopped.then(|| folder.run(args))
}

#[cfg(not(unix))]
fn run_shut(_: &Folder, _: &str, _: &[&str]) -> Option<Ran> {
    None
}

/// One thread reads the files in their order: once it opens the pipe, it has read the file.
#[cfg(unix)]
fn run_changing(folder: &Folder, args: &[&str]) -> Option<Ran> {
    use std::process::{Command, Stdio};
    let made = Command::new("mkfifo").arg(folder.at("pipe")).status();
    if !made.is_ok_and(|status| status.success()) {
        return None;
    }
    let mut command = folder.kutip(&[args, &["pipe", "--threads", "1"]].concat());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = fs::OpenOptions::new().write(true).open(folder.at("pipe")).unwrap();
    fs::write(folder.at("a.jsonl"), "{\"text\":\"Banjir.\"}\n").unwrap();
    pipe.write_all(GOOD.as_bytes()).unwrap();
    drop(pipe);
    let ran = child.wait_with_output().unwrap();
    fs::remove_file(folder.at("pipe")).unwrap();
    let (stdout, stderr) = (String::from_utf8(ran.stdout), String::from_utf8(ran.stderr));
    Some(Ran { code: ran.status.code(), stdout: stdout.unwrap(), stderr: stderr.unwrap() })
}

#[cfg(not(unix))]
fn run_changing(_: &Folder, _: &[&str]) -> Option<Ran> {
    None
}
