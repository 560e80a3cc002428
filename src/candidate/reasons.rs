//! Why is a pair proposed, or not? What each seed finds in one pair, and what it asks.

use super::{
    Candidate, Outline, RUN_WORDS, SPELLING, SPELLING_CHARS, StemIndex, band_keys,
    is_no_stock_phrase, is_rare, is_telling, open_pairs, postings_of_band, runs, stem_weights,
    telling_runs,
};
use crate::condition::{Bound, Condition};
use crate::fixed::Milli;
use crate::shingle::ShingleSet;
use crate::weights::Weighted;
use crate::wording::{ALONE, WordId, Wording, WordingId, Wordings};
use ahash::AHashMap;

/// What the seeds find in a pair of wordings.
#[derive(Debug, Clone)]
pub struct Reasons {
    /// Whether they are one wording, which is a candidate as such.
    pub is_one_wording: bool,
    /// Whether they stand in different documents, without which nothing proposes them.
    pub in_different_documents: bool,
    /// Repeated runs of words, in the order of the first wording.
    pub runs: Vec<SharedRun>,
    /// Alike spelling.
    pub spelling: Spelling,
    /// Shared stems, ascending by position in the first wording.
    pub stems: Vec<SharedStem>,
    /// What the rare ones of the stems must weigh together; all must hold.
    pub rare: [Condition; 2],
}

/// A run of words that both wordings have.
#[derive(Debug, Clone)]
pub struct SharedRun {
    /// Positions of its words in the first wording.
    pub words: std::ops::Range<usize>,
    /// All must hold; how many wordings have the run is counted only where it is heavy enough.
    pub conditions: Vec<Condition>,
}

/// How alike two wordings are spelled.
#[derive(Debug, Clone, Copy)]
pub struct Spelling {
    /// Exact Jaccard similarity of the sets of five-character shingles.
    pub char5_jaccard: Milli,
    /// Probability that a pair so alike shares a band.
    pub recall: Milli,
    /// Bands that they share.
    pub n_bands: usize,
    /// Those of them that too many wordings share to propose this pair.
    pub n_crowded_bands: usize,
    /// One band is enough.
    pub condition: Condition,
}

/// A stem that both wordings have.
#[derive(Debug, Clone, Copy)]
pub struct SharedStem {
    /// Position of its first word in the first wording.
    pub at: usize,
    /// The lesser of its weights in the two.
    pub weight: Milli,
    /// Whether it is rare enough to count.
    pub is_rare: Condition,
}

impl SharedRun {
    /// Whether the run proposes the pair.
    pub fn proposes(&self) -> bool {
        self.conditions.iter().all(Condition::holds)
    }
}

impl Reasons {
    /// Whether a run proposes the pair.
    pub fn by_runs(&self) -> bool {
        self.runs.iter().any(SharedRun::proposes)
    }

    /// Whether alike spelling proposes the pair.
    pub fn by_spelling(&self) -> bool {
        self.spelling.condition.holds()
    }

    /// Whether rare words propose the pair.
    pub fn by_rare_words(&self) -> bool {
        self.rare.iter().all(Condition::holds)
    }

    /// Whether the pair is a candidate.
    pub fn propose(&self) -> bool {
        let any = self.by_runs() || self.by_spelling() || self.by_rare_words();
        self.in_different_documents && (self.is_one_wording || any)
    }
}

/// What the seeds find in `a` and `b`, with [`super::find`]'s arguments. Reads the whole batch:
/// how common a run, a band or a stem is decides. The order of the two decides nothing.
pub fn reasons(
    wordings: &Wordings,
    weights: &[Weighted],
    spelling: impl Fn(&Wording) -> String + Sync,
    (a, b): Candidate,
) -> Reasons {
    let index = StemIndex::new(wordings, weights);
    let outline = |w: WordingId| Outline::of(wordings.get(w), &wordings.words);
    Reasons {
        is_one_wording: a == b,
        in_different_documents: outline(a).in_different_documents(&outline(b)),
        runs: shared_runs(wordings, weights, (a, b)),
        spelling: shared_spelling(wordings, spelling, (a, b)),
        stems: shared_stems(wordings, weights, (a, b)),
        rare: index.needs(a.idx(), b.idx(), rare_mass(&index, (a, b))),
    }
}

