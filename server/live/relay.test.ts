import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import type { LiveMeeting, LiveSnapshot } from "#domain/live/wire.ts";
import { IMPORT } from "#domain/sources/imports/imports.ts";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { importFile } from "#server/sources/imports/import.ts";
import * as files from "#server/sources/imports/testing/files.ts";
import { ADA } from "#server/testing/actor.ts";
import { deliverBodies, SECRET, type TestSource } from "#server/testing/test-app.ts";
import { readLive } from "./snapshot.ts";
import {
  type LiveTestServer,
  openLiveTestServer,
  type TestClientSocket,
  upTo,
  watch,
} from "./testing/live-server.ts";

/** Twenty times a second. */
const PACE_MS = 50;

let server: LiveTestServer;
let account: TestSource;
beforeAll(async () => {
  server = await openLiveTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.skewMs = 0;
  account = await server.app.account();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function deliver(...lines: Parameters<typeof minutes>): Promise<string[]> {
  return deliverBodies(server.app, account, "ward", minutes(...lines));
}

/** The meetings of the account's room, earliest first. */
async function meetingIds(): Promise<string[]> {
  const rows = await server.app.database.orm.execute<{ id: string }>(sql`
    select id from meetings where source_id = ${account.id} and merged_into is null
    order by first_at`);
  return rows.map(({ id }) => id);
}

/** The meeting that Ada opened at ten. */
async function meeting(): Promise<string> {
  await deliver(["10:00", joins("Ada")]);
  const [id = ""] = await meetingIds();
  return id;
}

/** The pauses of the relay between two pushes since then; others wait as well, and for as short a time. */
function notePauses(): () => number[] {
  const pauses: number[] = [];
  const wait = globalThis.setTimeout;
  vi.spyOn(globalThis, "setTimeout").mockImplementation((then, ms = 0) => {
    if (ms <= PACE_MS && new Error().stack?.includes("/server/live/relay.ts")) pauses.push(ms);
    return wait(then, ms);
  });
  return () => pauses;
}

/** One guest after the other joins, a second apart, delivered to several processes in turn. */
async function storm(guests: number, meanwhile = async (_guest: number) => {}): Promise<void> {
  const doors = [server.app, server.app.neighbour()];
  await Promise.all(
    upTo(guests).map(async (guest) => {
      const door = doors[guest % doors.length] ?? server.app;
      // A handful at a time, so that there are many batches.
      for (let turn = 0; turn < guest / 5; turn += 1) await new Promise(setImmediate);
      await meanwhile(guest);
      await deliverBodies(door, account, "ward", [
        joins(`Guest ${guest}`)(clock("10:00") + guest * 1000),
      ]);
    }),
  );
}

describe("pushes of a meeting", () => {
  test("come in the order of seq without a hole, whichever process recorded them", async () => {
    const id = await meeting();
    const notes = await watch(await server.view(), id);
    await storm(300);
    await eventually(() => expect(notes.seqs()).toHaveLength(301));
    expect(notes.seqs()).toEqual(upTo(301));
    expect(notes.pushes.length).toBeGreaterThan(1);
  });

  test("lose no event for a viewer who begins to watch in the middle", async () => {
    const id = await meeting();
    const viewers = await Promise.all(upTo(20).map(() => server.view()));
    const openings: ReturnType<typeof watch>[] = [];
    await storm(400, async (guest) => {
      const viewer = guest % 20 === 0 ? viewers[guest / 20 - 1] : undefined;
      if (viewer) openings.push(watch(viewer, id));
    });
    const all = await Promise.all(openings);
    expect(all).toHaveLength(20);
    for (const notes of all) {
      await eventually(() => expect(notes.seqs()).toHaveLength(401));
      expect(notes.seqs()).toEqual(upTo(401));
    }
    const begun = all.map(({ ack }) => ("seq" in ack ? ack.seq : 0));
    expect(begun.some((seq) => seq > 1 && seq < 401)).toBe(true);
  });

  test("leave at once when it was quiet", async () => {
    const id = await meeting();
    const notes = await watch(await server.view(), id);
    const joinsAt = async (minute: number) => {
      // The relay's last push is long ago.
      server.skewMs += 60_000;
      await deliver([`10:0${minute}`, joins(`Guest ${minute}`)]);
      await eventually(() => expect(notes.seqs()).toHaveLength(minute + 1));
    };
    // Events from before this test are pushed by then.
    await joinsAt(1);
    const pauses = notePauses();
    for (const minute of [2, 3, 4, 5, 6]) await joinsAt(minute);
    expect(pauses()).toEqual([]);
  });

  test("leave at most twenty times a second under load", async () => {
    const id = await meeting();
    const notes = await watch(await server.view(), id);
    // Events from before this test are pushed by then.
    await deliver(["10:00:01", joins("Guest 01")]);
    await eventually(() => expect(notes.seqs()).toHaveLength(2));
    // The clock is stopped, so that every push comes too soon, however slow the machine is.
    vi.useFakeTimers({ toFake: ["Date"] });
    const pauses = notePauses();
    const pushed = notes.pushes.length;
    const begun = performance.now();
    for (const second of upTo(59).slice(1)) {
      await deliver([`10:00:${String(second).padStart(2, "0")}`, joins(`Guest ${second}`)]);
    }
    await eventually(() => expect(notes.seqs()).toHaveLength(60));
    const elapsed = performance.now() - begun;
    const pushes = notes.pushes.length - pushed;
    expect(pushes).toBeLessThanOrEqual(Math.ceil(elapsed / 48) + 1);
    // Except for the push under way as the clock was stopped, and the first after that.
    const paced = pauses().filter((ms) => ms === PACE_MS).length;
    expect(paced).toBeGreaterThanOrEqual(pushes - 2);
    expect(paced).toBeGreaterThan(0);
  });
});

test("pushes go on when the clock is set back", async () => {
  const id = await meeting();
  const notes = await watch(await server.view(), id);
  await deliver(["10:01", joins("Bo")]);
  await eventually(() => expect(notes.seqs()).toEqual(upTo(2)));
  server.skewMs = -3_600_000;
  await deliver(["10:02", joins("Cy")]);
  await eventually(() => expect(notes.seqs()).toEqual(upTo(3)));
});

describe("two meetings that turn out to be one", () => {
  test("are pushed to the viewers of either, and the old address leads to the other", async () => {
    await deliver(["10:00", joins("Ada")], ["10:05", leaves("Ada", { joinedAt: "10:00" })]);
    await deliver(["10:20", joins("Bo")]);
    const [early = "", late = ""] = await meetingIds();
    expect(late).not.toBe("");
    const viewer = await server.view();
    const merged = vi.fn();
    viewer.on("meeting:merged", merged);
    const notes = await watch(viewer, early);
    await watch(viewer, late);
    // Cy was there all the time in between.
    await deliver(["10:21", leaves("Cy", { joinedAt: "10:04" })]);
    await eventually(() => expect(merged).toHaveBeenCalledWith({ id: late, into: early }));
    expect(await viewer.emitWithAck("watch:meeting", { id: late, after_seq: 1 })).toEqual({
      ok: true,
      id: late,
      into: early,
    });
    await eventually(() => expect(notes.seqs()).toEqual(upTo(4)));
  });
});

describe("the live page", () => {
  /** A viewer of the live page, with the meetings that it has received. */
  async function watchLive(): Promise<{
    viewer: TestClientSocket;
    meetings: Map<string, LiveMeeting>;
    snapshot: LiveSnapshot;
  }> {
    const viewer = await server.view();
    const meetings = new Map<string, LiveMeeting>();
    viewer.on("floor:changed", ({ summaries }) => {
      for (const summary of summaries) meetings.set(summary.id, summary);
    });
    viewer.on("meeting:merged", ({ id }) => meetings.delete(id));
    const ack = await viewer.emitWithAck("watch:floor");
    if (!ack.ok) throw new Error(ack.error.code);
    for (const summary of ack.floor.meetings) meetings.set(summary.id, summary);
    return { viewer, meetings, snapshot: ack.floor };
  }

  test("changes by pushes to what would be read", async () => {
    const { meetings, viewer } = await watchLive();
    const happened = vi.fn();
    viewer.on("floor:changed", (push) => {
      for (const { name, what } of push.happened) happened(name, what.kind);
    });
    server.app.now = clock("10:10");
    await deliver(["10:00", joins("Ada", { host: true })], ["10:01", knocks("Bo")]);
    await deliver(["10:02", knocks("Cy")], ["10:03", stopsWaiting("Bo", { since: "10:01" })]);
    await deliver(["10:03:01", joins("Bo")], ["10:05", leaves("Ada", { joinedAt: "10:00" })]);
    const [id = ""] = await meetingIds();
    await eventually(() => expect(meetings.get(id)).toMatchObject({ seq: 6, waiting_count: 1 }));
    const read = await readLive(server.app.database.orm, server.app.now);
    expect(meetings.get(id)).toEqual(read.meetings.find((summary) => summary.id === id));
    expect(meetings.get(id)).toMatchObject({
      present_count: 1,
      hosts: [],
      hostless_since: "2026-11-20T10:05:00.000Z",
      waiting: [{ name: "Cy", started_at: "2026-11-20T10:02:00.000Z", returned: 0 }],
    });
    // The numbers may be newer than the events they come with, which then come with the next push.
    await eventually(() =>
      expect(happened.mock.calls).toEqual(
        expect.arrayContaining([
          ["Ada", "joined"],
          ["Cy", "waiting"],
          ["Bo", "admitted"],
          ["Ada", "left"],
        ]),
      ),
    );
  });

  test("shows when an event was last received, as it would be read: an imported file is none", async () => {
    const { viewer, meetings } = await watchLive();
    let last: string | null | undefined;
    viewer.on("floor:changed", ({ last_event_at = last }) => {
      last = last_event_at;
    });
    server.app.now = clock("11:10");
    await deliver(["11:00", joins("Ada")]);
    await eventually(() => expect(last).toBe("2026-11-20T11:10:00.000Z"));
    server.app.now = clock("11:20");
    const { database, door } = server.app;
    const context = { database, intake: door.intake, secret: SECRET, now: () => server.app.now };
    const about = {
      room: null,
      day: null,
      format: null,
      dates: null,
      dryRun: false,
      by: "Emmy",
      actor: ADA,
    };
    const file = { file: "participants_81234567890.csv", zone: "Europe/Berlin", ...about };
    await importFile(context, files.bytesOf(files.ZOOM), file);
    await eventually(() =>
      expect([...meetings.values()].map(({ source }) => source.provider)).toContain(IMPORT),
    );
    const { last_event_at } = await readLive(database.orm, server.app.now);
    expect(last_event_at).toBe("2026-11-20T11:10:00.000Z");
    expect(last).toBe(last_event_at);
  });

  test("is in the end the same for viewers who began while everything changed", async () => {
    await meeting();
    const views: Awaited<ReturnType<typeof watchLive>>[] = [];
    await storm(100, async (guest) => {
      if (guest % 25 === 0) views.push(await watchLive());
    });
    const [id = ""] = await meetingIds();
    const read = await readLive(server.app.database.orm, server.app.now);
    const expected = read.meetings.find((summary) => summary.id === id);
    for (const { meetings } of views)
      await eventually(() => expect(meetings.get(id)).toEqual(expected));
  });

  test("is not pushed to a viewer who does not watch it", async () => {
    const { viewer } = await watchLive();
    const changed = vi.fn();
    viewer.on("floor:changed", changed);
    await viewer.emitWithAck("unwatch", {});
    const witness = await watchLive();
    const id = await meeting();
    await eventually(() => expect(witness.meetings.has(id)).toBe(true));
    expect(changed).not.toHaveBeenCalled();
  });
});

describe("a relay that missed a notification", () => {
  test("asks all browsers to read again when its listening connection dropped, and goes on", async () => {
    const id = await meeting();
    const viewers = [await server.view(), await server.view()];
    const resyncs = viewers.map((viewer) => {
      const resync = vi.fn();
      viewer.on("live:resync", resync);
      return resync;
    });
    await server.app.database.orm.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen%'`);
    for (const resync of resyncs) {
      await eventually(() => expect(resync).toHaveBeenCalled());
    }
    const notes = await watch(viewers[0] ?? (await server.view()), id);
    await deliver(["10:01", joins("Bo")]);
    await eventually(() => expect(notes.seqs()).toEqual(upTo(2)));
  });

  test.each([['{"b":[],"m":[]}'], ["no JSON"]])(
    "is not made deaf by a notice of nothing (%s)",
    async (payload) => {
      const id = await meeting();
      const notes = await watch(await server.view(), id);
      await server.app.database.orm.execute(sql`select pg_notify('rollcall', ${payload})`);
      await deliver(["10:01", joins("Bo")]);
      await eventually(() => expect(notes.seqs()).toEqual(upTo(2)));
    },
  );
});
