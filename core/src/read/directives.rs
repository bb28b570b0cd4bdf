//! Comments that speak to the checker: `# kubelogic: …`.

use memchr::memmem::Finder;

use crate::object::{Position, SourceName};

/// One input, whether or not anything could be read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name that positions are reported under.
    pub name: SourceName,
    /// The comments in it that begin with `kubelogic:`, in their order.
    pub directives: Vec<Directive>,
}

/// A comment that begins with `kubelogic:`.
///
/// Whether it stands in a comment at all is seen from the text alone: the same words inside a block scalar are a
/// directive here, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Where its `#` stands.
    pub position: Position,
    /// Which document of the input it stands in, from 1.
    pub document: u32,
    /// What follows `kubelogic:`, trimmed.
    pub text: String,
    /// The first line that it is about.
    pub first: u32,
    /// The last line that it is about.
    pub last: u32,
    /// Whether it stands at the head of a document, and is about all of it.
    pub whole_document: bool,
}

const MARK: &str = "kubelogic:";

impl Source {
    /// An input that has a name and no text.
    pub(super) fn unread(name: SourceName) -> Self {
        Self { name, directives: Vec::new() }
    }

    pub(super) fn of_text(name: SourceName, text: &str) -> Self {
        Self { name, directives: directives(text) }
    }
}

/// Finds the directives of a text.
///
/// Behind something a directive is about its own line, alone in a line about the next line with content, and in
/// front of everything in a document about the document.
fn directives(text: &str) -> Vec<Directive> {
    if Finder::new(MARK.as_bytes()).find(text.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut found: Vec<Directive> = Vec::new();
    // Those that wait for the next line with content, and those that wait for the end of their document.
    let (mut waiting, mut heads) = (Vec::new(), Vec::new());
    let mut head = true;
    // Counted as the reader counts them: a separator in front of everything begins no new document.
    let (mut document, mut empty) = (1, true);
    let mut number = 0;
    for line in lines(text) {
        number += 1;
        let content = line.trim_start();
        let is_separator = line.strip_prefix("---").is_some_and(|rest| {
            let rest = rest.trim();
            rest.is_empty() || rest.starts_with('#')
        });
        let comment_only = content.is_empty() || content.starts_with('#') || line.starts_with('%');
        if is_separator {
            // A document of nothing but comments hands them on to the next one.
            if !head {
                close(&mut found, &mut heads, number - 1);
                head = true;
            }
            waiting.clear();
            document += u32::from(!empty);
            empty = !empty;
        } else {
            empty = false;
        }
        if let Some((column, text)) = directive(line) {
            let index = found.len();
            let whole_document = head && (comment_only || is_separator);
            found.push(Directive {
                position: Position { line: number, column },
                document,
                text,
                first: number,
                last: number,
                whole_document,
            });
            if whole_document {
                heads.push(index);
            } else if comment_only {
                waiting.push(index);
            }
        }
        if !comment_only && !is_separator {
            head = false;
            for index in waiting.drain(..) {
                if let Some(directive) = found.get_mut(index) {
                    (directive.first, directive.last) = (number, number);
                }
            }
        }
    }
    close(&mut found, &mut heads, number);
    found
}

fn close(found: &mut [Directive], heads: &mut Vec<usize>, last: u32) {
    for index in heads.drain(..) {
        if let Some(directive) = found.get_mut(index) {
            directive.last = last;
        }
    }
}

/// The lines of a text, as positions count them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// The column and the text of a directive in a line.
fn directive(line: &str) -> Option<(u32, String)> {
    line.match_indices(MARK).find_map(|(at, _)| {
        let before = line.get(..at)?.trim_end_matches([' ', '\t']);
        let left = before.strip_suffix('#')?;
        if !left.is_empty() && !left.ends_with([' ', '\t']) {
            return None;
        }
        let column = u32::try_from(left.chars().count()).ok()?.checked_add(1)?;
        Some((column, line.get(at + MARK.len()..)?.trim().to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String, u32, u32, bool)> {
        let all = directives(text).into_iter();
        all.map(|one| (one.position.to_string(), one.text, one.first, one.last, one.whole_document)).collect()
    }

    fn one(place: &str, text: &str, first: u32, last: u32, whole: bool) -> (String, String, u32, u32, bool) {
        (place.to_owned(), text.to_owned(), first, last, whole)
    }

    #[test]
    fn a_directive_is_about_its_line_the_next_one_or_the_document() {
        let text = "# a\n# kubelogic: head\na: 1 # kubelogic: behind\n\n  # kubelogic: above\n  # b\n\nb: 2\n\
                    --- # kubelogic: second\nc: 3\n";
        assert_eq!(
            found(text),
            [
                one("2:1", "head", 2, 8, true),
                one("3:6", "behind", 3, 3, false),
                one("5:3", "above", 8, 8, false),
                one("9:5", "second", 9, 11, true),
            ]
        );
    }

    #[test]
    fn comments_in_front_of_the_first_separator_are_about_the_first_document() {
        assert_eq!(found("# kubelogic: x\n---\na: 1\n---\nb: 1\n"), [one("1:1", "x", 1, 3, true)]);
    }

    #[test]
    fn documents_are_counted_as_the_reader_counts_them() {
        let text = "---\na: 1 # kubelogic: 1\n--- # kubelogic: 2\n---\n# kubelogic: 3\nb: [\n";
        let numbers: Vec<u32> = directives(text).iter().map(|one| one.document).collect();
        let reading = crate::read::text(text, &crate::read::Options::named("-"));
        assert_eq!((numbers, reading.errors.last().unwrap().location.document), (vec![1, 2, 2], 2));
    }

    #[test]
    fn what_is_no_comment_is_no_directive() {
        assert_eq!(found("a: b#kubelogic: x\nb: kubelogic: y\n"), []);
        assert_eq!(found("a: 1 #kubelogic:x"), [one("1:6", "x", 1, 1, false)]);
        // Nothing follows it.
        assert_eq!(found("a: 1\n# kubelogic: x\n---\nb: 1"), [one("2:1", "x", 2, 2, false)]);
    }

    #[test]
    fn every_end_of_line_counts() {
        assert_eq!(found("a: 1\r\nb: 2\rc: 3 # kubelogic: x\r\n"), [one("3:6", "x", 3, 3, false)]);
    }
}
