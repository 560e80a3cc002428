//! What is everybody in this story talking about? The words that a story's passages share tell
//! little about any one of them.
//!
//! A story is a document and the documents that share rare word shingles with it. Inside it, a
//! word's weight is its IDF times its IDF among the story's other wordings, relative to a word that
//! none of them has.

use crate::condition::{Bound, Condition};
use crate::document::DocId;
use crate::fixed::{Milli, ln};
use crate::hash::hash64_of;
use crate::lsh::for_each_bucket;
use crate::weights::Weighted;
use crate::wording::{WordId, WordingId, Wordings, distinct_words};
use ahash::AHashMap;
use rayon::prelude::*;

/// Words of a shingle that links two documents to a story.
const LINK_WORDS: usize = 3;
/// A shingle in more documents than that is no sign of a story.
const LINK_DOCUMENTS: usize = 16;
/// Least weight of a linking shingle, in thousandths of a nat: below it, a stock phrase.
const LINK_MASS: u32 = 10_000;
/// Linking shingles that two documents of one story share at least.
const LINKS: Milli = Milli::count(2);
/// Most neighbours that make a document's story; the most strongly linked come first.
const NEIGHBOURS: usize = 32;

/// Per document: how many wordings its story has, and how many of them each word.
pub struct Stories {
    by_doc: Vec<Story>,
    /// Of each document, the first that has the same wordings in the same order: itself, unless it
    /// is a copy. Copies of an article have one story, and make it no larger.
    original: Vec<DocId>,
    /// Words of all wordings.
    n_words: u64,
    /// Natural logarithms of whole numbers, in thousandths; up to twice the largest story and 3.
    ln: Vec<u32>,
}

#[derive(Default)]
struct Story {
    /// The other documents, ascending.
    neighbours: Vec<DocId>,
    n_wordings: u32,
    n_words: u64,
    /// Ascending by word.
    counts: Vec<(WordId, u32)>,
}

impl Stories {
    /// Finds every document's story.
    pub fn find(wordings: &Wordings, weights: &[Weighted]) -> Stories {
        let original = originals(wordings);
        let neighbours = neighbours(wordings, weights, &original);
        let by_doc: Vec<Story> = neighbours
            .par_iter()
            .enumerate()
            .map(|(doc, neighbours)| Story::of(wordings, doc, neighbours))
            .collect();
        let n_words = wordings.wordings.iter().map(|w| w.words.len() as u64).sum();
        let largest = by_doc.iter().map(|story| story.n_wordings).max().unwrap_or(0);
        let ln = (0..u64::from(largest) * 2 + 4).map(|n| ln(n).0 as u32).collect();
        Stories { by_doc, original, n_words, ln }
    }

    /// Whether the two documents are of one story.
    pub fn linked(&self, a: DocId, b: DocId) -> bool {
        let (a, b) = (self.original[a.idx()], self.original[b.idx()]);
        let neighbours = |of: DocId| &self.by_doc[of.idx()].neighbours;
        a == b || neighbours(a).binary_search(&b).is_ok() || neighbours(b).binary_search(&a).is_ok()
    }

    /// How many pairs of words were compared to find a match of these two documents: those of
    /// their common story, or of the whole batch where they share none.
    pub fn searched(&self, a: DocId, b: DocId) -> u64 {
        let largest = self.story(a).n_words.max(self.story(b).n_words);
        let n_words = if self.linked(a, b) { largest } else { self.n_words };
        n_words.saturating_mul(n_words) / 2
    }

    /// What [`Stories::find`] found in two documents, with its arguments.
    pub fn link(&self, wordings: &Wordings, weights: &[Weighted], (a, b): (DocId, DocId)) -> Link {
        let (x, y) = (self.original[a.idx()], self.original[b.idx()]);
        let mut postings = original_postings(wordings, weights, &self.original);
        let (mut n_links, mut n_common) = (0, 0);
        for_each_bucket(&mut postings, |bucket| {
            let has = |doc: DocId| bucket.iter().any(|&(_, id)| id == doc.0);
            if x != y && has(x) && has(y) {
                *(if links(bucket) { &mut n_links } else { &mut n_common }) += 1;
            }
        });
        Link {
            is_linked: self.linked(a, b),
            is_copy: x == y,
            condition: is_enough(n_links),
            n_common: n_common as usize,
            n_searched: self.searched(a, b),
        }
    }

