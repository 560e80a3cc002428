//! How do claims get into a spreadsheet? As CSV (RFC 4180), a row for each occurrence.
//!
//! Texts of articles go through `Text`, so that no headline is run as a formula.

use super::article::{Article, Articles};
use super::jsonl::Decimal;
use super::{facts, labels, text};
use crate::claim::{Claim, ClaimReport, Occurrence};
use crate::decision::passage_key;
use csv::{Terminator, Writer, WriterBuilder};
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

/// What stands between several values of one cell.
const BETWEEN: &str = "; ";

/// Writes the names of the columns, then a row for each occurrence, claims in the report's order.
pub fn write(report: &ClaimReport, out: &mut dyn Write) -> io::Result<()> {
    let articles = Articles::of(report);
    let mut rows = rows_to(out);
    rows.write_record(COLUMNS).map_err(io::Error::from)?;
    for claim in &report.claims {
        let first_seen = facts::first_seen(claim, &articles);
        for idx in 0..claim.occurrences.len() {
            rows.serialize(row(claim, idx, first_seen, &articles)).map_err(io::Error::from)?;
        }
    }
    rows.flush()
}

fn rows_to(out: &mut dyn Write) -> Writer<&mut dyn Write> {
    WriterBuilder::new().has_headers(false).terminator(Terminator::CRLF).from_writer(out)
}

/// The names of the fields of [`Row`], which are written also where there is no row.
const COLUMNS: [&str; 39] = [
    "claim_id",
    "status",
    "kind",
    "claim_text",
    "claim_speaker",
    "lines_lower",
    "lines_upper",
    "occurrence",
    "representative",
    "first_seen",
    "doc",
    "path",
    "line",
    "encoding",
    "text_sha256",
    "outlet",
    "outlet_basis",
    "owner",
    "agencies",
    "url",
    "title",
    "author",
    "published",
    "date_basis",
    "speaker",
    "byte_start",
    "byte_end",
    "char_start",
    "char_end",
    "exact",
    "passage",
    "decided",
    "form",
    "grade",
    "translation",
    "ratio",
    "differences",
    "copied_from",
    "copied_because",
];

#[derive(Serialize)]
struct Row<'r> {
    claim_id: &'r str,
    status: &'static str,
    kind: &'static str,
    claim_text: Text<'r>,
    claim_speaker: Option<Text<'r>>,
    lines_lower: Option<usize>,
    lines_upper: Option<usize>,
    occurrence: usize,
    representative: bool,
    first_seen: bool,
    doc: Text<'r>,
    path: Text<'r>,
    line: Option<u64>,
    encoding: &'static str,
    text_sha256: &'r str,
    outlet: Option<Text<'r>>,
    outlet_basis: Option<&'static str>,
    owner: Option<Text<'r>>,
    agencies: Text<'r>,
    url: Option<Text<'r>>,
    title: Option<Text<'r>>,
    author: Option<Text<'r>>,
    published: Option<Text<'r>>,
    date_basis: Option<&'static str>,
    speaker: Option<Text<'r>>,
    byte_start: u32,
    byte_end: u32,
    char_start: u32,
    char_end: u32,
    exact: Text<'r>,
    passage: String,
    decided: bool,
    form: &'static str,
    grade: &'static str,
    translation: Option<&'static str>,
    ratio: Option<Decimal>,
    differences: Text<'r>,
    copied_from: Option<usize>,
    copied_because: Option<Text<'r>>,
}

