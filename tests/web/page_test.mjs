// The page in one file, in a browser: what a reader does with it, and that it stays silent.
// usage: node page_test.mjs PROGRAM [FOLDER for screenshots]

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { begin, factsFile, frames, ROOT } from "./support.mjs";

const { pictures, folder, run, count, browser } = await begin();

const texts = (page, selector) => page.locator(selector).allInnerTexts();
const text = async (page, selector) => (await page.locator(selector).innerText()).replace(/\s+/g, " ");
const factsShown = async (page) => Number(/([\d,]+) facts?$/.exec(await text(page, "#totals"))[1].replace(",", ""));

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

function rows(statement) {
  return JSON.parse(run("query", "--graph", "g", "--mode", "json", statement));
}

async function searches(page) {
  await page.keyboard.press("/");
  await page.keyboard.type("budapest con");
  count.has((await texts(page, "#hits .hit"))[0], "Convention on Cybercrime", "search finds an alias");
  await picture(page, "search");
  await page.keyboard.press("Enter");
  count.same(await text(page, "#details h2"), "Convention on Cybercrime", "Enter opens what was found");
  count.check(page.url().includes("#node=n"), "the address names the node");
  await page.keyboard.press("/");
  await page.keyboard.type("zzzz");
  count.has(await text(page, "#hits"), "No name or alias", "search says when it finds nothing");
  await page.keyboard.press("Escape");
  await page.locator("#search").blur();
}

async function walks(page) {
  await page.locator(".facts button").filter({ hasText: "Armenia" }).first().click();
  const quote = await text(page, ".evidence blockquote");
  const why = run("why", "--graph", "g", "Armenia", "RATIFIED", "Convention on Cybercrime");
  count.check(why.replace(/\s+/g, " ").includes(quote.slice(0, 40)), `the sentence of a fact is that of verbale why: ${quote}`);
  const caption = await text(page, ".evidence figcaption");
  count.check(/SAMPLE\S* Armenia \d{4}-\d\d-\d\d/.test(caption), `document, reply and date: ${caption}`);
  count.check((await texts(page, "mark")).length > 0, "names are marked in the sentence");
  await picture(page, "relationship");
  await page.locator(".end", { hasText: "Armenia" }).click();
  count.same(await text(page, "#details h2"), "Armenia", "the end of a fact leads on");
  await picture(page, "node");
  await page.keyboard.press("Escape");
  count.check(await page.locator("#details").isHidden(), "Esc closes the details");
}

async function filters(page) {
  const all = await factsShown(page);
  const box = (name) => page.locator("#side li", { hasText: name }).first().locator("input");
  await box("Treaty").uncheck();
  const without = await factsShown(page);
  count.check(without < all, "a label that is switched off takes its facts along");
  count.check(page.url().includes("without-label=Treaty"), "the address names the filter");
  await page.locator("#reset").click();
  count.same(await factsShown(page), all, "Reset brings them back");
  const row = page.locator("#types li", { hasText: "RATIFIED" });
  await row.hover();
  await row.locator(".only").click();
  const [{ n }] = rows("MATCH ()-[r:RATIFIED]->() RETURN count(r) AS n").map((r) => ({ n: Number(Object.values(r)[0] ?? r) }));
  count.same(await factsShown(page), n, "only one type");
  await page.locator("#reset").click();
  await page.locator("#until").focus();
  await page.keyboard.press("Home");
  const early = await factsShown(page);
  count.check(early > 0 && early < all, `until the first document: ${early} of ${all}`);
  count.check(/until=\d{4}/.test(page.url()), "the address names the date");
  await page.keyboard.press("End");
  count.same(await factsShown(page), all, "until the last document: all");
}

async function table(page) {
  await page.keyboard.press("t");
  const total = Number(/[\d,]+/.exec(await text(page, "#rows-count"))[0].replace(",", ""));
  count.same(total, await factsShown(page), "the table has the same facts");
  await page.locator("#table-head button", { hasText: "Date" }).click();
  const dates = (await texts(page, ".row .date")).filter(Boolean);
  count.same(dates, [...dates].sort(), "sorted by date");
  await page.locator("#table-head button", { hasText: "Date" }).click();
  const back = (await texts(page, ".row .date")).filter(Boolean);
  count.same(back, [...back].sort().reverse(), "and back");
  await page.locator("#rows").fill("armenia cybercrime ratified");
  const found = await texts(page, ".row");
  count.check(found.length > 0 && found.every((row) => row.includes("RATIFIED")), "filtered by all words");
  await page.locator(".row").first().click();
  count.check((await texts(page, ".evidence")).length > 0, "a row opens its sentences");
  await picture(page, "table");
  await page.locator("#rows").fill("");
  await page.locator(".row").nth(1).click();
  const second = await text(page, '.row[aria-selected="true"]');
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  const first = await text(page, '.row[aria-selected="true"]');
  count.check(first !== second, "arrow keys and Enter go through the rows");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  count.check((await text(page, '.row[aria-selected="true"]')) !== first, "End goes to the last row");
  await page.locator("#rows").fill("no such words");
  count.check(await page.locator("#table-empty").isVisible(), "an empty table says so");
  return page.url();
}

