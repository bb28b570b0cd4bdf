//! What is reported, and in which format.

use kubelogic_core::finding::Finding;
use kubelogic_core::version::KubeVersion;

use crate::selection::FailOn;
use crate::style::Palette;
use crate::suppression::Suppressed;
use crate::{Sources, github, json, junit, sarif, text};

/// What a check has found, as the writers take it.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// What is reported, in its order.
    pub findings: &'a [Finding],
    /// What is not reported, and why.
    pub suppressed: &'a [Suppressed],
    /// How many objects were checked.
    pub objects: usize,
    /// From which severity on a finding is a failure.
    pub fail_on: FailOn,
    /// Whose behaviour was asked for.
    pub version: KubeVersion,
}

impl<'a> Report<'a> {
    /// A report of nothing but findings.
    pub fn of(findings: &'a [Finding]) -> Self {
        Self {
            findings,
            suppressed: &[],
            objects: 0,
            fail_on: FailOn::default(),
            version: KubeVersion::default(),
        }
    }
}

/// A format that findings are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema), schemars(rename = "FindingsFormat"))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Format {
    /// For people: message, source line, caret.
    Text,
    /// A JSON array of findings.
    Json,
    /// A JSON object per line and finding.
    Ndjson,
    /// SARIF 2.1.0.
    Sarif,
    /// `JUnit` XML.
    Junit,
    /// Workflow commands of GitHub Actions, which become annotations.
    Github,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 6] = [Self::Text, Self::Json, Self::Ndjson, Self::Sarif, Self::Junit, Self::Github];

    /// Writes a report.
    ///
    /// ```
    /// use kubelogic_core::finding::{Finding, Severity};
    /// use kubelogic_report::{Format, Report, Sources};
    /// let findings = [Finding::new("read/syntax", Severity::Error, "the text breaks off")];
    /// let written = Format::Ndjson.write(&Report::of(&findings), &Sources::none());
    /// assert_eq!(written, "{\"code\":\"read/syntax\",\"message\":\"the text breaks off\",\"severity\":\"error\"}\n");
    /// ```
    pub fn write(self, report: &Report<'_>, sources: &Sources<'_>) -> String {
        match self {
            Self::Text => text::all(report, sources, Palette::PLAIN),
            Self::Json => json::array(report),
            Self::Ndjson => json::lines(report),
            Self::Sarif => sarif::log(report, sources),
            Self::Junit => junit::xml(report, sources),
            Self::Github => github::annotations(report, sources),
        }
    }
}
