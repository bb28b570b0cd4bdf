//! From what was found to what is reported: selection, comments, baseline.

use kubelogic_core::finding::Finding;
use kubelogic_core::read::Source;

use crate::baseline::Baseline;
use crate::selection::Selection;
use crate::suppression::hear;
use crate::{Sources, Suppressed, order};

/// What decides about findings.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Which codes are reported.
    pub selection: Selection,
    /// Comments in the files are not heard.
    pub deaf: bool,
    /// What is known already.
    pub baseline: Option<Baseline>,
}

/// What is reported, and what is not.
#[derive(Clone, Debug, Default)]
pub struct Reviewed {
    /// What is reported, in the order of the inputs.
    pub findings: Vec<Finding>,
    /// What comments and the baseline hold back, in the same order.
    pub suppressed: Vec<Suppressed>,
}

/// Decides about findings. `inputs` are the sources as they were read, `sources` the same for writers.
///
/// Comments are heard before anything is selected, so that none counts as unused only because its code is not
/// selected today.
///
/// ```
/// use kubelogic_core::read::{Options, text};
/// use kubelogic_report::review::{Rules, review};
/// use kubelogic_report::{Sources, selection::Selection};
/// let reading = text("kind: A\nkind: B\n", &Options::named("a.yaml"));
/// let selection = Selection::new([""; 0], ["read/duplicate-key"]).unwrap();
/// let rules = Rules { selection, ..Rules::default() };
/// assert!(review(reading.findings, &reading.sources, &Sources::none(), &rules).findings.is_empty());
/// ```
pub fn review(findings: Vec<Finding>, inputs: &[Source], sources: &Sources<'_>, rules: &Rules) -> Reviewed {
    let mut reviewed = Reviewed { findings, suppressed: Vec::new() };
    if !rules.deaf {
        let heard = hear(reviewed.findings, inputs, sources.all_objects());
        (reviewed.findings, reviewed.suppressed) = (heard.findings, heard.suppressed);
    }
    reviewed.findings.retain(|finding| rules.selection.covers(finding.code));
    reviewed.suppressed.retain(|one| rules.selection.covers(one.finding.code));
    if let Some(baseline) = &rules.baseline {
        let wanted =
            |code: &str| rules.selection.covers(code) && rules.selection.covers("check/gone-finding");
        let compared = baseline.compare(reviewed.findings, sources, wanted);
        reviewed.findings = compared.findings;
        reviewed.suppressed.extend(compared.suppressed);
    }
    order::sort(&mut reviewed.findings, inputs.iter().map(|source| &source.name));
    reviewed
}
