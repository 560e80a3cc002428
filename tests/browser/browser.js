// Pages made by kutip, open in a browser: CHROMIUM names another one, KUTIP another kutip.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const project = fileURLToPath(new URL("../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(project, "target");
const kutip = process.env.KUTIP ?? join(target, "debug", "kutip");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

const folder = mkdtempSync(join(tmpdir(), "kutip-page-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** A file in a folder that is gone when the tests end. */
export function file(name, content) {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
}

/** Runs kutip in the project. */
export const run = (...given) => execFileSync(kutip, given, { stdio: "pipe", cwd: project, maxBuffer: 1 << 28 });

/** The address of the page that `kutip claims` writes of the inputs. */
export function pageOf(name, inputs, ...options) {
  const path = file(name);
  run("claims", ...inputs, "--html", path, "-o", file(`${name}.jsonl`), "--quiet", ...options);
  return pathToFileURL(path).href;
}

/** A browser; starting one fails now and then where many start at once. */
export async function start() {
  for (let tries = 3; ; tries--) {
    try {
      return await chromium.launch({ executablePath, args });
    } catch (error) {
      if (tries === 1) throw error;
    }
  }
}

/** A page that notes what goes wrong: what the console tells, and every request but its own. */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.wrong = [];
  page.on("console", (message) => page.wrong.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => page.wrong.push(error.message));
  page.on("dialog", (dialog) => { page.wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address.split("#")[0]) page.wrong.push(request.url());
  });
  await page.goto(address);
  return page;
}
