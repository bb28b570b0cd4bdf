//! Label selectors.

use std::collections::BTreeMap;

use super::{label_key_problems, label_value_problems};
use crate::decode::Field;

crate::model! {
    /// A label selector as it is written: all of it must match.
    pub struct LabelSelector {
        /// Labels that must be there with exactly these values.
        pub match_labels: BTreeMap<String, String> = "matchLabels",
        /// Further conditions.
        pub match_expressions: Vec<LabelSelectorRequirement> = "matchExpressions",
    }

    /// One condition of a selector.
    pub struct LabelSelectorRequirement {
        /// The label.
        pub key: String = "key",
        /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
        pub operator: String = "operator",
        /// What to compare with.
        pub values: Vec<String> = "values",
    }
}

/// A selector that is ready to match.
///
/// ```
/// use kubelogic_core::meta::{LabelSelector, Selector};
/// use std::collections::BTreeMap;
///
/// let written = LabelSelector {
///     match_labels: BTreeMap::from([("app".to_owned(), "shop".to_owned())]),
///     ..LabelSelector::default()
/// };
/// let selector = Selector::new(&written).unwrap();
/// assert!(selector.matches(&written.match_labels));
/// assert!(!selector.matches(&BTreeMap::new()));
///
/// // An empty selector selects everything, one that is not there nothing.
/// assert!(Selector::new(&LabelSelector::default()).unwrap().matches(&BTreeMap::new()));
/// assert!(!Selector::nothing().matches(&BTreeMap::new()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    requirements: Option<Vec<Requirement>>,
}

/// A selector that upstream refuses to use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SelectorError {
    message: String,
}

impl SelectorError {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        "meta/invalid-selector"
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Requirement {
    key: String,
    condition: Condition,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    In(Vec<String>),
    NotIn(Vec<String>),
    Exists,
    DoesNotExist,
}

impl Selector {
    /// Prepares a selector.
    ///
    /// # Errors
    /// When a key, a value or an operator is none that upstream accepts.
    pub fn new(written: &LabelSelector) -> Result<Self, SelectorError> {
        // upstream: apimachinery pkg/apis/meta/v1/helpers.go (LabelSelectorAsSelector),
        // pkg/labels/selector.go (NewRequirement)
        let mut requirements = Vec::new();
        for (key, value) in &written.match_labels {
            requirements.push(Requirement::new(key, "In", std::slice::from_ref(value))?);
        }
        for expression in &written.match_expressions {
            requirements.push(Requirement::new(&expression.key, &expression.operator, &expression.values)?);
        }
        Ok(Self { requirements: Some(requirements) })
    }

    /// The selector of a field that may be missing: absent and `null` select nothing, `{}` everything.
    ///
    /// # Errors
    /// As [`Selector::new`].
    pub fn of_field(written: &Field<LabelSelector>) -> Result<Self, SelectorError> {
        written.value().map_or_else(|| Ok(Self::nothing()), Self::new)
    }

    /// The selector that selects nothing.
    pub fn nothing() -> Self {
        Self { requirements: None }
    }

    /// Whether the labels are selected.
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        let Some(requirements) = &self.requirements else { return false };
        requirements.iter().all(|requirement| requirement.matches(labels))
    }
}

impl Requirement {
    fn new(key: &str, operator: &str, values: &[String]) -> Result<Self, SelectorError> {
        let refuse = |message: String| Err(SelectorError { message });
        if let Some(problem) = label_key_problems(key).first() {
            return refuse(format!("the label key `{key}` {problem}"));
        }
        let condition = match (operator, values.is_empty()) {
            ("In", false) => Condition::In(values.to_vec()),
            ("NotIn", false) => Condition::NotIn(values.to_vec()),
            ("Exists", true) => Condition::Exists,
            ("DoesNotExist", true) => Condition::DoesNotExist,
            ("In" | "NotIn", true) => {
                return refuse(format!("operator `{operator}` needs at least one value"));
            }
            ("Exists" | "DoesNotExist", false) => {
                return refuse(format!("operator `{operator}` takes no values"));
            }
            _ => return refuse(format!("`{operator}` is no selector operator")),
        };
        for value in values {
            if let Some(problem) = label_value_problems(value).first() {
                return refuse(format!("the label value `{value}` {problem}"));
            }
        }
        Ok(Self { key: key.to_owned(), condition })
    }

    fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        // upstream: apimachinery pkg/labels/selector.go (Requirement.Matches)
        let value = labels.get(&self.key);
        match &self.condition {
            Condition::In(values) => value.is_some_and(|value| values.contains(value)),
            // A label that is not there is in no list.
            Condition::NotIn(values) => value.is_none_or(|value| !values.contains(value)),
            Condition::Exists => value.is_some(),
            Condition::DoesNotExist => value.is_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::decode::{Decoder, FieldValidation};
    use crate::object::Object;

    fn selector(value: &serde_json::Value) -> Result<Selector, String> {
        let object = Object::from_serialize(value).unwrap();
        let mut decoder = Decoder::new(FieldValidation::Strict);
        let written: LabelSelector = decoder.decode(object.root());
        assert!(decoder.problems().is_empty(), "{:?}", decoder.problems());
        Selector::new(&written).map_err(|error| error.to_string())
    }

    #[test]
    fn each_operator_matches_as_upstream() {
        // upstream: apimachinery pkg/labels/selector.go (Requirement.Matches)
        let labels = BTreeMap::from([("a".to_owned(), "1".to_owned())]);
        let cases = [
            (json!({}), true),
            (json!({"matchLabels": {"a": "1"}}), true),
            (json!({"matchLabels": {"a": "2"}}), false),
            (json!({"matchLabels": {"b": ""}}), false),
            (json!({"matchExpressions": [{"key": "a", "operator": "In", "values": ["0", "1"]}]}), true),
            (json!({"matchExpressions": [{"key": "b", "operator": "In", "values": ["1"]}]}), false),
            (json!({"matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["1"]}]}), false),
            (json!({"matchExpressions": [{"key": "b", "operator": "NotIn", "values": ["1"]}]}), true),
            (json!({"matchExpressions": [{"key": "a", "operator": "Exists"}]}), true),
            (json!({"matchExpressions": [{"key": "a", "operator": "DoesNotExist"}]}), false),
            (json!({"matchExpressions": [{"key": "b", "operator": "DoesNotExist", "values": []}]}), true),
            (
                json!({"matchLabels": {"a": "1"}, "matchExpressions": [{"key": "a", "operator": "DoesNotExist"}]}),
                false,
            ),
        ];
        for (written, expected) in cases {
            assert_eq!(
                selector(&written).map(|selector| selector.matches(&labels)),
                Ok(expected),
                "{written}"
            );
        }
    }

    #[test]
    fn what_upstream_refuses_is_an_error() {
        // upstream: apimachinery pkg/labels/selector.go (NewRequirement)
        let expression = |key: &str, operator: &str, values: &[&str]| json!({"matchExpressions": [{"key": key, "operator": operator, "values": values}]});
        for written in [
            expression("a", "In", &[]),
            expression("a", "NotIn", &[]),
            expression("a", "Exists", &["1"]),
            expression("a", "DoesNotExist", &["1"]),
            expression("a", "Equals", &["1"]),
            expression("", "Exists", &[]),
            expression("a b", "Exists", &[]),
            expression("a", "In", &["a b"]),
            json!({"matchLabels": {"a": "-"}}),
        ] {
            assert!(selector(&written).is_err(), "{written}");
        }
    }
}
