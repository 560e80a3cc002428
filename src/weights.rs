//! How much does a word tell? Inverse document frequency over passages (Spärck Jones, "A statistical
//! interpretation of term specificity", 1972), from ordinary text and the batch together, with
//! names as phrases.
//!
//! Five articles are too few to count in, so ordinary text counts as `BACKGROUND_PASSAGES`
//! passages beside the batch's own. A name of five words is one thing to know, not five: words that
//! cling together weigh as the heaviest of them.

use crate::background::Background;
use crate::fixed::{Milli, ln_ratio};
use crate::wording::{WordId, Wording, Wordings};
use ahash::{AHashMap, AHashSet};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// A batch of that many wordings counts as much as the background does.
pub(crate) const BACKGROUND_PASSAGES: u64 = 20_000;
/// Passages without the word that are counted beside the batch's own where a language has no table:
/// in a batch of two articles, a word that both have is not common for that.
const UNKNOWN_PASSAGES: u64 = 50;
/// Words in a passage of ordinary text: turns a frequency per word into one per passage.
const PASSAGE_WORDS: u64 = 20;
/// Most that a number weighs. No table of frequencies knows "3.417", yet numbers are the commonest
/// rare words: dates, scores and prices agree by chance far oftener than their counts say.
const NUMBER_CAP: Milli = Milli(4000);

/// Least that a word weighs where wordings are compared, in thousandths of a nat: even the commonest are
/// aligned.
pub(crate) const LEAST_WEIGHT: u32 = 50;

/// A wording's weights: one a word, phrases already folded to the weight of their heaviest word.
#[derive(Debug, Clone, Default)]
pub struct Weighted {
    /// In thousandths of a nat, by position.
    pub idf: Vec<u32>,
    /// Number of the phrase each word belongs to, ascending; a word alone is a phrase of its own.
    pub phrase: Vec<u16>,
}

impl Weighted {
    /// The weights `of` the words, each phrase's heaviest shared out among its words.
    pub fn phrase_shares(&self, of: &[u32]) -> Vec<u32> {
        let mut shares = Vec::with_capacity(of.len());
        for phrase in self.phrase.chunk_by(|a, b| a == b) {
            let words = &of[shares.len()..shares.len() + phrase.len()];
            let heaviest = words.iter().max().copied().unwrap_or(0);
            shares.extend(words.iter().map(|_| heaviest / words.len() as u32));
        }
        shares
    }
}

/// Weights of all wordings, by wording.
pub fn weigh(wordings: &Wordings, background: &Background) -> Vec<Weighted> {
    let clinging = clinging_pairs(wordings);
    let idf = IdfTable::new(wordings, background);
    wordings
        .wordings
        .par_iter()
        .map(|wording| {
            let idf: Vec<u32> =
                wording.words.iter().map(|&w| idf.of(w, wording.language)).collect();
            Weighted { phrase: phrases(wordings, wording, &idf, &clinging), idf }
        })
        .collect()
}

/// IDF by language and word.
struct IdfTable {
    by_language: AHashMap<Option<&'static str>, Vec<u32>>,
}

impl IdfTable {
    fn new(wordings: &Wordings, background: &Background) -> Self {
        let mut languages: Vec<_> = wordings.wordings.iter().map(|w| w.language).collect();
        languages.sort_unstable();
        languages.dedup();
        let table = |language| {
            let idf = |word| idf(word, wordings.wordings.len() as u64, background, language);
            (language, wordings.words.par_iter().map(idf).collect())
        };
        IdfTable { by_language: languages.into_iter().map(table).collect() }
    }

    fn of(&self, word: WordId, language: Option<&'static str>) -> u32 {
        self.by_language[&language][word.idx()]
    }
}

