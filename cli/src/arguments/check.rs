//! Checking manifests, and what findings mean.

use clap::Args;

use super::{FailOn, Findings, Input, Loading, Report};

/// Report what is wrong with manifests: what cannot be read, objects that are given twice, roles and bindings
/// that the API server would refuse, bindings to roles and service accounts that are not there.
///
/// A comment `# kubelogic: ignore CODE -- reason` holds a finding back: behind a line for that line, alone in a
/// line for the next one, in front of everything in a document for the document.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
#[command(after_help = "Examples:
  kubelogic check manifests/
  helm template ./chart | kubelogic check -
  kubelogic check manifests/ --fail-on warning --ignore rbac/missing-service-account
  kubelogic check manifests/ -o sarif > kubelogic.sarif
  kubelogic check manifests/ --write-baseline baseline.yaml
  kubelogic check manifests/ --fix --dry-run

Exit codes: 0 nothing found at or above --fail-on, 1 something found, 2 could not read.")]
pub(crate) struct Check {
    /// Files or folders, - for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,

    /// How findings are printed
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Findings::Text)]
    pub(crate) output: Findings,

    /// The least severity that makes the command end with 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Error)]
    pub(crate) fail_on: FailOn,

    /// Report only these codes; a code, or the beginning of codes such as read/
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,

    /// Leave out these codes; a code, or the beginning of codes such as rbac/
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,

    /// Hear no comments in the files: report also what they hold back
    #[arg(long)]
    pub(crate) no_suppressions: bool,

    /// Leave out what a baseline knows, and tell what of it is gone
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    pub(crate) baseline: Option<String>,

    /// Write a baseline that knows everything that is found now
    #[arg(long, value_name = "FILE", conflicts_with = "fix")]
    pub(crate) write_baseline: Option<String>,

    /// Report only findings in lines that git says have changed since a commit
    #[arg(long, value_name = "REV")]
    pub(crate) changed_since: Option<String>,

    /// Mend what can be mended for certain; what comes by standard input is printed
    #[arg(long)]
    pub(crate) fix: bool,

    /// With --fix: change nothing, print the changes as a diff
    #[arg(long, requires = "fix")]
    pub(crate) dry_run: bool,

    /// Print nothing, only end with the exit code
    #[arg(short, long)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) loading: Loading,
}

/// Say what a finding or an error means, why it matters and what to do. Without a code all of them are listed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kubelogic explain read/duplicate-key
  kubelogic explain")]
pub(crate) struct ExplainCode {
    /// A code, or the room before its slash
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,

    /// Print text or the catalogue's answer as JSON
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Report::Text)]
    pub(crate) output: Report,
}
