//! The same question, answered by this library in the oracle's form.

use kubelogic_core::object::Object;
use kubelogic_core::read;
use kubelogic_core::read::write::to_canonical_json;
use kubelogic_core::schema::CustomSchemas;
use kubelogic_core::version::KubeVersion;
use serde_json::{Value, json};

use crate::error::DifferError;

/// Answers one question.
pub(super) fn answer(question: &Value, version: &str) -> Result<Value, DifferError> {
    let version: KubeVersion = version.parse().map_err(unanswered)?;
    let written =
        question.get("objects").and_then(Value::as_array).ok_or_else(|| unanswered("no objects"))?;
    let mut objects = Vec::new();
    for object in written {
        let options = read::Options::named("object").for_version(version);
        // Not as kubectl reads a stream: that refuses wrong metadata before the API server sees it.
        objects.push(read::value(&object.to_string(), &options).map_err(unanswered)?);
    }
    let schemas = CustomSchemas::of(&objects, version);
    if schemas
        .definitions()
        .iter()
        .any(|definition| definition.findings().iter().any(|found| found.code == "crd/malformed"))
    {
        return Ok(json!({"unreadable": true}));
    }
    let known = objects.iter().filter(|object| schemas.definition(object).is_some());
    Ok(match question.get("ask").and_then(Value::as_str) {
        Some("crd.check") => {
            let definitions: Vec<Value> = schemas
                .definitions()
                .iter()
                .map(|definition| json!({"name": definition.name(), "errors": definition.errors()}))
                .collect();
            let objects: Vec<Value> = known.map(|object| checked(&schemas, object)).collect();
            json!({"definitions": definitions, "objects": objects})
        }
        Some(ask) => {
            let written = known.map(|object| {
                let step =
                    if ask == "crd.prune" { schemas.pruned(object) } else { schemas.defaulted(object) };
                let text = step.map(|object| to_canonical_json(object.root()));
                json!({"kind": object.kind(), "name": object.name(), "json": text})
            });
            json!({"objects": written.collect::<Vec<Value>>()})
        }
        None => return Err(unanswered("no question")),
    })
}

fn checked(schemas: &CustomSchemas, object: &Object) -> Value {
    let judgement = schemas.judge(object).unwrap_or_default();
    let texts = |findings: &[kubelogic_core::finding::Finding]| -> Vec<String> {
        findings.iter().map(|finding| finding.message.clone()).collect()
    };
    json!({
        "apiVersion": object.api_version(),
        "kind": object.kind(),
        "name": object.name(),
        "served": judgement.served,
        "decodes": judgement.served && judgement.refused.is_none(),
        "strict": texts(&judgement.strict),
        "invalid": texts(&judgement.invalid),
    })
}

fn unanswered(reason: impl std::fmt::Display) -> DifferError {
    DifferError::Unanswered(format!("{reason}"))
}
