//! `can-i --list`.

use super::world::{World, run};

const POLICY: &str = "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
- {apiGroups: [''], resources: [pods, pods/log], verbs: [list, get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: User, name: ann}]
";

#[test]
fn rules_are_listed_as_kubectl_lists_them() {
    let arguments = ["can-i", "--list", "--as", "ann", "-n", "shop", "--bootstrap=never", "-f", "-"];
    let ended = World::new().stdin(POLICY).run(arguments);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    assert_eq!(
        ended.stdout,
        "Resources   Non-Resource URLs   Resource Names   Verbs\n\
         pods/log    []                  []               [list get]\n\
         pods        []                  []               [list get]\n"
    );
    let arguments = [&arguments[..], &["--no-headers"]].concat();
    let ended = World::new().stdin(POLICY).run(&arguments);
    assert_eq!(ended.stdout, "pods/log   []    []    [list get]\npods       []    []    [list get]\n");
}

#[test]
fn what_cannot_be_said_together_is_refused_in_kubectls_words() {
    let told = |arguments: &[&str]| {
        let ended = run(&[&["can-i", "--as", "ann", "-f", "nowhere"], arguments].concat());
        assert_eq!(ended.code, 2);
        ended.stderr
    };
    assert!(told(&["--list", "get", "pods"]).contains("list option must be specified with no arguments"));
    assert!(told(&["--list", "-A"]).contains("list option can't be specified with neither quiet"));
    assert!(told(&["get", "pods", "--no-headers"]).contains("--no-headers cannot be set without --list"));
    assert!(told(&["get"]).contains("TYPE"));
}
