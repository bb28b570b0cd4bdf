//! What is known about a kind and the fields below it, as `kubectl explain` shows it.

mod target;
mod words;

use serde::Serialize;
use serde_json::Value;

use super::{
    Availability, Field, GroupVersionKind, Kind, KindSource, ListType, MapType, Struct, Type, Types,
};
use crate::near::nearest;
use crate::version::KubeVersion;
pub use target::Target;
use words::type_word;

/// A kind, or a field below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Explained {
    /// The kind.
    #[serde(flatten)]
    pub of: GroupVersionKind,
    /// Where the kind comes from.
    pub source: KindSource,
    /// The names that lead to the field, with dots; empty for the kind itself.
    pub path: String,
    /// What is explained: the kind itself, or the field.
    pub field: ExplainedField,
}

/// A field and what is below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExplainedField {
    /// The name of the field; of the kind, when the kind itself is explained.
    pub name: String,
    /// The type in kubectl's words: `string`, `integer`, `[]Container`, `map[string]Quantity`.
    #[serde(rename = "type")]
    pub value_type: String,
    /// The Go type, such as `[]core/v1.Container`.
    pub go_type: String,
    /// Whether it must be there.
    pub required: bool,
    /// The values that it or its items may have; empty when any will do.
    #[serde(rename = "enum")]
    pub enum_values: Vec<String>,
    /// The format, such as `int32`.
    pub format: Option<String>,
    /// How the items of a list belong together.
    pub list_type: Option<ListType>,
    /// The fields that tell the items apart, for the list type `map`.
    pub list_map_keys: Vec<String>,
    /// How the entries of a map or object belong together.
    pub map_type: Option<MapType>,
    /// What a strategic merge patch does with it.
    pub patch_strategy: Option<String>,
    /// The field by which a strategic merge patch tells items apart.
    pub patch_merge_key: Option<String>,
    /// The default that the schema declares. API servers set more defaults in code.
    #[serde(rename = "default")]
    pub default_value: Option<Value>,
    /// The first minor version that has it; the oldest supported one stands for all before it too.
    #[cfg_attr(feature = "json-schema", schemars(with = "String"))]
    pub since: KubeVersion,
    /// The last minor version that has it; absent when the newest supported one has it.
    #[cfg_attr(feature = "json-schema", schemars(with = "Option<String>"))]
    pub until: Option<KubeVersion>,
    /// Whether only the experimental channel of a custom resource's project has it.
    pub experimental: bool,
    /// The fields below it, in the order of the schema; those of the items for lists and maps.
    pub fields: Vec<ExplainedField>,
}

/// Why there is nothing to explain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// No resource or kind goes by this name.
    #[error("`{word}` is no resource or kind of kubernetes {version}")]
    UnknownKind {
        /// The word as it was given.
        word: String,
        /// The version that was asked about.
        version: KubeVersion,
        /// What was probably meant, or when the kind was there.
        help: Option<String>,
    },
    /// A version of a group has no such kind.
    #[error("`{api_version}` has no kind `{kind}` in kubernetes {version}")]
    UnknownVersionKind {
        /// The group and version as they were given.
        api_version: String,
        /// The kind as it was given.
        kind: String,
        /// The version that was asked about.
        version: KubeVersion,
        /// What was probably meant, or when the kind was there.
        help: Option<String>,
    },
    /// A path leads to a field that is not there.
    #[error("`{parent}` has no field `{name}`")]
    UnknownField {
        /// The path so far, the kind in front.
        parent: String,
        /// The name that is unknown there.
        name: String,
        /// What was probably meant, or when the field was there.
        help: Option<String>,
    },
}

impl ExplainError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownKind { .. } | Self::UnknownVersionKind { .. } => "schema/unknown-kind",
            Self::UnknownField { .. } => "schema/unknown-field",
        }
    }

    /// What was probably meant, or in which versions it is there.
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::UnknownKind { help, .. }
            | Self::UnknownVersionKind { help, .. }
            | Self::UnknownField { help, .. } => help.as_deref(),
        }
    }
}

