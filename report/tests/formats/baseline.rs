//! Baselines against their published schema.

use kubelogic_core::read::{Options, text, write::to_json};
use kubelogic_report::baseline::Baseline;
use serde_json::{Value, json};

use crate::findings::{findings, reading, sources};

fn is_valid(file: &Value) -> bool {
    let schema: Value =
        serde_json::from_str(include_str!("../../../docs/schemas/baseline.schema.json")).unwrap();
    jsonschema::validator_for(&schema).unwrap().is_valid(file)
}

/// Whether the reader takes it.
fn is_read(file: &Value) -> bool {
    let reading = text(&file.to_string(), &Options::named("baseline.json"));
    Baseline::from_object(&reading.objects[0]).is_ok()
}

#[test]
fn what_is_written_is_valid_and_is_read() {
    let reading = reading();
    let written = Baseline::of(&findings(), &sources(&reading)).to_yaml();
    let read = text(&written, &Options::named("baseline.yaml"));
    let file: Value = serde_json::from_str(&to_json(read.objects[0].root())).unwrap();
    assert_eq!(file["findings"].as_array().map(Vec::len), Some(5));
    assert!(is_valid(&file) && is_read(&file), "{written}");
}

#[test]
fn schema_and_reader_refuse_the_same() {
    let file = |finding: Value| json!({"apiVersion": "kubelogic/v1alpha1", "kind": "Baseline", "findings": [finding]});
    let whole = json!({"code": "read/key", "fingerprint": "0123456789abcdef:1", "source": "a", "object": "b", "path": "c"});
    assert!(is_valid(&file(whole.clone())) && is_read(&file(whole)));
    for wrong in [
        json!({"code": "read/key"}),
        json!({"fingerprint": "0123456789abcdef:1"}),
        json!({"code": "read/key", "fingerprint": "0123456789abcdef:1", "line": 3}),
        json!({"code": 1, "fingerprint": "0123456789abcdef:1"}),
    ] {
        assert!(!is_valid(&file(wrong.clone())) && !is_read(&file(wrong.clone())), "{wrong}");
    }
    let other = json!({"apiVersion": "kubelogic/v1alpha1", "kind": "Coverage", "findings": []});
    assert!(!is_valid(&other) && !is_read(&other));
}
