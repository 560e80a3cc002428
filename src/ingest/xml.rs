//! Which XML files does a folder hold, and what is their text?
//!
//! These are annotations about texts, which measures read; articles are never XML.

use super::charset;
use super::paths::shell_quoted;
use crate::error::{Error, ErrorKind, reason};
use encoding_rs::Encoding;
use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// No annotation of a text is so long.
const MOST_BYTES: u64 = 64 << 20;
/// Where a declaration of the encoding must stand.
const DECLARATION_BYTES: usize = 256;

/// The files in `.xml` below a folder, in the order of their names; or the file itself, if it is one.
///
/// # Errors
/// What cannot be read, a folder without such files, and a file of another name.
pub fn xml_files(path: &str) -> Result<Vec<PathBuf>, Error> {
    let found = fs::metadata(path).map_err(|error| unreadable(Path::new(path), &error))?;
    if !found.is_dir() {
        return match is_xml(Path::new(path)) {
            true => Ok(vec![PathBuf::from(path)]),
            false => Err(no_xml(path, "expected a folder with files named .xml, got a file")),
        };
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(path).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_xml(entry.path()) => {
                files.push(entry.into_path());
            }
            Ok(_) => {}
            // Links in a circle: all is read on the other way.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let place = error.path().unwrap_or(Path::new(path)).to_owned();
                let error = error.into_io_error().unwrap_or_else(|| io::Error::other("unknown"));
                return Err(unreadable(&place, &error));
            }
        }
    }
    match files.is_empty() {
        true => Err(no_xml(path, "expected a folder with files named .xml, got one without")),
        false => Ok(files),
    }
}

/// The text of an XML file, in the encoding that its first bytes or its declaration tell.
pub fn read_xml(path: &Path) -> Result<String, Error> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(path, &error))?;
    let refused =
        |what: &str, cause: String| Err(Error::new(ErrorKind::Input, path.display(), what, cause));
    if MOST_BYTES < bytes.len() as u64 {
        return refused("too long", format!("expected at most {} MiB", MOST_BYTES >> 20));
    }
    match decode(&bytes) {
        Ok(text) => Ok(text.into_owned()),
        Err(encoding) => {
            let hint = format!(
                "convert it: `iconv -t UTF-8 {}`",
                shell_quoted(&path.display().to_string())
            );
            refused("cannot decode the text", format!("expected {encoding}"))
                .map_err(|e| e.hint(hint))
        }
    }
}

/// The text; or the name of the encoding that it should be in and is not.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    let by_mark = Encoding::for_bom(head).map(|(encoding, _)| encoding);
    let encoding = match by_mark.or_else(|| charset::utf16(&head[..head.len() & !1])) {
        Some(encoding) => encoding,
        None => match declared(head) {
            Some(label) => Encoding::for_label(label.as_bytes()).ok_or(label)?,
            None => encoding_rs::UTF_8,
        },
    };
    // A byte-order mark is left out.
    let (text, used, is_damaged) = encoding.decode(bytes);
    if is_damaged { Err(used.name().to_owned()) } else { Ok(text) }
}

/// The encoding that the declaration names.
fn declared(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| "\"'".contains(*c))?;
    Some(value[1..].split(quote).next()?.to_owned())
}

fn is_xml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml"))
}

fn no_xml(path: &str, cause: &str) -> Error {
    Error::new(ErrorKind::Input, path, "no XML", cause)
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    Error::new(ErrorKind::Input, path.display(), "cannot read", reason(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_mark_and_by_declaration() {
        let utf16 = |text: &str| {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            [0xff, 0xfe].into_iter().chain(units).collect::<Vec<u8>>()
        };
        for (bytes, expect) in [
            ("<a é=''/>".as_bytes().to_vec(), Ok("<a é=''/>")),
            ("\u{feff}<a/>".as_bytes().to_vec(), Ok("<a/>")),
            (utf16("<a é=''/>"), Ok("<a é=''/>")),
            (utf16("<a/>")[2..].to_vec(), Ok("<a/>")),
            (
                b"<?xml version='1.0' encoding = 'latin1'?>\xe9".to_vec(),
                Ok("<?xml version='1.0' encoding = 'latin1'?>é"),
            ),
            (b"<?xml version=\"1.0\"?>\xe9".to_vec(), Err("UTF-8")),
            (b"<?xml encoding=\"runes\"?>".to_vec(), Err("runes")),
            (b"<?xml encoding=\"utf-8\"?>\xe9".to_vec(), Err("UTF-8")),
            (vec![], Ok("")),
        ] {
            let found = decode(&bytes);
            assert_eq!(found.as_deref().map_err(String::as_str), expect, "{bytes:?}");
        }
    }
}
