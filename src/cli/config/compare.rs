//! What does the command line of `kutip compare` mean?

use super::{STDOUT, options, page_of};
use crate::cli::args::CompareTyped;
use crate::cli::passage::ArticleArg;
use crate::error::Result;
use crate::ingest;
use crate::report::screen::Page;
use std::path::Path;

/// What `kutip compare` is to do.
#[derive(Debug)]
pub struct CompareConfig {
    /// The two articles.
    pub articles: [ArticleArg; 2],
    /// The other articles of the batch.
    pub among: Vec<String>,
    /// How to read them all.
    pub options: ingest::Options,
    /// The page that they are written for.
    pub page: Page,
}

/// The meaning of what was typed.
///
/// Errors where both articles are named alike.
pub fn compare(typed: CompareTyped) -> Result<CompareConfig> {
    let articles = [ArticleArg::parse(&typed.a), ArticleArg::parse(&typed.b)];
    if articles[0] == articles[1] {
        return Err(ArticleArg::twice(&typed.a));
    }
    Ok(CompareConfig {
        articles,
        among: typed.among,
        options: options(&typed.field, typed.delimiter)?,
        page: page_of(Path::new(STDOUT)),
    })
}
