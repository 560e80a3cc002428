//! Which wordings may make the same statement? The union of three seeds, each blind where another
//! sees: repeated runs of words, alike spelling, and shared rare words in any order.

use crate::condition::{Bound, Condition};
use crate::fixed::Milli;
use crate::lsh::Banding;
use crate::minhash::MinHasher;
use crate::shingle::ShingleSet;
use crate::weights::{LEAST_WEIGHT, Weighted};
use crate::wording::{ALONE, RUN_WORDS, Wording, WordingId, Wordings};
use buckets::Buckets;
pub use gate::{Gate, Open, Ties};
use outline::{Outline, Places};
pub use overlap::Common;
use overlap::Overlap;
use rayon::prelude::*;
use std::cell::LazyCell;
use stems::StemIndex;
pub use stems::stem_weights;

mod buckets;
mod gate;
mod outline;
mod overlap;
pub mod reasons;
mod stems;

/// Two wordings to compare; the smaller number first.
pub type Candidate = (WordingId, WordingId);

/// Least weight of such a run, in thousandths of a nat: three words of ordinary text weigh 12.
const RUN_MASS: Milli = Milli(9_000);
/// A run of words that more wordings have proposes none: it is a stock phrase.
const RUN_WORDINGS: Milli = Milli::count(48);
/// Five-character shingles in 32 bands of 4 rows: two translations of one sentence, whose
/// similarity is about .58, share a band with probability .98.
const SPELLING: Banding = Banding { bands: 32, rows: 4 };
const SPELLING_CHARS: usize = 5;
/// A band that more wordings share proposes only neighbours in the order of their numbers.
const SPELLING_WORDINGS: usize = 256;
/// A stem that more wordings have is not rare.
const RARE_WORDINGS: Milli = Milli::count(64);
/// Weight of rare words that proposes a pair, in thousandths of a nat: about two of them.
const RARE_MASS: Milli = Milli(12_000);
/// Least share of the lighter wording's weight in rare words that proposes a pair.
const RARE_SHARE: Milli = Milli(150);

/// All candidates, ascending, each once; the two sides of each stand in different documents. A
/// wording that several documents have is a candidate with itself.
///
/// `spelling` gives the normalised words of a wording, joined by spaces. Seeds propose hundreds of
/// partners for a sentence of a large batch, and only those that pass the gate take memory.
pub fn find(
    wordings: &Wordings,
    weights: &[Weighted],
    spelling: impl Fn(&Wording) -> String + Sync,
    gate: &impl Gate,
) -> Vec<Candidate> {
    let search = Search {
        wordings,
        weights,
        gate,
        least: (gate.least_coverage(), gate.least_mass()),
        seeds: Seeds {
            runs: by_runs(wordings, weights),
            spelling: by_spelling(&wordings.wordings, spelling),
            rare: StemIndex::new(wordings, weights),
        },
        outlines: wordings.wordings.par_iter().map(|w| Outline::of(w, &wordings.words)).collect(),
    };
    let n = wordings.wordings.len();
    let memory = || (Overlap::of(&wordings.words), Met::new(n));
    let of = |(overlap, met): &mut (Overlap, Met), id| search.of(WordingId(id), overlap, met);
    (0..n as u32).into_par_iter().map_init(memory, of).flatten_iter().collect()
}

/// What the search for candidates looks at.
struct Search<'r, G> {
    wordings: &'r Wordings,
    weights: &'r [Weighted],
    gate: &'r G,
    /// See [`Gate::least_coverage`] and [`Gate::least_mass`].
    least: (Milli, i64),
    seeds: Seeds,
    outlines: Vec<Outline>,
}

