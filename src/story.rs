//! What is everybody in this story talking about? The words that a story's passages share tell
//! little about any one of them.
//!
//! A story is a document and the documents that share rare word shingles with it. Inside it, a
//! word's weight is its IDF times its IDF among the story's other wordings, relative to a word that
//! none of them has.

use crate::condition::{Bound, Condition};
use crate::document::DocId;
use crate::fixed::{Milli, ln};
use crate::weights::Weighted;
use crate::wording::{ALONE, RUN_WORDS, WordId, Wording, WordingId, Wordings};
use ahash::AHashMap;
use counts::{Counts, Recent};
use neighbours::neighbours;
use rayon::prelude::*;
use std::sync::Arc;

mod counts;
mod neighbours;

/// A shingle in more documents than that is no sign of a story.
pub(crate) const LINK_DOCUMENTS: usize = 16;
/// Least weight of a linking shingle, in thousandths of a nat: below it, a stock phrase.
const LINK_MASS: u32 = 10_000;
/// Linking shingles that two documents of one story share at least.
const LINKS: Milli = Milli::count(2);
/// Most neighbours that make a document's story; the most strongly linked come first.
const NEIGHBOURS: usize = 32;
/// Pairs of wordings that are remembered of two linked documents, no wording and no shingle twice.
/// Whatever two wordings are left out, one of three pairs remains.
const WITNESSES: usize = 3;
/// Shared shingles, those of names included, that tell of one story whatever they are: more than a
/// few names that any two articles of a topic share.
const MANY_LINKS: u32 = 6;

/// Days that a story lives: what is alike in articles further apart must tell by itself that it is
/// the same, for bulletins and reports of one kind come back after a week.
const STORY_DAYS: i64 = 6;
/// Other wordings that make a copy of an article more than a copy of the pair.
const COPIED: usize = 2;
/// Words that are searched at least: those of two ordinary articles. What is found in two notes of
/// a line each was not found by comparing these two notes alone.
const LEAST_SEARCHED: u64 = 1000;

/// Per document: how many wordings its story has, and how many of them each word.
pub struct Stories {
    by_doc: Vec<Story>,
    /// How many of its wordings have each word.
    counts: Recent,
    /// Of each document, the first that has the same wordings in the same order: itself, unless it
    /// is a copy. Copies of an article have one story, and make it no larger.
    original: Vec<DocId>,
    /// Words of all wordings.
    n_words: u64,
    /// By document; see [`Stories::find`].
    published: Vec<Option<(i64, i64)>>,
    /// Natural logarithms of whole numbers, in thousandths; up to twice the largest story and 3.
    ln: Vec<u32>,
}

#[derive(Default)]
struct Story {
    /// The other documents, ascending.
    neighbours: Vec<Neighbour>,
    /// The documents whose story it is, or that are of its own; ascending.
    linked: Box<[DocId]>,
    n_wordings: u32,
    n_words: u64,
}

/// A document of the same story.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Neighbour {
    doc: DocId,
    n_shingles: u32,
    /// See [`WITNESSES`].
    witnesses: Vec<Witness>,
}

/// Two wordings, this document's own first, that share a rare shingle which is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Witness {
    own: WordingId,
    other: WordingId,
    shingle: u32,
}

impl Stories {
    /// Finds every document's story. `published` has, by document, the earliest and the latest
    /// second that it can have been published in; `None`, or nothing, where that is not known.
    pub fn find(
        wordings: &Wordings,
        weights: &[Weighted],
        published: Vec<Option<(i64, i64)>>,
    ) -> Stories {
        let original = originals(wordings);
        let neighbours = neighbours(wordings, weights, &original);
        let linked = linked(&neighbours);
        let by_doc: Vec<Story> = (neighbours, linked)
            .into_par_iter()
            .enumerate()
            .map(|(doc, (neighbours, linked))| Story::of(wordings, doc, neighbours, linked))
            .collect();
        let counts = Recent::default();
        let n_words = wordings.wordings.iter().map(|w| w.words.len() as u64).sum();
        let largest = by_doc.iter().map(|story| story.n_wordings).max().unwrap_or(0);
        let ln = (0..u64::from(largest) * 2 + 4).map(|n| ln(n).0 as u32).collect();
        Stories { by_doc, counts, original, n_words, ln, published }
    }

