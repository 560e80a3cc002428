//! Lists of links, and link lines that share a lead-in.
//!
//! Both are looked for below a page's first sentence only: what stands above it are headline,
//! byline and credits.

use super::{Ending, Line};
use crate::text::sentence::WORD;
use ahash::AHashMap;
use std::ops::Range;

/// Fewest lines of a list of links.
const MIN_LIST: usize = 4;

/// Longest link, in units.
const MAX_LINK: u32 = 30 * WORD as u32;

/// Longest mean length of a list's lines, in units: titles are shorter than paragraphs that only
/// lack their full stop.
const MAX_MEAN_LINK: u32 = 14 * WORD as u32;

/// Marks the lists of links of a page, all below its first sentence.
pub(super) fn mark_lists(lines: &[Line], furniture: &mut [bool]) {
    let is_prose: Vec<bool> =
        lines.iter().zip(&*furniture).map(|(line, &f)| line.ending == Ending::Stop && !f).collect();
    let prose = |range: Range<usize>| -> u64 {
        range.filter(|&idx| is_prose[idx]).map(|idx| u64::from(lines[idx].n_units)).sum()
    };
    let n_prose = prose(0..lines.len());
    let mut n_per_line: AHashMap<u64, u32> = AHashMap::new();
    lines.iter().for_each(|line| *n_per_line.entry(line.hash).or_default() += 1);
    let mut n_before = 0;
    let mut at = 0;
    for run in lines.chunk_by(|a, b| is_link(a) && is_link(b)) {
        let range = at..at + run.len();
        at = range.end;
        n_before += prose(range.clone());
        if n_before == 0 || run.len() < MIN_LIST {
            continue;
        }
        // What follows may be a line of copyright.
        let is_last = n_prose - n_before <= n_prose / 10;
        let is_introduced = lines[range.start - 1].ending == Ending::Colon;
        if repeats(run, &n_per_line) || is_last && !is_introduced && reads_like_titles(run) {
            furniture[range].fill(true);
        }
    }
}

fn is_link(line: &Line) -> bool {
    matches!(line.ending, Ending::Open | Ending::Marked) && line.n_units <= MAX_LINK
}

/// Whether a third of the lines, and not just one line, stand on the page more than once.
fn repeats(run: &[Line], n_per_line: &AHashMap<u64, u32>) -> bool {
    let hashes = run.iter().map(|line| line.hash);
    let again: Vec<u64> = hashes.filter(|hash| 1 < n_per_line[hash]).collect();
    run.len() <= 3 * again.len() && again.iter().any(|hash| *hash != again[0])
}

/// Whether most lines are no items of a list or fields of a record ("Lokasi: …"), and short.
fn reads_like_titles(run: &[Line]) -> bool {
    let n_entries = run.iter().filter(|line| line.is_item || line.lead_in.is_some()).count();
    let n_units: u32 = run.iter().map(|line| line.n_units).sum();
    2 * n_entries < run.len() && n_units <= MAX_MEAN_LINK * run.len() as u32
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
    let first = lines.iter().position(|line| line.ending == Ending::Stop).unwrap_or(lines.len());
    (first..lines.len()).filter_map(|idx| {
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
