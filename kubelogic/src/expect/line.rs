//! The grammar of a line: `SUBJECT can|cannot VERB TYPE[/NAME] [--subresource S] in NAMESPACE|cluster`.
//!
//! A line is taken apart here, and nothing else: whether its words name anything is not known yet. Every word keeps
//! its place, so that whatever is wrong with it can be shown there.

use kubelogic_core::near::nearest;

/// A word, or a piece of one, and the byte of the line at which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

/// A line taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) subject: Subject<'a>,
    /// `can`, not `cannot`.
    pub(super) can: bool,
    pub(super) verbs: Vec<Word<'a>>,
    pub(super) target: Target<'a>,
}

/// The kind of a subject and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Subject<'a> {
    pub(super) kind: SubjectKind,
    /// The whole word.
    pub(super) word: Word<'a>,
    /// What stands behind the first colon.
    pub(super) name: Word<'a>,
}

/// What a line can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SubjectKind {
    User,
    Group,
    ServiceAccount,
    Node,
    /// A name of the map `subjects`.
    Named,
}

/// What is to be done something with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    Paths(Vec<Word<'a>>),
    Resources {
        types: Vec<Type<'a>>,
        /// Nothing for the resource itself.
        subresources: Vec<Word<'a>>,
        place: Place<'a>,
    },
}

/// A resource, and the name of one object if there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Type<'a> {
    pub(super) resource: Word<'a>,
    pub(super) name: Option<Word<'a>>,
}

