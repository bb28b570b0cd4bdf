//! The order of findings: that of the inputs, and of the places in them.

use std::collections::HashMap;

use kubelogic_core::finding::Finding;
use kubelogic_core::object::SourceName;

/// Sorts findings by input, document, place and code; what belongs to no place comes last. Inputs that are not
/// among `names` come behind them.
///
/// ```
/// use kubelogic_core::read::{Options, text};
/// use kubelogic_report::order;
/// let mut findings = text("a: {x: 1, x: 2}\nkind: A\nkind: B\n", &Options::named("a.yaml")).findings;
/// findings.reverse();
/// order::sort(&mut findings, []);
/// let lines: Vec<u32> = findings.iter().map(|one| one.location.as_ref().unwrap().position.unwrap().line).collect();
/// assert_eq!(lines, [1, 3]);
/// ```
pub fn sort<'a>(findings: &mut [Finding], names: impl IntoIterator<Item = &'a SourceName>) {
    if findings.len() < 2 {
        return;
    }
    let mut places: HashMap<&SourceName, usize> = HashMap::new();
    let mut last = None;
    for name in names {
        // Objects name their input one after the other.
        if last != Some(name) {
            let next = places.len();
            places.entry(name).or_insert(next);
            last = Some(name);
        }
    }
    findings.sort_by_cached_key(|finding| {
        let place = finding.location.as_ref().map(|location| {
            let index = places.get(&location.source).copied().unwrap_or(usize::MAX);
            let strange = (index == usize::MAX).then(|| location.source.clone());
            (index, strange, location.document, location.item, location.position, location.path.clone())
        });
        (place.is_none(), place, finding.code)
    });
}
