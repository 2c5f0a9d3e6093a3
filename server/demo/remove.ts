import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "#db/connection/client.ts";
import { removingAlone } from "#db/demo/removing-demo.ts";
import { countSources, DEMO, type SourceCounts } from "#db/removal/source-removal.ts";
import { changeSource, listSources } from "#db/sources/sources.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import { type WireSource, wireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { audit } from "#server/runtime/audit.ts";
import {
  type Portions,
  removeSources,
  sizeOf,
  USUAL,
} from "#server/runtime/jobs/remove-sources.ts";
import { reportingSteps } from "#server/runtime/jobs/reported-steps.ts";

/** By what other processes know of a removal. */
export const DEMO_REMOVAL = "demonstration";

/** Everything that is stored of demonstrations. */
export interface Demonstration extends SourceCounts {
  sources: WireSource[];
}

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
  const counts = await countSources(orm, DEMO);
  return { sources: sources.map((one) => wireSource({ ...one, demo: true })), ...counts };
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
      await reportingSteps(database, DEMO_REMOVAL, sizeOf(found), async (onDone) => {
        await pauseSources(database, now(), portions.freshMs);
        const onBoth = (count: number) => {
          onDone(count);
          onRemoved(count);
        };
        await removeSources(database, DEMO, onBoth, portions);
      });
    }
    return found;
  });
  if (removed === null) throw new AnotherRemoval();
  return removed;
}

/** Pauses the sources, and waits until every process that looked one up before has noticed. */
async function pauseSources({ orm }: Database, now: Ms, freshMs: Ms): Promise<void> {
  const open = (await listSources(orm)).filter(
    ({ isDemo, pausedAt }) => isDemo && pausedAt === null,
  );
  for (const { id } of open) await changeSource(orm, id, { pausedAt: now });
  if (open.length > 0) await pause(freshMs);
}
