//! The minima of many hash functions over many shingles, in registers.
//!
//! The functions are taken in blocks that fit the registers, and a block runs over all shingles:
//! the minima then never go to memory. The compiler makes vector code of the plain loop where it
//! may use AVX2; which of the two runs is decided on the machine, and both give the same minima.

#![allow(unsafe_code)]

/// Functions of a block: four registers of eight for the minima, and as many for each constant.
const BLOCK: usize = 32;

/// The constants of a block of functions.
#[derive(Debug, Clone)]
pub(super) struct Functions {
    xor: [u32; BLOCK],
    odd: [u32; BLOCK],
}

impl Functions {
    /// Functions in blocks, the last one filled up.
    pub fn blocks(xor: &[u32], odd: &[u32]) -> Vec<Functions> {
        let filled = |part: &[u32]| {
            let mut block = [0; BLOCK];
            block[..part.len()].copy_from_slice(part);
            block
        };
        let parts = xor.chunks(BLOCK).zip(odd.chunks(BLOCK));
        parts.map(|(xor, odd)| Functions { xor: filled(xor), odd: filled(odd) }).collect()
    }
}

/// `min((x ^ xor) * odd)` over the high halves x of `shingles`, for each function that `out` has a
/// place for; all ones for no shingle.
pub(super) fn minima(shingles: &[u64], functions: &[Functions], out: &mut [u32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the machine has AVX2.
        return unsafe { with_avx2(shingles, functions, out) };
    }
    plain(shingles, functions, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2(shingles: &[u64], functions: &[Functions], out: &mut [u32]) {
    plain(shingles, functions, out);
}

#[inline(always)]
fn plain(shingles: &[u64], functions: &[Functions], out: &mut [u32]) {
    for (functions, out) in functions.iter().zip(out.chunks_mut(BLOCK)) {
        out.copy_from_slice(&block_minima(shingles, functions)[..out.len()]);
    }
}

#[inline(always)]
fn block_minima(shingles: &[u64], Functions { xor, odd }: &Functions) -> [u32; BLOCK] {
    let mut minima = [u32::MAX; BLOCK];
    for shingle in shingles {
        let x = high(*shingle);
        for i in 0..BLOCK {
            minima[i] = minima[i].min((x ^ xor[i]).wrapping_mul(odd[i]));
        }
    }
    minima
}

#[inline(always)]
fn high(shingle: u64) -> u32 {
    (shingle >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_give_the_minima_of_the_definition(
            shingles in proptest::collection::vec(any::<u64>(), 0..50),
            functions in proptest::collection::vec((any::<u32>(), any::<u32>()), 0..150),
        ) {
            let (xor, odd): (Vec<u32>, Vec<u32>) = functions.into_iter().unzip();
            let of = |i: usize| {
                let hashes = shingles.iter().map(|s| (high(*s) ^ xor[i]).wrapping_mul(odd[i]));
                hashes.min().unwrap_or(u32::MAX)
            };
            let expect: Vec<u32> = (0..xor.len()).map(of).collect();
            let mut found = [vec![7; xor.len()], vec![7; xor.len()]];
            let blocks = Functions::blocks(&xor, &odd);
            minima(&shingles, &blocks, &mut found[0]);
            plain(&shingles, &blocks, &mut found[1]);
            prop_assert_eq!(&found[0], &expect);
            prop_assert_eq!(&found[1], &expect);
        }
    }
}
