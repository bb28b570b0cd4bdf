//! Questions about kubeconfig files.

mod edit;

pub use edit::{
    KubeconfigBuildQuestion, KubeconfigComponent, KubeconfigEdit, KubeconfigEditQuestion,
    KubeconfigEditResult, KubeconfigMaterial, KubeconfigOutput, KubeconfigProfile, KubeconfigSecret,
    KubeconfigStyle, KubeconfigText, KubeconfigViewQuestion, KubeconfigViewResult,
};
pub(super) use edit::{kubeconfig_build, kubeconfig_edit, kubeconfig_view};

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kubelogic_core::answer::Answer;
use kubelogic_core::files::{Files, MemoryFiles};
use kubelogic_core::finding::Finding;
use kubelogic_core::object::Location;
use kubelogic_kubeconfig::{
    Connection, KubeconfigError, Loaded, LoadingRules, Overrides, Redaction, Resolved, Secret, SecretBytes,
    Section, findings, load, namespace, resolve, to_json,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::given_files::GivenFiles;
use super::question::question;
use super::{AskError, Catalogue};

question! {
    /// What do kubeconfig files say together?
    KubeconfigLoadQuestion {
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
        /// Make the paths in the configuration absolute.
        #[serde(default)]
        resolve_paths: bool,
        /// Show secrets; otherwise what kubectl hides is hidden.
        #[serde(default)]
        raw: bool,
    }
}

question! {
    /// Which API server does a client talk to, as whom, in which namespace, and why?
    KubeconfigResolveQuestion {
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
        /// Show secrets; otherwise none is shown.
        #[serde(default)]
        raw: bool,
        /// What flags say.
        #[serde(default)]
        overrides: KubeconfigOverrides,
    }
}

/// A file with its path.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KubeconfigFile {
    /// Its absolute path.
    pub path: String,
    /// What it holds.
    pub text: String,
}

impl std::fmt::Debug for KubeconfigFile {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "KubeconfigFile({:?}, {} bytes)", self.path, self.text.len())
    }
}

/// kubectl's flags by name; one that is empty says nothing.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct KubeconfigOverrides {
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
    pub token: String,
    /// `--as`
    pub r#as: String,
    /// `--as-uid`
    pub as_uid: String,
    /// `--as-group`
    pub as_groups: Vec<String>,
    /// `--as-user-extra`
    pub as_user_extra: BTreeMap<String, Vec<String>>,
    /// `--username`
    pub username: String,
    /// `--password`
    pub password: String,
    /// `--request-timeout`
    pub request_timeout: String,
    /// The server when nothing names one; kubectl takes `http://localhost:8080`.
    pub default_server: String,
}

impl std::fmt::Debug for KubeconfigOverrides {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Overrides::from(self).fmt(out)
    }
}

/// What the files say together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeconfigLoadResult {
    /// The merged configuration as `kubectl config view -o json` prints it; of the files that can be used, when some
    /// cannot. Null when the one file that must be there is missing.
    pub config: Option<serde_json::Map<String, serde_json::Value>>,
    /// Whether kubectl refuses the files.
    pub failed: bool,
    /// Its words, without secrets; for a file that is no YAML ours.
    pub error: Option<String>,
    /// What kubectl warns about.
    pub warning: Option<String>,
    /// The files that cannot be used.
    pub problems: Vec<KubeconfigProblem>,
    /// Where each entry comes from, and what it hides.
    pub entries: Vec<KubeconfigEntry>,
    /// What kubectl loses without a word.
    pub findings: Vec<Finding>,
}

/// What is wrong with a file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeconfigProblem {
    /// The file.
    pub file: String,
    /// The permanent code.
    pub code: String,
    /// The sentence about it.
    pub message: String,
    /// Where it is.
    pub location: Option<Location>,
}

/// Where an entry, or the current context, comes from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeconfigEntry {
    /// `clusters`, `users`, `contexts` or `current-context`.
    pub section: String,
    /// Its name.
    pub name: String,
    /// Where it is written.
    pub location: Option<Location>,
    /// Where later files have one of the same name, which does not count.
    pub shadows: Vec<Location>,
}

