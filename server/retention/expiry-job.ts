import type { Database } from "#db/connection/client.ts";
import type { Ms } from "#domain/time/ms.ts";
import { ExpiryStopped, expire } from "./expire.ts";

/** A change of a source's limits is noticed after that; what is old goes once a day. */
const LOOK_EVERY_MS: Ms = 30_000;
/** What failed is tried again after this. */
const RETRY_MS: Ms = 3_600_000;

interface Log {
  info: (about: object, message: string) => void;
  error: (about: object, message: string) => void;
}

/** As `expire`, at once and then twice a minute, for a caller that does not wait. */
export class ExpiryJob {
  readonly #database: Database;
  readonly #secret: string;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  #underWay: Promise<void> | null = null;
  #isStopped = false;
  #notBefore: Ms = 0;

  constructor(database: Database, secret: string, log: Log) {
    this.#database = database;
    this.#secret = secret;
    this.#log = log;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#look();
  }

  #look(): void {
    if (Date.now() < this.#notBefore) return;
    this.#underWay ??= this.#expire().finally(() => {
      this.#underWay = null;
    });
  }

  async #expire(): Promise<void> {
    try {
      const how = { secret: this.#secret, now: Date.now, isStopped: () => this.#isStopped };
      const sources = await expire(this.#database, how);
      if (sources > 0) this.#log.info({ sources }, "what sources keep no longer is gone");
    } catch (error) {
      if (error instanceof ExpiryStopped) return;
      this.#notBefore = Date.now() + RETRY_MS;
      this.#log.error({ err: error }, "what sources keep no longer is not gone");
    }
  }

  /** Stops after the transaction that is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#isStopped = true;
    await this.#underWay;
  }
}
