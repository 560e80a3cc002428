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
mod notes;
mod outlets;
mod overview;
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
use claim::{ClaimView, Shown};
use filters::Filters;
use outlets::{Outlet, Outlets};
use overview::Fact;
use policy::{SCRIPT, STYLE};
use serde::Serialize;
use std::io::{self, Write};
use template::Templates;
use words::Words;

/// Claims that a browser lays out together, when they come into view.
const BATCH: usize = 40;
/// What a page may take, so that a browser bears it.
struct Limits {
    /// Bytes of claims.
    claim_bytes: usize,
    /// Bytes of the texts of articles.
    text_bytes: usize,
    /// Claims with a timeline and a graph.
    drawn: usize,
}

const LIMITS: Limits = Limits { claim_bytes: 20 << 20, text_bytes: 6 << 20, drawn: 1_000 };

/// Writes the claims of a report as a page in that language.
pub fn write(
    report: &ClaimReport,
    n_rejects: usize,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(page(report, n_rejects, language, &LIMITS)?.as_bytes())
}

fn page(
    report: &ClaimReport,
    n_rejects: usize,
    language: Language,
    limits: &Limits,
) -> io::Result<String> {
    let words = Words::of(language);
    let templates = Templates::new(&words).map_err(io::Error::other)?;
    let articles = Articles::of(report);
    let outlets = Outlets::of(report, &words);
    let filters = Filters::of(report);
    let has_text = article::that_fit(report, limits.text_bytes);
    let shown = Shown {
        articles: &articles,
        outlets: &outlets,
        filters: &filters,
        has_text: &has_text,
        words: &words,
    };
    let claims = claims(report, limits, &shown, &templates)?;
    let texts = texts(report, claims.len(), &shown, &templates)?;
    let page = PageView {
        language: language.code(),
        policy: policy::with_script(),
        style: STYLE,
        script: SCRIPT,
        title: overview::title(report, &words),
        lead: overview::lead(report, &shown),
        facts: overview::facts(report, &words),
        columns: outlets.columns(),
        outlets: &outlets.list,
        owners: filters.owners(),
        speakers: filters.speakers(),
        none: overview::none(report, &words),
        sections: sections(&report.claims, &claims, &words),
        articles: &texts,
        n_texts: words.number(texts.len()),
        notes: notes::of(report, n_rejects, (claims.len(), limits.drawn), &shown),
        made_by: words.fill(
            "made_by",
            &[
                ("version", env!("CARGO_PKG_VERSION")),
                ("articles", &overview::n_articles(report, &words)),
            ],
        ),
    };
    templates.page(&page).map_err(io::Error::other)
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
    /// What stands where there is no claim.
    none: String,
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

/// The claims laid out, as many as there is room for.
fn claims<'r>(
    report: &'r ClaimReport,
    limits: &Limits,
    shown: &Shown<'r>,
    templates: &Templates,
) -> io::Result<Vec<String>> {
    let mut n_bytes = 0_usize;
    let mut claims = Vec::new();
    for (number, claim) in (1..).zip(&report.claims) {
        let view: ClaimView<'_> = shown.claim(number, claim, number <= limits.drawn);
        let laid_out = templates.claim(&view).map_err(io::Error::other)?;
        n_bytes = n_bytes.saturating_add(laid_out.len());
        if limits.claim_bytes < n_bytes {
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
fn sections<'r>(claims: &[Claim], shown: &'r [String], words: &Words) -> Vec<Section<'r>> {
    let of_status = claims[..shown.len()].chunk_by(|a, b| a.status == b.status);
    let mut rest = shown;
    let section = |claims: &[Claim]| {
        let (id, means) = match claims[0].status {
            Status::Confirmed => ("confirmed", "confirmed_means"),
            Status::Decided => ("decided", "decided_means"),
            Status::Suggested => ("suggested", "suggested_means"),
        };
        let (shown, after) = rest.split_at(claims.len());
        rest = after;
        let number = words.number(shown.len());
        let batches = shown.chunks(BATCH).collect();
        Section { id, title: words.get(id), means: words.get(means), number, batches }
    };
    of_status.map(section).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn within(limits: &Limits) -> String {
        page(&samples::blinken(), 2, Language::English, limits).unwrap()
    }

    #[test]
    fn a_page_says_what_it_leaves_out() {
        let whole = within(&LIMITS);
        assert!(whole.contains("2 files or records could not be read."));
        assert!(!whole.contains("left out to keep") && whole.contains("class=\"timeline\""));
        let undrawn = within(&Limits { drawn: 0, text_bytes: 0, ..LIMITS });
        let from = undrawn.find("<details class=\"claim").unwrap();
        let one_claim = undrawn[from..].find("</details>").unwrap() + "</details>".len();
        let small = within(&Limits { claim_bytes: one_claim, text_bytes: 0, drawn: 0 });
        assert_eq!(small.matches("<details class=\"claim").count(), 1);
        assert!(
            !small.contains("class=\"timeline\"") && !small.contains("<details class=\"article")
        );
        for note in [
            "1 claim left out to keep this page small: it shows the first 1 of 2.",
            "Timelines and graphs are drawn for the first 0 claims only.",
            "The texts of 4 articles are left out to keep this page small.",
        ] {
            assert!(small.contains(note), "{note}");
        }
        assert!(!small.contains("href=\"#a1-c1\""), "no link leads to what is not there");
    }

    #[test]
    fn nothing_found_is_a_page_too() {
        let empty = page(&samples::empty(), 0, Language::Indonesian, &LIMITS).unwrap();
        assert!(empty.contains("Tidak ditemukan klaim") && empty.ends_with("</html>"));
    }
}
