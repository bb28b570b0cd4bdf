//! Changes of one file, and nothing else of it.

use kubelogic_core::files::MemoryFiles;
use kubelogic_core::version::KubeVersion;

use crate::edit::{ClusterChange, ContextChange, Edit, Style, UserChange, plan};
use crate::load::LoadingRules;
use crate::secret::Secret;

const FILE: &str = "\
# mine
apiVersion: v1
current-context: dev # for now
clusters:
# the first
- name: a
  cluster:
    server: https://a # here
    unknown: 1

# the second
- name: b
  cluster: {server: 'https://b', other: 2}
contexts:
- {name: dev, context: {cluster: a, user: ann}}
users:
  - user:
      token: old
      # a comment
      username: x
    name: ann
kind: Config # at the end
";

fn edited(text: &str, edit: &Edit) -> String {
    let files = MemoryFiles::new().with("/f", text);
    let rules = LoadingRules::explicit("/f");
    let made = plan(edit, &rules, &files, KubeVersion::default()).unwrap();
    made.write(&files, Style::Lossless).unwrap();
    String::from_utf8(files.contents()[0].1.clone()).unwrap()
}

fn set(property: &str, value: &str) -> Edit {
    Edit::Set { property: property.to_owned(), value: Secret::new(value), set_raw_bytes: false }
}

fn unset(property: &str) -> Edit {
    Edit::Unset { property: property.to_owned() }
}

/// The one place that changes.
#[track_caller]
fn changes(edit: &Edit, from: &str, to: &str) {
    assert_eq!(FILE.matches(from).count(), 1, "{from}");
    assert_eq!(edited(FILE, edit), FILE.replace(from, to));
}

#[test]
fn a_value_changes_in_its_place() {
    changes(&set("clusters.a.server", "https://x"), "https://a", "https://x");
    changes(&set("clusters.b.server", "https://x"), "'https://b'", "\"https://x\"");
    changes(&set("current-context", "on"), "dev #", "\"on\" #");
    changes(&unset("current-context"), "dev #", "\"\" #");
}

#[test]
fn a_new_value_comes_behind_the_others() {
    changes(
        &set("clusters.a.proxy-url", "http://p"),
        "    unknown: 1\n",
        "    unknown: 1\n    proxy-url: http://p\n",
    );
    changes(&set("clusters.b.proxy-url", "http://p"), "{server:", "{\"proxy-url\": \"http://p\", server:");
    let namespace = ContextChange { namespace: Some("n".to_owned()), ..ContextChange::default() };
    let edit = Edit::SetContext { name: "dev".to_owned(), current: false, change: namespace };
    changes(&edit, "{cluster: a", "{\"namespace\": \"n\", cluster: a");
}

#[test]
fn a_value_goes_with_its_line() {
    changes(&unset("clusters.a.server"), "    server: https://a # here\n", "    server: \"\" # here\n");
    changes(&unset("users.ann.token"), "      token: old\n", "");
    changes(&unset("users.ann.username"), "      # a comment\n      username: x\n", "      # a comment\n");
}

#[test]
fn entries_come_and_go() {
    let change = ClusterChange { server: Some("https://c".to_owned()), ..ClusterChange::default() };
    changes(
        &Edit::SetCluster { name: "c".to_owned(), change },
        "other: 2}\n",
        "other: 2}\n- cluster:\n    server: https://c\n  name: c\n",
    );
    let change = UserChange { token: Some(Secret::new("t")), ..UserChange::default() };
    changes(
        &Edit::SetCredentials { name: "bob".to_owned(), change: Box::new(change) },
        "    name: ann\n",
        "    name: ann\n  - name: bob\n    user:\n      token: t\n",
    );
    changes(
        &Edit::DeleteCluster { name: "a".to_owned() },
        "- name: a\n  cluster:\n    server: https://a # here\n    unknown: 1\n",
        "",
    );
    let rename = Edit::RenameContext { name: "dev".to_owned(), new_name: "prod".to_owned() };
    assert_eq!(edited(FILE, &rename), FILE.replace("dev", "prod").replace("name: prod", "name: \"prod\""));
}

#[test]
fn a_file_without_values_keeps_its_comments() {
    assert_eq!(edited("# mine\n", &set("current-context", "x")), {
        "# mine\napiVersion: v1\nclusters: null\ncontexts: null\ncurrent-context: x\nkind: Config\nusers: null\n"
    });
}

#[test]
fn json_stays_json() {
    let text = "{\"clusters\": [], \"current-context\": \"a\"}\n";
    assert_eq!(edited(text, &set("current-context", "b")), text.replace("\"a\"", "\"b\""));
    let change = ClusterChange { server: Some("s".to_owned()), ..ClusterChange::default() };
    let edit = Edit::SetCluster { name: "c".to_owned(), change };
    assert_eq!(edited(text, &edit), text.replace("[]", "[{\"cluster\":{\"server\":\"s\"},\"name\":\"c\"}]"));
}

#[test]
fn what_ties_values_together_is_refused() {
    let text = "clusters:\n- name: a\n  cluster: &x {server: s}\n- name: b\n  cluster: *x\n";
    let files = MemoryFiles::new().with("/f", text);
    let rules = LoadingRules::explicit("/f");
    let made = plan(&set("clusters.a.server", "t"), &rules, &files, KubeVersion::default()).unwrap();
    let error = made.write(&files, Style::Lossless).unwrap_err();
    assert_eq!(error.code(), "kubeconfig/cannot-keep");
    assert_eq!(files.contents(), [("/f".into(), text.as_bytes().to_vec())]);
}

#[test]
fn other_documents_marks_and_line_ends_stay() {
    let text = "\u{FEFF}current-context: a\r\nclusters:\r\n---\r\ncurrent-context: z\r\n";
    assert_eq!(edited(text, &set("current-context", "b")), text.replace(": a", ": b"));
    assert_eq!(
        edited(text, &set("clusters.c.server", "s")),
        text.replace("clusters:\r\n", "clusters:\r\n- cluster:\r\n    server: s\r\n  name: c\r\n")
    );
}

#[test]
fn the_last_value_may_go() {
    let text = "# mine\ncontexts:\n- name: a\n  context: {}\n";
    assert_eq!(edited(text, &Edit::DeleteContext { name: "a".to_owned() }), "# mine\n");
}
