//! How do the bytes of a file become the bytes of its text?
//!
//! Compression is told by the first bytes, never by the name, and undone as a stream: memory is a
//! window and a few buffers, however far the stream expands. All members of gzip, frames of zstd
//! and streams of bzip2 and xz are read, as their own tools do.

use super::ahead::ahead;
use super::paths::{Input, Place};
use super::{Meter, Origin};
use crate::error::{Error, ErrorKind, reason};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

/// Big enough that a system call costs nothing beside the work on its bytes.
pub const BUFFER_BYTES: usize = 64 << 10;

/// What an xz stream may ask for (its largest preset needs 65 MiB); zstd's own limit is 128 MiB.
const XZ_MEMORY_BYTES: u64 = 256 << 20;

/// A compression that is undone on the fly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
    /// bzip2.
    Bzip2,
    /// The .xz format.
    Xz,
}

impl Compression {
    /// Name for messages.
    pub fn name(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
            Compression::Bzip2 => "bzip2",
            Compression::Xz => "xz",
        }
    }

    /// The command that writes a file's text to its output.
    pub fn command(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip -dc",
            Compression::Zstd => "zstd -dc",
            Compression::Bzip2 => "bzip2 -dc",
            Compression::Xz => "xz -dc",
        }
    }

    /// The compression of bytes that begin with `head`.
    pub fn of(head: &[u8]) -> Option<Compression> {
        match head {
            [0x1f, 0x8b, 0x08, ..] => Some(Compression::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Compression::Zstd),
            // A skippable frame, as pzstd and seekable zstd write them first.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Compression::Zstd),
            // The mark of a block (pi) or of an empty stream (its square root) keeps a text that
            // begins with these letters a text.
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => {
                Some(Compression::Bzip2)
            }
            [0xfd, b'7', b'z', b'X', b'Z', 0x00, ..] => Some(Compression::Xz),
            _ => None,
        }
    }
}

/// Opens an input for reading, counted by `meter`.
pub fn open(input: &Input, meter: &Meter) -> io::Result<Box<dyn BufRead + Send>> {
    let bytes = match &input.place {
        Place::Stdin => meter.count(io::stdin()),
        Place::File(path) => meter.count(File::open(path)?),
    };
    Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, bytes)))
}

/// The compression of what `raw` holds, of which nothing is taken.
pub fn compression(raw: &mut Rewound) -> Option<Compression> {
    Compression::of(raw.peek(10))
}

/// The text's bytes.
pub fn decompress<'r>(
    raw: Rewound<'r>,
    compression: Option<Compression>,
) -> io::Result<Rewound<'r>> {
    let text: Box<dyn Read + Send + 'r> = match compression {
        None => return Ok(raw),
        Some(Compression::Gzip) => Box::new(flate2::bufread::MultiGzDecoder::new(raw)),
        Some(Compression::Zstd) => Box::new(zstd::stream::read::Decoder::with_buffer(raw)?),
        Some(Compression::Bzip2) => Box::new(bzip2::bufread::MultiBzDecoder::new(raw)),
        Some(Compression::Xz) => {
            use liblzma::stream::{CONCATENATED, Stream};
            let state = Stream::new_stream_decoder(XZ_MEMORY_BYTES, CONCATENATED)?;
            Box::new(liblzma::bufread::XzDecoder::new_stream(raw, state))
        }
    };
    Ok(Rewound::new(Box::new(BufReader::with_capacity(BUFFER_BYTES, text))))
}

/// Whether a text is long enough for a thread of its own.
pub fn is_long(text: &mut Rewound) -> bool {
    text.peek(BUFFER_BYTES).len() == BUFFER_BYTES
}

/// The same bytes, which another thread makes where there may be one.
pub fn beside(bytes: impl Read + Send + 'static) -> io::Result<Rewound<'static>> {
    Ok(Rewound::new(match rayon::current_num_threads() {
        1 => Box::new(BufReader::with_capacity(BUFFER_BYTES, bytes)),
        _ => Box::new(ahead(bytes)?),
    }))
}

/// A reader whose next bytes can be looked at, as far ahead as need be, before they are taken.
///
/// An error met while looking ahead comes up where it belongs: after the bytes before it.
pub struct Rewound<'r> {
    /// Bytes looked at; those from `taken` on are still to be read.
    head: Vec<u8>,
    taken: usize,
    /// Met after the last byte of `head`.
    error: Option<io::Error>,
    /// Once the end was seen it is not asked for again: a terminal would wait for a second one.
    ended: bool,
    rest: Box<dyn BufRead + Send + 'r>,
}

