//! What the API server refuses about `metadata`.

mod create;
mod metadata;
mod owner;
#[cfg(test)]
mod tests;
mod update;

use std::collections::BTreeMap;

pub use create::{MetadataRules, NewMetadata, metadata_errors};
pub use metadata::{ManagedFieldsEntry, ObjectMetadata, OwnerReference};
pub use update::metadata_update_errors;

use super::{label_key_problems, label_value_problems};
use crate::field::FieldError;
use crate::object::FieldPath;
use crate::quote::{json_text, quoted};
use crate::version::KubeVersion;

/// What is wrong with labels. Upstream looks at them in no fixed order, here it is that of the keys.
pub(crate) fn label_errors(
    labels: &BTreeMap<String, String>,
    path: impl Fn() -> FieldPath,
    version: KubeVersion,
    errors: &mut Vec<FieldError>,
) {
    // upstream: apimachinery pkg/apis/meta/v1/validation/validation.go (ValidateLabels)
    for (key, value) in labels {
        let wrong = label_key_problems(key, version).into_iter();
        errors.extend(wrong.map(|detail| FieldError::invalid(path(), key, &detail)));
        let wrong = label_value_problems(value, version).into_iter();
        errors.extend(wrong.map(|detail| FieldError::invalid(path(), value, &detail)));
    }
}

/// A list of strings as the version prints it in an error: as JSON since 1.34.
pub(super) fn go_strings(values: &[String], version: KubeVersion) -> String {
    // upstream: apimachinery pkg/util/validation/field/errors.go (ErrorBody)
    let join = |quote: fn(&str) -> String, between: &str| {
        values.iter().map(|value| quote(value)).collect::<Vec<_>>().join(between)
    };
    if version.minor() >= 34 {
        format!("[{}]", join(json_text, ","))
    } else {
        format!("[]string{{{}}}", join(quoted, ", "))
    }
}
