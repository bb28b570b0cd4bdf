//! Names come from manifests: whatever they are, they stay what they are in every format.

use std::sync::LazyLock;

use kubelogic_report::picture::{
    Bar, Cell, Cluster, Column, Edge, Format, Graph, Header, HeatMap, Matrix, Moment, Node, Picture,
    RenderOptions, Row, State, Table, TableCell, Timeline, Tree, TreeNode,
};
use proptest::prelude::*;

use crate::formats::Page;

/// Pieces that mean something in some format.
const PIECES: [&str; 40] = [
    "</script>",
    "<script>",
    "<!--",
    "-->",
    "]]>",
    "\"",
    "'",
    "\\",
    "\\\"",
    "`",
    "&lt;",
    "&#60;",
    "&",
    "<",
    ">",
    "\n",
    "\r",
    "\t",
    "\u{2028}",
    "\u{2029}",
    "\u{0}",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{fffe}",
    ";",
    "#",
    "%%",
    "{",
    "}",
    "[",
    "]",
    "|",
    "-->|x|",
    "end",
    ":::",
    "=1+1",
    "@SUM(1)",
    "${x}",
    ",",
    "日本",
];

fn nasty() -> impl Strategy<Value = String> {
    let piece =
        prop_oneof![3 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

/// Every kind of picture with one text in every place.
fn pictures(text: &str) -> Vec<Picture> {
    let mut graph = Graph::new(text);
    graph.description = text.to_owned();
    graph.clusters.push(Cluster::new("c", text).kind(text));
    graph.nodes.push(Node::new("a", text).kind(text).in_cluster("c").detail(text, text).at(text));
    graph.nodes.push(Node::new("b", text).in_cluster(format!("{text} other")));
    graph.edges.push(Edge::new("a", "b").label(text).kind(text).detail(text, text));
    graph.edges.push(Edge::new("b", format!("{text} missing")));
    let mut tree = Tree::new(text);
    let root = tree.push(None, TreeNode::new(text).kind(text).detail(text, text).at(text));
    tree.push(Some(root), TreeNode::new(text));
    let mut table = Table::new(text);
    table.columns = vec![Column::new(text), Column::new(text)];
    table.rows = vec![vec![TableCell::new(text), TableCell::new(text)]];
    let header = || vec![Header::new(text).in_group(text)];
    let mut matrix = Matrix::new(text);
    matrix.states = vec![State::new(text, text).symbol(text)];
    (matrix.rows, matrix.columns, matrix.row_title) = (header(), header(), text.to_owned());
    matrix.cells = vec![vec![Cell::of(0).detail(text)]];
    let mut map = HeatMap::new(text);
    (map.rows, map.columns, map.unit) = (header(), header(), text.to_owned());
    map.cells = vec![vec![Some(1.5)]];
    let mut timeline = Timeline::new(text);
    let at = Moment::from_unix_seconds;
    timeline.rows.push(
        Row::new(text).in_group(text).bar(Bar::new(text, at(0)).until(at(9))).detail(text, text).at(text),
    );
    vec![graph.into(), tree.into(), table.into(), matrix.into(), map.into(), timeline.into()]
}

fn render(picture: &Picture, format: Format) -> Option<String> {
    picture
        .formats()
        .any(|known| known == format)
        .then(|| picture.render(format, &RenderOptions::default()).unwrap())
}

/// The same pictures of a text that means nothing anywhere, and the shape of their pages.
static PLAIN: LazyLock<Vec<(Picture, Vec<String>)>> = LazyLock::new(|| {
    let page = |picture: &Picture| Page::read(&render(picture, Format::Html).unwrap()).shape;
    pictures("plain").into_iter().map(|picture| (picture.clone(), page(&picture))).collect()
});

/// Elements and attributes of a drawing, without the sizes that depend on texts.
fn shape(drawing: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(drawing).unwrap();
    let mut shape = Vec::new();
    for node in document.descendants() {
        assert!(!node.is_comment() && !node.is_pi());
        // An empty description takes no line, and how many lines a long one takes is its own matter.
        if node.is_element()
            && !["description", "title"].contains(&node.attribute("class").unwrap_or_default())
        {
            let mut names: Vec<&str> = node.attributes().map(|attribute| attribute.name()).collect();
            names.sort_unstable();
            shape.push(format!("{} {}", node.tag_name().name(), names.join(" ")));
        }
    }
    shape
}

/// The cells of CSV, as RFC 4180 reads them.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    let (mut line, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut rest = csv.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(rest.next(), Some('\n'));
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            other => cell.push(other),
        }
    }
    assert!(!quoted && cell.is_empty() && line.is_empty());
    lines
}

