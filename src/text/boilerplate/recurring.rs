//! Lines that recur on many distinct articles of one outlet.
//!
//! A line must recur at a place of its own: as far from the top or the bottom, or beside the same
//! recurring line. Each occurrence is judged by its own place, so that a headline stays the
//! article's where other pages link to it. Sentences are asked for more, because articles on one
//! story reuse background paragraphs: see [`is_topical`].

use super::line::{Ending, Line};
use super::{Crawl, Page, distinct, first_sentence};
use crate::hash::hash64_of;
use crate::text::paragraph::{is_terminal, last_mark};
use crate::text::tokenize::tokenize;
use ahash::{AHashMap, AHashSet};
use std::collections::BTreeMap;

/// Marks the recurring lines of all pages; those that stand on most articles of their outlet are
/// returned too, by page. Whatever such a line reads like, it tells nothing of one article.
pub(super) fn mark(crawl: &Crawl, furniture: &mut [Vec<bool>]) -> Vec<AHashSet<usize>> {
    let mut everywhere = vec![AHashSet::new(); crawl.pages.len()];
    for (outlet, group) in by_outlet(crawl.pages) {
        mark_recurring(crawl, outlet, &group, (furniture, &mut everywhere));
    }
    everywhere
}

/// Number of distinct articles on which something was seen.
#[derive(Default)]
pub(super) struct Counts(AHashMap<u64, (u32, u32)>);

impl Counts {
    /// Notes that `key` was seen on `article`; articles come one after the other.
    pub fn note(&mut self, key: u64, article: u32) {
        let (n, last) = self.0.entry(key).or_insert((0, u32::MAX));
        *n += u32::from(*last != article);
        *last = article;
    }

    pub fn get(&self, key: u64) -> u32 {
        self.0.get(&key).map_or(0, |&(n, _)| n)
    }
}

/// The pages of each outlet, by index.
pub(super) fn by_outlet<'t>(pages: &[Page<'t>]) -> BTreeMap<Option<&'t str>, Vec<usize>> {
    let mut groups = BTreeMap::<_, Vec<usize>>::new();
    for (idx, page) in pages.iter().enumerate() {
        groups.entry(page.outlet).or_default().push(idx);
    }
    groups
}

/// Fewest distinct articles from which anything is learned of an outlet's pages.
const MIN_ARTICLES: u32 = 5;

/// The same for a line that reads like a sentence: articles on one story share sentences too.
const MIN_ARTICLES_PROSE: u32 = 8;

/// Pages that share half of their prose, in runs of three words, are one article.
const SAME: usize = 2;

/// Fewest recurring lines on a page of an unknown outlet: with fewer it may be any site's page.
const MIN_LINES_UNKNOWN: usize = 3;

/// What was counted on the distinct articles of one outlet.
struct Recurrence {
    n_articles: u32,
    /// Whether it is one outlet at all.
    is_known: bool,
    /// Articles per line.
    lines: Counts,
    /// Articles per line and place, for lines that recur.
    places: Counts,
    /// Articles per line on which it stands at a place where it recurs.
    settled: Counts,
}

impl Recurrence {
    fn of(articles: &[&[Line]], is_known: bool) -> Self {
        let n_articles = articles.len() as u32;
        let (lines, places, settled) = Default::default();
        let mut counted = Recurrence { n_articles, is_known, lines, places, settled };
        let numbered = || (0u32..).zip(articles);
        for (article, page) in numbered() {
            page.iter().for_each(|line| counted.lines.note(line.hash, article));
        }
        for (article, page) in numbered() {
            for idx in (0..page.len()).filter(|&i| MIN_ARTICLES <= counted.lines.get(page[i].hash))
            {
                let places = places_of(page, idx, &counted.lines);
                places.for_each(|place| counted.places.note(place, article));
            }
        }
        let mut settled = Counts::default();
        for (article, page) in numbered() {
            let here = (0..page.len()).filter(|&idx| counted.is_settled(page, idx));
            here.for_each(|idx| settled.note(page[idx].hash, article));
        }
        counted.settled = settled;
        counted
    }

    /// Whether line `idx` of `page` recurs, and does so at this place. Below the page's first
    /// sentence it may also stand elsewhere, if most of the time it does not.
    fn recurs(&self, page: &[Line], idx: usize, first_sentence: usize) -> bool {
        let line = &page[idx];
        self.is_settled(page, idx)
            || line.ending != Ending::Stop
                && self.min_articles(line) <= self.lines.get(line.hash)
                && self.lines.get(line.hash) <= 2 * self.settled.get(line.hash)
                && first_sentence < idx
    }

    fn is_settled(&self, page: &[Line], idx: usize) -> bool {
        let line = &page[idx];
        let (n, min) = (self.lines.get(line.hash), self.min_articles(line));
        let min_here = match line.ending {
            Ending::Stop => min.max(n.div_ceil(2)),
            _ => MIN_ARTICLES.max(n / 4),
        };
        min <= n
            && places_of(page, idx, &self.lines).any(|place| min_here <= self.places.get(place))
    }

    /// Whether it stands on most articles of the outlet.
    fn is_everywhere(&self, line: &Line) -> bool {
        self.is_known
            && MIN_ARTICLES_PROSE.max(self.n_articles.div_ceil(2)) <= self.lines.get(line.hash)
    }

