// What a reader does with the page of `kutip claims --html`.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { file, open, pageOf, start } from "./browser.js";
import { hostile } from "./hostile.js";
import { news, outlets } from "./many.js";

let browser;
let newsroom;
let attack;
before(async () => {
  browser = await start();
  newsroom = pageOf("news.html", ["testdata/newsroom"]);
  attack = pageOf("attack.html", [file("attack.jsonl", hostile)], "--min-outlets", "1");
});
after(() => browser?.close());

/** A test on a page of the newsroom, on which nothing may go wrong. */
const reading = (name, does, { options, address } = {}) => test(name, async () => {
  const page = await open(browser, address?.() ?? newsroom, options);
  await does(page);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});
const claims = (page) => page.locator("details.claim:visible");
const claim = (page, text) => page.locator("details.claim", { hasText: text }).first();
const tokayev = "Saya sudah memerintahkan aparat hukum";

reading("the first view says who carries what, who was first, who differs, and who omits", async (page) => {
  await page.locator("h1", { hasText: "8 outlets" }).waitFor();
  const row = claim(page, tokayev).locator("summary");
  const told = (await row.innerText()).replace(/\s+/g, " ");
  for (const text of ["Tokayev", "Earliest dated: Lentera Pagi, 8 Jan 2022", "differs in meaning: verb of saying", "left out by HARIAN CAKRAWALA"]) {
    assert.ok(told.includes(text), `${text} in ${told}`);
  }
  const cells = await row.locator(".cell").evaluateAll((all) => all.map((cell) => cell.textContent));
  assert.deepEqual(cells, [
    "Lentera Pagi: edited, earliest dated, differs in meaning",
    "HARIAN CAKRAWALA: covers the story, omits the claim",
    "TINTA TIMUR: the same words",
    "Suara Lembah: edited",
  ]);
  const names = await page.locator(".columns").first().locator("span").allInnerTexts();
  const middle = async (locator) => { const box = await locator.boundingBox(); return box.x + box.width / 2; };
  const header = page.locator(".columns").first().locator("span").nth(names.indexOf("TINTA TIMUR"));
  assert.ok(Math.abs(await middle(row.locator(".cell").nth(2)) - await middle(header)) < 2, "the mark stands below its outlet");
  assert.ok((await page.locator("details.claim").first().boundingBox()).y < 600, "the table begins in the first view");
});

reading("filters and sorting", async (page) => {
  const shown = async () => page.locator("output").innerText();
  assert.equal(await shown(), "42 claims shown");
  const expect = async (text) => page.waitForFunction((text) => document.querySelector("output").value === text, text);
  await page.locator("[name=speaker]").selectOption({ label: "Tokayev" });
  await expect("2 claims shown");
  assert.equal(await claims(page).count(), 2);
  await page.getByRole("button", { name: "Clear" }).click();
  await expect("42 claims shown");
  await page.getByRole("button", { name: /left out by an outlet/ }).click();
  await expect("2 claims shown");
  await page.getByRole("button", { name: "Clear" }).click();
  await page.locator("[name=search]").fill("MENEMBAK mati");
  await expect("1 claim shown");
  await page.locator("[name=search]").fill("no such words");
  await page.getByText("No claim is left").waitFor();
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByText("More filters").click();
  await page.locator("[name=kind]").selectOption("quotation");
  await page.waitForFunction(() => document.querySelector("output").value !== "42 claims shown");
  const kinds = await claims(page).evaluateAll((all) => all.map((claim) => claim.dataset.k));
  assert.ok(kinds.length && kinds.every((kind) => kind === "quotation"), kinds.join());
  await page.locator("[name=kind]").selectOption("");
  await page.locator("[name=from]").fill("2023-01-23");
  await page.waitForFunction(() => document.querySelector("output").value !== "42 claims shown");
  const dates = await claims(page).evaluateAll((all) => all.map((claim) => claim.dataset.a));
  assert.ok(dates.length && dates.every((days) => days.split(" ").some((day) => day >= "2023-01-23")), dates.join());
  await page.getByRole("button", { name: "Clear" }).click();
  await page.locator("[name=sort]").selectOption("first");
  const first = await page.locator("section.claims").first().locator("details.claim").evaluateAll((all) => all.map((claim) => +(claim.dataset.t ?? 1e12)));
  assert.deepEqual(first, [...first].sort((a, b) => a - b));
  await page.locator("[name=outlet]").selectOption({ index: 3 });
  await page.waitForFunction(() => document.querySelector("output").value !== "42 claims shown");
  const outlets = await claims(page).evaluateAll((all) => all.map((claim) => claim.dataset.o.split(" ")));
  assert.ok(outlets.length && outlets.every((outlets) => outlets.includes("2")));
});

