//! How much do two wordings agree, whatever the order of their words?

use crate::align::{Aligned, Alignment};
use crate::fixed::{Milli, geometric_mean, ln_ratio};

/// What replaced words take from the agreement, in thousandths: all of the lighter wording replaced
/// takes three tenths.
const REPLACED: i64 = 300;

/// The order-free score, less in proportion to the conflicts and to what stands in the place of
/// something else.
pub(super) fn agreement(
    shared: &Shared,
    mass: i64,
    alignment: &Alignment,
    replaced: Milli,
) -> Milli {
    let less_conflicts = shared.score().0 * mass / alignment.score.max(1);
    Milli(less_conflicts * (1_000_000 - REPLACED * replaced.0) / 1_000_000)
}

/// Whether the corresponding words follow each other without a gap in both wordings.
pub(super) fn is_one_run(pairs: &[(u32, u32)]) -> bool {
    pairs.windows(2).all(|w| w[1] == (w[0].0 + 1, w[0].1 + 1))
}

/// Weight of what stands in the place of something else: of each stretch between corresponding
/// words, before the first and behind the last, the lighter side. What only one side has was added
/// and replaces nothing.
pub(super) fn replaced(pairs: &[(u32, u32)], x: &[Aligned], y: &[Aligned]) -> i64 {
    let mut sum = 0;
    let (mut i, mut j) = (0, 0);
    let ends = std::iter::once((x.len() as u32, y.len() as u32));
    for (p, q) in pairs.iter().copied().chain(ends).map(|(p, q)| (p as usize, q as usize)) {
        if q >= j {
            sum += own(&x[i..p]).min(own(&y[j..q]));
        }
        (i, j) = (p + 1, j.max(q + 1));
    }
    sum
}

pub(super) fn own(words: &[Aligned]) -> i64 {
    words.iter().map(|w| i64::from(w.weight)).sum()
}

/// What two wordings share in any order: their stems, each as often as both have it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shared {
    /// Weight of the shared stems, in thousandths of a nat.
    pub mass: i64,
    /// Mass over the lighter wording's own.
    pub containment: Milli,
    /// Twice the mass over both wordings' own.
    pub dice: Milli,
    /// Number of shared stems over that of the shorter wording's words.
    pub coverage: Milli,
}

impl Shared {
    pub fn of(a: &[Aligned], b: &[Aligned]) -> Shared {
        let (a, b) = (by_stem(a), by_stem(b));
        let own = |stems: &[(u32, i64)]| stems.iter().map(|s| s.1).sum::<i64>();
        let (mut i, mut j, mut mass, mut n_shared) = (0, 0, 0, 0);
        while i < a.len() && j < b.len() {
            let order = a[i].0.cmp(&b[j].0);
            if order.is_eq() {
                mass += a[i].1.min(b[j].1);
                n_shared += 1;
            }
            i += usize::from(order.is_le());
            j += usize::from(order.is_ge());
        }
        Shared {
            mass,
            containment: Milli::ratio(mass, own(&a).min(own(&b))),
            dice: Milli::ratio(2 * mass, own(&a) + own(&b)),
            coverage: Milli::ratio(n_shared, a.len().min(b.len()) as i64),
        }
    }

    /// The most that can be shared where no word weighs more than it does here.
    pub fn at_most(self) -> Shared {
        Shared { coverage: self.coverage, ..Shared::most(self.mass) }
    }

    /// All of two wordings, with so much weight.
    pub fn most(mass: i64) -> Shared {
        Shared { mass, containment: Milli::ONE, dice: Milli::ONE, coverage: Milli::ONE }
    }

    /// sqrt(containment x Dice) x ln(1 + mass).
    pub fn score(&self) -> Milli {
        let heaviness = ln_ratio(1000 + self.mass as u64, 1000);
        Milli(geometric_mean(self.containment, self.dice).0 * heaviness.0 / 1000)
    }
}

/// Stems with their weights, ascending; of one stem the heaviest first.
fn by_stem(words: &[Aligned]) -> Vec<(u32, i64)> {
    let mut stems: Vec<_> = words.iter().map(|w| (w.stem, i64::from(w.weight))).collect();
    stems.sort_unstable_by_key(|&(stem, weight)| (stem, -weight));
    stems
}
