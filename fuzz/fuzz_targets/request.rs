//! Any text as an HTTP request, to the API server and to a kubelet: no panic, and every version tells the same path.
#![no_main]

use kubelogic_core::access::OwnedTarget;
use kubelogic_core::version::KubeVersion;
use kubelogic_rbac::{Gates, HttpRequest, KubeletRequest, extra_checks};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(request) = HttpRequest::parse(text) else { return };
    for version in [KubeVersion::OLDEST, KubeVersion::NEWEST] {
        let gates = Gates::new(version);
        assert!(!KubeletRequest::new("node", request.clone()).checks(&gates).is_empty());
        let Ok(info) = request.info(&gates) else { continue };
        assert_eq!(info.path, request.path());
        extra_checks(&info, &gates);
        match &info.attributes.target {
            OwnedTarget::Path(path) => assert_eq!(path, request.path()),
            OwnedTarget::Resource { resource, .. } => assert!(resource.is_empty() || info.path.contains(resource)),
        }
        let again = HttpRequest::new(request.method(), request.url()).expect("what was read can be read again");
        assert_eq!(again.info(&gates).as_ref(), Ok(&info));
    }
});
