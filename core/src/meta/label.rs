//! What a label must look like, with the API server's own texts for one that does not.

use super::name::{subdomain_problems, too_long, with_examples};
use crate::version::KubeVersion;

/// What is wrong with a label key, which is also what finalizers and (in lower case) annotation keys must be.
///
/// ```
/// use kubelogic_core::meta::label_key_problems;
/// use kubelogic_core::version::KubeVersion;
/// let version = KubeVersion::default();
/// assert!(label_key_problems("app.kubernetes.io/name", version).is_empty());
/// assert_eq!(label_key_problems("/name", version), ["prefix part must be non-empty"]);
/// ```
pub fn label_key_problems(key: &str, version: KubeVersion) -> Vec<String> {
    // upstream: apimachinery pkg/api/validate/content/kube.go (IsLabelKey), before 1.35
    // pkg/util/validation/validation.go (IsQualifiedName)
    let unit = unit(version);
    let mut problems = Vec::new();
    let mut parts = key.split('/');
    let name = match (parts.next(), parts.next(), parts.next()) {
        (Some(name), None, _) => name,
        (Some(prefix), Some(name), None) => {
            if prefix.is_empty() {
                problems.push("prefix part must be non-empty".to_owned());
            } else {
                let of_prefix = subdomain_problems(prefix, unit);
                problems.extend(of_prefix.iter().map(|problem| format!("prefix part {problem}")));
            }
            name
        }
        _ => {
            let what = if version.minor() >= BYTES_SINCE { "valid label key" } else { "qualified name" };
            let rule = with_examples(KEY_RULE, &KEY_EXAMPLES, KEY);
            let end = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            return vec![format!("a {what} {rule} {end}")];
        }
    };
    if name.is_empty() {
        problems.push("name part must be non-empty".to_owned());
    } else if name.len() > LENGTH {
        problems.push(format!("name part {}", too_long(LENGTH, unit)));
    }
    if !is_key_name(name) {
        problems.push(format!("name part {}", with_examples(KEY_RULE, &KEY_EXAMPLES, KEY)));
    }
    problems
}

/// What is wrong with the key of an annotation: it is a label key in which the case does not count.
///
/// ```
/// use kubelogic_core::meta::annotation_key_problems;
/// use kubelogic_core::version::KubeVersion;
/// assert!(annotation_key_problems("Example.com/Name", KubeVersion::default()).is_empty());
/// ```
pub fn annotation_key_problems(key: &str, version: KubeVersion) -> Vec<String> {
    // upstream: apimachinery pkg/api/validation/objectmeta.go (ValidateAnnotations). Go's lower case of a letter is
    // always a single one.
    let lower: String = key.chars().filter_map(|letter| letter.to_lowercase().next()).collect();
    label_key_problems(&lower, version)
}

/// What is wrong with a label value.
///
/// ```
/// use kubelogic_core::meta::label_value_problems;
/// use kubelogic_core::version::KubeVersion;
/// assert!(label_value_problems("", KubeVersion::default()).is_empty());
/// assert_eq!(label_value_problems("a b", KubeVersion::default()).len(), 1);
/// ```
pub fn label_value_problems(value: &str, version: KubeVersion) -> Vec<String> {
    // upstream: apimachinery pkg/api/validate/content/kube.go (IsLabelValue)
    let mut problems = Vec::new();
    if value.len() > LENGTH {
        problems.push(too_long(LENGTH, unit(version)));
    }
    if !value.is_empty() && !is_key_name(value) {
        let rule =
            format!("a valid label must be an empty string or {}", KEY_RULE.trim_start_matches("must "));
        problems.push(with_examples(&rule, &["MyValue", "my_value", "12345"], &format!("({KEY})?")));
    }
    problems
}

/// The first minor version that counts a label in bytes and calls a key so; it counted the same before.
const BYTES_SINCE: u16 = 35;
const LENGTH: usize = 63;
const KEY: &str = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const KEY_RULE: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an \
                        alphanumeric character";
const KEY_EXAMPLES: [&str; 3] = ["MyName", "my.name", "123-abc"];

fn unit(version: KubeVersion) -> &'static str {
    if version.minor() >= BYTES_SINCE { "bytes" } else { "characters" }
}

fn is_key_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}
