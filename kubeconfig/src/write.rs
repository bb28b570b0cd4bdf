//! A configuration as text: the bytes that kubectl writes and prints.
//!
//! upstream: client-go tools/clientcmd/loader.go (`Write`), cli-runtime pkg/printers/{json,yaml}.go

use std::fmt::Write as _;

use kubelogic_core::read::write::{to_canonical_json, to_kubectl_yaml};
use kubelogic_core::read::{self, Options};
use kubelogic_core::version::KubeVersion;
use serde_json::Value;

use crate::config::Config;
use crate::error::KubeconfigError;
use crate::view::{Redaction, to_json};

/// The configuration as YAML, as kubectl writes it into a file and prints it.
///
/// # Errors
/// A text in it holds characters that YAML has no place for, as kubectl finds when it writes.
///
/// ```
/// use kubelogic_kubeconfig::{Config, Redaction, to_yaml};
/// let mut config = Config::default();
/// config.current_context = "on".to_owned();
/// assert_eq!(
///     to_yaml(&config, Redaction::Raw, Default::default())?,
///     "apiVersion: v1\nclusters: null\ncontexts: null\ncurrent-context: \"on\"\nkind: Config\nusers: null\n",
/// );
/// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
/// ```
pub fn to_yaml(
    config: &Config,
    redaction: Redaction,
    version: KubeVersion,
) -> Result<String, KubeconfigError> {
    // Upstream makes JSON, reads that as YAML and writes it: what is lost on this way is lost here.
    let json = to_json(config, redaction, version).to_string();
    let json = json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    match read::yaml_value(&json, &Options::named("kubeconfig")) {
        Ok(object) => Ok(to_kubectl_yaml(object.root())),
        Err(_) => Err(KubeconfigError::Unusable("yaml: control characters are not allowed".to_owned())),
    }
}

/// The configuration as `kubectl config view -o json` prints it: in lines, fields in upstream's order.
///
/// ```
/// use kubelogic_kubeconfig::{Config, Redaction, to_json_text};
/// let text = to_json_text(&Config::default(), Redaction::Raw, Default::default());
/// assert!(text.starts_with("{\n    \"kind\": \"Config\",\n    \"apiVersion\": \"v1\",\n    \"clusters\": null,"));
/// ```
pub fn to_json_text(config: &Config, redaction: Redaction, version: KubeVersion) -> String {
    let mut out = String::new();
    json(&mut out, &to_json(config, redaction, version), 0, false);
    out.push('\n');
    out
}

/// The fields of all of upstream's structs, in an order that each of them has.
const ORDER: &[&str] = &[
    "kind",
    "command",
    "args",
    "env",
    "apiVersion",
    "installHint",
    "provideClusterInfo",
    "interactiveMode",
    "preferences",
    "colors",
    "clusters",
    "users",
    "contexts",
    "current-context",
    "name",
    "cluster",
    "user",
    "context",
    "namespace",
    "server",
    "tls-server-name",
    "insecure-skip-tls-verify",
    "certificate-authority",
    "certificate-authority-data",
    "proxy-url",
    "disable-compression",
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
    "value",
    "config",
    "auth-provider",
    "exec",
    "extension",
    "extensions",
];

/// Writes a value; `free` is one whose keys are anybody's. The depth is that which the reader allows.
fn json(out: &mut String, value: &Value, depth: usize, free: bool) {
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("    ", depth));
    };
    match value {
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                out.push(if index == 0 { '[' } else { ',' });
                line(out, depth + 1);
                json(out, item, depth + 1, free);
            }
            line(out, depth);
            out.push(']');
        }
        Value::Object(fields) if !fields.is_empty() => {
            let mut entries: Vec<(&String, &Value)> = fields.iter().collect();
            if free {
                entries.sort_by_key(|(name, _)| *name);
            } else {
                entries.sort_by_key(|(name, _)| ORDER.iter().position(|field| field == name));
            }
            for (index, (name, inner)) in entries.into_iter().enumerate() {
                out.push(if index == 0 { '{' } else { ',' });
                line(out, depth + 1);
                string(out, name);
                out.push_str(": ");
                let free = free || matches!(name.as_str(), "extension" | "config" | "as-user-extra");
                json(out, inner, depth + 1, free);
            }
            line(out, depth);
            out.push('}');
        }
        Value::String(text) => string(out, text),
        Value::Number(number) if number.is_f64() => {
            match read::json_value(&number.to_string(), &Options::named("number")) {
                Ok(object) => out.push_str(&to_canonical_json(object.root())),
                Err(_) => out.push_str(&number.to_string()),
            }
        }
        // Writing to a string cannot fail.
        other => drop(write!(out, "{other}")),
    }
}

fn string(out: &mut String, text: &str) {
    let quoted = Value::from(text).to_string();
    for character in quoted.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => drop(write!(out, "\\u{:04x}", u32::from(character))),
            other => out.push(other),
        }
    }
}
