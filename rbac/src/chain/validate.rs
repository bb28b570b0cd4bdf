//! What the API server checks about the authorizers of a configuration.

use std::collections::BTreeSet;

use kubelogic_core::field::{BadValue, FieldError, FieldErrorKind};
use kubelogic_core::meta::{Duration, dns_subdomain_problems};
use kubelogic_core::object::FieldPath;

use super::configuration::{
    AuthorizationConfiguration, AuthorizerConfiguration, AuthorizerType, FailurePolicy, WebhookConfiguration,
};

/// An authorizer as it is written, with defaults.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) webhook: Option<WrittenWebhook>,
}

/// A webhook as it is written, with defaults.
#[derive(Clone, Debug)]
pub(super) struct WrittenWebhook {
    pub(super) authorized_ttl: Duration,
    pub(super) cache_authorized_requests: bool,
    pub(super) unauthorized_ttl: Duration,
    pub(super) cache_unauthorized_requests: bool,
    pub(super) timeout: Duration,
    pub(super) subject_access_review_version: String,
    pub(super) match_condition_subject_access_review_version: String,
    pub(super) failure_policy: String,
    pub(super) connection_type: String,
    pub(super) kube_config_file: Option<String>,
    pub(super) match_conditions: Vec<String>,
}

/// More conditions than these are refused.
const MOST_CONDITIONS: usize = 64;

/// Every complaint, and the configuration when there is none.
pub(super) fn validate(authorizers: &[Written]) -> (Vec<FieldError>, AuthorizationConfiguration) {
    // upstream: apiserver pkg/apis/apiserver/validation/validation.go (ValidateAuthorizationConfiguration)
    let list = FieldPath::root().field("authorizers");
    let mut errors = Vec::new();
    if authorizers.is_empty() {
        errors.push(FieldError::required(list.clone(), "at least one authorization mode must be defined"));
    }
    let (mut types, mut names) = (BTreeSet::new(), BTreeSet::new());
    let mut configuration = AuthorizationConfiguration::default();
    for (index, written) in authorizers.iter().enumerate() {
        let path = list.clone().index(index);
        if written.kind.is_empty() {
            errors.push(FieldError::required(path.clone().field("type"), ""));
            continue;
        }
        let Some(kind) = AuthorizerType::of(&written.kind) else {
            let known = AuthorizerType::words();
            errors.push(FieldError::not_supported(path.clone().field("type"), &written.kind, &known));
            continue;
        };
        if !types.insert(kind) && kind != AuthorizerType::Webhook {
            errors.push(FieldError::duplicate(path.clone().field("type"), &written.kind));
            continue;
        }
        let problems = dns_subdomain_problems(&written.name);
        if written.name.is_empty() {
            errors.push(FieldError::required(path.clone().field("name"), ""));
        } else if names.contains(&written.name) {
            errors.push(FieldError::duplicate(path.clone().field("name"), &written.name));
        } else if !problems.is_empty() {
            let detail = format!("authorizer name is invalid: {}", problems.join(", "));
            errors.push(FieldError::invalid(path.clone().field("name"), &written.name, &detail));
        }
        names.insert(&written.name);
        match (&written.webhook, kind) {
            (None, AuthorizerType::Webhook) => {
                errors
                    .push(FieldError::required(path.clone().field("webhook"), "required when type=Webhook"));
                continue;
            }
            (Some(webhook), AuthorizerType::Webhook) => webhook.validate(&path, &mut errors),
            (Some(_), _) => {
                let detail = "may only be specified when type=Webhook";
                errors.push(FieldError::invalid(path.clone().field("webhook"), "non-null", detail));
            }
            (None, _) => {}
        }
        let webhook = written.webhook.as_ref().map(WrittenWebhook::configuration);
        configuration.authorizers.push(AuthorizerConfiguration { kind, name: written.name.clone(), webhook });
    }
    (errors, configuration)
}

