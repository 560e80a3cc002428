//! Which article, or which part of one, does an argument name?

use crate::document::{Document, Source};
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::Batch;
use crate::pipeline::PassageRef;
use crate::span::ByteSpan;
use crate::text::tokenize::tokenize;
use std::path::Path;

/// A passage as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassageArg {
    /// Bytes of an article.
    Part {
        /// Its file.
        path: String,
        /// Its line, in a file of records.
        line: Option<u64>,
        /// First byte.
        start: usize,
        /// One past the last byte; above `start`.
        end: usize,
    },
    /// A text that is an article of its own.
    Text(String),
}

/// An article as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleArg {
    /// Its file.
    pub path: String,
    /// Its line, in a file of records.
    line: Option<u64>,
}

impl ArticleArg {
    /// A path, with a line where no file has that name.
    pub fn parse(typed: &str) -> ArticleArg {
        let (path, line) = with_line(typed);
        ArticleArg { path: path.to_owned(), line }
    }

    /// The article among what was read.
    pub fn find<'b>(&self, batch: &'b Batch) -> Result<&'b Document> {
        let found = document(&self.path, self.line, batch);
        found.map_err(|error| match (error.kind, error.hint.as_deref()) {
            (ErrorKind::Usage, _) => error.hint("an article is PATH, or PATH:LINE for a record"),
            // Of many articles one may be left out, of two none.
            (_, Some("leave it out")) => error.hint("give another article: two are compared"),
            _ => error,
        })
    }

    /// The error of comparing an article with itself.
    pub fn twice(place: &str) -> Error {
        usage(place, "the same article twice", "expected two articles, got one")
            .hint("give another article as B")
    }
}

/// `PATH` and the line of `PATH:LINE`, where no file is called so as a whole.
fn with_line(place: &str) -> (&str, Option<u64>) {
    let parts = place.rsplit_once(':').filter(|_| !Path::new(place).exists());
    let parts = parts.and_then(|(path, line)| Some((path, line.parse().ok()?)));
    parts.map_or((place, None), |(path, line)| (path, Some(line)))
}

const GRAMMAR: &str = "write PATH:START..END, or PATH:LINE:START..END for a line of JSON Lines; \
                       `kutip claims --format jsonl` has the numbers as byte_start and byte_end";

impl PassageArg {
    /// What was typed: a text, unless it ends as a part of a file does.
    pub fn parse(typed: &str) -> Result<PassageArg> {
        let Some((place, (start, end))) = part(typed) else {
            return text(typed);
        };
        if end <= start {
            let cause = format!("expected START below END, got {start}..{end}");
            return Err(
                usage(place, "an empty passage", &cause).hint("END is one past the last byte")
            );
        }
        let (path, line) = with_line(place);
        Ok(PassageArg::Part { path: path.to_owned(), line, start, end })
    }

    /// The file that it is a part of.
    pub fn path(&self) -> Option<&str> {
        match self {
            PassageArg::Part { path, .. } => Some(path),
            PassageArg::Text(_) => None,
        }
    }

    /// The passage among what was read; a text adds its own article under `name`.
    pub fn find(&self, name: &str, batch: &mut Batch) -> Result<PassageRef> {
        match self {
            PassageArg::Part { path, line, start, end } => {
                let document = document(path, *line, batch)?;
                let place = document.source.place();
                let span = span(&place, &document.text, *start, *end)?;
                Ok(PassageRef { source: document.source.clone(), span })
            }
            PassageArg::Text(text) => {
                let source = Source { path: name.to_owned(), line: None, encoding: "UTF-8" };
                let span = ByteSpan::new(0, text.len());
                batch.documents.push(Document {
                    source: source.clone(),
                    fields: Default::default(),
                    text: text.clone(),
                });
                Ok(PassageRef { source, span })
            }
        }
    }
}

/// `PLACE` and the range of `PLACE:START..END`.
fn part(typed: &str) -> Option<(&str, (usize, usize))> {
    let (place, range) = typed.rsplit_once(':')?;
    let (start, end) = range.split_once("..")?;
    let number = |digits: &str| digits.parse().ok().filter(|_| !digits.starts_with('+'));
    (!place.is_empty()).then_some((place, (number(start)?, number(end)?)))
}

fn text(typed: &str) -> Result<PassageArg> {
    let head = typed.split_once(':').map_or(typed, |(head, _)| head);
    if [typed, head].iter().any(|path| Path::new(path).exists()) {
        let cause = format!("expected a part of this file, got {typed}");
        return Err(usage(head, "names no passage", &cause).hint(GRAMMAR));
    }
    if tokenize(typed).is_empty() {
        return Err(usage("", "an empty passage", "expected words, got none").hint(GRAMMAR));
    }
    Ok(PassageArg::Text(typed.to_owned()))
}

