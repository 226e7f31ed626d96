// How quick the page is with a large graph: when it is there, when it stands still, frames a second.
// usage: node large.mjs PROGRAM [NODES RELATIONSHIPS [SCREENSHOT.png]]
// Times belong to the machine and its graphics: without a graphics card Chromium draws in software.

import { join } from "node:path";

import { Browser, browserOrSkip, Count, factsFile, runner, scratch } from "./support.mjs";

browserOrSkip();
const [program, nodes = "5000", rels = "20000", screenshot] = process.argv.slice(2);
const folder = scratch();
const run = runner(program, folder);

// Communities of 200, and hubs that all of them know; the same numbers every time.
function facts(n, m) {
  let state = 1;
  const random = (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const out = new Map();
  for (let i = 0; out.size < m; ++i) {
    const from = i % n;
    const to = random(10) === 0 ? random(20) : (Math.floor(from / 200) * 200 + random(200)) % n;
    const type = ["KNOWS", "SUPPORTS", "JOINED"][random(3)];
    const sentence = `Thing ${from} says that it ${type.toLowerCase()} thing ${to}.`;
    out.set(`${from} ${type} ${to}`, [`Thing ${from}`, type, `Thing ${to}`, sentence]);
  }
  return [...out.values()];
}

factsFile(join(folder, "large.jsonl"), { symbol: "L/1", date: "2020-01-01", facts: facts(+nodes, +rels) });
run("load", "--graph", "g", "large.jsonl");
run("export", "--graph", "g", "-o", "large.html");

const count = new Count();
const browser = await Browser.open(count);
const begin = Date.now();
const page = await browser.show(join(folder, "large.html"));
console.log(`stands still after ${((Date.now() - begin) / 1000).toFixed(1)} s`);
for (const [name, keys] of [["moving", ["ArrowLeft", "ArrowRight"]], ["zooming", ["+", "-"]]]) {
  const frames = await page.evaluate(async (pressed) => {
    const stage = document.getElementById("stage");
    const start = performance.now();
    let n = 0;
    for (; n < 60 && performance.now() - start < 5000; ++n) {
      stage.dispatchEvent(new KeyboardEvent("keydown", { key: pressed[n % 2], bubbles: true }));
      await new Promise(requestAnimationFrame);
    }
    return (1000 * n) / (performance.now() - start);
  }, keys);
  console.log(`${name}: ${frames.toFixed(1)} frames a second`);
}
if (screenshot) await page.screenshot({ path: screenshot });
await browser.close();
count.end();