    /// The first document that has the same wordings in the same order.
    pub fn original(&self, of: DocId) -> DocId {
        self.original[of.idx()]
    }

    /// Whether the two documents are of one story.
    pub fn linked(&self, a: DocId, b: DocId) -> bool {
        let (a, b) = (self.original[a.idx()], self.original[b.idx()]);
        a == b || self.by_doc[a.idx()].linked.binary_search(&b).is_ok()
    }

    /// The originals of all documents that are of one story with `of`, its own among them.
    pub fn all_linked(&self, of: DocId) -> impl Iterator<Item = DocId> + '_ {
        let original = self.original(of);
        self.by_doc[original.idx()].linked.iter().copied().chain([original])
    }

    /// Whether two documents are of one story even if two of their wordings, the first of `a`, and
    /// all that these say are left out: whether anything but the pair itself tells so.
    pub fn linked_beyond(
        &self,
        (a, b): (DocId, DocId),
        pair: (WordingId, WordingId),
        wordings: &Wordings,
    ) -> bool {
        if self.apart(a, b) {
            return false;
        }
        let (a, b) = (self.original[a.idx()], self.original[b.idx()]);
        if a != b && !self.linked(a, b) {
            return false;
        }
        let beyond = |near: &Neighbour, pair: (WordingId, WordingId)| {
            let said = said_by_both(wordings, pair);
            let other = |w: &Witness| {
                w.own != pair.0
                    && w.other != pair.1
                    && !said.either.iter().any(|said| said.contains(&w.shingle))
            };
            near.witnesses.iter().any(other)
                || near.n_shingles.saturating_sub(said.n_both) >= MANY_LINKS
        };
        // Copies of an article that is little more than the pair itself tell nothing.
        let others = || wordings.by_doc[a.idx()].iter().filter(|&&id| id != pair.0 && id != pair.1);
        (a == b && others().count() >= COPIED)
            || self.neighbour(a, b).is_some_and(|near| beyond(near, pair))
            || self.neighbour(b, a).is_some_and(|near| beyond(near, (pair.1, pair.0)))
    }

    /// The other documents of a document's story, copies left out.
    pub fn neighbours(&self, of: DocId) -> impl Iterator<Item = DocId> + '_ {
        self.story(of).neighbours.iter().map(|n| n.doc)
    }

    /// Whether the two documents are surely of two stories, by their dates.
    pub fn apart(&self, a: DocId, b: DocId) -> bool {
        self.days_apart(a, b) > STORY_DAYS
    }

    /// Days that surely lie between the publication of two documents.
    fn days_apart(&self, a: DocId, b: DocId) -> i64 {
        let published = |doc: DocId| self.published.get(doc.idx()).copied().flatten();
        let (Some(a), Some(b)) = (published(a), published(b)) else { return 0 };
        a.0.saturating_sub(b.1).max(b.0.saturating_sub(a.1)).max(0) / (24 * 3600)
    }

    /// `b` as the story of `a` has it, if it does.
    fn neighbour(&self, a: DocId, b: DocId) -> Option<&Neighbour> {
        let neighbours = &self.by_doc[a.idx()].neighbours;
        let at = neighbours.binary_search_by_key(&b, |n| n.doc).ok()?;
        Some(&neighbours[at])
    }

    /// How many pairs of words are compared to find a match: those of the story of two documents, or
    /// those of the whole batch.
    pub fn searched(&self, story: Option<(DocId, DocId)>) -> u64 {
        let largest = |(a, b)| self.story(a).n_words.max(self.story(b).n_words);
        let n_words = story.map_or(self.n_words, largest).max(LEAST_SEARCHED);
        n_words.saturating_mul(n_words) / 2
    }

    /// What [`Stories::find`] found in two documents, with its arguments, where two of their
    /// wordings are compared.
    pub fn link(
        &self,
        wordings: &Wordings,
        weights: &[Weighted],
        docs: (DocId, DocId),
        pair: (WordingId, WordingId),
    ) -> Link {
        let (x, y) = (self.original[docs.0.idx()], self.original[docs.1.idx()]);
        let (mut n_links, mut n_common) = (0, 0);
        for bucket in buckets(&mut link_postings(wordings, weights)) {
            let is_in = |doc: DocId| {
                let mut places = bucket.iter().flat_map(|p| &wordings.get(p.wording).places);
                places.any(|place| self.original[place.doc.idx()] == doc)
            };
            if x != y && is_in(x) && is_in(y) {
                let counts = !holders(bucket, wordings, &self.original).is_empty();
                *(if counts { &mut n_links } else { &mut n_common }) += 1;
            }
        }
        let is_beyond = self.linked_beyond(docs, pair, wordings);
        Link {
            is_linked: self.linked(docs.0, docs.1),
            is_copy: x == y,
            is_beyond,
            condition: is_enough(n_links),
            n_common: n_common as usize,
            n_searched: self.searched(is_beyond.then_some(docs)),
        }
    }

    fn story(&self, of: DocId) -> &Story {
        &self.by_doc[self.original[of.idx()].idx()]
    }

    /// What the stories of two documents tell of words.
    pub fn told(&self, a: DocId, b: DocId, wordings: &Wordings) -> Told<'_> {
        let (x, y) = (self.story(a), self.story(b));
        let counts = [a, b].map(|doc| {
            let of = self.original[doc.idx()];
            self.counts
                .get(of, || Counts::of(wordings, &self.by_doc[of.idx()].members(wordings, of)))
        });
        Told { counts, n_wordings: x.n_wordings + y.n_wordings, ln: &self.ln }
    }
}

