//! Which different wordings does the batch have, and of which words?
//!
//! Passages with the same words in the same order are one wording, in however many places: a copy
//! of an article adds places, not evidence and not work.

use crate::document::DocId;
use crate::hash::hash64_of;
use crate::text::{Article, Passage, PassageKind};
use ahash::AHashMap;
use rayon::prelude::*;
pub use runs::{ALONE, RUN_WORDS, Runs};
use vocabulary::Written;
pub(crate) use vocabulary::stem;

mod runs;
mod vocabulary;

/// A word's number in this run, in the order of first use over documents in the order of their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// As an index into per-word tables.
    pub fn idx(self) -> usize {
        self.0 as usize
    }
}

/// A wording's number in this run, in the order of its first place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordingId(pub u32);

impl WordingId {
    /// As an index into the run's wordings.
    pub fn idx(self) -> usize {
        self.0 as usize
    }
}

/// Where a wording stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The document.
    pub doc: DocId,
    /// Index into the document's passages.
    pub passage: u32,
}

/// A sequence of words, and every place that has it.
#[derive(Debug, Clone)]
pub struct Wording {
    /// Its words, in order; never empty.
    pub words: Vec<WordId>,
    /// Whether each word starts with a capital in a paragraph that is mostly lower case.
    pub capital: Vec<bool>,
    /// Its places, ascending; never empty.
    pub places: Vec<Place>,
    /// Whether some place of it is a quotation.
    pub is_quoted: bool,
    /// Language of its first place.
    pub language: Option<&'static str>,
}

impl Wording {
    /// The documents that have it, ascending.
    pub fn docs(&self) -> impl Iterator<Item = DocId> {
        self.places.chunk_by(|p, q| p.doc == q.doc).map(|places| places[0].doc)
    }

    /// Whether the word at `i` is written as a name: with a capital that is not owed to the start
    /// of the sentence.
    pub fn is_name(&self, i: usize) -> bool {
        let capital = |i: usize| self.capital.get(i) == Some(&true);
        capital(i) && (i > 0 || capital(1))
    }
}

/// A word of the batch.
#[derive(Debug, Clone)]
pub struct Word {
    /// XXH3 of its normalised form.
    pub hash: u64,
    /// The smallest word with the same stem: two words of one stem have the same number here.
    pub stem: WordId,
    /// Number of wordings that have the word.
    pub n_wordings: u32,
    /// Whether it consists of digits.
    pub numeric: bool,
}

/// All wordings of a batch and their words.
#[derive(Debug, Default)]
pub struct Wordings {
    /// By [`WordingId`].
    pub wordings: Vec<Wording>,
    /// By [`WordId`].
    pub words: Vec<Word>,
    /// Per document, the wordings of its passages in text order.
    pub by_doc: Vec<Vec<WordingId>>,
    /// The runs of words that stand in several places.
    pub runs: Runs,
}

impl Wordings {
    /// Folds the passages of all articles (by [`DocId`]) into wordings.
    pub fn fold(texts: &[&str], articles: &[Article]) -> Wordings {
        let (by_doc, places) = numbered(articles);
        let is_quoted = |place: &Place| {
            let passages = &articles[place.doc.idx()].passages;
            passages[place.passage as usize].kind == PassageKind::Quotation
        };
        let (words, of_wordings) = vocabulary::read(texts, articles, &places);
        let wordings: Vec<Wording> = (places, of_wordings)
            .into_par_iter()
            .map(|(places, Written { words, capital })| Wording {
                words,
                capital,
                is_quoted: places.iter().any(is_quoted),
                language: articles[places[0].doc.idx()].language,
                places,
            })
            .collect();
        let runs = Runs::find(&wordings);
        Wordings { wordings, words, by_doc, runs }
    }

    /// The wording with the given number.
    pub fn get(&self, id: WordingId) -> &Wording {
        &self.wordings[id.idx()]
    }
}

/// The wordings of each article's passages, and the places of each wording.
fn numbered(articles: &[Article]) -> (Vec<Vec<WordingId>>, Vec<Vec<Place>>) {
    let keys: Vec<Vec<(u64, u64)>> = articles
        .par_iter()
        .map(|article| article.passages.iter().map(|passage| key(article, passage)).collect())
        .collect();
    let mut places: Vec<Vec<Place>> = Vec::new();
    let mut seen: AHashMap<(u64, u64), WordingId> = AHashMap::new();
    let mut by_doc = Vec::with_capacity(articles.len());
    for (doc, keys) in (0..).map(DocId).zip(keys) {
        let mut own = Vec::with_capacity(keys.len());
        for (passage, key) in (0..).zip(keys) {
            let id = *seen.entry(key).or_insert(WordingId(places.len() as u32));
            let place = Place { doc, passage };
            match places.get_mut(id.idx()) {
                Some(places) => places.push(place),
                None => places.push(vec![place]),
            }
            own.push(id);
        }
        by_doc.push(own);
    }
    (by_doc, places)
}

/// Two independent hashes of a passage's words: equal keys are taken for equal words.
fn key(article: &Article, passage: &Passage) -> (u64, u64) {
    let words = || article.words(passage).map(|t| t.word);
    (
        hash64_of(words()),
        hash64_of(words().map(|w| w.rotate_left(23)).chain([words().count() as u64])),
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::text::tokenize::tokenize;
    use crate::text::{paragraph, passage};

    /// The wordings of Indonesian articles.
    pub(crate) fn fold(texts: &[&str]) -> Wordings {
        let article = |text: &&str| {
            let (tokens, paragraphs) = (tokenize(text), paragraph::split(text));
            let passages = passage::find(text, &tokens, &paragraphs);
            Article { tokens, passages, paragraphs, language: Some("id") }
        };
        let articles: Vec<Article> = texts.iter().map(article).collect();
        Wordings::fold(texts, &articles)
    }

    #[test]
    fn equal_words_are_one_wording_in_many_places() {
        let texts =
            ["Rusia punya pilihan lain. Harga gandum naik tajam.", "“RUSIA punya pilihan – lain!”"];
        let folded = fold(&texts);
        let places: Vec<usize> = folded.wordings.iter().map(|w| w.places.len()).collect();
        assert_eq!(places, [2, 1]);
        assert_eq!(folded.by_doc, [vec![WordingId(0), WordingId(1)], vec![WordingId(0)]]);
    }

    #[test]
    fn words_of_one_stem_share_its_number() {
        let folded = fold(&["Mereka membaca keputusan itu. Mereka baca keputusannya saja."]);
        let stem =
            |at: usize, word: usize| folded.words[folded.wordings[at].words[word].idx()].stem;
        assert_eq!(stem(0, 1), stem(1, 1), "membaca, baca");
        assert_eq!(stem(0, 2), stem(1, 2), "keputusan, keputusannya");
        assert_ne!(stem(0, 0), stem(0, 1));
    }

    #[test]
    fn capitals_of_a_headline_say_nothing() {
        let folded =
            fold(&["Menteri Luar Negeri Rusia Marah\n\nKemarin menteri Rusia marah sekali."]);
        assert_eq!(folded.wordings[0].capital, [false; 5]);
        assert_eq!(folded.wordings[1].capital, [true, false, true, false, false]);
    }
}
