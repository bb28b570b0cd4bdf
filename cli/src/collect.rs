//! A script that dumps what a question needs.

use std::fmt::Write as _;

use crate::arguments::{Collect, Purpose};
use crate::console::{Console, Failure};

/// A list to ask the server for.
struct List {
    group: &'static str,
    kind: &'static str,
    plural: &'static str,
    namespaced: bool,
}

const RBAC: &str = "rbac.authorization.k8s.io";

/// What an access question looks at: the policy, the service accounts that it names, and the resources that
/// custom resource definitions add.
const ACCESS: &[List] = &[
    List { group: RBAC, kind: "ClusterRole", plural: "clusterroles", namespaced: false },
    List { group: RBAC, kind: "ClusterRoleBinding", plural: "clusterrolebindings", namespaced: false },
    List { group: RBAC, kind: "Role", plural: "roles", namespaced: true },
    List { group: RBAC, kind: "RoleBinding", plural: "rolebindings", namespaced: true },
    List { group: "", kind: "ServiceAccount", plural: "serviceaccounts", namespaced: true },
    List { group: "", kind: "Namespace", plural: "namespaces", namespaced: false },
    List {
        group: "apiextensions.k8s.io",
        kind: "CustomResourceDefinition",
        plural: "customresourcedefinitions",
        namespaced: false,
    },
];

pub(crate) fn run(arguments: &Collect, console: &mut Console<'_>) -> Result<u8, Failure> {
    if let Some(namespace) = &arguments.namespace
        && !is_label(namespace)
    {
        return Err(Failure::usage(format!("`{namespace}` is no name of a namespace")));
    }
    console.out(&script(arguments.purpose, arguments.namespace.as_deref()))?;
    Ok(0)
}

fn script(purpose: Purpose, namespace: Option<&str>) -> String {
    let (name, lists) = match purpose {
        Purpose::CanI => ("can-i", ACCESS),
    };
    let mut text = include_str!("collect/head.sh").to_owned();
    for List { group, kind, plural, namespaced } in lists {
        let resource = if group.is_empty() { (*plural).to_owned() } else { format!("{plural}.{group}") };
        let (covers, scope) = match (namespaced, namespace) {
            (false, _) => ("''".to_owned(), String::new()),
            (true, None) => ("''".to_owned(), " --all-namespaces".to_owned()),
            (true, Some(namespace)) => (format!("'{namespace}'"), format!(" --namespace '{namespace}'")),
        };
        let _ = writeln!(text, "dump '{group}' '{kind}' '{resource}' {covers}{scope} \"$@\"");
    }
    text.push_str(include_str!("collect/tail.sh"));
    text.replace("@PURPOSE@", name)
}

/// Whether a text can be a namespace; nothing else gets into the script.
fn is_label(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    !text.is_empty()
        && text.len() <= 63
        && text.bytes().all(|byte| inner(byte) || byte == b'-')
        && text.bytes().next().is_some_and(inner)
        && text.bytes().last().is_some_and(inner)
}