/// What a client would connect with.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeconfigResolveResult {
    /// Whether there is no connection.
    pub failed: bool,
    /// Why, in client-go's words without secrets; for a file that is no YAML in ours.
    pub error: Option<String>,
    /// The namespace of requests that name none; empty when there is no answer.
    pub namespace: String,
    /// Whether a flag says so.
    pub namespace_overridden: bool,
    /// Why there is no namespace.
    pub namespace_error: Option<String>,
    /// The context; empty for none.
    pub context: String,
    /// The cluster's name; empty for none.
    pub cluster: String,
    /// The user's name; empty for none.
    pub user: String,
    /// The connection.
    pub connection: Option<KubeconfigConnection>,
    /// Where each value comes from.
    pub why: Vec<KubeconfigWhy>,
}

/// Where a value comes from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeconfigWhy {
    /// The value: `current-context`, or a field behind `context.`, `cluster.` or `user.`.
    pub field: String,
    /// `flag` or `file`.
    pub source: &'static str,
    /// Where it is written.
    pub location: Option<Location>,
    /// Values of later files that do not count.
    pub shadows: Vec<Location>,
}

/// A connection; a text that is empty says nothing.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeconfigConnection {
    /// The API server's address.
    pub server: String,
    /// The name in the server's certificate.
    pub tls_server_name: String,
    /// Whether the server's certificate is not looked at.
    pub insecure_skip_tls_verify: bool,
    /// A file with the certificate authorities.
    pub certificate_authority: String,
    /// The certificate authorities, base64.
    pub certificate_authority_data: Option<String>,
    /// The proxy.
    pub proxy_url: Option<String>,
    /// Whether answers are not compressed.
    pub disable_compression: bool,
    /// How long a request may take; 0 for no limit.
    pub timeout_nanoseconds: i64,
    /// The user to impersonate.
    pub r#as: String,
    /// The uid to impersonate.
    pub as_uid: String,
    /// The groups to impersonate.
    pub as_groups: Vec<String>,
    /// Extra values to impersonate.
    pub as_user_extra: BTreeMap<String, Vec<String>>,
    /// A bearer token.
    pub token: String,
    /// A file with a bearer token.
    pub token_file: String,
    /// A file with the client certificate.
    pub client_certificate: String,
    /// The client certificate, base64.
    pub client_certificate_data: Option<String>,
    /// A file with its key.
    pub client_key: String,
    /// The key, base64.
    pub client_key_data: Option<String>,
    /// For basic authentication.
    pub username: String,
    /// For basic authentication.
    pub password: String,
    /// A plugin that client-go has, or had, within itself.
    pub auth_provider: Option<KubeconfigAuthProvider>,
    /// A program that a client would run.
    pub exec: Option<KubeconfigExec>,
}

impl std::fmt::Debug for KubeconfigConnection {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Secrets may have been asked for.
        out.write_str("KubeconfigConnection(..)")
    }
}

/// A plugin that client-go has, or had, within itself.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeconfigAuthProvider {
    /// Its name.
    pub name: String,
    /// Its settings.
    pub config: BTreeMap<String, String>,
}

/// A program that a client would run for credentials.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeconfigExec {
    /// The program.
    pub command: String,
    /// Its arguments.
    pub args: Vec<String>,
    /// Variables that are set for it.
    pub env: Vec<KubeconfigVariable>,
    /// The version of the protocol.
    pub api_version: String,
    /// What is printed when the program is missing.
    pub install_hint: String,
    /// Whether the program is told about the cluster.
    pub provide_cluster_info: bool,
    /// Whether it may use standard input.
    pub interactive_mode: String,
    /// What the cluster's extension tells it.
    pub config: serde_json::Value,
}

/// A variable that is set for a program.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeconfigVariable {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
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

opaque!(KubeconfigAuthProvider KubeconfigExec KubeconfigVariable);

