//! The formats of `check`.

use serde_json::Value;

use super::world::World;

const TEXT: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {color: red, color: blue}\n";

fn check(format: &str) -> String {
    let ended = World::new().stdin(TEXT).run(["check", "-o", format, "-"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    ended.stdout
}

#[test]
fn every_format_tells_of_the_finding() {
    for format in ["text", "json", "ndjson", "sarif", "junit", "github"] {
        assert!(check(format).contains("read/duplicate-key"), "{format}");
    }
}

#[test]
fn sarif_names_what_was_checked() {
    let log: Value = serde_json::from_str(&check("sarif")).unwrap();
    let run = &log["runs"][0];
    assert_eq!(run["properties"]["objects"], 1);
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "read/duplicate-key");
    assert_eq!(run["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"], 20);
    let name = &run["results"][0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"];
    assert_eq!(name, "ConfigMap a data.color");
}

#[test]
fn annotations_are_commands() {
    let printed = check("github");
    assert!(
        printed
            .starts_with("::warning file=-,line=4,endLine=4,col=20,endColumn=24,title=read/duplicate-key::")
    );
    assert!(printed.ends_with("\n1 warning in 1 object\n"), "{printed}");
}

#[test]
fn paths_are_relative_to_the_working_directory() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    let file = folder.path().join("sub/a.yaml");
    std::fs::write(&file, TEXT).unwrap();
    let ended = World::new().working_in(folder.path()).run(["check", "-o", "sarif", file.to_str().unwrap()]);
    let log: Value = serde_json::from_str(&ended.stdout).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "sub/a.yaml");
}

#[test]
fn files_come_in_the_order_of_the_input_whatever_is_wrong_with_them() {
    let folder = tempfile::tempdir().unwrap();
    // The first holds only an error, the second only a finding, the third cannot be found.
    for (name, text) in [("a.yaml", "kind: [\n"), ("b.yaml", TEXT), ("c.yaml", "kind: {\n")] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let paths = ["c.yaml", "none.yaml", "a.yaml", "b.yaml"].map(|name| folder.path().join(name));
    let paths = paths.iter().map(|path| path.to_str().unwrap());
    let ended = World::new().run(["check", "-o", "ndjson"].into_iter().chain(paths));
    let sources: Vec<String> = ended
        .stdout
        .lines()
        .map(|line| {
            let finding: Value = serde_json::from_str(line).unwrap();
            let source = finding["location"]["source"].as_str().unwrap().to_owned();
            source.rsplit('/').next().unwrap().to_owned()
        })
        .collect();
    assert_eq!(sources, ["c.yaml", "none.yaml", "a.yaml", "b.yaml"]);
}
