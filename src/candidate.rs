//! Which wordings may make the same statement? The union of three seeds, each blind where another
//! sees: repeated runs of words, alike spelling, and shared rare words in any order.

use crate::condition::{Bound, Condition};
use crate::fixed::Milli;
use crate::hash::hash64_of;
use crate::lsh::{Banding, for_each_bucket};
use crate::minhash::MinHasher;
use crate::shingle::ShingleSet;
use crate::weights::Weighted;
use crate::wording::{Place, WordId, Wording, WordingId, Wordings};
use rayon::prelude::*;

pub mod reasons;

/// Two wordings to compare; the smaller number first.
pub type Candidate = (WordingId, WordingId);

/// Words of a run that proposes a pair.
const RUN_WORDS: usize = 3;
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
pub fn find(wordings: &Wordings, weights: &[Weighted], spellings: &[String]) -> Vec<Candidate> {
    let mut candidates = distinct(by_runs(wordings, weights));
    candidates.extend(distinct(by_spelling(spellings)));
    candidates.extend(by_rare_words(wordings, weights));
    candidates.extend((0..wordings.wordings.len() as u32).map(|id| (WordingId(id), WordingId(id))));
    let mut candidates = distinct(candidates);
    candidates.retain(|&(a, b)| in_different_documents(wordings, a, b));
    candidates
}

fn distinct(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.par_sort_unstable();
    candidates.dedup();
    candidates
}

/// Whether two places of different documents have the two wordings. Places ascend, so that the
/// first and the last tell.
fn in_different_documents(wordings: &Wordings, a: WordingId, b: WordingId) -> bool {
    let ends = |places: &[Place]| [places[0].doc, places[places.len() - 1].doc];
    let (a, b) = (ends(&wordings.get(a).places), ends(&wordings.get(b).places));
    !(a[0] == a[1] && a == b)
}

fn by_runs(wordings: &Wordings, weights: &[Weighted]) -> Vec<Candidate> {
    let mut postings = telling_runs(wordings, weights);
    let mut candidates = Vec::new();
    for_each_bucket(&mut postings, |bucket| {
        if is_no_stock_phrase(bucket.len()).holds() {
            all_pairs(bucket, &mut candidates);
        }
    });
    candidates
}

/// The runs that may propose a pair, each with the wording that has it.
fn telling_runs(wordings: &Wordings, weights: &[Weighted]) -> Vec<(u64, u32)> {
    let telling = |(id, (wording, weighted)): (usize, (&Wording, &Weighted))| {
        let runs = runs(wording, weighted).filter(|run| is_telling(run.mass).holds());
        runs.map(|run| (run.key, id as u32)).collect::<Vec<_>>()
    };
    let all = wordings.wordings.par_iter().zip(weights).enumerate();
    all.flat_map_iter(telling).collect()
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
    /// A hash of the words.
    key: u64,
    /// What they weigh together, in thousandths of a nat.
    mass: u32,
}

/// All runs of [`RUN_WORDS`] of a wording, in order.
fn runs(wording: &Wording, weighted: &Weighted) -> impl Iterator<Item = Run> {
    let masses = weighted.idf.windows(RUN_WORDS).map(|run| run.iter().sum::<u32>());
    let words = wording.words.windows(RUN_WORDS);
    let keys = words.map(|run| hash64_of(run.iter().map(|w| u64::from(w.0))));
    keys.zip(masses).enumerate().map(|(at, (key, mass))| Run { at, key, mass })
}

fn by_spelling(spellings: &[String]) -> Vec<Candidate> {
    let mut postings = bands(spellings);
    let mut candidates = Vec::new();
    for_each_bucket(&mut postings, |bucket| pairs_of_band(bucket, &mut candidates));
    candidates
}

/// The keys of all bands, each with the wording that has it.
fn bands(spellings: &[String]) -> Vec<(u64, u32)> {
    let hasher = MinHasher::new(SPELLING.k(), 1);
    let keys = |signature: &mut Vec<u32>, (id, spelling): (usize, &String)| {
        hasher.sign(ShingleSet::of_chars(spelling, SPELLING_CHARS).hashes(), signature);
        SPELLING.keys(signature).map(|key| (key, id as u32)).collect::<Vec<_>>()
    };
    let all = spellings.par_iter().enumerate();
    all.map_init(|| vec![0; SPELLING.k()], keys).flatten_iter().collect()
}

fn pairs_of_band(bucket: &[(u64, u32)], candidates: &mut Vec<Candidate>) {
    if bucket.len() <= SPELLING_WORDINGS {
        all_pairs(bucket, candidates);
    } else {
        let neighbours = bucket.windows(2).map(|w| (WordingId(w[0].1), WordingId(w[1].1)));
        candidates.extend(neighbours);
    }
}

fn all_pairs(bucket: &[(u64, u32)], candidates: &mut Vec<Candidate>) {
    for (i, &(_, a)) in bucket.iter().enumerate() {
        candidates.extend(bucket[i + 1..].iter().map(|&(_, b)| (WordingId(a), WordingId(b))));
    }
}

