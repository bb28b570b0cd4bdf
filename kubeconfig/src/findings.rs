//! What kubectl loses without a word: keys that it does not know, and entries that an earlier file hides.

use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::near::nearest;
use kubelogic_core::object::{FieldPath, Value};

use crate::decode::folded;
use crate::load::Loaded;

/// A finding that this crate reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KubeconfigFinding {
    /// Its code.
    pub code: &'static str,
    /// Why it is reported, in a sentence.
    pub about: &'static str,
}

/// Every code, in order.
pub const FINDINGS: &[KubeconfigFinding] = &[
    KubeconfigFinding {
        code: "kubeconfig/key-case",
        about: "A key differs from a known one only in the case of its letters: kubectl passes over it.",
    },
    KubeconfigFinding {
        code: "kubeconfig/shadowed",
        about: "An entry does not count, because an earlier file has one of the same name.",
    },
    KubeconfigFinding {
        code: "kubeconfig/unknown-key",
        about: "kubectl does not know the key: it passes over it, and drops it when it writes the file.",
    },
];

/// What kubectl loses of the files without a word, in order of file and position.
///
/// ```
/// use kubelogic_core::files::MemoryFiles;
/// use kubelogic_kubeconfig::{LoadingRules, findings, load};
/// let files = MemoryFiles::new().with("/a", "Current-Context: dev\nusers: [{name: u, user: {tokne: t}}]\n");
/// let found = findings(&load(&LoadingRules::kubeconfig("/a"), &files)?);
/// assert_eq!(found[0].to_string(), "/a:1:1: warning[kubeconfig/key-case]: kubectl passes over `Current-Context`");
/// assert_eq!(found[1].help.as_deref(), Some("did you mean `token`?"));
/// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
/// ```
pub fn findings(loaded: &Loaded) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in &loaded.files {
        let Some(object) = &file.object else { continue };
        keys(object.root(), &CONFIG, &FieldPath::root(), &mut found);
    }
    for shadowed in loaded.all_shadowed() {
        let message = format!(
            "{} `{}` does not count: `{}` has one of that name and comes first",
            shadowed.section.entry(),
            shadowed.name,
            shadowed.winner.source,
        );
        found.push(
            Finding::new("kubeconfig/shadowed", Severity::Note, message)
                .at(shadowed.location)
                .related(shadowed.winner, "this one counts"),
        );
    }
    let order = |finding: &Finding| {
        let location = finding.location.as_ref();
        let file = location
            .and_then(|location| loaded.files.iter().position(|file| file.name == location.source.as_str()));
        (file, location.and_then(|location| location.position))
    };
    found.sort_by_key(order);
    found
}

/// The keys of an object, and what is below those that hold more.
struct Known {
    keys: &'static [&'static str],
    below: &'static [(&'static str, &'static Known)],
}

const EXTENSION: Known = Known { keys: &["name", "extension"], below: &[] };
const CLUSTER: Known = Known {
    keys: &[
        "server",
        "tls-server-name",
        "insecure-skip-tls-verify",
        "certificate-authority",
        "certificate-authority-data",
        "proxy-url",
        "disable-compression",
        "extensions",
    ],
    below: &[("extensions", &EXTENSION)],
};
const VARIABLE: Known = Known { keys: &["name", "value"], below: &[] };
const EXEC: Known = Known {
    keys: &["command", "args", "env", "apiVersion", "installHint", "provideClusterInfo", "interactiveMode"],
    below: &[("env", &VARIABLE)],
};
const PROVIDER: Known = Known { keys: &["name", "config"], below: &[] };
const USER: Known = Known {
    keys: &[
        "client-certificate",
        "client-certificate-data",
        "client-key",
        "client-key-data",
        "token",
        "tokenFile",
        "as",
        "as-uid",
        "as-groups",
        "as-user-extra",
        "username",
        "password",
        "auth-provider",
        "exec",
        "extensions",
    ],
    below: &[("auth-provider", &PROVIDER), ("exec", &EXEC), ("extensions", &EXTENSION)],
};
const CONTEXT: Known =
    Known { keys: &["cluster", "user", "namespace", "extensions"], below: &[("extensions", &EXTENSION)] };
const PREFERENCES: Known = Known { keys: &["colors", "extensions"], below: &[("extensions", &EXTENSION)] };
const CONFIG: Known = Known {
    keys: &[
        "kind",
        "apiVersion",
        "preferences",
        "clusters",
        "users",
        "contexts",
        "current-context",
        "extensions",
    ],
    below: &[
        ("preferences", &PREFERENCES),
        ("clusters", &Known { keys: &["name", "cluster"], below: &[("cluster", &CLUSTER)] }),
        ("users", &Known { keys: &["name", "user"], below: &[("user", &USER)] }),
        ("contexts", &Known { keys: &["name", "context"], below: &[("context", &CONTEXT)] }),
        ("extensions", &EXTENSION),
    ],
};

/// Unknown keys of an object, or of the objects of a list. The depth is that of the tables.
fn keys(value: Value<'_>, known: &Known, path: &FieldPath, found: &mut Vec<Finding>) {
    for (index, item) in value.items().enumerate() {
        keys(item, known, &path.clone().index(index), found);
    }
    for (key, inner) in value.entries() {
        let path = path.clone().field(key);
        if known.keys.contains(&key) {
            if let Some((_, known)) = known.below.iter().find(|(name, _)| *name == key) {
                keys(inner, known, &path, found);
            }
            continue;
        }
        let same = known.keys.iter().find(|name| folded(name) == folded(key));
        let (code, near) = match same {
            // Type and version are read whatever their case.
            Some(&("kind" | "apiVersion")) if path.steps().len() == 1 => continue,
            Some(name) => ("kubeconfig/key-case", Some(*name)),
            None => ("kubeconfig/unknown-key", nearest(key, known.keys.iter().copied())),
        };
        let mut location = inner.location(path);
        location.position = inner.key_position().or(location.position);
        let mut finding =
            Finding::new(code, Severity::Warning, format!("kubectl passes over `{key}`")).at(location);
        if let Some(near) = near {
            finding = finding.help(format!("did you mean `{near}`?"));
        }
        found.push(finding);
    }
}
