//! `kutip compare`: two articles side by side.

use super::Exit;
use super::config::CompareConfig;
use super::console::tell;
use super::passage::ArticleArg;
use crate::error::Result;
use crate::ingest;
use crate::pipeline;
use crate::report::output::Output;
use crate::report::{compare, rejects};

/// Reads the batch, finds the two articles in it, and prints what they share.
pub fn run(config: &CompareConfig) -> Result<Exit> {
    let own = config.articles.iter().map(|article| article.path.clone());
    let inputs: Vec<String> = own.chain(config.among.iter().cloned()).collect();
    let batch = ingest::read(&inputs, &config.options);
    let [a, b] = &config.articles;
    let sources = [a.find(&batch)?.source.clone(), b.find(&batch)?.source.clone()];
    if sources[0] == sources[1] {
        return Err(ArticleArg::twice(&sources[0].place()));
    }
    tell(|out| rejects::tell(&batch.rejects, out));
    let is_clean = batch.rejects.is_empty();
    if let Some(compared) = pipeline::compare(batch.documents, &sources) {
        Output::stdout().write(|out| compare::write(&compared, config.page, out))?;
    }
    Ok(if is_clean { Exit::Done } else { Exit::DoneWithRejects })
}
