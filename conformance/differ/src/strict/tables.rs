//! Objects made from the type tables: each field of each type, with values right and wrong.

use std::collections::HashSet;

use kubelogic_core::schema::{KindSource, Shape, Struct, Types};

use super::spoil;
use super::tree::Tree;

/// One step from a value to what stands in it.
#[derive(Clone)]
enum Step {
    Field(&'static str),
    Item,
    Key,
}

/// Objects of every kind of a source: the whole kind with all its fields, and each field of each struct with every
/// value of the list, in the first place where the struct is met.
pub(super) fn objects(types: &Types, source: KindSource) -> Vec<Tree> {
    let mut made = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for kind in types.kinds().filter(|kind| kind.source() == source) {
        let Some(root) = kind.value_type().as_struct() else { continue };
        let api_version = match kind.group() {
            "" => kind.version().to_owned(),
            group => format!("{group}/{}", kind.version()),
        };
        let head = vec![
            ("apiVersion".to_owned(), Tree::Text(api_version)),
            ("kind".to_owned(), Tree::text(kind.kind())),
        ];
        let Tree::Map(fields) = full(root, 12) else { continue };
        let mut whole = head.clone();
        whole.extend(fields.into_iter().filter(|(name, _)| name != "kind" && name != "apiVersion"));
        made.push(Tree::Map(whole));

        let mut queue: Vec<(Struct<'_>, Vec<Step>)> = vec![(root, Vec::new())];
        while let Some((target, path)) = queue.pop() {
            if !seen.insert(target.name()) {
                continue;
            }
            for field in target.fields() {
                let mut path = path.clone();
                path.push(Step::Field(field.name()));
                let values = spoil::values().chain([valid(field.value_type().shape(), 2)]);
                for value in values {
                    let mut object = head.clone();
                    match wrap(value, &path) {
                        Tree::Map(entries) => object.extend(entries),
                        _ => continue,
                    }
                    made.push(Tree::Map(object));
                }
                let mut inner = field.value_type();
                loop {
                    match inner.shape() {
                        Shape::List { item } => {
                            path.push(Step::Item);
                            inner = item;
                        }
                        Shape::Map { value } => {
                            path.push(Step::Key);
                            inner = value;
                        }
                        Shape::Struct(one) => {
                            queue.push((one, path));
                            break;
                        }
                        _ => break,
                    }
                }
            }
        }
    }
    made
}

fn wrap(value: Tree, path: &[Step]) -> Tree {
    path.iter().rev().fold(value, |value, step| match step {
        Step::Field(name) => Tree::Map(vec![((*name).to_owned(), value)]),
        Step::Item => Tree::List(vec![value]),
        Step::Key => Tree::Map(vec![("a.b/c".to_owned(), value)]),
    })
}

/// A struct with all its fields, so many levels deep.
fn full(target: Struct<'_>, depth: usize) -> Tree {
    let fields =
        target.fields().map(|field| (field.name().to_owned(), valid(field.value_type().shape(), depth)));
    Tree::Map(fields.collect())
}

/// A value that a shape takes.
fn valid(shape: Shape<'_>, depth: usize) -> Tree {
    let Some(depth) = depth.checked_sub(1) else { return Tree::Null };
    match shape {
        Shape::Struct(target) => full(target, depth),
        Shape::List { item } => Tree::List(vec![valid(item.shape(), depth)]),
        Shape::Map { value } => Tree::Map(vec![("key".to_owned(), valid(value.shape(), depth))]),
        Shape::Bool => Tree::Bool(true),
        Shape::String => Tree::text("text"),
        Shape::Bytes => Tree::text("aGVsbG8="),
        Shape::Integer { .. } | Shape::IntOrString => Tree::number("5"),
        Shape::Float { .. } => Tree::number("1.5"),
        Shape::Quantity => Tree::text("1Gi"),
        Shape::Time => Tree::text("2020-01-01T00:00:00Z"),
        Shape::MicroTime => Tree::text("2020-01-01T00:00:00.000000Z"),
        Shape::Duration | Shape::TimeOrDuration => Tree::text("5s"),
        Shape::BootstrapTokenString => Tree::text("abcdef.0123456789abcdef"),
        Shape::JsonSchemaPropsOrBool { schema }
        | Shape::JsonSchemaPropsOrArray { schema }
        | Shape::JsonSchemaPropsOrStringArray { schema } => full(schema, depth.min(3)),
        Shape::Any | Shape::Unknown | Shape::RawExtension | Shape::Json | Shape::Fields => {
            Tree::Map(Vec::new())
        }
    }
}