/// DOT without its quoted texts, as its scanner sees it.
fn dot_shape(dot: &str) -> String {
    let mut shape = String::new();
    let mut rest = dot.chars();
    while let Some(character) = rest.next() {
        if character != '"' {
            shape.push(character);
            continue;
        }
        loop {
            match rest.next().expect("an open quote") {
                '\\' => assert!(rest.next().is_some_and(|next| "\\\"n".contains(next))),
                '"' => break,
                other => assert!(!other.is_control()),
            }
        }
        shape.push_str("TEXT");
    }
    shape
}

/// Mermaid without its quoted texts. It knows no escapes, so a text ends at the next quote.
fn mermaid_shape(text: &str) -> String {
    text.split('"')
        .enumerate()
        .map(|(index, part)| {
            if index.is_multiple_of(2) {
                return part.to_owned();
            }
            let plain = |character: char| {
                character.is_alphanumeric() || " -_/,#;".contains(character) || character > '\u{2ff}'
            };
            assert!(!part.is_empty() && part.chars().all(plain), "{part:?}");
            "TEXT".to_owned()
        })
        .collect()
}

proptest! {
    #[test]
    fn texts_stay_texts(text in nasty()) {
        for (picture, (plain, plain_page)) in pictures(&text).iter().zip(&*PLAIN) {
            let page = Page::read(&render(picture, Format::Html).unwrap());
            prop_assert_eq!(&page.shape, plain_page);
            // The data is the picture again, and the scripts are ours.
            let data: serde_json::Value = serde_json::from_str(&page.scripts[0]).unwrap();
            prop_assert_eq!(&data["picture"]["title"], &serde_json::Value::from(text.as_str()));

            let drawing = render(picture, Format::Svg).unwrap();
            // Whatever the text is, the drawing is XML; empty texts may leave elements out.
            let without_boxes = |shape: Vec<String>| shape.into_iter().filter(|line| !line.starts_with("rect"));
            let (found, ours) = (shape(&drawing), shape(&render(plain, Format::Svg).unwrap()));
            let strange: Vec<String> = without_boxes(found).filter(|line| !ours.contains(line)).collect();
            prop_assert!(strange.is_empty() || text.trim().is_empty(), "{strange:?}");

            if let Some(dot) = render(picture, Format::Dot) {
                let (dot, plain) = (dot_shape(&dot), dot_shape(&render(plain, Format::Dot).unwrap()));
                // Empty labels of edges and empty kinds are left out.
                prop_assert!(dot == plain || text.is_empty(), "{dot}\n{plain}");
            }
            if let Some(mermaid) = render(picture, Format::Mermaid) {
                let plain = render(plain, Format::Mermaid).unwrap();
                if matches!(picture, Picture::Timeline(_)) {
                    prop_assert_eq!(mermaid.lines().count(), plain.lines().count() - usize::from(text.is_empty()));
                    for line in mermaid.lines().filter(|line| line.contains(':') && !line.contains("dateFormat")) {
                        prop_assert!(line.contains(" :1970-01-01T00:00:00Z, 1970-01-01T00:00:09Z"), "{line}");
                        prop_assert!(!line.split(" :").next().unwrap().contains([':', ';', '#', '%']), "{line}");
                    }
                } else if !text.is_empty() {
                    prop_assert_eq!(mermaid_shape(&mermaid), mermaid_shape(&plain));
                }
            }

            let csv = render(picture, Format::Csv).unwrap();
            let lines = cells(&csv);
            prop_assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), cells(&render(plain, Format::Csv).unwrap()).iter().map(Vec::len).collect::<Vec<_>>());
            for cell in lines.iter().flatten() {
                prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            }

            let markdown = render(picture, Format::Markdown).unwrap();
            if !matches!(picture, Picture::Graph(_)) {
                prop_assert!(!markdown.contains('<') && !markdown.contains("](") && !markdown.contains('@'), "{markdown}");
                let bars = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
                let tables: Vec<usize> = markdown.lines().filter(|line| line.starts_with('|')).map(bars).collect();
                prop_assert!(tables.iter().all(|bars| *bars == tables[0]), "{markdown}");
            }

            let terminal = render(picture, Format::Text).unwrap();
            let drives = |one: char| one.is_control() && one != '\n' || ('\u{202a}'..='\u{202e}').contains(&one);
            prop_assert!(!terminal.chars().any(drives));
            render(picture, Format::Json).unwrap();
        }
    }
}
