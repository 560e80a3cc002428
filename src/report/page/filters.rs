//! What can be chosen in the filters beside the outlets?

use crate::claim::ClaimReport;
use std::collections::BTreeMap;

/// Owners and speakers of a report, by name.
pub(super) struct Filters {
    owners: BTreeMap<String, usize>,
    speakers: BTreeMap<String, usize>,
}

impl Filters {
    pub fn of(report: &ClaimReport) -> Self {
        let owners = report.provenance.iter().filter_map(|p| p.owner.as_deref());
        let speakers = report.claims.iter().filter_map(|claim| claim.speaker.as_ref());
        Filters {
            owners: numbered(owners),
            speakers: numbered(speakers.map(|(_, speaker)| speaker.name.as_str())),
        }
    }

    /// In the order of their numbers.
    pub fn owners(&self) -> Vec<&str> {
        self.owners.keys().map(String::as_str).collect()
    }

    /// In the order of their numbers.
    pub fn speakers(&self) -> Vec<&str> {
        self.speakers.keys().map(String::as_str).collect()
    }

    pub fn owner(&self, name: &str) -> Option<usize> {
        self.owners.get(name).copied()
    }

    pub fn speaker(&self, name: &str) -> Option<usize> {
        self.speakers.get(name).copied()
    }
}

/// Each name once, numbered in alphabetical order.
fn numbered<'r>(names: impl Iterator<Item = &'r str>) -> BTreeMap<String, usize> {
    let mut all: BTreeMap<String, usize> = names.map(|name| (name.to_owned(), 0)).collect();
    (0..).zip(all.values_mut()).for_each(|(number, at)| *at = number);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_numbered_in_their_order() {
        let all = numbered(["b", "a", "b"].into_iter());
        assert_eq!(all.into_iter().collect::<Vec<_>>(), [("a".to_owned(), 0), ("b".to_owned(), 1)]);
    }
}
