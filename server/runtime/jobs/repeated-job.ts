import type { Ms } from "#domain/time/ms.ts";

interface Repeated {
  everyMs: Ms;
  /** Also at once, not only after the first time. */
  isAtOnce: boolean;
  /** What failed is not tried again before this; with the next turn where it is left out. */
  retryMs?: Ms;
  /** What the log says where it failed. */
  failed: string;
  /** Looks whether there is anything to do, and does it; ends early once it is stopped. */
  work: (stop: AbortSignal) => Promise<unknown>;
}

/** Work that a process does again and again in the background, one turn at a time, for a caller that does not wait. */
export class RepeatedJob {
  readonly #job: Repeated;
  readonly #log: { error: (about: object, message: string) => void };
  readonly #timer: NodeJS.Timeout;
  readonly #stopped = new AbortController();
  #underWay: Promise<void> | null = null;
  #notBefore: Ms = 0;

  constructor(job: Repeated, log: { error: (about: object, message: string) => void }) {
    this.#job = job;
    this.#log = log;
    this.#timer = setInterval(() => this.#look(), job.everyMs);
    if (job.isAtOnce) this.#look();
  }

  #look(): void {
    if (Date.now() < this.#notBefore) return;
    this.#underWay ??= this.#turn().finally(() => {
      this.#underWay = null;
    });
  }

  async #turn(): Promise<void> {
    const { work, failed, retryMs = 0 } = this.#job;
    try {
      await work(this.#stopped.signal);
    } catch (error) {
      this.#notBefore = Date.now() + retryMs;
      this.#log.error({ err: error }, failed);
    }
  }

  /** Resolves when the turn that is under way has ended, which is told to. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopped.abort();
    await this.#underWay;
  }
}
