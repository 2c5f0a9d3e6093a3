import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "#db/connection/client.ts";
import { sourcesToRebuild } from "#db/sources/sources.ts";
import { JobReport } from "./job-report.ts";
import { rebuildSource } from "./rebuild-source.ts";
import { AnotherReplay } from "./replay.ts";

/** How far the rebuild of a source has come, in events. */
export interface RebuildProgress {
  done: number;
  total: number;
}

const AGAIN_AFTER_MS = 2_000;

/** By what other processes know of the rebuild of a source. */
export function rebuildOf(sourceId: string): string {
  return `rebuild ${sourceId}`;
}

/** Rebuilds the sources whose rules were changed, one after the other, in this process. */
class RebuildingSources {
  readonly #seen = new Map<string, RebuildProgress>();
  #underWay: Promise<void> | null = null;
  #stopped = false;

  /** The progress of a source's rebuild in this process; `null` where it waits for one, or is up to date. */
  seen(sourceId: string): RebuildProgress | null {
    return this.#seen.get(sourceId) ?? null;
  }

  /** Begins, unless it is under way: then new work is done after that. Resolves when no source is left. */
  start(database: Database): Promise<void> {
    this.#underWay ??= this.#rebuildAll(database).finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  /** As `start`, for a caller that does not wait: a failure is logged, and the next call goes on. */
  startInBackground(
    database: Database,
    log: { error: (about: object, message: string) => void },
  ): void {
    this.start(database).catch((error: unknown) => {
      log.error({ err: error }, "a source could not be projected again");
    });
  }

  /** Stops at the next source, or while another replay is waited for. */
  stop(): void {
    this.#stopped = true;
  }

  async #rebuildAll(database: Database): Promise<void> {
    for (;;) {
      const [next] = this.#stopped ? [] : await sourcesToRebuild(database.orm);
      if (next === undefined) return;
      try {
        await rebuildSource(database, next.id, async (total, work) => {
          const seen = { done: 0, total };
          this.#seen.set(next.id, seen);
          const id = rebuildOf(next.id);
          // It is stopped by what its source says.
          const report = new JobReport({
            database,
            id,
            progress: () => seen,
            stop: () => undefined,
          });
          try {
            await report.report();
            await work({
              add: (count) => {
                seen.done += count;
              },
            });
          } finally {
            await report.forgotten();
          }
        });
      } catch (error) {
        if (!(error instanceof AnotherReplay)) throw error;
        await wait(AGAIN_AFTER_MS);
      } finally {
        this.#seen.delete(next.id);
      }
    }
  }
}

const HOLDER = Symbol.for("rollcall.sources");
// Next may bundle this file more than once: for the route that changes a source, and for the one that shows it.
const holder: typeof globalThis & { [HOLDER]?: RebuildingSources } = globalThis;

/** The one instance of this process. */
export function sourceRebuilds(): RebuildingSources {
  holder[HOLDER] ??= new RebuildingSources();
  return holder[HOLDER];
}
