import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  at,
  factsOf,
  liveSnapshotOf,
  NOW,
  recorded,
  summaryOf,
} from "#components/testing/facts.ts";
import { FakeServer } from "#components/testing/fake-server.ts";
import type { Recorded } from "#domain/event/recorded.ts";
import type { DeskSnapshot } from "#domain/live/desk-wire.ts";
import { livePositionOf } from "#domain/live/live-position.ts";
import { ALL_IS_KEPT } from "#domain/live/recording.ts";
import { joins, minutes } from "#domain/testing/history.ts";
import { LiveCache } from "./cache.ts";
import { ServerClock } from "./clock.ts";
import { LiveConnection } from "./connection.ts";
import { ConnectionStatusStore } from "./connection-status.ts";
import type { LiveListener, OpenSocket } from "./live-socket.ts";
import { RecordingStore } from "./recording-store.ts";

const ALL: Recorded[] = recorded(
  Array.from({ length: 10 }, (_, index) =>
    minutes([`10:${10 + index}`, joins(`P${index}`)]),
  ).flat(),
);

function setup({ opened = 4, recorded: count = ALL.length, jitterMs = 0 } = {}) {
  const server = new FakeServer(liveSnapshotOf({ meetings: [summaryOf()] }));
  server.meetings.set("m1", ALL.slice(0, count));
  const cache = new LiveCache(liveSnapshotOf());
  const clock = new ServerClock(NOW);
  const link = new ConnectionStatusStore();
  const onRefused = vi.fn();
  const onGone = vi.fn();
  cache.openMeeting(factsOf([], { seq: opened, events: ALL.slice(0, opened) }));
  const onOutdated = vi.fn();
  const heard: Pick<LiveListener, "unreadable">[] = [];
  const open: OpenSocket = (listener) => {
    heard.push(listener);
    return server.open(listener);
  };
  const connection = new LiveConnection(open, {
    cache,
    clock,
    link,
    recording: new RecordingStore(ALL_IS_KEPT),
    timeZone: () => "UTC",
    onRefused,
    onOutdated,
    onGone,
    jitter: () => jitterMs,
  });
  const watcher = { merged: vi.fn(), unknown: vi.fn() };
  const stop = connection.watch("m1", watcher);
  const unreadable = () => heard[0]?.unreadable();
  return {
    ...{ server, cache, clock, link, connection, watcher, stop },
    ...{ onRefused, onOutdated, onGone, unreadable },
  };
}

const DESK: DeskSnapshot = {
  ...{ as_of: at("10:42:30"), lines: [], lost: [] },
  day: {
    ...{ since: at("00:00"), time_zone: "UTC", seen: 0, waits: 0, admitted: 0, really_lost: 0 },
    ...{ no_shows: 0, longest_ms: null, service_level: null, target_ms: 0, outside_hours: 0 },
  },
};

