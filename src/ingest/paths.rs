//! Which files do the given paths mean, in which order?
//!
//! A path is a file (or pipe, or device), a directory, a glob where no such file exists, or `-`.
//! Directories are read recursively, in the order of their names. No directory is entered twice in
//! one walk and no file is read twice in one run, so links that lead in circles end.

use super::Reject;
use super::content::{EXTENSIONS, extension};
use crate::error::{Error, ErrorKind, reason};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The path that means standard input.
pub const STDIN: &str = "-";

/// Other names of standard input. Linux opens the file behind them anew, from its start, and
/// cannot open a socket that way.
const STDIN_DEVICES: [&str; 3] = ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// As given or found, for people and records.
    pub path: String,
    /// Where its bytes are.
    pub place: Place,
}

impl Input {
    /// The regular file that it is, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => path.is_file().then_some(path),
            Place::Stdin => None,
        }
    }
}

/// Where bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Standard input.
    Stdin,
    /// Whatever the system opens under a path.
    File(PathBuf),
}

/// What a path led to.
#[derive(Debug)]
pub enum Found {
    /// A file.
    Input(Input),
    /// Nothing that can be read.
    Missing(Reject),
}

/// What all paths led to.
#[derive(Debug, Default)]
pub struct AllFound {
    /// In the order of the paths.
    pub inputs: Vec<Found>,
    /// Files in directories that were passed over, as `path: why`.
    pub skipped: Vec<String>,
    /// Canonical paths of the files among `inputs`; `-` for standard input.
    seen: HashSet<PathBuf>,
}

/// Finds the files of all paths.
pub fn find(paths: &[String]) -> AllFound {
    let mut all = AllFound::default();
    for path in paths {
        if path == STDIN || STDIN_DEVICES.contains(&path.as_str()) {
            add_stdin(path, &mut all);
        } else {
            find_one(path, &mut all);
        }
    }
    all
}

fn add_stdin(path: &str, all: &mut AllFound) {
    if all.seen.insert(PathBuf::from(STDIN)) {
        let input = Input { path: path.to_owned(), place: Place::Stdin };
        all.inputs.push(Found::Input(input));
    }
}

fn find_one(path: &str, all: &mut AllFound) {
    match fs::metadata(path) {
        Ok(data) if data.is_dir() => {
            let walk = walk(Path::new(path), all);
            if walk.n_files == 0 && !walk.has_failed {
                all.add_missing(path, "no text in this directory", walk.cause(), &walk.hint());
            }
        }
        Ok(_) => all.add_file(Path::new(path)),
        Err(_) if is_glob(path) && fs::symlink_metadata(path).is_err() => find_glob(path, all),
        Err(error) => all.add_unreadable(Path::new(path), &error),
    }
}

impl AllFound {
    /// The first file, by its canonical path, that the other paths led to as well.
    pub fn first_shared(&self, other: &AllFound) -> Option<PathBuf> {
        self.seen.intersection(&other.seen).min().cloned()
    }

    fn add_file(&mut self, path: &Path) {
        // A pipe has no canonical path.
        let canonical = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.seen.insert(canonical) {
            let place = Place::File(path.to_owned());
            self.inputs.push(Found::Input(Input { path: path.display().to_string(), place }));
        }
    }

    fn add_missing(&mut self, path: &str, what: &str, cause: String, hint: &str) {
        let error = Error::new(ErrorKind::Input, path, what, cause).hint(hint);
        self.inputs.push(Found::Missing(Reject::input(error, path)));
    }

    fn add_unreadable(&mut self, path: &Path, error: &io::Error) {
        let (cause, hint) = (missing_cause(path, error), missing_hint(path, error));
        self.add_missing(&path.display().to_string(), "cannot read", cause, &hint);
    }

    fn add_skipped(&mut self, path: &Path, why: impl std::fmt::Display) {
        self.skipped.push(format!("{}: {why}", path.display()));
    }
}

/// What a walk through a directory came to.
#[derive(Default)]
struct Walk {
    /// Files to be read, those read already included.
    n_files: usize,
    /// Files passed over, hidden ones not counted.
    n_skipped: usize,
    /// The name of the first of them.
    first_skipped: String,
    /// Whether some of it could not be read, and a reject says so.
    has_failed: bool,
}

