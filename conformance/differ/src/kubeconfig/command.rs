//! `kubeconfig-commands`: generated files and `kubectl config` commands, by kubelogic's catalogue and by kubectl's own
//! package. Output, errors and every file are compared letter by letter.

use std::io::Write;

use kubelogic::ask::Catalogue;
use serde_json::{Map, Value, json};

use super::generate::{self, NAMES};
use super::{BATCH, SHOWN};
use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::random::Random;
use crate::settings::Settings;

/// Compares, and answers whether nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let mut oracle = Oracle::start(&settings.oracle)?;
    let mut random = Random::new(settings.seed);
    let catalogue = Catalogue::new(None);
    let (mut compared, mut failed, mut different) = (0, 0, 0);
    while compared < settings.count {
        let size = BATCH.min(settings.count - compared);
        let questions: Vec<Value> = (0..size).map(|_| question(&mut random, &settings.version)).collect();
        for (question, real) in questions.iter().zip(oracle.ask(&questions)?) {
            compared += 1;
            failed += usize::from(real.get("failed") == Some(&json!(true)));
            let ours: Value =
                serde_json::from_str(&catalogue.answer(&question.to_string())).unwrap_or_default();
            let ours = ours.pointer("/answer/result").unwrap_or(&Value::Null);
            let same = real
                .as_object()
                .is_some_and(|real| real.iter().all(|(key, value)| ours.get(key) == Some(value)));
            if same {
                continue;
            }
            different += 1;
            if different <= SHOWN {
                writeln!(out, "{question}\n  ours {ours}\n  real {real}")?;
            }
        }
    }
    writeln!(
        out,
        "kubeconfig-commands, {}: {compared} commands, {failed} refused by kubectl, {different} differences",
        settings.version
    )?;
    if compared == failed {
        return Err(DifferError::Usage("nothing was compared"));
    }
    Ok(different == 0)
}

fn question(random: &mut Random, version: &str) -> Value {
    let files = generate::question(random, version);
    let mut fields = Map::new();
    for key in ["id", "kubeVersion", "files", "workingDirectory", "kubeconfig", "explicit", "home"] {
        if let Some(value) = files.get(key) {
            fields.insert(key.to_owned(), value.clone());
        }
    }
    if random.once_in(3) {
        fields.insert("ask".to_owned(), json!("kubeconfig.view"));
        for (key, times) in [("minify", 2), ("flatten", 4), ("raw", 2)] {
            fields.insert(key.to_owned(), json!(random.once_in(times)));
        }
        fields.insert("output".to_owned(), json!(random.pick(&["json", "yaml"])));
        if random.once_in(3) {
            fields.insert("context".to_owned(), json!(random.pick(NAMES)));
        }
    } else {
        fields.insert("ask".to_owned(), json!("kubeconfig.edit"));
        fields.insert("edit".to_owned(), edit(random));
    }
    Value::Object(fields)
}

const TEXTS: &[&str] =
    &["x", "https://s:1", "on", "0123", " lead", "a: b", "\u{e9}", "1:30", "a\nb", "#c", "", "~"];
const PATHS: &[&str] = &["ca.crt", "d/ca.crt", "../w/ca.crt", "none", ""];
const FIELDS: &[&str] = &[
    "clusters.a.server",
    "clusters.b.insecure-skip-tls-verify",
    "clusters.a.certificate-authority-data",
    "clusters.c.extensions",
    "users.a.token",
    "users.b.act-as",
    "users.a.act-as-groups",
    "users.a.act-as-user-extra",
    "users.c.client-key-data",
    "contexts.a.namespace",
    "contexts.b.extensions",
    "current-context",
    "preferences.colors",
    "clusters.x.y.server",
    "nope",
];
const UNSET: &[&str] = &[
    "clusters",
    "users",
    "contexts",
    "clusters.a",
    "users.b",
    "contexts.c",
    "users.a.exec",
    "users.a.auth-provider",
    "preferences",
    "preferences.extensions",
    "extensions",
];

fn edit(random: &mut Random) -> Value {
    let command = random.pick(&[
        "use-context",
        "rename-context",
        "delete-cluster",
        "delete-context",
        "delete-user",
        "set",
        "unset",
        "set-cluster",
        "set-context",
        "set-credentials",
    ]);
    let mut fields = Map::from_iter([("command".to_owned(), json!(command))]);
    let mut maybe = |random: &mut Random, key: &str, from: &[&str]| {
        if random.once_in(3) {
            fields.insert(key.to_owned(), json!(random.pick(from)));
        }
    };
    match command {
        "set-cluster" => {
            for key in ["server", "tlsServerName", "proxyUrl"] {
                maybe(random, key, TEXTS);
            }
            maybe(random, "certificateAuthority", PATHS);
            fields.insert("embedCerts".to_owned(), json!(random.once_in(4)));
            if random.once_in(3) {
                fields.insert("insecureSkipTlsVerify".to_owned(), json!(random.once_in(2)));
            }
        }
        "set-context" => {
            for key in ["cluster", "user", "namespace"] {
                maybe(random, key, TEXTS);
            }
            fields.insert("current".to_owned(), json!(random.once_in(6)));
        }
        "set-credentials" => {
            for key in ["token", "username", "password", "authProvider", "execCommand", "execApiVersion"] {
                maybe(random, key, TEXTS);
            }
            maybe(random, "clientCertificate", PATHS);
            maybe(random, "clientKey", PATHS);
            fields.insert("embedCerts".to_owned(), json!(random.once_in(5)));
            if random.once_in(4) {
                fields.insert("execArgs".to_owned(), json!(["a", "b,c", "\"q\""]));
            }
            if random.once_in(4) {
                fields.insert("execEnv".to_owned(), json!([random.pick(&["A=2", "A-", "Z=9", "bad", "=x"])]));
            }
            if random.once_in(4) {
                fields.insert(
                    "authProviderArgs".to_owned(),
                    json!([random.pick(&["a=1", "a-", "b=x,y", "-"])]),
                );
            }
        }
        "set" => {
            let property = random.pick(FIELDS);
            let value = match property {
                data if data.ends_with("-data") => random.pick(&["YQ==", "YWJj", "!!", "YQ"]),
                flag if flag.ends_with("verify") || flag.ends_with("colors") => {
                    random.pick(&["true", "F", "no"])
                }
                _ => random.pick(TEXTS),
            };
            fields.insert("property".to_owned(), json!(property));
            fields.insert("value".to_owned(), json!(value));
            return Value::Object(fields);
        }
        "unset" => {
            let property = if random.once_in(2) { random.pick(UNSET) } else { random.pick(FIELDS) };
            fields.insert("property".to_owned(), json!(property));
            return Value::Object(fields);
        }
        "rename-context" => {
            fields.insert("newName".to_owned(), json!(random.pick(NAMES)));
        }
        _ => {}
    }
    fields.insert("name".to_owned(), json!(random.pick(NAMES)));
    Value::Object(fields)
}