/** Lets the answers that are under way arrive. */
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the connection", () => {
  it("asks for what came after the page was read, with the watch itself", async () => {
    const { server, cache, link } = setup({ opened: 4 });
    await settle();
    expect(server.asked).toContain("m1 after 4");
    expect(cache.seqOf("m1")).toBe(10);
    expect(link.get().state).toBe("live");
  });

  it("asks again from the last event without a hole when one is missing", async () => {
    const { server, cache } = setup({ opened: 4, recorded: 4 });
    await settle();
    server.asked.length = 0;
    server.meetings.set("m1", ALL);
    server.pushEvents("m1", ALL.slice(7, 8));
    await settle();
    expect(server.asked).toEqual(["m1 after 4"]);
    expect(cache.seqOf("m1")).toBe(10);
  });

  it("does not ask for repeats", async () => {
    const { server } = setup({ opened: 10 });
    await settle();
    server.asked.length = 0;
    server.pushEvents("m1", ALL.slice(2, 6));
    await settle();
    expect(server.asked).toEqual([]);
  });

  it("watches everything again after a resync and after a loss", async () => {
    const { server, link } = setup({ opened: 10 });
    await settle();
    server.asked.length = 0;
    server.push["live:resync"]();
    await settle();
    expect(server.asked).toEqual(["floor", "m1 after 10"]);
    server.asked.length = 0;
    server.drop();
    expect(link.get().state).toBe("lost");
    server.connect();
    await settle();
    expect(server.asked).toEqual(["floor", "m1 after 10"]);
    expect(link.get().state).toBe("live");
  });

  it("waits a little after a resync, and then asks once for any number of resyncs", async () => {
    const { server } = setup({ opened: 10, jitterMs: 700 });
    await settle();
    server.asked.length = 0;
    server.push["live:resync"]();
    server.push["live:resync"]();
    await vi.advanceTimersByTimeAsync(699);
    expect(server.asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.asked).toEqual(["floor", "m1 after 10"]);
  });

  it("reads everything again once where a message cannot be read, and then no more", async () => {
    const { server, link, onOutdated, unreadable } = setup({ opened: 10, jitterMs: 700 });
    await settle();
    server.asked.length = 0;
    unreadable();
    unreadable();
    await vi.advanceTimersByTimeAsync(700);
    expect(server.asked).toEqual(["floor", "m1 after 10"]);
    expect(onOutdated).not.toHaveBeenCalled();
    expect(link.get().state).toBe("live");
    unreadable();
    expect(onOutdated).toHaveBeenCalledTimes(1);
    expect(link.get().state).toBe("lost");
    unreadable();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onOutdated).toHaveBeenCalledTimes(1);
    expect(server.asked).toEqual(["floor", "m1 after 10"]);
  });

  it("has the page read again where something is gone, and only there", async () => {
    const { server, onGone } = setup({ opened: 10, jitterMs: 700 });
    await settle();
    server.push["live:resync"]();
    await vi.advanceTimersByTimeAsync(700);
    expect(onGone).not.toHaveBeenCalled();
    server.push["live:resync"]({ gone: true });
    server.push["live:resync"]();
    await vi.advanceTimersByTimeAsync(700);
    expect(onGone).toHaveBeenCalledTimes(1);
  });

  it("waits a random time by itself, so that not all browsers ask at once", async () => {
    const moments = new Set<number>();
    for (let browser = 0; browser < 20; browser += 1) {
      const server = new FakeServer(liveSnapshotOf());
      const parts = {
        cache: new LiveCache(liveSnapshotOf()),
        clock: new ServerClock(NOW),
        link: new ConnectionStatusStore(),
        recording: new RecordingStore(ALL_IS_KEPT),
        timeZone: () => "UTC",
      };
      const connection = new LiveConnection(server.open, {
        ...parts,
        onRefused: vi.fn(),
        onOutdated: vi.fn(),
        onGone: vi.fn(),
      });
      await settle();
      server.asked.length = 0;
      server.push["live:resync"]();
      let waited = 0;
      for (; server.asked.length === 0; waited += 50) await vi.advanceTimersByTimeAsync(50);
      moments.add(waited);
      connection.close();
    }
    expect(moments.size).toBeGreaterThan(3);
    expect(Math.max(...moments)).toBeLessThanOrEqual(1_000);
  });

  it("reads more meetings in progress when asked to, and as many from then on", async () => {
    const { server, connection } = setup({ opened: 10 });
    await settle();
    await connection.readMore(100);
    server.push["live:resync"]();
    await settle();
    expect(server.wanted).toEqual([50, 100, 100]);
  });

  it("asks for one live snapshot at a time", async () => {
    const { server, connection } = setup({ opened: 10 });
    await settle();
    server.wanted.length = 0;
    await Promise.all([
      connection.readMore(100),
      connection.readMore(200),
      connection.readMore(400),
    ]);
    expect(server.wanted).toEqual([100, 400]);
  });

  it("reads more by itself when most of what was shown is over", async () => {
    const meetings = Array.from({ length: 50 }, (_, n) => summaryOf({ id: `m${n + 10}` }));
    const last = meetings.at(-1) ?? summaryOf();
    const { server } = setup({ opened: 10 });
    server.floor = liveSnapshotOf({ meetings, frontier: livePositionOf(last) });
    await settle();
    server.wanted.length = 0;
    const ends = (n: number) =>
      server.push["floor:changed"]({
        summaries: meetings
          .slice(0, n)
          .map((row) => ({ ...row, seq: 2, status: "ended" as const })),
        happened: [],
        today: null,
        as_of: at("10:42:30"),
      });
    ends(25);
    await settle();
    expect(server.wanted).toEqual([]);
    ends(26);
    await settle();
    expect(server.wanted).toEqual([50]);
  });

  it("reports the survivor of a merge, whether a push or an answer names it", async () => {
    const { server, watcher } = setup();
    await settle();
    server.push["meeting:merged"]({ id: "m1", into: "m0" });
    expect(watcher.merged).toHaveBeenLastCalledWith("m0");
    server.merged.set("m1", "m7");
    server.push["live:resync"]();
    await settle();
    expect(watcher.merged).toHaveBeenLastCalledWith("m7");
  });

  it("reports when the server no longer knows the meeting", async () => {
    const { server, watcher } = setup();
    await settle();
    server.meetings.delete("m1");
    server.push["live:resync"]();
    await settle();
    expect(watcher.unknown).toHaveBeenCalled();
  });

  it("asks again while the server cannot read, and keeps its state", async () => {
    const { server, cache, watcher } = setup({ opened: 4, recorded: 4 });
    await settle();
    server.isAway = true;
    server.meetings.set("m1", ALL);
    server.push["live:resync"]();
    await vi.advanceTimersByTimeAsync(3000);
    expect(watcher.unknown).not.toHaveBeenCalled();
    expect(cache.seqOf("m1")).toBe(4);
    server.isAway = false;
    await vi.advanceTimersByTimeAsync(3000);
    expect(cache.seqOf("m1")).toBe(10);
  });

  it("stops watching with the last watcher", async () => {
    const { server, connection, stop } = setup();
    await settle();
    const second = connection.watch("m1", { merged: vi.fn(), unknown: vi.fn() });
    stop();
    expect(server.asked).not.toContain("unwatch m1");
    second();
    expect(server.asked).toContain("unwatch m1");
  });

  it("tries again by itself where the server ended it, or refused", async () => {
    const { server, link, onRefused } = setup();
    await settle();
    server.refuses = true;
    server.drop(true);
    await vi.advanceTimersByTimeAsync(2000);
    await vi.advanceTimersByTimeAsync(4000);
    expect(onRefused).toHaveBeenCalledTimes(1);
    expect(link.get().state).toBe("lost");
    server.refuses = false;
    await vi.advanceTimersByTimeAsync(2000);
    expect(link.get().state).toBe("live");
  });

  it("counts as lost since the last message, where its end was not reported", async () => {
    const { server, link, clock } = setup();
    await settle();
    await vi.advanceTimersByTimeAsync(25_000);
    server.beat();
    const lastReceivedAt = clock.exactly();
    // As on a machine that was asleep: no timer went on.
    vi.setSystemTime(Date.now() + 3_600_000);
    server.fallSilent();
    expect(link.get()).toEqual({ state: "lost", since: lastReceivedAt, before: "live" });
  });

  it("is not believed after a sleep, before the browser knows that its connection is gone", async () => {
    const { server, link, clock } = setup();
    await settle();
    server.beat();
    const lastReceivedAt = clock.exactly();
    server.isAway = true;
    vi.setSystemTime(Date.now() + 3_600_000);
    server.look();
    expect(link.get()).toEqual({ state: "lost", since: lastReceivedAt, before: "live" });
    server.isAway = false;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(link.get().state).toBe("live");
    // Nobody has to come back to it: it is noticed with the next second.
    vi.setSystemTime(Date.now() + 3_600_000);
    server.refuses = true;
    await vi.advanceTimersByTimeAsync(1_100);
    expect(link.get().state).toBe("lost");
  });

  it("is up to date only when the desk that is shown was read again too", async () => {
    const { server, link, connection } = setup();
    const read = vi.fn();
    connection.watchDesk({ read, changed: vi.fn() });
    await settle();
    expect(server.asked).toEqual(expect.arrayContaining(["floor", "desk"]));
    expect(link.get().state).toBe("connecting");
    server.desk = DESK;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(link.get().state).toBe("live");
    server.desk = null;
    server.drop();
    server.connect();
    await settle();
    expect([link.get().state, read.mock.calls.length]).toEqual(["lost", 1]);
  });

  it("learns the server's clock from what it receives", async () => {
    const { server, clock } = setup();
    vi.setSystemTime(NOW - 3_600_000);
    server.push["floor:changed"]({
      summaries: [],
      happened: [],
      today: null,
      as_of: at("10:42:30"),
    });
    expect(clock.exactly()).toBe(NOW + 20_000);
  });

  it("ends up to date with the server when pushes are lost, repeated or reordered", async () => {
    const slices = fc.array(fc.tuple(fc.nat(10), fc.nat(3)), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(fc.nat(10), slices, async (opened, pushes) => {
        const { server, cache, connection } = setup({ opened });
        let seq = cache.seqOf("m1");
        for (const [from, length] of pushes) {
          server.pushEvents("m1", ALL.slice(from, from + length));
          expect(cache.seqOf("m1")).toBeGreaterThanOrEqual(seq);
          seq = cache.seqOf("m1");
          if ((from + length) % 3 === 0) await settle();
        }
        await settle();
        expect(cache.seqOf("m1")).toBe(10);
        connection.close();
      }),
    );
  });
});
