//! Makes events of tokens, as go-yaml's parser does: a state machine with a stack, no recursion.
//!
//! upstream: go.yaml.in/yaml/v2 parserc.go

use super::fault::Fault;
use super::scanner::Scanner;
use super::token::{Piece, Style, TagParts, Token, TokenKind};

/// What stands before a value: `&anchor` and `!tag`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    /// The name's bytes in the source.
    pub(super) anchor: Option<(u32, u32)>,
    /// The tag in full; empty when there is none.
    pub(super) tag: Vec<u8>,
}

/// What the composer is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EventKind {
    StreamEnd,
    DocumentStart,
    DocumentEnd,
    /// The name's bytes in the source.
    Alias(u32, u32),
    Scalar(Style, Piece),
    SequenceStart,
    SequenceEnd,
    MappingStart,
    MappingEnd,
}

/// One event and the bytes that it takes, properties not included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) kind: EventKind,
    /// Boxed, because nearly every value has none.
    pub(super) properties: Option<Box<Properties>>,
    /// Where the value begins, properties included.
    pub(super) start: u32,
    /// Where its own text begins and ends.
    pub(super) at: u32,
    pub(super) end: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    ImplicitDocumentStart,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequenceFirst,
    BlockSequenceEntry,
    IndentlessSequenceEntry,
    BlockMappingFirst,
    BlockMappingKey,
    /// Behind the colon of an entry.
    BlockMappingColon,
    BlockMappingValue,
    FlowSequenceFirst,
    FlowSequenceEntry,
    FlowPairKey,
    FlowPairValue,
    FlowPairEnd,
    FlowMappingFirst,
    FlowMappingKey,
    FlowMappingValue,
    FlowMappingEmptyValue,
    End,
}

#[derive(Debug)]
pub(super) struct Parser<'a> {
    pub(super) scanner: Scanner<'a>,
    pub(super) state: State,
    pub(super) states: Vec<State>,
    directives: Vec<TagParts>,
}