async function linked(file) {
  const hash = "view=table&rows=armenia&sort=-date&without-type=RATIFIED";
  const page = await browser.show(file, { hash });
  count.same(await page.locator("#rows").inputValue(), "armenia", "a link restores the filter");
  const types = await texts(page, ".row .type");
  count.check(types.length > 0 && !types.includes("RATIFIED"), "a link restores the types");
  await page.evaluate(() => (location.hash = "view=picture&node=none"));
  await page.waitForSelector("#picture-view", { state: "visible" });
  count.check(await page.locator("#details").isHidden(), "a link to what is not there opens nothing");
  await page.context().close();
}

async function saves(page) {
  const download = async (id) => {
    await page.locator("#save-menu summary").click();
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator(id).click()]);
    return readFileSync(await file.path());
  };
  const svg = (await download("#save-svg")).toString();
  const { circles, bad } = await alone(svg);
  count.check(circles > 20 && bad === 0, `the SVG is whole: ${circles} circles, ${bad} bad elements`);
  count.has(svg, "Armenia", "the SVG has names");
  const png = await download("#save-png");
  count.same(png.subarray(1, 4).toString(), "PNG", "the PNG is one");
  count.check(png.readUInt32BE(16) >= 3000, "the PNG is fine enough for paper");
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  count.check((await page.locator("#paper svg circle").count()) > 20, "the picture goes to paper as lines");
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
}

// A saved SVG in a page of its own, where nothing forbids what is in it to run.
async function alone(svg) {
  const context = await browser.browser.newContext();
  const page = await context.newPage();
  await page.setContent(svg);
  const found = await page.evaluate((source) => {
    const tree = new DOMParser().parseFromString(source, "image/svg+xml");
    const bad = "parsererror, script, img, style, foreignObject";
    return {
      circles: tree.querySelectorAll("circle").length,
      bad: tree.querySelectorAll(bad).length + document.querySelectorAll(bad + ", [onload], [onerror]").length,
      ran: window.ran ?? 0,
    };
  }, svg);
  await context.close();
  return found;
}

// Two nodes and one relationship: its middle is the middle of the picture.
async function clicks() {
  const statement = "MATCH (s:State {name: 'Armenia'})-[r:RATIFIED]->(t:Treaty {name: 'Convention on Cybercrime'}) RETURN s, r, t";
  run("export", "--graph", "g", "--query", statement, "-o", "pair.html", "--title", "A pair");
  const page = await browser.show(join(folder, "pair.html"));
  count.same(await page.title(), "A pair", "the title");
  const stage = await page.locator("#stage").boundingBox();
  const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2];
  await page.mouse.move(x + 3, y + 3);
  await page.mouse.move(x, y);
  await page.waitForSelector("#tip", { state: "visible" });
  count.same(await text(page, "#tip"), "Armenia RATIFIED Convention on Cybercrime", "a line says what it is");
  await page.mouse.click(x, y);
  await page.waitForSelector(".evidence");
  count.same(await page.locator(".end").allInnerTexts(), ["Armenia", "Convention on Cybercrime"], "a click on a line");
  const [sentence] = await texts(page, "blockquote");
  const jsonl = run("export", "--graph", "g", "--query", statement, "--format", "jsonl").trim().split("\n");
  const rel = jsonl.map((line) => JSON.parse(line)).find((one) => one.type === "relationship");
  count.same(sentence, rel.evidence[0].sentence, "a click on a line shows its sentence");
  await page.keyboard.press("Escape");
  await frames(page);
  await clickNode(page, x, y);
  count.check(["Armenia", "Convention on Cybercrime"].includes(await text(page, "#details h2")), "a click on a node");
  await page.context().close();
}

// From the middle along the line, until something that is no line is under the pointer.
async function clickNode(page, x, y) {
  const under = async (px, py) => {
    await page.mouse.move(px, py);
    await frames(page);
    return page.evaluate(() => {
      if (!document.getElementById("tip").hidden) return "line";
      return document.getElementById("stage").classList.contains("pointing") ? "node" : "";
    });
  };
  for (let degrees = 0; degrees < 180; degrees += 2) {
    const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    if ((await under(x + 40 * dx, y + 40 * dy)) !== "line") continue;
    for (let far = 40; far < 800; far += 5) {
      const [px, py] = [x + far * dx, y + far * dy];
      if ((await under(px, py)) === "node") return page.mouse.click(px, py);
    }
  }
}

