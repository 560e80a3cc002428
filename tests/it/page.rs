//! What is a page before a browser sees it? One file beside the output, the same on every run, in which
//! articles stay text. What a reader does with it is in `tests/browser`.

use crate::support::{Folder, NEWS, QUOTED};

fn is_page(page: &str) -> bool {
    page.starts_with("<!doctype html>") && page.ends_with("</html>")
}

#[test]
fn a_page_beside_the_same_output() {
    let folder = Folder::with_news();
    let cards = folder.run(&["claims", "news.jsonl"]).expect(0).stdout;
    let args = ["claims", "news.jsonl", "--html", "report.html"];
    assert_eq!(folder.run(&args).expect(0).stdout, cards);
    let page = folder.read("report.html");
    assert!(is_page(&page) && page.contains(QUOTED) && page.contains("What 3 outlets said alike"));
    let other = [&args[..3], &["b.html", "--threads", "1", "-o", "b.jsonl"]].concat();
    folder.run(&other).expect(0);
    assert_eq!(folder.read("b.html"), page, "nothing depends on the run");
    folder.run(&[&args[..], &["--html-language", "id"]].concat()).expect(0);
    assert!(folder.read("report.html").contains("<html lang=\"id\">"));
}

#[test]
fn articles_stay_text() {
    let evil = NEWS.replace("\"Kabar\"", r#""Kabar\"><script>alert(1)</script>""#);
    let folder = Folder::with(&[("news.jsonl", &evil)]);
    folder.run(&["claims", "news.jsonl", "--html", "report.html"]).expect(0);
    let page = folder.read("report.html");
    assert!(page.contains("Kabar&quot;&gt;&lt;script&gt;alert(1)"), "it is there as text");
    assert_eq!(page.matches("<script").count(), 1, "and the page's own script alone");
}

#[test]
fn a_page_of_duplicates() {
    let twice = "{\"id\":\"a\",\"text\":\"Satu artikel <b>pendek</b> tentang hujan di kota.\"}\n\
        {\"id\":\"b\",\"text\":\"Satu artikel <b>pendek</b> tentang hujan di kota!\"}\n";
    let folder = Folder::with(&[("batch.jsonl", twice)]);
    let args = ["dedup", "batch.jsonl", "-o", "kept.jsonl", "--html", "clusters.html"];
    folder.run(&args).expect(0);
    let page = folder.read("clusters.html");
    assert!(is_page(&page) && page.contains("1 of 2 records"), "{page}");
    assert!(page.contains("&lt;b&gt;pendek") && !page.contains("<script"));
}

#[test]
fn what_cannot_be_written_is_told_before_and_leaves_nothing() {
    let folder = Folder::with_news();
    for (args, told) in [
        (&["claims", "news.jsonl", "--html", "no/report.html"][..], "no/report.html: cannot write"),
        (&["claims", "news.jsonl", "--html", "news.jsonl"], "--html is also an input"),
        (
            &["claims", "news.jsonl", "-o", "a", "--html", "a"],
            "--output and --html both write there",
        ),
        (&["claims", "news.jsonl", "--html-language", "id"], "--html <FILE>"),
        (&["dedup", "news.jsonl", "--html", "news.jsonl"], "--html is also an input"),
    ] {
        let ran = folder.run(args).expect(2);
        assert!(ran.stderr.contains(told), "{args:?}: {}", ran.stderr);
    }
    assert_eq!(folder.names(), ["news.jsonl"]);
}
