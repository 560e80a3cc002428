//! Which different wordings does the batch have, and of which words?
//!
//! Passages with the same words in the same order are one wording, in however many places: a copy
//! of an article adds places, not evidence and not work.

use crate::document::DocId;
use crate::hash::hash64_of;
use crate::text::tokenize::{Token, is_unspaced, normalize};
use crate::text::{Article, Passage, PassageKind};
use ahash::AHashMap;
use rayon::prelude::*;
use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::borrow::Cow;

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
}

impl Wordings {
    /// Folds the passages of all articles (by [`DocId`]) into wordings.
    pub fn fold(texts: &[&str], articles: &[Article]) -> Wordings {
        let mut vocabulary = Vocabulary::default();
        let mut wordings: Vec<Wording> = Vec::new();
        let mut seen: AHashMap<(u64, u64), WordingId> = AHashMap::new();
        let mut by_doc = Vec::with_capacity(articles.len());
        for (doc, (text, article)) in texts.iter().zip(articles).enumerate() {
            let mut own = Vec::with_capacity(article.passages.len());
            for (passage_idx, passage) in article.passages.iter().enumerate() {
                let place = Place { doc: DocId(doc as u32), passage: passage_idx as u32 };
                let id = *seen.entry(key(article, passage)).or_insert_with(|| {
                    wordings.push(new_wording(text, article, passage, &mut vocabulary));
                    WordingId(wordings.len() as u32 - 1)
                });
                let wording = &mut wordings[id.idx()];
                wording.places.push(place);
                wording.is_quoted |= passage.kind == PassageKind::Quotation;
                own.push(id);
            }
            by_doc.push(own);
        }
        let mut words = vocabulary.words;
        count_wordings(&wordings, &mut words);
        Wordings { wordings, words, by_doc }
    }

    /// The wording with the given number.
    pub fn get(&self, id: WordingId) -> &Wording {
        &self.wordings[id.idx()]
    }
}

/// Two independent hashes of a passage's words: equal keys are taken for equal words.
fn key(article: &Article, passage: &Passage) -> (u64, u64) {
    let words = || article.words(passage).map(|t| t.word);
    (
        hash64_of(words()),
        hash64_of(words().map(|w| w.rotate_left(23)).chain([words().count() as u64])),
    )
}

fn new_wording(
    text: &str,
    article: &Article,
    passage: &Passage,
    vocabulary: &mut Vocabulary,
) -> Wording {
    let starts_upper = |t: &Token| t.span.of(text).chars().next().is_some_and(char::is_uppercase);
    let telling = !is_title_case(text, article, passage, starts_upper);
    let capital = article.words(passage).map(|t| telling && starts_upper(t)).collect();
    let words =
        article.words(passage).map(|t| vocabulary.id(t.word, t.span.of(text), article.language));
    Wording {
        words: words.collect(),
        capital,
        places: Vec::new(),
        is_quoted: false,
        language: article.language,
    }
}

/// Whether the passage's paragraph writes most of its words with capitals, function words aside, so
/// that a capital says nothing: a headline in Title Case or in capitals.
fn is_title_case(
    text: &str,
    article: &Article,
    passage: &Passage,
    starts_upper: impl Fn(&Token) -> bool,
) -> bool {
    const LONG: usize = 4; // bytes: function words are shorter
    const ENOUGH: usize = 100; // words to look at
    let paragraph = article.paragraphs[passage.paragraph as usize].span;
    let first = article.tokens.partition_point(|t| t.span.start < paragraph.start);
    let inside = article.tokens[first..].iter().take_while(|t| t.span.end <= paragraph.end);
    let long: Vec<&Token> = inside.take(ENOUGH).filter(|t| LONG <= t.span.of(text).len()).collect();
    long.iter().filter(|t| starts_upper(t)).count() * 4 >= long.len() * 3
}

fn count_wordings(wordings: &[Wording], words: &mut [Word]) {
    let distinct: Vec<Vec<WordId>> = wordings.par_iter().map(distinct_words).collect();
    for word in distinct.into_iter().flatten() {
        words[word.idx()].n_wordings += 1;
    }
}

/// The different words of a wording, ascending.
pub fn distinct_words(wording: &Wording) -> Vec<WordId> {
    let mut words = wording.words.clone();
    words.sort_unstable();
    words.dedup();
    words
}

#[derive(Default)]
struct Vocabulary {
    words: Vec<Word>,
    ids: AHashMap<u64, WordId>,
    stems: AHashMap<String, WordId>,
}

impl Vocabulary {
    fn id(&mut self, hash: u64, written: &str, language: Option<&str>) -> WordId {
        if let Some(&id) = self.ids.get(&hash) {
            return id;
        }
        let id = WordId(self.words.len() as u32);
        let normal = normalize(written);
        let numeric = normal.chars().all(char::is_numeric);
        let stem = *self.stems.entry(stem(written, &normal, language)).or_insert(id);
        self.words.push(Word { hash, stem, n_wordings: 0, numeric });
        self.ids.insert(hash, id);
        id
    }
}

/// The Snowball stem where the language has a stemmer, else the normalised word. The stemmers of
/// Turkish and Arabic need letters that normalising folds.
pub(crate) fn stem(written: &str, normal: &str, language: Option<&str>) -> String {
    let lower = match language {
        Some("tr") => Cow::from(written.replace('İ', "i").replace('I', "ı").to_lowercase()),
        Some("ar") => Cow::from(written.to_lowercase()),
        _ => Cow::from(normal),
    };
    let algorithm = match language {
        _ if normal.chars().any(|c| c.is_numeric() || is_unspaced(c)) => None,
        Some("id" | "ms") => Some(Algorithm::Indonesian),
        Some("en") => Some(Algorithm::English),
        Some("ar") => Some(Algorithm::Arabic),
        Some("ru") => Some(Algorithm::Russian),
        Some("tr") => Some(Algorithm::Turkish),
        Some("de") => Some(Algorithm::German),
        Some("fr") => Some(Algorithm::French),
        Some("es") => Some(Algorithm::Spanish),
        Some("nl") => Some(Algorithm::Dutch),
        Some("pt") => Some(Algorithm::Portuguese),
        Some("it") => Some(Algorithm::Italian),
        _ => None,
    };
    match algorithm {
        Some(algorithm) => Stemmer::create(algorithm).stem(&lower).into_owned(),
        None => normal.to_owned(),
    }
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
