//! The folder of a run that can be stopped: at a time it is one run's alone.

use crate::cli::same_file::is_same_file;
use crate::error::{Error, ErrorKind, Result, reason};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Locked while a run lasts. The lock ends with the process, however that ends.
pub const LOCK: &str = "lock.kutip";

/// A folder that no other run uses meanwhile.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Held open.
    _lock: File,
    /// What this run made for it, and is to be gone where nothing is left in it: the inner ones first.
    made: Vec<PathBuf>,
}

impl Folder {
    /// The folder, which is made where there is none. The files named are its own.
    ///
    /// # Errors
    ///
    /// Where it cannot be made or written, where another run uses it, and where something that is no
    /// regular file has one of the names: opening a pipe would wait for ever.
    pub fn open(path: &Path, names: &[&str]) -> Result<Self> {
        loop {
            let is_missing = |folder: &&Path| *folder != Path::new("") && !folder.exists();
            let made = path.ancestors().take_while(is_missing).map(Path::to_owned).collect();
            fs::create_dir_all(path).map_err(|error| unusable(path, &error))?;
            names.iter().try_for_each(|name| check_regular(&path.join(name)))?;
            if let Some(lock) = locked(path)? {
                return Ok(Folder { path: path.to_owned(), _lock: lock, made });
            }
        }
    }

    /// The path of one of its files.
    pub fn at(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// As the user named it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Lets it go: the run has come to its end. It is gone then where nothing else is in it.
    pub fn end(mut self) {
        if !self.made.contains(&self.path) {
            self.made.insert(0, self.path.clone());
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Before it is unlocked: who locks it then sees that it is not there any more.
        let _ = fs::remove_file(self.at(LOCK));
        // What else is in them is not ours, and keeps them.
        let _ = self.made.iter().try_for_each(fs::remove_dir);
    }
}

/// The lock on a folder; `None` where a run that has just ended took it, or the folder, away.
fn locked(folder: &Path) -> Result<Option<File>> {
    let path = folder.join(LOCK);
    check_regular(&path)?;
    let lock = match OpenOptions::new().write(true).create(true).truncate(false).open(&path) {
        Ok(lock) => lock,
        Err(_) if !folder.exists() => return Ok(None),
        Err(error) => return Err(unusable(&path, &error)),
    };
    let data = lock.metadata().map_err(|error| unusable(&path, &error))?;
    if 0 < data.len() {
        // It would be removed in the end.
        let cause = format!("expected an empty file, got one of {} bytes", data.len());
        return Err(in_the_way(&path, cause));
    }
    match lock.try_lock() {
        Ok(()) if is_same_file(&data, &path) => Ok(Some(lock)),
        Ok(()) => Ok(None),
        Err(TryLockError::WouldBlock) => Err(in_use(folder)),
        // A file system without locks.
        Err(TryLockError::Error(_)) => Ok(Some(lock)),
    }
}

fn check_regular(path: &Path) -> Result<()> {
    match fs::metadata(path) {
        Ok(data) if !data.is_file() => {
            let got = if data.is_dir() { "a folder" } else { "a pipe or device" };
            Err(in_the_way(path, format!("expected a regular file, got {got}")))
        }
        _ => Ok(()),
    }
}

fn in_the_way(path: &Path, cause: String) -> Error {
    Error::new(ErrorKind::Usage, path.display(), "in the way of --resume", cause)
        .hint("remove it, or give --resume another folder")
}

fn in_use(folder: &Path) -> Error {
    let cause = "each run that can be stopped needs a folder of its own";
    Error::new(ErrorKind::Usage, folder.display(), "in use by another run", cause)
        .hint("wait until that run has ended, or give --resume another folder")
}

/// The error of a folder, or a file in it, that cannot be read or written.
pub fn unusable(path: &Path, error: &io::Error) -> Error {
    Error::new(ErrorKind::Output, path.display(), "cannot be used to resume", reason(error))
        .hint("give --resume a folder that can be written")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_one_runs_at_a_time_and_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b");
        for is_end in [false, true] {
            let folder = Folder::open(&path, &[]).unwrap();
            let error = Folder::open(&path, &[]).unwrap_err();
            assert!(error.to_string().contains("a/b: in use by another run"), "{error}");
            assert!(folder.at(LOCK).exists(), "the second left the lock to the first");
            if is_end {
                folder.end()
            } else {
                drop(folder)
            }
            assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        }
        // What a run that was stopped has left keeps the folder; one that was killed leaves the lock.
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join(LOCK), "").unwrap();
        drop(Folder::open(&path, &[]).unwrap());
        assert!(path.exists() && !path.join(LOCK).exists());
        fs::write(path.join("other"), "").unwrap();
        Folder::open(&path, &[]).unwrap().end();
        assert_eq!(fs::read_dir(&path).unwrap().count(), 1);
    }

    #[test]
    fn what_is_no_file_of_a_run_is_named_and_stays() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("a.kutip")).unwrap();
        let refused = || Folder::open(dir.path(), &["a.kutip"]).unwrap_err().to_string();
        let told = refused();
        assert!(
            told.contains("a.kutip: in the way of --resume: expected a regular file, got a fold")
        );
        fs::remove_dir(dir.path().join("a.kutip")).unwrap();
        fs::write(dir.path().join(LOCK), "mine").unwrap();
        let told = refused();
        assert!(
            told.contains("lock.kutip: in the way of --resume: expected an empty file"),
            "{told}"
        );
        assert_eq!(fs::read(dir.path().join(LOCK)).unwrap(), b"mine");
    }
}