impl<'r> Rewound<'r> {
    /// Nothing looked at yet.
    pub fn new(rest: Box<dyn BufRead + Send + 'r>) -> Self {
        Rewound { head: Vec::new(), taken: 0, error: None, ended: false, rest }
    }

    /// The error that was met while looking ahead; it does not come up again.
    pub fn take_error(&mut self) -> Option<io::Error> {
        self.ended |= self.error.is_some();
        self.error.take()
    }

    /// The next `n_bytes` bytes, fewer where the input ends or breaks off before.
    pub fn peek(&mut self, n_bytes: usize) -> &[u8] {
        while self.head.len() - self.taken < n_bytes && self.error.is_none() && !self.ended {
            let missing = n_bytes - (self.head.len() - self.taken);
            match self.rest.fill_buf() {
                Ok([]) => self.ended = true,
                Ok(bytes) => {
                    let bytes = &bytes[..bytes.len().min(missing)];
                    self.head.extend_from_slice(bytes);
                    let n_read = bytes.len();
                    self.rest.consume(n_read);
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => self.error = Some(e),
            }
        }
        let ahead = &self.head[self.taken..];
        &ahead[..ahead.len().min(n_bytes)]
    }

    /// Makes `bytes`, the last ones read, the next ones again, and `error` what comes after them
    /// and those looked at.
    pub fn put_back(&mut self, mut bytes: Vec<u8>, error: Option<io::Error>) {
        bytes.extend_from_slice(&self.head[self.taken..]);
        self.head = bytes;
        self.taken = 0;
        self.error = self.error.take().or(error);
    }
}

impl BufRead for Rewound<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken < self.head.len() {
            return Ok(&self.head[self.taken..]);
        }
        // What was looked at is not needed any more, and may have been long.
        self.head = Vec::new();
        self.taken = 0;
        match self.error.take() {
            // What comes after an error is no text, and decompressors need not stand being asked.
            Some(error) => {
                self.ended = true;
                Err(error)
            }
            None if self.ended => Ok(&[]),
            None => {
                let bytes = self.rest.fill_buf()?;
                self.ended = bytes.is_empty();
                Ok(bytes)
            }
        }
    }

    fn consume(&mut self, n_bytes: usize) {
        if self.taken < self.head.len() {
            self.taken += n_bytes;
        } else {
            self.rest.consume(n_bytes);
        }
    }
}

impl Read for Rewound<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.head.len() && self.error.is_none() && !self.ended {
            let n_bytes = self.rest.read(out)?;
            self.ended = n_bytes == 0 && !out.is_empty();
            return Ok(n_bytes);
        }
        let bytes = self.fill_buf()?;
        let n_bytes = bytes.len().min(out.len());
        out[..n_bytes].copy_from_slice(&bytes[..n_bytes]);
        self.consume(n_bytes);
        Ok(n_bytes)
    }
}

/// Why an input does not open or breaks off, in the words of its reader.
pub fn explain(error: &io::Error, origin: &Origin) -> Error {
    if let Some(told) = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        return told.clone();
    }
    let input = |what, cause: String| Error::new(ErrorKind::Input, origin.path, what, cause);
    // Only the system sets a code: without one it is the decompression that fails.
    let compression = match origin.compression {
        Some(c) if error.raw_os_error().is_none() => c,
        _ => return input("cannot read", reason(error)).hint(system_hint(error)),
    };
    let name = compression.name();
    let file = super::paths::shell_quoted(origin.path);
    let test = format!(
        "fetch or compress the file again; `{} {file} >/dev/null` checks it",
        compression.command()
    );
    if needs_window(error) {
        let option = if compression == Compression::Zstd { "--long=31" } else { "--memlimit=0" };
        let pipe = format!("let {name} itself do it: `{} {option} {file}`", compression.command());
        input(
            "cannot decompress",
            format!("expected {name} data with a window of at most 128 MiB, got a longer one"),
        )
        .hint(pipe)
    } else if error.kind() == io::ErrorKind::UnexpectedEof {
        input("cut off", format!("expected the end of the {name} data, got the end of the file"))
            .hint(test)
    } else {
        input("damaged", format!("expected {name} data, got an error in it: {}", reason(error)))
            .hint(test)
    }
}

/// Whether the decompressor refuses for the memory it would need. Neither library has a kind for
/// it; the texts are theirs, and tested.
fn needs_window(error: &io::Error) -> bool {
    let text = error.to_string();
    text.contains("too much memory") || text.contains("memory limit")
}

fn system_hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "ask for the right to read it (`chmod +r`), or leave it out"
        }
        _ => "check that the path is right and that the device it is on works",
    }
}
