//! `ask`: the catalogue on standard input and output.

use serde_json::{Value, json};

use super::world::{World, below_root, run};

fn answers(world: World, arguments: &[&str]) -> Vec<Value> {
    let ended = world.run([&["ask"], arguments].concat());
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    ended.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn questions_about_files_are_answered_line_by_line() {
    let question = |id: u32, verb: &str| {
        json!({
            "id": id, "ask": "access.can",
            "user": {"name": "system:serviceaccount:shop:ci"},
            "request": {"verb": verb, "group": "apps", "resource": "deployments", "namespace": "shop"},
        })
    };
    let stdin = format!(
        "{}\n\n{}\nnonsense\n{{\"ask\": \"access.cna\"}}",
        question(1, "patch"),
        question(2, "delete")
    );
    let answers = answers(World::new().stdin(stdin), &["-f", &below_root("examples/shop")]);
    assert_eq!(answers.len(), 4);
    assert_eq!((&answers[0]["id"], &answers[0]["answer"]["result"]["allowed"]), (&json!(1), &json!(true)));
    assert_eq!((&answers[1]["id"], &answers[1]["answer"]["result"]["allowed"]), (&json!(2), &json!(false)));
    assert_eq!(answers[2]["error"]["code"], "ask/bad-question");
    assert_eq!(answers[3]["error"]["help"], "did you mean `access.can`?");
}

#[test]
fn a_question_may_bring_its_objects() {
    let stdin = json!({
        "ask": "objects.list",
        "objects": [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}],
    });
    let answers = answers(World::new().stdin(stdin.to_string()), &[]);
    assert_eq!(answers[0]["answer"]["result"]["objects"][0]["name"], "a");
}

#[test]
fn the_schema_is_printed() {
    let ended = run(&["ask", "--schema"]);
    let schema: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert!(schema["questions"]["access.can"]["question"].is_object());
}

#[test]
fn standard_input_has_questions_only() {
    let ended = World::new().stdin("{}").run(["ask", "-f", "-"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""));
}
