//! How far is the run? Shown on stderr, where that is a terminal and nobody asked for quiet.
//!
//! A thread of its own looks ten times a second at what was counted meanwhile; the run does not
//! wait for it.

use crate::ingest::Meter;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

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
        let (end, ended) = mpsc::channel::<()>();
        let draw = move || {
            let goes_on = |time| ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            if !goes_on(SHORT) {
                return;
            }
            let target = ProgressDrawTarget::stderr_with_hz(PER_SECOND);
            let bar = ProgressBar::with_draw_target(None, target).with_message(name);
            // Since the stage began, as far as that matters to a person.
            let bar = bar.with_elapsed(SHORT);
            *shown() = Some(bar.clone());
            loop {
                update(&bar, &meter);
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

const ONLY_TIME: &str = "{msg}: {elapsed}";
const ONLY_READ: &str = "{msg}: {decimal_bytes}, {decimal_bytes_per_sec}, {elapsed}";
const READ_OF_ALL: &str = "{msg}: {decimal_bytes} of {decimal_total_bytes}, \
                           {decimal_bytes_per_sec}, {eta} left";

fn update(bar: &ProgressBar, meter: &Meter) {
    let (n_read, n_all) = (meter.n_read(), meter.n_all());
    let template = match (n_read, n_all) {
        (_, Some(n_all)) => {
            bar.set_length(n_all);
            READ_OF_ALL
        }
        (0, None) => ONLY_TIME,
        (_, None) => ONLY_READ,
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_position(n_read);
    bar.tick();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_understood() {
        for template in [ONLY_TIME, ONLY_READ, READ_OF_ALL] {
            ProgressStyle::with_template(template).unwrap();
        }
    }
}
