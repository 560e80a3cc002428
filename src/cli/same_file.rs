//! Is this output also an input, or another output? Decided by the file behind the name, whatever
//! links lead to it.

use crate::report::output::is_stdout;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

/// Whether two outputs would be written to one place.
pub fn is_same_output(a: &Path, b: &Path) -> bool {
    let place = Place::of(a);
    place != Place::Device && place == Place::of(b)
}

/// Whether `output` would be read for `input`: a path, a folder, a glob, `-` for standard input.
///
/// A file that is not there yet is no input, and devices and pipes may be both.
pub fn is_input(output: &Path, input: &str) -> bool {
    let Place::File(output_id) = Place::of(output) else { return false };
    let opened = if input == "-" { Path::new("/dev/stdin") } else { Path::new(input) };
    match fs::metadata(opened) {
        // Reading a folder as a stream fails, and the message says so.
        Ok(found) if found.is_dir() => input != "-" && is_inside(output, opened),
        Ok(found) => file_id(&found, opened) == Some(output_id),
        Err(_) => glob::glob(input)
            .into_iter()
            .flatten()
            .flatten()
            .any(|path| path != opened && is_input(output, &path.to_string_lossy())),
    }
}

/// Whether a file that is open is the one of that name.
pub fn is_same_file(open: &Metadata, path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| file_id(&found, path) == file_id(open, path))
}

/// Where an output would be written.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// A regular file that is there.
    File(FileId),
    /// A file that is not there yet: the canonical path of its folder, and its name.
    New(PathBuf),
    /// Standard output that is no regular file.
    Stdout,
    /// Another device or pipe.
    Device,
}

impl Place {
    fn of(path: &Path) -> Place {
        let opened = opened(path);
        match fs::metadata(opened) {
            Ok(found) => match file_id(&found, opened) {
                Some(id) => Place::File(id),
                None if is_stdout(path) => Place::Stdout,
                None => Place::Device,
            },
            Err(_) if is_stdout(path) => Place::Stdout,
            Err(_) => Place::New(new_file(path)),
        }
    }
}

fn opened(output: &Path) -> &Path {
    if is_stdout(output) { Path::new("/dev/stdout") } else { output }
}

fn new_file(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")));
    match (folder, path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

fn is_inside(output: &Path, folder: &Path) -> bool {
    match (fs::canonicalize(opened(output)), fs::canonicalize(folder)) {
        (Ok(output), Ok(folder)) => output.starts_with(folder),
        _ => false,
    }
}

/// What makes two names one file.
#[cfg(unix)]
type FileId = (u64, u64);

/// Device and inode of a regular file; `None` for anything else.
#[cfg(unix)]
fn file_id(found: &Metadata, _: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    found.is_file().then(|| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
type FileId = PathBuf;

#[cfg(not(unix))]
fn file_id(found: &Metadata, path: &Path) -> Option<FileId> {
    if found.is_file() { fs::canonicalize(path).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_file_is_the_same_by_every_name() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("in/deep")).unwrap();
        fs::write(at("in/deep/a.txt"), "a").unwrap();
        std::os::unix::fs::symlink("in/deep/a.txt", at("link")).unwrap();
        fs::hard_link(at("in/deep/a.txt"), at("twin")).unwrap();
        let input = |name: &str| at(name).to_string_lossy().into_owned();
        for (output, read, expect) in [
            ("in/deep/a.txt", "in/deep/a.txt", true),
            ("in/deep/a.txt", "in/deep/../deep/a.txt", true),
            ("link", "in/deep/a.txt", true),
            ("twin", "in/deep/a.txt", true),
            ("in/deep/a.txt", "in", true),
            ("link", "in", true),
            ("in/deep/a.txt", "in/*/a.*", true),
            ("in/deep/a.txt", "**/*.txt", true),
            ("in/deep/new.txt", "in", false),
            ("in/deep/a.txt", "in/*", true),
            ("twin", "in/*/b*", false),
            ("twin", "nothing", false),
            ("link", "[", false),
        ] {
            assert_eq!(is_input(&at(output), &input(read)), expect, "{output} of {read}");
        }
        assert!(is_same_output(&at("link"), &at("twin")));
        assert!(is_same_output(&at("new"), &at("in/../new")));
        assert!(!is_same_output(&at("new"), &at("in/new")));
        let null = Path::new("/dev/null");
        assert!(!is_same_output(null, null) && !is_input(null, "/dev/null"));
    }
}
