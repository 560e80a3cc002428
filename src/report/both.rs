//! How are two results written at once? Each to its destination, and both whole or neither.

use super::output::{Output, Written, publish};
use crate::error::Result;
use std::io::{self, Write};

/// Gives the two destinations what `fill` writes to each.
///
/// Where either cannot be written, the error names it, and no regular file appears.
pub fn write(
    first: Output,
    second: Output,
    fill: impl FnOnce(&mut dyn Write, &mut dyn Write) -> io::Result<()>,
) -> Result<Written> {
    let (mut second_staged, mut second_ended) = (None, None);
    let first_staged = first.stage(|out| {
        let mut out = Remembering { out, error: None };
        let staged = second.stage(|second| fill(&mut out, second));
        match (out.error, staged) {
            (Some(error), _) => Err(error),
            (None, Ok(staged)) if staged.written() == Written::Whole => {
                second_staged = Some(staged);
                Ok(())
            }
            (None, ended) => {
                second_ended = Some(ended.map(|staged| staged.written()));
                Err(io::Error::other("the other output ended early"))
            }
        }
    });
    match second_ended {
        Some(ended) => ended,
        None => {
            let first = first_staged?;
            let written = first.written();
            publish(second_staged.into_iter().chain([first])).map(|()| written)
        }
    }
}

/// Knows whether a failure was its own.
struct Remembering<'o> {
    out: &'o mut dyn Write,
    error: Option<io::Error>,
}

impl Remembering<'_> {
    fn remember<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        done.map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error, // is tried again
            _ => {
                self.error = Some(error);
                io::Error::other("the first output cannot be written")
            }
        })
    }
}

impl Write for Remembering<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.out.write(bytes);
        self.remember(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.out.flush();
        self.remember(done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    fn write_to(first: &Path, second: &Path) -> Result<Written> {
        let outputs = (Output::prepare(first)?, Output::prepare(second)?);
        write(outputs.0, outputs.1, |a, b| {
            a.write_all(&[b'a'; 1_000_000])?;
            b.write_all(&[b'b'; 1_000_000])
        })
    }

    #[test]
    fn both_are_there() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b.gz"));
        assert_eq!(write_to(&a, &b).unwrap(), Written::Whole);
        assert_eq!(fs::read(&a).unwrap(), [b'a'; 1_000_000]);
        assert_eq!(fs::read(&b).unwrap()[..2], [0x1f, 0x8b]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_failure_of_either_is_named_and_leaves_neither() {
        let folder = tempfile::tempdir().unwrap();
        let (there, full) = (folder.path().join("a"), Path::new("/dev/full"));
        for (first, second) in [(&*there, full), (full, &*there)] {
            let error = write_to(first, second).unwrap_err();
            assert!(error.to_string().starts_with("/dev/full: cannot write: no space"), "{error}");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }
}
