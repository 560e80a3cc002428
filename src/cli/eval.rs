//! `kutip eval claims`: found claims measured against a truth.

use super::Exit;
use super::args::EvalFormat;
use super::config::EvalConfig;
use crate::error::Result;
use crate::eval::{Found, Truth, evaluate};
use crate::ingest;
use crate::report::eval::{records, tables};
use crate::report::output::Output;

/// Reads both files, and prints the measures.
///
/// Nothing is passed over here: a measure of half a file would be no measure.
pub fn run(config: &EvalConfig) -> Result<Exit> {
    let truth = Truth::parse(&ingest::read_text(&config.truth)?, &config.truth)?;
    let found = Found::parse(&ingest::read_text(&config.found)?, &config.found)?;
    let evaluation = evaluate(&truth, &found, config.scope)?;
    Output::stdout().write(|out| match config.format {
        EvalFormat::Text => tables::write(&evaluation, config.lists, out),
        EvalFormat::Jsonl => records::write(&evaluation, config.lists, out),
    })?;
    Ok(Exit::Done)
}
