//! Which runs of words do other stories have too? What is said everywhere of everything ("shares
//! closed at", "the ministry said in a statement") tells little, however rare its words are.
//!
//! A run of three words that documents of other stories have is one thing to know: it weighs its own
//! IDF and not the sum of its words'. A word that follows weighs what it tells beside them: of the
//! documents that have what stands before, how few go on with it. The documents of the story itself
//! do not count, so that a claim which many outlets carry keeps its weight.

use crate::document::DocId;
use crate::fixed::{Milli, ln_ratio};
use crate::story::{LINK_DOCUMENTS, Stories};
use crate::weights::{BACKGROUND_PASSAGES, Weighted};
use crate::wording::{ALONE, RUN_WORDS, WordingId, Wordings};
use rayon::prelude::*;

/// Documents of other stories that make a run a formula. One may be the same story after all.
const OTHERS: usize = 2;
/// Documents of a run that are looked at: any of them, since they stand in the order of their hashes.
const DOCUMENTS: usize = 64;

/// Every run that more documents have than a pair and `OTHERS`.
#[derive(Default)]
pub struct Formulas {
    runs: Vec<Vec<DocId>>,
    /// By wording: where a run starts, and which; ascending by position.
    by_wording: Vec<Box<[(u32, u32)]>>,
    n_wordings: u64,
}

impl Formulas {
    /// Finds them.
    pub fn find(wordings: &Wordings, stories: &Stories) -> Formulas {
        let (numbers, runs) = frequent_runs(wordings, stories);
        let known = |(at, &run): (u32, &u32)| {
            let number = numbers.get(run as usize).filter(|&&number| number != ALONE)?;
            Some((at, *number))
        };
        let of_wording =
            |id| (0..).zip(wordings.runs.of(WordingId(id))).filter_map(known).collect();
        let n_wordings = wordings.wordings.len();
        let by_wording = (0..n_wordings as u32).into_par_iter().map(of_wording).collect();
        Formulas { runs, by_wording, n_wordings: n_wordings as u64 }
    }

    /// What is left of the weight of each word of `of`, in thousandths, where it and `with` share
    /// formulas.
    pub fn shares_left(
        &self,
        of: WordingId,
        with: WordingId,
        docs: (DocId, DocId),
        stories: &Stories,
        weighted: &Weighted,
    ) -> Vec<u32> {
        let mut left = vec![1000; weighted.idf.len()];
        let shared = |run: u32| self.by_wording[with.idx()].iter().any(|&(_, other)| other == run);
        let mut formula: Option<Formula> = None;
        for &(at, run) in self.by_wording[of.idx()].iter().filter(|&&(_, run)| shared(run)) {
            let words = at as usize..at as usize + RUN_WORDS;
            let others = self.others(run, docs, stories);
            let before = formula.take().filter(|before| before.end + 1 == words.end);
            let longer = before.and_then(|before| before.continued(&others));
            let (new, mass) = match longer {
                Some((mass, docs)) => {
                    formula = Some(Formula { end: words.end, docs });
                    (words.end - 1..words.end, mass)
                }
                None if others.len() >= OTHERS => {
                    let all = BACKGROUND_PASSAGES + self.n_wordings;
                    let mass = ln_ratio(all, others.len() as u64);
                    formula = Some(Formula { end: words.end, docs: others });
                    (words, mass)
                }
                None => continue,
            };
            let sum: u32 = weighted.idf[new.clone()].iter().sum();
            let share = (mass.0 as u32).min(sum) * 1000 / sum.max(1);
            left[new].iter_mut().for_each(|word| *word = share.min(*word));
        }
        left
    }

    /// Documents that have a run and are of neither document's story. What so many have links no
    /// stories: of these only the dates tell, so that a claim which many outlets carry is none.
    fn others(&self, run: u32, (a, b): (DocId, DocId), stories: &Stories) -> Vec<DocId> {
        let docs = &self.runs[run as usize];
        let links = docs.len() <= LINK_DOCUMENTS;
        let is_one = |d: DocId| stories.linked(a, d) || stories.linked(b, d);
        let is_other = |d: DocId| links || stories.apart(a, d) && stories.apart(b, d);
        docs.iter().copied().filter(|&d| !is_one(d) && is_other(d)).collect()
    }
}