/// ln of (passages + 1) over (passages with the word + 1/2), background and batch added up.
fn idf(
    word: &crate::wording::Word,
    n_wordings: u64,
    background: &Background,
    language: Option<&str>,
) -> u32 {
    const BILLION: u64 = 1_000_000_000;
    let (n_passages, with_word) = match background.frequency(language, word.hash) {
        None => (UNKNOWN_PASSAGES, 0),
        Some(frequency) => {
            let per_passage = (u64::from(frequency.per_billion) * PASSAGE_WORDS).min(BILLION);
            (BACKGROUND_PASSAGES, per_passage * BACKGROUND_PASSAGES)
        }
    };
    let with_word = with_word + u64::from(word.n_wordings) * BILLION + BILLION / 2;
    let all = (n_passages + n_wordings + 1) * BILLION;
    let idf = ln_ratio(all, with_word).0.max(0);
    let idf = if word.numeric { idf.min(NUMBER_CAP.0) } else { idf };
    idf as u32
}

/// Numbers the phrases of a wording: runs of capitalised words, light words and numbers between two of
/// them ("Badan Meteorologi, Klimatologi, dan Geofisika", "Pasal 2 Undang-Undang Nomor 31") included,
/// and words that cling together.
fn phrases(
    wordings: &Wordings,
    wording: &Wording,
    idf: &[u32],
    clinging: &AHashSet<(WordId, WordId)>,
) -> Vec<u16> {
    let numeric = |i: usize| wordings.words[wording.words[i].idx()].numeric;
    let bridges = |i: usize| {
        i > 0
            && !wording.is_name(i)
            && (idf[i] < LIGHT || numeric(i))
            && wording.is_name(i - 1)
            && wording.is_name(i + 1)
    };
    let named = |i: usize| wording.is_name(i) || bridges(i);
    let mut phrase = Vec::with_capacity(wording.words.len());
    let mut number = 0u16;
    for i in 0..wording.words.len() {
        if i > 0 {
            let together = (named(i - 1) && named(i))
                || clinging.contains(&(wording.words[i - 1], wording.words[i]));
            number = number.saturating_add(u16::from(!together));
        }
        phrase.push(number);
    }
    phrase
}

/// Most that a word weighs that a name may run across, in thousandths of a nat: "dan", "of".
const LIGHT: u32 = 2500;

/// Neighbouring words that stand together at least half of the time that the rarer of them stands
/// at all, with at least [`CLINGING_CONTEXTS`] different words before them and as many behind: a
/// name or a fixed phrase. What is copied keeps its surroundings, and what is copied with a change
/// keeps them on one side, and so does not count.
fn clinging_pairs(wordings: &Wordings) -> AHashSet<(WordId, WordId)> {
    const EDGE: u32 = u32::MAX;
    let rarer = |a: WordId, b: WordId| {
        wordings.words[a.idx()].n_wordings.min(wordings.words[b.idx()].n_wordings)
    };
    let often = PairCounts::of(&wordings.wordings);
    let may_cling = |a: WordId, b: WordId| {
        let n = often.at_most(a, b);
        CLINGING_CONTEXTS as u32 <= n && rarer(a, b) <= 2 * n
    };
    let pairs_of = |wording: &Wording| {
        let words = &wording.words;
        let around = |i: usize| words.get(i).map_or(EDGE, |w| w.0);
        let clinging = (1..words.len()).filter(|&i| may_cling(words[i - 1], words[i]));
        clinging
            .map(|i| (words[i - 1], words[i], around(i.wrapping_sub(2)), around(i + 1)))
            .collect::<Vec<_>>()
    };
    let mut pairs: Vec<(WordId, WordId, u32, u32)> =
        wordings.wordings.par_iter().flat_map_iter(pairs_of).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    let distinct = |words: &mut dyn Iterator<Item = u32>| words.collect::<AHashSet<u32>>().len();
    pairs
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .filter(|pair| {
            rarer(pair[0].0, pair[0].1) <= 2 * pair.len() as u32
                && distinct(&mut pair.iter().map(|p| p.2)) >= CLINGING_CONTEXTS
                && distinct(&mut pair.iter().map(|p| p.3)) >= CLINGING_CONTEXTS
        })
        .map(|pair| (pair[0].0, pair[0].1))
        .collect()
}

