//! What do the words of a pair weigh?

use super::Judge;
use crate::align::Aligned;
use crate::document::DocId;
use crate::story::{Own, Told};
use crate::weights::{LEAST_WEIGHT, Weighted};
use crate::wording::WordingId;

impl Judge<'_> {
    /// Both wordings' words with the weights of [`Judge::aligned`].
    pub(super) fn aligned_both(
        &self,
        (a, b): (WordingId, WordingId),
        docs: (DocId, DocId),
    ) -> (Vec<Aligned>, Vec<Aligned>) {
        let told = self.stories.told(docs.0, docs.1, self.wordings);
        (self.aligned(a, b, docs, &told), self.aligned(b, a, docs, &told))
    }

    /// A wording's words with the weights they have in the common story of two documents, as the
    /// story's wordings other than the two that are compared tell.
    fn aligned(
        &self,
        of: WordingId,
        with: WordingId,
        docs: (DocId, DocId),
        told: &Told,
    ) -> Vec<Aligned> {
        let (wording, other) = (self.wordings.get(of), self.wordings.get(with));
        let weighted = &self.weights[of.idx()];
        // Two documents of one story are counted in the story of each.
        let n_stories = if of == with || self.stories.linked(docs.0, docs.1) { 2 } else { 1 };
        let n_own = if of == with { 1 } else { 2 };
        let left = self.formulas.shares_left(of, with, docs, self.stories, weighted);
        let words = wording.words.iter().zip(&weighted.idf).zip(left);
        let mut aligned: Vec<Aligned> = words
            .map(|((&word, &idf), left)| {
                let n_with = if of != with && other.words.contains(&word) { 2 } else { 1 };
                let own = Own { n_wordings: n_stories * n_own, with_word: n_stories * n_with };
                let factor = told.factor(word, own);
                Aligned {
                    word: word.0,
                    stem: self.wordings.words[word.idx()].stem.0,
                    weight: (u64::from(idf) * u64::from(factor) * u64::from(left) / 1_000_000)
                        as u32,
                }
            })
            .collect();
        share_out(weighted, &mut aligned);
        aligned
    }

    /// A wording's words as heavy as any story can make them.
    pub(super) fn heaviest(&self, of: WordingId) -> Vec<Aligned> {
        let (wording, weighted) = (self.wordings.get(of), &self.weights[of.idx()]);
        let words = wording.words.iter().zip(&weighted.idf);
        let mut aligned: Vec<Aligned> = words
            .map(|(&word, &weight)| {
                let stem = self.wordings.words[word.idx()].stem.0;
                Aligned { word: word.0, stem, weight }
            })
            .collect();
        share_out(weighted, &mut aligned);
        aligned
    }
}

/// Shares each phrase's weight out among its words.
fn share_out(weighted: &Weighted, aligned: &mut [Aligned]) {
    let mut rest = aligned;
    for phrase in weighted.phrase.chunk_by(|a, b| a == b) {
        let (words, after) = rest.split_at_mut(phrase.len());
        let heaviest = words.iter().map(|word| word.weight).max().unwrap_or(0);
        let share = (heaviest / words.len() as u32).max(LEAST_WEIGHT);
        words.iter_mut().for_each(|word| word.weight = share);
        rest = after;
    }
}
