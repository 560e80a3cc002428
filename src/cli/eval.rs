//! `kutip eval`: found claims, duplicates or passages, measured against a truth.

use super::Exit;
use super::args::{EvalDuplicatesTyped, EvalFormat, EvalPassagesTyped};
use super::config::EvalConfig;
use crate::error::Result;
use crate::eval::passages::kinds::{FoundPassages, PassageTruth, evaluate as evaluate_passages};
use crate::eval::{Found, Truth, duplicates, evaluate};
use crate::ingest;
use crate::report::eval::{duplicates as shown, passages as shown_passages, records, tables};
use crate::report::output::Output;

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
    each_xml(&config.truth, TRUTH_HINT, |text, path| truth.add(text, path))?;
    each_xml(&config.found, FOUND_HINT, |text, path| found.add(text, path))?;
    let measured = evaluate_passages(&truth, &found)?;
    output.write(|out| match config.format {
        EvalFormat::Text => shown_passages::write_text(&measured, out),
        EvalFormat::Jsonl => shown_passages::write_jsonl(&measured, out),
    })?;
    Ok(Exit::Done)
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
