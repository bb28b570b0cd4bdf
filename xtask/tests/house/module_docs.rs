//! Every Rust file says in its first lines what it is for.

use super::repository;

fn has_module_doc(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| {
        let comment = line.starts_with("//") && !line.starts_with("//!");
        !line.is_empty() && !line.starts_with("#!/") && !comment
    });
    first.is_some_and(|line| line.starts_with("//!") || line.starts_with("#![doc"))
}

#[test]
fn every_file_has_a_module_doc() {
    let mut without = repository::files_ending("rs");
    without.retain(|file| !has_module_doc(&repository::read(file)));
    assert!(without.is_empty(), "these files have no module doc: {without:#?}");
}

#[test]
fn a_file_without_module_doc_is_found() {
    assert!(has_module_doc("//! Words.\nuse a;"));
    assert!(has_module_doc("// Generated from upstream data.\n\n//! Words."));
    assert!(has_module_doc("#![doc = include_str!(\"../README.md\")]"));
    assert!(!has_module_doc("use a;\n//! Words."));
    assert!(!has_module_doc("/// Words.\nstruct A;"));
    assert!(!has_module_doc("// Words.\n"));
    assert!(!has_module_doc(""));
}
