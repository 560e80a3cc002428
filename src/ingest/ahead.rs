//! Bytes that a thread of their own makes ahead of who takes them: decompression beside the work on
//! what was decompressed.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// Bytes that are handed over at once.
const BLOCK_BYTES: usize = 256 << 10;
/// Blocks that wait at most.
const N_WAITING: usize = 4;

/// What `source` gives, read by a thread that is so many blocks ahead at most.
///
/// The thread ends when nobody takes its bytes any more. Nobody waits for that: it may be waiting for
/// a pipe itself.
pub fn ahead(mut source: impl Read + Send + 'static) -> io::Result<Ahead> {
    let (give, blocks) = sync_channel(N_WAITING);
    thread::Builder::new().spawn(move || {
        loop {
            let block = Block::read(&mut source);
            let is_last = block.end.is_some();
            if give.send(block).is_err() || is_last {
                return;
            }
        }
    })?;
    Ok(Ahead { blocks, block: Block::default(), n_taken: 0, has_ended: false })
}

/// Bytes, and how the source ends behind them if it does.
#[derive(Debug, Default)]
struct Block {
    bytes: Vec<u8>,
    end: Option<io::Result<()>>,
}

impl Block {
    fn read(source: &mut impl Read) -> Block {
        let mut bytes = Vec::with_capacity(BLOCK_BYTES);
        let end = match source.take(BLOCK_BYTES as u64).read_to_end(&mut bytes) {
            Ok(BLOCK_BYTES) => None,
            Ok(_) => Some(Ok(())),
            Err(error) => Some(Err(error)),
        };
        Block { bytes, end }
    }
}

/// Bytes that come from a thread.
#[derive(Debug)]
pub struct Ahead {
    blocks: Receiver<Block>,
    /// Its bytes from `n_taken` on are still to be taken.
    block: Block,
    n_taken: usize,
    has_ended: bool,
}

impl BufRead for Ahead {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.n_taken == self.block.bytes.len() && !self.has_ended {
            match self.block.end.take() {
                Some(end) => {
                    self.has_ended = true;
                    end?;
                }
                None => {
                    let gone = |_| io::Error::other("what reads it has come to an end");
                    self.block = self.blocks.recv().map_err(gone)?;
                    self.n_taken = 0;
                }
            }
        }
        Ok(&self.block.bytes[self.n_taken..])
    }

    fn consume(&mut self, n_bytes: usize) {
        self.n_taken += n_bytes;
    }
}

impl Read for Ahead {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let n_bytes = bytes.len().min(out.len());
        out[..n_bytes].copy_from_slice(&bytes[..n_bytes]);
        self.consume(n_bytes);
        Ok(n_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives so many bytes, then an error or the end.
    struct Source(usize, bool);

    impl Read for Source {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let n_bytes = self.0.min(out.len()).min(1000);
            if n_bytes == 0 && !out.is_empty() && self.1 {
                return Err(io::Error::other("broken"));
            }
            out[..n_bytes].fill(b'x');
            self.0 -= n_bytes;
            Ok(n_bytes)
        }
    }

    #[test]
    fn all_bytes_come_and_an_error_behind_them() {
        for n_bytes in [0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, 9 * BLOCK_BYTES + 5] {
            for is_broken in [false, true] {
                let mut taken = Vec::new();
                let result = ahead(Source(n_bytes, is_broken)).unwrap().read_to_end(&mut taken);
                assert_eq!((taken.len(), result.is_err()), (n_bytes, is_broken));
            }
        }
    }

    #[test]
    fn a_source_that_panics_is_an_error() {
        struct Panics;
        impl Read for Panics {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                panic!("a decompressor's own fault")
            }
        }
        assert!(ahead(Panics).unwrap().read_to_end(&mut Vec::new()).is_err());
    }
}
