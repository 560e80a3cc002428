//! How are results compressed? By the extension of the name that they get.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// How a file is compressed: its name says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// As it is.
    None,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
    /// bzip2.
    Bzip2,
    /// The .xz format.
    Xz,
}

pub(super) const EXTENSIONS: [(&str, Compression); 4] = [
    ("gz", Compression::Gzip),
    ("zst", Compression::Zstd),
    ("bz2", Compression::Bzip2),
    ("xz", Compression::Xz),
];

/// The path without the extension of a compression, if it has one.
pub fn uncompressed_name(path: &Path) -> PathBuf {
    match Compression::of(path) {
        Compression::None => path.to_owned(),
        _ => path.with_extension(""),
    }
}

impl Compression {
    /// That of the name's extension.
    pub fn of(path: &Path) -> Self {
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        EXTENSIONS
            .iter()
            .find(|(name, _)| extension.eq_ignore_ascii_case(name))
            .map_or(Compression::None, |&(_, compression)| compression)
    }

    /// Writes what `fill` gives to `sink`, compressed and flushed to the last byte.
    pub fn fill<W: Write>(
        self,
        sink: W,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<W> {
        let mut sink = BufWriter::with_capacity(WRITE_BYTES, sink);
        match self {
            Compression::None => fill(&mut sink)?,
            Compression::Gzip => {
                let level = flate2::Compression::default();
                let mut gzip = flate2::write::GzEncoder::new(&mut sink, level);
                buffered(&mut gzip, fill)?;
                gzip.finish()?;
            }
            Compression::Zstd => {
                let mut zstd = zstd::Encoder::new(&mut sink, zstd::DEFAULT_COMPRESSION_LEVEL)?;
                buffered(&mut zstd, fill)?;
                zstd.finish()?;
            }
            Compression::Bzip2 => {
                let level = bzip2::Compression::default();
                let mut bzip2 = bzip2::write::BzEncoder::new(&mut sink, level);
                buffered(&mut bzip2, fill)?;
                bzip2.finish()?;
            }
            Compression::Xz => {
                let mut xz = liblzma::write::XzEncoder::new_stream(&mut sink, xz_stream()?);
                buffered(&mut xz, fill)?;
                xz.finish()?;
            }
        }
        sink.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

/// As `xz -6` compresses, but with a window of 1 MiB: at eight times that it would take 94 MB of memory,
/// which is more than all else may take, and news is 6 % smaller by it.
fn xz_stream() -> io::Result<liblzma::stream::Stream> {
    use liblzma::stream::{Check, Filters, LzmaOptions, Stream};
    let mut options = LzmaOptions::new_preset(6)?;
    options.dict_size(1 << 20);
    let mut filters = Filters::new();
    filters.lzma2(&options);
    Ok(Stream::new_stream_encoder(&filters, Check::Crc64)?)
}

/// Bytes that are written at once.
const WRITE_BYTES: usize = 1 << 18;

/// Collects the small writes of a serialiser before each costs a call into a compressor.
fn buffered(
    out: &mut dyn Write,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut buffer = BufWriter::new(out);
    fill(&mut buffer)?;
    buffer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xz_has_a_small_window() {
        use std::io::Read;
        let text = "satu dua tiga\n".repeat(200_000);
        let packed =
            Compression::Xz.fill(Vec::new(), |out| out.write_all(text.as_bytes())).unwrap();
        // What it takes to decompress says how large it is.
        let stream = liblzma::stream::Stream::new_stream_decoder(5 << 18, 0).unwrap();
        let mut found = String::new();
        let mut xz = liblzma::read::XzDecoder::new_stream(&packed[..], stream);
        xz.read_to_string(&mut found).unwrap();
        assert!(found == text);
    }

    #[test]
    fn a_compressed_name_tells_the_name_inside() {
        for (path, expect) in
            [("a.jsonl.zst", "a.jsonl"), ("a.jsonl", "a.jsonl"), ("a", "a"), ("b/a.GZ", "b/a")]
        {
            assert_eq!(uncompressed_name(Path::new(path)), Path::new(expect));
        }
    }
}
