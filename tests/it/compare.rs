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

/// Two articles as a wide page shows them.
fn wide(a: &str, b: &str) -> String {
    let folder = Folder::with(&[("a.txt", a), ("b.txt", b)]);
    let mut run = folder.kutip(&["compare", "a.txt", "b.txt"]);
    crate::support::Ran::of(run.env("COLUMNS", "240")).expect(0).stdout
}

#[test]
fn what_is_confirmed_is_not_hidden_by_what_is_suggested() {
    let en = |name| format!("{}/testdata/languages/en/{name}", env!("CARGO_MANIFEST_DIR"));
    let read = |name| std::fs::read_to_string(en(name)).unwrap();
    let shown = wide(&read("en-beacon-bank.txt"), &read("en-mercury-bank.txt"));
    let july = |line: &&str| line.matches("From July, small lenders").count() == 2;
    let row = shown.lines().find(july).unwrap_or_else(|| panic!("{shown}"));
    assert_eq!(row.matches("[2]").count(), 2, "{shown}");
    assert!(!shown.contains("‘July’"), "both have it: {shown}");
    assert!(shown.contains("\n4 passages in both, 1 only suggested [n?]\n"), "{shown}");
}

#[test]
fn sentences_that_touch_have_numbers_of_their_own() {
    let sentences = [
        "白浜港は火曜日に貨物船の受け入れを再開したと港湾当局が発表した。",
        "嵐で漁師町の住宅二百四十一棟が損壊し屋根が飛ばされた。",
        "市長は防波堤の費用を町が十年前に出したことを誇りに思うと述べた。",
        "穀物倉庫の屋根は来週までに修理される予定である。",
    ];
    let text = sentences.concat();
    let shown = wide(&text, &format!("{text}\n\n別の記者が伝えた。\n"));
    for (number, sentence) in (1..).zip(sentences) {
        let told = format!("[{number}] {sentence}");
        assert!(shown.lines().any(|line| line.matches(&told).count() == 2), "{told}\n{shown}");
    }
    let text = "Presiden Tokayev memerintahkan tentara menembak mati penjarah di Almaty kemarin \
                malam.“Kami tidak akan pernah berunding dengan para penjarah bersenjata itu sampai \
                kapan pun,” kata dia.";
    let shown = wide(text, &format!("{text}\n\nLain lagi.\n"));
    assert_eq!(shown.matches("[2] “Kami tidak").count(), 2, "{shown}");
}

#[test]
fn a_wording_is_marked_wherever_it_stands() {
    let text = |time: &str, between: &str| {
        let told = format!(
            "Presiden Tokayev memerintahkan tentara menembak mati penjarah di Almaty kemarin {time}."
        );
        format!("Rapat\n\n{told}\n\n{between}\n\n{told}\n")
    };
    let shown = wide(
        &text("malam", "Satu hal lain yang sungguh berbeda dari segala hal terjadi hari ini."),
        &text("siang", "Dua kali lain yang tidak berbeda dari segala hal terjadi hari ini."),
    );
    assert_eq!(shown.matches("[-malam-]").count(), 2, "{shown}");
    assert_eq!(shown.matches("{+siang+}").count(), 2, "{shown}");
}

#[test]
fn wordings_stand_in_one_row_where_they_are_compared() {
    let newsroom = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/newsroom/");
    let read = |name| std::fs::read_to_string(format!("{newsroom}{name}")).unwrap();
    let shown =
        wide(&read("harian-cakrawala-kazakhstan.txt"), &read("lentera-pagi-kazakhstan-1.txt"));
    let rows: Vec<&str> =
        shown.split("\n\n").filter(|row| row.contains("[2] quoted words differ: ")).collect();
    let [row] = rows[..] else { panic!("{shown}") };
    assert!(row.contains("“{+Saya pikir satu+} pelajaran"), "{row}");
    assert!(row.contains("[2] \"Pelajaran [-dari-] sejarah"), "{row}");
}

#[test]
fn what_is_no_file_with_an_article_is_told_as_what_it_is() {
    let folder = Folder::with(&[("a.txt", QUOTED), ("in/b.txt", QUOTED), ("empty.txt", "")]);
    for (b, expect, hint) in [
        ("in", "in: names no article: expected one file, got a directory", "in/b.txt"),
        ("in/*.txt", "in/*.txt: names no article: expected one file, got a pattern", "in/b.txt"),
        ("https://example.org/a", "https://example.org/a: cannot read", "fetches nothing"),
        ("empty.txt", "empty.txt: empty text", "give another article"),
    ] {
        let told = folder.run(&["compare", "a.txt", b]).expect(2).stderr;
        assert!(told.starts_with(&format!("error: {expect}")), "{told}");
        let hinted = told.lines().find(|line| line.starts_with("hint: "));
        assert!(hinted.is_some_and(|line| line.contains(hint)), "{told}");
    }
}
