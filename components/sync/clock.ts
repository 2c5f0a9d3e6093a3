import type { Ms } from "#domain/time/ms.ts";

const TICK_MS = 1000;
/** A server time that differs by more than this means that a clock was set. */
const CLOCK_WAS_SET_MS = 30_000;

/**
 * The server's clock as this machine can estimate it, and one tick for every running duration, at the start of each
 * server second. Between ticks `now` stands still, so that all times on the screen agree.
 */
export class ServerClock {
  #offset: Ms | null = null;
  #now: Ms;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #machineNow: () => Ms;

  constructor(asOf: Ms, machineNow: () => Ms = Date.now) {
    this.#now = asOf;
    this.#machineNow = machineNow;
  }

  /**
   * Adjusts the clock by the server time on a message that has just arrived. Travel only makes that time look older,
   * so the greatest difference seen is the closest.
   */
  adjust(serverTime: Ms): void {
    const offset = serverTime - this.#machineNow();
    const previous = this.#offset;
    if (previous === null || offset > previous || previous - offset > CLOCK_WAS_SET_MS)
      this.#offset = offset;
  }

  /** Epoch ms on the server's clock, at the last tick. */
  now = (): Ms => this.#now;

  /** Epoch ms on the server's clock, at this moment. */
  exactly(): Ms {
    return this.#machineNow() + (this.#offset ?? 0);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#timer === null) this.#tickSoon();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0 || this.#timer === null) return;
      clearTimeout(this.#timer);
      this.#timer = null;
    };
  };

  #tickSoon(): void {
    this.#timer = setTimeout(this.#tick, TICK_MS - (this.exactly() % TICK_MS));
  }

  #tick = (): void => {
    this.#now = this.exactly();
    this.#tickSoon();
    for (const listener of this.#listeners) listener();
  };
}
