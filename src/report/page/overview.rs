//! What does a batch come to? What was read and found, who was first with most of it, who leaves out
//! most, and the figures that are also filters.

use super::claim::{Shown, has_differences, has_one_line};
use super::outlets::Outlets;
use super::words::{Words, count};
use crate::claim::{Claim, ClaimReport};
use crate::report::facts::first_seen;
use serde::Serialize;
use std::collections::BTreeMap;

/// A figure of the overview, which is also a filter.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Fact {
    /// The flag of a claim, or nothing for all.
    pub flag: &'static str,
    pub number: String,
    pub label: &'static str,
}

/// Number of the articles read.
pub(super) fn n_articles(report: &ClaimReport, words: &Words) -> String {
    count!(words, report.documents.len(), "n_articles")
}

/// What the page is called.
pub(super) fn title(outlets: &Outlets, words: &Words) -> String {
    words.fill("title", &[("outlets", &count!(words, outlets.n_known(), "n_outlets"))])
}

/// What was read and found, who was first with most of it, and who leaves out most.
pub(super) fn lead(report: &ClaimReport, shown: &Shown<'_>) -> String {
    let Shown { articles, outlets, words, .. } = *shown;
    let claims = count!(words, report.claims.len(), "n_claims");
    let n_outlets = count!(words, outlets.n_known(), "n_outlets");
    let n_articles = n_articles(report, words);
    let read = [("articles", &*n_articles), ("outlets", &*n_outlets), ("claims", &*claims)];
    let first = report.claims.iter().filter_map(|claim| {
        let first = &claim.occurrences[first_seen(claim, articles)?];
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

/// All claims, and those that differ, are omitted, or have one source at most.
pub(super) fn facts(report: &ClaimReport, words: &Words) -> Vec<Fact> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_unless_too_many_share_that() {
        let of = |names: &[&'static str]| commonest(names.iter().copied());
        assert_eq!(of(&["b", "a", "b"]), Some((vec!["b"], 2)));
        assert_eq!(of(&["b", "a"]), Some((vec!["a", "b"], 1)));
        assert_eq!(of(&["a", "b", "c"]), None);
        assert_eq!(of(&[]), None);
    }
}
