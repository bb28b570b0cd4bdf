//! The headers that ask for impersonation.

use std::collections::BTreeMap;

use kubelogic_core::quote::quoted;

use crate::error::RbacError;
use crate::request::unescaped;

const USER: &str = "Impersonate-User";
const UID: &str = "Impersonate-Uid";
const GROUP: &str = "Impersonate-Group";
const EXTRA: &str = "Impersonate-Extra-";

/// The headers of a request that ask for impersonation; other headers are passed over.
///
/// ```
/// use kubelogic_rbac::ImpersonationHeaders;
/// let headers = ImpersonationHeaders::new([
///     ("impersonate-user", "ann"),
///     ("Impersonate-Group", "dev"),
///     ("Impersonate-Extra-Example.com%2fTeam", "shop"),
///     ("Accept", "*/*"),
/// ])?;
/// let wanted = headers.wanted();
/// assert_eq!((wanted.name.as_str(), wanted.groups.as_slice()), ("ann", ["dev".to_owned()].as_slice()));
/// assert_eq!(wanted.extra["example.com/team"], ["shop"]);
/// # Ok::<(), kubelogic_rbac::RbacError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImpersonationHeaders {
    user: Vec<String>,
    uid: Vec<String>,
    groups: Vec<String>,
    /// By the name behind the prefix, in lower case and with its escapes.
    extra: BTreeMap<String, Vec<String>>,
}

/// Who the headers ask for, with nothing added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The user name; empty when nobody is asked for.
    pub name: String,
    /// The unique id.
    pub uid: String,
    /// The groups.
    pub groups: Vec<String>,
    /// Further attributes.
    pub extra: BTreeMap<String, Vec<String>>,
}

impl ImpersonationHeaders {
    /// The headers of a request in their order; names may be written in any case.
    ///
    /// # Errors
    /// [`RbacError::InvalidHeader`] for a header that begins with `Impersonate-` and is none of the four, and for
    /// a name that is no UTF-8 text once its escapes are resolved.
    pub fn new<'a>(headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, RbacError> {
        let mut read = Self::default();
        for (name, value) in headers {
            let wrong =
                |reason: &str| RbacError::InvalidHeader { name: name.to_owned(), reason: reason.to_owned() };
            let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
            if name.is_empty() || !name.bytes().all(letters) {
                return Err(wrong("is no name of a header"));
            }
            let same = |known: &str| name.eq_ignore_ascii_case(known);
            let start = name.get(..EXTRA.len()).filter(|start| start.eq_ignore_ascii_case(EXTRA));
            let value = value.to_owned();
            match start {
                Some(start) => {
                    let key = name.get(start.len()..).unwrap_or_default().to_ascii_lowercase();
                    if unescaped(&key, false).is_some_and(|bytes| String::from_utf8(bytes).is_err()) {
                        return Err(wrong("is no UTF-8 text once its escapes are resolved"));
                    }
                    read.extra.entry(key).or_default().push(value);
                }
                None if same(USER) => read.user.push(value),
                None if same(UID) => read.uid.push(value),
                None if same(GROUP) => read.groups.push(value),
                None if name.len() > 12 && name.to_ascii_lowercase().starts_with("impersonate-") => {
                    return Err(wrong("asks for impersonation, but the API server knows no such header"));
                }
                None => {}
            }
        }
        Ok(read)
    }

    /// Who is asked for.
    pub fn wanted(&self) -> Wanted {
        // upstream: apiserver pkg/endpoints/filters/impersonation (processImpersonationHeaders)
        let first = |values: &[String]| values.first().cloned().unwrap_or_default();
        let mut extra: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, values) in &self.extra {
            extra.entry(extra_key(key)).or_default().extend(values.iter().cloned());
        }
        Wanted { name: first(&self.user), uid: first(&self.uid), groups: self.groups.clone(), extra }
    }
}

impl Wanted {
    /// Whether something is asked for, but no user name.
    pub(super) fn lacks_name(&self) -> bool {
        self.name.is_empty() && !(self.uid.is_empty() && self.groups.is_empty() && self.extra.is_empty())
    }

    /// Whether nothing but a user name is asked for.
    pub(super) fn is_name_only(&self) -> bool {
        self.uid.is_empty() && self.groups.is_empty() && self.extra.is_empty()
    }

    /// What is asked for in Go's own notation.
    pub(super) fn as_go(&self) -> String {
        let list =
            |values: &[String]| values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", ");
        let groups = if self.groups.is_empty() {
            "[]string(nil)".to_owned()
        } else {
            format!("[]string{{{}}}", list(&self.groups))
        };
        let extra = if self.extra.is_empty() {
            "map[string][]string(nil)".to_owned()
        } else {
            let pairs = self.extra.iter();
            let pairs = pairs.map(|(key, values)| format!("{}:[]string{{{}}}", quoted(key), list(values)));
            format!("map[string][]string{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        };
        let (name, uid) = (quoted(&self.name), quoted(&self.uid));
        format!("&user.DefaultInfo{{Name:{name}, UID:{uid}, Groups:{groups}, Extra:{extra}}}")
    }
}

/// The key that a header's name stands for; one with broken escapes stands for itself.
fn extra_key(name: &str) -> String {
    let bytes = unescaped(name, false);
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| name.to_owned())
}
