//! Questions that make kubeconfig files: text in, text out. No file is touched.

use kubelogic_core::answer::Answer;
use kubelogic_kubeconfig::{
    ClusterChange, Component, ContextChange, Credentials, Edit, KubeconfigError, Material, Parts, Profile,
    Redaction, Secret, SecretBytes, Style, UserChange, ViewOptions, build, plan, to_json_text, to_yaml, view,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{KubeconfigFile, World};
use crate::ask::question::question;
use crate::ask::{AskError, Catalogue};

question! {
    /// What does a `kubectl config` command make of kubeconfig files?
    KubeconfigEditQuestion {
        /// The files; every other one is missing.
        files: Vec<KubeconfigFile>,
        /// The value of `KUBECONFIG`: files separated by colons.
        #[serde(default)]
        kubeconfig: Option<String>,
        /// The one file of `--kubeconfig`.
        #[serde(default)]
        explicit: Option<String>,
        /// The home directory, whose `.kube/config` is changed when nothing else is named.
        #[serde(default)]
        home: Option<String>,
        /// The absolute path where relative ones start; `/` unless given.
        #[serde(default)]
        working_directory: Option<String>,
        /// How a changed file is written.
        #[serde(default)]
        style: KubeconfigStyle,
        /// The command.
        edit: KubeconfigEdit,
    }
}

question! {
    /// What does `kubectl config view` print?
    KubeconfigViewQuestion {
        /// The files; every other one is missing.
        files: Vec<KubeconfigFile>,
        /// The value of `KUBECONFIG`: files separated by colons.
        #[serde(default)]
        kubeconfig: Option<String>,
        /// The one file of `--kubeconfig`.
        #[serde(default)]
        explicit: Option<String>,
        /// The home directory, whose `.kube/config` is read when nothing else is named.
        #[serde(default)]
        home: Option<String>,
        /// The absolute path where relative ones start; `/` unless given.
        #[serde(default)]
        working_directory: Option<String>,
        /// `--merge`
        #[serde(default)]
        merge: Option<bool>,
        /// `--minify`: only what the current context needs.
        #[serde(default)]
        minify: bool,
        /// `--flatten`: the content of certificate and key files in place of their paths. kubectl hides nothing then.
        #[serde(default)]
        flatten: bool,
        /// `--raw`: hide nothing.
        #[serde(default)]
        raw: bool,
        /// Hide everything that may be a secret, whatever else is asked for.
        #[serde(default)]
        strict: bool,
        /// `--context`: the current context for `minify`.
        #[serde(default)]
        context: String,
        /// `--output`
        #[serde(default)]
        output: KubeconfigOutput,
    }
}

question! {
    /// What is the kubeconfig of these parts?
    KubeconfigBuildQuestion {
        /// Whose names are used for what has no name of its own.
        #[serde(default)]
        profile: Option<KubeconfigProfile>,
        /// The component that the file is for; a profile needs it.
        #[serde(default)]
        component: Option<KubeconfigComponent>,
        /// The node of a kubelet.
        #[serde(default)]
        node: String,
        /// The name of the cluster.
        #[serde(default)]
        cluster: String,
        /// The name of the user.
        #[serde(default)]
        user: String,
        /// The name of the context; `USER@CLUSTER` when nothing says it.
        #[serde(default)]
        context: String,
        /// The namespace of the context.
        #[serde(default)]
        namespace: String,
        /// The address of the API server.
        server: String,
        /// The certificate authorities.
        #[serde(default)]
        certificate_authority: Option<KubeconfigMaterial>,
        /// The client certificate.
        #[serde(default)]
        client_certificate: Option<KubeconfigMaterial>,
        /// Its key.
        #[serde(default)]
        client_key: Option<KubeconfigMaterial>,
        /// A bearer token.
        #[serde(default)]
        token: KubeconfigSecret,
    }
}

/// Text that is not printed.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct KubeconfigSecret(String);

/// A certificate or key.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum KubeconfigMaterial {
    /// The PEM text, which becomes part of the file.
    Text(String),
    /// A path.
    File(String),
}

/// How a changed file is written.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KubeconfigStyle {
    /// As kubectl writes it.
    #[default]
    Kubectl,
    /// Only what changes; every other byte stays.
    Lossless,
}

/// How a configuration is printed.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KubeconfigOutput {
    /// YAML
    #[default]
    Yaml,
    /// JSON
    Json,
}

