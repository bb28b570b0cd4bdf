//! Selectors that are written as objects: `matchLabels` and `matchExpressions`.

use super::{LabelSelector, LabelSelectorRequirement, Operator, Requirement, Selector, SelectorError};
use crate::field::FieldError;
use crate::meta::validate::label_errors;
use crate::meta::{label_key_problems, label_value_problems};
use crate::object::FieldPath;
use crate::quote::quoted;
use crate::version::KubeVersion;

pub(super) fn requirements(
    written: &LabelSelector,
    version: KubeVersion,
) -> Result<Vec<Requirement>, SelectorError> {
    // upstream: apimachinery pkg/apis/meta/v1/helpers.go (LabelSelectorAsSelector)
    let mut requirements = Vec::new();
    for (key, value) in &written.match_labels {
        requirements.push(Requirement::new(key, Operator::Equals, vec![value.clone()], version)?);
    }
    for expression in &written.match_expressions {
        let operator = Operator::of_label_selector(&expression.operator).ok_or_else(|| {
            let word = quoted(&expression.operator);
            SelectorError::new(format!("{word} is not a valid label selector operator"))
        })?;
        requirements.push(Requirement::new(&expression.key, operator, expression.values.clone(), version)?);
    }
    Ok(requirements)
}

impl LabelSelector {
    /// What the API server refuses about the selector, in its words and order.
    ///
    /// ```
    /// use kubelogic_core::meta::{LabelSelector, LabelSelectorRequirement};
    /// use kubelogic_core::object::FieldPath;
    /// use kubelogic_core::version::KubeVersion;
    ///
    /// let expression = LabelSelectorRequirement { key: "app".into(), operator: "in".into(), values: vec![] };
    /// let selector = LabelSelector { match_expressions: vec![expression], ..LabelSelector::default() };
    /// let errors = selector.errors(&FieldPath::root().field("selector"), KubeVersion::default());
    /// assert_eq!(
    ///     errors[0].to_string(),
    ///     r#"selector.matchExpressions[0].operator: Invalid value: "in": not a valid selector operator"#,
    /// );
    /// ```
    pub fn errors(&self, path: &FieldPath, version: KubeVersion) -> Vec<FieldError> {
        // upstream: apimachinery pkg/apis/meta/v1/validation/validation.go (ValidateLabelSelector)
        let mut errors = Vec::new();
        label_errors(&self.match_labels, || path.clone().field("matchLabels"), version, &mut errors);
        for (index, given) in self.match_expressions.iter().enumerate() {
            let at = |field: &str| path.clone().field("matchExpressions").index(index).field(field);
            given.errors(at, version, &mut errors);
        }
        errors
    }

    /// The selector as tools print it: `<none>` when it is empty or not there, `<error>` when it cannot be used.
    ///
    /// ```
    /// use kubelogic_core::meta::LabelSelector;
    /// use kubelogic_core::version::KubeVersion;
    /// assert_eq!(LabelSelector::default().formatted(KubeVersion::default()), "<none>");
    /// ```
    pub fn formatted(&self, version: KubeVersion) -> String {
        // upstream: apimachinery pkg/apis/meta/v1/helpers.go (FormatLabelSelector)
        match Selector::new(self, version).map(|selector| selector.to_string()) {
            Ok(text) if text.is_empty() => "<none>".to_owned(),
            Ok(text) => text,
            Err(_) => "<error>".to_owned(),
        }
    }
}

impl LabelSelectorRequirement {
    fn errors(&self, at: impl Fn(&str) -> FieldPath, version: KubeVersion, errors: &mut Vec<FieldError>) {
        match (self.operator.as_str(), self.values.is_empty()) {
            ("In" | "NotIn", true) => {
                let detail = "must be specified when `operator` is 'In' or 'NotIn'";
                errors.push(FieldError::required(at("values"), detail));
            }
            ("Exists" | "DoesNotExist", false) => {
                let detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
                errors.push(FieldError::forbidden(at("values"), detail));
            }
            ("In" | "NotIn" | "Exists" | "DoesNotExist", _) => {}
            (operator, _) => {
                errors.push(FieldError::invalid(at("operator"), operator, "not a valid selector operator"));
            }
        }
        for detail in label_key_problems(&self.key, version) {
            errors.push(FieldError::invalid(at("key"), &self.key, &detail));
        }
        for (index, value) in self.values.iter().enumerate() {
            for detail in label_value_problems(value, version) {
                errors.push(FieldError::invalid(at("values").index(index), value, &detail));
            }
        }
    }
}
