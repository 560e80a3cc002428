//! What does one JSON record say?

use super::Origin;
use super::content::is_blank;
use super::fields::{FieldMap, Name, Role, Use};
use crate::document::Fields;
use crate::error::{Error, ErrorKind};
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

/// The fields and the text of the record in `line`, which is not blank. Errors have no place yet.
pub fn parse(line: &str, map: &FieldMap, origin: &Origin) -> Result<(Fields, String), Error> {
    let record = trimmed(line);
    let n_marks = record.as_ptr().addr() - line.as_ptr().addr();
    if !record.trim_start().starts_with('{') {
        return Err(not_an_object(record, n_marks, origin));
    }
    let object = parse_object(record, map).map_err(|e| not_json(&e, n_marks, origin))?;
    Ok((fields(&object, map), text_of(&object, map)?))
}

/// What `of` makes of the same text alone, for which no other field is kept.
pub fn with_text<T>(
    line: &str,
    map: &FieldMap,
    origin: &Origin,
    of: impl FnOnce(&str) -> T,
) -> Result<T, Error> {
    let mut json = serde_json::Deserializer::from_str(trimmed(line));
    let found = json.deserialize_map(TextVisitor(map)).and_then(|text| json.end().map(|()| text));
    let mut buffer = UNESCAPED.take();
    let text = found.ok().flatten().and_then(|raw| unescaped(raw, &mut buffer));
    let made = match text {
        Some(text) if !is_blank(text) => Ok(of(text)),
        // What is wrong, or where else a text may be, is for the slower way to say.
        _ => parse(line, map, origin).map(|(_, text)| of(&text)),
    };
    UNESCAPED.set(buffer);
    made
}

thread_local! {
    /// A thread's memory for texts: they come by the million.
    static UNESCAPED: Cell<String> = const { Cell::new(String::new()) };
}

/// What a JSON string says, in `buffer` where it has escapes; `None` of what is no string, or has
/// escapes that stand for nothing.
fn unescaped<'b>(raw: &'b str, buffer: &'b mut String) -> Option<&'b str> {
    let inside = raw.strip_prefix('"')?.strip_suffix('"')?;
    buffer.clear();
    let mut rest = inside;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        buffer.push_str(&rest[..at]);
        let simple = match rest.as_bytes()[at + 1] {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            same @ (b'"' | b'\\' | b'/') => char::from(same),
            // A code unit, or two of a pair.
            _ => {
                *buffer = serde_json::from_str(raw).ok()?;
                return Some(buffer);
            }
        };
        buffer.push(simple);
        rest = &rest[at + 2..];
    }
    if rest.len() == inside.len() {
        return Some(inside);
    }
    buffer.push_str(rest);
    Some(buffer)
}

/// A line without byte-order marks and JSON's white space behind it. The CR of a CRLF would be taken
/// for a control character inside a string that is cut off.
fn trimmed(line: &str) -> &str {
    line.trim_start_matches('\u{feff}').trim_end_matches([' ', '\t', '\r', '\n'])
}

/// The likeliest text of a record, as it is written there; an error where it may be inside
/// another value.
struct TextVisitor<'m>(&'m FieldMap);

impl<'l> Visitor<'l> for TextVisitor<'_> {
    type Value = Option<&'l str>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'l>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut best: Option<(usize, &'l str)> = None;
        while let Some(name) = entries.next_key_seed(NameSeed)? {
            match self.0.use_of(&name) {
                Use::Text(rank) => {
                    let text = entries.next_value::<&RawValue>()?.get();
                    let is_better = best.is_none_or(|(before, _)| rank <= before);
                    let other = if is_better { best.map(|(_, other)| other) } else { Some(text) };
                    // Such an escape may stand for nothing, and is not looked at here.
                    if !text.starts_with('"') || other.is_some_and(|other| other.contains("\\u")) {
                        return Err(de::Error::custom("a text that is to be looked into"));
                    }
                    if is_better {
                        best = Some((rank, text));
                    }
                }
                Use::Inside => return Err(de::Error::custom("a text further inside")),
                Use::Other => drop(entries.next_value::<Value>()?),
                Use::None => drop(entries.next_value::<IgnoredAny>()?),
            }
        }
        Ok(best.map(|(_, text)| text))
    }
}

