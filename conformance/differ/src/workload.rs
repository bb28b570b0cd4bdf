//! `workload`: generated workloads, expanded by kubelogic and by the real controllers.
//!
//! Objects, pods and claims must be equal, apart from what is empty on both sides: Go writes some empty fields
//! whether anybody wrote them or not.

mod generate;

use std::io::Write;

use kubelogic_core::object::Object;
use kubelogic_core::workload::{Expansion, Made, expand};
use serde_json::{Value, json};

use crate::USAGE;
use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::random::Random;
use crate::settings::Settings;

/// Differences that are printed; all are counted.
const SHOWN: usize = 20;
/// Workloads that are asked at once.
const BATCH: usize = 256;

/// Compares, and answers whether nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    // The controllers' functions have other shapes in older minors.
    if settings.version != "1.37" {
        return Err(DifferError::Usage(USAGE));
    }
    let mut oracle = Oracle::start(&settings.oracle)?;
    let mut random = Random::new(settings.seed);
    let (mut compared, mut pods, mut refused, mut different) = (0, 0, 0, 0);
    while compared < settings.count {
        let size = BATCH.min(settings.count - compared);
        let questions: Vec<Value> = (0..size).map(|_| generate::question(&mut random)).collect();
        let replies = oracle.replies(&questions)?;
        for (question, reply) in questions.iter().zip(&replies) {
            compared += 1;
            let real = stripped(reply.get("answer").cloned().unwrap_or_default());
            let ours = stripped(ours(question)?);
            refused += usize::from(real.is_null());
            pods += real.get("pods").and_then(Value::as_array).map_or(0, Vec::len);
            if ours == real {
                continue;
            }
            different += 1;
            if different <= SHOWN {
                writeln!(out, "{question}\n  ours {ours}\n  real {reply}")?;
            }
        }
    }
    writeln!(
        out,
        "workload: {compared} workloads with {pods} pods, {refused} refused by the real controllers, \
         {different} differences"
    )?;
    if pods == 0 {
        return Err(DifferError::Usage("nothing was compared"));
    }
    Ok(different == 0)
}

/// Our answer in the oracle's form; null when there is none.
fn ours(question: &Value) -> Result<Value, DifferError> {
    let unanswered = |reason: String| DifferError::Unanswered(reason);
    let object = question.get("object").cloned().unwrap_or_default();
    let object = Object::from_serialize(&object).map_err(|error| unanswered(error.to_string()))?;
    let text = |key: &str| question.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut expansion = Expansion::default();
    expansion.hash = text("hash");
    expansion.at = question.get("seconds").and_then(Value::as_i64);
    let nodes = question.get("nodes").and_then(Value::as_array);
    expansion.nodes = nodes.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    let Ok(expanded) = expand(&object, &expansion) else { return Ok(Value::Null) };
    let list = |made: &[Made]| -> Result<Vec<Value>, DifferError> {
        let plain = made.iter().map(|made| {
            let mut object: Value = made.object.to_typed().map_err(|error| unanswered(error.to_string()))?;
            forget_what_is_ours(&mut object);
            Ok(json!({"object": object}))
        });
        plain.collect()
    };
    let (objects, pods) = (list(&expanded.objects)?, list(&expanded.pods)?);
    Ok(json!({"objects": objects, "pods": pods, "claims": list(&expanded.claims)?}))
}

/// The API server names pods, and the oracle does not show what the objects between are made of.
fn forget_what_is_ours(object: &mut Value) {
    let is = |object: &Value, kind: &str| object.get("kind").and_then(Value::as_str) == Some(kind);
    let labels = object.pointer("/metadata/labels");
    let is_named = labels.is_some_and(|labels| labels.get("statefulset.kubernetes.io/pod-name").is_some());
    let (pod, set, job) = (is(object, "Pod"), is(object, "ReplicaSet"), is(object, "Job"));
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut)
        && pod
        && !is_named
    {
        metadata.remove("name");
    }
    if let Some(fields) = object.as_object_mut() {
        if job {
            fields.remove("spec");
        }
        if let Some(spec) = fields.get_mut("spec").and_then(Value::as_object_mut).filter(|_| set) {
            spec.remove("template");
            spec.remove("minReadySeconds");
        }
    }
}

/// Without nulls and empty collections, except as items of lists.
fn stripped(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().map(|(key, value)| (key, stripped(value)));
            let kept: serde_json::Map<_, _> = kept.filter(|(_, value)| !is_empty(value)).collect();
            Value::Object(kept)
        }
        Value::Array(items) => Value::Array(items.into_iter().map(stripped).collect()),
        other => other,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}
