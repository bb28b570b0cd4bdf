//! Reading manifests: YAML and JSON, documents, lists, with the place of every value.
//!
//! Everything is read as kubectl reads it, and what kubectl loses without a word is a finding.
//!
//! ```
//! use kubelogic_core::read::{Options, text};
//! let reading = text("kind: Pod\nmetadata:\n  name: web\n---\nkind: [\n", &Options::named("pods.yaml"));
//! assert_eq!(reading.objects[0].name(), "web");
//! assert_eq!(reading.objects[0].root().get("metadata").unwrap().position().unwrap().line, 3);
//! assert_eq!(reading.errors[0].code.name(), "read/syntax");
//! assert_eq!(reading.errors[0].location.to_string(), "pods.yaml:6:1");
//! ```

mod assemble;
mod directives;
pub(crate) mod duplicates;
mod error;
mod files;
mod findings;
mod input;
mod json;
mod lines;
mod list;
mod metadata;
mod number;
mod options;
mod stream;
mod suspects;
pub mod write;
mod yaml;

pub use directives::{Directive, Source};
pub use duplicates::duplicate_keys;
pub use error::{Code, ReadError};
pub use files::{Progress, files};
pub use findings::{FINDINGS, ReadFinding};
pub use options::{Limits, Options, StreamRules};

use std::borrow::Cow;

use crate::finding::{Finding, Severity};
use crate::object::{FieldPath, Location, Object, Origin, Position, Span};
use assemble::Assembler;
use stream::{Outcome, Stream};
use yaml::Composer;
pub(crate) use yaml::is_rfc3339;

/// What one input, or several, held. Each list is in the order of the input.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The objects; lists are replaced by their items.
    pub objects: Vec<Object>,
    /// What could not be read.
    pub errors: Vec<ReadError>,
    /// What was read, and yet is probably not what was meant.
    pub findings: Vec<Finding>,
    /// The inputs, also those that hold nothing or cannot be read; a directory is the files that were found in it.
    pub sources: Vec<Source>,
}

impl Reading {
    /// Adds what another input held, behind what is there.
    pub fn append(&mut self, other: Self) {
        self.objects.extend(other.objects);
        self.errors.extend(other.errors);
        self.findings.extend(other.findings);
        self.sources.extend(other.sources);
    }
}

/// The documents of one input as they stand there.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// Each document that is not empty or null, or why it could not be read.
    pub documents: Vec<Result<Object, ReadError>>,
    /// What was read, and yet is probably not what was meant.
    pub findings: Vec<Finding>,
}

/// Reads the objects of a text.
pub fn text(text: &str, options: &Options) -> Reading {
    text_with_progress(text, options, &mut |_| {})
}

/// Reads the objects of a text and tells how many bytes are done from time to time.
pub fn text_with_progress(text: &str, options: &Options, progress: &mut dyn FnMut(usize)) -> Reading {
    let mut reading = Reading::default();
    if let Some(error) = too_large(text.len(), options) {
        reading.sources.push(Source::unread(options.source.clone()));
        reading.errors.push(error);
        return reading;
    }
    reading.sources.push(Source::of_text(options.source.clone(), text));
    let mut flat = Vec::new();
    let mut take = |outcome: Outcome| match outcome {
        Outcome::Document(document) => {
            list::flatten(*document, &mut flat);
            for result in flat.drain(..) {
                match result {
                    Ok(object) => reading.objects.push(object),
                    Err(error) => reading.errors.push(error),
                }
            }
        }
        Outcome::Failed(error) => reading.errors.push(error),
        Outcome::Finding(finding) => reading.findings.push(finding),
    };
    Stream::new(text, options, true, &mut take, progress).run();
    reading
}

/// Takes an object that a program hands over for a document: lists become their items, and what kubectl would
/// refuse in a document is refused.
///
/// ```
/// use kubelogic_core::{object::Object, read};
/// let list = serde_json::json!({
///     "apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "a"}}, {"metadata": {"name": "b"}}],
/// });
/// let reading = read::object(Object::from_serialize(&list).unwrap());
/// let names: Vec<_> = reading.objects.iter().map(|pod| (pod.kind(), pod.name())).collect();
/// assert_eq!(names, [("Pod", "a"), ("Pod", "b")]);
/// ```
pub fn object(object: Object) -> Reading {
    let mut found = Vec::new();
    list::flatten(stream::Document { tree: object.into_tree(), items: None }, &mut found);
    let mut reading = Reading::default();
    for result in found {
        match result {
            Ok(object) => reading.objects.push(object),
            Err(error) => reading.errors.push(error),
        }
    }
    reading
}

