//! Where does a result stand until it is whole? In a file beside its destination, whose name says
//! for which: `.NAME.kutip-RANDOM.tmp`.
//!
//! Its owner holds a lock on it, which ends with the process however that ends. One that nobody
//! holds was left behind by a run that was killed, and is removed by the next run that writes to
//! the same destination.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::path::Path;
use tempfile::{NamedTempFile, TempDir};

/// Characters of a name that tell temporary files of one destination apart.
const N_RANDOM: usize = 6;

const SUFFIX: &str = ".tmp";

/// Bytes of the destination's name that are in the temporary one: systems allow 255 for all of it.
const MAX_NAME_BYTES: usize = 200;

/// What the name of a temporary file for `path` begins with. Names that differ in their ends may
/// have one beginning; only files that nobody holds are removed for it.
fn prefix(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let end = (0..=MAX_NAME_BYTES.min(name.len())).rev().find(|&at| name.is_char_boundary(at));
    format!(".{}.kutip-", &name[..end.unwrap_or(0)])
}

/// An empty file for what is to be at `path`, which vanishes unless it is renamed.
pub fn beside(path: &Path, permissions: Option<Permissions>) -> io::Result<NamedTempFile> {
    let folder = folder(path)?;
    let prefix = prefix(path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(SUFFIX).rand_bytes(N_RANDOM);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask
    let file = loop {
        let file = builder.tempfile_in(folder)?;
        match file.as_file().try_lock() {
            // Another run may have taken it for left behind before it was locked.
            Ok(()) if !file.path().exists() => {}
            Err(fs::TryLockError::WouldBlock) => {}
            Ok(()) => break file,
            // A file system without locks: nobody takes a file there for left behind.
            Err(fs::TryLockError::Error(_)) => break file,
        }
    };
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}

/// A new folder in `parent` for what is to be at `path`, which vanishes with all that is left in it.
pub fn folder_beside(path: &Path, parent: &Path) -> io::Result<TempDir> {
    tempfile::Builder::new().prefix(&prefix(path)).suffix(SUFFIX).tempdir_in(parent)
}

/// An error where there can be no temporary file for `path`. None is left behind, whatever happens.
pub fn try_beside(path: &Path) -> io::Result<()> {
    tempfile::tempfile_in(folder(path)?).map(drop)
}

/// Removes the temporary files for `path` that nobody holds any more. What cannot be removed stays.
pub fn remove_left_behind(path: &Path) {
    let Ok(entries) = folder(path).and_then(fs::read_dir) else { return };
    let prefix = prefix(path);
    for entry in entries.flatten() {
        let is_temporary = entry.file_name().to_str().is_some_and(|name| is_of(name, &prefix));
        if is_temporary && is_left_behind(&entry.path()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_of(name: &str, prefix: &str) -> bool {
    let random = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|r| r.len() == N_RANDOM && r.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether a regular file is there and nobody holds its lock.
fn is_left_behind(path: &Path) -> bool {
    let is_regular = fs::symlink_metadata(path).is_ok_and(|data| data.is_file());
    let locked = |file: File| file.try_lock().is_ok();
    is_regular && OpenOptions::new().write(true).open(path).is_ok_and(locked)
}

/// The folder that a file is in; an error where the path names no file.
pub fn folder(path: &Path) -> io::Result<&Path> {
    let names_folder = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    let parent = path.parent().filter(|_| !names_folder).ok_or(io::ErrorKind::IsADirectory)?;
    Ok(if parent == Path::new("") { Path::new(".") } else { parent })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_holds_is_removed_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        let held = beside(&at("a"), None).unwrap();
        let other = beside(&at("a.kutip-b"), None).unwrap();
        let stay = [
            "a",
            "a.kutip-abcdef.tmp",
            ".a.kutip-abcdef",
            ".a.kutip-abcdefg.tmp",
            ".a.kutip-abc-ef.tmp",
            ".b.kutip-abcdef.tmp",
            ".a.kutip-b.kutip-abcdef.tmp",
        ];
        for name in stay.iter().chain(&[".a.kutip-abcdef.tmp", ".a.kutip-123456.tmp"]) {
            fs::write(at(name), "x").unwrap();
        }
        fs::create_dir(at(".a.kutip-folder.tmp")).unwrap();
        remove_left_behind(&at("a"));
        let mut names: Vec<_> =
            fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().path()).collect();
        names.sort();
        let mut expect: Vec<_> = stay.map(at).to_vec();
        expect.extend([held.path(), other.path(), &at(".a.kutip-folder.tmp")].map(Path::to_owned));
        expect.sort();
        assert_eq!(names, expect);
        // As if its process had been killed.
        let path = held.into_temp_path().keep().unwrap();
        remove_left_behind(&at("a"));
        assert!(!path.exists());
    }

    #[test]
    fn long_names_and_names_of_other_letters_leave_room() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["x".repeat(255), "é".repeat(127), "日".repeat(85)] {
            let file = beside(&dir.path().join(&name), None).unwrap();
            file.persist(dir.path().join(&name)).unwrap();
        }
    }
}
