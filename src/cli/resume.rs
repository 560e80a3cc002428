//! How does a run that was stopped go on? From what it left in a folder when a stage was finished.
//!
//! ```text
//! DIR/sketches.kutip   what all articles are looked for by
//! DIR/clusters.kutip   what was found
//! DIR/lock.kutip       nothing: held while a run lasts, so that no other uses DIR
//! ```
//!
//! Each says of which inputs, with which parameters and by which version it was made: where anything of
//! that is another now, it is named, and nothing is taken from it. The inputs are read again in any
//! case, for what is wrong with them and for where the articles are; only what takes long is not done
//! again. A run that comes to its end removes all.

mod folder;
mod run;

use super::config::DedupConfig;
use super::same_file::is_same_output;
use crate::codec::{Kind, Reader, Writer};
use crate::duplicates::{DuplicateCluster, Sketches, read_clusters, write_clusters};
use crate::error::{Error, ErrorKind, Result, reason};
use crate::report::output::Output;
use bincode::{Decode, Encode};
use folder::{Folder, LOCK, unusable};
use run::Run;
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::Path;

const SKETCHES: (&str, Kind) = ("sketches.kutip", Kind { name: *b"sket", version: 2 });
const CLUSTERS: (&str, Kind) = ("clusters.kutip", Kind { name: *b"clus", version: 2 });

/// Whether something that is written there would be taken for a file of a run that uses the folder.
pub fn is_taken(path: &Path, folder: &Path) -> bool {
    [SKETCHES.0, CLUSTERS.0, LOCK].iter().any(|name| is_same_output(path, &folder.join(name)))
}

const BEGIN_ANEW: &str = "begin anew with another --resume, or remove the folder";

/// What was read when all inputs were.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Seen {
    /// Number of articles.
    pub n_documents: usize,
    /// By input, the hash of its text.
    pub checksums: Vec<u64>,
}

/// What a file says of its sections.
#[derive(Debug, Clone, Encode, Decode)]
struct Meta {
    run: Run,
    seen: Seen,
    n_own: u64,
    n_clusters: u64,
}

/// The folder of a run that can be stopped.
#[derive(Debug)]
pub struct Checkpoint {
    folder: Folder,
    run: Run,
}

impl Checkpoint {
    /// The folder, which is made where there is none, and this run's alone until it ends.
    ///
    /// # Errors
    ///
    /// Where an input can be read only once, and where the folder cannot be made or is in use.
    pub fn open(folder: &Path, config: &DedupConfig) -> Result<Self> {
        let run = Run::of(config)?;
        let folder = Folder::open(folder, &[SKETCHES.0, CLUSTERS.0])?;
        Ok(Checkpoint { folder, run })
    }

    /// The sketches, where a run like this one has left them. Errors where one that is not like this one
    /// did, and where they are damaged.
    pub fn sketches(&self, config: &DedupConfig) -> Result<Option<(Sketches, Seen)>> {
        let Some((mut reader, meta)) = self.reader(SKETCHES)? else { return Ok(None) };
        let n = (meta.seen.n_documents, meta.n_own as usize);
        let sketches = Sketches::read(&config.params, config.room.clone(), n, &mut reader)?;
        reader.end()?;
        Ok(Some((sketches, meta.seen)))
    }

    /// Leaves the sketches for a later run.
    pub fn keep_sketches(&self, sketches: &Sketches, seen: &Seen) -> Result<()> {
        let n_own = sketches.n_own() as u64;
        self.write(SKETCHES, seen, (n_own, 0), |writer| sketches.write(writer))
    }

    /// The clusters; as [`Checkpoint::sketches`].
    pub fn clusters(&self) -> Result<Option<(Vec<DuplicateCluster>, Seen)>> {
        let Some((mut reader, meta)) = self.reader(CLUSTERS)? else { return Ok(None) };
        let n = (meta.n_clusters as usize, meta.seen.n_documents);
        let clusters = read_clusters(n.0, n.1, &mut reader)?;
        reader.end()?;
        Ok(Some((clusters, meta.seen)))
    }

    /// An error where the run that was stopped read other texts: what it found is not true of these.
    pub fn check_same(&self, then: &Seen, now: &Seen) -> Result<()> {
        let cause = "expected the text that the run read which was stopped, got another";
        let other = |place: String, what, cause: String| {
            Err(Error::new(ErrorKind::Usage, place, what, cause).hint(BEGIN_ANEW))
        };
        if let Some(path) = self.run.changed(&now.checksums, &then.checksums) {
            return other(path.to_owned(), "changed", cause.to_owned());
        }
        if now == then {
            return Ok(());
        }
        let (n_then, n_now) = (then.n_documents, now.n_documents);
        let cause = format!("expected the {n_then} articles of that run, got {n_now}");
        other(self.folder.path().display().to_string(), "of other inputs", cause)
    }

    /// Leaves the clusters for a later run.
    pub fn keep_clusters(&self, clusters: &[DuplicateCluster], seen: &Seen) -> Result<()> {
        let n_clusters = clusters.len() as u64;
        self.write(CLUSTERS, seen, (0, n_clusters), |writer| write_clusters(clusters, writer))
    }

    /// Removes what was left: the run has come to its end. Gives what could not be removed; all that
    /// the run was to do is done.
    pub fn remove(self) -> Vec<Error> {
        let remove = |(name, _): (&str, Kind)| {
            let path = self.folder.at(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Some(left(&path, &error)),
                _ => None,
            }
        };
        let left = [CLUSTERS, SKETCHES].into_iter().filter_map(remove).collect();
        self.folder.end();
        left
    }

    fn reader(
        &self,
        (name, kind): (&str, Kind),
    ) -> Result<Option<(Reader<BufReader<File>>, Meta)>> {
        let path = self.folder.at(name);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(&path, &error)),
        };
        let place = path.display().to_string();
        let (reader, meta) = Reader::new::<Meta>(BufReader::new(file), &place, kind)?;
        match self.run.difference(&meta.run) {
            None => Ok(Some((reader, meta))),
            Some((what, cause)) => {
                let error = Error::new(ErrorKind::Usage, place, what, cause);
                Err(error.hint(BEGIN_ANEW))
            }
        }
    }

    fn write(
        &self,
        (name, kind): (&str, Kind),
        seen: &Seen,
        (n_own, n_clusters): (u64, u64),
        fill: impl FnOnce(&mut Writer) -> io::Result<()>,
    ) -> Result<()> {
        let output = Output::prepare(&self.folder.at(name))?;
        let meta = Meta { run: self.run.clone(), seen: seen.clone(), n_own, n_clusters };
        output.write(|out| fill(&mut Writer::new(out, kind, &meta)?)).map(drop)
    }
}

fn left(path: &Path, error: &io::Error) -> Error {
    Error::new(ErrorKind::Output, path.display(), "cannot be removed", reason(error))
        .hint("all outputs are whole: remove it before the folder is used for another run")
}
