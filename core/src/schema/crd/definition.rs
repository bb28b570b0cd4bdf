//! A `CustomResourceDefinition`: names, versions, and the schema of each.

use std::sync::{Arc, OnceLock};

use super::accept;
use super::compile::{Compiled, DEPTH_LIMIT, Purpose, Unreadable, compile};
use crate::finding::{Finding, Severity};
use crate::object::{FieldPath, Object, Value, ValueKind};
use crate::schema::CustomResource;
use crate::version::KubeVersion;

/// What one object of kind `CustomResourceDefinition` declares. Schemas are compiled when they are first asked for.
#[derive(Clone, Debug)]
pub struct Definition {
    object: Object,
    kube_version: KubeVersion,
    group: String,
    kind: String,
    plural: String,
    namespaced: bool,
    preserves: bool,
    versions: Vec<DefinedVersion>,
    state: Arc<OnceLock<State>>,
}

/// One version of a [`Definition`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the definition of its own")]
pub struct DefinedVersion {
    /// Its name, such as `v1`.
    pub name: String,
    /// Whether objects of this version can be created.
    pub served: bool,
    /// Whether objects are stored in it.
    pub storage: bool,
    /// Whether `status` is a subresource, which new objects cannot set.
    pub has_status: bool,
    /// Whether there is a subresource `scale`.
    pub has_scale: bool,
    pub(super) scale: Option<ScalePaths>,
}

/// Where the subresource `scale` finds its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ScalePaths {
    pub(super) spec_replicas: String,
    pub(super) status_replicas: String,
    pub(super) label_selector: Option<String>,
}

impl ScalePaths {
    fn of(subresources: Option<Value<'_>>) -> Option<Self> {
        let scale = subresources?.get("scale").filter(|scale| !scale.is_null())?;
        let path = |field: &str| scale.get(field).and_then(|path| path.as_str()).map(str::to_owned);
        Some(Self {
            spec_replicas: path("specReplicasPath").unwrap_or_default(),
            status_replicas: path("statusReplicasPath").unwrap_or_default(),
            label_selector: path("labelSelectorPath"),
        })
    }
}

/// What becomes of a definition once its schemas are compiled.
#[derive(Debug, Default)]
pub(super) struct State {
    /// By place of the version.
    pub(super) versions: Vec<Compiled>,
    pub(super) findings: Vec<Finding>,
    /// Why the API server refuses the definition, in its words and order.
    pub(super) errors: Vec<String>,
    /// Whether a schema is not structural.
    pub(super) flawed: bool,
}

impl Definition {
    /// The definition that an object is; nothing when it is something else.
    pub(super) fn of(object: &Object, kube_version: KubeVersion) -> Option<Self> {
        let version = object.api_version().strip_prefix("apiextensions.k8s.io/")?;
        if object.kind() != "CustomResourceDefinition" {
            return None;
        }
        let is_beta = version == "v1beta1";
        let spec = object.root().get("spec")?;
        let text =
            |value: Option<Value<'_>>| value.and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let names = spec.get("names");
        let name = |field: &str| text(names.and_then(|names| names.get(field)));
        let preserves = spec.get("preserveUnknownFields").and_then(|preserves| preserves.as_bool());
        Some(Self {
            object: object.clone(),
            kube_version,
            group: text(spec.get("group")),
            kind: name("kind"),
            plural: name("plural"),
            namespaced: spec.get("scope").and_then(|scope| scope.as_str()) != Some("Cluster"),
            preserves: preserves.unwrap_or(is_beta),
            versions: versions(spec, is_beta),
            state: Arc::default(),
        })
    }

    /// The object that it was read from.
    pub fn object(&self) -> &Object {
        &self.object
    }

    /// `metadata.name`
    pub fn name(&self) -> &str {
        self.object.name()
    }

    /// The API group.
    pub fn group(&self) -> &str {
        &self.group
    }

    /// The kind of the objects.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Whether objects live in namespaces.
    pub fn is_namespaced(&self) -> bool {
        self.namespaced
    }

    /// Whether unknown fields stay, as in definitions of `v1beta1` that do not say otherwise.
    pub fn preserves_unknown_fields(&self) -> bool {
        self.preserves
    }

    /// The versions in the order in which they are written.
    pub fn versions(&self) -> &[DefinedVersion] {
        &self.versions
    }

    /// The same as discovery shows it.
    pub fn resource(&self) -> CustomResource {
        let names = self.object.root().get("spec").and_then(|spec| spec.get("names"));
        let field = |field: &str| names.and_then(|names| names.get(field));
        let singular =
            field("singular").and_then(|singular| singular.as_str()).filter(|name| !name.is_empty());
        CustomResource {
            group: self.group.clone(),
            kind: self.kind.clone(),
            plural: self.plural.clone(),
            singular: singular.map_or_else(|| self.kind.to_lowercase(), str::to_owned),
            short_names: field("shortNames")
                .into_iter()
                .flat_map(|names| names.items())
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect(),
            namespaced: self.namespaced,
            versions: self.versions.iter().filter(|one| one.served).map(|one| one.name.clone()).collect(),
        }
    }

    /// What keeps the definition from being accepted, and the rules of it that are not evaluated.
    pub fn findings(&self) -> &[Finding] {
        &self.state().findings
    }

    /// What the API server refuses about it, in its words and order; rules in CEL are not looked at.
    pub fn errors(&self) -> &[String] {
        &self.state().errors
    }

