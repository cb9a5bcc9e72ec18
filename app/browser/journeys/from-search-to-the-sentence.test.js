// From a search for two states to the sentence of an article behind a number on their page.

import assert from "node:assert/strict";

import { journey } from "./journey.js";

journey("from search to the sentence behind a number", async (page) => {
  await page.goto("/");
  await page.getByRole("combobox", { name: "States, people, issues, words" }).fill("Norway Portugal");
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: "Norway – Portugal" }).first().click();
  await page.waitForURL("**/d/NOR-PRT");
  assert.match(await page.getByRole("main").innerText(), /gaining momentum/i);

  // A number of the ladder leads to as many contacts.
  const row = page.getByRole("region", { name: "Contacts by level and month" }).getByRole("row", { name: /^Jul 2025/ });
  const number = row.getByRole("link").first();
  const told = Number(await number.innerText());
  assert.ok(told > 1);
  await number.click();
  await page.waitForURL("**/d/NOR-PRT/contacts?*");
  const contacts = page.getByRole("main").getByRole("listitem").filter({ has: page.getByRole("link") });
  assert.equal(await contacts.count(), told);
  const sentence = await contacts.first().locator(".sentence").innerText();

  // The contact has its sentence, with who plays which role in it.
  await contacts.first().getByRole("link").first().click();
  await page.waitForURL("**/x/*");
  const quote = page.locator("blockquote").first();
  for (const role of ["actor", "trigger"]) await quote.getByText(role, { exact: true }).first().waitFor();
  const words = (await quote.evaluate((element) => {
    const plain = element.cloneNode(true);
    plain.querySelectorAll("small").forEach((role) => role.remove());
    return plain.textContent;
  })).trim();
  assert.equal(words, sentence.trim());

  // And the article has the sentence.
  await page.locator("section", { has: page.getByRole("heading", { name: "Stands in" }) }).getByRole("link").first().click();
  await page.waitForURL("**/a/*");
  const reported = await page.locator("article .reported").evaluateAll((all) =>
    all.map((element) => {
      const plain = element.cloneNode(true);
      plain.querySelectorAll("small, sup").forEach((mark) => mark.remove());
      return plain.textContent.trim();
    }),
  );
  assert.ok(reported.includes(words), `${words} is among ${reported}`);
});
