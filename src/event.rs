//! Do two documents tell of one event? Bulletins of one form, of two earthquakes or two days, say
//! alike sentences with other numbers.

use crate::document::DocId;
use crate::fixed::Milli;
use crate::judge::{Match, Status};
use ahash::AHashMap;

/// Votes that tell two events apart: one number may be mistaken, two are not.
const OTHER_EVENT: i64 = -2;
/// Rarer than one in ten thousand (ln 1e-4), a sentence that differs in its numbers is no mere form.
const NO_FORM: Milli = Milli(-9_210);

/// By pair of documents, what the numbers of their matches say: above zero, of one event.
pub struct Events(AHashMap<(DocId, DocId), i64>);

impl Events {
    /// Counts the votes of the confirmed matches.
    pub fn of(matches: &[Match]) -> Events {
        let mut votes = AHashMap::new();
        for m in matches.iter().filter(|m| m.status == Status::Confirmed) {
            *votes.entry(unordered(m)).or_default() += m.numbers;
        }
        Events(votes)
    }

    /// Whether a match has to show by itself that its two documents tell of one event. A number
    /// that differs was changed, and is not another event's, where the documents' other numbers
    /// agree.
    pub fn tell_apart(&self, m: &Match) -> bool {
        let votes = self.0.get(&unordered(m)).copied().unwrap_or(0);
        let others = votes - m.numbers;
        votes <= OTHER_EVENT || (m.numbers < 0 && others <= 0 && m.expect_ln > NO_FORM)
    }
}

/// The two documents of a match, whichever has which wording.
fn unordered(m: &Match) -> (DocId, DocId) {
    (m.docs.0.min(m.docs.1), m.docs.0.max(m.docs.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Alignment;
    use crate::wording::WordingId;

    fn found(numbers: i64, expect_ln: Milli) -> Match {
        Match {
            a: WordingId(0),
            b: WordingId(1),
            docs: (DocId(0), DocId(1)),
            numbers,
            stands_alone: false,
            status: Status::Confirmed,
            alignment: Alignment::default(),
            mass: Milli(0),
            expect_ln,
            ratio: Milli(0),
            strength: Milli(0),
        }
    }

    #[test]
    fn numbers_tell_two_events_apart() {
        let common = |numbers| found(numbers, Milli(-5000));
        for (matches, apart) in [
            (vec![common(0)], false),
            (vec![common(1)], false),
            (vec![common(-1)], true),
            (vec![found(-1, NO_FORM)], false),
            (vec![common(-1), common(0)], true),
            (vec![common(-1), common(1)], false),
            (vec![found(-1, NO_FORM), common(-1)], true),
            (vec![common(0), common(-1), common(-1)], true),
            (vec![common(0), common(-2)], true),
        ] {
            assert_eq!(Events::of(&matches).tell_apart(&matches[0]), apart, "{matches:?}");
        }
    }

    #[test]
    fn votes_count_whichever_document_comes_first() {
        let clash = found(-1, Milli(-5000));
        let turned = Match { docs: (DocId(1), DocId(0)), ..found(1, Milli(-5000)) };
        assert!(!Events::of(&[clash.clone(), turned]).tell_apart(&clash));
    }

    #[test]
    fn only_confirmed_matches_vote() {
        let mut suggested = found(1, Milli(0));
        suggested.status = Status::Suggested;
        let clash = found(-1, Milli(-5000));
        assert!(Events::of(&[suggested, clash.clone()]).tell_apart(&clash));
    }
}