    /// Whether the API server would accept the schemas.
    pub(super) fn is_usable(&self) -> bool {
        let state = self.state();
        state.versions.len() == self.versions.len() && (self.preserves || !state.flawed)
    }

    /// The compiled schema of a served version.
    pub(super) fn served(&self, name: &str) -> Option<(&DefinedVersion, &Compiled)> {
        let place = self.versions.iter().position(|version| version.name == name && version.served)?;
        self.is_usable().then_some(())?;
        Some((self.versions.get(place)?, self.state().versions.get(place)?))
    }

    pub(super) fn state(&self) -> &State {
        self.state.get_or_init(|| self.compile())
    }

    fn compile(&self) -> State {
        let mut state = State::default();
        let purpose = if self.preserves { Purpose::PreservedObjects } else { Purpose::Objects };
        let schemas = self.schemas();
        // upstream keeps one schema for all versions when they are equal, and names it there
        let shared = schemas.windows(2).all(|pair| matches!(pair, [one, two] if one == two));
        for (index, schema) in schemas.iter().enumerate() {
            let path = if shared {
                "spec.validation.openAPIV3Schema".to_owned()
            } else {
                format!("spec.versions[{index}].schema.openAPIV3Schema")
            };
            let compiled = match schema {
                None => Ok(Compiled::default()),
                Some(schema) if schema.kind() == ValueKind::Mapping => {
                    compile(*schema, &path, self.kube_version, purpose)
                }
                Some(schema) => {
                    let location = schema.location(FieldPath::root());
                    state
                        .findings
                        .push(malformed("`openAPIV3Schema` must be an object".to_owned()).at(location));
                    return state;
                }
            };
            match compiled {
                Ok(compiled) => Self::keep(compiled, shared && index > 0, &mut state),
                Err(Unreadable::Misread(wrong)) => {
                    state.findings.push(malformed(wrong.message).at(wrong.value_at));
                    return state;
                }
                Err(Unreadable::TooDeep(location)) => {
                    let message = format!("the schema has more than {DEPTH_LIMIT} levels");
                    state.findings.push(Finding::new("crd/too-deep", Severity::Error, message).at(location));
                    return state;
                }
            }
        }
        match accept::problems(&self.object, self.kube_version) {
            Ok(problems) => {
                for problem in problems {
                    let code =
                        if problem.structural { "crd/not-structural" } else { "crd/invalid-definition" };
                    let finding = Finding::new(code, Severity::Error, problem.text.clone());
                    state.findings.push(finding.at(problem.location));
                    state.errors.push(problem.text);
                }
            }
            Err(wrong) => {
                state.findings.insert(0, malformed(wrong.message).at(wrong.value_at));
                state.versions.clear();
            }
        }
        state
    }

    fn keep(compiled: Compiled, is_repeated: bool, state: &mut State) {
        state.flawed |= !compiled.flaws.is_empty();
        if !is_repeated {
            for rule in compiled.schema.unsupported.iter() {
                let finding = Finding::new(rule.code, Severity::Note, rule.message.clone());
                state.findings.push(finding.at(rule.location.clone()));
            }
        }
        state.versions.push(compiled);
    }

    fn is_beta(&self) -> bool {
        self.object.api_version().ends_with("/v1beta1")
    }

    /// The schema of each version, from wherever it stands.
    fn schemas(&self) -> Vec<Option<Value<'_>>> {
        let Some(spec) = self.object.root().get("spec") else { return Vec::new() };
        let shared = below(spec.get("validation")).filter(|_| self.is_beta());
        let written: Vec<Value<'_>> =
            spec.get("versions").into_iter().flat_map(|list| list.items()).collect();
        if written.is_empty() {
            return self.versions.iter().map(|_| shared).collect();
        }
        written.iter().map(|version| below(version.get("schema")).or(shared)).collect()
    }
}

fn below(value: Option<Value<'_>>) -> Option<Value<'_>> {
    value.and_then(|value| value.get("openAPIV3Schema")).filter(|schema| !schema.is_null())
}

fn versions(spec: Value<'_>, is_beta: bool) -> Vec<DefinedVersion> {
    let text =
        |value: Option<Value<'_>>| value.and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let flag = |value: Option<Value<'_>>| value.and_then(|value| value.as_bool()).unwrap_or_default();
    let has = |subresources: Option<Value<'_>>, name: &str| {
        subresources.and_then(|all| all.get(name)).is_some_and(|one| !one.is_null())
    };
    let shared = spec.get("subresources").filter(|_| is_beta);
    let written = spec.get("versions").into_iter().flat_map(|list| list.items());
    let mut versions: Vec<DefinedVersion> = written
        .map(|version| {
            let subresources = version.get("subresources").filter(|one| !one.is_null()).or(shared);
            DefinedVersion {
                name: text(version.get("name")),
                served: flag(version.get("served")),
                storage: flag(version.get("storage")),
                has_status: has(subresources, "status"),
                has_scale: has(subresources, "scale"),
                scale: ScalePaths::of(subresources),
            }
        })
        .collect();
    if versions.is_empty() && is_beta {
        versions.push(DefinedVersion {
            name: text(spec.get("version")),
            served: true,
            storage: true,
            has_status: has(shared, "status"),
            has_scale: has(shared, "scale"),
            scale: ScalePaths::of(shared),
        });
    }
    versions
}

fn malformed(message: String) -> Finding {
    Finding::new("crd/malformed", Severity::Error, message)
}