/// A run of any length, up to the word before `end`, and the documents of other stories that have
/// all of it.
struct Formula {
    end: usize,
    docs: Vec<DocId>,
}

impl Formula {
    /// What one more word tells, and who says it too: of the documents that say all before it, those
    /// that have the run which ends with it.
    fn continued(&self, run: &[DocId]) -> Option<(Milli, Vec<DocId>)> {
        let docs: Vec<DocId> = self.docs.iter().copied().filter(|d| run.contains(d)).collect();
        let mass = ln_ratio(self.docs.len() as u64, docs.len() as u64);
        (docs.len() >= OTHERS).then_some((mass, docs))
    }
}

/// Numbers and documents (copies left out) of the runs that enough documents have; the number by that
/// of the run in the batch, [`ALONE`] for the others.
fn frequent_runs(wordings: &Wordings, stories: &Stories) -> (Vec<u32>, Vec<Vec<DocId>>) {
    let mut postings: Vec<(u32, DocId)> = wordings
        .wordings
        .par_iter()
        .enumerate()
        .flat_map_iter(|(id, wording)| {
            let docs: Vec<DocId> = wording.places.iter().map(|p| stories.original(p.doc)).collect();
            let runs = wordings.runs.of(WordingId(id as u32)).iter().filter(|&&run| run != ALONE);
            runs.flat_map(move |&run| docs.clone().into_iter().map(move |d| (run, d)))
        })
        .collect();
    postings.par_sort_unstable();
    postings.dedup();
    let (mut numbers, mut runs) = (vec![ALONE; wordings.runs.len()], Vec::new());
    for bucket in postings.chunk_by(|a, b| a.0 == b.0).filter(|b| b.len() >= 2 + OTHERS) {
        numbers[bucket[0].0 as usize] = runs.len() as u32;
        runs.push(bucket.iter().map(|&(_, doc)| doc).take(DOCUMENTS).collect());
    }
    (numbers, runs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::background::Background;
    use crate::weights::weigh;
    use crate::wording::tests::fold;

    const FORM: &str = "Kementerian belum menanggapi permintaan konfirmasi wartawan";

    /// What is left of the words of [`FORM`] between the first two of `n` documents, `days` apart.
    fn left(n: usize, days: i64) -> Vec<u32> {
        let texts: Vec<String> = (0..n)
            .map(|i| format!("Berita {i} dari kota{i}. {FORM}. Langit{i} cerah{i} sekali{i}."))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let wordings = fold(&texts);
        let weights = weigh(&wordings, &Background::shipped());
        let second = |i: usize| Some((i as i64 * days * 24 * 3600, i as i64 * days * 24 * 3600));
        // Alike, and of no story: nothing else links them.
        let stories = Stories::find(&wordings, &weights, (0..n).map(second).collect());
        let formulas = Formulas::find(&wordings, &stories);
        let form = (0..wordings.wordings.len())
            .map(|id| WordingId(id as u32))
            .find(|&id| wordings.get(id).words.len() == 6 && wordings.get(id).places.len() == n)
            .unwrap();
        let docs = (wordings.get(form).places[0].doc, wordings.get(form).places[1].doc);
        formulas.shares_left(form, form, docs, &stories, &weights[form.idx()])
    }

    #[test]
    fn words_that_follow_in_all_tell_nothing_more() {
        let left = left(40, 30);
        assert!((1..1000).contains(&left[0]) && left[0] == left[2], "{left:?}");
        assert_eq!(left[3..], [0, 0, 0], "all that say three words say all six");
    }

    #[test]
    fn what_many_say_in_one_week_is_no_formula() {
        assert_eq!(left(40, 0), [1000; 6]);
        assert_eq!(left(3, 30), [1000; 6], "one other may be of the story");
    }
}
