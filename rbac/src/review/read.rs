//! From an object to a review, and from a review to what the authorizer is asked.

use kubelogic_core::access::{OwnedAttributes, OwnedTarget, Selectors, UserInfo};
use kubelogic_core::decode::{Decode, Decoder, FieldValidation};
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::meta::{
    FieldRequirement, FieldSelector, LabelSelectorRequirement, ObjectMetadata, Operator, Requirement,
    Selector,
};
use kubelogic_core::object::Object;
use kubelogic_core::quote::quoted;
use kubelogic_core::version::KubeVersion;

use super::model::{
    FieldSelectorAttributes, FieldSelectorRequirement, LabelSelectorAttributes, NonResourceAttributes,
    ResourceAttributes, ReviewV1, ReviewV1beta1, SelfReview,
};
use super::status::Status;
use super::{object_meta, validate};
use crate::error::RbacError;
use crate::request::{Gate, Gates};

const GROUP: &str = "authorization.k8s.io";

/// The first minor version whose reviews have selectors.
const SELECTORS: u16 = 31;

/// A review as somebody sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub(super) kind: ReviewKind,
    pub(super) metadata: ObjectMetadata,
    pub(super) spec: ReviewSpec,
}

/// The kinds of review that are answered with yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewKind {
    /// About anybody, anywhere.
    SubjectAccessReview,
    /// About anybody, in one namespace.
    LocalSubjectAccessReview,
    /// About whoever asks.
    SelfSubjectAccessReview,
}

/// What a review asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewSpec {
    /// Who it is about; nobody in a `SelfSubjectAccessReview`.
    pub user: UserInfo,
    pub(super) resource: Option<ResourceAttributes>,
    pub(super) path: Option<NonResourceAttributes>,
}

impl Review {
    /// Reads a review of `authorization.k8s.io` in version `v1` or `v1beta1`.
    ///
    /// # Errors
    /// [`RbacError::NotAReview`] for any other object, and [`RbacError::UnreadableReview`] for one with unknown
    /// fields or values of the wrong type.
    pub fn read(
        object: &Object,
        version: KubeVersion,
        validation: FieldValidation,
    ) -> Result<Self, RbacError> {
        let wrong = || RbacError::NotAReview {
            api_version: object.api_version().to_owned(),
            kind: object.kind().to_owned(),
        };
        let old = match object.api_version() {
            "authorization.k8s.io/v1" => false,
            "authorization.k8s.io/v1beta1" => true,
            _ => return Err(wrong()),
        };
        let kind = match object.kind() {
            "SubjectAccessReview" => ReviewKind::SubjectAccessReview,
            "LocalSubjectAccessReview" => ReviewKind::LocalSubjectAccessReview,
            "SelfSubjectAccessReview" => ReviewKind::SelfSubjectAccessReview,
            _ => return Err(wrong()),
        };
        let (metadata, mut spec) = match (kind, old) {
            (ReviewKind::SelfSubjectAccessReview, _) => {
                let SelfReview { metadata, spec, .. } = decoded(object, validation)?;
                let (resource, path) = (spec.resource_attributes, spec.non_resource_attributes);
                (metadata, ReviewSpec { user: UserInfo::default(), resource, path })
            }
            (_, false) => {
                let ReviewV1 { metadata, spec, .. } = decoded(object, validation)?;
                let user =
                    UserInfo { name: spec.user, uid: spec.uid, groups: spec.groups, extra: spec.extra };
                let (resource, path) = (spec.resource_attributes, spec.non_resource_attributes);
                (metadata, ReviewSpec { user, resource, path })
            }
            (_, true) => {
                let ReviewV1beta1 { metadata, spec, .. } = decoded(object, validation)?;
                let user =
                    UserInfo { name: spec.user, uid: spec.uid, groups: spec.groups, extra: spec.extra };
                let (resource, path) = (spec.resource_attributes, spec.non_resource_attributes);
                (metadata, ReviewSpec { user, resource, path })
            }
        };
        if version.minor() < SELECTORS
            && let Some(resource) = &mut spec.resource
        {
            let unknown = [
                ("fieldSelector", resource.field_selector.take().is_some()),
                ("labelSelector", resource.label_selector.take().is_some()),
            ];
            let unknown = unknown.into_iter().filter(|(_, given)| *given).map(|(name, _)| {
                let message = format!("unknown field `spec.resourceAttributes.{name}`");
                Finding::new("decode/unknown-field", Severity::Error, message)
                    .help("reviews have selectors since Kubernetes 1.31")
            });
            let problems: Vec<Finding> = unknown.collect();
            if !problems.is_empty() && validation == FieldValidation::Strict {
                return Err(RbacError::UnreadableReview { problems });
            }
        }
        Ok(Self { kind, metadata, spec })
    }

    /// Which kind it is.
    pub fn kind(&self) -> ReviewKind {
        self.kind
    }

    /// The namespace in its metadata.
    pub fn namespace(&self) -> &str {
        &self.metadata.namespace
    }

    /// What it asks.
    pub fn spec(&self) -> &ReviewSpec {
        &self.spec
    }

