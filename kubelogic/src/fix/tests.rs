//! Fixes of made-up findings, round by round.

use kubelogic_core::finding::Severity;
use kubelogic_core::object::{FieldPath, Location, Position};

use super::*;

fn source() -> SourceName {
    SourceName::new("a.yaml")
}

/// Finds each word of `words` in a text, and wants its first letter replaced.
fn check(text: &[u8], words: &[(&str, &str)]) -> Vec<Finding> {
    let text = String::from_utf8(text.to_vec()).unwrap();
    let mut findings = Vec::new();
    for (word, instead) in words {
        let Some(at) = text.find(word) else { continue };
        let start = Position::START.advanced(&text, at);
        let end = Position::START.advanced(&text, at + word.len());
        let edit = Edit { start, end, text: (*instead).to_owned() };
        let fix = Fix { title: format!("write `{instead}`"), source: source(), edits: vec![edit] };
        let path = FieldPath::root();
        let place = Location { source: source(), document: 1, item: None, path, position: Some(start) };
        let finding = Finding::new("schema/unknown-field", Severity::Error, format!("`{word}`"));
        findings.push(finding.at(place).fix(fix));
    }
    findings
}

fn fix(text: &str, words: &[(&str, &str)]) -> Fixing {
    let text = text.as_bytes();
    rounds(check(text, words), &|_| Some(text.to_vec()), &mut |texts| {
        check(texts.get(&source()).map_or(text, Vec::as_slice), words)
    })
}

fn after(fixing: &Fixing) -> &str {
    std::str::from_utf8(&fixing.files[0].after).unwrap()
}

#[test]
fn several_fixes_are_made_at_once() {
    let fixing = fix("knid: x\nspce: y\n", &[("knid", "kind"), ("spce", "spec")]);
    assert_eq!((after(&fixing), fixing.files[0].fixes.len()), ("kind: x\nspec: y\n", 2));
    assert_eq!(fixing.files[0].before, b"knid: x\nspce: y\n");
    assert!(fixing.findings.is_empty() && fixing.refused.is_empty());
}

#[test]
fn what_shows_only_afterwards_is_fixed_in_another_round() {
    let fixing = fix("abc", &[("ab", "x"), ("xc", "y")]);
    assert_eq!((after(&fixing), fixing.files[0].fixes.len()), ("y", 2));
}

#[test]
fn fixes_that_touch_come_one_after_the_other() {
    let fixing = fix("abcd", &[("ab", "x"), ("cd", "y")]);
    assert_eq!((after(&fixing), fixing.files[0].fixes.len()), ("xy", 2));
}

#[test]
fn a_change_that_does_not_help_is_taken_back() {
    let fixing = fix("ab", &[("ab", "abab")]);
    assert!(fixing.files.is_empty());
    assert_eq!(fixing.refused[0].0, source());
    assert_eq!(fixing.findings.len(), 1);
}

#[test]
fn a_change_that_makes_the_text_unreadable_is_taken_back() {
    let text = b"knid: x\n".to_vec();
    let fixing = rounds(check(&text, &[("knid", "[")]), &|_| Some(text.clone()), &mut |texts| {
        let now = texts.get(&source()).unwrap_or(&text);
        let mut found = check(now, &[("knid", "[")]);
        if now.starts_with(b"[") {
            let place = Location {
                source: source(),
                document: 1,
                item: None,
                path: FieldPath::root(),
                position: None,
            };
            found.push(Finding::new("read/syntax", Severity::Error, "broken").at(place));
        }
        found
    });
    assert!(fixing.files.is_empty());
    assert_eq!((fixing.refused.len(), fixing.findings.len()), (1, 1));
    assert_eq!(fixing.findings[0].code, "schema/unknown-field");
}

#[test]
fn circles_end() {
    let fixing = fix("a", &[("a", "b"), ("b", "a")]);
    // An even number of rounds leads back to where it began.
    assert!(fixing.files.is_empty());
    assert_eq!(fixing.findings.len(), 1);
}

#[test]
fn a_text_that_is_gone_or_is_none_is_refused() {
    let findings = check(b"ab", &[("ab", "x")]);
    let gone = rounds(findings.clone(), &|_| None, &mut |_| Vec::new());
    assert_eq!(gone.refused[0].1, "its text is not there");
    let other = rounds(findings, &|_| Some(vec![0xFF]), &mut |_| Vec::new());
    assert_eq!(other.refused[0].1, "it is not in UTF-8");
}
