//! Whether the README tells the truth: its commands run, and its card is what the program prints.

use crate::support::Folder;
use std::fs;
use std::path::Path;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The text of the first fenced block with that name.
fn block(readme: &str, name: &str) -> String {
    let start = format!("```{name}\n");
    let from = readme.find(&start).unwrap_or_else(|| panic!("no {name} block")) + start.len();
    readme[from..].split("```").next().unwrap().to_owned()
}

#[test]
fn the_first_command_prints_the_card() {
    let readme = readme();
    let command = block(&readme, "console");
    assert_eq!(command, "$ cargo run --release -- claims testdata/newsroom\n");
    let ran = Folder::in_project().run(&["claims", "testdata/newsroom"]).expect(0);
    let card = block(&readme, "text");
    assert!(ran.stdout.contains(&card), "the README's card is not in:\n{}", ran.stdout);
}

#[test]
fn the_commands_of_the_readme_run() {
    let folder = Folder::with(&[
        ("articles/a.txt", "Satu artikel pendek tentang hujan di kota."),
        ("b.txt", "Artikel lain tentang banjir di desa sebelah."),
        ("owners.tsv", "Kabar Sagara\tPelita Grup\n"),
        ("decisions.jsonl", ""),
    ]);
    let record = "{\"body\": \"Satu artikel pendek tentang hujan di kota.\"}\n";
    let text = "{\"text\": \"Satu artikel pendek tentang hujan di kota.\"}\n";
    fs::write(folder.at("batch.jsonl.zst"), zstd::encode_all(text.as_bytes(), 3).unwrap()).unwrap();
    fs::write(folder.at("stdin.jsonl"), record).unwrap();
    fs::write(folder.at("export.csv"), "id,text\n1,Satu artikel pendek tentang hujan.\n").unwrap();
    let readme = readme();
    let titles = ["## What you type", "## Claims in a spreadsheet, as linked data, as a graph"];
    let typed = titles.map(|title| block(readme.split(title).nth(1).unwrap(), "console"));
    let commands: Vec<String> = typed
        .concat()
        .lines()
        .map(|line| line.trim_start_matches("$ ").split(" #").next().unwrap().trim().to_owned())
        .collect();
    assert!(commands.len() >= 5, "{commands:?}");
    for command in commands {
        if command.starts_with("kutip eval") {
            continue; // tests/it/eval.rs runs it on real claims
        }
        let (pipe, call) = match command.split_once("| ") {
            Some((_, call)) => (true, call.to_owned()),
            None => (false, command.clone()),
        };
        let args: Vec<&str> =
            call.split_whitespace().skip(1).map(|a| a.trim_matches('\'')).collect();
        let mut run = folder.kutip(&args);
        if pipe {
            run.stdin(fs::File::open(folder.at("stdin.jsonl")).unwrap());
        }
        let ran = crate::support::Ran::of(&mut run);
        assert_eq!(ran.code, Some(0), "{command}: {}", ran.stderr);
    }
}

#[test]
fn the_claims_of_the_readme_are_measured() {
    let folder = Folder::in_project();
    let found = tempfile::tempdir().unwrap();
    let claims = found.path().join("claims.jsonl");
    let claims = claims.to_str().unwrap();
    folder.run(&["claims", "testdata/newsroom", "-o", claims, "--quiet"]).expect(0);
    let truth = "testdata/newsroom.truth.jsonl";
    let told =
        folder.run(&["eval", "claims", "--truth", truth, "--found", claims]).expect(0).stdout;
    let row = |name: &str| {
        let row = told.lines().find(|line| line.trim_start().starts_with(name));
        row.unwrap_or_else(|| panic!("no {name} in\n{told}")).to_owned()
    };
    for (name, figures) in [
        ("identical-to-edited", &["36 of 37", "0.973"][..]),
        ("confirmed ", &["41 of 41", "1.000"]),
        ("code points", &["1.000", "0.880"]),
    ] {
        for figure in figures {
            assert!(row(name).contains(figure), "{figure} in {}", row(name));
        }
    }
    assert!(readme().contains("| 1.000 (41 of 41) | .724 |"));
}
