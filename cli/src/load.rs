//! From paths to objects and to a cluster.

mod exclude;
mod progress;

pub(crate) use exclude::Exclude;

use std::path::{Path, PathBuf};

use kubelogic::cluster::{Cluster, LoadOptions, OnDuplicate, OnInvalid};
use kubelogic::decode::FieldValidation;
use kubelogic::files::Files;
use kubelogic::finding::{Finding, Severity};
use kubelogic::object::Object;
use kubelogic::read::{self, Reading};
use kubelogic::report::{Sources, text};

use crate::arguments::{Duplicate, Input, Invalid, Loading, Validate};
use crate::console::{Console, Failure};
pub(crate) use progress::Phase;
use progress::Progress;

/// Standard input as a path, and its name in messages.
pub(crate) const STDIN: &str = "-";

/// What was read.
pub(crate) struct Given {
    pub(crate) reading: Reading,
    stdin: Option<Vec<u8>>,
}

impl Given {
    /// What was read, as reports show it.
    pub(crate) fn sources<'a>(&'a self, files: &'a dyn Files, options: &LoadOptions) -> Sources<'a> {
        let again = |name: &str| match name {
            STDIN => self.stdin.clone(),
            path => files.read(Path::new(path)).ok(),
        };
        Sources::new(again)
            .named(self.reading.sources.iter().map(|source| source.name.clone()))
            .objects(&self.reading.objects, options.kube_version)
    }
}

/// The paths of the arguments; there must be one.
pub(crate) fn paths(input: &Input, further: &[String]) -> Result<Vec<String>, Failure> {
    let paths: Vec<String> = input.filename.iter().chain(further).cloned().collect();
    if paths.is_empty() {
        return Err(Failure::with_help(
            "no manifests are given",
            "give files or folders with -f PATH, or - for standard input",
        ));
    }
    if paths.iter().filter(|path| *path == STDIN).count() > 1 {
        return Err(Failure::usage("standard input can be read only once"));
    }
    Ok(paths)
}

/// Reads everything that is readable; the rest is among the errors of the reading.
pub(crate) fn read(
    paths: &[String],
    input: &Input,
    loading: &Loading,
    console: &mut Console<'_>,
) -> Result<Given, Failure> {
    let stdin = stdin(paths, console)?;
    read_from(paths, input, loading, console.files(), stdin, console)
}

/// Standard input, when it is among the paths.
pub(crate) fn stdin(paths: &[String], console: &mut Console<'_>) -> Result<Option<Vec<u8>>, Failure> {
    if paths.iter().any(|path| path == STDIN) {
        console.read_all(read::Limits::default().run_bytes).map(Some)
    } else {
        Ok(None)
    }
}

/// Reads everything that is readable from given files and a given standard input.
pub(crate) fn read_from(
    paths: &[String],
    input: &Input,
    loading: &Loading,
    files: &dyn Files,
    stdin: Option<Vec<u8>>,
    console: &Console<'_>,
) -> Result<Given, Failure> {
    let mut options = read::Options::named(STDIN).for_version(loading.version());
    let mut given = Given { reading: Reading::default(), stdin };
    let here = console.working_directory().unwrap_or_default();
    let mut excludes = input.project_excludes.clone();
    for text in &input.exclude {
        excludes.push(Exclude::new(text, &here)?);
    }
    let remaining = exclude::Remaining { files, excludes: &excludes, here };
    let progress = Progress::new(console.progress());
    // Paths are read together as far as standard input does not stand between them: the limit holds for all.
    for group in paths.chunk_by(|path, next| (path == STDIN) == (next == STDIN)) {
        let reading = match &given.stdin {
            Some(bytes) if group.iter().all(|path| path == STDIN) => {
                let reading = read::bytes_with_progress(bytes, &options, &mut |done| {
                    progress.show(&options.source, done, bytes.len());
                });
                let used = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                options.limits.run_bytes = options.limits.run_bytes.saturating_sub(used);
                reading
            }
            _ => {
                let named: Vec<PathBuf> = group.iter().map(PathBuf::from).collect();
                read::files(&remaining, &named, input.recursive, &options, &mut |so_far| {
                    progress.show(so_far.source, so_far.done, so_far.bytes);
                })
            }
        };
        given.reading.append(reading);
    }
    Ok(given)
}

/// Reads a cluster, or says everything that is in the way.
pub(crate) fn cluster(
    paths: &[String],
    input: &Input,
    loading: &Loading,
    console: &mut Console<'_>,
) -> Result<Cluster, Failure> {
    let given = read(paths, input, loading, console)?;
    report_unread(&given, loading, console)?;
    cluster_of(&given, loading, console)
}

/// Makes a cluster of what was read, or says everything that is in the way.
pub(crate) fn cluster_of(
    given: &Given,
    loading: &Loading,
    console: &mut Console<'_>,
) -> Result<Cluster, Failure> {
    let options = options(loading);
    Cluster::load(given.reading.objects.iter().cloned(), &options).map_err(|error| {
        report(error.findings(), given, &options, console);
        Failure::Reported(error.findings().to_vec())
    })
}

/// Reports what could not be read. It is an error, unless it counts as absent.
pub(crate) fn report_unread(
    given: &Given,
    loading: &Loading,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let mut failures: Vec<Finding> = given.reading.errors.iter().map(Finding::from).collect();
    if failures.is_empty() {
        return Ok(());
    }
    let drop = loading.invalid == Invalid::Drop;
    if drop {
        for failure in &mut failures {
            failure.severity = Severity::Warning;
        }
    }
    report(&failures, given, &options(loading), console);
    if drop { Ok(()) } else { Err(Failure::Reported(failures)) }
}

/// Writes findings to standard error, with the lines that they are about.
pub(crate) fn report(findings: &[Finding], given: &Given, options: &LoadOptions, console: &mut Console<'_>) {
    let palette = console.error_palette();
    let sources = given.sources(console.files(), options);
    let texts: Vec<String> =
        findings.iter().map(|finding| text::finding(finding, &sources, palette)).collect();
    drop(sources);
    for text in texts {
        console.error(text.trim_end());
    }
}

/// A cluster of nothing but what names depend on: custom resource definitions and the default namespace.
pub(crate) fn naming(objects: &[Object], options: &LoadOptions) -> Result<Cluster, Failure> {
    let mut options = options.clone();
    options.on_duplicate = OnDuplicate::Last;
    let definitions = objects.iter().filter(|object| object.kind() == "CustomResourceDefinition");
    Cluster::load(definitions.cloned(), &options)
        // A definition that cannot be used adds no names.
        .or_else(|_| Cluster::load([], &options))
        .map_err(|error| Failure::usage(error.to_string()))
}

/// How objects become a cluster.
pub(crate) fn options(loading: &Loading) -> LoadOptions {
    let mut options = LoadOptions::default();
    options.kube_version = loading.version();
    options.default_namespace.clone_from(&loading.default_namespace);
    options.on_duplicate = match loading.on_duplicate {
        Duplicate::Refuse => OnDuplicate::Refuse,
        Duplicate::Last => OnDuplicate::Last,
    };
    options.on_invalid = match loading.invalid {
        Invalid::Refuse => OnInvalid::Refuse,
        Invalid::Drop => OnInvalid::Drop,
    };
    options.field_validation = match loading.validate {
        Validate::Strict => FieldValidation::Strict,
        Validate::Warn => FieldValidation::Warn,
        Validate::Ignore => FieldValidation::Ignore,
    };
    options
}
