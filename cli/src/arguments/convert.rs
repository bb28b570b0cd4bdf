//! Which version manifests are brought to.

use clap::{Args, ValueEnum};
use kubelogic::schema::GroupVersion;

use super::{Input, Loading};

/// Print manifests in another version of their API.
///
/// Without --to every object is brought to the best version that the API server serves by default. Objects of kinds
/// that need no conversion are printed as they are. Where the old version has a default that the new one does not have,
/// it is written, so that objects mean the same; what cannot be kept is reported on standard error.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kubelogic convert -f manifests/ > converted.yaml
  kubelogic convert ingress.yaml --to networking.k8s.io/v1
  helm template ./chart | kubelogic convert --kube-version 1.32 -

Exit codes: 0 printed, 1 something of a removed API could not be converted, 2 could not read.")]
pub(crate) struct Convert {
    /// Files or folders, - for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,

    /// The version, such as apps/v1; objects whose kind has no such version are brought to the best one
    #[arg(long, visible_alias = "output-version", value_name = "GROUP/VERSION")]
    pub(crate) to: Option<GroupVersion>,

    /// Do not write defaults
    #[arg(long)]
    pub(crate) no_defaults: bool,

    /// Print YAML or JSON; several objects are one List
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Manifests::Yaml)]
    pub(crate) output: Manifests,

    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) loading: Loading,
}

/// How objects are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Manifests {
    /// YAML
    Yaml,
    /// JSON
    Json,
}
