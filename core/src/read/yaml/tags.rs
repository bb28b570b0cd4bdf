//! Anchors, aliases, tags and directives.
//!
//! upstream: go.yaml.in/yaml/v2 scannerc.go (anchors, tags and directives)

use super::characters::{byte, is_blank, is_break_or_end, is_white_or_end, is_word, width};
use super::fault::Fault;
use super::scanner::{Scanner, to_u32};
use super::token::{TagParts, TokenKind};

impl Scanner<'_> {
    /// An anchor or an alias; the token ends behind the name.
    pub(super) fn scan_name(&mut self, kind: TokenKind) -> Result<(), Fault> {
        let start = self.at;
        self.at += 1;
        self.skip_word();
        let ends = is_white_or_end(self.bytes, self.at)
            || matches!(self.byte(), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if self.at == start + 1 || !ends {
            return Err(Fault::syntax(
                if kind == TokenKind::Alias {
                    "`*` needs the name of an anchor behind it"
                } else {
                    "`&` needs a name of letters, digits, `_` and `-` behind it"
                },
                start,
            )
            .help("put the value between quotes when no alias or anchor is meant"));
        }
        self.push(kind, to_u32(start));
        Ok(())
    }

    pub(super) fn scan_tag(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let parts = if self.byte_after(1) == b'<' {
            self.at += 2;
            let suffix = self.scan_tag_uri(Vec::new(), false, start)?;
            if self.byte() != b'>' {
                return Err(Fault::syntax("the tag that begins here has no `>`", start));
            }
            self.at += 1;
            TagParts { handle: Vec::new(), suffix }
        } else {
            let handle = self.scan_tag_handle(false, start)?;
            if handle.len() > 1 && handle.last() == Some(&b'!') {
                let suffix = self.scan_tag_uri(Vec::new(), false, start)?;
                TagParts { handle, suffix }
            } else {
                let suffix = self.scan_tag_uri(handle.get(1..).unwrap_or_default().to_vec(), true, start)?;
                if suffix.is_empty() {
                    TagParts { handle: Vec::new(), suffix: vec![b'!'] }
                } else {
                    TagParts { handle: vec![b'!'], suffix }
                }
            }
        };
        if !is_white_or_end(self.bytes, self.at) {
            return Err(Fault::syntax("white space must follow a tag", self.at));
        }
        let index = to_u32(self.tags.len());
        self.tags.push(parts);
        self.push(TokenKind::Tag(index), to_u32(start));
        Ok(())
    }

    pub(super) fn scan_directive(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.at += 1;
        let name = self.at;
        self.skip_word();
        let name = self.bytes.get(name..self.at).unwrap_or_default();
        if name.is_empty() || !is_white_or_end(self.bytes, self.at) {
            return Err(Fault::syntax("`%` at the beginning of a line needs the name of a directive", start));
        }
        let kind = match name {
            b"YAML" => self.scan_version(start)?,
            b"TAG" => self.scan_tag_directive(start)?,
            _ => return Err(Fault::syntax("this directive is unknown", start)),
        };
        let end = self.offset();
        self.skip_blanks();
        self.skip_comment();
        if !is_break_or_end(self.bytes, self.at) {
            return Err(Fault::syntax("only a comment may follow a directive in its line", self.at));
        }
        self.skip_break();
        self.push_until(kind, to_u32(start), end);
        Ok(())
    }

    fn scan_version(&mut self, start: usize) -> Result<TokenKind, Fault> {
        self.skip_blanks();
        let major = self.scan_version_number(start)?;
        if self.byte() != b'.' {
            return Err(Fault::syntax("a `%YAML` directive needs a version such as 1.1", start));
        }
        self.at += 1;
        let minor = self.scan_version_number(start)?;
        Ok(TokenKind::Version { major, minor })
    }

    fn scan_version_number(&mut self, start: usize) -> Result<u8, Fault> {
        let first = self.at;
        let mut value = 0_u8;
        while self.byte().is_ascii_digit() {
            if self.at - first == 2 {
                return Err(Fault::syntax("the version in this directive is too long", start));
            }
            value = value * 10 + (self.byte() - b'0');
            self.at += 1;
        }
        if self.at == first {
            return Err(Fault::syntax("a `%YAML` directive needs a version such as 1.1", start));
        }
        Ok(value)
    }

    fn scan_tag_directive(&mut self, start: usize) -> Result<TokenKind, Fault> {
        self.skip_blanks();
        let handle = self.scan_tag_handle(true, start)?;
        if !is_blank(self.byte()) {
            return Err(Fault::syntax("a `%TAG` directive needs a handle and a prefix", start));
        }
        self.skip_blanks();
        let suffix = self.scan_tag_uri(Vec::new(), false, start)?;
        if !is_white_or_end(self.bytes, self.at) {
            return Err(Fault::syntax("white space must follow the prefix of a `%TAG` directive", self.at));
        }
        let index = to_u32(self.tags.len());
        self.tags.push(TagParts { handle, suffix });
        Ok(TokenKind::TagDirective(index))
    }

    fn scan_tag_handle(&mut self, directive: bool, start: usize) -> Result<Vec<u8>, Fault> {
        let first = self.at;
        if self.byte() != b'!' {
            return Err(Fault::syntax("a tag handle must begin with `!`", start));
        }
        self.at += 1;
        self.skip_word();
        if self.byte() == b'!' {
            self.at += 1;
        } else if directive && self.at != first + 1 {
            return Err(Fault::syntax("the handle of a `%TAG` directive must end with `!`", start));
        }
        Ok(self.bytes.get(first..self.at).unwrap_or_default().to_vec())
    }

    /// The rest of a tag behind `head`; empty only if `may_be_empty`.
    fn scan_tag_uri(&mut self, head: Vec<u8>, may_be_empty: bool, start: usize) -> Result<Vec<u8>, Fault> {
        let mut uri = head;
        let mut any = may_be_empty;
        loop {
            match self.byte() {
                b'%' => self.scan_uri_escape(&mut uri, start)?,
                letter if is_word(letter) || b";/?:@&=+$,.!~*'()[]".contains(&letter) => {
                    uri.push(letter);
                    self.at += 1;
                }
                _ => break,
            }
            any = true;
        }
        if !any {
            return Err(Fault::syntax("the tag that begins here has no name", start));
        }
        Ok(uri)
    }

    /// One character, written as one `%XX` for each of its UTF-8 bytes.
    fn scan_uri_escape(&mut self, uri: &mut Vec<u8>, start: usize) -> Result<(), Fault> {
        let mut left = None;
        while left != Some(0) {
            let digit = |distance| char::from(byte(self.bytes, self.at + distance)).to_digit(16);
            let octet = match (self.byte(), digit(1), digit(2)) {
                (b'%', Some(high), Some(low)) => u8::try_from(high * 16 + low).unwrap_or(0),
                _ => return Err(Fault::syntax("`%` in a tag needs two hexadecimal digits", start)),
            };
            let (lead, trail) = (matches!(octet, 0..=0x7F | 0xC0..=0xF7), octet & 0xC0 == 0x80);
            left = match left {
                None if lead => Some(width(octet) - 1),
                Some(count) if trail => Some(count - 1),
                _ => return Err(Fault::syntax("the escapes in this tag are no UTF-8", start)),
            };
            uri.push(octet);
            self.at += 3;
        }
        Ok(())
    }

    fn skip_word(&mut self) {
        while is_word(self.byte()) {
            self.at += 1;
        }
    }
}
