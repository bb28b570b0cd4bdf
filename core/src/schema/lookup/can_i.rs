//! The resource that `kubectl auth can-i` asks about, and its warnings.

use super::rest_mapper::Found;
use super::{Typed, lower};
use crate::near::nearest;
use crate::schema::{Discovery, Resource};

/// What a typed word means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved<'a> {
    /// The API group.
    pub group: String,
    /// The plural name; for an unknown word the word itself.
    pub plural: String,
    /// The resource, when it is known.
    pub resource: Option<Resource<'a>>,
    /// kubectl's warnings, word for word.
    pub warnings: Vec<String>,
    /// For an unknown word the known one that was probably meant.
    pub nearest: Option<&'a str>,
}

impl Resolved<'_> {
    /// What kubectl says when a cluster-scoped resource is asked about in a namespace, that is without
    /// `--all-namespaces`.
    ///
    /// ```
    /// use kubelogic_core::schema::Discovery;
    /// let discovery = Discovery::of("1.37".parse()?);
    /// let nodes = discovery.resolve("no");
    /// assert_eq!(nodes.scope_warning().unwrap(), "resource 'nodes' is not namespace scoped");
    /// assert_eq!(discovery.resolve("po").scope_warning(), None);
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn scope_warning(&self) -> Option<String> {
        // upstream: kubectl pkg/cmd/auth/cani.go (Validate, isNamespaced)
        let resource = self.resource.filter(|resource| !resource.namespaced)?;
        Some(if resource.group.is_empty() {
            format!("resource '{}' is not namespace scoped", resource.plural)
        } else {
            format!("resource '{}' is not namespace scoped in group '{}'", resource.plural, resource.group)
        })
    }
}

/// What kubectl says about a verb that it does not know, of resources (without `--all-namespaces`) or of URLs.
///
/// ```
/// use kubelogic_core::schema::verb_warning;
/// assert_eq!(verb_warning("obtain", false).unwrap(), "verb 'obtain' is not a known verb");
/// assert_eq!(verb_warning("list", false), None);
/// assert!(verb_warning("list", true).is_some());
/// ```
pub fn verb_warning(verb: &str, of_url: bool) -> Option<String> {
    let known = if of_url { URL_VERBS } else { RESOURCE_VERBS };
    (!known.contains(&verb)).then(|| format!("verb '{verb}' is not a known verb"))
}

impl Discovery {
    /// What `kubectl auth can-i` asks about when a word is typed, with its warnings.
    ///
    /// Unlike [`Discovery::find`] it takes short names and groups in any case, but no kinds whose resource has another
    /// name. An unknown word is asked about as it stands, in the core group.
    ///
    /// ```
    /// use kubelogic_core::schema::Discovery;
    /// let discovery = Discovery::of("1.37".parse()?);
    /// let unknown = discovery.resolve("deploymets");
    /// assert_eq!((unknown.group.as_str(), unknown.plural.as_str()), ("", "deploymets"));
    /// assert_eq!(unknown.warnings, ["the server doesn't have a resource type 'deploymets'"]);
    /// assert_eq!(unknown.nearest, Some("deployments"));
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn resolve(&self, word: &str) -> Resolved<'_> {
        // upstream: kubectl pkg/cmd/auth/cani.go (resourceFor)
        let literal = |warnings, nearest| Resolved {
            group: String::new(),
            plural: word.to_owned(),
            resource: None,
            warnings,
            nearest,
        };
        if word == "*" {
            return literal(Vec::new(), None);
        }
        let lowered = lower(word);
        let (full, short) = Typed::readings(&lowered);
        let mut warnings = Vec::new();
        let found = full
            .and_then(|typed| self.resource_for(typed, &mut warnings))
            .or_else(|| self.resource_for(short, &mut warnings));
        let (group, plural, resource) = match found {
            Some(Found::Resource(resource)) => {
                (resource.group.to_owned(), resource.plural.to_owned(), Some(resource))
            }
            Some(Found::Guessed { group, plural }) => (group.to_owned(), plural, None),
            None if short.group.is_empty() && UNDISCOVERED.contains(&short.resource) => {
                return literal(warnings, None);
            }
            None => {
                warnings.push(if short.group.is_empty() {
                    format!("the server doesn't have a resource type '{}'", short.resource)
                } else {
                    format!(
                        "the server doesn't have a resource type '{}' in group '{}'",
                        short.resource, short.group
                    )
                });
                let known = self
                    .served()
                    .flat_map(|known| [known.plural, known.singular].into_iter().chain(known.short_names()));
                return literal(warnings, nearest(short.resource, known));
            }
        };
        Resolved { group, plural, resource, warnings, nearest: None }
    }
}

/// Resources that no discovery document lists and that can-i takes without a warning.
const UNDISCOVERED: [&str; 2] = ["users", "groups"];

const RESOURCE_VERBS: &[&str] = &[
    "get",
    "list",
    "watch",
    "create",
    "update",
    "patch",
    "delete",
    "deletecollection",
    "use",
    "bind",
    "impersonate",
    "*",
    "approve",
    "sign",
    "escalate",
    "attest",
];

const URL_VERBS: &[&str] = &["get", "put", "post", "head", "options", "delete", "patch", "*"];
