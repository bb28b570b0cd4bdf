//! Names: which rule they break, and which one the API server makes up.

use kubelogic_core::answer::Answer;
use kubelogic_core::meta::{NameRule, generate_name};
use schemars::JsonSchema;
use serde::Serialize;

use crate::ask::AskError;
use crate::ask::question::question;

question! {
    /// What is wrong with names by a rule.
    NamesQuestion {
        /// The rule, such as `dns-label`, `label-key` or `port-name`.
        rule: String,
        /// The names.
        names: Vec<String>,
        /// The names are beginnings that the API server completes.
        #[serde(default)]
        prefix: bool,
    }
}

question! {
    /// Names that the API server could make of a `generateName`.
    GenerateNamesQuestion {
        /// The beginnings.
        bases: Vec<String>,
        /// The same seed makes the same names; each next name has the next seed.
        #[serde(default)]
        seed: u64,
    }
}

/// What is wrong with each name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NameProblems {
    /// In the order of the question, upstream's words for each name; empty for one that is right.
    pub problems: Vec<Vec<String>>,
}

/// The names that were made.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GeneratedNames {
    /// In the order of the question.
    pub names: Vec<String>,
}

pub(in crate::ask) fn names(question: &NamesQuestion) -> Result<Answer<NameProblems>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let rule: NameRule = question.rule.parse().map_err(|error| {
        let mut error = AskError::bad_question(format!("`rule`: {error}"));
        let words = NameRule::ALL.iter().map(|rule| rule.word());
        error.help = kubelogic_core::near::nearest(&question.rule, words)
            .map(|word| format!("did you mean `{word}`?"));
        error
    })?;
    let problems = question.names.iter().map(|name| {
        if question.prefix { rule.prefix_problems(name, version) } else { rule.problems(name, version) }
    });
    Ok(Answer::new(NameProblems { problems: problems.collect() }, version))
}

pub(in crate::ask) fn generate_names(question: &GenerateNamesQuestion) -> Answer<GeneratedNames> {
    let seeds = (0_u64..).map(|number| question.seed.wrapping_add(number));
    let names = question.bases.iter().zip(seeds).map(|(base, seed)| generate_name(base, seed));
    Answer::new(GeneratedNames { names: names.collect() }, question.kube_version.unwrap_or_default())
}
