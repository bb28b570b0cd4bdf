//! `kubeconfig`: generated sets of kubeconfig files, loaded and resolved by kubelogic and by client-go.
//!
//! Words are compared letter by letter, apart from those about a file that is no YAML.

pub(crate) mod command;
mod generate;

use std::io::Write;

use kubelogic_core::files::MemoryFiles;
use kubelogic_core::version::KubeVersion;
use kubelogic_kubeconfig::{
    Connection, LoadingRules, Overrides, Redaction, Secret, SecretBytes, load, namespace, resolve, to_json,
};
use serde_json::{Value, json};

use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::random::Random;
use crate::settings::Settings;

/// Differences that are printed; all are counted.
const SHOWN: usize = 20;
/// Sets of files that are asked at once.
const BATCH: usize = 256;

/// Compares, and answers whether nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let mut oracle = Oracle::start(&settings.oracle)?;
    let mut random = Random::new(settings.seed);
    let version = settings.kube_version()?;
    let (mut compared, mut failed, mut different) = (0, 0, 0);
    while compared < settings.count {
        let size = BATCH.min(settings.count - compared);
        let questions: Vec<Value> =
            (0..size).map(|_| generate::question(&mut random, &settings.version)).collect();
        for (question, real) in questions.iter().zip(oracle.ask(&questions)?) {
            compared += 1;
            failed += usize::from(real.get("failed") == Some(&json!(true)));
            let ours = if question.get("ask") == Some(&json!("kubeconfig.load")) {
                loaded(question, version)
            } else {
                resolved(question)
            };
            if holds(&real, &ours) {
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
        "kubeconfig, {}: {compared} sets of files, {failed} refused by client-go, {different} differences",
        settings.version
    )?;
    if compared == failed {
        return Err(DifferError::Usage("nothing was compared"));
    }
    Ok(different == 0)
}

/// Whether every key of the real answer is there and equal; ours may know words where the real ones do not count.
fn holds(real: &Value, ours: &Value) -> bool {
    let Some(real) = real.as_object() else { return false };
    real.iter().all(|(key, value)| ours.get(key) == Some(value))
        // Words that the real loader does not have are ours alone when it fails, too.
        && (real.get("failed") == Some(&json!(true)) || ours.get("error") == Some(&Value::Null))
}

/// A field of a question that holds text; empty when it is not there.
fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn world(question: &Value) -> (MemoryFiles, LoadingRules) {
    let files = question.get("files").and_then(Value::as_array).into_iter().flatten();
    let files = files.fold(MemoryFiles::new(), |all, file| all.with(text(file, "path"), text(file, "text")));
    let rules = match (text(question, "explicit"), text(question, "kubeconfig")) {
        ("", "") => LoadingRules::home(text(question, "home")),
        ("", list) => LoadingRules::kubeconfig(list),
        (file, _) => LoadingRules::explicit(file),
    };
    (files, rules.in_directory(text(question, "workingDirectory")))
}

fn loaded(question: &Value, version: KubeVersion) -> Value {
    let (files, mut rules) = world(question);
    if question.get("resolvePaths") != Some(&json!(true)) {
        rules = rules.keep_paths();
    }
    let raw = question.get("raw") == Some(&json!(true));
    match load(&rules, &files) {
        Ok(loaded) => {
            let error = loaded.complete().err().map(|error| error.to_string());
            let redaction = if raw { Redaction::Raw } else { Redaction::Kubectl };
            json!({
                "config": to_json(&loaded.config, redaction, version), "failed": error.is_some(), "error": error,
                "warning": loaded.warning,
            })
        }
        Err(error) => json!({"failed": true, "error": error.to_string(), "warning": null}),
    }
}

fn resolved(question: &Value) -> Value {
    let (files, rules) = world(question);
    let flags = overrides(question.get("overrides").unwrap_or(&Value::Null));
    let loaded = match load(&rules, &files) {
        Ok(loaded) => loaded,
        Err(error) => {
            let error = error.to_string();
            return json!({
                "failed": true, "error": error, "namespace": "", "namespaceOverridden": false,
                "namespaceError": error, "connection": null,
            });
        }
    };
    let (name, overridden, namespace_error) = match namespace(&loaded, &flags, &rules, &files) {
        Ok(found) => (found.name, found.overridden, None),
        Err(error) => (String::new(), false, Some(error.to_string())),
    };
    let (connection, error) = match resolve(&loaded, &flags, &rules, &files) {
        Ok(resolved) => (shown(&resolved.connection), None),
        Err(error) => (Value::Null, Some(error.to_string())),
    };
    json!({
        "failed": error.is_some(), "error": error, "namespace": name, "namespaceOverridden": overridden,
        "namespaceError": namespace_error, "connection": connection,
    })
}

fn overrides(flags: &Value) -> Overrides {
    let mut out = Overrides::default();
    let own = |key: &str| text(flags, key).to_owned();
    let is = |key: &str| flags.get(key) == Some(&json!(true));
    out.context = own("context");
    out.cluster = own("cluster");
    out.user = own("user");
    out.namespace = own("namespace");
    out.server = own("server");
    out.tls_server_name = own("tlsServerName");
    out.insecure_skip_tls_verify = is("insecureSkipTlsVerify");
    out.certificate_authority = own("certificateAuthority");
    out.proxy_url = own("proxyUrl");
    out.disable_compression = is("disableCompression");
    out.client_certificate = own("clientCertificate");
    out.client_key = own("clientKey");
    out.token = Secret::new(own("token"));
    out.impersonate = own("as");
    out.impersonate_uid = own("asUid");
    let groups = flags.get("asGroups").and_then(Value::as_array).into_iter().flatten();
    out.impersonate_groups = groups.filter_map(Value::as_str).map(str::to_owned).collect();
    out.username = own("username");
    out.password = Secret::new(own("password"));
    out.request_timeout = own("requestTimeout");
    out.default_server = own("defaultServer");
    out
}

fn shown(connection: &Connection) -> Value {
    let data = |bytes: &SecretBytes| {
        use base64::Engine as _;
        let text = base64::engine::general_purpose::STANDARD.encode(bytes.expose());
        (!bytes.is_empty()).then_some(text)
    };
    let provider = connection.auth_provider.as_ref().map(|provider| {
        let config = provider.config.iter().flatten();
        let config = config.map(|(name, value)| (name.clone(), json!(value.expose())));
        json!({"name": provider.name, "config": Value::Object(config.collect())})
    });
    let exec = connection.exec.as_ref().map(|exec| {
        let args: Vec<_> = exec.args.iter().flatten().map(Secret::expose).collect();
        let env = exec.env.iter().flatten();
        let env: Vec<_> = env.map(|one| json!({"name": one.name, "value": one.value.expose()})).collect();
        json!({
            "command": exec.command, "args": args, "env": env, "apiVersion": exec.api_version,
            "installHint": exec.install_hint, "provideClusterInfo": exec.provide_cluster_info,
            "interactiveMode": exec.interactive_mode, "config": connection.exec_config,
        })
    });
    json!({
        "server": connection.server, "tlsServerName": connection.tls_server_name,
        "insecureSkipTlsVerify": connection.insecure_skip_tls_verify,
        "certificateAuthority": connection.certificate_authority,
        "certificateAuthorityData": data(&connection.certificate_authority_data),
        "proxyUrl": connection.proxy_url, "disableCompression": connection.disable_compression,
        "timeoutNanoseconds": connection.timeout.nanoseconds(),
        "as": connection.impersonate, "asUid": connection.impersonate_uid,
        "asGroups": connection.impersonate_groups, "asUserExtra": connection.impersonate_user_extra,
        "token": connection.token.expose(), "tokenFile": connection.token_file,
        "clientCertificate": connection.client_certificate,
        "clientCertificateData": data(&connection.client_certificate_data),
        "clientKey": connection.client_key, "clientKeyData": data(&connection.client_key_data),
        "username": connection.username, "password": connection.password.expose(),
        "authProvider": provider, "exec": exec,
    })
}