impl WrittenWebhook {
    /// Upstream reports the fields of a webhook under the path of their authorizer.
    fn validate(&self, path: &FieldPath, errors: &mut Vec<FieldError>) {
        // upstream: the same (ValidateWebhookConfiguration)
        let longest = Duration::from_seconds(30);
        let durations = [
            ("timeout", self.timeout, "must be > 0s and <= 30s", Some(longest)),
            ("authorizedTTL", self.authorized_ttl, "must be > 0s", None),
            ("unauthorizedTTL", self.unauthorized_ttl, "must be > 0s", None),
        ];
        for (field, given, detail, most) in durations {
            if given == Duration::ZERO {
                errors.push(FieldError::required(path.clone().field(field), ""));
            } else if given < Duration::ZERO || most.is_some_and(|most| given > most) {
                errors.push(FieldError::invalid(path.clone().field(field), &given.to_string(), detail));
            }
        }
        let field = path.clone().field("subjectAccessReviewVersion");
        match self.subject_access_review_version.as_str() {
            "" => errors.push(FieldError::required(field, "")),
            "v1" | "v1beta1" => {}
            given => errors.push(FieldError::not_supported(field, given, &["v1", "v1beta1"])),
        }
        let field = path.clone().field("matchConditionSubjectAccessReviewVersion");
        match self.match_condition_subject_access_review_version.as_str() {
            "" if self.match_conditions.is_empty() => {}
            "" => errors.push(FieldError::required(field, "required if match conditions are specified")),
            "v1" => {}
            given => errors.push(FieldError::not_supported(field, given, &["v1"])),
        }
        let field = path.clone().field("failurePolicy");
        match self.failure_policy.as_str() {
            "" => errors.push(FieldError::required(field, "")),
            "NoOpinion" | "Deny" => {}
            given => errors.push(FieldError::not_supported(field, given, &["NoOpinion", "Deny"])),
        }
        self.validate_connection(path, errors);
        self.validate_conditions(path, errors);
    }

    fn validate_connection(&self, path: &FieldPath, errors: &mut Vec<FieldError>) {
        let place = path.clone().field("connectionInfo");
        let file = self.kube_config_file.as_deref();
        match self.connection_type.as_str() {
            "" => errors.push(FieldError::required(place.clone().field("type"), "")),
            "InClusterConfig" => {
                if let Some(file) = file {
                    let detail = "can only be set when type=KubeConfigFile";
                    errors.push(FieldError::invalid(place.clone().field("kubeConfigFile"), file, detail));
                }
            }
            "KubeConfigFile" => match file {
                None | Some("") => {
                    errors.push(FieldError::required(place.clone().field("kubeConfigFile"), ""));
                }
                Some(file) if !file.starts_with('/') => {
                    let detail = "must be an absolute path";
                    errors.push(FieldError::invalid(place.clone().field("kubeConfigFile"), file, detail));
                }
                Some(_) => {}
            },
            given => {
                let json = |text: &str| kubelogic_core::quote::json_text(text);
                let file = file.map_or_else(|| "null".to_owned(), json);
                let shown = format!("{{\"Type\":{},\"KubeConfigFile\":{file}}}", json(given));
                let mut error = FieldError::not_supported(
                    place.clone().field("type"),
                    given,
                    &["InClusterConfig", "KubeConfigFile"],
                );
                error.bad_value = BadValue::Json(shown);
                errors.push(error);
            }
        }
    }

    fn validate_conditions(&self, path: &FieldPath, errors: &mut Vec<FieldError>) {
        // upstream: the same (compileMatchConditions)
        let place = path.clone().field("matchConditions");
        let count = self.match_conditions.len();
        if count > MOST_CONDITIONS {
            let shown = BadValue::Json(count.to_string());
            let detail = format!("must have at most {MOST_CONDITIONS} items");
            errors.push(FieldError::new(FieldErrorKind::TooMany, place, shown, &detail));
            return;
        }
        let mut seen = BTreeSet::new();
        for (index, expression) in self.match_conditions.iter().enumerate() {
            let field = place.clone().index(index).field("expression");
            if expression.trim().is_empty() {
                errors.push(FieldError::required(field, ""));
            } else if !seen.insert(expression) {
                errors.push(FieldError::duplicate(field, expression));
            }
        }
    }

    fn configuration(&self) -> WebhookConfiguration {
        WebhookConfiguration {
            authorized_ttl: self.authorized_ttl,
            cache_authorized_requests: self.cache_authorized_requests,
            unauthorized_ttl: self.unauthorized_ttl,
            cache_unauthorized_requests: self.cache_unauthorized_requests,
            timeout: self.timeout,
            subject_access_review_version: self.subject_access_review_version.clone(),
            match_condition_subject_access_review_version: self
                .match_condition_subject_access_review_version
                .clone(),
            failure_policy: match self.failure_policy.as_str() {
                "Deny" => FailurePolicy::Deny,
                _ => FailurePolicy::NoOpinion,
            },
            connection_type: self.connection_type.clone(),
            kube_config_file: self.kube_config_file.clone(),
            match_conditions: self.match_conditions.clone(),
        }
    }
}
