"use strict";
// A timeline that can be searched, filtered and stretched.

{
  const seconds = (text) => Date.parse(text) / 1000;
  const rows = (picture.rows || []).map((row) => ({
    ...row, words: shown([row.label, row.group, ...(row.bars || []).map((bar) => bar.label)].join(" ")).toLowerCase(),
    bars: (row.bars || []).map((bar) => ({ ...bar, from: seconds(bar.start), to: bar.end ? seconds(bar.end) : null })),
  }));
  const now = picture.now ? seconds(picture.now) : null;
  let first = now ?? Infinity, last = now ?? -Infinity;
  for (const row of rows) for (const bar of row.bars) {
    first = Math.min(first, bar.from);
    last = Math.max(last, bar.to ?? bar.from);
  }
  if (!(first < last)) [first, last] = Number.isFinite(first) ? [first, first + 60] : [0, 60];
  const worst = (bars) => bars.reduce((most, bar) => (TONES.indexOf(bar.tone || "plain") > TONES.indexOf(most) ? bar.tone : most), "plain");
  const wanted = { groups: null, tones: null };
  let words = "", stretch = 1;
  searchField("Search ( / )", (text) => { words = text; draw(); });
  filterMenu("Group", choices(rows.map((row) => row.group || "")), (values) => { wanted.groups = values; draw(); });
  filterMenu("Severity", toneChoices(rows.map((row) => worst(row.bars))), (values) => { wanted.tones = values; draw(); });
  button("−", "Zoom out ( - )", () => zoom(1 / 1.5));
  button("+", "Zoom in ( + )", () => zoom(1.5));
  button("Fit", "Show everything ( 0 )", () => zoom(0));

  const LABEL = Math.ceil(Math.min(300, Math.max(100, ...rows.slice(0, 2000).map((row) => measure(shown(row.label), 13))) + 28));
  const inner = h("div", { class: "times" });
  const scroll = h("div", { class: "scroll", tabindex: "0" }, inner);
  view.append(scroll);

  function zoom(factor) {
    const middle = (scroll.scrollLeft + (scroll.clientWidth - LABEL) / 2) / Math.max(1, inner.clientWidth - LABEL);
    stretch = factor ? Math.min(400, Math.max(1, stretch * factor)) : 1;
    draw();
    scroll.scrollLeft = middle * (inner.clientWidth - LABEL) - (scroll.clientWidth - LABEL) / 2;
  }

  /** Even times, about one in a hundred pixels. */
  function ticks(width) {
    const most = Math.max(2, width / 110), range = last - first, list = [];
    const step = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10800, 21600, 43200, 86400, 172800, 604800].find((one) => range / one <= most);
    const two = (number) => String(number).padStart(2, "0");
    if (step) {
      for (let at = Math.ceil(first / step) * step; at <= last; at += step) {
        const date = new Date(at * 1000), day = `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
        const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
        list.push([at, step >= 86400 ? `${date.getUTCFullYear()}-${day}` : step >= 60 ? (range > 86400 ? `${day} ${clock}` : clock) : `${clock}:${two(date.getUTCSeconds())}`]);
      }
      return list;
    }
    const months = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000].find((one) => range / (one * 2629746) <= most) || 12000;
    const begin = new Date(first * 1000);
    for (let month = Math.floor((begin.getUTCFullYear() * 12 + begin.getUTCMonth()) / months) * months; list.length < 1000; month += months) {
      const date = new Date(0);
      date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
      const at = date.getTime() / 1000;
      if (!(at <= last)) return list;
      if (at >= first) list.push([at, months < 12 ? `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}` : String(date.getUTCFullYear())]);
    }
    return list;
  }

  function draw() {
    const room = Math.max(300, scroll.clientWidth - LABEL - 140) * stretch;
    const place = (at) => `${Math.round(((at - first) / (last - first)) * room * 10) / 10}px`;
    const axis = h("div", { class: "axis" });
    const marks = ticks(room).map(([at, text]) => {
      const one = h("span", { class: "tick" }, text);
      one.style.left = place(at);
      return one;
    });
    axis.append(...marks);
    const lines = [h("div", { class: "time-row head" }, h("div", { class: "time-label" }), axis)];
    let group = null, count = 0;
    for (const row of rows) {
      if (words && !words.split(/\s+/).every((word) => row.words.includes(word))) continue;
      if (wanted.groups && !wanted.groups.has(row.group || "")) continue;
      if (wanted.tones && !wanted.tones.has(worst(row.bars))) continue;
      count++;
      if ((row.group || "") !== group) {
        group = row.group || "";
        if (group) lines.push(h("div", { class: "time-row group" }, h("div", { class: "time-label" }, h("strong", {}, group))));
      }
      const lane = h("div", { class: "lane" });
      const ends = [];
      for (const bar of row.bars) {
        let level = ends.findIndex((end) => end < bar.from);
        if (level < 0) level = ends.push(0) - 1;
        ends[level] = bar.to ?? bar.from;
        const text = [MARKS[bar.tone], shown(bar.label)].filter(Boolean).join(" ");
        const one = h("span", { class: `${bar.to === null ? "instant" : "bar"} b-${bar.tone || "plain"}`, title: shown(`${bar.label || row.label}: ${bar.start}${bar.end ? ` → ${bar.end}` : ""}`) });
        const width = bar.to === null ? 0 : Math.max(2, ((bar.to - bar.from) / (last - first)) * room);
        one.style.left = place(bar.from);
        one.style.top = `${level * 26 + 5}px`;
        if (bar.to !== null) one.style.width = `${width}px`;
        lane.append(one);
        const inside = measure(text, 11) + 12 <= width;
        const label = h("span", { class: `bar-text${inside ? " inside" : ""}` }, text);
        label.style.left = inside ? place(bar.from) : bar.to === null ? `calc(${place(bar.from)} + 9px)` : `calc(${place(bar.from)} + ${width}px)`;
        label.style.top = `${level * 26 + 5}px`;
        lane.append(label);
      }
      const open = () => showPanel(row.label, row.group, worst(row.bars),
        [...row.bars.map((bar) => [bar.label || "time", `${bar.start}${bar.end ? ` → ${bar.end}` : ""}`]), ...factsOf(row)]);
      const line = h("div", { class: "time-row", click: open },
        h("div", { class: "time-label" }, h("button", { type: "button", class: "link", title: shown(row.label), click: open }, row.label)), lane);
      line.style.height = `${Math.max(1, ends.length) * 26}px`;
      lines.push(line);
    }
    inner.style.width = `${LABEL + room + 130}px`;
    inner.style.setProperty("--label", `${LABEL}px`);
    inner.replaceChildren(...lines);
    if (now !== null) {
      const line = h("div", { class: "now", title: shown(picture.now) }, h("span", {}, "now"));
      line.style.left = `calc(${LABEL}px + ${place(now)})`;
      inner.append(line);
    }
    say(count === rows.length ? `${rows.length} rows` : `${count} of ${rows.length} rows`);
  }
  scroll.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") zoom(1.5);
    else if (event.key === "-") zoom(1 / 1.5);
    else if (event.key === "0") zoom(0);
  });
  new ResizeObserver(draw).observe(scroll);
  draw();
}
