//! What did whoever collected the text write above it: "URL: …", "Judul: …", "Media: …"?
//!
//! Such lines stand in the place of a record's fields. One alone proves nothing, since articles
//! have labels too ("Sumber: AFP", "Penulis: …"): an address, or two lines of which one gives the
//! title, the address or the outlet, are a block of them.

use super::agency;
use super::lexicon::{Class, classes};
use crate::document::Fields;
use crate::span::ByteSpan;

/// Lines at the start of a text that are read.
const MAX_LINES: usize = 10;
/// Bytes of such a line at most: an address may be long.
const MAX_LINE: usize = 500;

/// What the lines tell, and where they stand.
#[derive(Debug, Default)]
pub(super) struct Labels<'t> {
    outlet: Option<&'t str>,
    url: Option<&'t str>,
    title: Option<&'t str>,
    author: Option<&'t str>,
    published: Option<&'t str>,
    /// The lines that are no part of the article.
    pub lines: Vec<ByteSpan>,
}

impl<'t> Labels<'t> {
    /// Reads the first lines of `text`; empty where they are no such block.
    pub(super) fn read(text: &'t str) -> Self {
        let mut found = Labels::default();
        for (idx, (span, line)) in first_lines(text).enumerate() {
            found.take(idx, span, line);
        }
        let kinds = [found.outlet, found.url, found.title, found.author, found.published];
        let n_kinds = kinds.iter().flatten().count();
        let is_block = found.url.is_some() || 2 <= n_kinds && found.names_itself();
        if is_block { found } else { Labels::default() }
    }

    fn names_itself(&self) -> bool {
        self.title.is_some() || self.outlet.is_some() && self.published.is_some()
    }

    fn take(&mut self, idx: usize, span: ByteSpan, line: &'t str) {
        let (class, value) = match labelled(line) {
            Some(found) => found,
            // Further down an address is a link of the article's.
            None if idx < 2 && is_address(line) => (Class::LabelUrl, line),
            None => return,
        };
        let slot = match class {
            Class::LabelUrl => &mut self.url,
            Class::LabelTitle => &mut self.title,
            Class::LabelOutlet => &mut self.outlet,
            Class::LabelAuthor => &mut self.author,
            _ => &mut self.published,
        };
        if slot.is_none() {
            *slot = Some(value);
            // The headline is part of the article, whoever labelled it.
            if class != Class::LabelTitle {
                self.lines.push(span);
            }
        }
    }

    /// The record's fields, and from these lines what it lacks.
    pub(super) fn complete(&self, fields: &Fields) -> Fields {
        let or = |field: &Option<String>, line: Option<&str>| {
            field.clone().or_else(|| line.map(str::to_owned))
        };
        Fields {
            id: fields.id.clone(),
            outlet: or(&fields.outlet, self.outlet),
            url: or(&fields.url, self.url),
            title: or(&fields.title, self.title),
            // The line of the author is read with the article's own ones, which look the same.
            author: fields.author.clone(),
            published: or(&fields.published, self.published),
        }
    }
}

/// The first lines with content, and where each stands.
fn first_lines(text: &str) -> impl Iterator<Item = (ByteSpan, &str)> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let line = line.trim();
        (ByteSpan::new(start, start + line.len()), line)
    });
    lines.filter(|(_, line)| !line.is_empty()).take(MAX_LINES).filter(|(_, l)| l.len() < MAX_LINE)
}

/// The kind and the value of "Judul: …". An agency is a credit, not the outlet.
fn labelled(line: &str) -> Option<(Class, &str)> {
    let (label, value) = line.split_once(':')?;
    let (label, value) = (classes(label.trim()), value.trim());
    let kinds = [
        Class::LabelUrl,
        Class::LabelTitle,
        Class::LabelOutlet,
        Class::LabelAuthor,
        Class::LabelDate,
    ];
    let kind = kinds.into_iter().find(|&kind| label.has(kind))?;
    let fits = match kind {
        Class::LabelUrl => is_address(value),
        Class::LabelOutlet => agency::known(value).is_none() && value.split(' ').count() <= 5,
        _ => true,
    };
    (fits && !value.is_empty()).then_some((kind, value))
}

/// Whether the line is a web address and nothing else.
fn is_address(line: &str) -> bool {
    let rest = line.strip_prefix("https://").or_else(|| line.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace))
}
