"use strict";
// Matrices and heat maps. Only the fields that are seen are elements, so that a thousand rows scroll well.

{
  const heat = picture.picture === "heat-map";
  const rows = (picture.rows || []).map((row, index) => ({ ...row, index, full: row.group ? `${row.group}/${row.label}` : row.label }));
  const columns = (picture.columns || []).map((column, index) => ({ ...column, index, full: column.group ? `${column.group}/${column.label}` : column.label }));
  const states = picture.states || [];
  const cells = data.cells || picture.cells || [];
  const stateOf = (row, column) => {
    const cell = (cells[row.index] || [])[column.index];
    if (heat) return typeof cell === "number" ? cell : null;
    if (typeof cell === "number") return cell;
    return cell && cell.state !== undefined ? cell.state : null;
  };
  const detailOf = (row, column) => ((cells[row.index] || [])[column.index] || {}).detail;
  const short = (number) => {
    const size = Math.abs(number);
    if (size !== 0 && (size < 0.001 || size >= 1e9)) return number.toExponential(2).replace("+", "");
    return String(Number(number.toFixed(3)));
  };
  const unit = shown(picture.unit || "");
  let low = Infinity, high = -Infinity;
  if (picture.scale) [low, high] = [picture.scale.min, picture.scale.max];
  else if (heat) for (const row of cells) for (const number of row) if (typeof number === "number") {
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  if (!(low <= high)) [low, high] = [0, 1];
  const warmth = (number) => (high > low ? Math.min(1, Math.max(0, (number - low) / (high - low))) : 0.5);

  const HEIGHT = 26;
  let widest = 26;
  if (heat) {
    for (const row of cells.slice(0, 300)) for (const number of row.slice(0, 300)) {
      if (typeof number === "number") widest = Math.max(widest, measure(short(number)) + 14);
    }
  }
  const WIDTH = Math.ceil(widest);
  const sample = (list) => list.reduce((most, one) => Math.max(most, measure(shown(one.full))), 0);
  const corner = shown([picture.rowTitle && `${picture.rowTitle} ↓`, picture.columnTitle && `${picture.columnTitle} →`].filter(Boolean).join("  "));
  const LABEL = Math.ceil(Math.min(280, Math.max(90, sample(rows) + 18, measure(corner) + 18)));
  const turned = sample(columns) + 12 > WIDTH;
  const HEAD = turned ? Math.ceil(Math.min(200, sample(columns) + 20)) : 28;

  const wanted = { row: "", column: "", groups: null, states: null };
  let seenRows = rows, seenColumns = columns, active = [0, 0], chosen = null;
  searchField(`Search ${shown(picture.rowTitle || "rows")} ( / )`, (text) => { wanted.row = text; filter(); });
  searchField(`Search ${shown(picture.columnTitle || "columns")}`, (text) => { wanted.column = text; filter(); });
  filterMenu("Group", choices([...rows, ...columns].map((one) => one.group || "")), (values) => { wanted.groups = values; filter(); });
  const counts = states.map(() => 0);
  if (!heat) for (const row of rows) for (const column of columns) if (counts[stateOf(row, column)] !== undefined) counts[stateOf(row, column)]++;
  if (!heat) {
    filterMenu("State", states.map((state, id) => ({ id, label: state.label, count: counts[id], swatch: `t-${state.tone || "plain"}` })),
      (values) => { wanted.states = values; filter(); });
  }

  const table = h("table", { class: "grid", role: "grid", "aria-rowcount": rows.length + 1, "aria-colcount": columns.length + 1 });
  const scroll = h("div", { class: "scroll", tabindex: "0", "aria-label": "Fields; arrow keys move between them, Enter opens one" }, table);
  view.append(scroll);

  function filter() {
    const fits = (one, text) => (!text || text.split(/\s+/).every((word) => shown(one.full).toLowerCase().includes(word))) &&
      (!wanted.groups || wanted.groups.has(one.group || ""));
    seenRows = rows.filter((row) => fits(row, wanted.row));
    seenColumns = columns.filter((column) => fits(column, wanted.column));
    if (wanted.states) {
      // Rows and columns without any field of these states say nothing.
      const keep = (row, column) => wanted.states.has(stateOf(row, column));
      const kept = seenRows.filter((row) => seenColumns.some((column) => keep(row, column)));
      seenColumns = seenColumns.filter((column) => kept.some((row) => keep(row, column)));
      seenRows = kept;
    }
    active = [0, 0];
    draw();
    say(`${seenRows.length} of ${rows.length} rows, ${seenColumns.length} of ${columns.length} columns`);
  }

  function field(row, column, at) {
    const state = stateOf(row, column);
    const here = at[0] === active[0] && at[1] === active[1];
    const attributes = { role: "gridcell", "data-at": `${at[0]},${at[1]}`, class: "field", "aria-colindex": at[1] + 2 };
    let text = "";
    if (state !== null && heat) {
      text = short(state);
      attributes.title = shown(`${row.full} → ${column.full}: ${state}${unit}`);
    } else if (state !== null && !(wanted.states && !wanted.states.has(state))) {
      const known = states[state] || { label: "unknown state", symbol: "?", tone: "warning" };
      text = known.symbol;
      attributes.class += ` f-${known.tone || "plain"}`;
      attributes.title = shown(`${row.full} → ${column.full}: ${known.label}${detailOf(row, column) ? ` (${detailOf(row, column)})` : ""}`);
    }
    if (here) attributes.class += " active";
    const one = h("td", attributes, text);
    if (heat && state !== null) {
      const warm = warmth(state);
      one.style.background = `color-mix(in srgb, var(--hot) ${Math.round(warm * 100)}%, var(--cold))`;
      if (warm > 0.55) one.classList.add("onhot");
    }
    return one;
  }

  /** The rows and columns that are seen, and a few around them; all of a small picture. */
  function draw() {
    const all = seenRows.length * seenColumns.length <= 6000;
    const range = (from, size, step, count) => all ? [0, count] :
      [Math.max(0, Math.floor(from / step) - 6), Math.min(count, Math.ceil((from + size) / step) + 6)];
    const [top, bottom] = range(scroll.scrollTop, scroll.clientHeight, HEIGHT, seenRows.length);
    const [left, right] = range(scroll.scrollLeft, scroll.clientWidth, WIDTH, seenColumns.length);
    const space = (name, width) => {
      const one = h(name, { "aria-hidden": "true", class: "space" });
      one.style.width = `${width}px`;
      return one;
    };
    const before = left * WIDTH, after = (seenColumns.length - right) * WIDTH;
    const first = h("th", { class: "corner", scope: "col" }, corner);
    first.style.width = `${LABEL}px`;
    first.style.height = `${HEAD}px`;
    const head = h("tr", {}, first, before > 0 && space("td", before), seenColumns.slice(left, right).map((column, index) => {
      const one = h("th", { scope: "col", title: shown(column.full), class: `column tone-${column.tone || "plain"}${left + index === active[1] ? " lit" : ""}` },
        h("span", { class: turned ? "turned" : "" }, column.group && h("span", { class: "soft" }, `${column.group}/`), column.label));
      one.style.width = `${WIDTH}px`;
      one.firstChild.style.maxHeight = `${HEAD - 10}px`;
      return one;
    }), after > 0 && space("td", after));
    const gap = (height) => {
      const one = h("tr", { "aria-hidden": "true" });
      one.style.height = `${height}px`;
      return one;
    };
    const body = seenRows.slice(top, bottom).map((row, index) => {
      const label = h("th", { scope: "row", title: shown(row.full), class: `row tone-${row.tone || "plain"}${top + index === active[0] ? " lit" : ""}` },
        row.group && h("span", { class: "soft" }, `${row.group}/`), row.label);
      const line = h("tr", { "aria-rowindex": top + index + 2 }, label, before > 0 && space("td", before),
        seenColumns.slice(left, right).map((column, at) => field(row, column, [top + index, left + at])), after > 0 && space("td", after));
      return line;
    });
    table.style.width = `${LABEL + seenColumns.length * WIDTH}px`;
    table.replaceChildren(h("thead", {}, head),
      h("tbody", {}, top > 0 && gap(top * HEIGHT), body, bottom < seenRows.length && gap((seenRows.length - bottom) * HEIGHT)));
  }

  let waiting = false;
  const later = () => {
    if (waiting || seenRows.length * seenColumns.length <= 6000) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  };
  scroll.addEventListener("scroll", later, { passive: true });
  new ResizeObserver(later).observe(scroll);

  function open() {
    const [row, column] = [seenRows[active[0]], seenColumns[active[1]]];
    if (!row || !column) return;
    const state = stateOf(row, column), known = states[state];
    chosen = true;
    const value = state === null ? "nothing" : heat ? `${state}${unit}` : known ? known.label : "unknown state";
    const detail = heat || state === null ? "" : detailOf(row, column);
    const facts = (name, one) => [[name, one.full], ...(one.details || []).map((fact) => [`${name}: ${fact.name}`, fact.value])];
    showPanel(value, "", known && known.tone, [...facts(picture.rowTitle || "row", row), ...facts(picture.columnTitle || "column", column), ["detail", detail]]);
  }
  function move(row, column) {
    active = [Math.max(0, Math.min(seenRows.length - 1, row)), Math.max(0, Math.min(seenColumns.length - 1, column))];
    const [top, left] = [active[0] * HEIGHT, active[1] * WIDTH];
    if (top < scroll.scrollTop) scroll.scrollTop = top;
    if (top + HEIGHT + HEAD > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = top + HEIGHT + HEAD - scroll.clientHeight + 8;
    if (left < scroll.scrollLeft) scroll.scrollLeft = left;
    if (left + WIDTH + LABEL > scroll.scrollLeft + scroll.clientWidth) scroll.scrollLeft = left + WIDTH + LABEL - scroll.clientWidth + 8;
    draw();
    if (chosen && !panel.hidden) open();
  }
  table.addEventListener("click", (event) => {
    const target = event.target.closest("td.field");
    if (!target) return;
    const [row, column] = target.dataset.at.split(",").map(Number);
    move(row, column);
    open();
  });
  scroll.addEventListener("keydown", (event) => {
    const [row, column] = active, page = Math.max(1, Math.floor((scroll.clientHeight - HEAD) / HEIGHT) - 1);
    const to = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      PageUp: [row - page, column], PageDown: [row + page, column],
      Home: event.ctrlKey ? [0, 0] : [row, 0], End: event.ctrlKey ? [rows.length, columns.length] : [row, columns.length],
    }[event.key];
    if (to) move(...to);
    else if (event.key === "Enter") open();
    else return;
    event.preventDefault();
  });

  if (heat) {
    const bar = h("span", { class: "scale" });
    legend.append(h("span", {}, `${short(low)}${unit}`), bar, h("span", {}, `${short(high)}${unit}`));
  } else {
    states.forEach((state, index) => legend.append(h("span", {},
      h("span", { class: `key f-${state.tone || "plain"}` }, state.symbol), `${state.label} (${counts[index]})`)));
  }
  filter();
}
