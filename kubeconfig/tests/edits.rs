//! What holds whatever is changed.

#![cfg(test)]

use kubelogic_core::files::MemoryFiles;
use kubelogic_core::version::KubeVersion;
use kubelogic_kubeconfig::{
    ClusterChange, ContextChange, Edit, KubeconfigError, LoadingRules, Redaction, Secret, Style, UserChange,
    ViewOptions, load, plan, to_json, to_json_text, to_yaml, view,
};
use proptest::prelude::*;
use proptest::sample::select;

const NAMES: &[&str] = &["a", "b", "on", "x.y", "1", "a: b", "new"];
const VALUES: &[&str] =
    &["https://s:1", "on", "0x1F", " lead", "two words", "a\nb", "é", "#", "'q'", "v", "null"];

/// An entry in one of many notations.
fn entry(kind: &'static str, fields: &'static [&'static str]) -> impl Strategy<Value = String> {
    let field = (select(fields), select(VALUES), any::<bool>());
    let fields = prop::collection::vec(field, 0..4);
    (select(NAMES), fields, 0..6_u8).prop_map(move |(name, fields, form)| {
        let mut seen: Vec<&str> = Vec::new();
        let fields: Vec<_> = fields
            .into_iter()
            .filter(|(key, ..)| {
                !seen.contains(key) && {
                    seen.push(key);
                    true
                }
            })
            .collect();
        let name = serde_json::Value::from(name).to_string();
        let flow: Vec<String> = fields
            .iter()
            .map(|(key, value, _)| format!("{key}: {}", serde_json::Value::from(*value)))
            .collect();
        let block = |indent: &str| -> String {
            let lines = fields.iter().map(|(key, value, comment)| {
                let value = serde_json::Value::from(*value);
                let comment = if *comment { " # why" } else { "" };
                format!("{indent}{key}: {value}{comment}\n")
            });
            lines.collect()
        };
        match form {
            0 => format!("- {{name: {name}, {kind}: {{{}}}}}\n", flow.join(", ")),
            1 => format!("- name: {name}\n  {kind}: {{{}}} # in a line\n\n", flow.join(" , ")),
            2 if fields.is_empty() => format!("- {kind}:\n  name: {name}\n"),
            2 => format!("# before\n- {kind}:\n{}    # last\n  name: {name}\n", block("    ")),
            3 if fields.is_empty() => format!("- name: {name}\n"),
            3 => format!("-   name: {name}\n    other: [1,\n      2]\n    {kind}:\n{}", block("        ")),
            4 if fields.is_empty() => format!("- name: {name}\n  {kind}: null\n"),
            4 => format!("-\n  {kind}:\n{}  name: {name}\n", block("     ")),
            _ => format!("- {{\"{kind}\": {{{}}}, \"name\": {name}}}\n", flow.join(",")),
        }
    })
}

fn list(kind: &'static str, fields: &'static [&'static str]) -> impl Strategy<Value = String> {
    (prop::collection::vec(entry(kind, fields), 0..4), 0..4_u8).prop_map(move |(entries, form)| {
        match (entries.is_empty(), form) {
            (true, 0) => String::new(),
            (true, 1) => format!("{kind}s: []\n"),
            (true, _) => format!("{kind}s: # none\n"),
            (false, 0) => {
                let shifted =
                    entries.concat().lines().map(|line| ["   ", line, "\n"].concat()).collect::<String>();
                format!("{kind}s:\n{shifted}")
            }
            (false, _) => format!("{kind}s:\n{}", entries.concat()),
        }
    })
}

fn file() -> impl Strategy<Value = String> {
    let parts = (
        list("cluster", &["server", "proxy-url", "certificate-authority", "unknown"]),
        list("context", &["cluster", "user", "namespace"]),
        list("user", &["token", "username", "client-key", "tokenFile"]),
        prop::option::of(select(NAMES)),
        any::<bool>(),
    );
    parts.prop_map(|(clusters, contexts, users, current, last)| {
        let current = current.map_or_else(String::new, |name| {
            format!("current-context: {} # now\n", serde_json::Value::from(name))
        });
        if last {
            format!("# top\n{users}{clusters}kind: Config\n{contexts}{current}")
        } else {
            format!("{current}{clusters}\n# between\n{contexts}{users}")
        }
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    let name = || select(NAMES).prop_map(str::to_owned);
    let value = || prop::option::of(select(VALUES).prop_map(str::to_owned));
    let property = select(
        &[
            "current-context",
            "clusters.a.server",
            "clusters.b.proxy-url",
            "contexts.a.namespace",
            "users.a.token",
            "users.new.username",
            "preferences.colors",
            "clusters.a",
            "users",
            "clusters",
            "contexts.b",
            "users.b.token",
        ][..],
    );
    prop_oneof![
        name().prop_map(|name| Edit::UseContext { name }),
        (name(), name()).prop_map(|(name, new_name)| Edit::RenameContext { name, new_name }),
        name().prop_map(|name| Edit::DeleteCluster { name }),
        name().prop_map(|name| Edit::DeleteContext { name }),
        name().prop_map(|name| Edit::DeleteUser { name }),
        (property.clone(), select(VALUES)).prop_map(|(property, value)| Edit::Set {
            property: property.to_owned(),
            value: Secret::new(if property.ends_with("colors") { "true" } else { value }),
            set_raw_bytes: false,
        }),
        property.prop_map(|property| Edit::Unset { property: property.to_owned() }),
        (name(), value(), value()).prop_map(|(name, server, proxy_url)| Edit::SetCluster {
            name,
            change: ClusterChange { server, proxy_url, ..ClusterChange::default() },
        }),
        (name(), value(), value()).prop_map(|(name, cluster, namespace)| Edit::SetContext {
            name,
            current: false,
            change: ContextChange { cluster, namespace, user: None },
        }),
        (name(), value(), value()).prop_map(|(name, token, command)| Edit::SetCredentials {
            name,
            change: Box::new(UserChange {
                token: token.map(Secret::new),
                exec_args: if command.is_some() {
                    vec![Secret::new("x"), Secret::new("y")]
                } else {
                    Vec::new()
                },
                exec_command: command,
                ..UserChange::default()
            }),
        }),
    ]
}

/// What a file says afterwards, and its text.
fn after(
    text: &str,
    edit: &Edit,
    style: Style,
) -> Option<Result<(serde_json::Value, String), KubeconfigError>> {
    let files = MemoryFiles::new().with("/f", text);
    let rules = LoadingRules::explicit("/f");
    let made = plan(edit, &rules, &files, KubeVersion::default()).ok()?;
    Some(made.write(&files, style).map(|_| {
        let text = String::from_utf8(files.contents()[0].1.clone()).unwrap();
        let config = load(&rules.keep_paths(), &files).unwrap().complete().unwrap().clone();
        (to_json(&config, Redaction::Raw, KubeVersion::default()), text)
    }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn both_styles_say_the_same(text in file(), edit in edit()) {
        let Some(kubectl) = after(&text, &edit, Style::Kubectl) else { return Ok(()) };
        let lossless = after(&text, &edit, Style::Lossless).unwrap();
        let (kubectl, lossless) = (kubectl.unwrap(), lossless.unwrap());
        prop_assert_eq!(kubectl.0, lossless.0, "{}\n---\n{}", text, lossless.1);
    }

    #[test]
    fn what_does_not_change_is_not_written(text in file(), name in select(NAMES)) {
        let edit = Edit::UseContext { name: name.to_owned() };
        let Some(Ok((_, once))) = after(&text, &edit, Style::Lossless) else { return Ok(()) };
        let (_, twice) = after(&once, &edit, Style::Kubectl).unwrap().unwrap();
        prop_assert_eq!(once, twice);
    }
}

const SECRET: &str = "s3cr3tc4n4ry";

/// Every command that is given a secret, rightly or wrongly, on files that do and do not fit it.
#[test]
fn no_error_and_no_plan_shows_a_secret() {
    let texts = [
        "users: [{name: u, user: {token: s3cr3tc4n4ry, password: s3cr3tc4n4ry, exec: {command: c, args: [s3cr3tc4n4ry], \
         env: [{name: A, value: s3cr3tc4n4ry}]}, auth-provider: {name: p, config: {k: s3cr3tc4n4ry}}, \
         extensions: [{name: e, extension: s3cr3tc4n4ry}]}}]\ncontexts: [{name: x, context: {user: u}}]\n",
        "users: [{name: u, user: {token: s3cr3tc4n4ry}}, {name: u}]\n",
        "users: [{name: u, user: {token: [s3cr3tc4n4ry]}}]\n",
        "apiVersion: s3cr3tc4n4ry\nkind: Config\nusers: {s3cr3tc4n4ry\n",
        "users: [{name: u, user: {client-key-data: s3cr3tc4n4ry!}}]\n",
        "users: [{name: u, user: &s {token: s3cr3tc4n4ry}}, {name: v, user: *s}]\n",
    ];
    let secret = || Secret::new(SECRET);
    let set =
        |property: &str| Edit::Set { property: property.to_owned(), value: secret(), set_raw_bytes: false };
    let change = UserChange {
        token: Some(secret()),
        password: Some(secret()),
        auth_provider_args: vec![secret()],
        exec_args: vec![secret()],
        exec_env: vec![secret()],
        ..UserChange::default()
    };
    let both = UserChange { auth_provider_args: Vec::new(), exec_env: Vec::new(), ..change.clone() };
    let token = UserChange { password: None, ..both.clone() };
    let credentials =
        |change: &UserChange| Edit::SetCredentials { name: "u".to_owned(), change: Box::new(change.clone()) };
    let edits = [
        set("users.u.token"),
        set("users.u.client-key-data"),
        set("users.u"),
        set("users.u.exec"),
        set("users.u.extensions"),
        set("users.u.act-as-groups"),
        set("preferences"),
        credentials(&change),
        credentials(&both),
        credentials(&token),
        Edit::Unset { property: "users.u.token".to_owned() },
        Edit::DeleteUser { name: "u".to_owned() },
        Edit::UseContext { name: "none".to_owned() },
    ];
    let mut seen = 0;
    for text in texts {
        for edit in &edits {
            for style in [Style::Kubectl, Style::Lossless] {
                for locked in [false, true] {
                    let mut files = MemoryFiles::new().with("/f", text);
                    if locked {
                        files = files.with("/f.lock", "");
                    }
                    let rules = LoadingRules::explicit("/f");
                    let made = plan(edit, &rules, &files, KubeVersion::default());
                    let shown = format!("{edit:?} {made:?}");
                    assert!(!shown.contains(SECRET), "{shown}");
                    let outcome = made.and_then(|made| made.write(&files, style));
                    if let Err(error) = outcome {
                        seen += 1;
                        let shown = format!("{error} {error:?} {}", error.printed());
                        assert!(!shown.contains(SECRET), "{shown}");
                    }
                }
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn a_strict_view_shows_no_secret() {
    let text = "users: [{name: u, user: {token: s3cr3tc4n4ry, client-key: k, exec: {command: c, args: [s3cr3tc4n4ry], \
                env: [{name: A, value: s3cr3tc4n4ry}]}, auth-provider: {name: p, config: {k: s3cr3tc4n4ry}}}}]\n\
                clusters: [{name: c, cluster: {server: 'https://a:s3cr3tc4n4ry@b'}}]\n\
                extensions: [{name: e, extension: s3cr3tc4n4ry}]\n";
    let files = MemoryFiles::new().with("/f", text).with("/k", SECRET);
    for flatten in [false, true] {
        let options = ViewOptions { strict: true, raw: true, flatten, ..ViewOptions::default() };
        let (config, redaction) = view(&LoadingRules::explicit("/f"), &options, &files).unwrap();
        let shown = to_yaml(&config, redaction, KubeVersion::default()).unwrap()
            + &to_json_text(&config, redaction, KubeVersion::default());
        assert!(!shown.contains(SECRET) && !shown.contains("czNjcjN0"), "{shown}");
    }
    // The same view shows it when nothing is hidden, so the test can fail.
    let options = ViewOptions { raw: true, ..ViewOptions::default() };
    let (config, redaction) = view(&LoadingRules::explicit("/f"), &options, &files).unwrap();
    assert!(to_yaml(&config, redaction, KubeVersion::default()).unwrap().contains(SECRET));
}
