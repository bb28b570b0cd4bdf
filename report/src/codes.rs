//! The catalogue: every code of the project with what it means, why it matters, and what to do.

mod ask;
mod check;
mod cluster;
mod convert;
mod coverage;
mod crd;
mod decode;
mod expect;
mod impersonation;
mod internal;
mod kubeconfig;
mod meta;
mod object;
mod picture;
mod pki;
mod project;
mod query;
mod rbac;
mod read;
mod request;
mod review;
mod schema;
mod version;
mod workload;

use std::fmt::Write as _;

use kubelogic_core::finding::Severity;
use kubelogic_core::near::nearest;
use serde::Serialize;

/// One code of the catalogue. Codes are permanent: a code never changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema), schemars(rename = "ExplainedCode"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Code {
    /// The code: the room, a slash, and what is wrong.
    pub code: &'static str,
    /// How it is reported.
    pub nature: Nature,
    /// How bad it is, as long as nothing says otherwise.
    pub severity: Severity,
    /// The title, in a few words.
    pub title: &'static str,
    /// What it means and why it matters.
    pub about: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// A manifest that shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<&'static str>,
    /// The version of kubelogic that reports it first.
    pub since: &'static str,
}

/// How a code comes to whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "the documentation has a word for each")]
pub enum Nature {
    /// A finding: `check` reports it, or an answer carries it as a warning.
    Finding,
    /// An error: there is no answer.
    Error,
    /// Something that an answer takes for granted.
    Assumption,
    /// The reason why a question stays undecided.
    Undecided,
}

impl Nature {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::Error => "error",
            Self::Assumption => "assumption",
            Self::Undecided => "undecided",
        }
    }
}

/// Where the catalogue stands as a page.
const PAGE: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/findings.md");

/// Every room with its codes, in the order of the documentation.
const ROOMS: &[(&str, &[Code])] = &[
    ("read", read::CODES),
    ("object", object::CODES),
    ("decode", decode::CODES),
    ("meta", meta::CODES),
    ("version", version::CODES),
    ("schema", schema::CODES),
    ("crd", crd::CODES),
    ("convert", convert::CODES),
    ("workload", workload::CODES),
    ("cluster", cluster::CODES),
    ("coverage", coverage::CODES),
    ("kubeconfig", kubeconfig::CODES),
    ("pki", pki::CODES),
    ("rbac", rbac::CODES),
    ("request", request::CODES),
    ("review", review::CODES),
    ("impersonation", impersonation::CODES),
    ("expect", expect::CODES),
    ("check", check::CODES),
    ("project", project::CODES),
    ("picture", picture::CODES),
    ("ask", ask::CODES),
    ("query", query::CODES),
    ("internal", internal::CODES),
];

/// Every code, room by room.
///
/// ```
/// assert!(kubelogic_report::codes::all().any(|code| code.code == "read/syntax"));
/// ```
pub fn all() -> impl Iterator<Item = &'static Code> {
    ROOMS.iter().flat_map(|(_, codes)| codes.iter())
}

/// The names of the rooms, which are the words before the slash.
pub fn rooms() -> impl Iterator<Item = &'static str> {
    ROOMS.iter().map(|(room, _)| *room)
}

/// What a code means; nothing for a code that does not exist.
///
/// ```
/// let code = kubelogic_report::codes::explain("read/duplicate-key").unwrap();
/// assert_eq!(code.title, "a key stands twice");
/// ```
pub fn explain(code: &str) -> Option<&'static Code> {
    let (room, _) = code.split_once('/').unwrap_or(("version", code));
    let codes = ROOMS.iter().find(|(name, _)| *name == room).or_else(|| {
        // Codes without a slash.
        ROOMS.iter().find(|(_, codes)| codes.iter().any(|one| one.code == code))
    });
    codes?.1.iter().find(|one| one.code == code).or_else(|| all().find(|one| one.code == code))
}

/// The code that a word was probably meant to be.
///
/// ```
/// use kubelogic_report::codes::meant;
/// assert_eq!(meant("read/sintax"), Some("read/syntax"));
/// assert_eq!(meant("missing-role"), Some("rbac/missing-role"));
/// ```
pub fn meant(word: &str) -> Option<&'static str> {
    let mut known = all().map(|one| one.code);
    // A code without its room is a frequent slip.
    known
        .find(|code| code.split_once('/').is_some_and(|(_, name)| name == word))
        .or_else(|| nearest(word, all().map(|one| one.code)))
}

/// Where a code is explained in the documentation.
pub(crate) fn link(code: &str) -> String {
    let anchor: String = code.chars().filter(|character| *character != '/').collect();
    format!("{PAGE}#{anchor}")
}

impl Code {
    /// The explanation as text.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n\nWhat to do: {}", self.about, self.remedy);
        if let Some(example) = self.example {
            text.push_str("\n\nExample:\n");
            for line in example.lines() {
                text.push_str(if line.is_empty() { "" } else { "    " });
                text.push_str(line);
                text.push('\n');
            }
        }
        text
    }

    /// The explanation as Markdown.
    pub fn markdown(&self) -> String {
        let mut text = format!("{}\n\n**What to do:** {}\n", self.about, self.remedy);
        if let Some(example) = self.example {
            text.push_str("\n```yaml\n");
            text.push_str(example);
            if !example.ends_with('\n') {
                text.push('\n');
            }
            text.push_str("```\n");
        }
        text
    }
}

/// The whole catalogue as a page of the documentation.
pub fn page() -> String {
    let mut page = String::from(include_str!("codes/head.md"));
    for (room, codes) in ROOMS {
        page.push_str("\n| code | | |\n| --- | --- | --- |\n".replace("code", room).as_str());
        for code in *codes {
            let word = if code.nature == Nature::Finding { code.severity.name() } else { code.nature.name() };
            let anchor: String = code.code.chars().filter(|character| *character != '/').collect();
            let _ = writeln!(page, "| [`{}`](#{anchor}) | {word} | {} |", code.code, code.title);
        }
    }
    for code in all() {
        let word = if code.nature == Nature::Finding { code.severity.name() } else { code.nature.name() };
        let _ = write!(page, "\n## `{}`\n\n{word}, since {}: {}\n\n", code.code, code.since, code.title);
        page.push_str(&code.markdown());
    }
    page
}

/// A code as the files of the rooms write it.
const fn code(
    code: &'static str,
    nature: Nature,
    severity: Severity,
    title: &'static str,
    about: &'static str,
    remedy: &'static str,
) -> Code {
    Code { code, nature, severity, title, about, remedy, example: None, since: "0.1.0" }
}

const fn error(name: &'static str, title: &'static str, about: &'static str, remedy: &'static str) -> Code {
    code(name, Nature::Error, Severity::Error, title, about, remedy)
}

const fn finding(
    name: &'static str,
    severity: Severity,
    title: &'static str,
    about: &'static str,
    remedy: &'static str,
) -> Code {
    code(name, Nature::Finding, severity, title, about, remedy)
}

impl Code {
    /// The same with a manifest that shows it.
    const fn shown(mut self, example: &'static str) -> Self {
        self.example = Some(example);
        self
    }
}

#[cfg(test)]
mod tests;
