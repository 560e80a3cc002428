//! What do the lines above an article say: its headline, its author, its date?
//!
//! The lines above the prose are few and short, and each is told by its shape: a *stamp* gives a
//! date and hardly anything else, a *label* names a role without a name ("Penulis"), the rest are
//! headlines, names and site furniture. The first line of prose is the *opening*, which may start
//! with a dateline. A date inside a sentence is never one of publication.

use super::date::Order;
use super::dateline;
use super::lexicon::{Class, Classes, classes};
use super::stamp::{Stamp, is_desk, is_person, labelled_author, stamp, starts_with_label};
use super::words::floor;
use crate::span::ByteSpan;
use crate::text::Paragraph;
use crate::text::domain;
use crate::text::paragraph::is_blank;
use crate::text::tokenize::tokenize;
use ahash::AHashSet;
use jiff::civil::Date;

/// The lines above a text's prose, and where the prose starts.
#[derive(Debug, Default)]
pub(super) struct Top<'t> {
    lines: Vec<Line<'t>>,
    /// The first lines of the text that stand above the prose: the site's own, if any.
    header: Vec<&'t str>,
    /// The text from the first line of prose on, as far as it is looked at; empty where no prose
    /// was found.
    body: &'t str,
}

/// One line above the prose, or at its start.
#[derive(Debug)]
struct Line<'t> {
    /// Where it starts in the text.
    start: usize,
    /// Without surrounding white space.
    text: &'t str,
    shape: Shape<'t>,
    /// It is a paragraph by itself, not part of wrapped text.
    whole: bool,
}

/// What a line is by its shape.
#[derive(Debug)]
enum Shape<'t> {
    /// A date with at most a name, an outlet and labels beside it.
    Stamp(Stamp<'t>),
    /// A role without a name.
    Label(Classes),
    /// A sentence or more.
    Prose,
    /// A headline, a name, or furniture.
    Plain,
}

/// Lines above the prose that are its top, and lines searched for prose: a page's menus may
/// stand above the top.
const MAX_LINES: usize = 16;
const MAX_SEARCH: usize = 1000;
/// Lines at the start of a page that may name the site.
const MAX_HEADER: usize = 4;
/// Lines that belong together around the start of the prose.
const NEAR_LINES: usize = 5;
/// Parts of a line above the prose that make it a menu: "Front Page | World | Opinion".
const MENU_PARTS: usize = 3;
/// Bytes of a line above the prose, and of the prose that is looked at.
const MAX_LINE: usize = 400;
const MAX_BODY: usize = 8 << 10;

impl<'t> Top<'t> {
    /// Reads the lines above the prose. `order` reads ambiguous dates.
    pub(super) fn read(
        text: &'t str,
        paragraphs: &'t [Paragraph],
        order: &impl Fn(Date, Date) -> Order,
    ) -> Self {
        let mut lines = first_lines(text, paragraphs, order);
        let opening = opening(&lines);
        let body = opening.map_or("", |i| {
            let start = lines[i].start;
            &text[start..floor(text, start + MAX_BODY)]
        });
        // Where no prose comes, the lines at the start are the top.
        lines.truncate(opening.unwrap_or(MAX_LINES));
        let header = lines.iter().take(MAX_HEADER).map(|line| line.text).collect();
        Top { lines: lines.split_off(lines.len().saturating_sub(MAX_LINES)), header, body }
    }

