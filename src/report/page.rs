//! How is a result looked at? One page that a browser opens without a network: the outlets and
//! their claims in a table whose rows open into cards, then the articles with the claims marked.
//!
//! What is shown is worked out here as plain data; the templates only lay it out. Articles are
//! hostile input: every text is escaped by the template engine, and the page's own policy allows
//! no script and no style but the two that it brings, by their hashes, and no request at all.
//! Without its script the page can be read whole.

mod article;
mod cells;
mod claim;
pub mod duplicates;
mod filters;
mod graph;
mod outlets;
mod policy;
mod sources;
mod template;
mod timeline;
mod when;
mod wording;
mod words;

pub use words::Language;

use super::article::Articles;
use crate::claim::{Claim, ClaimReport, Status};
use article::{ArticleView, ClaimMark};
use claim::{ClaimView, Shown, has_differences, has_one_line};
use filters::Filters;
use outlets::{MAX_COLUMNS, Outlet, Outlets};
use policy::{SCRIPT, STYLE};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use template::Templates;
use words::{Words, count};

/// Bytes that claims may take, and that the texts of articles may.
const MAX_CLAIM_BYTES: usize = 20 << 20;
const MAX_TEXT_BYTES: usize = 6 << 20;
/// Claims that a browser lays out together, when they come into view.
const BATCH: usize = 40;
/// Claims with a timeline and a graph.
const MAX_DRAWN: usize = 1_000;

/// Writes the claims of a report as a page in that language.
pub fn write(
    report: &ClaimReport,
    n_rejects: usize,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = Words::of(language);
    let templates = Templates::new(&words).map_err(io::Error::other)?;
    let articles = Articles::of(report);
    let outlets = Outlets::of(report, &words);
    let filters = Filters::of(report);
    let has_text = article::that_fit(report, MAX_TEXT_BYTES);
    let shown = Shown {
        articles: &articles,
        outlets: &outlets,
        filters: &filters,
        has_text: &has_text,
        words: &words,
    };
    let claims = claims(report, &shown, &templates)?;
    let texts = texts(report, claims.len(), &shown, &templates)?;
    let (confirmed, suggested) = claims.split_at(n_confirmed(report).min(claims.len()));
    let page = PageView {
        language: language.code(),
        policy: policy::with_script(),
        style: STYLE,
        script: SCRIPT,
        title: title(&outlets, &words),
        lead: lead(report, &shown),
        facts: facts(report, &words),
        columns: outlets.columns(),
        outlets: &outlets.list,
        owners: filters.owners(),
        speakers: filters.speakers(),
        sections: sections(confirmed, suggested, &words),
        articles: &texts,
        n_texts: words.number(texts.len()),
        notes: notes(report, n_rejects, claims.len(), &shown),
        made_by: words.fill(
            "made_by",
            &[("version", env!("CARGO_PKG_VERSION")), ("articles", &n_articles(report, &words))],
        ),
    };
    out.write_all(templates.page(&page).map_err(io::Error::other)?.as_bytes())
}

/// The page.
#[derive(Serialize)]
struct PageView<'r> {
    language: &'static str,
    policy: String,
    style: &'static str,
    script: &'static str,
    title: String,
    lead: String,
    facts: Vec<Fact>,
    columns: &'r [Outlet],
    outlets: &'r [Outlet],
    owners: Vec<&'r str>,
    speakers: Vec<&'r str>,
    sections: Vec<Section<'r>>,
    /// The articles as they are laid out.
    articles: &'r [String],
    n_texts: String,
    /// What the page does not show, and what to know of what it does.
    notes: Vec<String>,
    made_by: String,
}

/// Claims of one status.
#[derive(Serialize)]
struct Section<'r> {
    id: &'static str,
    title: &'static str,
    means: &'static str,
    number: String,
    /// As they are laid out, in [batches](BATCH).
    batches: Vec<&'r [String]>,
}

/// A figure of the overview, which is also a filter.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Fact {
    /// The flag of a claim, or nothing for all.
    flag: &'static str,
    number: String,
    label: &'static str,
}

/// The claims laid out, as many as there is room for.
fn claims<'r>(
    report: &'r ClaimReport,
    shown: &Shown<'r>,
    templates: &Templates,
) -> io::Result<Vec<String>> {
    let mut n_bytes = 0_usize;
    let mut claims = Vec::new();
    for (number, claim) in (1..).zip(&report.claims) {
        let view: ClaimView<'_> = shown.claim(number, claim, number <= MAX_DRAWN);
        let laid_out = templates.claim(&view).map_err(io::Error::other)?;
        n_bytes = n_bytes.saturating_add(laid_out.len());
        if MAX_CLAIM_BYTES < n_bytes {
            break;
        }
        claims.push(laid_out);
    }
    Ok(claims)
}

/// The articles laid out, those that the page has the text of.
fn texts<'r>(
    report: &'r ClaimReport,
    n_claims: usize,
    shown: &Shown<'r>,
    templates: &Templates,
) -> io::Result<Vec<String>> {
    let marks: Vec<Vec<ClaimMark<'_>>> = article::marks(report, n_claims);
    let with_text = article::order(shown.articles, shown.outlets).into_iter();
    let with_text = with_text.filter(|doc| shown.has_text[doc.idx()]);
    with_text
        .map(|doc| {
            let article = shown.articles.get(doc);
            let view: ArticleView<'_> = article::of(doc, article, &marks[doc.idx()], shown.words);
            templates.article(&view).map_err(io::Error::other)
        })
        .collect()
}