type Parsed = Result<Event, Fault>;

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            scanner: Scanner::new(text),
            state: State::ImplicitDocumentStart,
            states: Vec::with_capacity(32),
            directives: Vec::new(),
        }
    }

    /// The next event.
    pub(super) fn next(&mut self) -> Parsed {
        match self.state {
            State::ImplicitDocumentStart => self.document_start(true),
            State::DocumentStart => self.document_start(false),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(true, false),
            State::BlockSequenceFirst => self.block_sequence_entry(true),
            State::BlockSequenceEntry => match self.ordinary_item(false) {
                Some(event) => Ok(event),
                None => self.block_sequence_entry(false),
            },
            State::IndentlessSequenceEntry => match self.ordinary_item(true) {
                Some(event) => Ok(event),
                None => self.indentless_sequence_entry(),
            },
            State::BlockMappingFirst => self.block_mapping_key(true),
            State::BlockMappingKey => match self.ordinary_key() {
                Some(event) => Ok(event),
                None => self.block_mapping_key(false),
            },
            State::BlockMappingColon => match self.ordinary_value() {
                Some(event) => Ok(event),
                None => self.block_mapping_after_colon(),
            },
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceFirst => self.flow_sequence_entry(true),
            State::FlowSequenceEntry => self.flow_sequence_entry(false),
            State::FlowPairKey => self.flow_pair_key(),
            State::FlowPairValue => self.flow_pair_value(),
            State::FlowPairEnd => {
                let token = self.scanner.peek()?;
                self.state = State::FlowSequenceEntry;
                Ok(mark(EventKind::MappingEnd, token.start, token.start))
            }
            State::FlowMappingFirst => self.flow_mapping_key(true),
            State::FlowMappingKey => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_mapping_value(false),
            State::FlowMappingEmptyValue => self.flow_mapping_value(true),
            State::End => Ok(mark(EventKind::StreamEnd, self.scanner.offset(), self.scanner.offset())),
        }
    }

    pub(super) fn pop(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// Goes over the current token and looks at the next.
    fn advance(&mut self) -> Result<Token, Fault> {
        self.scanner.skip();
        self.scanner.peek()
    }

    fn document_start(&mut self, implicit: bool) -> Parsed {
        let mut token = self.scanner.peek()?;
        if !implicit {
            while token.kind == TokenKind::DocumentEnd {
                token = self.advance()?;
            }
        }
        let explicit = matches!(
            token.kind,
            TokenKind::Version { .. } | TokenKind::TagDirective(_) | TokenKind::DocumentStart
        );
        if token.kind == TokenKind::StreamEnd {
            self.state = State::End;
            self.scanner.skip();
            return Ok(mark(EventKind::StreamEnd, token.start, token.end));
        }
        if implicit && !explicit {
            self.process_directives()?;
            self.states.push(State::DocumentEnd);
            self.state = State::BlockNode;
            return Ok(mark(EventKind::DocumentStart, token.start, token.start));
        }
        self.process_directives()?;
        let next = self.scanner.peek()?;
        if next.kind != TokenKind::DocumentStart {
            return Err(Fault::syntax("a document with directives must begin with `---`", at(next)));
        }
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        self.scanner.skip();
        Ok(mark(EventKind::DocumentStart, token.start, next.end))
    }

    fn document_content(&mut self) -> Parsed {
        let token = self.scanner.peek()?;
        if matches!(
            token.kind,
            TokenKind::Version { .. }
                | TokenKind::TagDirective(_)
                | TokenKind::DocumentStart
                | TokenKind::DocumentEnd
                | TokenKind::StreamEnd
        ) {
            self.pop();
            return Ok(empty(token.start));
        }
        self.node(true, false)
    }

    fn document_end(&mut self) -> Parsed {
        let token = self.scanner.peek()?;
        if token.kind == TokenKind::DocumentEnd {
            self.scanner.skip();
        }
        self.directives.clear();
        self.state = State::DocumentStart;
        Ok(mark(EventKind::DocumentEnd, token.start, token.start))
    }

    fn node(&mut self, block: bool, indentless: bool) -> Parsed {
        let first = self.scanner.peek()?;
        if let TokenKind::Scalar(style, piece) = first.kind {
            // The ordinary case: nothing stands before the value.
            self.pop();
            self.scanner.skip();
            return Ok(Event {
                kind: EventKind::Scalar(style, piece),
                properties: None,
                start: first.start,
                at: first.start,
                end: first.end,
            });
        }
        if first.kind == TokenKind::Alias {
            self.pop();
            self.scanner.skip();
            let kind = EventKind::Alias(first.start + 1, first.end);
            return Ok(mark(kind, first.start, first.end));
        }
        let (token, properties) = self.properties(first)?;
        let kind = match token.kind {
            TokenKind::BlockEntry if indentless => {
                self.state = State::IndentlessSequenceEntry;
                EventKind::SequenceStart
            }
            TokenKind::Scalar(style, piece) => {
                self.pop();
                self.scanner.skip();
                EventKind::Scalar(style, piece)
            }
            TokenKind::FlowSequenceStart => {
                self.state = State::FlowSequenceFirst;
                EventKind::SequenceStart
            }
            TokenKind::FlowMappingStart => {
                self.state = State::FlowMappingFirst;
                EventKind::MappingStart
            }
            TokenKind::BlockSequenceStart if block => {
                self.state = State::BlockSequenceFirst;
                EventKind::SequenceStart
            }
            TokenKind::BlockMappingStart if block => {
                self.state = State::BlockMappingFirst;
                EventKind::MappingStart
            }
            _ if properties.is_some() => {
                self.pop();
                let event = empty(token.start.min(first.end));
                return Ok(Event { properties, start: first.start, ..event });
            }
            _ => return Err(missing_value(token)),
        };
        Ok(Event { kind, properties, start: first.start, at: token.start, end: token.end })
    }

    /// An anchor and a tag, in either order, and the token behind them.
    fn properties(&mut self, first: Token) -> Result<(Token, Option<Box<Properties>>), Fault> {
        if !matches!(first.kind, TokenKind::Anchor | TokenKind::Tag(_)) {
            return Ok((first, None));
        }
        let mut token = first;
        let mut properties = Properties::default();
        let mut tag = None;
        for _ in 0..2 {
            match token.kind {
                TokenKind::Anchor if properties.anchor.is_none() => {
                    properties.anchor = Some((token.start + 1, token.end));
                }
                TokenKind::Tag(index) if tag.is_none() => tag = Some((index, token)),
                _ => break,
            }
            token = self.advance()?;
        }
        if let Some((index, tag)) = tag {
            properties.tag = self.full_tag(index, at(tag))?;
        }
        Ok((token, Some(Box::new(properties))))
    }

    fn full_tag(&self, index: u32, at: usize) -> Result<Vec<u8>, Fault> {
        let Some(parts) = self.scanner.tags.get(index as usize) else { return Ok(Vec::new()) };
        if parts.handle.is_empty() {
            return Ok(parts.suffix.clone());
        }
        let found = self.directives.iter().find(|directive| directive.handle == parts.handle);
        match found {
            Some(directive) if !(directive.suffix.is_empty() && parts.suffix.is_empty()) => {
                Ok([directive.suffix.as_slice(), parts.suffix.as_slice()].concat())
            }
            _ => Err(Fault::syntax("the handle of this tag is not declared", at)),
        }
    }

    fn block_sequence_entry(&mut self, first: bool) -> Parsed {
        if first {
            self.scanner.peek()?;
            self.scanner.skip();
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::BlockEntry => {
                let next = self.advance()?;
                if matches!(next.kind, TokenKind::BlockEntry | TokenKind::BlockEnd) {
                    self.state = State::BlockSequenceEntry;
                    return Ok(empty(token.end));
                }
                self.states.push(State::BlockSequenceEntry);
                self.node(true, false)
            }
            TokenKind::BlockEnd => {
                self.pop();
                self.scanner.skip();
                Ok(mark(EventKind::SequenceEnd, token.start, token.end))
            }
            _ => Err(Fault::syntax("another item of the list or its end was expected here", at(token))
                .help("check the indentation of this line")),
        }
    }

    fn indentless_sequence_entry(&mut self) -> Parsed {
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::BlockEntry {
            self.pop();
            return Ok(mark(EventKind::SequenceEnd, token.start, token.start));
        }
        let next = self.advance()?;
        if matches!(
            next.kind,
            TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd
        ) {
            self.state = State::IndentlessSequenceEntry;
            return Ok(empty(token.end));
        }
        self.states.push(State::IndentlessSequenceEntry);
        self.node(true, false)
    }

    fn block_mapping_key(&mut self, first: bool) -> Parsed {
        if first {
            self.scanner.peek()?;
            self.scanner.skip();
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Key => self.block_mapping_part(token, State::BlockMappingValue),
            TokenKind::BlockEnd => {
                self.pop();
                self.scanner.skip();
                Ok(mark(EventKind::MappingEnd, token.start, token.end))
            }
            _ => Err(Fault::syntax("a key was expected here", at(token))
                .help("check the indentation of this line and the quotes before it")),
        }
    }

    fn block_mapping_value(&mut self) -> Parsed {
        let token = self.scanner.peek()?;
        if token.kind == TokenKind::Value {
            return self.block_mapping_part(token, State::BlockMappingKey);
        }
        self.state = State::BlockMappingKey;
        Ok(empty(token.start))
    }

    /// What follows a colon that was read without a token.
    fn block_mapping_after_colon(&mut self) -> Parsed {
        let colon = self.scanner.offset();
        let next = self.scanner.peek()?;
        self.block_mapping_node(colon, next, State::BlockMappingKey)
    }

    /// What follows `?` or `:` in a block mapping.
    fn block_mapping_part(&mut self, token: Token, after: State) -> Parsed {
        let next = self.advance()?;
        self.block_mapping_node(token.end, next, after)
    }

    fn block_mapping_node(&mut self, place: u32, next: Token, after: State) -> Parsed {
        if matches!(next.kind, TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd) {
            self.state = after;
            return Ok(empty(place));
        }
        self.states.push(after);
        self.node(true, true)
    }

    fn flow_sequence_entry(&mut self, first: bool) -> Parsed {
        if first {
            self.scanner.peek()?;
            self.scanner.skip();
        }
        let mut token = self.scanner.peek()?;
        if token.kind != TokenKind::FlowSequenceEnd {
            if !first {
                if token.kind != TokenKind::FlowEntry {
                    return Err(Fault::syntax("`,` or `]` was expected here", at(token)));
                }
                token = self.advance()?;
            }
            if token.kind == TokenKind::Key {
                self.state = State::FlowPairKey;
                self.scanner.skip();
                return Ok(mark(EventKind::MappingStart, token.start, token.end));
            }
            if token.kind != TokenKind::FlowSequenceEnd {
                self.states.push(State::FlowSequenceEntry);
                return self.node(false, false);
            }
        }
        self.pop();
        self.scanner.skip();
        Ok(mark(EventKind::SequenceEnd, token.start, token.end))
    }

    fn flow_pair_key(&mut self) -> Parsed {
        let token = self.scanner.peek()?;
        if matches!(token.kind, TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
            // Upstream goes over this token, whatever it is.
            self.scanner.skip();
            self.state = State::FlowPairValue;
            return Ok(empty(token.end));
        }
        self.states.push(State::FlowPairValue);
        self.node(false, false)
    }

    fn flow_pair_value(&mut self) -> Parsed {
        let mut token = self.scanner.peek()?;
        if token.kind == TokenKind::Value {
            token = self.advance()?;
            if !matches!(token.kind, TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
                self.states.push(State::FlowPairEnd);
                return self.node(false, false);
            }
        }
        self.state = State::FlowPairEnd;
        Ok(empty(token.start))
    }

    fn flow_mapping_key(&mut self, first: bool) -> Parsed {
        if first {
            self.scanner.peek()?;
            self.scanner.skip();
        }
        let mut token = self.scanner.peek()?;
        if token.kind != TokenKind::FlowMappingEnd {
            if !first {
                if token.kind != TokenKind::FlowEntry {
                    return Err(Fault::syntax("`,` or `}` was expected here", at(token)));
                }
                token = self.advance()?;
            }
            if token.kind == TokenKind::Key {
                token = self.advance()?;
                if matches!(token.kind, TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
                    self.state = State::FlowMappingValue;
                    return Ok(empty(token.start));
                }
                self.states.push(State::FlowMappingValue);
                return self.node(false, false);
            }
            if token.kind != TokenKind::FlowMappingEnd {
                self.states.push(State::FlowMappingEmptyValue);
                return self.node(false, false);
            }
        }
        self.pop();
        self.scanner.skip();
        Ok(mark(EventKind::MappingEnd, token.start, token.end))
    }

    fn flow_mapping_value(&mut self, empty_value: bool) -> Parsed {
        let mut token = self.scanner.peek()?;
        if !empty_value && token.kind == TokenKind::Value {
            token = self.advance()?;
            if !matches!(token.kind, TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
                self.states.push(State::FlowMappingKey);
                return self.node(false, false);
            }
        }
        self.state = State::FlowMappingKey;
        Ok(empty(token.start))
    }

    fn process_directives(&mut self) -> Result<(), Fault> {
        let mut token = self.scanner.peek()?;
        let mut version = false;
        loop {
            match token.kind {
                TokenKind::Version { major, minor } => {
                    if version {
                        return Err(Fault::syntax("a second `%YAML` directive", at(token)));
                    }
                    if (major, minor) != (1, 1) {
                        return Err(Fault::syntax(
                            "this document says that it is not YAML 1.1, which Kubernetes reads",
                            at(token),
                        )
                        .help("remove the `%YAML` line"));
                    }
                    version = true;
                }
                TokenKind::TagDirective(index) => {
                    let parts = self.scanner.tags.get(index as usize).cloned();
                    let Some(parts) = parts else { break };
                    if self.directives.iter().any(|directive| directive.handle == parts.handle) {
                        return Err(Fault::syntax("a second `%TAG` directive for one handle", at(token)));
                    }
                    self.directives.push(parts);
                }
                _ => break,
            }
            token = self.advance()?;
        }
        for (handle, prefix) in [("!", "!"), ("!!", "tag:yaml.org,2002:")] {
            if !self.directives.iter().any(|directive| directive.handle == handle.as_bytes()) {
                let (handle, suffix) = (handle.as_bytes().to_vec(), prefix.as_bytes().to_vec());
                self.directives.push(TagParts { handle, suffix });
            }
        }
        Ok(())
    }
}

fn missing_value(token: Token) -> Fault {
    match token.kind {
        TokenKind::StreamEnd => Fault::syntax("the text ends where a value was expected", at(token)),
        TokenKind::BlockEntry => Fault::syntax("a list item cannot begin here", at(token)),
        _ => Fault::syntax("a value was expected here", at(token)),
    }
}

fn mark(kind: EventKind, start: u32, end: u32) -> Event {
    Event { kind, properties: None, start, at: start, end }
}

/// A value that is not there.
fn empty(at: u32) -> Event {
    mark(EventKind::Scalar(Style::Plain, Piece::EMPTY), at, at)
}

fn at(token: Token) -> usize {
    token.start as usize
}