/// Where a request is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'a> {
    Namespace(Word<'a>),
    /// Without a namespace.
    Cluster(Word<'a>),
    /// In the cluster and in every namespace.
    Anywhere(Word<'a>),
}

/// Why a line, or a word of it, means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The byte of the line at which it goes wrong.
    pub(super) at: usize,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Fault {
    pub(super) fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The kinds of subject as they are written.
const KINDS: [(&str, SubjectKind); 5] = [
    ("group", SubjectKind::Group),
    ("node", SubjectKind::Node),
    ("serviceaccount", SubjectKind::ServiceAccount),
    ("subject", SubjectKind::Named),
    ("user", SubjectKind::User),
];

const SUBJECT_FORMS: &str = "a line begins with `user:NAME`, `group:NAME`, `serviceaccount:NAMESPACE/NAME`, `node:NAME` or `subject:NAME`";
const SUBRESOURCE: &str = "--subresource";

/// Takes a line apart.
pub(super) fn parse(text: &str) -> Result<Line<'_>, Fault> {
    let mut words = Words::of(text);
    let Some(first) = words.next() else {
        return Err(Fault::new(0, "the line is empty").help(SUBJECT_FORMS));
    };
    let subject = subject(first)?;
    let can = match words.next() {
        Some(Word { text: "can", at }) => match words.peek() {
            Some(Word { text: "not", .. }) => {
                return Err(Fault::new(at, "`can not` is written in one word").help("write `cannot`"));
            }
            _ => true,
        },
        Some(Word { text: "cannot", .. }) => false,
        Some(word) => {
            let fault =
                Fault::new(word.at, format!("`{}` stands where `can` or `cannot` is wanted", word.text));
            let near = match word.text {
                "can't" | "mustn't" => Some("cannot"),
                other => nearest(other, ["cannot", "can"]),
            };
            return Err(did_you_mean(fault, near));
        }
        None => return Err(Fault::new(text.len(), "the line ends where `can` or `cannot` is wanted")),
    };
    let verbs = words.list("a verb")?;
    let targets = words.list("a resource or a path")?;
    let target = target(&targets, &mut words)?;
    Ok(Line { subject, can, verbs, target })
}

fn subject(word: Word<'_>) -> Result<Subject<'_>, Fault> {
    let Some((kind, name)) = word.text.split_once(':') else {
        return Err(Fault::new(word.at, format!("`{}` is no subject", word.text)).help(SUBJECT_FORMS));
    };
    let Some((_, known)) = KINDS.iter().find(|(written, _)| *written == kind) else {
        let fault = Fault::new(word.at, format!("`{kind}` is no kind of subject"));
        return Err(match (kind, word.text.strip_prefix("system:serviceaccount:")) {
            ("sa", _) => did_you_mean(fault, Some("serviceaccount")),
            (_, Some(account)) => {
                fault.help(format!("write `serviceaccount:{}`", account.replacen(':', "/", 1)))
            }
            ("system", None) => fault.help(format!("write `user:{0}` or `group:{0}`", word.text)),
            _ => match nearest(kind, KINDS.map(|(written, _)| written)) {
                Some(near) => did_you_mean(fault, Some(near)),
                None => fault.help(SUBJECT_FORMS),
            },
        });
    };
    let name = Word { text: name, at: word.at + kind.len() + 1 };
    if name.text.is_empty() {
        return Err(Fault::new(name.at, format!("`{}` names nobody", word.text)));
    }
    let is_account = |name: &str| {
        name.split_once('/')
            .is_some_and(|(namespace, name)| !namespace.is_empty() && !name.is_empty() && !name.contains('/'))
    };
    if *known == SubjectKind::ServiceAccount && !is_account(name.text) {
        let fault = Fault::new(name.at, format!("`{}` is no service account", name.text));
        return Err(fault.help("write its namespace and its name: `serviceaccount:NAMESPACE/NAME`"));
    }
    Ok(Subject { kind: *known, word, name })
}

fn target<'a>(targets: &[Word<'a>], words: &mut Words<'a>) -> Result<Target<'a>, Fault> {
    let is_path = |word: &Word<'_>| word.text.starts_with('/');
    if targets.iter().all(is_path) {
        return match words.next() {
            None => Ok(Target::Paths(targets.to_vec())),
            Some(word) if matches!(word.text, "in" | "anywhere") || word.text.starts_with(SUBRESOURCE) => {
                Err(Fault::new(word.at, "a path has no place and no subresource").help("end the line here"))
            }
            Some(word) => Err(unexpected(word)),
        };
    }
    if let Some(path) = targets.iter().find(|word| is_path(word)) {
        return Err(Fault::new(path.at, "a line is about resources or about paths, not about both"));
    }
    let types = targets.iter().map(|word| one_type(*word)).collect::<Result<Vec<_>, _>>()?;
    let mut subresources = None;
    let mut place = None;
    while let Some(word) = words.next() {
        let given = word.text.strip_prefix(SUBRESOURCE);
        if let Some(rest) = given.filter(|rest| rest.is_empty() || rest.starts_with('=')) {
            if subresources.is_some() {
                return Err(Fault::new(word.at, "`--subresource` is given twice")
                    .help("several are written with commas: `--subresource exec,attach`"));
            }
            subresources = Some(match rest.strip_prefix('=') {
                Some(rest) => words
                    .list_from(Word { text: rest, at: word.at + SUBRESOURCE.len() + 1 }, "a subresource")?,
                None => words.list("a subresource")?,
            });
        } else if matches!(word.text, "in" | "anywhere") {
            if place.is_some() {
                return Err(Fault::new(word.at, "the place is given twice"));
            }
            place = Some(if word.text == "in" { self::place(word, words)? } else { Place::Anywhere(word) });
        } else {
            return Err(unexpected(word));
        }
    }
    let Some(place) = place else {
        let fault = Fault::new(words.end, "the line does not say where");
        return Err(fault.help("end it with `in NAMESPACE`, or with `in cluster` for the whole cluster"));
    };
    Ok(Target::Resources { types, subresources: subresources.unwrap_or_default(), place })
}

fn one_type(word: Word<'_>) -> Result<Type<'_>, Fault> {
    let Some((resource, name)) = word.text.split_once('/') else {
        return Ok(Type { resource: word, name: None });
    };
    let name = Word { text: name, at: word.at + resource.len() + 1 };
    if name.text.is_empty() {
        return Err(Fault::new(name.at, format!("`{}` ends where a name is wanted", word.text)));
    }
    Ok(Type { resource: Word { text: resource, at: word.at }, name: Some(name) })
}

fn place<'a>(word: Word<'a>, words: &mut Words<'a>) -> Result<Place<'a>, Fault> {
    let Some(given) = words.next() else {
        return Err(Fault::new(words.end, "the line ends where a namespace or `cluster` is wanted"));
    };
    if given.text == "cluster" {
        return Ok(Place::Cluster(given));
    }
    // A namespace that is itself called `cluster` is written with its kind.
    let name = given.text.strip_prefix("namespace:");
    let namespace = match name {
        Some(name) => Word { text: name, at: given.at + given.text.len() - name.len() },
        None => given,
    };
    if namespace.text.is_empty() {
        return Err(Fault::new(word.at, "`in` names no namespace"));
    }
    Ok(Place::Namespace(namespace))
}

fn unexpected(word: Word<'_>) -> Fault {
    let fault = Fault::new(
        word.at,
        format!("`{}` stands where the line should go on with its place, or end", word.text),
    );
    match word.text {
        "on" | "at" | "-n" | "--namespace" | "inside" | "within" => fault.help("write `in NAMESPACE`"),
        "-A" | "--all-namespaces" | "everywhere" => fault.help("write `in cluster`"),
        "and" | "or" | "," => fault.help("several words are written with commas: `get,list pods,services`"),
        other => did_you_mean(fault, nearest(other, [SUBRESOURCE, "anywhere"])),
    }
}

pub(super) fn did_you_mean(fault: Fault, near: Option<&str>) -> Fault {
    match near {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault,
    }
}

/// The words of a line.
struct Words<'a> {
    words: std::iter::Peekable<std::vec::IntoIter<Word<'a>>>,
    /// Behind the last word.
    end: usize,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        let start = text.as_ptr().addr();
        let words: Vec<Word<'a>> = text
            .split_ascii_whitespace()
            .map(|word| Word { text: word, at: word.as_ptr().addr().saturating_sub(start) })
            .collect();
        let end = words.last().map_or(0, |word| word.at + word.text.len());
        Self { words: words.into_iter().peekable(), end }
    }

    fn next(&mut self) -> Option<Word<'a>> {
        self.words.next()
    }

    fn peek(&mut self) -> Option<Word<'a>> {
        self.words.peek().copied()
    }

    /// Words with commas between them, with or without space behind a comma.
    fn list(&mut self, wanted: &str) -> Result<Vec<Word<'a>>, Fault> {
        match self.next() {
            Some(first) => self.list_from(first, wanted),
            None => Err(Fault::new(self.end, format!("the line ends where {wanted} is wanted"))),
        }
    }

    fn list_from(&mut self, first: Word<'a>, wanted: &str) -> Result<Vec<Word<'a>>, Fault> {
        let mut list = Vec::new();
        let mut word = first;
        loop {
            let mut at = word.at;
            let (body, goes_on) = match word.text.strip_suffix(',') {
                Some(body) => (body, true),
                None => (word.text, false),
            };
            for piece in body.split(',') {
                if piece.is_empty() {
                    return Err(Fault::new(at, format!("{wanted} is wanted here")));
                }
                list.push(Word { text: piece, at });
                at += piece.len() + 1;
            }
            if !goes_on {
                return Ok(list);
            }
            word = match self.next() {
                Some(word) => word,
                None => return Err(Fault::new(self.end, format!("the line ends where {wanted} is wanted"))),
            };
        }
    }
}

#[cfg(test)]
mod tests;
