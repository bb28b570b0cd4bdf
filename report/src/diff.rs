//! What a change of a text looks like.

use similar::TextDiff;

use crate::style::{Palette, shown};

/// A unified diff of one file, as `patch` and `git apply` read it. Nothing when nothing changed.
///
/// ```
/// use kubelogic_report::diff::unified;
/// use kubelogic_report::style::Palette;
/// let diff = unified("pod.yaml", "kind: Pod\nmetadate: {}\n", "kind: Pod\nmetadata: {}\n", Palette::PLAIN);
/// assert_eq!(
///     diff,
///     "--- a/pod.yaml\n+++ b/pod.yaml\n@@ -1,2 +1,2 @@\n kind: Pod\n-metadate: {}\n+metadata: {}\n"
/// );
/// ```
pub fn unified(path: &str, before: &str, after: &str, palette: Palette) -> String {
    let path = shown(path).replace('\n', "\u{FFFD}");
    let path = path.trim_start_matches('/');
    let diff = TextDiff::from_lines(before, after);
    let text =
        diff.unified_diff().context_radius(3).header(&format!("a/{path}"), &format!("b/{path}")).to_string();
    if !palette.has_colors() {
        return text;
    }
    let paint = |line: &str| {
        let body = line.trim_end_matches(['\r', '\n']);
        let end = line.get(body.len()..).unwrap_or_default();
        let body = match line.as_bytes().first() {
            _ if line.starts_with("+++") || line.starts_with("---") => palette.bold(body),
            Some(b'+') => palette.green(body),
            Some(b'-') => palette.red(body),
            Some(b'@') => palette.cyan(body),
            _ => body.into(),
        };
        format!("{body}{end}")
    };
    text.split_inclusive('\n').map(paint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_lines_and_of_files_are_kept() {
        let diff = unified("x", "a: 1\r\nb: 2", "a: 1\r\nc: 2", Palette::PLAIN);
        assert_eq!(
            diff,
            "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a: 1\r\n-b: 2\n\\ No newline at end of file\n+c: 2\n\\ No newline \
             at end of file\n"
        );
        assert_eq!(unified("x", "a", "a", Palette::PLAIN), "");
    }

    #[test]
    fn colours_are_around_whole_lines() {
        let diff = unified("x", "a\n", "b\n", Palette::COLORS);
        assert!(diff.contains("\u{1b}[31;1m-a\u{1b}[0m\n\u{1b}[32;1m+b\u{1b}[0m\n"), "{diff:?}");
    }
}