reading("a card compares every wording word by word, and says what changes the meaning", async (page) => {
  const card = claim(page, tokayev);
  await card.locator("summary").click();
  const edited = card.locator(".wording", { hasText: "Lentera Pagi" });
  assert.deepEqual(await edited.locator("del").allInnerTexts(), ["Saya sudah", "hukum", "untuk"]);
  const struck = await edited.locator("del").first().evaluate((del) => getComputedStyle(del).textDecorationLine);
  assert.equal(struck, "line-through");
  const changed = card.locator(".wording", { hasText: "Suara Lembah" });
  assert.deepEqual(await changed.locator(".sub ins").allInnerTexts(), ["Saya telah memberi perintah kepada"]);
  const underlined = await changed.locator("ins").first().evaluate((ins) => getComputedStyle(ins).textDecorationLine);
  assert.equal(underlined, "underline");
  assert.match(await edited.locator(".meaning").innerText(), /verb of saying ‘mengaku’ instead of ‘ujar’/);
  assert.match(await card.locator(".sources").innerText(), /3 outlets: at most 3 independent lines, maybe 2/);
  assert.match(await card.locator(".about").innerText(), /Earliest dated: Lentera Pagi.*\(date in the masthead\)/);
});

reading("timeline and graph", async (page) => {
  const card = claim(page, tokayev);
  await card.locator("summary").click();
  assert.deepEqual(await card.locator(".timeline .lane-name").allTextContents(), ["Lentera Pagi", "Suara Lembah", "TINTA TIMUR"]);
  const x = await card.locator(".timeline circle").evaluateAll((all) => all.map((dot) => +dot.getAttribute("cx")));
  assert.ok(x[0] < x[1] && x[1] < x[2], x.join());
  assert.ok(await card.locator(".graph path.elsewhere").count());
});

