//! What a client reads when it is refused.

use kubelogic_core::access::{Attributes, Target, UserInfo};
use kubelogic_core::quote::quoted;

use super::status::{Status, StatusDetails};

/// The message of the API server's 403, with the authorizer's reason behind it where there is one.
///
/// ```
/// use kubelogic_core::access::{Attributes, UserInfo};
/// use kubelogic_rbac::forbidden_message;
///
/// let ann = UserInfo::named("ann");
/// let get = Attributes::resource("get", "apps", "deployments").named("web").in_namespace("shop");
/// assert_eq!(
///     forbidden_message(&ann, &get, ""),
///     "deployments.apps \"web\" is forbidden: User \"ann\" cannot get resource \"deployments\" in API group \
///      \"apps\" in the namespace \"shop\""
/// );
/// assert_eq!(
///     forbidden_message(&ann, &Attributes::path("get", "/metrics"), "no"),
///     "forbidden: User \"ann\" cannot get path \"/metrics\": no"
/// );
/// ```
pub fn forbidden_message(user: &UserInfo, attributes: &Attributes<'_>, reason: &str) -> String {
    // upstream: apiserver pkg/endpoints/handlers/responsewriters/errors.go (ForbiddenStatusError),
    // apimachinery pkg/api/errors/errors.go (NewForbidden)
    let sentence = sentence(&user.name, attributes);
    let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
    let (group, resource, name) = object(attributes);
    let called = match (group, resource) {
        ("", "") => return format!("forbidden: {sentence}{reason}"),
        ("", resource) => resource.to_owned(),
        (group, resource) => format!("{resource}.{group}"),
    };
    let name = if name.is_empty() { String::new() } else { format!(" {}", quoted(name)) };
    format!("{called}{name} is forbidden: {sentence}{reason}")
}

/// The API server's 403.
///
/// ```
/// use kubelogic_core::access::{Attributes, UserInfo};
/// use kubelogic_rbac::forbidden_status;
/// let status = forbidden_status(&UserInfo::named("ann"), &Attributes::resource("list", "", "pods"), "");
/// assert_eq!((status.code, status.reason.as_str()), (403, "Forbidden"));
/// ```
pub fn forbidden_status(user: &UserInfo, attributes: &Attributes<'_>, reason: &str) -> Status {
    let (group, resource, name) = object(attributes);
    let details = StatusDetails {
        name: name.to_owned(),
        group: group.to_owned(),
        kind: resource.to_owned(),
        causes: Vec::new(),
    };
    Status {
        code: 403,
        reason: "Forbidden".to_owned(),
        message: forbidden_message(user, attributes, reason),
        details: Some(details),
    }
}

fn object<'a>(attributes: &Attributes<'a>) -> (&'a str, &'a str, &'a str) {
    match attributes.target {
        Target::Resource { group, resource, name, .. } => (group, resource, name),
        Target::Path(_) => ("", "", ""),
    }
}

fn sentence(user: &str, attributes: &Attributes<'_>) -> String {
    let (user, verb) = (quoted(user), attributes.verb);
    let text = match attributes.target {
        Target::Path(path) => format!("User {user} cannot {verb} path {}", quoted(path)),
        Target::Resource { group, resource, subresource, namespace, .. } => {
            let what = if subresource.is_empty() {
                quoted(resource)
            } else {
                quoted(&format!("{resource}/{subresource}"))
            };
            let place = if namespace.is_empty() {
                "at the cluster scope".to_owned()
            } else {
                format!("in the namespace {}", quoted(namespace))
            };
            let group = quoted(group);
            format!("User {user} cannot {verb} resource {what} in API group {group} {place}")
        }
    };
    harmless(&text)
}

/// The text without what a browser could take for HTML.
pub(crate) fn harmless(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
