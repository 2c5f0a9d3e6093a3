import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { installDebians } from "./debian.mjs";
import { binOf, bundledNode } from "./project.mjs";
import { step } from "./step.mjs";

const require = createRequire(import.meta.url);

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The Chromium of this machine: the one named, else the system's, else Playwright's; or `null`. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  return INSTALLED.find((path) => existsSync(path)) ?? playwrightsOwn();
}

/** As `findChromium`, but installs one where there is none and that is possible. */
export async function ensureChromium() {
  if (process.env.CHROMIUM_PATH && !existsSync(process.env.CHROMIUM_PATH)) {
    process.stdout.write(`There is no browser at CHROMIUM_PATH (${process.env.CHROMIUM_PATH}).\n`);
    return null;
  }
  const found = findChromium();
  if (found) return found;
  await installPlaywrights();
  if (!findChromium()) await installDebians("Chromium", ["chromium"]);
  const installed = findChromium();
  if (!installed) {
    process.stdout.write(
      "There is no Chromium, and it could not be installed: install one and set CHROMIUM_PATH to it.\n",
    );
  }
  return installed;
}

async function installPlaywrights() {
  const playwright = [bundledNode, binOf("playwright")];
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000" };
  const timeoutMs = 10 * 60_000;
  const title = "Downloading Chromium (playwright install)";
  const done = await step(title, [...playwright, "install", "chromium"], { env, timeoutMs });
  if (done && process.platform === "linux" && process.getuid?.() === 0) {
    const libraries = "Installing what Chromium needs (playwright install-deps)";
    await step(libraries, [...playwright, "install-deps", "chromium"], { env, timeoutMs });
  }
}

function playwrightsOwn() {
  try {
    const path = require("playwright").chromium.executablePath();
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
