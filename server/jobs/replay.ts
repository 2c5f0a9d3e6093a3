import type { Database } from "#db/client.ts";
import { isMeetingId } from "#db/reading/meeting.ts";
import { countEvents, type Found, replayAlone, roomsAfter } from "#db/recording/replaying.ts";
import type { Ms } from "#domain/event.ts";
import { progressOf } from "./progress.ts";
import { rehouse } from "./rehouse.ts";
import { replayPeople } from "./replay-people.ts";
import { EVENTS_AT_ONCE, replayRoom } from "./replay-rooms.ts";
import { DELIVERIES_AT_ONCE, readUntold } from "./replay-untold.ts";

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
  /** How much is in memory at once: events of a room, and deliveries. */
  eventsAtOnce: number;
  deliveriesAtOnce: number;
}

/**
 * Tells everything again from the kept deliveries: what is told already room by room, so that a mended
 * translation counts for what came before it, and then what is not, in the order it came. So it also
 * builds everything from deliveries alone. Running it twice changes nothing more, and the server may run
 * meanwhile. With `meetingId` only its room is told again. Throws when that names no meeting, and while
 * another replay runs.
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
  };
  if (meetingId !== null && !isMeetingId(meetingId)) throw new UnknownMeeting();
  const done = await replayAlone(database, async (search) => {
    const done: Replayed = { rooms: 0, deliveries: 0, changed: 0, read: 0 };
    if (meetingId === null) await rehouse(database, await search.homeless(), settings.now);
    await retell(database, meetingId, say, settings, done);
    if (meetingId !== null && done.rooms === 0) throw new UnknownMeeting();
    if (meetingId === null) await tellRest(database, await search.untold(), say, settings, done);
    if (meetingId === null) await replayPeople(database);
    return done;
  });
  if (done === null) throw new AnotherReplay();
  return done;
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

async function retell(
  database: Database,
  meetingId: string | null,
  say: (line: string) => void,
  settings: ReplayOptions,
  done: Replayed,
): Promise<void> {
  const { orm } = database;
  const total = await countEvents(orm, meetingId);
  const progress = progressOf(total, "events told again", say, settings.now);
  for (let room = 0; ; ) {
    const [next] = await roomsAfter(orm, room, meetingId, 1);
    if (next === undefined) return;
    room = next;
    const told = await replayRoom(database, next, settings, progress);
    done.rooms += 1;
    done.deliveries += told.deliveries;
    done.changed += told.changed;
  }
}

async function tellRest(
  database: Database,
  untold: Found<number>,
  say: (line: string) => void,
  settings: ReplayOptions,
  done: Replayed,
): Promise<void> {
  const progress = progressOf(untold.total, "deliveries read again", say, settings.now);
  for (;;) {
    const ids = await untold.next(settings.deliveriesAtOnce);
    if (ids.length === 0) return;
    done.read += await readUntold(database, ids, say, settings.now);
    progress.add(ids.length);
  }
}
