// Without JavaScript every page is reached by links, and every form works.

import assert from "node:assert/strict";

import { kinds, paste } from "../pages.js";
import { journey } from "./journey.js";

/** Pages that are looked at on the way from the front page; each once, whatever is asked of it. */
const MOST = 2000;
const FILE = /\.(json|csv|parquet|svg|png|css|md)$/;

journey(
  "no JavaScript",
  async (page, server) => {
    // The forms: search, another day, a period, a page.
    await page.goto("/");
    await page.getByRole("combobox", { name: "States, people, issues, words" }).fill("Portugal");
    await page.getByRole("main").getByRole("button", { name: "Search" }).click();
    await page.getByRole("main").getByRole("link", { name: "Portugal", exact: true }).first().click();
    await page.getByRole("heading", { name: "Portugal", level: 1 }).waitFor();

    await page.goto("/d/NOR-PRT");
    await page.getByText("Ask about other days, outlets, issues …").click();
    await page.getByLabel("As of").fill("2024-12-31");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.waitForURL("**/d/NOR-PRT?*on=2024-12-31*");
    await page.getByText("As of 31 December 2024").first().waitFor();

    const days = page.getByRole("form", { name: "Only some days" });
    await days.getByLabel("From").fill("2024-09-01");
    await days.getByRole("button").click();
    await page.waitForURL("**/d/NOR-PRT?*on=2024-12-31*since=2024-09-01*");

    await page.goto("/network");
    await page.getByRole("link", { name: /matrix|table/i }).first().click();
    await page.getByRole("table").first().waitFor();

    await paste(page);
    await page.getByText("Sara Iqbal").first().waitFor();

    // Links alone lead from the front page to every kind of page that is about something.
    const reached = new Set(["/"]);
    for (const path of reached) {
      const response = await page.request.get(path);
      assert.ok(response.ok(), `${path}: ${response.status()}`);
      for (const [, link] of (await response.text()).matchAll(/href="(\/[^"#?]*)/g)) {
        if (!FILE.test(link)) reached.add(link);
      }
      assert.ok(reached.size < MOST, "the pages end");
    }
    const missing = Object.entries(await kinds(server)).filter(
      ([, path]) => !/[?]|nowhere|ATLANTIS|none|FJI/.test(path) && !reached.has(path),
    );
    assert.deepEqual(missing, []);
  },
  { javaScriptEnabled: false },
);
