//! Findings as JSON: the same objects that the question catalogue answers with.

use std::fmt::Write as _;

use crate::Report;

/// One array, in lines, keys sorted.
pub fn array(report: &Report<'_>) -> String {
    format!("{:#}\n", serde_json::json!(report.findings))
}

/// One object per line and finding.
pub fn lines(report: &Report<'_>) -> String {
    let mut text = String::new();
    for finding in report.findings {
        let _ = writeln!(text, "{}", serde_json::json!(finding));
    }
    text
}

#[cfg(test)]
mod tests {
    use kubelogic_core::finding::{Finding, Severity};

    use super::*;

    #[test]
    fn every_finding_is_one_line() {
        let findings = [
            Finding::new("read/syntax", Severity::Error, "a\nb\u{2028}c"),
            Finding::new("read/key", Severity::Note, "d").help("e"),
        ];
        let written = lines(&Report::of(&findings));
        let read: Vec<serde_json::Value> =
            written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(written.matches('\n').count(), 2);
        assert_eq!(read[0]["message"], "a\nb\u{2028}c");
        let whole: serde_json::Value = serde_json::from_str(&array(&Report::of(&findings))).unwrap();
        assert_eq!(whole, serde_json::json!(read));
    }
}
