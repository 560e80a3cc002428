//! In what form are the kept records written?

use crate::cli::config::{DedupConfig, KeptForm};
use crate::error::{Error, ErrorKind, Result};
use crate::ingest;

/// An error where the kept records cannot be written in the form that is asked for: before they are
/// read, where that can be known.
pub fn check_form(config: &DedupConfig) -> Result<()> {
    if config.kept_form == KeptForm::JsonLines {
        return Ok(());
    }
    let are_tables = ingest::check_one_form(&config.inputs, &config.options)?;
    if config.kept_form == KeptForm::Table && !are_tables {
        let cause = "its name is a table's, and what is read is none";
        let error = Error::new(ErrorKind::Usage, config.kept.display(), "cannot write", cause);
        return Err(error.hint(
            "name it .jsonl; tables are read from .csv, .tsv and, with --delimiter, other names",
        ));
    }
    Ok(())
}
