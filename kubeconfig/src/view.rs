//! A configuration as JSON: what `kubectl config view -o json` prints.
//!
//! upstream: client-go tools/clientcmd/api/v1/types.go, api/helpers.go (`ShortenConfig`), kubectl pkg/cmd/config/view.go

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kubelogic_core::version::KubeVersion;
use serde_json::{Map, Value, json};

use crate::config::{AuthProvider, Cluster, Config, Context, Exec, Extensions, User};
use crate::secret::{Secret, SecretBytes, without_user};

/// What is left out of what is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Redaction {
    /// Nothing: `kubectl config view --raw`.
    Raw,
    /// What kubectl leaves out: tokens, passwords and all certificate and key data.
    Kubectl,
    /// Also what kubectl shows: arguments and variables of exec plugins, settings of auth providers, extensions, and
    /// users in addresses.
    #[default]
    Strict,
}

/// The configuration as JSON, lists in order of name.
///
/// ```
/// use kubelogic_kubeconfig::{Config, Redaction, to_json};
/// let json = to_json(&Config::default(), Redaction::Strict, Default::default());
/// assert_eq!(json["kind"], "Config");
/// assert!(json["clusters"].is_null());
/// ```
pub fn to_json(config: &Config, redaction: Redaction, version: KubeVersion) -> Value {
    let view = View(redaction);
    let mut out = Map::new();
    out.insert("kind".to_owned(), json!("Config"));
    out.insert("apiVersion".to_owned(), json!("v1"));
    let mut preferences = Map::new();
    if config.preferences.colors {
        preferences.insert("colors".to_owned(), json!(true));
    }
    view.extensions(&mut preferences, &config.preferences.extensions);
    // upstream: `omitzero` came with 1.34. Extensions that are there and empty are not zero.
    if !preferences.is_empty() || version.minor() < 34 {
        out.insert("preferences".to_owned(), Value::Object(preferences));
    }
    out.insert("clusters".to_owned(), named(&config.clusters, "cluster", |cluster| view.cluster(cluster)));
    out.insert("users".to_owned(), named(&config.users, "user", |user| view.user(user)));
    out.insert("contexts".to_owned(), named(&config.contexts, "context", |context| view.context(context)));
    out.insert("current-context".to_owned(), json!(config.current_context));
    view.extensions(&mut out, &config.extensions);
    Value::Object(out)
}

fn named<T>(entries: &BTreeMap<String, T>, key: &str, write: impl Fn(&T) -> Value) -> Value {
    if entries.is_empty() {
        // Go writes a list that was never made.
        return Value::Null;
    }
    entries.iter().map(|(name, entry)| json!({"name": name, key: write(entry)})).collect()
}

struct View(Redaction);

impl View {
    fn cluster(&self, cluster: &Cluster) -> Value {
        let mut out = Map::new();
        out.insert("server".to_owned(), json!(self.url(&cluster.server)));
        text(&mut out, "tls-server-name", &cluster.tls_server_name);
        flag(&mut out, "insecure-skip-tls-verify", cluster.insecure_skip_tls_verify);
        text(&mut out, "certificate-authority", &cluster.certificate_authority);
        self.data(&mut out, "certificate-authority-data", &cluster.certificate_authority_data);
        text(&mut out, "proxy-url", &self.url(&cluster.proxy_url));
        flag(&mut out, "disable-compression", cluster.disable_compression);
        self.extensions(&mut out, &cluster.extensions);
        Value::Object(out)
    }

