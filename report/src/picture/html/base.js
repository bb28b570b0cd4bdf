"use strict";
// What every page has: elements, filters, the panel with details. Texts from the picture only ever become text nodes
// and attributes of ours; nothing is parsed as markup.

const data = JSON.parse(document.getElementById("data").textContent);
const picture = data.picture;

const TONES = ["plain", "muted", "note", "good", "warning", "bad"];
const MARKS = { good: "✓", note: "•", warning: "!", bad: "✗" };

/** A text on one line, without what turns the direction of writing. */
function shown(text) {
  return String(text ?? "")
    .replace(/[\n\r\t\u2028\u2029]/g, " ")
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "\ufffd");
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(shown(child)));
  }
  return element;
}

const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
const svg = (name, attributes, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

const view = document.getElementById("view");
const tools = document.getElementById("tools");
const legend = document.getElementById("legend");
const panel = document.getElementById("panel");
const status = document.getElementById("status");

/** Says how much is seen; read aloud, too. */
function say(text) {
  status.textContent = text;
}

/** A text field that finds things; Enter goes on to the next one. */
function searchField(label, changed, next) {
  const field = h("input", {
    type: "search", placeholder: label, "aria-label": label, spellcheck: "false",
    input: () => changed(field.value.trim().toLowerCase()),
    keydown: (event) => {
      if (event.key === "Enter" && next) next(event.shiftKey ? -1 : 1);
      if (event.key === "Escape" && field.value) {
        field.value = "";
        changed("");
        event.stopPropagation();
      }
    },
  });
  tools.append(field);
  return field;
}

function button(label, title, pressed) {
  const one = h("button", { type: "button", title, click: pressed }, label);
  tools.append(one);
  return one;
}

/** A drop-down of check boxes; says which values are wanted, or null for all. */
function filterMenu(label, values, changed) {
  if (values.length < 2) return;
  const wanted = new Set(values.map((value) => value.id));
  const count = h("span", { class: "soft" });
  const update = () => {
    count.textContent = wanted.size === values.length ? "" : ` ${wanted.size}/${values.length}`;
    changed(wanted.size === values.length ? null : wanted);
  };
  const boxes = values.map((value) =>
    h("input", {
      type: "checkbox", checked: true,
      change: (event) => {
        if (event.target.checked) wanted.add(value.id);
        else wanted.delete(value.id);
        update();
      },
    }));
  const all = (on) => () => {
    boxes.forEach((box) => (box.checked = on));
    wanted.clear();
    if (on) values.forEach((value) => wanted.add(value.id));
    update();
  };
  const list = h("div", { class: "choices" },
    h("div", { class: "both" },
      h("button", { type: "button", click: all(true) }, "All"),
      h("button", { type: "button", click: all(false) }, "None")),
    values.map((value, index) =>
      h("label", {}, boxes[index], value.swatch && h("span", { class: `swatch ${value.swatch}` }),
        h("span", { class: "name" }, value.label || "(none)"), h("span", { class: "soft" }, value.count))));
  const menu = h("details", { class: "menu" }, h("summary", {}, label, count), list);
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.firstChild.focus();
      event.stopPropagation();
    }
  });
  tools.append(menu);
}

// One menu is open at a time, and none when something else is pressed.
document.addEventListener("pointerdown", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

/** How often each value occurs, in order of appearance, as choices of a menu. */
function choices(values, swatch) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].map(([id, count]) => ({ id, label: id, count, swatch: swatch && swatch(id) }));
}

/** Tones that occur, the worst first. */
function toneChoices(tones) {
  const names = { plain: "nothing special", good: "good", note: "note", warning: "warning", bad: "bad", muted: "less important" };
  return choices(tones.map((tone) => tone || "plain"), (tone) => `t-${tone}`)
    .sort((one, other) => TONES.indexOf(other.id) - TONES.indexOf(one.id))
    .map((choice) => ({ ...choice, label: names[choice.id] || choice.id }));
}

/** Shows something closer; lists are pairs of a caption and lines that can be pressed. */
function showPanel(title, kind, tone, facts, lists) {
  panel.replaceChildren();
  fill(panel, {}, [
    h("button", { type: "button", class: "close", "aria-label": "Close", click: () => clearPanel() }, "×"),
    h("div", { class: "soft" }, kind),
    h("h2", { class: `tone-${tone || "plain"}` }, MARKS[tone] ? `${MARKS[tone]} ` : "", title),
    h("dl", {}, facts.filter(([, value]) => value).map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    (lists || []).filter(([, lines]) => lines.length).map(([caption, lines]) => [
      h("h3", {}, `${caption} (${lines.length})`),
      h("ul", {}, lines.slice(0, 200).map((line) =>
        h("li", {}, h("button", { type: "button", class: "link", click: line.go }, line.text),
          line.soft && h("span", { class: "soft" }, ` ${line.soft}`)))),
      lines.length > 200 && h("p", { class: "soft" }, `and ${lines.length - 200} more`),
    ]),
  ]);
  panel.hidden = false;
}

let panelClosed = () => {};
function clearPanel() {
  panel.hidden = true;
  panelClosed();
}

const factsOf = (thing) => [
  ...(thing.details || []).map((detail) => [detail.name, detail.value]),
  ["location", thing.location],
];

/** The width of a text in pixels, measured. */
const measure = (() => {
  const context = document.createElement("canvas").getContext("2d");
  const known = new Map();
  return (text, size = 12) => {
    const key = `${size}\u0000${text}`;
    if (!known.has(key)) {
      context.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
      known.set(key, context.measureText(text).width);
    }
    return known.get(key);
  };
})();

/** A text that fits; what is left out is marked in its middle. */
function cut(text, width, size = 12) {
  if (measure(text, size) <= width) return text;
  const letters = [...text];
  let low = 0, high = letters.length;
  const at = (count) => letters.slice(0, Math.ceil(count / 2)).join("") + "…" +
    letters.slice(letters.length - Math.floor(count / 2)).join("");
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(at(middle), size) <= width) low = middle;
    else high = middle - 1;
  }
  return at(low);
}

const themes = h("button", {
  type: "button", id: "theme", title: "Light or dark",
  click: () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  },
}, "◐");
document.getElementById("head").append(themes);

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement;
  if (event.key === "/" && !typing) {
    const field = tools.querySelector("input[type=search]");
    if (field) {
      field.focus();
      field.select();
      event.preventDefault();
    }
  }
  if (event.key === "Escape" && !panel.hidden) clearPanel();
});
