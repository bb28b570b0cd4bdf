//! Composes the first document of a text: events to values, with anchors, aliases and merge keys.
//!
//! What upstream does in two passes (node tree, then decoding into Go maps) happens in one here; the order of
//! assignments, which decides about merge keys and duplicates, is the same.
//!
//! upstream: go.yaml.in/yaml/v2 decode.go; sigs.k8s.io/yaml yaml.go (convertToJSONableObject)

use std::collections::HashMap;

use super::fault::Fault;
use super::parser::{Event, EventKind, Parser, Properties};
use super::resolve::{Resolved, Unresolved, resolve, resolve_plain};
use super::token::{Piece, Style};
use crate::object::Span;
use crate::object::builder::{NodeId, Text};
use crate::read::assemble::{Assembler, KeyForm, Suspect};
use crate::read::error::Code;
use crate::read::number::{go_json_float, go_short_float};

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

#[derive(Clone, Debug)]
enum Anchored {
    /// Not closed yet: an alias here would contain itself.
    Open,
    Container {
        node: NodeId,
        mapping: bool,
        generation: u32,
    },
    Scalar {
        resolved: Resolved,
        text: Box<str>,
    },
}

#[derive(Clone, Debug)]
struct Anchor {
    value: Anchored,
    /// Decoding steps that the value takes.
    steps: u64,
}

/// Aliases may make up this share of all decoding steps.
#[expect(clippy::cast_precision_loss, reason = "as upstream computes it")]
fn allowed_alias_share(steps: u64) -> f64 {
    const LOW: u64 = 400_000;
    const HIGH: u64 = 4_000_000;
    match steps {
        ..=LOW => 0.99,
        HIGH.. => 0.10,
        _ => 0.99 - 0.89 * ((steps - LOW) as f64 / (HIGH - LOW) as f64),
    }
}

pub(in crate::read) struct Composer<'t, 'a, 's> {
    parser: Parser<'t>,
    out: &'a mut Assembler<'t, 's>,
    frames: Vec<Frame>,
    anchors: Vec<Anchor>,
    names: HashMap<&'t str, usize>,
    steps: u64,
    alias_steps: u64,
}

type Done = Result<(), Fault>;

