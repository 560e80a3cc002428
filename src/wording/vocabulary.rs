//! The words of a batch, and of each of its wordings.
//!
//! Words are numbered in the order of their first use, whatever the number of threads: parts of the
//! batch number their own, and then one part after the other learns the numbers of the whole.

use super::{Place, Word, WordId};
use crate::text::tokenize::{Token, is_unspaced, normalize};
use crate::text::{Article, Passage};
use ahash::AHashMap;
use rayon::prelude::*;
use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::borrow::Cow;

/// Wordings of a part of the batch. Most of their words are met again and again.
const PART: usize = 4096;

/// A wording as it is first written.
pub(super) struct Written {
    pub words: Vec<WordId>,
    pub capital: Vec<bool>,
}

/// The words of the batch, and each wording as its first place has it; `places` are by wording.
pub(super) fn read<'t>(
    texts: &[&'t str],
    articles: &[Article],
    places: &[Vec<Place>],
) -> (Vec<Word>, Vec<Written>) {
    let parts: Vec<Part> =
        places.par_chunks(PART).map(|places| Part::read(texts, articles, places)).collect();
    let mut ids: AHashMap<u64, WordId> = AHashMap::new();
    let (mut first, mut n_wordings): (Vec<Use<'t>>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut numbers: Vec<Vec<WordId>> = Vec::with_capacity(parts.len());
    for part in &parts {
        let number = |word: &Use<'t>| {
            let id = *ids.entry(word.hash).or_insert_with(|| {
                first.push(*word);
                n_wordings.push(0);
                WordId(first.len() as u32 - 1)
            });
            n_wordings[id.idx()] += word.n_wordings;
            id
        };
        numbers.push(part.words.iter().map(number).collect());
    }
    let written = (parts, numbers).into_par_iter().flat_map_iter(|(part, numbers)| {
        let number = move |mut written: Written| {
            written.words.iter_mut().for_each(|word| *word = numbers[word.idx()]);
            written
        };
        part.written.into_iter().map(number)
    });
    let written = written.collect();
    (with_stems(&first, &n_wordings), written)
}

/// A word where it is first used.
#[derive(Clone, Copy)]
struct Use<'t> {
    hash: u64,
    written: &'t str,
    language: Option<&'static str>,
    /// Wordings of the part that have it.
    n_wordings: u32,
}

/// Some of the wordings; their words have the numbers of the part.
struct Part<'t> {
    words: Vec<Use<'t>>,
    written: Vec<Written>,
}

impl<'t> Part<'t> {
    fn read(texts: &[&'t str], articles: &[Article], places: &[Vec<Place>]) -> Part<'t> {
        let mut words = Words::default();
        let mut title_case = TitleCase::default();
        let wording = |(number, places): (u32, &Vec<Place>)| {
            let place = places[0];
            let (text, article) = (texts[place.doc.idx()], &articles[place.doc.idx()]);
            let passage = &article.passages[place.passage as usize];
            let telling = !title_case.of(text, article, place, passage);
            let n = passage.tokens.len();
            let mut written =
                Written { words: Vec::with_capacity(n), capital: Vec::with_capacity(n) };
            for token in article.words(passage) {
                let word = token.span.of(text);
                written.words.push(words.number(token.word, word, article.language, number));
                written.capital.push(telling && word.starts_with(char::is_uppercase));
            }
            written
        };
        let written = (0..).zip(places).map(wording).collect();
        Part { words: words.all, written }
    }
}

/// The words of a part.
#[derive(Default)]
struct Words<'t> {
    all: Vec<Use<'t>>,
    /// By hash: the word's number, and the wording that was the last to have it.
    known: AHashMap<u64, (WordId, u32)>,
}

impl<'t> Words<'t> {
    fn number(
        &mut self,
        hash: u64,
        written: &'t str,
        language: Option<&'static str>,
        wording: u32,
    ) -> WordId {
        let (id, last) = self.known.entry(hash).or_insert_with(|| {
            self.all.push(Use { hash, written, language, n_wordings: 0 });
            (WordId(self.all.len() as u32 - 1), u32::MAX)
        });
        if *last != wording {
            self.all[id.idx()].n_wordings += 1;
            *last = wording;
        }
        *id
    }
}

/// Whether the last paragraph that was asked about is in title case: its passages follow each other.
#[derive(Default)]
struct TitleCase(Option<(Place, bool)>);

impl TitleCase {
    fn of(&mut self, text: &str, article: &Article, place: Place, passage: &Passage) -> bool {
        let paragraph = Place { passage: passage.paragraph, ..place };
        match self.0 {
            Some((last, is)) if last == paragraph => is,
            _ => self.0.insert((paragraph, is_title_case(text, article, passage))).1,
        }
    }
}

/// Whether the passage's paragraph writes most of its words with capitals, function words aside, so
/// that a capital says nothing: a headline in Title Case or in capitals.
fn is_title_case(text: &str, article: &Article, passage: &Passage) -> bool {
    const LONG: usize = 4; // bytes: function words are shorter
    const ENOUGH: usize = 100; // words to look at
    let starts_upper = |t: &&Token| t.span.of(text).starts_with(char::is_uppercase);
    let paragraph = article.paragraphs[passage.paragraph as usize].span;
    let first = article.tokens.partition_point(|t| t.span.start < paragraph.start);
    let inside = article.tokens[first..].iter().take_while(|t| t.span.end <= paragraph.end);
    let long = inside.take(ENOUGH).filter(|t| LONG <= t.span.len());
    let (n_long, n_upper) =
        long.fold((0, 0), |(n, upper), t| (n + 1, upper + usize::from(starts_upper(&t))));
    n_upper * 4 >= n_long * 3
}

/// The words with what is asked of each, by number.
fn with_stems(first: &[Use], n_wordings: &[u32]) -> Vec<Word> {
    let read = |word: &Use| {
        let normal = normalize(word.written);
        let numeric = normal.chars().all(char::is_numeric);
        (stem(word.written, &normal, word.language), numeric)
    };
    let read: Vec<(String, bool)> = first.par_iter().map(read).collect();
    let mut stems: AHashMap<String, WordId> = AHashMap::with_capacity(read.len());
    let word = |(id, (stem, numeric)): (u32, (String, bool))| Word {
        hash: first[id as usize].hash,
        stem: *stems.entry(stem).or_insert(WordId(id)),
        n_wordings: n_wordings[id as usize],
        numeric,
    };
    (0..).zip(read).map(word).collect()
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
