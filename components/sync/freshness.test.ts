import { describe, expect, it } from "vitest";
import { NOW } from "#components/testing/facts.ts";
import type { Recording } from "#domain/live/recording.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { ConnectionStatusStore } from "./connection-status.ts";
import { freshnessOf, trustOf } from "./freshness.ts";

function lost(before: "connecting" | "live") {
  const link = new ConnectionStatusStore();
  if (before === "live") link.set("live", NOW - 60_000);
  link.set("lost", NOW);
  return link.get();
}

describe("how fresh a page is", () => {
  it("changes after a short grace, and again when the loss has lasted", () => {
    const states = [0, 1_499, 1_500, 14_999, 15_000].map(
      (ms) => freshnessOf(lost("live"), NOW + ms).state,
    );
    expect(states).toEqual(["live", "live", "reconnecting", "reconnecting", "stale"]);
  });

  it("is never live where the server was not reached yet", () => {
    expect(freshnessOf(new ConnectionStatusStore().get(), NOW).state).toBe("connecting");
    expect(freshnessOf(lost("connecting"), NOW)).toEqual({ state: "reconnecting", since: NOW });
  });

  it("counts since the earlier of two troubles", () => {
    const halted = (since: number) => ({
      halted: { since: toWireTime(since), reason: "unavailable" } satisfies Recording["halted"],
    });
    const none = { halted: null };
    const live = new ConnectionStatusStore();
    live.set("live", NOW);
    expect(trustOf(live.get(), none, NOW)).toEqual({ state: "level" });
    expect(trustOf(live.get(), halted(NOW - 9), NOW)).toEqual({
      state: "halted",
      since: NOW - 9,
    });
    expect(trustOf(lost("live"), halted(NOW - 9), NOW + 5_000)).toEqual({
      state: "reconnecting",
      since: NOW - 9,
    });
    expect(trustOf(lost("live"), halted(NOW + 9), NOW + 20_000)).toEqual({
      state: "stale",
      since: NOW,
    });
  });
});
