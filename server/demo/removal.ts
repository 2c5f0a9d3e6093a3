import type { Database } from "#db/connection/client.ts";
import { isBeingRemoved } from "#db/demo/removing-demo.ts";
import { listSources } from "#db/sources/sources.ts";
import type { Removal } from "#domain/sources/demonstration.ts";
import { AnotherRemoval, removeDemonstration, USUAL } from "./remove.ts";

interface Log {
  info: (about: object, message: string) => void;
  error: (about: object, message: string) => void;
}

/** Small and with rests, so that whoever records or reads meanwhile waits for a moment at most. */
const PORTIONS = { ...USUAL, deliveries: 500, events: 1_000, rest: 0.5 };

/** The server is stopping: what is left is removed when somebody asks again. */
class Stopping extends Error {
  override name = "Stopping";
}

/** Removes demonstrations in this process, while it serves, and knows how far that is. */
class Removing {
  #removal: Removal | null = null;
  #underWay: Promise<void> | null = null;
  #stopped = false;

  /** How far a removal is that goes on or failed, in whatever process; `null` where none does. */
  async seen({ orm }: Pick<Database, "orm">): Promise<Removal | null> {
    if (this.#underWay !== null) return this.#removal;
    if (await isBeingRemoved(orm)) return { state: "running", done: null, total: null };
    // What was left has gone since, by a command.
    const isGone = this.#removal !== null && !(await listSources(orm)).some((one) => one.isDemo);
    if (isGone) this.#removal = null;
    return this.#removal;
  }

  /** Begins, unless it is under way, on so much in all. It is not waited for: a failure is logged, and seen. */
  begin(database: Database, total: number, log: Log): void {
    this.#underWay ??= this.#remove(database, { state: "running", done: 0, total })
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

  async #remove(database: Database, removal: Removal): Promise<void> {
    this.#removal = removal;
    await removeDemonstration(
      database,
      Date.now,
      (count) => {
        removal.done = (removal.done ?? 0) + count;
        if (this.#stopped) throw new Stopping("the server is stopping");
      },
      PORTIONS,
    );
    this.#removal = null;
  }

  #fail(error: unknown, log: Log): void {
    // Somebody else removes it, and is seen to.
    if (error instanceof AnotherRemoval) this.#removal = null;
    else if (this.#removal !== null) this.#removal.state = "stopped";
    if (error instanceof AnotherRemoval || error instanceof Stopping) return;
    log.error({ err: error }, "the demonstration was not removed whole");
  }
}

const HOLDER = Symbol.for("rollcall.demonstration");
// Next may bundle this file more than once, for the route that begins it and for the page that tells of it.
const holder: typeof globalThis & { [HOLDER]?: Removing } = globalThis;

/** The one of this process. */
export function removing(): Removing {
  holder[HOLDER] ??= new Removing();
  return holder[HOLDER];
}