/// How often the stories of two documents have words.
pub struct Told<'s> {
    counts: [Arc<Counts>; 2],
    n_wordings: u32,
    ln: &'s [u32],
}

impl Told<'_> {
    /// What of a word's weight remains in the two stories, in thousandths: 1000 for a word that none
    /// of their other wordings has, towards 0 for one that all have.
    ///
    /// `own` tells what the two compared wordings themselves add to the counts.
    pub fn factor(&self, word: WordId, own: Own) -> u32 {
        let n_others = self.n_wordings.saturating_sub(own.n_wordings) as usize;
        let with_word = self.counts[0].get(word) + self.counts[1].get(word);
        let with_word = with_word.saturating_sub(own.with_word) as usize;
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
    /// Whether they are of one story without the pair that is compared.
    pub is_beyond: bool,
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
    fn of(
        wordings: &Wordings,
        doc: usize,
        mut neighbours: Vec<Neighbour>,
        linked: Box<[DocId]>,
    ) -> Story {
        neighbours.sort_unstable_by_key(|n| n.doc);
        let mut story = Story { neighbours, linked, ..Story::default() };
        let members = story.members(wordings, DocId(doc as u32));
        story.n_wordings = members.len() as u32;
        story.n_words = members.iter().map(|&id| wordings.get(id).words.len() as u64).sum();
        story
    }

    /// The wordings of the story of a document.
    fn members(&self, wordings: &Wordings, doc: DocId) -> Vec<WordingId> {
        let docs = self.neighbours.iter().map(|n| n.doc).chain([doc]);
        let mut members: Vec<WordingId> =
            docs.flat_map(|d| wordings.by_doc[d.idx()].iter().copied()).collect();
        members.sort_unstable();
        members.dedup();
        members
    }
}

/// Per document, the neighbours and those that it is a neighbour of, ascending.
fn linked(neighbours: &[Vec<Neighbour>]) -> Vec<Box<[DocId]>> {
    let mut linked: Vec<Vec<DocId>> =
        neighbours.iter().map(|near| near.iter().map(|n| n.doc).collect()).collect();
    for (doc, near) in (0..).map(DocId).zip(neighbours) {
        near.iter().for_each(|n| linked[n.doc.idx()].push(doc));
    }
    let ascending = |mut docs: Vec<DocId>| {
        docs.sort_unstable();
        docs.dedup();
        docs.into_boxed_slice()
    };
    linked.into_par_iter().map(ascending).collect()
}

