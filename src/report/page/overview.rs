//! What does a batch come to? What was read and found, who was first with most of it, who leaves out
//! most, and the figures that are also filters.

use super::claim::{Shown, has_differences, has_one_line};
use super::words::{Words, count, listed_names};
use crate::claim::{Claim, ClaimReport};
use crate::report::article::Articles;
use crate::report::facts::first_seen;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A figure of the overview, which is also a filter.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Fact {
    /// The flag of a claim, or nothing for all.
    pub flag: &'static str,
    pub number: String,
    pub label: String,
}

/// Number of the articles read.
pub(super) fn n_articles(report: &ClaimReport, words: &Words) -> String {
    count!(words, report.documents.len(), "n_articles")
}

/// What the page is called: who has a claim in common.
pub(super) fn title(report: &ClaimReport, words: &Words) -> String {
    let occurrences = report.claims.iter().flat_map(|claim| &claim.occurrences);
    let carrying: BTreeSet<usize> = occurrences.map(|occurrence| occurrence.doc.idx()).collect();
    match carrying.is_empty() {
        true => words.get("title_none").to_owned(),
        false => words.fill("title", &[("outlets", &outlets(carrying, report, words))]),
    }
}

/// `2 outlets and unknown outlets`: those of these articles, of which the unknown may be any number.
fn outlets(docs: impl IntoIterator<Item = usize>, report: &ClaimReport, words: &Words) -> String {
    let of = docs.into_iter().filter_map(|doc| report.provenance.get(doc));
    let keys: Vec<Option<&str>> =
        of.map(|p| p.outlet.as_ref().map(|outlet| outlet.key.as_str())).collect();
    let n_unknown = keys.iter().filter(|key| key.is_none()).count();
    let n_known = keys.into_iter().flatten().collect::<BTreeSet<_>>().len();
    let known = count!(words, n_known, "n_outlets");
    let unknown = count!(words, n_unknown, "unknown");
    match (n_known, n_unknown) {
        (_, 0) => known,
        (0, _) => unknown,
        _ => words.fill("outlets_both", &[("outlets", &known), ("unknown", &unknown)]),
    }
}

/// What stands where no claim is shown.
pub(super) fn none(report: &ClaimReport, words: &Words) -> String {
    match report.n_left_out {
        0 => words.get("no_claims").to_owned(),
        n => words.fill("none_asked", &[("claims", &count!(words, n, "n_claims"))]),
    }
}

/// What was read and found, who was first with most of it, and who leaves out most.
pub(super) fn lead(report: &ClaimReport, shown: &Shown<'_>) -> String {
    let Shown { articles, words, .. } = *shown;
    let claims = count!(words, report.claims.len(), "n_claims");
    let by = outlets(0..report.documents.len(), report, words);
    let n_articles = n_articles(report, words);
    let left_out = words.number(report.n_left_out);
    let read = [
        ("articles", &*n_articles),
        ("outlets", &*by),
        ("claims", &*claims),
        ("left_out", &*left_out),
    ];
    let key = if report.n_left_out == 0 { "lead" } else { "lead_asked" };
    let compared = || report.claims.iter().filter(|claim| can_tell_first(claim, articles));
    let n_compared = words.number(compared().count());
    let first = compared().filter_map(|claim| {
        let first = &claim.occurrences[first_seen(claim, articles)?];
        Some(articles.carrying(first).provenance.outlet.as_ref()?.name.as_str())
    });
    let omits = report.claims.iter().flat_map(|claim| &claim.omitted_by).map(|o| o.outlet.as_str());
    let most = [("lead_first", commonest(first)), ("lead_omits", commonest(omits))];
    let most = most.into_iter().filter_map(|(key, most)| {
        let (names, n) = most?;
        let names = listed_names(&names);
        let values = [("names", &*names), ("n", &words.number(n)), ("all", &n_compared)];
        Some(words.fill(key, &values))
    });
    std::iter::once(words.fill(key, &read)).chain(most).collect::<Vec<_>>().join(" ")
}

/// Whether two outlets at least are dated: else nobody can be earlier than another.
fn can_tell_first(claim: &Claim, articles: &Articles<'_>) -> bool {
    let carrying = claim.occurrences.iter().map(|occurrence| articles.carrying(occurrence));
    let dated = carrying.filter(|article| article.when().is_some());
    dated.filter_map(|article| article.outlet_key()).collect::<BTreeSet<_>>().len() > 1
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
    let (n_all, n_differ) = (report.claims.len(), n(&has_differences));
    let (omitted, one_line) = (words.get("fact_omitted"), words.get("fact_one_line"));
    [
        ("", n_all, count!(words, n_all, "fact_all")),
        ("differs", n_differ, count!(words, n_differ, "fact_differ")),
        ("omitted", n(&|claim| !claim.omitted_by.is_empty()), omitted.to_owned()),
        ("one-line", n(&has_one_line), one_line.to_owned()),
    ]
    .map(|(flag, n, label)| Fact { flag, number: words.number(n), label })
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::filters::Filters;
    use crate::report::page::outlets::Outlets;
    use crate::report::page::words::Language;
    use crate::report::samples;

    #[test]
    fn the_commonest_unless_too_many_share_that() {
        let of = |names: &[&'static str]| commonest(names.iter().copied());
        assert_eq!(of(&["b", "a", "b"]), Some((vec!["b"], 2)));
        assert_eq!(of(&["b", "a"]), Some((vec!["a", "b"], 1)));
        assert_eq!(of(&["a", "b", "c"]), None);
        assert_eq!(of(&[]), None);
    }

    fn told(report: &ClaimReport) -> (String, String) {
        let words = Words::of(Language::English);
        let shown = Shown {
            articles: &Articles::of(report),
            outlets: &Outlets::of(report, &words),
            filters: &Filters::of(report),
            has_text: &[],
            words: &words,
        };
        (title(report, &words), lead(report, &shown))
    }

    #[test]
    fn who_said_it_and_who_was_read() {
        let mut report = samples::report_of(&["A@", "A@", "@", "B@"]);
        assert_eq!(told(&report).0, "What 2 outlets and an unknown outlet said alike");
        report.claims[0].occurrences.truncate(2);
        let (title, lead) = told(&report);
        assert_eq!(title, "What 1 outlet said alike");
        assert!(lead.starts_with("4 articles by 2 outlets and an unknown outlet: 1 claim "));
        report.claims.clear();
        report.n_left_out = 42;
        assert_eq!(told(&report).0, "What was said alike");
        assert!(told(&report).1.ends_with(": 0 claims asked for, 42 more found."));
        let words = Words::of(Language::English);
        assert_eq!(none(&report, &words), "42 claims found, none of them among those asked for.");
    }

    #[test]
    fn earlier_than_others_only_where_others_are_dated() {
        let (early, late) = ("A@2022-01-08T06:00:00Z", "B@2022-01-09T06:00:00Z");
        assert!(
            told(&samples::report_of(&[early, late])).1.contains("earliest dated: A (1 of 1).")
        );
        for dated in [&[early, "B@"], &[early, early], &[early, "@2022-01-09T06:00:00Z"]] {
            assert!(!told(&samples::report_of(dated)).1.contains("earliest"), "{dated:?}");
        }
    }
}
