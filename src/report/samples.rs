//! Hand-made reports for the tests of the formats.

use crate::claim::{
    Claim, ClaimReport, CopiedFrom, CopySign, Difference, DifferenceKind, Edit, Form, Grade,
    IndependentLines, Milli, Occurrence, Omission, Score, Status,
};
use crate::document::{DocId, Document, Fields, Source};
use crate::pipeline::ReuseReport;
use crate::provenance::{
    AgencyCredit, DateBasis, Outlet, OutletBasis, Provenance, Published, Speaker,
};
use crate::reuse::Reuse;
use crate::span::ByteSpan;
use crate::text::PassageKind;

/// A report of one claim; each item of `dated` is an article's `outlet@when`, an empty part
/// unknown.
pub fn report_of(dated: &[&str]) -> ClaimReport {
    let mut report = empty();
    for item in dated {
        let (outlet, when) = item.split_once('@').unwrap();
        add_article(&mut report, outlet, when, &format!("{item}.txt"), "Pasukan tiba di Almaty.");
    }
    let occurrences =
        (0..dated.len()).map(|i| occurrence(&report, i, "Pasukan tiba di Almaty")).collect();
    report.claims.push(claim(PassageKind::Statement, Status::Confirmed, occurrences));
    report
}

/// No claims, no articles.
pub fn empty() -> ClaimReport {
    ClaimReport {
        claims: Vec::new(),
        n_left_out: 0,
        decisions: None,
        documents: Vec::new(),
        provenance: Vec::new(),
        languages: Vec::new(),
        furniture: Vec::new(),
    }
}

const FIRST: &str = "saya pikir satu pelajaran dalam sejarah baru-baru ini adalah begitu orang \
    Rusia berada di rumah Anda, terkadang sangat sulit untuk membuat mereka pergi";
const SECOND: &str = "Pelajaran dari sejarah baru-baru ini adalah bahwa begitu Rusia berada di \
    rumah Anda, terkadang sulit untuk membuat mereka pergi,";

/// A quotation in two translations that three outlets and a file of unknown origin carry, and a
/// suggested statement.
pub fn blinken() -> ClaimReport {
    let mut report = empty();
    let kabar = format!("Kabar\n\nSumber AFP\n\n“{FIRST}”, kata Antony Blinken, dikutip AFP.\n");
    add_article(&mut report, "Kabar.example", "2022-01-08T06:31:00+07:00", "kabar/1.txt", &kabar);
    let warta = format!("Warta\r\n\"{SECOND}\" kata Blinken. Pasukan asing tiba di Almaty.");
    add_article(&mut report, "Warta.example", "2022-01-08T09:05:00+07:00", "warta.txt", &warta);
    add_article(&mut report, "Berita.example", "", "berita.jsonl", &kabar);
    add_article(&mut report, "", "2022-01-09", "-", "Tentara dari luar sudah di Almaty. Baca.");
    report.documents[2].source.line = Some(7);
    report.documents[2].fields.id = Some("b-7".to_owned());
    report.languages[3] = None;
    report.furniture[2] = vec![find(&report, 2, "Sumber AFP")];
    report.claims.push(translated_quotation(&report));
    report.claims.push(suggested_statement(&report));
    report
}

fn translated_quotation(report: &ClaimReport) -> Claim {
    let agency = AgencyCredit { name: "AFP".to_owned(), span: find(report, 0, "dikutip AFP") };
    let speaker =
        Speaker { name: "Antony Blinken".to_owned(), span: find(report, 0, "Antony Blinken") };
    let first = Occurrence {
        form: Form::Direct,
        edits: vec![Edit::Same(FIRST.to_owned())],
        agencies: vec![agency],
        speaker: Some(speaker.clone()),
        ..occurrence(report, 0, FIRST)
    };
    let copy = Occurrence {
        form: Form::Direct,
        score: Some(score(98_004, -61_000, 1000)),
        edits: vec![Edit::Same(FIRST.to_owned())],
        ..occurrence(report, 2, FIRST)
    };
    let second = Occurrence {
        form: Form::Direct,
        grade: Grade::Edited,
        translation_suggested: true,
        matched: vec![find(report, 1, "sejarah baru-baru ini adalah")],
        score: Some(score(61_240, -20_800, 803)),
        edits: translation_edits(),
        differences: vec![
            left_out(DifferenceKind::Hedge, find(report, 0, "saya pikir")),
            left_out(DifferenceKind::Intensifier, find(report, 0, "sangat")),
        ],
        ..occurrence(report, 1, SECOND)
    };
    Claim {
        speaker: Some((DocId(0), speaker)),
        cohesion_min: Milli(803),
        cohesion_mean: Milli(902),
        ..claim(PassageKind::Quotation, Status::Confirmed, vec![first, second, copy])
    }
}

fn translation_edits() -> Vec<Edit> {
    vec![
        Edit::Removed("saya pikir satu".to_owned()),
        Edit::Same("Pelajaran".to_owned()),
        Edit::Removed("dalam".to_owned()),
        Edit::Added("dari".to_owned()),
        Edit::Same("sejarah baru-baru ini adalah".to_owned()),
        Edit::Added("bahwa".to_owned()),
        Edit::Same("begitu".to_owned()),
        Edit::Removed("orang".to_owned()),
        Edit::Same("Rusia berada di rumah Anda, terkadang".to_owned()),
        Edit::Removed("sangat".to_owned()),
        Edit::Same("sulit untuk membuat mereka pergi,".to_owned()),
    ]
}

