//! `kutip eval`: found claims, or duplicates, measured against a truth.

use super::Exit;
use super::args::{EvalDuplicatesTyped, EvalFormat};
use super::config::EvalConfig;
use crate::error::Result;
use crate::eval::{Found, Truth, duplicates, evaluate};
use crate::ingest;
use crate::report::eval::{duplicates as shown, records, tables};
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
