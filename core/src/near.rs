//! The nearest known word to a word that is not known.

/// The candidate that `word` was most likely meant to be, if one is near enough.
///
/// Letters that differ only in case, `-` and `_` count as equal: `pod_selector` means `podSelector`.
///
/// ```
/// use kubelogic_core::near::nearest;
/// assert_eq!(nearest("pod_selector", ["podSelector", "policyTypes"]), Some("podSelector"));
/// assert_eq!(nearest("imagePullpolicy", ["image", "imagePullPolicy"]), Some("imagePullPolicy"));
/// assert_eq!(nearest("zebra", ["podSelector"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    if folded.is_empty() || folded.len() > 64 {
        return None;
    }
    // A third of the letters may be wrong, at most three of them.
    let allowed = (folded.len() / 3).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = distance(&folded, &fold(candidate), allowed);
        if distance <= allowed && best.is_none_or(|(so_far, _)| distance < so_far) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn fold(word: &str) -> Vec<char> {
    word.chars().filter(|letter| !matches!(letter, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// Insertions, deletions, replacements and swaps of neighbours; anything above `limit` is `limit + 1`.
fn distance(left: &[char], right: &[char], limit: usize) -> usize {
    if left.len().abs_diff(right.len()) > limit {
        return limit + 1;
    }
    let width = right.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut next = vec![row + 1; width];
        for (column, other) in right.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX - 1);
            let mut cost = at(&last, column) + usize::from(letter != other);
            cost = cost.min(at(&last, column + 1) + 1).min(at(&next, column) + 1);
            let swapped = row > 0
                && column > 0
                && left.get(row - 1) == Some(other)
                && right.get(column - 1) == Some(letter);
            if swapped {
                cost = cost.min(at(&before, column - 1) + 1);
            }
            if let Some(cell) = next.get_mut(column + 1) {
                *cell = cost;
            }
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or(limit + 1).min(limit + 1)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant_and_nothing_else() {
        let cases = [
            ("subejcts", Some("subjects")),
            ("api_groups", Some("apiGroups")),
            ("roleref", Some("roleRef")),
            ("rules", Some("rules")),
            ("ruels", Some("rules")),
            ("x", None),
            ("", None),
            ("verb", Some("verbs")),
            ("completelyDifferent", None),
        ];
        for (word, meant) in cases {
            assert_eq!(
                nearest(word, ["apiGroups", "roleRef", "rules", "subjects", "verbs"]),
                meant,
                "{word}"
            );
        }
    }
}
