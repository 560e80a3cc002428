//! What does the page show of a claim? Its row of the table, and the card that the row opens into.

use super::cells::{self, Cell};
use super::filters::Filters;
use super::graph::{self, Graph};
use super::outlets::Outlets;
use super::sources;
use super::timeline::{self, Timeline};
use super::when;
use super::wording::{self, Wording, date_basis, difference_key};
use super::words::{Words, listed_names};
use crate::claim::{Claim, DifferenceKind, Form, Status};
use crate::report::article::Articles;
use crate::report::{facts, labels};
use crate::text::PassageKind;
use serde::Serialize;
use std::collections::BTreeSet;

/// The bounds of a date that tells nothing.
const UNKNOWN: (i64, i64) = (i64::MIN, i64::MAX);

/// What a claim is shown with.
pub(super) struct Shown<'r> {
    pub articles: &'r Articles<'r>,
    pub outlets: &'r Outlets,
    pub filters: &'r Filters,
    /// By article: whether the page has its text.
    pub has_text: &'r [bool],
    pub words: &'r Words,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ClaimView<'r> {
    /// From 1, in the report's order.
    pub number: usize,
    pub id: &'r str,
    pub is_suggested: bool,
    /// `quotation` or `statement`.
    pub kind: &'static str,
    pub kind_label: &'static str,
    /// The wording that stands for it.
    pub text: &'r str,
    pub quoted: bool,
    pub language: Option<&'static str>,
    pub speaker: Option<&'r str>,
    /// `Earliest dated: Kabar, 8 Jan 2022`
    pub first: Option<String>,
    /// The same with its basis, or that it cannot be told.
    pub first_basis: String,
    pub cells: Vec<Cell>,
    /// The kinds of differences in meaning, each once.
    pub differs: Vec<&'static str>,
    pub n_differences: usize,
    /// The sentence on independence, and its reasons.
    pub sources: Vec<String>,
    pub omitted: Option<String>,
    /// The same, shorter.
    pub row_omitted: Option<String>,
    /// Whether its articles are one source at most.
    pub has_one_line: bool,
    pub wordings: Vec<Wording<'r>>,
    pub timeline: Option<Timeline>,
    pub graph: Option<Graph>,
    pub sieve: Sieve,
}

/// What the filters ask of a claim; indices are those of their choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Sieve {
    pub outlets: String,
    pub owners: String,
    pub speaker: Option<usize>,
    pub states: String,
    /// The days that its articles are dated, each once, ascending; of some only the month is known.
    pub days: String,
    /// Seconds since 1970 of the earliest instant that an article may be of.
    pub earliest: Option<i64>,
    /// `differs`, `omitted`, `one-line`
    pub flags: String,
}

