//! Names that the API server makes of a `generateName`.

/// The letters of a generated ending: no vowels, so that no words come out, and nothing that looks like another.
const LETTERS: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";
/// How many letters are added.
const ADDED: usize = 5;
/// How much of the beginning is kept, in bytes.
const KEPT: usize = 63 - ADDED;

/// Completes a `generateName` as the API server does, with letters that follow from the seed: the same seed makes
/// the same name.
///
/// A beginning that is too long is cut to 58 bytes; where that would cut a letter in two, the letter goes.
///
/// ```
/// use kubelogic_core::meta::generate_name;
/// let name = generate_name("shop-", 7);
/// assert_eq!(name, generate_name("shop-", 7));
/// assert!(name.starts_with("shop-"));
/// assert_eq!(name.len(), 10);
/// assert_eq!(generate_name(&"a".repeat(100), 7).len(), 63);
/// ```
pub fn generate_name(base: &str, seed: u64) -> String {
    // upstream: apiserver pkg/storage/names/generate.go, apimachinery pkg/util/rand/rand.go
    let end = (0..=KEPT.min(base.len())).rev().find(|end| base.is_char_boundary(*end)).unwrap_or(0);
    let (kept, _) = base.split_at_checked(end).unwrap_or((base, ""));
    let mut name = kept.to_owned();
    let mut state = seed;
    for _ in 0..ADDED {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let index = usize::try_from(mixed(state) % 27).unwrap_or(0);
        name.push(LETTERS.get(index).copied().map_or('b', char::from));
    }
    name
}

/// A number that shows nothing of the one that it was made of.
fn mixed(state: u64) -> u64 {
    let one = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let two = (one ^ (one >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    two ^ (two >> 31)
}
