//! The minima of many hash functions over many shingles, in registers.
//!
//! The functions are taken in blocks that fit the registers, and a block runs over all shingles:
//! the minima then never go to memory. The compiler makes vector code of the plain loop where it
//! may use AVX2; which of the two runs is decided on the machine, and both give the same minima.

#![allow(unsafe_code)]

/// Functions of a block: four registers of eight for the minima, and as many for each constant.
const BLOCK: usize = 32;

/// `min((x ^ xor[i]) * odd[i])` over the high halves x of `shingles`, for each i; all ones for no
/// shingle.
pub(super) fn minima(shingles: &[u64], xor: &[u32], odd: &[u32], out: &mut [u32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the machine has AVX2.
        return unsafe { with_avx2(shingles, xor, odd, out) };
    }
    plain(shingles, xor, odd, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2(shingles: &[u64], xor: &[u32], odd: &[u32], out: &mut [u32]) {
    plain(shingles, xor, odd, out);
}

#[inline(always)]
fn plain(shingles: &[u64], xor: &[u32], odd: &[u32], out: &mut [u32]) {
    let (xors, odds) = (xor.as_chunks::<BLOCK>(), odd.as_chunks::<BLOCK>());
    let (blocks, rest) = out.as_chunks_mut::<BLOCK>();
    for ((block, xor), odd) in blocks.iter_mut().zip(xors.0).zip(odds.0) {
        *block = block_minima(shingles, xor, odd);
    }
    for ((min, &xor), &odd) in rest.iter_mut().zip(xors.1).zip(odds.1) {
        *min = u32::MAX;
        for shingle in shingles {
            *min = (*min).min((high(*shingle) ^ xor).wrapping_mul(odd));
        }
    }
}

#[inline(always)]
fn block_minima(shingles: &[u64], xor: &[u32; BLOCK], odd: &[u32; BLOCK]) -> [u32; BLOCK] {
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
            minima(&shingles, &xor, &odd, &mut found[0]);
            plain(&shingles, &xor, &odd, &mut found[1]);
            prop_assert_eq!(&found[0], &expect);
            prop_assert_eq!(&found[1], &expect);
        }
    }
}
