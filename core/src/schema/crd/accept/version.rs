//! Versions: each by itself, and all together.
//!
//! upstream: `validateCustomResourceDefinitionSpec`, `validateCustomResourceDefinitionVersion`

use std::collections::BTreeSet;

use super::super::raw::Misread;
use super::written::{Version, Written, schema_of};
use super::{Report, column, list, schema, selectable, shown, subresource};
use crate::meta::NameRule;
use crate::quote::quoted;

pub(super) fn each(written: &Written<'_>, report: &mut Report<'_>) -> Result<(), Misread> {
    for (index, version) in written.versions.iter().enumerate() {
        let path = format!("spec.versions[{index}]");
        report.name(&format!("{path}.name"), version.name, NameRule::Dns1035Label, "");
        warning(version, &format!("{path}.deprecationWarning"), report);
        let has_status = written.has_status(version.name);
        schema::check(version.schema, has_status, &format!("{path}.schema"), report)?;
        subresource::check(version.subresources.as_ref(), &format!("{path}.subresources"), report);
        column::check(&version.columns, &format!("{path}.additionalPrinterColumns"), report);
        if !version.selectable.is_empty() {
            let detail = if report.version.minor() >= 34 {
                "may only be set when `version.schema.openAPIV3Schema` is not included"
            } else {
                "selectableFields may only be set when version.schema.openAPIV3Schema is not included"
            };
            let schema = version.schema.filter(|schema| schema_of(Some(*schema)).is_some());
            selectable::check(
                &version.selectable,
                schema,
                &format!("{path}.selectableFields"),
                detail,
                report,
            );
        }
    }
    Ok(())
}

fn warning(version: &Version<'_>, path: &str, report: &mut Report<'_>) {
    let Some(warning) = version.warning else { return };
    let value = shown(warning, report.version);
    let mut say = |detail: &str| report.invalid(path, &value, detail);
    if !version.deprecated {
        say("can only be set for deprecated versions");
        return;
    }
    if warning.len() > 256 {
        say("must be <= 256 characters long");
    }
    if warning.is_empty() {
        say("must not be an empty string");
    }
    let unprintable = |letter: char| {
        !matches!(letter, '"' | '\\') && quoted(letter.encode_utf8(&mut [0; 4])).contains('\\')
    };
    if let Some((place, _)) = warning.char_indices().find(|(_, letter)| unprintable(*letter)) {
        say(&format!(
            "must only contain printable UTF-8 characters; non-printable character found at index {place}"
        ));
    }
}

pub(super) fn together(written: &Written<'_>, report: &mut Report<'_>) {
    let versions = &written.versions;
    let exclusive = [
        (
            "validation",
            "schemas",
            written.validation.is_some(),
            versions.iter().any(|one| one.schema.is_some()),
        ),
        (
            "subresources",
            "subresources",
            written.subresources.is_some(),
            versions.iter().any(|one| one.subresources.is_some()),
        ),
        (
            "additionalPrinterColumns",
            "additionalPrinterColumns",
            !written.columns.is_empty(),
            versions.iter().any(|one| !one.columns.is_empty()),
        ),
    ];
    for (field, what, shared, own) in exclusive {
        if shared && own {
            let detail = format!("top-level and per-version {what} are mutually exclusive");
            report.forbidden(&format!("spec.{field}"), &detail);
        }
    }
    if let Some(first) = versions.first() {
        let same = |same: &dyn Fn(&Version<'_>) -> bool| versions.iter().all(same);
        let identical = [
            ("schemas", "validation", first.schema.is_some() && same(&|one| one.schema == first.schema)),
            (
                "subresources",
                "subresources",
                first.subresources.is_some() && same(&|one| one.subresources == first.subresources),
            ),
            (
                "additionalPrinterColumns",
                "additionalPrinterColumns",
                !first.columns.is_empty() && same(&|one| one.columns == first.columns),
            ),
        ];
        for (what, field, is_identical) in identical {
            if is_identical {
                let detail = format!(
                    "per-version {what} may not all be set to identical values (top-level {field} should be used instead)"
                );
                report.invalid_whole("spec.versions", &detail);
            }
        }
    }
    let mut seen = BTreeSet::new();
    if !versions.iter().all(|version| seen.insert(version.name)) {
        report.invalid_whole("spec.versions", "must contain unique version names");
    }
    if versions.iter().filter(|version| version.storage).count() != 1 {
        report.invalid_whole("spec.versions", "must have exactly one version marked as storage version");
    }
    if !written.version.is_empty() {
        report.name("spec.version", written.version, NameRule::Dns1035Label, "");
        if versions.first().is_some_and(|first| first.name != written.version) {
            let detail = "must match the first version in spec.versions";
            report.invalid("spec.version", &quoted(written.version), detail);
        }
    }
}

/// What the API server itself notes down: the first version that is stored.
///
/// upstream: `ValidateCustomResourceDefinitionStoredVersions`
pub(super) fn stored(written: &Written<'_>, report: &mut Report<'_>) {
    let path = "status.storedVersions";
    let Some(first) = written.versions.iter().find(|version| version.storage) else {
        let nothing = if report.version.minor() >= 34 { "null" } else { "[]string(nil)" };
        report.invalid(path, nothing, "must have at least one stored version");
        return;
    };
    let value = list(&[first.name], report.version);
    let mut is_met = false;
    for version in &written.versions {
        let is_first = version.name == first.name && !is_met;
        is_met |= is_first;
        if version.storage && !is_first {
            report.invalid(path, &value, &format!("must have the storage version {}", version.name));
        }
    }
}
