//! Names of objects by their kind, and signals.

use kubelogic_core::answer::Answer;
use kubelogic_core::meta::{
    PodOs, cluster_trust_bundle_name_problems, name_rule_of_kind, stop_signal_problem,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::NameProblems;
use crate::ask::AskError;
use crate::ask::question::question;

/// The first minor version that reads the signal.
const STOP_SIGNAL_SINCE: u16 = 33;

question! {
    /// What is wrong with names of objects of a kind.
    KindNamesQuestion {
        /// The API group of the kind; empty for the core group.
        #[serde(default)]
        group: String,
        /// The kind.
        kind: String,
        /// The names.
        names: Vec<String>,
        /// The names are beginnings that the API server completes.
        #[serde(default)]
        prefix: bool,
        /// The signer of a `ClusterTrustBundle`; without it, the signer that the name says.
        #[serde(default)]
        signer_name: Option<String>,
    }
}

question! {
    /// What is wrong with signals that shall stop a container.
    StopSignalsQuestion {
        /// The signals.
        signals: Vec<String>,
        /// `spec.os.name` of the pod.
        #[serde(default)]
        os: Option<String>,
    }
}

/// What is wrong with each signal.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignalProblems {
    /// In the order of the question: the error without its field, or null.
    pub problems: Vec<Option<String>>,
}

pub(in crate::ask) fn kind_names(question: &KindNamesQuestion) -> Answer<NameProblems> {
    let version = question.kube_version.unwrap_or_default();
    let rule = name_rule_of_kind(&question.group, &question.kind, version);
    let bundle =
        (question.group.as_str(), question.kind.as_str()) == ("certificates.k8s.io", "ClusterTrustBundle");
    let problems = question.names.iter().map(|name| match (&question.signer_name, question.prefix) {
        (Some(signer), prefix) if bundle => cluster_trust_bundle_name_problems(name, signer, prefix, version),
        (_, true) => rule.prefix_problems(name, version),
        (_, false) => rule.problems(name, version),
    });
    let result = NameProblems { rule: rule.word().to_owned(), problems: problems.collect() };
    Answer::new(result, version)
}

pub(in crate::ask) fn stop_signals(
    question: &StopSignalsQuestion,
) -> Result<Answer<SignalProblems>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    if version.minor() < STOP_SIGNAL_SINCE {
        let message = format!("signals of containers are known since Kubernetes 1.{STOP_SIGNAL_SINCE}");
        return Err(AskError::new("version-unsupported", message));
    }
    let os = PodOs::of(question.os.as_deref());
    let problem = |signal: &String| stop_signal_problem(signal, &os, version);
    let problems = question.signals.iter().map(problem).collect();
    Ok(Answer::new(SignalProblems { problems }, version))
}
