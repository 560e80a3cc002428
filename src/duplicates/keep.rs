//! Which of several like documents is kept?

use super::Sketch;
use crate::document::Document;
use crate::provenance::{self, Provenance, outlet_key};
use crate::text::paragraph;
use std::collections::BTreeMap;

/// Which of several like documents is kept; where that leaves a choice, the first in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// The first in the order of the documents.
    First,
    /// The one of most shingles.
    Longest,
    /// The one published first; those without a date last.
    Earliest,
    /// The one of the outlet that stands first in a list; those of other outlets last.
    Priority(Outlets),
}

/// Outlets in an order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlets(BTreeMap<String, i64>);

impl Outlets {
    /// Outlets by their names or domains, the best first: whatever their spelling, as
    /// [`outlet_key`] takes it.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut ranks = BTreeMap::new();
        for (name, rank) in names.into_iter().zip(0..) {
            ranks.entry(outlet_key(name)).or_insert(rank);
        }
        Outlets(ranks)
    }

    /// What they are known by, in their order.
    pub fn best_first(&self) -> impl Iterator<Item = &str> {
        let mut outlets: Vec<(&String, i64)> =
            self.0.iter().map(|(key, &rank)| (key, rank)).collect();
        outlets.sort_unstable_by_key(|&(_, rank)| rank);
        outlets.into_iter().map(|(key, _)| key.as_str())
    }
}

impl Keep {
    /// Whether it takes more to tell than the text.
    pub fn needs_document(&self) -> bool {
        matches!(self, Keep::Earliest | Keep::Priority(_))
    }

    /// The sketch with its preference, where the text tells it.
    pub fn prefer(&self, sketch: Sketch) -> Sketch {
        let preference = match self {
            Keep::Longest => -i64::from(sketch.n_shingles),
            _ => 0,
        };
        Sketch { preference, ..sketch }
    }

    /// The sketch of a document with its preference.
    pub fn prefer_document(&self, sketch: Sketch, document: &Document) -> Sketch {
        if !self.needs_document() {
            return self.prefer(sketch);
        }
        let found = provenance::of(document, &paragraph::split(&document.text), None);
        Sketch { preference: self.of_provenance(&found), ..sketch }
    }

    fn of_provenance(&self, found: &Provenance) -> i64 {
        match self {
            // By then it was surely published.
            Keep::Earliest => found.published.as_ref().map_or(i64::MAX, |when| when.bounds().1),
            Keep::Priority(Outlets(ranks)) => {
                let rank = found.outlet.as_ref().and_then(|outlet| ranks.get(&outlet.key));
                rank.copied().unwrap_or(i64::MAX)
            }
            Keep::First | Keep::Longest => 0,
        }
    }
}
