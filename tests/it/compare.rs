//! What is shown of two articles, and how they are named.

use crate::support::{Folder, NEWS, QUOTED};

fn two() -> Folder {
    let texts: Vec<String> = (NEWS.lines())
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|record| record["text"].as_str().unwrap().to_owned())
        .collect();
    Folder::with(&[
        ("a.txt", &texts[0]),
        ("b.txt", &texts[1]),
        ("news.jsonl", NEWS),
        ("one.jsonl", NEWS.lines().next().unwrap()),
    ])
}

#[test]
fn articles_are_files_or_lines() {
    let folder = two();
    for args in [
        &["compare", "a.txt", "b.txt"][..],
        &["compare", "a.txt", "b.txt", "--among", "news.jsonl"],
        &["compare", "news.jsonl:1", "news.jsonl:3"],
        &["compare", "a.txt", "news.jsonl:2"],
        &["compare", "one.jsonl", "b.txt"],
    ] {
        let shown = folder.run(args).expect(0).stdout;
        assert!(shown.contains("\n1 passage in both"), "{args:?}\n{shown}");
        assert_eq!(shown.matches("[1]").count(), 2, "{args:?}\n{shown}");
        assert!(!shown.contains('\u{1b}'), "no styles where nobody sees them");
    }
}

#[test]
fn the_page_tells_how_they_stand() {
    let folder = two();
    let shown = |width: &str| {
        let mut run = folder.kutip(&["compare", "a.txt", "b.txt"]);
        crate::support::Ran::of(run.env("COLUMNS", width)).expect(0).stdout
    };
    assert!(shown("120").lines().any(|line| line.matches("[1]").count() == 2));
    let narrow = shown("79");
    assert!(narrow.lines().any(|line| line.starts_with("A  [1]")), "{narrow}");
    assert!(narrow.lines().any(|line| line.starts_with("B  [1]")), "{narrow}");
    let words: String = narrow.replace("\nA ", "").split_whitespace().collect();
    assert!(words.contains(&QUOTED.replace(' ', "")));
}

#[test]
fn what_names_no_article_is_told_with_the_way_out() {
    let folder = two();
    for (args, expect) in [
        (["a.txt", "a.txt"], "a.txt: the same article twice: expected two articles, got one"),
        (["a.txt", "./a.txt"], "a.txt: the same article twice: expected two articles, got one"),
        (
            ["a.txt", "news.jsonl"],
            "news.jsonl: names no article: expected one article, got 3 records",
        ),
        (["a.txt", "news.jsonl:9"], "news.jsonl: no such article: expected a line with an article"),
        (
            ["a.txt", "b.txt:2"],
            "b.txt: no such article: expected no line, as the file is one article",
        ),
        (["a.txt", "none.txt"], "none.txt: cannot read: no such file or directory"),
    ] {
        let told = folder.run(&["compare", args[0], args[1]]).expect(2).stderr;
        assert!(told.starts_with(&format!("error: {expect}")), "{told}");
    }
    let told = folder.run(&["compare", "a.txt", "news.jsonl"]).expect(2).stderr;
    assert!(told.contains("\nhint: an article is PATH, or PATH:LINE for a record"), "{told}");
}

#[test]
fn others_that_cannot_be_read_do_not_stop_it() {
    let ran = two().run(&["compare", "a.txt", "b.txt", "--among", "none"]).expect(1);
    assert!(ran.stderr.starts_with("none: cannot read: "), "{}", ran.stderr);
    assert!(ran.stdout.contains("[1]"));
}