impl<'r> Shown<'r> {
    /// The claim of that number, with its drawings or without.
    pub fn claim(&self, number: usize, claim: &'r Claim, with_drawings: bool) -> ClaimView<'r> {
        let Shown { articles, words, .. } = *self;
        let first = facts::first_seen(claim, articles);
        let representative = &claim.occurrences[claim.representative];
        let article = articles.carrying(representative);
        let drawn = with_drawings.then_some(());
        ClaimView {
            number,
            id: &claim.id,
            is_suggested: claim.status == Status::Suggested,
            kind: labels::kind(claim.kind),
            kind_label: words.get(match claim.kind {
                PassageKind::Quotation => "kind_quotation",
                PassageKind::Statement => "kind_statement",
            }),
            text: representative.span.of(&article.original.document.text),
            quoted: representative.form == Form::Direct,
            language: article.language,
            speaker: claim.speaker.as_ref().map(|(_, speaker)| speaker.name.as_str()),
            first: first.map(|idx| self.first("first_by", claim, idx)),
            first_basis: match first {
                Some(idx) => self.first("first_basis", claim, idx),
                None => words.get("first_unknown").to_owned(),
            },
            cells: cells::of(claim, first, articles, self.outlets, words),
            differs: differs(claim).into_iter().map(|k| words.get(difference_key(k))).collect(),
            n_differences: claim.occurrences.iter().map(|o| o.differences.len()).sum(),
            sources: sources::told(claim, articles, words),
            omitted: self.omitted("omitted_by", claim),
            row_omitted: self.omitted("row_omitted", claim),
            has_one_line: has_one_line(claim),
            wordings: self.wordings(claim, first),
            timeline: drawn.and_then(|()| timeline::of(claim, articles, words)),
            graph: drawn.and_then(|()| graph::of(claim, articles, words)),
            sieve: self.sieve(claim),
        }
    }

    fn first(&self, key: &'static str, claim: &Claim, idx: usize) -> String {
        let provenance = self.articles.carrying(&claim.occurrences[idx]).provenance;
        let outlet = provenance.outlet.as_ref();
        let outlet = outlet.map_or(self.words.get("unknown_outlet"), |outlet| &outlet.name);
        let published = provenance.published.as_ref();
        let when = published.map_or(String::new(), |p| when::shown(&p.when, self.words));
        let basis = published.map_or("", |p| self.words.get(date_basis(p.basis)));
        self.words.fill(key, &[("outlet", outlet), ("when", &when), ("basis", basis)])
    }

    fn omitted(&self, key: &'static str, claim: &Claim) -> Option<String> {
        let names: Vec<&str> = claim.omitted_by.iter().map(|o| o.outlet.as_str()).collect();
        let told = || self.words.fill(key, &[("names", &listed_names(&names))]);
        (!names.is_empty()).then(told)
    }

    /// The representative wording first, which the others are compared with.
    fn wordings(&self, claim: &'r Claim, first: Option<usize>) -> Vec<Wording<'r>> {
        let others = (0..claim.occurrences.len()).filter(|&idx| idx != claim.representative);
        let all = std::iter::once(claim.representative).chain(others);
        let of = |idx| wording::of(claim, (idx, first), self.articles, self.has_text, self.words);
        all.map(of).collect()
    }

    fn sieve(&self, claim: &Claim) -> Sieve {
        let articles = || claim.occurrences.iter().map(|o| self.articles.carrying(o));
        let day = |when: &str| when.get(..10).unwrap_or(when).to_owned();
        let days: BTreeSet<String> = articles().filter_map(|a| a.when()).map(day).collect();
        let dated = articles().filter_map(|article| article.provenance.published.as_ref());
        let instants = dated.map(|published| published.bounds()).filter(|at| *at != UNKNOWN);
        let owners = articles().filter_map(|article| article.provenance.owner.as_deref());
        let flags = [
            (has_differences(claim), "differs"),
            (!claim.omitted_by.is_empty(), "omitted"),
            (has_one_line(claim), "one-line"),
        ];
        let flags: Vec<&str> = flags.iter().filter(|(holds, _)| *holds).map(|(_, f)| *f).collect();
        Sieve {
            outlets: listed(articles().map(|article| self.outlets.idx(article))),
            owners: listed(owners.filter_map(|owner| self.filters.owner(owner))),
            speaker: claim.speaker.as_ref().and_then(|(_, s)| self.filters.speaker(&s.name)),
            states: cells::states(claim).join(" "),
            days: days.into_iter().collect::<Vec<_>>().join(" "),
            earliest: instants.map(|(from, _)| from).min(),
            flags: flags.join(" "),
        }
    }
}

/// Whether an occurrence differs in meaning.
pub(super) fn has_differences(claim: &Claim) -> bool {
    claim.occurrences.iter().any(|occurrence| !occurrence.differences.is_empty())
}

/// Whether its articles are one source at most.
pub(super) fn has_one_line(claim: &Claim) -> bool {
    claim.lines.as_ref().is_some_and(|lines| lines.upper == 1)
}

fn differs(claim: &Claim) -> Vec<DifferenceKind> {
    let all = claim.occurrences.iter().flat_map(|o| &o.differences).map(|d| d.kind);
    let mut kinds: Vec<DifferenceKind> = all.collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Each once, ascending, with spaces between.
fn listed(idx: impl Iterator<Item = usize>) -> String {
    let mut all: Vec<usize> = idx.collect();
    all.sort_unstable();
    all.dedup();
    all.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{ClaimReport, IndependentLines, Omission};
    use crate::document::DocId;
    use crate::report::page::words::Language;
    use crate::report::samples;

    fn check(report: &ClaimReport, claim: usize, check: impl Fn(ClaimView<'_>)) {
        let words = Words::of(Language::English);
        let shown = Shown {
            articles: &Articles::of(report),
            outlets: &Outlets::of(report, &words),
            filters: &Filters::of(report),
            has_text: &[true; 4],
            words: &words,
        };
        check(shown.claim(claim + 1, &report.claims[claim], true));
    }

    #[test]
    fn a_row_says_who_was_first_who_differs_and_who_omits() {
        let mut report = samples::blinken();
        let omission = Omission { outlet: "Berita.example".to_owned(), documents: vec![DocId(2)] };
        report.claims[0].omitted_by = vec![omission];
        report.claims[0].lines = Some(IndependentLines { lower: 1, upper: 1, because: Vec::new() });
        check(&report, 0, |view| {
            assert_eq!(
                view.first.as_deref(),
                Some("Earliest dated: Kabar.example, 8 Jan 2022, 06:31 +07:00")
            );
            let basis =
                "Earliest dated: Kabar.example, 8 Jan 2022, 06:31 +07:00 (date in the record).";
            assert_eq!(view.first_basis, basis);
            assert_eq!(
                (view.differs.as_slice(), view.n_differences),
                (&["hedge", "intensifier"][..], 2)
            );
            let omitted = "Left out by Berita.example; the story is covered there.";
            assert_eq!(view.omitted.as_deref(), Some(omitted));
            assert_eq!((view.speaker, view.quoted), (Some("Antony Blinken"), true));
            let sieve = Sieve {
                outlets: "0 1 2".to_owned(),
                owners: String::new(),
                speaker: Some(0),
                states: "identical edited".to_owned(),
                days: "2022-01-08".to_owned(),
                earliest: Some(1_641_598_260),
                flags: "differs omitted one-line".to_owned(),
            };
            assert_eq!(view.sieve, sieve);
        });
    }

    #[test]
    fn the_wording_that_stands_for_it_comes_first() {
        let mut report = samples::blinken();
        report.claims[0].representative = 1;
        check(&report, 0, |view| {
            let order: Vec<&str> = view.wordings.iter().map(|w| w.outlet).collect();
            assert_eq!(order, ["Warta.example", "Kabar.example", "Berita.example"]);
        });
    }

    #[test]
    fn nobody_is_first_where_dates_do_not_tell() {
        check(&samples::report_of(&["A@2022-01-08", "B@2022-01-08"]), 0, |view| {
            assert_eq!(view.first, None);
            assert_eq!(view.first_basis, "Who was first cannot be told from the dates.");
        });
    }
}
