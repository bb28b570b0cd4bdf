//! What is asked for.

use super::Selectors;

/// A request as an authorizer sees it.
///
/// Everything is compared letter by letter: verbs and resources are lower case, resources are plural.
///
/// ```
/// use kubelogic_core::access::Attributes;
/// let request = Attributes::resource("get", "apps", "deployments").in_namespace("shop").named("web");
/// assert_eq!(request.to_string(), "get deployments.apps \"web\" in namespace \"shop\"");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Attributes<'a> {
    /// `get`, `list`, `create` and the like; for a path the HTTP method in lower case.
    pub verb: &'a str,
    /// The resource or path.
    pub target: Target<'a>,
    /// What the request is limited to; `None` when it has no selectors.
    pub selectors: Option<&'a Selectors>,
}

/// The object of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target<'a> {
    /// A resource of the API.
    Resource {
        /// The API group; empty for the core group.
        group: &'a str,
        /// The API version, which only webhooks are told; empty or `*` when it is unknown.
        version: &'a str,
        /// The plural name.
        resource: &'a str,
        /// `log`, `exec`, `status` and the like; empty for the resource itself.
        subresource: &'a str,
        /// The object's name; empty when the request names none.
        name: &'a str,
        /// The namespace; empty for cluster-scoped resources and for all namespaces.
        namespace: &'a str,
    },
    /// A path such as `/healthz`.
    Path(&'a str),
}

impl<'a> Attributes<'a> {
    /// A request for a resource, cluster-wide and without a name.
    pub fn resource(verb: &'a str, group: &'a str, resource: &'a str) -> Self {
        let target =
            Target::Resource { group, version: "", resource, subresource: "", name: "", namespace: "" };
        Self { verb, target, selectors: None }
    }

    /// A request for a path that is no resource.
    pub fn path(verb: &'a str, path: &'a str) -> Self {
        Self { verb, target: Target::Path(path), selectors: None }
    }

    /// The same in a namespace. A path has none and stays as it is.
    #[must_use]
    pub fn in_namespace(mut self, wanted: &'a str) -> Self {
        if let Target::Resource { namespace, .. } = &mut self.target {
            *namespace = wanted;
        }
        self
    }

    /// The same for one object. A path has no name and stays as it is.
    #[must_use]
    pub fn named(mut self, wanted: &'a str) -> Self {
        if let Target::Resource { name, .. } = &mut self.target {
            *name = wanted;
        }
        self
    }

    /// The same for a subresource. A path has none and stays as it is.
    #[must_use]
    pub fn subresource(mut self, wanted: &'a str) -> Self {
        if let Target::Resource { subresource, .. } = &mut self.target {
            *subresource = wanted;
        }
        self
    }

    /// The same in an API version. A path has none and stays as it is.
    #[must_use]
    pub fn in_version(mut self, wanted: &'a str) -> Self {
        if let Target::Resource { version, .. } = &mut self.target {
            *version = wanted;
        }
        self
    }

    /// The same, limited by selectors.
    ///
    /// ```
    /// use kubelogic_core::access::{Attributes, Selectors};
    /// use kubelogic_core::version::KubeVersion;
    /// let selectors = Selectors::parse("spec.nodeName=a", "", KubeVersion::default());
    /// let request = Attributes::resource("list", "", "pods").limited_by(&selectors);
    /// assert_eq!(request.selectors.map(|given| given.fields.len()), Some(1));
    /// ```
    #[must_use]
    pub fn limited_by(mut self, selectors: &'a Selectors) -> Self {
        self.selectors = (!selectors.is_empty()).then_some(selectors);
        self
    }

    /// The namespace; empty for paths and for requests over the whole cluster.
    pub fn namespace(&self) -> &'a str {
        match self.target {
            Target::Resource { namespace, .. } => namespace,
            Target::Path(_) => "",
        }
    }
}

impl std::fmt::Display for Attributes<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.target {
            Target::Path(path) => write!(out, "{} {path}", self.verb),
            Target::Resource { group, resource, subresource, name, namespace, .. } => {
                write!(out, "{} {resource}", self.verb)?;
                if !group.is_empty() {
                    write!(out, ".{group}")?;
                }
                if !subresource.is_empty() {
                    write!(out, "/{subresource}")?;
                }
                if !name.is_empty() {
                    write!(out, " \"{name}\"")?;
                }
                if namespace.is_empty() {
                    out.write_str(" cluster-wide")
                } else {
                    write!(out, " in namespace \"{namespace}\"")
                }
            }
        }
    }
}
