//! Only what changes is written: comments, order, notation and unknown keys stay.
//!
//! The difference between what a file says and what it is to say becomes small changes of its text, made one after
//! the other. The result is read again: unless it says exactly what is wanted, nothing is written.

mod difference;
mod place;
mod text;

use kubelogic_core::version::KubeVersion;
use serde_json::Value;

use crate::config::Config;
use crate::decode::decode;
use crate::error::KubeconfigError;
use crate::view::{Redaction, to_json};
use crate::write::to_yaml;
use difference::{Change, differences};
use text::Text;

const MARK: &str = "\u{FEFF}";

/// The text of a file, changed so that it says what is wanted.
pub(super) fn rewrite(name: &str, bytes: &[u8], wanted: &Config) -> Result<String, KubeconfigError> {
    let cannot =
        |reason: &str| KubeconfigError::CannotKeep { file: name.to_owned(), reason: reason.to_owned() };
    let whole = std::str::from_utf8(bytes).map_err(|_| cannot("it is not in UTF-8"))?;
    let (mark, text) = whole.strip_prefix(MARK).map_or(("", whole), |text| (MARK, text));
    let goal = said(wanted);
    let mut text = text.to_owned();
    let old = config(&text, name)?;
    let Some(old) = old else {
        // There is nothing but comments to keep.
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        return Ok(format!("{mark}{text}{end}{}", to_yaml(wanted, Redaction::Raw, KubeVersion::default())?));
    };
    for change in differences(&said(&old), &goal) {
        let object = kubelogic_core::read::yaml_value(&text, &kubelogic_core::read::Options::named(name))
            .map_err(|_| cannot("it cannot be read any more"))?;
        let changed = match (Text::new(object.text(), object.root()), &change) {
            (Some(own), Change::Set(path, value)) => own.set(path, value),
            (Some(own), Change::Remove(path)) => own.remove(path),
            (None, _) => None,
        };
        let Some(changed) = changed else {
            return Err(cannot(&format!("there is no place for `{}`", change.path())));
        };
        // What follows the first document stays as it is.
        let rest = text.get(object.text().len()..).unwrap_or_default();
        text = format!("{changed}{rest}");
    }
    match config(&text, name) {
        Ok(Some(new)) if said(&new) == goal => Ok(format!("{mark}{text}")),
        // The last value is gone, and nothing but comments is left: that is an empty configuration.
        Ok(None) if said(&Config::default()) == goal => Ok(format!("{mark}{text}")),
        _ => Err(cannot("its notation ties values together")),
    }
}

/// What a text says; nothing when it holds no value.
fn config(text: &str, name: &str) -> Result<Option<Config>, KubeconfigError> {
    let decoded =
        decode(text.as_bytes(), name).map_err(|refusal| KubeconfigError::Unusable(refusal.message))?;
    Ok(decoded.object.filter(|object| !object.root().is_null()).map(|_| decoded.config))
}

fn said(config: &Config) -> Value {
    to_json(config, Redaction::Raw, KubeVersion::default())
}

#[cfg(test)]
mod tests;
