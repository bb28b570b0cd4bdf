//! Conversion as an edit of the text: comments and layout stay.

mod edits;
mod ingress;

use super::{Options, carry, newest};
use crate::finding::{Finding, Fix};
use crate::object::{Object, Position};
use crate::read;
use crate::schema::lifecycle;
use crate::version::KubeVersion;
use edits::Edits;

/// The edit that brings an object of a removed or deprecated API to the version that an API server serves, where that
/// is certain: nothing is lost, nothing means something else, and few words of the text change. Nothing for everything
/// else, and for objects that were not read from text.
///
/// ```
/// use kubelogic_core::{convert, read};
/// let old = "apiVersion: batch/v1beta1 # for now\nkind: CronJob\n";
/// let reading = read::text(old, &read::Options::named("job.yaml"));
/// let fix = convert::fix(&reading.objects[0], "1.37".parse()?).unwrap();
/// assert_eq!(fix.title, "convert to `batch/v1`");
/// assert_eq!((fix.edits[0].start.column, fix.edits[0].end.column, fix.edits[0].text.as_str()), (13, 26, "batch/v1"));
/// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
/// ```
pub fn fix(object: &Object, version: KubeVersion) -> Option<Fix> {
    let start = object.origin().start?;
    let to = newest(object, version)?;
    let carried = carry(object, &to, &Options::with_defaults(version)).ok()?;
    if !carried.returns {
        return None;
    }
    let converted = carried.draft.into_object(object.origin())?;
    let mut edits = Edits::of(object);
    edits.replace_scalar(object.root().get("apiVersion")?, &to.to_string())?;
    if object.kind() == "Ingress" {
        ingress::edit(object, &mut edits)?;
    }
    // Whatever the layout is, only an edit that reads as the converted object is offered.
    let edited = read_again(&edits.applied()?, start, object, version)?;
    if edited != converted {
        return None;
    }
    let title = format!("convert to `{to}`");
    Some(Fix { title, source: object.origin().source.clone(), edits: edits.finish()? })
}

/// What is to be said of the API of an object, as [`lifecycle::findings`] says it, with the fix where there is one.
///
/// ```
/// use kubelogic_core::{convert, read};
/// let reading = read::text("apiVersion: batch/v1beta1\nkind: CronJob\n", &read::Options::named("job.yaml"));
/// let findings = convert::findings(&reading.objects[0], "1.37".parse()?);
/// assert!(findings[0].code == "schema/removed-api" && findings[0].fix.is_some());
/// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
/// ```
pub fn findings(object: &Object, version: KubeVersion) -> Vec<Finding> {
    let mut findings = lifecycle::findings(object, version);
    for finding in &mut findings {
        finding.fix = fix(object, version);
    }
    findings
}

/// The object that an edited text is.
fn read_again(text: &str, start: Position, object: &Object, version: KubeVersion) -> Option<Object> {
    // An item of a list begins behind the first column, and its other lines are indented as far.
    let margin = usize::try_from(start.column).ok()?.saturating_sub(1);
    let text = " ".repeat(margin) + text;
    let source = object.origin().source.as_str();
    let reading = read::text(&text, &read::Options::named(source).for_version(version));
    match <[Object; 1]>::try_from(reading.objects) {
        Ok([edited]) if reading.errors.is_empty() => Some(edited),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