    fn story(&self, of: DocId) -> &Story {
        &self.by_doc[self.original[of.idx()].idx()]
    }

    /// What of a word's weight remains in the stories of two documents, in thousandths: 1000 for
    /// a word that none of their other wordings has, towards 0 for one that all have.
    ///
    /// `own` tells what the two compared wordings themselves add to the counts.
    pub fn factor(&self, a: DocId, b: DocId, word: WordId, own: Own) -> u32 {
        let (x, y) = (self.story(a), self.story(b));
        let n_others = (x.n_wordings + y.n_wordings).saturating_sub(own.n_wordings) as usize;
        let with_word = (x.count(word) + y.count(word)).saturating_sub(own.with_word) as usize;
        let most = self.ln[n_others + 3] - self.ln[3];
        let left = self.ln[n_others + 3] - self.ln[with_word.min(n_others) + 3];
        (left * 1000).checked_div(most).unwrap_or(1000)
    }
}

/// What makes two documents one story, or does not.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// Whether they are of one story.
    pub is_linked: bool,
    /// Whether they have the same wordings in the same order.
    pub is_copy: bool,
    /// Rare shingles that they share, and how many make a story. Enough are not always a link: a
    /// document has at most 32 neighbours.
    pub condition: Condition,
    /// Shared shingles that stand in too many documents to count.
    pub n_common: usize,
    /// Pairs of words that a match of the two is searched among.
    pub n_searched: u64,
}

/// How often two compared wordings are counted in the stories of both their documents together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// As wordings.
    pub n_wordings: u32,
    /// As wordings that have the word in question.
    pub with_word: u32,
}

impl Story {
    fn of(wordings: &Wordings, doc: usize, neighbours: &[DocId]) -> Story {
        let mut members: Vec<WordingId> = neighbours
            .iter()
            .map(|d| d.idx())
            .chain([doc])
            .flat_map(|d| wordings.by_doc[d].iter().copied())
            .collect();
        members.sort_unstable();
        members.dedup();
        let mut words: Vec<WordId> =
            members.iter().flat_map(|&id| distinct_words(wordings.get(id))).collect();
        words.sort_unstable();
        let counts = words.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect();
        let mut neighbours = neighbours.to_vec();
        neighbours.sort_unstable();
        let n_words = members.iter().map(|&id| wordings.get(id).words.len() as u64).sum();
        Story { neighbours, n_wordings: members.len() as u32, n_words, counts }
    }

    fn count(&self, word: WordId) -> u32 {
        let found = self.counts.binary_search_by_key(&word, |&(w, _)| w);
        found.map_or(0, |at| self.counts[at].1)
    }
}

fn originals(wordings: &Wordings) -> Vec<DocId> {
    let mut first: AHashMap<&[WordingId], DocId> = AHashMap::new();
    let docs = wordings.by_doc.iter().enumerate();
    docs.map(|(doc, ids)| *first.entry(ids).or_insert(DocId(doc as u32))).collect()
}

/// Per document, the documents that share at least [`LINKS`] rare shingles with it, strongest
/// first.
fn neighbours(wordings: &Wordings, weights: &[Weighted], original: &[DocId]) -> Vec<Vec<DocId>> {
    let mut postings = original_postings(wordings, weights, original);
    let mut n_links: AHashMap<(u32, u32), u32> = AHashMap::new();
    for_each_bucket(&mut postings, |bucket| {
        if !links(bucket) {
            return;
        }
        for (i, &(_, a)) in bucket.iter().enumerate() {
            for &(_, b) in &bucket[i + 1..] {
                *n_links.entry((a, b)).or_default() += 1;
            }
        }
    });
    let mut by_doc: Vec<Vec<(u32, DocId)>> = vec![Vec::new(); wordings.by_doc.len()];
    for ((a, b), n) in n_links {
        if is_enough(n).holds() {
            by_doc[a as usize].push((n, DocId(b)));
            by_doc[b as usize].push((n, DocId(a)));
        }
    }
    by_doc
        .into_par_iter()
        .map(|mut linked| {
            linked.sort_unstable_by_key(|&(n, doc)| (std::cmp::Reverse(n), doc));
            linked.into_iter().take(NEIGHBOURS).map(|(_, doc)| doc).collect()
        })
        .collect()
}

