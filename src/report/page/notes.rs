//! What does the page not show? What there was no room for, what was not asked for, and what could not
//! be read.

use super::claim::Shown;
use super::outlets::MAX_COLUMNS;
use super::words::count;
use crate::claim::ClaimReport;
use std::collections::BTreeSet;

/// A note for each kind of what is left out; `n_shown` claims are there, `n_drawn` of them at most with
/// drawings.
pub(super) fn of(
    report: &ClaimReport,
    n_rejects: usize,
    (n_shown, n_drawn): (usize, usize),
    shown: &Shown<'_>,
) -> Vec<String> {
    let words = shown.words;
    let n_texts = shown.has_text.iter().filter(|has_text| **has_text).count();
    let n_claims = report.claims.len();
    let (n_cut, n_untold) = (n_claims - n_shown, carrying(report) - n_texts);
    let n_columnless = shown.outlets.list.len().saturating_sub(MAX_COLUMNS);
    let cut = count!(words, n_cut, "n_claims");
    let untold = count!(words, n_untold, "n_articles");
    let not_asked = count!(words, report.n_left_out, "n_claims");
    let of_claims =
        [("claims", &*cut), ("shown", &words.number(n_shown)), ("all", &words.number(n_claims))];
    let told = [
        (n_cut, words.fill("left_out_claims", &of_claims)),
        (
            n_shown.saturating_sub(n_drawn),
            words.fill("left_out_drawings", &[("n", &words.number(n_drawn))]),
        ),
        (n_untold, words.fill("left_out_articles", &[("articles", &untold)])),
        (n_columnless, words.fill("left_out_columns", &[("n", &words.number(MAX_COLUMNS))])),
        (report.n_left_out, words.fill("left_out_asked", &[("claims", &not_asked)])),
        (n_rejects, words.fill("rejects", &[("n", &words.number(n_rejects))])),
    ];
    told.into_iter().filter(|(n, _)| *n != 0).map(|(_, note)| note).collect()
}

/// Articles that carry a claim.
fn carrying(report: &ClaimReport) -> usize {
    let occurrences = report.claims.iter().flat_map(|claim| &claim.occurrences);
    occurrences.map(|occurrence| occurrence.doc).collect::<BTreeSet<_>>().len()
}
