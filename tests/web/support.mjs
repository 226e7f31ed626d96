// What the tests of the page share: the program, a browser without a network, and the counting.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const SKIPPED = 77;
/** Milliseconds: a busy machine that draws in software is slow, and that is no failure. */
const PATIENCE = 120_000;

/** Playwright's module, or an end that says what is missing. */
export function browserOrSkip() {
  const path = ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => ["/usr/bin", "/usr/local/bin"].map((folder) => join(folder, name)))
    .find(existsSync);
  if (!path) skip("chromium is not installed (scripts/setup --tests installs it)");
  try {
    const { chromium } = createRequire(join(ROOT, "web", "build.mjs"))("playwright-core");
    return { chromium, path };
  } catch {
    return skip("playwright-core is not installed (cmake with VERBALE_TESTS=ON installs it)");
  }
}

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(SKIPPED);
}

/** What a test of the page begins with: `node TEST.mjs PROGRAM [FOLDER for screenshots]`. */
export async function begin() {
  browserOrSkip();
  const [program, pictures] = process.argv.slice(2);
  if (pictures) mkdirSync(pictures, { recursive: true });
  const folder = scratch();
  const count = new Count();
  return { program, pictures, folder, run: runner(program, folder), count, browser: await Browser.open(count) };
}

/** A folder that is gone at the end. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "verbale-page-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the program in a folder; what it prints. */
export function runner(program, folder) {
  return (...args) => execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

export class Count {
  passed = 0;
  failed = 0;

  check(good, what) {
    if (good) ++this.passed;
    else {
      ++this.failed;
      console.log(`FAIL ${what}`);
    }
  }
  same(found, expected, what) {
    const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
    this.check(a === b, `${what}: ${a} instead of ${b}`);
  }
  has(text, part, what) {
    this.check(String(text).includes(part), `${what}: no “${part}” in “${String(text).slice(0, 300)}”`);
  }
  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed ? 1 : 0;
  }
}

/** A browser whose pages must be silent: no message on the console, no error, no request. */
export class Browser {
  static async open(count) {
    const { chromium, path } = browserOrSkip();
    const browser = await chromium.launch({ executablePath: path, args: ["--no-sandbox"] });
    return new Browser(browser, count);
  }
  constructor(browser, count) {
    this.browser = browser;
    this.count = count;
  }

  /** A page that shows a file; `before` runs in it first; `still`: once it stands still. */
  async show(file, { hash = "", width = 1280, height = 800, before = null, still = true, ...more } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height }, acceptDownloads: true, ...more });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    if (before) await page.addInitScript(before);
    page.on("console", (message) => this.count.check(false, `${file}: console says ${message.text()}`));
    page.on("pageerror", (error) => this.count.check(false, `${file}: ${error.message}`));
    page.on("dialog", (dialog) => {
      this.count.check(false, `${file}: a dialog, ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      const local = /^(data|blob):/.test(request.url()) || request.url().startsWith(pathToFileURL(file).href);
      this.count.check(local, `${file}: a request to ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href + (hash ? `#${hash}` : ""));
    await page.waitForSelector("body[data-ready]");
    if (still) await drawn(page);
    return page;
  }

  close() {
    return this.browser.close();
  }
}

/** Until the picture stands still and is drawn. */
export async function drawn(page) {
  await page.waitForSelector('#stage[aria-busy="false"]', { state: "attached" });
  await frames(page);
}

/** Two frames: what was asked for is seen. */
export function frames(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** A facts file (docs/facts.md) with one document of these facts: [subject, relation, object, sentence]. */
export function factsFile(path, { symbol, title = "", date = "", facts }) {
  const text = facts.map((fact) => fact[3]).join("\n");
  const names = [...new Set(facts.flatMap(([subject, , object]) => [subject, object]))];
  const id = (name) => {
    const words = name.toLowerCase().replace(/'/g, "").replace(/[^a-z0-9]+/g, "-");
    return `thing:${words.replace(/^-|-$/g, "")}`;
  };
  const base = { document: symbol, section: "" };
  const lines = [
    {
      record: "document", format: "verbale-facts/1", ...base, subject: symbol, relation: "DOCUMENT", object: "",
      title, date, language: "", path: "hostile.txt", source_format: "text",
      hash: createHash("sha256").update(text).digest("hex"), pack: "", bytes: Buffer.byteLength(text),
      sentences: facts.length, replaced: 0, sections: [],
      entities: names.map((name) => ({ id: id(name), label: "Thing", name, aliases: [], properties: {} })), text,
    },
    ...facts.map(([subject, relation, object, sentence]) => ({
      record: "fact", ...base, subject, subject_label: "Thing", subject_id: id(subject), object,
      object_label: "Thing", object_id: id(object), relation, type: relation, attributes: {}, modality: "asserted",
      sentence, date, path: "hostile.txt", start: 0, end: Buffer.byteLength(text), rule: "by.hand",
    })),
  ];
  writeFileSync(path, lines.map((line) => JSON.stringify(line) + "\n").join(""));
}
