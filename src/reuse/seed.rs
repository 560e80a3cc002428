//! Where may a passage stand? Two sentences alike in any order, and runs of words that both have.

use crate::align::Aligned;
use ahash::AHashMap;
use std::ops::Range;

/// The words of a document's units of comparison, one after the other.
#[derive(Debug, Default)]
pub struct Text {
    pub words: Vec<Aligned>,
    /// Where each unit ends.
    ends: Vec<usize>,
}

impl Text {
    pub fn push(&mut self, unit: impl Iterator<Item = Aligned>) {
        self.words.extend(unit);
        self.ends.push(self.words.len());
    }

    /// The words of a unit.
    pub fn unit(&self, at: usize) -> Range<usize> {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        start..self.ends[at]
    }

    /// The first unit of a range, as far as it is inside.
    pub fn first_unit(&self, range: &Range<usize>) -> Range<usize> {
        range.start..self.unit(self.unit_at(range.start)).end.min(range.end)
    }

    /// The last unit of a range, as far as it is inside.
    pub fn last_unit(&self, range: &Range<usize>) -> Range<usize> {
        self.unit(self.unit_at(range.end - 1)).start.max(range.start)..range.end
    }

    /// The unit that has a word.
    pub fn unit_at(&self, word: usize) -> usize {
        self.ends.partition_point(|&end| end <= word)
    }
}

/// Words of either text that may correspond.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed {
    pub a: Range<usize>,
    pub b: Range<usize>,
}

/// Words of a run that is a seed by itself.
const RUN_WORDS: usize = 4;
/// Least weight of such a run, in thousandths of a nat: less is made of function words.
const RUN_MASS: u32 = 9000;
/// Longest sentence that is a seed as a whole: of a longer one the runs tell where it is alike.
const MAX_SENTENCE: usize = 60;

/// The seeds of two units.
pub fn of_units((a, x): (&Text, u32), (b, y): (&Text, u32), seeds: &mut Vec<Seed>) {
    let (x, y) = (a.unit(x as usize), b.unit(y as usize));
    let (p, q) = (&a.words[x.clone()], &b.words[y.clone()]);
    if x.len().max(y.len()) <= MAX_SENTENCE && are_alike(p, q) {
        seeds.push(Seed { a: x, b: y });
    } else {
        let shift = |run: Range<usize>, by: usize| run.start + by..run.end + by;
        let runs = shared_runs(p, q).into_iter();
        seeds.extend(runs.map(|run| Seed { a: shift(run.a, x.start), b: shift(run.b, y.start) }));
    }
}

/// Least cosine of two sentences alike, in thousandths.
const COSINE: u128 = 300;
/// Least Dice coefficient of their stems, in thousandths.
const DICE: usize = 330;
/// Stems that both have, at least.
const SHARED: usize = 2;

/// Whether two sentences share enough of their stems, by weight (cosine) and by number (Dice).
fn are_alike(a: &[Aligned], b: &[Aligned]) -> bool {
    let (a, b) = (bag(a), bag(b));
    let square = |bag: &[(u32, u64)]| bag.iter().map(|s| u128::from(s.1 * s.1)).sum::<u128>();
    let (mut i, mut j, mut n_shared, mut product) = (0, 0, 0, 0u128);
    while i < a.len() && j < b.len() {
        let order = a[i].0.cmp(&b[j].0);
        if order.is_eq() {
            n_shared += 1;
            product += u128::from(a[i].1 * b[j].1);
        }
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
    }
    // The cosine is product / sqrt(square of a x square of b).
    n_shared >= SHARED
        && n_shared * 2000 >= DICE * (a.len() + b.len())
        && product * product * 1_000_000 >= COSINE * COSINE * square(&a) * square(&b)
}

/// The different stems of a sentence with their weights, ascending.
fn bag(words: &[Aligned]) -> Vec<(u32, u64)> {
    let mut stems: Vec<(u32, u64)> = words.iter().map(|w| (w.stem, u64::from(w.weight))).collect();
    stems.sort_unstable();
    stems.dedup_by(|next, first| {
        let same = next.0 == first.0;
        first.1 += if same { next.1 } else { 0 };
        same
    });
    stems
}

/// The runs of [`RUN_WORDS`] that both have.
fn shared_runs(a: &[Aligned], b: &[Aligned]) -> Vec<Seed> {
    let key = |run: &[Aligned]| -> [u32; RUN_WORDS] { std::array::from_fn(|i| run[i].word) };
    let mut at: AHashMap<[u32; RUN_WORDS], Vec<usize>> = AHashMap::new();
    for (j, run) in b.windows(RUN_WORDS).enumerate() {
        at.entry(key(run)).or_default().push(j);
    }
    let mut runs: Vec<Seed> = Vec::new();
    for (i, run) in a.windows(RUN_WORDS).enumerate() {
        for &j in at.get(&key(run)).into_iter().flatten() {
            let mass: u32 = run.iter().map(|w| w.weight).sum();
            if mass < RUN_MASS {
                continue;
            }
            runs.push(Seed { a: i..i + RUN_WORDS, b: j..j + RUN_WORDS });
        }
    }
    runs
}