fn document<'b>(path: &str, line: Option<u64>, batch: &'b Batch) -> Result<&'b Document> {
    let same = |other: &str| {
        let canonical = |path: &str| std::fs::canonicalize(path).ok();
        other == path || canonical(path).is_some_and(|path| Some(path) == canonical(other))
    };
    let here: Vec<&Document> = batch.documents.iter().filter(|d| same(&d.source.path)).collect();
    match (line, &here[..]) {
        (None, [document]) => Ok(document),
        (None, [first, ..]) => {
            let cause = format!("expected one article, got {} records", here.len());
            let example = first.source.place();
            Err(usage(path, "names no article", &cause)
                .hint(format!("give the line: {example}:0..50")))
        }
        (Some(line), [_, ..]) => {
            let found = here.iter().find(|d| d.source.line == Some(line)).copied();
            found.ok_or_else(|| {
                let lines = here.iter().filter_map(|d| d.source.line);
                let cause = match (lines.clone().min(), lines.max()) {
                    (Some(first), Some(last)) => {
                        format!(
                            "expected a line with an article, from {first} to {last}, got {line}"
                        )
                    }
                    _ => format!("expected no line, as the file is one article, got {line}"),
                };
                usage(path, "no such article", &cause).hint(GRAMMAR)
            })
        }
        (_, []) => {
            let reject = batch.rejects.iter().find(|reject| same(&reject.path));
            Err(reject.map_or_else(|| no_file(path, batch), |reject| reject.error.clone()))
        }
    }
}

/// The error of a path under which no article was read: most likely, it names several files.
fn no_file(path: &str, batch: &Batch) -> Error {
    let got = match Path::new(path) {
        at if at.is_dir() => "a directory",
        at if !at.exists() => "a pattern",
        _ => "a file without one",
    };
    let cause = format!("expected one file, got {got}");
    let error = Error::new(ErrorKind::Input, path, "names no article", cause);
    let example = batch.documents.iter().find(|document| is_named_by(path, &document.source.path));
    match example {
        Some(document) => {
            error.hint(format!("name one of its articles: {}", document.source.place()))
        }
        None => error.hint("name a file with an article"),
    }
}

/// Whether a directory or a pattern has a file.
fn is_named_by(path: &str, file: &str) -> bool {
    Path::new(file).starts_with(path)
        || glob::Pattern::new(path).is_ok_and(|pattern| pattern.matches(file))
}

/// The bytes, if they are a part of the text and hold a word.
fn span(place: &str, text: &str, start: usize, end: usize) -> Result<ByteSpan> {
    if text.len() < end {
        let cause = format!("expected bytes within 0..{}, got {start}..{end}", text.len());
        return Err(usage(place, "a range outside the text", &cause)
            .hint("bytes are counted in the article's text, from 0, after decoding"));
    }
    for at in [start, end] {
        if !text.is_char_boundary(at) {
            let is_boundary = |at: &usize| text.is_char_boundary(*at);
            let from = (0..at).rev().find(is_boundary).unwrap_or(0);
            let to = (at..text.len()).find(is_boundary).unwrap_or(text.len());
            let inside = &text[from..to];
            let cause = format!("expected the boundary of a character, got {at}, within {inside}");
            return Err(usage(place, "a range that cuts a character", &cause)
                .hint(format!("take {from} or {to}")));
        }
    }
    if tokenize(&text[start..end]).is_empty() {
        let cause = format!("expected words, got none in {start}..{end}");
        return Err(usage(place, "an empty passage", &cause).hint("give a range that holds words"));
    }
    Ok(ByteSpan::new(start, end))
}

/// The error of comparing a passage with itself.
pub fn twice(place: &str) -> Error {
    usage(place, "the same passage twice", "expected two passages, got one")
        .hint("give the other passage as B")
}

fn usage(place: &str, what: &str, cause: &str) -> Error {
    Error::new(ErrorKind::Usage, place, what, cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_texts() {
        let part =
            |path: &str, line, start, end| PassageArg::Part { path: path.into(), line, start, end };
        for (typed, expect) in [
            ("a.txt:113..167", part("a.txt", None, 113, 167)),
            ("in/b.jsonl:12:0..9", part("in/b.jsonl", Some(12), 0, 9)),
            ("a:b.txt:1..2", part("a:b.txt", None, 1, 2)),
            ("kata dia: tidak", PassageArg::Text("kata dia: tidak".into())),
            ("pukul 10:1..x", PassageArg::Text("pukul 10:1..x".into())),
        ] {
            assert_eq!(PassageArg::parse(typed).unwrap(), expect, "{typed}");
        }
        for typed in ["a.txt:9..9", "a.txt:9..3", "", " – ", "Cargo.toml", "Cargo.toml:12"] {
            assert_eq!(PassageArg::parse(typed).unwrap_err().kind, ErrorKind::Usage, "{typed}");
        }
    }
}
