//! Objects of a JavaScript program. They arrive as JSON that nobody wrote, so they keep no lines and columns.

use kubelogic::object::{MemoryBuilder, Object, SourceName, Value, ValueKind};

/// The same object without a text.
pub(crate) fn without_text(object: &Object, source: SourceName) -> Option<Object> {
    let mut builder = MemoryBuilder::new();
    copy(object.root(), &mut builder);
    builder.finish(source)
}

/// Readers refuse deep input, so that the depth of this recursion has a limit.
fn copy(value: Value<'_>, builder: &mut MemoryBuilder) {
    match value.kind() {
        ValueKind::Null => builder.null(),
        ValueKind::Bool => builder.bool(value.as_bool().unwrap_or_default()),
        ValueKind::Number => {
            builder.number(value.as_number().map(|number| number.as_json()).unwrap_or_default());
        }
        ValueKind::String => builder.string(value.as_str().unwrap_or_default()),
        ValueKind::Sequence => {
            builder.open_sequence();
            value.items().for_each(|item| copy(item, builder));
            builder.close();
        }
        ValueKind::Mapping => {
            builder.open_mapping();
            for (key, entry) in value.entries() {
                builder.key(key);
                copy(entry, builder);
            }
            builder.close();
        }
    }
}
