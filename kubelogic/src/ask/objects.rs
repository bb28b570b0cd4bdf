//! Questions about the input itself.

use kubelogic_core::answer::Answer;
use kubelogic_core::cluster::{Cluster, ObjectRef};
use kubelogic_core::finding::Finding;
use kubelogic_core::object::{FieldPath, Location};
use schemars::JsonSchema;
use serde::Serialize;

use super::question::{AboutCluster as _, question};
use super::{AskError, Catalogue};

question! {
    /// What was read?
    ListQuestion about a cluster {
        /// Only objects of this kind, such as `Role`.
        #[serde(default)]
        kind: Option<String>,
        /// Only objects of this namespace.
        #[serde(default)]
        namespace: Option<String>,
    }
}

question! {
    /// What is wrong with the input?
    CheckQuestion about a cluster {}
}

/// The objects of a cluster.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListResult {
    /// By kind, namespace and name.
    pub objects: Vec<ListedObject>,
}

/// One object of a cluster.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListedObject {
    /// `apiVersion` as it was written.
    pub api_version: String,
    /// What it is called.
    #[serde(flatten)]
    pub reference: ObjectRef,
    /// Where it was read.
    pub location: Location,
}

/// What a check found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckResult {
    /// How many objects were read.
    pub objects: usize,
    /// In the order of files and positions.
    pub findings: Vec<Finding>,
}

pub(super) fn list(
    catalogue: &Catalogue,
    mut question: ListQuestion,
) -> Result<Answer<ListResult>, AskError> {
    let cluster = catalogue.cluster(&question.take_input())?;
    let wanted = |reference: &ObjectRef| {
        question.kind.as_ref().is_none_or(|kind| *kind == reference.kind)
            && question.namespace.as_ref().is_none_or(|namespace| *namespace == reference.namespace)
    };
    let objects = cluster.objects().map(|object| (cluster.reference_of(object), object));
    let objects =
        objects.filter(|(reference, _)| wanted(reference)).map(|(reference, object)| ListedObject {
            api_version: object.api_version().to_owned(),
            reference,
            location: object.root().location(FieldPath::root()),
        });
    Ok(answer(&cluster, ListResult { objects: objects.collect() }))
}

pub(super) fn check(
    catalogue: &Catalogue,
    mut question: CheckQuestion,
) -> Result<Answer<CheckResult>, AskError> {
    let input = question.take_input();
    if !input.is_own() {
        let cluster = catalogue.cluster(&input)?;
        let findings = crate::check::cluster(&cluster);
        return Ok(answer(&cluster, CheckResult { objects: cluster.len(), findings }));
    }
    let options = input.options(&catalogue.options);
    let checked = crate::check::reading(input.reading(options.kube_version), &options);
    let result = CheckResult { objects: checked.objects, findings: checked.findings };
    Ok(Answer::new(result, options.kube_version))
}

fn answer<T>(cluster: &Cluster, result: T) -> Answer<T> {
    let mut answer = Answer::new(result, cluster.kube_version());
    answer.assumptions = cluster.assumptions();
    answer.warnings = cluster.notes().to_vec();
    answer
}
