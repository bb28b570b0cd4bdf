//! The order of keys: numbers in them count by their value.
//!
//! upstream: go.yaml.in/yaml/v2 sorter.go (keyList.Less)

use std::collections::VecDeque;

/// Entries in the order of their keys. Upstream's order has circles (`001:30`, `0x1f`, `1`), where its result is
/// chance and the standard library's sort may give up: this one merges.
pub(super) fn sorted<'a, T>(mut entries: Vec<(&'a str, T)>) -> Vec<(&'a str, T)> {
    entries.sort_by_key(|(key, _)| *key);
    let mut runs: VecDeque<Vec<(&'a str, T)>> = entries.into_iter().map(|entry| vec![entry]).collect();
    while let Some(left) = runs.pop_front() {
        let Some(right) = runs.pop_front() else { return left };
        let mut merged = Vec::with_capacity(left.len() + right.len());
        let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
        while let (Some((one, _)), Some((other, _))) = (left.peek(), right.peek()) {
            merged.extend(if less(other, one) { right.next() } else { left.next() });
        }
        merged.extend(left);
        merged.extend(right);
        runs.push_back(merged);
    }
    Vec::new()
}

fn less(left: &str, right: &str) -> bool {
    let (ar, br): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    for (at, (a, b)) in ar.iter().zip(&br).enumerate() {
        if a == b {
            continue;
        }
        match (a.is_alphabetic(), b.is_alphabetic()) {
            (true, true) => return a < b,
            (false, false) => {}
            (_, letter) => return letter,
        }
        // A zero behind another digit does not end what was a number.
        let within = (*a == '0' || *b == '0')
            && ar
                .get(..at)
                .unwrap_or_default()
                .iter()
                .rev()
                .take_while(|digit| digit.is_numeric())
                .any(|digit| *digit != '0');
        let (an, ai) = number(&ar, at, within);
        let (bn, bi) = number(&br, at, within);
        if an != bn {
            return an < bn;
        }
        if ai != bi {
            return ai < bi;
        }
        return a < b;
    }
    ar.len() < br.len()
}

/// The number at a place, and how many digits it has. It wraps as Go's 64 bits do.
fn number(text: &[char], at: usize, within: bool) -> (i64, usize) {
    let digits = text.get(at..).unwrap_or_default().iter().take_while(|digit| digit.is_numeric());
    digits.fold((i64::from(within), 0), |(value, count), digit| {
        let digit = i64::from(u32::from(*digit)) - i64::from(u32::from('0'));
        (value.wrapping_mul(10).wrapping_add(digit), count + 1)
    })
}
