//! The names of the defined kind.
//!
//! upstream: `ValidateCustomResourceDefinitionNames`

use super::Report;
use super::written::Written;
use crate::meta::NameRule;
use crate::quote::quoted;

pub(super) fn check(written: &Written<'_>, report: &mut Report<'_>) {
    let names = &written.names;
    let all = [
        ("plural", names.plural),
        ("singular", &names.singular),
        ("kind", names.kind),
        ("listKind", &names.list_kind),
    ];
    for (field, name) in all {
        if name.is_empty() {
            report.required(&format!("spec.names.{field}"), "");
        }
    }
    for (field, name) in all.into_iter().filter(|(_, name)| !name.is_empty()) {
        let is_kind = field == "kind" || field == "listKind";
        let compared = if is_kind { name.to_lowercase() } else { name.to_owned() };
        let problems = NameRule::Dns1035Label.problems(&compared, report.version);
        if !problems.is_empty() {
            let prefix = if is_kind { "may have mixed case, but should otherwise match: " } else { "" };
            let detail = format!("{prefix}{}", problems.join(","));
            report.invalid(&format!("spec.names.{field}"), &quoted(name), &detail);
        }
    }
    for (index, name) in names.short.iter().enumerate() {
        report.name(&format!("spec.names.shortNames[{index}]"), name, NameRule::Dns1035Label, "");
    }
    if !names.kind.is_empty() && names.kind == names.list_kind {
        let detail = "kind and listKind may not be the same";
        report.invalid("spec.names.listKind", &quoted(&names.list_kind), detail);
    }
    for (index, name) in names.categories.iter().enumerate() {
        report.name(&format!("spec.names.categories[{index}]"), name, NameRule::Dns1035Label, "");
    }
}
