//! Which rule the names of a kind follow.

use super::NameRule;
use crate::version::KubeVersion;

/// The first minor version whose services may begin with a digit.
const RELAXED_SERVICES_SINCE: u16 = 36;

/// The rule for the names of a kind. Custom resources follow the same one as most kinds.
///
/// ```
/// use kubelogic_core::meta::{NameRule, name_rule_of_kind};
/// let rule = |version: &str| name_rule_of_kind("", "Service", version.parse().unwrap());
/// assert_eq!(rule("1.35"), NameRule::Dns1035Label);
/// assert_eq!(rule("1.36"), NameRule::DnsLabel);
/// ```
pub fn name_rule_of_kind(group: &str, kind: &str, version: KubeVersion) -> NameRule {
    // upstream: pkg/apis/*/validation/validation.go, the name function given to ValidateObjectMeta
    match (group, kind) {
        ("", "Service") if version.minor() < RELAXED_SERVICES_SINCE => NameRule::Dns1035Label,
        ("", "Service" | "Namespace") | ("apps", "StatefulSet") => NameRule::DnsLabel,
        ("rbac.authorization.k8s.io", _) => NameRule::RbacName,
        ("apiregistration.k8s.io", "APIService") => NameRule::PathSegment,
        ("networking.k8s.io", "IPAddress") => NameRule::IpAddressName,
        ("internal.apiserver.k8s.io", "StorageVersion") => NameRule::StorageVersionName,
        ("certificates.k8s.io", "ClusterTrustBundle") => NameRule::ClusterTrustBundleName,
        ("certificates.k8s.io", "CertificateSigningRequest") => NameRule::Any,
        _ => NameRule::DnsSubdomain,
    }
}
