"use strict";
// Shows gold and system side by side. Text of articles is only ever set as textContent.
const data = JSON.parse(document.getElementById("data").textContent);
const by = (id) => document.getElementById(id);
const state = { system: 0, document: 0, fault: -1 };

// Offsets are code points; JavaScript strings are UTF-16, so texts are split once.
for (const row of data.texts) row.chars = Array.from(row.text ?? "");

function current() {
  const row = data.texts[state.document];
  return { row, shown: data.systems[state.system].documents[row.id] };
}

function faults() {
  const kind = by("kind").value, layer = by("layer").value;
  return current().shown.faults.filter((f) => (!kind || f[1] === kind) && (!layer || f[0] === layer));
}

// Nested and overlapping spans: cut the text at every edge and give each piece the classes of all spans over it.
function paint(pane, row, items, wrong, at) {
  pane.replaceChildren();
  if (row.text === null) { pane.textContent = "The text of this article is not here; warta link joins it in."; return; }
  const edges = new Set([0, row.chars.length]);
  for (const [, start, end] of items) edges.add(start).add(end);
  for (const [start, end] of [...wrong, ...at]) edges.add(start).add(end);
  const cuts = [...edges].sort((a, b) => a - b);
  const over = (ranges, start, end) => ranges.some(([a, b]) => a <= start && end <= b);
  for (let n = 0; n + 1 < cuts.length; n += 1) {
    const [start, end] = [cuts[n], cuts[n + 1]];
    const here = items.filter(([, a, b]) => a <= start && end <= b);
    const piece = document.createElement("span");
    piece.textContent = row.chars.slice(start, end).join("");
    piece.className = [...new Set(here.map((item) => item[0]))].join(" ");
    if (here.length) piece.title = here.map((item) => `${item[0]}: ${item[3]}`).join("\n");
    if (over(wrong, start, end)) piece.classList.add("wrong");
    if (over(at, start, end)) piece.classList.add("at");
    pane.append(piece);
  }
}

function words(row, ranges) {
  return ranges.map(([a, b]) => row.chars.slice(a, b).join("")).join(" … ").slice(0, 120);
}

function show() {
  const { row, shown } = current(), list = faults();
  if (state.fault >= list.length) state.fault = list.length - 1;
  const at = state.fault >= 0 ? list[state.fault] : null;
  paint(by("gold"), row, row.items, list.flatMap((f) => f[2]), at ? at[2] : []);
  paint(by("system"), row, shown.items, list.flatMap((f) => f[3]), at ? at[3] : []);
  by("found").textContent = `${list.length} of ${shown.faults.length} faults in ${row.id}`;
  by("document").value = String(state.document);
  by("faults").replaceChildren(...list.map((f, n) => {
    const item = document.createElement("li");
    const side = (ranges, label) => (ranges.length ? `“${words(row, ranges)}” ${label ?? ""}` : "nothing");
    item.textContent = `${f[0]}, ${f[1]}: gold ${side(f[2], f[4])}; system ${side(f[3], f[5])}`;
    item.setAttribute("aria-current", String(n === state.fault));
    item.addEventListener("click", () => { state.fault = n; show(); });
    return item;
  }));
  document.querySelector(".text .at")?.scrollIntoView({ block: "nearest" });
}

function choose(system) {
  state.system = system;
  for (const part of document.querySelectorAll("section.system")) part.hidden = Number(part.dataset.system) !== system;
  for (const button of document.querySelectorAll("button.choose")) button.setAttribute("aria-pressed", String(Number(button.dataset.system) === system));
  show();
}

function step(by_, what) {
  if (what === "document") { state.document = Math.max(0, Math.min(data.texts.length - 1, state.document + by_)); state.fault = -1; return show(); }
  // Next fault, going on into the next document that has one under the filter.
  for (let turn = 0; turn <= data.texts.length; turn += 1) {
    const next = state.fault + by_;
    if (next >= 0 && next < faults().length) { state.fault = next; return show(); }
    const other = state.document + by_;
    if (other < 0 || other >= data.texts.length) return show();
    state.document = other;
    state.fault = by_ > 0 ? -1 : faults().length;
  }
}

by("document").append(...data.texts.map((row, n) => new Option(row.id, String(n))));
by("document").addEventListener("change", (event) => { state.document = Number(event.target.value); state.fault = -1; show(); });
for (const id of ["kind", "layer"]) by(id).addEventListener("change", () => { state.fault = -1; show(); });
for (const button of document.querySelectorAll("button.choose")) button.addEventListener("click", () => choose(Number(button.dataset.system)));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, input")) return;
  const keys = { n: [1, "fault"], p: [-1, "fault"], j: [1, "document"], k: [-1, "document"] };
  if (keys[event.key]) { step(...keys[event.key]); event.preventDefault(); }
});
choose(0);
