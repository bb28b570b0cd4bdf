//! From the word that a person types to a resource, as kubectl finds it.

use super::{Discovery, Resource};
use crate::near::nearest;

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

/// A word taken apart: `deployments`, `deployments.apps`, `deployments.v1.apps`.
struct Typed<'a> {
    resource: &'a str,
    group: &'a str,
    version: &'a str,
}

impl Discovery {
    /// The resource that kubectl takes a word for: plural, singular, kind in any case, short name, each with a
    /// group or a beginning of one behind a dot.
    ///
    /// ```
    /// use kubelogic_core::schema::Discovery;
    /// let discovery = Discovery::of("1.37".parse()?);
    /// assert_eq!(discovery.find("deploy").unwrap().plural, "deployments");
    /// assert_eq!(discovery.find("Ingress.networking").unwrap().group, "networking.k8s.io");
    /// assert_eq!(discovery.find("jobs.v1.batch").unwrap().kind, "Job");
    /// assert!(discovery.find("unicorns").is_none());
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn find(&self, word: &str) -> Option<Resource<'_>> {
        let word = word.to_lowercase();
        self.search(&word, &mut Vec::new())
    }

    /// What `kubectl auth can-i` asks about when a word is typed, with its warnings.
    ///
    /// An unknown word is asked about as it stands, in the core group.
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
        let lower = word.to_lowercase();
        let mut warnings = Vec::new();
        if let Some(resource) = self.search(&lower, &mut warnings) {
            let (group, plural) = (resource.group.to_owned(), resource.plural.to_owned());
            return Resolved { group, plural, resource: Some(resource), warnings, nearest: None };
        }
        let (resource, group) = lower.split_once('.').unwrap_or((&lower, ""));
        if group.is_empty() && UNDISCOVERED.contains(&resource) {
            return literal(warnings, None);
        }
        warnings.push(if group.is_empty() {
            format!("the server doesn't have a resource type '{resource}'")
        } else {
            format!("the server doesn't have a resource type '{resource}' in group '{group}'")
        });
        let known = self
            .served()
            .flat_map(|known| [known.plural, known.singular].into_iter().chain(known.short_names()));
        literal(warnings, nearest(resource, known))
    }

    fn search(&self, word: &str, warnings: &mut Vec<String>) -> Option<Resource<'_>> {
        // upstream: apimachinery pkg/runtime/schema/group_version.go (ParseResourceArg)
        let (resource, group) = word.split_once('.').unwrap_or((word, ""));
        let full = group.split_once('.').map(|(version, group)| Typed { resource, group, version });
        let full = full.and_then(|typed| self.mapped(&typed, warnings));
        full.or_else(|| self.mapped(&Typed { resource, group, version: "" }, warnings))
    }

    /// The first match by preference of group and version.
    fn mapped(&self, typed: &Typed<'_>, warnings: &mut Vec<String>) -> Option<Resource<'_>> {
        let expanded = self.expand(typed, warnings);
        let (resource, group, version) = match &expanded {
            // upstream: client-go restmapper/shortcut.go returns no version with an expanded short name.
            Some(long) => (long.plural, long.group, ""),
            None => (typed.resource, typed.group, typed.version),
        };
        // upstream: client-go restmapper/discovery.go, apimachinery pkg/api/meta/{restmapper,priority}.go:
        // kubectl's mapper has one mapper per group and version and asks all of them.
        self.served().find(|known| {
            let named = known.plural == resource || known.singular == resource;
            let versioned = version.is_empty() || known.version == version;
            let grouped =
                if version.is_empty() { known.group.starts_with(group) } else { known.group == group };
            named && versioned && grouped
        })
    }

    /// The resource that a short name stands for.
    fn expand(&self, typed: &Typed<'_>, warnings: &mut Vec<String>) -> Option<Resource<'_>> {
        let in_group = |known: &Resource<'_>| typed.group.is_empty() || known.group == typed.group;
        let named = |known: &Resource<'_>| known.plural == typed.resource || known.singular == typed.resource;
        if self.served().any(|known| in_group(&known) && named(&known)) {
            return None;
        }
        let short = |known: &Resource<'_>| known.short_names().any(|name| name == typed.resource);
        let mut found: Option<Resource<'_>> = None;
        for known in self.served().filter(|known| in_group(known) && short(known)) {
            let Some(first) = found else {
                found = Some(known);
                continue;
            };
            if (first.group, first.plural) == (known.group, known.plural) {
                continue;
            }
            let other = if known.group.is_empty() {
                known.plural.to_owned()
            } else {
                format!("{}.{}", known.plural, known.group)
            };
            let warning =
                format!("short name \"{}\" could also match lower priority resource {other}", typed.resource);
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
        let prefixed = |known: &Resource<'_>| !typed.group.is_empty() && known.group.starts_with(typed.group);
        found.or_else(|| self.served().find(|known| prefixed(known) && short(known)))
    }

    fn served(&self) -> impl Iterator<Item = Resource<'_>> {
        self.resources().filter(|resource| resource.by_default)
    }
}

/// Resources that no discovery document lists and that can-i takes without a warning.
const UNDISCOVERED: [&str; 2] = ["users", "groups"];