impl<G: Gate> Search<'_, G> {
    /// The candidates that have `a` for their first, ascending.
    fn of(&self, a: WordingId, overlap: &mut Overlap, met: &mut Met) -> Vec<Candidate> {
        let (wording, outline) = (self.wordings.get(a), &self.outlines[a.idx()]);
        let weights = heaviest(&self.weights[a.idx()]);
        let places = Places::of(wording, &self.wordings.words, &weights);
        let (least_coverage, least_mass) = self.least;
        let ties = LazyCell::new(|| self.gate.ties(a));
        let mut partners = self.seeds.partners(a, met, |b| {
            let other = &self.outlines[b.idx()];
            outline.in_different_documents(other)
                && outline.may_share(other, least_coverage)
                && (least_mass <= other.mass_at_most(&places) || self.are_tied(&ties, b))
        });
        partners.sort_unstable();
        overlap.with(wording, &weights, |overlap| {
            partners.retain(|&b| {
                let weights = heaviest(&self.weights[b.idx()]);
                let common = overlap.common(self.wordings.get(b), &weights);
                let n_words = outline.shorter(&self.outlines[b.idx()]);
                least_coverage <= Milli::ratio(common.n_stems as i64, n_words as i64)
                    && (self.gate.may_match_alone(common, n_words) || self.are_tied(&ties, b))
            });
        });
        partners.into_iter().map(|b| (a, b)).collect()
    }

    fn are_tied(&self, ties: &Ties, with: WordingId) -> bool {
        match self.outlines[with.idx()].only_document() {
            Some(doc) => self.gate.are_tied(ties, [doc].into_iter()),
            None => self.gate.are_tied(ties, self.wordings.get(with).docs()),
        }
    }
}

/// What the words of a wording weigh where no story makes them lighter.
fn heaviest(weighted: &Weighted) -> Vec<u32> {
    let mut shares = weighted.phrase_shares(&weighted.idf);
    shares.iter_mut().for_each(|share| *share = LEAST_WEIGHT.max(*share));
    shares
}

/// What proposes pairs.
struct Seeds {
    runs: Buckets,
    spelling: Buckets,
    rare: StemIndex,
}

impl Seeds {
    /// Those that some seed proposes to one wording, of no smaller number than its own, and that
    /// `may_be` does not rule out; each once.
    fn partners(
        &self,
        id: WordingId,
        met: &mut Met,
        may_be: impl Fn(WordingId) -> bool,
    ) -> Vec<WordingId> {
        let rare = self.rare.partners(id.idx(), &mut met.shared);
        let mut partners = Vec::new();
        let proposed = [id.0].into_iter().chain(rare);
        let proposed = proposed.chain(self.runs.after(id.0)).chain(self.spelling.after(id.0));
        proposed.for_each(|other| {
            let last = std::mem::replace(&mut met.last[other as usize], id.0 + 1);
            if last != id.0 + 1 && may_be(WordingId(other)) {
                partners.push(WordingId(other));
            }
        });
        partners
    }
}

/// What one thread remembers of each wording.
struct Met {
    /// One more than the number of the wording that it was proposed to last.
    last: Vec<u32>,
    /// A zero, before and after a wording's partners are looked for: see [`StemIndex::partners`].
    shared: Vec<u32>,
}

impl Met {
    fn new(n_wordings: usize) -> Met {
        Met { last: vec![0; n_wordings], shared: vec![0; n_wordings] }
    }
}

/// The wordings that have a telling run of words in common.
fn by_runs(wordings: &Wordings, weights: &[Weighted]) -> Buckets {
    let mut postings = telling_runs(wordings, weights);
    postings.par_sort_unstable();
    postings.dedup();
    let buckets = postings.chunk_by(|a, b| a.0 == b.0);
    let buckets =
        buckets.filter(|bucket| 1 < bucket.len() && is_no_stock_phrase(bucket.len()).holds());
    Buckets::of(
        wordings.wordings.len(),
        buckets.map(|bucket| bucket.iter().map(|posting| posting.1)),
    )
}

