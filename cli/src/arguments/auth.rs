//! The arguments of `kubelogic auth`.

use clap::{Args, Subcommand};

use super::{BootstrapMode, Input, Loading, Report};

/// Reconcile roles and bindings.
#[derive(Debug, Args)]
pub(crate) struct Auth {
    #[command(subcommand)]
    pub(crate) command: AuthCommand,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum AuthCommand {
    /// Say what it takes to make stored roles and bindings grant what files say
    Reconcile(Box<Reconcile>),
}

/// Say what `kubectl auth reconcile` would do.
///
/// -f gives the roles and bindings that are wanted, --stored what the cluster holds. Nothing is ever written.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  kubelogic auth reconcile --dry-run -f wanted.yaml --stored dump/

Exit codes: 0 everything is there, 1 something would be changed, 2 could not evaluate.")]
pub(crate) struct Reconcile {
    /// A file or folder with what the cluster holds; may be repeated
    #[arg(long, value_name = "PATH", help_heading = "Input")]
    pub(crate) stored: Vec<String>,

    /// Print what would be done; nothing else can be asked for
    #[arg(long, required = true)]
    pub(crate) dry_run: bool,

    /// Take away what roles allow beyond the files
    #[arg(long)]
    pub(crate) remove_extra_permissions: bool,

    /// Take away the subjects that bindings have beyond the files
    #[arg(long)]
    pub(crate) remove_extra_subjects: bool,

    /// Print text as kubectl does, or the catalogue's answer as JSON
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
