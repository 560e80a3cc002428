//! What is told on stderr: it never fails a run, not even where nobody listens.

use crate::error::Error;
use crate::report::rejects::tell_error;
use std::io::{self, Write};

/// Runs `write` on stderr, buffered.
///
/// `eprintln!` would panic where stderr is a pipe that nobody reads any more.
pub fn tell(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    let mut stderr = io::BufWriter::new(io::stderr().lock());
    let _ = write(&mut stderr).and_then(|()| stderr.flush());
}

/// Tells of what went wrong in a run whose results are whole all the same.
pub fn warn(error: &Error) {
    tell(|out| out.write_all(b"warning: ").and_then(|()| tell_error(error, out)));
}