/// The runs that may propose a pair, each with the wording that has it.
fn telling_runs(wordings: &Wordings, weights: &[Weighted]) -> Vec<(u32, u32)> {
    let telling = |(id, weighted): (usize, &Weighted)| {
        let runs = runs(wordings, WordingId(id as u32), weighted);
        let telling = runs.filter(|run| run.number != ALONE && is_telling(run.mass).holds());
        telling.map(|run| (run.number, id as u32)).collect::<Vec<_>>()
    };
    weights.par_iter().enumerate().flat_map_iter(telling).collect()
}

fn is_telling(run_mass: u32) -> Condition {
    Condition::new("run_mass", Milli(run_mass.into()), Bound::AtLeast(RUN_MASS))
}

fn is_no_stock_phrase(n_wordings: usize) -> Condition {
    Condition::new("run_wordings", Milli::count(n_wordings), Bound::AtMost(RUN_WORDINGS))
}

/// Neighbouring words of a wording.
struct Run {
    /// Position of the first.
    at: usize,
    /// See [`Runs`](crate::wording::Runs).
    number: u32,
    /// What they weigh together, in thousandths of a nat.
    mass: u32,
}

/// All runs of [`RUN_WORDS`] of a wording, in order.
fn runs<'w>(
    wordings: &'w Wordings,
    id: WordingId,
    weighted: &'w Weighted,
) -> impl Iterator<Item = Run> + 'w {
    let masses = weighted.idf.windows(RUN_WORDS).map(|run| run.iter().sum::<u32>());
    let numbered = wordings.runs.of(id).iter().zip(masses).enumerate();
    numbered.map(|(at, (&number, mass))| Run { at, number, mass })
}

/// The wordings that share a band.
fn by_spelling(wordings: &[Wording], spelling: impl Fn(&Wording) -> String + Sync) -> Buckets {
    let keys = band_keys(wordings, spelling);
    let buckets = |band: usize| {
        let mut postings = postings_of_band(&keys, band);
        postings.sort_unstable();
        let buckets = postings.chunk_by(|a, b| a.0 == b.0).filter(|bucket| 1 < bucket.len());
        buckets.flat_map(open_pairs).map(|part| part.iter().map(|p| p.1).collect()).collect()
    };
    let buckets: Vec<Vec<Vec<u32>>> = (0..SPELLING.bands).into_par_iter().map(buckets).collect();
    Buckets::of(wordings.len(), buckets.iter().flatten().map(|bucket| bucket.iter().copied()))
}

/// The keys of all bands of each wording: half of their bits, for keys that agree by chance propose a
/// pair or two, and memory is dear.
fn band_keys(wordings: &[Wording], spelling: impl Fn(&Wording) -> String + Sync) -> Vec<u32> {
    let hasher = MinHasher::new(SPELLING.k(), 1);
    let mut keys = vec![0; SPELLING.bands * wordings.len()];
    let sign = |signature: &mut Vec<u32>, (keys, wording): (&mut [u32], &Wording)| {
        let shingles = ShingleSet::of_chars(&spelling(wording), SPELLING_CHARS);
        hasher.sign(shingles.hashes(), signature);
        keys.iter_mut()
            .zip(SPELLING.keys(signature))
            .for_each(|(place, key)| *place = (key >> 32) as u32);
    };
    keys.par_chunks_mut(SPELLING.bands).zip(wordings).for_each_init(|| vec![0; SPELLING.k()], sign);
    keys
}

/// The keys of one band, each with the wording that has it.
fn postings_of_band(keys: &[u32], band: usize) -> Vec<(u32, u32)> {
    keys.iter().skip(band).step_by(SPELLING.bands).copied().zip(0..).collect()
}

/// The parts of a bucket in which each wording is proposed to each: all of it, or where it is crowded
/// each with the next.
fn open_pairs(bucket: &[(u32, u32)]) -> impl Iterator<Item = &[(u32, u32)]> {
    let size = if bucket.len() <= SPELLING_WORDINGS { bucket.len() } else { 2 };
    bucket.windows(size)
}

