//! The JSON Schema of every question and answer.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::AskError;

/// One question of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct QuestionSchema {
    /// The value of `ask`.
    pub name: &'static str,
    /// What it asks, in a sentence.
    pub about: &'static str,
    question: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
    answer: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
}

/// Every question, in order of name.
///
/// ```
/// assert!(kubelogic::ask::questions().any(|question| question.name == "objects.check"));
/// ```
pub fn questions() -> impl Iterator<Item = QuestionSchema> {
    QUESTIONS.iter().copied()
}

macro_rules! entry {
    ($name:literal, $about:literal, $question:ty, $answer:ty) => {
        QuestionSchema {
            name: $name,
            about: $about,
            question: |generator| generator.subschema_for::<$question>(),
            answer: |generator| generator.subschema_for::<kubelogic_core::answer::Answer<$answer>>(),
        }
    };
}

const QUESTIONS: &[QuestionSchema] = &[
    #[cfg(feature = "rbac")]
    entry!(
        "access.aggregate",
        "Which rules does each ClusterRole have once aggregation has settled?",
        super::AggregateQuestion,
        super::AggregateResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "access.authorize",
        "What does each authorizer of an API server say, and what comes of it?",
        super::AuthorizeQuestion,
        super::AuthorizeResult
    ),
    #[cfg(feature = "rbac")]
    entry!("access.can", "May this user do that?", super::CanQuestion, super::AccessResult),
    #[cfg(feature = "rbac")]
    entry!(
        "access.can-many",
        "The same for many requests at once.",
        super::CanManyQuestion,
        super::AccessManyResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "access.check-write",
        "What does the API server say to this write of a role or binding?",
        super::CheckWriteQuestion,
        super::CheckWriteResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "access.compact",
        "What do these rules look like once those that differ only in their verbs are merged?",
        super::CompactQuestion,
        super::CompactResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "access.covers",
        "Do some rules allow everything that others allow, as the API server decides it?",
        super::CoversQuestion,
        super::CoversResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "access.configuration",
        "What does an AuthorizationConfiguration say, or why would the API server not start with it?",
        super::ConfigurationQuestion,
        super::ConfigurationResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "access.explain",
        "Why may this user do that, or why not?",
        super::ExplainQuestion,
        kubelogic_rbac::Can
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "access.graph",
        "Who is granted what by which binding, as a picture?",
        super::AccessGraphQuestion,
        super::AccessGraphResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "access.list",
        "What does `kubectl auth can-i --list` print?",
        super::AccessListQuestion,
        super::AccessListResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "access.reconcile",
        "What would `kubectl auth reconcile` do, and what does it print?",
        super::ReconcileQuestion,
        super::ReconcileResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "access.reconcile-bootstrap",
        "Which given default roles and bindings does an API server change when it starts?",
        super::ReconcileBootstrapQuestion,
        super::ReconcileBootstrapResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "access.rules-review",
        "Which rules does this user have in a namespace, as a SelfSubjectRulesReview answers?",
        super::RulesReviewQuestion,
        super::RulesReviewResult
    ),
    #[cfg(feature = "rbac")]
    entry!("access.policy", "What does an ABAC policy file say?", super::PolicyQuestion, super::PolicyResult),
    entry!(
        "convert.object",
        "What is this object in another version of its kind?",
        super::ConvertQuestion,
        super::ConvertResult
    ),
    entry!(
        "crd.check",
        "What does the API server say to the custom resources of the input?",
        super::CustomCheckQuestion,
        super::CustomCheckResult
    ),
    entry!(
        "crd.default",
        "The custom resources of the input, pruned and with the defaults of their schemas.",
        super::CustomDefaultQuestion,
        super::CustomObjectsResult
    ),
    entry!(
        "crd.prune",
        "The custom resources of the input without the fields that their schemas do not name.",
        super::CustomPruneQuestion,
        super::CustomObjectsResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "expect.check",
        "Does everything hold that the objects of kind Expectations say?",
        super::ExpectCheckQuestion,
        crate::expect::Expected
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "expect.write",
        "Which expectations state the present?",
        super::ExpectWriteQuestion,
        crate::expect::Written
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "impersonation.check",
        "May this user act as another one, and whom is the request then taken for?",
        super::ImpersonationQuestion,
        super::ImpersonationResult
    ),
    #[cfg(feature = "kubeconfig")]
    entry!(
        "kubeconfig.build",
        "What is the kubeconfig of these parts?",
        super::KubeconfigBuildQuestion,
        super::KubeconfigViewResult
    ),
    #[cfg(feature = "kubeconfig")]
    entry!(
        "kubeconfig.edit",
        "What does a kubectl config command make of kubeconfig files?",
        super::KubeconfigEditQuestion,
        super::KubeconfigEditResult
    ),
    #[cfg(feature = "kubeconfig")]
    entry!(
        "kubeconfig.load",
        "What do kubeconfig files say together?",
        super::KubeconfigLoadQuestion,
        super::KubeconfigLoadResult
    ),
    #[cfg(feature = "kubeconfig")]
    entry!(
        "kubeconfig.resolve",
        "Which API server does a client talk to, as whom, in which namespace, and why?",
        super::KubeconfigResolveQuestion,
        super::KubeconfigResolveResult
    ),
    #[cfg(feature = "kubeconfig")]
    entry!(
        "kubeconfig.view",
        "What does kubectl config view print?",
        super::KubeconfigViewQuestion,
        super::KubeconfigViewResult
    ),
    entry!(
        "meta.address-warnings",
        "What does the API server remark on these addresses?",
        super::AddressWarningsQuestion,
        super::AddressWarnings
    ),
    entry!(
        "meta.durations",
        "How long are these durations?",
        super::DurationsQuestion,
        super::DurationsResult
    ),
    entry!(
        "meta.field-selectors",
        "What do these field selectors mean, and what do they select?",
        super::FieldSelectorsQuestion,
        super::FieldSelectorResults
    ),
    entry!(
        "meta.generate-names",
        "Which names could the API server make of these beginnings?",
        super::GenerateNamesQuestion,
        super::GeneratedNames
    ),
    entry!(
        "meta.int-or-percent",
        "What do these numbers or percentages come to?",
        super::IntOrPercentQuestion,
        super::IntOrPercentResults
    ),
    entry!(
        "meta.kind-names",
        "What is wrong with these names of objects of a kind?",
        super::KindNamesQuestion,
        super::NameProblems
    ),
    entry!(
        "meta.label-selectors",
        "What do these label selectors mean, and what do they select?",
        super::LabelSelectorsQuestion,
        super::LabelSelectorResults
    ),
    entry!("meta.names", "What is wrong with these names?", super::NamesQuestion, super::NameProblems),
    entry!(
        "meta.object-meta",
        "What does the API server refuse about this metadata?",
        super::ObjectMetaQuestion,
        super::ObjectMetaResults
    ),
    entry!(
        "meta.quantities",
        "What are these quantities worth, and how are they printed?",
        super::QuantitiesQuestion,
        super::QuantitiesResult
    ),
    entry!(
        "meta.quantity-arithmetic",
        "What do these calculations with quantities come to?",
        super::QuantityArithmeticQuestion,
        super::ArithmeticResults
    ),
    entry!(
        "meta.stop-signals",
        "What is wrong with these signals of containers?",
        super::StopSignalsQuestion,
        super::SignalProblems
    ),
    entry!("meta.times", "Which points in time are these?", super::TimesQuestion, super::TimesResult),
    entry!("objects.check", "What is wrong with the input?", super::CheckQuestion, super::CheckResult),
    entry!("objects.list", "What was read?", super::ListQuestion, super::ListResult),
    entry!(
        "picture.render",
        "A picture as text, SVG, HTML and so on.",
        super::RenderQuestion,
        super::RenderResult
    ),
    #[cfg(feature = "pki")]
    entry!(
        "pki.identity",
        "Which user does the API server attach to a client certificate?",
        super::PkiIdentityQuestion,
        super::PkiIdentityResult
    ),
    #[cfg(feature = "pki")]
    entry!(
        "pki.inspect",
        "What do the certificates of a PEM text say?",
        super::PkiInspectQuestion,
        super::PkiInspectResult
    ),
    #[cfg(feature = "pki")]
    entry!(
        "pki.match",
        "Do a certificate and a private key belong together?",
        super::PkiMatchQuestion,
        super::PkiMatchResult
    ),
    #[cfg(feature = "pki")]
    entry!(
        "pki.verify",
        "Does a certificate lead to one that is trusted?",
        super::PkiVerifyQuestion,
        super::PkiVerifyResult
    ),
    entry!(
        "read.documents",
        "The documents of a text, as kubectl reads them.",
        super::ReadDocumentsQuestion,
        super::DocumentsResult
    ),
    entry!(
        "read.objects",
        "The objects of a text, lists flattened.",
        super::ReadObjectsQuestion,
        super::ObjectsResult
    ),
    entry!("read.yaml", "One YAML document as JSON.", super::ReadYamlQuestion, super::YamlResult),
    entry!(
        "report.explain",
        "What does the code of a finding or an error mean?",
        super::ExplainCodeQuestion,
        super::ExplainedCodes
    ),
    entry!(
        "report.fix",
        "The manifests with everything mended that can be mended for certain.",
        super::FixQuestion,
        super::FixResult
    ),
    entry!(
        "report.render",
        "Findings as text, JSON, SARIF, JUnit or annotations.",
        super::RenderFindingsQuestion,
        super::RenderFindingsResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "request.attributes",
        "What does the API server ask its authorizer about an HTTP request?",
        super::RequestAttributesQuestion,
        super::RequestAttributesResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "request.forbidden",
        "What does a client read whose request is refused?",
        super::ForbiddenQuestion,
        super::ForbiddenResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "request.kubelet",
        "What does the kubelet of a node ask its authorizer about an HTTP request?",
        super::KubeletRequestQuestion,
        super::KubeletRequestResult
    ),
    #[cfg(feature = "rbac")]
    entry!(
        "review.access",
        "What does the API server answer to a review of access?",
        super::AccessReviewQuestion,
        super::AccessReviewResult
    ),
    entry!(
        "schema.explain",
        "What is this kind, or this field, and what is below it?",
        super::SchemaExplainQuestion,
        kubelogic_core::schema::Explained
    ),
    entry!(
        "schema.lifecycle",
        "When were API types introduced, deprecated and removed, and what replaces them?",
        super::LifecycleQuestion,
        super::LifecycleResult
    ),
    entry!(
        "schema.strict",
        "What does the API server's strict decoder say about an object?",
        super::StrictQuestion,
        super::StrictResult
    ),
    entry!(
        "types.of",
        "Which types is a kind made of, and which fields do they have?",
        super::TypesOfQuestion,
        super::TypesOfResult
    ),
    entry!(
        "workload.expand",
        "Which pods does a workload stand for?",
        super::ExpandQuestion,
        super::ExpandResult
    ),
];

