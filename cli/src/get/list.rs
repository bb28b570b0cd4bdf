//! Objects as one List, in the form that kubectl prints.

use std::io::{self, Write};

use kubelogic::read::write::{to_pretty_json, to_yaml};

use super::Listed;

/// `kind: List` as JSON.
pub(crate) fn write_json(listed: &[Listed<'_>], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\n    \"apiVersion\": \"v1\",\n    \"items\": [")?;
    for (index, one) in listed.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        // No string of JSON contains a line break, so every line may be moved.
        let json = to_pretty_json(one.object.root());
        for (number, line) in json.lines().enumerate() {
            if number > 0 {
                out.write_all(b"\n")?;
            }
            let depth = line.len() - line.trim_start_matches(' ').len();
            // Indented by four as kubectl does, below the two levels of the list.
            write!(out, "{:width$}{}", "", line.trim_start_matches(' '), width = depth * 2 + 8)?;
        }
    }
    let end: &[u8] = if listed.is_empty() { b"" } else { b"\n    " };
    out.write_all(end)?;
    out.write_all(
        b"],\n    \"kind\": \"List\",\n    \"metadata\": {\n        \"resourceVersion\": \"\"\n    }\n}\n",
    )
}

/// `kind: List` as YAML.
pub(crate) fn write_yaml(listed: &[Listed<'_>], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"apiVersion: v1\n")?;
    out.write_all(if listed.is_empty() { b"items: []\n" } else { b"items:\n" })?;
    for one in listed {
        let yaml = to_yaml(one.object.root());
        for (number, line) in yaml.lines().enumerate() {
            let margin = match (number, line.is_empty()) {
                (0, _) => "- ",
                // An empty line of a literal block stays empty.
                (_, true) => "",
                (_, false) => "  ",
            };
            writeln!(out, "{margin}{line}")?;
        }
    }
    out.write_all(b"kind: List\nmetadata:\n  resourceVersion: \"\"\n")
}
