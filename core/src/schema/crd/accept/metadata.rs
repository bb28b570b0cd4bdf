//! The metadata of a definition: its name says what it defines, and groups of Kubernetes' own need an approval.
//!
//! upstream: apiextensions-apiserver pkg/apihelpers/helpers.go, pkg/apis/apiextensions/validation/validation.go

use super::super::create;
use super::written::Written;
use super::{Problem, Report, url};
use crate::meta::{MetadataRules, NameRule};
use crate::object::{FieldPath, Object};
use crate::quote::quoted;

const APPROVAL: &str = "api-approved.kubernetes.io";

pub(super) fn check(object: &Object, written: &Written<'_>, report: &mut Report<'_>) {
    let metadata = create::metadata(object, false);
    let rules = MetadataRules {
        name: NameRule::DnsSubdomain,
        namespaced: false,
        standard_finalizers: false,
        version: report.version,
    };
    let path = FieldPath::root().field("metadata");
    let wanted = format!("{}.{}", written.names.plural, written.group);
    let mut errors = create::refused(&metadata, rules, &path).into_iter().peekable();
    // A generated name must be the wanted one, too, and so must its beginning.
    let wrong = |field: &str, name: &str, report: &mut Report<'_>| {
        if !name.is_empty() && name != wanted {
            let detail = "must be spec.names.plural+\".\"+spec.group";
            report.invalid(&format!("metadata.{field}"), &quoted(name), detail);
        }
    };
    for (field, name) in [("generateName", &metadata.generate_name), ("name", &metadata.name)] {
        let here = path.clone().field(field);
        while let Some(error) = errors.next_if(|error| error.path == here) {
            report.problems.push(problem(error.to_string(), &format!("metadata.{field}"), report));
        }
        wrong(field, name, report);
    }
    for error in errors {
        report.problems.push(problem(error.to_string(), &error.path.to_string(), report));
    }
}

fn problem(text: String, path: &str, report: &Report<'_>) -> Problem {
    Problem { text, location: report.place(path), structural: false }
}

pub(super) fn approval(object: &Object, written: &Written<'_>, report: &mut Report<'_>) {
    let protected = |domain: &str| {
        written.group == domain || written.group.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
    };
    if !protected("k8s.io") && !protected("kubernetes.io") {
        return;
    }
    let metadata = create::metadata(object, false);
    let given = metadata.annotations.get(APPROVAL).map_or("", String::as_str);
    let path = format!("metadata.annotations[{APPROVAL}]");
    let see = "see https://github.com/kubernetes/enhancements/pull/1111";
    if given.is_empty() {
        let detail = format!("protected groups must have approval annotation {}, {see}", quoted(APPROVAL));
        report.required(&path, &detail);
    } else if !given.starts_with("unapproved") && !url::has_scheme_and_host(given) {
        let detail = format!(
            "protected groups must have approval annotation {} with either a URL or a reason starting with \
             \"unapproved\", {see}",
            quoted(APPROVAL)
        );
        report.invalid(&path, &quoted(given), &detail);
    }
}
