// Every kind of page in a real browser: at most 150 KB in all; no scrolling sideways at 360 px; no serious fault of access in
// light or dark, wide or narrow.

import assert from "node:assert/strict";
import test from "node:test";

import axe from "axe-core";

import { browser } from "../chromium.js";
import { long, serving, servingNothing } from "../demarche.js";
import { kinds, paste } from "../pages.js";

/** Bytes that a page may have with its style, its script and its drawings, as they are sent. */
const MOST = 150_000;
const WIDE = { width: 1600, height: 1000 };
const NARROW = { width: 360, height: 780 };

test("every kind of page is light, fits a telephone and is there for everybody", async (t) => {
  const [chromium, filled, empty] = await Promise.all([browser(), serving("--edit"), servingNothing()]);
  const checked = (kind, server, show) =>
    t.test(kind, async () => {
      const context = await chromium.newContext({ baseURL: server.at, viewport: WIDE });
      try {
        const page = await context.newPage();
        const answers = [];
        page.on("response", (response) => answers.push(response));
        await show(page);
        const weight = await weightOf(answers);
        t.diagnostic(`${(weight / 1000).toFixed(0).padStart(4)} KB: ${kind}`);
        assert.ok(weight > 500 && weight <= MOST, `${weight} bytes`);
        assert.deepEqual(await beyondTheEdge(page), [], "fits 360 px");
        assert.deepEqual(await faults(page), [], "no fault of access");
      } finally {
        await context.close();
      }
    });
  try {
    for (const [kind, path] of Object.entries(await kinds(filled))) await checked(kind, filled, (page) => page.goto(path));
    await checked("a page that was just read", filled, (page) => paste(page));
    const text = await long();
    await checked("a long page that was just read", filled, (page) => paste(page, text));
    await checked("front page of an empty record", empty, (page) => page.goto("/"));
    await checked("a pair in an empty record", empty, (page) => page.goto("/d/NOR-PRT"));
  } finally {
    await Promise.all([chromium.close(), filled.end(), empty.end()]);
  }
});

async function weightOf(answers) {
  const sizes = await Promise.all(answers.map((answer) => answer.request().sizes()));
  return sizes.reduce((sum, size) => sum + size.responseBodySize, 0);
}

/** What makes a narrow page scroll sideways. What scrolls by itself, such as a wide table, does not. */
async function beyondTheEdge(page) {
  await page.setViewportSize(NARROW);
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const scrolls = ".scroll, .graph, .hidden, .skip, svg, details:not([open])";
    const over = (element) => element.getBoundingClientRect().right > room + 1 && !element.parentElement?.closest(scrolls);
    const found = [...document.body.querySelectorAll("*")].filter(over).map((element) => element.outerHTML.slice(0, 120));
    return document.documentElement.scrollWidth > room ? ["the page scrolls", ...found] : found;
  });
}

/** What axe-core calls serious or critical. */
async function faults(page) {
  // What is folded away is read by people too.
  await page.evaluate(() => document.querySelectorAll("details").forEach((folded) => (folded.open = true)));
  await page.evaluate(axe.source);
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const size of [WIDE, NARROW]) {
      await page.setViewportSize(size);
      const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
      for (const { id, impact, help, nodes } of violations) {
        if (impact !== "serious" && impact !== "critical") continue;
        const where = nodes.slice(0, 3).map((node) => node.html).join(" ");
        found.push(`${id} in ${colorScheme} at ${size.width} px: ${help}: ${where}`);
      }
    }
  }
  return found;
}
