//! Where do the choices come from? A generator whose numbers are fixed for good: integers alone, the
//! same on every machine.

use crate::fixed::Milli;
use crate::hash::hash64_of;
use std::ops::RangeInclusive;

/// What a stream of numbers is for: no two uses share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// The words of a script.
    Vocabulary,
    /// The order of the records.
    Order,
    /// The sizes of the clusters.
    Sizes,
    /// The common template of a script.
    Template,
    /// A furniture sentence of a script.
    Furniture,
    /// An original.
    Original,
    /// What is done to a copy.
    Copy,
    /// Who publishes a record.
    Outlet,
    /// Which words say the same.
    Synonyms,
    /// What texts are about.
    Topic,
    /// A source.
    Source,
    /// A suspicious document.
    Suspicious,
}

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The stream of one thing: the same seed, purpose and number give the same stream.
    pub fn new(seed: u64, purpose: Purpose, number: u64) -> Self {
        Random(hash64_of([seed, purpose as u64, number]))
    }

    /// Any 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// A number of that range, which is not empty.
    pub fn within(&mut self, range: RangeInclusive<usize>) -> usize {
        range.start() + self.below(range.end() - range.start() + 1)
    }

    /// True with that chance.
    pub fn chance(&mut self, share: Milli) -> bool {
        (self.below(1000) as i64) < share.0
    }

    /// One of them; there is at least one.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Puts them in any order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// SplitMix64's finaliser: a bijection that spreads every bit.
pub fn mix(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The published first numbers of SplitMix64 from the state 0. They may never change.
    #[test]
    fn golden_values() {
        let mut random = Random(0);
        let first = [random.bits(), random.bits(), random.bits()];
        assert_eq!(first, [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f]);
    }

    #[test]
    fn ranges_are_reached_and_kept() {
        let mut random = Random::new(1, Purpose::Original, 0);
        let drawn: Vec<usize> = (0..1000).map(|_| random.within(3..=5)).collect();
        assert!((3..=5).all(|n| drawn.contains(&n)) && drawn.iter().all(|n| (3..=5).contains(n)));
        let n_true = (0..1000).filter(|_| random.chance(Milli(250))).count();
        assert!((200..300).contains(&n_true), "{n_true}");
    }
}
