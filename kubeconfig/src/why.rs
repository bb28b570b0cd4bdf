//! Where each value comes from, and what it hides in later files.

use kubelogic_core::object::{FieldPath, Location, Value};

use crate::load::{Loaded, LoadedFile};

/// A list of named entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// `clusters`
    Clusters,
    /// `users`
    Users,
    /// `contexts`
    Contexts,
}

impl Section {
    /// All of them, in the order of the file.
    pub const ALL: [Self; 3] = [Self::Clusters, Self::Users, Self::Contexts];

    /// The key of the list.
    pub fn list(self) -> &'static str {
        match self {
            Self::Clusters => "clusters",
            Self::Users => "users",
            Self::Contexts => "contexts",
        }
    }

    /// The key of what an entry says.
    pub fn entry(self) -> &'static str {
        match self {
            Self::Clusters => "cluster",
            Self::Users => "user",
            Self::Contexts => "context",
        }
    }
}

/// An entry that does not count, because an earlier file has one of the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shadowed {
    /// The list.
    pub section: Section,
    /// The name.
    pub name: String,
    /// Where the entry stands that counts.
    pub winner: Location,
    /// Where this one stands.
    pub location: Location,
}

impl Loaded {
    /// Where an entry that counts is written, or one of its values.
    ///
    /// ```
    /// use kubelogic_core::files::MemoryFiles;
    /// use kubelogic_kubeconfig::{LoadingRules, Section, load};
    /// let files = MemoryFiles::new()
    ///     .with("/a", "users: []\n")
    ///     .with("/b", "users:\n- name: ann\n  user:\n    token: s3cr3t\n");
    /// let loaded = load(&LoadingRules::kubeconfig("/a:/b"), &files)?;
    /// let place = loaded.location(Section::Users, "ann", Some("token")).unwrap();
    /// assert_eq!(place.to_string(), "/b:4:12");
    /// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
    /// ```
    pub fn location(&self, section: Section, name: &str, field: Option<&str>) -> Option<Location> {
        self.files
            .iter()
            .find_map(|file| place(file, section, name, None).map(|_| file))
            .and_then(|file| place(file, section, name, field))
    }

    /// Where the same name, or the same value of it, stands in files that come later.
    pub fn shadowed(&self, section: Section, name: &str, field: Option<&str>) -> Vec<Location> {
        let holders = self.files.iter().filter(|file| place(file, section, name, None).is_some());
        holders.skip(1).filter_map(|file| place(file, section, name, field)).collect()
    }

    /// Where the current context is written.
    pub fn current_context_location(&self) -> Option<Location> {
        self.current_contexts().next()
    }

    /// Where later files name a current context that does not count.
    pub fn current_context_shadowed(&self) -> Vec<Location> {
        self.current_contexts().skip(1).collect()
    }

    /// All entries that do not count, by list, name and file.
    ///
    /// ```
    /// use kubelogic_core::files::MemoryFiles;
    /// use kubelogic_kubeconfig::{LoadingRules, load};
    /// let files = MemoryFiles::new().with("/a", "users: [{name: ann}]").with("/b", "users: [{name: ann}]");
    /// let loaded = load(&LoadingRules::kubeconfig("/a:/b"), &files)?;
    /// assert_eq!(loaded.all_shadowed()[0].location.to_string(), "/b:1:9");
    /// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
    /// ```
    pub fn all_shadowed(&self) -> Vec<Shadowed> {
        let mut found = Vec::new();
        for section in Section::ALL {
            let names: Vec<&String> = match section {
                Section::Clusters => self.config.clusters.keys().collect(),
                Section::Users => self.config.users.keys().collect(),
                Section::Contexts => self.config.contexts.keys().collect(),
            };
            for name in names {
                let Some(winner) = self.location(section, name, None) else { continue };
                for location in self.shadowed(section, name, None) {
                    found.push(Shadowed { section, name: name.clone(), winner: winner.clone(), location });
                }
            }
        }
        found
    }

    fn current_contexts(&self) -> impl Iterator<Item = Location> {
        self.files.iter().filter(|file| !file.config.current_context.is_empty()).filter_map(|file| {
            let value = file.object.as_ref()?.root().get("current-context")?;
            Some(value.location(FieldPath::root().field("current-context")))
        })
    }
}

fn place(file: &LoadedFile, section: Section, name: &str, field: Option<&str>) -> Option<Location> {
    let list = file.object.as_ref()?.root().get(section.list())?;
    let named =
        |item: &Value<'_>| item.get("name").and_then(|name| name.as_str()).unwrap_or_default() == name;
    let (index, item) = list.items().enumerate().find(|(_, item)| named(item))?;
    let path = FieldPath::root().field(section.list()).index(index);
    match field {
        None => Some(item.location(path)),
        Some(field) => {
            let value = item.get(section.entry())?.get(field)?;
            Some(value.location(path.field(section.entry()).field(field)))
        }
    }
}
