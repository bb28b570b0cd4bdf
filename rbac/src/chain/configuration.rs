//! Which authorizers an API server has, from its flags or from a file.

use std::fmt;

use kubelogic_core::meta::Duration;

/// The types of authorizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthorizerType {
    /// Allows everything.
    AlwaysAllow,
    /// Allows nothing.
    AlwaysDeny,
    /// A policy file.
    Abac,
    /// Somebody else.
    Webhook,
    /// Roles and bindings.
    Rbac,
    /// Kubelets.
    Node,
}

/// Every type with upstream's word for it, in the order in which upstream lists them.
const TYPES: &[(AuthorizerType, &str)] = &[
    (AuthorizerType::AlwaysAllow, "AlwaysAllow"),
    (AuthorizerType::AlwaysDeny, "AlwaysDeny"),
    (AuthorizerType::Abac, "ABAC"),
    (AuthorizerType::Webhook, "Webhook"),
    (AuthorizerType::Rbac, "RBAC"),
    (AuthorizerType::Node, "Node"),
];

impl AuthorizerType {
    /// The type of a word such as `RBAC`; letter by letter.
    ///
    /// ```
    /// use kubelogic_rbac::AuthorizerType;
    /// assert_eq!(AuthorizerType::of("RBAC"), Some(AuthorizerType::Rbac));
    /// assert_eq!(AuthorizerType::of("rbac"), None);
    /// ```
    pub fn of(word: &str) -> Option<Self> {
        TYPES.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
    }

    /// The name that this authorizer has in reasons, unless it is a webhook of a configuration file.
    pub(super) fn own_name(self) -> String {
        // upstream: pkg/kubeapiserver/authorizer/config.go (GetNameForAuthorizerMode),
        // pkg/kubeapiserver/options/authorization.go
        if self == Self::Webhook { "default".to_owned() } else { self.to_string().to_lowercase() }
    }

    /// The words of all types, sorted.
    pub(super) fn words() -> Vec<&'static str> {
        let mut words: Vec<&str> = TYPES.iter().map(|(_, word)| *word).collect();
        words.sort_unstable();
        words
    }
}

impl fmt::Display for AuthorizerType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = TYPES.iter().find(|(kind, _)| kind == self).map(|(_, word)| *word);
        out.write_str(word.unwrap_or_default())
    }
}

/// What counts when a webhook cannot be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FailurePolicy {
    /// The next authorizer is asked.
    #[default]
    NoOpinion,
    /// The request is refused.
    Deny,
}

impl FailurePolicy {
    /// Upstream's word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoOpinion => "NoOpinion",
            Self::Deny => "Deny",
        }
    }
}

/// What a configuration says about a webhook, after defaulting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookConfiguration {
    /// How long a yes is kept.
    pub authorized_ttl: Duration,
    /// Whether a yes is kept at all.
    pub cache_authorized_requests: bool,
    /// How long a no is kept.
    pub unauthorized_ttl: Duration,
    /// Whether a no is kept at all.
    pub cache_unauthorized_requests: bool,
    /// How long an answer may take.
    pub timeout: Duration,
    /// The version of the review that is sent.
    pub subject_access_review_version: String,
    /// The version of the review that conditions are about.
    pub match_condition_subject_access_review_version: String,
    /// What counts when the webhook cannot be asked.
    pub failure_policy: FailurePolicy,
    /// `KubeConfigFile` or `InClusterConfig`.
    pub connection_type: String,
    /// The kubeconfig file.
    pub kube_config_file: Option<String>,
    /// Expressions in CEL; one that is false keeps the webhook out of a request.
    pub match_conditions: Vec<String>,
}

impl Default for WebhookConfiguration {
    /// What the flags mean when none of them says more.
    fn default() -> Self {
        // upstream: pkg/kubeapiserver/options/authorization.go (buildAuthorizationConfiguration)
        Self {
            authorized_ttl: Duration::from_seconds(5 * 60),
            cache_authorized_requests: true,
            unauthorized_ttl: Duration::from_seconds(30),
            cache_unauthorized_requests: true,
            timeout: Duration::from_seconds(30),
            subject_access_review_version: "v1beta1".to_owned(),
            match_condition_subject_access_review_version: String::new(),
            failure_policy: FailurePolicy::NoOpinion,
            connection_type: "KubeConfigFile".to_owned(),
            kube_config_file: None,
            match_conditions: Vec::new(),
        }
    }
}

/// One authorizer of a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizerConfiguration {
    /// Its type.
    pub kind: AuthorizerType,
    /// Its name in reasons and metrics.
    pub name: String,
    /// What is said about a webhook.
    pub webhook: Option<WebhookConfiguration>,
}

/// The authorizers of an API server in the order in which they are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorizationConfiguration {
    /// In order.
    pub authorizers: Vec<AuthorizerConfiguration>,
}

impl AuthorizationConfiguration {
    /// What `--authorization-mode` means; no mode at all means `AlwaysAllow`.
    ///
    /// # Errors
    /// When a mode is not known or stands twice, in upstream's words.
    ///
    /// ```
    /// use kubelogic_rbac::AuthorizationConfiguration;
    /// let configuration = AuthorizationConfiguration::of_modes(&["Node", "RBAC"])?;
    /// assert_eq!(configuration.authorizers[1].name, "rbac");
    /// let error = AuthorizationConfiguration::of_modes(&["Rbac"]).unwrap_err();
    /// assert_eq!(error.to_string(), "authorization-mode \"Rbac\" is not a valid mode");
    /// # Ok::<(), kubelogic_rbac::ConfigurationError>(())
    /// ```
    pub fn of_modes(modes: &[&str]) -> Result<Self, super::ConfigurationError> {
        // upstream: pkg/kubeapiserver/options/authorization.go (Complete, Validate)
        if modes.is_empty() {
            return Self::of_modes(&["AlwaysAllow"]);
        }
        let mut authorizers = Vec::new();
        let mut errors = Vec::new();
        for mode in modes {
            match AuthorizerType::of(mode) {
                Some(kind) => {
                    let webhook = (kind == AuthorizerType::Webhook).then(WebhookConfiguration::default);
                    authorizers.push(AuthorizerConfiguration { kind, name: kind.own_name(), webhook });
                }
                None => errors.push(format!(
                    "authorization-mode {} is not a valid mode",
                    kubelogic_core::quote::quoted(mode)
                )),
            }
        }
        let distinct: std::collections::BTreeSet<_> = modes.iter().collect();
        if distinct.len() != modes.len() {
            let quoted: Vec<String> = modes.iter().map(|mode| kubelogic_core::quote::quoted(mode)).collect();
            let all = quoted.join(" ");
            errors.push(format!("authorization-mode [{all}] has mode specified more than once"));
        }
        if errors.is_empty() {
            Ok(Self { authorizers })
        } else {
            Err(super::ConfigurationError::of_flags(super::joined(errors)))
        }
    }

    /// Whether an authorizer of a type is named.
    pub fn names(&self, kind: AuthorizerType) -> bool {
        self.authorizers.iter().any(|authorizer| authorizer.kind == kind)
    }
}
