//! What is told on stderr: it never fails a run, not even where nobody listens.

use std::io::{self, Write};

/// Runs `write` on stderr, buffered.
///
/// `eprintln!` would panic where stderr is a pipe that nobody reads any more.
pub fn tell(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    let mut stderr = io::BufWriter::new(io::stderr().lock());
    let _ = write(&mut stderr).and_then(|()| stderr.flush());
}

/// The same where it is wanted.
pub fn tell_if(is_wanted: bool, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    if is_wanted {
        tell(write);
    }
}
