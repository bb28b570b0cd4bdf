//! Why `kubectl exec` and `kubectl logs` are forbidden in a cluster that was set up by hand, and what helps.
//!
//! `cargo run --example kubelet`

use std::error::Error;
use std::io::Write as _;
use std::path::Path;

use kubelogic::access::UserInfo;
use kubelogic::rbac::{Gates, HttpRequest, KubeletRequest, Options, Rbac, kubelet_refusal};
use kubelogic::{LoadOptions, files};

fn main() -> Result<(), Box<dyn Error>> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/kubelet");
    let options = LoadOptions::default();
    let gates = Gates::new(options.kube_version);
    // The API server logs in to the kubelet with a client certificate of this name.
    let user = UserInfo::impersonated("kubernetes", Vec::<String>::new());
    let mut out = std::io::stdout().lock();
    for folder in ["before", "after"] {
        let cluster = files::load(&[examples.join(folder)], &options)?;
        let rbac = Rbac::compile(&cluster, &Options::default())?;
        for line in ["POST /exec/shop/web/app?command=sh", "GET /containerLogs/shop/web/app"] {
            let checks = KubeletRequest::new("worker-0", HttpRequest::parse(line)?).checks(&gates);
            let mut allowed = false;
            for check in &checks {
                allowed = allowed || rbac.can(&user, &check.attributes())?;
            }
            let refusal = kubelet_refusal(&user, &checks, options.kube_version);
            let verdict = if allowed { "allowed" } else { refusal.trim_end() };
            writeln!(out, "{folder}: {line}: {verdict}")?;
        }
    }
    Ok(())
}
