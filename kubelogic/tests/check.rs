//! What `check` says about the example cluster.
#![cfg(test)]

use std::path::Path;

use kubelogic::files::StdFiles;
use kubelogic::{LoadOptions, check, read};

#[test]
fn the_example_has_one_binding_to_a_role_that_is_gone() {
    let shop = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/shop");
    let reading = read::files(&StdFiles, &[shop], true, &read::Options::named(""), &mut |_| {});
    let checked = check::reading(reading, &LoadOptions::default());
    let findings: Vec<String> = checked
        .findings
        .iter()
        .map(|finding| {
            let location = finding.location.as_ref().unwrap();
            format!("{} {} {}", location.path, location.position.unwrap(), finding.code)
        })
        .collect();
    assert_eq!(findings, ["roleRef.name 97:9 rbac/missing-role"]);
}
