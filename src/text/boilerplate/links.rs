//! Lists of links, link lines that share a lead-in, and links to the batch's other articles.
//!
//! All are looked for below a page's first sentence only: what stands above it are headline,
//! byline and credits.

use super::line::{Ending, Line, hash_words};
use super::{Crawl, Page, first_sentence};
use crate::text::sentence::WORD;
use ahash::{AHashMap, AHashSet};
use std::ops::Range;

/// Fewest lines of a list of links.
const MIN_LIST: usize = 4;

/// Fewest lines of one that has a heading or is among furniture, with nothing of the article below.
const MIN_SHORT_LIST: usize = 3;

/// Longest heading of a list, in words.
const MAX_HEADING: usize = 4;

/// Fewest rows of a table.
const MIN_ROWS: usize = 3;

/// Most lines after a page's last list.
const MAX_AFTER: usize = 3;

/// Longest request to subscribe, in words.
const MAX_REQUEST: usize = 40;

/// One in so many of its long words, at most, is of the article.
const FOREIGN: usize = 3;

/// Shortest headline, in units.
const MIN_TITLE: u32 = 3 * WORD as u32;

/// Longest link, in units.
const MAX_LINK: u32 = 30 * WORD as u32;

/// Longest mean length of a list's lines, in units: titles are shorter than paragraphs that only
/// lack their full stop.
const MAX_MEAN_LINK: u32 = 14 * WORD as u32;

/// Marks the lists of links of all pages, below their first sentences, and what follows the last.
pub(super) fn mark_lists(crawl: &Crawl, furniture: &mut [Vec<bool>]) {
    for (page, furniture) in furniture.iter_mut().enumerate() {
        for list in lists(crawl, page, furniture) {
            list.links.iter().for_each(|&idx| furniture[idx] = true);
            if list.is_end {
                let rest = list.range.end..furniture.len();
                furniture[rest].fill(true);
            }
        }
    }
}

/// A list of links of a page.
struct List {
    range: Range<usize>,
    /// Its lines without those that are the article's.
    links: Vec<usize>,
    /// Whether nothing of the article comes below it.
    is_end: bool,
}

fn lists(crawl: &Crawl, page: usize, furniture: &[bool]) -> Vec<List> {
    let lines = &crawl.lines[page];
    let is_kept = kept(lines);
    let is_in_list = |idx: usize| furniture[idx] || is_link(&lines[idx]);
    // Units of prose above each line.
    let mut n_above = vec![0];
    for (line, &is_furniture) in lines.iter().zip(furniture) {
        let n_here = if line.is_prose() && !is_furniture { u64::from(line.n_units) } else { 0 };
        n_above.push(n_above[n_above.len() - 1] + n_here);
    }
    let n_all = n_above[lines.len()];
    let mut n_per_line: AHashMap<u64, u32> = AHashMap::new();
    lines.iter().for_each(|line| *n_per_line.entry(line.hash).or_default() += 1);
    let all: Vec<usize> = (first_sentence(lines)..lines.len()).collect();
    let mut found = Vec::new();
    for run in all.chunk_by(|&a, &b| is_in_list(a) && is_in_list(b)) {
        let range = run[0]..run[run.len() - 1] + 1;
        let links: Vec<usize> =
            run.iter().copied().filter(|&idx| is_in_list(idx) && !is_kept[idx]).collect();
        if links.len() < MIN_SHORT_LIST || n_above[range.start] == 0 {
            continue;
        }
        let shown: Vec<&Line> = links.iter().map(|&idx| &lines[idx]).collect();
        let is_long = MIN_LIST <= links.len();
        let n_after = n_all - n_above[range.end];
        // What follows may be a line of copyright.
        let is_little = n_after <= n_all / 10;
        let is_end = is_foreign_end(crawl, page, range.clone(), is_little, furniture);
        let is_last = is_end || is_long && is_little;
        let is_introduced = lines[range.start - 1].ending == Ending::Colon;
        let has_known = links.iter().any(|&idx| furniture[idx]);
        let is_told = is_long || has_known || has_heading(&shown);
        let unknown = links.iter().filter(|&&idx| !furniture[idx]).map(|&idx| &lines[idx]);
        let is_told = is_told && !is_introduced && reads_like_titles(unknown);
        if is_last && is_told || is_long && repeats(&shown, &n_per_line) {
            found.push(List { range, links, is_end });
        }
    }
    found
}

