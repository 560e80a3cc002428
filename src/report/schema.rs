//! What does a record look like? As a JSON Schema (draft 2020-12) of all that [`super::jsonl`],
//! [`super::rejects`], [`super::passages`], [`super::eval`], [`super::explain`] and [`super::plan`] write.
//!
//! The schema requires every field and admits further ones: versions 1.x may add fields, and a
//! reader that checks with an older schema must not break on them. The tests hold this version's
//! own output to a closed form of the schema, so that no field goes undescribed.

/// The schema, as `kutip schema` prints it.
pub const JSON_SCHEMA: &str = include_str!("schema.json");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, ErrorKind};
    use crate::ingest::Reject;
    use crate::report::{eval, explain, jsonl, passages, plan, rejects, samples};
    use jsonschema::Validator;
    use serde_json::{Value, json};

    /// The schema with every object closed to fields that it does not name.
    fn closed() -> Validator {
        let mut schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
        let defs = schema["$defs"].as_object_mut().unwrap();
        defs.values_mut().for_each(close);
        jsonschema::validator_for(&schema).unwrap()
    }

    fn close(schema: &mut Value) {
        match schema {
            Value::Object(members) => {
                members.values_mut().for_each(close);
                if members.get("type") == Some(&json!("object")) {
                    members.insert("unevaluatedProperties".to_owned(), json!(false));
                }
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }

    fn records() -> Vec<Value> {
        let mut lines = Vec::new();
        jsonl::write(&samples::blinken(), 2, &mut lines).unwrap();
        let found: Vec<Reject> = [&b"{"[..], b"\xff"]
            .map(|record| Reject {
                error: Error::new(ErrorKind::Record, "a.jsonl:1", "not JSON", "it ends early"),
                path: "a.jsonl".to_owned(),
                line: Some(1),
                record: record.to_vec(),
            })
            .into();
        rejects::write(&found, &mut lines).unwrap();
        passages::write(&samples::reuse(), 1, &mut lines).unwrap();
        let measures = eval::tests::written(|evaluation, lists, out| {
            eval::records::write(evaluation, lists, out).unwrap();
        });
        let lines = String::from_utf8(lines).unwrap()
            + &measures
            + &explain::tests::records()
            + &plan::tests::record();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn all_that_is_written_is_described() {
        let validator = closed();
        let records = records();
        assert!(
            9 < records.len(),
            "two claims, four articles, a summary, two rejects, and measures"
        );
        for record in records {
            let errors: Vec<String> = validator
                .iter_errors(&record)
                .map(|e| format!("{e} at {}", e.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{errors:#?}\n{record}");
        }
    }

    #[test]
    fn a_broken_record_fails() {
        type Break = fn(&mut Value);
        let breaks: [(&str, Break); 9] = [
            ("a type that does not exist", |r| r["type"] = json!("claims")),
            ("another version", |r| r["schema_version"] = json!(2)),
            ("a field missing", |r| drop(r.as_object_mut().unwrap().remove("counts"))),
            ("a status that does not exist", |r| r["status"] = json!("likely")),
            ("an id that is no hash", |r| r["id"] = json!("1")),
            ("half a span", |r| drop(r["speaker"].as_object_mut().unwrap().remove("char_end"))),
            ("a date in words", |r| r["occurrences"][0]["published"] = json!("8 Jan 2022")),
            ("an edit without words", |r| r["occurrences"][0]["edits"] = json!([["="]])),
            ("no occurrences", |r| r["occurrences"] = json!([])),
        ];
        let open = jsonschema::validator_for(&serde_json::from_str(JSON_SCHEMA).unwrap()).unwrap();
        let whole = records().remove(0);
        assert!(open.is_valid(&whole));
        for (what, break_it) in breaks {
            let mut record = whole.clone();
            break_it(&mut record);
            assert!(!open.is_valid(&record), "{what}");
        }
    }

    #[test]
    fn a_later_version_may_add_a_field() {
        let mut record = records().remove(0);
        record["occurrences"][0]["added_in_1_1"] = json!(true);
        let open = jsonschema::validator_for(&serde_json::from_str(JSON_SCHEMA).unwrap()).unwrap();
        assert!(open.is_valid(&record) && !closed().is_valid(&record));
    }
}
