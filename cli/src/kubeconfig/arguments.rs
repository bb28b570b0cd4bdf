//! The words and flags of `kubectl config`.

use clap::{Args, Subcommand, ValueEnum};

/// View and change kubeconfig files, as kubectl config does.
///
/// The files are those of --kubeconfig, of the variable KUBECONFIG, or .kube/config in the home directory. A value
/// goes into the file that has it; what is new goes into the first file that exists.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 done, 1 refused or failed, 2 arguments that cannot be understood.")]
pub(crate) struct Kubeconfig {
    /// Use exactly this file
    #[arg(long, global = true, value_name = "FILE", allow_hyphen_values = true)]
    pub(crate) kubeconfig: Option<String>,

    #[command(subcommand)]
    pub(crate) command: KubeconfigCommand,
}

/// What to do with kubeconfig files.
#[derive(Debug, Subcommand)]
pub(crate) enum KubeconfigCommand {
    /// Display the current context
    CurrentContext(Words),
    /// Delete a cluster
    DeleteCluster(EditWords),
    /// Delete a context
    DeleteContext(EditWords),
    /// Delete a user
    DeleteUser(EditWords),
    /// Display the names of the clusters
    GetClusters(Words),
    /// Display one or many contexts
    GetContexts(GetContexts),
    /// Display the names of the users
    GetUsers(Words),
    /// Rename a context
    RenameContext(EditWords),
    /// Set one value
    Set(Set),
    /// Set a cluster
    SetCluster(SetCluster),
    /// Set a context
    SetContext(SetContext),
    /// Set a user
    SetCredentials(Box<SetCredentials>),
    /// Empty one value
    Unset(EditWords),
    /// Set the current context
    #[command(alias = "use")]
    UseContext(EditWords),
    /// Display the files as one, or one of them
    View(View),
    /// Say which server a client would talk to, as whom, and where each value comes from
    Why(Why),
    /// Print a kubeconfig made from parts
    Build(Box<Build>),
}

/// Words; how many there may be is looked at later, as kubectl does.
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub(crate) struct Words {
    /// Names
    #[arg(value_name = "NAME", hide = true)]
    pub(crate) words: Vec<String>,
}

/// Words of a command that writes.
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub(crate) struct EditWords {
    /// Names
    #[arg(value_name = "NAME")]
    pub(crate) words: Vec<String>,

    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// How files are written.
#[derive(Clone, Debug, Args)]
pub(crate) struct Writing {
    /// How a changed file is written: as kubectl does, or with every byte kept that does not change
    #[arg(long, value_enum, value_name = "STYLE", default_value_t = WritingStyle::Kubectl)]
    pub(crate) style: WritingStyle,

    /// Wait this long for a lock that another command holds, such as 10s; otherwise a lock is an error at once
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) lock_wait: Option<std::time::Duration>,

    /// Take away locks that are there already; only when no other command is writing
    #[arg(long)]
    pub(crate) break_lock: bool,
}

/// How a changed file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum WritingStyle {
    /// In kubectl's order, without comments and unknown keys
    Kubectl,
    /// Only what changes
    Lossless,
}

/// Display one or many contexts.
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub(crate) struct GetContexts {
    /// Contexts; all of them unless given
    #[arg(value_name = "NAME")]
    pub(crate) words: Vec<String>,

    /// Print only names: name
    #[arg(short, long, value_name = "FORMAT", default_value = "", hide_default_value = true)]
    pub(crate) output: String,

    /// Print no first line
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = go_bool)]
    pub(crate) no_headers: Option<bool>,
}

/// Set one value.
///
/// PROPERTY_NAME is a path with dots: clusters.NAME.server. Data is given in base64.
#[derive(Debug, Args)]
#[command(args_override_self = true)]
#[expect(clippy::struct_field_names, reason = "the flag is kubectl's")]
pub(crate) struct Set {
    /// The path and the value
    #[arg(value_name = "PROPERTY_NAME PROPERTY_VALUE")]
    pub(crate) words: Vec<String>,

