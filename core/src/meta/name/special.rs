//! The rules of kinds whose names say something: an address, a resource, a signer.

use super::address::{STRICT_SINCE, ip_details};
use super::parsed_address::Parsed;
use super::{NameRule, dns_1035_label_problems, dns_subdomain_problems};
use crate::version::KubeVersion;

pub(super) fn ip_address_name(name: &str, version: KubeVersion) -> Vec<String> {
    // upstream: pkg/apis/networking/validation/validation.go (ValidateIPAddressName)
    if version.minor() >= STRICT_SINCE {
        return ip_details(name);
    }
    match Parsed::read(name) {
        Err(problem) => vec![problem],
        Ok(address) if address.to_string() != name => {
            vec!["must be a canonical format IP address".to_owned()]
        }
        Ok(_) => Vec::new(),
    }
}

pub(super) fn storage_version_name(name: &str) -> Vec<String> {
    // upstream: pkg/apis/apiserverinternal/validation/validation.go (ValidateStorageVersionName)
    let Some((group, resource)) = name.rsplit_once('.') else {
        return vec!["name must be in the form of <group>.<resource>".to_owned()];
    };
    let of_group = dns_subdomain_problems(group).into_iter();
    let of_group = of_group.map(|problem| format!("the group segment {problem}"));
    let of_resource = dns_1035_label_problems(resource).into_iter();
    of_group.chain(of_resource.map(|problem| format!("the resource segment {problem}"))).collect()
}

/// What is wrong with the name of a `ClusterTrustBundle` of a signer; `prefix` is whether it is a beginning that the
/// API server completes. Without a signer the name must say none.
///
/// ```
/// use kubelogic_core::meta::cluster_trust_bundle_name_problems;
/// use kubelogic_core::version::KubeVersion;
/// let problems = |name, signer| cluster_trust_bundle_name_problems(name, signer, false, KubeVersion::default());
/// assert!(problems("example.com:shop:roots", "example.com/shop").is_empty());
/// assert_eq!(
///     problems("example.com:shop:roots", ""),
///     ["ClusterTrustBundle without signer name must not have \":\" in its name"]
/// );
/// ```
pub fn cluster_trust_bundle_name_problems(
    name: &str,
    signer: &str,
    prefix: bool,
    version: KubeVersion,
) -> Vec<String> {
    // upstream: pkg/apis/core/validation/names.go (ValidateClusterTrustBundleName)
    let mut own = name;
    if signer.is_empty() {
        if name.contains(':') {
            return vec!["ClusterTrustBundle without signer name must not have \":\" in its name".to_owned()];
        }
    } else {
        let wanted = format!("{}:", signer.replace('/', ":"));
        let Some(behind) = name.strip_prefix(&wanted) else {
            return vec![format!(
                "ClusterTrustBundle for signerName {signer} must be named with prefix {wanted}"
            )];
        };
        own = behind;
    }
    let rule = NameRule::DnsSubdomain;
    if prefix { rule.prefix_problems(own, version) } else { rule.problems(own, version) }
}

/// The name of a bundle whose signer is the one that the name says.
pub(super) fn cluster_trust_bundle_name(name: &str, prefix: bool, version: KubeVersion) -> Vec<String> {
    // upstream: pkg/apis/core/validation/names.go (extractSignerNameFromClusterTrustBundleName)
    let signer = name.rsplit_once(':').map_or("", |(signer, _)| signer);
    cluster_trust_bundle_name_problems(name, signer, prefix, version)
}
