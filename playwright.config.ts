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
  process.env["E2E_PORT"] = String(3200 + (process.pid % 700));
  process.on("exit", () => rmSync(data, { recursive: true, force: true }));
}
const url = `http://127.0.0.1:${process.env["E2E_PORT"]}`;
const chromium = findChromium();

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  workers: 1,
  forbidOnly: true,
  timeout: 30_000,
  outputDir: "test-results",
  reporter: [["list"], ["json", { outputFile: ".rollcall/playwright.json" }]],
  use: {
    baseURL: url,
    trace: "retain-on-failure",
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
      ],
    },
  },
  webServer: {
    command: `"${bundledNode}" server/main.ts`,
    url: `${url}/api/health`,
    timeout: 60_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "ignore",
    stderr: "pipe",
    env: {
      NODE_ENV: "production",
      LOG_LEVEL: "error",
      DATABASE_URL: "",
      HOST: "127.0.0.1",
      PORT: process.env["E2E_PORT"] ?? "",
      ROLLCALL_DATA: process.env["E2E_DATA"] ?? "",
    },
  },
});
