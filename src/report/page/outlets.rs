//! Which outlets are there, and which of them have a column of their own?

use super::words::{Words, count};
use crate::claim::{Claim, ClaimReport};
use crate::provenance::Provenance;
use crate::report::article::Article;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Columns that a screen has room for; as many rules of the style sheet name them.
pub(super) const MAX_COLUMNS: usize = 24;

/// The outlets of a report, those that carry most claims first; the articles of unknown outlets
/// are one more, the last.
pub(super) struct Outlets {
    pub list: Vec<Outlet>,
    by_key: BTreeMap<String, usize>,
    by_name: BTreeMap<String, usize>,
}

/// An outlet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Outlet {
    pub name: String,
    /// Claims that it carries.
    pub n_claims: usize,
}

impl Outlets {
    pub fn of(report: &ClaimReport, words: &Words) -> Self {
        let mut names: BTreeMap<Option<&str>, (&str, usize)> = BTreeMap::new();
        for provenance in &report.provenance {
            let name = provenance.outlet.as_ref().map(|outlet| outlet.name.as_str());
            names.entry(key(provenance)).or_insert((name.unwrap_or(""), 0));
        }
        for claim in &report.claims {
            for key in carriers(claim, report) {
                names.entry(key).and_modify(|(_, n_claims)| *n_claims += 1);
            }
        }
        let mut sorted: Vec<_> = names.into_iter().collect();
        sorted.sort_by_key(|(key, (name, n))| (key.is_none(), Reverse(*n), *name));
        let n_unknown = report.provenance.iter().filter(|p| key(p).is_none()).count();
        let unknown = count!(words, n_unknown, "unknown_outlet");
        let outlet = |(key, (name, n_claims)): &(Option<&str>, (&str, usize))| Outlet {
            name: key.map_or(&*unknown, |_| *name).to_owned(),
            n_claims: *n_claims,
        };
        let keys = (0..).zip(&sorted).filter_map(|(idx, (key, _))| Some(((*key)?.to_owned(), idx)));
        let names = (0..).zip(&sorted).filter(|(_, (key, _))| key.is_some());
        Outlets {
            list: sorted.iter().map(outlet).collect(),
            by_key: keys.collect(),
            by_name: names.map(|(idx, (_, (name, _)))| ((*name).to_owned(), idx)).collect(),
        }
    }

    /// The place of an article's outlet in the list.
    pub fn idx(&self, article: &Article<'_>) -> usize {
        let known = article.outlet_key().and_then(|key| self.by_key.get(key));
        known.copied().unwrap_or(self.list.len().saturating_sub(1))
    }

    /// Whether that place is that of the unknown outlets.
    pub fn are_unknown(&self, idx: usize) -> bool {
        idx == self.by_key.len()
    }

    /// The place of the outlet of that name.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Those that have a column.
    pub fn columns(&self) -> &[Outlet] {
        &self.list[..self.list.len().min(MAX_COLUMNS)]
    }
}

fn key(provenance: &Provenance) -> Option<&str> {
    provenance.outlet.as_ref().map(|outlet| outlet.key.as_str())
}

/// The keys of the outlets that carry a claim, each once.
fn carriers<'r>(claim: &Claim, report: &'r ClaimReport) -> BTreeSet<Option<&'r str>> {
    let of = |doc: crate::document::DocId| report.provenance.get(doc.idx()).map(key);
    claim.occurrences.iter().filter_map(|occurrence| of(occurrence.doc)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::article::Articles;
    use crate::report::page::words::Language;
    use crate::report::samples;

    #[test]
    fn who_carries_most_comes_first_and_the_unknown_last() {
        let report = samples::blinken();
        let outlets = Outlets::of(&report, &Words::of(Language::English));
        let list: Vec<(&str, usize)> =
            outlets.list.iter().map(|o| (o.name.as_str(), o.n_claims)).collect();
        let expect = [
            ("Warta.example", 2),
            ("Berita.example", 1),
            ("Kabar.example", 1),
            ("Unknown outlet", 1),
        ];
        assert_eq!(list, expect);
        let of: Vec<usize> = Articles::of(&report).iter().map(|a| outlets.idx(a)).collect();
        assert_eq!(of, [2, 0, 1, 3]);
        assert_eq!((outlets.named("Kabar.example"), outlets.named("")), (Some(2), None));
    }

    #[test]
    fn no_more_columns_than_a_screen_has_room_for() {
        let names: Vec<String> = (0..40).map(|n| format!("{n}@")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let report = samples::report_of(&names);
        let outlets = Outlets::of(&report, &Words::of(Language::English));
        assert_eq!((outlets.list.len(), outlets.columns().len()), (40, MAX_COLUMNS));
    }
}