impl<'t, 'a, 's> Composer<'t, 'a, 's> {
    pub(in crate::read) fn new(text: &'t str, out: &'a mut Assembler<'t, 's>) -> Self {
        Self {
            parser: Parser::new(text),
            out,
            frames: Vec::with_capacity(16),
            anchors: Vec::new(),
            names: HashMap::new(),
            // The document itself is the first step.
            steps: 1,
            alias_steps: 0,
        }
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
        let steps = self.steps;
        // Upstream walks over the items of a merged list without decoding the list itself.
        let mapping = event.kind == EventKind::MappingStart;
        if mapping || !merge {
            self.step()?;
        }
        let anchor = event.properties.as_deref().and_then(|found| self.declare(found, Anchored::Open, 0));
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
        if let Some(index) = frame.anchor
            && let Some(anchor) = self.anchors.get_mut(index)
        {
            let generation = self.out.generation();
            anchor.value = Anchored::Container { node, mapping, generation };
            anchor.steps = self.steps - frame.steps;
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

    /// One step of upstream's decoder.
    fn step(&mut self) -> Done {
        self.steps += 1;
        self.check_alias_share()
    }

    #[expect(clippy::cast_precision_loss, reason = "as upstream computes it")]
    fn check_alias_share(&self) -> Done {
        if self.alias_steps > 100
            && self.steps > 1000
            && self.alias_steps as f64 / self.steps as f64 > allowed_alias_share(self.steps)
        {
            return Err(Fault::new(
                Code::AliasExpansion,
                "aliases multiply the size of this document beyond what Kubernetes reads",
                self.parser.scanner.at,
            ));
        }
        Ok(())
    }

    fn alias_run(&mut self, steps: u64) -> Done {
        self.steps = self.steps.saturating_add(steps);
        self.alias_steps = self.alias_steps.saturating_add(steps);
        self.check_alias_share()
    }

    fn declare(&mut self, properties: &Properties, value: Anchored, steps: u64) -> Option<usize> {
        let (start, end) = properties.anchor?;
        let name = self.parser.scanner.text.get(start as usize..end as usize)?;
        let index = self.anchors.len();
        self.anchors.push(Anchor { value, steps });
        self.names.insert(name, index);
        Some(index)
    }

    fn find(&self, start: u32, end: u32) -> Result<Anchor, Fault> {
        let name = self.parser.scanner.text.get(start as usize..end as usize).unwrap_or_default();
        let anchor = self.names.get(name).and_then(|index| self.anchors.get(*index));
        let at = start.saturating_sub(1) as usize;
        match anchor {
            None => {
                Err(Fault::new(Code::Alias, "this alias names an anchor that does not stand before it", at)
                    .help("put the value between quotes if it is meant as text"))
            }
            Some(Anchor { value: Anchored::Open, .. }) => {
                Err(Fault::new(Code::Alias, "this alias stands inside the value that it names", at))
            }
            Some(anchor) => Ok(anchor.clone()),
        }
    }

    /// Copies what an alias names; `false` when that stands in another item of the list.
    fn alias(&mut self, start: u32, end: u32) -> Result<bool, Fault> {
        let anchor = self.find(start, end)?;
        self.alias_run(anchor.steps)?;
        match anchor.value {
            Anchored::Open => {}
            Anchored::Container { node, generation, .. } => {
                if generation != self.out.generation() {
                    return Ok(false);
                }
                self.out.copy(node);
            }
            Anchored::Scalar { resolved, text, .. } => {
                // The scalar's own place may lie in another item: the alias stands for it.
                let span = self.out.span(start.saturating_sub(1), end);
                self.add(&resolved, Text::Decoded(&text, span), span, start);
            }
        }
        Ok(true)
    }

    fn scalar(&mut self, event: &Event, style: Style, piece: Piece) -> Done {
        let text = piece_text(self.parser.scanner.text, &self.parser.scanner.scratch, piece);
        let span = self.out.span(event.at, event.end);
        let resolved = match (&event.properties, style) {
            (None, Style::Plain) => resolve_plain(text),
            (None, _) => Resolved::Text,
            (Some(found), _) => {
                if found.tag.is_empty() && style != Style::Plain {
                    Resolved::Text
                } else {
                    resolve(&found.tag, text).map_err(|why| unresolved(why, event))?
                }
            }
        };
        if let Some(found) = &event.properties
            && found.anchor.is_some()
        {
            let (resolved, text) = (resolved.clone(), Box::from(text));
            let value = Anchored::Scalar { resolved, text };
            self.declare(found, value, 1);
        }
        let (scanner, out) = (&self.parser.scanner, &mut *self.out);
        let text = match piece {
            Piece::Scratch { .. } => Text::Decoded(piece_text(scanner.text, &scanner.scratch, piece), span),
            Piece::Source { start, len } => {
                let inside = out.span(start, start + len);
                if style == Style::Quoted { Text::Quoted(inside) } else { Text::Verbatim(inside) }
            }
        };
        add(out, &resolved, text, span, event.at);
        Ok(())
    }

    fn add(&mut self, resolved: &Resolved, text: Text<'_>, span: Span, at: u32) {
        add(self.out, resolved, text, span, at);
    }

    fn key(&mut self, event: &Event) -> Done {
        let source = self.parser.scanner.text;
        match &event.kind {
            EventKind::Scalar(style, piece) => {
                let text = piece_text(source, &self.parser.scanner.scratch, *piece);
                let tag = event.properties.as_deref().map_or(&[][..], |found| &found.tag);
                let implicit = (tag.is_empty() && *style == Style::Plain) || tag == b"!";
                if text == "<<" && (implicit || tag == b"tag:yaml.org,2002:merge") {
                    if let Some(found) = event.properties.as_deref()
                        && found.anchor.is_some()
                    {
                        let value = Anchored::Scalar { resolved: Resolved::Text, text: Box::from(text) };
                        self.declare(found, value, 1);
                    }
                    self.expect(Expect::Merge);
                    return Ok(());
                }
                self.step()?;
                let text = piece_text(source, &self.parser.scanner.scratch, *piece);
                let resolved = if tag.is_empty() && *style != Style::Plain {
                    Resolved::Text
                } else {
                    resolve(tag, text).map_err(|why| unresolved(why, event))?
                };
                if let Some(found) = event.properties.as_deref()
                    && found.anchor.is_some()
                {
                    let (resolved, text) = (resolved.clone(), Box::from(text));
                    let value = Anchored::Scalar { resolved, text };
                    self.declare(found, value, 1);
                }
                let (scanner, out) = (&self.parser.scanner, &mut *self.out);
                let span = out.span(event.at, event.end);
                let text = match *piece {
                    Piece::Scratch { .. } => {
                        Text::Decoded(piece_text(source, &scanner.scratch, *piece), span)
                    }
                    Piece::Source { start, len } => {
                        let inside = out.span(start, start + len);
                        if *style == Style::Quoted { Text::Quoted(inside) } else { Text::Verbatim(inside) }
                    }
                };
                add_key(out, &resolved, text, span, event.at);
            }
            EventKind::Alias(start, end) => {
                self.step()?;
                let anchor = self.find(*start, *end)?;
                self.alias_run(anchor.steps)?;
                let Anchored::Scalar { resolved, text, .. } = anchor.value else {
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
                let anchor = self.find(*start, *end)?;
                let Anchored::Container { node, mapping: true, generation } = anchor.value else {
                    return Err(bad_merge(event.start));
                };
                self.step()?;
                self.alias_run(anchor.steps)?;
                if generation != self.out.generation() {
                    return Ok(false);
                }
                self.out.merge_mapping(node);
                self.expect(Expect::Key);
                Ok(true)
            }
            _ => Err(bad_merge(event.start)),
        }
    }
}

fn add(out: &mut Assembler<'_, '_>, resolved: &Resolved, text: Text<'_>, span: Span, at: u32) {
    match resolved {
        Resolved::Text => {
            out.builder.string(text);
        }
        Resolved::Null => {
            out.builder.null(span);
        }
        Resolved::Bool(value) => {
            out.builder.bool(*value, span);
        }
        Resolved::Int(value) => {
            let node = if let Text::Verbatim(inside) = text
                && out.is_canonical_integer(inside)
            {
                out.builder.number(text, false)
            } else {
                out.builder.number(Text::Decoded(&value.to_string(), span), false)
            };
            let _ = node;
        }
        Resolved::Unsigned(value) => {
            out.builder.number(Text::Decoded(&value.to_string(), span), false);
        }
        Resolved::Float(value) => {
            let node = out.builder.number(Text::Decoded(&go_json_float(*value), span), false);
            if !value.is_finite() {
                out.suspect(node, Suspect::Float, at);
            }
        }
        Resolved::Binary(value) => {
            out.builder.string(Text::Decoded(value, span));
        }
    }
}

fn add_key(out: &mut Assembler<'_, '_>, resolved: &Resolved, text: Text<'_>, span: Span, at: u32) {
    let decoded = |out: &mut Assembler<'_, '_>, value: &str, form: KeyForm| {
        out.key(Text::Decoded(value, span), form, at);
    };
    match resolved {
        Resolved::Text => out.key(text, KeyForm::Text, at),
        Resolved::Binary(value) => decoded(out, value, KeyForm::Text),
        Resolved::Bool(value) => decoded(out, if *value { "true" } else { "false" }, KeyForm::Bool),
        Resolved::Int(value) => {
            if let Text::Verbatim(inside) = text
                && out.is_canonical_integer(inside)
            {
                out.key(text, KeyForm::Int, at);
            } else {
                decoded(out, &value.to_string(), KeyForm::Int);
            }
        }
        Resolved::Float(value) => {
            decoded(out, &go_short_float(*value), KeyForm::Float(value.to_bits()));
        }
        // No JSON object has such keys; they are harmless only when the mapping itself is replaced.
        Resolved::Null => {
            out.suspect(out.builder.next_id(), Suspect::NullKey, at);
            decoded(out, "\0null", KeyForm::Null);
        }
        Resolved::Unsigned(value) => {
            out.suspect(out.builder.next_id(), Suspect::HugeKey, at);
            decoded(out, &format!("\0{value}"), KeyForm::Int);
        }
    }
}

fn piece_text<'b>(source: &'b str, scratch: &'b str, piece: Piece) -> &'b str {
    let (buffer, start, len) = match piece {
        Piece::Source { start, len } => (source, start, len),
        Piece::Scratch { start, len } => (scratch, start, len),
    };
    buffer.get(start as usize..start as usize + len as usize).unwrap_or_default()
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
