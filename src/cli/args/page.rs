//! What can be typed of the page that a command writes beside its output.

use crate::report::page::Language;
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// The page.
#[derive(Debug, Args)]
pub struct PageTyped {
    /// Write a page to look at to FILE, beside the output
    ///
    /// One file for a browser, which loads nothing from elsewhere and can be sent on. It appears when
    /// it is whole, together with the output.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,

    /// The language of the page
    #[arg(long, value_name = "LANGUAGE", value_enum, default_value = "en", requires = "html")]
    pub html_language: Language,
}

impl ValueEnum for Language {
    fn value_variants<'a>() -> &'a [Self] {
        &[Language::English, Language::Indonesian]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Language::English => "English",
            Language::Indonesian => "Indonesian",
        };
        Some(PossibleValue::new(self.code()).help(help))
    }
}
