import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "#db/connection/client.ts";
import { countEvents, replayAlone, roomsAfter } from "#db/recording/replaying.ts";
import { sourceRebuilt, sourcesToRebuild } from "#db/sources/sources.ts";
import type { Ms } from "#domain/time/ms.ts";
import { FRESH_MS } from "#server/ingest/known-sources.ts";
import type { JobProgress } from "./progress.ts";
import { AnotherReplay } from "./replay.ts";
import { replayRooms } from "./replay-rooms.ts";

const EVENTS_AT_ONCE = 500;
const ROOMS_AT_ONCE = 50;
/** So long after it was set otherwise, whatever arrives may still be told as before: that too is to be told again. */
const TOLD_AS_BEFORE_MS = 2 * FRESH_MS;

/** Follows how far it has come: it is told how many events there are, and is handed the work. */
export type Follow = (
  total: number,
  work: (progress: JobProgress) => Promise<void>,
) => Promise<void>;

/**
 * Tells all meetings of a source again as it is set now, if that is not done yet; whoever records in it may go
 * on meanwhile. Stopped anywhere nothing is half told, and the next call tells the rest. Throws `AnotherReplay`.
 */
export async function rebuildSource(
  database: Database,
  sourceId: string,
  follow: Follow,
  now: () => Ms = Date.now,
): Promise<void> {
  const { orm } = database;
  const done = await replayAlone(database, async () => {
    const untold = (await sourcesToRebuild(orm)).find(({ id }) => id === sourceId);
    if (untold === undefined) return true;
    await wait(Math.min(TOLD_AS_BEFORE_MS, Math.max(0, untold.since + TOLD_AS_BEFORE_MS - now())));
    await follow(await countEvents(orm, null, sourceId), async (progress) => {
      const settings = { now, eventsAtOnce: EVENTS_AT_ONCE, peopleAnew: true };
      for (let after = 0; ; ) {
        const rooms = await roomsAfter(orm, after, ROOMS_AT_ONCE, sourceId);
        const last = rooms.at(-1);
        if (last === undefined) break;
        const ids = rooms.map(({ id }) => id);
        await replayRooms(database, ids, settings, progress);
        after = last.id;
      }
    });
    await sourceRebuilt(orm, sourceId, untold.since);
    return true;
  });
  if (done === null) throw new AnotherReplay();
}
