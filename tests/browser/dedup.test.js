// What a reader sees on the page of `kutip dedup --html`.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { file, open, run, start } from "./browser.js";

let browser;
before(async () => { browser = await start(); });
after(() => browser?.close());

test("clusters with what is kept, what is removed, and what is lost", async () => {
  const [batch, page] = [file("batch.jsonl"), file("clusters.html")];
  run("synth", "--docs", "60", "--seed", "4", "-o", batch, "--truth", file("truth.jsonl"));
  run("dedup", batch, "-o", file("kept.jsonl"), "--html", page, "--quiet");
  const shown = await open(browser, pathToFileURL(page).href);
  const clusters = await shown.locator("details.cluster").count();
  assert.ok(clusters > 0);
  for (const cluster of await shown.locator("details.cluster > summary").all()) await cluster.click();
  assert.equal(await shown.locator(".tag", { hasText: "Stands for all" }).count(), clusters);
  assert.match(await shown.locator(".record:has(ins)").first().innerText(), /Jaccard [01]\.\d{3} · containment [01]\.\d{3}/);
  assert.ok(await shown.locator("ins").count());
  await shown.evaluate(axe.source);
  const { violations } = await shown.evaluate(() => axe.run(document));
  assert.deepEqual(violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => v.id), []);
  assert.deepEqual(shown.wrong, []);
});