    /// Fewest articles on which `line` must stand.
    fn min_articles(&self, line: &Line) -> u32 {
        match (line.ending == Ending::Stop, self.is_known) {
            (true, true) => MIN_ARTICLES_PROSE.max(self.n_articles.div_ceil(2)),
            (true, false) => u32::MAX,
            (false, true) => MIN_ARTICLES.max(self.n_articles / 100),
            (false, false) => MIN_ARTICLES,
        }
    }
}

/// The places of line `idx`: its distance from the top, from the bottom, and the lines beside it
/// that recur and are no prose. (Several sentences that are reused together are stable neighbours.)
fn places_of<'a>(
    page: &'a [Line],
    idx: usize,
    lines: &'a Counts,
) -> impl Iterator<Item = u64> + 'a {
    let recurring = move |beside: usize| {
        let line = page.get(beside)?;
        let counts = line.ending != Ending::Stop && MIN_ARTICLES <= lines.get(line.hash);
        counts.then_some(line.hash)
    };
    let distances = [(0, Some(idx as u64)), (1, Some((page.len() - idx) as u64))];
    let neighbours = [(2, recurring(idx.wrapping_sub(1))), (3, recurring(idx + 1))];
    let places = distances.into_iter().chain(neighbours);
    places.filter_map(move |(kind, value)| Some(hash64_of([page[idx].hash, kind, value?])))
}

fn mark_recurring(
    crawl: &Crawl,
    outlet: Option<&str>,
    group: &[usize],
    (furniture, everywhere): (&mut [Vec<bool>], &mut [AHashSet<usize>]),
) {
    let articles = distinct::articles(crawl, group, SAME);
    if (articles.len() as u32) < MIN_ARTICLES {
        return;
    }
    let of_articles: Vec<&[Line]> = articles.iter().map(|&page| &crawl.lines[page][..]).collect();
    let recurrence = Recurrence::of(&of_articles, outlet.is_some());
    let mut topical: AHashMap<u64, bool> = AHashMap::new();
    for &page in group {
        let lines = &crawl.lines[page];
        let first = first_sentence(lines);
        let recurs = |&idx: &usize| recurrence.recurs(lines, idx, first);
        let mut found: Vec<usize> = (0..lines.len()).filter(recurs).collect();
        found.retain(|&idx| {
            let mut ask = || is_topical(crawl, (page, idx), outlet, &articles, &recurrence);
            lines[idx].ending != Ending::Stop
                || !*topical.entry(lines[idx].hash).or_insert_with(&mut ask)
        });
        let distinct: AHashSet<u64> = found.iter().map(|&idx| lines[idx].hash).collect();
        if outlet.is_some() || MIN_LINES_UNKNOWN <= distinct.len() {
            for idx in found {
                furniture[page][idx] = true;
                if recurrence.is_everywhere(&lines[idx]) {
                    everywhere[page].insert(idx);
                }
            }
        }
    }
}

/// Whether a recurring sentence is about what its articles are about, and so a background paragraph
/// that they reuse: most of its names stand in their other prose too.
///
/// Names are told by their capitals, so a sentence without any capitals or small letters counts as
/// topical. The outlet's own name does not count.
fn is_topical(
    crawl: &Crawl,
    (page, idx): (usize, usize),
    outlet: Option<&str>,
    articles: &[usize],
    recurrence: &Recurrence,
) -> bool {
    let sentence = crawl.paragraphs[page][idx].span.of(crawl.pages[page].text);
    if !sentence.contains(|c: char| c.is_uppercase() || c.is_lowercase()) {
        return true;
    }
    let own: AHashSet<u64> = words(outlet.unwrap_or_default()).collect();
    let names: AHashSet<u64> = names(sentence).filter(|name| !own.contains(name)).collect();
    let hash = crawl.lines[page][idx].hash;
    let bearing = articles.iter().filter(|&&a| crawl.lines[a].iter().any(|line| line.hash == hash));
    let (mut n_names, mut n_found) = (0, 0);
    for &article in bearing.take(MIN_ARTICLES_PROSE as usize) {
        let paragraphs = crawl.paragraphs[article].iter().zip(&crawl.lines[article]);
        let body = paragraphs.filter(|(_, line)| {
            line.ending == Ending::Stop && recurrence.lines.get(line.hash) < MIN_ARTICLES
        });
        let body_words: AHashSet<u64> =
            body.flat_map(|(p, _)| words(p.span.of(crawl.pages[article].text))).collect();
        n_names += names.len();
        n_found += names.intersection(&body_words).count();
    }
    0 < n_names && n_names <= 2 * n_found
}

fn words(text: &str) -> impl Iterator<Item = u64> {
    tokenize(text).into_iter().map(|token| token.word)
}

/// The capitalised words of `text` that start no sentence.
fn names(text: &str) -> impl Iterator<Item = u64> {
    let starts_sentence = |at: usize| last_mark(&text[..at]).is_none_or(is_terminal);
    tokenize(text).into_iter().filter_map(move |token| {
        let is_name = token.span.of(text).starts_with(char::is_uppercase);
        (is_name && !starts_sentence(token.span.start as usize)).then_some(token.word)
    })
}