/// A record's own fields, as far as they are of use.
struct Object<'l> {
    /// The names of all, in order.
    names: Vec<Cow<'l, str>>,
    /// Those that the field map wants.
    values: Vec<(Cow<'l, str>, Value)>,
}

fn parse_object<'l>(line: &'l str, map: &FieldMap) -> serde_json::Result<Object<'l>> {
    let mut json = serde_json::Deserializer::from_str(line);
    let object = json.deserialize_map(ObjectVisitor(map))?;
    json.end().map(|()| object)
}

struct ObjectVisitor<'m>(&'m FieldMap);

impl<'l> Visitor<'l> for ObjectVisitor<'_> {
    type Value = Object<'l>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'l>>(self, mut entries: A) -> Result<Object<'l>, A::Error> {
        let mut object = Object { names: Vec::new(), values: Vec::new() };
        while let Some(name) = entries.next_key_seed(NameSeed)? {
            if self.0.wants(&name) {
                object.values.push((name.clone(), entries.next_value()?));
            } else {
                // Skipped without recursion, however deeply it nests.
                entries.next_value::<IgnoredAny>()?;
            }
            object.names.push(name);
        }
        Ok(object)
    }
}

/// A key, borrowed from the line where it has no escapes.
struct NameSeed;

impl<'l> DeserializeSeed<'l> for NameSeed {
    type Value = Cow<'l, str>;

    fn deserialize<D: Deserializer<'l>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'l> Visitor<'l> for NameSeed {
    type Value = Cow<'l, str>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, name: &'l str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

fn fields(object: &Object, map: &FieldMap) -> Fields {
    let find = |role| {
        let named = |name| candidates(object, name);
        map.names(role).flat_map(named).find_map(|value| shown(value, role))
    };
    Fields {
        id: find(Role::Id),
        outlet: find(Role::Outlet),
        url: find(Role::Url),
        title: find(Role::Title),
        author: find(Role::Author),
        published: find(Role::Published),
    }
}

/// The values that `name` may mean. A field that is there twice counts as it was written last.
fn candidates<'o>(object: &'o Object, name: &'o Name) -> impl Iterator<Item = &'o Value> {
    object.values.iter().rev().filter_map(|(key, value)| {
        if name.is(key) {
            return Some(value);
        }
        at_path(value, name.nested_in(key)?)
    })
}

/// The value at a path of names with dots between them; a name may have dots of its own.
fn at_path<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let object = value.as_object()?;
    object.get(path).or_else(|| {
        let (name, rest) = path.split_once('.')?;
        at_path(object.get(name)?, rest)
    })
}

/// Objects that stand for one value: schema.org's things and MongoDB's extended JSON.
const WRAPPERS: [&str; 4] = ["name", "$oid", "$date", "$numberLong"];

/// A field's value as text; `None` where it is empty, or of a type that says nothing.
fn shown(value: &Value, role: Role) -> Option<String> {
    match value {
        Value::String(text) => (!is_blank(text)).then(|| text.clone()),
        Value::Number(number) => decimal(number),
        Value::Object(object) => {
            shown(WRAPPERS.iter().find_map(|wrapper| object.get(*wrapper))?, role)
        }
        Value::Array(items) if role == Role::Author || items.len() == 1 => {
            let shown: Vec<String> = items.iter().filter_map(|item| shown(item, role)).collect();
            (!shown.is_empty()).then(|| shown.join(", "))
        }
        Value::Array(_) | Value::Bool(_) | Value::Null => None,
    }
}

/// A number's digits; `None` where it was too long to be kept exactly: two such ids would be one.
fn decimal(number: &serde_json::Number) -> Option<String> {
    const EXACT: f64 = (1u64 << f64::MANTISSA_DIGITS) as f64;
    let is_exact = !number.is_f64() || number.as_f64().is_some_and(|n| n.abs() < EXACT);
    is_exact.then(|| number.to_string())
}

/// The first text that is not empty.
fn text_of(object: &Object, map: &FieldMap) -> Result<String, Error> {
    let mut found: Option<(&Name, &Value)> = None;
    for name in map.names(Role::Text) {
        for value in candidates(object, name) {
            match value {
                Value::String(text) if !is_blank(text) => return Ok(text.clone()),
                // The better reason why there is no text: not a string, then empty.
                _ if found.is_none_or(|(_, before)| is_empty(before) && !is_empty(value)) => {
                    found = Some((name, value));
                }
                _ => {}
            }
        }
    }
    Err(match found {
        Some((name, value)) if is_empty(value) => empty_text(&name.name, value),
        Some((name, value)) => odd_text(&name.name, value),
        None => no_text(object.names.iter().map(|name| &**name), map),
    })
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Null | Value::String(_))
}

