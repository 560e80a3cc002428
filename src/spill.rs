//! Where does it go what memory is not to hold?
//!
//! Into a temporary file that has no name: it vanishes with the process, however that ends.

use crate::error::{Error, ErrorKind, Result};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Bytes in a temporary file, added at its end and read at any place.
#[derive(Debug)]
pub struct Spill {
    file: File,
    folder: PathBuf,
    n_bytes: u64,
}

impl Spill {
    /// An empty one in `folder`. Errors where no file can be made there.
    pub fn create(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder).map_err(|error| unusable(folder, &error))?;
        Ok(Spill { file, folder: folder.to_owned(), n_bytes: 0 })
    }

    /// How many bytes there are.
    pub fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// Adds bytes; gives the place of the first. Errors where the disk is full.
    pub fn append(&mut self, bytes: &[u8]) -> Result<u64> {
        self.file.write_all(bytes).map_err(|error| unusable(&self.folder, &error))?;
        let start = self.n_bytes;
        self.n_bytes += bytes.len() as u64;
        Ok(start)
    }

    /// Fills `out` with the bytes from `start` on, which are there.
    pub fn read(&self, start: u64, out: &mut [u8]) -> Result<()> {
        read_exact_at(&self.file, out, start).map_err(|error| unusable(&self.folder, &error))
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, out: &mut [u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, out, start)
}

#[cfg(not(unix))]
fn read_exact_at(mut file: &File, out: &mut [u8], start: u64) -> io::Result<()> {
    use io::{Read, Seek};
    // A handle has one position: another one for each read.
    let mut file = file.try_clone()?;
    file.seek(io::SeekFrom::Start(start))?;
    file.read_exact(out)
}

fn unusable(folder: &Path, error: &io::Error) -> Error {
    let what = "cannot keep temporary data";
    Error::new(ErrorKind::Output, folder.display(), what, crate::error::reason(error))
        .hint("name a folder with more room with --temp-dir")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_is_read_at_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let mut spill = Spill::create(folder.path()).unwrap();
        assert_eq!(spill.append(b"satu").unwrap(), 0);
        assert_eq!(spill.append(b"dua").unwrap(), 4);
        let mut out = [0; 3];
        spill.read(4, &mut out).unwrap();
        assert_eq!((&out, spill.n_bytes()), (b"dua", 7));
        assert!(spill.read(5, &mut out).is_err());
        #[cfg(unix)]
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "it has no name");
    }

    #[test]
    fn a_folder_that_is_none_is_named() {
        let error = Spill::create(Path::new("no/such")).unwrap_err().to_string();
        assert!(error.starts_with("no/such: cannot keep temporary data: no such"), "{error}");
        assert!(error.contains("--temp-dir"), "{error}");
    }
}
