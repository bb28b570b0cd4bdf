//! The connection that a client would make.
//!
//! upstream: client-go `tools/clientcmd/client_config.go` (`ClientConfig`, `getUserIdentificationPartialConfig`)

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use kubelogic_core::meta::Duration;

use super::{Disk, Overrides, url};
use crate::config::{AuthProvider, Cluster, Exec, User};
use crate::error::KubeconfigError;
use crate::load::{Unread, read};
use crate::secret::{Secret, SecretBytes, without_user};

/// The part of an exec plugin's configuration that comes from the cluster.
const CLUSTER_EXTENSION: &str = "client.authentication.k8s.io/exec";

/// What a client would connect with. Credentials are there for a server that is reached over TLS only.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Connection {
    /// The API server's address.
    pub server: String,
    /// The name in the server's certificate, when it is not that of the address.
    pub tls_server_name: String,
    /// Whether the server's certificate is not looked at.
    pub insecure_skip_tls_verify: bool,
    /// A file with the certificate authorities.
    pub certificate_authority: String,
    /// The certificate authorities themselves, PEM.
    pub certificate_authority_data: SecretBytes,
    /// The proxy for all requests.
    pub proxy_url: Option<String>,
    /// Whether answers are not compressed.
    pub disable_compression: bool,
    /// How long a request may take.
    pub timeout: Duration,
    /// The user to impersonate.
    pub impersonate: String,
    /// The uid to impersonate.
    pub impersonate_uid: String,
    /// The groups to impersonate.
    pub impersonate_groups: Vec<String>,
    /// Extra values to impersonate.
    pub impersonate_user_extra: BTreeMap<String, Vec<String>>,
    /// A bearer token, from the configuration or from `token_file`.
    pub token: Secret,
    /// A file with a bearer token, read again from time to time.
    pub token_file: String,
    /// A file with the client certificate.
    pub client_certificate: String,
    /// The client certificate itself, PEM.
    pub client_certificate_data: SecretBytes,
    /// A file with its key.
    pub client_key: String,
    /// The key itself, PEM.
    pub client_key_data: SecretBytes,
    /// For basic authentication.
    pub username: String,
    /// For basic authentication.
    pub password: Secret,
    /// A plugin that client-go has, or had, within itself.
    pub auth_provider: Option<AuthProvider>,
    /// A program that a client would run for credentials.
    pub exec: Option<Exec>,
    /// What the program is told by the cluster's extension; null for nothing.
    pub exec_config: serde_json::Value,
}

impl fmt::Debug for Connection {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Connection")
            .field("server", &without_user(&self.server))
            .field("tls_server_name", &self.tls_server_name)
            .field("insecure_skip_tls_verify", &self.insecure_skip_tls_verify)
            .field("certificate_authority", &self.certificate_authority)
            .field("certificate_authority_data", &self.certificate_authority_data)
            .field("proxy_url", &self.proxy_url.as_deref().map(without_user))
            .field("impersonate", &self.impersonate)
            .field("token", &self.token)
            .field("token_file", &self.token_file)
            .field("client_certificate", &self.client_certificate)
            .field("client_certificate_data", &self.client_certificate_data)
            .field("client_key", &self.client_key)
            .field("client_key_data", &self.client_key_data)
            .field("username", &self.username)
            .field("password", &self.password)
            .field("auth_provider", &self.auth_provider)
            .field("exec", &self.exec)
            .finish_non_exhaustive()
    }
}

