//! The arguments of `kubelogic rbac`.

use clap::{Args, Subcommand, ValueEnum};

use super::{BootstrapMode, CanI, Drawing, Input, Loading, Report};

/// Draw, explain and check roles and bindings.
#[derive(Debug, Args)]
pub(crate) struct Rbac {
    #[command(subcommand)]
    pub(crate) command: RbacCommand,
}

/// What to do with roles and bindings.
#[derive(Debug, Subcommand)]
pub(crate) enum RbacCommand {
    /// Draw who is granted what by which binding
    Graph(RbacGraph),
    /// Say why an action is allowed, or what is nearest to a yes: can-i with --explain
    Explain(Box<CanI>),
    /// Check whether a user may write roles and bindings, or grant too much with them
    CheckWrite(Box<CheckWrite>),
}

/// Check whether a user may write roles and bindings.
///
/// The API server lets nobody grant more than they have: a role is compared with the rules of its writer, and so is the
/// role that a binding names. -f gives what the cluster holds, PATH what is written to it. For each object it is said
/// whether the API server would take it, with its own message.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  kubelogic rbac check-write --as ann -f dump/ new-role.yaml

Exit codes: 0 every object is taken, 1 some are refused, 2 undecided or could not evaluate.")]
pub(crate) struct CheckWrite {
    /// Files or folders with what is written
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<String>,

    /// How the objects are written
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Operation::Apply)]
    pub(crate) operation: Operation,

    /// The user; a service account is system:serviceaccount:NAMESPACE:NAME
    #[arg(long = "as", value_name = "USER", help_heading = "Who writes")]
    pub(crate) user: String,

    /// A group of the user; may be repeated
    #[arg(long = "as-group", value_name = "GROUP", help_heading = "Who writes")]
    pub(crate) groups: Vec<String>,

    /// Print text or the catalogue's answers as JSON
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Report::Text)]
    pub(crate) output: Report,

    /// The roles and bindings that every API server creates: add those that are missing, complete those that are
    /// given as well, or add none
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = BootstrapMode::Auto, help_heading = "Input")]
    pub(crate) bootstrap: BootstrapMode,

    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) loading: Loading,
}

/// How objects are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Operation {
    /// As `kubectl create`: they must not be there
    Create,
    /// As `kubectl replace`
    Update,
    /// As `kubectl edit` and client-side `kubectl apply`: they must be there
    Patch,
    /// As `kubectl apply --server-side`
    Apply,
}

/// Draw who is granted what by which binding.
///
/// Users, groups and service accounts lead to the bindings that name them, and bindings to the roles that they grant;
/// namespaces stand together. A role that a binding names and that is not there is red. Service accounts that are not
/// there, and roles that allow everything, are yellow.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kubelogic rbac graph manifests/
  kubelogic rbac graph -f manifests/ -n shop -o svg > shop.svg
  kubelogic rbac graph -f cluster.yaml -o html > access.html")]
pub(crate) struct RbacGraph {
    /// Files or folders, - for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,

    /// Only what RoleBindings of this namespace grant, and its roles
    #[arg(short, long, value_name = "NAMESPACE")]
    pub(crate) namespace: Option<String>,

    /// Draw the bindings and roles that every API server creates, too
    #[arg(long)]
    pub(crate) defaults: bool,

    /// What to write
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Drawing::Text)]
    pub(crate) output: Drawing,

    /// The roles and bindings that every API server creates: add those that are missing, complete those that are
    /// given as well, or add none
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = BootstrapMode::Auto, help_heading = "Input")]
    pub(crate) bootstrap: BootstrapMode,

    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) loading: Loading,
}
