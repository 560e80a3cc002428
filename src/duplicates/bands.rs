//! Where are the band keys of all documents, when one band after the other is looked at?
//!
//! Documents come one by one with the keys of all their bands, and bands are searched one by one
//! over all documents. So keys are turned around in chunks: within a chunk all keys of the first band
//! stand first. A chunk is held in memory or written to a temporary file, and read alike from both.

use crate::codec::{Reader, Writer};
use crate::error::Result;
use crate::spill::Spill;
use std::borrow::Cow;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Documents whose keys are turned around together: enough for reads of tens of kilobytes.
const CHUNK_DOCS: usize = 1 << 12;

/// The keys of documents, by number of the document and of the band.
#[derive(Debug)]
pub struct BandKeys {
    n_bands: usize,
    /// Of the documents of the last chunk, one document's keys after the other.
    last: Vec<u64>,
    chunks: Vec<Chunk>,
    n_held: usize,
    temp_dir: PathBuf,
    spill: Option<Spill>,
}

/// The keys of [`CHUNK_DOCS`] documents, one band's after the other.
#[derive(Debug)]
enum Chunk {
    Held(Box<[u64]>),
    /// With its place in the file.
    Spilled(u64),
}

impl BandKeys {
    /// Of no document yet, each of which will have so many keys.
    pub fn new(n_bands: usize, temp_dir: &Path) -> Self {
        let (last, chunks) = (Vec::new(), Vec::new());
        BandKeys { n_bands, last, chunks, n_held: 0, temp_dir: temp_dir.to_owned(), spill: None }
    }

    /// Number of bands.
    pub fn n_bands(&self) -> usize {
        self.n_bands
    }

    /// Adds the keys of the next document; of one that has none, any.
    pub fn push(&mut self, keys: &[u64]) {
        if self.n_bands == 0 {
            return;
        }
        if keys.is_empty() {
            self.last.resize(self.last.len() + self.n_bands, 0);
        } else {
            self.last.extend_from_slice(keys);
        }
        if self.last.len() == CHUNK_DOCS * self.n_bands {
            let turned = by_band(&self.last, self.n_bands);
            self.chunks.push(Chunk::Held(turned));
            self.n_held += 1;
            self.last.clear();
        }
    }

    /// Bytes of keys that memory holds.
    pub fn n_held_bytes(&self) -> usize {
        size_of::<u64>() * (self.n_held * CHUNK_DOCS * self.n_bands + self.last.capacity())
    }

    /// Bytes in the temporary file.
    pub fn n_spilled_bytes(&self) -> u64 {
        self.spill.as_ref().map_or(0, Spill::n_bytes)
    }

    /// Writes a chunk to the temporary file, the latest that is held; gives whether there was one.
    ///
    /// Errors where the disk is full.
    pub fn spill_chunk(&mut self) -> Result<bool> {
        let held = self.chunks.iter_mut().rev().find(|chunk| matches!(chunk, Chunk::Held(_)));
        let Some(chunk) = held else { return Ok(false) };
        let spill = match &mut self.spill {
            Some(spill) => spill,
            none => none.insert(Spill::create(&self.temp_dir)?),
        };
        if let Chunk::Held(keys) = chunk {
            let bytes: Vec<u8> = keys.iter().flat_map(|key| key.to_le_bytes()).collect();
            *chunk = Chunk::Spilled(spill.append(&bytes)?);
            self.n_held -= 1;
        }
        Ok(true)
    }

    /// Writes the keys as they are held, a section for each chunk.
    pub fn write(&self, writer: &mut Writer) -> io::Result<()> {
        for chunk in &self.chunks {
            let keys = self.chunk(chunk).map_err(io::Error::other)?;
            writer.numbers(keys.len(), keys.iter().map(|key| key.to_le_bytes()))?;
        }
        writer.numbers(self.last.len(), self.last.iter().map(|key| key.to_le_bytes()))
    }

    /// Adds the keys of `n_docs` documents to none, as they were written; after each chunk
    /// `make_room` is called.
    pub fn read<R: Read>(
        &mut self,
        n_docs: usize,
        reader: &mut Reader<R>,
        mut make_room: impl FnMut(&mut Self) -> Result<()>,
    ) -> Result<()> {
        let n_chunks = if self.n_bands == 0 { 0 } else { n_docs / CHUNK_DOCS };
        for _ in 0..n_chunks {
            let keys = reader.numbers(CHUNK_DOCS * self.n_bands, u64::from_le_bytes)?;
            self.chunks.push(Chunk::Held(keys.into()));
            self.n_held += 1;
            make_room(self)?;
        }
        let n_last = n_docs - n_chunks * CHUNK_DOCS;
        self.last = reader.numbers(n_last * self.n_bands, u64::from_le_bytes)?;
        Ok(())
    }

