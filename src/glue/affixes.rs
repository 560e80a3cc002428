//! Which words of a language also form words, as a prefix or a suffix?

use crate::background::Background;
use crate::fixed::ln;
use crate::hash::word_hash;
use ahash::AHashMap;

/// The rest of a word behind a prefix, or before a suffix, has so many bytes at least.
const REST_BYTES: usize = 4;

/// How a language forms words of its words.
#[derive(Debug, Default)]
pub(super) struct Affixes {
    prefixes: AHashMap<u64, Formed>,
    suffixes: AHashMap<u64, Formed>,
}

/// The words of a table that start, or end, with one of its words.
#[derive(Debug, Clone, Copy, Default)]
struct Formed {
    n_words: u64,
    /// Those of which the rest is a word too.
    n_of_words: u64,
}

impl Affixes {
    /// Learns from `words`, which `background` may list among others.
    pub(super) fn learn<W: AsRef<str>>(
        words: impl Iterator<Item = W>,
        background: &Background,
        language: Option<&str>,
    ) -> Affixes {
        let mut affixes = Affixes::default();
        let listed = |word: &str| {
            let hash = word_hash(word.as_bytes());
            background.frequency(language, hash).filter(|found| found.listed).map(|_| hash)
        };
        for word in words {
            let word = word.as_ref();
            for (at, _) in word.char_indices().skip(1) {
                let (front, back) = word.split_at(at);
                let (prefix, suffix) = (listed(front), listed(back));
                if let Some(prefix) = prefix.filter(|_| REST_BYTES <= back.len()) {
                    affixes.prefixes.entry(prefix).or_default().count(suffix.is_some());
                }
                if let Some(suffix) = suffix.filter(|_| REST_BYTES <= front.len()) {
                    affixes.suffixes.entry(suffix).or_default().count(prefix.is_some());
                }
            }
        }
        affixes
    }

    /// What a cut costs at which `left` may be a prefix, or `right` a suffix.
    pub(super) fn cost(&self, left: u64, right: u64) -> i64 {
        let of = |map: &AHashMap<u64, Formed>, piece| map.get(&piece).copied().unwrap_or_default();
        let (prefix, suffix) = (of(&self.prefixes, left), of(&self.suffixes, right));
        let strength = prefix.strength().max(suffix.strength());
        // 1.5 ln(1 + 2 strength).
        3 * (ln(1_000 + 2 * strength).0 - ln(1_000).0) / 2
    }
}

impl Formed {
    fn count(&mut self, rest_is_word: bool) {
        self.n_words += 1;
        self.n_of_words += u64::from(rest_is_word);
    }

    /// The number of words formed, in thousandths, times their share: of the words in "di…" most
    /// are "di" and a word, of those in "the…" few.
    fn strength(self) -> u64 {
        1_000 * self.n_of_words * self.n_of_words / self.n_words.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affixes_are_told_from_words_that_stand_alone() {
        let shipped = Background::shipped();
        let hash = |word: &str| word_hash(word.as_bytes());
        let tables = [
            (
                "id",
                ["di|rumah", "ber|satu", "rumah|nya"],
                ["yang|rumah", "dan|rumah", "rumah|akan"],
            ),
            (
                "en",
                ["un|known", "thank|ing", "kind|ness"],
                ["the|people", "said|that", "from|there"],
            ),
        ];
        for (language, formed, alone) in tables {
            let affixes = Affixes::learn(shipped.words(Some(language)), &shipped, Some(language));
            let cost = |cut: &str| {
                let (left, right) = cut.split_once('|').unwrap();
                affixes.cost(hash(left), hash(right))
            };
            for cut in formed {
                assert!(3_000 < cost(cut), "{language}: {cut} {}", cost(cut));
            }
            for cut in alone {
                assert!(cost(cut) < 2_100, "{language}: {cut} {}", cost(cut));
            }
        }
    }
}
