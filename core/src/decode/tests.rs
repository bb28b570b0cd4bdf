//! What decoding keeps apart, and what it says about the rest.

use serde_json::json;

use super::{Decoder, Field, FieldValidation};
use crate::object::Object;

crate::model! {
    struct Outer {
        name: String = "name",
        count: i32 = "count",
        flag: Option<bool> = "flag",
        list: Field<Vec<Inner>> = "list",
        labels: std::collections::BTreeMap<String, String> = "labels",
        ; ignore "status"
    }

    struct Inner {
        port: i32 = "port",
    }
}

fn decode(value: &serde_json::Value, validation: FieldValidation) -> (Outer, Vec<String>, Vec<String>) {
    let object = Object::from_serialize(value).unwrap();
    let mut decoder = Decoder::new(validation);
    let outer = decoder.decode(object.root());
    let (problems, warnings) = decoder.finish();
    let text = |errors: Vec<super::DecodeError>| errors.iter().map(ToString::to_string).collect();
    (outer, text(problems), text(warnings))
}

#[test]
fn absent_null_and_empty_stay_apart() {
    let list = |value| decode(&value, FieldValidation::Strict).0.list;
    assert_eq!(list(json!({})), Field::Absent);
    assert_eq!(list(json!({"list": null})), Field::Null);
    assert_eq!(list(json!({"list": []})), Field::Value(vec![]));
    assert_eq!(list(json!({"list": [null]})), Field::Value(vec![Inner { port: 0 }]));
}

#[test]
fn every_problem_is_reported_with_its_path() {
    let value = json!({
        "name": 5, "count": 1.5, "flag": "yes", "list": [{"port": 1}, {"prot": 2}], "labels": {"a": 1, "b": "x"},
        "status": {"anything": true},
    });
    let (outer, problems, warnings) = decode(&value, FieldValidation::Strict);
    assert_eq!(outer.labels.get("b").map(String::as_str), Some("x"));
    assert_eq!(
        problems,
        [
            // serde_json hands the keys over in alphabetical order.
            "`count` must be an integer that fits i32",
            "`flag` must be a boolean, not a string",
            "`labels[a]` must be a string, not a number",
            "unknown field `list[1].prot`, did you mean `port`?",
            "`name` must be a string, not a number",
        ]
    );
    assert!(warnings.is_empty());
}

#[test]
fn unknown_fields_follow_the_validation() {
    let value = json!({"nam": "x"});
    assert_eq!(decode(&value, FieldValidation::Strict).1.len(), 1);
    assert_eq!(decode(&value, FieldValidation::Warn).2, ["unknown field `nam`, did you mean `name`?"]);
    let (_, problems, warnings) = decode(&value, FieldValidation::Ignore);
    assert!(problems.is_empty() && warnings.is_empty());
}
