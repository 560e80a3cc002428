//! What stands above the headline, and rows of short parts wherever they stand.

use super::line::Line;
use super::{Crawl, first_sentence};

/// The headline is looked for in so many lines: further down it is a link.
const MAX_TOP: usize = 12;

/// Longest line above a headline: a slogan, a request to subscribe, a notice on cookies.
const MAX_ABOVE: usize = 20;

/// Fewest lines of a menu that has each of its words on a line.
const MIN_COLUMN: usize = 3;

/// Marks mastheads, menus and bars.
pub(super) fn mark(crawl: &Crawl, furniture: &mut [Vec<bool>]) {
    for (page, furniture) in furniture.iter_mut().enumerate() {
        let lines = &crawl.lines[page];
        lines.iter().zip(&mut *furniture).for_each(|(line, furniture)| *furniture |= line.is_menu);
        mark_above_headline(crawl, page, furniture);
        mark_columns(lines, furniture);
    }
}

/// What stands above the headline belongs to the site where it names the site, or where its words
/// are not the article's: else it may be the headline's kicker.
fn mark_above_headline(crawl: &Crawl, page: usize, furniture: &mut [bool]) {
    let lines = &crawl.lines[page];
    let Some(title) = lines.iter().take(MAX_TOP).position(|line| line.is_title) else { return };
    let may_be = |line: &Line| {
        let is_dated = line.has_date && !line.names_outlet;
        !line.is_prose() && !line.is_about && !is_dated && line.is_within(MAX_ABOVE)
    };
    let above: Vec<usize> = (0..title).filter(|&idx| may_be(&lines[idx])).collect();
    if above.is_empty() {
        return;
    }
    let words = crawl.prose_words(page, title..lines.len());
    let is_sites =
        |idx: &usize| lines[*idx].names_outlet || crawl.is_foreign(page, *idx, &words, 2);
    above.into_iter().filter(is_sites).for_each(|idx| furniture[idx] = true);
}

/// Marks menus that have each of their words on a line, between headline and article.
fn mark_columns(lines: &[Line], furniture: &mut [bool]) {
    let title = lines.iter().take(MAX_TOP).position(|line| line.is_title).unwrap_or(lines.len());
    let is_entry =
        |line: &Line| line.is_within(1) && !line.is_prose() && !line.is_about && !line.has_date;
    let top = title.min(first_sentence(lines))..first_sentence(lines);
    let mut at = top.start;
    for run in lines[top].chunk_by(|a, b| is_entry(a) && is_entry(b)) {
        if MIN_COLUMN <= run.len() {
            furniture[at..at + run.len()].fill(true);
        }
        at += run.len();
    }
}
