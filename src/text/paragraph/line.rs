//! What does a line show of its place in a paragraph?

use super::{is_blank, is_dash, is_terminal, last_mark, trim};
use crate::span::ByteSpan;
use crate::text::tokenize::is_unspaced;
use unicode_width::UnicodeWidthChar;

/// A line that is not empty.
pub(super) struct Line {
    /// Trimmed; never empty.
    pub span: ByteSpan,
    /// Whether an empty line, or nothing, stands before it.
    pub after_blank: bool,
    /// Whether no line stands before it.
    pub is_first: bool,
    /// Columns of white space at its start.
    pub indent: usize,
    /// Its width in columns, indent included.
    pub columns: usize,
    /// Columns that the line before needed to take its first word.
    pub first_word: usize,
    pub n_words: usize,
    /// Whether white space parts it into columns, as in a table.
    pub is_row: bool,
    /// Whether it ends like a sentence.
    pub is_ended: bool,
    /// Whether it ends like what introduces a list.
    pub is_lead: bool,
    pub start: Start,
}

/// What a line starts with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// A capital, perhaps behind an opening mark.
    Upper,
    /// A word in lower case, which is no mark of a list ("a.", "b)") nor a name such as "iPhone".
    Lower,
    /// A mark that closes what stands before it, or goes on with it.
    Closing,
    /// The mark of an entry of a list, or a dash.
    Item,
    /// A digit, a letter of a script without case, another mark.
    Other,
}

/// The lines of `text` that are not empty, in order.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut start = 0;
    let ends = text.char_indices().filter(|&(_, c)| is_line_end(c));
    for (at, c) in ends.map(|(at, c)| (at, c.len_utf8())).chain([(text.len(), 0)]) {
        let whole = ByteSpan::new(start, at);
        let span = trim(text, whole);
        // CR LF is one line end: the empty line between the two is no line.
        let inside_crlf = start == at && text[..at].ends_with('\r') && text[at..].starts_with('\n');
        start = at + c;
        if !span.is_empty() {
            let is_first = lines.is_empty();
            lines.push(Line { is_first, ..line(text, whole, span, after_blank) });
            after_blank = false;
        } else if !inside_crlf {
            after_blank = true;
        }
    }
    lines
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn line(text: &str, whole: ByteSpan, span: ByteSpan, after_blank: bool) -> Line {
    let inside = span.of(text);
    let indent = columns(&text[whole.start as usize..span.start as usize]);
    Line {
        span,
        after_blank,
        is_first: false,
        indent,
        columns: indent + columns(inside),
        first_word: first_word(inside),
        n_words: inside.split_whitespace().count(),
        is_row: is_row(inside),
        is_ended: last_mark(inside).is_some_and(is_terminal),
        is_lead: inside.ends_with(':'),
        start: start(inside),
    }
}

/// Columns of a screen that `text` takes.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c == '\t' { TAB } else { c.width().unwrap_or(0) }).sum()
}

const TAB: usize = 8;

/// Columns of the first word, and of the space before it.
///
/// Where words are not set apart, a line may end after any character, but for marks that may not
/// start a line: what cannot be parted is taken to have [`UNSPACED_WORD`] columns.
fn first_word(inside: &str) -> usize {
    let word = inside.split_whitespace().next().unwrap_or_default();
    match word.find(is_unspaced) {
        Some(at) => columns(word).min(columns(&word[..at]) + UNSPACED_WORD),
        None => 1 + columns(word),
    }
}

/// Two wide characters.
const UNSPACED_WORD: usize = 4;

/// Justified text has two spaces in a row, seldom three; three or four dots stand for words left
/// out.
fn is_row(inside: &str) -> bool {
    inside.contains("    ") || inside.contains('\t') || inside.contains(".....")
}

fn start(inside: &str) -> Start {
    if starts_with_closing_mark(inside) {
        Start::Closing
    } else if starts_with_item_mark(inside) {
        Start::Item
    } else if starts_lower(inside) {
        Start::Lower
    } else if inside.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase) {
        Start::Upper
    } else {
        Start::Other
    }
}

fn starts_with_item_mark(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| is_dash(c) || matches!(c, '•' | '·' | '*'))
        && chars.next().is_some_and(is_blank)
}

fn starts_lower(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_lowercase)
        && chars.next().is_none_or(|c| !c.is_uppercase() && c != '.' && c != ')')
}

fn starts_with_closing_mark(text: &str) -> bool {
    text.starts_with([',', ';', ')', ']', '%', '”', '、', '，', '。'])
        || text.starts_with('.') && !text.starts_with("..")
}
