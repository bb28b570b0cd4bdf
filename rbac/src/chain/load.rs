//! `AuthorizationConfiguration` files, as the API server reads them at its start.

use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::meta::Duration;
use kubelogic_core::object::{FieldPath, Location, Object, Value, ValueKind};
use kubelogic_core::read::{self, Options};
use kubelogic_core::schema::{Types, strict};
use kubelogic_core::version::KubeVersion;

use super::configuration::{AuthorizationConfiguration, AuthorizerType};
use super::validate::{self, Written, WrittenWebhook};
use crate::abac::header::{Named, named, not_registered};

/// Why an API server does not start with a configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ConfigurationError {
    message: String,
    findings: Vec<Finding>,
}

impl ConfigurationError {
    pub(super) fn of_flags(message: String) -> Self {
        Self { findings: Vec::new(), message }
    }

    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        "rbac/authorization-configuration"
    }

    /// What is wrong, each with its place.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl AuthorizationConfiguration {
    /// Reads a configuration file of any version, defaults it and validates it; `source` is its name in messages.
    ///
    /// Whether the kubeconfig files of webhooks are there is not looked at, and conditions are not compiled.
    ///
    /// # Errors
    /// When the API server would not start with it. The message is its own, but for texts that are no YAML and values
    /// of a wrong type.
    ///
    /// ```
    /// use kubelogic_core::version::KubeVersion;
    /// use kubelogic_rbac::AuthorizationConfiguration;
    ///
    /// let text = "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n\
    ///             - {type: Node, name: node}\n- {type: RBAC, name: roles}\n";
    /// let error = AuthorizationConfiguration::parse(text, "authz.yaml", KubeVersion::default()).unwrap_err();
    /// assert_eq!(error.to_string(), "expected name rbac for authorizer RBAC instead of roles");
    /// assert_eq!(error.findings()[0].location.as_ref().unwrap().to_string(), "authz.yaml:5:22");
    /// ```
    pub fn parse(text: &str, source: &str, version: KubeVersion) -> Result<Self, ConfigurationError> {
        // upstream: pkg/kubeapiserver/authorizer/config.go (LoadAndValidateData)
        let written = match decoded(text, source, version) {
            Ok(written) => written,
            Err((error, findings)) => {
                let message = format!("failed to load AuthorizationConfiguration from file: {error}");
                let findings = if findings.is_empty() {
                    vec![Finding::new(CODE, Severity::Error, error)]
                } else {
                    findings
                };
                return Err(ConfigurationError { message, findings });
            }
        };
        let (errors, configuration) = validate::validate(&written.authorizers);
        if let Some(message) = kubelogic_core::field::aggregate(&errors) {
            let finding = |error: &kubelogic_core::field::FieldError| {
                Finding::new(CODE, Severity::Error, error.to_string()).at(written.place(&error.path))
            };
            return Err(ConfigurationError { message, findings: errors.iter().map(finding).collect() });
        }
        let mut findings = Vec::new();
        for (index, authorizer) in configuration.authorizers.iter().enumerate() {
            let expected = authorizer.kind.own_name();
            if authorizer.kind != AuthorizerType::Webhook && authorizer.name != expected {
                let message = format!(
                    "expected name {expected} for authorizer {} instead of {}",
                    authorizer.kind, authorizer.name
                );
                let path = FieldPath::root().field("authorizers").index(index).field("name");
                findings.push(Finding::new(CODE, Severity::Error, message).at(written.place(&path)));
            }
        }
        if findings.is_empty() {
            return Ok(configuration);
        }
        let message = super::joined(findings.iter().map(|finding| finding.message.clone()).collect());
        Err(ConfigurationError { message, findings })
    }
}

/// The code of every complaint about a configuration.
const CODE: &str = "rbac/authorization-configuration";

/// A configuration before validation.
struct Document {
    authorizers: Vec<Written>,
    object: Option<Object>,
}

