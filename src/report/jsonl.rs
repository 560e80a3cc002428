//! How is a claim written for programs? A JSON object a line: each claim, then one summary.
//!
//! The fields and their order are those of [`super::schema`]. Nothing here depends on the time,
//! the machine or the number of threads: the same report gives the same bytes. What is not known
//! is `null` or empty, never guessed.

mod independence;

use super::article::{Article, Articles};
use super::expectation::Expectation;
use super::original::Original;
use super::{SCHEMA_VERSION, context, decisions, facts, labels};
use crate::claim::{Claim, ClaimReport, Difference, Edit, Milli, Occurrence, Score, Status};
use crate::decision::{Idle, Kept, passage_key};
use crate::provenance::{AgencyCredit, Outlet, Published, Speaker};
use crate::span::ByteSpan;
use independence::{CopiedRecord, LinesRecord, OmissionRecord};
use serde::{Serialize, Serializer};
use std::io::{self, Write};

/// Writes a record for each claim and for each article, in the report's order, then the summary.
pub fn write(report: &ClaimReport, n_rejects: usize, out: &mut dyn Write) -> io::Result<()> {
    let articles = Articles::of(report);
    for claim in &report.claims {
        write_line(&claim_record(claim, &articles), out)?;
    }
    for article in articles.iter() {
        write_line(&article_record(article), out)?;
    }
    write_line(&summary_record(report, n_rejects), out)
}

/// Writes one record and the end of its line.
pub(super) fn write_line(record: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct ClaimRecord<'r> {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    id: &'r str,
    kind: &'static str,
    status: &'static str,
    text: &'r str,
    languages: Vec<&'static str>,
    speaker: Option<SpeakerRecord<'r>>,
    counts: CountsRecord,
    independent_lines: Option<LinesRecord<'r>>,
    first_seen: Option<FirstSeenRecord<'r>>,
    differences: Vec<DifferenceRecord<'r>>,
    cohesion: CohesionRecord,
    omitted_by: Vec<OmissionRecord<'r>>,
    occurrences: Vec<OccurrenceRecord<'r>>,
}

#[derive(Serialize)]
struct SpeakerRecord<'r> {
    name: &'r str,
    doc: String,
    #[serde(flatten)]
    span: SpanRecord,
}

#[derive(Serialize)]
pub(super) struct SpanRecord {
    byte_start: u32,
    byte_end: u32,
    char_start: u32,
    char_end: u32,
}

#[derive(Serialize)]
struct CountsRecord {
    occurrences: usize,
    documents: usize,
    outlets: usize,
    owners: usize,
    unknown_outlets: usize,
}

#[derive(Serialize)]
struct FirstSeenRecord<'r> {
    occurrence: usize,
    published: &'r str,
    basis: &'static str,
}

#[derive(Serialize)]
struct DifferenceRecord<'r> {
    kind: &'static str,
    occurrence: usize,
    quoted: bool,
    a: Option<&'r str>,
    b: Option<&'r str>,
    spans: Vec<PlacedSpanRecord>,
}

#[derive(Serialize)]
struct PlacedSpanRecord {
    doc: String,
    #[serde(flatten)]
    span: SpanRecord,
}

#[derive(Serialize)]
struct CohesionRecord {
    min: Decimal,
    mean: Decimal,
}

#[derive(Serialize)]
struct OccurrenceRecord<'r> {
    doc: String,
    path: &'r str,
    line: Option<u64>,
    encoding: &'static str,
    text_sha256: String,
    outlet: Option<&'r str>,
    outlet_basis: Option<&'static str>,
    owner: Option<&'r str>,
    url: Option<&'r str>,
    title: Option<&'r str>,
    author: Option<&'r str>,
    published: Option<&'r str>,
    date_basis: Option<&'static str>,
    speaker: Option<SpeakerRecord<'r>>,
    #[serde(flatten)]
    span: SpanRecord,
    passage: String,
    decided: bool,
    exact: &'r str,
    prefix: &'r str,
    suffix: &'r str,
    matched: Vec<SpanRecord>,
    form: &'static str,
    grade: &'static str,
    translation: Option<&'static str>,
    score: Option<ScoreRecord>,
    edits: Vec<(&'static str, &'r str)>,
    agency: Vec<AgencyRecord<'r>>,
    copied_from: Option<CopiedRecord>,
}