    /// The first line of prose.
    pub(super) fn opening(&self) -> Option<&'t str> {
        self.body.lines().next()
    }

    /// The prose, as far as it is looked at.
    pub(super) fn body(&self) -> &'t str {
        self.body
    }

    /// The parts of the text's first lines, as bars, dashes and wide gaps set them apart.
    pub(super) fn header(&self) -> impl Iterator<Item = &'t str> {
        self.header.iter().flat_map(|line| parts(line))
    }

    /// The text's first lines above the prose.
    pub(super) fn header_lines(&self) -> impl Iterator<Item = &'t str> {
        self.header.iter().copied()
    }

    /// Whether the line of the top gives a date, a role or a sentence: nothing of the site's own.
    pub(super) fn is_about(&self, text: &str) -> bool {
        self.lines.iter().any(|line| line.text == text && !line.is_plain())
    }

    /// What stands where authors are named: labelled lines, desks, and what precedes a date.
    pub(super) fn bylines(&self) -> impl Iterator<Item = &'t str> {
        let title = self.title();
        let signs = |line: &str| is_desk_with_outlet(line) || starts_with_label(line);
        self.lines.iter().filter_map(move |line| match &line.shape {
            _ if Some(line.text) == title => None,
            Shape::Stamp(stamp) => Some(stamp.before),
            Shape::Plain if signs(line.text) => Some(line.text),
            _ => None,
        })
    }

    /// The lines that are about the article and no part of it: dates, roles and who has them, menus.
    pub(super) fn front_matter(&self) -> Vec<ByteSpan> {
        let author = self.author();
        let is_front = |line: &&Line<'_>| match line.shape {
            Shape::Stamp(_) | Shape::Label(_) => true,
            Shape::Prose => false,
            Shape::Plain => {
                is_desk(line.text)
                    || starts_with_label(line.text)
                    || Some(line.text) == author
                    || MENU_PARTS <= parts(line.text).count()
            }
        };
        let span = |line: &Line<'_>| ByteSpan::new(line.start, line.start + line.text.len());
        self.lines.iter().filter(is_front).map(span).collect()
    }

    /// The lines that give a date, the best first: those of a later change come last, those
    /// without a time of day (a page's own date) before them; else the nearest to the prose.
    pub(super) fn stamps(&self) -> Vec<&Stamp<'t>> {
        let mut stamps: Vec<&Stamp<'t>> = self
            .lines
            .iter()
            .rev()
            .filter_map(|line| match &line.shape {
                Shape::Stamp(stamp) => Some(stamp),
                _ => None,
            })
            .collect();
        stamps.sort_by_key(|stamp| (stamp.is_update(), !stamp.found.moment.has_time()));
        stamps
    }

    /// The headline: of the lines just above the date the one whose words come again most in the
    /// prose; without a date, the first whose words do, about as much as any line's.
    pub(super) fn title(&self) -> Option<&'t str> {
        let words: AHashSet<u64> = long_words(self.body).collect();
        let shaped = self.headlines();
        let echo = |i: usize| echo(self.lines[i].text, &words);
        let best = shaped.iter().map(|&i| echo(i)).max().filter(|_| !words.is_empty())?;
        let stamp = self.lines.iter().rposition(Line::is_stamp);
        let above = stamp.map_or(0..0, |at| at.saturating_sub(NEAR_LINES)..at);
        let above: Vec<usize> = shaped.iter().copied().filter(|i| above.contains(i)).collect();
        let echoes = |i: &usize| 0 < echo(*i);
        let title = above
            .iter()
            .copied()
            .filter(echoes)
            .max_by_key(|&i| echo(i))
            .or_else(|| shaped.into_iter().find(|i| echoes(i) && best <= 2 * echo(*i)))
            // A headline in words of its own is the only line of its shape above the date.
            .or_else(|| above.first().copied().filter(|_| above.len() == 1))?;
        Some(self.lines[title].text)
    }

    /// The lines of a headline's shape. The page's first line may be the site's name and motto:
    /// it counts only where it is the only one.
    fn headlines(&self) -> Vec<usize> {
        let author = self.author();
        let shaped: Vec<usize> = (0..self.lines.len())
            .filter(|&i| self.may_be_title(i) && Some(self.lines[i].text) != author)
            .collect();
        let is_banner = |i: usize| {
            let text = self.lines[i].text;
            self.header.first() == Some(&text) && 1 < parts(text).count()
        };
        let own: Vec<usize> = shaped.iter().copied().filter(|&i| !is_banner(i)).collect();
        if own.is_empty() { shaped } else { own }
    }

    fn may_be_title(&self, idx: usize) -> bool {
        let line = &self.lines[idx];
        let followed = self.lines.get(idx + 1).is_some_and(|next| !next.is_plain());
        let signs = labelled_author(line.text).is_some();
        line.is_plain() && (line.whole || followed) && is_headline(line.text) && !signs
    }

    /// Who wrote it: the name behind a label in its line, or on the line beside a lone label.
    pub(super) fn author(&self) -> Option<&'t str> {
        self.lines
            .iter()
            .find_map(|line| match &line.shape {
                Shape::Stamp(stamp) => stamp.author(),
                Shape::Plain => labelled_author(line.text),
                Shape::Label(_) | Shape::Prose => None,
            })
            .or_else(|| self.author_beside_label())
            .or_else(|| self.desk_beside_date())
    }

    /// The desk in the line above or below the date: "Redaksi Lentera Pagi".
    fn desk_beside_date(&self) -> Option<&'t str> {
        let stamp = self.lines.iter().rposition(Line::is_stamp)?;
        let beside = self.lines.iter().take(stamp + 2).skip(stamp.saturating_sub(1));
        let named = |line: &Line<'t>| parts(line.text).filter_map(|part| part.split(',').next());
        beside.flat_map(named).find(|text| is_desk(text))
    }

    /// The name above or below a lone "Penulis". Names and roles alternate: where the run of them
    /// ends with a role, names stand above their roles.
    fn author_beside_label(&self) -> Option<&'t str> {
        let label = self.lines.iter().position(|line| match line.shape {
            Shape::Label(classes) => classes.has(Class::LabelAuthor),
            _ => false,
        })?;
        let in_run = |line: &&Line<'_>| line.is_label() || line.is_name();
        let run = self.lines[label..].iter().take_while(in_run).count();
        let names_above = self.lines[label + run - 1].is_label();
        let beside = if names_above { label.checked_sub(1)? } else { label + 1 };
        // A short headline has a name's shape: it is one where there is no other.
        let named = self.lines.get(beside).filter(|line| line.is_name())?;
        let titled = (0..self.lines.len()).any(|i| i != beside && self.may_be_title(i));
        (titled || !is_headline(named.text)).then_some(named.text)
    }
}

