//! What lasts from when to when.

use serde::{Deserialize, Serialize};

use super::{Detail, Moment, Tone, is_default};

/// What lasts from when to when, and what happens when.
///
/// ```
/// use kubelogic_report::picture::{Bar, Format, Moment, Picture, RenderOptions, Row, Timeline};
///
/// let mut timeline = Timeline::new("Certificates");
/// let bar = Bar::new("valid", "2026-01-01T00:00:00Z".parse::<Moment>()?).until("2027-01-01T00:00:00Z".parse()?);
/// timeline.rows.push(Row::new("apiserver").bar(bar));
/// let csv = Picture::from(timeline).render(Format::Csv, &RenderOptions::default())?;
/// assert!(csv.contains("apiserver,valid,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Timeline {
    /// What the picture shows.
    pub title: String,
    /// More about it, in a sentence or two.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// The time of the question, drawn as a line.
    #[serde(default, skip_serializing_if = "is_default")]
    #[cfg_attr(feature = "json-schema", schemars(with = "Option<String>"))]
    pub now: Option<Moment>,
    /// The rows; neighbours of one group are shown together.
    pub rows: Vec<Row>,
}

/// A row of a timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Row {
    /// The name.
    pub label: String,
    /// What it belongs to.
    #[serde(default, skip_serializing_if = "is_default")]
    pub group: String,
    /// What lasts or happens.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bars: Vec<Bar>,
    /// More about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub details: Vec<Detail>,
    /// Where it is written, such as `pki/ca.crt`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub location: Option<String>,
}

/// What lasts for a while, or happens in one instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Bar {
    /// What readers see.
    #[serde(default, skip_serializing_if = "is_default")]
    pub label: String,
    /// When it begins, or the instant, as in RFC 3339.
    #[cfg_attr(feature = "json-schema", schemars(with = "String"))]
    pub start: Moment,
    /// When it ends; without it, it is an instant.
    #[serde(default, skip_serializing_if = "is_default")]
    #[cfg_attr(feature = "json-schema", schemars(with = "Option<String>"))]
    pub end: Option<Moment>,
    /// What it means to the reader.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tone: Tone,
}

impl Timeline {
    /// A timeline of nothing.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// The first and the last moment that are drawn; never the same.
    pub(crate) fn range(&self) -> (Moment, Moment) {
        let bars = self.rows.iter().flat_map(|row| &row.bars);
        let moments = bars.flat_map(|bar| [Some(bar.start), bar.end]).chain([self.now]).flatten();
        let range = moments.fold(None, |range: Option<(Moment, Moment)>, moment| match range {
            Some((first, last)) => Some((first.min(moment), last.max(moment))),
            None => Some((moment, moment)),
        });
        let (first, last) = range.unwrap_or((Moment::EPOCH, Moment::EPOCH));
        if first == last { (first, last.plus(60)) } else { (first, last) }
    }
}

impl Row {
    /// A row without bars.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// Says what it belongs to.
    #[must_use]
    pub fn in_group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    /// Adds what lasts or happens.
    #[must_use]
    pub fn bar(mut self, bar: Bar) -> Self {
        self.bars.push(bar);
        self
    }

    /// Adds a fact about it.
    #[must_use]
    pub fn detail(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.details.push(Detail::new(name, value));
        self
    }

    /// Says where it is written.
    #[must_use]
    pub fn at(mut self, location: impl Into<String>) -> Self {
        self.location = Some(location.into());
        self
    }
}

impl Bar {
    /// An instant.
    pub fn new(label: impl Into<String>, start: Moment) -> Self {
        Self { label: label.into(), start, end: None, tone: Tone::Plain }
    }

    /// Makes it last.
    #[must_use]
    pub fn until(mut self, end: Moment) -> Self {
        self.end = Some(end);
        self
    }

    /// Says what it means to the reader.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}
