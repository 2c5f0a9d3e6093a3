import type { Database, Sql } from "#db/connection/client.ts";
import { dueSources, isAnyAsked } from "#db/sources/catching-up/catch-ups.ts";
import type { Ms } from "#domain/time/ms.ts";
import { workAlone } from "#server/runtime/jobs/work-alone.ts";
import { type CatchingUpContext, catchUpSource } from "./catch-up-source.ts";

const ASKING_LOCK = 0x41534b53;
/** How often is looked whether a source is due, and by another process whether nobody asks. */
const LOOK_EVERY_MS: Ms = 1_000;
const STAND_BY_MS: Ms = 5_000;

/**
 * Asks the providers of all sources that keep a key what their webhooks may have missed, in one process of all that run:
 * each source by itself, so that a slow provider holds up no other.
 */
export class CatchingUp {
  readonly #context: CatchingUpContext & { database: Database };
  readonly #stopping = new AbortController();
  /** The sources that are being asked about, each by itself. */
  readonly #underWay = new Map<string, Promise<void>>();
  #running: Promise<void> | null = null;

  constructor(context: CatchingUpContext & { database: Database }) {
    this.#context = context;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** What was found is kept; what is under way is asked for again by whoever asks next. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  #run(): Promise<void> {
    const { database, log } = this.#context;
    const alone = {
      ...{ database, lock: ASKING_LOCK, log, failed: "sources could not be caught up with" },
      isAsked: () => isAnyAsked(database.orm),
      work: (session: Sql, signal: AbortSignal) => this.#ask(session, signal),
      ended: () => Promise.all(this.#underWay.values()),
      standBy: () => this.#pause(STAND_BY_MS),
    };
    return workAlone(alone, this.#stopping.signal);
  }

  /** Asks as long as the lock is held, and any source keeps a key. */
  async #ask(session: Sql, signal: AbortSignal): Promise<void> {
    const { database, now } = this.#context;
    while (!signal.aborted && (await isAnyAsked(database.orm))) {
      for (const id of await dueSources(database.orm, now())) {
        if (!this.#underWay.has(id)) this.#underWay.set(id, this.#askOne(id, signal));
      }
      // Without its session another process may hold the lock by now.
      await session`select 1`;
      await this.#pause(LOOK_EVERY_MS);
    }
  }

  async #askOne(id: string, signal: AbortSignal): Promise<void> {
    try {
      await catchUpSource(this.#context, id, signal);
    } catch (error) {
      const { log } = this.#context;
      if (!signal.aborted) log.error({ err: error, source: id }, "not caught up with");
    } finally {
      this.#underWay.delete(id);
    }
  }

  async #pause(ms: Ms): Promise<void> {
    const { signal } = this.#stopping;
    await this.#context.sleep(ms, signal).catch(() => undefined);
  }
}
