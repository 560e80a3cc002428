//! How is data written that a later run reads again? A header that says what it is, a little
//! metadata, and sections of plain numbers, each with a checksum.
//!
//! ```text
//! magic  8 bytes "kutip\r\n\x1a"      a transfer as text would change it
//! kind   4 bytes                       what the file is, "scan"
//! version  u32                         of the kind
//! metadata, then each section:
//!   length u64, bytes, checksum u64    XXH3 of the bytes
//! ```
//!
//! All numbers are little-endian. Metadata is bincode with integers of fixed size and a limit, so that
//! no length in a damaged file takes the memory; sections are read in the pieces that are asked for.

use crate::error::{Error, ErrorKind, Result, reason};
use bincode::config::{Configuration, Fixint, Limit, LittleEndian};
use bincode::{Decode, Encode};
use std::io::{self, Read, Write};
use xxhash_rust::xxh3::Xxh3;

const MAGIC: [u8; 8] = *b"kutip\r\n\x1a";

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Four letters.
    pub name: [u8; 4],
    /// What its metadata and sections are; only files of this version are read.
    pub version: u32,
}

/// Bytes of metadata, at most.
const META_BYTES: usize = 1 << 28;

const CONFIG: Configuration<LittleEndian, Fixint, Limit<META_BYTES>> = bincode::config::standard()
    .with_little_endian()
    .with_fixed_int_encoding()
    .with_limit::<META_BYTES>();

/// Bytes of a section that are handled at once.
const PIECE_BYTES: usize = 1 << 16;

/// Writes a file from its front to its end.
pub struct Writer<'w> {
    out: &'w mut dyn Write,
}

impl<'w> Writer<'w> {
    /// Writes the header and the metadata. Errors where metadata is larger than is read again.
    pub fn new(out: &'w mut dyn Write, kind: Kind, meta: &impl Encode) -> io::Result<Self> {
        let meta = bincode::encode_to_vec(meta, CONFIG).map_err(io::Error::other)?;
        if META_BYTES < meta.len() {
            return Err(io::Error::other("metadata is too long"));
        }
        out.write_all(&MAGIC)?;
        out.write_all(&kind.name)?;
        out.write_all(&kind.version.to_le_bytes())?;
        let mut writer = Writer { out };
        writer.section(meta.len() as u64, |section| section.put(&meta))?;
        Ok(writer)
    }

    /// Writes a section of that many bytes, which `fill` puts in.
    pub fn section(
        &mut self,
        n_bytes: u64,
        fill: impl FnOnce(&mut Section) -> io::Result<()>,
    ) -> io::Result<()> {
        self.out.write_all(&n_bytes.to_le_bytes())?;
        let mut section = Section { out: self.out, hash: Xxh3::new(), left_bytes: n_bytes };
        fill(&mut section)?;
        if section.left_bytes != 0 {
            return Err(io::Error::other("a section is shorter than its length"));
        }
        let sum = section.hash.digest();
        self.out.write_all(&sum.to_le_bytes())
    }

    /// Writes a section of numbers.
    pub fn numbers<const N: usize>(
        &mut self,
        n: usize,
        numbers: impl Iterator<Item = [u8; N]>,
    ) -> io::Result<()> {
        self.section((n * N) as u64, |section| section.put_all(numbers))
    }
}

/// A section that is being written.
pub struct Section<'w> {
    out: &'w mut dyn Write,
    hash: Xxh3,
    left_bytes: u64,
}

impl Section<'_> {
    /// Adds bytes; errors where they are more than the section was to have.
    pub fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        let left = self.left_bytes.checked_sub(bytes.len() as u64);
        self.left_bytes =
            left.ok_or_else(|| io::Error::other("a section is longer than its length"))?;
        self.hash.update(bytes);
        self.out.write_all(bytes)
    }

    /// Adds numbers in their little-endian bytes.
    pub fn put_all<const N: usize>(
        &mut self,
        numbers: impl Iterator<Item = [u8; N]>,
    ) -> io::Result<()> {
        let mut piece = Vec::with_capacity(PIECE_BYTES + N);
        for number in numbers {
            piece.extend_from_slice(&number);
            if PIECE_BYTES <= piece.len() {
                self.put(&piece)?;
                piece.clear();
            }
        }
        self.put(&piece)
    }
}

