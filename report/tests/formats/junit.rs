//! `JUnit` XML, read back by the reader of cargo-nextest.

use kubelogic_core::finding::{Finding, Severity};
use kubelogic_report::{FailOn, Report, Sources, junit};
use proptest::prelude::*;
use quick_junit::{Report as Read, TestCase, TestCaseStatus};

use crate::findings::{findings, place, reading, report, sources, suppressed};

fn read(xml: &str) -> Read {
    Read::deserialize_from_str(xml).unwrap_or_else(|error| panic!("{error}: {xml}"))
}

#[test]
fn a_reader_finds_suites_cases_and_failures() {
    let (findings, suppressed, reading) = (findings(), suppressed(), reading());
    let report = report(&findings, &suppressed);
    let read = read(&junit::xml(&report, &sources(&reading)));
    let suites: Vec<(&str, usize, usize, usize)> = read
        .test_suites
        .iter()
        .map(|suite| {
            let skipped = |case: &&TestCase| matches!(case.status, TestCaseStatus::Skipped { .. });
            let skipped = suite.test_cases.iter().filter(skipped).count();
            (suite.name.as_str(), suite.tests, suite.failures, skipped)
        })
        .collect();
    assert_eq!(
        suites,
        [
            ("clean.yaml", 1, 0, 0),
            ("shop/a b.yaml", 4, 0, 2),
            ("-", 1, 1, 0),
            ("/none/é.yaml", 1, 1, 0),
            ("input", 1, 0, 0),
        ]
    );
    assert_eq!((read.tests, read.failures), (8, 2));
    let case = &read.test_suites[1].test_cases[0];
    assert_eq!(case.classname.as_ref().unwrap().as_str(), "read/duplicate-key");
    assert_eq!(case.name.as_str(), "ConfigMap shop/settings (8:3)");
    let TestCaseStatus::NonSuccess { ty, message, .. } = &read.test_suites[3].test_cases[0].status else {
        panic!("a file that cannot be read passes");
    };
    assert_eq!(ty.as_ref().unwrap().as_str(), "read/file");
    assert_eq!(message.as_ref().unwrap().as_str(), "the file cannot be read");
}

#[test]
fn the_threshold_decides_what_fails() {
    let findings = [Finding::new("read/key", Severity::Warning, "x")];
    for (fail_on, failures) in [(FailOn::Error, 0), (FailOn::Warning, 1), (FailOn::Never, 0)] {
        let report = Report { fail_on, ..Report::of(&findings) };
        assert_eq!(read(&junit::xml(&report, &Sources::none())).failures, failures);
    }
}

proptest! {
    #[test]
    fn any_message_comes_back_without_control_characters(message in any::<String>()) {
        let findings = [Finding::new("read/key", Severity::Error, message.clone()).at(place(&message, None))];
        let read = read(&junit::xml(&Report::of(&findings), &Sources::none()));
        let TestCaseStatus::NonSuccess { message: Some(told), .. } = &read.test_suites[0].test_cases[0].status else {
            panic!("an error passes");
        };
        let kept = |one: char| !one.is_control() || matches!(one, '\t' | '\n' | '\r');
        let wanted: String = message.chars()
            .map(|one| if kept(one) && !matches!(one, '\u{FFFE}' | '\u{FFFF}') { one } else { '\u{FFFD}' })
            .collect();
        prop_assert_eq!(told.as_str(), wanted);
    }
}
