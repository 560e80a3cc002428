//! How does text of unknown origin stand on a terminal? Wrapped to its width, and unable to
//! command it: control characters and everything that turns the direction of writing are shown,
//! not sent.

use crate::text::tokenize::is_unspaced;
use anstyle::Style;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The text on one line, with every character that could command a terminal written as `\u{1b}`
/// is. Every run of white space that is not plain spaces becomes one space; hints for breaking
/// words, which show nothing, are left out.
pub fn escape_line(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| c != ' ' && c.is_whitespace()) {
        let words: Vec<&str> = text.split_whitespace().collect();
        return Cow::Owned(escape(&words.join(" ")).into_owned());
    }
    escape(text)
}

fn escape(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_command(c) || is_break_hint(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_command(c) {
            out.extend(c.escape_unicode());
        } else if !is_break_hint(c) {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Whether a terminal acts on the character instead of drawing it.
fn is_command(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' // direction
            | '\u{2066}'..='\u{206f}' // isolates, and deprecated format characters
            | '\u{2028}' | '\u{2029}' // line and paragraph separator
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}') // invisible
}

/// Soft hyphen, zero-width space, word joiner.
fn is_break_hint(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}')
}

/// Running text of several styles, to be wrapped.
#[derive(Debug, Default)]
pub struct Flow {
    pieces: Vec<Piece>,
    /// Whether the next piece follows the last one without a space.
    glued: bool,
}

/// Text that no line break parts.
#[derive(Debug)]
struct Piece {
    text: String,
    style: Style,
    joint: Joint,
}

/// What stands before a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// A space, or a line break instead.
    Space,
    /// Nothing, or a line break: between the characters of a script without spaces.
    Soft,
    /// Nothing, and no line break.
    Tight,
}

impl Flow {
    /// Adds words. Nothing in `text` reaches the terminal as a command.
    pub fn push(&mut self, style: Style, text: &str) -> &mut Self {
        for word in text.split_whitespace() {
            let word = escape_line(word);
            let mut joint = if self.glued { Joint::Tight } else { Joint::Space };
            for part in unspaced_parts(&word) {
                self.pieces.push(Piece { text: part.to_owned(), style, joint });
                joint = Joint::Soft;
                self.glued = false;
            }
        }
        self
    }

    /// Lets what is added next follow without a space.
    pub fn glue(&mut self) -> &mut Self {
        self.glued = true;
        self
    }

    /// Writes the text in lines of at most the page's width, the first after `first` spaces, the
    /// others after `indent`. No line ends in a space.
    ///
    /// A word too long for a line is broken between its graphemes; a width too small for the
    /// indent is widened to 10 columns of text.
    pub fn write(
        &self,
        first: usize,
        indent: usize,
        page: Page,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let width = page.width.max(first.max(indent) + 10);
        let mut lines = Lines { indent, page: Page { width, ..page }, line: Line::new(first), out };
        self.units().try_for_each(|unit| lines.push(unit))?;
        lines.end()
    }

    /// The pieces that stay together.
    fn units(&self) -> impl Iterator<Item = &[Piece]> {
        self.pieces.chunk_by(|_, next| next.joint == Joint::Tight)
    }
}

/// A word in parts that a line break may come between: before each character of a script without
/// spaces; the punctuation after one stays with it.
fn unspaced_parts(word: &str) -> impl Iterator<Item = &str> {
    let mut starts = word
        .grapheme_indices(true)
        .filter(|(at, grapheme)| *at == 0 || grapheme.chars().next().is_some_and(is_unspaced))
        .map(|(at, _)| at)
        .peekable();
    std::iter::from_fn(move || {
        let start = starts.next()?;
        Some(&word[start..starts.peek().copied().unwrap_or(word.len())])
    })
}

/// The terminal that lines are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Columns of a line.
    pub width: usize,
    /// Whether styles are written.
    pub colour: bool,
}

/// Lines being written, the last of them still open.
struct Lines<'o> {
    indent: usize,
    page: Page,
    line: Line,
    out: &'o mut dyn Write,
}

impl Lines<'_> {
    fn push(&mut self, unit: &[Piece]) -> io::Result<()> {
        let n_columns: usize = unit.iter().map(|piece| piece.text.width()).sum();
        let style = unit[0].style;
        let spaced = unit[0].joint == Joint::Space && !self.line.is_blank;
        if !self.break_before(usize::from(spaced) + n_columns)? && spaced {
            self.line.push_space(style);
        }
        for piece in unit {
            for grapheme in piece.text.graphemes(true) {
                self.break_before(grapheme.width())?;
                self.line.push(grapheme, piece.style);
            }
        }
        Ok(())
    }

    /// Begins a new line where `n_columns` more do not fit; says whether it did.
    fn break_before(&mut self, n_columns: usize) -> io::Result<bool> {
        if self.line.is_blank || self.line.n_columns + n_columns <= self.page.width {
            return Ok(false);
        }
        self.end()?;
        self.line = Line::new(self.indent);
        Ok(true)
    }

    fn end(&mut self) -> io::Result<()> {
        if self.line.is_blank {
            return Ok(());
        }
        writeln!(self.out, "{}", self.line.shown(self.page.colour).trim_end())
    }
}

