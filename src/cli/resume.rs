//! How does a run that was stopped go on? From what it left in a folder when a stage was finished.
//!
//! ```text
//! DIR/sketches.kutip   what all articles are looked for by
//! DIR/clusters.kutip   what was found
//! ```
//!
//! Each says of which inputs, with which parameters and by which version it was made: where anything of
//! that is another now, it is named, and nothing is taken from it. The inputs are read again in any
//! case, for what is wrong with them and for where the articles are; only what takes long is not done
//! again. A run that comes to its end removes both.

use super::config::DedupConfig;
use crate::codec::{Kind, Reader, Writer};
use crate::duplicates::{DuplicateCluster, Sketches, read_clusters, write_clusters};
use crate::error::{Error, ErrorKind, Result, reason};
use crate::ingest::{self, InputState};
use crate::report::output::Output;
use bincode::{Decode, Encode};
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

const SKETCHES: (&str, Kind) = ("sketches.kutip", Kind { name: *b"sket", version: 1 });
const CLUSTERS: (&str, Kind) = ("clusters.kutip", Kind { name: *b"clus", version: 1 });

const BEGIN_ANEW: &str = "begin anew with another --resume, or remove the folder";

/// What decides what a run finds.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Run {
    /// By name, as people read them.
    parameters: Vec<(String, String)>,
    inputs: Vec<InputState>,
}

/// How many numbers the sections of a file have.
#[derive(Debug, Clone, Copy, Encode, Decode)]
struct Sizes {
    n_documents: u64,
    n_own: u64,
    n_clusters: u64,
}

/// The folder of a run that can be stopped.
#[derive(Debug)]
pub struct Checkpoint {
    folder: PathBuf,
    run: Run,
}

impl Checkpoint {
    /// The folder, which is made where there is none.
    ///
    /// # Errors
    ///
    /// Where it cannot be made, and where an input can be read only once.
    pub fn open(folder: &Path, config: &DedupConfig) -> Result<Self> {
        fs::create_dir_all(folder).map_err(|error| unusable(folder, &error))?;
        let mut inputs = ingest::states(&config.inputs)?;
        let n_own = inputs.len();
        inputs.extend(ingest::states(&config.against)?);
        let run = Run { parameters: parameters(config, n_own), inputs };
        Ok(Checkpoint { folder: folder.to_owned(), run })
    }

    /// The sketches, where a run like this one has left them. Errors where one that is not like this one
    /// did, and where they are damaged.
    pub fn sketches(&self, config: &DedupConfig) -> Result<Option<Sketches>> {
        let Some((mut reader, sizes)) = self.reader(SKETCHES)? else { return Ok(None) };
        let n = (sizes.n_documents as usize, sizes.n_own as usize);
        let sketches = Sketches::read(&config.params, config.room.clone(), n, &mut reader)?;
        reader.end()?;
        Ok(Some(sketches))
    }

    /// Leaves the sketches for a later run.
    pub fn keep_sketches(&self, sketches: &Sketches) -> Result<()> {
        let n_own = sketches.n_own() as u64;
        let sizes = Sizes { n_documents: sketches.len() as u64, n_own, n_clusters: 0 };
        self.write(SKETCHES, sizes, |writer| sketches.write(writer))
    }

    /// The clusters, and the number of the documents that they are of; as [`Checkpoint::sketches`].
    pub fn clusters(&self) -> Result<Option<(Vec<DuplicateCluster>, usize)>> {
        let Some((mut reader, sizes)) = self.reader(CLUSTERS)? else { return Ok(None) };
        let (n_clusters, n_documents) = (sizes.n_clusters as usize, sizes.n_documents as usize);
        let clusters = read_clusters(n_clusters, n_documents, &mut reader)?;
        reader.end()?;
        Ok(Some((clusters, n_documents)))
    }

    /// An error where the run that was stopped read another number of articles.
    pub fn check_number(&self, n_then: usize, n_now: usize) -> Result<()> {
        if n_then == n_now {
            return Ok(());
        }
        let cause = format!("expected the {n_then} articles of that run, got {n_now}");
        let place = self.folder.display();
        Err(Error::new(ErrorKind::Usage, place, "of other inputs", cause).hint(BEGIN_ANEW))
    }

    /// Leaves the clusters for a later run.
    pub fn keep_clusters(&self, clusters: &[DuplicateCluster], n_documents: usize) -> Result<()> {
        let n_clusters = clusters.len() as u64;
        let sizes = Sizes { n_documents: n_documents as u64, n_own: 0, n_clusters };
        self.write(CLUSTERS, sizes, |writer| write_clusters(clusters, writer))
    }

