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
import type { AuditActor } from "#domain/access/audit.ts";
import { type WireSource, wireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { FRESH_MS } from "#server/ingest/known-sources.ts";
import { audit } from "#server/runtime/audit.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";

/** Everything that is stored of demonstrations. */
export interface Demonstration extends DemoCounts {
  sources: WireSource[];
}

/** How much is removed in one transaction, so that others who record meanwhile do not wait for long. */
export interface Portions {
  deliveries: number;
  events: number;
  /** After each, the removal pauses for this share of the time that it took. */
  rest: number;
  /** How long a process may still take webhooks of a source that was paused. */
  freshMs: Ms;
}

export const USUAL: Portions = { deliveries: 5_000, events: 20_000, rest: 0, freshMs: FRESH_MS };

/** Another process is removing demonstrations. */
export class AnotherRemoval extends Error {
  override name = "AnotherRemoval";
  constructor() {
    super("The demonstration is being removed already.");
  }
}

/** What is stored of demonstrations, and `removeDemonstration` would remove. Changes nothing. */
export async function readDemonstration({ orm }: Database): Promise<Demonstration> {
  const sources = (await listSources(orm)).filter(({ isDemo }) => isDemo);
  const counts = await countDemo(orm);
  return { sources: sources.map((one) => wireSource({ ...one, demo: true })), ...counts };
}

/** How many rows there are to remove, as progress counts them. */
export function sizeOf({ deliveries, events }: DemoCounts): number {
  return deliveries + events;
}

/**
 * Removes everything that came from demonstrations, and everything entered about it since; all else stays. Their
 * sources take no webhooks meanwhile. After an interruption it is simply called again. Returns what was stored.
 * Throws `AnotherRemoval`.
 */
export async function removeDemonstration(
  database: Database,
  by: AuditActor,
  now: () => Ms,
  onRemoved: (count: number) => void,
  portions: Portions = USUAL,
): Promise<Demonstration> {
  const removed = await removingAlone(database, async () => {
    const found = await readDemonstration(database);
    if (found.sources.length > 0) {
      const { meetings, people, deliveries } = found;
      const details = { meetings, people, deliveries };
      // Noted first: what is interrupted has removed something too.
      await audit(database.orm, by, { action: "demo.removed", about: null, details });
      await remove(database, now, onRemoved, portions);
    }
    return found;
  });
  if (removed === null) throw new AnotherRemoval();
  return removed;
}

async function remove(
  database: Database,
  now: () => Ms,
  onRemoved: (count: number) => void,
  portions: Portions,
): Promise<void> {
  await pauseSources(database, now(), portions.freshMs);
  // Deliveries go before what was projected from them: else a replay in between would project them again.
  await dropDemoStatements(database.orm);
  const dropSomeDeliveries = async () =>
    (await dropDemoDeliveries(database.orm, portions.deliveries)) || null;
  const dropSomeRooms = () =>
    retryWhileBusy(() => database.transaction((tx) => dropDemoRooms(tx, portions.events)));
  for (const dropBatch of [dropSomeDeliveries, dropSomeRooms]) {
    for (;;) {
      const begun = performance.now();
      const count = await dropBatch();
      if (count === null) break;
      onRemoved(count);
      await pause((performance.now() - begun) * portions.rest);
    }
  }
  await database.transaction(async (tx) => {
    await dropDemoSources(tx);
    await notifyGone(tx);
  });
}

/** Pauses the sources, and waits until every process that looked one up before has noticed. */
async function pauseSources({ orm }: Database, now: Ms, freshMs: Ms): Promise<void> {
  const open = (await listSources(orm)).filter(
    ({ isDemo, pausedAt }) => isDemo && pausedAt === null,
  );
  for (const { id } of open) await changeSource(orm, id, { pausedAt: now });
  if (open.length > 0) await pause(freshMs);
}
