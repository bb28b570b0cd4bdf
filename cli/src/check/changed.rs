//! Which lines git says have changed.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

use kubelogic::finding::Finding;
use kubelogic::object::Location;

use crate::console::Failure;

/// The lines of each file that have changed since a commit.
#[derive(Debug)]
pub(super) struct Changes {
    /// By the real path of the file. A file that is new has changed altogether.
    files: HashMap<PathBuf, Vec<RangeInclusive<u32>>>,
}

impl Changes {
    /// Asks git what differs between a commit and the files as they are, whether or not they are added.
    pub(super) fn since(revision: &str, directory: Option<&Path>) -> Result<Self, Failure> {
        let directory = directory.unwrap_or(Path::new("."));
        let git = |arguments: &[&str]| run(directory, arguments);
        let top = git(&["rev-parse", "--show-toplevel"])?;
        let top = PathBuf::from(top.trim_end_matches('\n'));
        let commit = format!("{revision}^{{commit}}");
        let commit =
            git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).map_err(|_| {
                Failure::with_help(
                    format!("git knows no commit `{revision}`"),
                    "in a shallow clone, fetch it first: git fetch --depth=1 origin REV",
                )
            })?;
        let mut changes = Self { files: HashMap::new() };
        let diff = git(&[
            "-c",
            "core.quotePath=false",
            "diff",
            "--unified=0",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-renames",
            "--src-prefix=a/",
            "--dst-prefix=b/",
            "--no-relative",
            commit.trim(),
            "--",
        ])?;
        for (file, lines) in hunks(&diff) {
            changes.files.entry(real(&top.join(file))).or_default().extend(lines);
        }
        let top_text = top.to_string_lossy().into_owned();
        let new = git(&["-C", &top_text, "ls-files", "-z", "--others", "--exclude-standard"])?;
        for file in new.split('\0').filter(|file| !file.is_empty()) {
            changes.files.insert(real(&top.join(file)), vec![0..=u32::MAX]);
        }
        Ok(changes)
    }

    /// Whether a finding is about something that has changed. What belongs to no file has no history.
    pub(super) fn touch(&self, finding: &Finding) -> bool {
        let Some(location) = &finding.location else { return true };
        let end = finding.end.map(|end| end.line);
        self.touches(location, end)
            || finding.related.iter().any(|related| self.touches(&related.location, None))
    }

    fn touches(&self, location: &Location, end: Option<u32>) -> bool {
        let name = location.source.as_str();
        if name == "-" {
            return true;
        }
        let Some(lines) = self.files.get(&real(Path::new(name))) else { return false };
        let Some(position) = location.position else { return true };
        let last = end.unwrap_or(position.line).max(position.line);
        lines.iter().any(|changed| position.line <= *changed.end() && *changed.start() <= last)
    }
}

/// The path without links, as far as there is something.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn run(directory: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let output = Command::new("git").arg("-C").arg(directory).args(arguments).output().map_err(|error| {
        Failure::with_help(
            format!("git cannot be run: {error}"),
            "--changed-since needs git and a working tree",
        )
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let told = told.lines().next().unwrap_or("git failed").to_owned();
    Err(Failure::with_help(told, "--changed-since needs git and a working tree"))
}

/// The changed lines of each file in a diff without context.
///
/// Where lines were only taken out, the lines on both sides of the gap count as changed.
fn hunks(diff: &str) -> Vec<(String, Vec<RangeInclusive<u32>>)> {
    let mut files: Vec<(String, Vec<RangeInclusive<u32>>)> = Vec::new();
    // So many lines of the present hunk follow; only in front of a hunk are headers looked for.
    let mut body = 0_u32;
    for line in diff.split('\n') {
        if body > 0 && line.starts_with(['+', '-']) {
            body -= 1;
        } else if let Some(name) = line.strip_prefix("+++ ") {
            body = 0;
            let name = unquoted(name.trim_end_matches('\t'));
            match name.strip_prefix("b/") {
                Some(name) => files.push((name.to_owned(), Vec::new())),
                // `/dev/null`: the file is gone.
                None => files.push((String::new(), Vec::new())),
            }
        } else if let Some((old, new)) = line.strip_prefix("@@ -").and_then(header) {
            body = old.1.saturating_add(new.1);
            let lines = if new.1 == 0 {
                new.0..=new.0.saturating_add(1)
            } else {
                new.0..=new.0.saturating_add(new.1 - 1)
            };
            if let Some((_, changed)) = files.last_mut() {
                changed.push(lines);
            }
        }
    }
    files.retain(|(name, _)| !name.is_empty());
    files
}

/// `12,3 +14,2 @@ …`: first line and count on both sides.
fn header(text: &str) -> Option<((u32, u32), (u32, u32))> {
    let (old, rest) = text.split_once(" +")?;
    let (new, _) = rest.split_once(" @@")?;
    let side = |text: &str| match text.split_once(',') {
        Some((first, count)) => Some((first.parse().ok()?, count.parse().ok()?)),
        None => Some((text.parse().ok()?, 1)),
    };
    Some((side(old)?, side(new)?))
}

/// A name as git writes it: names with unusual characters stand in quotes, with escapes as in C.
fn unquoted(name: &str) -> String {
    let Some(inside) = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) else {
        return name.to_owned();
    };
    let mut bytes = Vec::new();
    let mut rest = inside.bytes().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        let escaped = rest.next().unwrap_or(b'\\');
        bytes.push(match escaped {
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            b'0'..=b'7' => {
                let mut value = u32::from(escaped - b'0');
                for _ in 0..2 {
                    if let Some(digit) = rest.next_if(|next| (b'0'..=b'7').contains(next)) {
                        value = value * 8 + u32::from(digit - b'0');
                    }
                }
                u8::try_from(value).unwrap_or(b'?')
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_name_files_and_lines() {
        let diff = "diff --git a/a b.yaml b/a b.yaml\n--- a/a b.yaml\t\n+++ b/a b.yaml\t\n@@ -1 +1,2 @@\n-x\n+y\n+++ b/z\n\
                    @@ -9,2 +9,0 @@ kind: A\n-@@ -1 +1 @@\n--- a/q\n\
                    diff --git a/gone b/gone\n--- a/gone\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n\
                    --- /dev/null\n+++ \"b/\\303\\251\\\"\\n\"\n@@ -0,0 +1 @@\n+x\n";
        assert_eq!(
            hunks(diff),
            [("a b.yaml".to_owned(), vec![1..=2, 9..=10]), ("é\"\n".to_owned(), vec![1..=1])]
        );
    }
}
