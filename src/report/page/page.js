"use strict";
// Everything on the page can be read without this: it filters, sorts, copies, and shows articles
// side by side. It makes no text into markup.
(() => {
const one = (selector, of = document) => of.querySelector(selector);
const all = (selector, of = document) => [...of.querySelectorAll(selector)];
const make = (name, properties) => Object.assign(document.createElement(name), properties);

// Filter and sort.

const form = one("#filter");
const claims = all("details.claim").map((element) => {
  const { n, o, w, p, g, k, a, t, f, d } = element.dataset;
  const list = (text) => (text ? text.split(" ") : []);
  return {
    element, number: +n, outlets: list(o), owners: list(w), speaker: p ?? "", states: list(g), kind: k,
    days: list(a), earliest: +(t ?? Infinity), flags: list(f), differences: +(d ?? 0), said: one(".by", element)?.textContent ?? "",
    text: null,
  };
});
// A browser lays out a batch when it comes into view, so that hiding what is not seen costs nothing.
const sections = all("section.claims").map((element) => ({
  element, batches: all(".batch", element), claims: claims.filter((claim) => element.contains(claim.element)),
}));
const batchSize = Math.max(1, ...all(".batch").map((batch) => batch.children.length));
const rowHeight = 5.5; // about that many rem, where it is not laid out
let flag = "";

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const textOf = (claim) => (claim.text ??= folded(claim.element.textContent));

// Of a date that is a month or a year some day is.
const isWithin = ({ from, until }) => (day) =>
  (!from || day >= from.slice(0, day.length)) && (!until || day <= until.slice(0, day.length));
const isAsked = (asked) => (claim) =>
  (!flag || claim.flags.includes(flag)) &&
  (!asked.outlet || claim.outlets.includes(asked.outlet)) &&
  (!asked.owner || claim.owners.includes(asked.owner)) &&
  (!asked.speaker || claim.speaker === asked.speaker) &&
  (!asked.state || claim.states.includes(asked.state)) &&
  (!asked.kind || claim.kind === asked.kind) &&
  ((!asked.from && !asked.until) || claim.days.some(isWithin(asked))) &&
  asked.words.every((word) => textOf(claim).includes(word));

const byRow = new Map(claims.map((claim) => [claim.element, claim]));
let turn = 0;

// Batches without a claim to show are hidden whole; of the others the first screenful is seen to at once,
// and those below it in later frames.
const screenful = 40;
const show = (batches, least = screenful) => {
  for (let shown = 0; batches.length && shown < least;) {
    const { batch, rows } = batches.shift();
    for (const [row, isShown] of rows) if (row.hidden === isShown) row.hidden = !isShown;
    const inBatch = rows.filter(([, isShown]) => isShown).length;
    batch.style.containIntrinsicBlockSize = `${inBatch * rowHeight}rem`;
    batch.hidden = false;
    shown += inBatch;
  }
  const now = turn;
  if (batches.length) requestAnimationFrame(() => { if (now === turn) show(batches, 20 * screenful); });
};

const filter = (least = screenful) => {
  const asked = Object.fromEntries(new FormData(form));
  asked.words = folded(asked.search).split(/\s+/).filter(Boolean);
  const holds = isAsked(asked);
  const waiting = [];
  let shown = 0;
  for (const section of sections) {
    let inSection = 0;
    for (const batch of section.batches) {
      const rows = [...batch.children].map((row) => [row, holds(byRow.get(row))]);
      const inBatch = rows.filter(([, isShown]) => isShown).length;
      if (inBatch) waiting.push({ batch, rows });
      else batch.hidden = true;
      inSection += inBatch;
    }
    section.element.hidden = inSection === 0;
    shown += inSection;
  }
  turn++;
  show(waiting, least);
  one("#nothing").hidden = shown !== 0 || claims.length === 0;
  const output = one("output", form);
  const number = shown.toLocaleString(document.documentElement.lang);
  output.value = (shown === 1 ? output.dataset.one : output.dataset.many).replace("{n}", number);
};

const last = "\uffff";
const orders = {
  "": (a, b) => a.number - b.number,
  first: (a, b) => (a.earliest === b.earliest ? a.number - b.number : a.earliest - b.earliest),
  speaker: (a, b) => (a.said || last).localeCompare(b.said || last) || a.number - b.number,
  differs: (a, b) => b.differences - a.differences || a.number - b.number,
};

const sort = (least) => {
  const order = orders[form.elements.sort.value];
  for (const { batches, claims } of sections) {
    const rows = [...claims].sort(order).map((claim) => claim.element);
    for (const [at, batch] of batches.entries()) {
      batch.replaceChildren(...rows.slice(at * batchSize, (at + 1) * batchSize));
    }
  }
  filter(least);
};

const press = (chosen) => {
  flag = chosen;
  for (const fact of all("button.fact")) fact.setAttribute("aria-pressed", String(fact.dataset.flag === flag));
};

const clear = (least) => {
  form.reset();
  press("");
  sort(least);
};

const startFilter = () => {
  for (const fact of all(".fact")) {
    const button = make("button", { type: "button", className: "fact" });
    button.dataset.flag = fact.dataset.flag;
    button.append(...fact.childNodes);
    button.addEventListener("click", () => { press(button.dataset.flag); filter(); });
    fact.replaceWith(button);
  }
  press("");
  let waiting = 0;
  form.addEventListener("input", ({ target }) => {
    if (target.name === "sort") return sort();
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => filter());
  });
  form.elements.search.addEventListener("focus", () => claims.forEach(textOf), { once: true });
  form.addEventListener("submit", (event) => event.preventDefault());
  one("[type=reset]", form).addEventListener("click", (event) => { event.preventDefault(); clear(); });
  form.hidden = claims.length === 0;
  filter();
};

// A link opens what it leads to, whatever the filter hides.

// What lies above is laid out only when it comes near, which moves the place: some frames see to that.
const lead = (target, rest = NaN, frames = 12) => {
  const top = () => target.getBoundingClientRect().top;
  if (top() !== rest) target.scrollIntoView({ block: target.closest(".said") ? "center" : "start" });
  const now = top();
  if (frames) requestAnimationFrame(() => lead(target, now, frames - 1));
};

const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = target?.closest("details");
  if (!details) return;
  if (target.closest("[hidden]")) clear(Infinity);
  details.open = true;
  setTimeout(() => lead(target));
};

