//! Pictures for a terminal: characters, marks, and colours when asked for.

mod graph;
mod grid;
mod table;
mod timeline;
mod tree;

use std::borrow::Cow;

use super::shown::shown;
use super::{Detail, Picture, RenderOptions, Tone};

/// The picture below its title.
pub(super) fn write(picture: &Picture, options: &RenderOptions) -> String {
    let paint = Paint { colors: options.colors };
    let mut text = String::new();
    if !picture.title().is_empty() {
        text.push_str(&paint.bold(&shown(picture.title())));
        text.push('\n');
    }
    if !picture.description().is_empty() {
        text.push_str(&shown(picture.description()));
        text.push('\n');
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let body = match picture {
        Picture::Graph(graph) => graph::write(graph, paint),
        Picture::Tree(tree) => tree::write(tree, paint),
        Picture::Table(table) => table::write(table, options.width, paint),
        Picture::Matrix(matrix) => grid::matrix(matrix, options.width, paint),
        Picture::HeatMap(map) => grid::heat_map(map, options.width, paint),
        Picture::Timeline(timeline) => timeline::write(timeline, options.width, paint),
    };
    for line in body.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Colours, or none.
#[derive(Clone, Copy, Debug)]
struct Paint {
    colors: bool,
}

impl Paint {
    fn bold(self, text: &str) -> Cow<'_, str> {
        self.paint("1", text)
    }

    fn dim(self, text: &str) -> Cow<'_, str> {
        self.paint("2", text)
    }

    fn tone(self, tone: Tone, text: &str) -> Cow<'_, str> {
        match tone {
            Tone::Plain => Cow::Borrowed(text),
            Tone::Good => self.paint("32", text),
            Tone::Note => self.paint("36", text),
            Tone::Warning => self.paint("33", text),
            Tone::Bad => self.paint("31", text),
            Tone::Muted => self.paint("2", text),
        }
    }

    fn paint<'a>(self, code: &str, text: &'a str) -> Cow<'a, str> {
        if self.colors && !text.is_empty() {
            Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// A name with its kind before it and its mark before that.
    fn named(self, tone: Tone, kind: &str, label: &str) -> String {
        let mut text = String::new();
        if !tone.mark().is_empty() {
            text.push_str(&self.tone(tone, tone.mark()));
            text.push(' ');
        }
        if !kind.is_empty() {
            text.push_str(&self.dim(&shown(kind)));
            text.push(' ');
        }
        text.push_str(&self.tone(tone, &shown(label)));
        text
    }
}

/// `verbs: get, list; resources: pods`
fn details(details: &[Detail]) -> String {
    let parts: Vec<String> =
        details.iter().map(|detail| format!("{}: {}", shown(&detail.name), shown(&detail.value))).collect();
    parts.join("; ")
}
