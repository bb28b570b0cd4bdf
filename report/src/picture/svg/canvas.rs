//! Elements of a drawing. Everything that comes from the input goes through [`escape`].

use std::fmt::{Display, Write as _};

use super::text_width;
use crate::picture::Picture;
use crate::picture::shown::{cut, shown};

/// What has been drawn, and how much room it takes.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    text: String,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Canvas {
    /// Draws an element; attributes are ours, texts within are not.
    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &dyn Display)]) {
        self.begin(name, attributes);
        self.text.truncate(self.text.len().saturating_sub(1));
        self.text.push_str("/>");
    }

    /// Begins an element.
    pub(super) fn begin(&mut self, name: &str, attributes: &[(&str, &dyn Display)]) {
        let _ = write!(self.text, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.text, " {name}=\"{}\"", escape(&value.to_string()));
        }
        self.text.push('>');
    }

    /// Ends an element.
    pub(super) fn end(&mut self, name: &str) {
        let _ = write!(self.text, "</{name}>");
    }

    /// What a reader sees who points at the element that has just begun.
    pub(super) fn tip(&mut self, text: &str) {
        let _ = write!(self.text, "<title>{}</title>", escape(text));
    }

    /// A rectangle with round corners.
    pub(super) fn rectangle(&mut self, class: &str, [left, top, width, height]: [f64; 4], radius: f64) {
        let (left, top, width, height) = (px(left), px(top), px(width), px(height));
        self.element(
            "rect",
            &[
                ("class", &class),
                ("x", &left),
                ("y", &top),
                ("width", &width),
                ("height", &height),
                ("rx", &px(radius)),
            ],
        );
    }

    /// A text from its beginning.
    pub(super) fn text(&mut self, class: &str, left: f64, base: f64, text: &str) {
        self.begin("text", &[("class", &class), ("x", &px(left)), ("y", &px(base))]);
        self.text.push_str(&escape(text));
        self.end("text");
    }

    /// A straight line.
    pub(super) fn line(&mut self, class: &str, [x1, y1, x2, y2]: [f64; 4]) {
        self.element(
            "line",
            &[("class", &class), ("x1", &px(x1)), ("y1", &px(y1)), ("x2", &px(x2)), ("y2", &px(y2))],
        );
    }

    /// Makes room for something that ends here.
    pub(super) fn reach(&mut self, right: f64, bottom: f64) {
        self.width = self.width.max(right);
        self.height = self.height.max(bottom);
    }
}

/// A coordinate in tenths of a pixel.
pub(super) fn px(number: f64) -> String {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A text that stays a text within elements and attributes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in shown(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

const MARGIN: f64 = 16.0;

/// The whole file: title, description, style and drawing.
pub(super) fn page(picture: &Picture, body: &Canvas) -> String {
    let mut head = Canvas::default();
    let mut top = MARGIN;
    let width = body.width.max(text_width(picture.title()).min(700.0) * 1.4).max(320.0);
    if !picture.title().is_empty() {
        top += 20.0;
        head.text("title", MARGIN, top, picture.title());
    }
    let columns = super::columns_in(width);
    let mut words = shown(picture.description());
    while !words.is_empty() {
        top += 18.0;
        let (line, rest) = first_line(&words, columns);
        head.text("description", MARGIN, top, &line);
        words = rest;
    }
    if top > MARGIN {
        top += 14.0;
    }
    let (width, height) = (width + 2.0 * MARGIN, top + body.height + MARGIN);
    let title = if picture.title().is_empty() { picture.kind() } else { picture.title() };
    let description = if picture.description().is_empty() { picture.kind() } else { picture.description() };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title description\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n<style>{}</style>\n\
         <rect class=\"page\" width=\"100%\" height=\"100%\"/>\n{}\n<g transform=\"translate({MARGIN} {})\">\n{}\n</g>\n</svg>\n",
        escape(title),
        escape(description),
        STYLE,
        head.text,
        px(top),
        body.text,
        width = px(width),
        height = px(height),
    )
}

/// As many words as fit, and the rest.
fn first_line(text: &str, columns: usize) -> (String, String) {
    let mut line = String::new();
    let mut words = text.split(' ');
    for word in words.by_ref() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if crate::picture::shown::width(&longer) > columns {
            let rest: Vec<&str> = std::iter::once(word).chain(words).collect();
            if line.is_empty() {
                // A word that fits nowhere.
                return (cut(word, columns), rest.into_iter().skip(1).collect::<Vec<_>>().join(" "));
            }
            return (line, rest.join(" "));
        }
        line = longer;
    }
    (line, String::new())
}

const STYLE: &str = include_str!("style.css");