/// Reads the objects of bytes: UTF-8, or UTF-16 with a byte-order mark.
///
/// ```
/// use kubelogic_core::read::{Options, bytes};
/// let reading = bytes(b"\xFF\xFEk\0i\0n\0d\0:\0 \0A\0", &Options::named("a.yaml"));
/// assert_eq!(reading.objects[0].kind(), "A");
/// let reading = bytes(b"\x7FELF\0\0", &Options::named("kubectl"));
/// assert_eq!(reading.errors[0].code.name(), "read/binary-input");
/// ```
pub fn bytes(bytes: &[u8], options: &Options) -> Reading {
    bytes_with_progress(bytes, options, &mut |_| {})
}

/// Reads the objects of bytes and tells how many bytes are done from time to time.
pub fn bytes_with_progress(bytes: &[u8], options: &Options, progress: &mut dyn FnMut(usize)) -> Reading {
    match decode(bytes, options) {
        Ok((decoded, finding)) => {
            let mut reading = text_with_progress(&decoded, options, progress);
            if let Some(finding) = finding {
                reading.findings.insert(0, finding);
            }
            reading
        }
        Err(error) => {
            let sources = vec![Source::unread(options.source.clone())];
            Reading { errors: vec![error], sources, ..Reading::default() }
        }
    }
}

/// Reads the documents of a text without looking into them: a document may be any value.
///
/// ```
/// use kubelogic_core::read::{Options, documents};
/// let found = documents("kind: List\nitems: []\n---\n# nothing\n---\n5\n", &Options::named("-"));
/// assert_eq!(found.documents.len(), 2);
/// ```
pub fn documents(text: &str, options: &Options) -> Documents {
    let mut found = Documents::default();
    if let Some(error) = too_large(text.len(), options) {
        found.documents.push(Err(error));
        return found;
    }
    let mut take = |outcome: Outcome| match outcome {
        Outcome::Document(document) => match Object::new(document.tree) {
            Some(object) if !object.root().is_null() => found.documents.push(Ok(object)),
            _ => {}
        },
        Outcome::Failed(error) => found.documents.push(Err(error)),
        Outcome::Finding(finding) => found.findings.push(finding),
    };
    Stream::new(text, options, false, &mut take, &mut |_| {}).run();
    found
}

/// Reads the documents of bytes: UTF-8, or UTF-16 with a byte-order mark.
///
/// ```
/// use kubelogic_core::read::{Options, documents_of_bytes};
/// let found = documents_of_bytes(b"\xEF\xBB\xBFa: 1\n---\n5\n", &Options::named("-"));
/// assert_eq!(found.documents.len(), 2);
/// ```
pub fn documents_of_bytes(bytes: &[u8], options: &Options) -> Documents {
    match decode(bytes, options) {
        Ok((decoded, finding)) => {
            let mut found = documents(&decoded, options);
            found.findings.splice(0..0, finding);
            found
        }
        Err(error) => Documents { documents: vec![Err(error)], ..Documents::default() },
    }
}

/// Reads one value of any kind: JSON if the text begins with `{`, YAML otherwise. An empty text is null.
///
/// # Errors
///
/// The text is neither, or exceeds a limit.
///
/// ```
/// use kubelogic_core::read::{Options, value};
/// let config = value("current-context: test\n", &Options::named("config")).unwrap();
/// assert_eq!(config.root().get("current-context").unwrap().as_str(), Some("test"));
/// assert!(value("{", &Options::named("config")).is_err());
/// ```
pub fn value(text: &str, options: &Options) -> Result<Object, ReadError> {
    if text.trim_start().starts_with('{') { json_value(text, options) } else { yaml_value(text, options) }
}

/// Reads the first document of a text as YAML, which JSON nearly always is as well.
///
/// # Errors
///
/// The text is no YAML, has no JSON form, or exceeds a limit.
///
/// ```
/// use kubelogic_core::read::{Options, yaml_value};
/// let value = yaml_value("on: 0x10", &Options::named("-")).unwrap();
/// assert_eq!(value.root().get("true").unwrap().as_i64(), Some(16));
/// ```
pub fn yaml_value(text: &str, options: &Options) -> Result<Object, ReadError> {
    one_value(text, options, |out| {
        let forbidden = input::first_forbidden(text);
        let control =
            |at| yaml::fault::Fault::syntax("a control character stands here, which YAML does not allow", at);
        match (Composer::new(text, out).run(), forbidden) {
            (Err(fault), Some(at)) if at < fault.at => Err(control(at)),
            (Ok(ending), Some(at)) if input::decoded_until(text, ending.scanned) > at => Err(control(at)),
            (result, _) => result.map(|_| ()),
        }
    })
}

