//! Fields that field selectors can name.
//!
//! upstream: `ValidateCustomResourceSelectableFields`

use std::collections::BTreeSet;

use super::Report;
use super::field_path::{self, Notation};
use super::written::schema_of;
use crate::object::Value;
use crate::quote::quoted;

const LIMIT: usize = 8;
/// The first minor version that knows them; earlier ones drop them.
const SINCE: u16 = 31;

/// `detail` is what is said when there is no schema.
pub(super) fn check(
    fields: &[&str],
    validation: Option<Value<'_>>,
    path: &str,
    detail: &str,
    report: &mut Report<'_>,
) {
    if report.version.minor() < SINCE {
        return;
    }
    if validation.is_none() {
        report.invalid(path, "\"\"", detail);
        return;
    }
    // Upstream falls over at a field of no schema; here it does not exist.
    let schema = schema_of(validation);
    let mut known = BTreeSet::new();
    for (index, written) in fields.iter().enumerate() {
        let path = format!("{path}[{index}].jsonPath");
        if written.is_empty() {
            report.required(&path, "");
            continue;
        }
        let found = match field_path::find(written, schema, Notation::Dots) {
            Ok(found) => found,
            Err(problem) => {
                report.invalid(&path, &quoted(written), &format!("is an invalid path: {problem}"));
                continue;
            }
        };
        if found.root == "metadata" {
            report.invalid(&path, &quoted(written), "must not point to fields in metadata");
        }
        let kind = found.schema.and_then(|schema| schema.get("type")).and_then(|kind| kind.as_str());
        if !matches!(kind, Some("string" | "boolean" | "integer")) {
            let detail = "must point to a field of type string, boolean or integer. Enum string fields and strings \
                          with formats are allowed.";
            report.invalid(&path, &quoted(written), detail);
        }
        if !known.insert(found.path) {
            report.add(&path, &format!("Duplicate value: {}", quoted(written)));
        }
    }
    if known.len() > LIMIT {
        report.add(path, &format!("Too many: {}: must have at most {LIMIT} items", known.len()));
    }
}
