// The picture in the README: the page of a pair, from the verdict to the end of its charts.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { browser } from "./chromium.js";
import { servingStory } from "./demarche.js";

const folder = fileURLToPath(new URL("../../docs/screenshots", import.meta.url));

const [chromium, server] = await Promise.all([browser(), servingStory()]);
try {
  await mkdir(folder, { recursive: true });
  const page = await chromium.newPage({ baseURL: server.at, viewport: { width: 1160, height: 1000 } });
  await page.goto("/d/NOR-PRT?by=month");
  const charts = await page.getByRole("slider", { name: "Steps of the charts" }).boundingBox();
  const clip = { x: 0, y: 0, width: 1160, height: Math.ceil(charts.y + charts.height + 8) };
  await page.screenshot({ path: `${folder}/pair.png`, fullPage: true, clip });
} finally {
  await Promise.all([chromium.close(), server.end()]);
}
