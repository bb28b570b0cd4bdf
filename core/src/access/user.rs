//! Who asks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A user as the API server sees it after authentication.
///
/// Nothing is added to what is given: see [`UserInfo::impersonated`] for the groups that `kubectl --as` adds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserInfo {
    /// The user name.
    #[serde(default)]
    pub name: String,
    /// The unique id, often empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub uid: String,
    /// Group names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// Further attributes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, Vec<String>>,
}

impl UserInfo {
    /// Exactly this user with exactly these groups, as in a SubjectAccessReview.
    ///
    /// ```
    /// use kubelogic_core::access::UserInfo;
    /// let user = UserInfo::exact("ann", ["dev"]);
    /// assert_eq!(user.groups, ["dev"]);
    /// ```
    pub fn exact(name: impl Into<String>, groups: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { name: name.into(), groups: groups.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Exactly this user, in no group at all.
    ///
    /// ```
    /// use kubelogic_core::access::UserInfo;
    /// assert!(UserInfo::named("ann").groups.is_empty());
    /// ```
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// A service account with the groups that its token gives it.
    ///
    /// ```
    /// use kubelogic_core::access::UserInfo;
    /// let user = UserInfo::of_service_account("shop", "ci");
    /// assert_eq!(user.name, "system:serviceaccount:shop:ci");
    /// assert_eq!(
    ///     user.groups,
    ///     ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"]
    /// );
    /// ```
    pub fn of_service_account(namespace: &str, name: &str) -> Self {
        // upstream: apiserver pkg/authentication/serviceaccount/util.go (MakeUsername, MakeGroupNames)
        let groups = [
            "system:serviceaccounts".to_owned(),
            format!("system:serviceaccounts:{namespace}"),
            AUTHENTICATED.to_owned(),
        ];
        Self::exact(format!("system:serviceaccount:{namespace}:{name}"), groups)
    }

    /// The user that impersonation makes of a name and groups: what `kubectl --as NAME --as-group GROUP` asks as.
    ///
    /// A service account without groups gets its two groups; then `system:authenticated` is added, unless
    /// `system:authenticated` or `system:unauthenticated` is given; `system:anonymous` gets
    /// `system:unauthenticated`.
    ///
    /// ```
    /// use kubelogic_core::access::UserInfo;
    /// let user = UserInfo::impersonated("system:serviceaccount:shop:api", Vec::<String>::new());
    /// assert_eq!(
    ///     user.groups,
    ///     ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"]
    /// );
    /// ```
    pub fn impersonated(
        name: impl Into<String>,
        groups: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        // upstream: apiserver pkg/endpoints/filters/impersonation/impersonation.go (WithImpersonation)
        let mut user = Self::exact(name, groups);
        if user.groups.is_empty()
            && let Some((namespace, _)) = user.service_account()
        {
            user.groups =
                vec!["system:serviceaccounts".into(), format!("system:serviceaccounts:{namespace}")];
        }
        if user.name == ANONYMOUS {
            // An anonymous request never counts as authenticated.
            if !user.groups.iter().any(|group| group == UNAUTHENTICATED) {
                user.groups.push(UNAUTHENTICATED.into());
            }
        } else if !user.groups.iter().any(|group| group == AUTHENTICATED || group == UNAUTHENTICATED) {
            user.groups.push(AUTHENTICATED.into());
        }
        user
    }

    /// Namespace and name, when the user name is that of a service account.
    ///
    /// ```
    /// use kubelogic_core::access::UserInfo;
    /// let user = UserInfo::exact("system:serviceaccount:shop:api", Vec::<String>::new());
    /// assert_eq!(user.service_account(), Some(("shop", "api")));
    /// ```
    pub fn service_account(&self) -> Option<(&str, &str)> {
        // upstream: apiserver pkg/authentication/serviceaccount/util.go (SplitUsername)
        let (namespace, name) = self.name.strip_prefix("system:serviceaccount:")?.split_once(':')?;
        (is_dns_label(namespace) && is_dns_subdomain(name)).then_some((namespace, name))
    }
}

const ANONYMOUS: &str = "system:anonymous";
const AUTHENTICATED: &str = "system:authenticated";
const UNAUTHENTICATED: &str = "system:unauthenticated";

fn is_dns_label(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = text.as_bytes();
    bytes.len() <= 63
        && bytes.first().is_some_and(|byte| inner(*byte))
        && bytes.last().is_some_and(|byte| inner(*byte))
        && bytes.iter().all(|byte| inner(*byte) || *byte == b'-')
}

fn is_dns_subdomain(text: &str) -> bool {
    text.len() <= 253
        && text.split('.').all(|label| {
            // A label of a subdomain has no length limit of its own upstream.
            let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            let bytes = label.as_bytes();
            bytes.first().is_some_and(|byte| inner(*byte))
                && bytes.last().is_some_and(|byte| inner(*byte))
                && bytes.iter().all(|byte| inner(*byte) || *byte == b'-')
        })
}
