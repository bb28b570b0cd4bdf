//! What the API server says to a write of a role or binding.

use kubelogic_core::access::UserInfo;
use kubelogic_core::answer::Answer;
use kubelogic_core::object::Object;
use kubelogic_core::read;
use kubelogic_core::version::KubeVersion;
use kubelogic_rbac::{WriteOperation, WriteStage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::access::yes;
use super::question::{AboutCluster as _, question};
use super::{AskError, BootstrapSetting, Catalogue, Rule};

question! {
    /// What does the API server say to this write of a role or binding?
    CheckWriteQuestion about a cluster {
        /// Who writes: exactly this user, nothing is added.
        user: UserInfo,
        /// How.
        operation: WriteOperationName,
        /// The role or binding; for a patch, what it leads to.
        #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
        object: Box<RawValue>,
        /// The default roles and bindings.
        #[serde(default)]
        bootstrap: BootstrapSetting,
        /// Whether aggregated roles get the rules of the roles that they select; otherwise their own count.
        #[serde(default = "yes")]
        aggregate: bool,
        /// Takes roles and bindings as they are, also those that the API server would refuse today.
        #[serde(default)]
        stored: bool,
    }
}

/// How an object is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WriteOperationName {
    /// `POST`: it must not be there yet.
    Create,
    /// `PUT`: as given, it replaces the stored one.
    Update,
    /// `PATCH`.
    Patch,
    /// Server-side apply.
    Apply,
}

/// What comes of a write.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckWriteResult {
    /// Whether the object is stored.
    pub allowed: bool,
    /// What decided: for a refusal what refused, otherwise why the writer may grant what the object grants.
    pub stage: WriteStage,
    /// The HTTP status of a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<u16>,
    /// Its reason, such as `Forbidden`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// Its message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The rules that the writer would grant and does not have, merged as in the message.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Rule>,
    /// Why the answer is not definite, when the input was declared to be incomplete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undecided: Option<String>,
}

pub(super) fn check_write(
    catalogue: &Catalogue,
    mut question: CheckWriteQuestion,
) -> Result<Answer<CheckWriteResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    let model = catalogue.model(&question.take_input(), settings)?;
    let object = one_object(&question.object, "object", model.rbac.kube_version())?;
    let verdict = model.rbac.check_write(&question.user, question.operation.into(), &object)?;
    let refusal = verdict.refusal;
    Ok(model.answer(CheckWriteResult {
        allowed: verdict.allowed,
        stage: verdict.stage,
        code: refusal.as_ref().map(|refusal| refusal.code),
        reason: refusal.as_ref().map(|refusal| refusal.reason).filter(|reason| !reason.is_empty()),
        message: refusal.map(|refusal| refusal.message),
        missing: verdict.missing.iter().map(Rule::from).collect(),
        undecided: verdict.undecided,
    }))
}

/// An object of a question.
pub(super) fn one_object(text: &RawValue, source: &str, version: KubeVersion) -> Result<Object, AskError> {
    let mut reading = read::text(text.get(), &read::Options::named(source).for_version(version));
    if let Some(error) = reading.errors.first() {
        return Err(error.into());
    }
    match (reading.objects.pop(), reading.objects.is_empty()) {
        (Some(object), true) => Ok(object),
        _ => Err(AskError::bad_question(format!("`{source}` is not one object"))),
    }
}

impl From<WriteOperationName> for WriteOperation {
    fn from(name: WriteOperationName) -> Self {
        match name {
            WriteOperationName::Create => Self::Create,
            WriteOperationName::Update => Self::Update,
            WriteOperationName::Patch => Self::Patch,
            WriteOperationName::Apply => Self::Apply,
        }
    }
}