pub(super) fn connection(
    cluster: &Cluster,
    user: &User,
    overrides: &Overrides,
    disk: &Disk<'_>,
) -> Result<Connection, KubeconfigError> {
    let mut out = Connection {
        proxy_url: Some(cluster.proxy_url.clone()).filter(|url| !url.is_empty()),
        disable_compression: cluster.disable_compression,
        timeout: timeout(&overrides.request_timeout)?,
        server: url::server(&cluster.server),
        ..Connection::default()
    };
    if !user.impersonate.is_empty() {
        out.impersonate.clone_from(&user.impersonate);
        out.impersonate_uid.clone_from(&user.impersonate_uid);
        out.impersonate_groups.clone_from(&user.impersonate_groups);
        let extra = user.impersonate_user_extra.iter();
        out.impersonate_user_extra =
            extra.map(|(name, values)| (name.clone(), values.clone().unwrap_or_default())).collect();
    }
    if url::is_tls(&out.server) {
        identify_user(&mut out, cluster, user, disk)?;
        out.certificate_authority.clone_from(&cluster.certificate_authority);
        out.certificate_authority_data = cluster.certificate_authority_data.clone();
        out.insecure_skip_tls_verify = cluster.insecure_skip_tls_verify;
        out.tls_server_name.clone_from(&cluster.tls_server_name);
    }
    Ok(out)
}

fn identify_user(
    out: &mut Connection,
    cluster: &Cluster,
    user: &User,
    disk: &Disk<'_>,
) -> Result<(), KubeconfigError> {
    let file = &user.token_file;
    if !user.token.is_empty() {
        out.token = user.token.clone();
        out.token_file.clone_from(file);
    } else if !file.is_empty() {
        let bytes = read(&disk.path(file), file, disk.files).map_err(|unread| {
            KubeconfigError::Unusable(match unread {
                Unread::Missing => format!("open {file}: no such file or directory"),
                Unread::Other(message) => message,
            })
        })?;
        out.token = Secret::new(String::from_utf8_lossy(&bytes));
        out.token_file.clone_from(file);
    }
    if !user.client_certificate.is_empty() || !user.client_certificate_data.is_empty() {
        out.client_certificate.clone_from(&user.client_certificate);
        out.client_certificate_data = user.client_certificate_data.clone();
        out.client_key.clone_from(&user.client_key);
        out.client_key_data = user.client_key_data.clone();
    }
    out.username.clone_from(&user.username);
    out.password = user.password.clone();
    out.auth_provider.clone_from(&user.auth_provider);
    if let Some(exec) = &user.exec {
        out.exec = Some(Exec { install_hint: without_control(&exec.install_hint), ..exec.clone() });
        out.exec_config = cluster.extensions.get(CLUSTER_EXTENSION).cloned().unwrap_or_default();
    }
    Ok(())
}

/// Whole seconds, or a duration as Go writes it; nothing for no limit.
fn timeout(text: &str) -> Result<Duration, KubeconfigError> {
    // upstream: client-go tools/clientcmd/helpers.go (ParseTimeout)
    if text.is_empty() {
        return Ok(Duration::ZERO);
    }
    if let Ok(seconds) = text.parse::<i64>()
        && seconds >= 0
    {
        return Ok(Duration::from_nanoseconds(seconds.wrapping_mul(1_000_000_000)));
    }
    Duration::parse(text).map_err(|_| {
        KubeconfigError::Unusable(
            "Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a \
             corresponding time unit (e.g. 1s | 2m | 3h)"
                .to_owned(),
        )
    })
}

/// A hint that cannot change the terminal.
fn without_control(text: &str) -> String {
    // upstream: client_config.go (cleanANSIEscapeCodes)
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let shown = letter.is_whitespace() && letter != '\u{85}'
            || format!("a{letter}").escape_debug().eq(['a', letter])
            || matches!(letter, '"' | '\'' | '\\');
        if shown {
            out.push(letter);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "U+{:04X}", u32::from(letter));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_shows_its_escape_codes() {
        assert_eq!(
            without_control("\u{1b}[1mrun \"it's\"\n\tnow\u{85}é"),
            "U+001B[1mrun \"it's\"\n\tnowU+0085é"
        );
    }

    #[test]
    fn a_timeout_is_seconds_or_a_duration() {
        assert_eq!(timeout("5").unwrap().nanoseconds(), 5_000_000_000);
        assert_eq!(timeout("2m").unwrap().nanoseconds(), 120_000_000_000);
        assert!(timeout("soon").is_err());
    }
}
