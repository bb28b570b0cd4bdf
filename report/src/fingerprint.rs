//! What makes a finding the same one in the next run, whatever lines have moved.

use std::collections::HashMap;

use kubelogic_core::finding::Finding;

use crate::Sources;

/// The fingerprint of each finding: 16 hexadecimal digits of code, file, object, field path and message, with a
/// number behind it where several findings agree in all of these.
///
/// Neither lines nor the number of a document have part in it.
///
/// ```
/// use kubelogic_core::finding::{Finding, Severity};
/// use kubelogic_report::{Sources, fingerprints};
/// let finding = Finding::new("read/syntax", Severity::Error, "the text breaks off");
/// let prints = fingerprints(&[finding.clone(), finding], &Sources::none());
/// assert_eq!(prints[1], format!("{}:2", prints[0].trim_end_matches(":1")));
/// ```
pub fn fingerprints(findings: &[Finding], sources: &Sources<'_>) -> Vec<String> {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let mut next = |finding: &Finding| {
        let hash = hash(&parts(finding, sources));
        let count = seen.entry(hash).or_default();
        *count = count.saturating_add(1);
        format!("{hash:016x}:{count}")
    };
    findings.iter().map(&mut next).collect()
}

fn parts(finding: &Finding, sources: &Sources<'_>) -> [String; 5] {
    let location = finding.location.as_ref();
    [
        finding.code.to_owned(),
        location.map(|location| sources.path(location.source.as_str())).unwrap_or_default(),
        location.map(|location| sources.object(location)).unwrap_or_default(),
        location.map(|location| location.path.to_string()).unwrap_or_default(),
        finding.message.clone(),
    ]
}

/// FNV-1a over the parts, each ended by a byte that no text has. It is part of what baselines promise.
fn hash(parts: &[String]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xFF]));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_never_changes() {
        // FNV-1a of the empty text and of "a", as its authors publish them.
        let fnv = |text: &str| {
            text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
            })
        };
        assert_eq!(fnv("a"), 0xAF63_DC4C_8601_EC8C);
        assert_eq!(hash(&[]), 0xCBF2_9CE4_8422_2325);
        let (one, two) = (["a".to_owned(), String::new()], [String::new(), "a".to_owned()]);
        assert_ne!(hash(&one), hash(&two));
    }
}