/// Whose names a configuration has.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KubeconfigProfile {
    /// kubeadm's
    Kubeadm,
    /// Those of Kubernetes the hard way
    HardWay,
}

/// A component that has a kubeconfig.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KubeconfigComponent {
    /// The administrator.
    Admin,
    /// kubeadm's administrator whom no role binds.
    SuperAdmin,
    /// The controller manager.
    ControllerManager,
    /// The scheduler.
    Scheduler,
    /// The kubelet of a node.
    Kubelet,
    /// The proxy of a node.
    Proxy,
}

/// A `kubectl config` command. A field that is not given is a flag that is not given.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(tag = "command", rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum KubeconfigEdit {
    /// Sets the current context.
    UseContext {
        /// The context.
        name: String,
    },
    /// Renames a context.
    RenameContext {
        /// The context.
        name: String,
        /// What it is to be called.
        new_name: String,
    },
    /// Deletes a cluster.
    DeleteCluster {
        /// The cluster.
        name: String,
    },
    /// Deletes a context.
    DeleteContext {
        /// The context.
        name: String,
    },
    /// Deletes a user.
    DeleteUser {
        /// The user.
        name: String,
    },
    /// Sets one value.
    Set {
        /// The property, parts separated by dots.
        property: String,
        /// What it is to be; base64 for data.
        value: String,
        /// The value of data is the data itself.
        #[serde(default)]
        set_raw_bytes: bool,
    },
    /// Empties one value.
    Unset {
        /// The property, parts separated by dots.
        property: String,
    },
    /// Sets a cluster.
    SetCluster {
        /// The cluster.
        name: String,
        /// `--server`
        #[serde(default)]
        server: Option<String>,
        /// `--tls-server-name`
        #[serde(default)]
        tls_server_name: Option<String>,
        /// `--insecure-skip-tls-verify`; kubectl sets it to false unless it is given.
        #[serde(default)]
        insecure_skip_tls_verify: Option<bool>,
        /// `--certificate-authority`
        #[serde(default)]
        certificate_authority: Option<String>,
        /// `--embed-certs`
        #[serde(default)]
        embed_certs: bool,
        /// `--proxy-url`
        #[serde(default)]
        proxy_url: Option<String>,
    },
    /// Sets a context.
    SetContext {
        /// The context.
        #[serde(default)]
        name: String,
        /// `--current`
        #[serde(default)]
        current: bool,
        /// `--cluster`
        #[serde(default)]
        cluster: Option<String>,
        /// `--user`
        #[serde(default)]
        user: Option<String>,
        /// `--namespace`
        #[serde(default)]
        namespace: Option<String>,
    },
    /// Sets a user.
    SetCredentials {
        /// The user.
        name: String,
        /// `--client-certificate`
        #[serde(default)]
        client_certificate: Option<String>,
        /// `--client-key`
        #[serde(default)]
        client_key: Option<String>,
        /// `--embed-certs`
        #[serde(default)]
        embed_certs: bool,
        /// `--token`
        #[serde(default)]
        token: Option<String>,
        /// `--username`
        #[serde(default)]
        username: Option<String>,
        /// `--password`
        #[serde(default)]
        password: Option<String>,
        /// `--auth-provider`
        #[serde(default)]
        auth_provider: Option<String>,
        /// `--auth-provider-arg`: `key=value`, or `key-` to remove one.
        #[serde(default)]
        auth_provider_args: Vec<String>,
        /// `--exec-command`
        #[serde(default)]
        exec_command: Option<String>,
        /// `--exec-api-version`
        #[serde(default)]
        exec_api_version: Option<String>,
        /// `--exec-arg`
        #[serde(default)]
        exec_args: Vec<String>,
        /// `--exec-env`: `key=value`, or `key-` to remove one.
        #[serde(default)]
        exec_env: Vec<String>,
        /// `--exec-interactive-mode`
        #[serde(default)]
        exec_interactive_mode: Option<String>,
        /// `--exec-provide-cluster-info`
        #[serde(default)]
        exec_provide_cluster_info: Option<bool>,
    },
}

/// What a command makes of the files.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeconfigEditResult {
    /// Whether nothing is changed, because kubectl refuses or a file cannot be used.
    pub failed: bool,
    /// Why, in kubectl's words, without secrets.
    pub error: Option<String>,
    /// What kubectl prints.
    pub message: String,
    /// What kubectl warns about.
    pub warning: Option<String>,
    /// The files that the command writes, whole, by their absolute path.
    pub files: Vec<KubeconfigText>,
}

