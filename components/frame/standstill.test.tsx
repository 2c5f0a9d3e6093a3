import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveScreen } from "#components/live/live-screen.tsx";
import { at, liveSnapshotOf, NOW, summaryOf } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import { ALL_IS_KEPT } from "#domain/live/recording.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { wireClaim } from "#domain/waits/handling-wire.ts";
import { AppFrame } from "./app-frame.tsx";

const UNCLAIMED = wireClaim([], { endedAt: null }, 0);

const waits = summaryOf({
  status: "waiting",
  started_at: at("10:38"),
  waiting_count: 1,
  waiting: [
    {
      id: "wait of c:tom",
      person_id: "c:tom",
      name: "Tom Becker",
      started_at: at("10:38"),
      returned: 0,
      ...UNCLAIMED,
    },
  ],
});
const live = liveSnapshotOf({ meetings: [waits] });
const page = (
  <AppFrame>
    <LiveScreen />
  </AppFrame>
);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const waited = () => {
  const [list] = within(screen.getByRole("region", { name: "Waiting room" })).getAllByRole("list");
  return /\d+:\d\d/.exec(list?.textContent ?? "")?.[0];
};
const isMarked = () => document.querySelector("[data-standstill]") !== null;

describe("the running durations of a page that is not live", () => {
  it("stand at the last moment with the server's facts, are marked, and run on with the connection", async () => {
    const { server } = await renderLive(page, live);
    await pass(5_000);
    expect(waited()).toBe("4:15");
    server.drop();
    await pass(2_000);
    expect(waited()).toBe("4:15");
    expect(isMarked()).toBe(true);
    await pass(60_000);
    expect(waited()).toBe("4:15");
    expect(screen.getByText(/What you see is from then/)).toBeDefined();
    server.connect();
    await pass(0);
    expect(waited()).toBe("5:17");
    expect(isMarked()).toBe(false);
  });

  it("run on where the connection is back within the grace", async () => {
    const { server } = await renderLive(page, live);
    server.drop();
    await pass(1_000);
    expect(waited()).toBe("4:11");
    expect(isMarked()).toBe(false);
    server.connect();
    await pass(1_000);
    expect(waited()).toBe("4:12");
    expect(isMarked()).toBe(false);
  });

  it("stand while nothing is recorded, though the server is there", async () => {
    const { server } = await renderLive(page, live);
    const halted = { since: at("10:42"), reason: "disk_full" } as const;
    const recording = { ...ALL_IS_KEPT, changed_at: toWireTime(NOW), halted };
    server.push["recording:changed"]({ recording, as_of: at("10:42:11") });
    await pass(9_000);
    expect(waited()).toBe("4:00");
    expect(isMarked()).toBe(true);
  });
});
