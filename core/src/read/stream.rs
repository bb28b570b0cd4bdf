//! Cuts a stream into documents and reads each of them.
//!
//! upstream: apimachinery pkg/util/yaml/decoder.go (`YAMLOrJSONDecoder`, `YAMLReader`, `LineReader`)

use std::borrow::Cow;

use memchr::memchr;
use memchr::memmem::Finder;

use super::assemble::{Assembler, Item, Note};
use super::error::{Code, ReadError};
use super::input::{decoded_until, first_forbidden};
use super::json::JsonReader;
use super::lines::{Lines, floor_boundary, position_in};
use super::options::{Options, StreamRules};
use super::yaml::fault::Fault;
use super::yaml::{Composer, Ending};
use crate::finding::{Finding, Severity};
use crate::object::builder::TreeBuilder;
use crate::object::tree::Tree;
use crate::object::{FieldPath, Location, Origin, Position};

/// Upstream guesses from so many bytes whether a stream is JSON.
const GUESS: usize = 4096;

/// One document that could be read.
pub(super) struct Document {
    pub(super) tree: Tree,
    /// The items of a list, when they were to be cut out and the document is one.
    pub(super) items: Option<Vec<Tree>>,
}

/// What a stream yields, in order.
pub(super) enum Outcome {
    Document(Box<Document>),
    Failed(ReadError),
    Finding(Finding),
}

/// Reads a stream.
pub(super) struct Stream<'t, 'o> {
    text: &'t str,
    options: &'o Options,
    /// Cut the items of lists out.
    split: bool,
    lines: Lines<'t>,
    document: u32,
    take: &'o mut dyn FnMut(Outcome),
    progress: &'o mut dyn FnMut(usize),
}

impl<'t, 'o> Stream<'t, 'o> {
    pub(super) fn new(
        text: &'t str,
        options: &'o Options,
        split: bool,
        take: &'o mut dyn FnMut(Outcome),
        progress: &'o mut dyn FnMut(usize),
    ) -> Self {
        // As kubectl drops a byte-order mark before it looks at anything.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        Self { text, options, split, lines: Lines::new(text), document: 0, take, progress }
    }

    pub(super) fn run(mut self) {
        let beginning = self.text.get(..floor_boundary(self.text, GUESS)).unwrap_or(self.text);
        if beginning.trim_start().starts_with('{') {
            self.json();
        } else {
            self.yaml(0, None);
        }
        (self.progress)(self.text.len());
    }

    fn json(&mut self) {
        let mut at = 0;
        let mut count = 0;
        loop {
            self.document += 1;
            let rest = self.text.get(at..).unwrap_or_default();
            let first = rest.len() - rest.trim_ascii_start().len();
            let start = self.lines.position(at + first);
            match self.json_document(at + first, start) {
                Ok(None) => return,
                Ok(Some(end)) => {
                    at = end;
                    count += 1;
                    (self.progress)(at);
                }
                Err(fault) => {
                    let limit = !matches!(fault.code, Code::Syntax);
                    let fault = with_template(fault, self.text);
                    if !limit
                        && count <= 1
                        && self.options.rules == StreamRules::Since133
                        && let Some(from) = yaml_begins(self.text, at)
                    {
                        self.document -= 1;
                        self.yaml(from, Some(&fault));
                        return;
                    }
                    let broken = fault.at;
                    let position = Some(self.lines.position(broken));
                    self.fail(
                        &fault,
                        Location {
                            source: self.options.source.clone(),
                            document: self.document,
                            item: None,
                            path: FieldPath::root(),
                            position,
                        },
                    );
                    // Upstream stops here; what stands behind the next separator is read nevertheless.
                    let rest = self.text.get(broken..).unwrap_or_default();
                    if let Some(next) = rest.find("\n---") {
                        self.yaml(broken + next + 1, None);
                    }
                    return;
                }
            }
        }
    }

    /// Reads one JSON value; returns its end, or `None` at the end of the text.
    fn json_document(&mut self, at: usize, start: Position) -> Result<Option<usize>, Fault> {
        let text = self.text.get(at..).unwrap_or_default();
        let limits = &self.options.limits;
        let base = Origin {
            source: self.options.source.clone(),
            document: self.document,
            item: None,
            start: Some(start),
        };
        let mut items = Vec::new();
        let mut lines = Lines::starting(text, start);
        let split = self.split;
        let mut lists = 0;
        let (value, builder, notes) = {
            let mut take = |item: Item| -> Result<(), Fault> {
                items.push((item.list, item_tree(item, text, &base, &mut lines)));
                Ok(())
            };
            let take_item: Option<&mut dyn FnMut(Item) -> Result<(), Fault>> =
                if split { Some(&mut take) } else { None };
            let mut out = Assembler::new(text, limits.depth, limits.document_bytes, take_item);
            let value = JsonReader::new(text, 0, &mut out).run().map_err(|fault| fault.shifted(at))?;
            lists += out.lists();
            (value, out.builder, out.notes)
        };
        let Some(value) = value else { return Ok(None) };
        if let Some(fault) = value.fault {
            let fault = fault.shifted(at);
            let position = Some(self.lines.position(fault.at));
            self.fail(&fault, location(&base, FieldPath::root(), position));
            return Ok(Some(at + value.end));
        }
        let own = text.get(..value.end).unwrap_or_default();
        self.report(notes, own, &base, start);
        self.deliver(builder, own, base, lists, items);
        Ok(Some(at + value.end))
    }

