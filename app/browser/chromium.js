// Starts Debian's Chromium for tests and pictures. No browser is downloaded: playwright-core drives the one that is installed.

import { chromium } from "playwright-core";

const INSTALLED = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** A browser, which the caller closes. Inside containers Chromium has no sandbox of its own. */
export const browser = () =>
  chromium.launch({ executablePath: INSTALLED, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
