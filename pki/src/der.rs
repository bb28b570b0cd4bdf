//! DER as Go's certificate parser takes it apart: single-byte tags, definite and shortest lengths, no copy.
//!
//! The rules are those of the reader that Kubernetes' own components use, so that a certificate which they refuse
//! is refused here.
//!
//! upstream: golang.org/x/crypto/cryptobyte (`asn1.go`)

mod integer;
mod oid;
mod time;

pub(crate) use integer::Integer;
pub(crate) use oid::{Oid, RawOid};

/// Tags that certificates use.
pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const NULL: u8 = 0x05;
    pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
    pub(crate) const UTF8_STRING: u8 = 0x0c;
    pub(crate) const NUMERIC_STRING: u8 = 0x12;
    pub(crate) const PRINTABLE_STRING: u8 = 0x13;
    pub(crate) const T61_STRING: u8 = 0x14;
    pub(crate) const IA5_STRING: u8 = 0x16;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const GENERALIZED_TIME: u8 = 0x18;
    pub(crate) const BMP_STRING: u8 = 0x1e;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;

    /// A context-specific tag of a primitive value.
    pub(crate) const fn context(number: u8) -> u8 {
        0x80 | number
    }

    /// A context-specific tag around other values.
    pub(crate) const fn constructed(number: u8) -> u8 {
        0xa0 | number
    }
}

/// The bytes that are left to read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Der<'a> {
    rest: &'a [u8],
}

/// One element: its tag, its content, and both with the header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'a> {
    pub(crate) tag: u8,
    pub(crate) content: &'a [u8],
    pub(crate) whole: &'a [u8],
}

impl<'a> Der<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn next_is(self, tag: u8) -> bool {
        self.rest.first() == Some(&tag)
    }

    /// The next element whatever its tag.
    pub(crate) fn any(&mut self) -> Option<Element<'a>> {
        let tag = *self.rest.first()?;
        // Tags of several bytes do not occur in certificates.
        if tag & 0x1f == 0x1f {
            return None;
        }
        let first = usize::from(*self.rest.get(1)?);
        let (header, length) = if first < 0x80 {
            (2, first)
        } else {
            let count = first & 0x7f;
            if count == 0 || count > 4 {
                return None;
            }
            let bytes = self.rest.get(2..2 + count)?;
            let length = bytes.iter().fold(0_usize, |length, byte| (length << 8) | usize::from(*byte));
            // Lengths are written as short as possible.
            if length < 128 || length >> ((count - 1) * 8) == 0 {
                return None;
            }
            (2 + count, length)
        };
        let end = header.checked_add(length)?;
        let (whole, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(Element { tag, content: whole.get(header..)?, whole })
    }

    /// The content of the next element, which must have this tag.
    pub(crate) fn read(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.any().filter(|element| element.tag == tag).map(|element| element.content)
    }

    /// What a sequence holds.
    pub(crate) fn sequence(&mut self) -> Option<Self> {
        self.read(tag::SEQUENCE).map(Self::new)
    }

    /// The next element with its header, which must have this tag.
    pub(crate) fn element(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.any().filter(|element| element.tag == tag).map(|element| element.whole)
    }

    /// An element that may be absent: `None` when what stands there is malformed.
    #[expect(clippy::option_option, reason = "absent and malformed are different answers")]
    pub(crate) fn optional(&mut self, tag: u8) -> Option<Option<&'a [u8]>> {
        if self.next_is(tag) { self.read(tag).map(Some) } else { Some(None) }
    }

    /// A boolean is 0 or 255.
    pub(crate) fn boolean(&mut self) -> Option<bool> {
        match self.read(tag::BOOLEAN)? {
            [0] => Some(false),
            [0xff] => Some(true),
            _ => None,
        }
    }

    pub(crate) fn integer(&mut self) -> Option<Integer<'a>> {
        Integer::new(self.read(tag::INTEGER)?)
    }

    /// A bit string, moved to the right so that it ends at a byte.
    pub(crate) fn bits_right_aligned(&mut self) -> Option<std::borrow::Cow<'a, [u8]>> {
        let (padding, bytes) = self.bits()?;
        if padding == 0 {
            return Some(bytes.into());
        }
        let mut carry = 0_u8;
        let shifted = bytes.iter().map(|byte| {
            let out = carry | (byte >> padding);
            carry = byte << (8 - padding);
            out
        });
        Some(shifted.collect::<Vec<u8>>().into())
    }

    /// How many bits at the end do not count, and the bytes.
    pub(crate) fn bits(&mut self) -> Option<(u8, &'a [u8])> {
        let (padding, bytes) = self.read(tag::BIT_STRING)?.split_first()?;
        let unused = match bytes.last() {
            None => *padding != 0,
            Some(last) => *padding < 8 && last & ((1_u8 << padding) - 1) != 0,
        };
        (*padding <= 7 && !unused).then_some((*padding, bytes))
    }

    pub(crate) fn oid(&mut self) -> Option<Oid> {
        Oid::parse(self.read(tag::OBJECT_IDENTIFIER)?)
    }

    pub(crate) fn utc_time(&mut self) -> Option<jiff::Timestamp> {
        time::utc(self.read(tag::UTC_TIME)?)
    }

    pub(crate) fn generalized_time(&mut self) -> Option<jiff::Timestamp> {
        time::generalized(self.read(tag::GENERALIZED_TIME)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_must_be_short() {
        assert!(Der::new(&[0x30, 0x00]).any().is_some());
        // 127 in the long form, a leading zero, an indefinite length, and more than there is.
        for bytes in
            [&[0x30, 0x81, 0x01, 0x00][..], &[0x30, 0x82, 0x00, 0x80], &[0x30, 0x80], &[0x30, 0x05, 0x00]]
        {
            assert!(Der::new(bytes).any().is_none(), "{bytes:?}");
        }
    }

    #[test]
    fn bits_that_do_not_count_must_be_zero() {
        assert!(Der::new(&[3, 2, 1, 0xfe]).bits().is_some());
        assert!(Der::new(&[3, 2, 1, 0xff]).bits().is_none());
        assert!(Der::new(&[3, 2, 8, 0x00]).bits().is_none());
        assert!(Der::new(&[3, 1, 1]).bits().is_none());
        assert_eq!(Der::new(&[3, 3, 4, 0xab, 0xc0]).bits_right_aligned().as_deref(), Some(&[0x0a, 0xbc][..]));
    }
}
