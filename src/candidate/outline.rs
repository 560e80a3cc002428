//! Can two wordings have enough in common at all? Told by a few words of memory for each, before
//! anything is looked up: a batch has thousands of pairs that share a phrase for each match.

use crate::document::DocId;
use crate::fixed::Milli;
use crate::wording::{Place, Word, WordId, Wording};

/// What decides of most pairs that they are none. It fills most of a cache line.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    /// The places of its stems in a set of [`BITS`] places (Bloom, "Space/time trade-offs in hash
    /// coding with allowable errors", 1970, with one hash).
    stems: [u64; BITS / 64],
    n_words: u32,
    /// Its first and its last document: places ascend.
    docs: [DocId; 2],
}

/// A sentence of twenty words fills a thirteenth of them.
const BITS: usize = 256;

impl Outline {
    /// The outline of a wording; `words` are all words of the batch.
    pub(super) fn of(wording: &Wording, words: &[Word]) -> Outline {
        let mut stems = [0; BITS / 64];
        for word in &wording.words {
            let (at, bit) = place(words[word.idx()].stem);
            stems[at] |= bit;
        }
        let ends = |places: &[Place]| [places[0].doc, places[places.len() - 1].doc];
        Outline { stems, n_words: wording.words.len() as u32, docs: ends(&wording.places) }
    }

    /// Words of the shorter of two.
    pub(super) fn shorter(&self, other: &Outline) -> usize {
        self.n_words.min(other.n_words) as usize
    }

    /// Whether two wordings may share so much of the shorter one's stems.
    pub(super) fn may_share(&self, other: &Outline, least_coverage: Milli) -> bool {
        least_coverage <= Milli::ratio(self.shared_at_most(other), self.shorter(other) as i64)
    }

    /// Most stems that two wordings can share, each as often as both have it: a place that only one
    /// of them fills is at least one word that the other lacks.
    fn shared_at_most(&self, other: &Outline) -> i64 {
        let (mut only_one, mut only_other) = (0, 0);
        for (one, other) in self.stems.iter().zip(&other.stems) {
            only_one += (one & !other).count_ones();
            only_other += (other & !one).count_ones();
        }
        (self.n_words - only_one).min(other.n_words - only_other).into()
    }

    /// What two wordings can share at most, in thousandths of a nat.
    pub(super) fn mass_at_most(&self, other: &Places) -> i64 {
        let has = |&&(at, bit, _): &&(usize, u64, u32)| self.stems[at] & bit != 0;
        other.0.iter().filter(has).map(|&(_, _, weight)| i64::from(weight)).sum()
    }

    /// Its document, if it has no other.
    pub(super) fn only_document(&self) -> Option<DocId> {
        (self.docs[0] == self.docs[1]).then_some(self.docs[0])
    }

    /// Whether two places of different documents have the two wordings.
    pub(super) fn in_different_documents(&self, other: &Outline) -> bool {
        !(self.docs[0] == self.docs[1] && self.docs == other.docs)
    }
}

/// Where an outline has a stem: in which of its numbers, and which bit.
fn place(stem: WordId) -> (usize, u64) {
    let place = stem.0.wrapping_mul(0x9e37_79b9) as usize >> (32 - BITS.ilog2());
    (place / 64, 1 << (place % 64))
}

/// The words of a wording: where an outline has the stem of each, and what it weighs.
pub(super) struct Places(Vec<(usize, u64, u32)>);

impl Places {
    /// Of a wording whose words weigh `weights`.
    pub(super) fn of(wording: &Wording, words: &[Word], weights: &[u32]) -> Places {
        let places = wording.words.iter().zip(weights).map(|(word, &weight)| {
            let (at, bit) = place(words[word.idx()].stem);
            (at, bit, weight)
        });
        Places(places.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::tests::fold;

    #[test]
    fn no_more_is_shared_than_the_outlines_tell() {
        let folded = fold(&[
            "Rusia lawan Rusia lawan Rusia. Rusia membaca lawan Rusia. Mereka baca semua itu.",
            "Harga cabai naik lagi.",
        ]);
        let outlines: Vec<Outline> =
            folded.wordings.iter().map(|w| Outline::of(w, &folded.words)).collect();
        let shared = |a: usize, b: usize| outlines[a].shared_at_most(&outlines[b]);
        // "Rusia" and "lawan", of which either may be repeated; "baca"; nothing.
        assert_eq!([(0, 0), (0, 1), (1, 2), (0, 3)].map(|(a, b)| shared(a, b)), [5, 3, 1, 0]);
        let places = Places::of(&folded.wordings[1], &folded.words, &[1, 10, 100, 1000]);
        assert_eq!([0, 2, 3].map(|b| outlines[b].mass_at_most(&places)), [1101, 10, 0]);
        let may_share = |least| outlines[1].may_share(&outlines[2], Milli(least));
        assert_eq!([may_share(250), may_share(251)], [true, false]);
    }

    #[test]
    fn places_tell_of_different_documents() {
        let folded = fold(&[
            "Rusia punya pilihan lain. Harga gandum naik tajam.",
            "Hujan turun lagi semalam.",
            "Rusia punya pilihan lain.",
        ]);
        let outlines: Vec<Outline> =
            folded.wordings.iter().map(|w| Outline::of(w, &folded.words)).collect();
        let different = |a: usize, b: usize| outlines[a].in_different_documents(&outlines[b]);
        let pairs = [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)];
        assert_eq!(pairs.map(|(a, b)| different(a, b)), [true, true, true, false, true]);
    }
}
