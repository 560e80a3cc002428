//! How does a text look, and where in it are its words? Offsets are in code points.

use super::language::Class;
use std::ops::Range;

/// A word, or a phrase that is one, with what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it stands inside a sentence.
    pub text: String,
    /// What it is.
    pub what: What,
    /// What begins with it.
    pub begins: Begins,
    /// What follows it.
    pub mark: Mark,
    /// Whether a quotation opens before it.
    pub opens: bool,
    /// Whether a quotation closes behind it.
    pub closes: bool,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A small word.
    Small,
    /// A content word of that rank.
    Content(Class, u32),
    /// A name or a number.
    Fixed,
}

/// What begins with a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// It goes on with a sentence.
    Nothing,
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
}

/// What follows a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The next word.
    Nothing,
    /// A comma.
    Comma,
    /// A full stop.
    Stop,
}

impl Word {
    /// A word inside a sentence.
    pub fn new(text: impl Into<String>, what: What) -> Word {
        let (begins, mark) = (Begins::Nothing, Mark::Nothing);
        Word { text: text.into(), what, begins, mark, opens: false, closes: false }
    }
}

/// What a whole text has alike, and a copy of it may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// “ and ” instead of ".
    pub curly: bool,
    /// Lines end before they have more columns.
    pub columns: Option<usize>,
    /// Two spaces between sentences.
    pub wide: bool,
}

/// A text, and where each of its words is with the marks that touch it.
#[derive(Debug)]
pub struct Page {
    /// The text.
    pub text: String,
    spans: Vec<Range<u64>>,
}

impl Page {
    /// Sets the words.
    pub fn new(words: &[Word], style: Style) -> Page {
        let mut setter = Setter { text: String::new(), n_chars: 0, column: 0, style };
        let mut spans = Vec::with_capacity(words.len());
        for word in words {
            let shown = shown(word, style);
            let n_chars = shown.chars().count();
            setter.gap(word.begins, n_chars);
            let start = setter.n_chars;
            setter.put(&shown, n_chars);
            spans.push(start..setter.n_chars);
        }
        setter.text.push('\n');
        Page { text: setter.text, spans }
    }

    /// Where a range of words is, which is not empty.
    pub fn span(&self, words: &Range<usize>) -> Range<u64> {
        self.spans[words.start].start..self.spans[words.end - 1].end
    }
}

struct Setter {
    text: String,
    n_chars: u64,
    /// Characters of the line so far.
    column: usize,
    style: Style,
}

impl Setter {
    /// What stands before a word of so many characters.
    fn gap(&mut self, begins: Begins, n_chars: usize) {
        let is_wide = self.style.wide && begins == Begins::Sentence;
        let space = if is_wide { "  " } else { " " };
        let is_full =
            self.style.columns.is_some_and(|columns| columns < self.column + space.len() + n_chars);
        match begins {
            _ if self.n_chars == 0 => {}
            Begins::Paragraph => self.put("\n\n", 2),
            _ if is_full => self.put("\n", 1),
            _ => self.put(space, space.len()),
        }
        if begins == Begins::Paragraph || is_full {
            self.column = 0;
        }
    }

    fn put(&mut self, text: &str, n_chars: usize) {
        self.text.push_str(text);
        self.n_chars += n_chars as u64;
        self.column += n_chars;
    }
}

fn shown(word: &Word, style: Style) -> String {
    let [open, close] = if style.curly { ["“", "”"] } else { ["\"", "\""] };
    let mut shown = String::with_capacity(word.text.len() + 4);
    shown.push_str(if word.opens { open } else { "" });
    let mut letters = word.text.chars();
    match word.begins {
        Begins::Nothing => {}
        _ => shown.extend(letters.next().into_iter().flat_map(char::to_uppercase)),
    }
    shown.push_str(letters.as_str());
    shown.push_str(match word.mark {
        Mark::Nothing => "",
        Mark::Comma => ",",
        Mark::Stop => ".",
    });
    shown.push_str(if word.closes { close } else { "" });
    shown
}
