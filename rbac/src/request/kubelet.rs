//! What the kubelet makes of an HTTP request.

use kubelogic_core::access::{OwnedAttributes, OwnedTarget, Selectors, UserInfo};
use kubelogic_core::version::KubeVersion;

use super::gate::{Gate, Gates};
use super::http::HttpRequest;

/// An HTTP request to the kubelet of a node.
///
/// ```
/// use kubelogic_rbac::{Gates, HttpRequest, KubeletRequest};
///
/// let exec = HttpRequest::parse("POST /exec/shop/web/app?command=sh")?;
/// let asked = KubeletRequest::new("worker-0", exec).checks(&Gates::new("1.37".parse().unwrap()));
/// assert_eq!(asked.len(), 1);
/// assert_eq!(asked[0].to_string(), "create nodes/proxy \"worker-0\" cluster-wide");
/// # Ok::<(), kubelogic_rbac::RbacError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KubeletRequest {
    node: String,
    request: HttpRequest,
}

impl KubeletRequest {
    /// A request to a node's kubelet.
    pub fn new(node: impl Into<String>, request: HttpRequest) -> Self {
        Self { node: node.into(), request }
    }

    /// What the kubelet asks, in order: the first that is allowed lets the request pass.
    pub fn checks(&self, gates: &Gates) -> Vec<OwnedAttributes> {
        // upstream: pkg/kubelet/server/auth.go (GetRequestAttributes)
        let verb = match self.request.method() {
            "POST" => "create",
            "GET" => "get",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => "delete",
            _ => "",
        };
        let path = self.request.path();
        let mut subresources = Vec::new();
        if gates.is_on(Gate::KubeletFineGrainedAuthz) {
            subresources.extend(fine(path, gates.kube_version()));
        }
        subresources.push(coarse(path, gates.kube_version()));
        let checks = subresources.into_iter().map(|subresource| OwnedAttributes {
            verb: verb.to_owned(),
            target: OwnedTarget::Resource {
                group: String::new(),
                version: "v1".to_owned(),
                resource: "nodes".to_owned(),
                subresource: subresource.to_owned(),
                name: self.node.clone(),
                namespace: String::new(),
            },
            selectors: Selectors::default(),
        });
        checks.collect()
    }
}

/// The kubelet's own words for a request that none of the checks allows.
///
/// ```
/// use kubelogic_core::access::UserInfo;
/// use kubelogic_rbac::{Gates, HttpRequest, KubeletRequest, kubelet_refusal};
///
/// let version = "1.37".parse().unwrap();
/// let logs = HttpRequest::parse("GET /containerLogs/shop/web/app")?;
/// let asked = KubeletRequest::new("worker-0", logs).checks(&Gates::new(version));
/// assert_eq!(
///     kubelet_refusal(&UserInfo::named("kubernetes"), &asked, version),
///     "Forbidden (user=kubernetes, verb=get, resource=nodes, subresource(s)=[proxy])\n"
/// );
/// # Ok::<(), kubelogic_rbac::RbacError>(())
/// ```
pub fn kubelet_refusal(user: &UserInfo, checks: &[OwnedAttributes], version: KubeVersion) -> String {
    // upstream: pkg/kubelet/server/server.go (InstallAuthFilter)
    let verb = checks.first().map(|check| check.verb.as_str()).unwrap_or_default();
    let subresources = checks.iter().filter_map(|check| match &check.target {
        OwnedTarget::Resource { subresource, .. } => Some(subresource.as_str()),
        OwnedTarget::Path(_) => None,
    });
    let subresources: Vec<&str> = subresources.collect();
    let subresources = subresources.join(" ");
    let start = format!("Forbidden (user={}, verb={verb}, resource=nodes, ", user.name);
    if version.minor() >= 32 {
        format!("{start}subresource(s)=[{subresources}])\n")
    } else {
        format!("{start}subresource={subresources})")
    }
}

/// The subresource that is asked before `proxy`.
fn fine(path: &str, version: KubeVersion) -> Option<&'static str> {
    let below = |base| is_below(path, base);
    match () {
        () if below("/allocatedPods") && version.minor() >= 37 => Some("pods"),
        () if below("/pods") => Some("pods"),
        () if below("/healthz") => Some("healthz"),
        () if below("/configz") => Some("configz"),
        () if below("/runningpods") => Some("pods"),
        () => None,
    }
}

/// The subresource that every version asks.
fn coarse(path: &str, version: KubeVersion) -> &'static str {
    let below = |base| is_below(path, base);
    match () {
        () if below("/stats") => "stats",
        () if below("/metrics") => "metrics",
        () if below("/logs") => "log",
        () if below("/checkpoint") && version.minor() >= 30 => "checkpoint",
        () if below("/statusz") && version.minor() >= 33 => "statusz",
        () if below("/flagz") && version.minor() >= 33 => "configz",
        () => "proxy",
    }
}

fn is_below(path: &str, base: &str) -> bool {
    path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
