//! How objects change their version.
//!
//! upstream: `validateCustomResourceConversion`, apiserver pkg/util/webhook/validation.go

use super::written::{Client, Service, Written};
use super::{Report, list, one_of, shown, url};
use crate::meta::NameRule;
use crate::quote::quoted;

/// The first minor version that says no more than that a name is required.
const DETAILS_UNTIL: u16 = 34;

const PATH: &str = "spec.conversion";

pub(super) fn check(written: &Written<'_>, report: &mut Report<'_>) {
    let conversion = &written.conversion;
    let client_path = format!("{PATH}.webhookClientConfig");
    let versions_path = format!("{PATH}.conversionReviewVersions");
    let strategy_path = format!("{PATH}.strategy");
    if conversion.strategy != "None" && written.preserve != Some(false) {
        let detail = "must be None if spec.preserveUnknownFields is true";
        report.invalid(&strategy_path, &shown(conversion.strategy, report.version), detail);
    }
    one_of(&strategy_path, conversion.strategy, &["None", "Webhook"], report);
    if conversion.strategy != "Webhook" {
        let detail = "should not be set when strategy is not set to Webhook";
        if conversion.client.is_some() {
            report.forbidden(&client_path, detail);
        }
        if !conversion.review_versions.is_empty() {
            report.forbidden(&versions_path, detail);
        }
        return;
    }
    match &conversion.client {
        None => report.required(&client_path, "required when strategy is set to Webhook"),
        Some(client) => self::client(client, &client_path, report),
    }
    review_versions(&conversion.review_versions, &versions_path, report);
}

fn client(client: &Client<'_>, path: &str, report: &mut Report<'_>) {
    match (client.url, &client.service) {
        (Some(written), None) => url::check_webhook(written, &format!("{path}.url"), report),
        (None, Some(service)) => self::service(service, &format!("{path}.service"), report),
        _ => report.required(path, "exactly one of url or service is required"),
    }
}

fn service(service: &Service<'_>, path: &str, report: &mut Report<'_>) {
    // Upstream takes one for the other: what is missing is the other one.
    for (field, other) in [("name", service.namespace), ("namespace", service.name)] {
        if other.is_empty() {
            let detail = format!("service {field} is required");
            let detail = if report.version.minor() >= DETAILS_UNTIL { "" } else { &detail };
            report.required(&format!("{path}.{field}"), detail);
        }
    }
    if !(1..=65_535).contains(&service.port) {
        let detail = "port is not valid: must be between 1 and 65535, inclusive";
        report.invalid(&format!("{path}.port"), &service.port.to_string(), detail);
    }
    let Some(written) = service.path.filter(|path| !matches!(*path, "" | "/")) else { return };
    let path = format!("{path}.path");
    if written == "//" {
        report.invalid(&path, &quoted(written), "segment[0] may not be empty");
        return;
    }
    if !written.starts_with('/') {
        report.invalid(&path, &quoted(written), "must start with a '/'");
    }
    let mut letters = written.chars();
    letters.next();
    let checked = letters.as_str();
    for (index, segment) in checked.strip_suffix('/').unwrap_or(checked).split('/').enumerate() {
        if segment.is_empty() {
            report.invalid(&path, &quoted(written), &format!("segment[{index}] may not be empty"));
            continue;
        }
        for problem in NameRule::DnsSubdomain.problems(segment, report.version) {
            report.invalid(&path, &quoted(written), &format!("segment[{index}]: {problem}"));
        }
    }
}

fn review_versions(versions: &[&str], path: &str, report: &mut Report<'_>) {
    if versions.is_empty() {
        report.required(path, "");
        return;
    }
    for (index, version) in versions.iter().enumerate() {
        let path = format!("{path}[{index}]");
        if versions.get(..index).is_some_and(|before| before.contains(version)) {
            report.invalid(&path, &quoted(version), "duplicate version");
            continue;
        }
        for problem in NameRule::Dns1035Label.problems(version, report.version) {
            report.invalid(&path, &quoted(version), &problem);
        }
    }
    if !versions.iter().any(|version| matches!(*version, "v1" | "v1beta1")) {
        let value = list(versions, report.version);
        report.invalid(path, &value, "must include at least one of v1, v1beta1");
    }
}