// Copy as a citation.

const trimmed = (element) => element?.textContent.replace(/\s+/g, " ").trim() || null;
const wording = (item) => ({
  outlet: trimmed(one(".outlet", item)),
  title: trimmed(one("cite", item)),
  published: item.dataset.published ?? null,
  url: one("a[rel]", item)?.href ?? null,
  place: trimmed(one(".place", item)),
  wording: trimmed(one(".source .state", item)),
  differences: all(".meaning li", item).map(trimmed),
});
const cited = (claim) => ({
  id: one(".card", claim).id,
  claim: trimmed(one(".text", claim)),
  speaker: trimmed(one(".by", claim)),
  carried_by: all(".wording", claim).map(wording),
});
const asText = ({ claim, speaker, carried_by }) => [
  claim + (speaker ? ` (${speaker})` : ""),
  ...carried_by.map((w) => [w.outlet, w.title && `“${w.title}”`, w.published, w.url ?? w.place].filter(Boolean).join(", ")),
].join("\n");

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea", { value: text, className: "vh" });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
};

// Articles side by side.

const reader = one("#reader");
const panes = one(".panes", reader);
let leading = null;

const articleOf = (number) => one(`#a${number}`);
const claimsOf = (mark) => mark.dataset.c.split(" ");
const marksOf = (pane) => {
  const marks = new Map();
  for (const mark of all(".said", pane)) {
    for (const claim of claimsOf(mark)) if (!marks.has(claim)) marks.set(claim, mark);
  }
  return marks;
};

const fill = (pane, number) => {
  const story = one(".story", articleOf(number)).cloneNode(true);
  for (const mark of all("[id]", story)) mark.removeAttribute("id");
  pane.scroll.replaceChildren(story);
  pane.scroll.scrollTop = 0;
  pane.marks = marksOf(pane.scroll);
};

