//! What can be written on the command line: kubectl's words where kubectl has them.

mod access;
mod auth;
mod authorization;
mod check;
mod convert;
mod expand;
mod expect;
mod input;
mod output;
mod pki;
mod project;
mod rbac;
mod schema;

pub(crate) use access::{BootstrapMode, CanI};
pub(crate) use auth::{Auth, AuthCommand, Reconcile};
pub(crate) use authorization::Authorization;
pub(crate) use check::{Check, ExplainCode};
pub(crate) use convert::{Convert, Manifests};
pub(crate) use expand::Expand;
pub(crate) use expect::Expect;
pub(crate) use input::{Duplicate, Input, Invalid, Loading, Validate};
pub(crate) use output::{Drawing, FailOn, Findings, Listing, Report};
pub(crate) use pki::{Pki, PkiCommand, PkiInspect, PkiMatch, PkiVerify};
pub(crate) use project::Project;
pub(crate) use rbac::{CheckWrite, Operation, Rbac, RbacCommand, RbacGraph};
pub(crate) use schema::{Explain, Lifecycle, Schema, SchemaCommand};

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};

/// Ask Kubernetes what it would do, without a cluster.
///
/// Manifests come from files, folders and standard input. Every answer is the one that a Kubernetes cluster of
/// the given version would give about exactly these objects.
#[derive(Debug, Parser)]
#[command(
    name = "kubelogic",
    bin_name = "kubelogic",
    version,
    propagate_version = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    after_help = EXIT_CODES
)]
pub(crate) struct Arguments {
    /// Colours: on a terminal, always or never. NO_COLOR turns them off, too.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,

    /// The project file; otherwise kubelogic.yaml, from the working directory up to the root of the repository
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_project")]
    pub(crate) project: Option<String>,

    /// Read no project file
    #[arg(long, global = true)]
    pub(crate) no_project: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 yes or clean, 1 no or findings, 2 undecided or could not evaluate.";

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check whether an action is allowed
    CanI(Box<CanI>),
    /// List what was read
    Get(Get),
    /// Report what is wrong with manifests
    Check(Box<Check>),
    /// Print manifests in another version of their API
    Convert(Convert),
    /// Print the pods that workloads stand for
    Expand(Expand),
    Pki(Pki),
    /// Check that what must hold holds, or state what holds
    Expect(Box<Expect>),
    /// Draw, explain and check roles and bindings
    /// View and change kubeconfig files, as kubectl config does
    Kubeconfig(Box<crate::kubeconfig::Kubeconfig>),
    /// Draw roles and bindings
    Rbac(Rbac),
    /// Reconcile roles and bindings
    Auth(Auth),
    /// Say what a finding or an error means
    Explain(ExplainCode),
    /// Print a script that dumps from a cluster what a question needs
    Collect(Collect),
    /// Answer questions of the catalogue: JSON lines in, JSON lines out
    Ask(Ask),
    /// Look up kinds and their fields
    Schema(Schema),
    /// Show the project file, and where each value comes from
    Project(Project),
    /// Print a completion script for a shell
    Completion(Completion),
}

/// List what was read.
///
/// TYPE is a resource such as pods, deploy, roles.rbac.authorization.k8s.io, or several with commas; without one
/// everything is listed. PATH is a file or folder, or - for standard input; it may also be given by -f. A bare word
/// that is a type and a folder is the type: write ./pods for the folder.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kubelogic get -f manifests/
  kubelogic get roles,rolebindings -n shop -f manifests/
  helm template ./chart | kubelogic get deployments -o yaml -")]
pub(crate) struct Get {
    /// Types, types with names, and files or folders
    #[arg(value_name = "TYPE[/NAME]|PATH")]
    pub(crate) words: Vec<String>,

    /// Only objects of this namespace
    #[arg(short, long, value_name = "NAMESPACE", conflicts_with = "all_namespaces")]
    pub(crate) namespace: Option<String>,

    /// Objects of all namespaces, which is the default
    #[arg(short = 'A', long)]
    pub(crate) all_namespaces: bool,

    /// Print a table, or one List in JSON or YAML
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Listing::Text)]
    pub(crate) output: Listing,

    /// Print the table without its first line
    #[arg(long)]
    pub(crate) no_headers: bool,

    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) loading: Loading,
}

/// Print a POSIX shell script that dumps from a cluster what a question needs.
///
/// The script calls kubectl and nothing else, writes one file per kind into a folder, and records in
/// coverage.yaml which lists the server refused: questions that need those are undecided, not answered with no.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  kubelogic collect --print > collect.sh
  sh collect.sh dump --context production
  kubelogic can-i list secrets --as ann -f dump")]
pub(crate) struct Collect {
    /// Print the script; nothing is ever run
    #[arg(long, required = true)]
    pub(crate) print: bool,

    /// The question that the dump is for
    #[arg(long = "for", value_enum, value_name = "QUESTION", default_value_t = Purpose::CanI)]
    pub(crate) purpose: Purpose,

    /// Dump only this namespace, besides what belongs to no namespace
    #[arg(short, long, value_name = "NAMESPACE")]
    pub(crate) namespace: Option<String>,
}

/// Questions that need a dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Purpose {
    /// Roles, bindings, service accounts, namespaces and custom resource definitions
    CanI,
}

/// Answer questions of the catalogue: a question per line on standard input, an answer per line on standard
/// output.
///
/// A question is a JSON object such as {"id": 1, "ask": "objects.list"}; --schema prints the JSON Schema of all
/// questions and answers. Objects in a question replace those that were loaded.
#[derive(Debug, Args)]
pub(crate) struct Ask {
    /// Print the JSON Schema of all questions and answers
    #[arg(long)]
    pub(crate) schema: bool,

    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) loading: Loading,
}

/// Print a completion script for a shell.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  source <(kubelogic completion bash)
  kubelogic completion zsh > \"${fpath[1]}/_kubelogic\"
  kubelogic completion fish > ~/.config/fish/completions/kubelogic.fish
  kubelogic completion powershell | Out-String | Invoke-Expression")]
pub(crate) struct Completion {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// Shells that completion scripts exist for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    /// Bash
    Bash,
    /// Zsh
    Zsh,
    /// Fish
    Fish,
    /// PowerShell
    #[value(name = "powershell")]
    Power,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<Color> for ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_definitions_are_consistent() {
        super::Arguments::command().debug_assert();
    }
}
