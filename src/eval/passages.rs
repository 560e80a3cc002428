//! How good are reused passages found, measured against a truth?
//!
//! The measures are those of Potthast, Stein, Barrón-Cedeño and Rosso, "An evaluation framework for
//! plagiarism detection", COLING 2010, in characters and macro-averaged. With S the cases and R the
//! detections, each a passage of a suspicious document together with a passage of a source:
//!
//! ```text
//! r detects s      they overlap in both documents
//! s ⊓ r            the characters that both have, in both documents, if r detects s; else none
//! precision        1/|R| Σ over r of |∪ over s of (s ⊓ r)| / |r|
//! recall           1/|S| Σ over s of |∪ over r of (s ⊓ r)| / |s|
//! granularity      detections that detect a case, on average over the cases that one detects; at least 1
//! plagdet          harmonic mean of precision and recall / log2(1 + granularity)
//! ```
//!
//! |s| counts the characters (code points) of both passages. S and R are sets: what is there twice counts
//! once. [`score`] is these measures alone; [`kinds`] reads PAN's files, and measures by kind of reuse too.

pub mod kinds;
mod pan;

use crate::fixed::{BasisPoints, log2_ratio_q32};
use ahash::{AHashMap, AHashSet};
use std::ops::Range;

/// A passage of a suspicious document, and that of the source which it is taken from: a case of a
/// truth, or a detection.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PassagePair {
    /// Name of the suspicious document.
    pub suspicious: String,
    /// Name of the source.
    pub source: String,
    /// Where in the suspicious document, in code points.
    pub suspicious_chars: Range<u64>,
    /// Where in the source, in code points.
    pub source_chars: Range<u64>,
}

impl PassagePair {
    /// Whether each detects the other: they overlap in both documents.
    fn meets(&self, other: &PassagePair) -> bool {
        overlap(&self.suspicious_chars, &other.suspicious_chars)
            && overlap(&self.source_chars, &other.source_chars)
    }

    fn documents(&self) -> (&str, &str) {
        (&self.suspicious, &self.source)
    }
}

/// How good detections are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Cases of the truth.
    pub n_cases: u64,
    /// Cases that a detection detects.
    pub n_found: u64,
    /// Detections; `None` where it cannot be said which belong to these cases.
    pub n_detections: Option<u64>,
    /// `None` where there is no detection.
    pub precision: Option<BasisPoints>,
    /// `None` where there is no case.
    pub recall: Option<BasisPoints>,
    /// 1 where no case is found.
    pub granularity: BasisPoints,
    /// 0 where nothing was found; `None` where precision or recall cannot be said.
    pub plagdet: Option<BasisPoints>,
}

/// Measures detections against the cases. What is there twice counts once.
///
/// Detections and cases of the same two documents are compared each with each.
pub fn score(cases: &[PassagePair], detections: &[PassagePair]) -> Score {
    let (cases, detections) = (unique(cases), unique(detections));
    let shares = Shares::of(&cases, &detections);
    Score::of(shares.cases.iter().copied(), Some(shares.detections.iter().copied()))
}

fn unique(pairs: &[PassagePair]) -> Vec<&PassagePair> {
    let mut seen = AHashSet::new();
    pairs.iter().filter(|&pair| seen.insert(pair)).collect()
}

/// How much of a passage pair the pairs of the other side cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Coverage {
    /// Share of its characters, of 10^12.
    share: u64,
    /// How many of the other side it meets.
    n_met: u64,
}

/// How much of each case the detections cover, and of each detection the cases, in their orders.
#[derive(Debug)]
struct Shares {
    cases: Vec<Coverage>,
    detections: Vec<Coverage>,
}

const WHOLE: u128 = 1_000_000_000_000;

impl Shares {
    fn of(cases: &[&PassagePair], detections: &[&PassagePair]) -> Shares {
        let covered = |pairs: &[&PassagePair], by: &[&PassagePair]| {
            let by = by_documents(by);
            pairs.iter().map(|pair| coverage(pair, by.get(&pair.documents()))).collect()
        };
        Shares { cases: covered(cases, detections), detections: covered(detections, cases) }
    }
}

fn by_documents<'p>(
    pairs: &[&'p PassagePair],
) -> AHashMap<(&'p str, &'p str), Vec<&'p PassagePair>> {
    let mut groups: AHashMap<_, Vec<_>> = AHashMap::new();
    for &pair in pairs {
        groups.entry(pair.documents()).or_default().push(pair);
    }
    groups
}

fn coverage(pair: &PassagePair, by: Option<&Vec<&PassagePair>>) -> Coverage {
    let met: Vec<&PassagePair> =
        by.into_iter().flatten().copied().filter(|other| pair.meets(other)).collect();
    let n_covered = n_covered(&pair.suspicious_chars, met.iter().map(|o| &o.suspicious_chars))
        + n_covered(&pair.source_chars, met.iter().map(|o| &o.source_chars));
    let n = length(&pair.suspicious_chars) + length(&pair.source_chars);
    let share = (n_covered * WHOLE).checked_div(n).unwrap_or_default();
    Coverage { share: share as u64, n_met: met.len() as u64 }
}

