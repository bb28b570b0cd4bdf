"use strict";
// A graph that can be searched, filtered, folded, moved and zoomed.

{
  const clusters = new Map();
  for (const cluster of picture.clusters || []) clusters.set(cluster.id, { ...cluster, members: [] });
  const nodes = [], byId = new Map();
  const addNode = (node) => {
    const own = { ...node, at: nodes.length, edges: [] };
    nodes.push(own);
    if (!byId.has(node.id)) byId.set(node.id, own);
    if (node.cluster !== undefined && node.cluster !== null) {
      if (!clusters.has(node.cluster)) clusters.set(node.cluster, { id: node.cluster, label: node.cluster, members: [] });
      clusters.get(node.cluster).members.push(own);
      own.home = clusters.get(node.cluster);
    }
    own.words = shown([node.label, node.kind, own.home && own.home.label, ...(node.details || []).map((detail) => detail.value)]
      .join(" ")).toLowerCase();
    return own;
  };
  (picture.nodes || []).forEach(addNode);
  const edges = (picture.edges || []).map((edge) => {
    const end = (id) => byId.get(id) || addNode({ id, label: id });
    const own = { ...edge, a: end(edge.from), b: end(edge.to) };
    own.a.edges.push(own);
    if (own.b !== own.a) own.b.edges.push(own);
    return own;
  });
  const kinds = [...new Set(nodes.map((node) => node.kind || ""))].filter(Boolean);
  const colorOf = (kind) => (kind ? `k${kinds.indexOf(kind) % 8}` : "");
  const worst = (tones) => tones.reduce((most, tone) => (TONES.indexOf(tone || "plain") > TONES.indexOf(most) ? tone : most), "plain");

  const folded = new Set();
  if (nodes.length > data.foldAbove && clusters.size > 1) clusters.forEach((cluster) => folded.add(cluster));
  const wanted = { kinds: null, clusters: null, tones: null };
  let words = "", selected = null, near = false, drawn = null, focused = null;
  const canvas = svg("svg", { id: "canvas", tabindex: "0", role: "group", "aria-label": "Graph; arrow keys move between nodes, Enter opens one" });
  view.append(canvas);

  const found = (node) => words && words.split(/\s+/).every((word) => node.words.includes(word));
  const visible = (node) =>
    (!wanted.kinds || wanted.kinds.has(node.kind || "")) &&
    (!wanted.clusters || wanted.clusters.has(node.home ? node.home.label : "")) &&
    (!wanted.tones || wanted.tones.has(node.tone || "plain")) &&
    (!near || !selected || node === selected || node.edges.some((edge) => edge.a === selected || edge.b === selected));

  const searched = searchField("Search ( / )", (text) => {
    words = text;
    mark();
  }, (step) => {
    const hits = nodes.filter((node) => visible(node) && found(node));
    if (!hits.length) return;
    const at = hits.indexOf(selected);
    select(hits[(at + step + hits.length) % hits.length], true);
    searched.focus();
  });
  filterMenu("Kind", choices(nodes.map((node) => node.kind || ""), colorOf), (values) => { wanted.kinds = values; draw(); });
  const groupWord = [...clusters.values()].map((cluster) => cluster.kind).find(Boolean) || "Group";
  filterMenu(groupWord, choices(nodes.map((node) => (node.home ? node.home.label : ""))), (values) => { wanted.clusters = values; draw(); });
  filterMenu("Severity", toneChoices(nodes.map((node) => node.tone)), (values) => { wanted.tones = values; draw(); });
  const nearButton = button("Neighbours", "Show only the chosen node and what it is connected with", () => {
    near = !near;
    nearButton.setAttribute("aria-pressed", near);
    draw();
    fit();
  });
  nearButton.setAttribute("aria-pressed", "false");
  if (clusters.size) {
    button("Fold", "Fold every group into one box", () => { clusters.forEach((cluster) => folded.add(cluster)); draw(); fit(); });
    button("Unfold", "Show the nodes of every group", () => { folded.clear(); draw(); fit(); });
  }
  button("−", "Zoom out ( - )", () => zoom(1 / 1.25));
  button("+", "Zoom in ( + )", () => zoom(1.25));
  button("Fit", "Show everything ( 0 )", () => fit(true));

  // What is seen of the drawing: its corner, and how many pixels one of its own takes.
  const at = { x: 0, y: 0, scale: 1 };
  function look() {
    const { clientWidth, clientHeight } = canvas;
    canvas.setAttribute("viewBox", `${at.x} ${at.y} ${clientWidth / at.scale} ${clientHeight / at.scale}`);
  }
  function zoom(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
    const scale = Math.min(4, Math.max(0.05, at.scale * factor));
    at.x += x / at.scale - x / scale;
    at.y += y / at.scale - y / scale;
    at.scale = scale;
    look();
  }
  /** The whole drawing when it is readable then, or when all of it is asked for; otherwise its beginning. */
  function fit(all) {
    const wide = canvas.clientWidth / drawn.width, high = canvas.clientHeight / drawn.height;
    at.scale = all || Math.min(wide, high) > 0.75 ? Math.min(1.2, wide, high) : Math.min(0.9, Math.max(0.5, wide));
    at.x = Math.min(0, (drawn.width - canvas.clientWidth / at.scale) / 2);
    at.y = Math.min(0, (drawn.height - canvas.clientHeight / at.scale) / 2);
    look();
  }
  function centre(item) {
    at.scale = Math.max(at.scale, 0.7);
    at.x = item.x + item.width / 2 - canvas.clientWidth / at.scale / 2;
    at.y = item.y + NODE / 2 - canvas.clientHeight / at.scale / 2;
    look();
  }

  /** Items: nodes, and one for each folded group. Edges between the same two items become one. */
  function build() {
    const items = [], itemOf = new Map(), bands = [{ frame: false }], bandOf = new Map();
    const shownNodes = nodes.filter(visible);
    for (const cluster of clusters.values()) {
      const members = shownNodes.filter((node) => node.home === cluster);
      if (!members.length) continue;
      if (folded.has(cluster)) {
        const label = shown(cluster.label);
        const item = { cluster, members, band: 0, key: `c${cluster.id}`, tone: worst(members.map((node) => node.tone)) };
        item.width = Math.max(measure(label) * 1.15, 110) + 46;
        members.forEach((node) => itemOf.set(node, item));
        items.push(item);
      } else {
        bandOf.set(cluster, bands.length);
        bands.push({ frame: true, cluster, members });
      }
    }
    for (const node of shownNodes) {
      if (itemOf.has(node)) continue;
      const band = node.home ? bandOf.get(node.home) : 0;
      const item = { node, band, key: `n${node.at}`, tone: node.tone || "plain" };
      item.width = Math.max(measure(shown(node.label)), measure(shown(node.kind), 9.5)) + 26 + (MARKS[node.tone] ? 14 : 0);
      itemOf.set(node, item);
      items.push(item);
    }
    items.forEach((item, index) => (item.index = index));
    const ways = new Map();
    for (const edge of edges) {
      const from = itemOf.get(edge.a), to = itemOf.get(edge.b);
      if (!from || !to || (from === to && from.cluster)) continue;
      const single = from.node && to.node;
      const key = single ? `e${ways.size}` : `${from.index}-${to.index}`;
      if (!ways.has(key)) ways.set(key, { from: from.index, to: to.index, all: [] });
      ways.get(key).all.push(edge);
    }
    return { items, ways: [...ways.values()], bands, itemOf, count: shownNodes.length };
  }

  const f = (number) => Math.round(number * 10) / 10;
  const curve = (points) => points.map(([x, y], index) => {
    if (!index) return `M${f(x)} ${f(y)}`;
    const [before, height] = points[index - 1], half = (x - before) / 2;
    return `C${f(before + half)} ${f(height)} ${f(x - half)} ${f(y)} ${f(x)} ${f(y)}`;
  }).join("");
  const head = (x, y, right) => svg("path", { class: "head", d: `M${f(x)} ${f(y)}l${right ? -7 : 7} -3.5v7z` });

  function ports(ways) {
    const leaving = new Map(), arriving = new Map();
    for (const way of ways) {
      if (way.left === way.right) continue;
      const first = way.bends[0] || way.right, last = way.bends[way.bends.length - 1] || way.left;
      const put = (map, slot, y) => map.set(slot, [...(map.get(slot) || []), [y, way]]);
      const yOf = (slot) => (slot.item ? slot.item.y + NODE / 2 : slot.y);
      put(leaving, way.left, yOf(first));
      // An edge within a column leaves and arrives at its right.
      put(way.beside ? leaving : arriving, way.right, yOf(last));
    }
    for (const map of [leaving, arriving]) {
      for (const [slot, list] of map) {
        list.sort((one, other) => one[0] - other[0]);
        const step = Math.min(9, (NODE - 14) / list.length);
        list.forEach(([, way], index) => (way[map === arriving || way.left !== slot ? "arrives" : "leaves"] = slot.item.y + NODE / 2 + step * (index - (list.length - 1) / 2)));
      }
    }
  }

  /** A place on the way where a label covers no other one: near the middle of the first or the last curve. */
  function room(labels, points, width) {
    for (const [one, two] of [[points[0], points[1]], points.slice(-2)]) {
      for (const part of [0.5, 0.35, 0.65, 0.2, 0.8]) {
        const rest = 1 - part, middle = (one[0] + two[0]) / 2;
        const x = rest ** 3 * one[0] + 3 * rest * part * middle + part ** 3 * two[0];
        const y = (rest ** 3 + 3 * rest * rest * part) * one[1] + (3 * rest * part * part + part ** 3) * two[1];
        if (labels.every((other) => Math.abs(x - other.x) > (width + other.width) / 2 + 2 || Math.abs(y - other.y) > 10)) {
          labels.push({ x, y, width });
          return [x, y - 3];
        }
      }
    }
    return null;
  }

  function drawWay(way, labels) {
    const first = way.all[0], tone = worst(way.all.map((edge) => edge.tone));
    const several = way.all.length > 1;
    const group = svg("g", { class: `edge ${tone}` });
    const line = svg("path", { class: `way ${several ? "" : first.line || ""}` });
    if (several) line.style.strokeWidth = Math.min(5, 1 + Math.log2(way.all.length) * 0.7);
    group.append(svg("title", {}, several ? `${way.all.length} edges` :
      `${first.a.label} → ${first.b.label}${first.label ? `: ${first.label}` : ""}${first.kind ? ` (${first.kind})` : ""}`));
    way.element = group;
    const left = way.left.item, right = way.right.item;
    if (left === right) {
      const x = left.x + left.width, y = left.y + NODE / 2;
      line.setAttribute("d", `M${f(x)} ${f(y - 7)}c26 -4 26 22 0 18`);
      group.append(line, head(x, y + 11, false));
      return group;
    }
    const directions = new Set(way.all.map((edge) => edge.direction || "forward"));
    const toRight = directions.has("both") || (directions.has("forward") && !way.reversed);
    const toLeft = directions.has("both") || (directions.has("forward") && way.reversed);
    const begin = [left.x + left.width, way.leaves], end = [right.x, way.arrives];
    if (way.beside) {
      const out = begin[0] + 20 + Math.min(26, Math.abs(end[1] - begin[1]) / 8);
      line.setAttribute("d", `M${f(begin[0])} ${f(begin[1])}C${f(out)} ${f(begin[1])} ${f(out)} ${f(end[1])} ${f(begin[0] + 6)} ${f(end[1])}`);
      group.append(line);
      if (!directions.has("none")) group.append(head(begin[0], end[1], false));
      if (directions.has("both")) group.append(head(begin[0], begin[1], false));
      return group;
    }
    const points = [[begin[0] + (toLeft ? 6 : 0), begin[1]]];
    for (const [x, width, y] of way.bendPoints) points.push([x, y], [x + width, y]);
    points.push([end[0] - (toRight ? 6 : 0), end[1]]);
    line.setAttribute("d", curve(points));
    group.append(line);
    if (toRight) group.append(head(end[0], end[1], true));
    if (toLeft) group.append(head(begin[0], begin[1], false));
    const text = labels ? cut(several ? `×${way.all.length}` : shown(first.label), 126, 10) : "";
    const place = text && room(labels, points, measure(text, 10));
    if (place) group.append(svg("text", { class: "halo", x: f(place[0]), y: f(place[1]) }, text));
    return group;
  }

  function drawItem(item) {
    const { node, cluster } = item;
    const name = cluster ? cluster.label : node.label;
    const label = cluster ? `${cluster.kind || "Group"} ${name}, ${item.members.length} nodes, folded` : `${node.kind || ""} ${name}`;
    const group = svg("g", {
      class: `${cluster ? "fold" : "node"} ${item.tone}`, role: "button", tabindex: "-1", "aria-label": shown(label).trim(),
      click: () => (cluster ? unfold(cluster) : select(node)),
    });
    item.element = group;
    const title = cluster ? `${name}: press to unfold` : [name, ...(node.details || []).map((one) => `${one.name}: ${one.value}`)].join("\n");
    group.append(svg("title", {}, ...title.split("\n").map((line, index) => (index ? ` · ${shown(line)}` : line))));
    if (cluster) {
      group.append(svg("rect", { class: "box back", x: f(item.x + 4), y: f(item.y + 4), width: f(item.width), height: NODE, rx: 8 }));
    }
    group.append(svg("rect", { class: "box", x: f(item.x), y: f(item.y), width: f(item.width), height: NODE, rx: cluster ? 8 : 6 }));
    const kind = cluster ? cluster.kind || "" : node.kind;
    if (node && kind) {
      group.append(svg("rect", { class: colorOf(kind), x: f(item.x + 1), y: f(item.y + 6), width: 4, height: NODE - 12, rx: 2 }));
    }
    let x = item.x + 14;
    const base = item.y + (kind || cluster ? 30 : 23), sign = MARKS[item.tone];
    const small = cluster ? `${kind} · ${item.members.length} node${item.members.length === 1 ? "" : "s"}`.replace(/^ · /, "") : kind;
    if (small) group.append(svg("text", { class: "kind", x: f(x), y: f(item.y + 14) }, cut(shown(small), item.width - 24, 9.5)));
    if (cluster) group.append(svg("text", { class: "plus", x: f(item.x + item.width - 12), y: f(item.y + 24) }, "+"));
    if (sign) {
      group.append(svg("text", { class: "sign", x: f(x), y: f(base) }, sign));
      x += 14;
    }
    const room = item.x + item.width - x - (cluster ? 20 : 8);
    group.append(svg("text", { class: cluster ? "strong" : "", x: f(x), y: f(base) }, cut(shown(name), room)));
    return group;
  }

  function draw() {
    const built = build();
    const labelled = built.ways.filter((way) => way.all.length > 1 || way.all[0].label).length <= 80;
    const widest = labelled ? Math.max(0, ...built.ways.map((way) => (way.all.length > 1 ? 20 : measure(shown(way.all[0].label), 10)))) : 0;
    const size = layOut(built.items, built.ways, built.bands, widest);
    drawn = { ...built, ...size };
    ports(built.ways);
    const frames = svg("g", {}), lines = svg("g", {}), boxes = svg("g", {});
    for (const band of built.bands) {
      if (!band.frame) continue;
      const { cluster } = band;
      const group = svg("g", { class: `cluster ${cluster.tone || ""}`, role: "button", tabindex: "-1",
        "aria-label": shown(`${cluster.kind || "Group"} ${cluster.label}: fold`), click: () => fold(cluster) });
      group.append(
        svg("rect", { class: "frame", x: PADDING / 2, y: f(band.top), width: f(size.width - PADDING), height: f(band.height), rx: 8 }),
        svg("text", { class: "strong", x: PADDING / 2 + 12, y: f(band.top + 19) }, `− ${cut(shown(cluster.label), 400)}`),
        svg("text", { class: "kind", x: f(PADDING / 2 + 34 + measure(cut(shown(cluster.label), 400)) * 1.12), y: f(band.top + 19) },
          `${cluster.kind || ""} · ${band.members.length}`.replace(/^ · /, "")),
        svg("title", {}, "Press to fold"));
      frames.append(group);
    }
    const labels = labelled ? [] : null;
    for (const way of built.ways) lines.append(drawWay(way, labels));
    for (const item of built.items) boxes.append(drawItem(item));
    canvas.replaceChildren(frames, lines, boxes);
    canvas.classList.toggle("many", built.ways.length > 120);
    if (!built.items.length) canvas.append(svg("text", { x: 20, y: 40, class: "kind" }, "Nothing is left: change the filters."));
    mark();
  }

  /** Marks what is found, chosen and connected with it; the rest fades. */
  function mark() {
    const hits = words ? nodes.filter((node) => visible(node) && found(node)) : [];
    const chosen = selected && drawn.itemOf.get(selected);
    const linked = new Set(chosen ? [chosen] : []);
    if (chosen) for (const way of drawn.ways) {
      const ends = [drawn.items[way.from], drawn.items[way.to]];
      if (ends.includes(chosen)) ends.forEach((end) => linked.add(end));
    }
    const hitItems = new Set(hits.map((node) => drawn.itemOf.get(node)));
    for (const item of drawn.items) {
      const faded = (words && !hitItems.has(item)) || (chosen && !words && !linked.has(item));
      item.element.classList.toggle("faded", Boolean(faded));
      item.element.classList.toggle("hit", hitItems.has(item));
      item.element.classList.toggle("chosen", item === chosen);
    }
    for (const way of drawn.ways) {
      const touches = chosen && (drawn.items[way.from] === chosen || drawn.items[way.to] === chosen);
      way.element.classList.toggle("lit", Boolean(touches));
      way.element.classList.toggle("faded", Boolean((chosen || words) && !touches));
    }
    const few = drawn.count === nodes.length ? `${nodes.length} nodes` : `${drawn.count} of ${nodes.length} nodes`;
    say(`${few}, ${edges.length} edges${words ? `, ${hits.length} found` : ""}`);
  }

  function fold(cluster) {
    folded.add(cluster);
    draw();
  }
  function unfold(cluster) {
    folded.delete(cluster);
    draw();
    const band = drawn.bands.find((one) => one.cluster === cluster);
    if (band) {
      at.y = band.top - 40 / at.scale;
      look();
    }
  }
  function select(node, go) {
    selected = node;
    if (node.home && folded.has(node.home)) {
      folded.delete(node.home);
      draw();
    } else if (near) draw();
    mark();
    const line = (edge, other) => ({ text: other.label, soft: [other.kind, other.home !== node.home && other.home && other.home.label, edge.label]
      .filter(Boolean).join(" · "), go: () => select(other, true) });
    const outgoing = node.edges.filter((edge) => edge.a === node).map((edge) => line(edge, edge.b));
    const incoming = node.edges.filter((edge) => edge.b === node && edge.a !== node).map((edge) => line(edge, edge.a));
    showPanel(node.label, node.kind, node.tone, [[groupWord.toLowerCase(), node.home && node.home.label], ...factsOf(node)],
      [["To", outgoing], ["From", incoming]]);
    const item = drawn.itemOf.get(node);
    if (item && go) centre(item);
    if (item) focused = item;
  }
  panelClosed = () => {
    selected = null;
    if (near) draw();
    mark();
  };

  // Moving: dragging and the wheel; zooming: the wheel with Control, as a pinch does.
  let drag = null;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button === 0) drag = { x: event.clientX, y: event.clientY, moved: false };
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drag || !(event.buttons & 1)) return;
    const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
    if (!drag.moved && Math.hypot(dx, dy) < 4) return;
    if (!drag.moved) canvas.setPointerCapture(event.pointerId);
    drag.moved = true;
    at.x -= dx / at.scale;
    at.y -= dy / at.scale;
    drag.x = event.clientX;
    drag.y = event.clientY;
    look();
  });
  canvas.addEventListener("click", (event) => {
    // The end of a drag is no press.
    if (drag && drag.moved) event.stopPropagation();
    drag = null;
  }, true);
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) zoom(Math.exp(-event.deltaY * 0.005), event.clientX - box.x, event.clientY - box.y);
    else {
      at.x += event.deltaX / at.scale;
      at.y += event.deltaY / at.scale;
      look();
    }
  }, { passive: false });

  canvas.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(1 / 1.25);
    else if (event.key === "0") fit(true);
    else if ((event.key === "Enter" || event.key === " ") && focused) {
      event.preventDefault();
      if (focused.cluster) {
        const { cluster, members } = focused;
        unfold(cluster);
        focus(drawn.itemOf.get(members[0]));
      } else select(focused.node);
    } else if (step && drawn.items.length) {
      event.preventDefault();
      if (!focused || !drawn.items.includes(focused)) focus(drawn.items[0]);
      else {
        // The nearest one in that direction; what lies aside counts more.
        const far = (item) => {
          const dx = item.x - focused.x, dy = item.y - focused.y;
          const along = dx * step[0] + dy * step[1], aside = Math.abs(dx * step[1]) + Math.abs(dy * step[0]);
          return along > 1 ? along + aside * 3 : Infinity;
        };
        const best = drawn.items.reduce((one, item) => (far(item) < far(one) ? item : one), focused);
        focus(far(best) < Infinity ? best : focused);
      }
    }
  });
  function focus(item) {
    if (!item) return;
    focused = item;
    item.element.focus({ preventScroll: true });
    const left = (item.x - at.x) * at.scale, top = (item.y - at.y) * at.scale;
    if (left < 0 || top < 0 || left + item.width * at.scale > canvas.clientWidth || top + NODE * at.scale > canvas.clientHeight) centre(item);
  }

  new ResizeObserver(look).observe(canvas);
  addEventListener("beforeprint", () => canvas.setAttribute("viewBox", `0 0 ${drawn.width} ${drawn.height}`));
  addEventListener("afterprint", look);
  for (const kind of kinds) legend.append(h("span", {}, h("span", { class: `swatch ${colorOf(kind)}` }), kind));
  draw();
  fit();
}
