import { afterEach, expect, it, vi } from "vitest";
import { NO_BROWSER_SETTINGS } from "#domain/viewer/viewer.ts";
import { browserSettings } from "./browser-settings.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("returns the browser's zone under its current name", () => {
  for (const [reported, called] of [
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["Europe/Berlin", "Europe/Berlin"],
  ]) {
    vi.stubGlobal("Temporal", { Now: { timeZoneId: () => reported } });
    expect(browserSettings(NO_BROWSER_SETTINGS).own).toBe(called);
  }
});
