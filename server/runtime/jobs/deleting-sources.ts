import { setTimeout as wait } from "node:timers/promises";
import { withAdvisoryLock } from "#db/connection/alone.ts";
import type { Database } from "#db/connection/client.ts";
import { countSources, onlySource } from "#db/removal/source-removal.ts";
import { sourceById, sourcesToDelete } from "#db/sources/sources.ts";
import type { Removal } from "#domain/sources/demonstration.ts";
import { JobReport } from "./job-report.ts";
import { GENTLE, type Portions, removeSources, sizeOf } from "./remove-sources.ts";

/** Held by the process that deletes sources; released at its end. */
const DELETING_LOCK = 0x44454c53;

interface Log {
  info: (about: object, message: string) => void;
  error: (about: object, message: string) => void;
}

/** The server is stopping: what is left is deleted after the next start. */
class Stopping extends Error {
  override name = "Stopping";
}

/**
 * Deletes a source that is marked to be (`deletingSince`), whole. Returns `false` where another process deletes at the
 * moment. Stopped anywhere, it is simply called again.
 */
export async function deleteSource(
  database: Database,
  id: string,
  follow: (total: number) => (count: number) => void,
  portions: Portions,
): Promise<boolean> {
  const done = await withAdvisoryLock(database, DELETING_LOCK, async () => {
    const source = await sourceById(database.orm, id);
    if (source === null || source.deletingSince === null) return true;
    // Until every process that looked it up before has noticed that it is paused.
    await wait(Math.max(0, source.deletingSince + portions.freshMs - Date.now()));
    const which = onlySource(id);
    const onRemoved = follow(sizeOf(await countSources(database.orm, which)));
    await removeSources(database, which, onRemoved, portions);
    return true;
  });
  return done ?? false;
}

/** Deletes the sources that are marked to be, one after the other, in this process. */
class DeletingSources {
  readonly #seen = new Map<string, Removal>();
  #underWay: Promise<void> | null = null;
  #stopped = false;

  /** How far the deletion of a source is in this process; `null` where it did not begin here. */
  seen(id: string): Removal | null {
    return this.#seen.get(id) ?? null;
  }

  /** Begins, unless it is under way. It is not awaited: a failure is logged, and the next call goes on. */
  startInBackground(database: Database, log: Log): void {
    this.#underWay ??= this.#deleteAll(database, log).finally(() => {
      this.#underWay = null;
    });
  }

  /** Stops after the portion that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#underWay;
  }

  async #deleteAll(database: Database, log: Log): Promise<void> {
    try {
      for (const id of await sourcesToDelete(database.orm)) {
        if (this.#stopped) return;
        await this.#delete(database, id, log);
      }
    } catch (error) {
      if (!(error instanceof Stopping)) log.error({ err: error }, "a source was not deleted whole");
    }
  }

  async #delete(database: Database, id: string, log: Log): Promise<void> {
    const reporting: { report: JobReport | null } = { report: null };
    const follow = (total: number) => {
      const removal: Removal & { done: number } = { state: "running", done: 0, total };
      this.#seen.set(id, removal);
      reporting.report = new JobReport({
        ...{ database, id: deletionOf(id), progress: () => removal },
        stop: () => undefined,
      });
      return (count: number) => {
        removal.done += count;
        if (this.#stopped) throw new Stopping("the server is stopping");
      };
    };
    try {
      const isDone = await deleteSource(database, id, follow, GENTLE);
      this.#seen.delete(id);
      if (isDone) log.info({ source: id }, "the source is deleted");
    } catch (error) {
      const seen = this.#seen.get(id);
      if (seen) seen.state = "stopped";
      throw error;
    } finally {
      await reporting.report?.forgotten();
    }
  }
}

/** By what other processes know of the deletion of a source. */
export function deletionOf(sourceId: string): string {
  return `deletion ${sourceId}`;
}

const HOLDER = Symbol.for("rollcall.deletions");
// Next may bundle this file more than once: for the route that begins it, and for the page that shows it.
const holder: typeof globalThis & { [HOLDER]?: DeletingSources } = globalThis;

/** The one instance of this process. */
export function sourceDeletions(): DeletingSources {
  holder[HOLDER] ??= new DeletingSources();
  return holder[HOLDER];
}