/// Characters of `range` that some of the others have.
fn n_covered<'r>(range: &Range<u64>, others: impl Iterator<Item = &'r Range<u64>>) -> u128 {
    let cut = |other: &Range<u64>| other.start.max(range.start)..other.end.min(range.end);
    let mut parts: Vec<Range<u64>> = others.map(cut).collect();
    parts.sort_unstable_by_key(|part| part.start);
    let (mut n, mut end) = (0, range.start);
    for part in parts {
        let rest = part.start.max(end)..part.end;
        n += length(&rest);
        end = end.max(part.end);
    }
    n
}

fn length(range: &Range<u64>) -> u128 {
    range.end.saturating_sub(range.start).into()
}

fn overlap(a: &Range<u64>, b: &Range<u64>) -> bool {
    a.start.max(b.start) < a.end.min(b.end)
}

impl Score {
    /// Of these cases and, where it is known which they are, detections.
    fn of(
        cases: impl Iterator<Item = Coverage> + Clone,
        detections: Option<impl Iterator<Item = Coverage>>,
    ) -> Score {
        let (n_cases, recall) = mean(cases.clone());
        let n_found = cases.clone().filter(|case| 0 < case.n_met).count() as u64;
        let n_met = cases.map(|case| case.n_met).sum();
        let (n_detections, precision) = detections.map(mean).unzip();
        Score {
            n_cases,
            n_found,
            n_detections,
            precision: precision.flatten().map(shown),
            recall: recall.map(shown),
            granularity: granularity(n_met, n_found),
            // Without a detection nothing is found, which no missing precision can hide.
            plagdet: recall
                .zip(precision)
                .map(|(recall, precision)| plagdet(precision.unwrap_or(0), recall, n_met, n_found))
                .map(shown),
        }
    }
}

/// How many there are, and their mean share; `None` of nothing.
fn mean(of: impl Iterator<Item = Coverage>) -> (u64, Option<u128>) {
    let (mut n, mut sum) = (0, 0);
    for coverage in of {
        n += 1;
        sum += u128::from(coverage.share);
    }
    (n, (0 < n).then(|| sum / u128::from(n)))
}

/// Of 10^12 to ten-thousandths, to the nearest.
fn shown(share: u128) -> BasisPoints {
    const STEP: u128 = WHOLE / 10_000;
    BasisPoints(((share + STEP / 2) / STEP) as i64)
}

fn granularity(n_met: u64, n_found: u64) -> BasisPoints {
    match n_found {
        0 => BasisPoints(10_000),
        n => shown(u128::from(n_met) * WHOLE / u128::from(n)),
    }
}

