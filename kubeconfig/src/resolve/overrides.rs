//! What flags say: kubectl's, by their names.

use std::collections::BTreeMap;

use crate::secret::Secret;

/// What flags say. What is empty is not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Overrides {
    /// `--context`
    pub context: String,
    /// `--cluster`
    pub cluster: String,
    /// `--user`
    pub user: String,
    /// `--namespace`
    pub namespace: String,
    /// `--server`
    pub server: String,
    /// `--tls-server-name`
    pub tls_server_name: String,
    /// `--insecure-skip-tls-verify`
    pub insecure_skip_tls_verify: bool,
    /// `--certificate-authority`
    pub certificate_authority: String,
    /// `--proxy-url`
    pub proxy_url: String,
    /// `--disable-compression`
    pub disable_compression: bool,
    /// `--client-certificate`
    pub client_certificate: String,
    /// `--client-key`
    pub client_key: String,
    /// `--token`
    pub token: Secret,
    /// `--as`
    pub impersonate: String,
    /// `--as-uid`
    pub impersonate_uid: String,
    /// `--as-group`
    pub impersonate_groups: Vec<String>,
    /// `--as-user-extra`
    pub impersonate_user_extra: BTreeMap<String, Vec<String>>,
    /// `--username`
    pub username: String,
    /// `--password`
    pub password: Secret,
    /// `--request-timeout`
    pub request_timeout: String,
    /// The server when nothing names one: kubectl takes `http://localhost:8080`.
    pub default_server: String,
}
