//! What is a set's MinHash signature? (Broder, "On the resemblance and containment of documents",
//! 1997.)
//!
//! Two sets agree in each of the k places with a probability that is their Jaccard similarity.
//! A signature only ever proposes pairs; what is reported is measured on the sets or the text.

mod kernel;

/// k hash functions on 32 bits: `(x ^ xor[i]) * odd[i]`, where x is the high half of a shingle's
/// hash. Its variance equals theory for sets of 5 to 2,000 shingles (see the tests); a multiply
/// without the xor, or the high half of a 32-bit product, does not.
#[derive(Debug, Clone)]
pub struct MinHasher {
    k: usize,
    /// The constants of the functions, filled up to whole blocks.
    functions: Vec<kernel::Functions>,
}

impl MinHasher {
    /// `k` functions, the same for the same `seed` on every machine.
    pub fn new(k: usize, seed: u64) -> Self {
        let mut state = seed;
        let mut draw = || split_mix(&mut state);
        let xor: Vec<u32> = (0..k).map(|_| draw() as u32).collect();
        let odd: Vec<u32> = (0..k).map(|_| draw() as u32 | 1).collect();
        MinHasher { k, functions: kernel::Functions::blocks(&xor, &odd) }
    }

    /// The k minima over the shingles' hashes, in any order and as often as you like, written to
    /// `signature` (its length is k). All ones for no shingle.
    pub fn sign(&self, shingles: &[u64], signature: &mut [u32]) {
        assert_eq!(signature.len(), self.k, "one place a function");
        kernel::minima(shingles, &self.functions, signature);
    }
}

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shingle::ShingleSet;

    fn agreement(hasher: &MinHasher, a: &ShingleSet, b: &ShingleSet) -> f64 {
        let k = hasher.k;
        let (mut x, mut y) = (vec![0; k], vec![0; k]);
        hasher.sign(a.hashes(), &mut x);
        hasher.sign(b.hashes(), &mut y);
        x.iter().zip(&y).filter(|(p, q)| p == q).count() as f64 / k as f64
    }

    /// Two sets of `n` words each that share `common`: Jaccard is common / (2n - common).
    fn sets(round: u64, n: u64, common: u64) -> (ShingleSet, ShingleSet) {
        let base = round * 1_000_000;
        let words = |from: u64| (base + from..base + from + n).collect::<Vec<u64>>();
        (ShingleSet::of_words(&words(0), 1), ShingleSet::of_words(&words(n - common), 1))
    }

    #[test]
    fn estimate_has_the_mean_and_the_variance_of_theory() {
        let hasher = MinHasher::new(128, 1);
        for (n, common) in [(5, 3), (50, 25), (1000, 800)] {
            let jaccard = common as f64 / (2 * n - common) as f64;
            let rounds = 400;
            let (mut sum, mut squares) = (0.0, 0.0);
            for round in 0..rounds {
                let (a, b) = sets(round, n, common);
                let error = agreement(&hasher, &a, &b) - jaccard;
                sum += error;
                squares += error * error;
            }
            let deviation = (jaccard * (1.0 - jaccard) / 128.0).sqrt();
            let rmse = (squares / rounds as f64).sqrt();
            assert!((sum / rounds as f64).abs() < deviation / 4.0, "bias at {n}/{common}");
            assert!((rmse / deviation - 1.0).abs() < 0.12, "rmse {rmse} against {deviation}");
        }
    }

    #[test]
    fn the_functions_never_change() {
        let mut signature = [0; 4];
        MinHasher::new(4, 1).sign(ShingleSet::of_chars("kutip", 5).hashes(), &mut signature);
        assert_eq!(signature, [1_862_715_710, 1_945_425_544, 970_716_437, 2_954_112_820]);
    }
}
