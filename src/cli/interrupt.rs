//! What becomes of a run that is interrupted? Nothing half-written stays, and nobody is left to
//! guess.

use super::console::tell;
use super::progress;
use crate::report::output;
use crate::report::screen::escape_line;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// From now on SIGINT (Ctrl-C) and SIGTERM end the process as [`end`] does. Where they cannot be
/// watched for, the system ends it, and the next run removes what is left behind.
#[cfg(unix)]
pub fn watch() {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else { return };
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            end(if signal == SIGINT { "interrupted" } else { "terminated" });
            // Without the handlers of a normal end: other threads are in the midst of their work.
            signal_hook::low_level::exit(128 + signal);
        }
    };
    let _ = thread::Builder::new().name("signals".to_owned()).spawn(wait);
}

#[cfg(not(unix))]
pub fn watch() {}

/// How long telling may take: stderr may be a pipe that nobody empties.
const TELLING: Duration = Duration::from_millis(500);

/// Gives up what is not at its destination, and says so.
#[cfg_attr(not(unix), allow(dead_code))]
fn end(how: &'static str) {
    let unfinished = output::abandon();
    let (told, is_told) = mpsc::channel();
    let telling = move || {
        progress::clear();
        let colon = if unfinished.is_empty() { "" } else { ": " };
        tell(|out| writeln!(out, "{how}{colon}{}", escape_line(&unfinished)));
        let _ = told.send(());
    };
    if thread::Builder::new().spawn(telling).is_ok() {
        let _ = is_told.recv_timeout(TELLING);
    }
}
