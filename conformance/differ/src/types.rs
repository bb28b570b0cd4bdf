//! `types`: the fields of every registered kind, from our tables and as Go's own encoder writes them.

use std::io::Write;

use kubelogic_core::schema::{Field, GroupVersion, Type, Types};
use serde_json::{Value, json};

use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::settings::Settings;

/// Registered in every version of every group, and kept once in our tables.
const EVERYWHERE: &[&str] = &[
    "CreateOptions",
    "DeleteOptions",
    "GetOptions",
    "ListOptions",
    "PatchOptions",
    "UpdateOptions",
    "WatchEvent",
];

/// Compares, and answers whether nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let mut oracle = Oracle::start(&settings.oracle)?;
    let kinds = oracle.ask(&[json!({"id": 0, "ask": "types.kinds", "kubeVersion": settings.version})])?;
    let kinds = kinds.first().and_then(Value::as_array).cloned().unwrap_or_default();
    let everywhere = |kind: &Value| {
        let text = |name: &str| kind.get(name).and_then(Value::as_str).unwrap_or_default();
        text("apiVersion").contains('/') && EVERYWHERE.contains(&text("kind"))
    };
    let questions: Vec<Value> = kinds
        .into_iter()
        .filter(|kind| !everywhere(kind))
        .map(|kind| {
            json!({
                "id": 1, "ask": "types.of", "kubeVersion": settings.version,
                "apiVersion": kind.get("apiVersion"), "kind": kind.get("kind"),
            })
        })
        .collect();
    let version = settings.kube_version()?;
    let tables = Types::of(version);
    let (mut types, mut fields, mut different) = (0, 0, 0);
    for (question, real) in questions.iter().zip(oracle.ask(&questions)?) {
        let real = written(&real);
        let ours = known(tables, question);
        types += real.len();
        fields += real.iter().map(|(_, fields)| fields.len()).sum::<usize>();
        if real.is_empty() || real != ours {
            different += 1;
            writeln!(out, "{question}\n  ours {ours:?}\n  real {real:?}")?;
        }
    }
    writeln!(
        out,
        "types, {}: {} kinds of {types} types with {fields} fields, {different} differences",
        settings.version,
        questions.len()
    )?;
    if questions.is_empty() {
        return Err(DifferError::Usage("nothing was compared"));
    }
    Ok(different == 0)
}

/// A type's name, and the names and JSON kinds of its fields.
type Written = (Value, Vec<(Value, Value)>);

/// The types of an answer.
fn written(answer: &Value) -> Vec<Written> {
    let list =
        |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let cell = |value: &Value, name: &str| value.get(name).cloned().unwrap_or_default();
    let field = |field: &Value| (cell(field, "name"), cell(field, "json"));
    list(answer, "types")
        .iter()
        .map(|one| (cell(one, "name"), list(one, "fields").iter().map(field).collect()))
        .collect()
}

/// The types of our tables; none when they do not have the kind.
fn known(tables: Types, question: &Value) -> Vec<Written> {
    let text = |name: &str| question.get(name).and_then(Value::as_str).unwrap_or_default();
    let Ok(within) = text("apiVersion").parse::<GroupVersion>() else { return Vec::new() };
    let found = tables.kind(&within.group, &within.version, text("kind"));
    let mut structs = found.map(Type::structs).unwrap_or_default();
    structs.sort_by_key(|one| one.own_name());
    let field = |field: Field<'_>| {
        let kind = serde_json::to_value(field.value_type().shape().json_kind());
        (json!(field.name()), kind.unwrap_or_default())
    };
    structs.into_iter().map(|one| (json!(one.own_name()), one.fields().map(field).collect())).collect()
}
