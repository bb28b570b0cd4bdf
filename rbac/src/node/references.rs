//! What an object refers to, as far as the Node authorizer follows it.

use kubelogic_core::object::{FieldPath, Value, ValueKind};

use super::graph::Vertex;

/// The annotation of a pod that stands for a static pod of its node.
const MIRROR: &str = "kubernetes.io/config.mirror";

/// A field that the Node authorizer reads and that has another kind of value than its type takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) path: FieldPath,
    pub(super) expected: &'static str,
    pub(super) found: ValueKind,
}

/// Reads objects and remembers what does not fit.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) misfits: Vec<Misfit>,
}

/// How one object of the cluster is reached from another.
pub(super) trait Visitor {
    /// The object names one of this kind in this namespace.
    fn visit(&mut self, kind: Vertex, namespace: &str, name: &str);
}

impl<F: FnMut(Vertex, &str, &str)> Visitor for F {
    fn visit(&mut self, kind: Vertex, namespace: &str, name: &str) {
        self(kind, namespace, name);
    }
}

impl Reader {
    /// The node that an object names in its `spec`; empty when it names none.
    pub(super) fn node_name<'a>(&mut self, object: Value<'a>) -> &'a str {
        let spec = object.get("spec").filter(|spec| self.is_mapping(*spec, &["spec"]));
        spec.and_then(|spec| spec.get("nodeName"))
            .map(|value| self.text(value, &["spec", "nodeName"]))
            .unwrap_or_default()
    }

    /// Everything that a pod gives its node access to.
    ///
    /// With `stored` the fields are taken as they are; otherwise the old name of the service account counts, too, as
    /// it does when the API server reads the pod.
    pub(super) fn pod(
        &mut self,
        object: Value<'_>,
        namespace: &str,
        name: &str,
        stored: bool,
        out: &mut impl Visitor,
    ) {
        // upstream: plugin/pkg/auth/authorizer/node/graph.go (AddPod)
        if is_mirror(object) {
            return;
        }
        let Some(spec) = object.get("spec") else { return };
        let mut account = "";
        let mut old_account = "";
        for (key, value) in spec.entries() {
            match key {
                "serviceAccountName" => account = self.text(value, &["spec", key]),
                "serviceAccount" if !stored => old_account = self.text(value, &["spec", key]),
                "imagePullSecrets" => {
                    for item in self.list(value, &["spec", key]).items() {
                        let secret = self.text_at(item, &["name"]);
                        visit(out, Vertex::Secret, namespace, secret);
                    }
                }
                "initContainers" | "containers" | "ephemeralContainers" => {
                    for container in self.list(value, &["spec", key]).items() {
                        self.container(container, namespace, out);
                    }
                }
                "volumes" => {
                    for volume in self.list(value, &["spec", key]).items() {
                        self.volume(volume, namespace, name, out);
                    }
                }
                "resourceClaims" => {
                    for claim in self.list(value, &["spec", key]).items() {
                        if let Some(claim) = self.resource_claim(claim, object) {
                            visit(out, Vertex::ResourceClaim, namespace, claim);
                        }
                    }
                }
                _ => {}
            }
        }
        visit(out, Vertex::ServiceAccount, namespace, if account.is_empty() { old_account } else { account });
        if let Some(status) = object.get("status") {
            let extended = self.text_at(status, &["extendedResourceClaimStatus", "resourceClaimName"]);
            visit(out, Vertex::ResourceClaim, namespace, extended);
        }
    }

    /// The claim that a volume is bound to, with its namespace, and the secrets that the kubelet mounts it with.
    pub(super) fn volume_claim<'a>(
        &mut self,
        object: Value<'a>,
        out: &mut impl Visitor,
    ) -> Option<(&'a str, &'a str)> {
        // upstream: plugin/pkg/auth/authorizer/node/graph.go (AddPV)
        let spec = object.get("spec").filter(|spec| self.is_mapping(*spec, &["spec"]))?;
        let claim = spec.get("claimRef").filter(|claim| self.is_mapping(*claim, &["spec", "claimRef"]))?;
        let bound = (self.text_at(claim, &["namespace"]), self.text_at(claim, &["name"]));
        let mut first: Option<(usize, Value<'_>)> = None;
        for (key, value) in spec.entries() {
            let found = SECRET_SOURCES.iter().position(|source| source.volume && source.field == key);
            if let Some(found) = found
                && !value.is_null()
                && first.is_none_or(|(best, _)| found < best)
            {
                first = Some((found, value));
            }
        }
        let Some((index, source)) = first else { return Some(bound) };
        let Some(kind) = SECRET_SOURCES.get(index) else { return Some(bound) };
        if !self.is_mapping(source, &["spec", kind.field]) {
            return Some(bound);
        }
        // upstream: pkg/api/v1/persistentvolume/util.go (VisitPVSecretNames)
        match kind.field {
            "azureFile" => {
                let own = self.text_at(source, &["secretNamespace"]);
                let secret = self.text_at(source, &["secretName"]);
                visit(out, Vertex::Secret, if own.is_empty() { bound.0 } else { own }, secret);
            }
            "csi" => {
                for field in ["nodePublishSecretRef", "nodeStageSecretRef", "nodeExpandSecretRef"] {
                    let own = self.text_at(source, &[field, "namespace"]);
                    visit(out, Vertex::Secret, own, self.text_at(source, &[field, "name"]));
                }
            }
            field => {
                let own = self.text_at(source, &["secretRef", "namespace"]);
                let claims = !matches!(field, "cinder" | "storageos");
                let place = if own.is_empty() && claims { bound.0 } else { own };
                visit(out, Vertex::Secret, place, self.text_at(source, &["secretRef", "name"]));
            }
        }
        Some(bound)
    }

    fn container(&mut self, container: Value<'_>, namespace: &str, out: &mut impl Visitor) {
        for (key, value) in container.entries() {
            match key {
                "envFrom" => {
                    for source in self.list(value, &["envFrom"]).items() {
                        let secret = self.text_at(source, &["secretRef", "name"]);
                        visit(out, Vertex::Secret, namespace, secret);
                        let map = self.text_at(source, &["configMapRef", "name"]);
                        visit(out, Vertex::ConfigMap, namespace, map);
                    }
                }
                "env" => {
                    for variable in self.list(value, &["env"]).items() {
                        let Some(from) = variable.get("valueFrom") else { continue };
                        let secret = self.text_at(from, &["secretKeyRef", "name"]);
                        visit(out, Vertex::Secret, namespace, secret);
                        let map = self.text_at(from, &["configMapKeyRef", "name"]);
                        visit(out, Vertex::ConfigMap, namespace, map);
                    }
                }
                _ => {}
            }
        }
    }

    fn volume(&mut self, volume: Value<'_>, namespace: &str, pod: &str, out: &mut impl Visitor) {
        // upstream: pkg/api/v1/pod/util.go (VisitPodSecretNames, VisitPodConfigmapNames): of several sources the
        // first of upstream's order counts, and there are several only where nobody validated.
        let mut secret: Option<(usize, Value<'_>)> = None;
        let (mut projected, mut config_map, mut claim, mut ephemeral) = (None, None, None, false);
        for (key, value) in volume.entries() {
            if value.is_null() {
                continue;
            }
            match key {
                "projected" => projected = Some(value),
                "configMap" => config_map = Some(value),
                "persistentVolumeClaim" => claim = Some(value),
                "ephemeral" => ephemeral = true,
                _ => {}
            }
            let found = SECRET_SOURCES.iter().position(|source| source.pod && source.field == key);
            if let Some(found) = found
                && secret.is_none_or(|(best, _)| found < best)
            {
                secret = Some((found, value));
            }
        }
        if let Some((index, source)) = secret
            && let Some(kind) = SECRET_SOURCES.get(index)
        {
            match kind.field {
                "azureFile" | "secret" => {
                    visit(out, Vertex::Secret, namespace, self.text_at(source, &["secretName"]));
                }
                "projected" => {
                    let sources = source.get("sources").unwrap_or(source);
                    for part in sources.items() {
                        visit(out, Vertex::Secret, namespace, self.text_at(part, &["secret", "name"]));
                    }
                }
                "csi" => {
                    let name = self.text_at(source, &["nodePublishSecretRef", "name"]);
                    visit(out, Vertex::Secret, namespace, name);
                }
                _ => visit(out, Vertex::Secret, namespace, self.text_at(source, &["secretRef", "name"])),
            }
        }
        if let Some(source) = projected {
            let sources = source.get("sources").map(|sources| self.list(sources, &["sources"]));
            for part in sources.unwrap_or(source).items() {
                visit(out, Vertex::ConfigMap, namespace, self.text_at(part, &["configMap", "name"]));
            }
        } else if let Some(source) = config_map {
            visit(out, Vertex::ConfigMap, namespace, self.text_at(source, &["name"]));
        }
        if let Some(source) = claim {
            visit(out, Vertex::Claim, namespace, self.text_at(source, &["claimName"]));
        } else if ephemeral {
            // upstream: component-helpers storage/ephemeral/ephemeral.go (VolumeClaimName)
            let name = format!("{pod}-{}", self.text_at(volume, &["name"]));
            visit(out, Vertex::Claim, namespace, &name);
        }
    }

    /// The `ResourceClaim` that an entry of a pod means, once it is known.
    fn resource_claim<'a>(&mut self, entry: Value<'a>, pod: Value<'a>) -> Option<&'a str> {
        // upstream: dynamic-resource-allocation resourceclaim/resourceclaim.go (Name)
        if let Some(name) = entry.get("resourceClaimName").filter(|name| !name.is_null()) {
            return Some(self.text(name, &["resourceClaimName"]));
        }
        entry.get("resourceClaimTemplateName").filter(|name| !name.is_null())?;
        let wanted = self.text_at(entry, &["name"]);
        let statuses = pod.get("status")?.get("resourceClaimStatuses")?;
        let status = statuses.items().find(|status| self.text_at(*status, &["name"]) == wanted)?;
        let name = status.get("resourceClaimName").filter(|name| !name.is_null())?;
        Some(self.text(name, &["resourceClaimName"]))
    }

    /// The text some fields below a value; empty when one of them is not there.
    fn text_at<'a>(&mut self, value: Value<'a>, keys: &[&str]) -> &'a str {
        let mut found = value;
        for (depth, key) in keys.iter().enumerate() {
            if !self.is_mapping(found, keys.get(..depth).unwrap_or_default()) {
                return "";
            }
            match found.get(key) {
                Some(below) => found = below,
                None => return "",
            }
        }
        self.text(found, keys)
    }

    fn text<'a>(&mut self, value: Value<'a>, keys: &[&str]) -> &'a str {
        if value.as_str().is_none() && !value.is_null() {
            self.misfit("string", value, keys);
        }
        value.as_str().unwrap_or_default()
    }

    fn list<'a>(&mut self, value: Value<'a>, keys: &[&str]) -> Value<'a> {
        if !matches!(value.kind(), ValueKind::Sequence | ValueKind::Null) {
            self.misfit("array", value, keys);
        }
        value
    }

    fn is_mapping(&mut self, value: Value<'_>, keys: &[&str]) -> bool {
        match value.kind() {
            ValueKind::Mapping => true,
            ValueKind::Null => false,
            _ => {
                self.misfit("object", value, keys);
                false
            }
        }
    }

    fn misfit(&mut self, expected: &'static str, value: Value<'_>, keys: &[&str]) {
        let path = keys.iter().copied().fold(FieldPath::root(), FieldPath::field);
        self.misfits.push(Misfit { path, expected, found: value.kind() });
    }
}

