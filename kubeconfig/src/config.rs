//! What kubeconfig files say, merged: client-go's own model.
//!
//! upstream: client-go tools/clientcmd/api/types.go

use std::collections::BTreeMap;
use std::fmt;

use crate::secret::{Secret, SecretBytes, without_user};

/// Extensions by name, each any JSON value: they are kept and not understood.
#[derive(Clone, Default, PartialEq)]
pub struct Extensions(pub(crate) BTreeMap<String, serde_json::Value>);

impl Extensions {
    /// The value of an extension.
    pub fn get(&self, name: &str) -> Option<&serde_json::Value> {
        self.0.get(name)
    }

    /// Names and values, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &serde_json::Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds those of another file that are not there yet.
    pub(crate) fn fill(&mut self, other: &Self) {
        for (name, value) in &other.0 {
            self.0.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
}

impl fmt::Debug for Extensions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A value can hold anything, secrets too.
        out.debug_set().entries(self.0.keys()).finish()
    }
}

/// A whole configuration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// What kubectl once used for itself.
    pub preferences: Preferences,
    /// The clusters by name.
    pub clusters: BTreeMap<String, Cluster>,
    /// The users by name.
    pub users: BTreeMap<String, User>,
    /// The contexts by name.
    pub contexts: BTreeMap<String, Context>,
    /// The context that is used unless another one is asked for; empty for none.
    pub current_context: String,
    /// Extensions of the whole.
    pub extensions: Extensions,
}

/// `preferences`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preferences {
    /// Whether output may be coloured.
    pub colors: bool,
    /// Extensions.
    pub extensions: Extensions,
}

/// How to reach a cluster.
#[derive(Clone, Default, PartialEq)]
pub struct Cluster {
    /// The file that it came from; empty for none.
    pub origin: String,
    /// The API server's address.
    pub server: String,
    /// The name in the server's certificate, when it is not that of the address.
    pub tls_server_name: String,
    /// Whether the server's certificate is not looked at.
    pub insecure_skip_tls_verify: bool,
    /// A file with the certificate authorities.
    pub certificate_authority: String,
    /// The certificate authorities themselves, PEM. They win over the file.
    pub certificate_authority_data: SecretBytes,
    /// The proxy for all requests.
    pub proxy_url: String,
    /// Whether answers are not compressed.
    pub disable_compression: bool,
    /// Extensions; `client.authentication.k8s.io/exec` is handed to an exec plugin.
    pub extensions: Extensions,
}

impl fmt::Debug for Cluster {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Cluster")
            .field("origin", &self.origin)
            .field("server", &without_user(&self.server))
            .field("tls_server_name", &self.tls_server_name)
            .field("insecure_skip_tls_verify", &self.insecure_skip_tls_verify)
            .field("certificate_authority", &self.certificate_authority)
            .field("certificate_authority_data", &self.certificate_authority_data)
            .field("proxy_url", &without_user(&self.proxy_url))
            .field("disable_compression", &self.disable_compression)
            .field("extensions", &self.extensions)
            .finish()
    }
}

/// Who somebody is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct User {
    /// The file that it came from; empty for none.
    pub origin: String,
    /// A file with the client certificate.
    pub client_certificate: String,
    /// The client certificate itself, PEM.
    pub client_certificate_data: SecretBytes,
    /// A file with its key.
    pub client_key: String,
    /// The key itself, PEM.
    pub client_key_data: SecretBytes,
    /// A bearer token.
    pub token: Secret,
    /// A file with a bearer token, read again from time to time.
    pub token_file: String,
    /// The user to impersonate.
    pub impersonate: String,
    /// The uid to impersonate.
    pub impersonate_uid: String,
    /// The groups to impersonate.
    pub impersonate_groups: Vec<String>,
    /// Extra values to impersonate; `None` is a list that is written as null.
    pub impersonate_user_extra: BTreeMap<String, Option<Vec<String>>>,
    /// For basic authentication.
    pub username: String,
    /// For basic authentication.
    pub password: Secret,
    /// A plugin that client-go has, or had, within itself.
    pub auth_provider: Option<AuthProvider>,
    /// A program that is run for credentials.
    pub exec: Option<Exec>,
    /// Extensions.
    pub extensions: Extensions,
}

/// A cluster, a user and a namespace together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// The file that it came from; empty for none.
    pub origin: String,
    /// The cluster's name.
    pub cluster: String,
    /// The user's name.
    pub user: String,
    /// The namespace of requests that name none.
    pub namespace: String,
    /// Extensions.
    pub extensions: Extensions,
}

/// A plugin that client-go has, or had, within itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthProvider {
    /// Its name.
    pub name: String,
    /// Its settings; `None` when none are written.
    pub config: Option<BTreeMap<String, Secret>>,
}

/// A program that is run for credentials; never by this crate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exec {
    /// The program.
    pub command: String,
    /// Its arguments; `None` when none are written.
    pub args: Option<Vec<Secret>>,
    /// Variables that are set for it; `None` when none are written.
    pub env: Option<Vec<ExecVariable>>,
    /// The version of the protocol.
    pub api_version: String,
    /// What is printed when the program is missing.
    pub install_hint: String,
    /// Whether the program is told about the cluster.
    pub provide_cluster_info: bool,
    /// Whether it may use standard input: `Never`, `IfAvailable`, `Always`.
    pub interactive_mode: String,
}

/// A variable that is set for a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecVariable {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Secret,
}

impl Config {
    /// Adds what another configuration says and this one does not: whole entries by name, and each value that is
    /// empty here.
    pub(crate) fn fill(&mut self, other: &Self) {
        // upstream: client-go tools/clientcmd/loader.go (Load): merged forwards and backwards, the first one wins
        self.preferences.colors |= other.preferences.colors;
        self.preferences.extensions.fill(&other.preferences.extensions);
        self.extensions.fill(&other.extensions);
        if self.current_context.is_empty() {
            self.current_context.clone_from(&other.current_context);
        }
        fill(&mut self.clusters, &other.clusters);
        fill(&mut self.users, &other.users);
        fill(&mut self.contexts, &other.contexts);
    }
}

fn fill<T: Clone>(into: &mut BTreeMap<String, T>, from: &BTreeMap<String, T>) {
    for (name, entry) in from {
        if !into.contains_key(name) {
            into.insert(name.clone(), entry.clone());
        }
    }
}
