//! The only hashes that may reach a file or decide a result: their values are fixed for good.
//!
//! ahash and `std::hash` change between builds and machines; they are for in-memory maps whose
//! order is never seen.

use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// 64-bit hash of a byte string.
pub fn hash64(bytes: &[u8]) -> u64 {
    xxh3_64(bytes)
}

/// 64-bit hash of a sequence of hashes, in order.
pub fn hash64_of(parts: impl IntoIterator<Item = u64>) -> u64 {
    let mut parts = parts.into_iter();
    let mut bytes = [0; 8 * FEW_PARTS];
    let mut n_bytes = 0;
    for (place, part) in bytes.chunks_exact_mut(8).zip(parts.by_ref()) {
        place.copy_from_slice(&part.to_le_bytes());
        n_bytes += 8;
    }
    if n_bytes < bytes.len() {
        return hash64(&bytes[..n_bytes]);
    }
    let mut state = xxhash_rust::xxh3::Xxh3::new();
    state.update(&bytes);
    parts.for_each(|part| state.update(&part.to_le_bytes()));
    state.digest()
}

/// Fewer hashes are hashed at once: a state of half a kilobyte costs more than to hash the runs of three
/// words that texts are compared by.
const FEW_PARTS: usize = 32;

/// [`hash64`] of bytes that come one after another.
#[derive(Clone, Default)]
pub struct Checksum(Box<xxhash_rust::xxh3::Xxh3>);

impl Checksum {
    /// Takes in the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all so far.
    pub fn value(&self) -> u64 {
        self.0.digest()
    }
}

/// Longest word that [`short_word_hash`] takes.
pub const SHORT_WORD_BYTES: usize = 16;

/// 64-bit hash of a normalised word. Words are hashed by the million: one of at most
/// [`SHORT_WORD_BYTES`] takes a single multiplication.
pub fn word_hash(word: &[u8]) -> u64 {
    match word.len() {
        0..=SHORT_WORD_BYTES => {
            let mut bytes = [0; SHORT_WORD_BYTES];
            bytes[..word.len()].copy_from_slice(word);
            short_word_hash(u128::from_le_bytes(bytes))
        }
        _ => hash64(word),
    }
}

/// [`word_hash`] of a word's bytes, the first the lowest, zeros after the last.
///
/// Both halves of the product of the word's halves: the step of wyhash (Wang Yi, 2019).
#[inline(always)]
pub fn short_word_hash(word: u128) -> u64 {
    const A: u64 = 0xa076_1d64_78bd_642f;
    const B: u64 = 0xe703_7ed1_a0b4_28db;
    let product = u128::from(word as u64 ^ A) * u128::from((word >> 64) as u64 ^ B);
    product as u64 ^ (product >> 64) as u64
}

/// A content-derived identifier of 128 bits as 32 lower-case hex digits.
pub fn content_id(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

/// SHA-256 of a text's UTF-8 bytes as 64 lower-case hex digits, as record formats carry it.
pub fn sha256_hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_is_the_hash_of_all_bytes() {
        let mut sum = Checksum::default();
        assert_eq!(sum.value(), hash64(b""));
        ["ku", "", "tip"].iter().for_each(|part| sum.add(part.as_bytes()));
        assert_eq!(sum.value(), hash64(b"kutip"));
    }

    // These values are in files that users keep: they may never change.
    #[test]
    fn golden_values() {
        assert_eq!(hash64(b"kutip"), 10018379344612015549);
        assert_eq!(hash64_of([1, 2]), 571542372673154031);
        assert_eq!(word_hash(b"kutip"), 5_948_827_113_179_407_819);
        assert_eq!(word_hash(b"antardepartemental"), hash64(b"antardepartemental"));
        assert_eq!(content_id(b"kutip"), "c2ad7a13cd5d42f8f0e9ee295f4273fe");
        assert_eq!(
            sha256_hex(""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn few_parts_and_many_are_hashed_alike() {
        for n in [0, 1, 3, FEW_PARTS - 1, FEW_PARTS, FEW_PARTS + 1, 3 * FEW_PARTS] {
            let parts: Vec<u64> = (0..n as u64).map(|i| i << 40 | i).collect();
            let bytes: Vec<u8> = parts.iter().flat_map(|part| part.to_le_bytes()).collect();
            assert_eq!(hash64_of(parts), hash64(&bytes), "{n}");
        }
    }
}
