//! Which texts make a corpus of reused passages? Made-up pairs of a suspicious document and a source,
//! in the manner of PAN's text alignment.
//!
//! ```text
//! topic ─ writer ─▶ source ───────────────────────────────────────▶ page
//!   └──── writer ─▶ own sentences ─┬─ passages of the source,  ───▶ page, with the passages' offsets
//!                                  └─ as obfuscate leaves them
//! ```
//!
//! The texts are sentences of the language's own words, as common in them as they are in the shipped
//! counts. The two of a pair are about one topic, which prefers some words, people and places, and all
//! texts share small words and stock phrases, so that likeness alone does not tell of reuse. They make no
//! sense, and no grammar of any depth: useful for measuring recall, precision and offsets of passages,
//! and speed; not useful for what only meaning tells.

mod language;
mod lexicon;
mod obfuscate;
mod page;
mod writer;

pub use language::Language;

use super::article::n_words;
use super::permutation::Permutation;
use super::random::{Purpose, Random};
use crate::fixed::Milli;
use lexicon::Lexicon;
use page::{Page, Style, Word};
use rayon::prelude::*;
use std::ops::{Range, RangeInclusive};
use writer::{Sentence, Topic, Writer, flat};

/// What a corpus is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanParams {
    /// Pairs, each of a suspicious document and a source of its own.
    pub n_pairs: u32,
    /// Another seed gives another corpus.
    pub seed: u64,
    /// The language of the texts.
    pub language: Language,
    /// Words of a text, about; 100 at least.
    pub words: RangeInclusive<usize>,
}

/// What was done to the passages of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reuse {
    /// There are none: the two are about one topic.
    Nothing,
    /// White space and quotation marks may differ.
    Verbatim,
    /// Sentences or groups of words stand in another order.
    Shuffled,
    /// Words are replaced, left out, added and inflected.
    Substituted,
    /// Written anew, with half of the content words.
    Paraphrased,
}

impl Reuse {
    /// All, in the order of their folders.
    pub const ALL: [Reuse; 5] =
        [Reuse::Nothing, Reuse::Verbatim, Reuse::Shuffled, Reuse::Substituted, Reuse::Paraphrased];

    /// The folder of such pairs.
    pub fn folder(self) -> &'static str {
        match self {
            Reuse::Nothing => "01-no-reuse",
            Reuse::Verbatim => "02-verbatim",
            Reuse::Shuffled => "03-shuffled",
            Reuse::Substituted => "04-substituted",
            Reuse::Paraphrased => "05-paraphrased",
        }
    }
}

/// A suspicious document, its source, and what it has from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanPair {
    /// Number of the suspicious document, from 1.
    pub suspicious_number: u32,
    /// Number of the source, from 1.
    pub source_number: u32,
    /// What was done to the passages.
    pub reuse: Reuse,
    /// The suspicious document.
    pub suspicious: String,
    /// The source.
    pub source: String,
    /// The passages, in the order of the suspicious document.
    pub cases: Vec<Case>,
}

/// A passage in both documents, in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Where it is in the suspicious document.
    pub suspicious_chars: Range<u64>,
    /// Where it is in the source.
    pub source_chars: Range<u64>,
}

/// A corpus, pair by pair.
#[derive(Debug)]
pub struct PanCorpus {
    params: PanParams,
    lexicon: Lexicon,
    sources: Permutation,
}

/// Words of a passage.
const CASE: RangeInclusive<usize> = 30..=600;
const MOST_CASES: usize = 4;
/// Pairs of one topic, about.
const PAIRS_OF_A_TOPIC: u32 = 4;
/// Of the passages, how many begin and end inside a sentence; those that are written anew never do.
const CUT: Milli = Milli(333);
/// Words that are cut off each end, at most.
const MOST_CUT: usize = 6;

/// A text as it was made.
struct Draft {
    sentences: Vec<Sentence>,
    words: Vec<Word>,
    /// Where each sentence begins in `words`, and where the last ends.
    bounds: Vec<usize>,
}

