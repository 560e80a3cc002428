//! What two articles look like side by side and one above the other.

use super::*;
use crate::document::{DocId, Fields, Source};

const A: &str = "Beranda | Nasional\n\nRob Sagara\n\nHujan deras merendam kota sejak pagi tadi, kata Badan Penanggulangan Bencana Daerah (BPBD) Sagara.\n\n\
    Kepala BPBD menyatakan “Rob merendam sekitar 1.240 rumah warga pesisir pada Senin malam,” kata dia.\n\n\
    Dua nelayan dirawat di puskesmas karena terjepit perahu yang lepas dari tambatan.\n";
const B: &str = "Dua nelayan dirawat di puskesmas karena terjepit perahu yang lepas dari tambatan.\n\n\
    Pelabuhan ditutup Badan Penanggulangan Bencana Daerah (BPBD).\n\n“Rob merendam 1.420 rumah warga pesisir Senin malam,” ujarnya, Selasa.\n";

fn compared() -> Compared {
    let document = |(path, text): (&str, &str)| crate::document::Document {
        source: Source { path: path.to_owned(), line: None, encoding: "UTF-8" },
        fields: Fields { outlet: Some(format!("Outlet {path}")), ..Fields::default() },
        text: text.to_owned(),
    };
    let documents: Vec<_> = [("a.txt", A), ("b.txt", B)].map(document).into();
    let sources = [documents[0].source.clone(), documents[1].source.clone()];
    crate::pipeline::compare(documents, &sources).unwrap()
}

fn shown(width: usize, colour: bool) -> String {
    let mut out = Vec::new();
    write(&compared(), Page { width, colour }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn side_by_side() {
    insta::assert_snapshot!(shown(100, false), @"
    Outlet a.txt, undated                            │ Outlet b.txt, undated
    a.txt                                            │ b.txt

    2 passages in both; 1 differs in meaning
    _so_: in the other too, word for word, but no passage

    Beranda | Nasional                               │
    Rob Sagara                                       │
    Hujan deras merendam kota sejak pagi tadi, kata  │
    _Badan Penanggulangan Bencana Daerah (BPBD)_     │
    Sagara.                                          │
    Kepala BPBD menyatakan                           │
    [1] “Rob merendam [-sekitar 1.240-] rumah warga  │
    pesisir [-pada-] Senin malam,”                   │
    kata dia.                                        │

    [2] Dua nelayan dirawat di puskesmas karena      │ [2] Dua nelayan dirawat di puskesmas karena
    terjepit perahu yang lepas dari tambatan.        │ terjepit perahu yang lepas dari tambatan.

                                                     │ Pelabuhan ditutup _Badan Penanggulangan Bencana
                                                     │ Daerah (BPBD)_.
                                                     │ [1] “Rob merendam {+1.420+} rumah warga pesisir
                                                     │ Senin malam,”
                                                     │ ujarnya, Selasa.
    [1] quoted words differ: hedge only in A ‘sekitar’; number A ‘1.240’, B ‘1.420’
");
}

#[test]
fn one_above_the_other() {
    insta::assert_snapshot!(shown(60, false), @"
    A  Outlet a.txt, undated
    A  a.txt
    B  Outlet b.txt, undated
    B  b.txt

    2 passages in both; 1 differs in meaning
    _so_: in the other too, word for word, but no passage

    A  Beranda | Nasional
    A  Rob Sagara
    A  Hujan deras merendam kota sejak pagi tadi, kata _Badan
    A  Penanggulangan Bencana Daerah (BPBD)_ Sagara.
    A  Kepala BPBD menyatakan
    A  [1] “Rob merendam [-sekitar 1.240-] rumah warga pesisir
    A  [-pada-] Senin malam,”
    A  kata dia.

    A  [2] Dua nelayan dirawat di puskesmas karena terjepit
    A  perahu yang lepas dari tambatan.
    B  [2] Dua nelayan dirawat di puskesmas karena terjepit
    B  perahu yang lepas dari tambatan.

    B  Pelabuhan ditutup _Badan Penanggulangan Bencana Daerah
    B  (BPBD)_.
    B  [1] “Rob merendam {+1.420+} rumah warga pesisir Senin
    B  malam,”
    B  ujarnya, Selasa.
    [1] quoted words differ: hedge only in A ‘sekitar’; number A
        ‘1.240’, B ‘1.420’
");
}

#[test]
fn styles_change_no_line() {
    let plain = anstream::adapter::strip_str(&shown(90, true)).to_string();
    assert_eq!(plain, shown(90, false));
    assert_ne!(shown(90, true), plain);
    assert!(shown(90, true).contains("\u{1b}[4m_so_:\u{1b}[0m"));
}

#[test]
fn no_line_is_wider_than_the_page() {
    use unicode_width::UnicodeWidthStr;
    for width in [30, 60, 79, 80, 81, 120, 240] {
        let text = shown(width, false);
        assert!(text.lines().all(|line| line.width() <= width), "{width}:\n{text}");
    }
}

#[test]
fn two_articles_without_anything_in_common_say_so() {
    let mut compared = compared();
    compared.report.claims.clear();
    compared.verbatim = Default::default();
    compared.docs = [DocId(0), DocId(1)];
    let mut out = Vec::new();
    write(&compared, Page { width: 80, colour: false }, &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().contains("\nNothing is found in both.\n\n"));
}