/// Pairs that share at least [`RARE_MASS`], and [`RARE_SHARE`] of the lighter wording, in stems
/// that few wordings have.
fn by_rare_words(wordings: &Wordings, weights: &[Weighted]) -> Vec<Candidate> {
    let index = StemIndex::new(wordings, weights);
    (0..index.stems.len())
        .into_par_iter()
        .map_init(|| vec![0; index.stems.len()], |shared, id| index.partners(id, shared))
        .flatten_iter()
        .collect()
}

fn is_rare(n_wordings: usize) -> Condition {
    Condition::new("stem_wordings", Milli::count(n_wordings), Bound::AtMost(RARE_WORDINGS))
}

/// Which wordings have which stems.
struct StemIndex {
    /// Of each wording: see [`stem_weights`].
    stems: Vec<Vec<(WordId, u32)>>,
    /// Of each wording, the weight of all its stems.
    own: Vec<u32>,
    /// Of each rare stem, the wordings that have it, ascending, with its weight there.
    postings: Vec<Vec<(u32, u32)>>,
}

impl StemIndex {
    fn new(wordings: &Wordings, weights: &[Weighted]) -> StemIndex {
        let stems: Vec<Vec<(WordId, u32)>> = wordings
            .wordings
            .par_iter()
            .zip(weights)
            .map(|(wording, weighted)| stem_weights(wordings, wording, weighted))
            .collect();
        let mut postings: Vec<Vec<(u32, u32)>> = vec![Vec::new(); wordings.words.len()];
        for (id, stems) in stems.iter().enumerate() {
            for &(stem, weight) in stems {
                postings[stem.idx()].push((id as u32, weight));
            }
        }
        postings.iter_mut().filter(|p| !is_rare(p.len()).holds()).for_each(Vec::clear);
        let own = stems.iter().map(|stems| stems.iter().map(|s| s.1).sum()).collect();
        StemIndex { stems, own, postings }
    }

    /// The partners of one wording with greater numbers. `shared` holds a zero for each wording,
    /// before and after.
    fn partners(&self, id: usize, shared: &mut [u32]) -> Vec<Candidate> {
        let mut touched = self.share(id, shared);
        touched.retain(|&other| {
            let mass = std::mem::take(&mut shared[other as usize]);
            self.needs(id, other as usize, mass).iter().all(Condition::holds)
        });
        touched.into_iter().map(|other| (WordingId(id as u32), WordingId(other))).collect()
    }

    /// Adds up in `shared` the weight of the rare stems that each wording of a greater number has
    /// in common with one, and returns which have any.
    fn share(&self, id: usize, shared: &mut [u32]) -> Vec<u32> {
        let mut touched = Vec::new();
        for &(stem, weight) in &self.stems[id] {
            let list = &self.postings[stem.idx()];
            let after = list.partition_point(|&(other, _)| other as usize <= id);
            for &(other, other_weight) in &list[after..] {
                let sum = &mut shared[other as usize];
                if *sum == 0 {
                    touched.push(other);
                }
                *sum += weight.min(other_weight).max(1);
            }
        }
        touched
    }

    /// What the shared weight of rare stems must be to propose two wordings.
    fn needs(&self, a: usize, b: usize, mass: u32) -> [Condition; 2] {
        let lighter = self.own[a].min(self.own[b]);
        let share = Milli::ratio(i64::from(mass), i64::from(lighter));
        [
            Condition::new("rare_mass", Milli(mass.into()), Bound::AtLeast(RARE_MASS)),
            Condition::new("rare_share", share, Bound::AtLeast(RARE_SHARE)),
        ]
    }
}

/// The different stems of a wording with the greatest weight that each has there, ascending.
pub fn stem_weights(
    wordings: &Wordings,
    wording: &Wording,
    weighted: &Weighted,
) -> Vec<(WordId, u32)> {
    let mut phrase_words =
        vec![0u32; weighted.phrase.last().map_or(0, |&last| usize::from(last) + 1)];
    weighted.phrase.iter().for_each(|&p| phrase_words[usize::from(p)] += 1);
    let mut stems: Vec<(WordId, u32)> = (0..wording.words.len())
        .map(|i| {
            let stem = wordings.words[wording.words[i].idx()].stem;
            (stem, weighted.idf[i] / phrase_words[usize::from(weighted.phrase[i])])
        })
        .collect();
    stems.sort_unstable();
    stems.reverse();
    stems.dedup_by_key(|&mut (stem, _)| stem);
    stems.reverse();
    stems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::background::Background;
    use crate::weights::weigh;
    use crate::wording::tests::fold;

    fn check(texts: &[&str], expect: &[(u32, u32)]) {
        let wordings = fold(texts);
        let weights = weigh(&wordings, &Background::shipped());
        let spellings: Vec<String> =
            (0..wordings.wordings.len()).map(|id| id.to_string()).collect();
        let found: Vec<(u32, u32)> =
            find(&wordings, &weights, &spellings).iter().map(|c| (c.0.0, c.1.0)).collect();
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

    #[test]
    fn alike_spelling_proposes_a_pair() {
        let spellings =
            ["menghormati hak pengunjuk rasa", "menghormati hak pengunjukrasa", "harga cabai naik"];
        let found = by_spelling(&spellings.map(String::from));
        assert!(found.contains(&(WordingId(0), WordingId(1))));
        assert!(!found.iter().any(|c| c.1 == WordingId(2)));
    }
}
