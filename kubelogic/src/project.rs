//! The project file `kubelogic.yaml`: what holds for every run of the command in a repository.
//!
//! Only the command looks for it, and its flags win. Each field is the flag of the same name.
//!
//! ```
//! use kubelogic::project::{Project, FailOnSetting};
//! use kubelogic::read;
//!
//! let text = "\
//! apiVersion: kubelogic/v1alpha1
//! kind: Project
//! kubeVersion: \"1.36\"
//! failOn: warning
//! ignroe: [rbac/missing-service-account]
//! ";
//! let reading = read::text(text, &read::Options::named("kubelogic.yaml"));
//! let findings = Project::read(&reading.objects[0]).unwrap_err();
//! assert_eq!(findings[0].to_string(), "kubelogic.yaml:5:1: error[decode/unknown-field]: unknown field `ignroe`, did you mean `ignore`?");
//!
//! let reading = read::text(&text.replace("ignroe", "ignore"), &read::Options::named("kubelogic.yaml"));
//! let project = Project::read(&reading.objects[0]).unwrap();
//! assert_eq!(project.fail_on.unwrap().value, FailOnSetting::Warning);
//! ```

mod schema;
mod setting;

pub use schema::schema;
pub use setting::{
    BootstrapSetting, DuplicateSetting, FailOnSetting, Given, InvalidSetting, ValidateSetting, VersionSetting,
};

use kubelogic_core::decode::{Decoder, FieldValidation, Ignored};
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::object::{FieldPath, Object};
use schemars::JsonSchema;

/// The name of the file.
pub const FILE_NAME: &str = "kubelogic.yaml";
/// Its kind.
pub const KIND: &str = "Project";

kubelogic_core::model! {
    /// What holds for every run of `kubelogic` in a repository. Flags win.
    #[derive(JsonSchema)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    #[schemars(title = "Project")]
    #[non_exhaustive]
    pub struct Project {
        #[schemars(schema_with = "schema::api_version")]
        api_version: String = "apiVersion",
        #[schemars(schema_with = "schema::kind")]
        kind: String = "kind",
        #[schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")]
        metadata: Ignored = "metadata",
        /// The Kubernetes version whose behaviour is asked for, such as "1.37". It must be quoted.
        #[schemars(with = "Option<String>", regex(pattern = r"^v?1\.[1-9][0-9]*(\.[0-9]+)?$"))]
        pub kube_version: Option<Given<VersionSetting>> = "kubeVersion",
        /// The namespace of objects that name none.
        #[schemars(with = "Option<String>")]
        pub default_namespace: Option<Given<String>> = "defaultNamespace",
        /// Files and folders that are read when none are given, relative to this file.
        #[schemars(with = "Option<Vec<String>>")]
        pub inputs: Option<Given<Vec<String>>> = "inputs",
        /// Files and folders that are passed over in folders: a name, or a path relative to this file, with `*`, `?` and `**`.
        #[schemars(with = "Option<Vec<String>>")]
        pub exclude: Option<Given<Vec<String>>> = "exclude",
        /// The roles and bindings that every API server creates.
        #[schemars(with = "Option<BootstrapSetting>")]
        pub bootstrap: Option<Given<BootstrapSetting>> = "bootstrap",
        /// Two different objects with one name.
        #[schemars(with = "Option<DuplicateSetting>")]
        pub on_duplicate: Option<Given<DuplicateSetting>> = "onDuplicate",
        /// Documents that cannot be read and objects that the API server would refuse.
        #[schemars(with = "Option<InvalidSetting>")]
        pub invalid: Option<Given<InvalidSetting>> = "invalid",
        /// Unknown fields.
        #[schemars(with = "Option<ValidateSetting>")]
        pub validate: Option<Given<ValidateSetting>> = "validate",
        /// Report only these codes; a code, or the room before its slash.
        #[schemars(with = "Option<Vec<String>>")]
        pub select: Option<Given<Vec<String>>> = "select",
        /// Leave out these codes; a code, or the room before its slash.
        #[schemars(with = "Option<Vec<String>>")]
        pub ignore: Option<Given<Vec<String>>> = "ignore",
        /// The least severity that makes a check fail.
        #[schemars(with = "Option<FailOnSetting>")]
        pub fail_on: Option<Given<FailOnSetting>> = "failOn",
        /// A baseline of findings that are known, relative to this file.
        #[schemars(with = "Option<String>")]
        pub baseline: Option<Given<String>> = "baseline",
    }
}

impl Project {
    /// Reads a project file.
    ///
    /// # Errors
    /// Everything that is wrong with it: unknown fields with what was probably meant, wrong types and values.
    pub fn read(object: &Object) -> Result<Self, Vec<Finding>> {
        let root = object.root();
        let mut findings = Vec::new();
        for (field, wanted) in [("apiVersion", "kubelogic/v1alpha1"), ("kind", KIND)] {
            let value = root.get(field);
            if value.and_then(|value| value.as_str()) != Some(wanted) {
                let message = format!("a project file has `{field}: {wanted}`");
                let location = value.unwrap_or(root).location(FieldPath::root().field(field));
                findings.push(Finding::new("project/wrong-kind", Severity::Error, message).at(location));
            }
        }
        let mut decoder = Decoder::new(FieldValidation::Strict);
        let project: Self = decoder.decode(root);
        let (problems, _) = decoder.finish();
        findings.extend(problems.iter().map(Finding::from));
        if findings.is_empty() { Ok(project) } else { Err(findings) }
    }
}

#[cfg(test)]
mod tests;
