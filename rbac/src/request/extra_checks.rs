//! What the API server asks its authorizer later, when it carries a request out.

use kubelogic_core::access::{OwnedAttributes, OwnedTarget};

use super::gate::{Gate, Gates};
use super::http::RequestInfo;

/// A further question to the authorizer, asked only in the case that `when` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraCheck {
    /// What is asked.
    pub attributes: OwnedAttributes,
    /// When it is asked, as a clause: `when the object does not exist`.
    pub when: &'static str,
}

/// What a request has to be allowed beside what is asked first.
///
/// ```
/// use kubelogic_rbac::{Gates, HttpRequest, extra_checks};
///
/// let gates = Gates::new("1.37".parse().unwrap());
/// let exec = HttpRequest::parse("GET /api/v1/namespaces/shop/pods/web/exec?command=sh")?;
/// let extra = extra_checks(&exec.info(&gates).unwrap(), &gates);
/// assert_eq!(extra[0].attributes.to_string(), "create pods/exec \"web\" in namespace \"shop\"");
/// # Ok::<(), kubelogic_rbac::RbacError>(())
/// ```
pub fn extra_checks(info: &RequestInfo, gates: &Gates) -> Vec<ExtraCheck> {
    let OwnedTarget::Resource { group, resource, subresource, .. } = &info.attributes.target else {
        return Vec::new();
    };
    let create = |when| {
        let attributes = OwnedAttributes { verb: "create".to_owned(), ..info.attributes.clone() };
        vec![ExtraCheck { attributes, when }]
    };
    let streams = matches!(subresource.as_str(), "exec" | "attach" | "portforward");
    match info.attributes.verb.as_str() {
        // upstream: pkg/registry/core/pod/rest/subresources.go (ensureAuthorizedForVerb)
        "get"
            if group.is_empty()
                && resource == "pods"
                && streams
                && gates.is_on(Gate::AuthorizePodWebsocketUpgradeCreatePermission) =>
        {
            create("before the stream is opened")
        }
        // upstream: apiserver pkg/endpoints/handlers/update.go, patch.go (withAuthorization)
        "update" if subresource.is_empty() => {
            create("when the object does not exist and the update would create it")
        }
        "patch" if subresource.is_empty() => {
            create("when the object does not exist and the patch is an apply patch")
        }
        _ => Vec::new(),
    }
}
