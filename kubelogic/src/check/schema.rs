//! Whether each object fits the schema of its kind.

use std::collections::{BTreeSet, HashSet};

use kubelogic_core::convert;
use kubelogic_core::decode::FieldValidation;
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::object::{FieldPath, Location, Object};
use kubelogic_core::schema::{CustomSchemas, GroupVersion, Kind, KindSource, Types, strict};
use kubelogic_core::version::KubeVersion;

/// What says which fields an object may have.
enum Applies {
    /// A kind that the tables have, or one of a group that belongs to Kubernetes.
    BuiltIn,
    /// A definition in the input.
    Custom,
    /// A custom resource without a definition: nobody knows its fields.
    Nobody,
    /// The object is read by somebody else: it says no kind, or is a file of ours.
    Other,
}

/// The findings of objects, in their order.
pub(super) fn findings(
    objects: &[&Object],
    version: KubeVersion,
    validation: FieldValidation,
) -> Vec<Finding> {
    let types = Types::of(version);
    let custom = CustomSchemas::of(objects.iter().copied(), version);
    let mut said: HashSet<Finding> = HashSet::new();
    let groups: BTreeSet<&str> =
        types.kinds().filter(|kind| kind.source() == KindSource::Api).map(Kind::group).collect();
    let mut unchecked: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut findings = Vec::new();
    for object in objects.iter().copied() {
        let lifecycle = convert::findings(object, version);
        let removed = lifecycle.iter().any(|finding| finding.severity == Severity::Error);
        findings.extend(lifecycle);
        match applies(object, &types, &groups, &custom) {
            // What is not served needs no second word.
            Applies::BuiltIn if removed => {}
            Applies::BuiltIn => {
                // The reader has said already which keys stand twice.
                let found = strict::check(object, &types).findings(validation).into_iter();
                findings.extend(found.filter(|finding| finding.code != "schema/duplicate-field"));
            }
            Applies::Custom => {
                // What a definition leaves open is said once, and not with each of its objects.
                let found = custom.check(object, validation).into_iter();
                findings.extend(found.filter(|finding| {
                    finding.code != "schema/duplicate-field" && said.insert(finding.clone())
                }));
            }
            Applies::Nobody => {
                if unchecked.insert((object.api_version(), object.kind())) {
                    findings.push(nobody(object));
                }
            }
            Applies::Other => {}
        }
    }
    for definition in custom.definitions() {
        // What is not served needs no second word.
        let lifecycle = convert::findings(definition.object(), version);
        if lifecycle.iter().all(|finding| finding.severity != Severity::Error) {
            let found = definition.findings().iter().cloned();
            findings.extend(found.filter(|finding| said.insert(finding.clone())));
        }
    }
    findings
}

fn applies(object: &Object, types: &Types, groups: &BTreeSet<&str>, custom: &CustomSchemas) -> Applies {
    let Ok(GroupVersion { group, version }) = object.api_version().parse() else { return Applies::Other };
    if object.kind().is_empty() || group == "kubelogic" {
        Applies::Other
    } else if custom.definition(object).is_some() {
        Applies::Custom
    } else if types.find(&group, &version, object.kind()).is_some()
        || groups.contains(group.as_str())
        || !group.contains('.')
    {
        // A group without a dot can be nobody's but Kubernetes' own.
        Applies::BuiltIn
    } else {
        Applies::Nobody
    }
}

fn nobody(object: &Object) -> Finding {
    let (kind, api_version) = (object.kind(), object.api_version());
    let place = object.root().get("kind").unwrap_or_else(|| object.root());
    let message = format!(
        "the fields of `{kind}` in `{api_version}` are not checked: its definition is not in the input"
    );
    Finding::new("schema/unchecked-kind", Severity::Note, message)
        .at(place.location(FieldPath::root().field("kind")))
        .help("give the CustomResourceDefinition together with the objects")
}

/// Takes out what an engine or a definition says of a place of which the schema has spoken.
pub(super) fn once(findings: &mut Vec<Finding>) {
    let key = |location: &Location| {
        (location.source.clone(), location.document, location.item, location.path.clone())
    };
    let place =
        |location: &Location| (location.source.clone(), location.document, location.item, location.position);
    let spoken = || {
        let schema = findings.iter().filter(|finding| finding.code.starts_with("schema/"));
        schema.filter_map(|finding| finding.location.as_ref())
    };
    let known: BTreeSet<_> = spoken().map(key).collect();
    let places: BTreeSet<_> = spoken().map(place).collect();
    findings.retain(|finding| {
        let Some(location) = finding.location.as_ref() else { return true };
        let decoded = finding.code.starts_with("decode/") && known.contains(&key(location));
        !(decoded || finding.code == "crd/malformed" && places.contains(&place(location)))
    });
}