    /// The review as it reaches validation: without what only the API server sets, and in the namespace of the
    /// URL.
    pub(super) fn prepared(&self, namespace: &str) -> Result<Self, Box<Status>> {
        // upstream: apiserver pkg/registry/rest/meta.go (WipeObjectMetaSystemFields,
        // EnsureObjectNamespaceMatchesRequestNamespace)
        let mut prepared = self.clone();
        object_meta::wipe(&mut prepared.metadata);
        let own = &mut prepared.metadata.namespace;
        if self.kind != ReviewKind::LocalSubjectAccessReview {
            own.clear();
        } else if own.is_empty() {
            namespace.clone_into(own);
        } else if !namespace.is_empty() && own != namespace {
            return Err(Box::new(Status::bad_request(
                "the namespace of the provided object does not match the namespace sent on the request",
            )));
        }
        Ok(prepared)
    }

    /// Why the API server does not take it.
    pub(super) fn refusal(&self, namespace: &str, gates: &Gates) -> Option<Status> {
        let errors = validate::errors(self, gates);
        if !errors.is_empty() {
            return Some(Status::invalid(GROUP, "", &errors));
        }
        let nowhere = namespace.is_empty() && self.metadata.namespace.is_empty();
        (nowhere && self.kind == ReviewKind::LocalSubjectAccessReview)
            .then(|| Status::bad_request("namespace is required on this type: "))
    }
}

impl ReviewSpec {
    /// What the authorizer is asked; `None` when the review asks for nothing.
    pub fn attributes(&self, gates: &Gates) -> Option<OwnedAttributes> {
        // upstream: pkg/registry/authorization/util/helpers.go (ResourceAttributesFrom)
        let Some(given) = &self.resource else {
            let path = self.path.as_ref()?;
            return Some(OwnedAttributes {
                verb: path.verb.clone(),
                target: OwnedTarget::Path(path.path.clone()),
                selectors: Selectors::default(),
            });
        };
        let version = if given.version.is_empty() { "*" } else { &given.version };
        let target = OwnedTarget::Resource {
            group: given.group.clone(),
            version: version.to_owned(),
            resource: given.resource.clone(),
            subresource: given.subresource.clone(),
            name: given.name.clone(),
            namespace: given.namespace.clone(),
        };
        let mut selectors = Selectors::default();
        if gates.is_on(Gate::AuthorizeWithSelectors) {
            if let Some(given) = &given.label_selector {
                (selectors.labels, selectors.label_error) = labels(given, gates.kube_version());
            }
            if let Some(given) = &given.field_selector {
                (selectors.fields, selectors.field_error) = fields(given);
            }
        }
        Some(OwnedAttributes { verb: given.verb.clone(), target, selectors })
    }
}

fn decoded<T: Decode>(object: &Object, validation: FieldValidation) -> Result<T, RbacError> {
    let mut decoder = Decoder::new(validation);
    let read = decoder.decode(object.root());
    let problems: Vec<Finding> = decoder.problems().iter().map(Finding::from).collect();
    if problems.is_empty() { Ok(read) } else { Err(RbacError::UnreadableReview { problems }) }
}

fn labels(given: &LabelSelectorAttributes, version: KubeVersion) -> (Vec<Requirement>, Option<String>) {
    if given.requirements.is_empty() {
        return match Selector::parse(&given.raw_selector, version) {
            Ok(selector) => (selector.requirements().unwrap_or_default().to_vec(), None),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
    }
    let read = |given: &LabelSelectorRequirement| {
        let Some(operator) = Operator::of_label_selector(&given.operator) else {
            return Err(format!("{} is not a valid label selector operator", quoted(&given.operator)));
        };
        Requirement::new(&given.key, operator, given.values.clone(), version)
            .map_err(|error| error.to_string())
    };
    gathered(given.requirements.iter().map(read))
}

fn fields(given: &FieldSelectorAttributes) -> (Vec<FieldRequirement>, Option<String>) {
    if given.requirements.is_empty() {
        return match FieldSelector::parse(&given.raw_selector) {
            Ok(selector) => (selector.requirements().to_vec(), None),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
    }
    gathered(given.requirements.iter().map(field))
}

fn field(given: &FieldSelectorRequirement) -> Result<FieldRequirement, String> {
    // upstream: pkg/registry/authorization/util/helpers.go (fieldSelectorAsSelector)
    if given.values.len() > 1 {
        return Err("fieldSelectors do not yet support multiple values".to_owned());
    }
    let negated = match given.operator.as_str() {
        "In" => false,
        "NotIn" => true,
        "Exists" | "DoesNotExist" => {
            return Err(format!("fieldSelectors do not yet support {}", given.operator));
        }
        other => return Err(format!("{} is not a valid field selector operator", quoted(other))),
    };
    match given.values.first() {
        Some(value) => Ok(FieldRequirement { field: given.key.clone(), negated, value: value.clone() }),
        None if negated => Err("fieldSelectors not in must have one value".to_owned()),
        None => Err("fieldSelectors in must have one value".to_owned()),
    }
}

/// What could be read, and one text about what could not.
fn gathered<T>(read: impl Iterator<Item = Result<T, String>>) -> (Vec<T>, Option<String>) {
    // upstream: apimachinery pkg/util/errors/errors.go (NewAggregate)
    let (mut kept, mut errors) = (Vec::new(), Vec::<String>::new());
    for outcome in read {
        match outcome {
            Ok(requirement) => kept.push(requirement),
            Err(error) if errors.contains(&error) => {}
            Err(error) => errors.push(error),
        }
    }
    let error = match errors.as_slice() {
        [] => None,
        [error] => Some(error.clone()),
        _ => Some(format!("[{}]", errors.join(", "))),
    };
    (kept, error)
}
