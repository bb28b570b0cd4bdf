//! Webhooks: what somebody else says, asked by a callback.

use kubelogic_core::access::{Attributes, Authorization, Decision, UserInfo};

use crate::chain::{FailurePolicy, WebhookConfiguration};

/// What a webhook says about a request.
///
/// A chain that reaches a webhook which nobody answers for is undecided; so every method may say that it does not
/// know.
///
/// ```
/// use kubelogic_core::access::{Attributes, UserInfo};
/// use kubelogic_rbac::{Webhook, WebhookReply};
///
/// /// Refuses whatever touches secrets.
/// struct NoSecrets;
///
/// impl Webhook for NoSecrets {
///     fn review(&self, _: &UserInfo, attributes: &Attributes<'_>) -> Option<WebhookReply> {
///         let denied = attributes.to_string().contains("secrets");
///         Some(WebhookReply::Answered { allowed: false, denied, reason: "no secrets".into() })
///     }
/// }
/// let reply = NoSecrets.review(&UserInfo::named("ann"), &Attributes::resource("get", "", "secrets"));
/// assert!(matches!(reply, Some(WebhookReply::Answered { denied: true, .. })));
/// ```
pub trait Webhook: Send + Sync {
    /// The answer to a SubjectAccessReview of this request; `None` when it is not known.
    fn review(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Option<WebhookReply>;

    /// Whether one of the webhook's match conditions holds, or why it cannot be evaluated; `None` when it is not
    /// known. Conditions are expressions in CEL, which this library does not evaluate.
    fn matches(
        &self,
        expression: &str,
        user: &UserInfo,
        attributes: &Attributes<'_>,
    ) -> Option<Result<bool, String>> {
        let _ = (expression, user, attributes);
        None
    }
}

/// What comes back from a webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebhookReply {
    /// The status of the review.
    Answered {
        /// `status.allowed`
        allowed: bool,
        /// `status.denied`
        denied: bool,
        /// `status.reason`
        reason: String,
    },
    /// The request failed with this error; the failure policy decides.
    Failed(String),
}

/// What a webhook makes of a request; the error names the condition or the answer that is not known.
pub(crate) fn authorize(
    name: &str,
    configuration: &WebhookConfiguration,
    webhook: Option<&dyn Webhook>,
    user: &UserInfo,
    attributes: &Attributes<'_>,
) -> Result<Authorization, String> {
    // upstream: apiserver plugin/pkg/authorizer/webhook/webhook.go (Authorize)
    let on_error = match configuration.failure_policy {
        FailurePolicy::NoOpinion => Decision::NoOpinion,
        FailurePolicy::Deny => Decision::Deny,
    };
    let failed = |error| Ok(Authorization { decision: on_error, reason: String::new(), error: Some(error) });
    let unknown = || format!("the authorizer `{name}` is a webhook, and nobody answers for it");
    let webhook = webhook.ok_or_else(unknown)?;
    let mut errors: Vec<String> = Vec::new();
    let mut unevaluated: Option<&str> = None;
    for expression in &configuration.match_conditions {
        match webhook.matches(expression, user, attributes) {
            // One that does not hold settles it, whatever becomes of the others.
            Some(Ok(false)) => {
                return Ok(Authorization {
                    decision: Decision::NoOpinion,
                    reason: String::new(),
                    error: None,
                });
            }
            Some(Ok(true)) => {}
            Some(Err(error)) => errors
                .push(format!("cel evaluation error: expression '{expression}' resulted in error: {error}")),
            None => unevaluated = unevaluated.or(Some(expression)),
        }
    }
    if let Some(expression) = unevaluated {
        return Err(format!(
            "the authorizer `{name}` has the match condition `{expression}`, and nobody evaluates it"
        ));
    }
    if !errors.is_empty() {
        return failed(super::chain::joined(errors));
    }
    match webhook.review(user, attributes).ok_or_else(unknown)? {
        WebhookReply::Failed(error) => failed(error),
        WebhookReply::Answered { allowed, denied, reason } => {
            let decision = match (denied, allowed) {
                (true, _) => Decision::Deny,
                (false, true) => Decision::Allow,
                (false, false) => Decision::NoOpinion,
            };
            let both = (denied && allowed)
                .then(|| "webhook subject access review returned both allow and deny response".to_owned());
            Ok(Authorization { decision, reason, error: both })
        }
    }
}
