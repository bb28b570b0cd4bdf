//! Panics unwind in every profile, so that they can be caught where another language calls in; and symbols stay in
//! the library, for the Python stubs are read from them.

use std::path::Path;

use super::repository;

fn problems(manifest: &toml::Table) -> Vec<String> {
    let mut problems = Vec::new();
    let profiles = manifest.get("profile").and_then(toml::Value::as_table);
    let release = profiles.and_then(|profiles| profiles.get("release"));
    let setting = |name: &str| release.and_then(|release| release.get(name)).and_then(toml::Value::as_str);
    if setting("panic") != Some("unwind") {
        problems.push("release: panic is not \"unwind\"".to_owned());
    }
    if setting("strip") != Some("debuginfo") {
        problems.push("release: strip is not \"debuginfo\"".to_owned());
    }
    for (name, profile) in profiles.into_iter().flatten() {
        if profile.get("panic").is_some_and(|panic| panic.as_str() != Some("unwind")) {
            problems.push(format!("{name}: panics do not unwind"));
        }
        let strip = profile.get("strip");
        if strip.is_some_and(|strip| strip.as_bool() == Some(true) || strip.as_str() == Some("symbols")) {
            problems.push(format!("{name}: symbols are stripped"));
        }
    }
    problems
}

#[test]
fn panics_unwind_and_symbols_stay() {
    assert_eq!(problems(&repository::manifest(Path::new("Cargo.toml"))), Vec::<String>::new());
}

#[test]
fn a_profile_that_aborts_or_strips_is_found() {
    let check = |text: &str| problems(&repository::parse(text));
    assert_eq!(check("[profile.release]\npanic = 'unwind'\nstrip = 'debuginfo'"), Vec::<String>::new());
    assert_eq!(check("[profile.dev]\nopt-level = 1").len(), 2);
    let aborts = "[profile.release]\npanic = 'abort'\nstrip = 'symbols'";
    assert_eq!(check(aborts).len(), 4);
    let other = "[profile.release]\npanic = 'unwind'\nstrip = 'debuginfo'\n[profile.small]\nstrip = true\npanic = 'abort'";
    assert_eq!(check(other), ["small: panics do not unwind", "small: symbols are stripped"]);
}