pub(super) fn kubeconfig_load(
    catalogue: &Catalogue,
    question: KubeconfigLoadQuestion,
) -> Result<Answer<KubeconfigLoadResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let world = World::new(
        catalogue,
        question.files,
        question.explicit.as_deref(),
        question.kubeconfig.as_deref(),
        question.home.as_deref(),
        question.working_directory.as_deref(),
    )?;
    let rules = if question.resolve_paths { world.rules } else { world.rules.keep_paths() };
    let mut result = KubeconfigLoadResult {
        config: None,
        failed: true,
        error: None,
        warning: None,
        problems: Vec::new(),
        entries: Vec::new(),
        findings: Vec::new(),
    };
    match load(&rules, &world.files) {
        Ok(loaded) => {
            let redaction = if question.raw { Redaction::Raw } else { Redaction::Kubectl };
            if let serde_json::Value::Object(config) = to_json(&loaded.config, redaction, version) {
                result.config = Some(config);
            }
            result.error = loaded.complete().err().map(|error| error.to_string());
            result.failed = result.error.is_some();
            result.entries = entries(&loaded);
            result.findings = findings(&loaded);
            result.warning = loaded.warning;
            let problems = loaded.problems.into_iter().map(|problem| KubeconfigProblem {
                file: problem.file,
                code: problem.code.to_owned(),
                message: problem.message,
                location: problem.location,
            });
            result.problems = problems.collect();
        }
        Err(error) => result.error = Some(error.to_string()),
    }
    Ok(Answer::new(result, version))
}

pub(super) fn kubeconfig_resolve(
    catalogue: &Catalogue,
    question: KubeconfigResolveQuestion,
) -> Result<Answer<KubeconfigResolveResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let overrides = Overrides::from(&question.overrides);
    let world = World::new(
        catalogue,
        question.files,
        question.explicit.as_deref(),
        question.kubeconfig.as_deref(),
        question.home.as_deref(),
        question.working_directory.as_deref(),
    )?;
    let result = kubeconfig_resolution(&world.rules, &overrides, &world.files, question.raw);
    Ok(Answer::new(result, version))
}

/// What a client would connect with, and where each value comes from. Without `raw` no secret is shown.
///
/// ```
/// use kubelogic::ask::kubeconfig_resolution;
/// use kubelogic::kubeconfig::{LoadingRules, Overrides};
/// use kubelogic_core::files::{Files, MemoryFiles};
/// let files = MemoryFiles::new().with("/a", "clusters: [{name: c, cluster: {server: 'https://a'}}]");
/// let mut flags = Overrides::default();
/// flags.cluster = "c".to_owned();
/// let found = kubeconfig_resolution(&LoadingRules::explicit("/a"), &flags, &files, false);
/// assert_eq!(found.why[0].field, "context.cluster");
/// assert_eq!(found.connection.unwrap().server, "https://a");
/// ```
pub fn kubeconfig_resolution(
    rules: &LoadingRules,
    overrides: &Overrides,
    files: &dyn Files,
    raw: bool,
) -> KubeconfigResolveResult {
    let mut result = KubeconfigResolveResult {
        failed: true,
        error: None,
        namespace: String::new(),
        namespace_overridden: false,
        namespace_error: None,
        context: String::new(),
        cluster: String::new(),
        user: String::new(),
        connection: None,
        why: Vec::new(),
    };
    let told = |error: KubeconfigError| Some(error.to_string());
    let loaded = match load(rules, files) {
        Ok(loaded) => loaded,
        Err(error) => {
            result.error = told(error.clone());
            result.namespace_error = told(error);
            return result;
        }
    };
    match namespace(&loaded, overrides, rules, files) {
        Ok(found) => (result.namespace, result.namespace_overridden) = (found.name, found.overridden),
        Err(error) => result.namespace_error = told(error),
    }
    match resolve(&loaded, overrides, rules, files) {
        Ok(resolved) => {
            result.failed = false;
            result.why = why(&loaded, overrides, &resolved);
            result.connection = Some(shown(resolved.connection, raw));
            result.context = resolved.context;
            result.cluster = resolved.cluster;
            result.user = resolved.user;
        }
        Err(error) => result.error = told(error),
    }
    result
}

/// The files of a question and how they are found.
struct World {
    files: GivenFiles,
    rules: LoadingRules,
}

