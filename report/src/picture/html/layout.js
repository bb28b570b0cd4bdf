"use strict";
// Where the nodes of a graph stand, by the steps of the library's own layout: columns along the edges, an order with
// few crossings, and every node near the middle of its neighbours.

const NODE = 38, GAP = 10, BEND = 8, PADDING = 14, CAPTION = 26, BETWEEN = 18;

/** Columns: behind everything that leads there. Edges that close a cycle point back. */
function layersOf(count, edges) {
  const leaving = Array.from({ length: count }, () => []);
  const entered = new Array(count).fill(false);
  edges.forEach(({ from, to }, index) => {
    leaving[from].push([index, to]);
    if (from !== to) entered[to] = true;
  });
  const visits = new Array(count).fill(0), turned = new Set();
  const starts = [...Array(count).keys()].sort((one, other) => entered[one] - entered[other] || one - other);
  for (const start of starts) {
    const path = visits[start] ? [] : [[start, 0]];
    while (path.length) {
      const top = path[path.length - 1];
      visits[top[0]] = 1;
      const edge = leaving[top[0]][top[1]++];
      if (!edge) {
        visits[top[0]] = 2;
        path.pop();
      } else if (!visits[edge[1]]) path.push([edge[1], 0]);
      else if (visits[edge[1]] === 1) turned.add(edge[0]);
    }
  }
  const next = Array.from({ length: count }, () => []), waits = new Array(count).fill(0);
  edges.forEach(({ from, to }, index) => {
    if (from === to) return;
    const [begin, end] = turned.has(index) ? [to, from] : [from, to];
    next[begin].push(end);
    waits[end]++;
  });
  const sources = waits.map((wait) => wait === 0), layers = new Array(count).fill(0);
  const ready = [...Array(count).keys()].filter((node) => sources[node]);
  for (let done = 0; done < ready.length; done++) {
    for (const to of next[ready[done]]) {
      layers[to] = Math.max(layers[to], layers[ready[done]] + 1);
      if (--waits[to] === 0) ready.push(to);
    }
  }
  for (let node = 0; node < count; node++) {
    if (sources[node] && next[node].length) layers[node] = next[node].reduce((least, to) => Math.min(least, layers[to]), Infinity) - 1;
  }
  return layers;
}

/** The distance from where edges begin: fewer columns for what goes in circles. */
function distancesOf(count, edges) {
  const next = Array.from({ length: count }, () => []), entered = new Array(count).fill(false);
  for (const { from, to } of edges) {
    if (from === to) continue;
    next[from].push(to);
    entered[to] = true;
  }
  const layers = new Array(count).fill(null);
  const all = [...Array(count).keys()];
  for (const starts of [all.filter((node) => !entered[node]), ...all.map((node) => [node])]) {
    const reached = starts.filter((node) => layers[node] === null);
    for (const node of reached) layers[node] = 0;
    for (let done = 0; done < reached.length; done++) {
      for (const to of next[reached[done]]) {
        if (layers[to] !== null) continue;
        layers[to] = layers[reached[done]] + 1;
        reached.push(to);
      }
    }
  }
  return layers;
}

/** The places nearest to what is wished, in order and without touching. */
function apart(wishes, heights) {
  const offsets = [], blocks = [];
  let offset = 0;
  heights.forEach((height, index) => {
    offsets.push(offset + height / 2);
    offset += height + GAP;
    let [middle, many] = [wishes[index] - offsets[index], 1];
    while (blocks.length && blocks[blocks.length - 1][0] > middle) {
      const [before, count] = blocks.pop();
      middle = (before * count + middle * many) / (many + count);
      many += count;
    }
    blocks.push([middle, many]);
  });
  let at = 0;
  return blocks.flatMap(([middle, many]) => Array.from({ length: many }, () => middle + offsets[at++]));
}

const mean = (numbers) => (numbers.length ? numbers.reduce((sum, one) => sum + one, 0) / numbers.length : null);

/**
 * `label` is the widest label of an edge.
 * Lays out items ({band, width}) and edges ({from, to} by position). Bands are drawn in the order of `bands`
 * ({frame: whether it has one}). Gives items `x, y, width`, edges `points` and `reversed`, bands `top` and `height`.
 */