impl Document {
    /// Where a field stands; where what holds it stands when the field is not there.
    fn place(&self, path: &FieldPath) -> Location {
        match &self.object {
            // Webhooks are validated under the path of their authorizer: look one level deeper as well.
            Some(object) => {
                let exact = object.root().at(path).map(|value| value.location(path.clone()));
                exact
                    .or_else(|| within_webhook(object, path))
                    .unwrap_or_else(|| crate::policy::place(object, path.clone()))
            }
            None => Location {
                source: kubelogic_core::object::SourceName::new(""),
                document: 1,
                item: None,
                path: path.clone(),
                position: None,
            },
        }
    }
}

fn within_webhook(object: &Object, path: &FieldPath) -> Option<Location> {
    let mut deeper = FieldPath::root();
    for (depth, step) in path.steps().iter().enumerate() {
        if depth == 2 {
            deeper = deeper.field("webhook");
        }
        deeper = match step {
            kubelogic_core::object::PathStep::Field(name) => deeper.field(name),
            kubelogic_core::object::PathStep::Index(index) => deeper.index(*index),
            kubelogic_core::object::PathStep::Key(key) => deeper.key(key),
        };
    }
    object.root().at(&deeper).map(|value| value.location(path.clone()))
}

type Failure = (String, Vec<Finding>);

fn decoded(text: &str, source: &str, version: KubeVersion) -> Result<Document, Failure> {
    // upstream: apiserver pkg/apis/apiserver/load/load.go (LoadFromData)
    if text.is_empty() {
        return Ok(Document { authorizers: Vec::new(), object: None });
    }
    let json = text.trim_start().starts_with('{');
    if json {
        // What is wrong with JSON is said in Go's words before anything else.
        named(text).map_err(|error| (error, Vec::new()))?;
    }
    let object = read::value(text, &Options::named(source))
        .map_err(|error| (format!("yaml: {}", error.message), vec![Finding::from(&error)]))?;
    let said = if json { named(text) } else { named(&read::write::to_canonical_json(object.root())) };
    let said = said.map_err(|error| (error, Vec::new()))?;
    if said.kind.is_empty() {
        return Err((format!("Object 'Kind' is missing in '{text}'"), Vec::new()));
    }
    if said.version.is_empty() {
        return Err((format!("Object 'apiVersion' is missing in '{text}'"), Vec::new()));
    }
    let other = if is_configuration(&said) { None } else { other(&said) };
    if other.is_none() && !is_configuration(&said) {
        return Err((not_registered(&said, version), Vec::new()));
    }
    let found = strict::check(&object, &Types::of(version));
    let findings = || found.findings(kubelogic_core::decode::FieldValidation::Strict);
    if let Some(unusable) = found.no_type() {
        return Err((unusable.message.clone(), findings()));
    }
    if let Some(misfit) = found.stops_at() {
        // A null is read as the empty text, which is no duration.
        let null = misfit.found == ValueKind::Null && misfit.expected == "a duration";
        let empty = null.then(|| "time: invalid duration \"\"".to_owned());
        let reason = empty.or_else(|| misfit.reason.clone()).unwrap_or_else(|| {
            format!("`{}` must be {}, not {}", misfit.location.path, misfit.expected, misfit.found)
        });
        return Err((reason, findings()));
    }
    let errors = found.errors();
    if !errors.is_empty() {
        return Err((format!("strict decoding error: {}", errors.join(", ")), findings()));
    }
    if let Some(kind) = other {
        return Err((format!("expected AuthorizationConfiguration, got *apiserver.{kind}"), Vec::new()));
    }
    let authorizers = authorizers(object.root()).map_err(|error| (error, Vec::new()))?;
    Ok(Document { authorizers, object: Some(object) })
}

fn is_configuration(named: &Named) -> bool {
    named.group == GROUP
        && named.kind == "AuthorizationConfiguration"
        && matches!(named.version.as_str(), "v1" | "v1beta1" | "v1alpha1")
}

const GROUP: &str = "apiserver.config.k8s.io";

