//! Questions about pictures.

#[cfg(feature = "rbac")]
mod access;

#[cfg(feature = "rbac")]
pub use access::{AccessGraphQuestion, AccessGraphResult};

use kubelogic_core::answer::Answer;
use kubelogic_report::picture::{Format, Picture, RenderOptions};
use schemars::JsonSchema;
use serde::Serialize;

use super::question::question;
use super::{AskError, Catalogue};

question! {
    /// A picture as text, SVG, HTML and so on.
    RenderQuestion {
        /// The picture: one that an answer holds, with its kind as `picture`, or one of the asker's own.
        picture: Picture,
        /// What to write it as.
        format: Format,
        /// How many columns a terminal has; 100 unless given.
        #[serde(default)]
        width: Option<u16>,
        /// Whether texts for a terminal are coloured.
        #[serde(default)]
        colors: bool,
        /// Groups of a page start folded when a graph has more nodes than this; 60 unless given.
        #[serde(default)]
        fold_above: Option<u32>,
    }
}

/// A picture as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RenderResult {
    /// The whole file.
    pub text: String,
}

pub(super) fn render(_: &Catalogue, question: RenderQuestion) -> Result<Answer<RenderResult>, AskError> {
    let RenderQuestion { picture, format, width, colors, fold_above, kube_version, .. } = question;
    let mut options = RenderOptions::default();
    if let Some(width) = width {
        options.width = usize::from(width);
    }
    if let Some(nodes) = fold_above {
        options.fold_above = usize::try_from(nodes).unwrap_or(usize::MAX);
    }
    options.colors = colors;
    let text = picture.render(format, &options).map_err(|error| {
        let mut refused = AskError::new(error.code(), error.to_string());
        if error.code() == "picture/format" {
            let formats: Vec<&str> = picture.formats().map(Format::name).collect();
            refused.help = Some(format!("it can be written as {}", formats.join(", ")));
        }
        refused
    })?;
    Ok(Answer::new(RenderResult { text }, kube_version.unwrap_or_default()))
}

#[cfg(feature = "rbac")]
pub(super) use access::access_graph;
