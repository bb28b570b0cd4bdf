//! A definition as the API server holds it: defaulted, and what all versions say alike said once.
//!
//! upstream: apiextensions-apiserver pkg/apis/apiextensions/{v1,v1beta1}/{defaults,conversion}.go

use super::super::raw::Misread;
use crate::object::{FieldPath, Object, Value, ValueKind};

/// The fields of a definition.
#[derive(Debug)]
pub(super) struct Written<'a> {
    pub(super) group: &'a str,
    pub(super) scope: &'a str,
    pub(super) version: &'a str,
    pub(super) names: Names<'a>,
    /// What holds the schema of all versions.
    pub(super) validation: Option<Value<'a>>,
    pub(super) subresources: Option<Subresources<'a>>,
    pub(super) columns: Vec<Column<'a>>,
    pub(super) selectable: Vec<&'a str>,
    pub(super) versions: Vec<Version<'a>>,
    pub(super) conversion: Conversion<'a>,
    pub(super) preserve: Option<bool>,
    /// Whether what all versions share stands in each of them.
    pub(super) moved: bool,
}

#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    pub(super) plural: &'a str,
    pub(super) singular: String,
    pub(super) kind: &'a str,
    pub(super) list_kind: String,
    pub(super) short: Vec<&'a str>,
    pub(super) categories: Vec<&'a str>,
}

#[derive(Debug, Default)]
pub(super) struct Version<'a> {
    pub(super) name: &'a str,
    pub(super) storage: bool,
    pub(super) deprecated: bool,
    pub(super) warning: Option<&'a str>,
    pub(super) schema: Option<Value<'a>>,
    pub(super) subresources: Option<Subresources<'a>>,
    pub(super) columns: Vec<Column<'a>>,
    pub(super) selectable: Vec<&'a str>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Subresources<'a> {
    pub(super) status: bool,
    pub(super) scale: Option<Scale<'a>>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scale<'a> {
    pub(super) spec_replicas: &'a str,
    pub(super) status_replicas: &'a str,
    pub(super) label_selector: Option<&'a str>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Column<'a> {
    pub(super) name: &'a str,
    pub(super) kind: &'a str,
    pub(super) format: &'a str,
    pub(super) json_path: &'a str,
    description: &'a str,
    priority: i64,
}

#[derive(Debug, Default)]
pub(super) struct Conversion<'a> {
    pub(super) strategy: &'a str,
    pub(super) client: Option<Client<'a>>,
    pub(super) review_versions: Vec<&'a str>,
}

#[derive(Debug, Default)]
pub(super) struct Client<'a> {
    pub(super) url: Option<&'a str>,
    pub(super) service: Option<Service<'a>>,
}

#[derive(Debug, Default)]
pub(super) struct Service<'a> {
    pub(super) namespace: &'a str,
    pub(super) name: &'a str,
    pub(super) path: Option<&'a str>,
    pub(super) port: i64,
}

type Read<T> = Result<T, Misread>;

impl<'a> Written<'a> {
    pub(super) fn read(object: &'a Object) -> Read<Self> {
        let is_beta = object.api_version().ends_with("/v1beta1");
        let spec = field(object.root(), "spec", ValueKind::Mapping)?;
        let mut written = Self {
            group: text(spec, "group")?,
            scope: text(spec, "scope")?,
            version: "",
            names: names(spec)?,
            validation: None,
            subresources: None,
            columns: Vec::new(),
            selectable: Vec::new(),
            versions: Vec::new(),
            conversion: conversion(spec, is_beta)?,
            preserve: truth(spec, "preserveUnknownFields")?,
            moved: !is_beta,
        };
        for version in list(spec, "versions")? {
            written.versions.push(self::version(version, is_beta)?);
        }
        if is_beta {
            written.shared(spec)?;
        } else {
            written.preserve = Some(written.preserve == Some(true));
            written.hoist();
        }
        Ok(written)
    }

    /// What the old version has beside its versions, and its defaults.
    fn shared(&mut self, spec: Option<Value<'a>>) -> Read<()> {
        self.version = text(spec, "version")?;
        self.validation = field(spec, "validation", ValueKind::Mapping)?;
        self.subresources = subresources(spec)?;
        self.columns = columns(spec, true)?;
        self.selectable = selectable(spec)?;
        if self.scope.is_empty() {
            self.scope = "Namespaced";
        }
        if self.versions.is_empty() && !self.version.is_empty() {
            let only = Version { name: self.version, storage: true, ..Version::default() };
            self.versions.push(only);
        }
        if let (true, Some(first)) = (self.version.is_empty(), self.versions.first()) {
            self.version = first.name;
        }
        if self.conversion.strategy == "Webhook" && self.conversion.review_versions.is_empty() {
            self.conversion.review_versions.push("v1beta1");
        }
        self.preserve.get_or_insert(true);
        Ok(())
    }

