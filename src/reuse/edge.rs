//! Where exactly does a passage start and end?
//!
//! A rewritten sentence belongs to the passage as a whole. Of a sentence that is copied word for
//! word from its midst on, only the copied words do.

use super::chain::Chain;
use super::hull;
use super::seed::{Seed, Text};
use crate::align::align;
use std::ops::Range;

/// One side of a passage.
pub struct Side {
    range: Range<usize>,
    /// Whether it starts amid a sentence.
    pub cut_start: bool,
    /// Whether it ends amid one.
    pub cut_end: bool,
}

impl Side {
    pub fn words(&self) -> Range<usize> {
        self.range.clone()
    }
}

/// The two sides, their ends moved to those of the copied words where the outermost sentences are
/// copied in part.
pub fn snapped(a: &Text, b: &Text, chain: &Chain) -> (Side, Side) {
    let cores: Vec<Core> = chain.seeds.iter().map(|seed| Core::of(a, b, seed)).collect();
    let x = side(a, &chain.a, chain.seeds.iter().map(|s| &s.a).zip(cores.iter().map(|c| &c.a)));
    let y = side(b, &chain.b, chain.seeds.iter().map(|s| &s.b).zip(cores.iter().map(|c| &c.b)));
    (x, y)
}

/// Words that a copy amid a sentence has at least.
const CORE: usize = 8;
/// Least share of the words between the first and the last of them that correspond, in per cent.
const DENSE: usize = 80;
/// Words at the end of a sentence that a copy may leave out and still have the sentence.
const SLACK: usize = 2;

/// The words of a seed that belong to the passage: of a sentence that was copied in part, the copied
/// words; else all.
struct Core {
    a: Range<usize>,
    b: Range<usize>,
}

impl Core {
    fn of(a: &Text, b: &Text, seed: &Seed) -> Core {
        let pairs = align(&a.words[seed.a.clone()], &b.words[seed.b.clone()]).pairs;
        let x = ends(pairs.iter().map(|p| p.0 as usize));
        let y = ends(pairs.iter().map(|p| p.1 as usize));
        let is_copy = pairs.len() >= CORE && pairs.len() * 100 >= DENSE * x.len().max(y.len());
        if !is_copy {
            return Core { a: seed.a.clone(), b: seed.b.clone() };
        }
        Core { a: within(&seed.a, x), b: within(&seed.b, y) }
    }
}

/// From the least to the greatest.
fn ends(at: impl Iterator<Item = usize>) -> Range<usize> {
    at.map(|at| at..at + 1).reduce(|x, y| hull(&x, &y)).unwrap_or(0..0)
}

/// The part of a seed's words, but for ends that are nearly the seed's own.
fn within(seed: &Range<usize>, part: Range<usize>) -> Range<usize> {
    let start = if part.start > SLACK { seed.start + part.start } else { seed.start };
    let end = if part.end + SLACK < seed.len() { seed.start + part.end } else { seed.end };
    start..end
}

/// One side: it starts and ends with the outermost of its seeds, or amid a sentence where all of these
/// say so.
fn side<'s>(
    text: &Text,
    whole: &Range<usize>,
    seeds: impl Iterator<Item = (&'s Range<usize>, &'s Range<usize>)> + Clone,
) -> Side {
    let first = seeds.clone().filter(|(seed, _)| seed.start == whole.start);
    let last = seeds.filter(|(seed, _)| seed.end == whole.end);
    let start = first.map(|(_, core)| core.start).min().unwrap_or(whole.start);
    let end = last.map(|(_, core)| core.end).max().unwrap_or(whole.end);
    let range = if start < end { start..end } else { whole.clone() };
    let (first, last) = (text.unit_at(range.start), text.unit_at(range.end - 1));
    Side {
        cut_start: text.unit(first).start < range.start,
        cut_end: range.end < text.unit(last).end,
        range,
    }
}
