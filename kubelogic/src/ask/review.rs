//! What does the API server answer to a review of access?

use std::collections::BTreeMap;

use kubelogic_core::access::UserInfo;
use kubelogic_core::answer::Answer;
use kubelogic_core::decode::FieldValidation;
use kubelogic_core::read;
use kubelogic_rbac::{Review, ReviewAnswer, ReviewStatus, Status};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;

use super::decided::Definite;
use super::question::{AboutCluster as _, question};
use super::request::{AskedAttributes, AskedUser, gates};
use super::{AskError, BootstrapSetting, Catalogue, ValidationSetting};

question! {
    /// What does the API server answer to a SubjectAccessReview, a LocalSubjectAccessReview or a
    /// SelfSubjectAccessReview?
    AccessReviewQuestion about a cluster {
        /// The review: an object of `authorization.k8s.io`, version `v1` or `v1beta1`.
        #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
        review: Box<RawValue>,
        /// Who creates it: exactly this user. A SelfSubjectAccessReview is about him, and needs him.
        #[serde(default)]
        user: Option<UserInfo>,
        /// The namespace that a LocalSubjectAccessReview is sent to; its own unless given.
        #[serde(default)]
        namespace: String,
        /// Unknown fields of the review: an error, a warning, or nothing.
        #[serde(default)]
        field_validation: Option<ValidationSetting>,
        /// Feature gates that are not as the version has them by default.
        #[serde(default)]
        feature_gates: BTreeMap<String, bool>,
        /// The default roles and bindings.
        #[serde(default)]
        bootstrap: BootstrapSetting,
        /// Whether aggregated roles get the rules of the roles that they select; otherwise their own count.
        #[serde(default = "yes")]
        aggregate: bool,
        /// Takes roles and bindings as they are, also those that the API server would refuse today.
        #[serde(default)]
        stored: bool,
    }
}

fn yes() -> bool {
    true
}

/// The answer to a review: `status`, or `refusal` when the API server does not take the review.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewResult {
    /// What the API server writes into the review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ReviewStatus>,
    /// Who it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<AskedUser>,
    /// What the authorizer was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<AskedAttributes>,
    /// Why the API server does not take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Status>,
}

pub(super) fn access(
    catalogue: &Catalogue,
    mut question: AccessReviewQuestion,
) -> Result<Answer<AccessReviewResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    let model = catalogue.model(&question.take_input(), settings)?;
    let version = model.rbac.kube_version();
    let gates = gates(version, &question.feature_gates)?;
    let reading = read::text(question.review.get(), &read::Options::named("review").for_version(version));
    if let Some(error) = reading.errors.first() {
        return Err(error.into());
    }
    let Some(object) = reading.objects.first() else {
        return Err(AskError::bad_question("`review` is no object"));
    };
    let validation = question.field_validation.map_or(FieldValidation::Strict, Into::into);
    let review = Review::read(object, version, validation)?;
    let requester = question.user.unwrap_or_default();
    if review.kind() == kubelogic_rbac::ReviewKind::SelfSubjectAccessReview && requester.name.is_empty() {
        let mut error =
            AskError::bad_question("a SelfSubjectAccessReview is about who creates it, and nobody is given");
        error.help = Some("say who in `user`".to_owned());
        return Err(error);
    }
    let authorizer = Definite::new(&model.rbac);
    let said = review.answer(&authorizer, &requester, &question.namespace, &gates);
    authorizer.checked()?;
    Ok(match said {
        ReviewAnswer::Refused(refusal) => model.answer(AccessReviewResult {
            status: None,
            user: None,
            attributes: None,
            refusal: Some(*refusal),
        }),
        ReviewAnswer::Answered(answered) => {
            let warnings = model.rbac.request_warnings(&answered.user, &answered.attributes.attributes());
            let mut answer = model.answer(AccessReviewResult {
                status: Some(answered.status),
                attributes: Some(AskedAttributes::from(&answered.attributes)),
                user: Some(answered.user.into()),
                refusal: None,
            });
            answer.warnings.extend(warnings);
            answer
        }
    })
}
