//! Findings of every shape.

use kubelogic_core::finding::{Edit, Finding, Fix, Severity};
use kubelogic_core::object::{FieldPath, Location, Position, SourceName};
use kubelogic_core::read::{Options, Reading, text};
use kubelogic_core::version::KubeVersion;
use kubelogic_report::{Report, Sources, Suppressed, SuppressedBy};

pub(crate) const MANIFEST: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\n\
                                   data:\n  color: red\n  color: blue\n";

pub(crate) fn at(line: u32, column: u32) -> Position {
    Position { line, column }
}

pub(crate) fn place(source: &str, position: Option<Position>) -> Location {
    let path = FieldPath::root().field("data").key("color");
    Location { source: SourceName::new(source), document: 1, item: None, path, position }
}

/// Findings with and without a place, with everything that a finding can have, and with characters that writers
/// must escape.
pub(crate) fn findings() -> Vec<Finding> {
    let odd = "a\u{0}b\u{1b}[31m <x> & \"y\" ]]> 'z'\t%\r\n::error::\u{fffe}\u{85}é😀";
    let edit = Edit { start: at(7, 3), end: at(8, 1), text: String::new() };
    let fix =
        Fix { title: "take it out".to_owned(), source: SourceName::new("shop/a b.yaml"), edits: vec![edit] };
    vec![
        Finding::new("read/duplicate-key", Severity::Warning, "key `color` stands twice")
            .at(place("shop/a b.yaml", Some(at(8, 3))))
            .related(place("shop/a b.yaml", Some(at(7, 3))), "first here")
            .help("keep one of them")
            .fix(fix),
        Finding::new("read/syntax", Severity::Error, odd).at(place("-", Some(at(2, 1)))).help(odd),
        Finding::new("read/file", Severity::Error, "the file cannot be read").at(place("/none/é.yaml", None)),
        Finding::new("cluster/repeated-object", Severity::Note, "belongs to no place"),
        Finding::new("read/dropped-content", Severity::Warning, "several lines")
            .at(place("shop/a b.yaml", Some(at(3, 1))))
            .until(at(6, 1)),
    ]
}

pub(crate) fn suppressed() -> Vec<Suppressed> {
    let finding = |message: &str| {
        Finding::new("read/key", Severity::Warning, message).at(place("shop/a b.yaml", Some(at(1, 1))))
    };
    vec![
        Suppressed {
            finding: finding("by a comment"),
            by: SuppressedBy::Comment,
            reason: Some("because <of> \u{7}this".to_owned()),
        },
        Suppressed { finding: finding("by the baseline"), by: SuppressedBy::Baseline, reason: None },
    ]
}

pub(crate) fn reading() -> Reading {
    text(MANIFEST, &Options::named("shop/a b.yaml"))
}

pub(crate) fn sources(reading: &Reading) -> Sources<'_> {
    Sources::new(|name| (name == "shop/a b.yaml").then(|| MANIFEST.into()))
        .named(["clean.yaml", "shop/a b.yaml"].map(SourceName::new))
        .objects(&reading.objects, KubeVersion::default())
}

pub(crate) fn report<'a>(findings: &'a [Finding], suppressed: &'a [Suppressed]) -> Report<'a> {
    Report { suppressed, objects: 3, ..Report::of(findings) }
}