function layOut(items, edges, bands, label) {
  const connected = new Array(items.length).fill(false);
  for (const { from, to } of edges) connected[from] = connected[to] = true;
  const most = (layers) => layers.reduce((last, layer) => Math.max(last, layer), 0) + 1;
  let layers = layersOf(items.length, edges);
  if (most(layers) > 10) layers = distancesOf(items.length, edges);
  let columns = edges.length ? most(layers) : 0;
  const alone = connected.filter((one) => !one).length;
  const shelf = Math.max(columns, Math.min(8, Math.ceil(Math.sqrt(alone / 4))), 1);
  const span = edges.reduce((sum, { from, to }) => sum + Math.abs(layers[from] - layers[to]), 0);
  for (const band of bands) {
    band.columns = Array.from({ length: columns }, () => []);
    band.shelf = [];
  }
  // Slots: nodes first, then bends of long edges.
  const slots = items.map((item) => ({ item, left: [], right: [], height: NODE, y: 0 }));
  slots.forEach((slot, index) => {
    const band = bands[items[index].band];
    if (connected[index]) band.columns[layers[index]].push(slot);
    else band.shelf.push(slot);
  });
  for (const edge of edges) {
    edge.reversed = layers[edge.from] > layers[edge.to];
    const [left, right] = edge.reversed ? [edge.to, edge.from] : [edge.from, edge.to];
    edge.left = slots[left];
    edge.right = slots[right];
    edge.bends = [];
    edge.beside = layers[left] === layers[right];
    if (edge.beside) continue;
    let before = slots[left];
    for (let layer = layers[left] + 1; span <= 20000 && layer < layers[right]; layer++) {
      const bend = { left: [], right: [], height: BEND, y: 0, layer };
      bands[items[edge.to].band].columns[layer].push(bend);
      edge.bends.push(bend);
      before.right.push(bend);
      bend.left.push(before);
      before = bend;
    }
    before.right.push(slots[right]);
    slots[right].left.push(before);
  }
  const number = () => {
    let top = 0;
    for (const band of bands) {
      const height = Math.max(0, ...band.columns.map((column) => column.length));
      for (const column of band.columns) column.forEach((slot, index) => (slot.y = top + (height - column.length) / 2 + index));
      top += height + 1;
    }
  };
  number();
  for (let sweep = 0; sweep < 8; sweep++) {
    for (let step = 0; step < columns; step++) {
      const index = sweep % 2 ? columns - 1 - step : step;
      for (const band of bands) {
        const key = (slot) => mean(slot[sweep % 2 ? "right" : "left"].map((near) => near.y)) ?? slot.y;
        const keyed = band.columns[index].map((slot) => [key(slot), slot]);
        band.columns[index] = keyed.sort((one, other) => one[0] - other[0]).map(([, slot]) => slot);
      }
      number();
    }
  }
  if (alone) columns = Math.max(columns, shelf);
  const widths = new Array(columns).fill(0);
  for (const band of bands) {
    band.columns.forEach((column, index) => column.forEach((slot) => {
      if (slot.item) widths[index] = Math.max(widths[index], slot.item.width);
    }));
    band.shelf.forEach((slot, index) => (widths[index % shelf] = Math.max(widths[index % shelf], slot.item.width)));
  }
  const gap = Math.min(150, Math.max(label + 24, 56 + (columns > 1 ? Math.floor(edges.length / columns) : 0)));
  let left = PADDING * 1.5;
  const lefts = widths.map((width, index) => {
    widths[index] = Math.min(280, Math.max(90, width));
    const own = left;
    left += widths[index] + gap;
    return own;
  });
  let top = PADDING;
  for (const band of bands) {
    const begin = top + (band.frame ? CAPTION : 0) + PADDING / 2;
    let bottom = settle(band, begin);
    band.columns.forEach((column, index) => column.forEach((slot) => {
      if (slot.item) Object.assign(slot.item, { x: lefts[index], y: slot.y - NODE / 2, width: widths[index], column: index });
    }));
    for (let at = 0; at < band.shelf.length; at += shelf) {
      if (bottom > begin) bottom += GAP;
      band.shelf.slice(at, at + shelf).forEach((slot, index) =>
        Object.assign(slot.item, { x: lefts[index], y: bottom, width: widths[index], column: index }));
      bottom += NODE;
    }
    band.top = top;
    band.height = bottom + PADDING - top;
    if (band.columns.some((column) => column.length) || band.shelf.length) top += band.height + BETWEEN;
  }
  for (const edge of edges) {
    edge.bendPoints = edge.bends.map((bend) => [lefts[bend.layer], widths[bend.layer], bend.y]);
  }
  return { width: left - gap + PADDING * 1.5, height: top - BETWEEN + PADDING };
}

/** Heights within a band; says where it ends. */
function settle(band, top) {
  const inside = new Set(band.columns.flat());
  if (!inside.size) return top;
  for (const column of band.columns) {
    let at = top;
    for (const slot of column) {
      slot.y = at + slot.height / 2;
      at += slot.height + GAP;
    }
  }
  const forth = [...band.columns.keys()];
  const passes = [[forth, ["left"]], [[...forth].reverse(), ["right"]], [forth, ["left", "right"]]];
  for (const [order, sides] of passes) {
    for (const index of order) {
      const column = band.columns[index];
      const wishes = column.map((slot) =>
        mean(sides.flatMap((side) => slot[side]).filter((near) => inside.has(near)).map((near) => near.y)) ?? slot.y);
      const places = apart(wishes, column.map((slot) => slot.height));
      column.forEach((slot, at) => (slot.y = places[at]));
    }
  }
  let first = Infinity, last = -Infinity;
  for (const slot of inside) {
    first = Math.min(first, slot.y - slot.height / 2);
    last = Math.max(last, slot.y + slot.height / 2);
  }
  for (const slot of inside) slot.y += top - first;
  return last + top - first;
}