fn originals(wordings: &Wordings) -> Vec<DocId> {
    let mut first: AHashMap<&[WordingId], DocId> = AHashMap::new();
    let docs = wordings.by_doc.iter().enumerate();
    docs.map(|(doc, ids)| *first.entry(ids).or_insert(DocId(doc as u32))).collect()
}

/// The shingles of a pair of wordings.
struct Said<'w> {
    /// Of either.
    either: [&'w [u32]; 2],
    /// How many are of both.
    n_both: u32,
}

fn said_by_both(wordings: &Wordings, (a, b): (WordingId, WordingId)) -> Said<'_> {
    let (of_a, of_b) = (wordings.runs.of(a), wordings.runs.of(b));
    let of_both = of_a.iter().filter(|&&shingle| shingle != ALONE && of_b.contains(&shingle));
    Said { n_both: of_both.count() as u32, either: [of_a, of_b] }
}

fn is_enough(n_shingles: u32) -> Condition {
    Condition::new("links", Milli::count(n_shingles as usize), Bound::AtLeast(LINKS))
}

/// The postings by shingle. A wording alone in its bucket may stand in several documents.
fn buckets(postings: &mut Vec<Posting>) -> impl Iterator<Item = &[Posting]> {
    postings.par_sort_unstable();
    postings.dedup();
    postings.chunk_by(|a, b| a.shingle == b.shingle)
}

/// A wording that has a rare shingle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    /// See [`Runs`](crate::wording::Runs): one that stands in a single place links nothing.
    shingle: u32,
    wording: WordingId,
    /// Whether the shingle is heavy without what names and fixed phrases add to it.
    is_plain: bool,
}

/// The documents that have a shingle, copies left out, with the wording that has it, ascending;
/// none where there are too many.
fn holders(bucket: &[Posting], wordings: &Wordings, original: &[DocId]) -> Vec<(DocId, WordingId)> {
    let mut holders = Vec::new();
    for posting in bucket {
        let places = &wordings.get(posting.wording).places;
        let docs = places.iter().map(|p| p.doc).filter(|d| original[d.idx()] == *d);
        holders.extend(docs.map(|doc| (doc, posting.wording)).take(LINK_DOCUMENTS + 1));
        if holders.len() > 4 * LINK_DOCUMENTS {
            return Vec::new();
        }
    }
    holders.sort_unstable();
    holders.dedup_by_key(|holder| holder.0);
    if holders.len() > LINK_DOCUMENTS { Vec::new() } else { holders }
}

