//! How exactly are passages cut?
//!
//! For each occurrence of the truth that found claims match, the found occurrence that covers most
//! of it (of several, the one with the least error). Its error is the distance of the starts plus
//! the distance of the ends: in code points, and in words as [`crate::text::tokenize`] counts them,
//! a part of a word counting as one.

use super::place::Place;
use super::scene::Scene;
use super::{Share, Trust};
use crate::fixed::Milli;
use crate::text::tokenize::tokenize;
use std::cmp::Reverse;

/// Boundary errors of matched occurrences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Boundaries {
    /// Which found claims.
    pub trust: Trust,
    /// Mean error in code points.
    pub mean_chars: Option<Milli>,
    /// The 90th percentile by nearest rank: the least error that 90 % of the occurrences do not
    /// exceed, in code points.
    pub p90_chars: Option<usize>,
    /// Occurrences whose error is at most two words.
    pub within_two_words: Share,
}

/// Distance of starts plus distance of ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct BoundaryError {
    n_chars: usize,
    n_words: usize,
}

/// Boundary errors by trust.
pub(super) fn score(scene: &Scene<'_>) -> Vec<Boundaries> {
    Trust::RECALLED.map(|trust| summarise(trust, &errors(scene, trust))).into()
}

fn errors(scene: &Scene<'_>, trust: Trust) -> Vec<BoundaryError> {
    let mut errors = Vec::new();
    for (claim_idx, claim) in scene.truth.claims.iter().enumerate() {
        for (occurrence_idx, occurrence) in claim.occurrences.iter().enumerate() {
            let at = scene.at(claim_idx, occurrence_idx).iter();
            let found = at.filter(|&&at| scene.is_trusted(at, trust));
            let places = found.map(|&at| &scene.occurrence(at).place);
            errors.extend(closest(&occurrence.place, places));
        }
    }
    errors
}

fn closest<'e>(truth: &Place, found: impl Iterator<Item = &'e Place>) -> Option<BoundaryError> {
    let measured =
        found.map(|place| (Reverse(truth.span.overlap(place.span)), error(truth, place)));
    measured.min().map(|(_, error)| error)
}

fn error(truth: &Place, found: &Place) -> BoundaryError {
    let (start, end) = truth.gaps(found);
    BoundaryError {
        n_chars: start.chars().count() + end.chars().count(),
        n_words: tokenize(start).len() + tokenize(end).len(),
    }
}

fn summarise(trust: Trust, errors: &[BoundaryError]) -> Boundaries {
    let mut n_chars: Vec<usize> = errors.iter().map(|error| error.n_chars).collect();
    n_chars.sort_unstable();
    let n = n_chars.len();
    let total: usize = n_chars.iter().sum();
    Boundaries {
        trust,
        mean_chars: (0 < n).then(|| super::milli(total as f64 / n as f64)),
        p90_chars: (n * 9).div_ceil(10).checked_sub(1).map(|rank| n_chars[rank]),
        within_two_words: Share::of(errors.iter().map(|error| error.n_words <= 2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::ByteSpan;

    /// The place of `part` in `text`.
    fn place(text: &str, part: &str) -> Place {
        let start = text.find(part).unwrap();
        let span = ByteSpan::new(start, start + part.len());
        Place { doc: "a.txt".to_owned(), span, exact: part.to_owned() }
    }

    #[test]
    fn errors_in_code_points_and_words() {
        let text = "Kata dia: “é satu dua tiga,” lalu pergi.";
        for (truth, found, n_chars, n_words) in [
            ("é satu dua tiga,", "é satu dua tiga,", 0, 0),
            ("é satu dua tiga,", "“é satu dua tiga,”", 2, 0),
            ("é satu dua tiga,", "satu dua tiga", 3, 1),
            ("é satu dua tiga,", "é satu dua", 6, 1),
            ("satu dua tiga", "dia: “é satu dua", 13, 3),
            ("satu dua tiga", "atu dua tiga,” lalu", 8, 2),
        ] {
            let (truth, found) = (place(text, truth), place(text, found));
            let expect = BoundaryError { n_chars, n_words };
            assert_eq!(error(&truth, &found), expect, "{truth:?} {found:?}");
            assert_eq!(error(&found, &truth), expect, "{found:?} {truth:?}");
        }
    }

    #[test]
    fn the_one_that_covers_most_decides() {
        let text = "satu dua tiga empat lima enam";
        let places = ["tiga empat", "satu dua tiga empat lima enam", "tiga empat lima enam"];
        let found = places.map(|part| place(text, part));
        let truth = place(text, "tiga empat lima");
        assert_eq!(closest(&truth, found.iter()), Some(BoundaryError { n_chars: 5, n_words: 1 }));
        assert_eq!(closest(&truth, [].iter()), None);
    }

    #[test]
    fn mean_and_percentile() {
        let errors = |n_chars: &[usize]| -> Vec<BoundaryError> {
            n_chars.iter().map(|&n| BoundaryError { n_chars: n, n_words: n / 5 }).collect()
        };
        for (n_chars, mean_chars, p90_chars, n_within) in [
            (&[][..], None, None, 0),
            (&[4], Some(4000), Some(4), 1),
            (&[0, 1, 0], Some(333), Some(1), 3),
            (&[9, 8, 7, 6, 5, 4, 3, 2, 1, 100], Some(14_500), Some(9), 9),
            (&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15], Some(1364), Some(0), 10),
        ] {
            let found = summarise(Trust::Confirmed, &errors(n_chars));
            assert_eq!(found.mean_chars.map(|mean| mean.0), mean_chars, "{n_chars:?}");
            assert_eq!(found.p90_chars, p90_chars, "{n_chars:?}");
            assert_eq!(found.within_two_words, Share { n_right: n_within, n: n_chars.len() });
        }
    }
}
