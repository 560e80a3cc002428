//! What became of a claim at each outlet? A row of the table, of which only what is not empty is
//! written.

use super::outlets::{MAX_COLUMNS, Outlets};
use super::words::Words;
use crate::claim::{Claim, Grade, Occurrence};
use crate::report::article::Articles;
use serde::Serialize;
use std::collections::BTreeMap;

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

/// What an outlet's articles have of a claim: the closest wording, whether one is first, and
/// whether one differs in meaning.
type Carried = (Grade, bool, bool);

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
        let own = (occurrence.grade, first == Some(idx), !occurrence.differences.is_empty());
        let at = carried.entry(outlets.idx(articles.carrying(occurrence))).or_insert(own);
        *at = (at.0.min(own.0), at.1 || own.1, at.2 || own.2);
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
    let (state, text) = carried.map_or(("omits", words.get("state_omits")), |(grade, ..)| {
        (state(grade), words.get(grade_key(grade)))
    });
    let (first, differs) = carried.map_or((false, false), |(_, first, differs)| (first, differs));
    let mut label = text.to_owned();
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
}
