//! Makes a text smaller as long as it still differs.

use crate::error::DifferError;

/// The smallest text that is found by cutting pieces out, half the text first, single characters last.
pub(crate) fn shrink(
    text: &str,
    mut differs: impl FnMut(&str) -> Result<bool, DifferError>,
) -> Result<String, DifferError> {
    let mut best: Vec<char> = text.chars().collect();
    let mut size = best.len() / 2;
    while size >= 1 {
        let mut at = 0;
        while at < best.len() {
            let end = (at + size).min(best.len());
            let shorter: Vec<char> = best.iter().take(at).chain(best.iter().skip(end)).copied().collect();
            if differs(&shorter.iter().collect::<String>())? {
                best = shorter;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    Ok(best.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::shrink;

    #[test]
    fn what_matters_is_left() {
        let small = shrink("some text with a\nneedle in it", |text| Ok(text.contains("needle")));
        assert_eq!(small.ok().as_deref(), Some("needle"));
    }
}