/// A file that is written.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeconfigText {
    /// Its absolute path.
    pub path: String,
    /// What it holds, secrets included.
    pub text: String,
}

/// What is printed.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeconfigViewResult {
    /// Whether there is nothing to print.
    pub failed: bool,
    /// Why, in kubectl's words, without secrets.
    pub error: Option<String>,
    /// What is printed.
    pub text: String,
}

macro_rules! opaque {
    ($($name:ident)*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )*};
}

opaque!(KubeconfigSecret KubeconfigMaterial KubeconfigEdit KubeconfigText KubeconfigViewResult);

pub(in crate::ask) fn kubeconfig_edit(
    catalogue: &Catalogue,
    question: KubeconfigEditQuestion,
) -> Result<Answer<KubeconfigEditResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let world = World::new(
        catalogue,
        question.files,
        question.explicit.as_deref(),
        question.kubeconfig.as_deref(),
        question.home.as_deref(),
        question.working_directory.as_deref(),
    )?;
    let before = world.files.own.contents();
    let style = match question.style {
        KubeconfigStyle::Kubectl => Style::Kubectl,
        KubeconfigStyle::Lossless => Style::Lossless,
    };
    let mut result = KubeconfigEditResult {
        failed: true,
        error: None,
        message: String::new(),
        warning: None,
        files: Vec::new(),
    };
    let plan = plan(&question.edit.into(), &world.rules, &world.files, version);
    let written = plan.and_then(|plan| {
        result.warning.clone_from(&plan.warning);
        plan.write(&world.files, style)?;
        Ok(plan.message)
    });
    match written {
        Ok(message) => {
            result.failed = false;
            result.message = message;
        }
        Err(error) => result.error = Some(error.to_string()),
    }
    // What was written before an error stays written.
    let changed = world.files.own.contents().into_iter().filter(|file| !before.contains(file));
    result.files = changed
        .map(|(path, text)| KubeconfigText {
            path: path.to_string_lossy().into_owned(),
            text: String::from_utf8_lossy(&text).into_owned(),
        })
        .collect();
    Ok(Answer::new(result, version))
}

pub(in crate::ask) fn kubeconfig_view(
    catalogue: &Catalogue,
    question: KubeconfigViewQuestion,
) -> Result<Answer<KubeconfigViewResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let world = World::new(
        catalogue,
        question.files,
        question.explicit.as_deref(),
        question.kubeconfig.as_deref(),
        question.home.as_deref(),
        question.working_directory.as_deref(),
    )?;
    let options = ViewOptions {
        merge: question.merge,
        minify: question.minify,
        flatten: question.flatten,
        raw: question.raw,
        strict: question.strict,
        context: question.context,
    };
    let text =
        view(&world.rules, &options, &world.files).and_then(|(config, redaction)| match question.output {
            KubeconfigOutput::Yaml => to_yaml(&config, redaction, version),
            KubeconfigOutput::Json => Ok(to_json_text(&config, redaction, version)),
        });
    Ok(Answer::new(printed(text), version))
}

pub(in crate::ask) fn kubeconfig_build(
    _: &Catalogue,
    question: KubeconfigBuildQuestion,
) -> Result<Answer<KubeconfigViewResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let text = parts(question)?.and_then(|parts| to_yaml(&build(&parts), Redaction::Raw, version));
    Ok(Answer::new(printed(text), version))
}

fn printed(text: Result<String, KubeconfigError>) -> KubeconfigViewResult {
    match text {
        Ok(text) => KubeconfigViewResult { failed: false, error: None, text },
        Err(error) => {
            KubeconfigViewResult { failed: true, error: Some(error.to_string()), text: String::new() }
        }
    }
}

