//! CronJobs: the job of one point in time, and its pods.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::fields::{Fields, bad, path};
use super::identity::{controller_reference, has_uid};
use super::pod::{Source, without_nulls};
use super::{Expanded, Expansion, WorkloadError, job};
use crate::object::{Draft, FieldPath, Object};

const SCHEDULED: &str = "batch.kubernetes.io/cronjob-scheduled-timestamp";

pub(super) fn expand(
    workload: &Object,
    fields: &Fields<'_>,
    options: &Expansion,
    expanded: &mut Expanded,
) -> Result<(), WorkloadError> {
    if fields.flag(&path(&["spec", "suspend"]))? {
        expanded.notes.push("the CronJob is suspended".to_owned());
        return Ok(());
    }
    // upstream: pkg/controller/cronjob/utils.go (getJobFromTemplate2, getJobName)
    let at = options.at.unwrap_or(0);
    let template = path(&["spec", "jobTemplate"]);
    let mut given = fields.value(&template).map(Draft::of).unwrap_or_default();
    let given = given.as_map();
    let mut metadata = Draft::map([("name", Draft::text(format!("{}-{}", workload.name(), at / 60)))]);
    let entries = metadata.as_map();
    if !workload.namespace().is_empty() {
        entries.set("namespace", Draft::text(workload.namespace()));
    }
    let mut written = given.remove("metadata").unwrap_or_default();
    if let Some(mut labels) = written.as_map().remove("labels") {
        without_nulls(&mut labels);
        entries.set("labels", labels);
    }
    let mut annotations = written.as_map().remove("annotations").unwrap_or_default();
    without_nulls(&mut annotations);
    annotations.as_map().set(SCHEDULED, Draft::text(local_time(fields, at)?));
    entries.set("annotations", annotations);
    entries.set("ownerReferences", Draft::List(vec![controller_reference(workload)]));
    let job = Draft::map([
        ("apiVersion", Draft::text("batch/v1")),
        ("kind", Draft::text("Job")),
        ("metadata", metadata),
        ("spec", given.remove("spec").unwrap_or_else(|| Draft::map([]))),
    ]);

    let mut synthetic = Vec::new();
    if options.at.is_none() {
        let annotation = path(&["metadata", "annotations"]).key(SCHEDULED);
        synthetic.extend([path(&["metadata", "name"]), annotation]);
    }
    if !has_uid(workload) {
        synthetic.push(FieldPath::root().field("metadata").field("ownerReferences").index(0).field("uid"));
    }
    let source = Source { workload, owner: workload, template: template.clone() };
    let Some(made) = source.made(job, synthetic, template.clone()) else { return Ok(()) };
    let owner = made.object.clone();
    expanded.objects.push(made);
    job::expand(workload, &owner, &template, options, expanded)
}

/// RFC 3339 in the CronJob's time zone, as Go writes it.
fn local_time(fields: &Fields<'_>, at: i64) -> Result<String, WorkloadError> {
    let place = path(&["spec", "timeZone"]);
    let name = fields.text(&place)?.unwrap_or_default();
    let zone = match name {
        "" | "UTC" => Some(TimeZone::UTC),
        // The API server takes the names of the database in their own letters only.
        name => TimeZone::get(name).ok().filter(|zone| zone.iana_name() == Some(name)),
    };
    let (Some(zone), Ok(at)) = (zone, Timestamp::from_second(at)) else {
        let value = fields.value(&place).unwrap_or_else(|| fields.root());
        return Err(bad(value, &place, "a time zone of the IANA database"));
    };
    let local = at.to_zoned(zone);
    let written = local.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    Ok(match local.offset().seconds() {
        0 => format!("{written}Z"),
        offset => {
            let (sign, offset) = if offset < 0 { ('-', -offset) } else { ('+', offset) };
            format!("{written}{sign}{:02}:{:02}", offset / 3600, offset % 3600 / 60)
        }
    })
}
