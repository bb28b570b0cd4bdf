//! What is too large for a recorded case.

use super::{MetadataRules, ObjectMetadata, metadata_errors};
use crate::meta::NameRule;
use crate::object::FieldPath;

#[test]
fn annotations_have_a_limit() {
    // The texts were printed by the real validation of each version.
    let errors = |bytes: usize, version: &str| {
        let metadata = ObjectMetadata {
            name: "a".to_owned(),
            annotations: [("a".to_owned(), "x".repeat(bytes))].into(),
            ..ObjectMetadata::default()
        };
        let rules = MetadataRules {
            name: NameRule::DnsLabel,
            namespaced: false,
            standard_finalizers: true,
            version: version.parse().unwrap(),
        };
        let errors = metadata_errors(&metadata, rules, &FieldPath::root().field("metadata"));
        errors.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert!(errors(262_143, "1.37").is_empty());
    let newer = "metadata.annotations: Too long: may not be more than 262144 bytes";
    assert_eq!(errors(262_144, "1.37"), [newer]);
    assert_eq!(errors(262_144, "1.33"), [newer]);
    assert_eq!(errors(262_144, "1.29"), ["metadata.annotations: Too long: must have at most 262144 bytes"]);
}
