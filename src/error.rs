//! What went wrong, where, and the way out.

use std::fmt;

/// An error as a user reads it: `place: what: cause`, then a `hint:` line.
///
/// `place` is a path, or `path:line` for a record of a file with lines (lines count from 1).
/// Texts are lower case and without a final dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Which run-level reaction the error calls for.
    pub kind: ErrorKind,
    /// `path` or `path:line`; empty where no file is concerned.
    pub place: String,
    /// What could not be done: "cannot read", "not a JSON object".
    pub what: String,
    /// What was expected and what was found.
    pub cause: String,
    /// The way out, where there is one.
    pub hint: Option<String>,
}

/// What an [`Error`] means for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The command line asks for something that cannot be: the run does not start.
    Usage,
    /// A whole input cannot be read: it is rejected, the run goes on with the others.
    Input,
    /// One record of an input is bad: it is rejected, the run goes on.
    Record,
    /// A result cannot be written: the run ends.
    Output,
}

impl Error {
    /// An error at `place`.
    pub fn new(
        kind: ErrorKind,
        place: impl fmt::Display,
        what: impl fmt::Display,
        cause: impl fmt::Display,
    ) -> Self {
        Error {
            kind,
            place: place.to_string(),
            what: what.to_string(),
            cause: cause.to_string(),
            hint: None,
        }
    }

    /// The same error with the way out.
    pub fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.place, &self.what, &self.cause];
        let shown: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
        write!(f, "{}", shown.join(": "))?;
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

/// `Result` with [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// The text of a system's error as messages write it: lower case, without its number and without
/// the name of a temporary file.
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_lowercase);
    first.chain(chars).collect()
}