    /// Take data as it is given, not as base64
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = go_bool)]
    pub(crate) set_raw_bytes: Option<bool>,

    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Set a cluster. What is not named by a flag stays.
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub(crate) struct SetCluster {
    /// The cluster
    #[arg(value_name = "NAME")]
    pub(crate) words: Vec<String>,

    /// The address of the API server
    #[arg(long, value_name = "URL", allow_hyphen_values = true)]
    pub(crate) server: Option<String>,

    /// The name in the server's certificate
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) tls_server_name: Option<String>,

    /// Do not look at the server's certificate
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = go_bool)]
    pub(crate) insecure_skip_tls_verify: Option<bool>,

    /// A file with the certificate authorities
    #[arg(long, value_name = "FILE", allow_hyphen_values = true)]
    pub(crate) certificate_authority: Option<String>,

    /// Store the content of the file instead of its path
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = go_bool)]
    pub(crate) embed_certs: Option<bool>,

    /// The proxy for requests to the cluster
    #[arg(long, value_name = "URL", allow_hyphen_values = true)]
    pub(crate) proxy_url: Option<String>,

    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Set a context. What is not named by a flag stays.
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub(crate) struct SetContext {
    /// The context
    #[arg(value_name = "NAME")]
    pub(crate) words: Vec<String>,

    /// Change the current context
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = go_bool)]
    pub(crate) current: Option<bool>,

    /// The cluster
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) cluster: Option<String>,

    /// The user
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) user: Option<String>,

    /// The namespace of requests that name none
    #[arg(short, long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) namespace: Option<String>,

    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Set a user. What is not named by a flag stays.
#[derive(Args)]
#[command(args_override_self = true)]
pub(crate) struct SetCredentials {
    /// The user
    #[arg(value_name = "NAME")]
    pub(crate) words: Vec<String>,

    /// A file with the client certificate
    #[arg(long, value_name = "FILE", allow_hyphen_values = true)]
    pub(crate) client_certificate: Option<String>,

    /// A file with its key
    #[arg(long, value_name = "FILE", allow_hyphen_values = true)]
    pub(crate) client_key: Option<String>,

    /// Store the content of the files instead of their paths
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = go_bool)]
    pub(crate) embed_certs: Option<bool>,

    /// A bearer token
    #[arg(long, value_name = "TOKEN", allow_hyphen_values = true)]
    pub(crate) token: Option<String>,

    /// The user of basic authentication
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) username: Option<String>,

    /// The password of basic authentication
    #[arg(long, value_name = "PASSWORD", allow_hyphen_values = true)]
    pub(crate) password: Option<String>,

    /// A plugin within kubectl
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) auth_provider: Option<String>,

    /// A setting of it, KEY=VALUE, or KEY- to remove one; several with commas
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true, action = clap::ArgAction::Append)]
    pub(crate) auth_provider_arg: Vec<String>,

    /// A program that is run for credentials
    #[arg(long, value_name = "COMMAND", allow_hyphen_values = true)]
    pub(crate) exec_command: Option<String>,

    /// The version of its protocol
    #[arg(long, value_name = "VERSION", allow_hyphen_values = true)]
    pub(crate) exec_api_version: Option<String>,

    /// An argument of the program; several with commas
    #[arg(long, value_name = "ARGUMENT", allow_hyphen_values = true, action = clap::ArgAction::Append)]
    pub(crate) exec_arg: Vec<String>,

    /// A variable of the program, KEY=VALUE, or KEY- to remove one
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true, action = clap::ArgAction::Append)]
    pub(crate) exec_env: Vec<String>,

    /// Whether the program may use standard input: IfAvailable, Never or Always
    #[arg(long, value_name = "MODE", allow_hyphen_values = true)]
    pub(crate) exec_interactive_mode: Option<String>,

    /// Tell the program about the cluster
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = go_bool)]
    pub(crate) exec_provide_cluster_info: Option<bool>,

    #[command(flatten)]
    pub(crate) writing: Writing,
}

impl std::fmt::Debug for SetCredentials {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The flags hold secrets.
        write!(out, "SetCredentials({:?})", self.words)
    }
}

/// Display the files as one, or one of them.
///
/// Tokens, passwords and data are hidden. kubectl hides nothing with --flatten, and never the arguments and variables
/// of programs, settings of auth providers, extensions, and users in addresses: --redact=strict hides all of these.
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub(crate) struct View {
    /// Nothing
    #[arg(value_name = "NAME", hide = true)]
    pub(crate) words: Vec<String>,

    /// yaml, json or name
    #[arg(short, long, value_name = "FORMAT", default_value = "yaml")]
    pub(crate) output: String,

    /// Merge all files
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = go_bool)]
    pub(crate) merge: Option<bool>,

    /// Show only what the current context needs
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = go_bool)]
    pub(crate) minify: Option<bool>,

    /// Show the content of certificate and key files in place of their paths
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = go_bool)]
    pub(crate) flatten: Option<bool>,

    /// Hide nothing
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_parser = go_bool)]
    pub(crate) raw: Option<bool>,

    /// What is hidden: what kubectl hides, or all that may be a secret
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = Hidden::Kubectl)]
    pub(crate) redact: Hidden,

    /// The context for --minify
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub(crate) context: String,
}

