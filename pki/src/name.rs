//! Distinguished names: attributes in the order of the certificate, repeated ones included.
//!
//! A Kubernetes group is an organization (`O`), and a user has as many as there are attributes, whether each stands
//! alone or several in one set.
//!
//! upstream: Go's crypto/x509 (`parseName`, `parseASN1String`), crypto/x509/pkix (`RDNSequence.String`, `Name.String`)

mod text;

use std::fmt::{self, Write as _};

use crate::der::{Der, Oid, tag};

pub(crate) use text::string;

const COMMON_NAME: [u32; 4] = [2, 5, 4, 3];
const SERIAL_NUMBER: [u32; 4] = [2, 5, 4, 5];
const ORGANIZATION: [u32; 4] = [2, 5, 4, 10];

/// The attributes that Go writes by name, in the order in which it writes them.
const KNOWN: [(u32, &str); 9] = [
    (6, "C"),
    (8, "ST"),
    (7, "L"),
    (9, "STREET"),
    (17, "POSTALCODE"),
    (10, "O"),
    (11, "OU"),
    (3, "CN"),
    (5, "SERIALNUMBER"),
];

/// One attribute of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    oid: Oid,
    value: String,
}

impl Attribute {
    /// The type with dots: `2.5.4.10`.
    pub fn oid(&self) -> String {
        self.oid.to_string()
    }

    /// The short name of a type that has one: `O`.
    pub fn short_name(&self) -> Option<&'static str> {
        match self.oid.numbers() {
            [2, 5, 4, last] => KNOWN.iter().find(|(number, _)| number == last).map(|(_, name)| *name),
            _ => None,
        }
    }

    /// The value as text.
    pub fn value(&self) -> &str {
        &self.value
    }
}

/// A distinguished name. Printed as Go prints it: `CN=ann,O=dev+O=ops`.
///
/// ```
/// # let certificate = kubelogic_pki::Certificate::from_pem(include_bytes!("../tests/data/ann.crt")).unwrap();
/// assert_eq!(certificate.subject().common_name(), "ann");
/// assert_eq!(certificate.subject().organizations(), ["dev", "ops"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    sets: Vec<Vec<Attribute>>,
}

impl Name {
    /// The relative names in order, each a set of one or more attributes.
    pub fn sets(&self) -> &[Vec<Attribute>] {
        &self.sets
    }

    /// The common name: of several the last, empty when there is none.
    pub fn common_name(&self) -> &str {
        self.all(&COMMON_NAME).last().unwrap_or_default()
    }

    /// The organizations in order, each as often as it stands there.
    pub fn organizations(&self) -> Vec<&str> {
        self.all(&ORGANIZATION).collect()
    }

    /// Whether there is no attribute at all.
    pub fn is_empty(&self) -> bool {
        self.sets.iter().all(Vec::is_empty)
    }

    pub(crate) fn values<'a>(&'a self, oid: &'a [u32]) -> impl Iterator<Item = &'a str> + 'a {
        self.sets.iter().flatten().filter(move |attribute| attribute.oid.is(oid)).map(|a| a.value.as_str())
    }

    fn all<'a>(&'a self, oid: &'a [u32; 4]) -> impl Iterator<Item = &'a str> + 'a {
        self.values(oid)
    }

    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let mut names = Der::new(bytes).sequence().ok_or("x509: invalid RDNSequence")?;
        let mut sets = Vec::new();
        while !names.is_empty() {
            let mut set = Der::new(names.read(tag::SET).ok_or("x509: invalid RDNSequence")?);
            let mut attributes = Vec::new();
            while !set.is_empty() {
                let mut pair = set.sequence().ok_or("x509: invalid RDNSequence: invalid attribute")?;
                let oid = pair.oid().ok_or("x509: invalid RDNSequence: invalid attribute type")?;
                let value = pair.any().ok_or("x509: invalid RDNSequence: invalid attribute value")?;
                let value = string(value.tag, value.content)
                    .map_err(|why| format!("x509: invalid RDNSequence: invalid attribute value: {why}"))?;
                attributes.push(Attribute { oid, value });
            }
            sets.push(attributes);
        }
        Ok(Self { sets })
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Go writes what it has no field for first, then its fields in their own order, and all of it backwards.
        let mut sets: Vec<Vec<(&Oid, &str)>> = Vec::new();
        let attributes = || self.sets.iter().flatten();
        sets.extend(
            attributes().filter(|a| a.short_name().is_none()).map(|a| vec![(&a.oid, a.value.as_str())]),
        );
        for (_, short_name) in KNOWN {
            let mut same: Vec<(&Oid, &str)> = attributes()
                .filter(|a| a.short_name() == Some(short_name))
                .map(|a| (&a.oid, &*a.value))
                .collect();
            // Of these two Go keeps the last one only, and an empty one counts as none.
            if matches!(short_name, "CN" | "SERIALNUMBER") {
                same = same.pop().filter(|(_, value)| !value.is_empty()).into_iter().collect();
            }
            if !same.is_empty() {
                sets.push(same);
            }
        }
        for (at, set) in sets.iter().rev().enumerate() {
            if at > 0 {
                out.write_char(',')?;
            }
            for (at, (oid, value)) in set.iter().enumerate() {
                if at > 0 {
                    out.write_char('+')?;
                }
                write_attribute(out, oid, value)?;
            }
        }
        Ok(())
    }
}

fn write_attribute(out: &mut fmt::Formatter<'_>, oid: &Oid, value: &str) -> fmt::Result {
    let known = match oid.numbers() {
        [2, 5, 4, last] => KNOWN.iter().find(|(number, _)| number == last),
        _ => None,
    };
    let Some((_, name)) = known else {
        write!(out, "{oid}=#")?;
        return text::marshalled(value).iter().try_for_each(|byte| write!(out, "{byte:02x}"));
    };
    write!(out, "{name}=")?;
    let length = value.len();
    for (at, letter) in value.char_indices() {
        let escaped = match letter {
            ',' | '+' | '"' | '\\' | '<' | '>' | ';' => true,
            ' ' => at == 0 || at + 1 == length,
            '#' => at == 0,
            _ => false,
        };
        if escaped {
            out.write_char('\\')?;
        }
        out.write_char(letter)?;
    }
    Ok(())
}

impl Name {
    /// The serial number attribute: of several the last, empty when there is none.
    pub fn serial_number(&self) -> &str {
        self.all(&SERIAL_NUMBER).last().unwrap_or_default()
    }
}
