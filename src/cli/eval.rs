//! `kutip eval`: found claims, duplicates or passages, measured against a truth.

use super::Exit;
use super::args::{EvalDuplicatesTyped, EvalFormat, EvalPassagesTyped};
use super::config::EvalConfig;
use crate::document::{DocId, Document};
use crate::error::{Error, ErrorKind, Result};
use crate::eval::passages::PassagePair;
use crate::eval::passages::kinds::{FoundPassages, PassageTruth, evaluate as evaluate_passages};
use crate::eval::place::file_name;
use crate::eval::{Found, Truth, duplicates, evaluate};
use crate::ingest;
use crate::pipeline::{self, ReuseReport};
use crate::report::eval::{duplicates as shown, passages as shown_passages, records, tables};
use crate::report::output::Output;
use crate::span::CharIndex;
use std::path::Path;

/// Reads both files, and prints the measures.
///
/// Nothing is passed over here: a measure of half a file would be no measure.
pub fn claims(config: &EvalConfig) -> Result<Exit> {
    let truth = Truth::parse(&ingest::read_text(&config.truth)?, &config.truth)?;
    let found = Found::parse(&ingest::read_text(&config.found)?, &config.found)?;
    let evaluation = evaluate(&truth, &found, config.scope)?;
    Output::stdout().write(|out| match config.format {
        EvalFormat::Text => tables::write(&evaluation, config.lists, out),
        EvalFormat::Jsonl => records::write(&evaluation, config.lists, out),
    })?;
    Ok(Exit::Done)
}

/// The same for the clusters of `kutip dedup`.
pub fn duplicates(config: &EvalDuplicatesTyped) -> Result<Exit> {
    let (truth, found) = (ingest::read_text(&config.truth)?, ingest::read_text(&config.found)?);
    let measured = duplicates::evaluate((&truth, &config.truth), (&found, &config.found))?;
    Output::stdout().write(|out| match config.format {
        EvalFormat::Text => shown::write_text(&measured, out),
        EvalFormat::Jsonl => shown::write_jsonl(&measured, out),
    })?;
    Ok(Exit::Done)
}

/// The same for passages, in folders of PAN's annotations.
pub fn passages(config: &EvalPassagesTyped) -> Result<Exit> {
    let output = config.output.as_deref().map_or_else(|| Ok(Output::stdout()), Output::prepare)?;
    let (mut truth, mut found) = (PassageTruth::default(), FoundPassages::default());
    for folder in config.truth.iter().chain(&config.corpus) {
        each_xml(folder, TRUTH_HINT, |text, path| truth.add(text, path))?;
    }
    if let Some(folder) = &config.found {
        each_xml(folder, FOUND_HINT, |text, path| found.add(text, path))?;
    }
    if let Some(folder) = &config.corpus {
        detect(folder, &truth, &mut found)?;
    }
    let measured = evaluate_passages(&truth, &found)?;
    output.write(|out| match config.format {
        EvalFormat::Text => shown_passages::write_text(&measured, out),
        EvalFormat::Jsonl => shown_passages::write_jsonl(&measured, out),
    })?;
    Ok(Exit::Done)
}

/// Finds what the suspicious documents of a corpus share with all others of it.
fn detect(folder: &str, truth: &PassageTruth, found: &mut FoundPassages) -> Result<()> {
    let batch = ingest::read(&[folder.to_owned()], &ingest::Options::default());
    if let Some(reject) = batch.rejects.into_iter().next() {
        return Err(reject.error);
    }
    // A list of the pairs has no extension.
    let is_text = |d: &Document| Path::new(&d.source.path).extension().is_some();
    let is_suspicious = |d: &Document| truth.is_suspicious(file_name(&d.source.path));
    let (suspicious, sources): (Vec<Document>, Vec<Document>) =
        batch.documents.into_iter().filter(is_text).partition(is_suspicious);
    if suspicious.is_empty() || sources.is_empty() {
        let cause = format!(
            "got {} of its suspicious documents and {} others",
            suspicious.len(),
            sources.len()
        );
        let error = Error::new(ErrorKind::Input, folder, "no corpus of texts", cause);
        return Err(error.hint("the texts lie beside the annotations, in files named .txt"));
    }
    let (report, _) = pipeline::find_passages(suspicious, sources);
    for pair in as_pairs(&report) {
        if !truth.is_beside_its_pairs(&pair) {
            found.push(pair);
        }
    }
    Ok(())
}

/// The passages of a report by the names of their files.
fn as_pairs(report: &ReuseReport) -> impl Iterator<Item = PassagePair> {
    let chars: Vec<CharIndex> =
        report.documents.iter().map(|document| CharIndex::new(&document.text)).collect();
    let name = |doc: DocId| file_name(&report.documents[doc.idx()].source.path).to_owned();
    report.passages.iter().map(move |reuse| {
        let (a, b) = reuse.docs;
        let range = |doc: DocId, bytes| {
            let span = chars[doc.idx()].span(bytes);
            u64::from(span.char_start)..u64::from(span.char_end)
        };
        PassagePair {
            suspicious: name(a),
            source: name(b),
            suspicious_chars: range(a, reuse.spans.0),
            source_chars: range(b, reuse.spans.1),
        }
    })
}

const TRUTH_HINT: &str = "`kutip synth --pan DIR` writes such a folder";
const FOUND_HINT: &str = "`kutip passages --format pan` writes such a folder";

/// Hands every annotation of a folder with its path to `take`.
fn each_xml(
    folder: &str,
    hint: &str,
    mut take: impl FnMut(&str, &str) -> Result<()>,
) -> Result<()> {
    for path in ingest::xml_files(folder).map_err(|error| error.hint(hint))? {
        take(&ingest::read_xml(&path)?, &path.to_string_lossy())?;
    }
    Ok(())
}
