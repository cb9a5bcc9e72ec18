// Everything without a pointer: to the search, along a chart and the rows, to the evidence; what has the focus is seen.

import assert from "node:assert/strict";

import { journey } from "./journey.js";

/** What has the focus, and whether one sees that it has. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const seen = element.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return { tag: element.tagName, words: (element.textContent || element.id).trim(), href: element.getAttribute("href"), seen };
  });

const next = (page) => page.keyboard.press("Tab").then(() => focused(page));

journey("keyboard only", async (page) => {
  const keys = page.keyboard;
  await page.goto("/");
  assert.deepEqual(await next(page), { tag: "A", words: "Skip to the content", href: "#content", seen: true });

  await keys.press("/");
  assert.equal((await focused(page)).words, "find");
  await keys.type("Norway Portugal");
  await keys.press("Enter");
  await page.waitForURL("**/search?q=*");

  await keys.press("j");
  assert.deepEqual(await focused(page), { tag: "A", words: "Norway – Portugal", href: "/d/NOR-PRT", seen: true });
  await keys.press("Enter");
  await page.waitForURL("**/d/NOR-PRT");

  // Along the chart by arrows; with Shift they pick days, Enter shows only them.
  const chart = page.getByRole("slider", { name: "Steps of the charts" });
  for (let tabs = 0; !(await chart.evaluate((element) => element === document.activeElement)); tabs += 1) {
    assert.ok(tabs < 60, "Tab reaches the chart");
    await keys.press("Tab");
  }
  assert.ok((await focused(page)).seen);
  const told = () => chart.getAttribute("aria-valuetext");
  const last = await told();
  await keys.press("ArrowLeft");
  assert.notEqual(await told(), last);
  await keys.press("ArrowRight");
  assert.equal(await told(), last);
  for (let step = 0; step < 8; step += 1) await keys.press("Shift+ArrowLeft");
  const picked = (await told()).match(/\d{4}-\d\d-\d\d/g);
  await keys.press("Enter");
  await page.waitForURL("**/d/NOR-PRT?*");
  const asked = new URL(page.url()).searchParams;
  assert.deepEqual([asked.get("since"), asked.get("until")], picked);

  // Tab alone reaches all that can be used, in the order in which it stands, and each is seen.
  await page.goto("/d/NOR-PRT/contacts");
  const places = [];
  for (let here = await next(page); here.tag !== "BODY"; here = await next(page)) {
    assert.ok(here.seen, `${here.tag} ${here.words} is seen`);
    places.push(here.href);
    assert.ok(places.length < 200, "Tab comes to an end");
  }
  assert.ok(places.filter((href) => href?.startsWith("/x/")).length > 10, "Tab reaches the events");

  // Rows by j and k; `e` goes to the evidence of the one that is marked.
  await page.goto("/d/NOR-PRT/contacts");
  await keys.press("j");
  const first = await focused(page);
  await keys.press("j");
  const second = await focused(page);
  assert.ok(first.seen && second.seen && first.href !== second.href);
  await keys.press("k");
  assert.deepEqual(await focused(page), first);
  await keys.press("e");
  await page.waitForURL(`**${first.href}`);
  await page.getByRole("heading", { name: "Why" }).waitFor();
});
