//! `kubelogic check`: what is wrong with manifests.

use std::fmt::Write as _;

use kubelogic::answer::Answer;
use kubelogic::ask::CheckResult;
use kubelogic::finding::{Finding, Severity};

use crate::arguments::{Check, FailOn, Invalid, Report};
use crate::console::{Console, Failure};
use crate::findings::{counted, tally, text};
use crate::{NO, NO_ANSWER, YES, json, load};

pub(crate) fn run(arguments: &Check, console: &mut Console<'_>) -> Result<u8, Failure> {
    let paths = load::paths(&arguments.input, &arguments.paths)?;
    let input = load::read(&paths, &arguments.input, &arguments.loading, console)?;
    let options = load::options(&arguments.loading);
    // What could not be read was not checked, and no threshold changes that.
    let unread = !input.reading.errors.is_empty() && arguments.loading.invalid == Invalid::Refuse;

    let mut excerpts = input.excerpts(console.files(), &options);
    let mut checked = kubelogic::check::reading(input.reading.clone(), &options);
    checked.findings.retain(|finding| is_wanted(finding, arguments));
    let failed = checked.findings.iter().any(|finding| fails(finding.severity, arguments.fail_on));

    let mut printed = String::new();
    match arguments.output {
        _ if arguments.quiet => {}
        Report::Json => {
            let result = CheckResult { objects: checked.objects, findings: checked.findings };
            printed = json::answer(&Answer::new(result, options.kube_version))?;
        }
        Report::Text => {
            for finding in &checked.findings {
                printed.push_str(&text(finding, &mut excerpts, console.palette()));
            }
            let found = if checked.findings.is_empty() {
                "nothing found".to_owned()
            } else {
                tally(&checked.findings)
            };
            let _ = writeln!(printed, "{found} in {}", counted(checked.objects, "object"));
        }
    }
    drop(excerpts);
    console.out(&printed)?;
    Ok(match (unread, failed) {
        (true, _) => NO_ANSWER,
        (false, true) => NO,
        (false, false) => YES,
    })
}

fn is_wanted(finding: &Finding, arguments: &Check) -> bool {
    let covers = |codes: &[String]| codes.iter().any(|code| matches(finding.code, code));
    (arguments.select.is_empty() || covers(&arguments.select)) && !covers(&arguments.ignore)
}

/// Whether a code is meant: by itself, or by the room that it belongs to.
fn matches(code: &str, wanted: &str) -> bool {
    code == wanted
        || code.strip_prefix(wanted.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
}

fn fails(severity: Severity, fail_on: FailOn) -> bool {
    match fail_on {
        FailOn::Error => severity == Severity::Error,
        FailOn::Warning => severity >= Severity::Warning,
        FailOn::Note => true,
        FailOn::Never => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_selected_by_name_or_room() {
        assert!(matches("read/syntax", "read"));
        assert!(matches("read/syntax", "read/"));
        assert!(matches("read/syntax", "read/syntax"));
        assert!(!matches("read/syntax", "read/syn"));
        assert!(!matches("reader/x", "read"));
    }

    #[test]
    fn thresholds_are_ordered() {
        assert!(fails(Severity::Warning, FailOn::Warning) && !fails(Severity::Warning, FailOn::Error));
        assert!(fails(Severity::Note, FailOn::Note) && !fails(Severity::Error, FailOn::Never));
    }
}
