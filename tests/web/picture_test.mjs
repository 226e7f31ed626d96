// The picture of the page under pointer, wheel and fingers: what is under the pointer is what is meant,
// wherever the picture was moved to.
// usage: node picture_test.mjs PROGRAM [FOLDER for screenshots]

import { join } from "node:path";

import { begin, drawn, factsFile, frames } from "./support.mjs";

const { pictures, folder, run, count, browser } = await begin();
const PHONE = { width: 390, height: 844, hasTouch: true, isMobile: true };

/** A page of a graph with these facts; the nodes in `labels` have a label of their own. */
function exported(name, facts, labels) {
  factsFile(join(folder, `${name}.jsonl`), { symbol: name, date: "2020-01-01", facts });
  run("load", "--graph", name, `${name}.jsonl`);
  for (const [node, label] of labels) {
    run("query", "--graph", name, `MATCH (n {name: '${node}'}) REMOVE n:Thing SET n:${label}`);
  }
  run("export", "--graph", name, "-o", `${name}.html`);
  return join(folder, `${name}.html`);
}

const fact = (from, type, to) => [from, type, to, `${from} ${type.toLowerCase()} ${to}.`];

// In the page: the middle of what is seen in the colour of a label, in pixels of the window.
function seen() {
  window.seen = (label) => {
    const row = [...document.querySelectorAll("#labels li")].find((one) => one.textContent.includes(label));
    const wanted = getComputedStyle(row.querySelector(".swatch")).backgroundColor.match(/\d+/g).map(Number);
    const canvas = [...document.querySelectorAll("#stage .base")].find((one) => one.style.display !== "none");
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    let [n, x, y] = [0, 0, 0];
    for (let i = 0; i < data.length; i += 4) {
      if (wanted.some((channel, c) => Math.abs(channel - data[i + c]) > 1)) continue;
      const pixel = i / 4;
      ++n;
      x += (pixel % copy.width) + 0.5;
      y += Math.floor(pixel / copy.width) + 0.5;
    }
    const box = canvas.getBoundingClientRect(); // where it is shown, moved and scaled
    return { x: box.left + (x / n / copy.width) * box.width, y: box.top + (y / n / copy.height) * box.height };
  };
}

const place = (page, label) => page.evaluate((one) => window.seen(one), label);
const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
const near = (a, b, what) => count.check(far(a, b) < 2.5, `${what}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`);
const middle = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
/** Beside the middle of a line, where nothing is. */
function beside(a, b, pixels) {
  const share = pixels / far(a, b);
  return moved(middle(a, b), (a.y - b.y) * share, (b.x - a.x) * share);
}
const moved = ({ x, y }, dx, dy) => ({ x: x + dx, y: y + dy });
const heading = async (page) => (await page.locator("#details h2").innerText()).replace(/\s+/g, " ");
const isFree = (page) => page.locator("#details").isHidden();

/** Drawn again after a movement. */
async function settled(page) {
  await page.waitForTimeout(400);
  await drawn(page);
}

async function nothing(page) {
  await page.keyboard.press("Escape");
  await settled(page);
}

async function picks(page) {
  const [ann, bob] = [await place(page, "Ann"), await place(page, "Bob")];
  await page.mouse.move(ann.x, ann.y);
  await frames(page);
  count.check(await page.evaluate(() => document.getElementById("stage").classList.contains("pointing")), "a node is pointed at");
  count.check(await page.locator("#tip").isHidden(), "a node needs no tip");
  const half = middle(ann, bob);
  await page.mouse.move(half.x + 2, half.y + 2);
  await page.waitForSelector("#tip", { state: "visible" });
  count.same(await page.locator("#tip").innerText(), "Ann KNOWS Bob", "a line says what it is");
  const free = beside(ann, bob, 30);
  await page.mouse.move(free.x, free.y);
  await page.waitForSelector("#tip", { state: "hidden" });
  count.check(await isFree(page), "pointing opens nothing");
  await page.mouse.click(half.x - 2, half.y + 2);
  count.has(await page.locator("blockquote").innerText(), "Ann knows Bob.", "a click beside a line means the line");
  await nothing(page);
  const again = await place(page, "Bob");
  near(again, bob, "all is where it was");
  await page.mouse.click(again.x, again.y);
  count.same(await heading(page), "Bob", "a click on a node");
  await settled(page);
  const empty = beside(await place(page, "Ann"), await place(page, "Bob"), 30);
  await page.mouse.click(empty.x, empty.y);
  count.check(await isFree(page), "a click beside everything closes it");
  await settled(page);
}

async function zooms(page) {
  const [ann, bob] = [await place(page, "Ann"), await place(page, "Bob")];
  const toBob = 0.25; // of the way, so that both stay in sight
  const at = { x: ann.x + toBob * (bob.x - ann.x), y: ann.y + toBob * (bob.y - ann.y) };
  await page.mouse.move(at.x, at.y);
  for (let i = 0; i < 2; ++i) await page.mouse.wheel(0, -100);
  await settled(page);
  const [a, b] = [await place(page, "Ann"), await place(page, "Bob")];
  const zoom = far(a, b) / far(ann, bob);
  count.check(zoom > 1.4 && zoom < 2, `the wheel comes nearer: ${zoom}`);
  near({ x: a.x + toBob * (b.x - a.x), y: a.y + toBob * (b.y - a.y) }, at, "what is under the pointer stays there");
  await page.mouse.click(a.x, a.y);
  count.same(await heading(page), "Ann", "a click from near");
  await nothing(page);
  await page.mouse.move(at.x, at.y);
  for (let i = 0; i < 2; ++i) await page.mouse.wheel(0, 100);
  await settled(page);
  near(await place(page, "Ann"), ann, "and goes back the same way");
  const free = beside(ann, bob, 30);
  await page.mouse.dblclick(free.x, free.y);
  await settled(page);
  count.check(Math.abs(far(await place(page, "Ann"), await place(page, "Bob")) / far(ann, bob) - 2) < 0.1, "a double click comes nearer");
  await page.keyboard.press("0");
  await settled(page);
  near(await place(page, "Ann"), ann, "0 shows all");
}

