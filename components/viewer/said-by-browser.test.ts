import { afterEach, expect, it, vi } from "vitest";
import { SAID_NOTHING } from "#domain/viewer.ts";
import { saidByBrowser } from "./said-by-browser.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("calls the browser's zone as it is called today", () => {
  for (const [said, called] of [
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["Europe/Berlin", "Europe/Berlin"],
  ]) {
    vi.stubGlobal("Temporal", { Now: { timeZoneId: () => said } });
    expect(saidByBrowser(SAID_NOTHING).own).toBe(called);
  }
});
