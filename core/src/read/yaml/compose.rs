//! Composes the first document of a text: events to values, with anchors, aliases and merge keys.
//!
//! What upstream does in two passes (node tree, then decoding into Go maps) happens in one here; the order of
//! assignments, which decides about merge keys and duplicates, is the same.
//!
//! upstream: go.yaml.in/yaml/v2 decode.go; sigs.k8s.io/yaml yaml.go (`convertToJSONableObject`)

use super::anchors::{Anchor, Anchored, Anchors};
use super::fault::Fault;
use super::parser::{Event, EventKind, Parser, Properties};
use super::resolve::{Resolved, Unresolved, resolve, resolve_plain};
use super::token::{Piece, Style};
use super::values::{add, add_key, piece_text, tree_text};
use crate::object::builder::Text;
use crate::read::assemble::Assembler;
use crate::read::error::Code;

/// How a document ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) struct Ending {
    /// The text holds no document at all.
    pub(in crate::read) empty: bool,
    /// Where text begins that upstream drops without a word.
    pub(in crate::read) dropped: Option<usize>,
    /// How far the scanner has looked.
    pub(in crate::read) scanned: usize,
    /// An alias named a node of another item: the document must be read in one piece.
    pub(in crate::read) whole: bool,
}

/// What a mapping, or a sequence, is waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    Item,
    Key,
    Value,
    /// The value of a merge key.
    Merge,
}

#[derive(Clone, Copy, Debug)]
struct Frame {
    expect: Expect,
    /// When it closes, its entries go to the mapping around it.
    merge: bool,
    anchor: Option<usize>,
    /// Decoding steps before it began.
    steps: u64,
}

pub(in crate::read) struct Composer<'t, 'a, 's> {
    parser: Parser<'t>,
    out: &'a mut Assembler<'t, 's>,
    frames: Vec<Frame>,
    anchors: Anchors<'t>,
}

type Done = Result<(), Fault>;

impl<'t, 'a, 's> Composer<'t, 'a, 's> {
    pub(in crate::read) fn new(text: &'t str, out: &'a mut Assembler<'t, 's>) -> Self {
        let anchors = Anchors::new(out.bytes_limit());
        Self { parser: Parser::new(text), out, frames: Vec::with_capacity(16), anchors }
    }

    /// Reads the first document, which is all that upstream reads.
    pub(in crate::read) fn run(mut self) -> Result<Ending, Fault> {
        let mut ending = Ending { empty: false, dropped: None, scanned: 0, whole: false };
        let first = self.parser.next()?;
        if first.kind == EventKind::StreamEnd {
            ending.empty = true;
            ending.scanned = self.parser.scanner.at;
            return Ok(ending);
        }
        loop {
            let event = self.parser.next()?;
            if !self.event(&event)? {
                ending.whole = true;
                return Ok(ending);
            }
            if self.frames.is_empty() {
                break;
            }
        }
        self.out.check_suspects()?;
        let end = self.parser.next()?;
        ending.scanned = self.parser.scanner.at;
        // A further event other than the end shows that something follows.
        match self.parser.next() {
            Ok(event) if event.kind == EventKind::StreamEnd => {}
            _ => ending.dropped = Some(end.start as usize),
        }
        Ok(ending)
    }

