//! Where do bytes wait that cannot be read again from where they came?
//!
//! In one temporary file, however many inputs a run has: few files can be open at a time. It has no
//! name in its folder where the system allows that, so that nothing of it stays behind, however the
//! run ends.

use super::stream::reason;
use crate::error::{Error, ErrorKind, Result};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The temporary file of a run, which is made when something is first to wait in it.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    file: OnceLock<File>,
    /// Bytes in the file; who appends holds it.
    n_bytes: Mutex<u64>,
}

impl Spool {
    /// A file in that folder, or else in the system's own for temporary files.
    pub fn new(folder: Option<&Path>) -> Self {
        let folder = folder_or_default(folder);
        Spool { folder, file: OnceLock::new(), n_bytes: Mutex::new(0) }
    }

    /// Appends `bytes`, and gives where they begin.
    fn append(&self, bytes: &[u8]) -> io::Result<u64> {
        let mut n_bytes = self.n_bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = match self.file.get() {
            Some(file) => file,
            None => {
                let file = tempfile::tempfile_in(&self.folder)?;
                self.file.get_or_init(|| file)
            }
        };
        let start = *n_bytes;
        file.write_all(bytes)?;
        *n_bytes += bytes.len() as u64;
        Ok(start)
    }
}

/// The folder named, or the system's own for temporary files.
pub fn folder_or_default(folder: Option<&Path>) -> PathBuf {
    folder.map_or_else(std::env::temp_dir, Path::to_owned)
}

/// The error of a folder that does not take what has to wait in it.
pub fn cannot_hold(folder: &Path, error: &io::Error) -> Error {
    let cause =
        format!("{}, and input that can be read only once has to wait there", reason(error));
    Error::new(ErrorKind::Output, folder.display(), "cannot write a temporary file", cause)
        .hint("name a folder with room for the text: `--temp-dir DIR`")
}

/// The bytes of one input, as far as they are in a spool.
#[derive(Debug)]
pub struct Held {
    spool: Arc<Spool>,
    /// In their order, without gaps: what stands together in the input and in the file.
    runs: Vec<Run>,
    n_bytes: u64,
}

/// Bytes that follow each other in both.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// In the input.
    start: u64,
    /// In the file.
    at: u64,
}

impl Held {
    /// Nothing held yet.
    pub fn new(spool: Arc<Spool>) -> Self {
        Held { spool, runs: Vec::new(), n_bytes: 0 }
    }

    /// How many bytes are held.
    pub fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// Holds the next bytes of the input.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Output`] where there is no room for them.
    pub fn append(&mut self, bytes: &[u8]) -> Result<()> {
        let at = self.spool.append(bytes).map_err(|e| cannot_hold(&self.spool.folder, &e))?;
        let goes_on = self.runs.last().is_some_and(|run| run.at + (self.n_bytes - run.start) == at);
        if !goes_on {
            self.runs.push(Run { start: self.n_bytes, at });
        }
        self.n_bytes += bytes.len() as u64;
        Ok(())
    }

    /// Fills `out`, or as much of it as there is from `start` on; gives how many bytes.
    pub fn read_at(&self, mut start: u64, out: &mut [u8]) -> io::Result<usize> {
        let Some(file) = self.spool.file.get() else { return Ok(0) };
        let mut n_read = 0;
        while n_read < out.len() && start < self.n_bytes {
            let after = self.runs.partition_point(|run| run.start <= start);
            let run = self.runs[after - 1];
            let end = self.runs.get(after).map_or(self.n_bytes, |next| next.start);
            let wanted = ((end - start) as usize).min(out.len() - n_read);
            let n = read_at(file, run.at + (start - run.start), &mut out[n_read..][..wanted])?;
            if n < wanted {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            n_read += n;
            start += n as u64;
        }
        Ok(n_read)
    }
}

/// Fills `out`, or as much of it as the file has from `start` on; gives how many bytes.
pub fn read_at(file: &File, start: u64, out: &mut [u8]) -> io::Result<usize> {
    let mut n_read = 0;
    while n_read < out.len() {
        match read_some_at(file, &mut out[n_read..], start + n_read as u64) {
            Ok(0) => break,
            Ok(n) => n_read += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(n_read)
}

#[cfg(unix)]
fn read_some_at(file: &File, out: &mut [u8], start: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, out, start)
}

#[cfg(not(unix))]
fn read_some_at(mut file: &File, out: &mut [u8], start: u64) -> io::Result<usize> {
    use io::{Read, Seek};
    // A handle has one position: another one for each read.
    let mut file = file.try_clone()?;
    file.seek(io::SeekFrom::Start(start))?;
    file.read(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn inputs_that_take_turns_are_read_again_each(
            appended in prop::collection::vec((0usize..3, prop::collection::vec(any::<u8>(), 0..9)), 0..20),
            start in 0usize..40,
            n_bytes in 0usize..40,
        ) {
            let spool = Arc::new(Spool::new(None));
            let mut held = [0, 1, 2].map(|_| Held::new(Arc::clone(&spool)));
            let mut expect = [const { Vec::new() }; 3];
            for (input, bytes) in &appended {
                held[*input].append(bytes).unwrap();
                expect[*input].extend_from_slice(bytes);
            }
            for (held, expect) in held.iter().zip(&expect) {
                prop_assert_eq!(held.n_bytes(), expect.len() as u64);
                let mut out = vec![0; n_bytes];
                let n_read = held.read_at(start as u64, &mut out).unwrap();
                let rest = expect.get(start..).unwrap_or_default();
                prop_assert_eq!(&out[..n_read], &rest[..n_bytes.min(rest.len())]);
            }
        }
    }

    #[test]
    fn a_folder_that_takes_nothing_is_named_with_the_way_out() {
        let missing = tempfile::tempdir().unwrap().path().join("no");
        let mut held = Held::new(Arc::new(Spool::new(Some(&missing))));
        let error = held.append(b"x").unwrap_err();
        assert_eq!((error.kind, &error.place), (ErrorKind::Output, &missing.display().to_string()));
        assert!(error.cause.starts_with("no such file or directory, and"), "{error}");
        assert!(error.hint.unwrap().contains("--temp-dir"));
    }
}
