// A journey is a test with a served record and a browser page that complains: whatever the page logs as an error, or throws,
// or is refused by its own policy, fails the journey.

import assert from "node:assert/strict";
import test from "node:test";

import { browser } from "../chromium.js";
import { serving } from "../demarche.js";

/** A test of this name: `walk(page, server)`, in a browser with these options. */
export function journey(name, walk, options = {}) {
  test(name, async () => {
    const server = await serving();
    const chromium = await browser();
    try {
      const context = await chromium.newContext({ baseURL: server.at, viewport: { width: 1280, height: 900 }, ...options });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      const faults = [];
      page.on("console", (said) => said.type() === "error" && faults.push(said.text()));
      page.on("pageerror", (error) => faults.push(String(error)));
      await walk(page, server);
      assert.deepEqual(faults, [], "the pages are quiet");
    } finally {
      await chromium.close();
      await server.end();
    }
  });
}
