//! Whether the API server would accept a definition: everything it refuses about one that is to be made, in its order.
//!
//! upstream: apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go (`ValidateCustomResourceDefinition`)

mod column;
mod conversion;
mod default;
mod field_path;
mod metadata;
mod names;
mod schema;
mod selectable;
mod subresource;
mod url;
mod version;
mod written;

use crate::meta::NameRule;
use crate::object::{FieldPath, Location, Object};
use crate::quote::quoted;
use crate::version::KubeVersion;

use super::raw::Misread;
use written::Written;

/// Something that the API server refuses, in its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) text: String,
    pub(super) location: Location,
    /// Whether it is about the structure of a schema.
    pub(super) structural: bool,
}

/// Everything that keeps a definition from being accepted, but the rules in CEL. Errors whose order is that of Go's
/// maps are sorted among themselves.
///
/// # Errors
/// When a field has the wrong type: nothing can be said of the rest.
pub(super) fn problems(object: &Object, version: KubeVersion) -> Result<Vec<Problem>, Misread> {
    let written = Written::read(object)?;
    let mut report = Report { object, version, moved: written.moved, problems: Vec::new() };
    metadata::check(object, &written, &mut report);
    spec(&written, &mut report)?;
    version::stored(&written, &mut report);
    metadata::approval(object, &written, &mut report);
    if written.preserve == Some(true) {
        let detail = "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema \
                      instead";
        report.invalid("spec.preserveUnknownFields", "true", detail);
    }
    Ok(report.sorted())
}

/// Collects problems with their places.
#[derive(Debug)]
struct Report<'a> {
    object: &'a Object,
    version: KubeVersion,
    /// Whether what all versions share stands in each of them.
    moved: bool,
    problems: Vec<Problem>,
}

impl Report<'_> {
    fn add(&mut self, path: &str, body: &str) {
        let location = self.place(path);
        self.problems.push(Problem { text: format!("{path}: {body}"), location, structural: false });
    }

    fn required(&mut self, path: &str, detail: &str) {
        let between = if detail.is_empty() { "" } else { ": " };
        self.add(path, &format!("Required value{between}{detail}"));
    }

    fn forbidden(&mut self, path: &str, detail: &str) {
        self.add(path, &format!("Forbidden: {detail}"));
    }

    /// `value` is printed as it is.
    fn invalid(&mut self, path: &str, value: &str, detail: &str) {
        self.add(path, &format!("Invalid value: {value}: {detail}"));
    }

    /// Upstream prints the whole of it as one of Go's own types; the place says it better.
    fn invalid_whole(&mut self, path: &str, detail: &str) {
        self.add(path, &format!("Invalid value: {detail}"));
    }

    fn not_one_of(&mut self, path: &str, value: &str, known: &[&str]) {
        let known: Vec<String> = known.iter().map(|word| quoted(word)).collect();
        self.add(
            path,
            &format!("Unsupported value: {}: supported values: {}", quoted(value), known.join(", ")),
        );
    }

    /// Problems of a name, each an error of its own or all in one.
    fn name(&mut self, path: &str, name: &str, rule: NameRule, prefix: &str) {
        let problems = rule.problems(name, self.version);
        if !problems.is_empty() {
            self.invalid(path, &quoted(name), &format!("{prefix}{}", problems.join(",")));
        }
    }

    /// Where something stands that upstream finds at a path of its internal type.
    fn place(&self, path: &str) -> Location {
        let mut path = path.to_owned();
        let shared = ["spec.subresources", "spec.additionalPrinterColumns", "spec.selectableFields"];
        if let Some(rest) = path.strip_prefix("spec.validation").filter(|_| self.moved) {
            path = format!("spec.versions[0].schema{rest}");
        } else if self.moved && shared.iter().any(|shared| path.starts_with(shared)) {
            path = path.replacen("spec.", "spec.versions[0].", 1);
        } else if self.moved {
            path = path.replace("conversion.webhookClientConfig", "conversion.webhook.clientConfig");
            path = path.replace("conversion.conversionReview", "conversion.webhook.conversionReview");
        }
        super::locate(self.object, FieldPath::parse(&path).unwrap_or_default())
    }

    fn sorted(self) -> Vec<Problem> {
        let mut problems = self.problems;
        for group in problems.chunk_by_mut(|one, two| {
            unordered(&one.text).is_some_and(|part| unordered(&two.text) == Some(part))
        }) {
            group.sort_by(|one, two| one.text.cmp(&two.text));
        }
        problems
    }
}

/// The part of a definition within which errors have no order.
fn unordered(text: &str) -> Option<&str> {
    for part in ["metadata.labels", "metadata.annotations", "spec.validation"] {
        if text.starts_with(part) {
            return Some(part);
        }
    }
    let index = text.strip_prefix("spec.versions[")?.find("].schema")?;
    text.get(.."spec.versions[".len() + index)
}

fn spec(written: &Written<'_>, report: &mut Report<'_>) -> Result<(), Misread> {
    if written.group.is_empty() {
        report.required("spec.group", "");
    } else {
        let problems = NameRule::DnsSubdomain.problems(written.group, report.version);
        if !problems.is_empty() {
            report.invalid("spec.group", &quoted(written.group), &problems.join(","));
        } else if !written.group.contains('.') {
            report.invalid("spec.group", &quoted(written.group), "should be a domain with at least one dot");
        }
    }
    one_of("spec.scope", written.scope, &["Cluster", "Namespaced"], report);
    schema::presence(written, report);
    version::each(written, report)?;
    version::together(written, report);
    names::check(written, report);
    schema::check(written.validation, written.any_status(), "spec.validation", report)?;
    subresource::check(written.subresources.as_ref(), "spec.subresources", report);
    column::check(&written.columns, "spec.additionalPrinterColumns", report);
    if !written.selectable.is_empty() {
        let detail = if report.version.minor() >= 34 {
            "may only be set when validations.schema is included"
        } else {
            "selectableFields may only be set when validations.schema is included"
        };
        selectable::check(&written.selectable, written.validation, "spec.selectableFields", detail, report);
    }
    conversion::check(written, report);
    Ok(())
}

fn one_of(path: &str, value: &str, known: &[&str], report: &mut Report<'_>) {
    if value.is_empty() {
        report.required(path, "");
    } else if !known.contains(&value) {
        report.not_one_of(path, value, known);
    }
}

/// A text that upstream does not hold as a plain string: as JSON since 1.34.
fn shown(text: &str, version: KubeVersion) -> String {
    if version.minor() >= 34 { crate::quote::json_text(text) } else { quoted(text) }
}

/// A list of strings in a message.
fn list(values: &[&str], version: KubeVersion) -> String {
    let quote = if version.minor() >= 34 { crate::quote::json_text } else { quoted };
    let values: Vec<String> = values.iter().map(|value| quote(value)).collect();
    if version.minor() >= 34 {
        format!("[{}]", values.join(","))
    } else {
        format!("[]string{{{}}}", values.join(", "))
    }
}