/// Of 10^12, as precision and recall are.
fn plagdet(precision: u128, recall: u128, n_met: u64, n_found: u64) -> u128 {
    if precision + recall == 0 || n_found == 0 {
        return 0;
    }
    let f1 = 2 * precision * recall / (precision + recall);
    // 1 + granularity, and so no less than 2.
    let log2_q32 = log2_ratio_q32(n_met + n_found, n_found).max(1) as u128;
    (f1 << 32) / log2_q32
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// A pair whose two passages lie alike: the same start and length in both documents.
    pub fn alike(suspicious: &str, source: &str, start: u64, n_chars: u64) -> PassagePair {
        let chars = start..start + n_chars;
        PassagePair {
            suspicious: suspicious.to_owned(),
            source: source.to_owned(),
            suspicious_chars: chars.clone(),
            source_chars: chars,
        }
    }

    fn measured(cases: &[PassagePair], detections: &[PassagePair]) -> [i64; 4] {
        let score = score(cases, detections);
        let points = |share: Option<BasisPoints>| share.map_or(-1, |points| points.0);
        let (precision, recall) = (points(score.precision), points(score.recall));
        [precision, recall, score.granularity.0, points(score.plagdet)]
    }

    /// The cases of the examples that come with the measures' own program, and what follows from the
    /// definitions.
    #[test]
    fn worked_values() {
        let case = || alike("a", "s", 0, 100);
        for (cases, detections, expect) in [
            // All of it, at once and in two parts.
            (vec![case()], vec![case()], [10_000, 10_000, 10_000, 10_000]),
            (
                vec![case()],
                vec![alike("a", "s", 0, 50), alike("a", "s", 50, 50)],
                [10_000, 10_000, 20_000, 6309],
            ),
            // Twice too long; three quarters of it.
            (vec![case()], vec![alike("a", "s", 0, 200)], [5000, 10_000, 10_000, 6667]),
            (vec![case()], vec![alike("a", "s", 25, 75)], [10_000, 7500, 10_000, 8571]),
            // The same passage in another source, in another document, and beside it.
            (vec![case()], vec![alike("a", "t", 0, 100)], [0, 0, 10_000, 0]),
            (vec![case()], vec![alike("b", "s", 0, 100)], [0, 0, 10_000, 0]),
            (vec![case()], vec![alike("a", "s", 100, 100)], [0, 0, 10_000, 0]),
            // The right passage of the suspicious document, a wrong one of the source.
            (
                vec![case()],
                vec![PassagePair { source_chars: 500..600, ..case() }],
                [0, 0, 10_000, 0],
            ),
            // A detection twice is one.
            (vec![case()], vec![case(), case()], [10_000, 10_000, 10_000, 10_000]),
            // One detection over two cases: half of it is neither's.
            (
                vec![case(), alike("a", "s", 300, 100)],
                vec![alike("a", "s", 0, 400)],
                [5000, 10_000, 10_000, 6667],
            ),
            // Of every case and detection as much, however long.
            (
                vec![case(), alike("a", "s", 200, 900)],
                vec![case(), alike("b", "s", 0, 1)],
                [5000, 5000, 10_000, 5000],
            ),
            (vec![case()], vec![], [-1, 0, 10_000, 0]),
            (vec![], vec![case()], [0, -1, 10_000, -1]),
            (vec![], vec![], [-1, -1, 10_000, -1]),
        ] {
            assert_eq!(measured(&cases, &detections), expect, "{cases:?} {detections:?}");
        }
    }

    #[test]
    fn what_has_no_length_is_no_failure() {
        let nothing = alike("a", "s", 7, 0);
        let backwards =
            PassagePair { suspicious_chars: Range { start: 9, end: 2 }, ..nothing.clone() };
        let endless = PassagePair {
            suspicious_chars: 0..u64::MAX,
            source_chars: 0..u64::MAX,
            ..nothing.clone()
        };
        let all = [nothing, backwards, endless];
        assert_eq!(measured(&all, &all), [3333, 3333, 10_000, 3333]);
    }

    /// The definitions to the letter: characters one by one, in sets.
    mod twin {
        use super::*;

        type Chars = BTreeSet<(u8, String, String, u64)>;

        fn chars(pair: &PassagePair) -> Chars {
            let side = |side: u8, range: &Range<u64>| {
                let of = |at| (side, pair.suspicious.clone(), pair.source.clone(), at);
                range.clone().map(of).collect::<Vec<_>>()
            };
            let mut all = side(0, &pair.suspicious_chars);
            all.extend(side(1, &pair.source_chars));
            all.into_iter().collect()
        }

        fn common(a: &PassagePair, b: &PassagePair) -> Chars {
            let both: Chars = chars(a).intersection(&chars(b)).cloned().collect();
            match [0, 1].map(|side| both.iter().any(|c| c.0 == side)) {
                [true, true] => both,
                _ => Chars::new(),
            }
        }

        fn mean_share(of: &[PassagePair], by: &[PassagePair]) -> f64 {
            let share = |pair: &PassagePair| {
                let all: Chars = by.iter().flat_map(|other| common(pair, other)).collect();
                all.len() as f64 / chars(pair).len() as f64
            };
            of.iter().map(share).sum::<f64>() / of.len() as f64
        }

        pub fn measures(cases: &[PassagePair], detections: &[PassagePair]) -> [f64; 4] {
            let precision = mean_share(detections, cases);
            let recall = mean_share(cases, detections);
            let n_of = |case| detections.iter().filter(|d| !common(case, d).is_empty()).count();
            let n_each: Vec<usize> = cases.iter().map(n_of).filter(|&n| 0 < n).collect();
            let granularity = match n_each.len() {
                0 => 1.0,
                n => n_each.iter().sum::<usize>() as f64 / n as f64,
            };
            let f1 = match precision + recall {
                0.0 => 0.0,
                sum => 2.0 * precision * recall / sum,
            };
            [precision, recall, granularity, f1 / (1.0 + granularity).log2()]
        }
    }

    fn any_pairs() -> impl Strategy<Value = Vec<PassagePair>> {
        let pair = (0..2usize, 0..2usize, 0..40u64, 1..20u64, 0..40u64, 1..20u64);
        let pair = pair.prop_map(|(suspicious, source, a, n, b, m)| PassagePair {
            suspicious: ["a", "b"][suspicious].to_owned(),
            source: ["s", "t"][source].to_owned(),
            suspicious_chars: a..a + n,
            source_chars: b..b + m,
        });
        proptest::collection::hash_set(pair, 1..9).prop_map(|pairs| pairs.into_iter().collect())
    }

    proptest! {
        #[test]
        fn as_when_characters_are_marked_one_by_one(cases in any_pairs(), found in any_pairs()) {
            let expect = twin::measures(&cases, &found);
            for (measure, real) in measured(&cases, &found).into_iter().zip(expect) {
                prop_assert!((measure as f64 / 10_000.0 - real).abs() < 0.000_051, "{} {}", measure, real);
            }
        }
    }
}