/// Those that have claims.
fn sections<'r>(
    confirmed: &'r [String],
    suggested: &'r [String],
    words: &Words,
) -> Vec<Section<'r>> {
    let section = |(id, means, claims): (&'static str, _, &'r [String])| Section {
        id,
        title: words.get(id),
        means: words.get(means),
        number: words.number(claims.len()),
        batches: claims.chunks(BATCH).collect(),
    };
    [("confirmed", "confirmed_means", confirmed), ("suggested", "suggested_means", suggested)]
        .into_iter()
        .filter(|(.., claims)| !claims.is_empty())
        .map(section)
        .collect()
}

fn n_confirmed(report: &ClaimReport) -> usize {
    super::facts::n_claims(report, Status::Confirmed)
}

fn n_articles(report: &ClaimReport, words: &Words) -> String {
    count!(words, report.documents.len(), "n_articles")
}

fn title(outlets: &Outlets, words: &Words) -> String {
    words.fill("title", &[("outlets", &count!(words, outlets.n_known(), "n_outlets"))])
}

/// What was read and found, who was first with most of it, and who leaves out most.
fn lead(report: &ClaimReport, shown: &Shown<'_>) -> String {
    let Shown { articles, outlets, words, .. } = *shown;
    let claims = count!(words, report.claims.len(), "n_claims");
    let n_outlets = count!(words, outlets.n_known(), "n_outlets");
    let n_articles = n_articles(report, words);
    let read = [("articles", &*n_articles), ("outlets", &*n_outlets), ("claims", &*claims)];
    let first = report.claims.iter().filter_map(|claim| {
        let first = &claim.occurrences[super::facts::first_seen(claim, articles)?];
        Some(articles.carrying(first).provenance.outlet.as_ref()?.name.as_str())
    });
    let omits = report.claims.iter().flat_map(|claim| &claim.omitted_by).map(|o| o.outlet.as_str());
    let most = [("lead_first", commonest(first)), ("lead_omits", commonest(omits))];
    let most = most.into_iter().filter_map(|(key, most)| {
        let (names, n) = most?;
        Some(words.fill(key, &[("names", &names.join(", ")), ("n", &words.number(n))]))
    });
    std::iter::once(words.fill("lead", &read)).chain(most).collect::<Vec<_>>().join(" ")
}

/// The commonest names and how often each comes; nothing where more than two share that.
fn commonest<'r>(names: impl Iterator<Item = &'r str>) -> Option<(Vec<&'r str>, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    let most = counts.values().copied().max()?;
    let names: Vec<&str> =
        counts.iter().filter(|(_, n)| **n == most).map(|(name, _)| *name).collect();
    (names.len() <= 2).then_some((names, most))
}

fn facts(report: &ClaimReport, words: &Words) -> Vec<Fact> {
    let n = |holds: &dyn Fn(&Claim) -> bool| report.claims.iter().filter(|c| holds(c)).count();
    [
        ("", n(&|_| true), "fact_all"),
        ("differs", n(&has_differences), "fact_differ"),
        ("omitted", n(&|claim| !claim.omitted_by.is_empty()), "fact_omitted"),
        ("one-line", n(&has_one_line), "fact_one_line"),
    ]
    .map(|(flag, n, key)| Fact { flag, number: words.number(n), label: words.get(key) })
    .into()
}

fn notes(report: &ClaimReport, n_rejects: usize, n_shown: usize, shown: &Shown<'_>) -> Vec<String> {
    let words = shown.words;
    let n_claims = report.claims.len();
    let n_cut = n_claims - n_shown;
    let n_texts = shown.has_text.iter().filter(|has_text| **has_text).count();
    let n_carrying = carrying(report);
    let (cut, all) = (count!(words, n_cut, "n_claims"), words.number(n_claims));
    let told = [
        (
            n_cut,
            words.fill(
                "left_out_claims",
                &[("claims", &cut), ("shown", &words.number(n_shown)), ("all", &all)],
            ),
        ),
        (
            n_shown.saturating_sub(MAX_DRAWN),
            words.fill("left_out_drawings", &[("n", &words.number(MAX_DRAWN))]),
        ),
        (
            n_carrying - n_texts,
            words.fill(
                "left_out_articles",
                &[("articles", &count!(words, n_carrying - n_texts, "n_articles"))],
            ),
        ),
        (
            shown.outlets.list.len().saturating_sub(MAX_COLUMNS),
            words.fill("left_out_columns", &[("n", &words.number(MAX_COLUMNS))]),
        ),
        (
            report.n_left_out,
            words.fill(
                "left_out_asked",
                &[("claims", &count!(words, report.n_left_out, "n_claims"))],
            ),
        ),
        (n_rejects, words.fill("rejects", &[("n", &words.number(n_rejects))])),
    ];
    told.into_iter().filter(|(n, _)| *n != 0).map(|(_, note)| note).collect()
}

/// Articles that carry a claim.
fn carrying(report: &ClaimReport) -> usize {
    let occurrences = report.claims.iter().flat_map(|claim| &claim.occurrences);
    occurrences.map(|o| o.doc).collect::<BTreeSet<_>>().len()
}
