//! How do the lines of a text make up its paragraphs?
//!
//! Wrapped text shows by its fill: no line could have taken the next line's first word, wherever
//! its sentences end. That tells little of a text of few lines, and nothing of a line that
//! something was cut out of (a dateline). Where the first line of each paragraph is indented and no
//! other is, the indents tell more.
//!
//! Both are read off the whole text, from its pairs of lines that follow each other. Lists too have
//! lines of about one width, and menus have indents, but few of their entries start in mid-sentence.

use super::line::{Line, Start};

/// How the lines of one text relate to its paragraphs; by default, each line is one.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Columns at which the text was wrapped; `None` where it was not.
    width: Option<usize>,
    /// Most columns of white space before a line that goes on with the one before; `None` where
    /// indents say nothing.
    margin: Option<usize>,
}

impl Layout {
    /// Reads the layout off all lines of a text, in linear time.
    pub fn of(lines: &[Line]) -> Layout {
        let pairs: Vec<Pair> = lines
            .iter()
            .zip(lines.iter().skip(1))
            .map(|(line, next)| Pair { line, next })
            .filter(|pair| !pair.next.after_blank && pair.is_prose())
            .collect();
        indented(lines, &pairs).or_else(|| filled(lines, &pairs)).unwrap_or_default()
    }

    /// Whether `next` goes on with a paragraph that has the lines `before`.
    pub fn goes_on(&self, before: &[Line], next: &Line) -> bool {
        let Some(line) = before.last().filter(|_| !next.after_blank) else { return false };
        let pair = Pair { line, next };
        // A line may start with a dash in mid-sentence.
        let is_prose = pair.is_prose() || pair.is_text() && !line.is_ended;
        let is_full = is_prose && self.width.is_some_and(|width| pair.is_full(width));
        // Each line has a word, so the last few say whether there are enough.
        let n_words = before.iter().rev().take(MIN_START).map(|line| line.n_words).sum();
        let is_broken = pair.is_broken(n_words);
        match self.margin {
            // A stray space in mid-sentence.
            Some(margin) if margin < next.indent => is_full && is_broken,
            // "the U.S." ends no sentence before a small letter, and the first line is short where
            // a dateline was cut out of it.
            Some(_) if pair.is_prose() => {
                is_full || !line.is_ended || line.is_first || next.start == Start::Lower
            }
            _ => is_full || is_broken,
        }
    }
}

/// The layout of a text that indents the first lines of its paragraphs; `None` where it does not.
///
/// Small letters must show that lines which are not indented start in mid-sentence. Where they do
/// not (names, scripts without case), every such line must follow a full one, and most paragraphs
/// of several lines must end like sentences.
fn indented(lines: &[Line], pairs: &[Pair]) -> Option<Layout> {
    // What stood before the first line may have been cut off.
    let margin = lines.iter().skip(1).filter(|line| !line.is_row).map(|line| line.indent).min()?;
    let (flush, deep): (Vec<&Pair>, Vec<&Pair>) =
        pairs.iter().partition(|pair| pair.next.indent <= margin);
    let width = width(&flush)?;
    // Nor does the first line say anything of the width, where a dateline was cut out of it.
    let n_inner = count(&flush, |pair| !pair.line.is_first);
    let n_full = count(&flush, |pair| !pair.line.is_first && pair.is_full(width));
    let n_ended = count(&flush, |pair| pair.line.is_ended);
    let n_upper = count(&flush, |pair| pair.next.start == Start::Upper);
    let n_broken = count(&flush, |pair| pair.is_broken(usize::MAX));
    let n_deep_broken = count(&deep, |pair| pair.is_broken(usize::MAX));

    let shows_case = 1 <= n_broken && n_upper * 3 <= flush.len() * 2 && n_inner <= n_full * 2;
    let shows_fill = 1 <= n_full && n_inner <= n_full && are_whole(lines, margin);
    let is_indented = 1 <= n_inner
        && !deep.is_empty()
        && are_within(lines, width)
        && n_ended * 3 <= flush.len()
        && n_deep_broken * 4 <= deep.len()
        && (shows_case || shows_fill);
    is_indented.then_some(Layout { width: Some(width), margin: Some(margin) })
}

