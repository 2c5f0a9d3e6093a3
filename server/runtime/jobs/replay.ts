import type { Database } from "#db/connection/client.ts";
import {
  countEvents,
  countPeople,
  replayAlone,
  roomOfMeeting,
  roomsAfter,
  type Search,
} from "#db/recording/replaying.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import { withElapsed, withProgress } from "./progress.ts";
import { replayPeople } from "./replay-people.ts";
import { replayRooms } from "./replay-rooms.ts";
import { rereadWithoutEvents } from "./reread-without-events.ts";
import { restoreMeetings } from "./restore-meetings.ts";

export interface Replayed {
  rooms: number;
  deliveries: number;
  /** Deliveries that read otherwise than what had been recorded from them. */
  changed: number;
  /** Deliveries that had no events, or whose events were lost, and that have some now. */
  read: number;
}

export interface ReplayOptions {
  now: () => Ms;
  /** How much is in memory, and in one transaction, at once: events of rooms, and deliveries. */
  eventsAtOnce: number;
  deliveriesAtOnce: number;
}

/*
 * New deliveries of a room wait while it is projected again, so one transaction lasts no more than some tenths of a
 * second. For the same reason there is one at a time: two gain a tenth and double the wait.
 */
const EVENTS_AT_ONCE = 500;
const DELIVERIES_AT_ONCE = 500;
const ROOMS_AT_ONCE = 500;

interface Settings extends ReplayOptions {
  say: (line: string) => void;
}

/**
 * Rebuilds everything from the stored deliveries: first those with events, room by room, so that a mended
 * translation counts for what came before it; then those without, in the order they came. So it can also build
 * everything from deliveries alone. Running it twice changes nothing more, and the server may run meanwhile. With
 * `meetingId` only the room of that meeting is rebuilt. Throws `UnknownMeeting` and `AnotherReplay`. Stopped
 * anywhere, it leaves no meeting half projected, and the next replay does the rest.
 */
export async function replay(
  database: Database,
  meetingId: string | null,
  say: (line: string) => void,
  options: Partial<ReplayOptions> = {},
): Promise<Replayed> {
  const settings = {
    now: Date.now,
    eventsAtOnce: EVENTS_AT_ONCE,
    deliveriesAtOnce: DELIVERIES_AT_ONCE,
    ...options,
    say,
  };
  const done = await replayAlone(database, (search) =>
    meetingId === null
      ? replayAll(database, search, settings)
      : replayRoomOf(database, meetingId, settings),
  );
  if (done === null) throw new AnotherReplay();
  return done;
}

async function replayAll(
  database: Database,
  search: Search,
  settings: Settings,
): Promise<Replayed> {
  const homeless = await withElapsed("Looking for meetings that are no more", settings, () =>
    search.homeless(),
  );
  await withProgress(homeless.total, "meetings put back", settings, (progress) =>
    restoreMeetings(database, homeless, settings.now, progress),
  );
  const rebuilt = await rebuildRooms(database, null, settings);
  const withoutEvents = await withElapsed("Looking for deliveries without events", settings, () =>
    search.untold(),
  );
  const read = await withProgress(
    withoutEvents.total,
    "deliveries read again",
    settings,
    async (progress) => {
      let read = 0;
      for (;;) {
        const ids = await withoutEvents.next(settings.deliveriesAtOnce);
        if (ids.length === 0) return read;
        read += await rereadWithoutEvents(database, ids, settings.say, settings.now);
        progress.add(ids.length);
      }
    },
  );
  await withProgress(
    await countPeople(database.orm),
    "people counted again",
    settings,
    (progress) => replayPeople(database, progress),
  );
  return { ...rebuilt, read };
}

async function replayRoomOf(
  database: Database,
  meetingId: string,
  settings: Settings,
): Promise<Replayed> {
  const room = isUuid(meetingId) ? await roomOfMeeting(database.orm, meetingId) : null;
  if (room === null) throw new UnknownMeeting();
  return { ...(await rebuildRooms(database, room, settings)), read: 0 };
}

export class UnknownMeeting extends Error {
  override name = "UnknownMeeting";
  constructor() {
    super("No such meeting: --meeting takes the id in a meeting's address.");
  }
}

export class AnotherReplay extends Error {
  override name = "AnotherReplay";
  constructor() {
    super("Another replay is running: wait until it is done.");
  }
}

/** Projects all rooms again, or one. */
async function rebuildRooms(
  database: Database,
  only: number | null,
  settings: Settings,
): Promise<Omit<Replayed, "read">> {
  const { orm } = database;
  const { now, eventsAtOnce } = settings;
  const batches = only === null ? batchesOf(orm, eventsAtOnce) : one(only);
  // A replay of all recounts all people afterwards; that of one room has to do it here.
  const how = { now, eventsAtOnce, peopleAnew: only !== null };
  const done = { rooms: 0, deliveries: 0, changed: 0 };
  const total = await countEvents(orm, only);
  await withProgress(total, "events projected again", settings, async (progress) => {
    for await (const rooms of batches) {
      const rebuilt = await replayRooms(database, rooms, how, progress);
      done.rooms += rooms.length;
      done.deliveries += rebuilt.deliveries;
      done.changed += rebuilt.changed;
    }
  });
  return done;
}

async function* one(room: number): AsyncGenerator<number[]> {
  yield [room];
}

/** All rooms in batches of at most so many events, but at least one room each. */
async function* batchesOf(orm: Orm, events: number): AsyncGenerator<number[]> {
  let batch: number[] = [];
  let sum = 0;
  for (let after = 0; ; ) {
    const rooms = await roomsAfter(orm, after, ROOMS_AT_ONCE);
    const last = rooms.at(-1);
    if (last === undefined) break;
    for (const room of rooms) {
      const isFull = sum + room.events > events || batch.length === ROOMS_AT_ONCE;
      if (isFull && batch.length > 0) {
        yield batch;
        batch = [];
        sum = 0;
      }
      batch.push(room.id);
      sum += room.events;
    }
    after = last.id;
  }
  if (batch.length > 0) yield batch;
}
