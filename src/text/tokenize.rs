//! Splits text into normalised words.
//!
//! The order is fixed: separators are decided on the original's characters, then each word is
//! normalised. A word is a run of letters, digits and marks; every other character separates.
//! Scripts that set no spaces between words (Han, kana, Thai, Lao, Khmer, Burmese) give a token a
//! character, marks with their base. Normalising is NFKC, lower case, then the soft hyphen
//! (dropped). Case, punctuation, quotation marks, dashes and white space never make two texts
//! differ.

use crate::hash::hash64;
use crate::span::ByteSpan;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// One word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the original.
    pub span: ByteSpan,
    /// XXH3 of its normalised form.
    pub word: u64,
}

/// Splits `text` into tokens, in order.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 6);
    let mut scratch = String::new();
    words(text, |span| {
        scratch.clear();
        normalize_into(span.of(text), &mut scratch);
        tokens.push(Token { span, word: hash64(scratch.as_bytes()) });
    });
    tokens
}

/// The normalised form of one word: NFKC, lower case, no soft hyphens.
pub fn normalize(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    normalize_into(word, &mut out);
    out
}

fn normalize_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
    } else if is_nfkc_quick(word.chars()) == IsNormalized::Yes {
        push_lower(word.chars(), out);
    } else {
        push_lower(word.nfkc(), out);
    }
}

fn push_lower(chars: impl Iterator<Item = char>, out: &mut String) {
    out.extend(chars.filter(|&c| c != SOFT_HYPHEN).flat_map(char::to_lowercase));
}

const SOFT_HYPHEN: char = '\u{ad}';

/// Calls `emit` with the span of each word of `text`, in order.
fn words(text: &str, mut emit: impl FnMut(ByteSpan)) {
    let mut start = None;
    let mut single = false;
    for (at, c) in text.char_indices() {
        let class = class(c);
        let ends = match class {
            Class::Separator => true,
            Class::Letter => single,
            Class::Single => true,
            Class::Mark => false,
        };
        if ends && let Some(from) = start.take() {
            emit(ByteSpan::new(from, at));
        }
        match class {
            Class::Letter | Class::Single if start.is_none() => {
                start = Some(at);
                single = class == Class::Single;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        emit(ByteSpan::new(from, text.len()));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Separator,
    Letter,
    /// A character that is a token by itself.
    Single,
    /// Goes with the character before it.
    Mark,
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Class::Letter } else { Class::Separator };
    }
    if c == SOFT_HYPHEN || unicode_normalization::char::is_combining_mark(c) {
        Class::Mark
    } else if is_unspaced(c) {
        Class::Single
    } else if c.is_alphanumeric() {
        Class::Letter
    } else {
        Class::Separator
    }
}

/// Whether `c` belongs to a script that sets no spaces between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0e01..=0x0edf      // Thai, Lao
        | 0x1000..=0x109f    // Burmese
        | 0x1780..=0x17df    // Khmer
        | 0x3005..=0x3007 | 0x3041..=0x30ff | 0x31f0..=0x31ff // kana
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff // Han
        | 0x2_0000..=0x3_ffff)
        && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        tokenize(text).iter().map(|t| normalize(t.span.of(text))).collect()
    }

    #[test]
    fn words_of_many_scripts() {
        for (text, expect) in [
            ("Kassym-Jomart Tokayev’s", "kassym jomart tokayev s"),
            ("WASHINGTON DC, KOMPAS.com – Menlu", "washington dc kompas com menlu"),
            ("Rp 1.500,- (7/1/2022)", "rp 1 500 7 1 2022"),
            ("ﬁnal Ａ Ⅳ", "final a iv"),
            ("e\u{301}te\u{301} été", "été été"),
            ("pe\u{ad}merintah", "pemerintah"),
            ("İstanbul ISPARTA", "i\u{307}stanbul isparta"),
            ("俄罗斯说：“不行”", "俄 罗 斯 说 不 行"),
            ("ประเทศไทย", "ป ร ะ เ ท ศ ไ ท ย"),
            ("Москва́ сказала", "москва\u{301} сказала"),
            ("العربيّة", "العربيّة"),
            ("\u{feff}a\u{a0}b\u{2009}c\u{200b}d", "a b c d"),
            ("", ""),
            ("…—!", ""),
        ] {
            assert_eq!(shown(text).join(" "), expect, "{text:?}");
        }
    }

    #[test]
    fn surface_changes_give_the_same_words() {
        let plain: Vec<u64> =
            tokenize("Saya pikir satu pelajaran").iter().map(|t| t.word).collect();
        let other: Vec<u64> =
            tokenize("“SAYA pikir…\r\nsatu\u{a0} —pelajaran”").iter().map(|t| t.word).collect();
        assert_eq!(plain, other);
    }
}
