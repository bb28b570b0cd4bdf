//! JSON schemas for kubeconform: one file for each kind that a folder uses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use kubelogic::files::StdFiles;
use kubelogic::schema::{Shape, Struct, Type, Types};
use kubelogic::{KubeVersion, Object, read};
use serde_json::{Map, Value, json};

/// Writes the schemas of all kinds in a folder, named as kubeconform looks for them.
pub(super) fn write(folder: &str, target: &Path) -> Result<(), String> {
    std::fs::create_dir_all(target).map_err(|error| format!("{}: {error}", target.display()))?;
    let paths = [PathBuf::from(folder)];
    let reading = read::files(&StdFiles, &paths, true, &read::Options::named("-"), &mut |_| {});
    let types = Types::of(KubeVersion::NEWEST);
    let mut files: BTreeMap<String, Value> = BTreeMap::new();
    for object in &reading.objects {
        let (group, version) = object.api_version().split_once('/').unwrap_or(("", object.api_version()));
        if let Some(kind) = types.kind(group, version, object.kind()) {
            files.entry(name(group, version, object.kind())).or_insert_with(|| built_in(kind));
        }
        if object.kind() == "CustomResourceDefinition" {
            files.extend(custom(object));
        }
    }
    for (name, schema) in files {
        let file = target.join(name);
        std::fs::write(&file, schema.to_string()).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(())
}

fn name(group: &str, version: &str, kind: &str) -> String {
    let group = group.split('.').next().filter(|group| !group.is_empty());
    let suffix = group.map_or_else(|| version.to_owned(), |group| format!("{group}-{version}"));
    format!("{}-{suffix}.json", kind.to_lowercase())
}

fn built_in(kind: Type<'_>) -> Value {
    let mut definitions = Map::new();
    let mut open: Vec<Struct<'_>> = kind.as_struct().into_iter().collect();
    let mut seen: BTreeSet<&str> = open.iter().map(|one| one.name()).collect();
    while let Some(one) = open.pop() {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in one.fields() {
            if let Some(inner) = field.value_type().innermost().as_struct()
                && seen.insert(inner.name())
            {
                open.push(inner);
            }
            if field.required() {
                required.push(field.name());
            }
            properties.insert(field.name().to_owned(), shape(field.value_type()));
        }
        let mut schema = json!({
            "type": ["object", "null"], "properties": properties, "additionalProperties": false,
        });
        if let (false, Some(schema)) = (required.is_empty(), schema.as_object_mut()) {
            schema.insert("required".to_owned(), json!(required));
        }
        definitions.insert(one.name().replace('/', "_"), schema);
    }
    json!({"definitions": definitions, "$ref": format!("#/definitions/{}", kind.name().replace('/', "_"))})
}

fn shape(one: Type<'_>) -> Value {
    match one.shape() {
        Shape::Struct(inner) => json!({"$ref": format!("#/definitions/{}", inner.name().replace('/', "_"))}),
        Shape::List { item } => json!({"type": ["array", "null"], "items": shape(item)}),
        Shape::Map { value } => json!({"type": ["object", "null"], "additionalProperties": shape(value)}),
        Shape::Bool => json!({"type": ["boolean", "null"]}),
        Shape::String | Shape::Bytes | Shape::Time | Shape::MicroTime | Shape::Duration => {
            json!({"type": ["string", "null"]})
        }
        Shape::Integer { .. } => json!({"type": ["integer", "null"]}),
        Shape::Float { .. } => json!({"type": ["number", "null"]}),
        Shape::Quantity | Shape::IntOrString => json!({"type": ["string", "number", "null"]}),
        Shape::JsonSchemaPropsOrBool { schema } => {
            let schema = format!("#/definitions/{}", schema.name().replace('/', "_"));
            json!({"anyOf": [{"type": "boolean"}, {"$ref": schema}]})
        }
        Shape::JsonSchemaPropsOrArray { schema } | Shape::JsonSchemaPropsOrStringArray { schema } => {
            let schema = format!("#/definitions/{}", schema.name().replace('/', "_"));
            json!({"anyOf": [{"type": "array"}, {"$ref": schema}]})
        }
        _ => json!({}),
    }
}

/// The schemas of a definition's versions, with unknown fields refused as people do it for kubeconform.
fn custom(definition: &Object) -> Vec<(String, Value)> {
    let Ok(value) = definition.to_typed::<Value>() else { return Vec::new() };
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (group, kind) = (text("/spec/group"), text("/spec/names/kind"));
    let versions = value.pointer("/spec/versions").and_then(Value::as_array).cloned().unwrap_or_default();
    versions
        .iter()
        .filter_map(|version| {
            let mut schema = version.pointer("/schema/openAPIV3Schema")?.clone();
            close(&mut schema, true);
            Some((name(&group, version.get("name")?.as_str()?, &kind), schema))
        })
        .collect()
}

fn close(schema: &mut Value, root: bool) {
    match schema {
        Value::Object(fields) => {
            let open = fields.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(true));
            if fields.contains_key("properties")
                && !fields.contains_key("additionalProperties")
                && !open
                && !root
            {
                fields.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            fields.values_mut().for_each(|value| close(value, false));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| close(value, false)),
        _ => {}
    }
}
