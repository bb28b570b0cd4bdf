//! What may have been meant with a field that the type does not have.

use super::Hint;
use super::walk::{Open, Step, Target, path_text, printed};
use crate::finding::{Edit, Fix};
use crate::near::nearest;
use crate::object::{Object, Position, Value};
use crate::schema::{Field, Struct};

/// The best guess for the key of `child`, which stands in the innermost open value.
pub(super) fn of<'a>(
    object: &Object,
    open: &[Open<'a>],
    path: &[Step<'a>],
    child: Value<'a>,
) -> Option<Hint> {
    let (inner, around) = open.split_last()?;
    let Target::Struct(target) = inner.target else { return None };
    let key = child.key_or_empty();
    if let Some(there) = target.field_of_other_minor(key) {
        return Some(Hint::OtherVersion(there));
    }
    let near = nearest(key, names(target));
    let same = near.filter(|name| folded(name) == folded(key));
    if same.is_none()
        && let Some(to) = misplaced(around, target, path, key)
    {
        return Some(Hint::Misplaced { to });
    }
    let name = near?;
    // A second candidate makes the first one a guess.
    let alone = same.is_some() || nearest(key, names(target).filter(|other| *other != name)).is_none();
    let free = inner.value.get(name).is_none();
    let fix = if alone && free { fix(object, child, name) } else { None };
    Some(Hint::Near { name: name.to_owned(), fix })
}

fn names(target: Struct<'_>) -> impl Iterator<Item = &'static str> {
    target.fields().map(Field::name)
}

/// Case, `-` and `_` aside.
fn folded(name: &str) -> String {
    name.chars().filter(|letter| !matches!(letter, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// Where else the field belongs: one of the objects around, the nearest first, or one of those below.
fn misplaced(around: &[Open<'_>], target: Struct<'_>, path: &[Step<'_>], key: &str) -> Option<String> {
    for (depth, outer) in around.iter().enumerate().rev() {
        if let Target::Struct(outer) = outer.target
            && outer.field(key).is_some()
        {
            // The value at depth 0 is the whole object; each further one takes one step.
            return path.get(..depth).map(path_text);
        }
    }
    let below = target
        .fields()
        .find(|field| field.value_type().as_struct().is_some_and(|inner| inner.field(key).is_some()))?;
    Some(printed(path, below.name()))
}

/// The key written anew, between the same quotes.
fn fix(object: &Object, child: Value<'_>, name: &str) -> Option<Fix> {
    let span = child.key_span()?;
    let literal = object.text().get(span.start as usize..)?.get(..span.len as usize)?;
    let start = child.key_position()?;
    let quote = literal.chars().next().filter(|letter| matches!(letter, '"' | '\''));
    let bare = literal.trim_matches(['"', '\'']);
    // Anything that the text does not say plainly is left to people.
    if bare != child.key_or_empty() {
        return None;
    }
    let columns = u32::try_from(literal.chars().count()).ok()?;
    let end = Position { column: start.column.checked_add(columns)?, ..start };
    let text = quote.map_or_else(|| name.to_owned(), |quote| format!("{quote}{name}{quote}"));
    let edits = vec![Edit { start, end, text }];
    Some(Fix { title: format!("write `{name}`"), source: object.origin().source.clone(), edits })
}