    /// The keys of a chunk, wherever they are.
    fn chunk<'k>(&self, chunk: &'k Chunk) -> Result<Cow<'k, [u64]>> {
        match (chunk, &self.spill) {
            (Chunk::Held(keys), _) => Ok(Cow::Borrowed(keys)),
            (Chunk::Spilled(start), Some(spill)) => {
                let mut bytes = vec![0; size_of::<u64>() * CHUNK_DOCS * self.n_bands];
                spill.read(*start, &mut bytes)?;
                let (keys, _) = bytes.as_chunks();
                Ok(keys.iter().map(|key| u64::from_le_bytes(*key)).collect())
            }
            (Chunk::Spilled(_), None) => Ok(Cow::Borrowed(&[])),
        }
    }

    /// Calls `each` with the number of every document and its key of `band`, in their order.
    pub fn each(&self, band: usize, mut each: impl FnMut(usize, u64)) -> Result<()> {
        let mut bytes = [0; size_of::<u64>() * CHUNK_DOCS];
        let own = band * CHUNK_DOCS..(band + 1) * CHUNK_DOCS;
        for (idx, chunk) in self.chunks.iter().enumerate() {
            let first = idx * CHUNK_DOCS;
            match (chunk, &self.spill) {
                (Chunk::Held(keys), _) => {
                    (first..).zip(&keys[own.clone()]).for_each(|(doc, &key)| each(doc, key));
                }
                (Chunk::Spilled(start), Some(spill)) => {
                    spill.read(start + (own.start * size_of::<u64>()) as u64, &mut bytes)?;
                    let (keys, _) = bytes.as_chunks();
                    let keys = keys.iter().map(|bytes| u64::from_le_bytes(*bytes));
                    (first..).zip(keys).for_each(|(doc, key)| each(doc, key));
                }
                (Chunk::Spilled(_), None) => {}
            }
        }
        let rest = self.last.chunks_exact(self.n_bands.max(1)).map(|keys| keys[band]);
        (self.chunks.len() * CHUNK_DOCS..).zip(rest).for_each(|(doc, key)| each(doc, key));
        Ok(())
    }
}

/// The same keys with all of a band side by side.
fn by_band(keys: &[u64], n_bands: usize) -> Box<[u64]> {
    let mut turned = vec![0; keys.len()].into_boxed_slice();
    let n_docs = keys.len() / n_bands;
    // A few documents at a time, so that what is written stays in the processor's cache.
    for (block, rows) in keys.chunks(n_bands * TURNED_DOCS).enumerate() {
        for band in 0..n_bands {
            let from = band * n_docs + block * TURNED_DOCS;
            let own = rows[band..].iter().step_by(n_bands);
            turned[from..].iter_mut().zip(own).for_each(|(to, key)| *to = *key);
        }
    }
    turned
}

const TURNED_DOCS: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn held_or_spilled_each_key_is_where_it_belongs() {
        let folder = tempfile::tempdir().unwrap();
        let n_docs = 3 * CHUNK_DOCS + 5;
        let key = |doc: usize, band: usize| (doc * 10 + band) as u64;
        for n_spilled in 0..=3 {
            let mut keys = BandKeys::new(3, folder.path());
            for doc in 0..n_docs {
                keys.push(&[key(doc, 0), key(doc, 1), key(doc, 2)]);
            }
            let before = keys.n_held_bytes();
            for _ in 0..n_spilled {
                assert!(keys.spill_chunk().unwrap());
            }
            let n_bytes = n_spilled * CHUNK_DOCS * 3 * 8;
            assert_eq!(keys.n_spilled_bytes(), n_bytes as u64);
            assert_eq!(keys.n_held_bytes(), before - n_bytes);
            for band in 0..3 {
                let mut found = Vec::new();
                keys.each(band, |doc, key| found.push((doc, key))).unwrap();
                let expect: Vec<_> = (0..n_docs).map(|doc| (doc, key(doc, band))).collect();
                assert!(found == expect, "{n_spilled} chunks spilled, band {band}");
            }
        }
        let mut keys = BandKeys::new(2, folder.path());
        keys.push(&[]);
        assert!(!keys.spill_chunk().unwrap());
    }
}
