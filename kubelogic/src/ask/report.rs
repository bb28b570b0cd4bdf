//! Questions about findings: what they mean, how they look, how they are mended.

use kubelogic_core::answer::Answer;
use kubelogic_core::finding::{Edit, Finding, Fix, Severity};
use kubelogic_core::object::{FieldPath, Location, Position, SourceName};
use kubelogic_core::read;
use kubelogic_report::codes::{self, Code};
use kubelogic_report::diff::unified;
use kubelogic_report::review::{Rules, review};
use kubelogic_report::selection::Selection;
use kubelogic_report::style::Palette;
use kubelogic_report::{FailOn, Format, Report, Sources};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::question::{Manifest, question};
use super::{AskError, Catalogue};
use crate::fix::{Texts, rounds};

question! {
    /// What does a code mean?
    ExplainCodeQuestion {
        /// The code of a finding or an error; all of them unless given.
        #[serde(default)]
        code: Option<String>,
    }
}

question! {
    /// How do findings look in a format?
    RenderFindingsQuestion {
        /// Findings, as answers hold them.
        findings: Vec<GivenFinding>,
        /// The format.
        format: Format,
        /// The texts that the findings are about: formats that show lines need them.
        #[serde(default)]
        manifests: Vec<Manifest>,
        /// From which severity on a finding is a failure.
        #[serde(default)]
        fail_on: FailOn,
    }
}

question! {
    /// What is left when everything is mended that can be mended for certain?
    FixQuestion {
        /// The manifests.
        manifests: Vec<Manifest>,
        /// Mend only these codes, or codes of these rooms.
        #[serde(default)]
        select: Vec<String>,
        /// Do not mend these codes, nor codes of these rooms.
        #[serde(default)]
        ignore: Vec<String>,
    }
}

/// A finding that a question brings.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GivenFinding {
    /// The code.
    pub code: String,
    /// How bad it is.
    pub severity: GivenSeverity,
    /// What was found.
    pub message: String,
    /// Where it is.
    #[serde(default)]
    pub location: Option<GivenLocation>,
    /// The character behind the last one that it is about.
    #[serde(default)]
    pub end: Option<GivenPosition>,
    /// Further places.
    #[serde(default)]
    pub related: Vec<GivenRelated>,
    /// What to do about it.
    #[serde(default)]
    pub help: Option<String>,
    /// How to remove it.
    #[serde(default)]
    pub fix: Option<GivenFix>,
}

/// A change that a question brings.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenFix {
    /// What the change does.
    pub title: String,
    /// The input that is changed.
    pub source: String,
    /// The parts of the change.
    pub edits: Vec<GivenEdit>,
}

/// A part of a change that a question brings.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenEdit {
    /// The first character that is replaced.
    pub start: GivenPosition,
    /// The character behind the last one that is replaced.
    pub end: GivenPosition,
    /// What stands there afterwards.
    pub text: String,
}

/// How bad a given finding is.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GivenSeverity {
    /// Worth knowing.
    Note,
    /// Probably not what was meant.
    Warning,
    /// Wrong.
    Error,
}

/// A place that a question brings.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GivenLocation {
    /// The input.
    pub source: String,
    /// Which document of the input, from 1.
    #[serde(default = "one")]
    pub document: u32,
    /// Which item of the document's list, from 0.
    #[serde(default)]
    pub item: Option<u32>,
    /// The field.
    #[serde(default)]
    pub path: String,
    /// The line, from 1.
    #[serde(default)]
    pub line: Option<u32>,
    /// The column, from 1.
    #[serde(default)]
    pub column: Option<u32>,
}

/// A line and a column that a question brings, both from 1.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenPosition {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// A further place that a question brings.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenRelated {
    /// The place.
    pub location: GivenLocation,
    /// What is there.
    pub message: String,
}

fn one() -> u32 {
    1
}

/// What codes mean.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ExplainedCodes {
    /// The code that was asked for, or all of them.
    pub codes: Vec<Code>,
}

/// Findings in a format.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RenderFindingsResult {
    /// The whole text.
    pub text: String,
}

/// What mending has come to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FixResult {
    /// The manifests that change.
    pub manifests: Vec<FixedManifest>,
    /// What is found afterwards.
    pub findings: Vec<Finding>,
}

/// A manifest that changes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FixedManifest {
    /// Its name.
    pub source: SourceName,
    /// Its text with every fix.
    pub text: String,
    /// What was done, in the order in which it was done; positions are those of the text at that time.
    pub fixes: Vec<Fix>,
    /// The change as a unified diff.
    pub diff: String,
}

/// What `select` and `ignore` mean.
pub(super) fn selection(select: &[String], ignore: &[String]) -> Result<Selection, AskError> {
    Selection::new(select, ignore).map_err(|error| {
        let mut wrong = AskError::new("ask/unknown-code", error.to_string());
        wrong.help = Some(error.help());
        wrong
    })
}

