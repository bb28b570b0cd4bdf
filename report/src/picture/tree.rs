//! What belongs to what.

use serde::{Deserialize, Serialize};

use super::{Detail, Tone, is_default};

/// What belongs to what.
///
/// ```
/// use kubelogic_report::picture::{Format, Picture, RenderOptions, Tree, TreeNode};
///
/// let mut tree = Tree::new("Trust");
/// let root = tree.push(None, TreeNode::new("kubernetes-ca"));
/// tree.push(Some(root), TreeNode::new("kube-apiserver"));
/// let text = Picture::from(tree).render(Format::Text, &RenderOptions::default())?;
/// assert_eq!(text, "Trust\n\nkubernetes-ca\n└─ kube-apiserver\n");
/// # Ok::<(), kubelogic_report::picture::PictureError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Tree {
    /// What the picture shows.
    pub title: String,
    /// More about it, in a sentence or two.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// The nodes, each behind its parent.
    pub nodes: Vec<TreeNode>,
}

/// One thing in a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct TreeNode {
    /// The position of its parent in the list, from 0; a node without one, or whose parent does not come before
    /// it, is a root.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parent: Option<usize>,
    /// What readers see.
    pub label: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: String,
    /// What it means to the reader.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tone: Tone,
    /// More about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub details: Vec<Detail>,
    /// Where it is written, such as `rbac.yaml:12:3`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub location: Option<String>,
}

/// A node in the order in which a tree is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Branch<'a> {
    pub(crate) index: usize,
    pub(crate) node: &'a TreeNode,
    pub(crate) parent: Option<usize>,
    /// For each ancestor but the root, and for the node itself: whether it is the last of its parent.
    pub(crate) last: Vec<bool>,
}

impl Tree {
    /// A tree of nothing.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds a node below its parent, and says its position.
    pub fn push(&mut self, parent: Option<usize>, mut node: TreeNode) -> usize {
        node.parent = parent;
        self.nodes.push(node);
        self.nodes.len().saturating_sub(1)
    }

    /// Every node, each before what is below it.
    pub(crate) fn branches(&self) -> Vec<Branch<'_>> {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        let mut roots = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            match node.parent.filter(|parent| *parent < index).and_then(|parent| children.get_mut(parent)) {
                Some(siblings) => siblings.push(index),
                None => roots.push(index),
            }
        }
        let mut branches = Vec::with_capacity(self.nodes.len());
        let mut waiting: Vec<(usize, Option<usize>, Vec<bool>)> =
            roots.into_iter().rev().map(|root| (root, None, Vec::new())).collect();
        while let Some((index, parent, last)) = waiting.pop() {
            let Some(node) = self.nodes.get(index) else { continue };
            let below = children.get(index).map_or(&[][..], Vec::as_slice);
            for (from_end, child) in below.iter().rev().enumerate() {
                let mut their = last.clone();
                their.push(from_end == 0);
                waiting.push((*child, Some(index), their));
            }
            branches.push(Branch { index, node, parent, last });
        }
        branches
    }
}

impl TreeNode {
    /// A node without a parent.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// Says what it is.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = kind.into();
        self
    }

    /// Says what it means to the reader.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// Adds a fact about it.
    #[must_use]
    pub fn detail(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.details.push(Detail::new(name, value));
        self
    }

    /// Says where it is written.
    #[must_use]
    pub fn at(mut self, location: impl Into<String>) -> Self {
        self.location = Some(location.into());
        self
    }
}
