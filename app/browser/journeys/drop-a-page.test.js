// A saved page is dropped on the form and read at once; the record keeps nothing of it.

import assert from "node:assert/strict";

import { shipped } from "../demarche.js";
import { journey } from "./journey.js";

journey("drop a page", async (page, server) => {
  const holds = async () => (await (await fetch(`${server.at}/index.json`)).json()).read;
  const before = await holds();
  await page.goto("/read");
  await drop(page, page.getByLabel(/saved page/i), shipped("wire-dateline", "page.html"));
  await page.getByRole("button", { name: "Read it" }).click();
  await page.getByText("Read just now, and not kept.").waitFor();

  // Each report has a number in the text that leads to its line in the list.
  const list = page.getByRole("complementary", { name: "What was read" });
  const reports = list.locator("li[id^=r]");
  assert.ok((await reports.count()) > 3);
  await page.getByRole("article").getByRole("link", { name: "report 1", exact: true }).click();
  assert.equal(await page.evaluate(() => document.querySelector(":target")?.id), "r1");

  assert.equal(await list.getByRole("link").count(), 0, "what is not kept has no pages of its own");
  assert.deepEqual(await holds(), before);
});

/** Lets go of a file over an element, as somebody who drags it out of a folder does. */
async function drop(page, over, file) {
  const { x, y, width, height } = await over.boundingBox();
  const devtools = await page.context().newCDPSession(page);
  const at = { x: x + width / 2, y: y + height / 2, data: { items: [], files: [file], dragOperationsMask: 1 } };
  for (const type of ["dragEnter", "dragOver", "drop"]) await devtools.send("Input.dispatchDragEvent", { type, ...at });
  await page.waitForFunction((input) => input.files.length === 1, await over.elementHandle());
}
