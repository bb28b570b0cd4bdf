//! Jobs: the pods that run side by side at first.

use super::fields::{Fields, bad};
use super::identity::{MAX_PREFIX, has_uid};
use super::pod::{Source, label, within_limit};
use super::{Expanded, Expansion, WorkloadError};
use crate::object::{Draft, DraftMap, FieldPath, Object, Value};

const INDEX: &str = "batch.kubernetes.io/job-completion-index";
const FAILURES: &str = "batch.kubernetes.io/job-index-failure-count";
const FINALIZER: &str = "batch.kubernetes.io/job-tracking";
const INDEX_VARIABLE: &str = "JOB_COMPLETION_INDEX";
/// Labels with the name of the job, and with its uid.
const NAMES: [&str; 2] = ["job-name", "batch.kubernetes.io/job-name"];
const UIDS: [&str; 2] = ["controller-uid", "batch.kubernetes.io/controller-uid"];

/// The pods of the Job `owner`, whose `metadata` and `spec` stand in `workload` below `root`.
pub(super) fn expand(
    workload: &Object,
    owner: &Object,
    root: &FieldPath,
    options: &Expansion,
    expanded: &mut Expanded,
) -> Result<(), WorkloadError> {
    let job = Job { fields: Fields::of(workload), root: root.clone() };
    if let Some(note) = job.idle()? {
        expanded.notes.push(note);
        return Ok(());
    }
    let indexes = if job.indexed()? { Some(job.pending_indexes()?) } else { None };
    let active = match &indexes {
        Some(indexes) => u32::try_from(indexes.len()).unwrap_or(u32::MAX),
        None => job.active(job.status_count("succeeded")?)?,
    };
    within_limit(workload, active, options)?;

    let source = Source { workload, owner, template: root.clone().field("spec").field("template") };
    let mut pod = source.pod();
    let mut synthetic = Vec::new();
    if !job.fields.flag(&job.path(&["spec", "manualSelector"]))? {
        select(pod.map_at("metadata").entry("labels").as_map(), owner);
        if !has_uid(owner) {
            synthetic.extend(UIDS.map(label));
        }
    }
    track(pod.map_at("metadata"));
    let Some(indexes) = indexes else {
        for _ in 0..active {
            source.put_unnamed(pod.clone(), synthetic.clone(), expanded);
        }
        return Ok(());
    };
    for list in ["initContainers", "containers"] {
        if let Some(Draft::List(containers)) = pod.map_at("spec").get_mut(list) {
            containers.iter_mut().for_each(tell_index);
        }
    }
    let counts_failures = job.fields.value(&job.path(&["spec", "backoffLimitPerIndex"])).is_some();
    for index in indexes {
        let mut pod = pod.clone();
        let metadata = pod.map_at("metadata");
        metadata.set("generateName", Draft::text(prefix(owner.name(), index)));
        metadata.entry("labels").as_map().set(INDEX, Draft::text(index.to_string()));
        let annotations = metadata.entry("annotations").as_map();
        annotations.set(INDEX, Draft::text(index.to_string()));
        if counts_failures {
            annotations.set(FAILURES, Draft::text("0"));
        }
        pod.map_at("spec").set("hostname", Draft::text(format!("{}-{index}", owner.name())));
        source.put_unnamed(pod, synthetic.clone(), expanded);
    }
    Ok(())
}

/// The fields of a job, wherever it stands.
struct Job<'a> {
    fields: Fields<'a>,
    root: FieldPath,
}

impl<'a> Job<'a> {
    fn path(&self, fields: &[&str]) -> FieldPath {
        fields.iter().fold(self.root.clone(), FieldPath::field)
    }

    /// The status of a job that is an object of its own; that of a template says nothing.
    fn status(&self, field: &str) -> Option<(Value<'a>, FieldPath)> {
        let path = self.path(&["status", field]);
        self.fields.value(&path).filter(|_| self.root.is_root()).map(|value| (value, path))
    }

    fn status_count(&self, field: &str) -> Result<u32, WorkloadError> {
        match self.status(field) {
            Some((_, path)) => Ok(self.fields.count(&path)?.unwrap_or(0)),
            None => Ok(0),
        }
    }

    /// Why the controller makes no pods at all.
    fn idle(&self) -> Result<Option<String>, WorkloadError> {
        // upstream: pkg/controller/job/job_controller.go (syncJob), utils.go (IsJobFinished)
        if self.fields.flag(&self.path(&["spec", "suspend"]))? {
            return Ok(Some("the Job is suspended".to_owned()));
        }
        if let Some(name) = self.fields.text(&self.path(&["spec", "managedBy"]))?
            && name != "kubernetes.io/job-controller"
        {
            return Ok(Some(format!("the Job is managed by `{name}`")));
        }
        let conditions = self.status("conditions").map(|(value, _)| value);
        for condition in conditions.into_iter().flat_map(|conditions| conditions.items()) {
            let text =
                |field: &str| condition.get(field).and_then(|value| value.as_str()).unwrap_or_default();
            if text("status") == "True" && ["Complete", "Failed"].contains(&text("type")) {
                return Ok(Some("the Job is finished".to_owned()));
            }
        }
        let deleted = self.path(&["metadata", "deletionTimestamp"]);
        if self.root.is_root() && self.fields.value(&deleted).is_some() {
            return Ok(Some("the Job is being deleted".to_owned()));
        }
        Ok(None)
    }

