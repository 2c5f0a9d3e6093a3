import { dueSources, isAnyAsked } from "#db/catching-up/catch-ups.ts";
import { withAdvisoryLock } from "#db/connection/alone.ts";
import type { Database, Sql } from "#db/connection/client.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type CatchingUpContext, catchUpSource } from "./catch-up-source.ts";

/** Held by the process that asks; the end of its session releases it, also where the process was killed. */
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

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { database, log } = this.#context;
    while (!signal.aborted) {
      try {
        if (await isAnyAsked(database.orm)) {
          await withAdvisoryLock(database, ASKING_LOCK, (session) => this.#ask(session));
        }
      } catch (error) {
        if (!signal.aborted) log.error({ err: error }, "sources could not be caught up with");
      }
      await this.#pause(STAND_BY_MS);
    }
  }

  /** Asks as long as the lock is held, and any source keeps a key. */
  async #ask(session: Sql): Promise<void> {
    const { database, now } = this.#context;
    const ending = new AbortController();
    const signal = AbortSignal.any([this.#stopping.signal, ending.signal]);
    const underWay = new Map<string, Promise<void>>();
    try {
      while (!signal.aborted && (await isAnyAsked(database.orm))) {
        for (const id of await dueSources(database.orm, now())) {
          if (!underWay.has(id)) underWay.set(id, this.#askOne(id, signal, underWay));
        }
        // Without its session another process may hold the lock by now.
        await session`select 1`;
        await this.#pause(LOOK_EVERY_MS);
      }
    } finally {
      ending.abort();
      await Promise.all(underWay.values());
    }
  }

  async #askOne(
    id: string,
    signal: AbortSignal,
    underWay: Map<string, Promise<void>>,
  ): Promise<void> {
    try {
      await catchUpSource(this.#context, id, signal);
    } catch (error) {
      const { log } = this.#context;
      if (!signal.aborted) log.error({ err: error, source: id }, "not caught up with");
    } finally {
      underWay.delete(id);
    }
  }

  async #pause(ms: Ms): Promise<void> {
    const { signal } = this.#stopping;
    await this.#context.sleep(ms, signal).catch(() => undefined);
  }
}
