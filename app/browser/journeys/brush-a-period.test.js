// A period dragged over a chart becomes the address of a page about those days, which lists count too.

import assert from "node:assert/strict";

import { journey } from "./journey.js";

journey("brush a period", async (page) => {
  await page.goto("/d/NOR-PRT?since=2024-04-01&by=month");
  const chart = page.getByRole("slider", { name: "Steps of the charts" });
  await chart.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await chart.boundingBox();
  const at = (share) => [x + width * share, y + height / 3];

  // The pointer reads off a step before anything is picked.
  await page.mouse.move(...at(0.3));
  await page.getByText(/month from \d{4}-\d\d-01: \d+ cooperative, \d+ conflictual/).waitFor();

  await page.mouse.down();
  await page.mouse.move(...at(0.6), { steps: 5 });
  const told = (await page.getByText(/to \d{4}-\d\d-\d\d: let go/).innerText()).match(/\d{4}-\d\d-\d\d/g);
  await page.mouse.up();
  await page.waitForURL("**/d/NOR-PRT?*until=*");

  // The address has the days that the page spoke of, and all else that was asked.
  const asked = new URL(page.url()).searchParams;
  const [since, until] = [asked.get("since"), asked.get("until")];
  assert.deepEqual([since, until], told);
  assert.ok(since > "2024-04-01" && until < "2025-07-16" && since < until);
  assert.equal(asked.get("by"), "month");

  // The lists behind the tabs are of these days; the whole record is one link away.
  await page.getByRole("link", { name: "All events" }).click();
  const events = page.getByRole("main").getByRole("listitem").filter({ has: page.getByRole("link") });
  const few = await events.count();
  assert.ok(few > 5 && few < 50, `${few} events`);
  await page.goBack();
  await page.getByRole("link", { name: "All days" }).click();
  await page.waitForURL((url) => !url.searchParams.has("since") && !url.searchParams.has("until"));
});
