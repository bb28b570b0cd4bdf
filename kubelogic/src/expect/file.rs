//! Objects of kind `Expectations`: fields, sections, and the lines in them.

use std::collections::BTreeMap;

use kubelogic_core::decode::{Decoder, FieldValidation, Ignored};
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::object::{FieldPath, Object};
use kubelogic_core::version::KubeVersion;
use schemars::JsonSchema;

use super::place::Written;
use crate::project::VersionSetting;

/// Sections that lines can stand in, and whether their engine is here.
pub(super) const SECTIONS: [(&str, bool); 5] = [
    ("access", cfg!(feature = "rbac")),
    ("certificates", false),
    ("kubeconfigs", false),
    ("network", false),
    ("placement", false),
];

kubelogic_core::model! {
    /// What must hold, as short lines that `kubelogic expect` and `kubelogic check` evaluate.
    #[derive(JsonSchema)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    #[schemars(title = "Expectations")]
    pub(super) struct Fields {
        #[schemars(schema_with = "super::schema::api_version")]
        pub(super) api_version: String = "apiVersion",
        #[schemars(schema_with = "super::schema::kind")]
        pub(super) kind: String = "kind",
        /// A name for the expectations of this object, and whatever else objects say about themselves.
        #[schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")]
        pub(super) metadata: Ignored = "metadata",
        /// What the expectations are for, for people.
        pub(super) description: Option<String> = "description",
        /// The Kubernetes version that the lines are judged for, such as "1.37". It must be quoted. Without it that of the run counts.
        #[schemars(with = "Option<String>", regex(pattern = r"^v?1\.[1-9][0-9]*(\.[0-9]+)?$"))]
        pub(super) kube_version: Option<VersionSetting> = "kubeVersion",
        /// Users with groups, under names that lines use as `subject:NAME`.
        pub(super) subjects: Option<BTreeMap<String, NamedSubject>> = "subjects",
        /// The authorizers that are asked; RBAC alone unless given.
        pub(super) authorizers: Option<Authorizers> = "authorizers",
        /// Who may do what: `SUBJECT can|cannot VERB TYPE[/NAME] [--subresource S] in NAMESPACE|cluster`.
        #[schemars(schema_with = "super::schema::access_lines")]
        pub(super) access: Option<Vec<String>> = "access",
        ; ignore "certificates", "kubeconfigs", "network", "placement"
    }

    /// The authorizers of an API server.
    #[derive(JsonSchema)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    pub(super) struct Authorizers {
        /// What `--authorization-mode` lists, such as `[Node, RBAC]`.
        pub(super) modes: Option<Vec<String>> = "modes",
        /// The text of `--authorization-policy-file`.
        pub(super) policy: Option<String> = "policy",
        /// The text of `--authorization-config`, in place of `modes`.
        pub(super) configuration: Option<String> = "configuration",
    }

    /// A user, as the API server sees it.
    #[derive(JsonSchema)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    pub(super) struct NamedSubject {
        /// The user name. Without it lines are about somebody who has nothing but the groups.
        pub(super) user: Option<String> = "user",
        /// The groups. As with `kubectl --as`, `system:authenticated` is added.
        pub(super) groups: Option<Vec<String>> = "groups",
    }
}

/// An object of expectations, read.
pub(super) struct File<'a> {
    /// `metadata.name`.
    pub(super) name: &'a str,
    /// The version that it pins.
    pub(super) kube_version: Option<KubeVersion>,
    /// The authorizers that it names.
    #[cfg_attr(
        not(feature = "rbac"),
        expect(dead_code, reason = "only the section `access` asks authorizers")
    )]
    pub(super) authorizers: Option<Authorizers>,
    /// Its own subjects by name.
    #[cfg(feature = "rbac")]
    pub(super) subjects: BTreeMap<String, NamedSubject>,
    /// The lines of the sections whose engine is here.
    pub(super) lines: Vec<Written<'a>>,
}

impl<'a> File<'a> {
    /// Reads what can be read, and says what is wrong with the rest.
    pub(super) fn read(object: &'a Object, findings: &mut Vec<Finding>) -> Self {
        let root = object.root();
        let mut decoder = Decoder::new(FieldValidation::Strict);
        let fields: Fields = decoder.decode(root);
        let (problems, _) = decoder.finish();
        findings.extend(problems.iter().map(Finding::from));

        let mut lines = Vec::new();
        let mut given = 0;
        for (section, is_here) in SECTIONS {
            let Some(value) = root.get(section) else { continue };
            let path = FieldPath::root().field(section);
            given += value.items().count();
            if is_here {
                let items = value.items().enumerate();
                lines.extend(items.filter_map(|(index, item)| {
                    Written::new(section, object, item, path.clone().index(index))
                }));
            } else {
                let message = format!("nothing here can judge the section `{section}`");
                let mut location = value.location(path);
                location.position = value.key_position();
                findings.push(
                    Finding::new("expect/unknown-section", Severity::Error, message)
                        .at(location)
                        .help(format!("sections that can be judged: {}", known_sections())),
                );
            }
        }
        if given == 0 {
            let message = "there is no line in these expectations";
            findings.push(
                Finding::new("expect/no-lines", Severity::Warning, message)
                    .at(root.location(FieldPath::root())),
            );
        }
        Self {
            name: object.name(),
            kube_version: fields.kube_version.and_then(VersionSetting::version),
            authorizers: fields.authorizers,
            #[cfg(feature = "rbac")]
            subjects: fields.subjects.unwrap_or_default(),
            lines,
        }
    }
}

fn known_sections() -> String {
    let known = SECTIONS.iter().filter(|(_, is_here)| *is_here).map(|(section, _)| format!("`{section}`"));
    known.collect::<Vec<_>>().join(", ")
}
