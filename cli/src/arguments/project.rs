//! The project file.

use clap::Args;

use super::Report;

/// Show the project file that counts here, and where each value comes from.
///
/// A file kubelogic.yaml (apiVersion kubelogic/v1alpha1, kind Project) holds what every run in a repository passes.
/// It is looked for from the working directory up to the root of the repository. Flags win.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kubelogic project
  kubelogic project --project ci/kubelogic.yaml -o json")]
pub(crate) struct Project {
    /// Print the JSON Schema of such files, for editors
    #[arg(long)]
    pub(crate) schema: bool,

    /// Print text or JSON
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Report::Text)]
    pub(crate) output: Report,
}
