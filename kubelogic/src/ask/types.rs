//! The question which types a kind is made of.

use kubelogic_core::answer::Answer;
use kubelogic_core::schema::{
    ExplainError, Field, GroupVersion, JsonKind, KindSource, Struct, Target, Types,
};
use kubelogic_core::version::KubeVersion;
use schemars::JsonSchema;
use serde::Serialize;

use super::question::question;
use super::{AskError, Catalogue};

question! {
    /// Which types is a kind made of, and which fields do they have?
    TypesOfQuestion {
        /// The version of the kind's group, such as `apps/v1`.
        api_version: String,
        /// The kind.
        kind: String,
    }
}

/// The types that a kind is made of.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TypesOfResult {
    /// Where the kind comes from.
    pub source: KindSource,
    /// The Go type of the kind.
    pub go_type: String,
    /// All types with fields, that of the kind among them, by name.
    pub types: Vec<TypeFields>,
}

/// A type and its fields.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TypeFields {
    /// The name without its package, such as `PodSpec`.
    pub name: String,
    /// The Go type, such as `core/v1.PodSpec`.
    pub go_type: String,
    /// The fields, in the order in which Go writes them.
    pub fields: Vec<TypeField>,
}

/// A field of a type.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TypeField {
    /// The name of the field.
    pub name: String,
    /// How JSON has it.
    pub json: JsonKind,
    /// The Go type, such as `[]core/v1.Container`.
    pub go_type: String,
    /// Whether it must be there.
    pub required: bool,
    /// The first minor version that has it; the oldest supported one stands for all before it too.
    #[schemars(with = "String")]
    pub since: KubeVersion,
    /// The last minor version that has it; absent when the newest supported one has it.
    #[schemars(with = "Option<String>")]
    pub until: Option<KubeVersion>,
}

pub(super) fn types_of(_: &Catalogue, question: TypesOfQuestion) -> Result<Answer<TypesOfResult>, AskError> {
    let TypesOfQuestion { kube_version, api_version, kind, .. } = question;
    let version = kube_version.unwrap_or_default();
    let within: GroupVersion =
        api_version.parse().map_err(|error| AskError::bad_question(format!("`apiVersion`: {error}")))?;
    let types = Types::of(version);
    let Some(found) = types.find(&within.group, &within.version, &kind) else {
        return Err(not_there(&within, &kind, version));
    };
    let root = found.value_type();
    let mut types: Vec<TypeFields> = root.structs().into_iter().map(fields_of).collect();
    types.sort_by(|left, right| left.name.cmp(&right.name));
    let result = TypesOfResult { source: found.source(), go_type: root.name().to_owned(), types };
    Ok(Answer::new(result, version))
}

fn fields_of(one: Struct<'_>) -> TypeFields {
    TypeFields {
        name: one.own_name().to_owned(),
        go_type: one.name().to_owned(),
        fields: one.fields().map(field_of).collect(),
    }
}

fn field_of(field: Field<'_>) -> TypeField {
    TypeField {
        name: field.name().to_owned(),
        json: field.value_type().shape().json_kind(),
        go_type: field.value_type().name().to_owned(),
        required: field.required(),
        since: field.since(),
        until: field.until(),
    }
}

/// What explaining the kind says about it.
fn not_there(within: &GroupVersion, kind: &str, version: KubeVersion) -> AskError {
    match kubelogic_core::schema::explain(&Target::new(within, kind, ""), version, false) {
        Err(error) => error.into(),
        Ok(_) => ExplainError::UnknownVersionKind {
            api_version: within.to_string(),
            kind: kind.to_owned(),
            version,
            help: None,
        }
        .into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::ask::Catalogue;

    #[test]
    fn a_kind_that_is_not_there_is_an_error() {
        let ask = |question: &str| -> serde_json::Value {
            serde_json::from_str(&Catalogue::new(None).answer(question)).unwrap()
        };
        let unknown = ask(r#"{"ask": "types.of", "apiVersion": "apps/v1", "kind": "Deploiment"}"#);
        assert_eq!(unknown["error"]["code"], "schema/unknown-kind");
        assert_eq!(unknown["error"]["help"], "did you mean `Deployment`?");
        let known = ask(
            r#"{"ask": "types.of", "apiVersion": "apps/v1", "kind": "Deployment", "kubeVersion": "1.29"}"#,
        );
        assert_eq!(known["answer"]["result"]["goType"], "apps/v1.Deployment");
    }
}
