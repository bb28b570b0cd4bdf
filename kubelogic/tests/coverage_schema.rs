//! The published schema of coverage files says what the reader accepts.
#![cfg(test)]

use kubelogic::{Coverage, Object};
use serde_json::{Value, json};

fn schema() -> Value {
    serde_json::from_str(include_str!("../../docs/schemas/coverage.schema.json")).unwrap()
}

fn accepted(file: &Value) -> bool {
    Coverage::whole().with_object(&Object::from_serialize(file).unwrap()).is_ok()
}

fn file(line: &Value) -> Value {
    json!({"apiVersion": "kubelogic/v1alpha1", "kind": "Coverage", "metadata": {}, "coverage": [line]})
}

#[test]
fn every_state_and_field_of_the_schema_is_accepted() {
    let schema = schema();
    let states = schema["$defs"]["state"]["enum"].as_array().unwrap();
    assert_eq!(states.len(), 3);
    for state in states {
        let mut line = json!({"kind": "Role", "state": state});
        for (field, about) in schema["properties"]["coverage"]["items"]["properties"].as_object().unwrap() {
            if about["type"] == "string" || about["type"][0] == "string" {
                line[field] = json!("Role");
            }
        }
        line["state"] = state.clone();
        assert!(accepted(&file(&line)), "{line}");
        assert!(accepted(&json!({"apiVersion": "kubelogic/v1alpha1", "kind": "Coverage", "default": state})));
    }
}

#[test]
fn what_the_schema_forbids_is_refused() {
    for line in [
        json!({"kind": "Role"}),
        json!({"state": "absent"}),
        json!({"kind": "Role", "state": "some"}),
        json!({"kind": "Role", "state": "absent", "namespaces": "x"}),
    ] {
        assert!(!accepted(&file(&line)), "{line}");
    }
}
