//! The sketches of all documents, in as few bytes as it takes, and no more of them than memory is to
//! hold.

use super::bands::BandKeys;
use super::{DuplicateParams, Sketch};
use crate::codec::{Reader, Writer};
use crate::error::{Error, ErrorKind, Result};
use std::io::{self, Read};
use std::path::PathBuf;

/// How much memory may be taken, and where the rest goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Bytes of memory, of the whole program.
    pub memory_bytes: u64,
    /// The folder of temporary files.
    pub temp_dir: PathBuf,
}

/// What the program takes beside the records: itself, blocks that are read and written.
pub const PROGRAM_BYTES: u64 = 24 << 20;
/// What the caller and the search hold of a document beside its band keys, at most.
pub(super) const RECORD_BYTES: u64 = 56;
/// Of these, what is held of tables.
pub(super) const TABLE_BYTES: u64 = 8;

impl Room {
    /// The least memory that anything can be done with.
    pub const LEAST_BYTES: u64 = 64 << 20;

    /// Bytes for the tables that band keys of so many documents are looked up in, in all threads
    /// together. More than [`RECORD_BYTES`] has for them would make the search little faster.
    pub(super) fn table_bytes(&self, n_documents: u64) -> u64 {
        (n_documents * TABLE_BYTES).max(16 << 20).min(self.memory_bytes / 8)
    }

    /// Bytes for the shingles of documents that are compared.
    pub(super) fn set_bytes(&self) -> u64 {
        (self.memory_bytes / 32).clamp(8 << 20, 32 << 20)
    }

    /// Bytes for documents that are compared, where those of no others are.
    pub(super) fn compared_bytes(&self, n_documents: u64) -> u64 {
        self.memory_bytes.saturating_sub(PROGRAM_BYTES + n_documents * RECORD_BYTES)
    }

    /// The error of memory that does not suffice.
    pub(super) fn too_little(&self, cause: String) -> Error {
        let place = format!("--memory {}MiB", self.memory_bytes >> 20);
        Error::new(ErrorKind::Usage, place, "too little", cause).hint(
            "give it more (with --resume nothing is done again), or clean parts of the input, each \
             with --against the others",
        )
    }

    /// Bytes for what is held of documents.
    pub(super) fn record_bytes(&self) -> u64 {
        self.memory_bytes.saturating_sub(
            PROGRAM_BYTES + (16 << 20).min(self.memory_bytes / 8) + self.set_bytes(),
        )
    }
}

/// The sketches of documents, which have the numbers of their order.
#[derive(Debug)]
pub struct Sketches {
    room: Room,
    n_own: usize,
    n_shingles: Vec<u32>,
    sums: Vec<u64>,
    /// Empty where no document has one but 0.
    preferences: Vec<i64>,
    keys: BandKeys,
    /// The documents that keys are of, in the order of the keys.
    docs: Vec<u32>,
}

impl Sketches {
    /// Of no document yet.
    pub fn new(params: &DuplicateParams, room: Room) -> Self {
        let keys = BandKeys::new(params.n_bands(), &room.temp_dir);
        Sketches {
            room,
            n_own: 0,
            n_shingles: Vec::new(),
            sums: Vec::new(),
            preferences: Vec::new(),
            keys,
            docs: Vec::new(),
        }
    }

    /// Adds the next document. Those for reference come last: they are never removed, and preferred
    /// to all others.
    ///
    /// # Errors
    ///
    /// Where neither memory nor the temporary folder can hold more.
    pub fn push(&mut self, sketch: &Sketch, is_reference: bool) -> Result<()> {
        self.n_shingles.push(sketch.n_shingles);
        self.sums.push(sketch.sum);
        if sketch.preference != 0 {
            self.preferences.resize(self.len() - 1, 0);
            self.preferences.push(sketch.preference);
        }
        self.keys.push(&sketch.keys);
        self.n_own += usize::from(!is_reference);
        make_room(&mut self.keys, &self.room, self.n_shingles.len())
    }

