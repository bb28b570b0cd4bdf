//! Colours, and characters that must not reach a terminal.

use std::borrow::Cow;

use kubelogic_core::finding::Severity;

/// The colours of one stream.
///
/// ```
/// use kubelogic_report::style::Palette;
/// assert_eq!(Palette::PLAIN.bold("a"), "a");
/// assert_eq!(Palette::COLORS.bold("a"), "\u{1b}[1ma\u{1b}[0m");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    colors: bool,
}

impl Palette {
    /// No colours.
    pub const PLAIN: Self = Self { colors: false };
    /// Colours by ANSI escapes.
    pub const COLORS: Self = Self { colors: true };

    /// Whether anything is coloured.
    pub fn has_colors(self) -> bool {
        self.colors
    }

    /// Bold text.
    pub fn bold(self, text: &str) -> Cow<'_, str> {
        self.paint("1", text)
    }

    /// Text in the background.
    pub fn dim(self, text: &str) -> Cow<'_, str> {
        self.paint("2", text)
    }

    /// A yes, or an added line.
    pub fn green(self, text: &str) -> Cow<'_, str> {
        self.paint("32;1", text)
    }

    /// A no, an error, or a removed line.
    pub fn red(self, text: &str) -> Cow<'_, str> {
        self.paint("31;1", text)
    }

    /// kubectl's yellow.
    pub fn yellow(self, text: &str) -> Cow<'_, str> {
        self.paint("33;1", text)
    }

    /// A place in a text.
    pub fn cyan(self, text: &str) -> Cow<'_, str> {
        self.paint("36;1", text)
    }

    /// The colour of a severity.
    pub fn severity(self, severity: Severity, text: &str) -> Cow<'_, str> {
        match severity {
            Severity::Error => self.red(text),
            Severity::Warning => self.yellow(text),
            Severity::Note => self.cyan(text),
        }
    }

    fn paint<'a>(self, code: &str, text: &'a str) -> Cow<'a, str> {
        if self.colors { Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m")) } else { Cow::Borrowed(text) }
    }
}

/// Text from the input as it may be shown: control characters could drive the terminal.
///
/// ```
/// use kubelogic_report::style::shown;
/// assert_eq!(shown("a\u{1b}[31m"), "a\u{FFFD}[31m");
/// ```
pub fn shown(text: &str) -> Cow<'_, str> {
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