/// Reads a file from its front to its end.
#[derive(Debug)]
pub struct Reader<R> {
    from: R,
    /// As the user knows it.
    place: String,
}

impl<R: Read> Reader<R> {
    /// Reads the header and the metadata of a file of that kind.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`], with the place, where it is something else, of another version, cut off
    /// or changed.
    pub fn new<M: Decode<()>>(from: R, place: &str, kind: Kind) -> Result<(Self, M)> {
        let mut reader = Reader { from, place: place.to_owned() };
        let (magic, name) = (reader.bytes::<8>()?, reader.bytes::<4>()?);
        if magic != MAGIC || name != kind.name {
            let expected = String::from_utf8_lossy(&kind.name);
            return Err(
                reader.error("not a checkpoint", format!("expected one of kind {expected}"))
            );
        }
        let version = u32::from_le_bytes(reader.bytes()?);
        if version != kind.version {
            let cause = format!("expected version {}, got {version}", kind.version);
            return Err(reader.error("of another version of kutip", cause));
        }
        let meta = reader.meta()?;
        Ok((reader, meta))
    }

    fn meta<M: Decode<()>>(&mut self) -> Result<M> {
        let mut bytes = Vec::new();
        self.section(|piece| {
            bytes.extend_from_slice(piece);
            bytes.len() <= META_BYTES
        })?;
        let damaged = |reader: &Self| reader.damaged("its metadata cannot be read");
        let (meta, n_read) =
            bincode::decode_from_slice(&bytes, CONFIG).map_err(|_| damaged(self))?;
        if n_read == bytes.len() { Ok(meta) } else { Err(damaged(self)) }
    }

    /// Reads the next section: `take` is given it in pieces, and says whether it can be as long.
    ///
    /// Errors as [`Reader::new`]; what was taken is to be trusted only where there is none.
    pub fn section(&mut self, mut take: impl FnMut(&[u8]) -> bool) -> Result<()> {
        let mut left_bytes = u64::from_le_bytes(self.bytes()?);
        let (mut piece, mut hash) = (vec![0; PIECE_BYTES], Xxh3::new());
        while 0 < left_bytes {
            let n_bytes = left_bytes.min(PIECE_BYTES as u64) as usize;
            self.from.read_exact(&mut piece[..n_bytes]).map_err(|error| self.unreadable(&error))?;
            hash.update(&piece[..n_bytes]);
            if !take(&piece[..n_bytes]) {
                return Err(self.damaged("a section is longer than it can be"));
            }
            left_bytes -= n_bytes as u64;
        }
        if u64::from_le_bytes(self.bytes()?) != hash.digest() {
            return Err(self.damaged("a checksum differs"));
        }
        Ok(())
    }

    /// Reads the next section, of exactly `n` numbers.
    pub fn numbers<const N: usize, T>(
        &mut self,
        n: usize,
        number: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>> {
        // A damaged file may ask for any number: memory is taken for what there is.
        let (mut read, mut rest) = (Vec::new(), Vec::new());
        self.section(|piece| {
            rest.extend_from_slice(piece);
            let (numbers, left) = rest.as_chunks::<N>();
            read.extend(numbers.iter().map(|bytes| number(*bytes)));
            rest = left.to_vec();
            read.len() <= n
        })?;
        if read.len() == n && rest.is_empty() {
            Ok(read)
        } else {
            Err(self.damaged(&format!("expected {n} numbers, got {}", read.len())))
        }
    }

    /// An error where anything follows.
    pub fn end(mut self) -> Result<()> {
        match self.from.read(&mut [0]) {
            Ok(0) => Ok(()),
            Ok(_) => Err(self.damaged("something follows its end")),
            Err(error) => Err(self.unreadable(&error)),
        }
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.from.read_exact(&mut bytes).map_err(|error| self.unreadable(&error))?;
        Ok(bytes)
    }

    fn unreadable(&self, error: &io::Error) -> Error {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => self.damaged("it is cut off"),
            _ => self.error("cannot read", reason(error)),
        }
    }

