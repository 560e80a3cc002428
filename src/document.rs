//! An article as it was read.

/// A document's number in this run, in the order of the documents' content hashes.
///
/// At most 2^32 - 1 documents take part in one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(pub u32);

impl DocId {
    /// As an index into the run's documents.
    pub fn idx(self) -> usize {
        self.0 as usize
    }
}

/// One article: its original text and what its record says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it was read.
    pub source: Source,
    /// What the record says of it beside the text; all empty for a plain text file.
    pub fields: Fields,
    /// The *original*: the record's text after decoding to UTF-8 and unescaping, before any
    /// normalising, CRLF and BOM kept. Every span of the crate indexes this text.
    pub text: String,
}

/// Where a document was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// The path as given or found; `-` for standard input.
    pub path: String,
    /// Line of the record, from 1, for files with a record a line.
    pub line: Option<u64>,
    /// WHATWG name of the encoding the file was read in: "UTF-8", "UTF-16LE", "windows-1252".
    pub encoding: &'static str,
}

impl Source {
    /// `path`, or `path:line` for a record of a file with lines.
    pub fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.path),
            None => self.path.clone(),
        }
    }
}

/// What a record says of its document, verbatim and unchecked; an empty value is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fields {
    /// The record's own identifier.
    pub id: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<String>,
}

impl Document {
    /// How output names the document: the record's own id, or [`Source::place`].
    pub fn name(&self) -> String {
        self.fields.id.clone().unwrap_or_else(|| self.source.place())
    }
}
