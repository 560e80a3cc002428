//! Plain text: a file is one article.

use super::article::{Article, Part};
use super::stream::Rewound;
use super::{Origin, Reject, TOO_LONG_BYTES, charset, content};
use crate::document::{Document, Fields, Source};
use crate::error::{Error, ErrorKind};
use encoding_rs::Encoding;
use std::io::Read;

/// Adds the article that `text` is to `part`.
///
/// # Errors
///
/// An input that breaks off is rejected whole, for half an article would pass for one.
pub fn read<T>(
    mut text: Rewound,
    utf16: Option<&'static Encoding>,
    origin: &Origin,
    of: impl Fn(Article) -> Result<T, Error>,
    part: &mut Part<T>,
) -> Result<(), Error> {
    if utf16.is_none() {
        // Before it is read: it may have no end.
        content::refuse_nul(text.peek(content::HEAD_BYTES), origin)?;
    }
    let mut bytes = Vec::new();
    let result = text.take(TOO_LONG_BYTES).read_to_end(&mut bytes);
    part.count(&bytes);
    result.map_err(|error| origin.unreadable(&error))?;
    if utf16.is_none() {
        content::refuse_nul(&bytes, origin)?;
    }
    if TOO_LONG_BYTES <= bytes.len() as u64 {
        return Err(too_long(origin));
    }
    let read = article(&bytes, utf16, origin);
    if read.as_ref().is_ok_and(|document| !part.hold(document.text.as_bytes())) {
        return Ok(());
    }
    match read.and_then(|document| of(Article::of_text(document, origin.number))) {
        Ok(article) => {
            part.extend(vec![Ok(article)], &[]);
        }
        Err(mut error) => {
            error.place = origin.path.to_owned();
            let path = origin.path.to_owned();
            part.batch.rejects.push(Reject { error, path, line: None, record: bytes });
        }
    }
    Ok(())
}

fn article(
    bytes: &[u8],
    utf16: Option<&'static Encoding>,
    origin: &Origin,
) -> Result<Document, Error> {
    let (text, encoding) = charset::decode(bytes, utf16, origin)?;
    if content::is_blank(&text) {
        let got = if text.is_empty() { "an empty file" } else { "white space only" };
        let cause = format!("expected an article, got {got}");
        return Err(Error::new(ErrorKind::Record, "", "empty text", cause).hint("leave it out"));
    }
    if TOO_LONG_BYTES <= text.len() as u64 {
        return Err(too_long(origin));
    }
    let source = Source { path: origin.path.to_owned(), line: None, encoding };
    // Copied, so that it takes no more than its length: buffers grow by doubling.
    Ok(Document { source, fields: Fields::default(), text: text.as_ref().to_owned() })
}

fn too_long(origin: &Origin) -> Error {
    let cause = "expected one article below 4 GiB, got more";
    Error::new(ErrorKind::Input, origin.path, "too long", cause)
        .hint("give the articles one by one, or as JSON Lines")
}
