//! How does a JSON record read without one of its fields? The rest stays byte for byte.

use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// A record, which is a JSON object, without its own fields of that name and the commas before them.
pub fn without<'r>(record: &'r str, name: &str) -> Cow<'r, str> {
    let quoted = format!("\"{name}\"");
    if !record.contains(&quoted) {
        return Cow::Borrowed(record);
    }
    let mut json = serde_json::Deserializer::from_str(record);
    let Ok(fields) = json.deserialize_map(Fields(record)) else { return Cow::Borrowed(record) };
    let is_kept = |field: &&Range<usize>| !record[(*field).clone()].starts_with(&quoted);
    let kept = fields.iter().filter(is_kept);
    let (Some(first), Some(last)) = (fields.first(), fields.last()) else {
        return Cow::Borrowed(record);
    };
    let mut rest = record[..first.start].to_owned();
    for (n_before, field) in kept.enumerate() {
        if 0 < n_before {
            rest.push_str(comma_before(record, &fields, field));
        }
        rest.push_str(&record[field.clone()]);
    }
    rest.push_str(&record[last.end..]);
    Cow::Owned(rest)
}

/// What stands between a field and the one before it.
fn comma_before<'r>(record: &'r str, fields: &[Range<usize>], field: &Range<usize>) -> &'r str {
    let before = fields.iter().take_while(|before| before.start < field.start).last();
    before.map_or("", |before| &record[before.end..field.start])
}

/// Where the fields of an object stand, name and value.
struct Fields<'r>(&'r str);

impl<'r> Visitor<'r> for Fields<'r> {
    type Value = Vec<Range<usize>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'r>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let at = |part: &str| part.as_ptr().addr() - self.0.as_ptr().addr();
        let mut fields = Vec::new();
        while let Some(name) = entries.next_key::<&RawValue>()? {
            let value = entries.next_value::<&RawValue>()?.get();
            fields.push(at(name.get())..at(value) + value.len());
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_stays_as_it_is() {
        for (record, expect) in [
            (r#"{"text": "a"}"#, r#"{"text": "a"}"#),
            (r#"{ "text": "kutip" ,"kutip":{"kept":true, "of":[1]} } "#, r#"{ "text": "kutip" } "#),
            (r#"{"kutip":1 , "text":"a"}"#, r#"{"text":"a"}"#),
            (r#"{"a":1,"kutip":1 ,"b": 2, "kutip":{}}"#, r#"{"a":1 ,"b": 2}"#),
            (r#"{"a":{"kutip":1},"b":"\"kutip\""}"#, r#"{"a":{"kutip":1},"b":"\"kutip\""}"#),
        ] {
            assert_eq!(without(record, "kutip"), expect);
        }
    }
}