    /// Reads everything from byte `from` on as YAML. `json` is why it is not JSON.
    fn yaml(&mut self, from: usize, json: Option<&Fault>) {
        let mut json = json;
        let mut begin = from;
        let mut at = from;
        let mut empty = true;
        let bytes = self.text.as_bytes();
        let separator = Finder::new(b"\n---");
        while at < bytes.len() {
            let rest = self.text.get(at..).unwrap_or_default();
            let line = rest.as_bytes().starts_with(b"---");
            if line {
                let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
                let behind = rest.get(3..end).unwrap_or_default().trim();
                let bad = !behind.is_empty() && !behind.starts_with('#');
                if bad || !empty {
                    self.yaml_document(begin, at, json.take());
                    begin = at + end;
                    empty = true;
                    if bad {
                        self.document += 1;
                        self.bad_separator(at);
                    }
                } else {
                    empty = false;
                }
                at += end;
            } else {
                empty = false;
                at += separator.find(rest.as_bytes()).map_or(rest.len(), |next| next + 1);
            }
        }
        if !empty {
            self.yaml_document(begin, bytes.len(), json);
        }
    }

    fn bad_separator(&mut self, at: usize) {
        let position = Some(self.lines.position(at));
        let fault = Fault::new(Code::Separator, "only a comment may follow `---` in its line", at)
            .help("begin the document in the next line");
        self.fail(
            &fault,
            Location {
                source: self.options.source.clone(),
                document: self.document,
                item: None,
                path: FieldPath::root(),
                position,
            },
        );
    }

    fn yaml_document(&mut self, begin: usize, end: usize, json: Option<&Fault>) {
        let Some(chunk) = self.text.get(begin..end).filter(|chunk| !chunk.is_empty()) else { return };
        self.document += 1;
        let start = self.lines.position(begin);
        let text = as_lines(chunk);
        if let Err(fault) = self.compose(&text, start) {
            let fault = with_template(fault, &text);
            let origin = self.origin(start);
            // Upstream, too, tells what is wrong with the JSON when the text is neither.
            match json {
                Some(json) if fault.code == Code::Syntax => {
                    let position = Some(self.lines.position_anywhere(json.at));
                    self.fail(json, location(&origin, FieldPath::root(), position));
                }
                _ => {
                    let position = Some(position_in(&text, start, fault.at));
                    self.fail(&fault, location(&origin, FieldPath::root(), position));
                }
            }
        }
        (self.progress)(end);
    }

    fn compose(&mut self, text: &str, start: Position) -> Result<(), Fault> {
        let limits = &self.options.limits;
        let base = self.origin(start);
        let forbidden = first_forbidden(text);
        let mut split = self.split;
        loop {
            let mut items = Vec::new();
            let mut lines = Lines::starting(text, start);
            let mut take = |item: Item| -> Result<(), Fault> {
                items.push((item.list, item_tree(item, text, &base, &mut lines)));
                Ok(())
            };
            let take_item: Option<&mut dyn FnMut(Item) -> Result<(), Fault>> =
                if split { Some(&mut take) } else { None };
            let mut out = Assembler::new(text, limits.depth, limits.document_bytes, take_item);
            let read = Composer::new(text, &mut out).run();
            let ending = match (read, forbidden) {
                (Err(fault), Some(at)) if at < fault.at => return Err(control_character(fault, at)),
                (Err(fault), _) => return Err(fault),
                (Ok(ending), Some(at)) if decoded_until(text, ending.scanned) > at => {
                    return Err(control_character(Fault::syntax("", at), at));
                }
                (Ok(ending), _) => ending,
            };
            let (lists, builder, notes) = (out.lists(), out.builder, out.notes);
            if ending.whole || lists > 1 {
                // An alias reaches into another item, or a second `items` replaces the first: read in one piece.
                split = false;
                continue;
            }
            self.report(notes, text, &base, start);
            self.report_dropped(&ending, text, &base, start);
            if !ending.empty {
                self.deliver(builder, text, base, lists, items);
            }
            return Ok(());
        }
    }

