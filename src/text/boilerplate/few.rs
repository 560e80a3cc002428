//! Lines that recur on few distinct articles of one outlet.
//!
//! Two articles of one story share sentences, subheadings and background, so that a line which both
//! have says little by itself. It must stand in the same part of both pages, be short or name the
//! outlet, and have hardly any word that the articles' prose has.

use super::line::{Ending, Line};
use super::recurring::{Counts, by_outlet};
use super::{Crawl, distinct, first_sentence};
use crate::hash::hash64_of;
use ahash::AHashSet;

/// With more pages [`super::recurring`] sees enough.
const MAX_PAGES: usize = 40;

/// Pages that share one in so many words, in runs of three, are one article, perhaps brought up to
/// date.
const SAME: usize = 3;

/// Longest line inside an article, in words: "ADVERTISEMENT", no subheading that says something.
const MAX_INSIDE: usize = 6;

/// Longest line below an article that does not name the outlet.
const MAX_BELOW: usize = 12;

/// Longest request to subscribe, in words.
const MAX_REQUEST: usize = 40;

/// A part of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Above,
    Front,
    Inside,
    Below,
}

/// Marks the lines that recur in the pages of one outlet, where these are few.
pub(super) fn mark(crawl: &Crawl, furniture: &mut [Vec<bool>]) {
    for (outlet, group) in by_outlet(crawl.pages) {
        if outlet.is_some() && (2..=MAX_PAGES).contains(&group.len()) {
            mark_recurring(crawl, &group, furniture);
        }
    }
}

fn mark_recurring(crawl: &Crawl, group: &[usize], furniture: &mut [Vec<bool>]) {
    let articles = distinct::articles(crawl, group, SAME);
    let mut lines = Counts::default();
    for (number, &page) in (0..).zip(&articles) {
        crawl.lines[page].iter().for_each(|line| lines.note(line.hash, number));
    }
    let recurs = |line: &Line| 2 <= lines.get(line.hash);
    let mut parts = Counts::default();
    for (number, &page) in (0..).zip(&articles) {
        let page = &crawl.lines[page];
        let key = |(idx, part): (usize, Part)| hash64_of([page[idx].hash, part as u64]);
        parts_of(page, &recurs).map(key).for_each(|key| parts.note(key, number));
    }
    let min = (articles.len() as u32).div_ceil(2).max(2);
    for &page in group {
        let lines = &crawl.lines[page];
        let found = parts_of(lines, &recurs).filter(|&(idx, part)| {
            may_be(&lines[idx], part) && min <= parts.get(hash64_of([lines[idx].hash, part as u64]))
        });
        let found: Vec<(usize, Part)> = found.collect();
        if found.is_empty() {
            continue;
        }
        let words = own_words(crawl, page, &recurs);
        for (idx, part) in found {
            furniture[page][idx] |= crawl.is_foreign(page, idx, &words, part.foreign());
        }
    }
}

impl Part {
    /// One in so many of a line's long words, at most, is of the article. Above a headline only a
    /// kicker is.
    fn foreign(self) -> usize {
        if self == Part::Above { 1 } else { 3 }
    }
}

/// Whether a line of that shape may be furniture in that part of a page.
fn may_be(line: &Line, part: Part) -> bool {
    if line.is_about || line.is_title || line.is_note || line.is_row || line.has_date {
        return false;
    }
    match part {
        Part::Above => line.is_within(MAX_BELOW),
        Part::Front => line.is_within(MAX_INSIDE) && line.ending == Ending::Colon,
        Part::Inside => line.is_within(MAX_INSIDE) && line.ending == Ending::Open,
        Part::Below if line.names_outlet => line.is_within(MAX_REQUEST),
        Part::Below => line.is_within(MAX_BELOW) && line.ending != Ending::Stop,
    }
}

/// The lines of a page with the part they stand in. The article ends with the last sentence that
/// does not recur.
fn parts_of<'a>(
    page: &'a [Line],
    recurs: &impl Fn(&Line) -> bool,
) -> impl Iterator<Item = (usize, Part)> + 'a {
    let first = first_sentence(page);
    let title = page[..first].iter().position(|line| line.is_title).unwrap_or(0);
    let last = page.iter().rposition(|line| line.is_prose() && !recurs(line));
    let last = last.unwrap_or(page.len());
    (0..page.len()).map(move |idx| match idx {
        _ if idx < title => (idx, Part::Above),
        _ if idx < first => (idx, Part::Front),
        _ if idx < last => (idx, Part::Inside),
        _ => (idx, Part::Below),
    })
}

/// The long words of the prose that is this page's alone.
fn own_words(crawl: &Crawl, page: usize, recurs: &impl Fn(&Line) -> bool) -> AHashSet<u64> {
    let lines = crawl.lines[page].iter().enumerate();
    let own = lines.filter(|(_, line)| line.is_prose() && !recurs(line));
    own.flat_map(|(idx, _)| crawl.long_words(page, idx)).collect()
}