/// The rare shingles of every wording.
fn link_postings(wordings: &Wordings, weights: &[Weighted]) -> Vec<Posting> {
    let postings = |(id, (wording, weighted)): (usize, (&Wording, &Weighted))| {
        // Numbers meet by chance: they link nothing.
        let number = |i: usize| wordings.words[wording.words[i].idx()].numeric;
        let idf: Vec<u32> =
            (0..wording.words.len()).map(|i| if number(i) { 0 } else { weighted.idf[i] }).collect();
        let shared = weighted.phrase_shares(&idf);
        let mass = |weights: &[u32], i: usize| weights[i..i + RUN_WORDS].iter().sum::<u32>();
        let wording = WordingId(id as u32);
        let shingles = wordings.runs.of(wording).iter().copied().enumerate();
        shingles
            .filter(|&(i, shingle)| shingle != ALONE && mass(&idf, i) >= LINK_MASS)
            .map(|(i, shingle)| Posting {
                shingle,
                wording,
                is_plain: mass(&shared, i) >= LINK_MASS,
            })
            .collect::<Vec<_>>()
    };
    wordings.wordings.par_iter().zip(weights).enumerate().flat_map_iter(postings).collect()
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
        let stories = found(&wordings);
        let id = |word: &&str| {
            let hash = crate::hash::word_hash(word.as_bytes());
            WordId(wordings.words.iter().position(|w| w.hash == hash).unwrap() as u32)
        };
        let own = Own { n_wordings: 4, with_word: 2 };
        let told = stories.told(DocId(0), DocId(1), &wordings);
        words.iter().map(|w| told.factor(id(w), own)).collect()
    }

    #[test]
    fn what_all_sentences_of_a_story_share_tells_little() {
        let factors = factors(&["rusia", "payung", "kosmodrom"]);
        assert!(factors[0] < factors[2] && factors[2] < factors[1], "{factors:?}");
        assert!(factors[1] <= 1000);
    }

    fn found(wordings: &Wordings) -> Stories {
        Stories::find(wordings, &weigh(wordings, &Background::shipped()), Vec::new())
    }

    #[test]
    fn a_story_lives_for_days() {
        const DAY: i64 = 24 * 3600;
        let wordings = fold(&STORY);
        let weights = weigh(&wordings, &Background::shipped());
        for (published, days) in [
            (vec![Some((0, DAY - 1)), Some((8 * DAY, 9 * DAY - 1))], 7),
            (vec![Some((9 * DAY, 10 * DAY)), Some((0, DAY))], 8),
            (vec![Some((9 * DAY, 10 * DAY)), None], 0),
            (vec![], 0),
        ] {
            let stories = Stories::find(&wordings, &weights, published);
            assert_eq!(stories.days_apart(DocId(0), DocId(1)), days);
        }
    }

    #[test]
    fn a_story_ends_before_the_week_is_out() {
        const DAY: i64 = 24 * 3600;
        let alike =
            "Kosmodrom Baikonur disewa Rusia sejak dulu. Penerjun payung mendarat kemarin sore.";
        let wordings = fold(&[
            &format!("{alike} Hujan turun lagi semalam."),
            &format!("{alike} Angin kencang bertiup dari laut."),
        ]);
        let weights = weigh(&wordings, &Background::shipped());
        let pair = (wordings.by_doc[0][0], wordings.by_doc[0][0]);
        for (days, linked) in [(0, true), (6, true), (7, false)] {
            let published = vec![Some((0, 0)), Some((days * DAY, days * DAY))];
            let stories = Stories::find(&wordings, &weights, published);
            let docs = (DocId(0), DocId(1));
            assert_eq!(stories.linked_beyond(docs, pair, &wordings), linked, "{days} days");
        }
    }

    fn neighbours(stories: &Stories, doc: usize) -> Vec<DocId> {
        stories.by_doc[doc].neighbours.iter().map(|n| n.doc).collect()
    }

    #[test]
    fn a_story_is_more_than_the_pair_that_is_compared() {
        let shared = "Kosmodrom Baikonur disewa Rusia sejak dulu.";
        let also = "Penerjun payung mendarat kemarin sore.";
        let first = format!("{shared} {also} Hujan turun.");
        for (second, beyond) in [
            (format!("{shared} Angin kencang bertiup dari laut."), false),
            (format!("{shared} Angin kencang bertiup dari laut. {also}"), true),
        ] {
            let wordings = fold(&[&first, &second]);
            let stories = found(&wordings);
            let pair = (wordings.by_doc[0][0], wordings.by_doc[0][0]);
            let docs = (DocId(0), DocId(1));
            assert!(stories.linked(docs.0, docs.1));
            assert_eq!(stories.linked_beyond(docs, pair, &wordings), beyond, "{second}");
            let turned = ((docs.1, docs.0), (pair.1, pair.0));
            assert_eq!(stories.linked_beyond(turned.0, turned.1, &wordings), beyond, "{second}");
        }
    }

    #[test]
    fn rare_shingles_join_a_story_and_only_its_words_are_searched() {
        let wordings = fold(&STORY);
        let stories = found(&wordings);
        assert_eq!(neighbours(&stories, 0), [DocId(1)]);
        assert_eq!(neighbours(&stories, 2), []);
        let story = stories.story(DocId(0));
        assert!(story.n_words < stories.n_words);
        // Both are smaller than what is searched at least.
        assert_eq!(stories.searched(Some((DocId(0), DocId(1)))), 500_000);
        assert_eq!(stories.searched(None), 500_000);
    }

    #[test]
    fn copies_of_an_article_make_its_story_no_larger() {
        let copies = [&[STORY[0]; 20][..], &STORY].concat();
        let wordings = fold(&copies);
        let stories = found(&wordings);
        let (copy, other) = (DocId(7), DocId(21));
        assert!(stories.linked(copy, other));
        assert_eq!(neighbours(&stories, stories.original[copy.idx()].idx()), [other]);
    }
}