impl World {
    fn new(
        catalogue: &Catalogue,
        files: Vec<KubeconfigFile>,
        explicit: Option<&str>,
        kubeconfig: Option<&str>,
        home: Option<&str>,
        directory: Option<&str>,
    ) -> Result<Self, AskError> {
        let directory = directory.unwrap_or("/");
        let paths = files.iter().map(|file| file.path.as_str()).chain([directory]);
        let relative = paths.filter(|path| !path.starts_with('/')).map(str::to_owned).next();
        if let Some(path) = relative {
            return Err(AskError::bad_question(format!("`{path}` is no absolute path")));
        }
        let memory = files.into_iter().fold(MemoryFiles::new(), |all, file| all.with(file.path, file.text));
        let given = |value: Option<&str>| value.filter(|value| !value.is_empty()).map(str::to_owned);
        let rules = if let Some(file) = given(explicit) {
            LoadingRules::explicit(&file)
        } else if let Some(list) = given(kubeconfig) {
            LoadingRules::kubeconfig(&list)
        } else {
            given(home).map_or_else(LoadingRules::none, |home| LoadingRules::home(&home))
        };
        let files = GivenFiles { own: memory, beside: catalogue.beside.clone() };
        Ok(Self { files, rules: rules.in_directory(directory) })
    }
}

