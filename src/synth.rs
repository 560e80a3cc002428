//! Which records make a labelled corpus? Made-up news with planted copies, to measure how well and
//! how fast near-duplicates are found.
//!
//! Every record follows from the seed and its number alone: nothing is kept but the sizes of the
//! clusters, and the same parameters give the same records on every machine.
//!
//! ```text
//! number ─ permutation ─▶ slot ─ plan ─▶ original or copy
//!   original ─ vocabulary, article ─▶ words ─▶ render ─▶ text
//!   copy: the words of its original ─ edit, draft ─▶ words ─ render ─▶ text ─ shingle ─▶ how alike
//! ```
//!
//! Useful for recall by likeness and kind of edit, and for speed at any size. Not useful for how often
//! unrelated news is alike: made-up words know no stock phrases, except where a template is asked for. Passages that one text
//! has of another are made in [`pan`], of real words.

mod article;
mod draft;
mod edit;
pub mod pan;
mod permutation;
mod plan;
mod random;
mod render;
mod script;
mod vocabulary;

pub use edit::Edit;
pub use plan::least_originals;
pub use script::Script;

use crate::fixed::Milli;
use crate::shingle::{ShingleSet, Shingling};
use article::{Begins, Word, Writer, n_words, with_a_number};
use draft::{Draft, furnish};
use permutation::Permutation;
use plan::{Plan, Slot};
use random::{Purpose, Random};
use rayon::prelude::*;
use render::Surface;
use std::ops::{Range, RangeInclusive};
use vocabulary::{Frequencies, Vocabulary};

/// What a corpus is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SynthParams {
    /// Records.
    pub n_docs: u32,
    /// Another seed gives another corpus.
    pub seed: u64,
    /// Of the records, how many are copies; see [`least_originals`].
    pub n_copies: u32,
    /// What copies undergo.
    pub edits: Vec<Edit>,
    /// Share of its words that every original has from a template that all of its script share; 0
    /// for none.
    pub template: Milli,
    /// Records of a cluster, at most; 2 or more.
    pub largest: u32,
    /// Records of the first cluster, 2 to `largest`.
    pub first: u32,
    /// Words of an original.
    pub words: RangeInclusive<usize>,
    /// Scripts with their shares of the originals, which sum to 1.
    pub scripts: Vec<(Script, Milli)>,
}

/// A record of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SynthRecord {
    /// Its place in the corpus, from 0.
    pub number: u32,
    /// Who publishes it: a made-up name.
    pub outlet: String,
    /// When, in minutes from the beginning of 2024.
    pub published_minutes: u32,
    /// What it says.
    pub text: String,
    /// The number of the original that gives its cluster the name: itself, or that which it is a
    /// copy of.
    pub cluster: u32,
    /// What was done to it; `None` for an original.
    pub copy: Option<Copied>,
}

/// How a record was made of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The number of the original.
    pub of: u32,
    /// What it underwent, in order; at least one.
    pub edits: Vec<Edit>,
    /// Exact Jaccard similarity of its shingles with the original's, as duplicates are judged.
    pub jaccard: Milli,
    /// Share of its shingles that the original has.
    pub containment: Milli,
}

/// A corpus, record by record.
#[derive(Debug)]
pub struct Synth {
    params: SynthParams,
    plan: Plan,
    order: Permutation,
    frequencies: Frequencies,
    stocks: Vec<Stock>,
}

/// What articles of one script share.
#[derive(Debug)]
struct Stock {
    script: Script,
    share: Milli,
    vocabulary: Vocabulary,
    /// As long as the longest article; empty where none is asked for.
    template: Vec<Word>,
    /// Sentences, each a paragraph.
    furniture: Vec<Vec<Word>>,
}

/// The words of a record, in a script.
struct Written<'s> {
    stock: &'s Stock,
    words: Vec<Word>,
    published_minutes: u32,
}

/// Originals that carry furniture where copies may too.
const FURNISHED: Milli = Milli(200);
/// Words after which the template's part comes again: the shared runs are long enough for shingles
/// to be alike, and no two originals are as alike as copies.
const TEMPLATE_BLOCK: usize = 50;
const YEAR_MINUTES: usize = 366 * 24 * 60;
const THREE_DAYS_MINUTES: usize = 3 * 24 * 60;
const N_OUTLETS: usize = 60;

impl Synth {
    /// A corpus with these parameters, which must be possible as their fields say.
    pub fn new(params: SynthParams) -> Self {
        let SynthParams { seed, n_docs, n_copies, largest, first, .. } = params;
        let frequencies = Frequencies::new();
        let stock =
            |&(script, share): &(Script, Milli)| Stock::new(script, share, &params, &frequencies);
        Synth {
            plan: Plan::new(seed, n_docs, n_copies, largest, first),
            order: Permutation::new(n_docs.into(), Random::new(seed, Purpose::Order, 0).bits()),
            stocks: params.scripts.iter().map(stock).collect(),
            frequencies,
            params,
        }
    }

    /// Records in all.
    pub fn n_docs(&self) -> u32 {
        self.params.n_docs
    }

