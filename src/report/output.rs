//! Where does a result go, and when is it there?
//!
//! A destination is tried before the long run, so that a folder that does not exist costs no
//! hours. A regular file appears under its name only when it is whole: it is written to a
//! temporary file beside it, brought to the disk and renamed, and of several results of one run
//! none before all are whole. Devices and pipes are written directly. A name that ends in `.gz`,
//! `.zst`, `.bz2` or `.xz` is compressed. Every failure to write or to close is an error that names
//! the path: a full disk never looks like success.

mod compression;
mod folder;
mod pending;
mod temporary;

pub use compression::uncompressed_name;
pub use folder::Folder;
pub use pending::abandon;

use crate::error::{Error, ErrorKind, Result, reason};
use compression::Compression;
use pending::Pending;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A destination that was writable when it was prepared. Nothing is at it until [`Output::write`].
#[derive(Debug)]
pub struct Output {
    /// As the user named it.
    place: String,
    target: Target,
    compression: Compression,
    pending: Pending,
}

#[derive(Debug)]
enum Target {
    Stdout,
    /// A device or a pipe, open.
    Direct(File),
    /// The file's path, links resolved, and the permissions to keep if it is there already.
    Regular(PathBuf, Option<Permissions>),
}

/// What became of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// All of it is at the destination.
    Whole,
    /// Who read standard output wanted no more: no failure.
    ReaderLeft,
}

/// A result that is whole, and a regular file not yet under its name.
#[derive(Debug)]
pub struct Staged {
    place: String,
    /// Where a regular file stands, and its path to be.
    file: Option<(NamedTempFile, PathBuf)>,
    written: Written,
    pending: Pending,
}

impl Output {
    /// Standard output.
    pub fn stdout() -> Self {
        Output::new("standard output".to_owned(), Target::Stdout, Compression::None)
    }

    /// The destination of that name; `-` is standard output. Opening a pipe waits for its reader.
    /// What a run that was killed left beside a regular file is removed.
    ///
    /// Errors where the path cannot be written: a folder, in a folder that does not exist or
    /// admits no new file, without permission.
    pub fn prepare(path: &Path) -> Result<Self> {
        if is_stdout(path) {
            return Ok(Output::stdout());
        }
        let place = path.display().to_string();
        match Target::find(path) {
            Ok(target) => Ok(Output::new(place, target, Compression::of(path))),
            Err(error) => Err(cannot_write(&place, path, &error)),
        }
    }

    fn new(place: String, target: Target, compression: Compression) -> Self {
        let pending = Pending::new(&place);
        Output { place, target, compression, pending }
    }

