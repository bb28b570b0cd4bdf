//! Who asks for what.

use clap::{Args, ValueEnum};

use super::{Authorization, Input, Loading, Report};

/// Check whether an action is allowed.
///
/// VERB is a Kubernetes API verb such as get, list, watch, create or delete. TYPE is a resource; short names and
/// groups are resolved as kubectl does. NAME is the name of one object: use --subresource for pods/log. An
/// argument that begins with / is a path such as /healthz.
///
/// The user comes from --as and acts as in `kubectl auth can-i --as`: a service account gets its groups, and
/// everybody but system:anonymous gets system:authenticated.
///
/// In place of VERB and TYPE an HTTP request can be given, to the API server or to a kubelet, or a review of access in
/// a file; what the server then asks its authorizer is what is asked here.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[command(after_help = "Examples:
  kubelogic can-i list pods --as ann --as-group developers -n shop -f manifests/
  kubelogic can-i get pods --subresource=log --as system:serviceaccount:shop:ci -n shop -f manifests/
  kubelogic can-i '*' '*' -A --as ann -f manifests/
  kubelogic can-i get /healthz --as bo -f manifests/ --explain
  kubelogic can-i --request 'GET /api/v1/namespaces/shop/pods?watch=true' --as ann -f manifests/
  kubelogic can-i --kubelet-request 'POST /exec/shop/web/app' --node worker-0 --as kubernetes -f manifests/
  kubelogic can-i --review review.yaml -f manifests/
  kubelogic can-i --list --as ann -n shop -f manifests/
  kubelogic can-i get secrets/db --as system:node:a --as-group system:nodes -n shop --authorization-mode Node,RBAC -f dump/

Exit codes: 0 yes, 1 no, 2 undecided or could not evaluate.")]
pub(crate) struct CanI {
    /// The verb
    #[arg(value_name = "VERB", required_unless_present_any = ["request", "kubelet_request", "review", "list"])]
    pub(crate) verb: Option<String>,

    /// The resource, the resource and the name of one object, or a path
    #[arg(value_name = "TYPE[/NAME]|/URL", required_unless_present_any = ["request", "kubelet_request", "review", "list"])]
    pub(crate) target: Option<String>,

    /// An HTTP request to the API server, in place of VERB and TYPE: 'GET /api/v1/pods'
    #[arg(
        long,
        value_name = "METHOD URL",
        conflicts_with_all = ["verb", "target", "subresource", "namespace", "all_namespaces", "review"]
    )]
    pub(crate) request: Option<String>,

    /// An HTTP request to the kubelet of --node, in place of VERB and TYPE: 'GET /metrics'
    #[arg(
        long,
        value_name = "METHOD URL",
        requires = "node",
        conflicts_with_all = ["verb", "target", "subresource", "namespace", "all_namespaces", "review", "request"]
    )]
    pub(crate) kubelet_request: Option<String>,

    /// The node of --kubelet-request
    #[arg(long, value_name = "NAME", requires = "kubelet_request")]
    pub(crate) node: Option<String>,

    /// A file with a SubjectAccessReview, LocalSubjectAccessReview or SelfSubjectAccessReview, in place of VERB and
    /// TYPE
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["verb", "target", "subresource", "namespace", "all_namespaces"]
    )]
    pub(crate) review: Option<String>,

    /// Print everything that the user may do in the namespace, as `kubectl auth can-i --list` does
    #[arg(long)]
    pub(crate) list: bool,

    /// Print the list without its first line
    #[arg(long)]
    pub(crate) no_headers: bool,

    /// A subresource such as log or scale
    #[arg(long, value_name = "SUBRESOURCE", default_value = "", hide_default_value = true)]
    pub(crate) subresource: String,

    /// The namespace of the request
    #[arg(short, long, value_name = "NAMESPACE", default_value = "default")]
    pub(crate) namespace: String,

    /// Ask for all namespaces
    #[arg(short = 'A', long)]
    pub(crate) all_namespaces: bool,

    /// The user; a service account is system:serviceaccount:NAMESPACE:NAME
    #[arg(long = "as", value_name = "USER", help_heading = "Who asks")]
    pub(crate) user: Option<String>,

    /// A group of the user; may be repeated
    #[arg(long = "as-group", value_name = "GROUP", help_heading = "Who asks")]
    pub(crate) groups: Vec<String>,

    /// The user's unique id
    #[arg(
        long = "as-uid",
        value_name = "UID",
        default_value = "",
        hide_default_value = true,
        help_heading = "Who asks"
    )]
    pub(crate) uid: String,

    /// A further attribute of the user; may be repeated, also for one key
    #[arg(long = "as-user-extra", value_name = "KEY=VALUE", help_heading = "Who asks")]
    pub(crate) extra: Vec<String>,

    /// Print nothing on standard output, only end with the exit code
    #[arg(short, long)]
    pub(crate) quiet: bool,

    /// Say which binding, role and rule decided, or what was nearest to a yes
    #[arg(long)]
    pub(crate) explain: bool,

    /// Print text or the catalogue's answer as JSON
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Report::Text)]
    pub(crate) output: Report,

    /// The roles and bindings that every API server creates: add those that are missing, complete those that are
    /// given as well, or add none
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = BootstrapMode::Auto, help_heading = "Input")]
    pub(crate) bootstrap: BootstrapMode,

    #[command(flatten)]
    pub(crate) authorization: Authorization,

    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) loading: Loading,
}

impl CanI {
    /// The verb; empty when an HTTP request or a review is asked about.
    pub(crate) fn verb(&self) -> &str {
        self.verb.as_deref().unwrap_or_default()
    }

    /// The resource or path; empty when an HTTP request or a review is asked about.
    pub(crate) fn target(&self) -> &str {
        self.target.as_deref().unwrap_or_default()
    }
}

/// The default roles and bindings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BootstrapMode {
    /// Those that are missing by name are added
    Auto,
    /// They are added, and those that are given are completed
    Always,
    /// None is added
    Never,
}
