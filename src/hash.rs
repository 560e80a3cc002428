//! The only hash that may reach a file or decide a result: XXH3, whose values are fixed for good.
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
    let mut state = xxhash_rust::xxh3::Xxh3::new();
    for part in parts {
        state.update(&part.to_le_bytes());
    }
    state.digest()
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

    // These values are in files that users keep: they may never change.
    #[test]
    fn golden_values() {
        assert_eq!(hash64(b"kutip"), 10018379344612015549);
        assert_eq!(hash64_of([1, 2]), 571542372673154031);
        assert_eq!(content_id(b"kutip"), "c2ad7a13cd5d42f8f0e9ee295f4273fe");
        assert_eq!(
            sha256_hex(""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