/// A line being filled: runs of one style each.
struct Line {
    runs: Vec<(Style, String)>,
    n_columns: usize,
    /// Whether there is only indent so far.
    is_blank: bool,
}

impl Line {
    fn new(indent: usize) -> Self {
        let runs = vec![(Style::new(), " ".repeat(indent))];
        Line { runs, n_columns: indent, is_blank: true }
    }

    fn push(&mut self, text: &str, style: Style) {
        match self.runs.last_mut() {
            Some((last, run)) if *last == style => run.push_str(text),
            _ => self.runs.push((style, text.to_owned())),
        }
        self.n_columns += text.width();
        self.is_blank = false;
    }

    /// A space before text of a style: of that style only between two words that share it.
    fn push_space(&mut self, next: Style) {
        let same = self.runs.last().is_some_and(|(last, _)| *last == next);
        self.push(" ", if same { next } else { Style::new() });
    }

    fn shown(&self, colour: bool) -> String {
        let mut shown = String::with_capacity(self.n_columns + 16);
        for (style, run) in &self.runs {
            if colour && *style != Style::new() {
                // Writing to a string does not fail.
                let _ = write!(shown, "{style}{run}{style:#}");
            } else {
                shown.push_str(run);
            }
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anstyle::AnsiColor;
    use proptest::prelude::*;

    fn wrapped(text: &str, first: usize, indent: usize, width: usize) -> String {
        let mut out = Vec::new();
        let mut flow = Flow::default();
        flow.push(Style::new(), text);
        flow.write(first, indent, Page { width, colour: false }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn wraps_by_columns() {
        for (text, expect) in [
            ("", ""),
            ("satu", "  satu\n"),
            ("satu dua tiga empat", "  satu dua\n    tiga empat\n"),
            ("  satu \r\n\t dua ", "  satu dua\n"),
            ("abcdefghijklmnopq", "  abcdefghijkl\n    mnopq\n"),
            ("a abcdefghijklmnopq", "  a\n    abcdefghij\n    klmnopq\n"),
            // Two columns each, and no line begins with the full stop.
            ("俄罗斯说不行吧不。行", "  俄罗斯说不行\n    吧不。行\n"),
            ("é\u{301}é\u{301}", "  é\u{301}é\u{301}\n"),
        ] {
            assert_eq!(wrapped(text, 2, 4, 14), expect, "{text:?}");
        }
        assert_eq!(wrapped("a b", 40, 40, 5).len(), 44, "an indent beyond the width");
    }

    #[test]
    fn tight_pieces_stay_together_and_styles_end_with_the_line() {
        let red = AnsiColor::Red.on_default();
        let mut flow = Flow::default();
        flow.push(Style::new(), "“").glue().push(red, "satu dua").glue().push(Style::new(), "”,");
        let mut out = Vec::new();
        flow.write(0, 0, Page { width: 9, colour: true }, &mut out).unwrap();
        flow.write(0, 0, Page { width: 80, colour: true }, &mut out).unwrap();
        let expect = "“\u{1b}[31msatu\u{1b}[0m\n\u{1b}[31mdua\u{1b}[0m”,\n\
                      “\u{1b}[31msatu dua\u{1b}[0m”,\n";
        // Ten columns at least are given to the text: "“satu dua" has nine.
        let narrow = "“\u{1b}[31msatu\u{1b}[0m\n\u{1b}[31mdua\u{1b}[0m”,\n";
        assert!(expect.starts_with(narrow));
        assert_eq!(String::from_utf8(out).unwrap(), expect);
    }

    #[test]
    fn commands_are_shown() {
        for (text, expect) in [
            ("biasa – “é” 👍🏽 \u{200d}", "biasa – “é” 👍🏽 \u{200d}"),
            ("\u{1b}[31m\u{9b}2J\u{7f}\0", "\\u{1b}[31m\\u{9b}2J\\u{7f}\\u{0}"),
            ("a\u{202e}b\u{2066}c\u{200f}", "a\\u{202e}b\\u{2066}c\\u{200f}"),
            ("pe\u{ad}merin\u{200b}tah", "pemerintah"),
            ("satu\r\n\tdua\u{8}", "satu dua\\u{8}"),
            ("a  b", "a  b"),
        ] {
            assert_eq!(escape_line(text), expect);
        }
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_character_is_lost(
            text in "\\PC{0,60}([a-z]{1,20} ?){0,9}[\\x00-\\x1f俄\u{202e}ไ]{0,9}",
            width in 1..60usize,
        ) {
            let lines = wrapped(&text, 1, 3, width);
            for line in lines.lines() {
                prop_assert!(line.width() <= width.max(13), "{line:?}");
                prop_assert_eq!(line.trim_end(), line);
                prop_assert!(!line.chars().any(is_command));
            }
            let plain = |text: &str| -> String { text.split_whitespace().collect() };
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(plain(&lines), plain(&escape_line(&words.join(" "))));
        }
    }
}
