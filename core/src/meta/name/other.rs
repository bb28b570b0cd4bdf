//! The rules for names that are no object's name: ports, keys, variables, headers, percentages.

use super::{
    LABEL, SUBDOMAIN_LENGTH, dns_label_problems, dns_subdomain_problems, is_label, too_long, with_examples,
};
use crate::meta::label_key_problems;
use crate::quote::quoted;
use crate::version::KubeVersion;

pub(super) fn port_name(name: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsValidPortName)
    let mut problems = Vec::new();
    if name.len() > 15 {
        problems.push(too_long(15, "characters"));
    }
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if name.is_empty() || !name.bytes().all(known) {
        problems.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)".to_owned());
    }
    if !name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        problems.push("must contain at least one letter (a-z)".to_owned());
    }
    if name.contains("--") {
        problems.push("must not contain consecutive hyphens".to_owned());
    }
    if name.starts_with('-') || name.ends_with('-') {
        problems.push("must not begin or end with a hyphen".to_owned());
    }
    problems
}

pub(super) fn config_map_key(key: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsConfigMapKey)
    let mut problems = Vec::new();
    if key.len() > SUBDOMAIN_LENGTH {
        problems.push(too_long(SUBDOMAIN_LENGTH, "characters"));
    }
    if key.is_empty() || !key.bytes().all(is_word) {
        let rule = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
        problems.push(with_examples(rule, &["key.name", "KEY_NAME", "key-name"], "[-._a-zA-Z0-9]+"));
    }
    problems.extend(parent_folder(key));
    problems
}

pub(super) fn env_var_name(name: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsEnvVarName)
    let mut problems = Vec::new();
    if name.is_empty()
        || !name.bytes().all(is_word)
        || name.starts_with(|letter: char| letter.is_ascii_digit())
    {
        let rule = "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or \
                    '.', and must not start with a digit";
        let examples = ["my.env-name", "MY_ENV.NAME", "MyEnvName1"];
        problems.push(with_examples(rule, &examples, "[-._a-zA-Z][-._a-zA-Z0-9]*"));
    }
    problems.extend(parent_folder(name));
    problems
}

pub(super) fn relaxed_env_var_name(name: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsRelaxedEnvVarName)
    if name.is_empty() {
        return vec!["environment variable name must be non-empty".to_owned()];
    }
    if name.chars().all(|letter| matches!(letter, ' '..='~') && letter != '=') {
        return Vec::new();
    }
    let rule =
        "a valid environment variable name must consist only of printable ASCII characters other than '='";
    vec![rule.to_owned()]
}

pub(super) fn http_header_name(name: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsHTTPHeaderName)
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Vec::new();
    }
    let rule = "a valid HTTP header must consist of alphanumeric characters or '-'";
    vec![with_examples(rule, &["X-Header-Name"], "[-A-Za-z0-9]+")]
}

pub(super) fn c_identifier(name: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsCIdentifier)
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let starts = name.bytes().next().is_some_and(|byte| inner(byte) && !byte.is_ascii_digit());
    if starts && name.bytes().all(inner) {
        return Vec::new();
    }
    let rule = "a valid C identifier must start with alphabetic character or '_', followed by a string of \
                alphanumeric characters or '_'";
    vec![with_examples(rule, &["my_name", "MY_NAME", "MyName"], "[A-Za-z_][A-Za-z0-9_]*")]
}

pub(super) fn percent(text: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsValidPercent)
    let digits = text.strip_suffix('%').unwrap_or_default();
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let rule = "a valid percent string must be a numeric string followed by an ending '%'";
    vec![with_examples(rule, &["1%", "93%"], "[0-9]+%")]
}

pub(super) fn wildcard_dns_subdomain(name: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsWildcardDNS1123Subdomain)
    let mut problems = Vec::new();
    if name.len() > SUBDOMAIN_LENGTH {
        problems.push(too_long(SUBDOMAIN_LENGTH, "characters"));
    }
    if !name.strip_prefix("*.").is_some_and(|rest| rest.split('.').all(is_label)) {
        let rule = "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which \
                    must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric \
                    character";
        problems.push(with_examples(rule, &["*.example.com"], &format!("\\*\\.{LABEL}(\\.{LABEL})*")));
    }
    problems
}