const addPane = (number) => {
  const select = make("select", {});
  select.setAttribute("aria-label", reader.dataset.article.replace("{n}", panes.children.length + 1));
  for (const article of all("details.article")) {
    const name = [one("b", article), one(".title", article)].map(trimmed).join(": ");
    select.append(make("option", { value: article.id.slice(1), textContent: name }));
  }
  select.value = number;
  const scroll = make("div", { className: "scroll", tabIndex: 0 });
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", reader.dataset.article.replace("{n}", panes.children.length + 1));
  const remove = make("button", { type: "button", textContent: reader.dataset.remove });
  const bar = make("div", {});
  bar.append(select, remove);
  const pane = Object.assign(make("div", { className: "pane" }), { scroll });
  pane.append(bar, scroll);
  remove.addEventListener("click", () => { pane.remove(); if (!panes.children.length) reader.close(); });
  select.addEventListener("change", () => fill(pane, select.value));
  for (const event of ["pointerenter", "wheel", "keydown", "touchstart", "focus"]) {
    scroll.addEventListener(event, () => { leading = pane; }, { passive: true });
  }
  scroll.addEventListener("scroll", () => { if (leading === pane) follow(pane); }, { passive: true });
  panes.append(pane);
  fill(pane, number);
  return pane;
};

// Where both articles have a claim their texts are level, and between two claims in proportion.
const anchors = (from, to) => [...from.marks]
  .filter(([claim]) => to.marks.has(claim))
  .map(([claim, mark]) => [mark.offsetTop, to.marks.get(claim).offsetTop])
  .sort((a, b) => a[0] - b[0]);

const level = (y, points) => {
  const after = points.findIndex(([from]) => from > y);
  if (after === 0) return (y * points[0][1]) / Math.max(points[0][0], 1);
  if (after < 0) return points.at(-1)[1] + y - points.at(-1)[0];
  const [[a, b], [c, d]] = [points[after - 1], points[after]];
  return b + ((y - a) * (d - b)) / Math.max(c - a, 1);
};

const follow = (pane) => {
  const reach = pane.scroll.clientHeight / 3;
  for (const other of panes.children) {
    if (other === pane) continue;
    const points = anchors(pane, other);
    if (points.length) other.scroll.scrollTop = level(pane.scroll.scrollTop + reach, points) - reach;
  }
};

const choose = (claim) => {
  leading = null;
  for (const mark of all(".said", panes)) mark.classList.toggle("chosen", claimsOf(mark).includes(claim));
  for (const pane of panes.children) {
    const mark = pane.marks.get(claim);
    if (mark) pane.scroll.scrollTop = mark.offsetTop - pane.scroll.clientHeight / 3;
  }
  const link = one(".chosen a", reader);
  link.hidden = false;
  link.href = `#${one(".card", claims.find(({ number }) => number === +claim).element).id}`;
};

const readBeside = (button) => {
  const item = button.closest(".wording");
  const chosen = one(".wording.chosen", item.parentNode);
  panes.replaceChildren();
  reader.showModal();
  for (const w of [chosen, item]) if (articleOf(w.dataset.article)) addPane(w.dataset.article);
  choose(item.closest(".claim").dataset.n);
};

const startReader = () => {
  reader.addEventListener("click", (event) => {
    const mark = event.target.closest(".said");
    if (mark) { event.preventDefault(); choose(claimsOf(mark)[0]); }
    if (event.target.closest(".chosen a")) reader.close();
  });
  one("[data-do=add]", reader).addEventListener("click", () => addPane(one("details.article").id.slice(1)));
  one("[data-do=close]", reader).addEventListener("click", () => reader.close());
};

const act = async (button) => {
  const claim = button.closest(".claim");
  if (button.dataset.do === "beside") return readBeside(button);
  const found = cited(claim);
  await copy(button.dataset.do === "json" ? JSON.stringify(found, null, 2) : asText(found));
  const told = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = told; }, 1500);
};

startFilter();
startReader();
// What only works with this script is there only when a claim is opened.
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches("details.claim") || one("[data-do]", target)) return;
  one(".tools", target).append(one("#tools").content.cloneNode(true));
  for (const link of all(".wording:not(.chosen) .links a[href^='#']", target)) {
    link.after(" ", one("#beside").content.cloneNode(true));
  }
}, true);
document.addEventListener("click", ({ target }) => {
  const button = target.closest(".claim [data-do]");
  if (button) act(button);
  const link = target.closest("a[href^='#']");
  if (link && link.hash === location.hash && !reader.contains(link)) reveal();
});
addEventListener("hashchange", reveal);
reveal();
})();
