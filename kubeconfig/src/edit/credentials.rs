//! `kubectl config set-credentials`.
//!
//! upstream: kubectl `pkg/cmd/config/set_credentials.go`, `pkg/cmd/util/helpers.go` (`ParsePairs`)

use std::collections::{BTreeMap, BTreeSet};

use super::apply::{World, refused};
use super::change::UserChange;
use crate::config::{AuthProvider, Exec, ExecVariable, User};
use crate::error::KubeconfigError;
use crate::secret::{Secret, SecretBytes};

impl World<'_> {
    pub(super) fn check_user(&self, name: &str, change: &UserChange) -> Result<(), KubeconfigError> {
        Pairs::of(&change.auth_provider_args, "auth-provider-arg")?;
        Pairs::of(&change.exec_env, "exec-env")?;
        if name.is_empty() {
            return Err(refused("you must specify a non-empty user name"));
        }
        let given = |value: &Option<Secret>| value.as_ref().is_some_and(|value| !value.is_empty());
        let basic = change.username.as_ref().is_some_and(|name| !name.is_empty()) || given(&change.password);
        if given(&change.token) && basic {
            return Err(refused(
                "you cannot specify more than one authentication method at the same time: --token, \
                 --username/--password",
            ));
        }
        if change.embed_certs {
            let certificate = change.client_certificate.as_deref().unwrap_or_default();
            let key = change.client_key.as_deref().unwrap_or_default();
            if certificate.is_empty() && key.is_empty() {
                return Err(refused("you must specify a --client-certificate or --client-key to embed"));
            }
            for (flag, file) in [("client-certificate", certificate), ("client-key", key)] {
                if !file.is_empty() {
                    self.must_exist(flag, file)?;
                }
            }
        }
        match change.exec_interactive_mode.as_deref() {
            None | Some("IfAvailable" | "Always" | "Never") => Ok(()),
            Some(_) => Err(refused("invalid interactive mode type, can be only IfAvailable, Never, Always")),
        }
    }

    pub(super) fn change_user(&self, user: &mut User, change: &UserChange) -> Result<(), KubeconfigError> {
        let files = [
            (&change.client_certificate, &mut user.client_certificate, &mut user.client_certificate_data),
            (&change.client_key, &mut user.client_key, &mut user.client_key_data),
        ];
        for (file, path, data) in files {
            let Some(file) = file else { continue };
            if change.embed_certs {
                *data = self.embedded(file);
                path.clear();
            } else {
                *path = self.absolute(file);
                *data = SecretBytes::default();
            }
        }
        provider(user, change)?;
        exec(user, change)?;
        identity(user, change);
        Ok(())
    }
}

/// A token or a name with its password: the one that is set takes the place of the other.
fn identity(user: &mut User, change: &UserChange) {
    if let Some(token) = &change.token {
        user.token = token.clone();
    }
    if let Some(name) = &change.username {
        user.username.clone_from(name);
    }
    if let Some(password) = &change.password {
        user.password = password.clone();
    }
    let token = change.token.as_ref().is_some_and(|token| !token.is_empty());
    let basic = change.username.as_ref().is_some_and(|name| !name.is_empty())
        || change.password.as_ref().is_some_and(|password| !password.is_empty());
    if basic && !token {
        user.token = Secret::default();
    }
    if token && !basic {
        user.username.clear();
        user.password = Secret::default();
    }
}

fn provider(user: &mut User, change: &UserChange) -> Result<(), KubeconfigError> {
    if let Some(name) = &change.auth_provider
        && user.auth_provider.as_ref().is_none_or(|provider| provider.name != *name)
    {
        user.auth_provider = Some(AuthProvider { name: name.clone(), config: None });
    }
    if let Some(provider) = &mut user.auth_provider {
        let pairs = Pairs::of(&change.auth_provider_args, "auth-provider-arg")?;
        let config = provider.config.get_or_insert_default();
        config.retain(|key, _| !pairs.removed.contains(key));
        config.extend(pairs.set);
    }
    Ok(())
}

fn exec(user: &mut User, change: &UserChange) -> Result<(), KubeconfigError> {
    if let Some(command) = &change.exec_command {
        let exec = user.exec.get_or_insert_default();
        exec.command.clone_from(command);
        exec.args = None;
    }
    // Without a command the other flags say nothing.
    let Some(exec) = &mut user.exec else { return Ok(()) };
    if let Some(version) = &change.exec_api_version {
        exec.api_version.clone_from(version);
    }
    if !change.exec_args.is_empty() {
        exec.args = Some(change.exec_args.clone());
    }
    if let Some(mode) = &change.exec_interactive_mode {
        exec.interactive_mode.clone_from(mode);
    }
    if let Some(provide) = change.exec_provide_cluster_info {
        exec.provide_cluster_info = provide;
    }
    if !change.exec_env.is_empty() {
        variables(exec, Pairs::of(&change.exec_env, "exec-env")?);
    }
    Ok(())
}

fn variables(exec: &mut Exec, pairs: Pairs) {
    let env = exec.env.get_or_insert_default();
    env.retain(|variable| !pairs.removed.contains(&variable.name));
    // Upstream adds several new ones in the random order of a map; here it is that of their names.
    for (name, value) in pairs.set {
        match env.iter_mut().find(|variable| variable.name == name) {
            Some(variable) => variable.value = value,
            None => env.push(ExecVariable { name, value }),
        }
    }
}

/// `key=value` and `key-`.
struct Pairs {
    set: BTreeMap<String, Secret>,
    removed: BTreeSet<String>,
}

impl Pairs {
    fn of(arguments: &[Secret], kind: &str) -> Result<Self, KubeconfigError> {
        let mut pairs = Self { set: BTreeMap::new(), removed: BTreeSet::new() };
        let mut wrong = false;
        for argument in arguments {
            let text = argument.expose();
            match text.split_once('=').filter(|(key, _)| !key.is_empty()) {
                Some((key, value)) => {
                    pairs.set.insert(key.to_owned(), Secret::new(value));
                }
                None => match text.strip_suffix('-').filter(|key| !key.is_empty()) {
                    Some(key) => {
                        pairs.removed.insert(key.to_owned());
                    }
                    None => wrong = true,
                },
            }
        }
        if !wrong {
            return Ok(pairs);
        }
        // Upstream shows what was written, which may be a value without its key.
        Err(refused(format!("invalid {kind} format: REDACTED")))
    }
}
