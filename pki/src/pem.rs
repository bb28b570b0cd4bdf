//! PEM as Go's decoder finds it in a text: what does not look like a block is passed over.
//!
//! upstream: Go's encoding/pem (`Decode`)

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::GeneralPurposeConfig;
use memchr::memmem;
use zeroize::Zeroizing;

/// A block of a PEM text. Its bytes may be a private key, so they are never printed and wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Block {
    label: String,
    headers: BTreeMap<String, String>,
    bytes: Zeroizing<Vec<u8>>,
    line: usize,
}

impl Block {
    /// What stands behind `BEGIN`: `CERTIFICATE`, `RSA PRIVATE KEY`, …
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The headers, as an encrypted key of OpenSSL's older format has them.
    pub fn headers(&self) -> &BTreeMap<String, String> {
        &self.headers
    }

    /// What the block holds.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The line of its `BEGIN`, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }
}

impl std::fmt::Debug for Block {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Block({:?} at line {}, {} bytes)", self.label, self.line, self.bytes.len())
    }
}

/// All blocks of a text, in order.
///
/// ```
/// let blocks = kubelogic_pki::pem::blocks(b"# a note\n-----BEGIN X-----\nAAEC\n-----END X-----\n");
/// assert_eq!((blocks[0].label(), blocks[0].bytes(), blocks[0].line()), ("X", &[0_u8, 1, 2][..], 2));
/// ```
pub fn blocks(text: &[u8]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((mut block, after)) = next(rest) {
        // `line` is the offset of the block so far.
        let before = text.len() - rest.len() + block.line;
        block.line = 1 + text.iter().take(before).filter(|byte| **byte == b'\n').count();
        found.push(block);
        rest = after;
    }
    found
}

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"\n-----END ";
const DASHES: &[u8] = b"-----";

/// Letters that do not count in the encoding are line ends; the last one must be complete and clean bits are not asked for.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// The first block, with its offset in `line`, and what is left behind it.
fn next(text: &[u8]) -> Option<(Block, &[u8])> {
    let mut rest = text;
    loop {
        let end = memmem::find(rest, END)?;
        let after_end = end + END.len();
        let candidate = block_before(rest, end, after_end, text.len() - rest.len());
        match candidate {
            Candidate::Block(block, after) => return Some((block, after)),
            Candidate::No(skip) => rest = rest.get(skip..)?,
            Candidate::Nothing => return None,
        }
    }
}

enum Candidate<'a> {
    Block(Block, &'a [u8]),
    /// Go on behind this many bytes.
    No(usize),
    Nothing,
}

/// The block that this `END` may close.
fn block_before(rest: &[u8], end: usize, after_end: usize, offset: usize) -> Candidate<'_> {
    let head = rest.get(..end).unwrap_or_default();
    let Some(begin) = memmem::rfind(head, BEGIN) else {
        return Candidate::No(after_end);
    };
    if begin > 0 && rest.get(begin - 1) != Some(&b'\n') {
        return Candidate::No(after_end);
    }
    let mut at = begin + BEGIN.len();
    let Some((type_line, next)) = line(rest, at) else { return Candidate::Nothing };
    at = next;
    let give_up = |at: usize| if after_end < at { Candidate::Nothing } else { Candidate::No(after_end) };
    let Some(label) = type_line.strip_suffix(DASHES) else { return give_up(at) };

    let mut headers = BTreeMap::new();
    loop {
        let Some((text, next)) = line(rest, at).filter(|_| at < rest.len()) else {
            return Candidate::Nothing;
        };
        let Some(colon) = text.iter().position(|byte| *byte == b':') else { break };
        let (key, value) = text.split_at_checked(colon).unwrap_or_default();
        headers.insert(trimmed(key), trimmed(value.get(1..).unwrap_or_default()));
        at = next;
    }
    // The headers ran over the end line: it is no block.
    if !headers.is_empty() && end < at {
        return give_up(at);
    }

    // The end line is the label again and nothing else.
    let Some(trailer) = rest.get(after_end..) else { return Candidate::Nothing };
    let Some(behind) = trailer.strip_prefix(label).and_then(|rest| rest.strip_prefix(DASHES)) else {
        return give_up(at);
    };
    let trailer_end = rest.len() - behind.len();
    if line(rest, trailer_end).is_none_or(|(text, _)| !text.is_empty()) {
        return give_up(at);
    }

    let mut bytes = Zeroizing::new(Vec::new());
    if let Some(body) = rest.get(at..end) {
        let clean: Zeroizing<Vec<u8>> =
            Zeroizing::new(body.iter().copied().filter(|byte| !b" \t\r\n".contains(byte)).collect());
        if BASE64.decode_vec(clean.as_slice(), &mut bytes).is_err() {
            return give_up(at);
        }
    }
    let (_, after) = line(rest, trailer_end).unwrap_or((&[], rest.len()));
    let block =
        Block { label: String::from_utf8_lossy(label).into_owned(), headers, bytes, line: begin + offset };
    Candidate::Block(block, rest.get(after..).unwrap_or_default())
}

/// The line that begins here without its end and trailing blanks, and where the next one begins.
fn line(text: &[u8], from: usize) -> Option<(&[u8], usize)> {
    let rest = text.get(from..)?;
    let (mut line, next) = match rest.iter().position(|byte| *byte == b'\n') {
        Some(end) => (rest.get(..end)?, from + end + 1),
        None => (rest, text.len()),
    };
    if next > from + line.len()
        && let [before @ .., b'\r'] = line
    {
        line = before;
    }
    while let [before @ .., b' ' | b'\t'] = line {
        line = before;
    }
    Some((line, next))
}

fn trimmed(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        blocks(text.as_bytes()).into_iter().map(|block| block.label).collect()
    }

    #[test]
    fn a_broken_block_does_not_hide_the_next() {
        let text = "-----BEGIN A-----\n!!!!\n-----END A-----\n-----BEGIN B-----\nAAAA\n-----END B-----";
        assert_eq!(labels(text), ["B"]);
        assert_eq!(labels("x-----BEGIN A-----\nAAAA\n-----END A-----\n"), Vec::<String>::new());
        assert_eq!(labels("-----BEGIN A-----\nAAAA\n-----END C-----\n"), Vec::<String>::new());
    }

    #[test]
    fn nothing_of_a_key_is_printed() {
        let text = "-----BEGIN EC PRIVATE KEY-----\nQ0FOQVJZ\n-----END EC PRIVATE KEY-----\n";
        let shown = format!("{:?}", blocks(text.as_bytes()));
        assert_eq!(shown, "[Block(\"EC PRIVATE KEY\" at line 1, 6 bytes)]");
    }

    #[test]
    fn headers_are_kept() {
        let text = "-----BEGIN K-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END K-----\n";
        assert_eq!(blocks(text.as_bytes())[0].headers()["Proc-Type"], "4,ENCRYPTED");
    }
}