fn parts(question: KubeconfigBuildQuestion) -> Result<Result<Parts, KubeconfigError>, AskError> {
    let mut names = [String::new(), String::new(), String::new()];
    match (question.profile, question.component) {
        (None, None) => {}
        (Some(profile), Some(component)) => {
            let profile = match profile {
                KubeconfigProfile::Kubeadm => Profile::Kubeadm,
                KubeconfigProfile::HardWay => Profile::HardWay,
            };
            let component = match component {
                KubeconfigComponent::Admin => Component::Admin,
                KubeconfigComponent::SuperAdmin => Component::SuperAdmin,
                KubeconfigComponent::ControllerManager => Component::ControllerManager,
                KubeconfigComponent::Scheduler => Component::Scheduler,
                KubeconfigComponent::Kubelet => Component::Kubelet { node: question.node.clone() },
                KubeconfigComponent::Proxy => Component::Proxy,
            };
            match profile.names(&component) {
                Ok(found) => names = found,
                Err(error) => return Ok(Err(error)),
            }
            // A context that is made of the names changes with them.
            if profile == Profile::Kubeadm {
                let [_, _, context] = &mut names;
                context.clear();
            }
        }
        _ => return Err(AskError::bad_question("`profile` and `component` go together")),
    }
    let [cluster, user, context] = names;
    let or = |given: String, name: String| if given.is_empty() { name } else { given };
    let (cluster, user) = (or(question.cluster, cluster), or(question.user, user));
    if cluster.is_empty() || user.is_empty() {
        return Err(AskError::bad_question("`cluster` and `user`, or `profile` and `component`, are needed"));
    }
    let context = or(or(question.context, context), format!("{user}@{cluster}"));
    let credentials = match (question.client_certificate, question.client_key, question.token.0) {
        (None, None, token) if token.is_empty() => Credentials::None,
        (None, None, token) => Credentials::Token(Secret::new(token)),
        (Some(certificate), Some(key), token) if token.is_empty() => {
            Credentials::Certificate { certificate: certificate.into(), key: key.into() }
        }
        _ => {
            return Err(AskError::bad_question(
                "a user has a `clientCertificate` with its `clientKey`, or a `token`",
            ));
        }
    };
    Ok(Ok(Parts {
        cluster,
        user,
        context,
        namespace: question.namespace,
        server: question.server,
        certificate_authority: question.certificate_authority.map(Material::from),
        credentials,
    }))
}

impl From<KubeconfigMaterial> for Material {
    fn from(material: KubeconfigMaterial) -> Self {
        match material {
            KubeconfigMaterial::Text(text) => Self::Data(SecretBytes::new(text)),
            KubeconfigMaterial::File(path) => Self::File(path),
        }
    }
}

impl From<KubeconfigEdit> for Edit {
    fn from(edit: KubeconfigEdit) -> Self {
        let secrets = |values: Vec<String>| values.into_iter().map(Secret::new).collect();
        match edit {
            KubeconfigEdit::UseContext { name } => Self::UseContext { name },
            KubeconfigEdit::RenameContext { name, new_name } => Self::RenameContext { name, new_name },
            KubeconfigEdit::DeleteCluster { name } => Self::DeleteCluster { name },
            KubeconfigEdit::DeleteContext { name } => Self::DeleteContext { name },
            KubeconfigEdit::DeleteUser { name } => Self::DeleteUser { name },
            KubeconfigEdit::Set { property, value, set_raw_bytes } => {
                Self::Set { property, value: Secret::new(value), set_raw_bytes }
            }
            KubeconfigEdit::Unset { property } => Self::Unset { property },
            KubeconfigEdit::SetCluster {
                name,
                server,
                tls_server_name,
                insecure_skip_tls_verify,
                certificate_authority,
                embed_certs,
                proxy_url,
            } => Self::SetCluster {
                name,
                change: ClusterChange {
                    server,
                    tls_server_name,
                    insecure_skip_tls_verify,
                    certificate_authority,
                    embed_certs,
                    proxy_url,
                },
            },
            KubeconfigEdit::SetContext { name, current, cluster, user, namespace } => {
                Self::SetContext { name, current, change: ContextChange { cluster, user, namespace } }
            }
            KubeconfigEdit::SetCredentials {
                name,
                client_certificate,
                client_key,
                embed_certs,
                token,
                username,
                password,
                auth_provider,
                auth_provider_args,
                exec_command,
                exec_api_version,
                exec_args,
                exec_env,
                exec_interactive_mode,
                exec_provide_cluster_info,
            } => Self::SetCredentials {
                name,
                change: Box::new(UserChange {
                    client_certificate,
                    client_key,
                    embed_certs,
                    token: token.map(Secret::new),
                    username,
                    password: password.map(Secret::new),
                    auth_provider,
                    auth_provider_args: secrets(auth_provider_args),
                    exec_command,
                    exec_api_version,
                    exec_args: secrets(exec_args),
                    exec_env: secrets(exec_env),
                    exec_interactive_mode,
                    exec_provide_cluster_info,
                }),
            },
        }
    }
}
