import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { findChromium } from "./server/boot/chromium.mjs";
import { bundledNode } from "./server/boot/project.mjs";

// Every worker reads this file too, and takes from its environment what the first process chose.
if (!process.env["E2E_DATA"]) {
  const data = mkdtempSync(join(tmpdir(), "rollcall-e2e-"));
  process.env["E2E_DATA"] = data;
  process.env["E2E_PORT"] = String(3200 + 2 * (process.pid % 350));
  process.on("exit", () => rmSync(data, { recursive: true, force: true }));
}
/** The servers that tests share. */
const [first, second] = ["first", "second"].map((name, index) => {
  const port = Number(process.env["E2E_PORT"]) + index;
  const dataDir = join(process.env["E2E_DATA"] ?? "", name);
  return { port, dataDir, baseURL: `http://127.0.0.1:${port}` };
});
if (first === undefined || second === undefined) throw new Error("there are two servers");
const chromium = findChromium();
const MINUTE_MS = 60_000;
/**
 * The browser's own address bar is a page in every window, which costs a test as much as the page it is about. The
 * others are what Playwright itself would name: the last such list is the one that counts.
 */
const UNWANTED = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "SpareRendererForSitePerProcess",
  "ThirdPartyStoragePartitioning",
];
/** Tests that start servers of their own, and ask nothing of the one that the others share. */
const OWN_SERVERS =
  /\/(?:clinic-day|errors|first-run|hostile|offers|own-settings|sign-in|sources)\.spec\.ts$/;

/** Tests of the second of the servers that are shared; all others are of the first. Both take about as long. */
const SECOND_SERVER = /\/(?:history-[a-z]+|shared)\.spec\.ts$/;

/** Tests that share a server: it has one browser at a time. */
function sharing({ baseURL, dataDir }: { baseURL: string; dataDir: string }) {
  return { use: { baseURL }, metadata: { baseUrl: baseURL, dataDir }, workers: 1 };
}

function serverOf({ port, dataDir, baseURL }: { port: number; dataDir: string; baseURL: string }) {
  return {
    command: `"${bundledNode}" server/main.ts`,
    url: `${baseURL}/api/health`,
    timeout: 5 * MINUTE_MS,
    gracefulShutdown: { signal: "SIGTERM", timeout: MINUTE_MS } as const,
    stdout: "ignore",
    stderr: "pipe",
    env: {
      NODE_ENV: "production",
      LOG_LEVEL: "error",
      // Where a test receives webhooks.
      ROLLCALL_ALLOW_NETWORKS: "127.0.0.0/8",
      DATABASE_URL: "",
      HOST: "127.0.0.1",
      PORT: String(port),
      ROLLCALL_DATA: dataDir,
    },
  } as const;
}

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  workers: 2,
  // In this order: what needs no server of the shared ones fills in whatever is free at the end.
  projects: [
    { name: "first server", testIgnore: [OWN_SERVERS, SECOND_SERVER], ...sharing(first) },
    { name: "second server", testMatch: SECOND_SERVER, ...sharing(second) },
    { name: "own servers", testMatch: OWN_SERVERS },
  ],
  forbidOnly: true,
  // Nothing here is meant to be waited out: each ends what hangs, on a machine many times as slow as ours.
  timeout: 10 * MINUTE_MS,
  expect: { timeout: 2 * MINUTE_MS },
  globalTimeout: 100 * MINUTE_MS,
  maxFailures: 0,
  outputDir: "test-results",
  reporter: [["list"], ["json", { outputFile: ".rollcall/playwright.json" }]],
  use: {
    // Clocks of 24 hours, and weeks that begin on a Monday.
    locale: "en-GB",
    // No pictures: they would cost more than all else that is kept for a failure.
    trace: { mode: "retain-on-failure", screenshots: false, sources: false },
    actionTimeout: 3 * MINUTE_MS,
    navigationTimeout: 3 * MINUTE_MS,
    launchOptions: {
      ...(chromium === null ? {} : { executablePath: chromium }),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--no-first-run",
        "--disable-sync",
        "--disable-component-update",
        "--disable-quic",
        "--disable-gpu",
        `--disable-features=${UNWANTED.join(",")}`,
      ],
    },
  },
  webServer: [serverOf(first), serverOf(second)],
});
