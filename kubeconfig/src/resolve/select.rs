//! Which context, cluster and user, with what flags change in them.
//!
//! upstream: client-go `tools/clientcmd/client_config.go` (`getContext`, `getAuthInfo`, `getCluster`), merge.go

use super::Overrides;
use crate::config::{Cluster, Config, Context, User};
use crate::error::KubeconfigError;
use crate::secret::SecretBytes;

/// A configuration and what flags say.
pub(super) struct Selection<'a> {
    pub(super) config: &'a Config,
    pub(super) overrides: &'a Overrides,
}

impl Selection<'_> {
    pub(super) fn context_name(&self) -> &str {
        first(&self.overrides.context, &self.config.current_context)
    }

    pub(super) fn user_name(&self) -> String {
        // A context that does not exist is no context here; it is complained about elsewhere.
        let context = self.context().unwrap_or_default();
        first(&self.overrides.user, &context.user).to_owned()
    }

    pub(super) fn cluster_name(&self) -> String {
        let context = self.context().unwrap_or_default();
        first(&self.overrides.cluster, &context.cluster).to_owned()
    }

    pub(super) fn context(&self) -> Result<Context, KubeconfigError> {
        let name = self.context_name();
        let mut context = match self.config.contexts.get(name) {
            Some(context) => context.clone(),
            None if !self.overrides.context.is_empty() => return Err(unknown("context", name)),
            None => Context::default(),
        };
        set(&mut context.cluster, &self.overrides.cluster);
        set(&mut context.user, &self.overrides.user);
        set(&mut context.namespace, &self.overrides.namespace);
        Ok(context)
    }

    pub(super) fn user(&self) -> Result<User, KubeconfigError> {
        let name = self.user_name();
        let mut user = match self.config.users.get(&name) {
            Some(user) => user.clone(),
            None if !self.overrides.user.is_empty() => return Err(unknown("auth info", &name)),
            None => User::default(),
        };
        let flags = self.overrides;
        if !flags.token.is_empty() {
            user.token = flags.token.clone();
        }
        set(&mut user.impersonate, &flags.impersonate);
        set(&mut user.impersonate_uid, &flags.impersonate_uid);
        if !flags.impersonate_groups.is_empty() {
            user.impersonate_groups.clone_from(&flags.impersonate_groups);
        }
        for (name, values) in &flags.impersonate_user_extra {
            user.impersonate_user_extra.insert(name.clone(), Some(values.clone()));
        }
        set(&mut user.username, &flags.username);
        if !flags.password.is_empty() {
            user.password = flags.password.clone();
        }
        // A file from a flag also takes the place of data in the configuration.
        if !flags.client_key.is_empty() {
            user.client_key.clone_from(&flags.client_key);
            user.client_key_data = SecretBytes::default();
        }
        if !flags.client_certificate.is_empty() {
            user.client_certificate.clone_from(&flags.client_certificate);
            user.client_certificate_data = SecretBytes::default();
        }
        Ok(user)
    }

    pub(super) fn cluster(&self) -> Result<Cluster, KubeconfigError> {
        let name = self.cluster_name();
        let flags = self.overrides;
        let mut cluster = match self.config.clusters.get(&name) {
            Some(cluster) => cluster.clone(),
            None if !flags.cluster.is_empty() => return Err(unknown("cluster", &name)),
            None => Cluster::default(),
        };
        if cluster.server.is_empty() {
            cluster.server.clone_from(&flags.default_server);
        }
        set(&mut cluster.server, &flags.server);
        set(&mut cluster.proxy_url, &flags.proxy_url);
        cluster.disable_compression |= flags.disable_compression;
        // Either of the two flags says all about the server's certificate.
        if flags.insecure_skip_tls_verify || !flags.certificate_authority.is_empty() {
            cluster.insecure_skip_tls_verify = flags.insecure_skip_tls_verify;
            cluster.certificate_authority.clone_from(&flags.certificate_authority);
            cluster.certificate_authority_data = SecretBytes::default();
        }
        // Another server has another name.
        if !flags.tls_server_name.is_empty() || !flags.server.is_empty() {
            cluster.tls_server_name.clone_from(&flags.tls_server_name);
        }
        Ok(cluster)
    }
}

fn unknown(kind: &'static str, name: &str) -> KubeconfigError {
    KubeconfigError::Unknown { kind, name: name.to_owned() }
}

fn first<'a>(one: &'a str, two: &'a str) -> &'a str {
    if one.is_empty() { two } else { one }
}

fn set(value: &mut String, flag: &str) {
    if !flag.is_empty() {
        flag.clone_into(value);
    }
}
