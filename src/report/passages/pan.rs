//! The XML of the PAN competitions on text alignment: a file for each document that was asked about,
//! with offsets and lengths in code points.

use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::eval::place::file_name;
use crate::pipeline::ReuseReport;
use crate::report::original::Original;
use crate::report::output::Folder;
use crate::reuse::Reuse;
use quick_xml::escape::escape;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

/// Writes the passages into a folder: of each document that was asked about a file, named as the
/// document, with what of it was found in others; no feature where nothing was.
///
/// Errors where two documents have one name, which the format could not tell apart.
pub fn write(report: &ReuseReport, folder: Folder) -> Result<()> {
    let names = names(&report.documents)?;
    let originals: Vec<Original> = report.documents.iter().map(Original::of).collect();
    let mut passages = report.passages.iter().peekable();
    let mut files = BTreeMap::new();
    for (doc, name) in names.iter().enumerate().filter(|(doc, _)| report.asked[*doc]) {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document reference=\"{}\">\n",
            escape(name)
        );
        while let Some(reuse) = passages.next_if(|reuse| reuse.docs.0.idx() == doc) {
            let other = reuse.docs.1.idx();
            feature(reuse, (&originals[doc], &originals[other]), &names[other], &mut xml);
        }
        files.insert(xml_name(name), xml + "</document>\n");
    }
    folder
        .write(|inside| files.iter().try_for_each(|(name, xml)| fs::write(inside.join(name), xml)))
}

fn feature(reuse: &Reuse, (a, b): (&Original, &Original), source: &str, xml: &mut String) {
    let (this, that) = (a.span(reuse.spans.0), b.span(reuse.spans.1));
    // Nothing that is written to a text can fail.
    let _ = writeln!(
        xml,
        "  <feature name=\"detected-plagiarism\" this_offset=\"{}\" this_length=\"{}\" \
         source_reference=\"{}\" source_offset=\"{}\" source_length=\"{}\" />",
        this.char_start,
        this.char_end - this.char_start,
        escape(source),
        that.char_start,
        that.char_end - that.char_start
    );
}

/// What the format calls each document: the name of its file, or what its record is called.
fn names(documents: &[Document]) -> Result<Vec<String>> {
    let name = |document: &Document| match document.source.line {
        None => file_name(&document.source.path).to_owned(),
        Some(_) => document.name(),
    };
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    let mut names = Vec::with_capacity(documents.len());
    for document in documents {
        let name = name(document);
        let place = document.source.place();
        if let Some(other) = places.insert(xml_name(&name), place.clone()) {
            let cause = format!("{other} and {place} would both be {name:?} there");
            let error = Error::new(ErrorKind::Input, "--format pan", "two of one name", cause);
            return Err(error.hint("give them other names, or write JSON Lines"));
        }
        names.push(name);
    }
    Ok(names)
}

/// The name of the file about a document.
fn xml_name(document: &str) -> String {
    let stem = document.rsplit_once('.').map_or(document, |(stem, _)| stem);
    let safe = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    format!("{}.xml", stem.chars().map(safe).collect::<String>())
}