#[derive(Serialize)]
struct ScoreRecord {
    mass: Decimal,
    expect: f64,
    ratio: Decimal,
    char5_jaccard: Decimal,
    word3_jaccard: Decimal,
}

#[derive(Serialize)]
struct AgencyRecord<'r> {
    name: &'r str,
    #[serde(flatten)]
    span: SpanRecord,
}

#[derive(Serialize)]
struct ArticleRecord<'r> {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    doc: String,
    path: &'r str,
    line: Option<u64>,
    encoding: &'static str,
    text_sha256: String,
    furniture: Vec<BlockRecord<'r>>,
}

#[derive(Serialize)]
struct BlockRecord<'r> {
    #[serde(flatten)]
    span: SpanRecord,
    exact: &'r str,
}

#[derive(Serialize)]
struct SummaryRecord {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    documents: usize,
    rejects: usize,
    claims: ClaimCounts,
    #[serde(skip_serializing_if = "Option::is_none")]
    decisions: Option<KeptRecord>,
}

#[derive(Serialize)]
struct KeptRecord {
    applied: usize,
    idle: Vec<IdleRecord>,
}

#[derive(Serialize)]
struct IdleRecord {
    line: u64,
    decision: &'static str,
    because: String,
}

#[derive(Serialize)]
struct ClaimCounts {
    confirmed: usize,
    suggested: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hidden: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<usize>,
}

/// A number in thousandths, written as a decimal.
pub(super) struct Decimal(pub Milli);

impl Serialize for Decimal {
    /// The double nearest to the decimal prints as that decimal again: at most three digits.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Decimal(Milli(thousandths)) = *self;
        serializer.serialize_f64(thousandths as f64 / 1000.0)
    }
}

fn claim_record<'r>(claim: &'r Claim, articles: &Articles<'r>) -> ClaimRecord<'r> {
    let representative = &claim.occurrences[claim.representative];
    ClaimRecord {
        record_type: "claim",
        schema_version: SCHEMA_VERSION,
        id: &claim.id,
        kind: labels::kind(claim.kind),
        status: labels::status(claim.status),
        text: representative.span.of(&articles.carrying(representative).original.document.text),
        languages: facts::languages(claim, articles),
        speaker: claim
            .speaker
            .as_ref()
            .map(|(doc, speaker)| speaker_record(speaker, articles.get(*doc))),
        counts: counts_record(claim, articles),
        independent_lines: (claim.lines.as_ref())
            .map(|lines| independence::lines_record(lines, claim, articles)),
        first_seen: facts::first_seen(claim, articles)
            .and_then(|idx| first_seen_record(idx, articles.carrying(&claim.occurrences[idx]))),
        differences: difference_records(claim, articles),
        cohesion: CohesionRecord {
            min: Decimal(claim.cohesion_min),
            mean: Decimal(claim.cohesion_mean),
        },
        omitted_by: (claim.omitted_by.iter())
            .map(|omission| independence::omission_record(omission, articles))
            .collect(),
        occurrences: claim
            .occurrences
            .iter()
            .map(|occurrence| occurrence_record(occurrence, articles.carrying(occurrence)))
            .collect(),
    }
}

fn speaker_record<'r>(speaker: &'r Speaker, article: &Article<'r>) -> SpeakerRecord<'r> {
    SpeakerRecord {
        name: &speaker.name,
        doc: article.original.document.name(),
        span: span_record(speaker.span, &article.original),
    }
}

pub(super) fn span_record(span: ByteSpan, original: &Original<'_>) -> SpanRecord {
    let span = original.span(span);
    SpanRecord {
        byte_start: span.bytes.start,
        byte_end: span.bytes.end,
        char_start: span.char_start,
        char_end: span.char_end,
    }
}

fn counts_record(claim: &Claim, articles: &Articles<'_>) -> CountsRecord {
    let counts = facts::counts(claim, articles);
    CountsRecord {
        occurrences: claim.occurrences.len(),
        documents: counts.n_documents,
        outlets: counts.n_outlets,
        owners: counts.n_owners,
        unknown_outlets: counts.n_unknown_outlets,
    }
}

