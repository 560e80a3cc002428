//! A folder of files that is there when all of it is.
//!
//! It is filled beside its destination and renamed. What a run that was killed leaves is a hidden folder
//! `.NAME.kutip-RANDOM.tmp`.

use super::pending::{self, Pending};
use super::{sync_name, temporary, unwritable};
use crate::error::{Error, ErrorKind, Result};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A destination that was writable when it was prepared.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Where it stands until it is whole; vanishes with what is left in it.
    aside: TempDir,
    pending: Pending,
}

impl Folder {
    /// The destination of that name.
    ///
    /// Errors where there is something already, but for an empty folder, and where none can be made.
    pub fn prepare(path: &Path) -> Result<Folder> {
        let place = path.display().to_string();
        match fs::read_dir(path).map(|mut entries| entries.next().is_some()) {
            Ok(true) => {
                let cause = "expected a new or an empty folder, got one with files in it";
                let error = Error::new(ErrorKind::Output, place, "cannot write", cause);
                return Err(error.hint("remove it first, or name another"));
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(unwritable(&place, &error));
            }
            _ => {}
        }
        let pending = Pending::new(&place);
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        let aside = pending.folder_aside(|| temporary::folder_beside(path, parent));
        let aside = aside.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => unwritable(&place, &error)
                .hint(format!("the folder {} does not exist: create it first", parent.display())),
            _ => unwritable(&place, &error),
        })?;
        Ok(Folder { path: path.to_owned(), aside, pending })
    }

    /// Gives it what `fill` puts into the folder of the given path, which is new. Where that fails, there
    /// is no folder.
    pub fn write(self, fill: impl FnOnce(&Path) -> io::Result<()>) -> Result<()> {
        let place = self.path.display().to_string();
        // The folder itself, and not the temporary one, has the permissions that folders usually get.
        let inside = self.aside.path().join("new");
        let filled = fs::create_dir(&inside).and_then(|()| fill(&inside));
        filled.and_then(|()| self.publish(&inside)).map_err(|error| unwritable(&place, &error))
    }

    fn publish(self, inside: &Path) -> io::Result<()> {
        let _all = pending::hold_interruption();
        // An empty folder is in the way on some systems.
        match fs::remove_dir(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::rename(inside, &self.path)?;
        drop(self.pending);
        sync_name(&self.path)
    }
}
