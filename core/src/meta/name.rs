//! What a name must look like, with the API server's own texts for one that does not.

mod address;
mod kind;
mod other;
mod parsed_address;
mod rule;
mod special;

pub(super) use address::{Block, is_mapped, printed as printed_address, sloppy as sloppy_address};
pub use kind::name_rule_of_kind;
pub use rule::{NameRule, UnknownNameRule};
pub use special::cluster_trust_bundle_name_problems;

/// What is wrong with a name that becomes part of a URL path; empty when nothing is.
///
/// ```
/// use kubelogic_core::meta::path_segment_problems;
/// assert!(path_segment_problems("system:node").is_empty());
/// assert_eq!(path_segment_problems("a/b"), ["may not contain '/'"]);
/// assert_eq!(path_segment_problems(".."), ["may not be '..'"]);
/// ```
pub fn path_segment_problems(name: &str) -> Vec<String> {
    // upstream: apimachinery pkg/api/validate/content/path.go (IsPathSegmentName)
    match name {
        "." | ".." => vec![format!("may not be '{name}'")],
        _ => path_segment_prefix_problems(name),
    }
}

/// The same for the beginning of a name that is still to be completed.
pub fn path_segment_prefix_problems(prefix: &str) -> Vec<String> {
    // upstream: apimachinery pkg/api/validate/content/path.go (IsPathSegmentPrefix)
    let forbidden = ["/", "%"].into_iter().filter(|part| prefix.contains(part));
    forbidden.map(|part| format!("may not contain '{part}'")).collect()
}

/// What is wrong with a name that must be a DNS label, such as that of a namespace.
///
/// ```
/// use kubelogic_core::meta::dns_label_problems;
/// assert!(dns_label_problems("kube-system").is_empty());
/// assert_eq!(dns_label_problems("kube.system"), ["must not contain dots"]);
/// ```
pub fn dns_label_problems(name: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsDNS1123Label)
    let mut problems = Vec::new();
    if name.len() > LABEL_LENGTH {
        problems.push(too_long(LABEL_LENGTH, "characters"));
    }
    if !is_label(name) {
        problems.push(if name.split('.').all(is_label) {
            "must not contain dots".to_owned()
        } else {
            let rule = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', \
                        and must start and end with an alphanumeric character";
            with_examples(rule, &["my-name", "123-abc"], LABEL)
        });
    }
    problems
}

/// What is wrong with a name that must be a DNS label that begins with a letter, such as that of a service.
///
/// ```
/// use kubelogic_core::meta::dns_1035_label_problems;
/// assert!(dns_1035_label_problems("shop").is_empty());
/// assert_eq!(dns_1035_label_problems("1shop").len(), 1);
/// ```
pub fn dns_1035_label_problems(name: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsDNS1035Label)
    let mut problems = Vec::new();
    if name.len() > LABEL_LENGTH {
        problems.push(too_long(LABEL_LENGTH, "characters"));
    }
    if !is_label(name) || !name.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        let rule = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an \
                    alphabetic character, and end with an alphanumeric character";
        problems.push(with_examples(rule, &["my-name", "abc-123"], "[a-z]([-a-z0-9]*[a-z0-9])?"));
    }
    problems
}

/// What is wrong with a name that must be a DNS subdomain, such as that of a service account.
///
/// ```
/// use kubelogic_core::meta::dns_subdomain_problems;
/// assert!(dns_subdomain_problems("example.com").is_empty());
/// assert_eq!(dns_subdomain_problems("Example").len(), 1);
/// ```
pub fn dns_subdomain_problems(name: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsDNS1123Subdomain)
    subdomain_problems(name, "characters")
}

/// The same where upstream counts the length in `unit`: it has two copies of this rule.
pub(super) fn subdomain_problems(name: &str, unit: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if name.len() > SUBDOMAIN_LENGTH {
        problems.push(too_long(SUBDOMAIN_LENGTH, unit));
    }
    if !name.split('.').all(is_label) {
        let rule = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or \
                    '.', and must start and end with an alphanumeric character";
        problems.push(with_examples(rule, &["example.com"], &format!("{LABEL}(\\.{LABEL})*")));
    }
    problems
}

const LABEL: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const LABEL_LENGTH: usize = 63;
const SUBDOMAIN_LENGTH: usize = 253;

pub(super) fn too_long(limit: usize, unit: &str) -> String {
    format!("must be no more than {limit} {unit}")
}

pub(super) fn with_examples(rule: &str, examples: &[&str], expression: &str) -> String {
    // upstream: apimachinery pkg/api/validate/content/errors.go (RegexError): a comma follows each example.
    let quoted: Vec<String> = examples.iter().map(|example| format!("'{example}', ")).collect();
    format!("{rule} (e.g. {}regex used for validation is '{expression}')", quoted.join(" or "))
}

fn is_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    let inner = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    bytes.first().is_some_and(inner)
        && bytes.last().is_some_and(inner)
        && bytes.iter().all(|byte| inner(byte) || *byte == b'-')
}
