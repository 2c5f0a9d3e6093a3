import { listen } from "#db/connection/bus.ts";
import type { Sql } from "#db/connection/client.ts";
import { isAnybodyTold } from "#db/integrations/outgoing/endpoints.ts";
import { listenForWaking } from "#db/integrations/outgoing/waking.ts";
import type { Ms } from "#domain/time/ms.ts";
import { workAlone } from "#server/runtime/jobs/work-alone.ts";
import { Rest } from "#server/runtime/rest.ts";
import type { SendingContext } from "./send.ts";
import { Shift, type ShiftLog } from "./shift.ts";

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
  readonly #rest = new Rest(this.#stopping.signal);
  #running: Promise<void> | null = null;
  /** As long as this process is the one that sends. */
  #shift: Shift | null = null;

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
    const { database } = this.#sending;
    const unlisten = await this.#listening();
    const alone = {
      ...{ database, lock: SENDING_LOCK, log: this.#log, failed: "webhooks could not be sent" },
      isAsked: () => {
        this.#rest.begin();
        return isAnybodyTold(database.orm);
      },
      work: (session: Sql, signal: AbortSignal) => this.#send(session, signal),
      ended: async () => {
        await this.#shift?.ended();
        this.#shift = null;
      },
      standBy: () => this.#rest.take(STAND_BY_MS),
    };
    await workAlone(alone, this.#stopping.signal);
    await unlisten();
  }

  /** Whoever adds an endpoint wakes this process, so that it need not look all the time. */
  async #listening(): Promise<() => Promise<void>> {
    try {
      return await listenForWaking(this.#sending.database.sql, () => {
        this.#rest.wake();
        this.#shift?.woken();
      });
    } catch (error) {
      this.#log.error({ err: error }, "changes of endpoints are noticed later");
      return async () => undefined;
    }
  }

  /** Sends as long as the lock is held, and somebody is to be told anything. */
  async #send(session: Sql, signal: AbortSignal): Promise<void> {
    const { database } = this.#sending;
    const shift = new Shift(this.#sending, signal, this.#log);
    this.#shift = shift;
    const unlisten = await listen(
      database.sql,
      ({ changes, merged }) =>
        shift.heard([...changes.map(({ id }) => id), ...merged.map(({ from }) => from)]),
      () => shift.heardAll(),
    );
    try {
      while (!signal.aborted && (await shift.work())) {
        // Without its session another process may hold the lock by now.
        await session`select 1`;
        await shift.rest(TICK_MS);
      }
    } finally {
      await unlisten();
    }
  }
}
