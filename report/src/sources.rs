//! The inputs that findings are about: their lines, their objects, and how they are named in a report.

mod excerpt;
mod extent;
mod secret;

pub use excerpt::{Excerpt, Line};

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::fmt;

use kubelogic_core::finding::Finding;
use kubelogic_core::object::{Location, Object, Position, SourceName};
use kubelogic_core::schema::Discovery;
use kubelogic_core::version::KubeVersion;

use excerpt::Text;

/// Gives the bytes of an input again, by its name.
type Again<'a> = dyn Fn(&str) -> Option<Vec<u8>> + 'a;
/// Source, document and item.
type Place = (SourceName, u32, Option<u32>);

/// What is known of the inputs. Texts are read again only when a line of them is asked for.
///
/// Lines are shown as they are only for objects whose kind is known and holds no secrets; of everything else,
/// values are shown as stars.
///
/// ```
/// use kubelogic_core::read::{Options, text};
/// use kubelogic_core::version::KubeVersion;
/// use kubelogic_report::Sources;
/// let manifest = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, name: web}\n";
/// let reading = text(manifest, &Options::named("pod.yaml"));
/// let sources = Sources::new(|_| Some(manifest.into())).objects(&reading.objects, KubeVersion::default());
/// let excerpt = sources.excerpt(&reading.findings[0]).unwrap();
/// assert_eq!(excerpt.lines[0].text, "metadata: {name: web, name: web}");
/// assert_eq!(sources.object(reading.findings[0].location.as_ref().unwrap()), "Pod web");
/// ```
pub struct Sources<'a> {
    again: Box<Again<'a>>,
    names: Vec<SourceName>,
    objects: &'a [Object],
    version: KubeVersion,
    directory: Option<String>,
    places: OnceCell<HashMap<Place, usize>>,
    discovery: OnceCell<Discovery>,
    /// The input that was looked at last.
    last: RefCell<Option<(SourceName, Option<Text>)>>,
}

impl<'a> Sources<'a> {
    /// Inputs that `again` gives once more, by their names.
    pub fn new(again: impl Fn(&str) -> Option<Vec<u8>> + 'a) -> Self {
        Self {
            again: Box::new(again),
            names: Vec::new(),
            objects: &[],
            version: KubeVersion::default(),
            directory: None,
            places: OnceCell::new(),
            discovery: OnceCell::new(),
            last: RefCell::default(),
        }
    }

    /// Inputs without text.
    pub fn none() -> Self {
        Self::new(|_| None)
    }

    /// Names the inputs, in their order; formats that list files list these.
    #[must_use]
    pub fn named(mut self, names: impl IntoIterator<Item = SourceName>) -> Self {
        let mut known = std::collections::HashSet::new();
        self.names = names.into_iter().filter(|name| known.insert(name.clone())).collect();
        self
    }

    /// The objects that were read from the inputs, and the version whose kinds are known.
    #[must_use]
    pub fn objects(mut self, objects: &'a [Object], version: KubeVersion) -> Self {
        (self.objects, self.version) = (objects, version);
        self
    }

    /// The directory that paths are shown from, where a format wants them relative.
    #[must_use]
    pub fn directory(mut self, directory: Option<String>) -> Self {
        self.directory = directory;
        self
    }

    /// The names of the inputs.
    pub fn names(&self) -> &[SourceName] {
        &self.names
    }

    pub(crate) fn all_objects(&self) -> &'a [Object] {
        self.objects
    }

    /// The object that a place belongs to, such as `Role shop/reader`; empty when there is none.
    pub fn object(&self, location: &Location) -> String {
        let Some(object) = self.object_at(location) else { return String::new() };
        match (object.kind(), object.namespace(), object.name()) {
            (kind, "", "") => kind.to_owned(),
            (kind, "", name) => format!("{kind} {name}"),
            (kind, namespace, name) => format!("{kind} {namespace}/{name}"),
        }
    }

    /// A path as other programs look for it: relative to the directory, with `/` between its parts, and without
    /// a leading `./`. A path outside stays as it is.
    ///
    /// ```
    /// use kubelogic_report::Sources;
    /// let sources = Sources::none().directory(Some("/work".to_owned()));
    /// assert_eq!(sources.path("/work/a/b.yaml"), "a/b.yaml");
    /// assert_eq!(sources.path("./a.yaml"), "a.yaml");
    /// assert_eq!(sources.path("/other/a.yaml"), "/other/a.yaml");
    /// ```
    pub fn path(&self, name: &str) -> String {
        let name =
            if cfg!(windows) || name.contains(":\\") { name.replace('\\', "/") } else { name.to_owned() };
        let relative = self.directory.as_ref().and_then(|directory| {
            let directory = directory.replace('\\', "/");
            let rest = name.strip_prefix(directory.trim_end_matches('/'))?.strip_prefix('/')?;
            Some(rest.to_owned())
        });
        let mut path = relative.unwrap_or(name).replace("/./", "/");
        while let Some(rest) = path.strip_prefix("./").filter(|rest| !rest.is_empty()) {
            path = rest.to_owned();
        }
        path
    }

    /// The lines that a finding is about; nothing when the input has no text or cannot be read again.
    pub fn excerpt(&self, finding: &Finding) -> Option<Excerpt> {
        self.excerpt_of(finding.location.as_ref()?, finding.end)
    }

    /// The lines of a place.
    pub(crate) fn excerpt_of(&self, location: &Location, end: Option<Position>) -> Option<Excerpt> {
        let position = location.position?;
        let open = self.may_show(location);
        self.with_text(&location.source, |text| text.excerpt(position, end, open))?
    }

    /// Where a finding ends: where it says so, or behind the word that it points to.
    pub fn end(&self, finding: &Finding) -> Option<Position> {
        finding.end.or_else(|| self.word_end(finding.location.as_ref()?))
    }

    /// The character behind the word that a place points to.
    pub(crate) fn word_end(&self, location: &Location) -> Option<Position> {
        let position = location.position?;
        self.with_text(&location.source, |text| text.word_end(position))?
    }

    fn with_text<T>(&self, source: &SourceName, look: impl FnOnce(&Text) -> T) -> Option<T> {
        let mut last = self.last.borrow_mut();
        if last.as_ref().is_none_or(|(known, _)| known != source) {
            *last = Some((source.clone(), (self.again)(source.as_str()).and_then(Text::new)));
        }
        last.as_ref().and_then(|(_, text)| text.as_ref()).map(look)
    }

    fn object_at(&self, location: &Location) -> Option<&'a Object> {
        let places = self.places.get_or_init(|| {
            let place = |object: &Object| {
                let origin = object.origin();
                (origin.source.clone(), origin.document, origin.item)
            };
            self.objects.iter().enumerate().map(|(index, object)| (place(object), index)).collect()
        });
        let key = (location.source.clone(), location.document, location.item);
        self.objects.get(*places.get(&key)?)
    }

    fn may_show(&self, location: &Location) -> bool {
        let Some(object) = self.object_at(location) else { return false };
        let discovery = self.discovery.get_or_init(|| Discovery::of(self.version));
        !secret::is_secret(object) && secret::is_known(object, discovery)
    }
}

impl fmt::Debug for Sources<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Sources").field("names", &self.names).finish_non_exhaustive()
    }
}
