// Takes the picture of the README: `npm run picture`.

import { open, pageOf, project, start } from "./browser.js";

const browser = await start();
const page = await open(browser, pageOf("news.html", ["testdata/newsroom"]), { viewport: { width: 1200, height: 980 } });
await page.getByRole("button", { name: /left out by an outlet/ }).click();
const claim = page.locator("details.claim:visible").first();
await claim.locator("summary").click();
await page.mouse.move(0, 0);
await page.waitForTimeout(500);
await page.screenshot({ path: `${project}/tests/browser/page.png` });
await browser.close();
