//! What must hold.

use clap::Args;

use super::{BootstrapMode, Findings, Input, Loading};

/// Check that what must hold holds, or state what holds.
///
/// What must hold stands in objects of kind Expectations (apiVersion kubelogic/v1alpha1) beside the manifests, a line
/// each: SUBJECT can|cannot VERB TYPE[/NAME] [--subresource S] in NAMESPACE|cluster. A subject is user:NAME,
/// group:NAME, serviceaccount:NAMESPACE/NAME, node:NAME, or subject:NAME for one that the file itself describes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kubelogic expect -f manifests/
  kubelogic expect --write expectations.yaml -f manifests/
  kubelogic expect -f manifests/ --kube-version 1.36 -o json

Exit codes: 0 everything holds, 1 something does not, 2 undecided or could not evaluate.")]
pub(crate) struct Expect {
    /// State what holds now, on standard output or in a new file, and check nothing
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-")]
    pub(crate) write: Option<String>,

    /// Write over a file that is there already
    #[arg(long, requires = "write")]
    pub(crate) force: bool,

    /// Print the JSON Schema of such files, for editors
    #[arg(long, exclusive = true)]
    pub(crate) schema: bool,

    /// How lines that do not hold are printed
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Findings::Text)]
    pub(crate) output: Findings,

    /// Print nothing, only end with the exit code
    #[arg(short, long)]
    pub(crate) quiet: bool,

    /// The roles and bindings that every API server creates: add those that are missing, complete those that are
    /// given as well, or add none
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = BootstrapMode::Auto, help_heading = "Input")]
    pub(crate) bootstrap: BootstrapMode,

    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) loading: Loading,
}
