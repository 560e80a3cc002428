//! What the commands that read a batch have in common.

use super::Exit;
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::Batch;
use crate::report::output::{Output, Staged, Written};

/// Starts that many threads, or as many as rayon takes.
pub(super) fn use_threads(n_threads: Option<usize>) -> Result<()> {
    let Some(n_threads) = n_threads else { return Ok(()) };
    let built = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build_global();
    built.map_err(|error| {
        Error::new(ErrorKind::Usage, "", format!("cannot start --threads {n_threads}"), error)
    })
}

/// An error where no document was read, with what became of the inputs.
pub(super) fn check_something_was_read<T>(batch: &Batch<T>) -> Result<()> {
    if !batch.documents.is_empty() {
        return Ok(());
    }
    let (cause, hint) = match (batch.rejects.len(), batch.skipped.first()) {
        (0, None) => {
            ("there was nothing to read".to_owned(), "give files or folders that hold articles")
        }
        (0, Some(first)) => (
            format!("all {} files were passed over, the first is {first}", batch.skipped.len()),
            "name a file itself to have it read whatever its name",
        ),
        (1, _) => ("the only input or record was rejected".to_owned(), "the reason is above"),
        (n, _) => (format!("all {n} inputs and records were rejected"), "the reasons are above"),
    };
    Err(Error::new(ErrorKind::Input, "", "no article to compare", cause).hint(hint))
}

/// Writes to an output that was asked for.
pub(super) fn write_to(
    output: Option<Output>,
    fill: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>,
) -> Result<()> {
    output.map_or(Ok(()), |output| output.write(fill).map(drop))
}

/// Writes to an output that was asked for; it is to be published.
pub(super) fn stage_to(
    output: Option<Output>,
    fill: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>,
) -> Result<Option<Staged>> {
    output.map(|output| output.stage(fill)).transpose()
}

/// How the run ended.
pub(super) fn exit<T>(written: Written, batch: &Batch<T>) -> Exit {
    match written {
        Written::ReaderLeft => Exit::Done,
        Written::Whole if batch.rejects.is_empty() => Exit::Done,
        Written::Whole => Exit::DoneWithRejects,
    }
}
