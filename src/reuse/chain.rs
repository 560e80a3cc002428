//! Which seeds are of one passage? Those with small gaps between them in both texts, less the
//! sentences at its ends that correspond to nothing of their own.

use super::hull;
use super::seed::{Seed, Text};
use crate::fixed::Milli;
use crate::judge::Shared;
use ahash::AHashMap;
use std::cmp::Reverse;
use std::ops::Range;

/// Words between two seeds of one passage, at most, in either text: three or four sentences that were
/// rewritten beyond recognition or put in between.
const GAP: usize = 100;
/// Least gap that is tried before none.
const MIN_GAP: usize = 4;
/// Least part of the lighter side's weight that the other side has.
const CONTAINMENT: Milli = Milli(400);
/// Words of either side, at least: more than a sentence.
pub const WORDS: usize = 20;
/// Least weight of what both have, in thousandths of a nat: that of twenty ordinary words.
const MASS: Milli = Milli(80_000);
/// Least part of the weight of a sentence at an end that corresponds to it and to nothing else.
const END: Milli = Milli(250);

/// Seeds that make one passage.
#[derive(Debug)]
pub struct Chain {
    pub seeds: Vec<Seed>,
    /// From the first to the last word, in either text.
    pub a: Range<usize>,
    pub b: Range<usize>,
    /// What the words of both weigh, in thousandths of a nat.
    pub mass: Milli,
    /// Mass over the weight of the lighter side.
    pub containment: Milli,
}

/// The passages that seeds make; the heaviest first, and none that lies for the most part in a
/// heavier one, in either text.
///
/// A chain whose sides share too little is taken apart at half the gap, down to no gap at all.
pub fn chains(a: &Text, b: &Text, seeds: Vec<Seed>) -> Vec<Chain> {
    let mut found = Vec::new();
    let mut open = vec![(seeds, GAP)];
    while let Some((seeds, gap)) = open.pop() {
        for seeds in near(seeds, gap, Axis::A, false) {
            let chain = Chain::of(a, b, seeds).trimmed(a, b);
            if chain.containment >= CONTAINMENT {
                found.extend(chain.is_significant().then_some(chain));
            } else if gap > 0 && chain.seeds.len() > 1 {
                open.push((chain.seeds, if gap > MIN_GAP { gap / 2 } else { 0 }));
            }
        }
    }
    without_covered(found)
}

impl Chain {
    fn of(a: &Text, b: &Text, seeds: Vec<Seed>) -> Chain {
        let whole = |of: fn(&Seed) -> &Range<usize>| {
            seeds.iter().map(of).cloned().reduce(|x, y| hull(&x, &y)).unwrap_or(0..0)
        };
        let (x, y) = (whole(|seed| &seed.a), whole(|seed| &seed.b));
        Chain::measured(a, b, seeds, (x, y))
    }

    fn measured(
        a: &Text,
        b: &Text,
        seeds: Vec<Seed>,
        (x, y): (Range<usize>, Range<usize>),
    ) -> Self {
        let shared = Shared::of(&a.words[x.clone()], &b.words[y.clone()]);
        Chain { seeds, a: x, b: y, mass: Milli(shared.mass), containment: shared.containment }
    }

    fn is_significant(&self) -> bool {
        self.mass >= MASS && self.a.len().min(self.b.len()) >= WORDS
    }

    /// Without the sentences at its ends that are like one which corresponds to another already: of
    /// these, what follows in a source about one thing has many.
    fn trimmed(self, a: &Text, b: &Text) -> Chain {
        let mut ends = Ends::of((a, b), (self.a.clone(), self.b.clone()));
        while ends.drop_weakest() {}
        let (x, y) = ends.ranges();
        if (&x, &y) == (&self.a, &self.b) {
            return self;
        }
        let is_in = |part: &Range<usize>, whole: &Range<usize>| {
            whole.start <= part.start && part.end <= whole.end
        };
        let mut seeds = self.seeds;
        seeds.retain(|seed| is_in(&seed.a, &x) && is_in(&seed.b, &y));
        Chain::measured(a, b, seeds, (x, y))
    }
}