impl Draft {
    fn new(sentences: Vec<Sentence>) -> Draft {
        let (mut words, mut bounds) = (Vec::new(), vec![0]);
        for sentence in &sentences {
            words.append(&mut flat(std::slice::from_ref(sentence)));
            bounds.push(words.len());
        }
        Draft { sentences, words, bounds }
    }

    fn words_of(&self, sentences: &Range<usize>) -> Range<usize> {
        self.bounds[sentences.start]..self.bounds[sentences.end]
    }
}

/// What is taken from a source.
struct Taken {
    /// Where it is in the source, in words.
    from: Range<usize>,
    /// What it has become.
    words: Vec<Word>,
}

impl PanCorpus {
    /// A corpus with these parameters, which must be possible as their fields say.
    pub fn new(params: PanParams) -> Self {
        let key = Random::new(params.seed, Purpose::Order, 1).bits();
        PanCorpus {
            lexicon: Lexicon::new(params.language, params.seed),
            sources: Permutation::new(params.n_pairs.into(), key),
            params,
        }
    }

    /// Pairs in all.
    pub fn n_pairs(&self) -> u32 {
        self.params.n_pairs
    }

    /// The pairs of those places in the corpus, from 0. Any number of threads gives the same.
    pub fn pairs(&self, places: Range<u32>) -> Vec<PanPair> {
        places.into_par_iter().map(|place| self.pair(place)).collect()
    }

    fn pair(&self, place: u32) -> PanPair {
        let PanParams { seed, language, n_pairs, ref words } = self.params;
        let source_number = self.sources.forward(place.into()) as u32 + 1;
        let reuse = Reuse::ALL[place as usize % Reuse::ALL.len()];
        let mut random = Random::new(seed, Purpose::Suspicious, place.into());
        let n_topics = n_pairs.div_ceil(PAIRS_OF_A_TOPIC) as usize;
        let topic = random.below(n_topics) as u64;
        let topic = Topic::new(&self.lexicon, language, seed, topic);
        let writer = Writer { lexicon: &self.lexicon, language, topic: &topic };
        let mut of_source = Random::new(seed, Purpose::Source, source_number.into());
        let n_source = spread(words, &mut of_source);
        let source = Draft::new(writer.sentences(n_source, &mut of_source));
        let source_page = Page::new(&source.words, style(&mut of_source));

        let n_suspicious = spread(words, &mut random);
        let taken = self.taken(&source, n_suspicious, reuse, &writer, &mut random);
        let n_taken: usize = taken.iter().map(|taken| taken.words.len()).sum();
        let n_own = n_suspicious.saturating_sub(n_taken).max(n_suspicious / 3);
        let own = Draft::new(writer.sentences(n_own, &mut random));
        let (words, places) = put_into(own, &taken, &mut random);
        let page = Page::new(&words, style(&mut random));
        let case = |(taken, at): (&Taken, &Range<usize>)| Case {
            suspicious_chars: page.span(at),
            source_chars: source_page.span(&taken.from),
        };
        let mut cases: Vec<Case> = taken.iter().zip(&places).map(case).collect();
        cases.sort_unstable_by_key(|case| case.suspicious_chars.start);
        PanPair {
            suspicious_number: place + 1,
            source_number,
            reuse,
            cases,
            suspicious: page.text,
            source: source_page.text,
        }
    }

