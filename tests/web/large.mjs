// How quick the page is with a large graph: when it is there, when it stands still, how long it lets
// nothing else happen, and how many frames a second it has while a reader moves.
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

// In the page: when each frame began, and how long the program was not to be spoken to.
function watch() {
  window.blocked = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.blocked.push([startTime, duration]);
  }).observe({ type: "longtask", buffered: true });
  window.recorded = (times) => {
    const at = times.slice(1).map((time, i) => time - times[i]);
    const sum = at.reduce((a, b) => a + b, 0);
    return { rate: sum ? (1000 * at.length) / sum : 0, longest: Math.max(0, ...at), late: at.filter((one) => one > 20).length, all: at.length };
  };
  window.record = () => {
    const times = [];
    let on = true;
    const frame = (now) => {
      times.push(now);
      if (on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    window.stop = () => {
      on = false;
      return window.recorded(times);
    };
  };
}

const count = new Count();
const browser = await Browser.open(count);
const page = await browser.show(join(folder, "large.html"), { before: watch, still: false });
const ready = await page.evaluate(() => performance.now());
await page.waitForSelector('#stage[aria-busy="false"]', { state: "attached" });
const still = await page.evaluate(() => performance.now());
const longest = (from, to) =>
  page.evaluate(
    ([a, b]) => Math.max(0, ...window.blocked.filter(([at]) => at >= a && at < b).map(([, time]) => time)),
    [from, to],
  );
console.log(`there after ${(ready / 1000).toFixed(1)} s, stands still after ${(still / 1000).toFixed(1)} s`);
console.log(`longest slice: ${await longest(0, ready)} ms until it is there, ${await longest(ready, still)} ms until it stands`);
await page.waitForTimeout(1000);

async function measure(name, act) {
  await page.evaluate(() => window.record());
  await act();
  const { rate, longest: most, late, all } = await page.evaluate(() => window.stop());
  console.log(`${name}: ${rate.toFixed(1)} frames a second, longest ${most.toFixed(0)} ms, ${late} of ${all} over 20 ms`);
  await page.waitForTimeout(1500);
}

const { x, y, width, height } = await page.locator("#stage").boundingBox();
const [middleX, middleY] = [x + width / 2, y + height / 2];
await page.locator("#stage").focus();
await measure("standing", () => page.waitForTimeout(1500));
await measure("moving by keys", async () => {
  for (let i = 0; i < 40; ++i) {
    await page.keyboard.press(i % 8 < 4 ? "ArrowLeft" : "ArrowRight");
    await page.waitForTimeout(50);
  }
});
await measure("zooming by wheel", async () => {
  await page.mouse.move(middleX + 50, middleY + 30);
  for (let i = 0; i < 40; ++i) {
    await page.mouse.wheel(0, i % 20 < 10 ? -100 : 100);
    await page.waitForTimeout(50);
  }
});
async function drag() {
  await page.mouse.move(middleX, middleY);
  await page.mouse.down();
  for (let i = 0; i < 120; ++i) {
    const turn = (i / 40) * 2 * Math.PI;
    await page.mouse.move(middleX + 150 * Math.sin(turn), middleY + 100 * (1 - Math.cos(turn)));
    await page.waitForTimeout(12);
  }
  await page.mouse.up();
}
await measure("dragging", drag);
await page.mouse.move(middleX, middleY);
for (let i = 0; i < 6; ++i) await page.mouse.wheel(0, -100);
await page.waitForTimeout(2000);
await measure("dragging from near", drag);
await measure("pointing", async () => {
  for (let i = 0; i < 120; ++i) {
    await page.mouse.move(middleX + 2 * (i % 60) - 60, middleY + i - 60);
    await page.waitForTimeout(12);
  }
});
if (screenshot) await page.screenshot({ path: screenshot });
await browser.close();
count.end();
