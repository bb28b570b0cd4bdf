//! The text of one comment.

use kubelogic_core::object::{Object, SourceName, Value};
use kubelogic_core::read::Directive;

/// `ignore CODE[,CODE] -- reason`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ignore {
    pub(super) codes: Vec<String>,
    pub(super) reason: Option<String>,
}

/// Reads what follows `kubelogic:`, or says what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Ignore, String> {
    let (command, reason) = match text.split_once("--") {
        Some((command, reason)) => (command, Some(reason.trim().to_owned())),
        None => (text, None),
    };
    let mut words = command.split_whitespace();
    match words.next() {
        Some("ignore") => {}
        Some(other) => return Err(format!("a comment of kubelogic says `ignore`, not `{other}`")),
        None => return Err("a comment of kubelogic says nothing here".to_owned()),
    }
    let codes = words.flat_map(|word| word.split(',')).filter(|code| !code.is_empty());
    let codes: Vec<String> = codes.map(str::to_owned).collect();
    if codes.is_empty() {
        return Err("this comment names no code".to_owned());
    }
    Ok(Ignore { codes, reason: reason.filter(|reason| !reason.is_empty()) })
}

/// Whether what looks like a comment is part of a value, such as a line of a script in a `ConfigMap`.
pub(super) fn is_inside_a_value(directive: &Directive, source: &SourceName, objects: &[Object]) -> bool {
    objects.iter().filter(|object| object.origin().source == *source).any(|object| {
        offset(object, directive).is_some_and(|at| {
            // Explicit work list: the depth of the input is not ours.
            let mut work: Vec<Value<'_>> = vec![object.root()];
            while let Some(value) = work.pop() {
                let span = value.span().filter(|_| value.as_str().is_some());
                let covers = |start: u32, len: u32| start <= at && at < start.saturating_add(len);
                if span.is_some_and(|span| covers(span.start, span.len)) {
                    return true;
                }
                work.extend(value.items());
                work.extend(value.entries().map(|(_, value)| value));
            }
            false
        })
    })
}

/// Where a directive stands in the text of an object, in bytes.
fn offset(object: &Object, directive: &Directive) -> Option<u32> {
    let start = object.origin().start?;
    let line = directive.position.line;
    if line < start.line {
        return None;
    }
    let text = object.text();
    let mut at = 0;
    for _ in start.line..line {
        let rest = text.get(at..)?;
        at += rest.find(['\n', '\r']).map(|end| {
            let pair = rest.get(end..).is_some_and(|rest| rest.starts_with("\r\n"));
            end + if pair { 2 } else { 1 }
        })?;
    }
    let before = directive.position.column - if line == start.line { start.column } else { 1 };
    let rest = text.get(at..)?;
    let within = rest.char_indices().nth(usize::try_from(before).ok()?).map(|(within, _)| within)?;
    u32::try_from(at + within).ok()
}
