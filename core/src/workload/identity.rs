//! Names and hashes that the real components draw or compute, made again without them.

use crate::meta::dns_subdomain_problems;
use crate::object::{Draft, Object, Value};
use crate::read::write::to_canonical_json;

/// The letters of generated names: no vowels, no letters that look alike.
const LETTERS: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

/// The longest beginning of a generated name.
pub(super) const MAX_PREFIX: usize = 58;

/// How a controller begins the names of its pods.
pub(super) fn pod_prefix(owner: &str) -> String {
    // upstream: pkg/controller/controller_utils.go (getPodsPrefix): without the dash when that is no name
    let dashed = format!("{owner}-");
    // upstream: apimachinery pkg/api/validation/generic.go (maskTrailingDash)
    let start = dashed.len().checked_sub(2).and_then(|length| dashed.get(..length));
    let masked = start.map_or_else(|| dashed.clone(), |start| format!("{start}a"));
    if dns_subdomain_problems(&masked).is_empty() { dashed } else { owner.to_owned() }
}

/// A name as the API server generates it, but always the same for the same owner and number.
pub(super) fn generated_name(prefix: &str, number: usize) -> String {
    let start = prefix.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let cut = start.take_while(|end| *end <= MAX_PREFIX).last().unwrap_or(0);
    let hash = fnv1a(format!("{prefix}/{number}").as_bytes());
    format!("{}{}", prefix.get(..cut).unwrap_or_default(), letters(hash))
}

/// A hash of a template, always the same for the same template.
pub(super) fn template_hash(template: Option<Value<'_>>) -> String {
    let text = template.map(to_canonical_json).unwrap_or_default();
    letters(fnv1a(text.as_bytes())) + &letters(fnv1a(text.as_bytes()) >> 16)
}

/// The reference of an object that controls others.
pub(super) fn controller_reference(owner: &Object) -> Draft {
    let uid = owner.root().get("metadata").and_then(|metadata| metadata.get("uid"));
    let uid = uid.and_then(|uid| uid.as_str()).unwrap_or_default();
    Draft::map([
        ("apiVersion", Draft::text(owner.api_version())),
        ("kind", Draft::text(owner.kind())),
        ("name", Draft::text(owner.name())),
        ("uid", Draft::text(uid)),
        ("controller", Draft::Bool(true)),
        ("blockOwnerDeletion", Draft::Bool(true)),
    ])
}

/// Whether the object has the uid that the API server gives it.
pub(super) fn has_uid(owner: &Object) -> bool {
    let uid = owner.root().get("metadata").and_then(|metadata| metadata.get("uid"));
    uid.and_then(|uid| uid.as_str()).is_some_and(|uid| !uid.is_empty())
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Five letters of a hash.
fn letters(hash: u64) -> String {
    let mut rest = hash;
    let mut text = String::new();
    for _ in 0..5 {
        let index = usize::try_from(rest % LETTERS.len() as u64).unwrap_or(0);
        text.push(LETTERS.get(index).copied().map_or('b', char::from));
        rest /= LETTERS.len() as u64;
    }
    text
}
