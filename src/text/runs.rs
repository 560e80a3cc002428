//! Where do runs without an ASCII separator begin and end?
//!
//! Such a run is a word, if all of it is ASCII; otherwise its characters decide. 64 bytes become a
//! mask with a bit for each byte that separates nothing, and what is left is to find where the bits
//! change: 32 bytes are classed at once where the machine has AVX2, byte by byte elsewhere.

#![allow(unsafe_code)]

/// Bytes of a mask.
const BLOCK: usize = 64;

/// Calls `emit` with the start and the end of each longest run of ASCII letters, digits and bytes
/// beyond ASCII, in order.
#[inline]
pub(super) fn each_run(text: &[u8], emit: impl FnMut(usize, usize)) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi1") {
        // SAFETY: the machine has AVX2 and BMI1.
        return unsafe { with_avx2(text, emit) };
    }
    each_edge(text, plain_mask, emit);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1")]
fn with_avx2(text: &[u8], emit: impl FnMut(usize, usize)) {
    each_edge(text, |block| avx2_mask(block), emit);
}

#[inline(always)]
fn each_edge(
    text: &[u8],
    mask: impl Fn(&[u8; BLOCK]) -> u64,
    mut emit: impl FnMut(usize, usize),
) {
    // The start of a run that goes on.
    let mut open: Option<usize> = None;
    let mut edges_of = |from: usize, mask: u64| {
        let mut edges = mask ^ (mask << 1 | u64::from(open.is_some()));
        while edges != 0 {
            let at = from + edges.trailing_zeros() as usize;
            edges &= edges - 1;
            match open.take() {
                Some(start) => emit(start, at),
                None => open = Some(at),
            }
        }
    };
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    for (block, from) in blocks.iter().zip((0..).step_by(BLOCK)) {
        edges_of(from, mask(block));
    }
    let mut last = [b' '; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    edges_of(text.len() - rest.len(), mask(&last));
    if let Some(start) = open {
        emit(start, text.len());
    }
}

fn plain_mask(block: &[u8; BLOCK]) -> u64 {
    let is_inside = |byte: &u8| u64::from(byte.is_ascii_alphanumeric() || !byte.is_ascii());
    block.iter().zip(0..).fold(0, |mask, (byte, bit)| mask | is_inside(byte) << bit)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn avx2_mask(block: &[u8; BLOCK]) -> u64 {
    use std::arch::x86_64::*;
    let [low, high] = [0, BLOCK / 2].map(|from| {
        // SAFETY: both halves of the block have 32 bytes, and the load needs no alignment.
        let bytes = unsafe { _mm256_loadu_si256(block.as_ptr().add(from).cast()) };
        // The bit that tells upper from lower case.
        let lower = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
        let is_within = |bytes: __m256i, first: u8, n: i8| {
            let offset = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first as i8));
            _mm256_cmpeq_epi8(offset, _mm256_min_epu8(offset, _mm256_set1_epi8(n - 1)))
        };
        let is_letter = is_within(lower, b'a', 26);
        let is_digit = is_within(bytes, b'0', 10);
        // The first bit of a byte, set beyond ASCII, is all that the mask reads of it.
        let is_inside = _mm256_or_si256(_mm256_or_si256(is_letter, is_digit), bytes);
        _mm256_movemask_epi8(is_inside) as u32
    });
    u64::from(high) << 32 | u64::from(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn runs(text: &[u8], mask: impl Fn(&[u8; BLOCK]) -> u64) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        each_edge(text, mask, |start, end| found.push((start, end)));
        found
    }

    fn runs_by_definition(text: &[u8]) -> Vec<(usize, usize)> {
        let separates = |b: &u8| b.is_ascii() && !b.is_ascii_alphanumeric();
        let mut at = 0;
        let parts = text.split(separates).map(|part| {
            let start = at;
            at += part.len() + 1;
            (start, start + part.len())
        });
        parts.filter(|(start, end)| start < end).collect()
    }

    #[test]
    fn every_byte_at_every_place_of_a_block() {
        for byte in 0..=u8::MAX {
            for place in [0, 1, 31, 32, 33, 62, 63, 64, 65, 127, 128, 130] {
                for around in [b' ', b'x'] {
                    let mut text = vec![around; 131];
                    text[place] = byte;
                    let mut found = Vec::new();
                    each_run(&text, |start, end| found.push((start, end)));
                    assert_eq!(found, runs_by_definition(&text), "{byte} at {place}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn both_give_the_runs_of_the_definition(
            text in proptest::collection::vec(
                prop_oneof![any::<u8>(), Just(b' '), Just(b'a'), Just(b'Z'), Just(0xc3)], 0..300),
        ) {
            let expect = runs_by_definition(&text);
            prop_assert_eq!(&runs(&text, plain_mask), &expect);
            let mut found = Vec::new();
            each_run(&text, |start, end| found.push((start, end)));
            prop_assert_eq!(&found, &expect);
        }
    }
}
