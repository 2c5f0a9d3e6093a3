import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "#db/connection/client.ts";
import { countEvents, replayAlone, roomsAfter } from "#db/recording/replaying.ts";
import { unsettleSource } from "#db/recording/same-place.ts";
import { sourceRebuilt, sourcesToRebuild } from "#db/sources/sources.ts";
import type { Ms } from "#domain/time/ms.ts";
import { FRESH_MS } from "#server/ingest/known-sources.ts";
import { settleBots } from "#server/ingest/settle-bots.ts";
import type { JobProgress } from "./progress.ts";
import { AnotherReplay } from "./replay.ts";
import { replayRooms } from "./replay-rooms.ts";

const EVENTS_AT_ONCE = 500;
const ROOMS_AT_ONCE = 50;
/** For so long after a source was set, deliveries may still be projected by the old rules: they are rebuilt too. */
const OLD_RULES_MS = 2 * FRESH_MS;

/** Follows the progress: it gets the number of events, and runs the work. */
export type Follow = (
  total: number,
  work: (progress: JobProgress) => Promise<void>,
) => Promise<void>;

/**
 * Rebuilds all meetings of a source by its present rules, if that is not done yet. The server may record in it
 * meanwhile. It ends early where an operator stops it, or changes the rules again; no meeting is half rebuilt then, and
 * the next call begins anew. Throws `AnotherReplay`.
 */
export async function rebuildSource(
  database: Database,
  sourceId: string,
  follow: Follow,
  now: () => Ms = Date.now,
): Promise<void> {
  const { orm } = database;
  const done = await replayAlone(database, async () => {
    const outdated = (await sourcesToRebuild(orm)).find(({ id }) => id === sourceId);
    if (outdated === undefined) return true;
    await wait(Math.min(OLD_RULES_MS, Math.max(0, outdated.since + OLD_RULES_MS - now())));
    const isStillAsked = async () =>
      (await sourcesToRebuild(orm)).some(
        ({ id, since }) => id === sourceId && since === outdated.since,
      );
    let isWhole = false;
    await unsettleSource(orm, sourceId);
    await follow(await countEvents(orm, null, sourceId), async (progress) => {
      await settleBots(database, now(), { sourceId, goesOn: isStillAsked });
      const settings = {
        now,
        eventsAtOnce: EVENTS_AT_ONCE,
        peopleAnew: true,
        goesOn: isStillAsked,
      };
      for (let after = 0; await isStillAsked(); ) {
        const rooms = await roomsAfter(orm, after, ROOMS_AT_ONCE, sourceId);
        const last = rooms.at(-1);
        isWhole = last === undefined;
        if (last === undefined) break;
        const ids = rooms.map(({ id }) => id);
        await replayRooms(database, ids, settings, progress);
        after = last.id;
      }
    });
    if (isWhole) await sourceRebuilt(orm, sourceId, outdated.since);
    return true;
  });
  if (done === null) throw new AnotherReplay();
}
