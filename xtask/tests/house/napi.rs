//! Every function that Node can call catches panics: without the attribute a panic ends the whole process.

use super::repository;

/// The lines (from 1) of exported functions whose attribute does not say `catch_unwind`.
fn uncaught(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for (number, line) in lines.iter().enumerate() {
        let exported = line.starts_with("#[napi]") || line.starts_with("#[napi(");
        if !exported {
            continue;
        }
        // An attribute may go on over several lines; the item comes after it and after any other attribute.
        let mut rest = lines.iter().skip(number);
        let mut attribute = String::new();
        for part in rest.by_ref() {
            attribute.push_str(part);
            if part.ends_with(']') {
                break;
            }
        }
        let item = rest.find(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("//"));
        let function =
            item.is_some_and(|item| item.split(['(', '<']).next().is_some_and(|head| head.contains("fn ")));
        if function && !attribute.contains("catch_unwind") {
            found.push(number + 1);
        }
    }
    found
}

#[test]
fn every_function_for_node_catches_panics() {
    let mut problems = Vec::new();
    for file in repository::files_ending("rs").iter().filter(|file| file.starts_with("bindings/node")) {
        for line in uncaught(&repository::read(file)) {
            problems.push(format!("{}:{line}", file.display()));
        }
    }
    assert!(problems.is_empty(), "no catch_unwind: {problems:#?}");
}

#[test]
fn a_function_that_does_not_catch_is_found() {
    let text = "\
#[napi(catch_unwind)]
pub fn good() {}
#[napi]
pub fn bad() {}
#[napi(
    constructor
)]
#[must_use]
/// Words.
pub fn new() -> Self {}
#[napi(getter, catch_unwind)]
pub fn size(&self) -> u32 {}
#[napi(object)]
pub struct Plain { }
#[napi]
impl Cluster {
    #[napi(ts_return_type = \"string[]\")]
    pub async fn names<'a>(&'a self) {}
}
";
    assert_eq!(uncaught(text), [3, 5, 17]);
}