    fn deliver(
        &mut self,
        builder: TreeBuilder,
        text: &str,
        origin: Origin,
        lists: u32,
        items: Vec<(u32, Tree)>,
    ) {
        let small = text.len() <= self.options.limits.document_bytes;
        // A document beyond the limit is a list whose items have texts of their own.
        let tree = if small { builder.finish(text, origin) } else { builder.finish_detached(text, origin) };
        let own = items.into_iter().filter(|(list, _)| *list == lists).map(|(_, tree)| tree);
        let items = (lists > 0).then(|| own.collect());
        (self.take)(Outcome::Document(Box::new(Document { tree, items })));
    }

    fn report_dropped(&mut self, ending: &Ending, text: &str, base: &Origin, start: Position) {
        let Some(at) = ending.dropped else { return };
        let position = Some(position_in(text, start, at));
        let finding = Finding::new(
            "read/dropped-content",
            Severity::Warning,
            "the document ends here, and kubectl passes over the rest of it without a word",
        )
        .at(location(base, FieldPath::root(), position))
        .help("begin another document with a line `---`");
        (self.take)(Outcome::Finding(finding));
    }

    fn report(&mut self, notes: Vec<Note>, text: &str, base: &Origin, start: Position) {
        // Notes come in the order of the text, and so do the places that they go back to, nearly.
        let (mut lines, mut related) = (Lines::starting(text, start), Lines::starting(text, start));
        for note in notes {
            let mut place = location(base, note.path, Some(lines.position(note.at)));
            place.item = note.item;
            let mut finding = Finding::new(note.code, note.severity, note.message).at(place.clone());
            if let Some((at, what)) = note.related {
                place.position = Some(related.position(at));
                finding = finding.related(place, what);
            }
            (self.take)(Outcome::Finding(finding));
        }
    }

    fn origin(&self, start: Position) -> Origin {
        let source = self.options.source.clone();
        Origin { source, document: self.document, item: None, start: Some(start) }
    }

    fn fail(&mut self, fault: &Fault, location: Location) {
        (self.take)(Outcome::Failed(ReadError {
            code: fault.code,
            message: fault.message.to_string(),
            location,
            help: fault.help.map(str::to_owned),
        }));
    }
}

/// Recognises a template that was not rendered by its braces near the place of the problem.
fn with_template(fault: Fault, text: &str) -> Fault {
    if !matches!(fault.code, Code::Syntax | Code::Key | Code::Alias) {
        return fault;
    }
    let at = fault.at.min(text.len());
    let before = text.get(..floor_boundary(text, at)).unwrap_or_default();
    let start = before.rmatch_indices('\n').nth(1).map_or(0, |(index, _)| index + 1);
    let after = text.get(before.len()..).unwrap_or_default();
    let end = before.len() + after.find('\n').unwrap_or(after.len());
    let near = text.get(start..end).unwrap_or_default();
    let until = near.get(..(at + 2).saturating_sub(start)).unwrap_or(near);
    let Some(braces) = until.rfind("{{").or_else(|| near.find("{{")) else { return fault };
    let message = "this is a template that was not rendered: `{{` stands where a value was expected";
    Fault::new(Code::Template, message, start + braces)
        .help("render it first, for example with `helm template`, and read what that prints")
}

fn control_character(fault: Fault, at: usize) -> Fault {
    if fault.code == Code::DocumentTooLarge {
        return fault;
    }
    Fault::syntax("a control character stands here, which YAML does not allow", at)
}

fn location(origin: &Origin, path: FieldPath, position: Option<Position>) -> Location {
    Location { source: origin.source.clone(), document: origin.document, item: origin.item, path, position }
}

/// The tree of one item of a list, with its own piece of the text.
fn item_tree(item: Item, text: &str, base: &Origin, lines: &mut Lines<'_>) -> Tree {
    let origin = Origin {
        source: base.source.clone(),
        document: base.document,
        item: Some(item.index),
        start: Some(lines.position(item.start)),
    };
    let own = text.get(item.start..item.end).unwrap_or_default().trim_end();
    item.builder.finish(own, origin)
}

/// The text as upstream's line reader hands it on: every line ends, and `\r\n` is `\n`.
///
/// The scanner reads both ends of line alike, so that text is copied only where it makes a difference.
fn as_lines(chunk: &str) -> Cow<'_, str> {
    let odd = memchr(b'\r', chunk.as_bytes()).is_some() && chunk.contains("\r\r\n");
    if !odd && chunk.ends_with('\n') {
        return Cow::Borrowed(chunk);
    }
    let mut text = if odd { chunk.replace("\r\n", "\n") } else { chunk.to_owned() };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Cow::Owned(text)
}

/// Where YAML begins behind a JSON value, by upstream's rule: behind white space up to the first line feed.
///
/// `None` where upstream gives up: less than four bytes are left, or a character was replaced.
fn yaml_begins(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let character = rest.chars().next().filter(|_| rest.len() >= 4)?;
        if character == char::REPLACEMENT_CHARACTER {
            return None;
        }
        if !character.is_whitespace() {
            return Some(at);
        }
        at += character.len_utf8();
        if character == '\n' {
            return Some(at);
        }
    }
}