/// The whole catalogue as one JSON Schema: each question and answer under `$defs`, and under `questions` which
/// of them belong together.
///
/// ```
/// let schema = kubelogic::ask::schema();
/// assert_eq!(schema["questions"]["objects.list"]["question"]["$ref"], "#/$defs/ListQuestion");
/// ```
pub fn schema() -> Value {
    // Keys that a question may leave out are not those that an answer leaves out.
    let mut asking = SchemaSettings::draft2020_12().into_generator();
    let mut answering = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut index = Map::new();
    for question in questions() {
        let entry = json!({
            "description": question.about,
            "question": (question.question)(&mut asking),
            "answer": (question.answer)(&mut answering),
        });
        index.insert(question.name.to_owned(), entry);
    }
    let error = answering.subschema_for::<AskError>();
    let mut definitions = asking.take_definitions(true);
    definitions.extend(answering.take_definitions(true));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "kubelogic question catalogue",
        "questions": index,
        "error": error,
        "$defs": definitions,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_answers_leave_out_are_not_required() {
        let schema = schema();
        assert_eq!(schema["$defs"]["Finding"]["required"], json!(["code", "severity", "message"]));
        assert_eq!(schema["$defs"]["ObjectRef"]["required"], json!(["kind", "name"]));
        // What every answer has is required all the same.
        let required = schema["$defs"]["Answer"]["required"].as_array().map(Vec::len);
        assert_eq!(required, Some(6));
    }

    #[test]
    fn no_definition_means_one_thing_in_questions_and_another_in_answers() {
        let mut asking = SchemaSettings::draft2020_12().into_generator();
        let mut answering = SchemaSettings::draft2020_12().for_serialize().into_generator();
        for question in questions() {
            (question.question)(&mut asking);
            (question.answer)(&mut answering);
        }
        let answers = answering.take_definitions(true);
        for (name, definition) in asking.take_definitions(true) {
            if let Some(other) = answers.get(&name) {
                assert_eq!(*other, definition, "{name}");
            }
        }
    }
}