    /// Passages of the source that do not meet, one at least where there is reuse: half of the
    /// suspicious document and of the source, at most.
    fn taken(
        &self,
        source: &Draft,
        n_suspicious: usize,
        reuse: Reuse,
        writer: &Writer<'_>,
        random: &mut Random,
    ) -> Vec<Taken> {
        let mut taken: Vec<Taken> = Vec::new();
        if reuse == Reuse::Nothing {
            return taken;
        }
        let n_cases = random.within(1..=MOST_CASES);
        let mut n_left = n_suspicious.min(source.words.len()) / 2;
        let mut free = vec![true; source.sentences.len()];
        // Where no room is found for one, another may still be short enough.
        for _ in 0..8 * n_cases {
            if taken.len() == n_cases || n_left < *CASE.start() {
                break;
            }
            let most = n_left.min(*CASE.end());
            let wanted = spread(&(*CASE.start()..=most), random);
            let first = random.below(source.sentences.len());
            let Some(sentences) = passage(source, &free, first, wanted) else { continue };
            free[sentences.clone()].fill(false);
            let one = take(source, sentences, reuse, writer, random);
            n_left = n_left.saturating_sub(one.from.len());
            taken.push(one);
        }
        taken
    }
}

/// A number of words, of any size in the range about as likely as of twice that size: of the range's
/// quarters by their logarithms, each is met as often.
fn spread(range: &RangeInclusive<usize>, random: &mut Random) -> usize {
    let (mut least, mut most) = (*range.start(), *range.end());
    for _ in 0..2 {
        let middle = (least * most).isqrt();
        match random.chance(Milli(500)) {
            true => least = middle,
            false => most = middle,
        }
    }
    n_words(&(least..=most), random)
}

/// The free sentences from `first` on that have `n_words` words, or from there back where the text
/// ends before; `None` where too few are free.
fn passage(source: &Draft, free: &[bool], first: usize, n_words: usize) -> Option<Range<usize>> {
    let mut sentences = first..first;
    let n_of = |sentences: &Range<usize>| source.words_of(sentences).len();
    while n_of(&sentences) < n_words && free.get(sentences.end) == Some(&true) {
        sentences.end += 1;
    }
    while n_of(&sentences) < n_words && 0 < sentences.start && free[sentences.start - 1] {
        sentences.start -= 1;
    }
    (CASE.contains(&n_of(&sentences))).then_some(sentences)
}

fn take(
    source: &Draft,
    sentences: Range<usize>,
    reuse: Reuse,
    writer: &Writer<'_>,
    random: &mut Random,
) -> Taken {
    let mut from = source.words_of(&sentences);
    if reuse == Reuse::Paraphrased {
        let anew = obfuscate::paraphrased(&source.sentences[sentences], writer, random);
        return Taken { from, words: flat(&anew) };
    }
    let spare = from.len() - CASE.start();
    if 2 <= spare && random.chance(CUT) {
        let most = MOST_CUT.min(spare / 2);
        from = from.start + random.within(0..=most)..from.end - random.within(0..=most);
    }
    let words = source.words[from.clone()].to_vec();
    let words = match reuse {
        Reuse::Shuffled => obfuscate::shuffled(words, random),
        Reuse::Substituted => obfuscate::substituted(words, writer, random),
        _ => words,
    };
    Taken { from, words }
}

/// The words of a text with the passages between its sentences, and where each passage is in them.
fn put_into(own: Draft, taken: &[Taken], random: &mut Random) -> (Vec<Word>, Vec<Range<usize>>) {
    let n_own = own.sentences.len();
    // Behind which sentence each comes: never last where there are two.
    let behind: Vec<usize> = taken.iter().map(|_| random.within(1..=n_own.max(2) - 1)).collect();
    let mut words = Vec::new();
    let mut places = vec![0..0; taken.len()];
    for sentence in 0..n_own {
        words.extend_from_slice(&own.words[own.words_of(&(sentence..sentence + 1))]);
        for (idx, passage) in taken.iter().enumerate() {
            if behind[idx] == sentence + 1 {
                places[idx] = words.len()..words.len() + passage.words.len();
                words.extend_from_slice(&passage.words);
            }
        }
    }
    (words, places)
}

fn style(random: &mut Random) -> Style {
    Style {
        curly: random.chance(Milli(500)),
        columns: random.pick(&[None, None, Some(72), Some(60)]),
        wide: random.chance(Milli(200)),
    }
}

#[cfg(test)]
mod tests;
