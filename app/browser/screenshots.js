// Pictures of the main pages: wide and narrow, light and dark, as PNG files in `screenshots/` or the folder that is named.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { browser } from "./chromium.js";
import { serving, servingNothing } from "./demarche.js";
import { kinds, paste } from "./pages.js";

const folder = process.argv[2] ?? fileURLToPath(new URL("screenshots", import.meta.url));
const SIZES = { 1600: { width: 1600, height: 1000 }, 360: { width: 360, height: 780 } };

const [chromium, filled, empty] = await Promise.all([browser(), serving("--edit"), servingNothing()]);
try {
  await mkdir(folder, { recursive: true });
  for (const [width, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"]) {
      const context = (server) => chromium.newContext({ baseURL: server.at, viewport, colorScheme, reducedMotion: "reduce" });
      const take = async (page, kind) => {
        const name = kind.replaceAll(/[^a-z]+/g, "-");
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      };
      const page = await (await context(filled)).newPage();
      for (const [kind, path] of Object.entries(await kinds(filled))) {
        await page.goto(path);
        await take(page, kind);
      }
      await paste(page);
      await take(page, "a page that was just read");
      const other = await (await context(empty)).newPage();
      await other.goto("/");
      await take(other, "front page of an empty record");
    }
  }
} finally {
  await Promise.all([chromium.close(), filled.end(), empty.end()]);
}
process.stdout.write(`the pictures are in ${folder}\n`);
