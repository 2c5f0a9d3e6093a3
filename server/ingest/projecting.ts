import { setTimeout as wait } from "node:timers/promises";
import { isAnyUnprojected } from "#db/recording/unprojected.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Projectable } from "./project.ts";

/** How long is waited for our own before it is looked whether somebody else came to it, and then until the next look. */
const OWN_MS: Ms = 1_000;
const HELD_MS: Ms = 10;

/** Whoever projects what is kept, for those who keep it and those who wait for it. */
export interface Projecting {
  /** What was just kept, in this process. */
  add(kept: readonly Projectable[]): void;
  /**
   * Resolves when all that was added until now is projected, whatever comes meanwhile, or when the time is over:
   * so a program which sends a webhook and then asks sees what it sent, and no page is older than what was
   * acknowledged before it was asked for.
   */
  caughtUp(withinMs: Ms): Promise<void>;
  /** Ends what is under way. What is left is projected after the next start. */
  stop(): Promise<void>;
}

/** Resolves when none of these is to be projected any more, whoever did it. */
export async function untilProjected(
  projector: Projecting,
  orm: Orm,
  ids: readonly number[],
): Promise<void> {
  for (;;) {
    await projector.caughtUp(OWN_MS);
    if (!(await isAnyUnprojected(orm, ids))) return;
    await wait(HELD_MS);
  }
}

/*
 * The server's own instance of the code and the one that Next bundles keep both; the server's thread projects for both.
 */
const HOLDER = Symbol.for("rollcall.projecting");
const holder: typeof globalThis & { [HOLDER]?: Projecting } = globalThis;

/** Who projects in this process; `null` where nobody was named, as in a process that is only Next. */
export function sharedProjecting(): Projecting | null {
  return holder[HOLDER] ?? null;
}

export function shareProjecting(shared: Projecting): void {
  holder[HOLDER] = shared;
}
