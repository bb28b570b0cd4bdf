//! From what a person types to a kind and a path.

use std::cmp::Ordering;

use super::super::custom::compare_versions;
use super::super::{Availability, Discovery, GroupVersion, Kind, KindSource, Resource, Types};
use super::{ExplainError, when};
use crate::near::nearest;
use crate::version::KubeVersion;

/// A kind and the path of a field below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    group: String,
    version: String,
    kind: String,
    pub(super) path: Vec<String>,
}

/// A version and a group have fewer dots than this; a longer word is a path.
const MOST_PARTS_OF_A_GROUP: usize = 16;

impl Target {
    /// A kind by its name, and a path with dots, which may be empty. In the path `[]` and indices are passed over.
    pub fn new(api_version: &GroupVersion, kind: impl Into<String>, path: &str) -> Self {
        let GroupVersion { group, version } = api_version.clone();
        Self { group, version, kind: kind.into(), path: names(path) }
    }

    /// A resource as `kubectl explain` takes it, `deploy.spec.template` or `deployments.apps.spec.template`: a
    /// plural or singular name, a short name or a kind, then the path. A kind that is no resource of the API
    /// server, such as `KubeletConfiguration` or `HTTPRoute`, is found by its name; in several versions the most
    /// preferred one counts.
    ///
    /// # Errors
    /// [`ExplainError::UnknownKind`] when nothing goes by that name in this version.
    pub fn of_word(word: &str, version: KubeVersion) -> Result<Self, ExplainError> {
        let parts: Vec<&str> = word.split('.').collect();
        let (first, rest) = parts.split_first().unwrap_or((&"", &[]));
        let discovery = Discovery::of(version);
        // upstream: kubectl pkg/explain/explain.go (SplitAndParseResourceRequestWithMatchingPrefix)
        for length in (0..=rest.len().min(MOST_PARTS_OF_A_GROUP)).rev() {
            let (group, path) = rest.split_at_checked(length).unwrap_or_default();
            let group = group.join(".");
            let whole = if group.is_empty() { (*first).to_owned() } else { format!("{first}.{group}") };
            let found = discovery.find(&whole).filter(|resource| {
                let versioned = format!("{}.{}", resource.version, resource.group);
                length == 0 || group == resource.group || group == versioned
            });
            if let Some(resource) = found {
                return Ok(Self {
                    group: resource.group.to_owned(),
                    version: resource.version.to_owned(),
                    kind: resource.kind.to_owned(),
                    path: names(&path.join(".")),
                });
            }
        }
        let kind = preferred_kind(Types::of(version), first, None)
            .ok_or_else(|| unknown_word(first, &discovery, version))?;
        Ok(Self {
            group: kind.group().to_owned(),
            version: kind.version().to_owned(),
            kind: kind.kind().to_owned(),
            path: names(&rest.join(".")),
        })
    }

    /// As [`Target::of_word`], but in this version of a group.
    ///
    /// # Errors
    /// [`ExplainError`] when nothing goes by that name there.
    pub fn of_word_in(
        word: &str,
        api_version: &GroupVersion,
        version: KubeVersion,
    ) -> Result<Self, ExplainError> {
        let (first, path) = word.split_once('.').unwrap_or((word, ""));
        let discovery = Discovery::of(version);
        let resources = || discovery.resources().filter(|one| one.group == api_version.group);
        let lowered = first.to_lowercase();
        let called = |one: &Resource<'_>| {
            one.plural == lowered || one.singular == lowered || one.short_names().any(|short| short == first)
        };
        let kind = resources().find(called).map(|one| one.kind);
        let kind =
            kind.or_else(|| preferred_kind(Types::of(version), first, Some(api_version)).map(Kind::kind));
        Ok(Self::new(api_version, kind.unwrap_or(first), path))
    }

    pub(super) fn kind_of(&self, types: Types) -> Result<Kind<'static>, ExplainError> {
        types.find(&self.group, &self.version, &self.kind).ok_or_else(|| {
            let there = Types::kind_since_until(&self.group, &self.version, &self.kind);
            let versions = || {
                let others = types.kinds().filter(|one| one.group() == self.group && one.kind() == self.kind);
                let others: Vec<String> =
                    others.map(|one| format!("`{}`", api_version(one.group(), one.version()))).collect();
                (!others.is_empty()).then(|| format!("{} has it", others.join(" and ")))
            };
            let near = || {
                let same = types.kinds().filter(|one| one.group() == self.group);
                let same = same.filter(|one| one.version() == self.version).map(Kind::kind);
                nearest(&self.kind, same).map(|near| format!("did you mean `{near}`?"))
            };
            ExplainError::UnknownVersionKind {
                api_version: api_version(&self.group, &self.version),
                kind: self.kind.clone(),
                version: types.kube_version(),
                help: there.map(when).or_else(versions).or_else(near),
            }
        })
    }
}

/// The names of a path: `spec.containers[].image` and `spec.containers[0].image` are `spec.containers.image`.
fn names(path: &str) -> Vec<String> {
    let names = path.split('.').map(|part| part.split('[').next().unwrap_or_default());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// A kind by its name in any case: of the API before files, before custom resources, and the newest stable version.
fn preferred_kind(types: Types, name: &str, within: Option<&GroupVersion>) -> Option<Kind<'static>> {
    let called = types.kinds().filter(|kind| kind.kind().eq_ignore_ascii_case(name));
    let called = called.filter(|kind| {
        within.is_none_or(|within| kind.group() == within.group && kind.version() == within.version)
    });
    called.min_by(|left, right| order(*left).cmp(&order(*right)).then_with(|| newer(*left, *right)))
}

fn order(kind: Kind<'_>) -> (u8, &'static str) {
    let source = match kind.source() {
        KindSource::Api => 0,
        KindSource::Configuration => 1,
        KindSource::Custom => 2,
    };
    (source, kind.group())
}

fn newer(left: Kind<'_>, right: Kind<'_>) -> Ordering {
    compare_versions(left.version(), right.version())
}

fn unknown_word(word: &str, discovery: &Discovery, version: KubeVersion) -> ExplainError {
    // A kind of another version of Kubernetes is no typing mistake.
    let mut others =
        KubeVersion::all().filter(|other| preferred_kind(Types::of(*other), word, None).is_some());
    let elsewhere = others.next().map(|since| {
        let last = others.next_back().unwrap_or(since);
        Availability { since, until: (last != KubeVersion::NEWEST).then_some(last) }
    });
    let near = || {
        let mut known: Vec<&str> = discovery.resources().flat_map(|one| [one.plural, one.singular]).collect();
        for kind in Types::of(version).kinds() {
            known.push(kind.kind());
        }
        nearest(word, known).map(|near| format!("did you mean `{near}`?"))
    };
    ExplainError::UnknownKind { word: word.to_owned(), version, help: elsewhere.map(when).or_else(near) }
}

fn api_version(group: &str, version: &str) -> String {
    GroupVersion::new(group, version).to_string()
}