/// The shingles that may link two documents, without those of copies.
fn original_postings(
    wordings: &Wordings,
    weights: &[Weighted],
    original: &[DocId],
) -> Vec<(u64, u32)> {
    let mut postings = link_postings(wordings, weights);
    postings.retain(|&(_, doc)| original[doc as usize] == DocId(doc));
    postings
}

/// Whether a shingle that these documents have is a sign of a story.
fn links(bucket: &[(u64, u32)]) -> bool {
    bucket.len() <= LINK_DOCUMENTS
}

fn is_enough(links: u32) -> Condition {
    Condition::new("links", Milli::count(links as usize), Bound::AtLeast(LINKS))
}

fn link_postings(wordings: &Wordings, weights: &[Weighted]) -> Vec<(u64, u32)> {
    wordings
        .by_doc
        .par_iter()
        .enumerate()
        .flat_map_iter(|(doc, ids)| {
            ids.iter().flat_map(move |&id| {
                let words = &wordings.get(id).words;
                let idf = &weights[id.idx()].idf;
                let heavy =
                    move |i: &usize| idf[*i..*i + LINK_WORDS].iter().sum::<u32>() >= LINK_MASS;
                (0..words.len().saturating_sub(LINK_WORDS - 1)).filter(heavy).map(move |i| {
                    let shingle = words[i..i + LINK_WORDS].iter().map(|w| u64::from(w.0));
                    (hash64_of(shingle), doc as u32)
                })
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::background::Background;
    use crate::weights::weigh;
    use crate::wording::tests::fold;

    const STORY: [&str; 3] = [
        "Kosmodrom Baikonur disewa Rusia sejak dulu. Rusia membayar mahal. Rusia kirim pasukan terjun payung.",
        "Wartawan melihat kosmodrom Baikonur disewa Rusia. Rusia diam. Presiden berpidato di televisi negara.",
        "Harga cabai rawit naik di pasar induk. Pedagang mengeluh kepada wali kota.",
    ];

    fn factors(words: &[&str]) -> Vec<u32> {
        let wordings = fold(&STORY);
        let stories = Stories::find(&wordings, &weigh(&wordings, &Background::shipped()));
        let id = |word: &&str| {
            let hash = crate::hash::hash64(word.as_bytes());
            WordId(wordings.words.iter().position(|w| w.hash == hash).unwrap() as u32)
        };
        let own = Own { n_wordings: 4, with_word: 2 };
        words.iter().map(|w| stories.factor(DocId(0), DocId(1), id(w), own)).collect()
    }

    #[test]
    fn what_all_sentences_of_a_story_share_tells_little() {
        let factors = factors(&["rusia", "payung", "kosmodrom"]);
        assert!(factors[0] < factors[2] && factors[2] < factors[1], "{factors:?}");
        assert!(factors[1] <= 1000);
    }

    #[test]
    fn rare_shingles_join_a_story_and_only_its_words_are_searched() {
        let wordings = fold(&STORY);
        let stories = Stories::find(&wordings, &weigh(&wordings, &Background::shipped()));
        assert_eq!(stories.by_doc[0].neighbours, [DocId(1)]);
        assert_eq!(stories.by_doc[2].neighbours, []);
        assert!(stories.searched(DocId(0), DocId(1)) < stories.searched(DocId(0), DocId(2)));
    }

    #[test]
    fn copies_of_an_article_make_its_story_no_larger() {
        let copies = [&[STORY[0]; 20][..], &STORY].concat();
        let wordings = fold(&copies);
        let stories = Stories::find(&wordings, &weigh(&wordings, &Background::shipped()));
        let (copy, other) = (DocId(7), DocId(21));
        assert!(stories.linked(copy, other));
        assert_eq!(stories.story(copy).neighbours, [other]);
    }
}
