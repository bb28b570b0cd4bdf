//! Which namespace an object lives in, and which resources the input itself defines.

use super::{GroupKind, split_api_version};
use crate::object::{Object, Value};
use crate::schema::{CustomResource, Discovery};
use crate::version::KubeVersion;

/// The namespace of an object: none for cluster-scoped kinds, its own, or the default one.
///
/// A kind that neither the version nor a custom resource definition of the input knows keeps what it says.
pub(super) fn namespace_of<'a>(discovery: &Discovery, object: &'a Object, default: &'a str) -> &'a str {
    let given = object.namespace();
    match is_namespaced(discovery, object) {
        // upstream: apiserver pkg/registry/rest/create.go (BeforeCreate) drops the namespace.
        Some(false) => "",
        Some(true) if given.is_empty() => default,
        Some(true) | None => given,
    }
}

/// The resources of a version and those that the input's custom resource definitions add.
pub(super) fn discovery(version: KubeVersion, objects: &[Object]) -> Discovery {
    let definitions = objects.iter().filter(|object| {
        object.kind() == "CustomResourceDefinition"
            && split_api_version(object.api_version()).0 == "apiextensions.k8s.io"
    });
    Discovery::of(version).with_custom(definitions.filter_map(custom_resource))
}

fn is_namespaced(discovery: &Discovery, object: &Object) -> Option<bool> {
    let (group, version) = split_api_version(object.api_version());
    let exact = discovery.kind(group, version, object.kind());
    let resource = exact.or_else(|| {
        // A version that is no longer served, or a group that has moved, has kept its scope.
        let stored = GroupKind::of(object);
        discovery.kinds(&stored.group, &stored.kind).next()
    });
    resource.map(|resource| resource.namespaced)
}

/// What a definition declares. One that the API server would refuse teaches nothing here.
fn custom_resource(object: &Object) -> Option<CustomResource> {
    let spec = object.root().get("spec")?;
    let names = spec.get("names")?;
    let text =
        |value: Value<'_>, key: &str| value.get(key).and_then(|found| found.as_str()).map(str::to_owned);
    let kind = text(names, "kind")?;
    let mut versions: Vec<String> = spec
        .get("versions")
        .into_iter()
        .flat_map(|versions| versions.items())
        .filter(|version| version.get("served").and_then(|served| served.as_bool()) == Some(true))
        .filter_map(|version| text(version, "name"))
        .collect();
    if versions.is_empty() {
        // apiextensions.k8s.io/v1beta1 could name a single version.
        versions.extend(text(spec, "version"));
    }
    Some(CustomResource {
        group: text(spec, "group")?,
        plural: text(names, "plural")?,
        // upstream: apiextensions pkg/apis/apiextensions/v1/defaults.go
        singular: text(names, "singular").unwrap_or_else(|| kind.to_lowercase()),
        short_names: names
            .get("shortNames")
            .into_iter()
            .flat_map(|names| names.items())
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect(),
        namespaced: text(spec, "scope")? == "Namespaced",
        kind,
        versions,
    })
}
