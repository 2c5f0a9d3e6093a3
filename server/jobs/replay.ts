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
  /** Deliveries that say something else than what was told from them. */
  changed: number;
  /** Deliveries that had told nothing, or of which nothing told was left, and that do now. */
  read: number;
}

export interface ReplayOptions {
  now: () => Ms;
  /** How much is in memory, and in one transaction, at once: events of rooms, and deliveries. */
  eventsAtOnce: number;
  deliveriesAtOnce: number;
}

/*
 * Whoever records in a room waits while it is told again, so this is no more than some tenths of a second. For
 * the same reason it is one transaction at a time: two gain a tenth and double the wait.
 */
const EVENTS_AT_ONCE = 500;
const DELIVERIES_AT_ONCE = 500;
const ROOMS_AT_ONCE = 500;

interface Settings extends ReplayOptions {
  say: (line: string) => void;
}

/**
 * Tells everything again from the kept deliveries: what is told already room by room, so that a mended
 * translation counts for what came before it, and then what is not, in the order it came. So it also
 * builds everything from deliveries alone. Running it twice changes nothing more, and the server may run
 * meanwhile. With `meetingId` only its room is told again. Throws when that names no meeting, and while
 * another replay runs. Cut off anywhere it leaves nothing half told, and the next one does what is left.
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
  const projected = await retell(database, null, settings);
  const untold = await withElapsed("Looking for deliveries that told nothing", settings, () =>
    search.untold(),
  );
  const read = await withProgress(
    untold.total,
    "deliveries read again",
    settings,
    async (progress) => {
      let read = 0;
      for (;;) {
        const ids = await untold.next(settings.deliveriesAtOnce);
        if (ids.length === 0) return read;
        read += await rereadWithoutEvents(database, ids, settings.say, settings.now);
        progress.add(ids.length);
      }
    },
  );
  await withProgress(await countPeople(database.orm), "people told again", settings, (progress) =>
    replayPeople(database, progress),
  );
  return { ...projected, read };
}

async function replayRoomOf(
  database: Database,
  meetingId: string,
  settings: Settings,
): Promise<Replayed> {
  const room = isUuid(meetingId) ? await roomOfMeeting(database.orm, meetingId) : null;
  if (room === null) throw new UnknownMeeting();
  return { ...(await retell(database, room, settings)), read: 0 };
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

/** Tells all rooms again, or one. */
async function retell(
  database: Database,
  only: number | null,
  settings: Settings,
): Promise<Omit<Replayed, "read">> {
  const { orm } = database;
  const { now, eventsAtOnce } = settings;
  const batches = only === null ? batchesOf(orm, eventsAtOnce) : one(only);
  // Of everybody it is told afterwards what they attended, and else never.
  const how = { now, eventsAtOnce, peopleAnew: only !== null };
  const done = { rooms: 0, deliveries: 0, changed: 0 };
  const total = await countEvents(orm, only);
  await withProgress(total, "events told again", settings, async (progress) => {
    for await (const rooms of batches) {
      const projected = await replayRooms(database, rooms, how, progress);
      done.rooms += rooms.length;
      done.deliveries += projected.deliveries;
      done.changed += projected.changed;
    }
  });
  return done;
}

async function* one(room: number): AsyncGenerator<number[]> {
  yield [room];
}

/** All rooms, those together that have so many events together, one at least. */
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
