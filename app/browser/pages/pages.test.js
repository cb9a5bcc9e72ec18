// Every kind of page in a real browser: no serious fault of access in light or dark, narrow or wide; no scrolling sideways at
// 360 px; at most 150 KB in all.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import axe from "axe-core";

import { browser } from "../chromium.js";
import { serving, servingNothing } from "../demarche.js";
import { kinds, paste } from "../pages.js";

/** Bytes that a page may have with its style, its script and its drawings, as sent. */
const MOST = 150_000;
const WIDE = { width: 1600, height: 1000 };
const NARROW = { width: 360, height: 780 };

let chromium, filled, empty, found;

before(async () => {
  [chromium, filled, empty] = await Promise.all([browser(), serving(), servingNothing()]);
  found = await kinds(filled);
});

after(() => Promise.all([chromium, filled, empty].map((one) => (one?.close ?? one?.end)?.call(one))));

/** Shows each kind of page in turn and gives it to `look`; all that it complains of fails the test at once. */
async function everyPage(t, look) {
  const shown = async (kind, server, show) => {
    await t.test(kind, async () => {
      const context = await chromium.newContext({ baseURL: server.at, viewport: WIDE });
      try {
        const page = await context.newPage();
        const sent = [];
        page.on("response", (response) => sent.push(response));
        await show(page);
        await look(page, sent);
      } finally {
        await context.close();
      }
    });
  };
  for (const [kind, path] of Object.entries(found)) await shown(kind, filled, (page) => page.goto(path));
  await shown("a page that was just read", filled, (page) => paste(page));
  await shown("front page of an empty record", empty, (page) => page.goto("/"));
  await shown("a pair in an empty record", empty, (page) => page.goto("/d/NOR-PRT"));
}

test("no serious fault of access", (t) =>
  everyPage(t, async (page) => {
    // What is folded away is read by people too.
    await page.evaluate(() => document.querySelectorAll("details").forEach((folded) => (folded.open = true)));
    await page.evaluate(axe.source);
    const faults = [];
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const size of [WIDE, NARROW]) {
        await page.setViewportSize(size);
        const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
        for (const { id, impact, help, nodes } of violations) {
          if (impact !== "serious" && impact !== "critical") continue;
          faults.push(`${id} in ${colorScheme} at ${size.width} px: ${help}: ${nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
        }
      }
    }
    assert.deepEqual(faults, []);
  }));

test("no scrolling sideways at 360 px", (t) =>
  everyPage(t, async (page) => {
    await page.setViewportSize(NARROW);
    const wide = await page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      const clipped = (element) => element.parentElement?.closest(".scroll, .graph, pre, .hidden, .skip, svg, details:not([open])");
      const over = (element) => element.getBoundingClientRect().right > room + 1 && !clipped(element);
      return {
        scrolls: document.documentElement.scrollWidth > room,
        over: [...document.body.querySelectorAll("*")].filter(over).map((element) => element.outerHTML.slice(0, 120)).slice(0, 3),
      };
    });
    assert.deepEqual(wide, { scrolls: false, over: [] });
  }));

test("at most 150 KB in all", (t) =>
  everyPage(t, async (page, sent) => {
    await page.waitForLoadState("networkidle");
    const sizes = await Promise.all(sent.map((response) => response.body().then((body) => body.length, () => 0)));
    const all = sizes.reduce((sum, size) => sum + size, 0);
    t.diagnostic(`${(all / 1000).toFixed(0).padStart(4)} KB ${new URL(page.url()).pathname}`);
    assert.ok(all > 10_000 && all <= MOST, `${all} bytes: ${sent.map((response, i) => `${response.url()} ${sizes[i]}`)}`);
  }));
