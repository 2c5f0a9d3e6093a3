import type { Database } from "#db/connection/client.ts";
import { isBeingRemoved } from "#db/demo/removing-demo.ts";
import { listSources } from "#db/sources/sources.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import type { Removal } from "#domain/sources/demonstration.ts";
import { GENTLE } from "#server/runtime/jobs/remove-sources.ts";
import { stepsElsewhere } from "#server/runtime/jobs/reported-steps.ts";
import { AnotherRemoval, DEMO_REMOVAL, removeDemonstration } from "./remove.ts";

interface Log {
  info: (about: object, message: string) => void;
  error: (about: object, message: string) => void;
}

/** The server is stopping: what is left is removed by the next request. */
class Stopping extends Error {
  override name = "Stopping";
}

/** Removes demonstrations in this process while it serves, with progress. */
class Removing {
  #removal: Removal | null = null;
  #underWay: Promise<void> | null = null;
  #stopped = false;

  /** The progress of a removal that runs in any process, or failed in one; `null` without one. */
  async seen({ orm }: Pick<Database, "orm">): Promise<Removal | null> {
    if (this.#underWay !== null) return this.#removal;
    // The steps first: a report goes before the lock does.
    const reported = await stepsElsewhere({ orm }, DEMO_REMOVAL);
    if (await isBeingRemoved(orm)) {
      return reported?.state === "running"
        ? reported
        : { state: "running", done: null, total: null };
    }
    const last = reported ?? this.#removal;
    if (last === null) return null;
    // Another process or a command may have removed the rest since.
    if ((await listSources(orm)).some((one) => one.isDemo)) return { ...last, state: "stopped" };
    this.#removal = null;
    return null;
  }

  /** Starts a removal of `total` rows, unless one runs. It is not awaited: a failure is logged, and shown. */
  begin(database: Database, by: AuditActor, total: number, log: Log): void {
    this.#underWay ??= this.#remove(database, by, { state: "running", done: 0, total })
      .then(
        () => log.info({ total }, "the demonstration is removed"),
        (error: unknown) => this.#fail(error, log),
      )
      .finally(() => {
        this.#underWay = null;
      });
  }

  /** Stops after the portion that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#underWay;
  }

  async #remove(database: Database, by: AuditActor, removal: Removal): Promise<void> {
    this.#removal = removal;
    await removeDemonstration(
      database,
      by,
      Date.now,
      (count) => {
        removal.done = (removal.done ?? 0) + count;
        if (this.#stopped) throw new Stopping("the server is stopping");
      },
      GENTLE,
    );
    this.#removal = null;
  }

  #fail(error: unknown, log: Log): void {
    // Another process removes it, and shows its own progress.
    if (error instanceof AnotherRemoval) this.#removal = null;
    else if (this.#removal !== null) this.#removal.state = "stopped";
    if (error instanceof AnotherRemoval || error instanceof Stopping) return;
    log.error({ err: error }, "the demonstration was not removed whole");
  }
}

const HOLDER = Symbol.for("rollcall.demonstration");
// Next may bundle this file more than once, for the route that starts it and for the page that shows it.
const holder: typeof globalThis & { [HOLDER]?: Removing } = globalThis;

/** The single `Removing` of this process. */
export function removing(): Removing {
  holder[HOLDER] ??= new Removing();
  return holder[HOLDER];
}