/// Whether the line is few words, one of which stands for those who write without a name:
/// "Tim Redaksi - Nusa Kini".
fn is_desk_with_outlet(line: &str) -> bool {
    let desk = |word: &str| classes(word.trim_end_matches([',', ':'])).has(Class::Desk);
    line.split_whitespace().count() <= 8 && line.split_whitespace().any(desk)
}

/// The parts of a line, as bars, dashes and wide gaps set them apart.
pub(super) fn parts(line: &str) -> impl Iterator<Item = &str> + Clone {
    let bar = |c| matches!(c, '|' | '•' | '·' | '»' | '>' | '—' | '–' | '\t');
    let split = line.split(bar).flat_map(|part| part.split("  "));
    split.flat_map(|part| part.split(" - ")).map(str::trim).filter(|part| !part.is_empty())
}

impl Line<'_> {
    fn is_prose(&self) -> bool {
        matches!(self.shape, Shape::Prose)
    }

    fn is_plain(&self) -> bool {
        matches!(self.shape, Shape::Plain)
    }

    fn is_stamp(&self) -> bool {
        matches!(self.shape, Shape::Stamp(_))
    }

    fn is_label(&self) -> bool {
        matches!(self.shape, Shape::Label(_))
    }

    fn is_name(&self) -> bool {
        self.is_plain() && is_person(self.text, 2)
    }
}

/// The lines up to a few behind the start of the prose.
fn first_lines<'t>(
    text: &'t str,
    paragraphs: &'t [Paragraph],
    order: &impl Fn(Date, Date) -> Order,
) -> Vec<Line<'t>> {
    let mut lines: Vec<Line<'t>> = Vec::new();
    let (mut last_prose, mut end) = (None, MAX_SEARCH);
    for (span, whole) in spans(text, paragraphs) {
        if end <= lines.len() {
            break;
        }
        let line = span.of(text);
        let shape = shape(line, order);
        lines.push(Line { start: span.start as usize, text: line, shape, whole });
        let at = lines.len() - 1;
        if lines[at].is_prose() {
            if last_prose.is_some_and(|last| at < last + NEAR_LINES) {
                end = end.min(at + NEAR_LINES);
            }
            last_prose = Some(at);
        }
    }
    lines
}

/// The lines of the paragraphs that have content, and whether each is a paragraph by itself.
fn spans<'t>(
    text: &'t str,
    paragraphs: &'t [Paragraph],
) -> impl Iterator<Item = (ByteSpan, bool)> + 't {
    paragraphs.iter().flat_map(move |paragraph| {
        let whole = !paragraph.span.of(text).contains('\n');
        let mut at = paragraph.span.start as usize;
        paragraph.span.of(text).split_inclusive('\n').filter_map(move |line| {
            let start = at + line.len() - line.trim_start_matches(is_blank).len();
            at += line.len();
            let len = line.trim_matches(is_blank).len();
            (0 < len).then(|| (ByteSpan::new(start, start + len), whole))
        })
    })
}

