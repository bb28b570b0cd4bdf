//! Looking up kinds and their fields.

use clap::{Args, Subcommand};
use kubelogic::schema::GroupVersion;
use kubelogic::version::KubeVersion;

use super::Report;

/// Look up kinds and their fields.
#[derive(Debug, Args)]
#[command(subcommand_required = true, disable_help_subcommand = true)]
pub(crate) struct Schema {
    #[command(subcommand)]
    pub(crate) command: SchemaCommand,
}

/// What to look up.
#[derive(Debug, Subcommand)]
pub(crate) enum SchemaCommand {
    /// Show a kind or a field and what is below it
    Explain(Explain),
    /// Show when API types were introduced, deprecated and removed, and what replaces them
    Lifecycle(Lifecycle),
}

/// Show when API types were introduced, deprecated and removed, and what replaces them.
///
/// Types that no version has any more are among them; those of which upstream says nothing are not.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kubelogic schema lifecycle extensions/v1beta1
  kubelogic schema lifecycle policy/v1beta1 PodSecurityPolicy
  kubelogic schema lifecycle --removed-in 1.25

Exit codes: 0 there are such types, 1 there are none, 2 could not evaluate.")]
pub(crate) struct Lifecycle {
    /// Only types of this version of a group, such as apps/v1beta1
    #[arg(value_name = "GROUP/VERSION")]
    pub(crate) api_version: Option<GroupVersion>,

    /// Only types of this name
    #[arg(value_name = "KIND")]
    pub(crate) kind: Option<String>,

    /// Only types that this release removes, such as 1.25
    #[arg(long, value_name = "RELEASE")]
    pub(crate) removed_in: Option<String>,

    /// The Kubernetes version, such as 1.35; the newest by default
    #[arg(long, value_name = "VERSION")]
    pub(crate) kube_version: Option<KubeVersion>,

    /// Print text or the catalogue's answer as JSON
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Report::Text)]
    pub(crate) output: Report,
}

/// Show a kind or a field and what is below it: types, what is required, enumerations, and since when it is there.
///
/// RESOURCE is a resource or a kind such as pods, deploy, roles.rbac.authorization.k8s.io, KubeletConfiguration,
/// HTTPRoute; PATH are the names of fields with dots.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kubelogic schema explain deploy.spec.template
  kubelogic schema explain hpa.spec --api-version autoscaling/v1
  kubelogic schema explain pods.spec.containers --kube-version 1.31 --recursive

Exit codes: 0 there is such a field, 1 there is none, 2 could not evaluate.")]
pub(crate) struct Explain {
    /// A resource or kind, and the field below it
    #[arg(value_name = "RESOURCE[.PATH]")]
    pub(crate) resource: String,

    /// Only in this version of a group, such as apps/v1
    #[arg(long, value_name = "GROUP/VERSION")]
    pub(crate) api_version: Option<String>,

    /// Fields below fields, down to scalars
    #[arg(long)]
    pub(crate) recursive: bool,

    /// The Kubernetes version, such as 1.35; the newest by default
    #[arg(long, value_name = "VERSION")]
    pub(crate) kube_version: Option<KubeVersion>,

    /// Print text or the catalogue's answer as JSON
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Report::Text)]
    pub(crate) output: Report,
}
