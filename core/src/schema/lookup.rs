//! From the word that a person types to a resource, as kubectl finds it.

mod can_i;
mod rest_mapper;

use super::{Discovery, Resource};
pub use can_i::{Resolved, verb_warning};
use rest_mapper::Found;

/// A word taken apart: `deployments`, `deployments.apps` or `deployments.v1.apps`. What is not given is empty.
#[derive(Clone, Copy, Debug)]
struct Typed<'a> {
    resource: &'a str,
    group: &'a str,
    version: &'a str,
}

impl<'a> Typed<'a> {
    /// Both readings of a word: with a version, if it has two dots or more, and with a group behind the first dot.
    fn readings(word: &'a str) -> (Option<Self>, Self) {
        // upstream: apimachinery pkg/runtime/schema/group_version.go (ParseResourceArg)
        let (resource, group) = word.split_once('.').unwrap_or((word, ""));
        let full = group.split_once('.').map(|(version, group)| Self { resource, group, version });
        (full, Self { resource, group, version: "" })
    }
}

impl Discovery {
    /// The resource that `kubectl get` takes a word for: a plural or singular name or a kind, in any case, or a short
    /// name, in lower case, each with a group or the beginning of one behind a dot.
    ///
    /// ```
    /// use kubelogic_core::schema::Discovery;
    /// let discovery = Discovery::of("1.37".parse()?);
    /// assert_eq!(discovery.find("deploy").unwrap().plural, "deployments");
    /// assert_eq!(discovery.find("Ingress.networking").unwrap().group, "networking.k8s.io");
    /// assert_eq!(discovery.find("jobs.v1.batch").unwrap().kind, "Job");
    /// assert_eq!(discovery.find("PODS").unwrap().kind, "Pod");
    /// assert!(discovery.find("PO").is_none());
    /// assert!(discovery.find("unicorns").is_none());
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn find(&self, word: &str) -> Option<Resource<'_>> {
        // upstream: cli-runtime pkg/resource/builder.go (mappingFor)
        let (full, short) = Typed::readings(word);
        let named = full.and_then(|typed| self.kind_for(typed)).or_else(|| self.kind_for(short));
        match named {
            Some(Found::Resource(resource)) => return Some(resource),
            // The mapper believes in it, but no API server serves it.
            Some(Found::Guessed { .. }) => return None,
            None => {}
        }
        full.and_then(|typed| self.mapping_for_kind(typed)).or_else(|| self.mapping_for_kind(short))
    }
}

/// Lower case as Go's `strings.ToLower` makes it: letter by letter.
fn lower(word: &str) -> String {
    word.chars().filter_map(|letter| letter.to_lowercase().next()).collect()
}

#[cfg(test)]
mod tests;