    /// Takes one event; `false` means that the document must be read in one piece.
    fn event(&mut self, event: &Event) -> Result<bool, Fault> {
        let expect = self.frames.last().map_or(Expect::Item, |frame| frame.expect);
        match &event.kind {
            EventKind::SequenceEnd | EventKind::MappingEnd => {
                self.close(event)?;
                return Ok(true);
            }
            EventKind::StreamEnd | EventKind::DocumentStart | EventKind::DocumentEnd => return Ok(true),
            _ => {}
        }
        match expect {
            Expect::Key => self.key(event)?,
            Expect::Merge => return self.merge(event),
            Expect::Item | Expect::Value => {
                self.out.begin(event.start)?;
                if !self.value(event, false)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn value(&mut self, event: &Event, merge: bool) -> Result<bool, Fault> {
        match &event.kind {
            EventKind::Scalar(style, piece) => {
                self.step()?;
                self.scalar(event, *style, *piece)?;
            }
            EventKind::Alias(start, end) => {
                self.step()?;
                if !self.alias(*start, *end)? {
                    return Ok(false);
                }
            }
            EventKind::SequenceStart | EventKind::MappingStart => {
                self.open(event, merge)?;
                return Ok(true);
            }
            _ => return Ok(true),
        }
        self.ended(event.end)?;
        Ok(true)
    }

    /// A value is complete.
    fn ended(&mut self, end: u32) -> Done {
        if let Some(frame) = self.frames.last_mut()
            && frame.expect != Expect::Item
        {
            frame.expect = Expect::Key;
        }
        self.out.end(end)
    }

    fn open(&mut self, event: &Event, merge: bool) -> Done {
        let steps = self.anchors.steps();
        // Upstream walks over the items of a merged list without decoding the list itself.
        let mapping = event.kind == EventKind::MappingStart;
        if mapping || !merge {
            self.step()?;
        }
        let anchor = event.properties.as_deref().and_then(|found| self.declare(found, Anchored::Open));
        let expect = if mapping {
            self.out.open_mapping(event.at)?;
            Expect::Key
        } else {
            self.out.open_sequence(event.at)?;
            Expect::Item
        };
        self.frames.push(Frame { expect, merge, anchor, steps });
        Ok(())
    }

    fn close(&mut self, event: &Event) -> Done {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let node = self.out.current();
        self.out.close();
        let mapping = event.kind == EventKind::MappingEnd;
        if let Some(index) = frame.anchor {
            let generation = self.out.generation();
            self.anchors.close(index, Anchored::Container { node, mapping, generation }, frame.steps);
        }
        if frame.merge {
            self.out.builder.replace(node);
            let sources = if mapping { vec![node] } else { self.out.children(node) };
            // Earlier items of the list win, so they are assigned last.
            for source in sources.into_iter().rev() {
                if !self.out.is_mapping(source) {
                    return Err(bad_merge(event.start));
                }
                self.out.merge_mapping(source);
            }
        }
        self.ended(event.end)
    }

    fn step(&mut self) -> Done {
        self.anchors.step(self.parser.scanner.at)
    }

    fn declare(&mut self, properties: &Properties, value: Anchored) -> Option<usize> {
        let (start, end) = properties.anchor?;
        let name = self.parser.scanner.text.get(start as usize..end as usize)?;
        Some(self.anchors.declare(name, value))
    }

    /// What an alias names; `start` and `end` are those of the name.
    fn find(&mut self, start: u32, end: u32) -> Result<Anchor, Fault> {
        let name = self.parser.scanner.text.get(start as usize..end as usize).unwrap_or_default();
        let at = start.saturating_sub(1) as usize;
        let anchor = self.anchors.find(name, at)?;
        self.anchors.expand(&anchor, at)?;
        if let Anchored::Scalar { text, .. } = &anchor.value {
            self.anchors.repeat(text.len(), at)?;
        }
        Ok(anchor)
    }

    /// Copies what an alias names; `false` when that stands in another item of the list.
    fn alias(&mut self, start: u32, end: u32) -> Result<bool, Fault> {
        match self.find(start, end)?.value {
            Anchored::Open => {}
            Anchored::Container { node, generation, .. } => {
                if generation != self.out.generation() {
                    return Ok(false);
                }
                self.anchors.repeat(self.out.text_bytes(node), start.saturating_sub(1) as usize)?;
                self.out.copy(node);
            }
            Anchored::Scalar { resolved, text } => {
                // The scalar's own place may lie in another item: the alias stands for it.
                let span = self.out.span(start.saturating_sub(1), end);
                add(self.out, &resolved, Text::Decoded(&text, span), span, start);
            }
        }
        Ok(true)
    }

    fn scalar(&mut self, event: &Event, style: Style, piece: Piece) -> Done {
        let resolved = self.resolve(event, style, piece)?;
        let span = self.out.span(event.at, event.end);
        let text = tree_text(self.out, &self.parser.scanner.scratch, style, piece, span);
        add(self.out, &resolved, text, span, event.at);
        Ok(())
    }

    /// The meaning of a scalar, which its anchor keeps.
    fn resolve(&mut self, event: &Event, style: Style, piece: Piece) -> Result<Resolved, Fault> {
        let text = piece_text(self.parser.scanner.text, &self.parser.scanner.scratch, piece);
        let Some(properties) = event.properties.as_deref() else {
            return Ok(if style == Style::Plain { resolve_plain(text) } else { Resolved::Text });
        };
        let resolved = if properties.tag.is_empty() && style != Style::Plain {
            Resolved::Text
        } else {
            resolve(&properties.tag, text).map_err(|why| unresolved(why, event))?
        };
        if properties.anchor.is_some() {
            let value = Anchored::Scalar { resolved: resolved.clone(), text: Box::from(text) };
            self.declare(properties, value);
        }
        Ok(resolved)
    }

    fn key(&mut self, event: &Event) -> Done {
        match &event.kind {
            EventKind::Scalar(style, piece) => {
                let merge = self.is_merge(event, *style, *piece);
                if !merge {
                    self.step()?;
                }
                let resolved = self.resolve(event, *style, *piece)?;
                if merge {
                    self.expect(Expect::Merge);
                    return Ok(());
                }
                let span = self.out.span(event.at, event.end);
                let text = tree_text(self.out, &self.parser.scanner.scratch, *style, *piece, span);
                add_key(self.out, &resolved, text, span, event.at);
            }
            EventKind::Alias(start, end) => {
                self.step()?;
                let Anchored::Scalar { resolved, text } = self.find(*start, *end)?.value else {
                    return Err(bad_key(event));
                };
                let span = self.out.span(event.at, event.end);
                add_key(self.out, &resolved, Text::Decoded(&text, span), span, event.at);
            }
            _ => return Err(bad_key(event)),
        }
        self.expect(Expect::Value);
        Ok(())
    }

    /// A `<<` without quotes, or with a tag that makes it one.
    fn is_merge(&self, event: &Event, style: Style, piece: Piece) -> bool {
        let tag = event.properties.as_deref().map_or(&[][..], |properties| &properties.tag);
        let implicit = (tag.is_empty() && style == Style::Plain) || tag == b"!";
        (implicit || tag == b"tag:yaml.org,2002:merge")
            && piece_text(self.parser.scanner.text, &self.parser.scanner.scratch, piece) == "<<"
    }

    fn expect(&mut self, expect: Expect) {
        if let Some(frame) = self.frames.last_mut() {
            frame.expect = expect;
        }
    }

    /// The value of a merge key.
    fn merge(&mut self, event: &Event) -> Result<bool, Fault> {
        match &event.kind {
            EventKind::MappingStart | EventKind::SequenceStart => {
                let span = self.out.span(event.start, event.start);
                self.out.builder.key(Text::Decoded("<<", span));
                self.value(event, true)
            }
            EventKind::Alias(start, end) => {
                self.step()?;
                let found = self.find(*start, *end)?.value;
                let Anchored::Container { node, mapping: true, generation } = found else {
                    return Err(bad_merge(event.start));
                };
                if generation != self.out.generation() {
                    return Ok(false);
                }
                self.anchors.repeat(self.out.text_bytes(node), event.start as usize)?;
                self.out.merge_mapping(node);
                self.expect(Expect::Key);
                Ok(true)
            }
            _ => Err(bad_merge(event.start)),
        }
    }
}

fn unresolved(why: Unresolved, event: &Event) -> Fault {
    let message = match why {
        Unresolved::WrongType => "the text does not fit the tag before it",
        Unresolved::NotBase64 => "the text behind `!!binary` is not base64",
    };
    Fault::new(Code::Tag, message, event.start as usize)
}

fn bad_key(event: &Event) -> Fault {
    Fault::new(Code::Key, "a list or a mapping cannot be a key", event.start as usize)
}

fn bad_merge(at: u32) -> Fault {
    Fault::new(
        Code::Merge,
        "only a mapping, an alias of one, or a list of these can be merged with `<<`",
        at as usize,
    )
}