/// A passage whose ends are moved inwards.
struct Ends<'t> {
    sides: [(&'t Text, Range<usize>); 2],
    /// How often each side has each stem.
    stock: AHashMap<u32, [u32; 2]>,
}

impl<'t> Ends<'t> {
    fn of((a, b): (&'t Text, &'t Text), (x, y): (Range<usize>, Range<usize>)) -> Self {
        let sides = [(a, x), (b, y)];
        let mut stock: AHashMap<u32, [u32; 2]> = AHashMap::new();
        for (side, (text, range)) in sides.iter().enumerate() {
            text.words[range.clone()]
                .iter()
                .for_each(|w| stock.entry(w.stem).or_default()[side] += 1);
        }
        Ends { sides, stock }
    }

    fn ranges(self) -> (Range<usize>, Range<usize>) {
        let [(_, x), (_, y)] = self.sides;
        (x, y)
    }

    /// Drops the sentence at an end of a side that has least of its own; `false` where all have enough.
    fn drop_weakest(&mut self) -> bool {
        let ends = (0..2).flat_map(|side| {
            let (text, range) = &self.sides[side];
            [text.first_unit(range), text.last_unit(range)].map(|unit| (side, unit))
        });
        let weakest = ends.map(|(side, unit)| (self.own_share(side, &unit), side, unit));
        let Some((share, side, unit)) = weakest.min_by_key(|end| (end.0, end.1)) else {
            return false;
        };
        let range = &mut self.sides[side].1;
        if share >= END || unit.len() == range.len() {
            return false;
        }
        if unit.start == range.start {
            range.start = unit.end;
        } else {
            range.end = unit.start;
        }
        for word in &self.sides[side].0.words[unit] {
            if let Some(n) = self.stock.get_mut(&word.stem) {
                n[side] -= 1;
            }
        }
        true
    }

    /// The part of a unit's weight that would be shared no more without it.
    fn own_share(&self, side: usize, unit: &Range<usize>) -> Milli {
        let mut taken: AHashMap<u32, u32> = AHashMap::new();
        let (mut all, mut lost) = (0, 0);
        for word in &self.sides[side].0.words[unit.clone()] {
            let n_taken = taken.entry(word.stem).or_default();
            let n = self.stock.get(&word.stem).copied().unwrap_or_default();
            all += i64::from(word.weight);
            if n[side] - *n_taken <= n[1 - side] {
                lost += i64::from(word.weight);
            }
            *n_taken += 1;
        }
        Milli::ratio(lost, all)
    }
}

#[derive(Clone, Copy)]
enum Axis {
    A,
    B,
}

/// Seeds in groups that no gap parts in either text: parted by one, then each group by the other,
/// until neither parts it.
fn near(mut seeds: Vec<Seed>, gap: usize, axis: Axis, is_again: bool) -> Vec<Vec<Seed>> {
    let (side, other): (fn(&Seed) -> &Range<usize>, Axis) = match axis {
        Axis::A => (|seed| &seed.a, Axis::B),
        Axis::B => (|seed| &seed.b, Axis::A),
    };
    seeds.sort_unstable_by_key(|s| (side(s).start, s.a.start, s.b.start, s.a.end, s.b.end));
    let mut groups: Vec<Vec<Seed>> = Vec::new();
    let mut end = 0;
    for seed in seeds {
        let range = side(&seed).clone();
        match groups.last_mut() {
            Some(group) if range.start <= end + gap => group.push(seed),
            _ => groups.push(vec![seed]),
        }
        end = end.max(range.end);
    }
    if groups.len() <= 1 && is_again {
        return groups;
    }
    groups.into_iter().flat_map(|group| near(group, gap, other, true)).collect()
}

fn without_covered(mut chains: Vec<Chain>) -> Vec<Chain> {
    chains.sort_by_key(|c| (Reverse(c.mass), c.a.start, c.b.start, c.a.end, c.b.end));
    let mut kept: Vec<Chain> = Vec::new();
    for chain in chains {
        let is_covered =
            |by: &Chain| is_mostly_in(&chain.a, &by.a) || is_mostly_in(&chain.b, &by.b);
        if !kept.iter().any(is_covered) {
            kept.push(chain);
        }
    }
    kept
}

fn is_mostly_in(range: &Range<usize>, other: &Range<usize>) -> bool {
    let both = range.end.min(other.end).saturating_sub(range.start.max(other.start));
    both * 2 > range.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seed(a: Range<usize>, b: Range<usize>) -> Seed {
        Seed { a, b }
    }

    #[test]
    fn seeds_far_apart_in_one_text_are_two_passages() {
        let (first, second, third) = (seed(0..5, 0..5), seed(8..12, 50..55), seed(13..15, 58..60));
        let all = vec![third.clone(), first.clone(), second.clone()];
        let groups = near(all.clone(), 10, Axis::A, false);
        assert_eq!(groups, [vec![first], vec![second, third]]);
        assert_eq!(near(all, 60, Axis::A, false).len(), 1);
        assert_eq!(near(Vec::new(), 10, Axis::A, false).len(), 0);
    }

    proptest! {
        #[test]
        fn groups_are_those_of_the_slow_rule(
            starts in prop::collection::vec((0..60usize, 0..60usize), 0..12), gap in 0..9usize,
        ) {
            let seeds: Vec<Seed> =
                starts.iter().map(|&(a, b)| seed(a..a + 2, b..b + 2)).collect();
            // Apart in some text by more than the gap from all others, again and again.
            let mut slow = vec![seeds.clone()];
            loop {
                let before = slow.len();
                for axis in 0..2 {
                    slow = slow.into_iter().flat_map(|group| parted(group, axis, gap)).collect();
                }
                if slow.len() == before {
                    break;
                }
            }
            let ordered = |groups: Vec<Vec<Seed>>| {
                let key = |s: &Seed| (s.a.start, s.b.start);
                let mut groups: Vec<Vec<(usize, usize)>> =
                    groups.iter().map(|g| g.iter().map(key).collect()).collect();
                groups.iter_mut().for_each(|g| g.sort_unstable());
                groups.retain(|g| !g.is_empty());
                groups.sort();
                groups
            };
            prop_assert_eq!(ordered(near(seeds, gap, Axis::A, false)), ordered(slow));
        }
    }

    /// The group cut where no seed reaches across.
    fn parted(group: Vec<Seed>, axis: usize, gap: usize) -> Vec<Vec<Seed>> {
        let at = |s: &Seed| if axis == 0 { s.a.clone() } else { s.b.clone() };
        let cuts: Vec<usize> = (0..70)
            .filter(|&cut| group.iter().all(|s| at(s).end + gap < cut || cut <= at(s).start))
            .collect();
        let mut parts: AHashMap<usize, Vec<Seed>> = AHashMap::new();
        for s in group {
            let n_before = cuts.iter().filter(|&&cut| cut <= at(&s).start).count();
            parts.entry(n_before).or_default().push(s);
        }
        parts.into_values().collect()
    }
}
