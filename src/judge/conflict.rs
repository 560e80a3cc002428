//! What speaks against a match: where one names or counts something, the other names or counts
//! something else.

use super::{Judge, Pair};
use crate::align::{Aligned, Alignment};
use crate::fixed::Milli;
use crate::wording::Wording;
use std::ops::Range;

/// What it costs that one names or counts something else in the same place, in thousandths of a
/// nat: ln 50, as if one article in fifty got a name or a number wrong. Any two bulletins differ in
/// them.
const CONFLICT: Milli = Milli(4000);
/// Words beyond the ends of an alignment that are looked at for conflicts.
const CONFLICT_REACH: usize = 3;

/// A place where two wordings name or count different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What differs.
    pub kind: ConflictKind,
    /// Positions in the first wording.
    pub a: Range<usize>,
    /// Positions in the second.
    pub b: Range<usize>,
    /// What it takes from the alignment's score, in thousandths of a nat.
    pub cost: Milli,
}

/// What a conflict is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConflictKind {
    /// Both have a name.
    Name,
    /// Both have a number.
    Number,
}

impl Judge<'_> {
    /// What speaks against the match: places between corresponding words, and right beside them,
    /// where both wordings have a number, or both a name, and not the same. Each costs what the
    /// lighter of the two would have told for the match and at least [`CONFLICT`]; a number that
    /// alone differs, no more than that: outlets round and mistype them.
    pub(super) fn conflicts(&self, pair: &Pair, alignment: &Alignment) -> Vec<Conflict> {
        let mut conflicts = self.differing(pair, alignment, ConflictKind::Name);
        let mut numbers = self.differing(pair, alignment, ConflictKind::Number);
        conflicts.iter_mut().for_each(|name| name.cost = name.cost.max(CONFLICT));
        match &mut numbers[..] {
            [number] => number.cost = number.cost.min(CONFLICT),
            several => {
                several.iter_mut().for_each(|number| number.cost = number.cost.max(CONFLICT))
            }
        }
        conflicts.extend(numbers);
        conflicts
    }

    /// The places where both have another name, or number, with what the lighter of them weighs.
    fn differing(&self, pair: &Pair, alignment: &Alignment, kind: ConflictKind) -> Vec<Conflict> {
        let (x, y) = (self.wordings.get(pair.a), self.wordings.get(pair.b));
        let is_number = |w: &Wording, i: usize| self.wordings.words[w.words[i].idx()].numeric;
        let is = |w: &Wording, i: usize| match kind {
            ConflictKind::Name => w.is_name(i) && !is_number(w, i),
            ConflictKind::Number => is_number(w, i),
        };
        let weight = |wording, words: &[Aligned], within: &Range<usize>| {
            let told = within.clone().filter(|&i| is(wording, i));
            told.map(|i| i64::from(words[i].weight)).sum::<i64>()
        };
        let conflict = |(a, b): (Range<usize>, Range<usize>)| {
            let cost = Milli(weight(x, &pair.x, &a).min(weight(y, &pair.y, &b)));
            Conflict { kind, a, b, cost }
        };
        let gaps = gaps(&alignment.pairs, x.words.len(), y.words.len());
        gaps.map(conflict).filter(|c| c.cost > Milli(0)).collect()
    }
}

/// The stretches between corresponding words, as positions in both wordings, with those that
/// touch the first and the last.
fn gaps(
    pairs: &[(u32, u32)],
    n_a: usize,
    n_b: usize,
) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    let between = pairs
        .windows(2)
        .filter(|w| w[0].1 < w[1].1)
        .map(|w| (w[0].0 as usize + 1..w[1].0 as usize, w[0].1 as usize + 1..w[1].1 as usize));
    let before = |end: u32| (end as usize).saturating_sub(CONFLICT_REACH)..end as usize;
    let after = |end: u32, n: usize| end as usize + 1..(end as usize + 1 + CONFLICT_REACH).min(n);
    let head = pairs.first().map(|p| (before(p.0), before(p.1)));
    let tail = pairs.last().map(|p| (after(p.0, n_a), after(p.1, n_b)));
    between.chain(head).chain(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_what_lies_between_and_beside() {
        let found: Vec<_> = gaps(&[(1, 1), (3, 2), (4, 5)], 9, 6).collect();
        assert_eq!(found, [(2..3, 2..2), (4..4, 3..5), (0..1, 0..1), (5..8, 6..6)]);
        assert_eq!(gaps(&[], 3, 3).count(), 0);
    }
}
