// Makes the page in one file: node build.mjs OUTPUT. Where the graph goes it has the mark @GRAPH@,
// once; the program writes the graph there.

import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2] ?? join(here, "page.html");

async function bundle(entry) {
  const result = await build({
    entryPoints: [join(here, "src", entry)],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["es2020", "chrome100", "firefox100", "safari15"],
    charset: "utf8",
    legalComments: "inline",
    logLevel: "warning",
  });
  return result.outputFiles[0].text.trim();
}

const digest = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const script = await bundle("app.ts");
const style = await bundle("page.css");
// Only this script and this style count, nothing is fetched, and no text can become markup.
const policy = [
  "default-src 'none'",
  `script-src ${digest(script)}`,
  `style-src ${digest(style)}`,
  "img-src blob: data:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const parts = { POLICY: policy, STYLE: style, SCRIPT: script };
const shell = await readFile(join(here, "src", "page.html"), "utf8");
const page = shell.replace(/@(POLICY|STYLE|SCRIPT)@/g, (_, name) => parts[name]);
if (page.split("@GRAPH@").length !== 2) throw new Error("the mark @GRAPH@ must stand there once");
await writeFile(output, page);
