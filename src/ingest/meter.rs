//! How much of the inputs has been read?

use super::paths::{Found, Place};
use std::fs;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the bytes that are read, as they are stored, for whoever watches meanwhile. Without a
/// watcher, as by default, nothing is counted.
#[derive(Debug, Clone, Default)]
pub struct Meter(Option<Arc<Counts>>);

#[derive(Debug, Default)]
struct Counts {
    n_read: AtomicU64,
    n_all: AtomicU64,
}

/// What [`Counts::n_all`] is where an input does not say how long it is.
const UNKNOWN: u64 = u64::MAX;

impl Meter {
    /// One that is watched.
    pub fn watched() -> Self {
        Meter(Some(Arc::default()))
    }

    /// Bytes read so far.
    pub fn n_read(&self) -> u64 {
        self.0.as_ref().map_or(0, |counts| counts.n_read.load(Ordering::Relaxed))
    }

    /// Bytes of all inputs; `None` before they are known, and where one is a pipe.
    pub fn n_all(&self) -> Option<u64> {
        let n_all = self.0.as_ref()?.n_all.load(Ordering::Relaxed);
        (n_all != 0 && n_all != UNKNOWN).then_some(n_all)
    }

    /// Takes down how much there is to read.
    pub(super) fn expect(&self, inputs: &[Found]) {
        let Some(counts) = &self.0 else { return };
        let sizes = inputs.iter().map(|found| match found {
            Found::Input(input) => match &input.place {
                Place::Stdin => None,
                Place::File(path) => match fs::metadata(path) {
                    Ok(data) => data.is_file().then_some(data.len()),
                    Err(_) => Some(0),
                },
            },
            Found::Missing(_) => Some(0),
        });
        let n_all: Option<u64> = sizes.sum();
        counts.n_all.store(n_all.unwrap_or(UNKNOWN), Ordering::Relaxed);
    }

    /// Counts bytes that are read past it.
    #[cfg(feature = "parquet")]
    pub(super) fn add(&self, n_bytes: u64) {
        if let Some(counts) = &self.0 {
            counts.n_read.fetch_add(n_bytes, Ordering::Relaxed);
        }
    }

    /// The same bytes, counted.
    pub(super) fn count<R: Read + Send + 'static>(&self, bytes: R) -> Box<dyn Read + Send> {
        match &self.0 {
            Some(counts) => Box::new(Counted { bytes, counts: counts.clone() }),
            None => Box::new(bytes),
        }
    }
}

struct Counted<R> {
    bytes: R,
    counts: Arc<Counts>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n_read = self.bytes.read(out)?;
        self.counts.n_read.fetch_add(n_read as u64, Ordering::Relaxed);
        Ok(n_read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::tests::scan_all;
    use crate::ingest::{Options, read};

    #[test]
    fn every_stored_byte_is_counted_once() {
        let folder = tempfile::tempdir().unwrap();
        let record = "{\"text\":\"hujan turun sejak pagi di kota\"}\n".repeat(5_000);
        let packed = zstd::encode_all(record.as_bytes(), 1).unwrap();
        let text = b"hujan turun";
        fs::write(folder.path().join("a.jsonl"), &record).unwrap();
        fs::write(folder.path().join("b.jsonl.zst"), &packed).unwrap();
        fs::write(folder.path().join("c.txt"), text).unwrap();
        let n_stored = (record.len() + packed.len() + text.len()) as u64;
        let paths = [folder.path().display().to_string(), "missing".to_owned()];

        let options = Options { meter: Meter::watched(), ..Options::default() };
        let (read_all, _, store) = scan_all(&paths, &options, |article| Ok(article.location));
        let counts = |options: &Options| (options.meter.n_read(), options.meter.n_all());
        assert_eq!(counts(&options), (n_stored, Some(n_stored)));
        let last = *read_all.last().unwrap();
        assert_eq!(store.document(last).unwrap().text.as_bytes(), text);
        assert_eq!(counts(&options), (n_stored, Some(n_stored)), "not what is read again");

        let options = Options::default();
        read(&paths, &options);
        assert_eq!(counts(&options), (0, None));
    }
}
