import type { Database } from "#db/connection/client.ts";
import { monthBefore } from "#db/recording/months.ts";
import { trimProjections } from "#db/recording/unprojected.ts";
import { trimHours } from "#db/sources/refusal-hours.ts";
import { REFUSALS_KEPT_MS } from "#domain/deliveries/refused.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Rows in one statement: some milliseconds. */
const AT_ONCE = 5_000;
const EVERY_MS: Ms = 3_600_000;

/**
 * Deletes what is remembered of deliveries for some weeks only: when each was projected, for its month and the one after,
 * and how many were refused in which hour. Any number of processes may do it at once.
 */
export async function trimDeliveries(
  { orm }: Pick<Database, "orm">,
  now: Ms,
  isStopped: () => boolean = () => false,
  atOnce = AT_ONCE,
): Promise<void> {
  await trimHours(orm, now - REFUSALS_KEPT_MS);
  const before = monthBefore(now, 1);
  while (!isStopped() && (await trimProjections(orm, before, atOnce)) > 0);
}

/** As `trimDeliveries`, at once and then every hour, for a caller that does not wait. */
export class DeliveryTrimming {
  readonly #database: Database;
  readonly #log: { error: (about: object, message: string) => void };
  readonly #timer: NodeJS.Timeout;
  #underWay: Promise<unknown> | null = null;
  #isStopped = false;

  constructor(database: Database, log: { error: (about: object, message: string) => void }) {
    this.#database = database;
    this.#log = log;
    this.#timer = setInterval(() => this.#start(), EVERY_MS);
    this.#start();
  }

  #start(): void {
    this.#underWay ??= trimDeliveries(this.#database, Date.now(), () => this.#isStopped)
      .catch((error: unknown) => {
        this.#log.error({ err: error }, "what is old of deliveries could not be deleted");
      })
      .finally(() => {
        this.#underWay = null;
      });
  }

  /** Stops after the statement that is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#isStopped = true;
    await this.#underWay;
  }
}
