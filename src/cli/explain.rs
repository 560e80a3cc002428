//! `kutip explain`: what became of two passages, stage by stage.

use super::Exit;
use super::args::ExplainFormat;
use super::config::ExplainConfig;
use super::console::tell;
use super::passage::twice;
use crate::error::Result;
use crate::ingest;
use crate::pipeline;
use crate::report::explain::{page, record};
use crate::report::output::Output;
use crate::report::rejects;

/// Reads the batch, finds the passages in it, and prints what became of them.
pub fn run(config: &ExplainConfig) -> Result<Exit> {
    let own = config.passages.iter().filter_map(|passage| passage.path().map(str::to_owned));
    let inputs: Vec<String> = own.chain(config.among.iter().cloned()).collect();
    let mut batch = ingest::read(&inputs, &config.options);
    let [a, b] = &config.passages;
    let passages = [a.find("passage A", &mut batch)?, b.find("passage B", &mut batch)?];
    if passages[0] == passages[1] {
        return Err(twice(&passages[0].source.place()));
    }
    tell(|out| rejects::tell(&batch.rejects, out));
    let explained = pipeline::explain(batch.documents, &passages);
    let is_whole = !config.among.is_empty();
    Output::stdout().write(|out| match config.format {
        ExplainFormat::Text => page::write(&explained, is_whole, out),
        ExplainFormat::Jsonl => record::write(&explained, is_whole, out),
    })?;
    Ok(if batch.rejects.is_empty() { Exit::Done } else { Exit::DoneWithRejects })
}
