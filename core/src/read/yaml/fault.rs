//! What is wrong with a document, before file, line and column are known.

use std::borrow::Cow;
use std::ops::Deref;

use crate::read::error::Code;

/// A problem at a byte of the text; small, because nearly every function of the readers may return one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) struct Fault(Box<Problem>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) struct Problem {
    pub(in crate::read) code: Code,
    pub(in crate::read) message: Cow<'static, str>,
    pub(in crate::read) at: usize,
    pub(in crate::read) help: Option<&'static str>,
}

impl Deref for Fault {
    type Target = Problem;

    fn deref(&self) -> &Problem {
        &self.0
    }
}

impl Fault {
    pub(in crate::read) fn new(code: Code, message: impl Into<Cow<'static, str>>, at: usize) -> Self {
        Self(Box::new(Problem { code, message: message.into(), at, help: None }))
    }

    /// The same problem in a text that has `bytes` more in front.
    pub(in crate::read) fn shifted(mut self, bytes: usize) -> Self {
        self.0.at += bytes;
        self
    }

    pub(in crate::read) fn syntax(message: &'static str, at: usize) -> Self {
        Self::new(Code::Syntax, message, at)
    }

    pub(in crate::read) fn help(mut self, help: &'static str) -> Self {
        self.0.help = Some(help);
        self
    }

    /// What began at `at` can only be a key, and no `:` follows.
    pub(super) fn missing_colon(at: usize) -> Self {
        Self::syntax("the key that begins here has no `: ` behind it in its line", at)
    }

    pub(in crate::read) fn too_deep(limit: usize, at: usize) -> Self {
        Self::new(Code::TooDeep, format!("values are nested more than {limit} levels deep"), at)
    }
}
