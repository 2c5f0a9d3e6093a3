import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shareDatabase } from "#db/connection/client.ts";
import { eventually } from "#db/testing/eventually.ts";
import { isLimited } from "#domain/access/sight.ts";
import { root } from "#server/boot/project.mjs";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import {
  greeted,
  type LiveTestServer,
  openLiveTestServer,
  type UntypedSocket,
} from "#server/live/testing/live-server.ts";
import { hidesAll, keysOf, type SightKey } from "./testing/callers.ts";
import { buildWorld, goOn, type SightWorld, seenOf, type WorldRoom } from "./testing/world.ts";

/** What a client may ask, and what it may be pushed: one that is missing here fails the test. */
const ASKED = ["unwatch", "watch:floor", "watch:meeting"];
const PUSHED = [
  "floor:changed",
  "live:resync",
  "meeting:events",
  "meeting:merged",
  "recording:changed",
];

interface Viewer {
  key: SightKey;
  socket: UntypedSocket;
  /** Everything that came, as text, with the name of its event. */
  came: { event: string; text: string }[];
}

let client: ApiClient;
let live: LiveTestServer;
let world: SightWorld;
let viewers: Viewer[];

beforeAll(async () => {
  client = await openApiClient();
  world = await buildWorld(client);
  const keys = await keysOf(world);
  live = await openLiveTestServer(client.app);
  shareDatabase(client.app.database);
  viewers = [];
  for (const key of keys) {
    const socket = live.connect({ auth: { token: key.key } });
    const viewer: Viewer = { key, socket, came: [] };
    socket.onAny((event: string, push: unknown) => {
      viewer.came.push({ event, text: JSON.stringify(push) });
    });
    await greeted(socket);
    viewers.push(viewer);
  }
});
afterAll(async () => {
  await live.close();
  await client.app.close();
});

/** The names of the events of an interface of the wire. */
function eventsOf(name: string): string[] {
  const text = readFileSync(join(root, "domain/live/wire.ts"), "utf8");
  const body = text.slice(text.indexOf(`export interface ${name} {`));
  const own = body.slice(0, body.indexOf("\n}"));
  return [...own.matchAll(/^ {2}"?([\w:]+)"?: \(/gm)].map(([, event = ""]) => event).toSorted();
}

test("every event of the wire is known here", () => {
  expect(eventsOf("ClientToServer")).toEqual(ASKED);
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
