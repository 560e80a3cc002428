//! `kutip claims`: from the articles to the claims that several outlets carry.

use super::Exit;
use super::args::Format;
use super::config::ClaimsConfig;
use super::console::tell_if;
use super::held::Held;
use super::run::stage_to;
use crate::claim::ClaimReport;
use crate::error::Result;
use crate::pipeline;
use crate::report::output::Output;
use crate::report::summary::Found;
use crate::report::{csv, decisions, filtered, graphml, jsonl, jsonld, page, text};

/// Reads the articles, finds the claims, and writes what was asked for.
pub fn run(config: &ClaimsConfig) -> Result<Exit> {
    let output = Output::prepare(&config.output)?;
    let html = config.html.as_ref().map(|(path, _)| Output::prepare(path)).transpose()?;
    let mut held = Held::begin(&config.batch)?;
    let (documents, _) = held.read(&config.inputs, &[])?;
    let mut report = held.find(|| pipeline::find_claims(documents, &config.params));
    if !config.filter.is_open() {
        let filtered = config.filter.apply(&mut report);
        tell_if(config.batch.summary, |out| filtered::tell(&filtered, out));
    }
    if let Some(kept) = &report.decisions {
        tell_if(config.batch.summary, |out| decisions::tell(kept, out));
    }
    let staged = held.write(&config.output, |n_rejects| {
        let language = config.html.as_ref().map(|(_, language)| *language).unwrap_or_default();
        let page = stage_to(html, |out| page::write(&report, n_rejects, language, out))?;
        let claims = output.stage(|out| write_claims(&report, n_rejects, config, out))?;
        Ok(page.into_iter().chain([claims]))
    })?;
    held.end(report.documents.len(), Found::claims(&report), staged)
}

fn write_claims(
    report: &ClaimReport,
    n_rejects: usize,
    config: &ClaimsConfig,
    out: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    match config.format {
        Format::Text => text::write(report, config.params.min_outlets, config.page, out),
        Format::Jsonl => jsonl::write(report, n_rejects, out),
        Format::Csv => csv::write(report, out),
        Format::Jsonld => jsonld::write(report, out),
        Format::Graphml => graphml::write(report, out),
    }
}
