//! Label selectors, as text and as objects.

mod parse;
mod requirement;
mod structured;

use std::collections::BTreeMap;
use std::fmt;

pub use requirement::{Operator, Requirement};

use crate::decode::Field;
use crate::version::KubeVersion;

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
/// use kubelogic_core::version::KubeVersion;
/// use std::collections::BTreeMap;
///
/// let version = KubeVersion::default();
/// let labels = BTreeMap::from([("app".to_owned(), "shop".to_owned())]);
/// let written = LabelSelector { match_labels: labels.clone(), ..LabelSelector::default() };
/// let selector = Selector::new(&written, version).unwrap();
/// assert!(selector.matches(&labels));
/// assert!(!selector.matches(&BTreeMap::new()));
/// assert_eq!(selector.to_string(), "app=shop");
///
/// // An empty selector selects everything, one that is not there nothing.
/// assert!(Selector::new(&LabelSelector::default(), version).unwrap().matches(&BTreeMap::new()));
/// assert!(!Selector::nothing().matches(&BTreeMap::new()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    requirements: Option<Vec<Requirement>>,
}

/// A selector that upstream refuses to use, in its words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SelectorError {
    message: String,
}

impl SelectorError {
    pub(super) fn new(message: String) -> Self {
        Self { message }
    }

    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        "meta/invalid-selector"
    }
}

impl Selector {
    /// Prepares a selector of an object.
    ///
    /// # Errors
    /// When a key, a value or an operator is none that upstream accepts.
    pub fn new(written: &LabelSelector, version: KubeVersion) -> Result<Self, SelectorError> {
        structured::requirements(written, version).map(Self::of_requirements)
    }

    /// Reads the text form that `kubectl -l` takes.
    ///
    /// ```
    /// use kubelogic_core::meta::Selector;
    /// use kubelogic_core::version::KubeVersion;
    ///
    /// let selector = Selector::parse("tier!=db, app in (shop,cart)", KubeVersion::default()).unwrap();
    /// assert_eq!(selector.to_string(), "app in (cart,shop),tier!=db");
    /// ```
    ///
    /// # Errors
    /// When the text is none, in upstream's words.
    pub fn parse(text: &str, version: KubeVersion) -> Result<Self, SelectorError> {
        parse::parse(text, version).map(Self::of_requirements)
    }

    /// The selector of a field that may be missing: absent and `null` select nothing, `{}` everything.
    ///
    /// # Errors
    /// As [`Selector::new`].
    pub fn of_field(written: &Field<LabelSelector>, version: KubeVersion) -> Result<Self, SelectorError> {
        written.value().map_or_else(|| Ok(Self::nothing()), |written| Self::new(written, version))
    }

    /// The selector of these conditions, all of which must be met.
    pub fn of_requirements(mut requirements: Vec<Requirement>) -> Self {
        requirements.sort_by(|one, other| one.key().cmp(other.key()));
        Self { requirements: Some(requirements) }
    }

    /// The selector that selects nothing.
    pub fn nothing() -> Self {
        Self { requirements: None }
    }

    /// Whether it selects everything.
    pub fn is_empty(&self) -> bool {
        self.requirements.as_ref().is_some_and(Vec::is_empty)
    }

    /// The conditions in order of their keys; `None` for the selector that selects nothing.
    pub fn requirements(&self) -> Option<&[Requirement]> {
        self.requirements.as_deref()
    }

    /// Whether the labels are selected.
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        let Some(requirements) = &self.requirements else { return false };
        requirements.iter().all(|requirement| requirement.matches(labels))
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, requirement) in self.requirements.iter().flatten().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(out, "{comma}{requirement}")?;
        }
        Ok(())
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
        Selector::new(&written, KubeVersion::default()).map_err(|error| error.to_string())
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
