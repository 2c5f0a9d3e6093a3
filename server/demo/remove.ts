import { setTimeout as pause } from "node:timers/promises";
import { notifyGone } from "#db/connection/bus.ts";
import type { Database } from "#db/connection/client.ts";
import {
  countDemo,
  type DemoCounts,
  dropDemoDeliveries,
  dropDemoRooms,
  dropDemoSources,
  dropDemoStatements,
} from "#db/demo/removal.ts";
import { removingAlone } from "#db/demo/removing-demo.ts";
import { changeSource, listSources } from "#db/sources/sources.ts";
import { type WireSource, wireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { FRESH_MS } from "#server/ingest/known-sources.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";

/** Everything that is kept of demonstrations. */
export interface Demonstration extends DemoCounts {
  sources: WireSource[];
}

/** How much is taken away together: nobody who records meanwhile waits for long. */
export interface Portions {
  deliveries: number;
  events: number;
  /** After each, for so much of the time that it took, the database is left to others. */
  rest: number;
  /** How long a door may not know yet that a source is paused. */
  freshMs: Ms;
}

export const USUAL: Portions = { deliveries: 5_000, events: 20_000, rest: 0, freshMs: FRESH_MS };

/** Somebody removes demonstrations already. The message says so. */
export class AnotherRemoval extends Error {
  override name = "AnotherRemoval";
  constructor() {
    super("The demonstration is being removed already.");
  }
}

/** What there is of demonstrations, and what `removeDemonstration` would take away. Changes nothing. */
export async function readDemonstration({ orm }: Database): Promise<Demonstration> {
  const sources = (await listSources(orm)).filter(({ isDemo }) => isDemo);
  const counts = await countDemo(orm);
  return { sources: sources.map((one) => wireSource({ ...one, demo: true })), ...counts };
}

/** How much there is to be taken away, in what progress counts. */
export function sizeOf({ deliveries, events }: DemoCounts): number {
  return deliveries + events;
}

/**
 * Takes away whatever demonstrations told, and whatever was said about it since, and leaves all else as it is.
 * Their sources take nothing meanwhile. Stopped anywhere it is simply called again. Answers what there was. Throws
 * `AnotherRemoval`.
 */
export async function removeDemonstration(
  database: Database,
  now: () => Ms,
  gone: (count: number) => void,
  portions: Portions = USUAL,
): Promise<Demonstration> {
  const there = await removingAlone(database, async () => {
    const found = await readDemonstration(database);
    if (found.sources.length > 0) await remove(database, now, gone, portions);
    return found;
  });
  if (there === null) throw new AnotherRemoval();
  return there;
}

async function remove(
  database: Database,
  now: () => Ms,
  gone: (count: number) => void,
  portions: Portions,
): Promise<void> {
  await shut(database, now(), portions.freshMs);
  // What is told goes after what it was told from: else a replay in between would tell it again.
  await dropDemoStatements(database.orm);
  const forgetSome = async () =>
    (await dropDemoDeliveries(database.orm, portions.deliveries)) || null;
  const dropSome = () =>
    retryWhileBusy(() => database.transaction((tx) => dropDemoRooms(tx, portions.events)));
  for (const some of [forgetSome, dropSome]) {
    for (;;) {
      const begun = performance.now();
      const count = await some();
      if (count === null) break;
      gone(count);
      await pause((performance.now() - begun) * portions.rest);
    }
  }
  await database.transaction(async (tx) => {
    await dropDemoSources(tx);
    await notifyGone(tx);
  });
}

/** Nothing comes in any more, also through doors that looked a source up just before. */
async function shut({ orm }: Database, now: Ms, freshMs: Ms): Promise<void> {
  const open = (await listSources(orm)).filter(
    ({ isDemo, pausedAt }) => isDemo && pausedAt === null,
  );
  for (const { id } of open) await changeSource(orm, id, { pausedAt: now });
  if (open.length > 0) await pause(freshMs);
}