pub(super) fn explain(question: &ExplainCodeQuestion) -> Result<Answer<ExplainedCodes>, AskError> {
    let codes = match &question.code {
        None => codes::all().copied().collect(),
        Some(code) => vec![*known(code)?],
    };
    Ok(Answer::new(ExplainedCodes { codes }, question.kube_version.unwrap_or_default()))
}

fn known(code: &str) -> Result<&'static Code, AskError> {
    codes::explain(code).ok_or_else(|| {
        let mut error = AskError::new("ask/unknown-code", format!("there is no code `{code}`"));
        error.help = codes::meant(code).map(|meant| format!("did you mean `{meant}`?"));
        error
    })
}

pub(super) fn render(question: RenderFindingsQuestion) -> Result<Answer<RenderFindingsResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let findings = question.findings.into_iter().map(finding).collect::<Result<Vec<_>, _>>()?;
    let mut reading = read::Reading::default();
    for manifest in &question.manifests {
        reading
            .append(read::text(&manifest.text, &read::Options::named(&manifest.source).for_version(version)));
    }
    let again = |name: &str| {
        let manifest = question.manifests.iter().find(|manifest| manifest.source == name);
        manifest.map(|manifest| manifest.text.clone().into_bytes())
    };
    let sources = Sources::new(again)
        .named(reading.sources.iter().map(|source| source.name.clone()))
        .objects(&reading.objects, version);
    let objects = reading.objects.len();
    let report = Report { objects, fail_on: question.fail_on, version, ..Report::of(&findings) };
    Ok(Answer::new(RenderFindingsResult { text: question.format.write(&report, &sources) }, version))
}

fn finding(given: GivenFinding) -> Result<Finding, AskError> {
    let severity = match given.severity {
        GivenSeverity::Note => Severity::Note,
        GivenSeverity::Warning => Severity::Warning,
        GivenSeverity::Error => Severity::Error,
    };
    let mut finding = Finding::new(known(&given.code)?.code, severity, given.message);
    finding.location = given.location.map(location).transpose()?;
    finding.end = given.end.map(position);
    finding.fix = given.fix.map(|fix| Fix {
        title: fix.title,
        source: SourceName::new(fix.source),
        edits: fix.edits.into_iter().map(edit).collect(),
    });
    finding.help = given.help;
    for related in given.related {
        finding = finding.related(location(related.location)?, related.message);
    }
    Ok(finding)
}

fn position(given: GivenPosition) -> Position {
    Position { line: given.line, column: given.column }
}

fn edit(given: GivenEdit) -> Edit {
    Edit { start: position(given.start), end: position(given.end), text: given.text }
}

fn location(given: GivenLocation) -> Result<Location, AskError> {
    let path = FieldPath::parse(&given.path)
        .ok_or_else(|| AskError::new("ask/bad-path", format!("`{}` is not a field path", given.path)))?;
    let position = given.line.zip(given.column).map(|(line, column)| Position { line, column });
    let GivenLocation { source, document, item, .. } = given;
    Ok(Location { source: SourceName::new(source), document, item, path, position })
}

pub(super) fn fix(catalogue: &Catalogue, question: &FixQuestion) -> Result<Answer<FixResult>, AskError> {
    let mut options = catalogue.options.clone();
    options.kube_version = question.kube_version.unwrap_or(options.kube_version);
    let rules = Rules { selection: selection(&question.select, &question.ignore)?, ..Rules::default() };
    let originals: Texts = question
        .manifests
        .iter()
        .map(|manifest| (SourceName::new(&manifest.source), manifest.text.clone().into_bytes()))
        .collect();
    if originals.len() < question.manifests.len() {
        return Err(AskError::bad_question(
            "two manifests have one `source`, and it would not be known which one to mend",
        ));
    }
    let mut check = |texts: &Texts| {
        let mut reading = read::Reading::default();
        for manifest in &question.manifests {
            let source = SourceName::new(&manifest.source);
            let bytes = texts.get(&source).map_or(manifest.text.as_bytes(), Vec::as_slice);
            reading.append(read::bytes(
                bytes,
                &read::Options::named(source.as_str()).for_version(options.kube_version),
            ));
        }
        let found = crate::check::reading(reading.clone(), &options).findings;
        let sources = Sources::none().objects(&reading.objects, options.kube_version);
        review(found, &reading.sources, &sources, &rules).findings
    };
    let first = check(&Texts::new());
    let fixing = rounds(first, &|source| originals.get(source).cloned(), &mut check);
    let manifests = fixing.files.into_iter().map(|file| {
        let (before, text) = (String::from_utf8_lossy(&file.before), String::from_utf8_lossy(&file.after));
        let diff = unified(file.source.as_str(), &before, &text, Palette::PLAIN);
        FixedManifest { source: file.source, text: text.into_owned(), fixes: file.fixes, diff }
    });
    let result = FixResult { manifests: manifests.collect(), findings: fixing.findings };
    Ok(Answer::new(result, options.kube_version))
}