fn first_seen_record<'r>(idx: usize, article: &Article<'r>) -> Option<FirstSeenRecord<'r>> {
    let published = article.provenance.published.as_ref()?;
    Some(FirstSeenRecord {
        occurrence: idx,
        published: &published.when,
        basis: labels::date_basis(published.basis),
    })
}

/// What each occurrence says otherwise than the representative, in the order of the occurrences.
fn difference_records<'r>(claim: &'r Claim, articles: &Articles<'r>) -> Vec<DifferenceRecord<'r>> {
    let representative = articles.carrying(&claim.occurrences[claim.representative]);
    let record = |idx: usize, found: &Difference| {
        let other = articles.carrying(&claim.occurrences[idx]);
        let placed = |span: ByteSpan, article: &Article<'r>| PlacedSpanRecord {
            doc: article.original.document.name(),
            span: span_record(span, &article.original),
        };
        let text = |span: ByteSpan, article: &Article<'r>| span.of(&article.original.document.text);
        let sides = [(found.a, representative), (found.b, other)];
        DifferenceRecord {
            kind: labels::difference(found.kind),
            occurrence: idx,
            quoted: found.quoted,
            a: found.a.map(|span| text(span, representative)),
            b: found.b.map(|span| text(span, other)),
            spans: sides.iter().filter_map(|(span, at)| Some(placed((*span)?, at))).collect(),
        }
    };
    let occurrences = claim.occurrences.iter().enumerate();
    occurrences.flat_map(|(idx, o)| o.differences.iter().map(move |d| record(idx, d))).collect()
}

fn occurrence_record<'r>(
    occurrence: &'r Occurrence,
    article: &Article<'r>,
) -> OccurrenceRecord<'r> {
    let (document, provenance) = (article.original.document, article.provenance);
    let outlet: Option<&Outlet> = provenance.outlet.as_ref();
    let published: Option<&Published> = provenance.published.as_ref();
    OccurrenceRecord {
        doc: document.name(),
        path: &document.source.path,
        line: document.source.line,
        encoding: document.source.encoding,
        text_sha256: article.original.text_sha256().to_owned(),
        outlet: outlet.map(|outlet| outlet.name.as_str()),
        outlet_basis: outlet.map(|outlet| labels::outlet_basis(outlet.basis)),
        owner: provenance.owner.as_deref(),
        url: provenance.url.as_deref(),
        title: provenance.title.as_deref(),
        author: provenance.author.as_deref(),
        published: article.when(),
        date_basis: published.map(|published| labels::date_basis(published.basis)),
        speaker: occurrence.speaker.as_ref().map(|speaker| speaker_record(speaker, article)),
        span: span_record(occurrence.span, &article.original),
        passage: passage_key(occurrence.passage.of(&document.text)),
        decided: occurrence.decided,
        exact: occurrence.span.of(&document.text),
        prefix: context::prefix(&document.text, occurrence.span),
        suffix: context::suffix(&document.text, occurrence.span),
        matched: occurrence
            .matched
            .iter()
            .map(|&span| span_record(span, &article.original))
            .collect(),
        form: labels::form(occurrence.form),
        grade: labels::grade(occurrence.grade),
        translation: occurrence.translation_suggested.then_some("suggested"),
        score: occurrence.score.map(score_record),
        edits: occurrence.edits.iter().map(edit_record).collect(),
        agency: occurrence.agencies.iter().map(|credit| agency_record(credit, article)).collect(),
        copied_from: occurrence.copied_from.as_ref().map(independence::copied_record),
    }
}

fn score_record(score: Score) -> ScoreRecord {
    ScoreRecord {
        mass: Decimal(score.mass),
        expect: Expectation::of(score.expect_ln).value(),
        ratio: Decimal(score.ratio),
        char5_jaccard: Decimal(score.char5_jaccard),
        word3_jaccard: Decimal(score.word3_jaccard),
    }
}

fn edit_record(edit: &Edit) -> (&'static str, &str) {
    match edit {
        Edit::Same(words) => ("=", words),
        Edit::Removed(words) => ("-", words),
        Edit::Added(words) => ("+", words),
    }
}