    /// Removes what was left: the run has come to its end. The folder goes where nothing else is in it.
    pub fn remove(self) -> Result<()> {
        for (name, _) in [SKETCHES, CLUSTERS] {
            match fs::remove_file(self.folder.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(unusable(&self.folder, &error));
                }
                _ => {}
            }
        }
        // What else is in it is not ours.
        let _ = fs::remove_dir(&self.folder);
        Ok(())
    }

    fn reader(
        &self,
        (name, kind): (&str, Kind),
    ) -> Result<Option<(Reader<BufReader<File>>, Sizes)>> {
        let path = self.folder.join(name);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(&path, &error)),
        };
        let place = path.display().to_string();
        let (reader, (run, sizes)) =
            Reader::new::<(Run, Sizes)>(BufReader::new(file), &place, kind)?;
        match self.run.difference(&run) {
            None => Ok(Some((reader, sizes))),
            Some((what, cause)) => {
                let error = Error::new(ErrorKind::Usage, place, what, cause);
                Err(error.hint(BEGIN_ANEW))
            }
        }
    }

    fn write(
        &self,
        (name, kind): (&str, Kind),
        sizes: Sizes,
        fill: impl FnOnce(&mut Writer) -> io::Result<()>,
    ) -> Result<()> {
        let output = Output::prepare(&self.folder.join(name))?;
        let meta = (&self.run, sizes);
        output.write(|out| fill(&mut Writer::new(out, kind, &meta)?)).map(drop)
    }
}

impl Run {
    /// What is the first that another run, which was stopped, had otherwise.
    fn difference(&self, stopped: &Run) -> Option<(&'static str, String)> {
        let pairs = self.parameters.iter().zip(&stopped.parameters);
        for ((name, now), (_, then)) in pairs {
            if now != then {
                return Some(("of another run", format!("{name} was {then}, and is {now}")));
            }
        }
        for (now, then) in self.inputs.iter().zip(&stopped.inputs) {
            if now.path != then.path {
                let cause = format!("it read {} where this run reads {}", then.path, now.path);
                return Some(("of other inputs", cause));
            }
            if now != then {
                return Some(("of other inputs", format!("{} has changed since", now.path)));
            }
        }
        let (now, then) = (self.inputs.len(), stopped.inputs.len());
        let is_other = self.parameters.len() != stopped.parameters.len() || now != then;
        is_other.then(|| ("of other inputs", format!("it read {then} files, and this run {now}")))
    }
}

fn parameters(config: &DedupConfig, n_own: usize) -> Vec<(String, String)> {
    let params = &config.params;
    let parameter = |name: &str, value: String| (name.to_owned(), value);
    vec![
        parameter("kutip", env!("CARGO_PKG_VERSION").to_owned()),
        parameter("--shingle", format!("{:?}", params.shingling)),
        parameter("--measure", format!("{:?}", params.measure)),
        parameter("--threshold", format!("{}", params.threshold.0 as f64 / 1e3)),
        parameter("the search", format!("{:?}", params.search)),
        parameter("--no-loss", params.no_loss.to_string()),
        parameter("--keep", format!("{:?}", config.keep)),
        parameter("--field", format!("{:?}", config.options.fields)),
        parameter("--delimiter", format!("{:?}", config.options.delimiter)),
        parameter("--since and --until", format!("{:?}", config.period)),
        parameter("number of files to clean", n_own.to_string()),
    ]
}

fn unusable(path: &Path, error: &io::Error) -> Error {
    Error::new(ErrorKind::Output, path.display(), "cannot be used to resume", reason(error))
        .hint("give --resume a folder that can be written")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> Run {
        let state = |path: &str, n_bytes| InputState {
            path: path.to_owned(),
            n_bytes,
            modified_nanos: Some(5),
        };
        Run {
            parameters: vec![
                ("--threshold".to_owned(), "0.8".to_owned()),
                ("--keep".to_owned(), "First".to_owned()),
            ],
            inputs: vec![state("a.jsonl", 10), state("b.jsonl", 20)],
        }
    }

    #[test]
    fn the_first_difference_is_named() {
        let change = |change: &dyn Fn(&mut Run)| {
            let mut other = run();
            change(&mut other);
            run().difference(&other).map(|(what, cause)| format!("{what}: {cause}"))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(change(&|_| {}), None);
        assert_eq!(
            change(&|run| run.parameters[0].1 = "0.7".to_owned()),
            some("of another run: --threshold was 0.7, and is 0.8")
        );
        assert_eq!(
            change(&|run| run.inputs[1].n_bytes = 21),
            some("of other inputs: b.jsonl has changed since")
        );
        assert_eq!(
            change(&|run| run.inputs[0].path = "c.jsonl".to_owned()),
            some("of other inputs: it read c.jsonl where this run reads a.jsonl")
        );
        assert_eq!(
            change(&|run| drop(run.inputs.pop())),
            some("of other inputs: it read 1 files, and this run 2")
        );
    }
}