    fn user(&self, user: &User) -> Value {
        let mut out = Map::new();
        text(&mut out, "client-certificate", &user.client_certificate);
        self.data(&mut out, "client-certificate-data", &user.client_certificate_data);
        text(&mut out, "client-key", &user.client_key);
        if self.0 != Redaction::Raw && user.client_key_data.is_written() {
            // upstream: api/helpers.go (RedactSecrets): a key that is written is hidden, even an empty one.
            out.insert("client-key-data".to_owned(), json!("DATA+OMITTED"));
        } else {
            self.data(&mut out, "client-key-data", &user.client_key_data);
        }
        text(&mut out, "token", self.kubectl_hides(&user.token));
        text(&mut out, "tokenFile", &user.token_file);
        text(&mut out, "as", &user.impersonate);
        text(&mut out, "as-uid", &user.impersonate_uid);
        if !user.impersonate_groups.is_empty() {
            out.insert("as-groups".to_owned(), json!(user.impersonate_groups));
        }
        if !user.impersonate_user_extra.is_empty() {
            out.insert("as-user-extra".to_owned(), json!(user.impersonate_user_extra));
        }
        text(&mut out, "username", &user.username);
        text(&mut out, "password", self.kubectl_hides(&user.password));
        if let Some(provider) = &user.auth_provider {
            out.insert("auth-provider".to_owned(), self.auth_provider(provider));
        }
        if let Some(exec) = &user.exec {
            out.insert("exec".to_owned(), self.exec(exec));
        }
        self.extensions(&mut out, &user.extensions);
        Value::Object(out)
    }

    fn context(&self, context: &Context) -> Value {
        let mut out = Map::new();
        out.insert("cluster".to_owned(), json!(context.cluster));
        out.insert("user".to_owned(), json!(context.user));
        text(&mut out, "namespace", &context.namespace);
        self.extensions(&mut out, &context.extensions);
        Value::Object(out)
    }

    pub(crate) fn auth_provider(&self, provider: &AuthProvider) -> Value {
        let config = provider.config.as_ref().map(|config| {
            let shown = config.iter().map(|(name, value)| (name.clone(), json!(self.strict_hides(value))));
            Value::Object(shown.collect())
        });
        json!({"name": provider.name, "config": config})
    }

    pub(crate) fn exec(&self, exec: &Exec) -> Value {
        let mut out = Map::new();
        let args =
            exec.args.as_ref().map(|args| args.iter().map(|one| self.strict_hides(one)).collect::<Vec<_>>());
        let env = exec.env.as_ref().map(|env| {
            env.iter()
                .map(|variable| json!({"name": variable.name, "value": self.strict_hides(&variable.value)}))
                .collect::<Vec<_>>()
        });
        out.insert("command".to_owned(), json!(exec.command));
        out.insert("args".to_owned(), json!(args));
        out.insert("env".to_owned(), json!(env));
        text(&mut out, "apiVersion", &exec.api_version);
        text(&mut out, "installHint", &exec.install_hint);
        out.insert("provideClusterInfo".to_owned(), json!(exec.provide_cluster_info));
        text(&mut out, "interactiveMode", &exec.interactive_mode);
        Value::Object(out)
    }

    fn extensions(&self, out: &mut Map<String, Value>, extensions: &Extensions) {
        if extensions.is_empty() {
            return;
        }
        let list = extensions.iter().map(|(name, value)| {
            let hidden = self.0 == Redaction::Strict && !value.is_null();
            json!({"name": name, "extension": if hidden { json!("REDACTED") } else { value.clone() }})
        });
        out.insert("extensions".to_owned(), list.collect());
    }

    fn data(&self, out: &mut Map<String, Value>, key: &str, data: &SecretBytes) {
        if data.is_empty() {
            return;
        }
        let shown = match self.0 {
            Redaction::Raw => STANDARD.encode(data.expose()),
            Redaction::Kubectl | Redaction::Strict => "DATA+OMITTED".to_owned(),
        };
        out.insert(key.to_owned(), json!(shown));
    }

    fn kubectl_hides<'a>(&self, secret: &'a Secret) -> &'a str {
        if self.0 == Redaction::Raw || secret.is_empty() { secret.expose() } else { "REDACTED" }
    }

    fn strict_hides<'a>(&self, secret: &'a Secret) -> &'a str {
        if self.0 == Redaction::Strict && !secret.is_empty() { "REDACTED" } else { secret.expose() }
    }

    fn url(&self, url: &str) -> String {
        if self.0 == Redaction::Strict { without_user(url) } else { url.to_owned() }
    }
}

fn text(out: &mut Map<String, Value>, key: &str, value: &str) {
    if !value.is_empty() {
        out.insert(key.to_owned(), json!(value));
    }
}

fn flag(out: &mut Map<String, Value>, key: &str, value: bool) {
    if value {
        out.insert(key.to_owned(), json!(true));
    }
}
