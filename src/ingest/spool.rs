//! Where do bytes wait that cannot be read again from where they came?
//!
//! In one temporary file, however many inputs a run has: few files can be open at a time.

use crate::error::Result;
use crate::spill::Spill;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// The temporary file of a run, which is made when something is first to wait in it.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    spill: RwLock<Option<Spill>>,
}

impl Spool {
    /// A file in that folder, or else in the system's own for temporary files.
    pub fn new(folder: Option<&Path>) -> Self {
        Spool { folder: folder_or_default(folder), spill: RwLock::new(None) }
    }

    /// Appends `bytes`, and gives where they begin.
    fn append(&self, bytes: &[u8]) -> Result<u64> {
        let mut spill = self.spill.write().unwrap_or_else(PoisonError::into_inner);
        match &mut *spill {
            Some(spill) => spill.append(bytes),
            none => none.insert(Spill::create(&self.folder)?).append(bytes),
        }
    }

    /// Fills `out` with the bytes from `start` on, which are there.
    fn read(&self, start: u64, out: &mut [u8]) -> Result<()> {
        let spill = self.spill.read().unwrap_or_else(PoisonError::into_inner);
        spill.as_ref().map_or(Ok(()), |spill| spill.read(start, out))
    }
}

/// The folder named, or the system's own for temporary files.
pub fn folder_or_default(folder: Option<&Path>) -> PathBuf {
    folder.map_or_else(std::env::temp_dir, Path::to_owned)
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

    /// Holds the next bytes of the input; an error where there is no room for them.
    pub fn append(&mut self, bytes: &[u8]) -> Result<()> {
        let at = self.spool.append(bytes)?;
        let goes_on = self.runs.last().is_some_and(|run| run.at + (self.n_bytes - run.start) == at);
        if !goes_on {
            self.runs.push(Run { start: self.n_bytes, at });
        }
        self.n_bytes += bytes.len() as u64;
        Ok(())
    }

    /// Fills `out`, or as much of it as there is from `start` on; gives how many bytes.
    pub fn read_at(&self, mut start: u64, out: &mut [u8]) -> Result<usize> {
        let mut n_read = 0;
        while n_read < out.len() && start < self.n_bytes {
            let after = self.runs.partition_point(|run| run.start <= start);
            let run = self.runs[after - 1];
            let end = self.runs.get(after).map_or(self.n_bytes, |next| next.start);
            let n = ((end - start) as usize).min(out.len() - n_read);
            self.spool.read(run.at + (start - run.start), &mut out[n_read..][..n])?;
            n_read += n;
            start += n as u64;
        }
        Ok(n_read)
    }
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
}
