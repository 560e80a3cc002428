//! Which results are not at their destinations, should the run be interrupted now?
//!
//! A run may end at any moment, by a signal that another thread handles. What was begun by then is
//! listed here, so that nothing of it is left behind and what is told is true.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::{NamedTempFile, TempDir};

static UNFINISHED: Mutex<Vec<Unfinished>> = Mutex::new(Vec::new());

/// Held while results get their names, so that of one run's results all are there or none.
static NAMING: Mutex<()> = Mutex::new(());

#[derive(Debug)]
struct Unfinished {
    id: u64,
    /// As the user named it.
    place: String,
    part: Part,
}

/// How much of a result is there.
#[derive(Debug)]
enum Part {
    Nothing,
    /// A temporary file or folder, which is not at its place.
    Aside(PathBuf),
    /// Something is at its place already, and may not be all.
    There,
}

/// A result that is not at its destination, for as long as this lives.
#[derive(Debug)]
pub struct Pending(u64);

impl Pending {
    /// A result for `place`, of which nothing is written.
    pub fn new(place: &str) -> Self {
        let mut unfinished = locked(&UNFINISHED);
        let id = unfinished.last().map_or(0, |last| last.id + 1);
        unfinished.push(Unfinished { id, place: place.to_owned(), part: Part::Nothing });
        Pending(id)
    }

    /// What `create` makes, to hold the result until it is whole.
    pub fn aside(
        &self,
        create: impl FnOnce() -> io::Result<NamedTempFile>,
    ) -> io::Result<NamedTempFile> {
        // No interruption comes between the file and its being known.
        let mut unfinished = locked(&UNFINISHED);
        let file = create()?;
        self.set(&mut unfinished, Part::Aside(file.path().to_owned()));
        Ok(file)
    }

    /// What `create` makes, to hold the files of the result until they are whole.
    pub fn folder_aside(
        &self,
        create: impl FnOnce() -> io::Result<TempDir>,
    ) -> io::Result<TempDir> {
        let mut unfinished = locked(&UNFINISHED);
        let folder = create()?;
        self.set(&mut unfinished, Part::Aside(folder.path().to_owned()));
        Ok(folder)
    }

    /// Some of it is at its destination from now on.
    pub fn begin(&self) {
        self.set(&mut locked(&UNFINISHED), Part::There);
    }

    fn set(&self, unfinished: &mut [Unfinished], part: Part) {
        if let Some(entry) = unfinished.iter_mut().find(|entry| entry.id == self.0) {
            entry.part = part;
        }
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        locked(&UNFINISHED).retain(|entry| entry.id != self.0);
    }
}

/// While what is given lives, [`abandon`] waits.
pub fn hold_interruption() -> MutexGuard<'static, ()> {
    locked(&NAMING)
}

/// Gives up all results that are not at their destinations, and says which they are.
///
/// For the thread that ends the process: whoever goes on writing results from now on waits for it.
pub fn abandon() -> String {
    std::mem::forget(hold_interruption());
    let unfinished = locked(&UNFINISHED);
    for entry in &*unfinished {
        if let Part::Aside(path) = &entry.part {
            // Where it cannot be removed, the next run tries again.
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
    }
    let told = describe(&unfinished);
    std::mem::forget(unfinished);
    told
}

fn describe(unfinished: &[Unfinished]) -> String {
    let places = |is_there: bool| -> String {
        let of_kind = unfinished.iter().filter(|e| matches!(e.part, Part::There) == is_there);
        of_kind.map(|e| e.place.as_str()).collect::<Vec<_>>().join(", ")
    };
    match (places(false), places(true)) {
        (none, part) if none.is_empty() && part.is_empty() => String::new(),
        (none, part) if part.is_empty() => format!("nothing was written to {none}"),
        (none, part) if none.is_empty() => format!("not all was written to {part}"),
        (none, part) => {
            format!("nothing was written to {none}, and not all to {part}")
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_what_is_there() {
        let entry = |place: &str, part| Unfinished { id: 0, place: place.to_owned(), part };
        let (kept, removed) = (entry("k", Part::Aside("t".into())), entry("r", Part::Nothing));
        let stdout = entry("standard output", Part::There);
        assert_eq!(describe(&[]), "");
        let unfinished = [kept, removed, stdout];
        assert_eq!(describe(&unfinished[..2]), "nothing was written to k, r");
        assert_eq!(describe(&unfinished[2..]), "not all was written to standard output");
        assert_eq!(
            describe(&unfinished),
            "nothing was written to k, r, and not all to standard output"
        );
    }
}