    /// The record of that number, from 0.
    pub fn record(&self, number: u32) -> SynthRecord {
        let slot = Slot(self.order.forward(number.into()) as u32);
        let of = self.plan.original(slot);
        let source = self.original(of.unwrap_or(slot));
        let text = source.text(Surface::default());
        let record = SynthRecord {
            number,
            outlet: self.outlet(source.stock, number),
            published_minutes: source.published_minutes,
            text,
            cluster: number,
            copy: None,
        };
        match of {
            Some(of) => self.copied(source, self.order.back(of.0.into()) as u32, slot, record),
            None => record,
        }
    }

    /// The records of those numbers, in order. Any number of threads gives the same.
    pub fn records(&self, numbers: Range<u32>) -> Vec<SynthRecord> {
        numbers.into_par_iter().map(|number| self.record(number)).collect()
    }

    /// The words of an original.
    fn original(&self, slot: Slot) -> Written<'_> {
        let mut random = Random::new(self.params.seed, Purpose::Original, slot.0.into());
        let stock = self.stock(&mut random);
        let n = n_words(&self.params.words, &mut random);
        let mut writer = Writer::new(&self.frequencies, &mut random);
        let mut words = match self.params.template {
            Milli(0) => writer.sentences(n, &mut random),
            share => filled_in(&stock.template[..n], share, &mut writer, &mut random),
        };
        with_a_number(&mut words, &mut random);
        if self.params.edits.contains(&Edit::Boilerplate) && random.chance(FURNISHED) {
            furnish(&mut words, &stock.furniture, 2, &mut random);
        }
        Written { stock, words, published_minutes: random.below(YEAR_MINUTES) as u32 }
    }

    fn stock(&self, random: &mut Random) -> &Stock {
        let mut drawn = random.below(1000) as i64;
        let is_it = |stock: &&Stock| {
            drawn -= stock.share.0;
            drawn < 0
        };
        self.stocks.iter().find(is_it).unwrap_or(&self.stocks[0])
    }

    /// `record`, which holds the source's text so far, as the copy that it is.
    fn copied(&self, source: Written<'_>, of: u32, slot: Slot, record: SynthRecord) -> SynthRecord {
        let mut random = Random::new(self.params.seed, Purpose::Copy, slot.0.into());
        let Written { stock, words, published_minutes } = source;
        let edits = edit::draw(&self.params.edits, stock.script, &mut random);
        let mut writer = Writer::new(&self.frequencies, &mut random);
        let mut draft = Draft { words, surface: Surface::default() };
        for &edit in &edits {
            draft.edit(edit, &mut writer, &stock.furniture, &mut random);
        }
        let text = render::text(&draft.words, draft.surface, stock.script, &stock.vocabulary);
        let (own, its) = (shingles(&text), shingles(&record.text));
        SynthRecord {
            published_minutes: published_minutes + random.within(1..=THREE_DAYS_MINUTES) as u32,
            text,
            cluster: if edits == [Edit::Numbers] { record.number } else { of },
            copy: Some(Copied {
                of,
                edits,
                jaccard: own.jaccard(&its),
                containment: own.containment(&its),
            }),
            ..record
        }
    }

    fn outlet(&self, stock: &Stock, number: u32) -> String {
        let mut random = Random::new(self.params.seed, Purpose::Outlet, number.into());
        let name = stock.vocabulary.name(random.below(N_OUTLETS));
        let mut letters = name.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    }
}

impl Stock {
    fn new(script: Script, share: Milli, params: &SynthParams, frequencies: &Frequencies) -> Self {
        let mut random = Random::new(params.seed, Purpose::Template, script as u64);
        let n_template = if params.template == Milli(0) { 0 } else { *params.words.end() };
        let template = Writer::new(frequencies, &mut random).sentences(n_template, &mut random);
        let sentence = |_| {
            let mut writer = Writer::new(frequencies, &mut random);
            let mut words = writer.sentences(random.within(5..=11), &mut random);
            words[0].begins = Begins::Paragraph;
            words
        };
        let furniture = (0..24).map(sentence).collect();
        Stock { script, share, vocabulary: Vocabulary::of(script), template, furniture }
    }
}

impl Written<'_> {
    fn text(&self, surface: Surface) -> String {
        render::text(&self.words, surface, self.stock.script, &self.stock.vocabulary)
    }
}

/// The template with other words in the same places of every block.
fn filled_in(
    template: &[Word],
    share: Milli,
    writer: &mut Writer<'_>,
    random: &mut Random,
) -> Vec<Word> {
    let mut words = template.to_vec();
    for block in words.chunks_mut(TEMPLATE_BLOCK) {
        let n_shared = block.len() * share.0 as usize / 1000;
        for word in &mut block[n_shared..] {
            word.what = writer.what(random);
        }
    }
    words
}

/// The shingles that duplicates are judged by.
fn shingles(text: &str) -> ShingleSet {
    ShingleSet::of_text(text, Shingling::FIVE_WORDS)
}

#[cfg(test)]
mod tests;
