//! Questions about custom resources whose definitions are in the input.

use kubelogic_core::answer::Answer;
use kubelogic_core::cluster::Cluster;
use kubelogic_core::decode::FieldValidation;
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::object::Object;
use kubelogic_core::read::write::to_canonical_json;
use kubelogic_core::schema::{CustomSchemas, Definition};
use kubelogic_core::version::KubeVersion;
use schemars::JsonSchema;
use serde::Serialize;

use super::question::{AboutCluster as _, Input, question};
use super::{AskError, Catalogue};

question! {
    /// What does the API server say to the custom resources of the input?
    CustomCheckQuestion about a cluster {}
}

question! {
    /// The custom resources of the input without the fields that their schemas do not name.
    CustomPruneQuestion about a cluster {}
}

question! {
    /// The custom resources of the input, pruned and with the defaults of their schemas.
    CustomDefaultQuestion about a cluster {}
}

/// Definitions and the objects that they define.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomCheckResult {
    /// In the order of the input.
    pub definitions: Vec<CheckedDefinition>,
    /// In the order of the input; objects of other kinds are passed over.
    pub objects: Vec<CheckedCustomObject>,
}

/// One definition.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckedDefinition {
    /// Its name.
    pub name: String,
    /// What the API server refuses about it, in its words and order; errors within a schema are sorted, and rules in
    /// CEL are not looked at.
    pub errors: Vec<String>,
    /// The same and more, with places.
    pub findings: Vec<Finding>,
}

/// One custom resource.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckedCustomObject {
    /// As it was written.
    pub api_version: String,
    /// As it was written.
    pub kind: String,
    /// As it was written.
    pub name: String,
    /// Whether its version is served by a definition that the API server would accept.
    pub served: bool,
    /// Whether it can be read at all; when not, nothing else was looked at.
    pub decodes: bool,
    /// What strict field validation reports, in the API server's words and order.
    pub strict: Vec<String>,
    /// What validation reports, in the API server's words, sorted.
    pub invalid: Vec<String>,
    /// The same and more, with places.
    pub findings: Vec<Finding>,
}

/// Custom resources as the API server goes on with them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomObjectsResult {
    /// In the order of the input; objects of other kinds are passed over.
    pub objects: Vec<WrittenCustomObject>,
}

/// One custom resource, written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WrittenCustomObject {
    /// As it was written.
    pub kind: String,
    /// As it was written.
    pub name: String,
    /// The object as JSON with sorted keys; absent when it is not served or cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub json: Option<String>,
}

pub(super) fn check(
    catalogue: &Catalogue,
    mut question: CustomCheckQuestion,
) -> Result<Answer<CustomCheckResult>, AskError> {
    let input = question.take_input();
    let given = Given::take(catalogue, &input)?;
    let schemas = CustomSchemas::of(given.objects(), given.version);
    let definitions = schemas.definitions().iter().map(|definition| CheckedDefinition {
        name: definition.name().to_owned(),
        errors: definition.errors().to_vec(),
        findings: definition.findings().to_vec(),
    });
    let mut result = CustomCheckResult { definitions: definitions.collect(), objects: Vec::new() };
    let notes = schemas.definitions().iter().flat_map(Definition::findings);
    let mut unsupported: Vec<Finding> =
        notes.filter(|finding| finding.severity == Severity::Note).cloned().collect();
    for object in given.objects() {
        let Some(judgement) = schemas.judge(object) else { continue };
        let texts = |findings: &[Finding]| findings.iter().map(|finding| finding.message.clone()).collect();
        result.objects.push(CheckedCustomObject {
            api_version: object.api_version().to_owned(),
            kind: object.kind().to_owned(),
            name: object.name().to_owned(),
            served: judgement.served,
            decodes: judgement.served && judgement.refused.is_none(),
            strict: texts(&judgement.strict),
            invalid: texts(&judgement.invalid),
            findings: schemas.check(object, FieldValidation::default()),
        });
        let fresh = judgement.unsupported.into_iter().filter(|finding| !unsupported.contains(finding));
        let fresh: Vec<Finding> = fresh.collect();
        unsupported.extend(fresh);
    }
    let mut answer = given.answer(result);
    answer.unsupported = unsupported;
    Ok(answer)
}

pub(super) fn prune(
    catalogue: &Catalogue,
    mut question: CustomPruneQuestion,
) -> Result<Answer<CustomObjectsResult>, AskError> {
    written(catalogue, &question.take_input(), CustomSchemas::pruned)
}

pub(super) fn default(
    catalogue: &Catalogue,
    mut question: CustomDefaultQuestion,
) -> Result<Answer<CustomObjectsResult>, AskError> {
    written(catalogue, &question.take_input(), CustomSchemas::defaulted)
}

fn written(
    catalogue: &Catalogue,
    input: &Input,
    step: impl Fn(&CustomSchemas, &Object) -> Option<Object>,
) -> Result<Answer<CustomObjectsResult>, AskError> {
    let given = Given::take(catalogue, input)?;
    let schemas = CustomSchemas::of(given.objects(), given.version);
    let known = given.objects().filter(|object| schemas.definition(object).is_some());
    let objects = known.map(|object| WrittenCustomObject {
        kind: object.kind().to_owned(),
        name: object.name().to_owned(),
        json: step(&schemas, object).map(|object| to_canonical_json(object.root())),
    });
    let result = CustomObjectsResult { objects: objects.collect() };
    Ok(given.answer(result))
}

/// The objects that a question is about. What a question brings is looked at as it is: no cluster is made of it,
/// because that refuses objects.
enum Source {
    Own(Vec<Object>),
    Loaded(Cluster),
}

struct Given {
    source: Source,
    version: KubeVersion,
    warnings: Vec<Finding>,
}

impl Given {
    fn take(catalogue: &Catalogue, input: &Input) -> Result<Self, AskError> {
        if !input.is_own() {
            let cluster = catalogue.cluster(input)?;
            let version = cluster.kube_version();
            return Ok(Self { warnings: cluster.notes().to_vec(), version, source: Source::Loaded(cluster) });
        }
        let version = input.options(&catalogue.options).kube_version;
        let reading = input.reading(version);
        if !reading.errors.is_empty() {
            let findings: Vec<Finding> = reading.errors.iter().map(Finding::from).collect();
            return Err(AskError::from_findings("the input cannot be read".to_owned(), findings));
        }
        Ok(Self { source: Source::Own(reading.objects), version, warnings: reading.findings })
    }

    fn objects(&self) -> Box<dyn Iterator<Item = &Object> + '_> {
        match &self.source {
            Source::Own(objects) => Box::new(objects.iter()),
            Source::Loaded(cluster) => Box::new(cluster.objects()),
        }
    }

    fn answer<T>(self, result: T) -> Answer<T> {
        let mut answer = Answer::new(result, self.version);
        if let Source::Loaded(cluster) = &self.source {
            answer.assumptions = cluster.assumptions();
        }
        answer.warnings = self.warnings;
        answer
    }
}
