//! How is a corpus of reused passages written? A folder in the layout of PAN's text alignment (2013):
//!
//! ```text
//! susp/suspicious-document00001.txt   src/source-document00001.txt   the texts
//! pairs                               a line for each pair: the names of both texts
//! 02-verbatim/suspicious-document00001-source-document00002.xml      where its passages are
//! ```

use crate::error::{Error, ErrorKind, Result, reason};
use crate::synth::pan::{PanCorpus, PanPair, Reuse};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Pairs in memory at a time.
const CHUNK: usize = 64;

/// A folder that is there when all of it is.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Where it stands until then; vanishes with what is left in it.
    aside: TempDir,
}

/// Makes sure that there can be a folder of that name.
///
/// Errors where there is something already, but for an empty folder, and where none can be made.
pub fn prepare(path: &Path) -> Result<Folder> {
    match fs::read_dir(path).map(|mut entries| entries.next().is_some()) {
        Ok(true) => {
            let cause = "expected a new or an empty folder, got one with files in it";
            return Err(Error::new(ErrorKind::Output, path.display(), "cannot write", cause)
                .hint("remove it first, or name another"));
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(unwritable(path, &error));
        }
        _ => {}
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.kutip-");
    let aside = tempfile::Builder::new().prefix(&prefix).suffix(".tmp").tempdir_in(parent);
    let aside = aside.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => unwritable(path, &error)
            .hint(format!("the folder {} does not exist: create it first", parent.display())),
        _ => unwritable(path, &error),
    })?;
    Ok(Folder { path: path.to_owned(), aside })
}

/// Writes the corpus. Where that fails, there is no folder.
pub fn write(corpus: &PanCorpus, folder: Folder) -> Result<()> {
    // The folder itself, and not the temporary one, has the permissions that folders usually get.
    let inside = folder.aside.path().join("corpus");
    let written = fill(corpus, &inside).and_then(|()| {
        // An empty folder is in the way on some systems.
        match fs::remove_dir(&folder.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::rename(&inside, &folder.path)
    });
    written.map_err(|error| unwritable(&folder.path, &error))
}

fn fill(corpus: &PanCorpus, folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)?;
    for name in ["susp", "src"].into_iter().chain(Reuse::ALL.map(Reuse::folder)) {
        fs::create_dir(folder.join(name))?;
    }
    let mut pairs = String::new();
    let n_pairs = corpus.n_pairs();
    for start in (0..n_pairs).step_by(CHUNK) {
        for pair in corpus.pairs(start..n_pairs.min(start.saturating_add(CHUNK as u32))) {
            let [suspicious, source] = names(&pair);
            fs::write(folder.join(format!("susp/{suspicious}.txt")), &pair.suspicious)?;
            fs::write(folder.join(format!("src/{source}.txt")), &pair.source)?;
            let name = format!("{}/{suspicious}-{source}.xml", pair.reuse.folder());
            fs::write(folder.join(name), annotation(&pair))?;
            // Nothing that is written to a text can fail.
            let _ = writeln!(pairs, "{suspicious}.txt {source}.txt");
        }
    }
    fs::write(folder.join("pairs"), pairs)
}

fn names(pair: &PanPair) -> [String; 2] {
    [
        format!("suspicious-document{:05}", pair.suspicious_number),
        format!("source-document{:05}", pair.source_number),
    ]
}

/// What `kutip eval passages` reads as a truth.
fn annotation(pair: &PanPair) -> String {
    let [suspicious, source] = names(pair);
    let kind = pair.reuse.folder().trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document reference=\"{suspicious}.txt\">\n"
    );
    for case in &pair.cases {
        let (this, that) = (&case.suspicious_chars, &case.source_chars);
        let _ = writeln!(
            xml,
            "  <feature name=\"plagiarism\" type=\"artificial\" obfuscation=\"{kind}\" \
             this_offset=\"{}\" this_length=\"{}\" source_reference=\"{source}.txt\" \
             source_offset=\"{}\" source_length=\"{}\" />",
            this.start,
            this.end - this.start,
            that.start,
            that.end - that.start
        );
    }
    xml + "</document>\n"
}

fn unwritable(path: &Path, error: &io::Error) -> Error {
    Error::new(ErrorKind::Output, path.display(), "cannot write", reason(error))
}
