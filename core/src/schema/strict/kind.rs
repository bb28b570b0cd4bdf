//! Which kind an object says it is.

use super::Unusable;
use crate::near::nearest;
use crate::object::{FieldPath, Object, Value, ValueKind};
use crate::schema::{Discovery, Kind, KindSource, Types};
use crate::version::KubeVersion;

/// A kind with its group and version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KindName<'a> {
    pub(super) group: &'a str,
    pub(super) version: &'a str,
    pub(super) kind: &'a str,
}

/// Reads `apiVersion` and `kind` as upstream does before it knows the type: `Kind` counts as well.
pub(super) fn interpret(object: &Object) -> Result<KindName<'_>, Box<Unusable>> {
    // upstream: apimachinery pkg/runtime/serializer/json/meta.go (SimpleMetaFactory), which uses Go's own decoder
    let root = object.root();
    if !matches!(root.kind(), ValueKind::Mapping | ValueKind::Null) {
        return Err(Box::new(refused(object, root, "an object is expected here", None)));
    }
    let json = super::is_json(object.text());
    let (mut api_version, mut kind) = (Seen::default(), Seen::default());
    for entry in root.written() {
        let key = entry.key_or_empty();
        let seen = if is_folded(key, "kind") {
            &mut kind
        } else if is_folded(key, "apiVersion") {
            &mut api_version
        } else {
            continue;
        };
        if !json && entry.is_replaced() {
            continue;
        }
        match entry.kind() {
            ValueKind::Null => {}
            ValueKind::String => {
                // YAML's keys are sorted before anybody reads them.
                if json || key >= seen.key {
                    *seen = Seen { key, text: entry.as_str().unwrap_or_default() };
                }
            }
            found => {
                let message = format!("`{key}` must be a string, not {}", super::report::article(found));
                return Err(Box::new(refused(object, entry, message, None)));
            }
        }
    }
    let (group, version) = match api_version.text.split_once('/') {
        None => ("", api_version.text),
        Some(("", "")) => ("", ""),
        Some((_, rest)) if rest.contains('/') => {
            let message = format!("`{}` is no group and version", api_version.text);
            return Err(Box::new(refused(object, root, message, None)));
        }
        Some(parts) => parts,
    };
    let missing =
        |name: &str| Err(Box::new(refused(object, root, format!("the object has no `{name}`"), None)));
    if kind.text.is_empty() {
        return missing("kind");
    }
    if version.is_empty() {
        return missing("apiVersion");
    }
    Ok(KindName { group, version, kind: kind.text })
}

/// Kinds that upstream's scheme has in every group and version.
// upstream: apimachinery pkg/apis/meta/v1/register.go (AddToGroupVersion), pkg/runtime/scheme.go (Scheme.New)
const UNVERSIONED: [&str; 5] = ["APIGroup", "APIGroupList", "APIResourceList", "APIVersions", "Status"];

/// The kind among the types of a version.
pub(super) fn find(types: &Types, name: &KindName<'_>) -> Option<Kind<'static>> {
    types.find(name.group, name.version, name.kind).or_else(|| {
        let unversioned = UNVERSIONED.contains(&name.kind);
        unversioned.then(|| types.find("", "v1", name.kind)).flatten()
    })
}

#[derive(Clone, Copy, Default)]
struct Seen<'a> {
    key: &'a str,
    text: &'a str,
}

/// Whether Go's decoder takes a key for a field.
fn is_folded(key: &str, field: &str) -> bool {
    // Two letters beyond ASCII fold to letters of these names: the Kelvin sign and the long s.
    key.eq_ignore_ascii_case(field)
        || (!key.is_ascii()
            && key.chars().count() == field.len()
            && key.chars().zip(field.chars()).all(|(own, letter)| {
                own.eq_ignore_ascii_case(&letter)
                    || (own == '\u{212A}' && letter == 'k')
                    || (own == '\u{17F}' && letter == 's')
            }))
}

fn refused(object: &Object, at: Value<'_>, message: impl Into<String>, help: Option<String>) -> Unusable {
    let path = at.key().filter(|_| at != object.root()).map(|key| FieldPath::root().field(key));
    let location = at.location(path.unwrap_or_default());
    Unusable { code: "schema/unknown-kind", message: message.into(), location, help }
}

/// What is to be said about a kind that the version does not have.
pub(super) fn unknown(object: &Object, types: &Types, name: &KindName<'_>) -> Unusable {
    let KindName { group, version, kind } = *name;
    let kube = types.kube_version();
    let api_version = join(group, version);
    let mut location = object.root().location(FieldPath::root().field("kind"));
    if let Some(value) = object.root().get("kind") {
        location.position = value.position();
    }
    if let Some(there) = Types::kind_since_until(group, version, kind) {
        let message = format!("Kubernetes {kube} has no `{kind}` in `{api_version}`");
        let help = Some(when(there.since, there.until, kube));
        return Unusable { code: "schema/not-served", message, location, help };
    }
    let message = format!("there is no kind `{kind}` in `{api_version}`");
    Unusable { code: "schema/unknown-kind", message, location, help: meant(types, name) }
}

/// "it is there from 1.33", for a version that does not have it.
pub(super) fn when(since: KubeVersion, until: Option<KubeVersion>, asked: KubeVersion) -> String {
    match until {
        Some(until) if asked.minor() > until.minor() => format!("it was there up to {until}"),
        _ => format!("it is there from {since}"),
    }
}

/// What may have been meant with a kind that no version has.
fn meant(types: &Types, name: &KindName<'_>) -> Option<String> {
    let discovery = Discovery::of(types.kube_version());
    // The kind is right and stands elsewhere.
    let elsewhere: Vec<String> = discovery
        .resources()
        .filter(|resource| resource.kind == name.kind && resource.by_default)
        .map(|resource| join(resource.group, resource.version))
        .collect();
    if let Some(first) = elsewhere.first() {
        let api_version = join(name.group, name.version);
        let near = nearest(&api_version, elsewhere.iter().map(String::as_str)).unwrap_or(first);
        return Some(format!("`{}` is served in `{near}`", name.kind));
    }
    let api = types.kinds().filter(|kind| kind.source() == KindSource::Api);
    let beside = api.filter(|kind| kind.group() == name.group && kind.version() == name.version);
    let near = nearest(name.kind, beside.map(Kind::kind))?;
    Some(format!("did you mean `{near}`?"))
}

pub(super) fn join(group: &str, version: &str) -> String {
    if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") }
}
