//! What can be said of a claim as a whole: who carries it, in which languages, and who had it
//! first?

use super::article::{Article, Articles};
use crate::claim::{Claim, ClaimReport, Occurrence, Status};
use crate::provenance::AgencyCredit;
use std::collections::{BTreeSet, HashSet};

/// Claims of a report that have the status.
pub(super) fn n_claims(report: &ClaimReport, status: Status) -> usize {
    report.claims.iter().filter(|claim| claim.status == status).count()
}

/// How many carry a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    /// Distinct articles.
    pub n_documents: usize,
    /// Distinct known outlets.
    pub n_outlets: usize,
    /// Distinct known owners of them.
    pub n_owners: usize,
    /// Distinct articles of unknown outlets: each may be one more outlet.
    pub n_unknown_outlets: usize,
}

pub(super) fn counts(claim: &Claim, articles: &Articles<'_>) -> Counts {
    let documents: HashSet<_> = claim.occurrences.iter().map(|o| o.doc).collect();
    let owners = documents.iter().filter_map(|&doc| articles.get(doc).provenance.owner.as_deref());
    let keys = || documents.iter().map(|&doc| articles.get(doc).outlet_key());
    Counts {
        n_documents: documents.len(),
        n_outlets: keys().flatten().collect::<HashSet<_>>().len(),
        n_owners: owners.collect::<HashSet<_>>().len(),
        n_unknown_outlets: keys().filter(Option::is_none).count(),
    }
}

/// The languages of the articles that carry the claim, in alphabetical order.
pub(super) fn languages(claim: &Claim, articles: &Articles<'_>) -> Vec<&'static str> {
    let known: BTreeSet<_> =
        claim.occurrences.iter().filter_map(|o| articles.carrying(o).language).collect();
    known.into_iter().collect()
}

/// Who is credited, each once, in the order of the credits.
pub(super) fn credited<'r>(credits: impl IntoIterator<Item = &'r AgencyCredit>) -> Vec<&'r str> {
    let mut names: Vec<&str> = Vec::new();
    for credit in credits {
        if !names.contains(&credit.name.as_str()) {
            names.push(&credit.name);
        }
    }
    names
}

/// Index of the occurrence that was published before all other dated ones, whatever the time of
/// day and the zone that a date leaves open; `None` where that cannot be told.
///
/// An undated article is never first. Where several may be first, they count as one only if they
/// are of one outlet and bear the same date: then the first listed stands for them.
pub(super) fn first_seen(claim: &Claim, articles: &Articles<'_>) -> Option<usize> {
    let published = |o| articles.carrying(o).provenance.published.as_ref();
    let dated: Vec<(usize, (i64, i64))> = (0..)
        .zip(&claim.occurrences)
        .filter_map(|(idx, o)| Some((idx, published(o)?.bounds())))
        .collect();
    let bound = dated.iter().map(|(_, (_, latest))| *latest).min()?;
    let mut may_be_first =
        dated.iter().filter(|(_, (earliest, _))| *earliest <= bound).map(|&(idx, _)| idx);
    let first = may_be_first.next()?;
    let occurrence = |idx: usize| &claim.occurrences[idx];
    may_be_first
        .all(|idx| same_publication(occurrence(first), occurrence(idx), articles))
        .then_some(first)
}

fn same_publication(a: &Occurrence, b: &Occurrence, articles: &Articles<'_>) -> bool {
    let (x, y): (&Article<'_>, &Article<'_>) = (articles.carrying(a), articles.carrying(b));
    let same_outlet = x.outlet_key().is_some() && x.outlet_key() == y.outlet_key();
    a.doc == b.doc || (same_outlet && x.when() == y.when())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::report_of;

    /// `dated` holds `outlet@when` for each occurrence; an empty part is unknown.
    fn check_first(dated: &[&str], expect: Option<usize>) {
        let report = report_of(dated);
        let articles = Articles::of(&report);
        assert_eq!(first_seen(&report.claims[0], &articles), expect, "{dated:?}");
    }

    #[test]
    fn first_is_who_was_first_in_every_reading_of_the_dates() {
        // Zones count: 06:31 in Jakarta is before 00:00 in London.
        check_first(&["A@2022-01-08T00:00:00Z", "B@2022-01-08T06:31:00+07:00"], Some(1));
        check_first(&["A@2022-01-08T06:31:00+07:00", "B@2022-01-08T07:45:00+07:00"], Some(0));
        // Undated is never first, and does not keep another from being first.
        check_first(&["A@", "B@2022-01-08T06:31:00+07:00"], Some(1));
        check_first(&["A@", "B@"], None);
        check_first(&["A@soon", "B@2022-13-40"], None);
        // A day may begin before and end after a time in it.
        check_first(&["A@2022-01-08", "B@2022-01-08T06:31:00+07:00"], None);
        check_first(&["A@2022-01-08", "B@2022-01-10T12:00:00+07:00"], Some(0));
        check_first(&["A@2022-01-07", "B@2022-01-08"], None);
        check_first(&["A@2022-01-07", "B@2022-01-10"], Some(0));
        // Without a zone 26 hours must lie between.
        check_first(&["A@2022-01-08T06:31:00", "B@2022-01-08T07:45:00"], None);
        check_first(&["A@2022-01-09T08:32:00", "B@2022-01-08T06:31:00"], Some(1));
        check_first(&["A@2022-01-08T06:31:00", "B@2022-01-08T21:00:00Z"], Some(0));
        // A later one that is vague does not matter to two that are not.
        check_first(&["A@2022-01-08T06:00:00Z", "B@2022-01-08T07:00:00Z", "C@2022-01-12"], Some(0));
    }

    #[test]
    fn a_tie_has_no_first_unless_it_is_one_outlets() {
        check_first(&["A@2022-01-08T06:00:00Z", "B@2022-01-08T13:00:00+07:00"], None);
        check_first(&["A@2022-01-08T06:00:00Z", "A@2022-01-08T06:00:00Z"], Some(0));
        check_first(&["A@2022-01-08", "A@2022-01-08"], Some(0));
        check_first(&["A@2022-01-08", "A@2022-01-08T06:00:00Z"], None);
        check_first(&["@2022-01-08", "@2022-01-08"], None);
        check_first(&["@2022-01-08"], Some(0));
    }

    #[test]
    fn an_unknown_outlet_is_counted_apart() {
        let mut report = report_of(&["A@", "B@", "A@", "@", "@"]);
        report.provenance[1].owner = Some("C".to_owned());
        let counts = counts(&report.claims[0], &Articles::of(&report));
        let expect = Counts { n_documents: 5, n_outlets: 2, n_owners: 1, n_unknown_outlets: 2 };
        assert_eq!(counts, expect);
    }
}
