//! What holds whatever the files say.

#![cfg(test)]

use kubelogic_core::files::MemoryFiles;
use kubelogic_core::version::KubeVersion;
use kubelogic_kubeconfig::{
    Loaded, LoadingRules, Overrides, Redaction, findings, load, namespace, resolve, to_json,
};
use proptest::prelude::*;

/// A secret in every place that may hold one.
const EVERYWHERE: &str = "
current-context: x
contexts: [{name: x, context: {cluster: c, user: u, extensions: [{name: e, extension: CANARY}]}}]
clusters:
- name: c
  cluster:
    server: https://ann:CANARY@a/
    proxy-url: http://ann:CANARY@proxy
    certificate-authority-data: Q0FOQVJZ
    extensions: [{name: client.authentication.k8s.io/exec, extension: {a: CANARY}}]
users:
- name: u
  user:
    token: CANARY
    client-certificate-data: Q0FOQVJZ
    client-key-data: Q0FOQVJZ
    auth-provider: {name: p, config: {secret: CANARY}}
- name: v
  user:
    password: CANARY
    exec: {command: run, apiVersion: x, interactiveMode: Never, args: [CANARY], env: [{name: A, value: CANARY}]}
extensions: [{name: e, extension: {deep: [CANARY]}}]
preferences: {extensions: [{name: e, extension: CANARY}]}
";

fn shows(text: &str) -> bool {
    // The bytes of the word as Debug prints them, and the word in base64.
    text.contains("CANARY") || text.contains("67, 65, 78, 65") || text.contains("Q0FOQVJZ")
}

fn loaded(texts: &[&str]) -> Loaded {
    let names = ["/a", "/b", "/c"];
    let files = names.iter().zip(texts).fold(MemoryFiles::new(), |all, (name, text)| all.with(*name, *text));
    load(&LoadingRules::kubeconfig("/a:/b:/c"), &files).unwrap()
}

#[test]
fn a_secret_is_shown_nowhere_unasked() {
    let all = loaded(&[EVERYWHERE]);
    assert_eq!(all.problems, []);
    assert!(!shows(&format!("{all:?}")), "{all:?}");
    assert!(!shows(&format!("{:?}", findings(&all))));
    let strict = to_json(&all.config, Redaction::Strict, KubeVersion::default()).to_string();
    assert!(!shows(&strict), "{strict}");
    // The same text shows it when it is asked for, so the test can fail.
    assert!(shows(&to_json(&all.config, Redaction::Raw, KubeVersion::default()).to_string()));
    for user in ["u", "v"] {
        let mut flags = Overrides::default();
        flags.user = user.to_owned();
        let resolved = resolve(&all, &flags, &LoadingRules::none(), &MemoryFiles::new()).unwrap();
        assert!(!shows(&format!("{resolved:?}")), "{resolved:?}");
    }
}

#[test]
fn no_error_shows_a_secret() {
    for (from, to) in [
        ("token: CANARY", "token: [CANARY]"),
        ("name: v", "name: u"),
        ("Q0FOQVJZ", "'Q0FOQVJZ CANARY'"),
        ("http://ann:CANARY@proxy", "ftp://ann:CANARY@proxy"),
        ("https://ann:CANARY@a/", "''"),
        ("current-context", "apiVersion: g/\ncurrent-context"),
        ("token: CANARY", "token: CANARY: CANARY"),
        ("password: CANARY", "password: {CANARY: CANARY"),
        ("deep: [CANARY]", "deep: CANARY}, {name: e, extension: CANARY"),
        ("auth-provider:", "tokenFile: /none\n    username: CANARY\n    auth-provider:"),
    ] {
        let text = EVERYWHERE.replace(from, to);
        assert_ne!(text, EVERYWHERE, "{from}");
        let all = loaded(&[&text]);
        let error =
            resolve(&all, &Overrides::default(), &LoadingRules::none(), &MemoryFiles::new()).unwrap_err();
        assert!(!shows(&format!("{error} {error:?}")), "{error}");
    }
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c"]).prop_map(str::to_owned)
}

/// A file with entries of few names.
fn file() -> impl Strategy<Value = String> {
    let entries = || prop::collection::btree_map(name(), "[a-z]{1,3}", 0..3);
    (prop::option::of(name()), entries(), entries()).prop_map(|(current, clusters, users)| {
        let current = current.map(|name| format!("current-context: {name:?}\n")).unwrap_or_default();
        let list = |entries: Vec<String>| entries.join(", ");
        let clusters = clusters
            .iter()
            .map(|(name, server)| format!("{{name: {name}, cluster: {{server: '{server}'}}}}"));
        let users = users.iter().map(|(name, token)| format!("{{name: {name}, user: {{token: '{token}'}}}}"));
        format!("{current}clusters: [{}]\nusers: [{}]\n", list(clusters.collect()), list(users.collect()))
    })
}

proptest! {
    #[test]
    fn the_first_file_that_says_something_is_heard(one in file(), two in file(), three in file()) {
        let all = loaded(&[&one, &two, &three]);
        prop_assert_eq!(&all.problems, &[]);
        let first = &all.files[0].config;
        for (name, cluster) in &first.clusters {
            prop_assert_eq!(&all.config.clusters[name], cluster);
        }
        for (name, cluster) in &all.config.clusters {
            let holder = all.files.iter().find(|file| file.config.clusters.contains_key(name)).unwrap();
            prop_assert_eq!(&holder.name, &cluster.origin);
        }
        let named = all.files.iter().map(|file| &file.config.current_context).find(|name| !name.is_empty());
        prop_assert_eq!(named.map_or("", |name| name.as_str()), all.config.current_context.as_str());
        let total: usize = all.files.iter().map(|file| file.config.clusters.len() + file.config.users.len()).sum();
        let kept = all.config.clusters.len() + all.config.users.len();
        prop_assert_eq!(all.all_shadowed().len(), total - kept);
    }

    #[test]
    fn what_is_written_is_read_again_as_the_same(one in file(), two in file()) {
        let all = loaded(&[&one, &two]);
        let written = to_json(&all.config, Redaction::Raw, KubeVersion::default());
        let again = loaded(&[&written.to_string()]);
        prop_assert_eq!(to_json(&again.config, Redaction::Raw, KubeVersion::default()), written);
    }

    #[test]
    fn any_text_has_an_answer(text in "\\PC{0,60}", flag in name()) {
        let all = loaded(&[&text, EVERYWHERE]);
        let mut flags = Overrides::default();
        flags.context = flag;
        let (rules, files) = (LoadingRules::none(), MemoryFiles::new());
        let spoken = namespace(&all, &flags, &rules, &files).map(|found| found.name);
        prop_assert!(spoken.is_err());
        prop_assert!(resolve(&all, &flags, &rules, &files).is_err());
    }
}
