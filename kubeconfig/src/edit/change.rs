//! What is to be changed: a `kubectl config` command each.

use crate::secret::Secret;

/// A command that changes kubeconfig files.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Edit {
    /// `kubectl config use-context`
    UseContext {
        /// The context.
        name: String,
    },
    /// `kubectl config rename-context`
    RenameContext {
        /// The context.
        name: String,
        /// What it is to be called.
        new_name: String,
    },
    /// `kubectl config delete-cluster`
    DeleteCluster {
        /// The cluster.
        name: String,
    },
    /// `kubectl config delete-context`
    DeleteContext {
        /// The context.
        name: String,
    },
    /// `kubectl config delete-user`
    DeleteUser {
        /// The user.
        name: String,
    },
    /// `kubectl config set`
    Set {
        /// The property, parts separated by dots.
        property: String,
        /// What it is to be; base64 for data.
        value: Secret,
        /// The value of data is the data itself.
        set_raw_bytes: bool,
    },
    /// `kubectl config unset`
    Unset {
        /// The property, parts separated by dots.
        property: String,
    },
    /// `kubectl config set-cluster`
    SetCluster {
        /// The cluster.
        name: String,
        /// What its flags say.
        change: ClusterChange,
    },
    /// `kubectl config set-context`
    SetContext {
        /// The context; empty with `current`.
        name: String,
        /// It is the current context.
        current: bool,
        /// What its flags say.
        change: ContextChange,
    },
    /// `kubectl config set-credentials`
    SetCredentials {
        /// The user.
        name: String,
        /// What its flags say.
        change: Box<UserChange>,
    },
}

/// The flags of `kubectl config set-cluster`; `None` is one that is not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterChange {
    /// `--server`
    pub server: Option<String>,
    /// `--tls-server-name`
    pub tls_server_name: Option<String>,
    /// `--insecure-skip-tls-verify`; kubectl sets it to false unless it is given.
    pub insecure_skip_tls_verify: Option<bool>,
    /// `--certificate-authority`
    pub certificate_authority: Option<String>,
    /// `--embed-certs`
    pub embed_certs: bool,
    /// `--proxy-url`
    pub proxy_url: Option<String>,
}

/// The flags of `kubectl config set-context`; `None` is one that is not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContextChange {
    /// `--cluster`
    pub cluster: Option<String>,
    /// `--user`
    pub user: Option<String>,
    /// `--namespace`
    pub namespace: Option<String>,
}

/// The flags of `kubectl config set-credentials`; `None` is one that is not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserChange {
    /// `--client-certificate`
    pub client_certificate: Option<String>,
    /// `--client-key`
    pub client_key: Option<String>,
    /// `--embed-certs`
    pub embed_certs: bool,
    /// `--token`
    pub token: Option<Secret>,
    /// `--username`
    pub username: Option<String>,
    /// `--password`
    pub password: Option<Secret>,
    /// `--auth-provider`
    pub auth_provider: Option<String>,
    /// `--auth-provider-arg`: `key=value`, or `key-` to remove one.
    pub auth_provider_args: Vec<Secret>,
    /// `--exec-command`
    pub exec_command: Option<String>,
    /// `--exec-api-version`
    pub exec_api_version: Option<String>,
    /// `--exec-arg`
    pub exec_args: Vec<Secret>,
    /// `--exec-env`: `key=value`, or `key-` to remove one.
    pub exec_env: Vec<Secret>,
    /// `--exec-interactive-mode`
    pub exec_interactive_mode: Option<String>,
    /// `--exec-provide-cluster-info`
    pub exec_provide_cluster_info: Option<bool>,
}