fn agency_record<'r>(credit: &'r AgencyCredit, article: &Article<'r>) -> AgencyRecord<'r> {
    AgencyRecord { name: &credit.name, span: span_record(credit.span, &article.original) }
}

fn article_record<'r>(article: &Article<'r>) -> ArticleRecord<'r> {
    let document = article.original.document;
    let block = |&span: &ByteSpan| BlockRecord {
        span: span_record(span, &article.original),
        exact: span.of(&document.text),
    };
    ArticleRecord {
        record_type: "article",
        schema_version: SCHEMA_VERSION,
        doc: document.name(),
        path: &document.source.path,
        line: document.source.line,
        encoding: document.source.encoding,
        text_sha256: article.original.text_sha256().to_owned(),
        furniture: article.furniture.iter().map(block).collect(),
    }
}

fn summary_record(report: &ClaimReport, n_rejects: usize) -> SummaryRecord {
    let kept = report.decisions.as_ref();
    SummaryRecord {
        record_type: "summary",
        schema_version: SCHEMA_VERSION,
        documents: report.documents.len(),
        rejects: n_rejects,
        claims: ClaimCounts {
            confirmed: facts::n_claims(report, Status::Confirmed),
            suggested: facts::n_claims(report, Status::Suggested),
            decided: kept.map(|_| facts::n_claims(report, Status::Decided)),
            hidden: kept.map(|kept| kept.n_hidden),
            left_out: (report.n_left_out != 0).then_some(report.n_left_out),
        },
        decisions: kept.map(kept_record),
    }
}

