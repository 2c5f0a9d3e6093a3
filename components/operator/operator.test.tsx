import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { renderLive } from "#components/testing/render-live.tsx";
import { setOperator, useOperator } from "./operator.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function Name() {
  return <p>{useOperator() ?? "nobody"}</p>;
}

it("is forgotten with what the browser stores", async () => {
  setOperator("Mia");
  localStorage.clear();
  await renderLive(<Name />, liveSnapshotOf());
  expect(screen.getByText("nobody")).toBeDefined();
});

it("lasts as long as the page where the browser stores nothing", async () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  setOperator("Lin");
  await renderLive(<Name />, liveSnapshotOf());
  expect(screen.getByText("Lin")).toBeDefined();
  vi.restoreAllMocks();
  setOperator("");
  // A spy on the storage itself would stay for the next files: it takes what is set on it for something to store.
  localStorage.setItem("kept", "again");
  expect(localStorage.getItem("kept")).toBe("again");
});
