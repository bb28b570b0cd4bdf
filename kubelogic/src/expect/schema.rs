//! The JSON Schema of expectations, for editors.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::file::{Fields, SECTIONS};

/// Where the schema of this version is published.
#[cfg(feature = "rbac")]
pub(crate) const ADDRESS: &str = concat!(
    env!("CARGO_PKG_REPOSITORY"),
    "/raw/v",
    env!("CARGO_PKG_VERSION"),
    "/docs/schemas/expectations.schema.json"
);

/// The JSON Schema of objects of kind `Expectations`.
///
/// ```
/// let schema = kubelogic::expect::schema();
/// assert_eq!(schema["properties"]["kind"]["const"], "Expectations");
/// ```
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.root_schema_for::<Fields>();
    // A section whose engine is not here is no section.
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (section, is_here) in SECTIONS {
            if !is_here {
                properties.remove(section);
            }
        }
    }
    schema.insert("required".to_owned(), serde_json::json!(["apiVersion", "kind"]));
    schema.to_value()
}

pub(super) fn api_version(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "const": "kubelogic/v1alpha1" })
}

pub(super) fn kind(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "const": super::KIND })
}

/// The grammar of lines, as far as a pattern can say it.
pub(super) fn access_lines(_: &mut SchemaGenerator) -> Schema {
    let subject = r"(user|group|subject|node):[^\s]+|serviceaccount:[^\s/]+/[^\s/]+";
    let list = |word: &str| format!("{word}(,\\s*{word})*");
    let (verbs, types, paths) = (list(r"[^\s,]+"), list(r"[^\s,/][^\s,]*"), list(r"/[^\s,]*"));
    let subresources = format!(r"--subresource[\s=]\s*{}", list(r"[^\s,]+"));
    let place = r"(in\s+[^\s]+|anywhere)";
    let resources = format!(r"{types}(\s+{subresources})?\s+{place}(\s+{subresources})?");
    json_schema!({
        "type": ["array", "null"],
        "items": {
            "type": "string",
            "pattern": format!(r"^\s*({subject})\s+(can|cannot)\s+{verbs}\s+({paths}|{resources})\s*$"),
            "examples": [
                "serviceaccount:shop/ci can get,list deployments.apps in shop",
                "user:ann cannot delete nodes in cluster",
                "group:developers cannot get,list,watch secrets anywhere",
                "user:bo can get pods --subresource log in shop",
                "user:bo can get /healthz"
            ]
        }
    })
}