    /// What all versions say alike is said of all of them at once.
    fn hoist(&mut self) {
        let Some(first) = self.versions.first() else { return };
        self.version = first.name;
        let all = |same: &dyn Fn(&Version<'a>) -> bool| self.versions.iter().all(same);
        let subresources = all(&|version| version.subresources == first.subresources);
        let schema = all(&|version| version.schema == first.schema);
        let columns = all(&|version| version.columns == first.columns);
        let selectable = all(&|version| version.selectable == first.selectable);
        for version in self.versions.iter_mut().rev() {
            if subresources {
                self.subresources = version.subresources.take();
            }
            if schema {
                self.validation = version.schema.take();
            }
            if columns {
                self.columns = std::mem::take(&mut version.columns);
            }
            if selectable {
                self.selectable = std::mem::take(&mut version.selectable);
            }
        }
    }

    pub(super) fn any_status(&self) -> bool {
        let has =
            |subresources: &Option<Subresources<'_>>| subresources.as_ref().is_some_and(|one| one.status);
        has(&self.subresources) || self.versions.iter().any(|version| has(&version.subresources))
    }

    /// The subresources of a version, by its name.
    pub(super) fn has_status(&self, name: &str) -> bool {
        let subresources = if self.versions.iter().any(|version| version.subresources.is_some()) {
            let version = self.versions.iter().find(|version| version.name == name);
            version.and_then(|version| version.subresources.as_ref())
        } else {
            self.subresources.as_ref()
        };
        subresources.is_some_and(|subresources| subresources.status)
    }
}

/// The schema below a `validation` or a `schema`.
pub(super) fn schema_of(validation: Option<Value<'_>>) -> Option<Value<'_>> {
    validation?.get("openAPIV3Schema").filter(|schema| !schema.is_null())
}

fn names(spec: Option<Value<'_>>) -> Read<Names<'_>> {
    let names = field(spec, "names", ValueKind::Mapping)?;
    let kind = text(names, "kind")?;
    let mut read = Names {
        plural: text(names, "plural")?,
        singular: text(names, "singular")?.to_owned(),
        kind,
        list_kind: text(names, "listKind")?.to_owned(),
        short: texts(names, "shortNames")?,
        categories: texts(names, "categories")?,
    };
    if read.singular.is_empty() {
        read.singular = kind.to_lowercase();
    }
    if read.list_kind.is_empty() && !kind.is_empty() {
        read.list_kind = format!("{kind}List");
    }
    Ok(read)
}

fn version(value: Value<'_>, is_beta: bool) -> Read<Version<'_>> {
    let value = Some(value).filter(|value| !value.is_null());
    truth(value, "served")?;
    Ok(Version {
        name: text(value, "name")?,
        storage: truth(value, "storage")? == Some(true),
        deprecated: truth(value, "deprecated")? == Some(true),
        warning: maybe_text(value, "deprecationWarning")?,
        schema: field(value, "schema", ValueKind::Mapping)?,
        subresources: subresources(value)?,
        columns: columns(value, is_beta)?,
        selectable: selectable(value)?,
    })
}

fn subresources(value: Option<Value<'_>>) -> Read<Option<Subresources<'_>>> {
    let Some(found) = field(value, "subresources", ValueKind::Mapping)? else { return Ok(None) };
    let status = field(Some(found), "status", ValueKind::Mapping)?.is_some();
    let scale = field(Some(found), "scale", ValueKind::Mapping)?;
    let scale = scale.map(|scale| -> Read<Scale<'_>> {
        Ok(Scale {
            spec_replicas: text(Some(scale), "specReplicasPath")?,
            status_replicas: text(Some(scale), "statusReplicasPath")?,
            label_selector: maybe_text(Some(scale), "labelSelectorPath")?,
        })
    });
    Ok(Some(Subresources { status, scale: scale.transpose()? }))
}

fn columns(value: Option<Value<'_>>, is_beta: bool) -> Read<Vec<Column<'_>>> {
    let mut columns = Vec::new();
    for column in list(value, "additionalPrinterColumns")? {
        let column = Some(column);
        columns.push(Column {
            name: text(column, "name")?,
            kind: text(column, "type")?,
            format: text(column, "format")?,
            json_path: text(column, if is_beta { "JSONPath" } else { "jsonPath" })?,
            description: text(column, "description")?,
            priority: number(column, "priority")?.unwrap_or_default(),
        });
    }
    Ok(columns)
}

fn selectable(value: Option<Value<'_>>) -> Read<Vec<&str>> {
    list(value, "selectableFields")?.into_iter().map(|field| text(Some(field), "jsonPath")).collect()
}

fn conversion(spec: Option<Value<'_>>, is_beta: bool) -> Read<Conversion<'_>> {
    let Some(found) = field(spec, "conversion", ValueKind::Mapping)? else {
        return Ok(Conversion { strategy: "None", ..Conversion::default() });
    };
    let (holder, name) = if is_beta {
        (Some(found), "webhookClientConfig")
    } else {
        (field(Some(found), "webhook", ValueKind::Mapping)?, "clientConfig")
    };
    let client = field(holder, name, ValueKind::Mapping)?;
    let client = client.map(|client| -> Read<Client<'_>> {
        let service = field(Some(client), "service", ValueKind::Mapping)?;
        let service = service.map(|service| -> Read<Service<'_>> {
            Ok(Service {
                namespace: text(Some(service), "namespace")?,
                name: text(Some(service), "name")?,
                path: maybe_text(Some(service), "path")?,
                port: number(Some(service), "port")?.unwrap_or(443),
            })
        });
        maybe_text(Some(client), "caBundle")?;
        Ok(Client { url: maybe_text(Some(client), "url")?, service: service.transpose()? })
    });
    Ok(Conversion {
        strategy: text(Some(found), "strategy")?,
        client: client.transpose()?,
        review_versions: texts(holder, "conversionReviewVersions")?,
    })
}

fn misread(value: Value<'_>, wanted: &str) -> Misread {
    let key = value.key().unwrap_or("item");
    Misread { message: format!("`{key}` must be {wanted}"), value_at: value.location(FieldPath::root()) }
}

/// A field of a kind; what is null is not there.
fn field<'a>(value: impl Into<Option<Value<'a>>>, name: &str, kind: ValueKind) -> Read<Option<Value<'a>>> {
    let Some(found) = value.into().and_then(|value| value.get(name)).filter(|found| !found.is_null()) else {
        return Ok(None);
    };
    let wanted = if kind == ValueKind::Mapping { "an object" } else { "a list" };
    if found.kind() == kind { Ok(Some(found)) } else { Err(misread(found, wanted)) }
}

fn maybe_text<'a>(value: Option<Value<'a>>, name: &str) -> Read<Option<&'a str>> {
    match value.and_then(|value| value.get(name)).filter(|found| !found.is_null()) {
        None => Ok(None),
        Some(found) => found.as_str().map(Some).ok_or_else(|| misread(found, "a string")),
    }
}

