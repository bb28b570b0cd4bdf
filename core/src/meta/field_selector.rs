//! Field selectors: `metadata.name=shop,status.phase!=Running`.

use std::collections::BTreeMap;
use std::fmt;

use super::SelectorError;

/// A selector over fields, as `kubectl --field-selector` takes it.
///
/// ```
/// use kubelogic_core::meta::FieldSelector;
/// use std::collections::BTreeMap;
///
/// let selector = FieldSelector::parse("status.phase!=Running,metadata.name==shop").unwrap();
/// assert_eq!(selector.to_string(), "metadata.name=shop,status.phase!=Running");
/// let fields = BTreeMap::from([("metadata.name".to_owned(), "shop".to_owned())]);
/// assert!(selector.matches(&fields));
/// assert_eq!(selector.exact_match("metadata.name"), Some("shop"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSelector {
    requirements: Vec<FieldRequirement>,
}

/// One condition of a field selector.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldRequirement {
    /// The field.
    pub field: String,
    /// Whether the field must have another value.
    pub negated: bool,
    /// The value.
    pub value: String,
}

impl FieldSelector {
    /// Reads a field selector.
    ///
    /// # Errors
    /// When the text is none, in upstream's words.
    pub fn parse(text: &str) -> Result<Self, SelectorError> {
        // upstream: apimachinery pkg/fields/selector.go (parseSelector)
        let mut terms = terms(text);
        terms.sort_unstable();
        let mut requirements = Vec::new();
        for term in terms {
            if term.is_empty() {
                continue;
            }
            let Some((field, negated, value)) = split(term) else {
                let message = format!("invalid selector: '{text}'; can't understand '{term}'");
                return Err(SelectorError::new(message));
            };
            let value = unescaped(value)?;
            // A condition about nothing is none.
            if !field.is_empty() || !value.is_empty() {
                requirements.push(FieldRequirement { field: field.to_owned(), negated, value });
            }
        }
        Ok(Self { requirements })
    }

    /// The conditions in the order in which they are printed.
    pub fn requirements(&self) -> &[FieldRequirement] {
        &self.requirements
    }

    /// Whether it selects everything.
    pub fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Whether the fields are selected. A field that is not there has the empty value.
    pub fn matches(&self, fields: &BTreeMap<String, String>) -> bool {
        self.requirements.iter().all(|requirement| {
            let value = fields.get(&requirement.field).map(String::as_str).unwrap_or_default();
            (value == requirement.value) != requirement.negated
        })
    }

    /// The one value that a field must have, if it must have one.
    pub fn exact_match(&self, field: &str) -> Option<&str> {
        // upstream: apimachinery pkg/fields/selector.go (RequiresExactMatch)
        let exact = self.requirements.iter().find(|given| given.field == field && !given.negated);
        exact.map(|requirement| requirement.value.as_str())
    }
}

/// The terms between commas; an escaped comma belongs to its term.
fn terms(text: &str) -> Vec<&str> {
    // upstream: apimachinery pkg/fields/selector.go (splitTerms)
    let mut escaped = false;
    text.split(|letter| {
        let ends = letter == ',' && !escaped;
        escaped = letter == '\\' && !escaped;
        ends
    })
    .collect()
}

/// Field, whether the value is forbidden, and value.
fn split(term: &str) -> Option<(&str, bool, &str)> {
    // upstream: apimachinery pkg/fields/selector.go (splitTerm)
    let (place, _) = term.char_indices().find(|(place, letter)| {
        *letter == '=' || term.get(*place..).is_some_and(|rest| rest.starts_with("!="))
    })?;
    let (field, rest) = term.split_at_checked(place)?;
    if let Some(value) = rest.strip_prefix("!=") {
        return Some((field, true, value));
    }
    Some((field, false, rest.strip_prefix("==").or_else(|| rest.strip_prefix('='))?))
}

fn unescaped(value: &str) -> Result<String, SelectorError> {
    // upstream: apimachinery pkg/fields/selector.go (UnescapeValue)
    let sequence = |sequence: &str| {
        Err(SelectorError::new(format!("invalid field selector: invalid escape sequence: {sequence}")))
    };
    let mut out = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some(next @ ('\\' | ',' | '=')) => out.push(next),
                Some(next) => return sequence(&format!("\\{next}")),
                None => return sequence("\\"),
            },
            ',' | '=' => {
                // Upstream prints the number of the letter.
                let code = u32::from(letter);
                let message = format!("invalid field selector: unescaped character in value: {code}");
                return Err(SelectorError::new(message));
            }
            letter => out.push(letter),
        }
    }
    Ok(out)
}

impl fmt::Display for FieldSelector {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, requirement) in self.requirements.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let operator = if requirement.negated { "!=" } else { "=" };
            write!(out, "{comma}{}{operator}", requirement.field)?;
            for letter in requirement.value.chars() {
                if matches!(letter, '\\' | ',' | '=') {
                    out.write_str("\\")?;
                }
                write!(out, "{letter}")?;
            }
        }
        Ok(())
    }
}
