//! What became of a claim at each outlet? A row of the table, of which only what is not empty is
//! written.

use super::outlets::{MAX_COLUMNS, Outlets};
use super::words::Words;
use crate::claim::{Claim, Grade, Occurrence};
use crate::report::article::Articles;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One outlet's part in a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Cell {
    /// From 1; `None` where the outlet has none.
    pub column: Option<usize>,
    pub outlet: String,
    /// `identical`, `near`, `edited`, `reworded` or `omits`.
    pub state: &'static str,
    /// The same in words.
    pub label: String,
    pub first: bool,
    pub differs: bool,
}

/// What the articles of a column have of a claim.
#[derive(Default)]
struct Carried {
    grades: BTreeSet<Grade>,
    /// Whether one is first.
    first: bool,
    /// Whether one differs in meaning.
    differs: bool,
}

impl Carried {
    /// Of an outlet the closest wording; of unknown outlets, which share a column, each.
    fn told(&self, of_many: bool) -> impl DoubleEndedIterator<Item = Grade> {
        self.grades.iter().copied().take(if of_many { usize::MAX } else { 1 })
    }
}

/// The cells of a claim that are not empty, in the order of the columns. `first` is the occurrence
/// that was published before all others.
pub(super) fn of(
    claim: &Claim,
    first: Option<usize>,
    articles: &Articles<'_>,
    outlets: &Outlets,
    words: &Words,
) -> Vec<Cell> {
    let mut carried: BTreeMap<usize, Carried> = BTreeMap::new();
    for (idx, occurrence) in claim.occurrences.iter().enumerate() {
        let own = carried.entry(outlets.idx(articles.carrying(occurrence))).or_default();
        own.grades.insert(occurrence.grade);
        own.first |= first == Some(idx);
        own.differs |= !occurrence.differences.is_empty();
    }
    let mut cells: BTreeMap<usize, Cell> =
        carried.into_iter().map(|(at, own)| (at, cell(at, Some(own), outlets, words))).collect();
    for omission in &claim.omitted_by {
        if let Some(at) = outlets.named(&omission.outlet) {
            cells.entry(at).or_insert_with(|| cell(at, None, outlets, words));
        }
    }
    cells.into_values().collect()
}

fn cell(at: usize, carried: Option<Carried>, outlets: &Outlets, words: &Words) -> Cell {
    let carried = carried.unwrap_or_default();
    let told = || carried.told(outlets.are_unknown(at));
    // One mark may not say more than holds of each: it is that of the wording furthest off.
    let state = told().next_back().map_or("omits", state);
    let mut label = match carried.grades.is_empty() {
        true => words.get("state_omits").to_owned(),
        false => told().map(|grade| words.get(grade_key(grade))).collect::<Vec<_>>().join("; "),
    };
    let Carried { first, differs, .. } = carried;
    for (holds, key) in [(first, "state_first"), (differs, "state_differs")] {
        if holds {
            label.push_str(", ");
            label.push_str(words.get(key));
        }
    }
    Cell {
        column: (at < MAX_COLUMNS).then_some(at + 1),
        outlet: outlets.list.get(at).map_or(String::new(), |outlet| outlet.name.clone()),
        state,
        label,
        first,
        differs,
    }
}

/// The class of a grade.
pub(super) fn state(grade: Grade) -> &'static str {
    match grade {
        Grade::Identical => "identical",
        Grade::NearIdentical => "near",
        Grade::Edited => "edited",
        Grade::Reworded => "reworded",
    }
}

/// The key of a grade's name.
pub(super) fn grade_key(grade: Grade) -> &'static str {
    match grade {
        Grade::Identical => "state_identical",
        Grade::NearIdentical => "state_near",
        Grade::Edited => "state_edited",
        Grade::Reworded => "state_reworded",
    }
}

/// The grades of all occurrences but the representative's, each once.
pub(super) fn states(claim: &Claim) -> Vec<&'static str> {
    let others =
        claim.occurrences.iter().enumerate().filter(|(idx, _)| *idx != claim.representative);
    let mut grades: Vec<Grade> = others.map(|(_, o): (_, &Occurrence)| o.grade).collect();
    grades.sort_unstable();
    grades.dedup();
    grades.into_iter().map(state).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Omission;
    use crate::document::DocId;
    use crate::report::page::words::Language;
    use crate::report::samples;

    #[test]
    fn carried_omitted_or_nothing() {
        let mut report = samples::blinken();
        let omission =
            |outlet: &str| Omission { outlet: outlet.to_owned(), documents: vec![DocId(2)] };
        report.claims[1].omitted_by = vec![omission("Berita.example"), omission("elsewhere")];
        let words = Words::of(Language::English);
        let outlets = Outlets::of(&report, &words);
        let articles = Articles::of(&report);
        let row = |claim: usize| -> Vec<String> {
            of(&report.claims[claim], Some(0), &articles, &outlets, &words)
                .into_iter()
                .map(|c| format!("{:?} {} {}: {}", c.column, c.outlet, c.state, c.label))
                .collect()
        };
        let first = [
            "Some(1) Warta.example edited: edited, differs in meaning",
            "Some(2) Berita.example identical: the same words",
            "Some(3) Kabar.example identical: the same words, earliest dated",
        ];
        assert_eq!(row(0), first);
        let second = [
            "Some(1) Warta.example identical: the same words, earliest dated",
            "Some(2) Berita.example omits: covers the story, omits the claim",
            "Some(4) Unknown outlet reworded: reworded",
        ];
        assert_eq!(row(1), second);
        assert_eq!(states(&report.claims[0]), ["identical", "edited"]);
    }

    #[test]
    fn an_outlet_has_its_closest_wording_and_unknown_outlets_the_furthest_off() {
        let words = Words::of(Language::English);
        let row = |name: &str| {
            let mut report = samples::report_of(&[&*format!("{name}@"), &*format!("{name}@")]);
            report.claims[0].occurrences[0].grade = Grade::Identical;
            report.claims[0].occurrences[1].grade = Grade::Reworded;
            let (outlets, articles) = (Outlets::of(&report, &words), Articles::of(&report));
            let cell = of(&report.claims[0], None, &articles, &outlets, &words).remove(0);
            format!("{} {}: {}", cell.outlet, cell.state, cell.label)
        };
        assert_eq!(row("A"), "A identical: the same words");
        assert_eq!(row(""), "Unknown outlets reworded: the same words; reworded");
    }
}
