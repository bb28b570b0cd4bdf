//! Annotations, read as GitHub's runner reads them.

use kubelogic_core::object::{FieldPath, Location, SourceName};
use proptest::prelude::*;

use super::*;

fn at(source: &str, message: &str, severity: Severity) -> Finding {
    let position = Some(Position { line: 2, column: 3 });
    let source = SourceName::new(source);
    let location = Location { source, document: 1, item: None, path: FieldPath::root(), position };
    Finding::new("read/key", severity, message).at(location)
}

/// A command as the runner of GitHub Actions reads it (actions/runner, `ActionCommand.TryParseV2`).
fn read(line: &str) -> (String, Vec<(String, String)>, String) {
    let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (command, properties) = head.split_once(' ').unwrap();
    let unescape = |text: &str, also: bool| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n");
        let text = if also { text.replace("%3A", ":").replace("%2C", ",") } else { text };
        text.replace("%25", "%")
    };
    let properties = properties.split(',').map(|one| one.split_once('=').unwrap());
    let properties = properties.map(|(key, value)| (key.to_owned(), unescape(value, true))).collect();
    (command.to_owned(), properties, unescape(message, false))
}

proptest! {
    #[test]
    fn what_is_escaped_comes_back(path in "[^./\\\\:][^\\\\]{0,20}", message in "(\\PC|[%\r\n:,#\\[]){0,40}") {
        let findings = [at(&path, &message, Severity::Warning)];
        let written = annotations(&Report::of(&findings), &Sources::none());
        let lines: Vec<&str> = written.split('\n').collect();
        prop_assert_eq!(lines.len(), 3);
        let (command, properties, text) = read(lines[0]);
        let path = Sources::none().path(&path);
        prop_assert_eq!(command, "warning");
        prop_assert_eq!(&properties[0], &("file".to_owned(), path.clone()));
        prop_assert_eq!(properties.last().unwrap(), &("title".to_owned(), "read/key".to_owned()));
        prop_assert_eq!(text, format!("{path}:2:3: {message}"));
    }

    #[test]
    fn plain_lines_are_no_commands(message in "(::|##\\[|error|[\r\n \\]]){0,12}") {
        let findings: Vec<Finding> = (0..12).map(|_| at("a.yaml", &message, Severity::Error)).collect();
        let written = annotations(&Report::of(&findings), &Sources::none());
        let lines: Vec<&str> = written.lines().collect();
        prop_assert_eq!(lines.len(), 13);
        for line in &lines[10..] {
            prop_assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{}", line);
        }
    }
}

#[test]
fn ten_of_each_level_are_annotations() {
    let mut findings = vec![at("a.yaml", "x", Severity::Error); 11];
    findings.extend(vec![at("a.yaml", "y", Severity::Note); 12]);
    let written = annotations(&Report::of(&findings), &Sources::none());
    assert_eq!(written.matches("::error ").count(), 10);
    assert_eq!(written.matches("::notice ").count(), 10);
    assert!(written.ends_with(
        "11 errors, 12 notes in 0 objects; 3 of them stand only in this log, for GitHub shows 10 of each level\n"
    ));
}

#[test]
fn the_last_character_is_named_not_the_one_behind_it() {
    let findings = [at("a.yaml", "x", Severity::Note)];
    let sources = Sources::new(|_| Some(b"a:\n  word: 1\n".to_vec()));
    let written = annotations(&Report::of(&findings), &sources);
    assert!(
        written.starts_with("::notice file=a.yaml,line=2,endLine=2,col=3,endColumn=6,title="),
        "{written}"
    );
}