    fn indexed(&self) -> Result<bool, WorkloadError> {
        let path = self.path(&["spec", "completionMode"]);
        match self.fields.text(&path)? {
            None | Some("NonIndexed") => Ok(false),
            Some("Indexed") => Ok(true),
            Some(_) => {
                let value = self.fields.value(&path);
                Err(value.map_or_else(
                    || self.missing_completions(),
                    |value| bad(value, &path, "`NonIndexed` or `Indexed`"),
                ))
            }
        }
    }

    /// How many pods run side by side when so many have succeeded.
    fn active(&self, succeeded: u32) -> Result<u32, WorkloadError> {
        // upstream: pkg/controller/job/job_controller.go (manageJob), pkg/apis/batch/v1/defaults.go
        let parallelism = self.fields.count(&self.path(&["spec", "parallelism"]))?;
        let completions = self.fields.count(&self.path(&["spec", "completions"]))?;
        Ok(match (completions, parallelism) {
            (None, None) => 1u32.saturating_sub(succeeded),
            (None, Some(_)) if succeeded > 0 => 0,
            (None, Some(parallelism)) => parallelism,
            (Some(completions), parallelism) => {
                completions.saturating_sub(succeeded).min(parallelism.unwrap_or(1))
            }
        })
    }

    /// The completion indexes that come first.
    fn pending_indexes(&self) -> Result<Vec<u32>, WorkloadError> {
        // upstream: pkg/controller/job/indexed_job_utils.go (firstPendingIndexes)
        let both = self.fields.value(&self.path(&["spec", "parallelism"])).is_none();
        let completions = match self.fields.count(&self.path(&["spec", "completions"]))? {
            Some(completions) => completions,
            None if both => 1,
            None => return Err(self.missing_completions()),
        };
        let done = self.intervals("completedIndexes", completions)?;
        let succeeded = done.iter().map(|(first, last)| last - first + 1).sum();
        let failed = match self.fields.value(&self.path(&["spec", "backoffLimitPerIndex"])) {
            Some(_) => self.intervals("failedIndexes", completions)?,
            None => Vec::new(),
        };
        let is_open =
            |index: &u32| !done.iter().chain(&failed).any(|(first, last)| (first..=last).contains(&index));
        let count = usize::try_from(self.active(succeeded)?).unwrap_or(usize::MAX);
        Ok((0..completions).filter(is_open).take(count).collect())
    }

    /// Indexes as the status writes them: `1,3-5,7`.
    fn intervals(&self, field: &str, completions: u32) -> Result<Vec<(u32, u32)>, WorkloadError> {
        // upstream: pkg/controller/job/indexed_job_utils.go (parseIndexesFromString): what is no index is passed over
        let Some((_, path)) = self.status(field) else { return Ok(Vec::new()) };
        let text = self.fields.text(&path)?.unwrap_or_default();
        let intervals = text.split(',').filter_map(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (first.parse::<u32>().ok()?, last.parse::<u32>().ok()?);
            (first <= last && first < completions).then(|| (first, last.min(completions.saturating_sub(1))))
        });
        Ok(intervals.collect())
    }

    fn missing_completions(&self) -> WorkloadError {
        let path = self.path(&["spec"]);
        let spec = self.fields.value(&path).unwrap_or_else(|| self.fields.root());
        bad(spec, &path.field("completions"), "given, because the completion mode is `Indexed`")
    }
}

/// The labels that the API server gives to the template of a job that brings no selector.
fn select(labels: &mut DraftMap, job: &Object) {
    // upstream: pkg/registry/batch/job/strategy.go (generateSelector)
    let uid = job.root().get("metadata").and_then(|metadata| metadata.get("uid"));
    let uid = uid.and_then(|uid| uid.as_str()).unwrap_or_default();
    for (keys, value) in [(NAMES, job.name()), (UIDS, uid)] {
        for key in keys {
            if labels.get(key).is_none() {
                labels.set(key, Draft::text(value));
            }
        }
    }
}

/// Lets the controller count a pod before it goes away.
fn track(metadata: &mut DraftMap) {
    let finalizers = metadata.entry("finalizers").as_list();
    if !finalizers.iter().any(|finalizer| finalizer.as_str() == Some(FINALIZER)) {
        finalizers.push(Draft::text(FINALIZER));
    }
}

/// Tells a container its index, unless it has a variable of that name.
fn tell_index(container: &mut Draft) {
    // upstream: pkg/controller/job/indexed_job_utils.go (addCompletionIndexEnvVariable)
    let variables = container.as_map().entry("env").as_list();
    let name = |variable: &Draft| variable.get("name").and_then(Draft::as_str).map(str::to_owned);
    if variables.iter().any(|variable| name(variable).as_deref() == Some(INDEX_VARIABLE)) {
        return;
    }
    let field = Draft::map([("fieldPath", Draft::text(format!("metadata.labels['{INDEX}']")))]);
    let from = Draft::map([("fieldRef", field)]);
    variables.push(Draft::map([("name", Draft::text(INDEX_VARIABLE)), ("valueFrom", from)]));
}

/// How the names of the pods of one index begin.
fn prefix(job: &str, index: u32) -> String {
    // upstream: pkg/controller/job/indexed_job_utils.go (podGenerateNameWithIndex)
    let end = format!("-{index}-");
    let room = MAX_PREFIX.saturating_sub(end.len());
    let job = if job.len() > room { job.get(..room).unwrap_or(job) } else { job };
    format!("{job}{end}")
}
