//! Reading, against answers of the real decoder.
//!
//! Each line of `read/*.jsonl` holds a text and what sigs.k8s.io/yaml 1.6.0, sigs.k8s.io/json and
//! apimachinery 0.37.1 make of it: the JSON that they print, or that it is an error.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a case that cannot be read must fail"
)]

use kubelogic_core::read::write::{to_canonical_json, to_yaml};
use kubelogic_core::read::{
    Options, documents, documents_of_bytes, json_value, yaml_value, yaml_value_of_bytes,
};
use serde_json::Value;

fn cases(text: &str, least: usize) -> Vec<Value> {
    let cases: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(cases.len() >= least, "only {} cases", cases.len());
    cases
}

/// With upstream's own limit of depth.
fn options() -> Options {
    let mut options = Options::named("case");
    options.limits.depth = 10_000;
    options
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

/// Every case that was recorded from kubectl's reader.
///
/// Strict reading is no question to this module: duplicate keys are findings. Answers that upstream gives by
/// chance are no single answer, and depths beyond the limit are refused here.
#[test]
fn recorded_cases_are_answered_as_recorded() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/cases/read");
    let Ok(files) = std::fs::read_dir(&folder) else {
        // A packed crate has no conformance folder; the repository always has it.
        assert!(!folder.join("../..").exists(), "the cases are missing");
        return;
    };
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let mut asked = 0;
    for path in paths {
        let file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap() {
            if case["strict"] == true || !case["repeat"].is_null() {
                continue;
            }
            asked += usize::from(replay(case));
        }
    }
    assert!(asked > 900, "only {asked} cases");
}

fn replay(case: &Value) -> bool {
    let expect = &case["expect"];
    let version = case["kubeVersion"].as_str().unwrap().parse().unwrap();
    let options = options().for_version(version);
    let bytes = case["bytes"].as_str().map(base64);
    // An empty text is left out.
    let text = if bytes.is_none() { Some(case["text"].as_str().unwrap_or_default()) } else { None };
    let id = &case["id"];
    match case["ask"].as_str().unwrap() {
        "read.yaml" => {
            let found = match (text, bytes) {
                (Some(text), _) => yaml_value(text, &options),
                (None, bytes) => yaml_value_of_bytes(&bytes.unwrap(), &options),
            };
            match expect["json"].as_str() {
                Some(json) => {
                    let found = found.unwrap_or_else(|error| panic!("{id}: {error}"));
                    assert_eq!(to_canonical_json(found.root()), canonical(json), "{id}");
                }
                None => {
                    assert!(found.is_err(), "{id} gives {:?}", found.map(|it| to_canonical_json(it.root())));
                }
            }
        }
        "read.documents" => {
            let found = match (text, bytes) {
                (Some(text), _) => documents(text, &options),
                (None, bytes) => documents_of_bytes(&bytes.unwrap(), &options),
            };
            let found: Vec<_> = found.documents.iter().collect();
            let wanted = expect["documents"].as_array().unwrap();
            for (index, document) in wanted.iter().enumerate() {
                let found = found.get(index).unwrap_or_else(|| panic!("{id}: document {index} is missing"));
                match (document["json"].as_str(), found) {
                    (Some(json), Ok(value)) => {
                        assert_eq!(to_canonical_json(value.root()), canonical(json), "{id}");
                    }
                    // Upstream hands on JSON that is no value: a number that is too large.
                    (Some(json), Err(_)) => assert!(json_value(json, &options).is_err(), "{id}"),
                    (None, found) => assert!(found.is_err(), "{id}"),
                }
            }
            if expect["error"].is_null() {
                assert_eq!(found.len(), wanted.len(), "{id}");
            } else {
                assert!(found[wanted.len()..].iter().any(|it| it.is_err()), "{id}");
            }
        }
        "read.objects" => {
            let found = match (text, bytes) {
                (Some(text), _) => kubelogic_core::read::text(text, &options),
                (None, bytes) => kubelogic_core::read::bytes(&bytes.unwrap(), &options),
            };
            let objects: Vec<_> =
                found.objects.iter().map(|it| visited(&to_canonical_json(it.root()))).collect();
            let wanted = expect["objects"].as_array().unwrap();
            let wanted: Vec<_> = wanted.iter().map(|it| visited(it["json"].as_str().unwrap())).collect();
            if expect["errors"].as_array().unwrap().is_empty() {
                assert_eq!(objects, wanted, "{id}: {:?}", found.errors);
                assert!(found.errors.is_empty(), "{id}: {:?}", found.errors);
            } else {
                // Upstream gives up a list, or the rest of a stream, where the readers here go on.
                assert!(!found.errors.is_empty(), "{id}");
                let mut rest = objects.iter();
                assert!(wanted.iter().all(|it| rest.any(|other| other == it)), "{id}: {objects:?}");
            }
        }
        "read.canonical" => {
            let found = json_value(case["json"].as_str().unwrap(), &options);
            match expect["json"].as_str() {
                Some(json) => assert_eq!(to_canonical_json(found.unwrap().root()), json, "{id}"),
                None => assert!(found.is_err(), "{id}"),
            }
        }
        _ => return false,
    }
    true
}

/// An object as kubectl acts on it: on its way there an empty namespace is taken away.
fn visited(json: &str) -> String {
    let without = |json: String, value: &str| {
        let field = format!("\"namespace\":{value}");
        json.replace(&format!(",{field}"), "").replace(&field, "")
    };
    canonical(&without(without(json.to_owned(), "\"\""), "null"))
}

fn base64(text: &str) -> Vec<u8> {
    // The reader itself knows how to decode it, but only to text.
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::new();
    for group in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = group.iter().fold(0_u32, |sum, byte| (sum << 6) | u32::from(value(*byte)));
        let bits = bits << (6 * (4 - group.len()));
        bytes.extend(bits.to_be_bytes()[1..].iter().take(group.len() - 1));
    }
    bytes
}
