//! Values that no message shows.

use std::fmt;

/// Text that is printed as `REDACTED` wherever it is not asked for by name.
///
/// ```
/// use kubelogic_kubeconfig::Secret;
/// let token = Secret::new("s3cr3t");
/// assert_eq!(format!("{token:?}"), "REDACTED");
/// assert_eq!(token.expose(), "s3cr3t");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Secret(String);

impl Secret {
    /// Takes text out of sight.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_empty() { "\"\"" } else { "REDACTED" })
    }
}

/// Bytes that no message shows: a certificate or a key.
///
/// ```
/// use kubelogic_kubeconfig::SecretBytes;
/// let key = SecretBytes::new(*b"key");
/// assert_eq!(format!("{key:?}"), "REDACTED (3 bytes)");
/// assert_eq!(key.expose(), b"key");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretBytes {
    bytes: Vec<u8>,
    /// Empty bytes that are written are hidden by kubectl, and those that are not are not.
    written: bool,
}

impl SecretBytes {
    /// Takes bytes out of sight.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), written: true }
    }

    /// The bytes themselves.
    pub fn expose(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Whether something is written, be it nothing but quotes.
    pub(crate) fn is_written(&self) -> bool {
        self.written
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.bytes.is_empty() {
            out.write_str("none")
        } else {
            write!(out, "REDACTED ({} bytes)", self.bytes.len())
        }
    }
}

/// An address without its user and password.
///
/// ```
/// use kubelogic_kubeconfig::without_user;
/// assert_eq!(without_user("http://ann:pw@proxy:80/x"), "http://REDACTED@proxy:80/x");
/// ```
pub fn without_user(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("//") else { return url.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    match authority.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}//REDACTED@{host}{path}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_user;

    #[test]
    fn a_url_loses_its_user_only() {
        assert_eq!(without_user("http://ann:pw@proxy:80/x"), "http://REDACTED@proxy:80/x");
        assert_eq!(without_user("http://proxy/a@b"), "http://proxy/a@b");
        assert_eq!(without_user("ann@proxy"), "ann@proxy");
    }
}
