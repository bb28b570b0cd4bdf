//! Questions about the input itself.

use kubelogic_core::answer::Answer;
use kubelogic_core::cluster::{Cluster, LoadOptions, ObjectRef};
use kubelogic_core::finding::Finding;
use kubelogic_core::object::{FieldPath, Location, Object};
use kubelogic_core::read::Reading;
use kubelogic_report::baseline::Baseline;
use kubelogic_report::review::{Reviewed, Rules, review};
use kubelogic_report::{Sources, Suppressed};
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
    CheckQuestion about a cluster {
        /// Only these codes, or codes of these rooms.
        #[serde(default)]
        select: Vec<String>,
        /// Not these codes, nor codes of these rooms.
        #[serde(default)]
        ignore: Vec<String>,
        /// Whether comments such as `# kubelogic: ignore CODE -- reason` are heard.
        #[serde(default = "yes")]
        suppressions: bool,
        /// A baseline, as `check --write-baseline` writes it: what it knows is not reported.
        #[serde(default)]
        baseline: Option<serde_json::Map<String, serde_json::Value>>,
    }
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
    /// What comments and the baseline hold back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suppressed: Vec<Suppressed>,
}

fn yes() -> bool {
    true
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
    let rules = question.rules()?;
    if !input.is_own() {
        let cluster = catalogue.cluster(&input)?;
        let objects: Vec<Object> = cluster.objects().cloned().collect();
        let sources = Sources::none().objects(&objects, cluster.kube_version());
        let reviewed = review(crate::check::cluster(&cluster), &[], &sources, &rules);
        return Ok(answer(&cluster, result(cluster.len(), reviewed)));
    }
    let options = input.options(&catalogue.options);
    let reading = input.reading(options.kube_version);
    Ok(checked(reading, &options, &rules))
}

pub(super) fn check_reading(
    catalogue: &Catalogue,
    mut question: CheckQuestion,
    reading: Reading,
) -> Result<Answer<CheckResult>, AskError> {
    let rules = question.rules()?;
    let options = question.take_input().options(&catalogue.options);
    Ok(checked(reading, &options, &rules))
}

fn checked(reading: Reading, options: &LoadOptions, rules: &Rules) -> Answer<CheckResult> {
    // Sharing an object costs nothing; the check takes its own.
    let (inputs, objects) = (reading.sources.clone(), reading.objects.clone());
    let sources = Sources::none()
        .named(inputs.iter().map(|source| source.name.clone()))
        .objects(&objects, options.kube_version);
    let checked = crate::check::reading(reading, options);
    let reviewed = review(checked.findings, &inputs, &sources, rules);
    Answer::new(result(checked.objects, reviewed), options.kube_version)
}

fn result(objects: usize, reviewed: Reviewed) -> CheckResult {
    CheckResult { objects, findings: reviewed.findings, suppressed: reviewed.suppressed }
}

impl CheckQuestion {
    fn rules(&self) -> Result<Rules, AskError> {
        let selection = super::report::selection(&self.select, &self.ignore)?;
        let baseline = self.baseline.as_ref().map(|baseline| {
            let object = Object::from_serialize(baseline)
                .map_err(|error| AskError::new(error.code(), error.to_string()))?;
            Baseline::from_object(&object)
                .map_err(|error| AskError::from_findings(error.to_string(), vec![error.finding().clone()]))
        });
        Ok(Rules { selection, deaf: !self.suppressions, baseline: baseline.transpose()? })
    }
}

fn answer<T>(cluster: &Cluster, result: T) -> Answer<T> {
    let mut answer = Answer::new(result, cluster.kube_version());
    answer.assumptions = cluster.assumptions();
    answer.warnings = cluster.notes().to_vec();
    answer
}
