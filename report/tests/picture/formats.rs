//! Small pictures as they are written, and pictures of every size read by parsers.

use kubelogic_report::picture::{Format, Picture, PictureError, RenderOptions};

use crate::samples;

fn render(picture: &Picture, format: Format) -> String {
    picture.render(format, &RenderOptions::default()).unwrap()
}

#[test]
fn small_pictures() {
    for (name, picture) in samples::all(5) {
        for format in picture.formats().filter(|format| *format != Format::Html) {
            let mut text = render(&picture, format);
            // The style is one for all.
            if let (Some(begin), Some(end)) = (text.find("<style>"), text.find("</style>")) {
                text.replace_range(begin..end, "<style>");
            }
            insta::assert_snapshot!(format!("{name}.{}", format.name()), text);
        }
    }
}

#[test]
fn colors_are_asked_for() {
    let (_, picture) = samples::all(5).into_iter().find(|(name, _)| *name == "table").unwrap();
    let mut options = RenderOptions::default();
    assert!(!picture.render(Format::Text, &options).unwrap().contains('\u{1b}'));
    options.colors = true;
    assert!(picture.render(Format::Text, &options).unwrap().contains("\u{1b}[33m! warning"));
}

#[test]
fn lines_keep_to_the_width() {
    let mut options = RenderOptions::default();
    options.width = 60;
    for (name, picture) in samples::all(50) {
        let text = picture.render(Format::Text, &options).unwrap();
        if ["table", "matrix", "heat-map"].contains(&name) {
            let longest = text.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(longest <= 60, "{name}: {longest}");
        }
    }
}

#[test]
fn drawings_are_xml() {
    for size in [0, 1, 5, 50, 500] {
        for (name, picture) in samples::all(size) {
            // Half a million elements say no more than ten thousand.
            if size == 500 && name == "matrix" {
                continue;
            }
            let drawing = render(&picture, Format::Svg);
            let document = roxmltree::Document::parse(&drawing).unwrap();
            let title = document
                .root_element()
                .children()
                .find(|child| child.has_tag_name(("http://www.w3.org/2000/svg", "title")));
            assert_eq!(title.and_then(|title| title.text()), Some(picture.title()), "{name}-{size}");
            let all = |name: &str| {
                document
                    .descendants()
                    .filter(|node| {
                        node.attribute("class").is_some_and(|class| class.split(' ').next() == Some(name))
                    })
                    .count()
            };
            if let Picture::Graph(graph) = &picture {
                assert!(all("node") >= graph.nodes.len(), "{name}-{size}");
                assert_eq!(all("edge"), graph.edges.len(), "{name}-{size}");
            }
        }
    }
}

#[test]
fn pages_are_html_with_their_data() {
    for size in [0, 5, 50, 500] {
        for (name, picture) in samples::all(size) {
            let page = Page::read(&render(&picture, Format::Html));
            assert!(page.scripts.len() >= 3, "{name}-{size}");
            assert_eq!(page.title, picture.title());
            let data: serde_json::Value = serde_json::from_str(&page.scripts[0]).unwrap();
            let mut expected = serde_json::to_value(&picture).unwrap();
            if let Picture::Matrix(matrix) = &picture {
                expected["cells"] = serde_json::json!([]);
                assert_eq!(data["cells"].as_array().map(Vec::len), Some(matrix.rows.len()));
            }
            assert_eq!(data["picture"], expected, "{name}-{size}");
        }
    }
}

#[test]
fn data_comes_back() {
    for (_, picture) in samples::all(50) {
        let again: Picture = serde_json::from_str(&render(&picture, Format::Json)).unwrap();
        assert_eq!(again, picture);
    }
}

#[test]
fn what_has_no_form_is_refused() {
    let (_, table) = samples::all(1).into_iter().find(|(name, _)| *name == "table").unwrap();
    let error = table.render(Format::Dot, &RenderOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "a table cannot be written as dot");
    let mut graph = samples::graph(5);
    graph.nodes.push(graph.nodes[0].clone());
    let error = Picture::from(graph).render(Format::Text, &RenderOptions::default()).unwrap_err();
    assert!(matches!(error, PictureError::DuplicateId { what: "nodes", .. }), "{error}");
}

/// What a browser takes a page for.
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) scripts: Vec<String>,
    /// Every element and attribute but the picture's texts.
    pub(crate) shape: Vec<String>,
}

impl Page {
    pub(crate) fn read(page: &str) -> Self {
        use html5gum::{Token, Tokenizer};
        let mut read = Self { title: String::new(), scripts: Vec::new(), shape: Vec::new() };
        let mut inside = String::new();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let mut emitter = html5gum::emitters::default::DefaultEmitter::default();
        // Scripts and titles end at their own end tags alone.
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(page, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    inside = text(&tag.name);
                    read.shape.push(inside.clone());
                    if inside == "script" {
                        read.scripts.push(String::new());
                    }
                    for (name, value) in &tag.attributes {
                        read.shape.push(format!("{}={}", text(name), text(value)));
                    }
                }
                Token::EndTag(_) => inside.clear(),
                Token::String(string) => match inside.as_str() {
                    "script" => read.scripts.last_mut().unwrap().push_str(&text(&string)),
                    "title" => read.title.push_str(&text(&string)),
                    _ => {}
                },
                Token::Error(error) => panic!("no HTML: {error:?}"),
                Token::Comment(comment) => panic!("a comment: {comment:?}"),
                Token::Doctype(_) => {}
            }
        }
        read
    }
}