pub(super) fn fully_qualified_name(name: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsFullyQualifiedName)
    if name.is_empty() {
        return vec!["Required value".to_owned()];
    }
    let wrong = dns_subdomain_problems(name);
    if !wrong.is_empty() {
        return vec![invalid(name, &wrong.join(","))];
    }
    if name.split('.').count() < 3 {
        return vec![invalid(name, "should be a domain with at least three segments separated by dots")];
    }
    Vec::new()
}

pub(super) fn fully_qualified_domain_name(name: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsFullyQualifiedDomainName)
    if name.is_empty() {
        return vec!["Required value".to_owned()];
    }
    let name = name.strip_suffix('.').unwrap_or(name);
    let wrong = dns_subdomain_problems(name);
    if !wrong.is_empty() {
        return vec![invalid(name, &wrong.join(","))];
    }
    if name.split('.').count() < 2 {
        return vec![invalid(name, "should be a domain with at least two segments separated by dots")];
    }
    let of_label = |label: &str| {
        let wrong = dns_label_problems(label);
        (!wrong.is_empty()).then(|| invalid(label, &wrong.join(",")))
    };
    name.split('.').find_map(of_label).into_iter().collect()
}

pub(super) fn domain_prefixed_key(key: &str, version: KubeVersion) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsDomainPrefixedKey)
    if key.is_empty() {
        return vec!["Required value".to_owned()];
    }
    let problems = label_key_problems(key, version);
    if problems.is_empty() && !key.contains('/') {
        return vec![invalid(key, "must be a domain-prefixed key (such as \"acme.io/foo\")")];
    }
    problems.iter().map(|problem| invalid(key, problem)).collect()
}

pub(super) fn domain_prefixed_path(path: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsDomainPrefixedPath)
    if path.is_empty() {
        return vec!["Required value".to_owned()];
    }
    let Some((host, behind)) =
        path.split_once('/').filter(|(host, path)| !host.is_empty() && !path.is_empty())
    else {
        return vec![invalid(path, "must be a domain-prefixed path (such as \"acme.io/foo\")")];
    };
    let mut problems: Vec<String> =
        dns_subdomain_problems(host).iter().map(|problem| invalid(host, problem)).collect();
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&byte);
    if !behind.bytes().all(known) {
        let rule = "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')";
        problems.push(invalid(behind, rule));
    }
    problems
}

/// The body of the field error that upstream makes of it.
pub(super) fn invalid(value: &str, detail: &str) -> String {
    format!("Invalid value: {}: {detail}", quoted(value))
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

/// A file of such a name would leave its folder.
fn parent_folder(name: &str) -> Option<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (hasChDirPrefix)
    match name {
        "." | ".." => Some(format!("must not be '{name}'")),
        _ if name.starts_with("..") => Some("must not start with '..'".to_owned()),
        _ => None,
    }
}

pub(super) fn dns_subdomain_with_underscore(name: &str, version: KubeVersion) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsDNS1123SubdomainWithUnderscore)
    let mut problems = Vec::new();
    if name.len() > SUBDOMAIN_LENGTH {
        problems.push(too_long(SUBDOMAIN_LENGTH, "characters"));
    }
    let is_known = |label: &str| {
        let label = label.strip_prefix('_').unwrap_or(label);
        !label.starts_with('_') && !label.ends_with('_') && is_label(&label.replace('_', "-"))
    };
    if !name.split('.').all(is_known) {
        let rule = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' \
                    or '.', and must start and end with an alphanumeric character";
        // Until 1.33 it named the other expression.
        let label = if version.minor() >= 34 { "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?" } else { LABEL };
        problems.push(with_examples(rule, &["example.com"], &format!("{label}(\\.{label})*")));
    }
    problems
}