impl Walk {
    fn cause(&self) -> String {
        let names = readable_names();
        match self.n_skipped {
            0 => format!("expected files named {names}, got none"),
            n => format!(
                "expected files named {names}, got other names ({n}), the first {}",
                self.first_skipped
            ),
        }
    }

    fn hint(&self) -> String {
        match self.n_skipped {
            0 => "check the path; hidden files are passed over".to_owned(),
            _ => "give files with other names one by one, or as a glob: `'DIR/*'`".to_owned(),
        }
    }
}

fn readable_names() -> String {
    EXTENSIONS.map(|e| format!(".{e}")).join(" ") + " (.gz .zst .bz2 .xz) or without extension"
}

/// Adds the files under `root`, following links, in the order of their names.
fn walk(root: &Path, all: &mut AllFound) -> Walk {
    let mut walk = Walk::default();
    let mut entered = HashSet::new();
    let mut entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) if is_hidden(&entry) || !is_new(&entry, &mut entered) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => add_entry(&entry, &mut walk, all),
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => add_walk_error(root, error, &mut walk, all),
        }
    }
    walk
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() != 0 && is_hidden_name(&entry.file_name().to_string_lossy())
}

fn is_hidden_name(name: &str) -> bool {
    name.starts_with('.')
}

/// Whether `entry` is no directory that was entered before: directories full of links to each other
/// have more paths than can be walked.
fn is_new(entry: &DirEntry, entered: &mut HashSet<PathBuf>) -> bool {
    if !entry.file_type().is_dir() {
        return true;
    }
    fs::canonicalize(entry.path()).map_or(true, |path| entered.insert(path))
}

fn add_entry(entry: &DirEntry, walk: &mut Walk, all: &mut AllFound) {
    let why = if !entry.file_type().is_file() {
        "not a regular file"
    } else if !has_readable_name(entry.path()) {
        "not a name of a text file"
    } else {
        walk.n_files += 1;
        return all.add_file(entry.path());
    };
    if walk.n_skipped == 0 {
        walk.first_skipped = entry.file_name().to_string_lossy().into_owned();
    }
    walk.n_skipped += 1;
    all.add_skipped(entry.path(), why);
}

fn has_readable_name(path: &Path) -> bool {
    extension(path).is_none_or(|e| EXTENSIONS.contains(&e.as_str()))
}

fn add_walk_error(root: &Path, error: walkdir::Error, walk: &mut Walk, all: &mut AllFound) {
    let path = error.path().unwrap_or(root).to_owned();
    if is_hidden_name(&path.file_name().unwrap_or_default().to_string_lossy()) && path != root {
        return;
    }
    walk.has_failed = true;
    let error = error.into_io_error().unwrap_or_else(|| io::Error::other("unknown error"));
    all.add_unreadable(&path, &error);
}

fn is_glob(path: &str) -> bool {
    path.contains(['*', '?', '['])
}

fn find_glob(pattern: &str, all: &mut AllFound) {
    let n_before = all.inputs.len();
    let paths = match expand(pattern, all) {
        Ok(paths) => paths,
        Err(error) => {
            let hint = "write a literal `[` as `[[]`; `**` stands alone, as in `dir/**/*.txt`";
            return all.add_missing(pattern, "not a glob", error.msg.to_owned(), hint);
        }
    };
    let mut n_files = all.inputs.len() - n_before;
    for path in paths {
        match fs::metadata(&path) {
            Ok(data) if data.is_dir() && is_recursive(pattern) => {}
            Ok(data) if data.is_dir() => n_files += walk(&path, all).n_files,
            found => {
                n_files += 1;
                match found {
                    Ok(_) => all.add_file(&path),
                    Err(error) => all.add_unreadable(&path, &error),
                }
            }
        }
    }
    if n_files == 0 {
        let cause = "expected files that match, got none".to_owned();
        let hint = "`*` stops at `/`; for all directories below: `dir/**/*.txt`";
        all.add_missing(pattern, "no file", cause, hint);
    }
}

/// Whether the pattern itself goes down into directories.
fn is_recursive(pattern: &str) -> bool {
    Path::new(pattern).iter().any(|name| name == "**")
}

