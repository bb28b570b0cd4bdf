//! Pictures: what they are made of, how they are written, and those that the engines' models make.
//!
//! ```
//! use kubelogic::picture::{Format, Picture, RenderOptions, Tree, TreeNode};
//! let mut tree = Tree::new("Trust");
//! tree.push(None, TreeNode::new("kubernetes-ca"));
//! let drawing = Picture::from(tree).render(Format::Svg, &RenderOptions::default())?;
//! assert!(drawing.starts_with("<svg "));
//! # Ok::<(), kubelogic::picture::PictureError>(())
//! ```

#[cfg(feature = "rbac")]
mod access;

#[cfg(feature = "rbac")]
pub use access::{AccessGraphOptions, access_graph};
pub use kubelogic_report::picture::*;
