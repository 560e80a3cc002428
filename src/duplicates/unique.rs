//! What would be lost if a document were removed?

use crate::shingle::{ShingleSet, Shingling};
use crate::span::ByteSpan;
use crate::text::tokenize::tokenize;

/// The parts of `text`, as spans of its bytes, whose words stand in no run of five words that `kept`
/// has too: a number that differs, a sentence more. What only stands elsewhere is not lost.
pub fn unique_text(text: &str, kept: &str) -> Vec<ByteSpan> {
    let shared = ShingleSet::of_text(kept, Shingling::FIVE_WORDS);
    let mut shingles = Vec::new();
    Shingling::FIVE_WORDS.hash(text, &mut shingles);
    let has_all = shingles.iter().all(|hash| shared.contains(*hash));
    if has_all {
        return Vec::new();
    }
    let tokens = tokenize(text);
    if tokens.is_empty() {
        return vec![ByteSpan::new(0, text.len())];
    }
    // A text of fewer words has its single words.
    let n_words = tokens.len() + 1 - shingles.len();
    let mut is_shared = vec![false; tokens.len()];
    for (at, hash) in shingles.iter().enumerate() {
        if shared.contains(*hash) {
            is_shared[at..at + n_words].fill(true);
        }
    }
    let words: Vec<(bool, ByteSpan)> =
        is_shared.into_iter().zip(tokens.iter().map(|token| token.span)).collect();
    let parts = words.chunk_by(|a, b| a.0 == b.0).filter(|part| !part[0].0);
    let span = |part: &[(bool, ByteSpan)]| {
        ByteSpan::new(part[0].1.start as usize, part[part.len() - 1].1.end as usize)
    };
    parts.map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_other_lacks_is_named() {
        let kept = "Inflasi pada bulan Mei tercatat 3,5 persen, kata juru bicara bank itu. Harga \
                    beras naik tipis di seluruh pasar.";
        for (text, expect) in [
            (kept, &[][..]),
            (&kept.to_uppercase(), &[]),
            (
                "Harga beras naik tipis di seluruh pasar. Inflasi pada bulan Mei tercatat 3,5 persen, \
              kata juru bicara bank itu.",
                &[],
            ),
            ("Inflasi pada bulan Mei tercatat 4,1 persen, kata juru bicara bank itu.", &["4,1"]),
            ("Harga beras naik tipis di seluruh pasar. Petani gembira.", &["Petani gembira"]),
            ("Harga beras", &["Harga beras"]),
            ("🌧", &["🌧"]),
        ] {
            let found: Vec<&str> =
                unique_text(text, kept).into_iter().map(|span| span.of(text)).collect();
            assert_eq!(found, expect, "{text}");
        }
        assert!(unique_text("🌧🌧", "🌧").is_empty());
        assert!(unique_text("", "").is_empty());
    }
}