async function drags(page) {
  const [ann, bob] = [await place(page, "Ann"), await place(page, "Bob")];
  const from = middle(ann, bob);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 30, from.y + 10, { steps: 4 });
  await page.mouse.move(from.x + 60, from.y + 40, { steps: 4 });
  await frames(page);
  near(await place(page, "Ann"), moved(ann, 60, 40), "the picture goes along with the pointer");
  await page.mouse.up();
  count.check(await isFree(page), "dragging is no click");
  await settled(page);
  const half = moved(from, 60, 40);
  await page.mouse.click(half.x, half.y);
  count.check(/^Ann KNOWS → Bob$/.test(await heading(page)), "a line is meant where it is now");
  await nothing(page);
  await page.keyboard.press("0");
  await settled(page);
}

// While an arrow key moves the picture: a click, told to the page in the middle of the movement.
async function picksWhileMoving(page, label, name) {
  await page.keyboard.press("0");
  await settled(page);
  await page.locator("#stage").focus();
  const before = await place(page, label);
  const told = await page.evaluate(async (wanted) => {
    const stage = document.getElementById("stage");
    stage.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    await frame();
    const { x, y } = window.seen(wanted);
    const event = { clientX: x, clientY: y, pointerId: 1, pointerType: "mouse", button: 0, bubbles: true };
    stage.dispatchEvent(new PointerEvent("pointerdown", event));
    stage.dispatchEvent(new PointerEvent("pointerup", event));
    return { x, y, heading: document.querySelector("#details h2")?.textContent ?? "" };
  }, label);
  count.check(told.x < before.x - 3, `it has moved: from ${before.x} to ${told.x}`);
  count.same(told.heading, name, "a click in a movement");
  await nothing(page);
}

async function pinches(file) {
  const page = await browser.show(file, { ...PHONE, before: seen });
  const touch = await page.context().newCDPSession(page);
  const send = (type, ...touchPoints) => touch.send("Input.dispatchTouchEvent", { type, touchPoints });
  const [ann, bob] = [await place(page, "Ann"), await place(page, "Bob")];
  const { x, y } = middle(ann, bob);
  const fingers = (apart) => [{ x: x - apart, y, id: 1 }, { x: x + apart, y, id: 2 }];
  await send("touchStart", ...fingers(40));
  for (let apart = 44; apart <= 80; apart += 4) await send("touchMove", ...fingers(apart));
  await send("touchEnd");
  await settled(page);
  const [a, b] = [await place(page, "Ann"), await place(page, "Bob")];
  count.check(Math.abs(far(a, b) / far(ann, bob) - 2) < 0.2, `two fingers come nearer: ${far(a, b) / far(ann, bob)}`);
  near(middle(a, b), { x, y }, "what is between two fingers stays there");
  count.check(await isFree(page), "a pinch is no tap");
  await send("touchStart", { x, y });
  for (let i = 0; i <= 50; i += 10) await send("touchMove", { x: x + i, y: y - i });
  await send("touchEnd");
  await settled(page);
  near(await place(page, "Ann"), moved(a, 50, -50), "a finger drags");
  const half = moved({ x, y }, 50, -50);
  await page.touchscreen.tap(half.x + 8, half.y + 2);
  count.has(await page.locator("blockquote").innerText(), "Ann knows Bob.", "a finger beside a line means the line");
  if (pictures) await page.screenshot({ path: join(pictures, "phone-pinched.png") });
  await page.context().close();
}

// A ring of many, each known to the next ones; a drawing of it takes longer than a frame.
function many() {
  const facts = [];
  for (let i = 0; i < 600; ++i) {
    for (const next of [1, 2, 3, 5, 8]) facts.push(fact(`Thing ${i}`, "KNOWS", `Thing ${(i + next) % 600}`));
  }
  return facts;
}

/** Two that know each other, and others around them. */
function two() {
  const facts = [fact("Ann", "KNOWS", "Bob")];
  for (let i = 0; i < 10; ++i) {
    facts.push(fact("Ann", "KNOWS", `Friend ${i} of Ann`), fact(`Friend ${i} of Bob`, "KNOWS", "Bob"));
  }
  return facts;
}

const pair = exported("pair", two(), [["Ann", "Ann"], ["Bob", "Bob"]]);
const page = await browser.show(pair, { before: seen });
await picks(page);
await zooms(page);
await drags(page);
await picksWhileMoving(page, "Ann", "Ann");
await page.context().close();
await pinches(pair);

const large = await browser.show(exported("many", many(), [["Thing 7", "Ann"]]), { before: seen });
await picksWhileMoving(large, "Ann", "Thing 7");
const ann = await place(large, "Ann");
await large.mouse.move(ann.x, ann.y);
for (let i = 0; i < 5; ++i) await large.mouse.wheel(0, -100);
await settled(large);
near(await place(large, "Ann"), ann, "the wheel keeps a node under the pointer");
await large.mouse.click(ann.x, ann.y);
count.same(await heading(large), "Thing 7", "a click on a node among many");
const faded = await large.evaluate(() => getComputedStyle(document.querySelector("#stage .base")).opacity);
count.check(faded < 0.5, "the others are pale then");
if (pictures) await large.screenshot({ path: join(pictures, "many-chosen.png") });
await large.context().close();
await browser.close();
count.end();