    /// Gives the destination what `fill` writes: all of it, or for a regular file nothing.
    pub fn write(self, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Written> {
        let staged = self.stage(fill)?;
        let written = staged.written;
        publish([staged]).map(|()| written)
    }

    /// Writes what `fill` gives: all of it, and for a regular file not under its name, which it gets
    /// when it is [published](publish).
    pub fn stage(self, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Staged> {
        let Output { place, target, compression, pending } = self;
        let to_stdout = matches!(target, Target::Stdout);
        let direct = |sink, fill| compression.fill(Direct { sink, pending: &pending }, fill);
        let staged = match target {
            Target::Stdout => {
                direct(&mut io::stdout().lock() as &mut dyn Write, fill).map(|_| None)
            }
            Target::Direct(mut file) => direct(&mut file as &mut dyn Write, fill).map(|_| None),
            Target::Regular(path, permissions) => {
                let file = pending.aside(|| temporary::beside(&path, permissions));
                file.and_then(|file| {
                    compression.fill(file.as_file(), fill)?;
                    file.as_file().sync_all()?;
                    Ok(Some((file, path)))
                })
            }
        };
        match staged {
            Ok(file) => Ok(Staged { place, file, written: Written::Whole, pending }),
            Err(error) if to_stdout && error.kind() == io::ErrorKind::BrokenPipe => {
                Ok(Staged { place, file: None, written: Written::ReaderLeft, pending })
            }
            // What is written may have to be read first.
            Err(error) => Err(error.downcast().unwrap_or_else(|error| unwritable(&place, &error))),
        }
    }
}

impl Staged {
    /// What became of the result, once it is published.
    pub fn written(&self) -> Written {
        self.written
    }
}

/// Gives the results of a run their names, in that order: a signal finds all of them there or none.
pub fn publish(results: impl IntoIterator<Item = Staged>) -> Result<()> {
    let mut named = Vec::new();
    {
        let _all = pending::hold_interruption();
        for Staged { place, file, pending, .. } in results {
            if let Some((file, path)) = file {
                // The lock on the file lasts until it is closed.
                let renamed = file.persist(&path).map_err(|error| unwritable(&place, &error.error));
                named.push((renamed?, place, path));
            }
            drop(pending);
        }
    }
    for (_, place, path) in &named {
        sync_name(path).map_err(|error| unwritable(place, &error))?;
    }
    Ok(())
}

/// Brings a file's name to the disk, where its folder can be opened as a file.
fn sync_name(path: &Path) -> io::Result<()> {
    match temporary::folder(path).and_then(File::open) {
        Ok(folder) if cfg!(unix) => folder.sync_all().or_else(|error| match error.kind() {
            // A file system that has no such thing.
            io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported => Ok(()),
            _ => Err(error),
        }),
        _ => Ok(()),
    }
}

/// What is written to at once, and not at the end.
struct Direct<'s> {
    sink: &'s mut dyn Write,
    pending: &'s Pending,
}

impl Write for Direct<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.begin();
        self.sink.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Whether the name stands for standard output.
pub fn is_stdout(path: &Path) -> bool {
    path == Path::new("-") || path == Path::new("/dev/stdout")
}

impl Target {
    fn find(path: &Path) -> io::Result<Target> {
        match OpenOptions::new().write(true).open(path) {
            Ok(file) => {
                let found = file.metadata()?;
                if !found.is_file() {
                    return Ok(Target::Direct(file));
                }
                Target::regular(fs::canonicalize(path)?, Some(found.permissions()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => {
                Target::regular(path.to_owned(), None)
            }
            Err(error) => Err(error),
        }
    }

    /// No file is kept open over the run: one of a run that is killed would be left behind.
    fn regular(path: PathBuf, permissions: Option<Permissions>) -> io::Result<Target> {
        temporary::remove_left_behind(&path);
        temporary::try_beside(&path)?;
        Ok(Target::Regular(path, permissions))
    }
}

fn cannot_write(place: &str, path: &Path, error: &io::Error) -> Error {
    let told = unwritable(place, error);
    match temporary::folder(path) {
        Ok(folder) if error.kind() == io::ErrorKind::NotFound && !folder.exists() => {
            told.hint(format!("the folder {} does not exist: create it first", folder.display()))
        }
        _ => told,
    }
}

fn unwritable(place: &str, error: &io::Error) -> Error {
    Error::new(ErrorKind::Output, place, "cannot write", reason(error))
}

#[cfg(test)]
mod tests {
    use super::compression::EXTENSIONS;
    use super::*;
    use std::io::Read;

    fn put(path: &Path, text: &str) -> Result<Written> {
        Output::prepare(path)?.write(|out| out.write_all(text.as_bytes()))
    }

    fn names_in(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn the_name_decides_the_compression() {
        let folder = tempfile::tempdir().unwrap();
        let text = "satu dua tiga\n".repeat(20_000);
        for name in ["a.jsonl", "a.gz", "a.zst", "a.bz2", "a.xz", "a.ZST"] {
            let path = folder.path().join(name);
            assert_eq!(put(&path, &text), Ok(Written::Whole));
            let bytes = fs::read(&path).unwrap();
            let mut found = String::new();
            match Compression::of(&path) {
                Compression::None => found = String::from_utf8(bytes).unwrap(),
                Compression::Gzip => flate2::read::GzDecoder::new(&*bytes)
                    .read_to_string(&mut found)
                    .map(drop)
                    .unwrap(),
                Compression::Zstd => {
                    found = String::from_utf8(zstd::decode_all(&*bytes).unwrap()).unwrap()
                }
                Compression::Bzip2 => bzip2::read::BzDecoder::new(&*bytes)
                    .read_to_string(&mut found)
                    .map(drop)
                    .unwrap(),
                Compression::Xz => liblzma::read::XzDecoder::new(&*bytes)
                    .read_to_string(&mut found)
                    .map(drop)
                    .unwrap(),
            }
            assert!(found == text, "{name}");
        }
    }

    #[test]
    fn nothing_is_there_before_and_all_of_it_after() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let output = Output::prepare(&path).unwrap();
        assert_eq!(names_in(folder.path()), [""; 0]);
        output.write(|out| out.write_all(b"x")).unwrap();
        assert_eq!(names_in(folder.path()), ["a.txt"]);
        assert_eq!(fs::read(&path).unwrap(), b"x");
    }

    #[test]
    fn a_failure_midway_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "old").unwrap();
        let failed = Output::prepare(&path).unwrap().write(|out| {
            out.write_all(&[b'x'; 1 << 17])?;
            Err(io::Error::other("no more"))
        });
        let error = failed.unwrap_err();
        assert_eq!(error.to_string(), format!("{}: cannot write: no more", path.display()));
        assert_eq!(names_in(folder.path()), ["a.txt"]);
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }

    #[test]
    fn results_of_one_run_are_there_when_all_are_whole() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let stage = |name: &str| {
            Output::prepare(&at(name)).unwrap().stage(|out| out.write_all(name.as_bytes())).unwrap()
        };
        fs::write(at(".a.kutip-abcdef.tmp"), "of a run that was killed").unwrap();
        let staged = [stage("a"), stage("b.gz")];
        assert_eq!(names_in(folder.path()).len(), 2, "two temporary files");
        assert!(!at("a").exists() && !at("b.gz").exists() && !at(".a.kutip-abcdef.tmp").exists());
        publish(staged).unwrap();
        assert_eq!(names_in(folder.path()).len(), 2);
        assert!(at("a").exists() && at("b.gz").exists());
    }

