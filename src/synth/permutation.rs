//! In which order do the records come? In one that a key alone decides, so that none is kept.

use super::random::mix;

const ROUNDS: u64 = 6;

/// A bijection of `0..n`: a Feistel network over the next power of four, walked along its cycles
/// until it is back in the range (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002).
/// The network has fewer than 4 n numbers, so that a walk takes fewer than 4 steps on average.
#[derive(Debug, Clone)]
pub struct Permutation {
    n: u64,
    half_bits: u32,
    key: u64,
}

impl Permutation {
    /// A bijection of `0..n`, for `n` up to 2^62.
    pub fn new(n: u64, key: u64) -> Self {
        let bits = u64::BITS - n.saturating_sub(1).leading_zeros();
        Permutation { n, half_bits: bits.div_ceil(2).max(1), key }
    }

    /// Where `of`, below `n`, goes.
    pub fn forward(&self, of: u64) -> u64 {
        self.walk(of, |at| (0..ROUNDS).fold(at, |at, round| self.round(at, round)))
    }

    /// What goes to `to`, below `n`.
    pub fn back(&self, to: u64) -> u64 {
        self.walk(to, |at| (0..ROUNDS).rev().fold(at, |at, round| self.undo(at, round)))
    }

    fn walk(&self, from: u64, step: impl Fn(u64) -> u64) -> u64 {
        let mut at = step(from);
        while self.n <= at {
            at = step(at);
        }
        at
    }

    fn round(&self, at: u64, round: u64) -> u64 {
        let (left, right) = self.halves(at);
        (right << self.half_bits) | (left ^ self.scramble(right, round))
    }

    fn undo(&self, at: u64, round: u64) -> u64 {
        let (right, scrambled) = self.halves(at);
        ((scrambled ^ self.scramble(right, round)) << self.half_bits) | right
    }

    fn halves(&self, at: u64) -> (u64, u64) {
        (at >> self.half_bits, at & self.mask())
    }

    fn scramble(&self, half: u64, round: u64) -> u64 {
        mix(mix(self.key.wrapping_add(round)) ^ half) & self.mask()
    }

    fn mask(&self) -> u64 {
        (1 << self.half_bits) - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_number_is_met_once(n in 1u64..3000, key: u64) {
            let permutation = Permutation::new(n, key);
            let mut met = vec![false; n as usize];
            for number in 0..n {
                let to = permutation.forward(number);
                prop_assert!(to < n && !std::mem::replace(&mut met[to as usize], true));
                prop_assert_eq!(permutation.back(to), number);
            }
        }
    }

    #[test]
    fn neighbours_are_parted() {
        let permutation = Permutation::new(100_000, 7);
        let near = |n: &u64| permutation.forward(*n).abs_diff(permutation.forward(n + 1)) < 1000;
        // Of two random places one in fifty lies so near.
        let n_near = (0..10_000).filter(near).count();
        assert!((100..300).contains(&n_near), "{n_near}");
    }
}
