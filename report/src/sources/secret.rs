//! What may be shown of a line, and what may not.

use kubelogic_core::cluster::split_api_version;
use kubelogic_core::object::Object;
use kubelogic_core::schema::{Discovery, Lifecycle};

/// Objects whose values are secret: Secrets, kubeconfigs, encryption keys, and everything about tokens.
pub(super) fn is_secret(object: &Object) -> bool {
    let (group, _) = split_api_version(object.api_version());
    let kind = object.kind();
    group == "authentication.k8s.io"
        || kind.contains("Secret")
        || kind.contains("Token")
        || matches!(kind, "Config" | "EncryptionConfiguration" | "EncryptionConfig")
}

/// Whether the kind of an object is known.
pub(super) fn is_known(object: &Object, discovery: &Discovery) -> bool {
    let (group, version) = split_api_version(object.api_version());
    // A kustomization may generate Secrets and stays closed; files of our own hold none.
    // What this version has no longer was no secret when it had it.
    group == "kubelogic"
        || discovery.kind(group, version, object.kind()).is_some()
        || Lifecycle::of(group, version, object.kind()).is_some()
}

/// A line with its keys, and stars for everything else.
pub(super) fn blanked(line: &str) -> String {
    let indent = line.len() - line.trim_start_matches([' ', '-']).len();
    let (before, rest) = line.split_at_checked(indent).unwrap_or(("", line));
    let key = rest
        .split_once(':')
        .filter(|(key, after)| is_key(key) && (after.is_empty() || after.starts_with([' ', '\t'])));
    let (key, value) = match key {
        Some((key, value)) => (format!("{key}:"), value),
        None => (String::new(), rest),
    };
    let stars = value.chars().map(|one| if one.is_whitespace() { ' ' } else { '*' });
    let before = before.chars().map(|one| if one == '-' { '-' } else { ' ' });
    before.chain(key.chars()).chain(stars).collect()
}

/// Whether a text looks like the name of a field.
fn is_key(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use kubelogic_core::version::KubeVersion;

    use super::*;

    #[test]
    fn kinds_are_known_also_when_this_version_has_them_no_longer() {
        let known = |api_version: &str, kind: &str| {
            let object = serde_json::json!({"apiVersion": api_version, "kind": kind});
            is_known(&Object::from_serialize(&object).unwrap(), &Discovery::of(KubeVersion::default()))
        };
        assert!(known("v1", "Pod") && known("policy/v1beta1", "PodDisruptionBudget"));
        assert!(!known("policy/v9", "PodDisruptionBudget") && !known("example.com/v1", "Vault"));
    }

    #[test]
    fn values_are_blanked_and_keys_are_not() {
        assert_eq!(blanked("  - password: hunter2"), "  - password: *******");
        assert_eq!(blanked("stringData:"), "stringData:");
        assert_eq!(blanked("  aHVudGVyMg=="), "  ************");
        assert_eq!(blanked("admin:$apr1$x"), "*************");
        assert_eq!(blanked("{\"token\": \"x\"}"), "********* ****");
    }
}