fn text<'a>(value: Option<Value<'a>>, name: &str) -> Read<&'a str> {
    maybe_text(value, name).map(Option::unwrap_or_default)
}

fn truth(value: Option<Value<'_>>, name: &str) -> Read<Option<bool>> {
    match value.and_then(|value| value.get(name)).filter(|found| !found.is_null()) {
        None => Ok(None),
        Some(found) => found.as_bool().map(Some).ok_or_else(|| misread(found, "true or false")),
    }
}

fn number(value: Option<Value<'_>>, name: &str) -> Read<Option<i64>> {
    match value.and_then(|value| value.get(name)).filter(|found| !found.is_null()) {
        None => Ok(None),
        Some(found) => found
            .as_i64()
            .filter(|number| i32::try_from(*number).is_ok())
            .map(Some)
            .ok_or_else(|| misread(found, "a whole number of 32 bits")),
    }
}

fn list<'a>(value: Option<Value<'a>>, name: &str) -> Read<Vec<Value<'a>>> {
    let items: Vec<Value<'a>> =
        field(value, name, ValueKind::Sequence)?.into_iter().flat_map(|list| list.items()).collect();
    match items.iter().find(|item| !matches!(item.kind(), ValueKind::Mapping | ValueKind::Null)) {
        Some(wrong) => Err(misread(*wrong, "an object")),
        None => Ok(items),
    }
}

fn texts<'a>(value: Option<Value<'a>>, name: &str) -> Read<Vec<&'a str>> {
    let found = field(value, name, ValueKind::Sequence)?;
    let text = |item: Value<'a>| match item.as_str() {
        Some(text) => Ok(text),
        None if item.is_null() => Ok(""),
        None => Err(misread(item, "a string")),
    };
    found.into_iter().flat_map(|list| list.items()).map(text).collect()
}