fn shape<'t>(line: &'t str, order: &impl Fn(Date, Date) -> Order) -> Shape<'t> {
    if let Some(stamp) = stamp(line, order) {
        return Shape::Stamp(stamp);
    }
    if is_prose(line) {
        return Shape::Prose;
    }
    let labels = [Class::LabelAuthor, Class::LabelDate, Class::LabelOther, Class::LabelUpdated];
    let known = classes(line.trim_end_matches([':', ' ']));
    if known.any(&labels) { Shape::Label(known) } else { Shape::Plain }
}

/// Whether the line is prose: a sentence, a text too long for anything else, or a dateline's.
fn is_prose(line: &str) -> bool {
    if MAX_LINE < line.len() {
        return true;
    }
    let n_words = tokenize(line).len();
    let last = line.trim_end_matches(['"', '”', '»', '\'', '’', ')', ']', ' ']);
    let least = match last.chars().next_back() {
        // Teasers are cut off.
        _ if last.ends_with("..") || last.ends_with('…') => 41,
        Some('.' | '。' | '।' | '۔') => 8,
        // Headlines ask and exclaim too.
        Some('?' | '!' | '？' | '！') => 25,
        _ => 41,
    };
    least <= n_words || 8 <= n_words && dateline::of(line, line).is_some()
}

/// The line that the article's prose starts with. A sentence alone among other lines may be a
/// menu's; a caption or a summary may stand above the dateline or the date.
fn opening(lines: &[Line<'_>]) -> Option<usize> {
    let near = |i: usize| &lines[i + 1..lines.len().min(i + NEAR_LINES)];
    let prose = || (0..lines.len()).filter(|&i| lines[i].is_prose());
    let goes_on = |&i: &usize| near(i).iter().any(Line::is_prose);
    let first = prose().find(goes_on).or_else(|| prose().next())?;
    let below = || prose().filter(move |i| (first..first + NEAR_LINES).contains(i));
    let has_dateline = |&i: &usize| dateline::of(lines[i].text, "").is_some();
    let dated = lines[first.saturating_sub(MAX_LINES)..first].iter().any(Line::is_stamp);
    let after_stamp = || {
        let stamp = first + 1 + near(first).iter().position(Line::is_stamp)?;
        below().find(|&i| stamp < i).filter(|_| !dated)
    };
    below().find(has_dateline).or_else(after_stamp).or(Some(first))
}

/// Whether the line has a headline's shape: 4 to 40 words, no full stop inside or behind, no
/// label, trail of links or picture credit.
fn is_headline(line: &str) -> bool {
    let labelled = starts_with_label(line) && line.contains(':');
    let credited =
        line.ends_with(')') && line.rfind('(').is_some_and(|at| line[at..].contains('/'));
    let ends_otherwise = line.ends_with(['.', ',', ':', ';', '…', '+']);
    let trail = line.contains(['>', '»', '|', '©', '#']) || line.contains("  ");
    let other = labelled || credited || ends_otherwise || trail || breaks_sentence(line);
    !other && (4..=40).contains(&tokenize(line).len()) && domain::find(line).next().is_none()
}

/// Whether a sentence ends inside the line: a full stop behind a word, before a capital.
fn breaks_sentence(line: &str) -> bool {
    line.match_indices(". ").any(|(at, _)| {
        let word = line[..at].rsplit(' ').next().unwrap_or("");
        4 <= word.chars().count()
            && word.ends_with(char::is_lowercase)
            && line[at + 2..].trim_start().starts_with(char::is_uppercase)
    })
}

/// How many of the line's long words are among `words`; 0 where it is less than a quarter. A
/// headline tells of the article, site furniture of the site.
fn echo(line: &str, words: &AHashSet<u64>) -> usize {
    let own: AHashSet<u64> = long_words(line).collect();
    let echoed = own.iter().filter(|word| words.contains(word)).count();
    if echoed * 4 < own.len() { 0 } else { echoed }
}

/// Hashes of the words of four letters and more; of scripts without spaces, of all.
fn long_words(text: &str) -> impl Iterator<Item = u64> + '_ {
    let long = |span: ByteSpan| 4 <= span.len() || !span.of(text).is_ascii();
    tokenize(text).into_iter().filter(move |t| long(t.span)).map(|token| token.word)
}
