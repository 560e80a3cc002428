//! What does an annotation of a PAN corpus say? An XML file about a suspicious document, with a
//! `feature` for each passage.

use super::PassagePair;
use crate::error::{Error, ErrorKind, Result};
use crate::eval::place::file_name;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::ops::Range;

/// What one file says.
#[derive(Debug)]
pub struct Annotations {
    /// File name of the suspicious document.
    pub document: String,
    /// The passages, in order.
    pub passages: Vec<Annotation>,
    /// Passages without a source: what only the style gives away.
    pub n_without_source: u64,
}

/// A passage as annotated.
#[derive(Debug)]
pub struct Annotation {
    /// Where it is, and what it is taken from.
    pub pair: PassagePair,
    /// `artificial`, `simulated`, …
    pub reuse_type: Option<String>,
    /// `none`, `low`, `high`, …
    pub obfuscation: Option<String>,
}

const HINT: &str = "see `kutip eval passages --help`";

/// Texts end below this; so offsets add up without a thought.
const MOST_CHARS: u64 = u32::MAX as u64;

/// The attributes of an element that annotations have.
#[derive(Default)]
struct Attributes {
    name: Option<String>,
    reference: Option<String>,
    reuse_type: Option<String>,
    obfuscation: Option<String>,
    this_offset: Option<String>,
    this_length: Option<String>,
    source_reference: Option<String>,
    source_offset: Option<String>,
    source_length: Option<String>,
}

/// Reads the features of that name; those of other names are passed over.
///
/// No entity is expanded but the five of XML itself, and elements may be nested as deeply as they like.
pub fn parse(text: &str, path: &str, feature: &str) -> Result<Annotations> {
    let mut reader = Reader::from_str(text);
    let (mut depth, mut annotations) = (0u64, None);
    loop {
        let at = reader.buffer_position();
        let refused = |cause: String| refused(text, path, at, cause);
        let element = match reader.read_event() {
            Err(error) => {
                return Err(self::refused(text, path, reader.error_position(), error.to_string()));
            }
            Ok(Event::Eof) if depth != 0 => {
                return Err(refused(
                    "expected the end of the document, got the end of the file".into(),
                ));
            }
            Ok(Event::Eof) => break,
            Ok(Event::Start(element)) => {
                depth += 1;
                element
            }
            Ok(Event::Empty(element)) => element,
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Ok(_) => continue,
        };
        take(&element, feature, &mut annotations).map_err(refused)?;
    }
    annotations.ok_or_else(|| {
        refused(text, path, 0, "expected <document reference=\"…\">, got no such element".into())
    })
}

/// The error of a file that says nothing of the kind at that byte.
fn refused(text: &str, path: &str, at: u64, cause: String) -> Error {
    let before = &text.as_bytes()[..text.len().min(at as usize)];
    // What is read next may stand on the lines after.
    let n_blank = text.as_bytes()[before.len()..].iter().take_while(|b| b.is_ascii_whitespace());
    let n_lines =
        memchr::memchr_iter(b'\n', before).count() + n_blank.filter(|&&byte| byte == b'\n').count();
    Error::new(
        ErrorKind::Input,
        format!("{path}:{}", n_lines + 1),
        "not an annotation of PAN",
        cause,
    )
    .hint(HINT)
}

type Cause = String;

fn take(
    element: &BytesStart<'_>,
    feature: &str,
    annotations: &mut Option<Annotations>,
) -> std::result::Result<(), Cause> {
    match (element.name().as_ref(), &mut *annotations) {
        ("document", None) => {
            let reference = Attributes::of(element)?.reference;
            let document = named("reference", reference)?;
            *annotations =
                Some(Annotations { document, passages: Vec::new(), n_without_source: 0 });
        }
        ("document", Some(_)) => return Err("expected one <document>, got another".to_owned()),
        ("feature", Some(annotations)) => {
            let attributes = Attributes::of(element)?;
            match attributes {
                Attributes { name: Some(ref name), .. } if name != feature => {}
                Attributes { source_reference: None, .. } => annotations.n_without_source += 1,
                _ => annotations.passages.push(attributes.annotation(&annotations.document)?),
            }
        }
        ("feature", None) => return Err("expected <document reference=\"…\"> first".to_owned()),
        _ => {}
    }
    Ok(())
}

impl Attributes {
    /// Those of an element; others are passed over.
    fn of(element: &BytesStart<'_>) -> std::result::Result<Self, Cause> {
        let mut attributes = Attributes::default();
        // The reader's own check for doubles takes a time that grows with their square.
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let key = attribute.key.as_ref();
            let Some(slot) = attributes.slot(key) else { continue };
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|error| error.to_string())?.into_owned();
            if slot.replace(value).is_some() {
                return Err(format!("expected {key} once, got it twice"));
            }
        }
        Ok(attributes)
    }

    fn slot(&mut self, key: &str) -> Option<&mut Option<String>> {
        Some(match key {
            "name" => &mut self.name,
            "reference" => &mut self.reference,
            "type" => &mut self.reuse_type,
            "obfuscation" => &mut self.obfuscation,
            "this_offset" => &mut self.this_offset,
            "this_length" => &mut self.this_length,
            "source_reference" => &mut self.source_reference,
            "source_offset" => &mut self.source_offset,
            "source_length" => &mut self.source_length,
            _ => return None,
        })
    }

    fn annotation(self, document: &str) -> std::result::Result<Annotation, Cause> {
        let pair = PassagePair {
            suspicious: document.to_owned(),
            source: named("source_reference", self.source_reference)?,
            suspicious_chars: chars("this", self.this_offset, self.this_length)?,
            source_chars: chars("source", self.source_offset, self.source_length)?,
        };
        Ok(Annotation { pair, reuse_type: self.reuse_type, obfuscation: self.obfuscation })
    }
}

