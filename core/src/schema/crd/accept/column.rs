//! Columns that kubectl prints.
//!
//! upstream: `ValidateCustomResourceColumnDefinition`

use super::Report;
use super::subresource::is_simple;
use super::written::Column;
use crate::quote::quoted;

const TYPES: [&str; 5] = ["boolean", "date", "integer", "number", "string"];
const FORMATS: [&str; 8] = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

pub(super) fn check(columns: &[Column<'_>], path: &str, report: &mut Report<'_>) {
    for (index, column) in columns.iter().enumerate() {
        let at = |field: &str| format!("{path}[{index}].{field}");
        if column.name.is_empty() {
            report.required(&at("name"), "");
        }
        let types = format!("must be one of {}", TYPES.join(","));
        if column.kind.is_empty() {
            report.required(&at("type"), &types);
        } else if !TYPES.contains(&column.kind) {
            report.invalid(&at("type"), &quoted(column.kind), &types);
        }
        if !column.format.is_empty() && !FORMATS.contains(&column.format) {
            let detail = format!("must be one of {}", FORMATS.join(","));
            report.invalid(&at("format"), &quoted(column.format), &detail);
        }
        if column.json_path.is_empty() {
            report.required(&at("JSONPath"), "");
        } else {
            is_simple(column.json_path, &at("JSONPath"), report);
        }
    }
}
