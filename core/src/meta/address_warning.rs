//! What the API server remarks on addresses that older fields still take.

use std::net::IpAddr;

use super::name::{Block, is_mapped, printed_address, sloppy_address};
use crate::object::FieldPath;
use crate::quote::quoted;
use crate::version::KubeVersion;

/// What the API server remarks on an address in a field that takes any form. Nothing is said of a text that is no
/// address: that is an error.
///
/// The remarks are those of Kubernetes 1.33 and newer.
///
/// ```
/// use kubelogic_core::meta::ip_warnings;
/// use kubelogic_core::object::FieldPath;
/// use kubelogic_core::version::KubeVersion;
/// let path = FieldPath::root().field("spec").field("loadBalancerIP");
/// assert_eq!(
///     ip_warnings(&path, "010.0.0.1", KubeVersion::default()),
///     [r#"spec.loadBalancerIP: non-standard IP address "010.0.0.1" is invalid: use "10.0.0.1""#]
/// );
/// assert!(ip_warnings(&path, "10.0.0.1", KubeVersion::default()).is_empty());
/// ```
pub fn ip_warnings(path: &FieldPath, text: &str, version: KubeVersion) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/ip.go (GetWarningsForIP)
    let Some(sloppy) = sloppy_address(text) else { return Vec::new() };
    let address = text.parse::<IpAddr>().ok().filter(|address| !is_mapped(*address));
    let warning = match address {
        None => {
            let better = quoted(&printed_address(sloppy));
            format!("{path}: non-standard IP address {} {}: use {better}", quoted(text), fate(version))
        }
        Some(IpAddr::V6(long)) if long.to_string() != text => format!(
            "{path}: IPv6 address {} should be in RFC 5952 canonical format ({})",
            quoted(text),
            quoted(&long.to_string())
        ),
        Some(_) => return Vec::new(),
    };
    vec![warning]
}

/// The same of a block of addresses.
///
/// ```
/// use kubelogic_core::meta::cidr_warnings;
/// use kubelogic_core::object::FieldPath;
/// use kubelogic_core::version::KubeVersion;
/// let path = FieldPath::root().field("cidr");
/// assert_eq!(
///     cidr_warnings(&path, "10.0.0.1/8", KubeVersion::default()),
///     [r#"cidr: CIDR value "10.0.0.1/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)"#]
/// );
/// ```
pub fn cidr_warnings(path: &FieldPath, text: &str, version: KubeVersion) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/ip.go (GetWarningsForCIDR)
    let Some(block) = Block::read(text) else { return Vec::new() };
    let mut warnings = Vec::new();
    if block.masked() != block.bits() {
        let one = format!("{}/{}", printed_address(block.address), block.longest());
        warnings.push(format!(
            "{path}: CIDR value {} is ambiguous in this context (should be {} or {}?)",
            quoted(text),
            quoted(&block.printed()),
            quoted(&one)
        ));
    }
    let strict = block.is_strict(text);
    if !strict || is_mapped(block.address) {
        warnings.push(format!(
            "{path}: non-standard CIDR value {} {}: use {}",
            quoted(text),
            fate(version),
            quoted(&block.printed())
        ));
    }
    if let (true, IpAddr::V6(long)) = (warnings.is_empty(), block.address) {
        let canonical = format!("{long}/{}", block.length);
        if canonical != text {
            warnings.push(format!(
                "{path}: IPv6 CIDR value {} should be in RFC 5952 canonical format ({})",
                quoted(text),
                quoted(&canonical)
            ));
        }
    }
    warnings
}

/// The first minor version that refuses such values in new objects.
const REFUSED_SINCE: u16 = 36;

/// What becomes of a value that different programs read differently.
fn fate(version: KubeVersion) -> &'static str {
    if version.minor() >= REFUSED_SINCE {
        "is invalid"
    } else {
        "will be considered invalid in a future Kubernetes release"
    }
}
