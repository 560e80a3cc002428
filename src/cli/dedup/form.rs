//! In what form are the kept records written?

use crate::cli::config::{DedupConfig, KeptForm};
use crate::error::{Error, ErrorKind, Result};
use crate::ingest;
use std::path::Path;

/// An error where the kept records cannot be written in the form that is asked for: before they are
/// read, where that can be known.
pub fn check_form(config: &DedupConfig) -> Result<()> {
    match config.kept_form {
        KeptForm::JsonLines => Ok(()),
        KeptForm::Parquet => check_parquet(config),
        KeptForm::AsRead => ingest::check_one_form(&config.inputs, &config.batch.options).map(drop),
        KeptForm::Table => {
            if ingest::check_one_form(&config.inputs, &config.batch.options)? {
                return Ok(());
            }
            let cause = "its name is a table's, and what is read is none";
            Err(cannot_write(&config.kept, cause).hint(
                "name it .jsonl; tables are read from .csv, .tsv and, with --delimiter, other names",
            ))
        }
    }
}

fn check_parquet(config: &DedupConfig) -> Result<()> {
    let is_packed = config.kept.extension().is_none_or(|e| !e.eq_ignore_ascii_case("parquet"));
    if is_packed {
        let error = cannot_write(&config.kept, "Parquet is compressed inside");
        return Err(error.hint("give --output a name in .parquet"));
    }
    if config.annotate {
        let error = cannot_write(&config.kept, "--annotate writes JSON Lines");
        return Err(error.hint("give --output a name in .jsonl"));
    }
    ingest::check_one_schema(&config.inputs)
}

fn cannot_write(kept: &Path, cause: &str) -> Error {
    Error::new(ErrorKind::Usage, kept.display(), "cannot write", cause)
}
