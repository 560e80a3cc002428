//! An article's text as the claim pipeline sees it: tokens, lines, passages, all with spans into
//! the original.

pub mod boilerplate;
pub(crate) mod domain;
mod fold;
pub mod language;
pub mod paragraph;
pub mod passage;
pub mod quotation;
mod runs;
pub mod sentence;
pub mod tokenize;

use crate::span::ByteSpan;
use std::ops::Range;

/// A block of text that the article sets apart: a paragraph, a headline, a caption, a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Without surrounding white space; never empty.
    pub span: ByteSpan,
    /// Whether it is site furniture rather than part of the article.
    pub boilerplate: bool,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassageKind {
    /// The text between quotation marks.
    Quotation,
    /// A sentence, or the part of one that is not a quotation or its attribution.
    Statement,
}

/// A unit of comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Quotation or statement.
    pub kind: PassageKind,
    /// A quotation: all text between its marks. A statement: from its first to its last word.
    pub span: ByteSpan,
    /// The whole sentence (or sentences) that it is part of, attribution included.
    pub sentence: ByteSpan,
    /// Its tokens, as a range of the document's tokens.
    pub tokens: Range<u32>,
    /// Index of its paragraph.
    pub paragraph: u32,
}

/// An article ready for comparison.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// All its words, glued ones taken apart; spans index the original.
    pub tokens: Vec<tokenize::Token>,
    /// Its units of comparison, in text order, without site furniture.
    pub passages: Vec<Passage>,
    /// All its paragraphs, furniture labelled.
    pub paragraphs: Vec<Paragraph>,
    /// ISO 639-1 code; `None` where it could not be told.
    pub language: Option<&'static str>,
}

impl Article {
    /// The tokens of one of its passages.
    pub fn words(&self, passage: &Passage) -> impl Iterator<Item = &tokenize::Token> {
        self.tokens[passage.tokens.start as usize..passage.tokens.end as usize].iter()
    }

    /// The tokens of one of its paragraphs.
    pub fn tokens_in(&self, paragraph: ByteSpan) -> Range<usize> {
        let before = |at: u32| self.tokens.partition_point(|token| token.span.start < at);
        before(paragraph.start)..before(paragraph.end)
    }

    /// How many tokens make a word: two where single characters are tokens.
    pub fn tokens_per_word(&self) -> usize {
        if matches!(self.language, Some("zh" | "ja")) { 2 } else { 1 }
    }
}
