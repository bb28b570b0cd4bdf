//! `kubelogic check`: what is wrong with manifests.

mod baseline;
mod changed;
mod fix;

use kubelogic::LoadOptions;
use kubelogic::answer::Answer;
use kubelogic::ask::CheckResult;
use kubelogic::finding::Finding;
use kubelogic::report::review::{Reviewed, Rules, review};
use kubelogic::report::selection::Selection;
use kubelogic::report::{FailOn, Format, Report, Sources, Suppressed, text};

use crate::arguments::{Check, Findings, Invalid};
use crate::console::{Console, Failure};
use crate::load::{self, Given};
use crate::{NO, NO_ANSWER, YES, json};
use changed::Changes;

pub(crate) fn run(arguments: &Check, console: &mut Console<'_>) -> Result<u8, Failure> {
    let paths = load::paths(&arguments.input, &arguments.paths)?;
    let rules = rules(arguments, console)?;
    let changes = arguments
        .changed_since
        .as_deref()
        .map(|revision| Changes::since(revision, console.working_directory().as_deref()))
        .transpose()?;
    if arguments.fix {
        return fix::run(arguments, &paths, &rules, changes.as_ref(), console);
    }
    let given = load::read(&paths, &arguments.input, &arguments.loading, console)?;
    let options = load::options(&arguments.loading);
    let checked = check(&given, &rules, changes.as_ref(), &options, console);
    if let Some(path) = &arguments.write_baseline {
        baseline::write(path, &checked, &given, &options, console)?;
        return Ok(if is_unread(&given, arguments) { NO_ANSWER } else { YES });
    }
    report(&checked, &given, arguments, &options, console)?;
    Ok(exit_code(&checked.findings, is_unread(&given, arguments), arguments))
}

/// What a check has found, and decided about.
pub(super) struct Checked {
    pub(super) objects: usize,
    pub(super) findings: Vec<Finding>,
    pub(super) suppressed: Vec<Suppressed>,
}

fn rules(arguments: &Check, console: &Console<'_>) -> Result<Rules, Failure> {
    let selection = Selection::new(&arguments.select, &arguments.ignore)
        .map_err(|error| Failure::with_help(error.to_string(), error.help()))?;
    let baseline = arguments.baseline.as_deref().map(|path| baseline::read(path, console)).transpose()?;
    Ok(Rules { selection, deaf: arguments.no_suppressions, baseline })
}

fn check(
    given: &Given,
    rules: &Rules,
    changes: Option<&Changes>,
    options: &LoadOptions,
    console: &Console<'_>,
) -> Checked {
    let _phase = load::Phase::new(console.progress(), "checking", given.reading.objects.len());
    let checked = kubelogic::check::reading(given.reading.clone(), options);
    let sources = sources(given, options, console);
    let Reviewed { mut findings, mut suppressed } =
        review(checked.findings, &given.reading.sources, &sources, rules);
    if let Some(changes) = changes {
        findings.retain(|finding| changes.touch(finding));
        suppressed.retain(|one| changes.touch(&one.finding));
    }
    Checked { objects: checked.objects, findings, suppressed }
}

fn sources<'a>(given: &'a Given, options: &LoadOptions, console: &'a Console<'_>) -> Sources<'a> {
    let directory = console.working_directory().map(|path| path.to_string_lossy().into_owned());
    given.sources(console.files(), options).directory(directory)
}

fn report(
    checked: &Checked,
    given: &Given,
    arguments: &Check,
    options: &LoadOptions,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    if arguments.quiet {
        return Ok(());
    }
    let sources = sources(given, options, console);
    let report = Report {
        findings: &checked.findings,
        suppressed: &checked.suppressed,
        objects: checked.objects,
        fail_on: arguments.fail_on.into(),
        version: options.kube_version,
    };
    let printed = match arguments.output {
        Findings::Text => text::all(&report, &sources, console.palette()),
        Findings::Json => {
            let result = CheckResult {
                objects: checked.objects,
                findings: checked.findings.clone(),
                suppressed: checked.suppressed.clone(),
            };
            json::answer(&Answer::new(result, options.kube_version))?
        }
        Findings::Ndjson => Format::Ndjson.write(&report, &sources),
        Findings::Sarif => Format::Sarif.write(&report, &sources),
        Findings::Junit => Format::Junit.write(&report, &sources),
        Findings::Github => Format::Github.write(&report, &sources),
    };
    drop(sources);
    console.out(&printed)
}

/// What could not be read was not checked, and no threshold, comment or baseline changes that.
fn is_unread(given: &Given, arguments: &Check) -> bool {
    !given.reading.errors.is_empty() && arguments.loading.invalid == Invalid::Refuse
}

fn exit_code(findings: &[Finding], unread: bool, arguments: &Check) -> u8 {
    match (unread, FailOn::from(arguments.fail_on).any(findings)) {
        (true, _) => NO_ANSWER,
        (false, true) => NO,
        (false, false) => YES,
    }
}
