//! What a label must look like, with the API server's own texts for one that does not.

use super::name::{subdomain_problems, too_long, with_examples};

/// What is wrong with a label key, which is also what finalizers and (in lower case) annotation keys must be.
///
/// ```
/// use kubelogic_core::meta::label_key_problems;
/// assert!(label_key_problems("app.kubernetes.io/name").is_empty());
/// assert_eq!(label_key_problems("/name"), ["prefix part must be non-empty"]);
/// ```
pub fn label_key_problems(key: &str) -> Vec<String> {
    // upstream: apimachinery pkg/api/validate/content/kube.go (IsLabelKey)
    let mut problems = Vec::new();
    let mut parts = key.split('/');
    let name = match (parts.next(), parts.next(), parts.next()) {
        (Some(name), None, _) => name,
        (Some(prefix), Some(name), None) => {
            if prefix.is_empty() {
                problems.push("prefix part must be non-empty".to_owned());
            } else {
                let of_prefix = subdomain_problems(prefix, "bytes");
                problems.extend(of_prefix.iter().map(|problem| format!("prefix part {problem}")));
            }
            name
        }
        _ => {
            let rule = with_examples(KEY_RULE, &KEY_EXAMPLES, KEY);
            let end = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            return vec![format!("a valid label key {rule} {end}")];
        }
    };
    if name.is_empty() {
        problems.push("name part must be non-empty".to_owned());
    } else if name.len() > LENGTH {
        problems.push(format!("name part {}", too_long(LENGTH, "bytes")));
    }
    if !is_key_name(name) {
        problems.push(format!("name part {}", with_examples(KEY_RULE, &KEY_EXAMPLES, KEY)));
    }
    problems
}

/// What is wrong with a label value.
///
/// ```
/// use kubelogic_core::meta::label_value_problems;
/// assert!(label_value_problems("").is_empty());
/// assert_eq!(label_value_problems("a b").len(), 1);
/// ```
pub fn label_value_problems(value: &str) -> Vec<String> {
    // upstream: apimachinery pkg/api/validate/content/kube.go (IsLabelValue)
    let mut problems = Vec::new();
    if value.len() > LENGTH {
        problems.push(too_long(LENGTH, "bytes"));
    }
    if !value.is_empty() && !is_key_name(value) {
        let rule =
            format!("a valid label must be an empty string or {}", KEY_RULE.trim_start_matches("must "));
        problems.push(with_examples(&rule, &["MyValue", "my_value", "12345"], &format!("({KEY})?")));
    }
    problems
}

const LENGTH: usize = 63;
const KEY: &str = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const KEY_RULE: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an \
                        alphanumeric character";
const KEY_EXAMPLES: [&str; 3] = ["MyName", "my.name", "123-abc"];

fn is_key_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}
