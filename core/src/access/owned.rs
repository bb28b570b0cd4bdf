//! A request that holds its own texts.

use super::{Attributes, Selectors, Target};

/// A request as an authorizer sees it, with texts of its own: what a URL or a review is read into.
///
/// ```
/// use kubelogic_core::access::{Attributes, OwnedAttributes};
/// let asked = Attributes::resource("get", "", "pods").in_namespace("shop");
/// assert_eq!(OwnedAttributes::from(asked).attributes(), asked);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OwnedAttributes {
    /// `get`, `list`, `create` and the like; for a path the HTTP method in lower case.
    pub verb: String,
    /// The resource or path.
    pub target: OwnedTarget,
    /// What the request is limited to; empty when it has no selectors.
    pub selectors: Selectors,
}

/// The object of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OwnedTarget {
    /// A resource of the API.
    Resource {
        /// The API group; empty for the core group.
        group: String,
        /// The API version.
        version: String,
        /// The plural name.
        resource: String,
        /// `log`, `exec`, `status` and the like; empty for the resource itself.
        subresource: String,
        /// The object's name; empty when the request names none.
        name: String,
        /// The namespace; empty for cluster-scoped resources and for all namespaces.
        namespace: String,
    },
    /// A path such as `/healthz`.
    Path(String),
}

impl OwnedAttributes {
    /// The request, borrowed: what authorizers take.
    pub fn attributes(&self) -> Attributes<'_> {
        let target = match &self.target {
            OwnedTarget::Resource { group, version, resource, subresource, name, namespace } => {
                Target::Resource { group, version, resource, subresource, name, namespace }
            }
            OwnedTarget::Path(path) => Target::Path(path),
        };
        Attributes { verb: &self.verb, target, selectors: None }.limited_by(&self.selectors)
    }
}

impl From<Attributes<'_>> for OwnedAttributes {
    fn from(given: Attributes<'_>) -> Self {
        let target = match given.target {
            Target::Resource { group, version, resource, subresource, name, namespace } => {
                OwnedTarget::Resource {
                    group: group.to_owned(),
                    version: version.to_owned(),
                    resource: resource.to_owned(),
                    subresource: subresource.to_owned(),
                    name: name.to_owned(),
                    namespace: namespace.to_owned(),
                }
            }
            Target::Path(path) => OwnedTarget::Path(path.to_owned()),
        };
        Self { verb: given.verb.to_owned(), target, selectors: given.selectors.cloned().unwrap_or_default() }
    }
}

impl std::fmt::Display for OwnedAttributes {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.attributes().fmt(out)
    }
}
