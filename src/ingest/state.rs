//! Are the inputs what they were?

use super::paths::{self, Found, Place};
use crate::error::{Error, ErrorKind, Result};
use bincode::{Decode, Encode};
use std::fs;
use std::time::UNIX_EPOCH;

/// What tells that a file has changed.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct InputState {
    /// As given or found.
    pub path: String,
    /// Its size; 0 where it is missing.
    pub n_bytes: u64,
    /// When it was last written, in nanoseconds since 1970, where the system tells.
    pub modified_nanos: Option<u64>,
}

/// The state of every file that the paths lead to, in their order.
///
/// # Errors
///
/// [`ErrorKind::Usage`] for what can be read only once.
pub fn states(paths: &[String]) -> Result<Vec<InputState>> {
    let state = |found| match found {
        Found::Input(input) => match &input.place {
            Place::File(path) => match fs::metadata(path) {
                Ok(data) if !data.is_file() => Err(once(&input.path)),
                Ok(data) => {
                    let modified = data.modified().ok();
                    let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
                    let nanos = since.map(|since| since.as_nanos() as u64);
                    Ok(InputState { path: input.path, n_bytes: data.len(), modified_nanos: nanos })
                }
                Err(_) => Ok(missing(input.path)),
            },
            Place::Stdin => Err(once(&input.path)),
        },
        Found::Missing(reject) => Ok(missing(reject.path)),
    };
    paths::find(paths).inputs.into_iter().map(state).collect()
}

fn missing(path: String) -> InputState {
    InputState { path, n_bytes: 0, modified_nanos: None }
}

fn once(path: &str) -> Error {
    let cause = "it can be read only once, and a run that goes on reads it again";
    Error::new(ErrorKind::Usage, path, "cannot be resumed", cause).hint("save it to a file")
}