    #[test]
    fn what_cannot_be_written_is_found_out_before() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("no/a.txt");
        let hint = Output::prepare(&missing).unwrap_err().hint.unwrap();
        assert!(hint.contains("no does not exist"), "{hint}");
        for path in [folder.path().to_owned(), folder.path().join("new/"), PathBuf::new()] {
            let error = Output::prepare(&path).unwrap_err();
            assert_eq!((error.kind, error.hint), (ErrorKind::Output, None), "{path:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, Permissions::from_mode(0o640)).unwrap();
        symlink("real", &link).unwrap();
        put(&link, "new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        symlink("nowhere", folder.path().join("dangling")).unwrap();
        assert!(put(&folder.path().join("dangling"), "x").is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_device_is_an_error_and_the_null_device_none() {
        let full = Path::new("/dev/full");
        assert!(
            put(full, "x")
                .unwrap_err()
                .to_string()
                .starts_with("/dev/full: cannot write: no space")
        );
        assert_eq!(put(Path::new("/dev/null"), "x"), Ok(Written::Whole));
        assert!(full.exists() && Path::new("/dev/null").exists());
        for compression in EXTENSIONS.map(|(_, compression)| compression) {
            let device = OpenOptions::new().write(true).open(full).unwrap();
            let done = compression.fill(device, |out| out.write_all(b"x"));
            assert!(done.is_err(), "{compression:?}");
        }
    }
}