fn error(what: &str, cause: impl fmt::Display) -> Error {
    Error::new(ErrorKind::Record, "", what, cause)
}

fn empty_text(name: &str, value: &Value) -> Error {
    let got = match value {
        Value::Null => "null",
        Value::String(text) if !text.is_empty() => "white space only",
        _ => "an empty string",
    };
    error("empty text", format!("expected an article in `{name}`, got {got}"))
        .hint("leave it out, or name another field: `--field text=NAME`")
}

fn odd_text(name: &str, value: &Value) -> Error {
    let cause = format!("expected a string in `{name}`, got {}", kind(value));
    let error = error("text is not a string", cause);
    match value {
        Value::Object(object) => {
            let names = listed(object.keys().map(String::as_str));
            error.hint(format!(
                "name the field inside: `--field text={name}.NAME`; there are {names}"
            ))
        }
        Value::Array(_) => {
            error.hint(format!("join its parts: `jq -c '.{name} |= join(\"\\n\")'`"))
        }
        _ => error.hint("name another field: `--field text=NAME`"),
    }
}

/// The error of a record that has fields of these names, and none that a text may be in.
pub fn no_text<'n>(names: impl Iterator<Item = &'n str>, map: &FieldMap) -> Error {
    let expected = listed(map.names(Role::Text).map(|name| name.name.as_str()));
    let got = listed(names);
    error("no text", format!("expected a field {expected}, got {got}"))
        .hint("name the field that holds the text: `--field text=NAME`")
}

/// Names for a message: the first few, each cut short, without control characters.
pub(super) fn listed<'n>(mut names: impl Iterator<Item = &'n str>) -> String {
    const N_SHOWN: usize = 12;
    const N_CHARS: usize = 40;
    let printable = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let short =
        |name: &str| format!("`{}`", name.chars().take(N_CHARS).map(printable).collect::<String>());
    let shown: Vec<String> = names.by_ref().take(N_SHOWN).map(short).collect();
    match (shown.is_empty(), names.count()) {
        (true, _) => "none".to_owned(),
        (false, 0) => shown.join(", "),
        (false, n_more) => format!("{} and {n_more} more", shown.join(", ")),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn not_an_object(line: &str, n_marks: usize, origin: &Origin) -> Error {
    if let Err(e) = serde_json::from_str::<IgnoredAny>(line) {
        return not_json(&e, n_marks, origin);
    }
    let got = match line.trim_start().as_bytes().first() {
        Some(b'[') => "an array",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        _ => "a number",
    };
    error("not a JSON object", format!("expected an object, got {got}"))
        .hint("give each article as an object with a text field, one a line")
}

/// The error of a line that serde_json does not take. Columns count bytes, from 1.
fn not_json(e: &serde_json::Error, n_marks: usize, origin: &Origin) -> Error {
    let text = e.to_string();
    let reason = text.rsplit_once(" at line ").map_or(&*text, |(reason, _)| reason);
    let column = e.column() + n_marks;
    if reason.starts_with("recursion limit") {
        return error(
            "nested too deeply",
            format!("expected at most 127 levels, got more at column {column}"),
        )
        .hint("leave the nested field out");
    }
    let cause = format!("expected a JSON object, got an error at column {column}: {reason}");
    let error = error("not JSON", cause);
    match reason {
        "trailing characters" => {
            error.hint(format!("write one object a line: `{}`", origin.run("jq -c .")))
        }
        _ if reason.contains("surrogate") || reason.contains("hex escape") => error
            .hint("`\\ud800` to `\\udfff` stand for a character in pairs only; write it as UTF-8"),
        "trailing comma" => error.hint("leave out the comma before the bracket"),
        _ if reason.starts_with("control character") => {
            error.hint("write it as an escape: `\\n` for a line feed, `\\u0001` for byte 01")
        }
        "expected value" | "key must be a string" => {
            error.hint("JSON has no NaN, None, or single quotes; write `null` and `\"`")
        }
        _ if e.is_eof() => error.hint("the line is cut off, or the record is on several lines"),
        _ => error,
    }
}