impl From<&KubeconfigOverrides> for Overrides {
    fn from(flags: &KubeconfigOverrides) -> Self {
        let mut out = Self::default();
        out.context.clone_from(&flags.context);
        out.cluster.clone_from(&flags.cluster);
        out.user.clone_from(&flags.user);
        out.namespace.clone_from(&flags.namespace);
        out.server.clone_from(&flags.server);
        out.tls_server_name.clone_from(&flags.tls_server_name);
        out.insecure_skip_tls_verify = flags.insecure_skip_tls_verify;
        out.certificate_authority.clone_from(&flags.certificate_authority);
        out.proxy_url.clone_from(&flags.proxy_url);
        out.disable_compression = flags.disable_compression;
        out.client_certificate.clone_from(&flags.client_certificate);
        out.client_key.clone_from(&flags.client_key);
        out.token = Secret::new(flags.token.as_str());
        out.impersonate.clone_from(&flags.r#as);
        out.impersonate_uid.clone_from(&flags.as_uid);
        out.impersonate_groups.clone_from(&flags.as_groups);
        out.impersonate_user_extra.clone_from(&flags.as_user_extra);
        out.username.clone_from(&flags.username);
        out.password = Secret::new(flags.password.as_str());
        out.request_timeout.clone_from(&flags.request_timeout);
        out.default_server.clone_from(&flags.default_server);
        out
    }
}

fn entries(loaded: &Loaded) -> Vec<KubeconfigEntry> {
    let config = &loaded.config;
    let mut found = Vec::new();
    for section in Section::ALL {
        let names: Vec<&String> = match section {
            Section::Clusters => config.clusters.keys().collect(),
            Section::Users => config.users.keys().collect(),
            Section::Contexts => config.contexts.keys().collect(),
        };
        found.extend(names.into_iter().map(|name| KubeconfigEntry {
            section: section.list().to_owned(),
            name: name.clone(),
            location: loaded.location(section, name, None),
            shadows: loaded.shadowed(section, name, None),
        }));
    }
    if !config.current_context.is_empty() {
        found.push(KubeconfigEntry {
            section: "current-context".to_owned(),
            name: config.current_context.clone(),
            location: loaded.current_context_location(),
            shadows: loaded.current_context_shadowed(),
        });
    }
    found
}

/// The fields of each kind of entry, and whether a flag stands for them.
fn why(loaded: &Loaded, flags: &Overrides, resolved: &Resolved) -> Vec<KubeconfigWhy> {
    let mut found = Vec::new();
    let flag = |field: &str| KubeconfigWhy {
        field: field.to_owned(),
        source: "flag",
        location: None,
        shadows: Vec::new(),
    };
    if !flags.context.is_empty() {
        found.push(flag("current-context"));
    } else if let Some(location) = loaded.current_context_location() {
        let shadows = loaded.current_context_shadowed();
        found.push(KubeconfigWhy {
            field: "current-context".to_owned(),
            source: "file",
            location: Some(location),
            shadows,
        });
    }
    let mut add = |section: Section, name: &str, field: &str, given: bool| {
        let full = format!("{}.{field}", section.entry());
        if given {
            found.push(flag(&full));
        } else if let Some(location) = loaded.location(section, name, Some(field)) {
            let shadows = loaded.shadowed(section, name, Some(field));
            found.push(KubeconfigWhy { field: full, source: "file", location: Some(location), shadows });
        }
    };
    for (field, given) in [
        ("cluster", !flags.cluster.is_empty()),
        ("user", !flags.user.is_empty()),
        ("namespace", !flags.namespace.is_empty()),
    ] {
        add(Section::Contexts, &resolved.context, field, given);
    }
    let authority = flags.insecure_skip_tls_verify || !flags.certificate_authority.is_empty();
    for (field, given) in [
        ("server", !flags.server.is_empty()),
        ("tls-server-name", !flags.tls_server_name.is_empty() || !flags.server.is_empty()),
        ("insecure-skip-tls-verify", authority),
        ("certificate-authority", authority),
        ("certificate-authority-data", authority),
        ("proxy-url", !flags.proxy_url.is_empty()),
        ("disable-compression", flags.disable_compression),
    ] {
        add(Section::Clusters, &resolved.cluster, field, given);
    }
    for (field, given) in [
        ("client-certificate", !flags.client_certificate.is_empty()),
        ("client-certificate-data", !flags.client_certificate.is_empty()),
        ("client-key", !flags.client_key.is_empty()),
        ("client-key-data", !flags.client_key.is_empty()),
        ("token", !flags.token.is_empty()),
        ("tokenFile", false),
        ("as", !flags.impersonate.is_empty()),
        ("as-uid", !flags.impersonate_uid.is_empty()),
        ("as-groups", !flags.impersonate_groups.is_empty()),
        ("as-user-extra", !flags.impersonate_user_extra.is_empty()),
        ("username", !flags.username.is_empty()),
        ("password", !flags.password.is_empty()),
        ("auth-provider", false),
        ("exec", false),
    ] {
        add(Section::Users, &resolved.user, field, given);
    }
    found
}

/// A connection with its secrets, or with none.
fn shown(connection: Connection, raw: bool) -> KubeconfigConnection {
    let secret = |secret: &Secret| {
        if raw || secret.is_empty() { secret.expose().to_owned() } else { "REDACTED".to_owned() }
    };
    let data = |bytes: &SecretBytes| {
        let text = if raw { STANDARD.encode(bytes.expose()) } else { "DATA+OMITTED".to_owned() };
        (!bytes.is_empty()).then_some(text)
    };
    let url = |text: String| if raw { text } else { kubelogic_kubeconfig::without_user(&text) };
    let exec_config = match &connection.exec_config {
        value if raw || value.is_null() => value.clone(),
        _ => json!("REDACTED"),
    };
    KubeconfigConnection {
        certificate_authority_data: data(&connection.certificate_authority_data),
        client_certificate_data: data(&connection.client_certificate_data),
        client_key_data: data(&connection.client_key_data),
        token: secret(&connection.token),
        password: secret(&connection.password),
        auth_provider: connection.auth_provider.map(|provider| KubeconfigAuthProvider {
            name: provider.name,
            config: provider
                .config
                .iter()
                .flatten()
                .map(|(name, value)| (name.clone(), secret(value)))
                .collect(),
        }),
        exec: connection.exec.map(|exec| KubeconfigExec {
            command: exec.command,
            args: exec.args.iter().flatten().map(&secret).collect(),
            env: exec
                .env
                .iter()
                .flatten()
                .map(|variable| KubeconfigVariable {
                    name: variable.name.clone(),
                    value: secret(&variable.value),
                })
                .collect(),
            api_version: exec.api_version,
            install_hint: exec.install_hint,
            provide_cluster_info: exec.provide_cluster_info,
            interactive_mode: exec.interactive_mode,
            config: exec_config,
        }),
        server: url(connection.server),
        tls_server_name: connection.tls_server_name,
        insecure_skip_tls_verify: connection.insecure_skip_tls_verify,
        certificate_authority: connection.certificate_authority,
        proxy_url: connection.proxy_url.map(url),
        disable_compression: connection.disable_compression,
        timeout_nanoseconds: connection.timeout.nanoseconds(),
        r#as: connection.impersonate,
        as_uid: connection.impersonate_uid,
        as_groups: connection.impersonate_groups,
        as_user_extra: connection.impersonate_user_extra,
        token_file: connection.token_file,
        client_certificate: connection.client_certificate,
        client_key: connection.client_key,
        username: connection.username,
    }
}