/// Whether a pod stands for a static pod of its node, which must not give the node access to anything.
pub(super) fn is_mirror(pod: Value<'_>) -> bool {
    let annotations = pod.get("metadata").and_then(|metadata| metadata.get("annotations"));
    annotations.is_some_and(|annotations| annotations.get(MIRROR).is_some())
}

fn visit(out: &mut impl Visitor, kind: Vertex, namespace: &str, name: &str) {
    if !name.is_empty() {
        out.visit(kind, namespace, name);
    }
}

/// A kind of volume that is mounted with a secret, and whether pods and persistent volumes have it.
struct SecretSource {
    field: &'static str,
    pod: bool,
    volume: bool,
}

/// In upstream's order, which is the same for both.
const SECRET_SOURCES: &[SecretSource] = &[
    SecretSource { field: "azureFile", pod: true, volume: true },
    SecretSource { field: "cephfs", pod: true, volume: true },
    SecretSource { field: "cinder", pod: true, volume: true },
    SecretSource { field: "flexVolume", pod: true, volume: true },
    SecretSource { field: "projected", pod: true, volume: false },
    SecretSource { field: "rbd", pod: true, volume: true },
    SecretSource { field: "secret", pod: true, volume: false },
    SecretSource { field: "scaleIO", pod: true, volume: true },
    SecretSource { field: "iscsi", pod: true, volume: true },
    SecretSource { field: "storageos", pod: true, volume: true },
    SecretSource { field: "csi", pod: true, volume: true },
];
