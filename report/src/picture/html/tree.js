"use strict";
// A tree that can be searched and folded.

{
  const nodes = (picture.nodes || []).map((node, index) => ({ ...node, index, children: [] }));
  const roots = [];
  for (const node of nodes) {
    const parent = Number.isInteger(node.parent) && node.parent < node.index ? nodes[node.parent] : null;
    node.above = parent;
    node.depth = parent ? parent.depth + 1 : 0;
    (parent ? parent.children : roots).push(node);
    node.words = shown([node.label, node.kind, ...(node.details || []).map((detail) => detail.value)].join(" ")).toLowerCase();
  }
  const kinds = [...new Set(nodes.map((node) => node.kind || ""))].filter(Boolean);
  const colorOf = (kind) => (kind ? `k${kinds.indexOf(kind) % 8}` : "");
  const open = new Set(nodes.filter((node) => nodes.length <= data.foldAbove || node.depth < 1));
  const wanted = { kinds: null, tones: null };
  let words = "", current = roots[0], hits = [];

  searchField("Search ( / )", (text) => { words = text; draw(); }, (step) => {
    if (!hits.length) return;
    const at = hits.indexOf(current);
    choose(hits[(at + step + hits.length) % hits.length]);
  });
  filterMenu("Kind", choices(nodes.map((node) => node.kind || ""), colorOf), (values) => { wanted.kinds = values; draw(); });
  filterMenu("Severity", toneChoices(nodes.map((node) => node.tone)), (values) => { wanted.tones = values; draw(); });
  button("Fold", "Fold everything below the roots", () => { open.clear(); draw(); });
  button("Unfold", "Show everything", () => { nodes.forEach((node) => open.add(node)); draw(); });

  const list = h("div", { role: "tree", class: "tree", "aria-label": shown(picture.title) });
  view.append(h("div", { class: "scroll" }, list));

  function draw() {
    const filtered = words || wanted.kinds || wanted.tones;
    hits = nodes.filter((node) =>
      (!words || words.split(/\s+/).every((word) => node.words.includes(word))) &&
      (!wanted.kinds || wanted.kinds.has(node.kind || "")) && (!wanted.tones || wanted.tones.has(node.tone || "plain")));
    const keep = new Set();
    for (const hit of hits) for (let node = hit; node && !keep.has(node); node = node.above) keep.add(node);
    const hit = new Set(hits), lines = [], waiting = [...roots].reverse();
    while (waiting.length) {
      const node = waiting.pop();
      if (!keep.has(node)) continue;
      const unfolded = open.has(node) || (filtered && node.children.some((child) => keep.has(child)));
      node.line = h("div", {
        role: "treeitem", "aria-level": node.depth + 1, tabindex: node === current ? "0" : "-1",
        "aria-expanded": node.children.length ? String(Boolean(unfolded)) : null,
        class: `line tone-${node.tone || "plain"}${filtered && !hit.has(node) ? " faded" : ""}`,
        click: (event) => {
          if (event.target.classList.contains("twist")) toggle(node);
          else choose(node);
        },
      },
        h("span", { class: "twist", "aria-hidden": "true" }, node.children.length ? (unfolded ? "▾" : "▸") : ""),
        h("span", { class: `swatch ${colorOf(node.kind)}` }),
        MARKS[node.tone] && h("span", { class: "sign" }, MARKS[node.tone]),
        h("strong", {}, node.label), h("span", { class: "soft" }, node.kind),
        (node.details || []).slice(0, 4).map((detail) => h("span", { class: "soft" }, `${detail.name}: ${detail.value}`)),
        node.children.length && !unfolded ? h("span", { class: "soft" }, `(${node.children.length})`) : null);
      node.line.style.paddingLeft = `${node.depth * 22 + 6}px`;
      lines.push(node.line);
      if (unfolded) waiting.push(...[...node.children].reverse());
    }
    list.replaceChildren(...lines);
    say(`${nodes.length} nodes${filtered ? `, ${hits.length} found` : ""}`);
  }
  function toggle(node) {
    if (!node.children.length) return;
    if (!open.delete(node)) open.add(node);
    draw();
  }
  function choose(node) {
    current = node;
    for (let above = node.above; above; above = above.above) open.add(above);
    draw();
    node.line.focus();
    const lines = node.children.map((child) => ({ text: child.label, soft: child.kind, go: () => choose(child) }));
    const above = node.above ? [{ text: node.above.label, soft: node.above.kind, go: () => choose(node.above) }] : [];
    showPanel(node.label, node.kind, node.tone, factsOf(node), [["Above", above], ["Below", lines]]);
  }
  list.addEventListener("keydown", (event) => {
    const lines = [...list.children], at = lines.indexOf(document.activeElement);
    const node = nodes.find((one) => one.line === document.activeElement);
    if (!node) return;
    const go = (line) => {
      if (!line) return;
      current = nodes.find((one) => one.line === line);
      line.focus();
    };
    if (event.key === "ArrowDown") go(lines[at + 1]);
    else if (event.key === "ArrowUp") go(lines[at - 1]);
    else if (event.key === "ArrowRight" && node.children.length && !open.has(node)) { current = node; toggle(node); node.line.focus(); }
    else if (event.key === "ArrowLeft" && open.has(node) && node.children.length) { current = node; toggle(node); node.line.focus(); }
    else if (event.key === "ArrowLeft" && node.above) go(node.above.line);
    else if (event.key === "Enter" || event.key === " ") choose(node);
    else return;
    event.preventDefault();
  });
  for (const kind of kinds) legend.append(h("span", {}, h("span", { class: `swatch ${colorOf(kind)}` }), kind));
  draw();
}
