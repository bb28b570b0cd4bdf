//! Addresses of webhooks and of approvals, taken apart as Go does.
//!
//! upstream: Go's net/url, apiserver pkg/util/webhook/validation.go (`ValidateWebhookURL`)

use super::super::format;
use super::Report;
use crate::quote::quoted;

/// The parts of an address that are asked for.
#[derive(Debug, Default)]
struct Parts<'a> {
    scheme: String,
    user: Option<&'a str>,
    host: &'a str,
    query: &'a str,
    fragment: &'a str,
}

/// What is refused about the address of a webhook.
pub(super) fn check_webhook(written: &str, path: &str, report: &mut Report<'_>) {
    const FORM: &str = "; desired format: https://host[/path]";
    let Some(parts) = parse(written) else {
        report.required(path, &format!("url must be a valid URL{FORM}"));
        return;
    };
    if parts.scheme != "https" {
        let detail = format!("'https' is the only allowed URL scheme{FORM}");
        report.invalid(path, &quoted(&parts.scheme), &detail);
    }
    if parts.host.is_empty() {
        report.invalid(path, "\"\"", &format!("host must be specified{FORM}"));
    }
    if let Some(user) = parts.user {
        report.invalid(path, &quoted(user), "user information is not permitted in the URL");
    }
    if !parts.fragment.is_empty() {
        report.invalid(path, &quoted(parts.fragment), "fragments are not permitted in the URL");
    }
    if !parts.query.is_empty() {
        report.invalid(path, &quoted(parts.query), "query parameters are not permitted in the URL");
    }
}

/// Whether a text is the address of a request, with a scheme and a host.
pub(super) fn has_scheme_and_host(written: &str) -> bool {
    format::is_uri(written)
        && parse(written).is_some_and(|parts| !parts.scheme.is_empty() && !parts.host.is_empty())
}

/// The parts of an address; nothing when it is none.
fn parse(written: &str) -> Option<Parts<'_>> {
    let (body, fragment) = written.split_once('#').unwrap_or((written, ""));
    if body.bytes().any(|byte| byte < b' ' || byte == 0x7f) || !format::has_whole_escapes(fragment) {
        return None;
    }
    let (scheme, rest) = format::scheme(body)?;
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut parts = Parts { scheme: scheme.to_ascii_lowercase(), query, fragment, ..Parts::default() };
    if scheme.is_empty() && !rest.starts_with('/') {
        // A colon in the first segment would read as a scheme.
        let (first, _) = rest.split_once('/').unwrap_or((rest, ""));
        return (!first.contains(':') && format::has_whole_escapes(rest)).then_some(parts);
    }
    if !scheme.is_empty() && !rest.starts_with('/') {
        return Some(parts);
    }
    let mut path = rest;
    if let Some(after) = rest.strip_prefix("//").filter(|after| !scheme.is_empty() || !after.starts_with('/'))
    {
        let (authority, below) = after.split_at_checked(after.find('/').unwrap_or(after.len()))?;
        if !format::is_authority(&parts.scheme, authority) {
            return None;
        }
        match authority.rsplit_once('@') {
            Some((user, host)) => {
                parts.user = Some(user);
                parts.host = host;
            }
            None => parts.host = authority,
        }
        path = below;
    }
    format::has_whole_escapes(path).then_some(parts)
}
