//! Which copies are found with the record that they are of? By how alike the two are, and by what
//! the copy underwent, where the truth says so.

use super::Share;
use crate::fixed::Milli;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A twentieth of what a likeness can be: 0 to .05, up to .95 to 1. Its upper end belongs to the
/// next, and 1 to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Band(u8);

const BANDS: u8 = 20;
const WIDTH: Milli = Milli(1000 / BANDS as i64);

impl Band {
    /// The band of a likeness of 0 to 1.
    fn of(likeness: Milli) -> Self {
        Band(((likeness.0 / WIDTH.0) as u8).min(BANDS - 1))
    }

    /// Its lower end, which belongs to it.
    pub fn from(self) -> Milli {
        Milli(i64::from(self.0) * WIDTH.0)
    }

    /// Its upper end.
    pub fn to(self) -> Milli {
        Milli(self.from().0 + WIDTH.0)
    }
}

/// What a copy underwent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Undergone {
    /// One edit, as the truth names it.
    One(String),
    /// Several edits, which a `+` joins.
    Several,
}

/// How many copies stand in one found cluster with the record that they are of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CopyRecall {
    /// By exact Jaccard similarity of the two.
    pub by_jaccard: BTreeMap<Band, Share>,
    /// By what the copy underwent.
    pub by_edit: BTreeMap<Undergone, Share>,
    /// Of excerpts, whose Jaccard similarity is small: by the share of the copy that the other has.
    pub by_containment: BTreeMap<Band, Share>,
    /// Those of another true cluster, which should not stand there, by what they underwent.
    pub look_alikes: BTreeMap<Undergone, Share>,
}

/// What a line of the truth says of a copy, besides its cluster.
#[derive(Debug, Default, Deserialize)]
pub(super) struct CopyFields {
    /// The document that it is of.
    pub of: Option<String>,
    edit: Option<String>,
    jaccard: Option<f64>,
    containment: Option<f64>,
}

const EXCERPT: &str = "excerpt";

impl CopyFields {
    /// What an exact run says of a removed document.
    pub fn of_removed(kept: String, jaccard: f64, containment: f64) -> Self {
        let (jaccard, containment) = (Some(jaccard), Some(containment));
        CopyFields { of: Some(kept), edit: None, jaccard, containment }
    }

    /// Errors where a likeness is none.
    pub fn check(&self) -> Result<(), String> {
        for (name, likeness) in [("jaccard", self.jaccard), ("containment", self.containment)] {
            if let Some(likeness) = likeness.filter(|likeness| !(0.0..=1.0).contains(likeness)) {
                return Err(format!("expected {name} of 0 to 1, got {likeness}"));
            }
        }
        Ok(())
    }
}

impl CopyRecall {
    /// Counts a copy, which is found with the other or is not.
    pub(super) fn count(&mut self, copy: &CopyFields, is_one_cluster: bool, is_found: bool) {
        let edit = copy.edit.as_deref();
        let undergone = edit.map(|edit| match edit.contains('+') {
            true => Undergone::Several,
            false => Undergone::One(edit.to_owned()),
        });
        if !is_one_cluster {
            let undergone = undergone.unwrap_or(Undergone::Several);
            return self.look_alikes.entry(undergone).or_default().count(is_found);
        }
        if let Some(undergone) = undergone {
            self.by_edit.entry(undergone).or_default().count(is_found);
        }
        if let Some(band) = band(copy.jaccard) {
            self.by_jaccard.entry(band).or_default().count(is_found);
        }
        let is_excerpt = edit.is_some_and(|edit| edit.split('+').any(|part| part == EXCERPT));
        if let Some(band) = band(copy.containment).filter(|_| is_excerpt) {
            self.by_containment.entry(band).or_default().count(is_found);
        }
    }
}

/// Likenesses are written as thousandths: the nearest is the one that was written.
fn band(likeness: Option<f64>) -> Option<Band> {
    likeness.map(|likeness| Band::of(Milli((likeness * 1000.0).round() as i64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_have_their_lower_ends_and_the_last_both() {
        for (likeness, from, to) in [
            (0.0, 0, 50),
            (0.049, 0, 50),
            (0.05, 50, 100),
            (0.35, 350, 400),
            (0.799, 750, 800),
            (0.8, 800, 850),
            (0.999, 950, 1000),
            (1.0, 950, 1000),
        ] {
            let band = band(Some(likeness)).unwrap();
            assert_eq!((band.from(), band.to()), (Milli(from), Milli(to)), "{likeness}");
        }
    }
}
