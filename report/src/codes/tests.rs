//! The catalogue is whole, and the documentation is the catalogue.

use std::collections::HashSet;
use std::path::Path;

use kubelogic_core::read::{Code as ReadCode, FINDINGS};

use super::*;

/// `UPDATE_DOCS=1 cargo test -p kubelogic-report` writes it anew.
#[test]
fn the_page_of_the_documentation_is_the_catalogue() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/findings.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, page()).unwrap();
    }
    assert!(
        std::fs::read_to_string(file).unwrap() == page(),
        "run UPDATE_DOCS=1 cargo test -p kubelogic-report"
    );
}

#[test]
fn every_code_stands_once_and_in_its_room() {
    let mut seen = HashSet::new();
    for (room, codes) in ROOMS {
        for one in *codes {
            assert!(seen.insert(one.code), "{} stands twice", one.code);
            assert_eq!(explain(one.code), Some(one));
            let own = one.code.split_once('/').map_or("version", |(own, _)| own);
            assert_eq!(own, *room, "{}", one.code);
        }
    }
}

#[test]
fn every_text_is_a_text() {
    for one in all() {
        let title = one.title;
        assert!(title.starts_with(|first: char| first.is_lowercase() || first == '`'), "{title}");
        assert!(!title.ends_with('.') && !title.is_empty(), "{title}");
        for text in [one.about, one.remedy] {
            assert!(text.ends_with('.') && text.len() > 8, "{}: {text}", one.code);
        }
    }
}

#[test]
fn everything_that_reading_reports_is_in_the_catalogue() {
    for code in ReadCode::ALL.map(ReadCode::name).into_iter().chain(FINDINGS.map(|finding| finding.code)) {
        assert!(explain(code).is_some(), "{code}");
    }
    assert_eq!(read::CODES.len(), ReadCode::ALL.len() + FINDINGS.len());
}

#[test]
fn links_lead_to_headings_of_the_page() {
    // GitHub makes anchors of headings: lowercase, without slashes and backticks.
    let page = page();
    for one in all() {
        let heading = format!("\n## `{}`\n", one.code);
        assert!(page.contains(&heading), "{heading}");
        assert_eq!(link(one.code).rsplit_once('#').unwrap().1, one.code.replace('/', ""));
    }
}
