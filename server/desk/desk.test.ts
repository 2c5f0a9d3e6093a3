import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createKey } from "#db/access/keys.ts";
import { notifyHouse } from "#db/connection/bus.ts";
import { insertRoomGroup } from "#db/desk/groups/room-groups.ts";
import { writeRoomMessage } from "#db/desk/lobby/room-messages.ts";
import { addScheduled } from "#db/scheduled/scheduled.ts";
import { eventually } from "#db/testing/eventually.ts";
import { handleWait, waitById } from "#db/waits/handle-wait.ts";
import { type Sight, WHOLE_SIGHT } from "#domain/access/sight.ts";
import { changed } from "#domain/live/desk-change.ts";
import type { DeskSnapshot } from "#domain/live/desk-wire.ts";
import type { ServerToClient, WatchDeskAck } from "#domain/live/wire.ts";
import { clock, joins, knocks, minutes, stopsWaiting } from "#domain/testing/history.ts";
import type { DeskDeed } from "#domain/waits/handling.ts";
import {
  greeted,
  type LiveTestServer,
  openLiveTestServer,
} from "#server/live/testing/live-server.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

let server: LiveTestServer;
let source: TestSource;
let rooms = 0;
let room = "";
beforeAll(async () => {
  // Nothing is read because time passes: what is pushed was heard of.
  vi.useFakeTimers({ toFake: ["Date", "setInterval"], now: clock("10:10") });
  server = await openLiveTestServer();
});
afterAll(async () => {
  vi.useRealTimers();
  await server.close();
});
beforeEach(async () => {
  source = await server.app.account();
  rooms += 1;
  room = `desk-${rooms}`;
  server.app.now = clock("10:10");
});

function deliver(...lines: Parameters<typeof minutes>) {
  return deliverBodies(server.app, source, room, minutes(...lines));
}

interface Watched {
  desk(): DeskSnapshot;
  line(): DeskSnapshot["lines"][number] | undefined;
  stop(): Promise<void>;
}

/** Follows the desk as a page does. */
async function watch(sight: Sight = WHOLE_SIGHT): Promise<Watched> {
  const { key } = await createKey(server.app.database.orm, "desk", { sight });
  const viewer = server.connect({ auth: { token: key } });
  await greeted(viewer);
  let desk: DeskSnapshot | null = null;
  const missed: Parameters<ServerToClient["desk:changed"]>[0][] = [];
  viewer.on("desk:changed", (change: Parameters<ServerToClient["desk:changed"]>[0]) => {
    if (desk === null) missed.push(change);
    else desk = changed(desk, change);
  });
  const ack: WatchDeskAck = await viewer.emitWithAck("watch:desk", {});
  if (!ack.ok) throw new Error(ack.error.code);
  let read = ack.desk;
  for (const change of missed) read = changed(read, change);
  desk = read;
  const shown = () => desk ?? read;
  return {
    desk: shown,
    line: () => shown().lines.find((line) => line.room === room),
    stop: async () => {
      await viewer.emitWithAck("unwatch", { id: "desk" });
      viewer.disconnect();
    },
  };
}

async function handle(id: string, deed: DeskDeed): Promise<void> {
  // As another process on the same database does.
  const { database } = server.app.neighbour();
  const wait = await waitById(database.orm, id);
  if (wait === null) throw new Error("there is no such wait");
  await handleWait(database, wait, deed, { id: "member 1", name: "Grace" }, Date.now());
}

describe("the desk", () => {
  test("is pushed: who knocks, who takes them, who is lost, and what came of it", async () => {
    const { line, desk, stop } = await watch();
    await deliver(["10:05", knocks("Ada")]);
    await eventually(() => expect(line()?.waiting).toMatchObject([{ name: "Ada" }]));
    const id = line()?.waiting[0]?.id ?? "";
    await handle(id, { kind: "claim" });
    await eventually(() => expect(line()?.waiting).toMatchObject([{ claimed_by: "Grace" }]));
    await deliver(["10:09", stopsWaiting("Ada", { since: "10:05" })]);
    const lost = () => desk().lost.find((one) => one.id === id);
    await eventually(() => expect(lost()).toMatchObject({ name: "Ada", follow_up: null }));
    await handle(id, { kind: "follow_up", outcome: "rebooked" });
    await eventually(() => expect(lost()).toMatchObject({ follow_up: "rebooked" }));
    expect(desk().day).toMatchObject({ really_lost: 1, longest_ms: 240_000 });
    await stop();
  });

  test("is pushed as soon as something else is said of a room", async () => {
    const { database } = server.app;
    const desk = await watch();
    await deliver(["10:05", knocks("Ada")]);
    await eventually(() => expect(desk.line()).toMatchObject({ house: null }));
    const at = Date.now();
    await database.transaction(async (tx) => {
      await writeRoomMessage(tx, { sourceId: source.id, room, text: "Late", by: "Grace", at });
      await notifyHouse(tx, "told");
    });
    await eventually(() => expect(desk.line()?.house?.message).toMatchObject({ text: "Late" }));
    const group = { name: "Ward", sourceId: source.id, patterns: [room] };
    await database.transaction(async (tx) => {
      await insertRoomGroup(tx, { ...group, hours: null, limits: null, links: [] }, "Grace", at);
      await notifyHouse(tx, "groups");
    });
    await eventually(() => expect(desk.line()?.house?.groups).toEqual(["Ward"]));
    await desk.stop();
  });

  test("has an appointment with who is expected, late, there, and came without being expected", async () => {
    const times = { startsAt: clock("10:00"), endsAt: clock("10:30"), timeZone: "UTC" };
    const limits = { lateAfterMs: 300_000, verdictAfterMs: 300_000 };
    const people = ["Bo", "Cy", "Dr Wolf"].map((name) => ({
      ...{ name, userId: null, email: null },
      role: name === "Dr Wolf" ? ("host" as const) : ("guest" as const),
    }));
    const schedule = { sourceId: source.id, room, title: "Morning", ...times, ...limits };
    await addScheduled(server.app.database, schedule, people, "Mia", clock("9:00"));
    const { line, stop } = await watch();
    expect(line()).toMatchObject({ title: "Morning", expected: 3, meeting: null, present: 0 });
    await deliver(["10:01", joins("Bo")], ["10:02", knocks("Somebody else")]);
    await eventually(() => {
      expect(line()).toMatchObject({
        ...{ expected: 2, present: 1, walk_ins: 1 },
        waiting: [{ name: "Somebody else" }],
        appointment: { outcome: "someone_waiting", hosts: [{ name: "Dr Wolf" }] },
      });
    });
    await stop();
  });

  test("is of those rooms alone that are seen, and has initials for who sees these", async () => {
    await deliver(["10:05", knocks("Ada Lovelace")]);
    const masked = await watch({ ...WHOLE_SIGHT, masked: true });
    const id = masked.line()?.waiting[0]?.id ?? "";
    await handle(id, { kind: "note", text: "Ada is late" });
    await eventually(() => {
      expect(masked.line()?.waiting).toMatchObject([
        { name: "A. L.", desk_note: null, desk_note_by: "Grace" },
      ]);
    });
    await masked.stop();
    const elsewhere = await watch({ ...WHOLE_SIGHT, rooms: ["elsewhere*"] });
    expect(elsewhere.desk()).toMatchObject({ lines: [], lost: [], day: { waits: 0, seen: 0 } });
    await elsewhere.stop();
  });
});
