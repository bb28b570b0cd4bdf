//! Where the decoder is, in the words of Go's error messages.

/// The field that is decoded, and those around it. List indices and map keys are not named upstream.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    /// The Go struct that has the field.
    owner: &'static str,
    name: &'static str,
}

impl<'p> Place<'p> {
    /// Not in any field yet.
    pub(super) const ROOT: Self = Place { parent: None, owner: "", name: "" };

    pub(super) fn field(parent: Option<&'p Self>, owner: &'static str, name: &'static str) -> Self {
        Self { parent, owner, name }
    }

    pub(super) fn below(&'p self, owner: &'static str, name: &'static str) -> Self {
        Self::field(Some(self), owner, name)
    }

    /// `json: cannot unmarshal …`
    pub(super) fn mismatch(&self, found: &str, wanted: &str) -> String {
        // upstream: sigs.k8s.io/json internal/golang/encoding/json/decode.go (UnmarshalTypeError)
        if self.owner.is_empty() {
            return format!("json: cannot unmarshal {found} into Go value of type {wanted}");
        }
        let mut names = vec![self.name];
        let mut next = self.parent;
        while let Some(place) = next {
            names.push(place.name);
            next = place.parent;
        }
        names.reverse();
        let path = names.join(".");
        format!("json: cannot unmarshal {found} into Go struct field {}.{path} of type {wanted}", self.owner)
    }
}
