//! `kubelogic expect`: whether what must hold holds, and stating what holds.

mod write;

use std::fmt::Write as _;

use kubelogic::answer::Answer;
use kubelogic::ask::AskError;
use kubelogic::cluster::Cluster;
use kubelogic::expect::{self, Expected, LineOutcome, Options};
use kubelogic::finding::{Finding, Severity};
use kubelogic::report::text::{self, counted};
use kubelogic::report::{Format, Report};

use crate::arguments::{Expect, Findings};
use crate::can_i::bootstrap;
use crate::console::{Console, Failure};
use crate::load::Given;
use crate::{NO, NO_ANSWER, YES, json, load};

pub(crate) fn run(arguments: &Expect, console: &mut Console<'_>) -> Result<u8, Failure> {
    if arguments.schema {
        console.out(&json::lines(&expect::schema()))?;
        return Ok(YES);
    }
    let outcome = answer(arguments, console);
    if let Err(Failure::Reported(findings)) = &outcome
        && arguments.output == Findings::Json
        && !arguments.quiet
        && arguments.write.is_none()
    {
        console.out(&json::error(findings)?)?;
    }
    outcome
}

fn answer(arguments: &Expect, console: &mut Console<'_>) -> Result<u8, Failure> {
    let paths = load::paths(&arguments.input, &[])?;
    let given = load::read(&paths, &arguments.input, &arguments.loading, console)?;
    load::report_unread(&given, &arguments.loading, console)?;
    let cluster = load::cluster_of(&given, &arguments.loading, console)?;
    let mut options = Options::default();
    // A version that somebody asks for counts more than those that files pin.
    options.kube_version = arguments.loading.kube_version;
    options.bootstrap = bootstrap(arguments.bootstrap);

    if let Some(file) = &arguments.write {
        let written = expect::write(&cluster, &options);
        let written = written.map_err(|error| refused(error, &given, &cluster, console))?.result;
        return write::run(&written, file, arguments.force, console);
    }
    if !expect::is_given(&cluster) {
        return Err(Failure::with_help(
            "there are no expectations in the input",
            "give an object of kind `Expectations`; `kubelogic expect --write -f PATH` writes a first one",
        ));
    }
    let answer = expect::answer(&cluster, &options);
    let answer = answer.map_err(|error| refused(error, &given, &cluster, console))?;
    let code = exit_code(&answer.result);
    let printed = match arguments.output {
        _ if arguments.quiet => String::new(),
        Findings::Json => json::answer(&answer)?,
        Findings::Text => people(&answer, &given, &cluster, console),
        Findings::Ndjson => written(Format::Ndjson, &answer, &given, &cluster, console),
        Findings::Sarif => written(Format::Sarif, &answer, &given, &cluster, console),
        Findings::Junit => written(Format::Junit, &answer, &given, &cluster, console),
        Findings::Github => written(Format::Github, &answer, &given, &cluster, console),
    };
    console.out(&printed)?;
    Ok(code)
}

/// Something that is not so is a no. Otherwise what cannot be settled or read is no answer.
fn exit_code(expected: &Expected) -> u8 {
    if expected.count(LineOutcome::Malformed) > 0
        || expected.findings.iter().any(|finding| finding.severity == Severity::Error)
    {
        return NO_ANSWER;
    }
    match (expected.count(LineOutcome::Fails), expected.count(LineOutcome::Undecided)) {
        (0, 0) => YES,
        (0, _) => NO_ANSWER,
        _ => NO,
    }
}

/// What does not hold with its line, and how many lines do.
fn people(answer: &Answer<Expected>, given: &Given, cluster: &Cluster, console: &Console<'_>) -> String {
    let mut printed = String::new();
    let sources = given.sources(console.files(), cluster.options());
    for finding in answer.result.findings() {
        printed.push_str(&text::finding(finding, &sources, console.palette()));
    }
    let lines = counted(answer.result.lines.len(), "expectation");
    let outcomes = [LineOutcome::Holds, LineOutcome::Fails, LineOutcome::Undecided, LineOutcome::Malformed];
    let parts: Vec<String> = outcomes
        .into_iter()
        .map(|outcome| (answer.result.count(outcome), outcome))
        .filter(|(count, _)| *count > 0)
        .map(|(count, outcome)| match (outcome, count) {
            (LineOutcome::Holds, 1) => "1 holds".to_owned(),
            (LineOutcome::Holds, count) => format!("{count} hold"),
            (LineOutcome::Fails, 1) => "1 fails".to_owned(),
            (LineOutcome::Fails, count) => format!("{count} fail"),
            (outcome, count) => format!("{count} {}", outcome.name()),
        })
        .collect();
    let of = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    let _ = writeln!(printed, "{lines}{of}");
    printed
}

/// What does not hold, as findings of any check are written.
fn written(
    format: Format,
    answer: &Answer<Expected>,
    given: &Given,
    cluster: &Cluster,
    console: &Console<'_>,
) -> String {
    let findings: Vec<Finding> = answer.result.findings().cloned().collect();
    let directory = console.working_directory().map(|path| path.to_string_lossy().into_owned());
    let sources = given.sources(console.files(), cluster.options()).directory(directory);
    let report = Report {
        objects: given.reading.objects.len(),
        version: answer.kube_version,
        ..Report::of(&findings)
    };
    format.write(&report, &sources)
}

/// Roles and bindings that cannot be used.
fn refused(error: AskError, given: &Given, cluster: &Cluster, console: &mut Console<'_>) -> Failure {
    if error.problems.is_empty() {
        return Failure::usage(error.message);
    }
    load::report(&error.problems, given, cluster.options(), console);
    Failure::Reported(error.problems)
}