fn suggested_statement(report: &ClaimReport) -> Claim {
    let first = occurrence(report, 1, "Pasukan asing tiba di Almaty");
    let second = Occurrence {
        grade: Grade::Reworded,
        score: Some(score(18_500, -3_100, 562)),
        edits: vec![
            Edit::Removed("Pasukan asing tiba".to_owned()),
            Edit::Added("Tentara dari luar sudah".to_owned()),
            Edit::Same("di Almaty".to_owned()),
        ],
        ..occurrence(report, 3, "Tentara dari luar sudah di Almaty")
    };
    claim(PassageKind::Statement, Status::Suggested, vec![first, second])
}

/// The same with all that may be known of a claim and of an article.
pub fn full() -> ClaimReport {
    let mut report = blinken();
    let credit = AgencyCredit { name: "AFP".to_owned(), span: find(&report, 0, "dikutip AFP") };
    let first = &mut report.provenance[0];
    first.owner = Some("Kabar Grup".to_owned());
    first.url = Some("https://kabar.example/1".to_owned());
    first.title = Some("=Pelajaran dari sejarah".to_owned());
    first.author = Some("Redaksi".to_owned());
    first.agencies = vec![credit];
    report.provenance[2].owner = first.owner.clone();
    let quotation = &mut report.claims[0];
    quotation.lines = Some(IndependentLines { lower: 1, upper: 2, because: Vec::new() });
    let omission = Omission { outlet: "Suara.example".to_owned(), documents: vec![DocId(3)] };
    quotation.omitted_by = vec![omission];
    quotation.occurrences[1].copied_from =
        Some(CopiedFrom { occurrence: 0, because: CopySign::SharedText(31) });
    let name = Speaker { name: "juru bicara".to_owned(), span: find(&report, 1, "Blinken") };
    report.claims[1].occurrences[0].speaker = Some(name);
    report.claims[1].occurrences[1].decided = true;
    report
}

/// Something that only the representative's quotation says.
fn left_out(kind: DifferenceKind, a: ByteSpan) -> Difference {
    Difference { kind, a: Some(a), b: None, quoted: true }
}

/// Adds an article; its outlet and date, where given, are known from a field of its record.
pub fn add_article(report: &mut ClaimReport, outlet: &str, when: &str, path: &str, text: &str) {
    let outlet = (!outlet.is_empty()).then(|| Outlet {
        name: outlet.to_owned(),
        key: outlet.to_lowercase(),
        basis: OutletBasis::Masthead,
    });
    let published =
        (!when.is_empty()).then(|| Published { when: when.to_owned(), basis: DateBasis::Field });
    report.provenance.push(Provenance { outlet, published, ..Provenance::default() });
    report.documents.push(Document {
        source: Source { path: path.to_owned(), line: None, encoding: "UTF-8" },
        fields: Fields::default(),
        text: text.to_owned(),
    });
    report.languages.push(Some("id"));
    report.furniture.push(Vec::new());
}

/// Where `words` stand in an article.
pub fn find(report: &ClaimReport, doc_idx: usize, words: &str) -> ByteSpan {
    let start = report.documents[doc_idx].text.find(words).unwrap();
    ByteSpan::new(start, start + words.len())
}

/// An article's wording of a claim that is the same as the representative's.
pub fn occurrence(report: &ClaimReport, doc_idx: usize, words: &str) -> Occurrence {
    let span = find(report, doc_idx, words);
    Occurrence {
        doc: DocId(doc_idx as u32),
        span,
        passage: span,
        decided: false,
        context: span,
        form: Form::Indirect,
        grade: Grade::Identical,
        translation_suggested: false,
        matched: vec![span],
        score: None,
        edits: Vec::new(),
        differences: Vec::new(),
        speaker: None,
        agencies: Vec::new(),
        copied_from: None,
    }
}

/// Two documents of which one has a sentence of the other, in other words.
pub fn reuse() -> ReuseReport {
    let texts =
        ["Ia berkata: é ya, hujan turun lebat sejak pagi.", "Hujan lebat turun sejak pagi."];
    let document = |(at, text): (usize, &&str)| Document {
        source: Source { path: format!("kabar/{at}.txt"), line: None, encoding: "UTF-8" },
        fields: Fields::default(),
        text: (*text).to_owned(),
    };
    ReuseReport {
        documents: texts.iter().enumerate().map(document).collect(),
        asked: vec![true, true],
        passages: vec![Reuse {
            docs: (DocId(0), DocId(1)),
            spans: (ByteSpan::new(19, 48), ByteSpan::new(0, 29)),
            n_words: (5, 5),
            mass: Milli(21_500),
            containment: Milli(1000),
            grade: Grade::Reworded,
            in_order: true,
        }],
    }
}

/// A claim whose first occurrence is the representative.
pub fn claim(kind: PassageKind, status: Status, occurrences: Vec<Occurrence>) -> Claim {
    Claim {
        id: crate::hash::content_id(b"sample"),
        kind,
        status,
        representative: 0,
        speaker: None,
        cohesion_min: Milli(1000),
        cohesion_mean: Milli(1000),
        strength: Milli(20_000),
        occurrences,
        lines: None,
        omitted_by: Vec::new(),
    }
}

fn score(mass: i64, expect_ln: i64, ratio: i64) -> Score {
    Score {
        mass: Milli(mass),
        expect_ln: Milli(expect_ln),
        ratio: Milli(ratio),
        char5_jaccard: Milli(583),
        word3_jaccard: Milli(324),
    }
}
