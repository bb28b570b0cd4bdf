//! Pictures of every kind in any size, always the same.

use kubelogic_report::picture::{
    Align, Bar, Cell, Cluster, Column, Edge, Graph, Header, HeatMap, Line, Matrix, Moment, Node, Picture,
    Row, State, Table, TableCell, Timeline, Tone, Tree, TreeNode,
};

/// One picture of each kind, of about so many things.
pub(crate) fn all(size: usize) -> Vec<(&'static str, Picture)> {
    vec![
        ("graph", graph(size).into()),
        ("flows", flows(size).into()),
        ("tree", tree(size).into()),
        ("table", table(size).into()),
        ("matrix", matrix(size).into()),
        ("heat-map", heat_map(size).into()),
        ("timeline", timeline(size).into()),
    ]
}

/// Numbers that look random and are not.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

const NAMES: [&str; 12] = [
    "frontend",
    "cart",
    "checkout",
    "payments",
    "shipping",
    "catalogue",
    "search",
    "recommendations",
    "email",
    "inventory",
    "sessions",
    "gateway",
];

fn name(index: usize) -> String {
    match index / NAMES.len() {
        0 => NAMES[index % NAMES.len()].to_owned(),
        round => format!("{}-{round}", NAMES[index % NAMES.len()]),
    }
}

/// Subjects, bindings and roles in namespaces, some of them missing.
pub(crate) fn graph(size: usize) -> Graph {
    let mut numbers = Numbers(1);
    let mut graph = Graph::new("Who may do what");
    graph.description = format!("A cluster with about {size} subjects, bindings and roles.");
    let namespaces = (size / 10).max(1);
    for namespace in 0..namespaces {
        graph.clusters.push(Cluster::new(format!("ns{namespace}"), name(namespace)).kind("Namespace"));
    }
    let third = size.div_ceil(3);
    for index in 0..third {
        let home = format!("ns{}", index % namespaces);
        let subject = format!("s{index}");
        graph.nodes.push(if index % 4 == 3 {
            Node::new(&subject, format!("{}-team", name(index))).kind("Group")
        } else {
            Node::new(&subject, name(index))
                .kind("ServiceAccount")
                .in_cluster(&home)
                .at(format!("rbac.yaml:{index}:1"))
        });
        let binding = format!("b{index}");
        graph.nodes.push(
            Node::new(&binding, format!("{}-access", name(index)))
                .kind("RoleBinding")
                .in_cluster(&home)
                .detail("grants", "view"),
        );
        graph.edges.push(Edge::new(&subject, &binding).kind("subject"));
        if index % 7 == 6 {
            graph.edges.push(
                Edge::new(&binding, format!("missing{index}"))
                    .kind("roleRef")
                    .tone(Tone::Bad)
                    .line(Line::Dashed),
            );
            graph.nodes.push(
                Node::new(format!("missing{index}"), "admin-of-things")
                    .kind("Role")
                    .in_cluster(&home)
                    .tone(Tone::Bad)
                    .detail("state", "not there"),
            );
        } else if index % 3 == 1 {
            graph.edges.push(Edge::new(&binding, "view").kind("roleRef"));
        } else {
            let role = format!("r{}", numbers.below(third / 2 + 1) * namespaces + index % namespaces);
            if !graph.nodes.iter().any(|node| node.id == role) {
                graph.nodes.push(
                    Node::new(&role, format!("{}-role", name(numbers.below(40))))
                        .kind("Role")
                        .in_cluster(&home)
                        .detail("rules", "get, list, watch pods"),
                );
            }
            graph.edges.push(Edge::new(&binding, &role).kind("roleRef"));
        }
    }
    graph.nodes.push(Node::new("view", "view").kind("ClusterRole").tone(Tone::Muted));
    graph
}

/// Workloads that talk to each other, in circles, too.
pub(crate) fn flows(size: usize) -> Graph {
    let mut numbers = Numbers(2);
    let mut graph = Graph::new("Who talks to whom");
    let namespaces = (size / 12).max(1);
    for index in 0..size {
        let home = index % namespaces;
        let kind = if index % 5 == 4 { "StatefulSet" } else { "Deployment" };
        graph
            .nodes
            .push(Node::new(index.to_string(), name(index)).kind(kind).in_cluster(format!("team-{home}")));
        for _ in 0..=numbers.below(2) {
            let near = numbers.below(4) > 0;
            let other = if near {
                (numbers.below(size / namespaces + 1) * namespaces + home) % size
            } else {
                numbers.below(size)
            };
            let port = [80, 443, 5432, 6379][numbers.below(4)];
            let edge = Edge::new(index.to_string(), other.to_string()).label(format!("TCP:{port}"));
            graph.edges.push(if numbers.below(9) == 0 { edge.tone(Tone::Warning) } else { edge });
        }
    }
    graph
}

