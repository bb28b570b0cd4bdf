//! The selectors that a request is limited to.

use crate::meta::{FieldRequirement, FieldSelector, Requirement, Selector};
use crate::version::KubeVersion;

/// What a list, a watch or a deletion of many is limited to, as an authorizer sees it.
///
/// RBAC never looks at selectors; the Node authorizer, webhooks and match conditions do. A selector that cannot be
/// read limits nothing, and the authorizer is told why.
///
/// ```
/// use kubelogic_core::access::Selectors;
/// use kubelogic_core::version::KubeVersion;
///
/// let selectors = Selectors::parse("spec.nodeName=a", "app in (", KubeVersion::default());
/// assert_eq!(selectors.fields[0].value, "a");
/// assert!(selectors.labels.is_empty());
/// assert!(selectors.label_error.is_some());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selectors {
    /// The conditions of the field selector; all of them must be met.
    pub fields: Vec<FieldRequirement>,
    /// Why the field selector could not be read, or not all of it.
    pub field_error: Option<String>,
    /// The conditions of the label selector; all of them must be met.
    pub labels: Vec<Requirement>,
    /// Why the label selector could not be read, or not all of it.
    pub label_error: Option<String>,
}

impl Selectors {
    /// Reads both selectors as the API server reads them from a URL; an empty text selects everything.
    pub fn parse(fields: &str, labels: &str, version: KubeVersion) -> Self {
        // upstream: apiserver pkg/endpoints/filters/authorization.go (GetAuthorizerAttributes)
        let mut selectors = Self::default();
        match FieldSelector::parse(fields) {
            Ok(selector) => selectors.fields = selector.requirements().to_vec(),
            Err(error) => selectors.field_error = Some(error.to_string()),
        }
        match Selector::parse(labels, version) {
            Ok(selector) => selectors.labels = selector.requirements().unwrap_or_default().to_vec(),
            Err(error) => selectors.label_error = Some(error.to_string()),
        }
        selectors
    }

    /// Whether nothing is limited and nothing went wrong.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
            && self.field_error.is_none()
            && self.labels.is_empty()
            && self.label_error.is_none()
    }
}
