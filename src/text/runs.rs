//! Where do runs without an ASCII separator begin and end?
//!
//! Such a run is a word, if all of it is ASCII; otherwise its characters decide. 64 bytes become a
//! mask with a bit for each byte that separates nothing, and what is left is to find where ones
//! begin and how many follow: 32 bytes are classed at once where the machine has AVX2, byte by byte elsewhere.

#![allow(unsafe_code)]

/// Bytes of a mask.
const BLOCK: usize = 64;

/// Calls `emit` with the start and the end of each longest run of ASCII letters, digits and bytes
/// beyond ASCII, in order.
#[inline]
pub(super) fn each_run(text: &[u8], emit: impl FnMut(usize, usize)) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
    {
        // SAFETY: the machine has all three.
        return unsafe { with_avx2(text, emit) };
    }
    each_start(text, plain_mask, emit);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2")]
fn with_avx2(text: &[u8], emit: impl FnMut(usize, usize)) {
    each_start(text, |block| avx2_mask(block), emit);
}

#[inline(always)]
fn each_start(text: &[u8], mask: impl Fn(&[u8; BLOCK]) -> u64, mut emit: impl FnMut(usize, usize)) {
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    let mut last = [b' '; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    let mut masks = blocks.iter().chain([&last]).map(mask);
    let mut inside = masks.next().unwrap_or_default();
    let mut before = 0;
    for from in (0..=text.len()).step_by(BLOCK) {
        let next = masks.next().unwrap_or_default();
        let mut starts = inside & !(inside << 1 | before);
        while starts != 0 {
            let bit = starts.trailing_zeros();
            starts &= starts - 1;
            // The bits from the start on, those of the next block behind those of this one.
            let run = inside >> bit | next << 1 << (BLOCK as u32 - 1 - bit);
            let n_bytes = run.trailing_ones() as usize;
            let start = from + bit as usize;
            let is_whole = n_bytes < BLOCK;
            emit(start, if is_whole { start + n_bytes } else { long_end(text, start + n_bytes) });
        }
        before = inside >> (BLOCK - 1);
        inside = next;
    }
}

/// Where a run ends that goes on at `from`.
#[cold]
fn long_end(text: &[u8], from: usize) -> usize {
    let separates = |b: &u8| b.is_ascii() && !b.is_ascii_alphanumeric();
    text[from..].iter().position(separates).map_or(text.len(), |n| from + n)
}

fn plain_mask(block: &[u8; BLOCK]) -> u64 {
    let is_inside = |byte: &u8| u64::from(byte.is_ascii_alphanumeric() || !byte.is_ascii());
    block.iter().zip(0..).fold(0, |mask, (byte, bit)| mask | is_inside(byte) << bit)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
fn avx2_mask(block: &[u8; BLOCK]) -> u64 {
    let (halves, _) = block.as_chunks::<32>();
    u64::from(avx2_half(&halves[1])) << 32 | u64::from(avx2_half(&halves[0]))
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
fn avx2_half(bytes: &[u8; 32]) -> u32 {
    use std::arch::x86_64::*;
    // SAFETY: there are 32 bytes, and the load needs no alignment.
    let bytes = unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) };
    // The bit that tells upper from lower case.
    let lower = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
    let from_a = _mm256_sub_epi8(lower, _mm256_set1_epi8(b'a' as i8));
    let is_letter = _mm256_cmpeq_epi8(from_a, _mm256_min_epu8(from_a, _mm256_set1_epi8(25)));
    let from_0 = _mm256_sub_epi8(bytes, _mm256_set1_epi8(b'0' as i8));
    let is_digit = _mm256_cmpeq_epi8(from_0, _mm256_min_epu8(from_0, _mm256_set1_epi8(9)));
    // The first bit of a byte, set beyond ASCII, is all that the mask reads of it.
    _mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(is_letter, is_digit), bytes)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn runs(text: &[u8], mask: impl Fn(&[u8; BLOCK]) -> u64) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        each_start(text, mask, |start, end| found.push((start, end)));
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
