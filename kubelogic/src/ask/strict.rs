//! What the API server's strict decoder says about one object.

use kubelogic_core::answer::Answer;
use kubelogic_core::decode::FieldValidation;
use kubelogic_core::finding::Finding;
use kubelogic_core::read;
use kubelogic_core::schema::{Types, strict};
use schemars::JsonSchema;
use serde::Serialize;

use super::question::{ValidationSetting, question};
use super::{AskError, Catalogue};

question! {
    /// What does the API server's strict decoder say about an object?
    StrictQuestion {
        /// One object: JSON when it begins with a brace, YAML otherwise.
        text: String,
        /// Unknown and duplicate fields: errors unless something else is said, warnings, or nothing.
        #[serde(default)]
        field_validation: Option<ValidationSetting>,
    }
}

/// What the strict decoder says.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StrictResult {
    /// Whether the object cannot be decoded at all, whatever the field validation.
    pub fatal: bool,
    /// Unknown and duplicate fields in the API server's words and order, when they are errors and the object can be
    /// decoded.
    pub errors: Vec<String>,
    /// The same as warnings.
    pub warnings: Vec<String>,
    /// The refusal as a client reads it; its words depend on the Go release when the object cannot be decoded, and
    /// are left out then.
    pub message: Option<String>,
    /// The path of the value at which the decoder gives up.
    pub stops_at: Option<String>,
    /// Everything that is wrong, with its places.
    pub findings: Vec<Finding>,
}

#[expect(clippy::unnecessary_wraps, reason = "the catalogue's questions may all fail")]
pub(super) fn strict(_: &Catalogue, question: StrictQuestion) -> Result<Answer<StrictResult>, AskError> {
    let StrictQuestion { text, kube_version, field_validation, .. } = question;
    let version = kube_version.unwrap_or_default();
    let validation = field_validation.map_or(FieldValidation::Strict, FieldValidation::from);
    let options = read::Options::named("text").for_version(version);
    let mut result = StrictResult {
        fatal: false,
        errors: Vec::new(),
        warnings: Vec::new(),
        message: None,
        stops_at: None,
        findings: Vec::new(),
    };
    match read::value(&text, &options) {
        Ok(object) => {
            let found = strict::check(&object, &Types::of(version));
            result.fatal = found.is_fatal();
            match validation {
                FieldValidation::Strict => {
                    (result.errors, result.message) = (found.errors(), found.message());
                }
                FieldValidation::Warn => result.warnings = found.warnings(),
                FieldValidation::Ignore => {}
            }
            result.stops_at = found.stops_at().map(|error| error.location.path.to_string());
            result.findings = found.findings(validation);
        }
        Err(error) => {
            result.fatal = true;
            result.findings.push(Finding::from(&error));
        }
    }
    Ok(Answer::new(result, version))
}
