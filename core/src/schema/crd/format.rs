//! `format`: which names are known to which version, and what they accept.

mod address;
mod digits;
mod text;
mod time;

pub(super) use address::{escapes_are_whole as has_whole_escapes, is_authority, is_uri, scheme};

use crate::version::KubeVersion;

/// A format that is checked.
#[derive(Clone, Debug)]
pub(super) struct Format {
    kind: Kind,
    /// As it was written.
    written: Box<str>,
}

/// What a format says of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Fits,
    Differs,
    /// It takes more than this library knows to say.
    Unknown,
}

impl From<bool> for Verdict {
    fn from(fits: bool) -> Self {
        if fits { Self::Fits } else { Self::Differs }
    }
}

/// What a format accepts.
type Check = fn(&str) -> Verdict;

#[derive(Clone, Copy, Debug)]
enum Kind {
    Int32,
    Int64,
    Float,
    Double,
    /// For strings.
    Text(Check),
    /// Nobody checks it, and it is named all the same.
    Other,
}

/// The formats of strings, as upstream names them once hyphens are gone; from which minor on they are known.
///
/// upstream: apiextensions-apiserver pkg/apiserver/validation/formats.go. The version that counts is the one
/// before the server's own, because what is stored must be readable after a downgrade.
const TEXTS: &[(&str, u16, Check)] = &[
    ("bsonobjectid", 0, |text| digits::is_object_id(text).into()),
    ("uri", 0, |text| address::is_uri(text).into()),
    ("email", 0, address::email),
    ("hostname", 0, |text| address::is_hostname(text).into()),
    ("ipv4", 0, |text| address::is_ipv4(text).into()),
    ("ipv6", 0, |text| address::is_ipv6(text).into()),
    ("cidr", 0, |text| address::is_cidr(text).into()),
    ("mac", 0, |text| address::is_mac(text).into()),
    ("uuid", 0, |text| digits::is_uuid(text, None).into()),
    ("uuid3", 0, |text| digits::is_uuid(text, Some('3')).into()),
    ("uuid4", 0, |text| digits::is_uuid(text, Some('4')).into()),
    ("uuid5", 0, |text| digits::is_uuid(text, Some('5')).into()),
    ("isbn", 0, |text| (digits::is_isbn10(text) || digits::is_isbn13(text)).into()),
    ("isbn10", 0, |text| digits::is_isbn10(text).into()),
    ("isbn13", 0, |text| digits::is_isbn13(text).into()),
    ("creditcard", 0, |text| digits::is_credit_card(text).into()),
    ("ssn", 0, |text| digits::is_social_security_number(text).into()),
    ("hexcolor", 0, |text| text::is_hex_color(text).into()),
    ("rgbcolor", 0, |text| text::is_rgb_color(text).into()),
    ("byte", 0, |text| text::is_base64(text).into()),
    ("password", 0, |_| Verdict::Fits),
    ("date", 0, |text| time::is_date(text).into()),
    ("duration", 0, |text| time::is_duration(text).into()),
    ("datetime", 0, |text| time::is_date_time(text).into()),
    ("k8sshortname", 35, |text| text::is_short_name(text).into()),
    ("k8slongname", 35, |text| text::is_long_name(text).into()),
];

/// The first minor that knows formats of numbers. Before, the formats of texts count for every type.
const NUMBERS_SINCE: u16 = 36;

impl Format {
    /// The format of a schema, if a server of that version checks it for that `type`.
    pub(super) fn new(
        written: &str,
        written_type: &str,
        int_or_string: bool,
        version: KubeVersion,
    ) -> Option<Self> {
        // upstream strips unknown formats: it sees one type, or none for int-or-string
        let kind = match written_type {
            _ if int_or_string || version.minor() < NUMBERS_SINCE => Self::text(written, version)?,
            "" | "string" => Self::text(written, version)?,
            "integer" if written == "int32" => Kind::Int32,
            "integer" if written == "int64" => Kind::Int64,
            "number" if written == "float" => Kind::Float,
            "number" if written == "double" => Kind::Double,
            _ => return None,
        };
        Some(Self { kind, written: written.into() })
    }

    fn text(written: &str, version: KubeVersion) -> Option<Kind> {
        let plain = written.replace('-', "");
        let known = TEXTS.iter().find(|(name, since, _)| *name == plain && version.minor() >= *since)?;
        Some(Kind::Text(known.2))
    }

    /// The format of a schema, whoever knows it, and whatever the type.
    pub(super) fn as_written(written: &str, version: KubeVersion) -> Self {
        // upstream: kube-openapi pkg/validation/strfmt, which has formats a minor before servers count them
        let plain = written.replace('-', "");
        let known = TEXTS.iter().find(|(name, since, _)| *name == plain && version.minor() + 1 >= *since);
        let kind = match written {
            "int32" => Kind::Int32,
            "int64" => Kind::Int64,
            "float" => Kind::Float,
            "double" => Kind::Double,
            _ => known.map_or(Kind::Other, |(_, _, check)| Kind::Text(*check)),
        };
        Self { kind, written: written.into() }
    }

    /// As it was written.
    pub(super) fn name(&self) -> &str {
        &self.written
    }

    /// Whether it is `int32`, the smaller of the two.
    pub(super) fn is_small_int(&self) -> bool {
        matches!(self.kind, Kind::Int32)
    }

    /// Whether it is one of the two for a type of numbers.
    pub(super) fn is_of(&self, kind: &str) -> bool {
        match self.kind {
            Kind::Int32 | Kind::Int64 => kind == "integer",
            Kind::Float | Kind::Double => kind == "number",
            Kind::Text(_) | Kind::Other => false,
        }
    }

    /// Whether it is `float`, the smaller of the two.
    pub(super) fn is_small_float(&self) -> bool {
        matches!(self.kind, Kind::Float)
    }

    /// What it says of a text; nothing when it is no format of strings.
    pub(super) fn verdict(&self, text: &str) -> Option<Verdict> {
        match self.kind {
            Kind::Text(check) => Some(check(text)),
            _ => None,
        }
    }
}
