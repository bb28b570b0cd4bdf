//! What it takes to make stored roles and bindings grant what files say.

use kubelogic_core::answer::Answer;
use kubelogic_rbac::{RbacError, ReconcileOperation, ReconcileOptions, ReconcilePlan, Subject};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::access::yes;
use super::escalation::one_object;
use super::question::{AboutCluster as _, question};
use super::{AskError, BootstrapSetting, Catalogue, Rule};

question! {
    /// What would `kubectl auth reconcile` do, and what does it print?
    ReconcileQuestion about a cluster {
        /// The objects of the file; those that are no roles and no bindings are passed over.
        #[schemars(with = "Vec<serde_json::Map<String, serde_json::Value>>")]
        desired: Vec<Box<RawValue>>,
        /// Whether roles lose what the file does not allow.
        #[serde(default)]
        remove_extra_permissions: bool,
        /// Whether bindings lose subjects that the file does not name.
        #[serde(default)]
        remove_extra_subjects: bool,
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

question! {
    /// Which given default roles and bindings does an API server change when it starts?
    ReconcileBootstrapQuestion about a cluster {
        /// Whether aggregated roles get the rules of the roles that they select; otherwise their own count.
        #[serde(default)]
        aggregate: bool,
        /// The default roles and bindings.
        #[serde(default = "never")]
        bootstrap: BootstrapSetting,
        /// Takes roles and bindings as they are, also those that the API server would refuse today.
        #[serde(default)]
        stored: bool,
    }
}

fn never() -> BootstrapSetting {
    BootstrapSetting::Never
}

/// What has to be done, and what kubectl prints about it.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReconcileResult {
    /// A plan for each role and binding of the file.
    pub plans: Vec<Plan>,
    /// What a dry run prints on standard output.
    pub stdout: String,
    /// What it prints on standard error.
    pub stderr: String,
    /// Why some objects cannot be reconciled; empty when all can.
    pub error: String,
}

/// What becomes of one object.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// What has to be done.
    pub operation: ReconcileOperation,
    /// Whether the stored object has opted out, so that nothing is done.
    pub protected: bool,
    /// What the stored role lacks, in the smallest pieces; all rules of a role that is not there.
    pub missing_rules: Vec<Rule>,
    /// What the stored role allows beyond the file.
    pub extra_rules: Vec<Rule>,
    /// Subjects that the stored binding lacks.
    pub missing_subjects: Vec<Subject>,
    /// Subjects that the stored binding has beyond the file.
    pub extra_subjects: Vec<Subject>,
    /// Selectors that the stored aggregation rule lacks.
    pub missing_selectors: Vec<Value>,
    /// Selectors that the stored aggregation rule has beyond the file.
    pub extra_selectors: Vec<Value>,
    /// The object as it will be, without empty fields.
    pub result: Value,
}

/// Objects as they are after the start of an API server.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReconcileBootstrapResult {
    /// Those that change, by kind, namespace and name.
    pub objects: Vec<Value>,
}

pub(super) fn reconcile(
    catalogue: &Catalogue,
    mut question: ReconcileQuestion,
) -> Result<Answer<ReconcileResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    let model = catalogue.model(&question.take_input(), settings)?;
    let mut options = ReconcileOptions::default();
    options.remove_extra_permissions = question.remove_extra_permissions;
    options.remove_extra_subjects = question.remove_extra_subjects;
    let mut result = ReconcileResult::default();
    let mut errors: Vec<String> = Vec::new();
    for desired in &question.desired {
        let object = one_object(desired, "desired", model.rbac.kube_version())?;
        match model.rbac.reconcile(&object, options) {
            Ok(Some(plan)) => {
                result.stdout.push_str(&plan.line(true));
                result.stdout.push('\n');
                result.stderr.push_str(&plan.details(options));
                result.plans.push(plan.into());
            }
            Ok(None) => {}
            Err(error @ RbacError::NotReconciled(..)) => errors.push(error.to_string()),
            Err(error) => return Err(error.into()),
        }
    }
    result.error = kubelogic_rbac::joined_errors(errors);
    Ok(model.answer(result))
}

pub(super) fn bootstrap(
    catalogue: &Catalogue,
    mut question: ReconcileBootstrapQuestion,
) -> Result<Answer<ReconcileBootstrapResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    let model = catalogue.model(&question.take_input(), settings)?;
    let objects = model.rbac.changed_by_start()?;
    Ok(model.answer(ReconcileBootstrapResult { objects }))
}

impl From<ReconcilePlan> for Plan {
    fn from(plan: ReconcilePlan) -> Self {
        Self {
            operation: plan.operation,
            protected: plan.protected,
            missing_rules: plan.missing_rules.iter().map(Rule::from).collect(),
            extra_rules: plan.extra_rules.iter().map(Rule::from).collect(),
            missing_subjects: plan.missing_subjects,
            extra_subjects: plan.extra_subjects,
            missing_selectors: plan.missing_selectors,
            extra_selectors: plan.extra_selectors,
            result: plan.result,
        }
    }
}
