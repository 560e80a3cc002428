//! How surely are the wordings of a claim one statement?

use crate::fixed::Milli;
use crate::judge::{Match, Status};

/// Mean evidence of the matches that a claim rests on, each as far as its two wordings agree: of what
/// is confirmed, how rare so much agreement is by chance; of a suggestion, the weight that is shared.
/// A decision is no evidence.
pub fn strength<'m>(matches: impl Iterator<Item = &'m Match>) -> Milli {
    let of = |m: &Match| {
        let evidence = match m.status {
            Status::Confirmed => -m.expect_ln.0,
            Status::Suggested => m.mass.0,
            Status::Decided => return None,
        };
        Some(evidence.saturating_mul(m.ratio.0.clamp(0, 1000)) / 1000)
    };
    let evidence = matches.filter_map(of);
    let (n, sum) = evidence.fold((0, 0_i64), |(n, sum), of| (n + 1, sum.saturating_add(of)));
    Milli(sum.checked_div(n).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocId;
    use crate::wording::WordingId;

    fn found(status: Status, mass: i64, expect_ln: i64, ratio: i64) -> Match {
        Match {
            a: WordingId(0),
            b: WordingId(1),
            docs: (DocId(0), DocId(1)),
            numbers: 0,
            stands_alone: false,
            status,
            alignment: Default::default(),
            mass: Milli(mass),
            expect_ln: Milli(expect_ln),
            ratio: Milli(ratio),
            strength: Milli(0),
        }
    }

    #[test]
    fn strength_is_evidence_as_far_as_wordings_agree() {
        let confirmed = |expect_ln, ratio| found(Status::Confirmed, 90_000, expect_ln, ratio);
        let suggested = |mass, ratio| found(Status::Suggested, mass, 5_000, ratio);
        for (matches, expect) in [
            (vec![], 0),
            (vec![confirmed(-20_000, 1000)], 20_000),
            (vec![confirmed(-20_000, 500)], 10_000),
            // Not the sum: one more article of the same outlets proves no more.
            (vec![confirmed(-20_000, 1000), confirmed(-10_000, 1000)], 15_000),
            // Of a wording with itself the ratio may be above one.
            (vec![confirmed(-20_000, 1200)], 20_000),
            (vec![confirmed(3_000, 1000)], -3_000),
            (vec![suggested(18_000, 500)], 9_000),
        ] {
            assert_eq!(strength(matches.iter()), Milli(expect), "{matches:?}");
        }
    }
}