async function hostile() {
  const bad = [
    `</script><script>window.ran = 1</script>`,
    `<img src=x onerror="window.ran = 1"> & "quotes" 'single' \\ \u2028 <!-- <script>`,
    `javascript:window.ran=1`,
    `<svg onload=window.ran=1><style>*{display:none}</style>]]>`,
  ];
  factsFile(join(folder, "hostile.jsonl"), {
    symbol: bad[0],
    title: bad[1],
    date: "2020-01-01",
    facts: [
      [bad[0], "SAID", bad[1], `${bad[0]} said ${bad[1]}`],
      [bad[2], "SAID", bad[3], `${bad[3]} was said by ${bad[2]}`],
      [bad[0], "SAID", bad[3], bad[1]],
    ],
  });
  run("load", "--graph", "h", "hostile.jsonl");
  run("query", "--graph", "h", `MATCH (n) SET n:\`<b onclick=window.ran=1>\`, n.\`</script>\` = '<i>'`);
  run("export", "--graph", "h", "-o", "hostile.html", "--title", bad[0]);
  const page = await browser.show(join(folder, "hostile.html"));
  count.same(await page.title(), bad[0], "a hostile title is text");
  await page.locator("#to-table").click();
  const names = await texts(page, ".row .cell.subject");
  count.check(names.some((name) => name.includes("</script>")), "hostile names are text");
  for (const row of await page.locator(".row").all()) {
    await row.click();
    count.check((await texts(page, "blockquote")).length === 1, "a hostile sentence is shown");
  }
  count.has(await text(page, "#details"), "</script>", "hostile keys are text");
  await page.locator(".end").first().click();
  await page.locator("#search").fill("<img");
  count.check((await texts(page, "#hits .hit")).length === 1, "a hostile name is found");
  await page.locator("#to-picture").click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#save-menu summary").click().then(() => page.locator("#save-svg").click()),
  ]);
  const svg = readFileSync(await file.path(), "utf8");
  count.has(svg, "&lt;/script&gt;", "the saved SVG has the names");
  const { bad: elements, ran } = await alone(svg);
  count.same([elements, ran], [0, 0], "the saved SVG runs nothing");
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await frames(page);
  const made = await page.evaluate(() => [window.ran ?? 0, document.querySelectorAll("img, i, b, svg[onload]").length, document.scripts.length]);
  count.same(made, [0, 0, 2], "nothing of it ran or became an element");
  await page.context().close();
}

async function others(file) {
  const phone = await browser.show(file, { width: 390, height: 844, hasTouch: true, isMobile: true });
  await picture(phone, "phone");
  await phone.locator("#filters").tap();
  count.check(await phone.locator("#side").isVisible(), "filters open on a telephone");
  await picture(phone, "phone-filters");
  await phone.locator("#filters-close").tap();
  await phone.locator("#search").fill("armenia");
  await phone.locator(".hit").first().tap();
  count.check(await phone.locator("#details").isVisible(), "details open on a telephone");
  await picture(phone, "phone-node");
  await phone.locator("#to-table").tap();
  await picture(phone, "phone-table");
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
  count.check(wide <= 390, `nothing is wider than the telephone: ${wide}`);
  await phone.context().close();

  const dark = await browser.show(file, { colorScheme: "dark" });
  count.same(await dark.evaluate(() => document.documentElement.dataset.theme), "dark", "dark where the system is");
  await picture(dark, "dark");
  await dark.locator("#theme").click();
  count.same(await dark.evaluate(() => document.documentElement.dataset.theme), "light", "and light by a button");
  await dark.keyboard.press("?");
  count.check(await dark.locator("#keys").isVisible(), "the keys are explained");
  await dark.context().close();

  run("query", "--graph", "empty", "--create", "RETURN 1");
  run("export", "--graph", "empty", "-o", "empty.html");
  const empty = await browser.show(join(folder, "empty.html"));
  count.check(await empty.locator("#picture-empty").isVisible(), "an empty graph says so");
  await empty.context().close();
}

run("build", join(ROOT, "data/replies"), "--graph", "g");
run("export", "--graph", "g", "-o", "graph.html", "--title", "Sample replies");
const file = join(folder, "graph.html");
run("export", "--graph", "g", "-o", "again.html", "--title", "Sample replies");
count.check(readFileSync(file).equals(readFileSync(join(folder, "again.html"))), "the same bytes again");

const page = await browser.show(file);
await picture(page, "picture");
await searches(page);
await walks(page);
await filters(page);
await saves(page);
await table(page);
await page.context().close();
await linked(file);
await clicks();
await hostile();
await others(file);
await browser.close();
count.end();