fn row<'r>(
    claim: &'r Claim,
    idx: usize,
    first_seen: Option<usize>,
    articles: &'r Articles<'r>,
) -> Row<'r> {
    let occurrence = &claim.occurrences[idx];
    let representative = articles.carrying(&claim.occurrences[claim.representative]);
    let article = articles.carrying(occurrence);
    let (document, provenance) = (article.original.document, article.provenance);
    let (outlet, span) = (provenance.outlet.as_ref(), article.original.span(occurrence.span));
    let copied = occurrence.copied_from.as_ref();
    let wording = claim.occurrences[claim.representative].span;
    Row {
        claim_id: &claim.id,
        status: labels::status(claim.status),
        kind: labels::kind(claim.kind),
        claim_text: Text::of(wording.of(&representative.original.document.text)),
        claim_speaker: Text::some(claim.speaker.as_ref().map(|(_, speaker)| &speaker.name)),
        lines_lower: claim.lines.as_ref().map(|lines| lines.lower),
        lines_upper: claim.lines.as_ref().map(|lines| lines.upper),
        occurrence: idx,
        representative: idx == claim.representative,
        first_seen: first_seen == Some(idx),
        doc: Text::of(document.name()),
        path: Text::of(&*document.source.path),
        line: document.source.line,
        encoding: document.source.encoding,
        text_sha256: article.original.text_sha256(),
        outlet: Text::some(outlet.map(|outlet| &outlet.name)),
        outlet_basis: outlet.map(|outlet| labels::outlet_basis(outlet.basis)),
        owner: Text::some(provenance.owner.as_ref()),
        agencies: Text::of(facts::credited(&occurrence.agencies).join(BETWEEN)),
        url: Text::some(provenance.url.as_ref()),
        title: Text::some(provenance.title.as_ref()),
        author: Text::some(provenance.author.as_ref()),
        published: article.when().map(Text::of),
        date_basis: provenance.published.as_ref().map(|p| labels::date_basis(p.basis)),
        speaker: Text::some(occurrence.speaker.as_ref().map(|speaker| &speaker.name)),
        byte_start: span.bytes.start,
        byte_end: span.bytes.end,
        char_start: span.char_start,
        char_end: span.char_end,
        exact: Text::of(occurrence.span.of(&document.text)),
        passage: passage_key(occurrence.passage.of(&document.text)),
        decided: occurrence.decided,
        form: labels::form(occurrence.form),
        grade: labels::grade(occurrence.grade),
        translation: occurrence.translation_suggested.then_some("suggested"),
        ratio: occurrence.score.map(|score| Decimal(score.ratio)),
        differences: Text::of(differences(occurrence, representative, article)),
        copied_from: copied.map(|copied| copied.occurrence),
        copied_because: copied.map(|copied| Text::of(labels::copy_sign(&copied.because))),
    }
}

fn differences(occurrence: &Occurrence, representative: &Article, article: &Article) -> String {
    let found = occurrence.differences.iter();
    let told: Vec<String> = found.map(|d| text::difference(d, representative, article)).collect();
    told.join(BETWEEN)
}

/// A text from outside: what a spreadsheet would run as a formula is written with `'` in front.
#[derive(Serialize)]
#[serde(transparent)]
struct Text<'r>(Cow<'r, str>);

impl<'r> Text<'r> {
    fn of(text: impl Into<Cow<'r, str>>) -> Self {
        let text = text.into();
        Text(if is_run(&text) { Cow::Owned(format!("'{text}")) } else { text })
    }

    fn some(text: Option<&'r String>) -> Option<Self> {
        text.map(|text| Text::of(text.as_str()))
    }
}

/// Whether a sign that begins formulas comes first, or next after white space, control characters
/// (which a spreadsheet may drop) and [`Text`]'s own mark: so marked texts are marked once more, and the
/// first mark can always be taken away.
fn is_run(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace() || c.is_control());
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;
    use proptest::prelude::*;

    #[test]
    fn every_field_has_its_column() {
        let report = samples::blinken();
        let articles = Articles::of(&report);
        let mut named = Vec::new();
        let mut rows = WriterBuilder::new().from_writer(&mut named);
        rows.serialize(row(&report.claims[0], 0, None, &articles)).unwrap();
        drop(rows);
        let named = String::from_utf8(named).unwrap();
        assert_eq!(named.lines().next().unwrap(), COLUMNS.join(","));
    }

    #[test]
    fn nothing_found_is_the_names_of_the_columns() {
        let mut out = Vec::new();
        write(&samples::empty(), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), COLUMNS.join(",") + "\r\n");
    }

    #[test]
    fn what_would_be_run_is_marked() {
        for (text, expect) in [
            ("", ""),
            ("Harga naik", "Harga naik"),
            ("1.240 = 1.420", "1.240 = 1.420"),
            ("'kata dia", "'kata dia"),
            ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
            ("-5 derajat", "'-5 derajat"),
            ("\t@SUM(A1)", "'\t@SUM(A1)"),
            ("\r\n+1", "'\r\n+1"),
            ("＝1+1", "'＝1+1"),
            ("\u{1}=1+1", "'\u{1}=1+1"),
            ("'=1", "''=1"),
        ] {
            assert_eq!(Text::of(text).0, expect, "{text:?}");
        }
    }

    proptest! {
        /// As the README tells the reader to.
        #[test]
        fn a_mark_can_be_taken_away(text in "[' \t\u{1}\u{85}=+@-]{0,6}\\PC{0,9}") {
            let cell = Text::of(text.as_str()).0;
            let unmarked = match cell.strip_prefix('\'') {
                Some(rest) if is_run(&cell) => rest,
                _ => &cell,
            };
            prop_assert_eq!(unmarked, &text);
            prop_assert!(!is_run(&cell) || cell.starts_with('\''));
        }
    }
}