/// How often two words follow each other at most: the counts of pairs whose hashes share a place are
/// added up. Tells with little memory that most pairs do not cling together.
struct PairCounts {
    counts: Vec<AtomicU32>,
}

impl PairCounts {
    fn of(wordings: &[Wording]) -> PairCounts {
        let n_pairs: usize = wordings.iter().map(|w| w.words.len()).sum();
        let n_places = (n_pairs / 2).next_power_of_two();
        let counts = PairCounts { counts: (0..n_places).map(|_| AtomicU32::new(0)).collect() };
        wordings.par_iter().for_each(|wording| {
            for pair in wording.words.windows(2) {
                counts.place(pair[0], pair[1]).fetch_add(1, Ordering::Relaxed);
            }
        });
        counts
    }

    fn at_most(&self, a: WordId, b: WordId) -> u32 {
        self.place(a, b).load(Ordering::Relaxed)
    }

    fn place(&self, a: WordId, b: WordId) -> &AtomicU32 {
        let pair = u64::from(a.0) << 32 | u64::from(b.0);
        let hash = u128::from(pair.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        &self.counts[((hash * self.counts.len() as u128) >> 64) as usize]
    }
}

const CLINGING_CONTEXTS: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::tests::fold;

    fn phrases_of(texts: &[&str]) -> Vec<u16> {
        weigh(&fold(texts), &Background::shipped())[0].phrase.clone()
    }

    #[test]
    fn a_name_is_one_phrase() {
        for (text, expect) in [
            (
                "kemarin Badan Meteorologi, Klimatologi, dan Geofisika mencatat gempa di sana dua kali",
                &[0, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7][..],
            ),
            (
                "ia dijerat dengan Pasal 2 Undang-Undang Nomor 31 Tahun 1999 tentang korupsi",
                &[0, 1, 2, 3, 3, 3, 3, 3, 3, 3, 4, 5, 6],
            ),
            ("kemarin Persada mencetak 3 gol dan Bintang 2 gol", &[0, 1, 2, 3, 4, 5, 6, 7, 8]),
            ("Menurut dia Rusia dan siapa pun tidak punya pilihan", &[0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ] {
            assert_eq!(phrases_of(&[text]), expect, "{text}");
        }
    }

    #[test]
    fn words_that_cling_together_in_different_surroundings_are_a_phrase() {
        let texts = [
            "hari ini perjanjian keamanan dibahas lagi oleh mereka",
            "kata orang perjanjian keamanan sudah lama usang",
            "siapa bilang perjanjian keamanan itu penting bagi kita",
        ];
        assert_eq!(phrases_of(&texts), [0, 1, 2, 2, 3, 4, 5, 6]);
        let copied = ["hari ini perjanjian keamanan dibahas lagi oleh mereka"; 3];
        assert_eq!(phrases_of(&copied), [0, 1, 2, 3, 4, 5, 6, 7], "copies are no evidence");
        let changed = [
            "permintaan dari pabrik baterai masih kuat tetapi biaya naik",
            "permintaan dari pabrik baterai memang kuat tetapi biaya naik",
            "permintaan dari pabrik baterai tetap kuat tetapi biaya naik",
            "permintaan dari pabrik baterai itu kuat tetapi biaya naik",
        ];
        assert_eq!(phrases_of(&changed)[2..4], [2, 3], "copies with a change are none either");
    }

    fn idf_of(text: &str, background: &Background) -> Vec<u32> {
        weigh(&fold(&[text]), background)[0].idf.clone()
    }

    #[test]
    fn rare_words_weigh_more_and_numbers_little() {
        let idf = idf_of("yang pemerintah kosmodrom 34178", &Background::shipped());
        assert!(idf[0] < 1500 && idf[0] < idf[1] && idf[1] < idf[2], "{idf:?}");
        assert_eq!(i64::from(idf[3]), NUMBER_CAP.0);
    }

    #[test]
    fn without_a_table_the_batch_counts() {
        let idf = idf_of("Satu dua tiga empat. Satu lima enam tujuh.", &Background::empty());
        assert!(idf[0] < idf[1], "{idf:?}");
    }
}
