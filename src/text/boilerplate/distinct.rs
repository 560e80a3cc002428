//! Which pages are articles of their own, and which the same article, crawled again?
//!
//! Compared in runs of three words, so that a copy is known with a word changed in each paragraph,
//! and by the runs of least hash: the share of them that two pages have in common estimates that of
//! all their runs (Broder 1997).

use super::Crawl;
use crate::hash::hash64_of;
use crate::text::tokenize::tokenize;
use ahash::AHashMap;
use rayon::prelude::*;

/// Runs that stand for a page: those of an article of a few paragraphs, and bounds the memory.
const MAX_RUNS: usize = 128;

/// One page of `group` for each article: a page is the same as an earlier one where one in `part`
/// of its prose, or more, is that one's too. Pages without words are none.
pub(super) fn articles(crawl: &Crawl, group: &[usize], part: usize) -> Vec<usize> {
    let runs: Vec<Vec<u64>> = group.par_iter().map(|&page| runs_of_three(crawl, page)).collect();
    let mut first_article: AHashMap<u64, usize> = AHashMap::new();
    let mut articles = Vec::new();
    for (&page, runs) in group.iter().zip(runs) {
        let mut n_shared: AHashMap<usize, usize> = AHashMap::new();
        for article in runs.iter().filter_map(|run| first_article.get(run)) {
            *n_shared.entry(*article).or_default() += 1;
        }
        if !runs.is_empty() && !n_shared.values().any(|&n| runs.len() <= part * n) {
            runs.iter().for_each(|&run| _ = first_article.entry(run).or_insert(articles.len()));
            articles.push(page);
        }
    }
    articles
}

/// The runs of three words of a page's prose, or of all its lines where it has none.
fn runs_of_three(crawl: &Crawl, page: usize) -> Vec<u64> {
    let lines = &crawl.lines[page];
    let has_prose = lines.iter().any(|line| line.is_prose());
    let body = (0..lines.len()).filter(|&idx| !has_prose || lines[idx].is_prose());
    let words: Vec<u64> =
        body.flat_map(|idx| tokenize(crawl.text(page, idx))).map(|token| token.word).collect();
    // A page of two words is one run.
    let n = words.len().clamp(1, 3);
    let mut runs: Vec<u64> = words.windows(n).map(|run| hash64_of(run.iter().copied())).collect();
    runs.sort_unstable();
    runs.dedup();
    runs.truncate(MAX_RUNS);
    runs
}