reading("copied as text and as JSON", async (page) => {
  const card = claim(page, tokayev);
  await card.locator("summary").click();
  const copied = async (form) => {
    const button = card.locator(`[data-do=${form}]`);
    await button.click();
    await button.filter({ hasText: "Copied" }).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  assert.match(await copied("text"), /^“Saya sudah.*” \(Tokayev\)\nTINTA TIMUR, “Apa Itu CSTO/);
  const record = JSON.parse(await copied("json"));
  assert.equal(record.id, await card.locator(".card").getAttribute("id"));
  assert.deepEqual(record.carried_by.map((w) => w.published), ["2022-01-11T08:15:00+09:00", "2022-01-08T07:10:00+07:00", "2022-01-08T19:40:00+08:00"]);
}, { options: { permissions: ["clipboard-read", "clipboard-write"] } });

reading("a link to a claim opens it, also where a filter hides it", async (page) => {
  const card = claim(page, tokayev);
  const id = await card.locator(".card").getAttribute("id");
  await page.locator("[name=search]").fill("no such words");
  await page.getByText("No claim is left").waitFor();
  await page.evaluate((id) => { location.hash = id; }, id);
  await card.locator(".wordings").waitFor();
  assert.equal(await card.getAttribute("open"), "");
});

const isSeen = (page, id) => page.waitForFunction((id) => {
  const { top } = document.getElementById(id).getBoundingClientRect();
  return 0 <= top && top < innerHeight;
}, id);

reading("a link leads to a claim far down, and back, and where a filter hides it", async (page) => {
  const ids = await page.locator(".card").evaluateAll((all) => all.map((card) => card.id));
  const [far, farther] = [ids.at(-200), ids.at(-5)];
  await page.evaluate((id) => { location.hash = id; }, far);
  await isSeen(page, far);
  await page.waitForTimeout(500);
  await isSeen(page, far);
  await page.locator("[name=search]").fill("no such words");
  await page.getByText("No claim is left").waitFor();
  await page.evaluate(() => {
    window.clears = 0;
    document.querySelector("#filter").addEventListener("reset", () => { window.clears++; });
  });
  await page.evaluate((id) => { location.hash = id; }, farther);
  await isSeen(page, farther);
  assert.equal(await page.evaluate(() => window.clears), 1, "cleared once");
  const fresh = await open(browser, `${page.url().split("#")[0]}#${farther}`);
  await isSeen(fresh, farther);
  const link = fresh.locator(`details.claim:has([id="${farther}"]) .links a`).first();
  const place = (await link.getAttribute("href")).slice(1);
  await link.click();
  await isSeen(fresh, place);
  await fresh.context().close();
}, { address: () => pageOf("many.html", [file("many.jsonl", news(60))]) });

reading("every link into an article has a place there", async (page) => {
  const dead = await page.evaluate(() => [...document.querySelectorAll(".wording .links a[href^='#']")]
    .map((link) => link.hash.slice(1)).filter((id) => !document.getElementById(id)));
  assert.deepEqual(dead, []);
});

reading("where columns leave the text no room the outlets are named below it", async (page) => {
  const text = page.locator("details.claim .text").first();
  for (const [width, media] of [[900, "screen"], [1000, "screen"], [718, "print"], [1280, "screen"]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ media });
    const { width: room } = await text.boundingBox();
    assert.ok(room > 400, `${room} of ${width} on ${media}`);
    assert.equal(await page.locator(".columns").first().isVisible(), width === 1280);
  }
}, { address: () => pageOf("wide.html", [file("wide.jsonl", outlets(24))]) });

reading("from a claim into the article, and back", async (page) => {
  const card = claim(page, tokayev);
  await card.locator("summary").click();
  await card.locator(".wording", { hasText: "Suara Lembah" }).getByText("In the article").click();
  const said = page.locator(".said :target");
  await said.waitFor();
  assert.match(await said.innerText(), /Saya telah memberi perintah/);
  assert.ok(await page.locator(".article[open] .furniture").count(), "furniture is told apart");
  await said.click();
  await page.waitForFunction((id) => location.hash === `#${id}`, await card.locator(".card").getAttribute("id"));
});

reading("articles side by side keep together", async (page) => {
  const card = claim(page, tokayev);
  await card.locator("summary").click();
  await card.locator(".wording", { hasText: "Lentera Pagi" }).getByRole("button", { name: "Read side by side" }).click();
  const reader = page.locator("#reader");
  const tops = () => reader.locator(".pane").evaluateAll((panes) => panes.map((pane) => pane.querySelector(".said.chosen")?.getBoundingClientRect().top));
  const [a, b] = await tops();
  assert.ok(Math.abs(a - b) < 40, `${a} and ${b}`);
  await page.waitForTimeout(300);
  const other = reader.locator(".pane").first().locator(".said").filter({ hasText: "Moskwa" }).first();
  await reader.locator(".pane .scroll").first().hover();
  const scrolled = () => reader.locator(".scroll").nth(1).evaluate((pane) => pane.scrollTop);
  const before = await scrolled();
  await page.mouse.wheel(0, -300);
  await page.waitForFunction((before) => document.querySelectorAll(".pane .scroll")[1].scrollTop < before, before);
  await other.click();
  assert.ok(await reader.locator(".said.chosen").count());
  await reader.getByRole("button", { name: "Add an article" }).click();
  assert.equal(await reader.locator(".pane").count(), 3);
  await page.keyboard.press("Escape");
  assert.equal(await reader.isVisible(), false);
});

