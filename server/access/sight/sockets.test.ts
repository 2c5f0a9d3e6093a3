import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { shareDatabase } from "#db/connection/client.ts";
import { eventually } from "#db/testing/eventually.ts";
import { isLimited, seesRoom } from "#domain/access/sight.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { greeted, type UntypedSocket } from "#server/live/testing/live-server.ts";
import { callersOf, hidesAll, mayAtAll, type SightCaller } from "./testing/callers.ts";
import { type Front, openFront } from "./testing/front.ts";
import { connectAs, SOCKET_VERBS } from "./testing/over-sockets.ts";
import { eventsOf } from "./testing/wire-events.ts";
import { buildWorld, goOn, seenOf } from "./testing/world.ts";
import type { SightWorld, WorldRoom } from "./testing/world-kinds.ts";

vi.mock("next/server", () => ({ connection: async () => undefined }));
vi.mock("next/headers", () => ({ headers: async () => new Headers({ host: "localhost:3000" }) }));

/** What a client may be pushed: one that is missing here fails the test. */
const PUSHED = [
  "acts:changed",
  "alerts:changed",
  "desk:changed",
  "floor:changed",
  "live:resync",
  "meeting:events",
  "meeting:merged",
  "recording:changed",
];

interface Viewer {
  key: SightCaller;
  socket: UntypedSocket;
  /** Everything that came, as text, with the name of its event. */
  came: { event: string; text: string }[];
}

let client: ApiClient;
let front: Front;
let world: SightWorld;
let viewers: Viewer[];

beforeAll(async () => {
  client = await openApiClient();
  world = await buildWorld(client);
  const callers = await callersOf(world);
  front = await openFront(client.app);
  shareDatabase(client.app.database);
  viewers = [];
  for (const key of callers.filter((caller) => mayAtAll(caller, "read"))) {
    const socket = connectAs(front.live, key);
    const viewer: Viewer = { key, socket, came: [] };
    socket.onAny((event: string, push: unknown) => {
      viewer.came.push({ event, text: JSON.stringify(push) });
    });
    await greeted(socket);
    viewers.push(viewer);
  }
});
afterAll(async () => {
  await front.close();
  await client.app.close();
});

test("every event of the wire is known here", () => {
  expect(["handshake", ...eventsOf("ClientToServer")]).toEqual(SOCKET_VERBS);
  expect(eventsOf("ServerToClient")).toEqual(PUSHED);
});