/// The type of another configuration that the loader can read, too.
fn other(named: &Named) -> Option<&'static str> {
    // upstream: apiserver pkg/apis/apiserver/{v1,v1beta1,v1alpha1}/register.go
    const KNOWN: &[(&str, &str, &str, &str)] = &[
        (GROUP, "v1", "AdmissionConfiguration", "AdmissionConfiguration"),
        (GROUP, "v1", "AuthenticationConfiguration", "AuthenticationConfiguration"),
        (GROUP, "v1", "EncryptionConfiguration", "EncryptionConfiguration"),
        (GROUP, "v1", "TracingConfiguration", "TracingConfiguration"),
        ("", "v1", "EncryptionConfig", "EncryptionConfiguration"),
        (GROUP, "v1beta1", "AuthenticationConfiguration", "AuthenticationConfiguration"),
        (GROUP, "v1beta1", "TracingConfiguration", "TracingConfiguration"),
        (GROUP, "v1alpha1", "AuthenticationConfiguration", "AuthenticationConfiguration"),
        (GROUP, "v1alpha1", "TracingConfiguration", "TracingConfiguration"),
        ("apiserver.k8s.io", "v1alpha1", "AdmissionConfiguration", "AdmissionConfiguration"),
        ("apiserver.k8s.io", "v1alpha1", "EgressSelectorConfiguration", "EgressSelectorConfiguration"),
        ("apiserver.k8s.io", "v1beta1", "EgressSelectorConfiguration", "EgressSelectorConfiguration"),
    ];
    KNOWN
        .iter()
        .find(|(group, version, kind, _)| {
            *group == named.group && *version == named.version && *kind == named.kind
        })
        .map(|(.., kind)| *kind)
}

/// Every authorizer with its defaults. What does not fit its type was found before.
fn authorizers(root: Value<'_>) -> Result<Vec<Written>, String> {
    let items = root.get("authorizers").map(|list| list.items().collect::<Vec<_>>()).unwrap_or_default();
    let written = items.into_iter().map(|item| {
        let webhook = item.get("webhook").filter(|webhook| !webhook.is_null()).map(webhook).transpose()?;
        Ok(Written { kind: text(item, "type"), name: text(item, "name"), webhook })
    });
    written.collect()
}

fn webhook(value: Value<'_>) -> Result<WrittenWebhook, String> {
    // upstream: apiserver pkg/apis/apiserver/v1/defaults.go (SetDefaults_WebhookConfiguration)
    let duration = |key: &str, default: i64| {
        let Some(given) = value.get(key) else { return Ok(Duration::from_seconds(default)) };
        // A null is read as the empty text, which is no duration.
        let given = Duration::parse(given.as_str().unwrap_or_default()).map_err(|error| error.to_string())?;
        Ok::<_, String>(if given == Duration::ZERO { Duration::from_seconds(default) } else { given })
    };
    let switch = |key: &str| value.get(key).and_then(|given| given.as_bool()).unwrap_or(true);
    let connection = value.get("connectionInfo");
    let conditions = value.get("matchConditions").map(|list| list.items().collect::<Vec<_>>());
    Ok(WrittenWebhook {
        authorized_ttl: duration("authorizedTTL", 5 * 60)?,
        cache_authorized_requests: switch("cacheAuthorizedRequests"),
        unauthorized_ttl: duration("unauthorizedTTL", 30)?,
        cache_unauthorized_requests: switch("cacheUnauthorizedRequests"),
        timeout: duration("timeout", 0)?,
        subject_access_review_version: text(value, "subjectAccessReviewVersion"),
        match_condition_subject_access_review_version: text(
            value,
            "matchConditionSubjectAccessReviewVersion",
        ),
        failure_policy: text(value, "failurePolicy"),
        connection_type: connection.map(|connection| text(connection, "type")).unwrap_or_default(),
        kube_config_file: connection
            .and_then(|connection| connection.get("kubeConfigFile"))
            .and_then(|file| file.as_str().map(str::to_owned)),
        match_conditions: conditions
            .unwrap_or_default()
            .into_iter()
            .map(|condition| text(condition, "expression"))
            .collect(),
    })
}

fn text(value: Value<'_>, key: &str) -> String {
    value.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
}
