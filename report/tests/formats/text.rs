//! Text for people, as it looks.

use kubelogic_core::finding::Finding;
use kubelogic_report::style::Palette;
use kubelogic_report::{Format, text};

use crate::findings::{findings, reading, report, sources, suppressed};

/// All findings but the one with characters that nobody can read.
fn plain() -> Vec<Finding> {
    findings().into_iter().filter(|finding| finding.code != "read/syntax").collect()
}

#[test]
fn control_characters_are_replaced() {
    let (findings, reading) = (findings(), reading());
    let written = text::finding(&findings[1], &sources(&reading), Palette::PLAIN);
    assert!(written.starts_with("-:2:1: error[read/syntax]: a\u{FFFD}b\u{FFFD}[31m <x>"), "{written}");
    assert!(!written.contains(|one: char| one.is_control() && one != '\n'), "{written:?}");
}

#[test]
fn text_shows_lines_with_carets() {
    let (findings, suppressed, reading) = (plain(), suppressed(), reading());
    let written = Format::Text.write(&report(&findings, &suppressed), &sources(&reading));
    insta::assert_snapshot!(written, @r"
    shop/a b.yaml:8:3: warning[read/duplicate-key]: key `color` stands twice
     8 |   color: blue
       |   ^^^^^
      shop/a b.yaml:7:3: first here
      help: keep one of them
      fix: take it out (--fix does it)
    /none/é.yaml: error[read/file]: the file cannot be read
    note[cluster/repeated-object]: belongs to no place
    shop/a b.yaml:3:1: warning[read/dropped-content]: several lines
     3 > metadata:
     4 >   name: settings
     5 >   namespace: shop
    1 error, 2 warnings, 1 note in 3 objects, 2 suppressed
    ");
}

#[test]
fn colours_go_around_places_and_carets() {
    let (findings, reading) = (findings(), reading());
    let written = text::finding(&findings[0], &sources(&reading), Palette::COLORS);
    insta::assert_snapshot!(written.replace('\u{1b}', "ESC"), @r"
    ESC[1mshop/a b.yaml:8:3ESC[0m: ESC[33;1mwarning[read/duplicate-key]ESC[0m: key `color` stands twice
     ESC[2m8ESC[0m ESC[2m|ESC[0m   color: blue
       ESC[2m|ESC[0m   ESC[33;1m^^^^^ESC[0m
      shop/a b.yaml:7:3: first here
      ESC[1mhelp:ESC[0m keep one of them
      ESC[1mfix:ESC[0m take it out (--fix does it)
    ");
}

#[test]
fn annotations_look_like_this() {
    let (findings, reading) = (plain(), reading());
    insta::assert_snapshot!(Format::Github.write(&report(&findings, &[]), &sources(&reading)), @r"
    ::warning file=shop/a b.yaml,line=8,endLine=8,col=3,endColumn=7,title=read/duplicate-key::shop/a b.yaml:8:3: key `color` stands twice%0Ahelp: keep one of them
    ::error file=/none/é.yaml,title=read/file::/none/é.yaml: the file cannot be read
    ::notice title=cluster/repeated-object::belongs to no place
    ::warning file=shop/a b.yaml,line=3,endLine=6,title=read/dropped-content::shop/a b.yaml:3:1: several lines
    1 error, 2 warnings, 1 note in 3 objects
    ");
}
