//! A tree with its branches.

use std::fmt::Write as _;

use super::{Paint, details};
use crate::picture::Tree;
use crate::picture::shown::shown;

pub(super) fn write(tree: &Tree, paint: Paint) -> String {
    let mut text = String::new();
    for branch in tree.branches() {
        if let Some((own, above)) = branch.last.split_last() {
            for last in above {
                text.push_str(if *last { "   " } else { "│  " });
            }
            text.push_str(if *own { "└─ " } else { "├─ " });
        }
        let node = branch.node;
        text.push_str(&paint.named(node.tone, &node.kind, &node.label));
        if !node.details.is_empty() {
            let _ = write!(text, "  {}", paint.dim(&details(&node.details)));
        }
        if let Some(location) = &node.location {
            let _ = write!(text, "  {}", paint.dim(&shown(location)));
        }
        text.push('\n');
    }
    text
}