/// Reads the first document of bytes as YAML: UTF-8, or UTF-16 with a byte-order mark.
///
/// # Errors
///
/// The bytes are no text of these, or the text cannot be read. Unlike a stream, a lone document with broken
/// UTF-8 is refused by the real reader.
///
/// ```
/// use kubelogic_core::read::{Options, yaml_value_of_bytes};
/// assert!(yaml_value_of_bytes(b"a: \xC3\xA9", &Options::named("-")).is_ok());
/// assert!(yaml_value_of_bytes(b"a: \xE9", &Options::named("-")).is_err());
/// ```
pub fn yaml_value_of_bytes(bytes: &[u8], options: &Options) -> Result<Object, ReadError> {
    let (decoded, replaced) = decode(bytes, options)?;
    match replaced.and_then(|finding| finding.location) {
        Some(location) => Err(ReadError {
            code: Code::Syntax,
            message: "bytes stand here that are no UTF-8".to_owned(),
            location,
            help: None,
        }),
        None => yaml_value(&decoded, options),
    }
}

/// Reads a text as one JSON value.
///
/// # Errors
///
/// The text is no JSON, or exceeds a limit.
///
/// ```
/// use kubelogic_core::read::{Options, json_value};
/// let value = json_value(r#"{"a": 1.0}"#, &Options::named("-")).unwrap();
/// assert_eq!(value.root().get("a").unwrap().as_number().unwrap().as_json(), "1.0");
/// ```
pub fn json_value(text: &str, options: &Options) -> Result<Object, ReadError> {
    one_value(text, options, |out| {
        let Some(value) = json::JsonReader::new(text, 0, out).run()? else {
            return Err(yaml::fault::Fault::syntax("the text is empty", 0));
        };
        let rest = text.get(value.end..).unwrap_or_default();
        let white = |character: char| matches!(character, ' ' | '\t' | '\n' | '\r');
        let after = rest.trim_start_matches(white);
        match value.fault {
            Some(fault) => Err(fault),
            None if after.is_empty() => Ok(()),
            None => {
                let at = text.len() - after.len();
                Err(yaml::fault::Fault::syntax("nothing may follow the value here", at))
            }
        }
    })
}

fn one_value<'t>(
    text: &'t str,
    options: &Options,
    read: impl FnOnce(&mut Assembler<'t, '_>) -> Result<(), yaml::fault::Fault>,
) -> Result<Object, ReadError> {
    if let Some(error) = too_large(text.len(), options) {
        return Err(error);
    }
    let mut out = Assembler::new(text, options.limits.depth, options.limits.document_bytes, None);
    let origin =
        Origin { source: options.source.clone(), document: 1, item: None, start: Some(Position::START) };
    match read(&mut out) {
        Ok(()) => {
            let mut builder = out.builder;
            if builder.next_id().0 == 0 {
                builder.null(Span::default());
            }
            Object::new(builder.finish(text, origin.clone())).ok_or_else(|| {
                // INVARIANT: there is a node.
                error_at(Code::Syntax, "nothing was read", origin, None)
            })
        }
        Err(fault) => {
            let position = Some(lines::position_in(text, Position::START, fault.at));
            let mut error = error_at(fault.code, &fault.message, origin, position);
            error.help = fault.help.map(str::to_owned);
            Err(error)
        }
    }
}

fn decode<'a>(bytes: &'a [u8], options: &Options) -> Result<(Cow<'a, str>, Option<Finding>), ReadError> {
    let origin =
        Origin { source: options.source.clone(), document: 1, item: None, start: Some(Position::START) };
    let Some(decoded) = input::decode(bytes) else {
        let mut error = error_at(Code::BinaryInput, "this is no text", origin, Some(Position::START));
        error.help = Some("only YAML and JSON are read, packed files must be unpacked first".to_owned());
        return Err(error);
    };
    let finding = decoded.replaced.map(|at| {
        let position = Some(lines::position_in(&decoded.text, Position::START, at));
        Finding::new(
            "read/invalid-utf-8",
            Severity::Warning,
            "bytes that are no characters are read as U+FFFD, as kubectl reads them",
        )
        .at(place(origin, position))
    });
    Ok((decoded.text, finding))
}

fn too_large(bytes: usize, options: &Options) -> Option<ReadError> {
    let limit = options.limits.run_bytes.min(u64::from(u32::MAX));
    if u64::try_from(bytes).is_ok_and(|bytes| bytes <= limit) {
        return None;
    }
    let origin =
        Origin { source: options.source.clone(), document: 1, item: None, start: Some(Position::START) };
    let message = format!("the input has {bytes} bytes, and the limit of one run is {limit}");
    Some(error_at(Code::RunTooLarge, &message, origin, Some(Position::START)))
}

fn error_at(code: Code, message: &str, origin: Origin, position: Option<Position>) -> ReadError {
    ReadError { code, message: message.to_owned(), location: place(origin, position), help: None }
}

fn place(origin: Origin, position: Option<Position>) -> Location {
    Location {
        source: origin.source,
        document: origin.document,
        item: origin.item,
        path: FieldPath::root(),
        position,
    }
}

/// At most so many characters of a key are shown in a message.
fn shorten(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
