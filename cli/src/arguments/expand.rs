//! The arguments of `kubelogic expand`.

use clap::Args;

use super::{Input, Listing, Loading};

/// Print the pods that workloads stand for.
///
/// Deployments, ReplicaSets, ReplicationControllers, StatefulSets, DaemonSets, Jobs and CronJobs become the pods that
/// their controllers make at first; pods stay what they are, and other objects are passed over. What nobody can know
/// offline (drawn names, hashes, uids) is made up, always in the same way.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kubelogic expand manifests/
  kubelogic expand -f manifests/ --nodes worker-1,worker-2 -o yaml > pods.yaml
  kubelogic expand -f backup.yaml --at 2026-11-21T02:00:00Z")]
pub(crate) struct Expand {
    /// Files or folders, - for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,

    /// The nodes on which DaemonSets run; selectors and taints are not looked at
    #[arg(long, value_name = "NODE", value_delimiter = ',')]
    pub(crate) nodes: Vec<String>,

    /// When CronJobs start their jobs, in RFC 3339
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<jiff::Timestamp>,

    /// The hash of the pod templates in names and labels
    #[arg(long, value_name = "HASH")]
    pub(crate) hash: Option<String>,

    /// More pods of one workload than this are an error
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    pub(crate) max_pods: usize,

    /// Print the ReplicaSets and Jobs between workloads and pods, too
    #[arg(long)]
    pub(crate) objects: bool,

    /// Print the claims of StatefulSets, too
    #[arg(long)]
    pub(crate) claims: bool,

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