fn shared_runs(wordings: &Wordings, weights: &[Weighted], (a, b): Candidate) -> Vec<SharedRun> {
    let runs_of =
        |w: WordingId| runs(wordings, w, &weights[w.idx()]).filter(|run| run.number != ALONE);
    let mut of_b: AHashMap<u32, u32> = AHashMap::new();
    for run in runs_of(b) {
        let mass = of_b.entry(run.number).or_default();
        *mass = run.mass.max(*mass);
    }
    let mut postings = telling_runs(wordings, weights);
    postings.retain(|(run, _)| of_b.contains_key(run));
    postings.sort_unstable();
    postings.dedup();
    let mut n_wordings: AHashMap<u32, usize> = AHashMap::new();
    postings.iter().for_each(|&(run, _)| *n_wordings.entry(run).or_default() += 1);
    n_wordings.retain(|_, n| 1 < *n);
    let shared =
        runs_of(a).filter_map(|run| Some((of_b.get(&run.number)?.min(&run.mass).to_owned(), run)));
    shared
        .map(|(mass, run)| {
            let telling = is_telling(mass);
            let n = n_wordings.get(&run.number).filter(|_| telling.holds());
            let conditions = [telling].into_iter().chain(n.map(|&n| is_no_stock_phrase(n)));
            SharedRun { words: run.at..run.at + RUN_WORDS, conditions: conditions.collect() }
        })
        .collect()
}

fn shared_spelling(
    wordings: &Wordings,
    spelling: impl Fn(&Wording) -> String + Sync,
    (a, b): Candidate,
) -> Spelling {
    let pair = (a.min(b), a.max(b));
    let shingles = |w: WordingId| ShingleSet::of_chars(&spelling(wordings.get(w)), SPELLING_CHARS);
    let char5_jaccard = shingles(pair.0).jaccard(&shingles(pair.1));
    let keys = band_keys(&wordings.wordings, &spelling);
    let (mut n_bands, mut n_open) = (0, 0);
    for band in 0..SPELLING.bands {
        let mut bucket = postings_of_band(&keys, band);
        let key = bucket[pair.0.idx()].0;
        bucket.retain(|posting| posting.0 == key);
        let has = |part: &[(u32, u32)], w: WordingId| part.iter().any(|&(_, id)| id == w.0);
        if pair.0 != pair.1 && has(&bucket, pair.1) {
            let mut open = open_pairs(&bucket);
            n_bands += 1;
            n_open += usize::from(open.any(|part| has(part, pair.0) && has(part, pair.1)));
        }
    }
    Spelling {
        char5_jaccard,
        recall: Milli((SPELLING.recall(char5_jaccard.0 as f64 / 1000.0) * 1000.0).round() as i64),
        n_bands,
        n_crowded_bands: n_bands - n_open,
        condition: Condition::new("bands", Milli::count(n_open), Bound::AtLeast(Milli::ONE)),
    }
}

fn rare_mass(index: &StemIndex, (a, b): Candidate) -> u32 {
    let mut shared = vec![0; index.n_wordings()];
    index.share(a.min(b).idx(), &mut shared);
    shared[a.max(b).idx()]
}

fn shared_stems(wordings: &Wordings, weights: &[Weighted], (a, b): Candidate) -> Vec<SharedStem> {
    let stems = |w: WordingId| stem_weights(wordings, wordings.get(w), &weights[w.idx()]);
    let of_b: AHashMap<WordId, u32> = stems(b).into_iter().collect();
    let stem_of = |word: &WordId| wordings.words[word.idx()].stem;
    let shared = stems(a).into_iter().filter_map(|(stem, weight)| {
        let at = wordings.get(a).words.iter().position(|word| stem_of(word) == stem)?;
        let has = |wording: &&Wording| wording.words.iter().any(|word| stem_of(word) == stem);
        Some(SharedStem {
            at,
            weight: Milli(weight.min(*of_b.get(&stem)?).into()),
            is_rare: is_rare(wordings.wordings.iter().filter(has).count()),
        })
    });
    let mut shared: Vec<SharedStem> = shared.collect();
    shared.sort_by_key(|stem| stem.at);
    shared
}
