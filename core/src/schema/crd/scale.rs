//! Whether the values that the subresource `scale` reads can be read.
//!
//! upstream: apiextensions-apiserver pkg/registry/customresource/validator.go (`ValidateScaleSpec`, `ValidateScaleStatus`)

use super::definition::ScalePaths;
use super::text::{plain, type_name};
use super::validate::Fault;
use crate::object::{FieldPath, Object, Value};
use crate::quote::quoted;

/// What the API server refuses about them.
pub(super) fn check(object: &Object, scale: &ScalePaths) -> Vec<Fault> {
    let mut faults = Vec::new();
    for written in [&scale.spec_replicas, &scale.status_replicas] {
        let problem = match find(object.root(), written) {
            Ok(None) => continue,
            Ok(Some(value)) => match value.as_i64() {
                Some(..0) => Some((value, "should be a non-negative integer".to_owned())),
                Some(0..=0x7fff_ffff) => None,
                Some(_) => Some((value, format!("should be less than or equal to {}", i32::MAX))),
                None => {
                    faults.push(fault(written, "0", &wrong(&parts(written), value, "int64")));
                    None
                }
            },
            Err(problem) => {
                faults.push(fault(written, "0", &problem));
                None
            }
        };
        if let Some((value, detail)) = problem {
            faults.push(fault(written, &plain(value), &detail));
        }
    }
    if let Some(written) = &scale.label_selector {
        let problem = match find(object.root(), written) {
            Ok(value) => value
                .filter(|value| value.as_str().is_none())
                .map(|value| wrong(&parts(written), value, "string")),
            Err(problem) => Some(problem),
        };
        faults.extend(problem.map(|problem| fault(written, &quoted(""), &problem)));
    }
    faults
}

fn parts(path: &str) -> Vec<&str> {
    path.strip_prefix('.').unwrap_or(path).split('.').collect()
}

/// The value at a path; an error when something on the way has no fields.
fn find<'v>(root: Value<'v>, path: &str) -> Result<Option<Value<'v>>, String> {
    let parts = parts(path);
    let mut value = root;
    for (index, part) in parts.iter().enumerate() {
        if value.is_null() {
            return Ok(None);
        }
        if value.kind() != crate::object::ValueKind::Mapping {
            return Err(wrong(parts.get(..=index).unwrap_or_default(), value, "map[string]interface{}"));
        }
        let Some(below) = value.get(part) else { return Ok(None) };
        value = below;
    }
    Ok(Some(value))
}

/// upstream: apimachinery pkg/apis/meta/v1/unstructured/helpers.go
fn wrong(parts: &[&str], value: Value<'_>, wanted: &str) -> String {
    let path = parts.join(".");
    format!(".{path} accessor error: {} is of the type {}, expected {wanted}", plain(value), type_name(value))
}

fn fault(written: &str, value: &str, detail: &str) -> Fault {
    let text = format!("{written}: Invalid value: {value}: {detail}");
    let path = parts(written).into_iter().fold(FieldPath::root(), FieldPath::field);
    Fault { message: text.clone(), text, path }
}
