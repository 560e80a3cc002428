//! How far is the run? Shown on stderr, where that is a terminal and nobody asked for quiet.
//!
//! A thread of its own looks ten times a second at what was counted meanwhile; the run does not
//! wait for it.

use crate::ingest::Meter;
use crate::report::summary::bytes;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

const PER_SECOND: u8 = 10;

/// What takes less is not shown.
const SHORT: Duration = Duration::from_millis(400);

/// What is on the terminal, for whoever has to clear it.
static SHOWN: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Whether stages of the run are shown.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    is_shown: bool,
}

impl Progress {
    /// Shows what is to come, if that `is_wanted` and there is a terminal to show it on.
    pub fn new(is_wanted: bool) -> Self {
        Progress { is_shown: is_wanted && io::stderr().is_terminal() }
    }

    /// What counts bytes for [`Progress::reading`].
    pub fn meter(self) -> Meter {
        if self.is_shown { Meter::watched() } else { Meter::default() }
    }

    /// Shows how far a stage has come by what `meter` counts, for as long as what is given lives.
    pub fn reading(self, name: &'static str, meter: &Meter) -> Option<Stage> {
        self.is_shown.then(|| Stage::show(name, meter.clone())).flatten()
    }

    /// Shows that a stage has begun, and when, for as long as what is given lives.
    pub fn stage(self, name: &'static str) -> Option<Stage> {
        self.reading(name, &Meter::default())
    }

    /// As [`Progress::stage`], unless the terminal is for what the stage writes.
    pub fn writing(self, name: &'static str, is_to_stdout: bool) -> Option<Stage> {
        if is_to_stdout && io::stdout().is_terminal() { None } else { self.stage(name) }
    }
}

/// A stage that is shown.
#[derive(Debug)]
pub struct Stage {
    /// Closed when the stage ends.
    end: Option<Sender<()>>,
    drawing: Option<JoinHandle<()>>,
}

impl Stage {
    fn show(name: &'static str, meter: Meter) -> Option<Stage> {
        let start = Instant::now();
        let (end, ended) = mpsc::channel::<()>();
        let draw = move || {
            let goes_on = |time| ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            if !goes_on(SHORT) {
                return;
            }
            let Ok(style) = ProgressStyle::with_template("{msg}") else { return };
            let target = ProgressDrawTarget::stderr_with_hz(PER_SECOND);
            let bar = ProgressBar::with_draw_target(None, target).with_style(style);
            *shown() = Some(bar.clone());
            loop {
                bar.set_message(line(name, (meter.n_read(), meter.n_all()), start.elapsed()));
                if !goes_on(Duration::from_secs(1) / u32::from(PER_SECOND)) {
                    break;
                }
            }
            clear();
        };
        let drawing = thread::Builder::new().name("progress".to_owned()).spawn(draw).ok()?;
        Some(Stage { end: Some(end), drawing: Some(drawing) })
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.end = None;
        if let Some(drawing) = self.drawing.take() {
            // It ends at once, and the terminal is clear then.
            let _ = drawing.join();
        }
    }
}

/// Clears what is on the terminal, for good.
pub fn clear() {
    if let Some(bar) = shown().take() {
        bar.finish_and_clear();
    }
}

fn shown() -> std::sync::MutexGuard<'static, Option<ProgressBar>> {
    SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How far a stage is after that time.
fn line(name: &str, (n_read, n_all): (u64, Option<u64>), elapsed: Duration) -> String {
    let secs = elapsed.as_secs_f64();
    if n_read == 0 && n_all.is_none() {
        return format!("{name}: {secs:.0} s");
    }
    let rate = n_read as f64 / secs.max(1e-3);
    let rate_told = bytes(rate as u64);
    match n_all {
        None => format!("{name}: {}, {rate_told}/s, {secs:.0} s", bytes(n_read)),
        Some(n_all) => {
            let left = n_all.saturating_sub(n_read) as f64 / rate.max(1.0);
            let (read, all) = (bytes(n_read), bytes(n_all));
            format!("{name}: {read} of {all}, {rate_told}/s, {} left", time(left))
        }
    }
}

/// A time that nobody needs to know to the second.
fn time(secs: f64) -> String {
    match secs {
        ..100.0 => format!("{secs:.0} s"),
        ..6000.0 => format!("{:.0} min", secs / 60.0),
        _ => format!("{:.1} h", secs / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_far_it_is() {
        for (counts, secs, expect) in [
            ((0, None), 3, "scan: 3 s"),
            ((5_000_000, None), 2, "scan: 5.0 MB, 2.5 MB/s, 2 s"),
            ((0, Some(8_000)), 1, "scan: 0 bytes of 8.0 kB, 0 bytes/s, 2.2 h left"),
            ((5_000_000, Some(15_000_000)), 2, "scan: 5.0 MB of 15.0 MB, 2.5 MB/s, 4 s left"),
            ((1_000_000, Some(601_000_000)), 1, "scan: 1.0 MB of 601.0 MB, 1.0 MB/s, 10 min left"),
            // A file that grows meanwhile.
            ((9_000, Some(8_000)), 1, "scan: 9.0 kB of 8.0 kB, 9.0 kB/s, 0 s left"),
        ] {
            assert_eq!(line("scan", counts, Duration::from_secs(secs)), expect);
        }
    }
}
