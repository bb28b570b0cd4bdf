//! Label selectors and field selectors.

use std::collections::BTreeMap;

use kubelogic_core::answer::Answer;
use kubelogic_core::meta::{
    FieldRequirement, FieldSelector, LabelSelector, LabelSelectorRequirement, Requirement, Selector,
};
use kubelogic_core::object::FieldPath;
use kubelogic_core::version::KubeVersion;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ask::question::question;

question! {
    /// What label selectors mean and which labels they select.
    LabelSelectorsQuestion {
        /// The selectors: as text, or as objects with `matchLabels` and `matchExpressions`.
        selectors: Vec<WrittenSelector>,
        /// The labels to select from.
        #[serde(default)]
        labels: Vec<BTreeMap<String, String>>,
    }
}

question! {
    /// What field selectors mean and which fields they select.
    FieldSelectorsQuestion {
        /// The selectors.
        selectors: Vec<String>,
        /// The fields to select from.
        #[serde(default)]
        fields: Vec<BTreeMap<String, String>>,
    }
}

/// A label selector in one of its two forms.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum WrittenSelector {
    /// As `kubectl -l` takes it.
    Text(String),
    /// As objects hold it.
    #[serde(rename_all = "camelCase")]
    Object {
        /// Labels that must be there with exactly these values.
        #[serde(default)]
        match_labels: BTreeMap<String, String>,
        /// Further conditions.
        #[serde(default)]
        match_expressions: Vec<WrittenExpression>,
    },
}

/// A condition of a selector in an object.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WrittenExpression {
    /// The label.
    #[serde(default)]
    pub key: String,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    #[serde(default)]
    pub operator: String,
    /// What to compare with.
    #[serde(default)]
    pub values: Vec<String>,
}

/// An answer for each selector.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LabelSelectorResults {
    /// In the order of the question.
    pub selectors: Vec<LabelSelectorResult>,
}

/// What a selector means.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LabelSelectorResult {
    /// In its text form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its conditions in order of their keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirements: Option<Vec<RequirementResult>>,
    /// Which of the labels it selects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matches: Option<Vec<bool>>,
    /// Why it cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Of an object: as tools print it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formatted: Option<String>,
    /// Of an object: what the API server refuses about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<String>>,
}

/// One condition.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequirementResult {
    /// The label, or the field.
    pub key: String,
    /// `in`, `notin`, `=`, `==`, `!=`, `exists`, `!`, `gt` or `lt`.
    pub operator: String,
    /// What it compares with, sorted, each only once.
    pub values: Vec<String>,
}

/// An answer for each selector.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldSelectorResults {
    /// In the order of the question.
    pub selectors: Vec<FieldSelectorResult>,
}

/// What a field selector means, or why it is none.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldSelectorResult {
    /// As it is printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its conditions in the order in which they are printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirements: Option<Vec<RequirementResult>>,
    /// Which of the fields it selects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matches: Option<Vec<bool>>,
    /// Why it is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

pub(in crate::ask) fn label_selectors(question: LabelSelectorsQuestion) -> Answer<LabelSelectorResults> {
    let version = question.kube_version.unwrap_or_default();
    let selectors = question.selectors.into_iter().map(|written| {
        let mut result = LabelSelectorResult::default();
        let selector = match written {
            WrittenSelector::Text(text) => Selector::parse(&text, version),
            WrittenSelector::Object { match_labels, match_expressions } => {
                let written = LabelSelector {
                    match_labels,
                    match_expressions: match_expressions.into_iter().map(expression).collect(),
                };
                describe(&written, version, &mut result);
                Selector::new(&written, version)
            }
        };
        match selector {
            Ok(selector) => {
                result.text = Some(selector.to_string());
                result.matches =
                    Some(question.labels.iter().map(|labels| selector.matches(labels)).collect());
                result.requirements = Some(requirements(&selector));
            }
            Err(error) => result.error = Some(error.to_string()),
        }
        result
    });
    Answer::new(LabelSelectorResults { selectors: selectors.collect() }, version)
}

fn expression(written: WrittenExpression) -> LabelSelectorRequirement {
    LabelSelectorRequirement { key: written.key, operator: written.operator, values: written.values }
}

fn describe(written: &LabelSelector, version: KubeVersion, result: &mut LabelSelectorResult) {
    let errors = written.errors(&FieldPath::root().field("selector"), version);
    result.errors = Some(errors.iter().map(ToString::to_string).collect());
    result.formatted = Some(written.formatted(version));
}

fn requirements(selector: &Selector) -> Vec<RequirementResult> {
    selector.requirements().unwrap_or_default().iter().map(RequirementResult::from).collect()
}

impl From<&Requirement> for RequirementResult {
    fn from(requirement: &Requirement) -> Self {
        let mut values = requirement.values().to_vec();
        values.sort_unstable();
        values.dedup();
        let operator = requirement.operator().word().to_owned();
        Self { key: requirement.key().to_owned(), operator, values }
    }
}

impl From<&FieldRequirement> for RequirementResult {
    fn from(requirement: &FieldRequirement) -> Self {
        Self {
            key: requirement.field.clone(),
            operator: if requirement.negated { "!=" } else { "=" }.to_owned(),
            values: vec![requirement.value.clone()],
        }
    }
}

pub(in crate::ask) fn field_selectors(question: &FieldSelectorsQuestion) -> Answer<FieldSelectorResults> {
    let selectors = question.selectors.iter().map(|text| match FieldSelector::parse(text) {
        Ok(selector) => {
            let requirements = selector.requirements().iter().map(RequirementResult::from);
            FieldSelectorResult {
                text: Some(selector.to_string()),
                requirements: Some(requirements.collect()),
                matches: Some(question.fields.iter().map(|fields| selector.matches(fields)).collect()),
                error: None,
            }
        }
        Err(error) => {
            FieldSelectorResult { error: Some(error.to_string()), ..FieldSelectorResult::default() }
        }
    });
    let result = FieldSelectorResults { selectors: selectors.collect() };
    Answer::new(result, question.kube_version.unwrap_or_default())
}
