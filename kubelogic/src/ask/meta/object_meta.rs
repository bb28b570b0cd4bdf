//! What the API server refuses about `metadata`.

use kubelogic_core::answer::Answer;
use kubelogic_core::decode::{Decoder, FieldValidation};
use kubelogic_core::field::{FieldError, InvalidStatus};
use kubelogic_core::meta::{
    MetadataRules, NameRule, ObjectMetadata, metadata_errors, metadata_update_errors, name_rule_of_kind,
};
use kubelogic_core::object::FieldPath;
use kubelogic_core::read;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::ask::AskError;
use crate::ask::question::question;

question! {
    /// What the API server refuses about the metadata of objects.
    ObjectMetaQuestion {
        /// The metadata, with what was there before when it is an update.
        objects: Vec<ObjectMetaItem>,
        /// The API group of the objects.
        #[serde(default)]
        group: String,
        /// Their kind.
        #[serde(default)]
        kind: String,
        /// Whether they are in a namespace.
        namespaced: bool,
        /// The rule for their names; that of the kind unless given.
        #[serde(default)]
        rule: Option<String>,
        /// Whether a finalizer without a prefix must be one that Kubernetes knows, as for all kinds that are built in.
        #[serde(default)]
        standard_finalizers: bool,
    }
}

/// The metadata of one object.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ObjectMetaItem {
    /// The metadata.
    #[schemars(with = "serde_json::Value")]
    pub metadata: Box<RawValue>,
    /// The metadata before an update.
    #[serde(default)]
    #[schemars(with = "Option<serde_json::Value>")]
    pub old: Option<Box<RawValue>>,
}

/// An answer for each object.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObjectMetaResults {
    /// In the order of the question.
    pub objects: Vec<ObjectMetaResult>,
}

/// What is refused about one object.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObjectMetaResult {
    /// Each error, in the API server's order.
    pub errors: Vec<FieldErrorResult>,
    /// What a client prints; left out when nothing is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// One field and what is wrong with it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldErrorResult {
    /// The kind of error, such as `FieldValueInvalid`.
    pub reason: String,
    /// The field.
    pub field: String,
    /// What to do about it; may be empty.
    pub detail: String,
    /// The whole message.
    pub text: String,
}

pub(in crate::ask) fn object_meta(
    question: &ObjectMetaQuestion,
) -> Result<Answer<ObjectMetaResults>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let name = match &question.rule {
        Some(rule) => {
            rule.parse::<NameRule>().map_err(|error| AskError::bad_question(format!("`rule`: {error}")))?
        }
        None => name_rule_of_kind(&question.group, &question.kind, version),
    };
    let rules = MetadataRules {
        name,
        namespaced: question.namespaced,
        standard_finalizers: question.standard_finalizers,
        version,
    };
    let path = FieldPath::root().field("metadata");
    let objects = question.objects.iter().map(|item| {
        let new = metadata(&item.metadata)?;
        let errors = match &item.old {
            Some(old) => metadata_update_errors(&new, &metadata(old)?, rules, &path),
            None => metadata_errors(&new, rules, &path),
        };
        let message = (!errors.is_empty())
            .then(|| InvalidStatus::new(&question.group, &question.kind, &new.name, &errors).message);
        Ok(ObjectMetaResult { errors: errors.iter().map(result).collect(), message })
    });
    let objects: Result<Vec<_>, AskError> = objects.collect();
    Ok(Answer::new(ObjectMetaResults { objects: objects? }, version))
}

fn metadata(json: &RawValue) -> Result<ObjectMetadata, AskError> {
    let object = read::json_value(json.get(), &read::Options::named("metadata"))
        .map_err(|error| AskError::from(&error))?;
    let mut decoder = Decoder::new(FieldValidation::Ignore);
    let metadata = decoder.decode(object.root());
    match decoder.problems().first() {
        Some(problem) => Err(AskError::bad_question(format!("`metadata`: {problem}"))),
        None => Ok(metadata),
    }
}

fn result(error: &FieldError) -> FieldErrorResult {
    FieldErrorResult {
        reason: error.kind.reason().to_owned(),
        field: error.path_text(),
        detail: error.detail.clone(),
        text: error.to_string(),
    }
}