/// The paths that match a glob, in order. Hidden names match only where the pattern has the dot.
///
/// One component after the other, so that only directories that may match are read. `**` does not
/// follow links, as in shells.
fn expand(pattern: &str, all: &mut AllFound) -> Result<BTreeSet<PathBuf>, glob::PatternError> {
    let mut paths = BTreeSet::from([PathBuf::new()]);
    let all_files = Path::new(pattern).ends_with("**").then_some(Component::Normal("*".as_ref()));
    for component in Path::new(pattern).components().chain(all_files) {
        let name = component.as_os_str().to_string_lossy();
        paths = match component {
            Component::Normal(_) if name == "**" => {
                paths.iter().flat_map(|path| directories_below(path)).collect()
            }
            Component::Normal(_) if is_glob(&name) => {
                let pattern = glob::Pattern::new(&name)?;
                paths.iter().flat_map(|path| children(path, &pattern, all)).collect()
            }
            _ => paths.iter().map(|path| path.join(component)).filter(|p| exists(p)).collect(),
        };
    }
    Ok(paths)
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The path to open for a path that may be empty.
fn or_here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

/// `root` and all directories below, but for hidden ones and links.
fn directories_below(root: &Path) -> Vec<PathBuf> {
    let below = WalkDir::new(or_here(root)).into_iter().filter_entry(|entry| {
        entry.depth() == 0 || entry.file_type().is_dir() && !is_hidden(entry)
    });
    let is_here = root.as_os_str().is_empty();
    below
        .filter_map(|entry| entry.ok().filter(|e| e.path().is_dir()))
        .map(|entry| match entry.path().strip_prefix(".") {
            Ok(path) if is_here => path.to_owned(),
            _ => entry.into_path(),
        })
        .collect()
}

/// What a directory holds under names that match.
fn children(directory: &Path, pattern: &glob::Pattern, all: &mut AllFound) -> Vec<PathBuf> {
    if !or_here(directory).is_dir() {
        return Vec::new();
    }
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let entries = match fs::read_dir(or_here(directory)) {
        Ok(entries) => entries,
        Err(error) => {
            all.add_unreadable(directory, &error);
            return Vec::new();
        }
    };
    let names = entries.filter_map(|entry| entry.ok().map(|e| e.file_name()));
    names
        .filter(|name| pattern.matches_with(&name.to_string_lossy(), options))
        .map(|name| directory.join(name))
        .collect()
}

fn missing_cause(path: &Path, error: &io::Error) -> String {
    match fs::read_link(path) {
        Ok(target) if error.kind() == io::ErrorKind::NotFound => {
            format!("the link leads to {}, which does not exist", target.display())
        }
        _ => reason(error),
    }
}

fn missing_hint(path: &Path, error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::PermissionDenied {
        return "ask for the right to read it (`chmod +r`), or leave it out".to_owned();
    }
    if exists(path) {
        return "repair it, or leave it out".to_owned();
    }
    if path.to_string_lossy().contains("://") {
        return "kutip fetches nothing: save the page as text, and name that file".to_owned();
    }
    let parent = or_here(path.parent().unwrap_or(Path::new("")));
    if !parent.is_dir() {
        return format!("{} is not a directory", parent.display());
    }
    match similar_name(parent, path) {
        Some(name) => format!("did you mean `{}`?", path.with_file_name(name).display()),
        None => format!(
            "check the spelling; `ls {}` shows what is there",
            shell_quoted(&parent.display().to_string())
        ),
    }
}

/// The first name in `parent` that is that of `path` in another case or with more at its end.
fn similar_name(parent: &Path, path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_string_lossy().to_lowercase();
    let entries = fs::read_dir(parent).ok()?;
    let names =
        entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    names.filter(|name| name.to_lowercase().starts_with(&wanted)).min()
}

/// A path as a shell takes it for one word.
pub fn shell_quoted(path: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+=:,@%".contains(c);
    if !path.is_empty() && path.chars().all(is_plain) {
        return Cow::Borrowed(path);
    }
    Cow::Owned(format!("'{}'", path.replace('\'', "'\\''")))
}
