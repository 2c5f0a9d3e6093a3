import { setTimeout as wait } from "node:timers/promises";
import type { PoolLoad } from "#db/connection/pool-load.ts";
import { isAnyUnprojected } from "#db/recording/unprojected.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { ProjectionCounts } from "#server/runtime/counts.ts";
import type { Kept } from "./project.ts";

/** So many deliveries in one commit show that callers wait for each other: the door is busy. */
export const CROWD = 24;
/** How long to wait for our own projector before looking whether another process did it, and then between looks. */
const OWN_MS: Ms = 1_000;
const LOOK_AGAIN_MS: Ms = 10;

/** What a projector counted; `pool` are its connections, where they are its own. */
export interface ProjectorNumbers {
  counts: ProjectionCounts;
  pool: Pick<PoolLoad, "size" | "underWay"> | null;
}

/** A projector, as seen by the code that keeps deliveries and by the code that waits for their projection. */
export interface DeliveryProjector {
  /** Hands over deliveries that this process just kept. */
  add(kept: readonly Kept[]): void;
  /**
   * Resolves when all that was added until now is projected, or when the time is over; later additions do not
   * count. So a program that sends a webhook and then reads sees what it sent, and a page shows every delivery
   * that was acknowledged before the page was requested.
   */
  caughtUp(withinMs: Ms): Promise<void>;
  /** What was projected since the process began, to the second. */
  numbers(): ProjectorNumbers;
  /** Ends the batches under way. The rest is projected after the next start. */
  stop(): Promise<void>;
}

/** Resolves when none of these deliveries is unprojected any more, whichever process projected it. */
export async function untilProjected(
  projector: DeliveryProjector,
  orm: Orm,
  ids: readonly number[],
): Promise<void> {
  for (;;) {
    await projector.caughtUp(OWN_MS);
    if (!(await isAnyUnprojected(orm, ids))) return;
    await wait(LOOK_AGAIN_MS);
  }
}

/*
 * Both the server's own instance of the code and the one that Next bundles keep deliveries; the server's thread
 * projects for both.
 */
const HOLDER = Symbol.for("rollcall.projecting");
const holder: typeof globalThis & { [HOLDER]?: DeliveryProjector } = globalThis;

/** The projector of this process; `null` where none was set, as in a process that is only Next. */
export function sharedProjecting(): DeliveryProjector | null {
  return holder[HOLDER] ?? null;
}

export function shareProjecting(shared: DeliveryProjector): void {
  holder[HOLDER] = shared;
}
