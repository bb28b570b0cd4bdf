//! The line that a finding is about, with everything hidden that may be secret.

use std::collections::HashMap;

use kubelogic::cluster::split_api_version;
use kubelogic::object::{Location, Object, SourceName};
use kubelogic::schema::Discovery;

use crate::style::shown;

/// Gives the bytes of an input again, by its name.
type Again<'a> = dyn Fn(&str) -> Option<Vec<u8>> + 'a;

/// Reads lines of the input again.
pub(crate) struct Excerpts<'a> {
    read: Box<Again<'a>>,
    /// Which documents and list items may be shown.
    open: HashMap<(SourceName, u32, Option<u32>), bool>,
    /// The input that was looked at last, with the start of each line.
    last: Option<(SourceName, String, Vec<usize>)>,
}

/// One line, ready to be printed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(crate) line: u32,
    pub(crate) text: String,
    /// How many characters stand before the place.
    pub(crate) caret: usize,
}

/// At most so many characters of a line are shown.
const WIDTH: usize = 100;

impl<'a> Excerpts<'a> {
    /// Excerpts of inputs that `read` gives again, by their names.
    pub(crate) fn new(read: impl Fn(&str) -> Option<Vec<u8>> + 'a) -> Self {
        Self { read: Box::new(read), open: HashMap::new(), last: None }
    }

    /// Allows lines of objects to be shown whose kind is known and holds no secrets.
    pub(crate) fn open<'o>(
        mut self,
        objects: impl IntoIterator<Item = &'o Object>,
        discovery: &Discovery,
    ) -> Self {
        for object in objects {
            let origin = object.origin();
            let key = (origin.source.clone(), origin.document, origin.item);
            self.open.insert(key, !is_secret(object) && is_known(object, discovery));
        }
        self
    }

    /// The line of a place; nothing when the input has no text or cannot be read again.
    pub(crate) fn of(&mut self, location: &Location) -> Option<Excerpt> {
        let position = location.position?;
        if self.last.as_ref().is_none_or(|(source, ..)| *source != location.source) {
            let text = text((self.read)(location.source.as_str())?)?;
            let starts = line_starts(&text);
            self.last = Some((location.source.clone(), text, starts));
        }
        let (_, text, starts) = self.last.as_ref()?;
        let index = usize::try_from(position.line).ok()?.checked_sub(1)?;
        let start = *starts.get(index)?;
        let end = starts.get(index + 1).copied().unwrap_or(text.len());
        let line = text.get(start..end)?.trim_end_matches(['\n', '\r']);
        let key = (location.source.clone(), location.document, location.item);
        let may_show = self.open.get(&key).copied().unwrap_or(false);
        let line = if may_show { shown(line).replace('\u{FFFD}', "?") } else { blanked(line) };
        let column = usize::try_from(position.column).ok()?.saturating_sub(1);
        let (text, caret) = window(&line, column);
        Some(Excerpt { line: position.line, text, caret })
    }
}

/// Text of bytes. An input in UTF-16 is shown without excerpts.
fn text(bytes: Vec<u8>) -> Option<String> {
    match bytes.as_slice() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => None,
        [0xEF, 0xBB, 0xBF, rest @ ..] => Some(String::from_utf8_lossy(rest).into_owned()),
        _ => Some(
            String::from_utf8(bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        ),
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(index, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(index + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0).chain(ends.map(|(index, _)| index + 1)).collect()
}

/// Objects whose values are secret: Secrets, kubeconfigs, encryption keys, and everything about tokens.
fn is_secret(object: &Object) -> bool {
    let (group, _) = split_api_version(object.api_version());
    let kind = object.kind();
    group == "authentication.k8s.io"
        || kind.contains("Secret")
        || kind.contains("Token")
        || matches!(kind, "Config" | "EncryptionConfiguration" | "EncryptionConfig")
}

fn is_known(object: &Object, discovery: &Discovery) -> bool {
    let (group, version) = split_api_version(object.api_version());
    // A kustomization may generate Secrets and stays closed; files of our own hold none.
    group == "kubelogic" || discovery.kind(group, version, object.kind()).is_some()
}

/// A line with its keys, and stars for everything else.
fn blanked(line: &str) -> String {
    let indent = line.len() - line.trim_start_matches([' ', '-']).len();
    let (before, rest) = line.split_at_checked(indent).unwrap_or(("", line));
    let key = rest
        .split_once(':')
        .filter(|(key, after)| is_key(key) && (after.is_empty() || after.starts_with([' ', '\t'])));
    let (key, value) = match key {
        Some((key, value)) => (format!("{key}:"), value),
        None => (String::new(), rest),
    };
    let stars = value.chars().map(|one| if one.is_whitespace() { ' ' } else { '*' });
    let before = before.chars().map(|one| if one == '-' { '-' } else { ' ' });
    before.chain(key.chars()).chain(stars).collect()
}

/// Whether a text looks like the name of a field.
fn is_key(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The part of a long line around a column.
fn window(line: &str, column: usize) -> (String, usize) {
    let length = line.chars().count();
    let column = column.min(length);
    if length <= WIDTH {
        return (line.to_owned(), column);
    }
    let start = column.saturating_sub(WIDTH / 2).min(length - WIDTH);
    let mut text: String = line.chars().skip(start).take(WIDTH).collect();
    let mut caret = column - start;
    if start > 0 {
        text.insert(0, '…');
        caret += 1;
    }
    if start + WIDTH < length {
        text.push('…');
    }
    (text, caret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_blanked_and_keys_are_not() {
        assert_eq!(blanked("  - password: hunter2"), "  - password: *******");
        assert_eq!(blanked("stringData:"), "stringData:");
        assert_eq!(blanked("  aHVudGVyMg=="), "  ************");
        assert_eq!(blanked("admin:$apr1$x"), "*************");
        assert_eq!(blanked("{\"token\": \"x\"}"), "********* ****");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = "x".repeat(500);
        let (text, caret) = window(&line, 300);
        assert_eq!(text.chars().count(), WIDTH + 2);
        assert_eq!(caret, WIDTH / 2 + 1);
        let (text, caret) = window(&line, 500);
        assert!(text.starts_with('…') && !text.ends_with('…'));
        assert_eq!(caret, WIDTH + 1);
        assert_eq!(window("short", 9), ("short".to_owned(), 5));
    }
}