/// Whether what follows a list, at a page's end, is short and has hardly a word of the article:
/// requests to subscribe, copyright. Sentences must be little of the page, or name the outlet.
fn is_foreign_end(
    crawl: &Crawl,
    page: usize,
    list: Range<usize>,
    is_little: bool,
    furniture: &[bool],
) -> bool {
    let lines = &crawl.lines[page];
    let rest = (list.end..lines.len()).filter(|&idx| !furniture[idx]);
    let rest: Vec<usize> = rest.take(MAX_AFTER + 1).collect();
    let is_short = |line: &Line| {
        let is_told = is_little || line.names_outlet || !line.is_prose();
        is_told && line.is_within(MAX_REQUEST) && !line.is_about && !line.is_note
    };
    if MAX_AFTER < rest.len() || !rest.iter().all(|&idx| is_short(&lines[idx])) {
        return false;
    }
    let words = crawl.prose_words(page, 0..list.start);
    rest.iter().all(|&idx| crawl.is_foreign(page, idx, &words, FOREIGN))
}

fn is_link(line: &Line) -> bool {
    matches!(line.ending, Ending::Open | Ending::Marked) && line.n_units <= MAX_LINK
}

/// What stands in lists and is the article's: credits, notes, and tables with their headings.
fn kept(lines: &[Line]) -> Vec<bool> {
    let mut kept: Vec<bool> = lines.iter().map(|line| line.is_about || line.is_note).collect();
    let is_row = |idx: usize| lines.get(idx).is_some_and(|line| line.is_row || line.is_item);
    let mut at = 0;
    while at < lines.len() {
        let mut end = at;
        // One line among the rows may be without a number: "HT: One-nil".
        while is_row(end) || at < end && is_row(end + 1) {
            end += 1;
        }
        if MIN_ROWS <= end - at {
            let has_heading = 0 < at && is_link(&lines[at - 1]);
            kept[at - usize::from(has_heading)..end].fill(true);
        }
        at = end.max(at + 1);
    }
    kept
}

/// Whether a third of the lines, and not just one line, stand on the page more than once.
fn repeats(run: &[&Line], n_per_line: &AHashMap<u64, u32>) -> bool {
    let hashes = run.iter().map(|line| line.hash);
    let again: Vec<u64> = hashes.filter(|hash| 1 < n_per_line[hash]).collect();
    run.len() <= 3 * again.len() && again.iter().any(|hash| *hash != again[0])
}

/// Whether a heading stands above titles.
fn has_heading(list: &[&Line]) -> bool {
    let is_title = |line: &&Line| MIN_TITLE <= line.n_units;
    list[0].is_within(MAX_HEADING) && list[1..].iter().all(is_title)
}

/// Whether the lines are short, and not mostly items of a list or fields of a record ("Lokasi: …"):
/// some titles have a colon too.
fn reads_like_titles<'a>(lines: impl Iterator<Item = &'a Line>) -> bool {
    let (mut n_lines, mut n_entries, mut n_units) = (0, 0, 0);
    for line in lines {
        n_lines += 1;
        n_entries += u32::from(line.is_item || line.lead_in.is_some());
        n_units += line.n_units;
    }
    3 * n_entries < 2 * n_lines && n_units <= MAX_MEAN_LINK * n_lines
}

