//! Reading, against answers of the real decoder.
//!
//! Each line of `read/*.jsonl` holds a text and what sigs.k8s.io/yaml 1.6.0, sigs.k8s.io/json and
//! apimachinery 0.37.1 make of it: the JSON that they print, or that it is an error.

#![expect(clippy::unwrap_used, reason = "a case that cannot be read must fail")]

use kubelogic_core::read::write::{to_canonical_json, to_yaml};
use kubelogic_core::read::{Options, documents, json_value, yaml_value};
use serde_json::Value;

fn cases(text: &str, least: usize) -> Vec<Value> {
    let cases: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(cases.len() >= least, "only {} cases", cases.len());
    cases
}

fn options() -> Options {
    Options::named("case")
}

/// Upstream's own JSON of a YAML document keeps integers above 64 signed bits; read once more they are floats.
fn canonical(json: &str) -> String {
    to_canonical_json(json_value(json, &options()).unwrap().root())
}

#[test]
fn yaml_has_the_values_and_errors_of_the_real_decoder() {
    for case in cases(include_str!("read/yaml.jsonl"), 500) {
        let text = case["text"].as_str().unwrap();
        let found = yaml_value(text, &options()).map(|value| to_canonical_json(value.root()));
        match case["json"].as_str() {
            Some(json) => assert_eq!(found.as_deref(), Ok(canonical(json).as_str()), "{text:?}"),
            None => assert!(found.is_err(), "{text:?} gives {found:?}"),
        }
    }
}

#[test]
fn json_has_the_values_and_errors_of_the_real_decoder() {
    for case in cases(include_str!("read/json.jsonl"), 70) {
        let text = case["text"].as_str().unwrap();
        let found = json_value(text, &options()).map(|value| to_canonical_json(value.root()));
        match case["json"].as_str() {
            Some(json) => assert_eq!(found.as_deref(), Ok(json), "{text:?}"),
            None => assert!(found.is_err(), "{text:?} gives {found:?}"),
        }
    }
}

#[test]
fn streams_have_the_documents_of_the_real_decoder() {
    for case in cases(include_str!("read/streams.jsonl"), 50) {
        let text = case["text"].as_str().unwrap();
        let found: Vec<Result<String, String>> = documents(text, &options())
            .documents
            .into_iter()
            .map(|document| match document {
                Ok(value) => Ok(to_canonical_json(value.root())),
                Err(error) => Err(error.to_string()),
            })
            .collect();
        let wanted = case["documents"].as_array().unwrap();
        // Upstream stops at the first error; the readers here go on behind it.
        for (index, document) in wanted.iter().enumerate() {
            match document.as_str() {
                Some(json) => assert_eq!(found.get(index), Some(&Ok(json.to_owned())), "{text:?}"),
                None => assert!(found.get(index).is_some_and(Result::is_err), "{text:?}"),
            }
        }
        if case["error"] == Value::Bool(true) {
            assert!(found[wanted.len()..].iter().any(Result::is_err), "{text:?} gives {found:?}");
        } else {
            assert_eq!(found.len(), wanted.len(), "{text:?} gives {found:?}");
        }
    }
}

#[test]
fn what_is_written_reads_back_to_the_same_value() {
    for case in cases(include_str!("read/yaml.jsonl"), 500) {
        let Ok(value) = yaml_value(case["text"].as_str().unwrap(), &options()) else { continue };
        let yaml = to_yaml(value.root());
        let again = yaml_value(&yaml, &options());
        let again = again.unwrap_or_else(|error| panic!("{yaml:?}: {error}"));
        assert_eq!(to_canonical_json(again.root()), to_canonical_json(value.root()), "{yaml:?}");
    }
}