/** A push of counts alone, which were made later than what they count. */
const LATE_COUNT = /^\{"summaries":\[\],"happened":\[\],"today":\{/;

function isSeenBy({ key }: Viewer, room: WorldRoom): boolean {
  return seenOf(world, key.sight).rooms.has(room);
}

test("whoever watches is answered nothing of what they do not see, and may watch no such meeting", async () => {
  for (const viewer of viewers) {
    const { socket, key } = viewer;
    const told = JSON.stringify(key.sight);
    const floor: unknown = await socket.emitWithAck("watch:floor", { first: 50 });
    expect(floor).toMatchObject({ ok: true });
    hidesAll(JSON.stringify(floor), key.hidden, "", `watch:floor by ${told}`);
    const desk: unknown = await socket.emitWithAck("watch:desk", {});
    expect(desk).toMatchObject({ ok: true });
    hidesAll(JSON.stringify(desk), key.hidden, "", `watch:desk by ${told}`);
    // It is pushed when it is read, which may be later than what it is pushed for.
    await socket.emitWithAck("unwatch", { id: "desk" });
    for (const room of world.rooms) {
      for (const id of room.meetings) {
        const ack: unknown = await socket.emitWithAck("watch:meeting", { id, after_seq: 0 });
        const isSeen = isSeenBy(viewer, room);
        expect(ack, told).toMatchObject(
          isSeen ? { ok: true } : { ok: false, error: { code: "not_found" } },
        );
        hidesAll(JSON.stringify(ack), key.hidden, id, `watch:meeting by ${told}`);
      }
    }
  }
});

test("nobody is pushed a byte about a room that they do not see, nor that something happened there", async () => {
  for (const viewer of viewers) viewer.came.length = 0;
  const came = (viewer: Viewer, word: string) =>
    viewer.came.some(({ text }) => text.includes(word));
  const late = new Map<Viewer, number>();
  let turn = 0;
  for (const room of world.rooms) {
    turn += 10;
    const before = viewers.map((viewer) => viewer.came.length);
    await goOn(world, room, turn);
    const own = viewers.filter((viewer) => isSeenBy(viewer, room));
    await eventually(() => {
      for (const viewer of own) {
        const of = `${room.key} for ${JSON.stringify(viewer.key.sight)}`;
        expect([of, came(viewer, room.key)]).toEqual([of, true]);
        expect([of, came(viewer, room.alerts.at(-1) ?? "none")]).toEqual([of, true]);
        expect([of, came(viewer, `Askvux${room.id}z${turn}`)]).toEqual([of, true]);
      }
    });
    for (const [index, viewer] of viewers.entries()) {
      if (own.includes(viewer)) continue;
      const since = viewer.came.slice(before[index]);
      expect(since.filter(({ text }) => !LATE_COUNT.test(text))).toEqual([]);
      // A count that was put off is of what they see: there is one at most for each change of theirs.
      late.set(viewer, (late.get(viewer) ?? 0) + since.length);
      const changes = world.rooms
        .slice(0, world.rooms.indexOf(room))
        .filter((one) => isSeenBy(viewer, one));
      expect(late.get(viewer)).toBeLessThanOrEqual(changes.length);
    }
  }
  for (const { key, came: all } of viewers) {
    const told = JSON.stringify(key.sight);
    for (const { event, text } of all) {
      expect(PUSHED).toContain(event);
      hidesAll(text, key.hidden, "", `${event} for ${told}`);
    }
    // Names come as initials where they are masked, and as they are where they are not.
    const names = all.map(({ text }) => text).join("\n");
    const isAnybody = world.names.some((name) => names.includes(name));
    if (all.length > 0) expect([told, isAnybody]).toEqual([told, !key.sight.masked]);
  }
});

const wait = z.looseObject({ started_at: z.string() });
const summary = z.looseObject({
  id: z.string(),
  source: z.looseObject({ id: z.string() }),
  room: z.string(),
  title: z.string().nullable(),
  status: z.string(),
  present_count: z.number(),
  waiting_count: z.number(),
  hostless_since: z.string().nullable(),
  waiting: z.array(wait),
});
const floorAck = z.object({
  ok: z.literal(true),
  floor: z.looseObject({
    meetings: z.array(summary),
    totals: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
    steps: z.record(z.string(), z.unknown()),
    happened: z.array(z.looseObject({ meeting_id: z.string() })),
    today: z.looseObject({ waits: z.number(), admitted: z.number(), still_waiting: z.number() }),
    sources: z.number(),
  }),
});

/** The totals over some meetings, by what is said of each. */
function totalsOf(all: readonly z.infer<typeof summary>[]) {
  const live = all.filter(({ status }) => status !== "ended");
  const sum = (of: (one: z.infer<typeof summary>) => number) =>
    live.reduce((whole, one) => whole + of(one), 0);
  const hostless = live.filter((one) => one.hostless_since !== null);
  const since = live.flatMap(({ waiting }) => waiting.map((one) => one.started_at)).toSorted();
  return {
    meetings: live.length,
    present: sum((one) => one.present_count),
    waiting: sum((one) => one.waiting_count),
    hostless: hostless.length,
    waiting_without_host: hostless.reduce((whole, one) => whole + one.waiting_count, 0),
    longest_since: since[0] ?? null,
  };
}

test("every count of the live page is that of what is seen, and of nothing else", async () => {
  const floorOf = async ({ socket }: Viewer) => {
    const ack: unknown = await socket.emitWithAck("watch:floor", {});
    return floorAck.parse(ack).floor;
  };
  const [first] = viewers;
  if (first === undefined) throw new Error("somebody watches");
  const whole = await floorOf(first);
  expect(whole.meetings.length).toBeGreaterThan(4);
  const waits = new Map<string, number>();
  for (const viewer of viewers) {
    const { sight, told } = viewer.key;
    const floor = await floorOf(viewer);
    const seen = whole.meetings.filter(({ source, room, title }) =>
      seesRoom(sight, { sourceId: source.id, key: room, title }),
    );
    const ids = seen.map(({ id }) => id);
    expect(floor.meetings.map(({ id }) => id).toSorted(), told).toEqual(ids.toSorted());
    expect(floor.totals, told).toEqual(totalsOf(seen));
    // Of the files that were imported there is a source as well.
    const sources = isLimited(sight) ? seenOf(world, sight).sourceIds.size : whole.sources;
    expect(floor.sources, told).toBe(sources);
    const own = new Set(
      world.rooms.flatMap((room) => (isSeenBy(viewer, room) ? room.meetings : [])),
    );
    for (const { meeting_id } of floor.happened) expect(own, told).toContain(meeting_id);
    for (const id of Object.keys(floor.steps)) expect(own, told).toContain(id);
    if (sight.rooms === null && !sight.masked) {
      waits.set(sight.sources?.join() ?? "all", floor.today.waits);
    }
  }
  // Two of the sights have all sources between them.
  const [one = "", other = "", third = ""] = [
    ...new Set(world.rooms.map(({ sourceId }) => sourceId)),
  ];
  expect((waits.get(one) ?? 0) + (waits.get(`${other},${third}`) ?? 0)).toBe(waits.get("all"));
});

test("a room that has another title is not pushed any more to those whose patterns fitted the old one", async () => {
  const viewer = viewers.find(({ key: { sight } }) => sight.rooms?.includes("*Wuxemo*"));
  const room = world.rooms.find(({ title }) => title?.includes("Wuxemo"));
  if (viewer === undefined || room === undefined) throw new Error("there are such");
  expect([isLimited(viewer.key.sight), isSeenBy(viewer, room)]).toEqual([true, true]);
  await client.app.database.sql`update rooms set title = 'Elsewhere' where id = ${Number(room.id)}`;
  room.title = "Elsewhere";
  viewer.came.length = 0;
  const whole = viewers[0];
  await goOn(world, room, 900);
  await eventually(() => {
    expect(whole?.came.some(({ text }) => text.includes("Elsewhere"))).toBe(true);
  });
  expect(viewer.came.filter(({ text }) => !LATE_COUNT.test(text))).toEqual([]);
});
