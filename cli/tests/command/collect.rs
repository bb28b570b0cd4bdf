//! The script of `collect`, run by the shells of this machine against a kubectl of our own.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use super::world::run;

/// A kubectl that lists the objects of a small cluster, except those that it is told to refuse.
const KUBECTL: &str = r#"#!/bin/sh
if [ "$1" = version ]; then
    echo "Client Version: v1.37.1"
    echo "Server Version: v1.36.4+vendor1"
    exit 0
fi
for refused in $REFUSED; do
    if [ "$2" = "$refused" ]; then
        echo "Error from server (Forbidden): $2 is forbidden: User \"it's me\" cannot list resource \"$2\"" >&2
        exit 1
    fi
done
echo "$*" >>"$CALLS"
items=
case $2 in
clusterroles.*) items='{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"reader"},
    "rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}' ;;
clusterrolebindings.*) items='{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"readers"},
    "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"reader"},
    "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"bo"}]}' ;;
esac
echo "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[$items]}"
"#;

/// A folder with the script, the kubectl, and the dump.
struct Collecting {
    folder: tempfile::TempDir,
}

impl Collecting {
    fn new(arguments: &[&str]) -> Self {
        let printed = run(&[&["collect", "--print"], arguments].concat());
        assert_eq!((printed.code, printed.stderr.as_str()), (0, ""));
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("collect.sh"), printed.stdout).unwrap();
        let kubectl = folder.path().join("kubectl");
        fs::write(&kubectl, KUBECTL).unwrap();
        fs::set_permissions(&kubectl, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn collect(&self, refused: &str) -> Output {
        let path = format!("{}:{}", self.folder.path().display(), std::env::var("PATH").unwrap());
        let output = Command::new("sh")
            .args([&self.path("collect.sh"), &self.path("dump"), "--context", "test"])
            .env("PATH", path)
            .env("REFUSED", refused)
            .env("CALLS", self.path("calls"))
            .output()
            .unwrap();
        assert!(Path::new(&self.path("collect.sh")).exists());
        output
    }

    fn can(&self, verb: &str, user: &str) -> u8 {
        let dump = self.path("dump");
        run(&["can-i", verb, "pods", "--as", user, "-f", &dump, "--bootstrap", "never"]).code
    }
}

const ROLES: &str = "roles.rbac.authorization.k8s.io";
const ROLE_BINDINGS: &str = "rolebindings.rbac.authorization.k8s.io";

#[test]
fn shells_accept_the_script() {
    let collecting = Collecting::new(&[]);
    for shell in ["sh", "dash", "bash", "busybox"] {
        let mut command = Command::new(shell);
        if shell == "busybox" {
            command.arg("sh");
        }
        // Not every machine has every shell; sh is everywhere.
        let Ok(output) = command.arg("-n").arg(collecting.path("collect.sh")).output() else {
            assert_ne!(shell, "sh");
            continue;
        };
        assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_whole_dump_decides() {
    let collecting = Collecting::new(&[]);
    let output = collecting.collect("");
    assert!(output.status.success());
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.ends_with(&format!(
        "7 lists in {dump}, 0 refused\nask with: kubelogic can-i ... -f {dump} --bootstrap never --kube-version 1.36\n",
        dump = collecting.path("dump")
    )));
    let calls = fs::read_to_string(collecting.path("calls")).unwrap();
    let expected = [
        "get clusterroles.rbac.authorization.k8s.io --context test -o json",
        "get clusterrolebindings.rbac.authorization.k8s.io --context test -o json",
        "get roles.rbac.authorization.k8s.io --all-namespaces --context test -o json",
        "get rolebindings.rbac.authorization.k8s.io --all-namespaces --context test -o json",
        "get serviceaccounts --all-namespaces --context test -o json",
        "get namespaces --context test -o json",
        "get customresourcedefinitions.apiextensions.k8s.io --context test -o json",
    ];
    assert_eq!(calls.lines().collect::<Vec<_>>(), expected);
    assert_eq!(collecting.can("get", "bo"), 0);
    assert_eq!(collecting.can("get", "ann"), 1);
}

#[test]
fn a_refused_list_makes_what_depends_on_it_undecided() {
    let collecting = Collecting::new(&[]);
    assert!(collecting.collect(ROLE_BINDINGS).status.success());
    let coverage = fs::read_to_string(collecting.path("dump/coverage.yaml")).unwrap();
    assert!(coverage.contains(
        "- kind: RoleBinding\n  group: rbac.authorization.k8s.io\n  state: absent\n  \
         reason: 'Error from server (Forbidden): rolebindings.rbac.authorization.k8s.io is forbidden: \
         User \"it''s me\" cannot list"
    ));
    // RBAC only ever adds: what is allowed stays so, and a no could be turned by a binding that nobody saw.
    assert_eq!(collecting.can("get", "bo"), 0);
    assert_eq!(collecting.can("get", "ann"), 2);
    // The same dump with everything in it forgets that the list was refused.
    assert!(collecting.collect("").status.success());
    assert_eq!(collecting.can("get", "ann"), 1);
    // And what is refused later does not leave an old list behind.
    assert!(collecting.collect(ROLES).status.success());
    assert!(!Path::new(&collecting.path(&format!("dump/{ROLES}.json"))).exists());
}

#[test]
fn a_dump_of_one_namespace_leaves_the_others_undecided() {
    let collecting = Collecting::new(&["--namespace", "shop"]);
    assert!(collecting.collect("").status.success());
    let calls = fs::read_to_string(collecting.path("calls")).unwrap();
    assert!(calls.contains("get roles.rbac.authorization.k8s.io --namespace shop --context test -o json"));
    let dump = collecting.path("dump");
    let ask = |namespace| {
        run(&["can-i", "get", "pods", "--as", "ann", "-n", namespace, "-f", &dump, "--bootstrap", "never"])
            .code
    };
    assert_eq!((ask("shop"), ask("payments")), (1, 2));
}

#[test]
fn a_dump_of_nothing_is_an_error() {
    let collecting = Collecting::new(&[]);
    let everything = "clusterroles.rbac.authorization.k8s.io clusterrolebindings.rbac.authorization.k8s.io \
        roles.rbac.authorization.k8s.io rolebindings.rbac.authorization.k8s.io serviceaccounts namespaces \
        customresourcedefinitions.apiextensions.k8s.io";
    let output = collecting.collect(everything);
    assert_eq!(output.status.code(), Some(1));
    assert!(!Path::new(&collecting.path("dump/coverage.yaml")).exists());
}

#[test]
fn only_names_of_namespaces_get_into_the_script() {
    for bad in ["a b", "$(reboot)", "A", "-a", "", "a'b"] {
        let ended = run(&["collect", "--print", &format!("--namespace={bad}")]);
        assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{bad}");
    }
}
