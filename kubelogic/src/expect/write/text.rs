//! The file that states the present.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kubelogic_core::object::Object;
use kubelogic_core::read::write::to_yaml;
use kubelogic_core::version::KubeVersion;
use serde_json::json;

use super::super::file::NamedSubject;
use super::super::schema::ADDRESS;
use super::Written;

/// The file so far.
pub(super) struct Page {
    version: KubeVersion,
    sections: String,
    lines: usize,
    unstated: Vec<String>,
}

impl Page {
    pub(super) fn new(version: KubeVersion) -> Self {
        Self { version, sections: String::new(), lines: 0, unstated: Vec::new() }
    }

    /// Adds the lines about somebody, and what no line can say about them.
    pub(super) fn add(&mut self, lines: &[String], unstated: Vec<String>) {
        for line in lines {
            let _ = writeln!(self.sections, "- {}", scalar(line));
        }
        for what in &unstated {
            let _ = writeln!(self.sections, "# not stated: {}", what.replace(char::is_control, " "));
        }
        self.lines += lines.len();
        self.unstated.extend(unstated);
    }

    pub(super) fn finish(self, named: &BTreeMap<String, NamedSubject>) -> Written {
        let mut text = format!(
            "# yaml-language-server: $schema={ADDRESS}\napiVersion: kubelogic/v1alpha1\nkind: {}\n\
             kubeVersion: \"1.{}\"\n",
            super::super::KIND,
            self.version.minor()
        );
        if !named.is_empty() {
            text.push_str("subjects:\n");
        }
        for (name, subject) in named {
            let _ = writeln!(text, "  {}:", scalar(name));
            if let Some(user) = &subject.user {
                let _ = writeln!(text, "    user: {}", scalar(user));
            }
            for group in subject.groups.iter().flatten() {
                let _ = writeln!(text, "    groups:\n    - {}", scalar(group));
            }
        }
        text.push_str(if self.lines == 0 { "access: []\n" } else { "access:\n" });
        text.push_str(&self.sections);
        Written { text, lines: self.lines, unstated: self.unstated }
    }
}

/// A text as YAML writes it in a line.
fn scalar(text: &str) -> String {
    let plain = Object::from_serialize(&json!({ "a": text })).ok().map(|object| to_yaml(object.root()));
    let plain = plain.as_deref().and_then(|yaml| yaml.strip_prefix("a: ")?.strip_suffix('\n'));
    match plain {
        Some(plain) if !plain.contains('\n') => plain.to_owned(),
        // JSON is YAML.
        _ => json!(text).to_string(),
    }
}
