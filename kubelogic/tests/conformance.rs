//! Every recorded answer of the real components, asked of the catalogue.
//!
//! conformance/README.md says how a recorded case becomes a question of the catalogue.

#![cfg(test)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kubelogic::ask::Catalogue;
use serde_json::{Map, Value, json};

#[test]
fn recorded_answers_are_given_again() {
    let catalogue = Catalogue::new(None);
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for path in case_files() {
        let file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap() {
            let Some(question) = question(case) else { continue };
            let ask = case["ask"].as_str().unwrap();
            *asked.entry(ask.to_owned()).or_default() += 1;
            let answer: Value = serde_json::from_str(&catalogue.answer(&question.to_string())).unwrap();
            if let Err(difference) = compare(ask, case, &answer) {
                wrong.push(format!("{} {}: {difference}", path.display(), case["id"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} answers differ:\n{}", wrong.len(), wrong.join("\n"));
    println!("{asked:?}");
    for (ask, least) in [
        ("read.yaml", 500),
        ("read.documents", 250),
        ("read.objects", 150),
        ("access.can", 500),
        ("access.authorize", 90),
        ("access.configuration", 60),
        ("access.policy", 150),
        ("schema.strict", 800),
        ("kubeconfig.load", 150),
        ("kubeconfig.resolve", 140),
    ] {
        assert!(asked.get(ask).is_some_and(|count| *count >= least), "too few cases of {ask}: {asked:?}");
    }
}

fn case_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/cases");
    let mut files: Vec<PathBuf> = std::fs::read_dir(root)
        .unwrap()
        .flat_map(|topic| std::fs::read_dir(topic.unwrap().path()).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
}

/// The catalogue's question for a recorded case; `None` for what only the oracle answers.
fn question(case: &Value) -> Option<Value> {
    let fields = case.as_object().unwrap();
    let ask = fields["ask"].as_str().unwrap();
    // `read.canonical` asks how Go writes a JSON text again.
    if ask == "read.canonical" {
        return None;
    }
    if ask.starts_with("pki.") && !cfg!(feature = "pki") {
        return None;
    }
    // A path has no namespace in any API: this can only be asked of the Go type.
    if case["request"]["path"].is_string() && case["request"]["namespace"].is_string() {
        return None;
    }
    let mut question: Map<String, Value> = Map::new();
    for (key, value) in fields {
        match key.as_str() {
            "about" | "expect" | "order" | "repeat" | "seed" | "defaultNamespace" => {}
            _ => {
                question.insert(key.clone(), value.clone());
            }
        }
    }
    // Their cases hold the oracle's own switches; those of all other questions are the catalogue's.
    if ["access.can", "access.can-many", "access.aggregate", "access.authorize"].contains(&ask) {
        let bootstrap = if case["bootstrap"] == true { "auto" } else { "never" };
        question.insert("bootstrap".into(), json!(bootstrap));
        question.insert("aggregate".into(), json!(case["aggregate"] == true));
        // The oracle stores what the scheme decodes, and of two objects with one name the later one.
        question.insert("stored".into(), json!(true));
        question.insert("load".into(), json!({"onDuplicate": "last", "fieldValidation": "ignore"}));
        if matches!(ask, "access.can" | "access.can-many") {
            question.insert("allReasons".into(), json!(case["order"] == "all"));
        }
    }
    Some(Value::Object(question))
}

fn compare(ask: &str, case: &Value, answer: &Value) -> Result<(), String> {
    let expect = &case["expect"];
    let result = &answer["answer"]["result"];
    if result.is_null() {
        return Err(format!("no answer: {answer}"));
    }
    if let Some(reason) = deliberate(case, result) {
        return reason;
    }
    let canonical = case["canonical"] == true;
    let same = match ask {
        // Of an answer that depends on Go's map order any outcome will do; see `read/ambiguous-key`.
        "read.yaml" if expect["outcomes"].is_array() => expect["outcomes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|outcome| value(outcome, canonical) == value(result, canonical)),
        "read.yaml" => value(expect, canonical) == value(result, canonical),
        "read.documents" if expect["outcomes"].is_array() => {
            expect["outcomes"].as_array().unwrap().iter().any(|outcome| documents(outcome, result, canonical))
        }
        "read.documents" => documents(expect, result, canonical),
        "read.objects" => objects(expect, result),
        "access.can" => access(expect) == access(result),
        "access.can-many" => {
            let list =
                |value: &Value| value["results"].as_array().unwrap().iter().map(access).collect::<Vec<_>>();
            list(expect) == list(result)
        }
        "access.aggregate" => without_empty(expect) == without_empty(result),
        _ => holds(expect, result),
    };
    if same { Ok(()) } else { Err(format!("\n  ours {result}\n  real {expect}")) }
}

/// Differences on purpose, which conformance/README.md lists.
fn deliberate(case: &Value, result: &Value) -> Option<Result<(), String>> {
    // Ours stops at 1,000 levels, the real reader at 10,000.
    let too_deep = result["error"]["code"] == "read/too-deep";
    let limits = case["id"].as_str().unwrap().starts_with("limits/");
    (too_deep && limits && case["expect"]["error"].is_null()).then_some(Ok(()))
}

/// A value in canonical form letter by letter, any other as what it says, because Go keeps its spaces and
/// escapes; an error only as a verdict, because our texts are our own.
fn value(answer: &Value, canonical: bool) -> Value {
    // What a strict reader says of keys that stand twice is upstream's own text.
    let error = answer["error"].as_str().or(answer["error"]["message"].as_str());
    if let Some(text) = error.filter(|text| text.contains("already set in map")) {
        return json!({"refused": text});
    }
    match answer["json"].as_str() {
        Some(_) if canonical => answer["json"].clone(),
        Some(text) => serde_json::from_str(text).unwrap(),
        None => json!({"refused": true}),
    }
}

/// Without an error the same documents. With one, kubectl stops and sometimes loses the document before, while
/// ours keeps what can be read: the real documents are among ours, in order.
fn documents(expect: &Value, result: &Value, canonical: bool) -> bool {
    let failed = |answer: &Value| {
        let lone =
            answer["documents"].as_array().unwrap().iter().any(|document| document["error"].is_string());
        lone || !answer["error"].is_null()
    };
    let list = |answer: &Value| -> Vec<Value> {
        let documents = answer["documents"].as_array().unwrap().iter();
        documents
            .filter(|document| document["json"].is_string())
            .map(|document| value(document, canonical))
            .collect()
    };
    same(&list(expect), failed(expect), &list(result), failed(result))
}

fn objects(expect: &Value, result: &Value) -> bool {
    let list = |answer: &Value, key: &str| answer[key].as_array().cloned().unwrap_or_default();
    let json = |answer: &Value| -> Value {
        let mut object: Value = serde_json::from_str(answer["json"].as_str().unwrap()).unwrap();
        // kubectl takes an empty namespace out of an object once it is read.
        if let Some(metadata) = object["metadata"].as_object_mut()
            && metadata.get("namespace").is_some_and(|namespace| namespace.is_null() || namespace == "")
        {
            metadata.remove("namespace");
        }
        object
    };
    let real: Vec<Value> = list(expect, "objects").iter().map(json).collect();
    let ours: Vec<Value> = list(result, "objects").iter().map(json).collect();
    same(&real, !list(expect, "errors").is_empty(), &ours, !list(result, "errors").is_empty())
}

fn same(real: &[Value], real_failed: bool, ours: &[Value], ours_failed: bool) -> bool {
    if real_failed {
        let mut rest = ours.iter();
        return ours_failed && real.iter().all(|value| rest.any(|own| own == value));
    }
    !ours_failed && real == ours
}

/// Whether all that is expected is in the result; the result may hold more fields.
fn holds(expect: &Value, result: &Value) -> bool {
    match (expect, result) {
        (Value::Object(expect), Value::Object(result)) => {
            expect.iter().all(|(key, value)| result.get(key).is_some_and(|own| holds(value, own)))
        }
        (Value::Array(expect), Value::Array(result)) => {
            expect.len() == result.len() && expect.iter().zip(result).all(|(value, own)| holds(value, own))
        }
        _ => expect == result,
    }
}

#[test]
fn what_is_expected_must_be_there() {
    let result = json!({"a": [{"b": 1, "c": 2}], "d": null});
    assert!(holds(&json!({"a": [{"b": 1}]}), &result));
    assert!(!holds(&json!({"a": [{"b": 2}]}), &result));
    assert!(!holds(&json!({"a": []}), &result));
    assert!(!holds(&json!({"e": null}), &result));
}

fn access(answer: &Value) -> Value {
    let reasons = answer["reasons"].as_array().cloned().unwrap_or_default();
    json!([answer["allowed"], answer["reason"], reasons])
}

/// Absent, null and empty lists mean the same in a rule.
fn without_empty(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(_, value)| !value.is_null() && **value != json!([]));
            Value::Object(kept.map(|(key, value)| (key.clone(), without_empty(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_empty).collect()),
        other => other.clone(),
    }
}