/// Marks lines below a page's first sentence that say another page's headline.
pub(super) fn mark_titles(crawl: &Crawl, furniture: &mut [Vec<bool>]) {
    let title = |page: &Page| page.title.map(hash_words);
    let titles: AHashSet<u64> = crawl.pages.iter().filter_map(title).collect();
    let pages = crawl.pages.iter().zip(&crawl.lines);
    for ((page, lines), furniture) in pages.zip(furniture) {
        let own = title(page);
        let is_other = |hash: u64| titles.contains(&hash) && own != Some(hash);
        for (line, furniture) in lines.iter().zip(furniture).skip(first_sentence(lines)) {
            let rest = line.lead_in.as_ref().filter(|l| MIN_TITLE <= l.n_rest).map(|l| l.rest);
            let says_title = MIN_TITLE <= line.n_units && is_other(line.hash);
            *furniture |= is_link(line) && (says_title || rest.is_some_and(is_other));
        }
    }
}

/// Marks the link lines of all pages whose lead-in was learned from them.
pub(super) fn mark_lead_ins(pages: &[Vec<Line>], furniture: &mut [Vec<bool>]) {
    let mut learned: AHashMap<u64, Learned> = AHashMap::new();
    for lines in pages {
        for link in link_lines(lines).filter(|link| stands_alone(lines, link)) {
            learned.entry(link.prefix).or_default().note(&link);
        }
    }
    for (lines, furniture) in pages.iter().zip(furniture) {
        for link in link_lines(lines).filter(|link| link.ending != Ending::Stop) {
            if learned.get(&link.prefix).is_some_and(Learned::is_lead_in) {
                furniture[link.lines].fill(true);
            }
        }
    }
}

/// A lead-in with what it leads in, on its own line or on the next.
struct LinkLine {
    lines: Range<usize>,
    prefix: u64,
    rest: u64,
    ending: Ending,
}

/// What may be link lines, all below the page's first sentence: headlines have lead-ins too.
fn link_lines(lines: &[Line]) -> impl Iterator<Item = LinkLine> {
    (first_sentence(lines)..lines.len()).filter_map(|idx| {
        let lead_in = lines[idx].lead_in.as_ref()?;
        let is_lone = lead_in.n_rest == 0;
        let rest = if is_lone { lines.get(idx + 1)? } else { &lines[idx] };
        let n_rest = if is_lone { rest.n_units } else { lead_in.n_rest };
        // After a lone lead-in several lines are a list that it introduces.
        let is_list = is_lone
            && lines.get(idx + 2).is_some_and(|line| is_link(line) && line.lead_in.is_none());
        let range = idx..idx + 1 + usize::from(is_lone);
        (3 * WORD as u32 <= n_rest && n_rest <= MAX_LINK && !is_list).then_some(LinkLine {
            lines: range,
            prefix: lead_in.prefix,
            rest: rest.hash,
            ending: rest.ending,
        })
    })
}

/// Whether no line beside it has another lead-in, as in a record ("Lokasi: …", "Waktu: …").
fn stands_alone(lines: &[Line], link: &LinkLine) -> bool {
    let beside = [link.lines.start.wrapping_sub(1), link.lines.end];
    beside.into_iter().filter_map(|idx| lines.get(idx)).all(|line| {
        let other = line.lead_in.as_ref().is_some_and(|lead_in| lead_in.prefix != link.prefix);
        !other || line.ending == Ending::Stop
    })
}

/// What was seen of a lead-in.
#[derive(Default)]
struct Learned {
    first: Option<u64>,
    /// Whether it leads in two different lines.
    varies: bool,
    n_open: u32,
    n_stop: u32,
}

impl Learned {
    fn note(&mut self, link: &LinkLine) {
        if link.ending == Ending::Stop {
            self.n_stop += 1;
        } else if link.ending == Ending::Open {
            self.n_open += 1;
            self.varies |= *self.first.get_or_insert(link.rest) != link.rest;
        }
    }

    /// A speaker's name before what was said, or a town's before its report, also leads in lines
    /// with a full stop.
    fn is_lead_in(&self) -> bool {
        self.varies && 2 * self.n_stop <= self.n_open
    }
}
