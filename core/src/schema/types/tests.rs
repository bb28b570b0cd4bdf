//! The tables as a whole.

use std::collections::BTreeSet;

use super::*;
use crate::schema::Discovery;

#[test]
fn every_line_of_the_tables_is_a_type_or_a_field_of_known_types() {
    let mut fields = 0;
    for block in table::blocks() {
        for line in block.rows.lines() {
            let span = structs::span(line).unwrap_or_else(|| panic!("{}: {line:?}", block.name));
            let row = structs::row(&span, &[span]).unwrap_or_else(|| panic!("{}: {line:?}", block.name));
            assert!(row.since <= row.until, "{}.{}", block.name, row.name);
            let written = row.value.rsplit(']').next().unwrap_or_default();
            assert!(
                row.base != table::Base::Any || written == "any",
                "{}.{}: {}",
                block.name,
                row.name,
                row.value
            );
            fields += 1;
        }
    }
    assert!(table::blocks().len() > 1_600 && fields > 7_000, "{} {fields}", table::blocks().len());
    assert!(table::blocks().is_sorted_by(|left, right| left.name < right.name));
}

#[test]
fn every_kind_that_is_served_has_a_struct_for_a_type() {
    for version in KubeVersion::all() {
        let (types, discovery) = (Types::of(version), Discovery::of(version));
        for resource in discovery.resources() {
            let found = types.find(resource.group, resource.version, resource.kind);
            let found = found.unwrap_or_else(|| panic!("{version}: {resource:?}"));
            assert_eq!(found.source(), KindSource::Api);
            assert!(
                found.value_type().as_struct().is_some_and(|one| one.fields().len() > 0),
                "{version}: {found:?}"
            );
        }
    }
}

#[test]
fn in_every_version_names_are_unique_and_every_field_has_a_type_of_that_version() {
    for version in KubeVersion::all() {
        let types = Types::of(version);
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<Struct<'_>> = Vec::new();
        for kind in types.kinds() {
            assert!(kind.availability().is_some_and(|there| there.contains(version)), "{version}: {kind:?}");
            waiting.extend(kind.value_type().as_struct());
        }
        while let Some(one) = waiting.pop() {
            if !seen.insert(one.name()) {
                continue;
            }
            let mut names = BTreeSet::new();
            for field in one.fields() {
                assert!(names.insert(field.name()), "{version}: {one:?}.{field:?}");
                assert_eq!(one.field(field.name()), Some(field));
                assert!(field.since() <= version && field.until().is_none_or(|until| version <= until));
                let inner = field.value_type().innermost();
                waiting.extend(inner.as_struct());
            }
            assert!(one.names_of_other_minors().all(|name| one.field_of_other_minor(name).is_some()));
            // A type that is referred to exists in this version.
            let block = table::blocks().iter().find(|block| block.name == one.name()).unwrap();
            let there = block.heads.iter().any(|head| {
                let mut cells = head.split('\t').map(str::parse::<u16>);
                let since = cells.next().unwrap().unwrap();
                let until = cells.next().unwrap().unwrap();
                (since..=until).contains(&version.minor())
            });
            assert!(there, "{version}: {one:?}");
        }
        assert!(seen.len() > 1_000, "{version}: {}", seen.len());
    }
}

#[test]
fn what_changed_in_a_field_does_not_change_since_when_it_is_there() {
    let of = |version: &str| Types::of(version.parse().unwrap());
    let effect = |version: &str| {
        let pod = of(version).kind("", "v1", "Pod").unwrap();
        pod.at(["spec", "tolerations", "operator"]).unwrap()
    };
    assert_eq!(effect("1.29").enum_values().collect::<Vec<_>>(), ["Equal", "Exists"]);
    assert_eq!(effect("1.37").enum_values().collect::<Vec<_>>(), ["Equal", "Exists", "Gt", "Lt"]);
    assert_eq!((effect("1.29").since(), effect("1.29").until()), (KubeVersion::OLDEST, None));
    assert_eq!((effect("1.37").since(), effect("1.37").until()), (KubeVersion::OLDEST, None));
}

#[test]
fn kinds_come_and_go() {
    let there = |group: &str, version: &str, kind: &str| {
        let there = Types::kind_since_until(group, version, kind).unwrap();
        (there.since.minor(), there.until.map(KubeVersion::minor))
    };
    assert_eq!(there("apps", "v1", "Deployment"), (29, None));
    assert_eq!(there("kubeadm.k8s.io", "v1beta3", "InitConfiguration").0, 29);
    assert!(there("kubeadm.k8s.io", "v1beta3", "InitConfiguration").1.is_some());
    assert_eq!(there("kubectl.config.k8s.io", "v1alpha1", "Preference"), (33, None));
    let old = Types::of("1.29".parse().unwrap());
    assert!(old.find("kubectl.config.k8s.io", "v1alpha1", "Preference").is_none());
}