pub(crate) fn tree(size: usize) -> Tree {
    let mut numbers = Numbers(3);
    let mut tree = Tree::new("Who trusts whom");
    for index in 0..size {
        let parent =
            (index > 2 || index == 1).then(|| if index % 3 == 0 { 0 } else { numbers.below(index.min(40)) });
        let kind = if index < 3 { "CA" } else { "Certificate" };
        let node = TreeNode::new(format!("{}-ca", name(index))).kind(kind).detail("expires", "2027-01-01");
        tree.push(
            parent,
            if index % 11 == 10 { node.tone(Tone::Bad).detail("state", "expired") } else { node },
        );
    }
    tree
}

pub(crate) fn table(size: usize) -> Table {
    let mut numbers = Numbers(4);
    let mut table = Table::new("What was found");
    table.columns = vec![
        Column::new("severity"),
        Column::new("object"),
        Column::new("message"),
        Column::new("line").align(Align::Right),
    ];
    for index in 0..size {
        let (tone, word) =
            [(Tone::Bad, "error"), (Tone::Warning, "warning"), (Tone::Note, "note")][numbers.below(3)];
        table.rows.push(vec![
            TableCell::new(word).tone(tone),
            TableCell::new(format!("Deployment/{}", name(index))),
            TableCell::new("unknown field `spec.template.spec.containers[0].imagePullpolicy`, did you mean `imagePullPolicy`?"),
            TableCell::new(numbers.below(2_000).to_string()),
        ]);
    }
    table
}

pub(crate) fn matrix(size: usize) -> Matrix {
    let mut numbers = Numbers(5);
    let mut matrix = Matrix::new("Who reaches whom");
    (matrix.row_title, matrix.column_title) = ("from".to_owned(), "to".to_owned());
    matrix.states = vec![
        State::new("allowed", "allowed").symbol("✓").tone(Tone::Good),
        State::new("some", "some ports").symbol("◐").tone(Tone::Warning),
        State::new("denied", "denied").symbol("·").tone(Tone::Plain),
        State::new("undecided", "undecided").symbol("?").tone(Tone::Note),
    ];
    let header =
        |index: usize| Header::new(name(index)).in_group(format!("team-{}", index * 8 / size.max(1)));
    matrix.rows = (0..size).map(header).collect();
    matrix.columns = matrix.rows.clone();
    for row in 0..size {
        let cells = (0..size).map(|column| {
            let state = if row == column { 0 } else { [2, 2, 2, 2, 0, 1, 2, 2, 2, 0][numbers.below(10)] };
            let cell = Cell::of(if numbers.below(90) == 0 { 3 } else { state });
            if state == 1 { cell.detail("TCP:80, TCP:443") } else { cell }
        });
        matrix.cells.push(cells.collect());
    }
    matrix
}

pub(crate) fn heat_map(size: usize) -> HeatMap {
    let mut numbers = Numbers(6);
    let mut map = HeatMap::new("How full the nodes are");
    (map.row_title, map.column_title, map.unit) = ("node".to_owned(), "resource".to_owned(), "%".to_owned());
    map.rows = (0..size)
        .map(|index| Header::new(format!("worker-{index:03}")).in_group(format!("zone-{}", index % 3)))
        .collect();
    map.columns = ["cpu", "memory", "pods", "ephemeral-storage", "nvidia.com/gpu"].map(Header::new).to_vec();
    for _ in 0..size {
        let cells = (0..5).map(|column| {
            let number = f64::from(u32::try_from(numbers.below(1_000)).unwrap()) / 10.0;
            (column < 4 || number > 50.0).then_some(number)
        });
        map.cells.push(cells.collect());
    }
    map
}

pub(crate) fn timeline(size: usize) -> Timeline {
    let mut numbers = Numbers(7);
    let day = 86_400;
    let begin = 1_767_225_600_i64;
    let mut timeline = Timeline::new("When certificates expire");
    timeline.now = Some(Moment::from_unix_seconds(begin + 200 * day));
    for index in 0..size {
        let start = begin + i64::try_from(numbers.below(100)).unwrap() * day;
        let end = start + i64::try_from(30 + numbers.below(400)).unwrap() * day;
        let (tone, word) = match end - (begin + 200 * day) {
            left if left < 0 => (Tone::Bad, "expired"),
            left if left < 30 * day => (Tone::Warning, "expires soon"),
            _ => (Tone::Good, "valid"),
        };
        let bar =
            Bar::new(word, Moment::from_unix_seconds(start)).until(Moment::from_unix_seconds(end)).tone(tone);
        let row = Row::new(format!("{}.crt", name(index)))
            .in_group(["control plane", "etcd", "workers"][index * 3 / size.max(1)])
            .bar(bar);
        let renewed = Bar::new("renewed", Moment::from_unix_seconds(start + 20 * day)).tone(Tone::Note);
        timeline.rows.push(if index % 6 == 0 { row.bar(renewed) } else { row });
    }
    timeline
}
