//! Where manifests come from and how they become a cluster.

use clap::{ArgAction, Args, ValueEnum};
use kubelogic::version::KubeVersion;

use crate::load::Exclude;

/// Manifests.
#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct Input {
    /// A file or folder with manifests, or - for standard input; may be repeated
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    pub(crate) filename: Vec<String>,

    /// Read folders with everything below them
    #[arg(
        short = 'R', long, value_name = "BOOL", action = ArgAction::Set, default_value_t = true,
        num_args = 0..=1, default_missing_value = "true", require_equals = true
    )]
    pub(crate) recursive: bool,

    /// Pass over files and folders in folders: a name, or a path, with *, ? and **; may be repeated
    #[arg(long, value_name = "PATTERN")]
    pub(crate) exclude: Vec<String>,

    /// The patterns of the project file.
    #[arg(skip)]
    pub(crate) project_excludes: Vec<Exclude>,
}

/// How manifests become a cluster.
#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct Loading {
    /// The Kubernetes version whose behaviour is asked for, such as 1.35; the newest by default
    #[arg(long, value_name = "VERSION")]
    pub(crate) kube_version: Option<KubeVersion>,

    /// The version of the project file.
    #[arg(skip)]
    pub(crate) project_kube_version: Option<KubeVersion>,

    /// The namespace of objects that name none
    #[arg(long, value_name = "NAMESPACE", default_value = "default")]
    pub(crate) default_namespace: String,

    /// Two different objects with one name: refuse the input, or let the last one count
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Duplicate::Refuse)]
    pub(crate) on_duplicate: Duplicate,

    /// Documents that cannot be read and objects that the API server would refuse: refuse the input, or answer
    /// as if they were absent
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Invalid::Refuse)]
    pub(crate) invalid: Invalid,

    /// Unknown fields: an error, a warning, or nothing
    #[arg(
        long, value_enum, value_name = "HOW", default_value_t = Validate::Strict,
        num_args = 0..=1, default_missing_value = "strict", require_equals = true
    )]
    pub(crate) validate: Validate,
}

impl Loading {
    /// The version whose behaviour is asked for.
    pub(crate) fn version(&self) -> KubeVersion {
        self.kube_version.or(self.project_kube_version).unwrap_or_default()
    }
}

/// Two different objects with one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Duplicate {
    /// The input is refused
    Refuse,
    /// The last one counts
    Last,
}

/// Objects that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Invalid {
    /// The input is refused
    Refuse,
    /// They count as absent
    Drop,
}

/// Unknown fields, in kubectl's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Validate {
    /// They are errors
    #[value(alias = "true")]
    Strict,
    /// They are warnings
    Warn,
    /// They are passed over
    #[value(alias = "false")]
    Ignore,
}
