import { fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { at, liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import { ClaimControl } from "./claim-control.tsx";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

const wait = { id: "w1", name: "Tom Becker", claimed_by: null, claim_lapses_at: null };

it("says who has it until that lapses, and then offers it again", async () => {
  const claimed = { ...wait, claimed_by: "Grace", claim_lapses_at: at("10:45") };
  await renderLive(<ClaimControl wait={claimed} />, liveSnapshotOf());
  expect(screen.getByText("has it").textContent).toBe(" has it");
  expect(screen.queryByRole("button")).toBeNull();
  await pass(3 * 60_000);
  expect(screen.getByRole("button", { name: /I take it: Tom Becker/ })).toBeDefined();
});

it("can be given up by whoever has it", async () => {
  localStorage.setItem("rollcall-operator", "Grace");
  const claimed = { ...wait, claimed_by: "Grace", claim_lapses_at: at("10:45") };
  await renderLive(<ClaimControl wait={claimed} />, liveSnapshotOf());
  expect(screen.getByText("You have it")).toBeDefined();
  expect(screen.getByRole("button", { name: /Give up the wait of Tom Becker/ })).toBeDefined();
});

it("says why somebody could not take it", async () => {
  localStorage.setItem("rollcall-operator", "Lin");
  const error = { code: "already_claimed", message: "Grace has looked after this wait." };
  vi.stubGlobal("fetch", async () => Response.json({ error }, { status: 409 }));
  await renderLive(<ClaimControl wait={wait} />, liveSnapshotOf());
  fireEvent.click(screen.getByRole("button", { name: /I take it/ }));
  await pass(10);
  expect(screen.getByRole("alert").textContent).toBe(error.message);
  vi.unstubAllGlobals();
});