    /// The error of a file whose numbers cannot be.
    pub fn damaged(&self, cause: &str) -> Error {
        self.error("damaged", cause.to_owned())
    }

    fn error(&self, what: &str, cause: String) -> Error {
        Error::new(ErrorKind::Input, &self.place, what, cause)
            .hint("remove it to begin anew, or put back the one that was written")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KIND: Kind = Kind { name: *b"test", version: 3 };

    type Meta = (String, u64, Option<bool>);

    fn meta() -> Meta {
        ("news.jsonl".to_owned(), 7, Some(true))
    }

    fn written() -> Vec<u8> {
        let mut out = Vec::new();
        let mut writer = Writer::new(&mut out, KIND, &meta()).unwrap();
        writer.numbers(3, [1u64, 2, 3].into_iter().map(u64::to_le_bytes)).unwrap();
        writer.numbers(2, [8u32, 9].into_iter().map(u32::to_le_bytes)).unwrap();
        out
    }

    fn read(bytes: &[u8]) -> Result<(Meta, Vec<u64>, Vec<u32>)> {
        let (mut reader, meta) = Reader::new(bytes, "checkpoint", KIND)?;
        let a = reader.numbers(3, u64::from_le_bytes)?;
        let b = reader.numbers(2, u32::from_le_bytes)?;
        reader.end()?;
        Ok((meta, a, b))
    }

    #[test]
    fn the_bytes_never_change() {
        let hex: String = written().iter().map(|byte| format!("{byte:02x}")).collect();
        let expect = [
            "6b757469700d0a1a",
            "74657374",
            "03000000",
            "1c00000000000000",
            "0a00000000000000",
            "6e6577732e6a736f6e6c",
            "0700000000000000",
            "0101",
            "9c578881c3535003",
            "1800000000000000",
            "010000000000000002000000000000000300000000000000",
            "80a77e6e90b4687c",
            "0800000000000000",
            "0800000009000000",
            "ec790da7140181d9",
        ];
        assert_eq!(hex, expect.concat());
    }

    #[test]
    fn what_was_written_is_read() {
        assert_eq!(read(&written()).unwrap(), (meta(), vec![1, 2, 3], vec![8, 9]));
    }

    #[test]
    fn what_is_not_that_is_named() {
        for (bytes, expect) in [
            (&b""[..], "checkpoint: damaged: it is cut off"),
            (
                b"{\"text\":\"satu dua tiga\"}",
                "checkpoint: not a checkpoint: expected one of kind test",
            ),
            (&[&MAGIC[..], b"scan", &[3, 0, 0, 0]].concat(), "checkpoint: not a checkpoint"),
            (
                &[&MAGIC[..], b"test", &[4, 0, 0, 0]].concat(),
                "checkpoint: of another version of kutip: expected version 3, got 4",
            ),
            (&[written(), vec![0]].concat(), "checkpoint: damaged: something follows its end"),
        ] {
            let error = read(bytes).unwrap_err();
            assert!(error.to_string().starts_with(expect), "{error}");
            assert!(error.hint.is_some_and(|hint| hint.contains("remove it")));
        }
    }

    #[test]
    fn a_length_beyond_all_memory_is_refused() {
        let mut bytes = written();
        bytes[16..24].copy_from_slice(&u64::MAX.to_le_bytes());
        assert!(read(&bytes).is_err());
        // Within the metadata, behind a checksum that is right.
        let huge = (u64::MAX / 2).to_le_bytes();
        let mut out = [&MAGIC[..], b"test", &[3, 0, 0, 0], &8u64.to_le_bytes(), &huge].concat();
        out.extend(xxhash_rust::xxh3::xxh3_64(&huge).to_le_bytes());
        let error = read(&out).unwrap_err();
        assert!(error.to_string().contains("its metadata cannot be read"), "{error}");
    }

    proptest! {
        #[test]
        fn every_cut_and_every_flip_is_found(at in 0usize..1000, bit in 0u8..8, cut: bool) {
            let mut bytes = written();
            let at = at % bytes.len();
            if cut { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
            prop_assert!(read(&bytes).is_err());
        }

        #[test]
        fn no_bytes_are_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
            let _ = read(&[&written()[..16], &bytes].concat());
        }
    }
}
