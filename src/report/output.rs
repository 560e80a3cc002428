//! Where does a result go, and when is it there?
//!
//! A destination is tried before the long run, so that a folder that does not exist costs no
//! hours. A regular file appears under its name only when it is whole: it is written to a
//! temporary file beside it, brought to the disk and renamed. Devices and pipes are written
//! directly. A name that ends in `.gz`, `.zst`, `.bz2` or `.xz` is compressed. Every failure to
//! write or to close is an error that names the path: a full disk never looks like success.

use crate::error::{Error, ErrorKind, Result, reason};
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A destination that was writable when it was prepared. Nothing is at it until [`Output::write`].
#[derive(Debug)]
pub struct Output {
    /// As the user named it.
    place: String,
    target: Target,
    compression: Compression,
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

impl Output {
    /// Standard output.
    pub fn stdout() -> Self {
        Output {
            place: "standard output".to_owned(),
            target: Target::Stdout,
            compression: Compression::None,
        }
    }

    /// The destination of that name; `-` is standard output. Opening a pipe waits for its reader.
    ///
    /// Errors where the path cannot be written: a folder, in a folder that does not exist or
    /// admits no new file, without permission.
    pub fn prepare(path: &Path) -> Result<Self> {
        if is_stdout(path) {
            return Ok(Output::stdout());
        }
        let place = path.display().to_string();
        match Target::find(path) {
            Ok(target) => Ok(Output { place, target, compression: Compression::of(path) }),
            Err(error) => Err(cannot_write(&place, path, &error)),
        }
    }

    /// Gives the destination what `fill` writes: all of it, or for a regular file nothing.
    pub fn write(self, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Written> {
        let Output { place, target, compression } = self;
        let to_stdout = matches!(target, Target::Stdout);
        let done = match target {
            Target::Stdout => compression.fill(io::stdout().lock(), fill).map(drop),
            Target::Direct(file) => compression.fill(file, fill).map(drop),
            Target::Regular(path, permissions) => {
                write_regular(&path, permissions, |file| compression.fill(file, fill).map(drop))
            }
        };
        match done {
            Ok(()) => Ok(Written::Whole),
            Err(error) if to_stdout && error.kind() == io::ErrorKind::BrokenPipe => {
                Ok(Written::ReaderLeft)
            }
            // What is written may have to be read first.
            Err(error) => Err(error.downcast().unwrap_or_else(|error| unwritable(&place, &error))),
        }
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
                let path = fs::canonicalize(path)?;
                temporary_beside(&path, None)?;
                Ok(Target::Regular(path, Some(found.permissions())))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => {
                temporary_beside(path, None)?;
                Ok(Target::Regular(path.to_owned(), None))
            }
            Err(error) => Err(error),
        }
    }
}

fn cannot_write(place: &str, path: &Path, error: &io::Error) -> Error {
    let told = unwritable(place, error);
    match folder(path) {
        Some(folder) if error.kind() == io::ErrorKind::NotFound && !folder.exists() => {
            told.hint(format!("the folder {} does not exist: create it first", folder.display()))
        }
        _ => told,
    }
}

fn unwritable(place: &str, error: &io::Error) -> Error {
    Error::new(ErrorKind::Output, place, "cannot write", reason(error))
}

/// The folder that a file is in; `None` where the path names no file.
fn folder(path: &Path) -> Option<&Path> {
    let names_folder = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    let parent = path.parent().filter(|_| !names_folder)?;
    Some(if parent == Path::new("") { Path::new(".") } else { parent })
}

/// An empty file that vanishes unless it is renamed.
///
/// None is kept open over the run: an interrupted run would leave it behind, and a run that reads
/// the folder would find it.
fn temporary_beside(path: &Path, permissions: Option<Permissions>) -> io::Result<NamedTempFile> {
    let folder = folder(path).ok_or(io::ErrorKind::IsADirectory)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kutip-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask
    let file = builder.tempfile_in(folder)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}

fn write_regular(
    path: &Path,
    permissions: Option<Permissions>,
    fill: impl FnOnce(&File) -> io::Result<()>,
) -> io::Result<()> {
    let file = temporary_beside(path, permissions)?;
    fill(file.as_file())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// How a file is compressed: its name says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compression {
    None,
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

const EXTENSIONS: [(&str, Compression); 4] = [
    ("gz", Compression::Gzip),
    ("zst", Compression::Zstd),
    ("bz2", Compression::Bzip2),
    ("xz", Compression::Xz),
];

/// The path without the extension of a compression, if it has one.
pub fn uncompressed_name(path: &Path) -> PathBuf {
    match Compression::of(path) {
        Compression::None => path.to_owned(),
        _ => path.with_extension(""),
    }
}

impl Compression {
    fn of(path: &Path) -> Self {
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        EXTENSIONS
            .iter()
            .find(|(name, _)| extension.eq_ignore_ascii_case(name))
            .map_or(Compression::None, |&(_, compression)| compression)
    }

    /// Writes what `fill` gives to `sink`, compressed and flushed to the last byte.
    fn fill<W: Write>(
        self,
        sink: W,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<W> {
        let mut sink = BufWriter::with_capacity(WRITE_BYTES, sink);
        match self {
            Compression::None => fill(&mut sink)?,
            Compression::Gzip => {
                let level = flate2::Compression::default();
                let mut gzip = flate2::write::GzEncoder::new(&mut sink, level);
                buffered(&mut gzip, fill)?;
                gzip.finish()?;
            }
            Compression::Zstd => {
                let mut zstd = zstd::Encoder::new(&mut sink, zstd::DEFAULT_COMPRESSION_LEVEL)?;
                buffered(&mut zstd, fill)?;
                zstd.finish()?;
            }
            Compression::Bzip2 => {
                let level = bzip2::Compression::default();
                let mut bzip2 = bzip2::write::BzEncoder::new(&mut sink, level);
                buffered(&mut bzip2, fill)?;
                bzip2.finish()?;
            }
            Compression::Xz => {
                let mut xz = liblzma::write::XzEncoder::new(&mut sink, 6);
                buffered(&mut xz, fill)?;
                xz.finish()?;
            }
        }
        sink.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

/// Bytes that are written at once.
const WRITE_BYTES: usize = 1 << 18;

/// Collects the small writes of a serialiser before each costs a call into a compressor.
fn buffered(
    out: &mut dyn Write,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut buffer = BufWriter::new(out);
    fill(&mut buffer)?;
    buffer.flush()
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn a_compressed_name_tells_the_name_inside() {
        for (path, expect) in
            [("a.jsonl.zst", "a.jsonl"), ("a.jsonl", "a.jsonl"), ("a", "a"), ("b/a.GZ", "b/a")]
        {
            assert_eq!(uncompressed_name(Path::new(path)), Path::new(expect));
        }
    }
}