/// The layout of a text whose lines are filled, and broken at random, not where sentences end;
/// `None` where they are not.
///
/// Where small letters show that most lines start in mid-sentence, three lines in five must be
/// full. Where they do not (scripts without case, nouns with capitals), nearly every line must be
/// that does not end a sentence.
fn filled(lines: &[Line], pairs: &[Pair]) -> Option<Layout> {
    let pairs: Vec<&Pair> = pairs.iter().collect();
    let width = width(&pairs)?;
    let (full, short): (Vec<&Pair>, Vec<&Pair>) =
        pairs.iter().partition(|pair| pair.is_full(width));
    let n_ended = count(&full, |pair| pair.line.is_ended);
    let n_upper = count(&full, |pair| pair.next.start == Start::Upper);
    let n_broken = count(&full, |pair| pair.is_broken(usize::MAX));
    let n_loose = count(&short, |pair| !pair.line.is_ended && !pair.line.is_first);

    let shows_case =
        1 <= n_broken && n_upper * 2 <= full.len() && pairs.len() * 3 <= full.len() * 5;
    let shows_fill = n_loose * 8 <= full.len() && n_upper * 4 <= full.len() * 3;
    let is_long = MIN_FULL <= full.len();
    let is_plain = full.len() <= n_broken * 2 || n_ended == 0 && are_whole(lines, usize::MAX);
    let is_filled = are_within(lines, width)
        && n_ended * 3 <= full.len()
        && (shows_case || shows_fill)
        && (is_long || 2 <= full.len() && is_plain);
    is_filled.then_some(Layout { width: Some(width), margin: None })
}

/// Fewer full lines could be chance, unless other signs speak for them. One line is always full:
/// the widest.
const MIN_FULL: usize = 4;

/// Whether the lines keep to `width`, but for few that nobody wrapped.
fn are_within(lines: &[Line], width: usize) -> bool {
    let wider = lines.iter().filter(|line| !line.is_row && width < line.columns);
    wider.count() * 5 <= lines.len()
}

/// Whether most paragraphs of several lines end like sentences, where one ends at an empty line or
/// before a line that is indented more than `margin`.
fn are_whole(lines: &[Line], margin: usize) -> bool {
    let is_inside = |line: &Line| !line.after_blank && line.indent <= margin;
    let next = lines.iter().skip(1).map(Some).chain([None]);
    let last: Vec<&Line> = lines
        .iter()
        .zip(next)
        .filter(|(line, next)| is_inside(line) && !next.is_some_and(is_inside))
        .map(|(line, _)| line)
        .collect();
    last.iter().filter(|line| !line.is_ended).count() * 3 <= last.len()
}

/// The width that nine in ten lines with a next one keep to; `None` where no text is wrapped at it.
fn width(pairs: &[&Pair]) -> Option<usize> {
    let mut widths: Vec<usize> = pairs.iter().map(|pair| pair.line.columns).collect();
    let ninth = widths.len() * 9 / 10;
    let width = (ninth < widths.len()).then(|| *widths.select_nth_unstable(ninth).1)?;
    WRAP_WIDTHS.contains(&width).then_some(width)
}

/// Columns that text is wrapped at: twenty Chinese characters to wide terminals. Titles of a list
/// are narrower, and of one width more often.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 40..=140;

fn count(pairs: &[&Pair], is: impl Fn(&Pair) -> bool) -> usize {
    pairs.iter().filter(|pair| is(pair)).count()
}

/// Words that a sentence has before a line end that it goes on after.
const MIN_START: usize = 4;

/// Two lines that follow each other.
struct Pair<'l> {
    line: &'l Line,
    next: &'l Line,
}

impl Pair<'_> {
    /// Whether neither is a row of a table, whose width and ends say nothing.
    fn is_text(&self) -> bool {
        !self.line.is_row && !self.next.is_row
    }

    /// Whether the next line is no entry of a list either.
    fn is_prose(&self) -> bool {
        self.is_text() && self.next.start != Start::Item
    }

    /// Whether a text of `width` columns had no room for the next line's first word.
    fn is_full(&self, width: usize) -> bool {
        width < self.line.columns + self.next.first_word
    }

    /// Whether the line end is in mid-sentence, after `n_words` words of the paragraph. Lower-case
    /// entries of a list (tags) are no sentence: the start must have some words already.
    fn is_broken(&self, n_words: usize) -> bool {
        let starts_broken = match self.next.start {
            Start::Closing => true,
            Start::Lower => MIN_START <= n_words,
            Start::Upper | Start::Item | Start::Other => false,
        };
        starts_broken && !self.line.is_lead && !self.line.is_ended
    }
}
