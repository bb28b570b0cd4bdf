//! Colours, and characters that must not reach a terminal.

use std::borrow::Cow;

use kubelogic::finding::Severity;

/// The colours of one stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Palette {
    colors: bool,
}

impl Palette {
    pub(crate) const PLAIN: Self = Self { colors: false };
    pub(crate) const COLORS: Self = Self { colors: true };

    /// Whether anything is coloured.
    pub(crate) fn has_colors(self) -> bool {
        self.colors
    }

    pub(crate) fn bold(self, text: &str) -> Cow<'_, str> {
        self.paint("1", text)
    }

    pub(crate) fn dim(self, text: &str) -> Cow<'_, str> {
        self.paint("2", text)
    }

    pub(crate) fn green(self, text: &str) -> Cow<'_, str> {
        self.paint("32;1", text)
    }

    pub(crate) fn red(self, text: &str) -> Cow<'_, str> {
        self.paint("31;1", text)
    }

    /// kubectl's yellow.
    pub(crate) fn yellow(self, text: &str) -> Cow<'_, str> {
        self.paint("33;1", text)
    }

    pub(crate) fn severity(self, severity: Severity, text: &str) -> Cow<'_, str> {
        match severity {
            Severity::Error => self.red(text),
            Severity::Warning => self.yellow(text),
            Severity::Note => self.paint("36;1", text),
        }
    }

    fn paint<'a>(self, code: &str, text: &'a str) -> Cow<'a, str> {
        if self.colors { Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m")) } else { Cow::Borrowed(text) }
    }
}

/// Text from the input as it may be shown: control characters could drive the terminal.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_control) {
        Cow::Owned(
            text.chars().map(|one| if is_control(one) { char::REPLACEMENT_CHARACTER } else { one }).collect(),
        )
    } else {
        Cow::Borrowed(text)
    }
}

/// Control characters, and those that turn the direction of writing.
fn is_control(character: char) -> bool {
    character.is_control() && character != '\n'
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