fn is_rare(n_wordings: usize) -> Condition {
    Condition::new("stem_wordings", Milli::count(n_wordings), Bound::AtMost(RARE_WORDINGS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::background::Background;
    use crate::document::DocId;
    use crate::weights::weigh;
    use crate::wording::tests::fold;

    fn check(texts: &[&str], expect: &[(u32, u32)]) {
        let wordings = fold(texts);
        let weights = weigh(&wordings, &Background::shipped());
        let unlike = |wording: &Wording| {
            let place = wording.places[0];
            format!("{}{}", place.doc.0, place.passage)
        };
        let found = find(&wordings, &weights, unlike, &Open);
        let found: Vec<(u32, u32)> = found.iter().map(|c| (c.0.0, c.1.0)).collect();
        assert_eq!(found, expect, "{texts:?}");
    }

    #[test]
    fn runs_and_rare_words_propose_pairs_of_different_documents() {
        check(&["ada yang tidak ia tahu di sana", "kata dia tidak ia tahu apa pun"], &[(0, 1)]);
        check(
            &[
                "kosmodrom itu lama disewa",
                "rudal dekat sebuah kosmodrom",
                "rudal lalu disewa kosmodrom",
            ],
            &[(0, 2), (1, 2)],
        );
        check(&["ada satu hal penting. ada satu hal genting."], &[]);
        check(&["tidak sama sekali beda", "lain pula ceritanya di sini"], &[]);
    }

    #[test]
    fn a_wording_of_two_documents_is_a_candidate_with_itself() {
        check(&["kami tidak punya pilihan", "kami tidak punya pilihan"], &[(0, 0)]);
    }

    /// Lets pairs through that share so many stems, whatever these weigh.
    struct Stems(usize);

    impl Gate for Stems {
        fn least_coverage(&self) -> Milli {
            Milli(0)
        }

        fn least_mass(&self) -> i64 {
            0
        }

        fn may_match_alone(&self, common: Common, _: usize) -> bool {
            self.0 <= common.n_stems
        }

        fn ties(&self, _: WordingId) -> Ties {
            Ties::default()
        }

        fn are_tied(&self, _: &Ties, _: impl Iterator<Item = DocId>) -> bool {
            false
        }
    }

    #[test]
    fn only_what_shares_enough_stems_is_kept() {
        let wordings = fold(&["ada yang tidak ia tahu di sana", "kata dia tidak ia tahu apa pun"]);
        let weights = weigh(&wordings, &Background::shipped());
        let unlike = |wording: &Wording| {
            let place = wording.places[0];
            format!("{}{}", place.doc.0, place.passage)
        };
        let n_found = |least| find(&wordings, &weights, unlike, &Stems(least)).len();
        assert_eq!((n_found(3), n_found(4)), (1, 0), "tidak, ia, tahu");
    }

    #[test]
    fn alike_spelling_proposes_a_pair() {
        let wordings = fold(&[
            "menghormati hak para pengunjuk rasa",
            "menghormati hak para pengunjukrasa",
            "harga cabai naik lagi",
        ]);
        let spellings = [
            "menghormati hak para pengunjuk rasa",
            "menghormati hak para pengunjukrasa",
            "harga cabai naik lagi",
        ];
        let spelling = |wording: &Wording| spellings[wording.places[0].doc.idx()].to_owned();
        let found = by_spelling(&wordings.wordings, spelling);
        let partners = |id| {
            let mut partners: Vec<u32> = found.after(id).collect();
            partners.sort_unstable();
            partners.dedup();
            partners
        };
        assert_eq!([partners(0), partners(1), partners(2)], [vec![1], vec![], vec![]]);
    }

    #[test]
    fn a_crowded_band_proposes_neighbours() {
        let bucket: Vec<(u32, u32)> = (0..=SPELLING_WORDINGS as u32).map(|id| (7, id)).collect();
        assert_eq!(open_pairs(&bucket[1..]).collect::<Vec<_>>(), [&bucket[1..]]);
        assert_eq!(open_pairs(&bucket).count(), SPELLING_WORDINGS);
    }
}