reading("with the keyboard alone", async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "claims");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.localName), "summary");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid");
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => document.activeElement.parentNode.open));
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "In the article");
  await page.keyboard.press("Enter");
  await page.locator(".said :target").waitFor();
});

reading("without JavaScript all can be read", async (page) => {
  assert.equal(await claims(page).count(), 42);
  assert.equal(await page.locator("#filter").isVisible(), false);
  const card = claim(page, tokayev);
  const id = await card.locator(".card").getAttribute("id");
  await page.goto(`${newsroom}#${id}`);
  assert.ok(await card.locator(".wordings").isVisible(), "the link opens the card");
  await card.getByRole("link", { name: "In the article" }).first().click();
  const opened = page.locator("details.article[open] .said :target");
  for (let tries = 50; tries && !(await opened.count()); tries--) await page.waitForTimeout(100);
  assert.equal(await opened.count(), 1, "the link opens the article");
}, { options: { javaScriptEnabled: false } });

reading("dark, narrow and on paper", async (page) => {
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(ground, "rgb(22, 23, 26)");
  await claims(page).first().locator("summary").click();
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(await wide(), 0, "nothing is wider than the screen");
  assert.ok(await page.locator(".cell .name").first().isVisible(), "outlets are named where there are no columns");
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await page.setViewportSize({ width: 718, height: 1000 });
  assert.equal(await page.locator("#filter").isVisible(), false);
  assert.equal(await page.locator(".columns").first().isVisible(), true);
}, { options: { colorScheme: "dark", viewport: { width: 360, height: 800 } } });

reading("from right to left", async (page) => {
  const text = page.locator("details.claim h3", { hasText: "العبارات" }).first();
  assert.equal(await text.evaluate((heading) => getComputedStyle(heading).direction), "rtl");
  const latin = page.locator("details.claim h3", { hasText: "ferry" }).first();
  assert.equal(await latin.evaluate((heading) => getComputedStyle(heading).direction), "ltr");
}, { address: () => attack });

reading("articles stay text, whatever they hold", async (page) => {
  for (const details of await page.locator("details").all()) await details.evaluate((d) => { d.open = true; });
  await page.waitForTimeout(200);
  const counts = await page.evaluate(() => ["script", "style", "img", "svg[onload]", "[onclick]", "[onerror]", "a[href^='javascript' i]"].map((s) => document.querySelectorAll(s).length));
  assert.deepEqual(counts, [1, 1, 0, 0, 0, 0, 0]);
  const text = await page.locator("body").innerText();
  assert.ok(text.includes(`</style><script>alert("style")</script>`) && text.includes("{% raw %}"));
  assert.equal(await page.locator(".article summary", { hasText: "</title>" }).count(), 1);
}, { address: () => attack });

const violations = async (page) => {
  // The page's own policy keeps scripts out, and so the tool has to come from the debugger.
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" ")}`);
};
for (const colorScheme of ["light", "dark"]) {
  reading(`axe finds nothing serious, ${colorScheme}`, async (page) => {
    await claim(page, tokayev).locator("summary").click();
    await page.locator(".article summary").first().click();
    assert.deepEqual(await violations(page), []);
    await claim(page, tokayev).getByRole("button", { name: "Read side by side" }).first().click();
    assert.deepEqual(await violations(page), []);
  }, { options: { colorScheme } });
}

test("in Indonesian", async () => {
  const page = await open(browser, pageOf("berita.html", ["testdata/newsroom"], "--html-language", "id"));
  assert.equal(await page.locator("html").getAttribute("lang"), "id");
  await page.getByRole("heading", { name: "Terkonfirmasi" }).waitFor();
  await page.locator("output", { hasText: "42 klaim ditampilkan" }).waitFor();
  assert.deepEqual(page.wrong, []);
});