    /// Gives the documents another order: the `n`-th will be the one that is now `order[n]`.
    pub fn arrange(&mut self, order: &[u32]) {
        fn arranged<T: Copy>(of: &[T], order: &[u32]) -> Vec<T> {
            order.iter().map(|&doc| of[doc as usize]).collect()
        }
        self.n_shingles = arranged(&self.n_shingles, order);
        self.sums = arranged(&self.sums, order);
        if !self.preferences.is_empty() {
            self.preferences.resize(self.len(), 0);
            self.preferences = arranged(&self.preferences, order);
        }
        self.docs = vec![0; order.len()];
        (0..).zip(order).for_each(|(doc, &key)| self.docs[key as usize] = doc);
    }

    /// Number of documents.
    pub fn len(&self) -> usize {
        self.n_shingles.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.n_shingles.is_empty()
    }

    /// Number of documents that are not for reference.
    pub fn n_own(&self) -> usize {
        self.n_own
    }

    /// Bytes that were written to a temporary file.
    pub fn n_spilled_bytes(&self) -> u64 {
        self.keys.n_spilled_bytes()
    }

    pub(super) fn room(&self) -> &Room {
        &self.room
    }

    pub(super) fn n_shingles(&self, doc: usize) -> u32 {
        self.n_shingles[doc]
    }

    pub(super) fn sum(&self, doc: usize) -> u64 {
        self.sums[doc]
    }

    pub(super) fn is_reference(&self, doc: usize) -> bool {
        self.n_own <= doc
    }

    /// What of several documents sorts that one first which is kept.
    pub(super) fn order(&self, doc: usize) -> (bool, i64) {
        (!self.is_reference(doc), self.preferences.get(doc).copied().unwrap_or(0))
    }

    pub(super) fn n_bands(&self) -> usize {
        self.keys.n_bands()
    }

    /// Calls `each` with every document and its key of `band`, in no order.
    pub(super) fn each_key(&self, band: usize, mut each: impl FnMut(u32, u64)) -> Result<()> {
        self.keys.each(band, |nth, key| each(self.doc_of_keys(nth), key))
    }

    /// Forgets the keys, which take the most.
    pub(super) fn drop_keys(&mut self) {
        self.keys = BandKeys::new(0, &self.room.temp_dir);
        self.docs = Vec::new();
    }

    /// Writes all of them.
    pub fn write(&self, writer: &mut Writer) -> io::Result<()> {
        let numbers = self.n_shingles.iter().map(|n| n.to_le_bytes());
        writer.numbers(self.n_shingles.len(), numbers)?;
        writer.numbers(self.sums.len(), self.sums.iter().map(|sum| sum.to_le_bytes()))?;
        let preferences = (0..self.len()).map(|doc| self.order(doc).1.to_le_bytes());
        writer.numbers(self.len(), preferences)?;
        let docs = (0..self.len()).map(|nth| self.doc_of_keys(nth).to_le_bytes());
        writer.numbers(self.len(), docs)?;
        self.keys.write(writer)
    }

    /// The sketches of `n` documents, of which `n_own` are not for reference, as they were written for
    /// the same parameters. Errors as [`Reader::new`] and [`Sketches::push`].
    pub fn read<R: Read>(
        params: &DuplicateParams,
        room: Room,
        (n, n_own): (usize, usize),
        reader: &mut Reader<R>,
    ) -> Result<Self> {
        let mut sketches = Sketches::new(params, room);
        sketches.n_own = n_own.min(n);
        sketches.n_shingles = reader.numbers(n, u32::from_le_bytes)?;
        sketches.sums = reader.numbers(n, u64::from_le_bytes)?;
        sketches.preferences = reader.numbers(n, i64::from_le_bytes)?;
        sketches.docs = reader.numbers(n, u32::from_le_bytes)?;
        let room = &sketches.room;
        sketches.keys.read(n, reader, |keys| make_room(keys, room, n))?;
        Ok(sketches)
    }

    fn doc_of_keys(&self, nth: usize) -> u32 {
        self.docs.get(nth).copied().unwrap_or(nth as u32)
    }
}

/// Spills keys until they and what else is held of `n` documents fit.
fn make_room(keys: &mut BandKeys, room: &Room, n: usize) -> Result<()> {
    while room.record_bytes() < n as u64 * RECORD_BYTES + keys.n_held_bytes() as u64 {
        if !keys.spill_chunk()? {
            return Err(room.too_little(format!("more than {n} records do not fit in it")));
        }
    }
    Ok(())
}
