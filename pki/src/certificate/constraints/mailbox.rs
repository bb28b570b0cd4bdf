//! Mail addresses as constraints compare them.

/// The two sides of an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Mailbox {
    pub(crate) local: Vec<u8>,
    pub(crate) domain: String,
}

impl Mailbox {
    pub(crate) fn text(&self) -> String {
        format!("{}@{}", String::from_utf8_lossy(&self.local), self.domain)
    }
}

/// Takes an address apart; nothing when it is none by RFC 2821.
pub(crate) fn mailbox(text: &str) -> Option<Mailbox> {
    let bytes = text.as_bytes();
    let (local, rest) = match bytes {
        [] => return None,
        [b'"', after @ ..] => quoted_local(after)?,
        other => plain_local(other)?,
    };
    let domain = std::str::from_utf8(rest.strip_prefix(b"@")?).ok()?;
    domain_is_sound(domain).then(|| Mailbox { local, domain: domain.to_owned() })
}

fn quoted_local(mut rest: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut local = Vec::new();
    loop {
        let (byte, after) = rest.split_first()?;
        rest = after;
        match byte {
            b'"' => return Some((local, rest)),
            b'\\' => {
                let (escaped, after) = rest.split_first()?;
                if !matches!(escaped, 11 | 12 | 1..=9 | 14..=127) {
                    return None;
                }
                local.push(*escaped);
                rest = after;
            }
            11 | 12 | 32 | 33 | 127 | 1..=8 | 14..=31 | 35..=91 | 93..=126 => local.push(*byte),
            _ => return None,
        }
    }
}

fn plain_local(mut rest: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut local = Vec::new();
    while let [byte, after @ ..] = rest {
        match byte {
            // An escaped byte stands for itself, whatever it is.
            b'\\' => {
                let (escaped, after) = after.split_first()?;
                local.push(*escaped);
                rest = after;
            }
            byte if byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(byte) => {
                local.push(*byte);
                rest = after;
            }
            _ => break,
        }
    }
    let dots = local.is_empty()
        || local.starts_with(b".")
        || local.ends_with(b".")
        || local.windows(2).any(|pair| pair == b"..");
    (!dots).then_some((local, rest))
}

/// Labels of visible letters; no label at all is sound too.
fn domain_is_sound(domain: &str) -> bool {
    // upstream: Go's crypto/x509 (`domainToReverseLabels`)
    domain.is_empty()
        || domain
            .split('.')
            .all(|label| !label.is_empty() && label.bytes().all(|byte| (33..=126).contains(&byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        assert_eq!(mailbox("a.b@c.d").unwrap().text(), "a.b@c.d");
        assert_eq!(mailbox("\"a b\"@c").unwrap().local, b"a b");
        for bad in ["", "@a", ".a@b", "a..b@c", "a@b.", "a@b c", "a"] {
            assert_eq!(mailbox(bad), None, "{bad}");
        }
    }
}
