import { setTimeout as wait } from "node:timers/promises";
import { BEHIND_MS } from "#domain/recording.ts";
import type { Projector } from "./projector.ts";

/*
 * The server projects, and the routes that Next bundles read: two instances of every module in one process.
 */
const HOLDER = Symbol.for("rollcall.projector");
const holder: typeof globalThis & { [HOLDER]?: Pick<Projector, "caughtUp"> } = globalThis;

/** From now on that projector is waited for. */
export function catchUpWith(projector: Pick<Projector, "caughtUp">): void {
  holder[HOLDER] = projector;
}

/**
 * Resolves when what this process acknowledged until now is projected, so that a program which sends a webhook
 * and then asks sees what it sent, and a page is not older than what was acknowledged; after a second in any case,
 * and then every page says that it is behind.
 */
export async function caughtUp(): Promise<void> {
  const projector = holder[HOLDER];
  if (projector === undefined) return;
  const over = new AbortController();
  const late = wait(BEHIND_MS, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([projector.caughtUp(), late]);
  over.abort();
}
