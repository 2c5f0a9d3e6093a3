import { withAdvisoryLock } from "#db/connection/alone.ts";
import { listen } from "#db/connection/bus.ts";
import type { Sql } from "#db/connection/client.ts";
import { isAnybodyTold } from "#db/outgoing/endpoints.ts";
import { listenForWaking } from "#db/outgoing/waking.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { SendingContext } from "./send.ts";
import { Shift, type ShiftLog } from "./shift.ts";

/** Held by the process that sends; the end of its session releases it, also where the process was killed. */
const SENDING_LOCK = 0x53454e44;
/** How soon another process notices that nobody sends. */
const STAND_BY_MS: Ms = 2_000;
/** How often is looked for what the clock alone brings, and whether the lock is still held. */
const TICK_MS: Ms = 5_000;
/**
 * Tells other systems what happens, in one process of all that run: it reads what is new after the bus said so, writes
 * what each endpoint is told, and sends it. Nothing of it lies on the way of a webhook that comes in.
 */
export class Sender {
  readonly #sending: SendingContext;
  readonly #log: ShiftLog;
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;
  /** Called where somebody changed an endpoint. */
  #woken: () => void = () => undefined;

  constructor(sending: SendingContext, log: ShiftLog) {
    this.#sending = sending;
    this.#log = log;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends what is on its way: it is sent again, under the same name, by whoever sends next. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { database } = this.#sending;
    const unlisten = await this.#listening();
    while (!signal.aborted) {
      try {
        if (await isAnybodyTold(database.orm)) {
          await withAdvisoryLock(database, SENDING_LOCK, (session) => this.#send(session));
        }
      } catch (error) {
        if (!signal.aborted) this.#log.error({ err: error }, "webhooks could not be sent");
      }
      await this.#standBy();
    }
    await unlisten();
  }

  /** Whoever adds an endpoint wakes this process, so that it need not look all the time. */
  async #listening(): Promise<() => Promise<void>> {
    try {
      return await listenForWaking(this.#sending.database.sql, () => this.#woken());
    } catch (error) {
      this.#log.error({ err: error }, "changes of endpoints are noticed later");
      return async () => undefined;
    }
  }

  async #standBy(): Promise<void> {
    const { signal } = this.#stopping;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#woken = resolve;
    const timer = setTimeout(resolve, STAND_BY_MS);
    signal.addEventListener("abort", () => resolve(), { once: true });
    if (!signal.aborted) await promise;
    clearTimeout(timer);
  }

  /** Sends as long as the lock is held, and somebody is to be told anything. */
  async #send(session: Sql): Promise<void> {
    const { database } = this.#sending;
    const ending = new AbortController();
    const signal = AbortSignal.any([this.#stopping.signal, ending.signal]);
    const shift = new Shift(this.#sending, signal, this.#log);
    const heard = await listen(
      database.sql,
      ({ changes, merged }) =>
        shift.heard([...changes.map(({ id }) => id), ...merged.map(({ from }) => from)]),
      () => shift.heardAll(),
    );
    this.#woken = () => shift.woken();
    try {
      while (!signal.aborted && (await shift.work())) {
        // Without its session another process may hold the lock by now.
        await session`select 1`;
        await shift.rest(TICK_MS);
      }
    } finally {
      ending.abort();
      await heard();
      await shift.ended();
    }
  }
}
