import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "#db/connection/client.ts";
import { sourcesToRebuild } from "#db/sources/sources.ts";
import { rebuildSource } from "./rebuild-source.ts";
import { AnotherReplay } from "./replay.ts";

/** How far the telling of a source's past has come, in events. */
export interface RebuildProgress {
  done: number;
  total: number;
}

const AGAIN_AFTER_MS = 2_000;

/** Tells the past of those sources again that were set otherwise, one after the other, in this process. */
class RetellingSources {
  readonly #seen = new Map<string, RebuildProgress>();
  #underWay: Promise<void> | null = null;
  #stopped = false;

  /** `null` of a source whose past waits to be told, or is told. */
  seen(sourceId: string): RebuildProgress | null {
    return this.#seen.get(sourceId) ?? null;
  }

  /** Begins, unless it is under way: then what is new is told after that. Answers when all is told. */
  start(database: Database): Promise<void> {
    this.#underWay ??= this.#tellAll(database).finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  /** As `start`, for whoever does not wait for it: a failure is logged, and the next call goes on. */
  tell(database: Database, log: { error: (about: object, message: string) => void }): void {
    this.start(database).catch((error: unknown) => {
      log.error({ err: error }, "a source was not told again");
    });
  }

  /** Stops at the next source, or while another replay is waited for. */
  stop(): void {
    this.#stopped = true;
  }

  async #tellAll(database: Database): Promise<void> {
    for (;;) {
      const [next] = this.#stopped ? [] : await sourcesToRebuild(database.orm);
      if (next === undefined) return;
      try {
        await rebuildSource(database, next.id, async (total, work) => {
          const seen = { done: 0, total };
          this.#seen.set(next.id, seen);
          await work({
            add: (count) => {
              seen.done += count;
            },
          });
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
// Next may bundle this file more than once, for the route that changes a source and for the one that tells of it.
const holder: typeof globalThis & { [HOLDER]?: RetellingSources } = globalThis;

/** The one of this process. */
export function sourceRebuilds(): RetellingSources {
  holder[HOLDER] ??= new RetellingSources();
  return holder[HOLDER];
}
