//! The arguments of `kubelogic rbac`.

use clap::{Args, Subcommand};

use super::{BootstrapMode, Drawing, Input, Loading};

/// Draw roles and bindings.
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
