//! The reviews of `authorization.k8s.io`: what the API server answers to a question about access, and what it
//! says when it refuses a request.

mod forbidden;
mod model;
mod object_meta;
mod read;
mod status;
mod validate;

pub(crate) use forbidden::harmless;
pub use forbidden::{forbidden_message, forbidden_status};
pub use read::{Review, ReviewKind, ReviewSpec};
pub use status::{Status, StatusCause, StatusDetails};

use kubelogic_core::access::{Authorizer, Decision, OwnedAttributes, UserInfo};
use serde::Serialize;

use crate::request::Gates;

/// What the API server writes into `status` of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewStatus {
    /// Whether the request is allowed.
    pub allowed: bool,
    /// Whether it is refused for good; a request that nobody allows is refused, too, without this.
    pub denied: bool,
    /// The authorizer's reason, often empty.
    pub reason: String,
    /// What went wrong while the authorizer decided; often empty.
    pub evaluation_error: String,
}

/// The answer to a review: a status, or a refusal of the review itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewAnswer {
    /// It was answered.
    Answered(Box<AnsweredReview>),
    /// The API server refuses the review.
    Refused(Box<Status>),
}

/// A review with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredReview {
    /// The status.
    pub status: ReviewStatus,
    /// Who was asked about.
    pub user: UserInfo,
    /// What the authorizer was asked.
    pub attributes: OwnedAttributes,
}

impl Review {
    /// What the API server answers.
    ///
    /// `requester` is who creates the review: a `SelfSubjectAccessReview` is about him. `namespace` is the
    /// namespace of the URL that a `LocalSubjectAccessReview` is sent to.
    ///
    /// ```
    /// use kubelogic_core::access::UserInfo;
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_core::decode::FieldValidation;
    /// use kubelogic_core::object::Object;
    /// use kubelogic_rbac::{Gates, Options, Rbac, Review, ReviewAnswer};
    ///
    /// let object = Object::from_serialize(&serde_json::json!({
    ///     "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
    ///     "spec": {
    ///         "user": "ann", "groups": ["system:masters"],
    ///         "nonResourceAttributes": {"verb": "get", "path": "/metrics"},
    ///     },
    /// }))?;
    /// let gates = Gates::new("1.37".parse()?);
    /// let review = Review::read(&object, gates.kube_version(), FieldValidation::Strict)?;
    /// let rbac = Rbac::compile(&Cluster::load([], &LoadOptions::default())?, &Options::default())?;
    /// let ReviewAnswer::Answered(answered) = review.answer(&rbac, &UserInfo::named("bob"), "", &gates) else {
    ///     panic!("refused")
    /// };
    /// assert!(answered.status.allowed);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn answer(
        &self,
        authorizer: &dyn Authorizer,
        requester: &UserInfo,
        namespace: &str,
        gates: &Gates,
    ) -> ReviewAnswer {
        // upstream: pkg/registry/authorization/subjectaccessreview/rest.go and its two siblings (Create),
        // apiserver pkg/endpoints/handlers/create.go
        let prepared = match self.prepared(namespace) {
            Ok(prepared) => prepared,
            Err(status) => return ReviewAnswer::Refused(status),
        };
        if let Some(status) = prepared.refusal(namespace, gates) {
            return ReviewAnswer::Refused(Box::new(status));
        }
        let Some(attributes) = prepared.spec.attributes(gates) else {
            // Validation lets no review without a request pass.
            return ReviewAnswer::Refused(Box::new(Status::bad_request("the review asks for nothing")));
        };
        let user = match prepared.kind {
            ReviewKind::SelfSubjectAccessReview => requester.clone(),
            ReviewKind::SubjectAccessReview | ReviewKind::LocalSubjectAccessReview => {
                prepared.spec.user.clone()
            }
        };
        let said = authorizer.authorize(&user, &attributes.attributes());
        let status = ReviewStatus {
            allowed: said.decision == Decision::Allow,
            denied: said.decision == Decision::Deny,
            reason: said.reason,
            evaluation_error: evaluation_error(said.error, &attributes),
        };
        ReviewAnswer::Answered(Box::new(AnsweredReview { status, user, attributes }))
    }
}

fn evaluation_error(error: Option<String>, attributes: &OwnedAttributes) -> String {
    // upstream: pkg/registry/authorization/util/helpers.go (BuildEvaluationError)
    let selectors = &attributes.selectors;
    let ignored = |name: &str, any: bool| {
        let partially = if any { "partially " } else { "" };
        format!("spec.resourceAttributes.{name} {partially}ignored due to parse error")
    };
    let fields = selectors.field_error.as_ref();
    let labels = selectors.label_error.as_ref();
    let parts = [
        error,
        fields.map(|_| ignored("fieldSelector", !selectors.fields.is_empty())),
        labels.map(|_| ignored("labelSelector", !selectors.labels.is_empty())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
