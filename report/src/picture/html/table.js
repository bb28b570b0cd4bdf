"use strict";
// A table that can be searched and sorted.

{
  const rows = (picture.rows || []).map((cells, index) => ({
    cells, index, words: shown(cells.map((cell) => cell.text).join(" ")).toLowerCase(),
    tone: cells.reduce((most, cell) => (TONES.indexOf(cell.tone || "plain") > TONES.indexOf(most) ? cell.tone : most), "plain"),
  }));
  const width = Math.max((picture.columns || []).length, ...rows.slice(0, 10000).map((row) => row.cells.length));
  const columns = Array.from({ length: width }, (_, index) => (picture.columns || [])[index] || { label: "" });
  let words = "", tones = null, sorted = null;
  searchField("Search ( / )", (text) => { words = text; draw(); });
  filterMenu("Severity", toneChoices(rows.map((row) => row.tone)), (values) => { tones = values; draw(); });
  const body = h("tbody");
  const heads = columns.map((column, index) => {
    const head = h("th", { scope: "col", class: column.align === "right" ? "right" : "" },
      h("button", { type: "button", class: "link", title: "Sort", click: () => sort(index) }, column.label));
    return head;
  });
  view.append(h("div", { class: "scroll", tabindex: "0" }, h("table", { class: "plain-table" }, h("thead", {}, h("tr", {}, heads)), body)));

  function sort(index) {
    sorted = sorted && sorted.index === index ? (sorted.down ? null : { index, down: true }) : { index, down: false };
    heads.forEach((head, at) => {
      if (sorted && sorted.index === at) head.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    draw();
  }
  function draw() {
    let kept = rows.filter((row) => (!words || words.split(/\s+/).every((word) => row.words.includes(word))) && (!tones || tones.has(row.tone)));
    if (sorted) {
      const compare = new Intl.Collator(undefined, { numeric: true }).compare;
      const text = (row) => (row.cells[sorted.index] || {}).text || "";
      kept = [...kept].sort((one, other) => compare(text(one), text(other)) * (sorted.down ? -1 : 1) || one.index - other.index);
    }
    body.replaceChildren(...kept.map((row) => h("tr", {}, columns.map((column, index) => {
      const cell = row.cells[index] || {};
      return h("td", { class: `${column.align === "right" ? "right" : ""} tone-${cell.tone || "plain"}` },
        MARKS[cell.tone] && h("span", { class: "sign" }, `${MARKS[cell.tone]} `), cell.text);
    }))));
    say(kept.length === rows.length ? `${rows.length} rows` : `${kept.length} of ${rows.length} rows`);
  }
  draw();
}
