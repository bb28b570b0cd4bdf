//! `explain`.

use serde_json::Value;

use super::world::run;

#[test]
fn a_code_is_explained() {
    let ended = run(&["explain", "read/duplicate-key"]);
    assert_eq!(ended.code, 0);
    assert!(
        ended.stdout.starts_with("warning[read/duplicate-key]: a key stands twice\n\nA key stands twice in")
    );
    assert!(ended.stdout.contains("\nWhat to do: Keep one of them.\n\nExample:\n    apiVersion: v1\n"));
    assert!(ended.stdout.lines().all(|line| line.chars().count() <= 100), "{}", ended.stdout);
}

#[test]
fn without_a_code_all_are_listed_and_with_a_room_its_codes() {
    let (all, read) = (run(&["explain"]).stdout, run(&["explain", "read"]).stdout);
    assert!(all.lines().count() > read.lines().count() && read.lines().count() > 20);
    assert!(read.lines().all(|line| line.starts_with("read/")));
}

#[test]
fn json_is_the_answer_of_the_catalogue() {
    let ended = run(&["explain", "rbac/missing-role", "-o", "json"]);
    let answer: Value = serde_json::from_str(&ended.stdout).unwrap();
    let code = &answer["answer"]["result"]["codes"][0];
    assert_eq!((&code["code"], &code["nature"]), (&"rbac/missing-role".into(), &"finding".into()));
}

#[test]
fn what_was_probably_meant_is_said() {
    let ended = run(&["explain", "read/sintax"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("did you mean `read/syntax`?"), "{}", ended.stderr);
    assert!(run(&["explain", "zebra"]).stderr.contains("`kubelogic explain` lists all of them"));
}
