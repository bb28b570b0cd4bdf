//! The JSON Schema of project files, for editors.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::Project;

/// The JSON Schema of objects of kind `Project`.
///
/// ```
/// let schema = kubelogic::project::schema();
/// assert_eq!(schema["properties"]["kind"]["const"], "Project");
/// ```
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.root_schema_for::<Project>();
    schema.insert("required".to_owned(), serde_json::json!(["apiVersion", "kind"]));
    schema.to_value()
}

pub(super) fn api_version(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "const": "kubelogic/v1alpha1" })
}

pub(super) fn kind(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "const": super::KIND })
}