fn named(key: &str, name: Option<String>) -> std::result::Result<String, Cause> {
    match name.as_deref().map(file_name) {
        Some(name) if !name.is_empty() => Ok(name.to_owned()),
        Some(_) => Err(format!("expected a file name in {key}, got an empty text")),
        None => Err(format!("expected an attribute {key}, got none")),
    }
}

/// The range of an offset and a length.
fn chars(
    side: &str,
    offset: Option<String>,
    length: Option<String>,
) -> std::result::Result<Range<u64>, Cause> {
    let number = |key: &str, value: Option<String>| {
        let value = value.ok_or_else(|| format!("expected an attribute {side}_{key}, got none"))?;
        let known = value.trim().parse::<u64>().ok().filter(|&n| n <= MOST_CHARS);
        known.ok_or_else(|| {
            format!("expected a number of characters in {side}_{key}, got {value:?}")
        })
    };
    let (start, n_chars) = (number("offset", offset)?, number("length", length)?);
    Ok(start..start + n_chars)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CASE: &str = r#"<feature name="plagiarism" type="artificial" obfuscation="low"
        this_offset="5" this_length="10" source_reference="source-document00001.txt"
        source_offset="100" source_length="12" />"#;

    fn read(text: &str) -> Result<Annotations> {
        parse(text, "a.xml", "plagiarism")
    }

    #[test]
    fn features_of_that_name_are_read() {
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c -->\n\
             <document reference=\"dir/suspicious-document00001.txt\">\n\
             <feature name=\"about\" authors=\"A &amp; B\" title=\"&#x201c;\"/>\n\
             <feature name=\"md5Hash\" value=\"x\"></feature>\n\
             {CASE}\n<feature name=\"plagiarism\" this_offset=\"1\" this_length=\"2\"/>\n\
             <other><deep/></other></document>\n"
        );
        let annotations = read(&text).unwrap();
        assert_eq!(annotations.document, "suspicious-document00001.txt");
        assert_eq!((annotations.passages.len(), annotations.n_without_source), (1, 1));
        let Annotation { pair, reuse_type, obfuscation } = &annotations.passages[0];
        assert_eq!((pair.suspicious_chars.clone(), pair.source_chars.clone()), (5..15, 100..112));
        assert_eq!(pair.source, "source-document00001.txt");
        assert_eq!(
            (reuse_type.as_deref(), obfuscation.as_deref()),
            (Some("artificial"), Some("low"))
        );
        assert!(parse(&text, "a.xml", "detected-plagiarism").unwrap().passages.is_empty());
    }

    #[test]
    fn errors_name_the_line() {
        let inside =
            |features: &str| format!("<document reference=\"a.txt\">\n{features}\n</document>");
        for (text, line, cause) in [
            (String::new(), 1, "expected <document reference=\"…\">, got no such element"),
            ("{\"type\":\"passage\"}\n".to_owned(), 1, "got no such element"),
            ("<document>\n</document>".to_owned(), 1, "expected an attribute reference, got none"),
            ("<document reference=\"\"/>".to_owned(), 1, "expected a file name in reference"),
            ("\n<feature name=\"plagiarism\"/>".to_owned(), 2, "expected <document"),
            ("<document reference=\"a\">\n".to_owned(), 2, "got the end of the file"),
            (inside("<document reference=\"b\"/>"), 2, "expected one <document>, got another"),
            (inside("<feature a=b/>"), 2, "attribute value must be enclosed"),
            (inside("<a></b>"), 2, "expected `</a>`, but `</b>` was found"),
            (
                inside(&CASE.replace("\"5\"", "\"five\"")),
                2,
                "characters in this_offset, got \"five\"",
            ),
            (
                inside(&CASE.replace("\"12\"", "\"-1\"")),
                2,
                "characters in source_length, got \"-1\"",
            ),
            (inside(&CASE.replace("\"12\"", "\"99999999999\"")), 2, "got \"99999999999\""),
            (
                inside(&CASE.replace("this_length=\"10\"", "")),
                2,
                "expected an attribute this_length",
            ),
            (inside(&CASE.replace("type", "obfuscation")), 2, "obfuscation once, got it twice"),
            (inside(&CASE.replace("low", "&bomb;")), 2, "unrecognized entity"),
        ] {
            let error = read(&text).unwrap_err().to_string();
            let place = format!("a.xml:{line}: not an annotation of PAN: ");
            assert!(error.starts_with(&place) && error.contains(cause), "{text}\n{error}");
            assert!(error.ends_with(HINT));
        }
    }

    #[test]
    fn hostile_documents_cost_little() {
        let deep = "<a>".repeat(1 << 17);
        assert!(read(&deep).is_err());
        let wide: String = (0..1 << 16).map(|n| format!(" a{n}=\"x\"")).collect();
        let wide = format!("<document reference=\"a\"><feature {wide} name=\"x\"/></document>");
        assert!(read(&wide).unwrap().passages.is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(<|>|/|document|feature| reference=\"a\"| name=\"plagiarism\"|&amp;|\"|\n|é){0,30}") {
            let _ = read(&text);
        }
    }
}