/// What is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Hidden {
    /// Tokens, passwords and data
    Kubectl,
    /// All that may be a secret
    Strict,
}

/// Say which server a client would talk to, as whom, and where each value comes from.
#[derive(Debug, Args)]
pub(crate) struct Why {
    /// The context
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub(crate) context: String,

    /// The cluster
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub(crate) cluster: String,

    /// The user
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub(crate) user: String,

    /// The namespace
    #[arg(short, long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub(crate) namespace: String,

    /// The address of the API server
    #[arg(short, long, value_name = "URL", default_value = "", hide_default_value = true)]
    pub(crate) server: String,

    /// Print text or JSON
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = WhyFormat::Text)]
    pub(crate) output: WhyFormat,
}

/// How the reasons are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhyFormat {
    /// A line per value
    Text,
    /// The answer of the question kubeconfig.resolve
    Json,
}

/// Print a kubeconfig made from parts.
///
/// With --profile and --component the names are those that kubeadm, or Kubernetes the hard way, gives to each
/// component; each name can be given by its own flag.
#[derive(Args)]
#[command(after_help = "Examples:
  kubelogic kubeconfig build --profile kubeadm --component admin --server https://10.0.0.1:6443 \\
    --certificate-authority ca.crt --client-certificate admin.crt --client-key admin.key > admin.conf
  kubelogic kubeconfig build --profile hard-way --component kubelet --node node-0 \\
    --server https://server.kubernetes.local:6443 --certificate-authority ca.crt \\
    --client-certificate node-0.crt --client-key node-0.key > node-0.kubeconfig")]
pub(crate) struct Build {
    /// Whose names are used
    #[arg(long, value_enum, value_name = "PROFILE", requires = "component")]
    pub(crate) profile: Option<BuildProfile>,

    /// The component that the file is for
    #[arg(long, value_enum, value_name = "COMPONENT", requires = "profile")]
    pub(crate) component: Option<BuildComponent>,

    /// The node of a kubelet
    #[arg(long, value_name = "NAME")]
    pub(crate) node: Option<String>,

    /// The name of the cluster
    #[arg(long, value_name = "NAME")]
    pub(crate) cluster: Option<String>,

    /// The name of the user
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,

    /// The name of the context
    #[arg(long, value_name = "NAME")]
    pub(crate) context: Option<String>,

    /// The namespace of the context
    #[arg(short, long, value_name = "NAME")]
    pub(crate) namespace: Option<String>,

    /// The address of the API server
    #[arg(long, value_name = "URL")]
    pub(crate) server: String,

    /// A file with the certificate authorities
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate_authority: Option<String>,

    /// A file with the client certificate
    #[arg(long, value_name = "FILE", requires = "client_key")]
    pub(crate) client_certificate: Option<String>,

    /// A file with its key
    #[arg(long, value_name = "FILE", requires = "client_certificate")]
    pub(crate) client_key: Option<String>,

    /// A bearer token
    #[arg(long, value_name = "TOKEN", conflicts_with = "client_certificate")]
    pub(crate) token: Option<String>,

    /// Store the paths of the files, not their content
    #[arg(long)]
    pub(crate) paths: bool,
}

impl std::fmt::Debug for Build {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A flag holds a token.
        write!(out, "Build({:?}, {:?})", self.profile, self.component)
    }
}

/// Whose names are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BuildProfile {
    /// kubeadm's
    Kubeadm,
    /// Those of Kubernetes the hard way
    HardWay,
}

/// Components that have a kubeconfig.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BuildComponent {
    /// The administrator
    Admin,
    /// The administrator whom no role binds; kubeadm has it from 1.29 on
    SuperAdmin,
    /// The controller manager
    ControllerManager,
    /// The scheduler
    Scheduler,
    /// The kubelet of a node
    Kubelet,
    /// The proxy of a node; the hard way alone has a file for it
    Proxy,
}

/// Go's `strconv.ParseBool`.
fn go_bool(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        _ => Err("neither true nor false".to_owned()),
    }
}

/// A duration as Go writes it.
fn duration(text: &str) -> Result<std::time::Duration, String> {
    let parsed: kubelogic::meta::Duration = text.parse().map_err(|error| format!("{error}"))?;
    u64::try_from(parsed.nanoseconds())
        .map(std::time::Duration::from_nanos)
        .map_err(|_| "it is negative".to_owned())
}