fn kept_record(kept: &Kept) -> KeptRecord {
    let record = |idle: &Idle| IdleRecord {
        line: idle.line,
        decision: idle.kind.name(),
        because: decisions::because(idle),
    };
    KeptRecord { applied: kept.n_applied, idle: kept.idle.iter().map(record).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::sha256_hex;
    use crate::report::samples;
    use serde_json::Value;

    fn lines(report: &ClaimReport) -> String {
        let mut out = Vec::new();
        write(report, 3, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn records(report: &ClaimReport) -> Vec<Value> {
        lines(report).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The fields of a claim up to the end of its first occurrence, in the order of the format.
    const FIELDS: &str = "type schema_version id kind status text languages speaker name doc \
        byte_start byte_end char_start char_end counts occurrences documents outlets owners \
        unknown_outlets independent_lines first_seen occurrence published basis differences \
        kind occurrence quoted a b spans doc byte_start byte_end char_start char_end kind \
        occurrence quoted a b spans doc byte_start byte_end char_start char_end \
        cohesion min mean omitted_by occurrences doc path line encoding text_sha256 outlet \
        outlet_basis owner url title author published date_basis speaker name doc byte_start byte_end \
        char_start char_end byte_start byte_end char_start \
        char_end passage decided exact prefix suffix matched byte_start byte_end char_start char_end form grade \
        translation score edits agency name byte_start byte_end char_start char_end copied_from";

    #[test]
    fn the_fields_keep_their_order() {
        let lines = lines(&samples::blinken());
        let mut fields = Vec::new();
        for (at, _) in lines.lines().next().unwrap().match_indices("\":") {
            fields.push(lines[..at].rsplit('"').next().unwrap());
        }
        let expect: Vec<&str> = FIELDS.split_whitespace().collect();
        assert_eq!(fields[..expect.len()], expect);
        assert_eq!(fields[expect.len()], "doc", "the next occurrence");
    }

    #[test]
    fn the_values_say_what_the_report_says() {
        let lines = lines(&samples::blinken());
        for part in [
            r#""speaker":{"name":"Antony Blinken","doc":"kabar/1.txt","byte_start":183,"byte_end":197,"char_start":179,"char_end":193}"#,
            r#""counts":{"occurrences":3,"documents":3,"outlets":3,"owners":0,"unknown_outlets":0}"#,
            r#""counts":{"occurrences":2,"documents":2,"outlets":1,"owners":0,"unknown_outlets":1}"#,
            r#""first_seen":{"occurrence":0,"published":"2022-01-08T06:31:00+07:00","basis":"field"}"#,
            r#""cohesion":{"min":0.803,"mean":0.902}"#,
            r#""doc":"b-7","path":"berita.jsonl","line":7,"encoding":"UTF-8""#,
            r#""differences":[{"kind":"hedge","occurrence":1,"quoted":true,"a":"saya pikir","b":null,"spans":[{"doc":"kabar/1.txt","byte_start":"#,
            r#""published":null,"date_basis":null"#,
            r#""prefix":"Warta\r\n\"","suffix":"\" kata Blinken. Pasukan asing ti""#,
            r#""score":{"mass":61.24,"expect":9.26e-10,"ratio":0.803,"char5_jaccard":0.583,"word3_jaccard":0.324}"#,
            r#""edits":[["-","saya pikir satu"],["=","Pelajaran"],["-","dalam"],["+","dari"]"#,
            r#""grade":"edited","translation":"suggested""#,
        ] {
            assert!(lines.contains(part), "{part}\n{lines}");
        }
        let summary = r#"{"type":"summary","schema_version":1,"documents":4,"rejects":3,"claims":{"confirmed":1,"suggested":1}}"#;
        assert_eq!(lines.lines().last(), Some(summary));
    }

    #[test]
    fn the_summary_says_what_was_left_out() {
        let report = ClaimReport { n_left_out: 12, ..samples::blinken() };
        assert!(
            lines(&report)
                .ends_with("\"claims\":{\"confirmed\":1,\"suggested\":1,\"left_out\":12}}\n")
        );
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        assert_eq!(lines(&samples::blinken()), lines(&samples::blinken()));
    }

    #[test]
    fn every_span_is_its_text_in_bytes_and_in_code_points() {
        let report = samples::blinken();
        let records = records(&report);
        let occurrences = records.iter().filter_map(|r| r["occurrences"].as_array()).flatten();
        let mut n_checked = 0;
        for occurrence in occurrences {
            let text = (report.documents.iter())
                .find(|document| sha256_hex(&document.text) == occurrence["text_sha256"])
                .map(|document| document.text.as_str())
                .unwrap();
            let at = |field: &str| occurrence[field].as_u64().unwrap() as usize;
            let exact = occurrence["exact"].as_str().unwrap();
            assert_eq!(&text[at("byte_start")..at("byte_end")], exact);
            let in_chars =
                text.chars().skip(at("char_start")).take(at("char_end") - at("char_start"));
            assert_eq!(in_chars.collect::<String>(), exact);
            let around = ["prefix", "exact", "suffix"].map(|f| occurrence[f].as_str().unwrap());
            assert!(text.contains(&around.concat()));
            n_checked += 1;
        }
        assert_eq!(n_checked, 5);
    }

    #[test]
    fn every_article_says_what_was_taken_for_furniture() {
        let report = samples::blinken();
        let records = records(&report);
        let articles: Vec<&Value> = records.iter().filter(|r| r["type"] == "article").collect();
        let docs: Vec<&str> = articles.iter().map(|a| a["doc"].as_str().unwrap()).collect();
        assert_eq!(docs, ["kabar/1.txt", "warta.txt", "b-7", "-"]);
        let blocks: Vec<&Value> =
            articles.iter().flat_map(|a| a["furniture"].as_array().unwrap()).collect();
        let start = report.documents[2].text.find("Sumber").unwrap();
        let block = serde_json::json!({"byte_start": start, "byte_end": start + 10,
            "char_start": start, "char_end": start + 10, "exact": "Sumber AFP"});
        assert_eq!(blocks, [&block]);
        assert_eq!(articles[2]["furniture"][0], block);
    }

    #[test]
    fn nothing_found_is_a_summary_alone() {
        let expect = r#"{"type":"summary","schema_version":1,"documents":0,"rejects":3,"claims":{"confirmed":0,"suggested":0}}"#;
        assert_eq!(lines(&samples::empty()), format!("{expect}\n"));
    }

    #[test]
    fn thousandths_are_written_with_at_most_three_digits() {
        for (thousandths, expect) in
            [(583, "0.583"), (1000, "1.0"), (98_004, "98.004"), (-20, "-0.02"), (0, "0.0")]
        {
            assert_eq!(serde_json::to_string(&Decimal(Milli(thousandths))).unwrap(), expect);
        }
    }
}