/// Explains a kind, or the field below it that the path leads to. With `recursive` the fields below have their
/// own fields, down to scalars; a type that contains itself is opened once.
///
/// # Errors
/// [`ExplainError`] when the path leads nowhere.
///
/// ```
/// use kubelogic_core::schema::{Target, explain};
/// let version = "1.37".parse()?;
/// let target = Target::of_word("deploy.spec.strategy", version)?;
/// let strategy = explain(&target, version, false)?;
/// assert_eq!(strategy.field.value_type, "DeploymentStrategy");
/// assert_eq!(strategy.field.fields[0].enum_values, ["Recreate", "RollingUpdate"]);
///
/// let target = Target::of_word("deploy.spec.tempalte", version)?;
/// let error = explain(&target, version, false).unwrap_err();
/// assert_eq!(error.to_string(), "`Deployment.spec` has no field `tempalte`");
/// assert_eq!(error.help(), Some("did you mean `template`?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn explain(target: &Target, version: KubeVersion, recursive: bool) -> Result<Explained, ExplainError> {
    let kind = target.kind_of(Types::of(version))?;
    let mut parent = kind.kind().to_owned();
    let mut here: Option<Field<'_>> = None;
    let mut value = kind.value_type();
    for name in &target.path {
        let unknown = |help| ExplainError::UnknownField { parent: parent.clone(), name: name.clone(), help };
        let Some(owner) = owner_of_fields(value) else {
            return Err(unknown(Some(format!("it is `{}`", type_word(value)))));
        };
        let field = owner.field(name).ok_or_else(|| unknown(instead(owner, name)))?;
        parent = format!("{parent}.{name}");
        value = field.value_type();
        here = Some(field);
    }
    let mut above = Vec::new();
    let field = match here {
        Some(field) => explained(field, recursive, &mut above, true),
        None => explained_kind(kind, recursive),
    };
    let of = GroupVersionKind { group: kind.group(), version: kind.version(), kind: kind.kind() };
    Ok(Explained { of, source: kind.source(), path: target.path.join("."), field })
}

fn explained_kind(kind: Kind<'_>, recursive: bool) -> ExplainedField {
    let value = kind.value_type();
    let there = kind.availability();
    let mut above = Vec::new();
    ExplainedField {
        name: kind.kind().to_owned(),
        value_type: type_word(value),
        go_type: value.name().to_owned(),
        required: false,
        enum_values: Vec::new(),
        format: None,
        list_type: None,
        list_map_keys: Vec::new(),
        map_type: None,
        patch_strategy: None,
        patch_merge_key: None,
        default_value: None,
        since: there.map_or(KubeVersion::OLDEST, |there| there.since),
        until: there.and_then(|there| there.until),
        experimental: false,
        fields: below(value, recursive, &mut above),
    }
}

/// One field; `open` when the fields below it are wanted.
fn explained(field: Field<'_>, recursive: bool, above: &mut Vec<&'static str>, open: bool) -> ExplainedField {
    let value = field.value_type();
    let owned = |text: Option<&'static str>| text.map(str::to_owned);
    ExplainedField {
        name: field.name().to_owned(),
        value_type: type_word(value),
        go_type: value.name().to_owned(),
        required: field.required(),
        enum_values: field.enum_values().map(str::to_owned).collect(),
        format: owned(field.format()),
        list_type: field.list_type(),
        list_map_keys: field.list_map_keys().map(str::to_owned).collect(),
        map_type: field.map_type(),
        patch_strategy: owned(field.patch_strategy()),
        patch_merge_key: owned(field.patch_merge_key()),
        default_value: field.default().and_then(|text| serde_json::from_str(text).ok()),
        since: field.since(),
        until: field.until(),
        experimental: field.is_experimental(),
        fields: if open { below(value, recursive, above) } else { Vec::new() },
    }
}

/// The fields below a type. Recursion ends, for a type is not opened below itself and there are finitely many.
fn below(value: Type<'_>, recursive: bool, above: &mut Vec<&'static str>) -> Vec<ExplainedField> {
    let Some(owner) = owner_of_fields(value).filter(|owner| !above.contains(&owner.name())) else {
        return Vec::new();
    };
    above.push(owner.name());
    let fields = owner.fields().map(|field| explained(field, recursive, above, recursive)).collect();
    above.pop();
    fields
}

/// The struct whose fields a path goes on to, through lists and maps.
fn owner_of_fields(value: Type<'_>) -> Option<Struct<'_>> {
    value.innermost().as_struct()
}

/// What to write instead of a field that is not there.
fn instead(owner: Struct<'_>, name: &str) -> Option<String> {
    if let Some(there) = owner.field_of_other_minor(name) {
        return Some(when(there));
    }
    nearest(name, owner.fields().map(Field::name)).map(|near| format!("did you mean `{near}`?"))
}

/// In which versions something is there.
fn when(there: Availability) -> String {
    match there.until {
        Some(until) if there.since == KubeVersion::OLDEST => format!("kubernetes had it until {until}"),
        Some(until) => format!("kubernetes has it from {} to {until}", there.since),
        None => format!("kubernetes has it since {}", there.since),
    }
}

#[cfg(test)]
mod tests;
